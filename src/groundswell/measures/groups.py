"""Groups of reports, and the groups to which other reports may belong as well.

A group holds what the same question gives when it is narrowed to that day, place or
source: a report whose date or place leaves open to which group it belongs stands in a
group of its own, and widens the bounds of every group that it may belong to.
"""

from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

import numpy as np

from groundswell.core.errors import UsageError
from groundswell.measures.attributes import EPOCH, PLACE_COLUMNS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from groundswell.measures.attributes import Attributes

_TIMES = {"day": "D", "week": "D", "month": "M", "year": "Y"}
_COLUMNS = {
    "country": PLACE_COLUMNS[:1],
    "place": PLACE_COLUMNS[:2],
    "locality": PLACE_COLUMNS,
    "source": ("source",),
}
GROUPINGS = (*_TIMES, *_COLUMNS)
# after every unit of time
_UNDATED = int(np.iinfo(np.int64).max)
_COARSE = _UNDATED - 1
_NOT_TIMES = {_COARSE: "(date too coarse)", _UNDATED: "(not dated)"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Spans:
    """Which groups the reports of a kind may belong to, as runs of groups.

    Attributes
    ----------
    kind
        The kind that a run is of; a kind may have several runs, or none.
    first, stop
        First group of the run, and one past its last.
    """

    kind: "NDArray[np.int64]"
    first: "NDArray[np.int64]"
    stop: "NDArray[np.int64]"

    def spread(
        self, of_kind: "NDArray[np.int64]", *, n_groups: int
    ) -> "NDArray[np.int64]":
        """Add up numbers by kind in each group that the kind may belong to."""
        changes = np.zeros(n_groups + 1, dtype=np.int64)
        np.add.at(changes, self.first, of_kind[self.kind])
        np.subtract.at(changes, self.stop, of_kind[self.kind])
        return np.cumsum(changes)[:-1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Grouping:
    """The groups of reports in scope, and what may belong to them besides.

    Attributes
    ----------
    names
        Names of the groups; one empty name where there is no grouping.
    group
        Group of each report in scope.
    doubtful
        For every report that was read, whether it may belong to a group in which it is
        not counted.
    kind
        Of each doubtful report, a number that is equal for those that may belong to the
        same groups.
    spans
        Those groups.
    """

    names: tuple[str, ...]
    group: "NDArray[np.int64]"
    doubtful: "NDArray[np.bool_]"
    kind: "NDArray[np.int64]"
    spans: Spans


def group_reports(
    attributes: "Attributes",
    *,
    inside: "NDArray[np.bool_]",
    undecided: "NDArray[np.bool_]",
    by: str,
) -> Grouping:
    """Put reports in scope into groups, and find the others that may belong to them.

    Parameters
    ----------
    attributes
        All reports.
    inside
        Which of them are in scope.
    undecided
        Which of them may be in scope or not.
    by
        One of `GROUPINGS`, or empty for a single group.

    Returns
    -------
    Grouping
        Groups in the order of time, or of country, first-level unit and locality; those
        of reports that are not dated exactly enough come last, those of reports without
        a place first.

    Raises
    ------
    UsageError
        If there is no such grouping.
    """
    if not by:
        return _one_group(inside, undecided)
    if by not in GROUPINGS:
        raise UsageError(f"There is no grouping by {by!r}.", allowed=", ".join(GROUPINGS))
    if by in _TIMES:
        return _by_time(attributes, inside=inside, undecided=undecided, by=by)
    columns = _COLUMNS[by]
    return _by_name(attributes, inside=inside, undecided=undecided, columns=columns)


def _one_group(inside: "NDArray[np.bool_]", undecided: "NDArray[np.bool_]") -> Grouping:
    zero = np.zeros(1, dtype=np.int64)
    return Grouping(
        names=("",),
        group=np.zeros(np.count_nonzero(inside), dtype=np.int64),
        doubtful=undecided,
        kind=np.zeros(np.count_nonzero(undecided), dtype=np.int64),
        spans=Spans(kind=zero, first=zero, stop=zero + 1),
    )


def _by_time(
    attributes: "Attributes",
    *,
    inside: "NDArray[np.bool_]",
    undecided: "NDArray[np.bool_]",
    by: str,
) -> Grouping:
    first = _units(attributes.day_first, by=by)
    last = _units(attributes.day_last, by=by)
    key = np.where(first == last, first, _COARSE)
    key[~attributes.is_dated] = _UNDATED
    used, group = np.unique(key[inside], return_inverse=True)
    doubtful = undecided | (inside & (key >= _COARSE))
    runs = _runs(first[doubtful], last[doubtful], key=key[doubtful], used=used)
    runs[2, inside[doubtful]] = -1  # they are counted with their like
    kinds, kind = _distinct_columns(runs, n_groups=len(used))
    with_like = np.flatnonzero(kinds[2] >= 0)
    like = kinds[2, with_like]
    return Grouping(
        names=tuple(_name_of_time(int(unit), by=by) for unit in used),
        group=group.astype(np.int64),
        doubtful=doubtful,
        kind=kind,
        spans=Spans(
            kind=np.concatenate([np.arange(kinds.shape[1]), with_like]),
            first=np.concatenate([kinds[0], like]),
            stop=np.concatenate([kinds[1], like + 1]),
        ),
    )


def _runs(
    first: "NDArray[np.int64]",
    last: "NDArray[np.int64]",
    *,
    key: "NDArray[np.int64]",
    used: "NDArray[np.int64]",
) -> "NDArray[np.int64]":
    """Find the groups of the units that dates may lie in.

    The third row is the group of dates that are no more exact; -1 where there is none.
    """
    units = used[used < _COARSE]
    start = np.searchsorted(units, first, side="left")
    stop = np.searchsorted(units, last, side="right")
    start[key == _UNDATED], stop[key == _UNDATED] = 0, len(units)
    has_like = (key >= _COARSE) & np.isin(key, used)
    return np.stack([start, stop, np.where(has_like, np.searchsorted(used, key), -1)])


def _units(days: "NDArray[np.int64]", *, by: str) -> "NDArray[np.int64]":
    """Give a number to the days, weeks, months or years that days lie in."""
    if by == "week":  # weeks start on Monday; 1 January 1970 was a Thursday
        return (days + 3) // 7
    dates = EPOCH + days.astype("timedelta64[D]")
    return dates.astype(f"datetime64[{_TIMES[by]}]").astype(np.int64)


def _name_of_time(unit: int, *, by: str) -> str:
    if unit in _NOT_TIMES:
        return _NOT_TIMES[unit]
    number = np.int64(unit * 7 - 3 if by == "week" else unit)
    return str(number.astype(f"datetime64[{_TIMES[by]}]"))


def _distinct_columns(
    rows: "NDArray[np.int64]", *, n_groups: int
) -> "tuple[NDArray[np.int64], NDArray[np.int64]]":
    """Find the distinct columns of three rows of numbers from -1 to `n_groups`.

    As one integer each they are sorted many times faster than as columns.
    """
    base = n_groups + 2
    keys = ((rows[0] + 1) * base + rows[1] + 1) * base + rows[2] + 1
    _, at, number = np.unique(keys, return_index=True, return_inverse=True)
    return rows[:, at], number.astype(np.int64)


def _by_name(
    attributes: "Attributes",
    *,
    inside: "NDArray[np.bool_]",
    undecided: "NDArray[np.bool_]",
    columns: tuple[str, ...],
) -> Grouping:
    sizes = tuple(len(attributes.names[column]) for column in columns)
    numbers = tuple(getattr(attributes, column) for column in columns)
    path = np.ravel_multi_index(numbers, sizes)
    is_vague = np.logical_or.reduce([number == 0 for number in numbers])
    used, group = np.unique(path[inside], return_inverse=True)
    doubtful = undecided | (inside & is_vague)
    # a kind is a path; reports that are counted in the group of that path are apart
    kinds, kind = np.unique(path[doubtful] * 2 + inside[doubtful], return_inverse=True)
    of_kind, of_group = _pairs(kinds, used, sizes=sizes)
    return Grouping(
        names=_names_of_paths(attributes, np.unravel_index(used, sizes), columns=columns),
        group=group.astype(np.int64),
        doubtful=doubtful,
        kind=kind.astype(np.int64),
        spans=Spans(kind=of_kind, first=of_group, stop=of_group + 1),
    )


def _pairs(
    kinds: "NDArray[np.int64]", used: "NDArray[np.int64]", *, sizes: tuple[int, ...]
) -> "tuple[NDArray[np.int64], NDArray[np.int64]]":
    """Pair each kind with the groups whose path agrees in all that the kind names."""
    parts = np.stack(np.unravel_index(used, sizes))
    of_kind, of_group = [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.int64)]
    for named in product((False, True), repeat=len(sizes)):
        shown = np.where(np.array(named)[:, None], parts, 0)
        is_whole = np.all((shown != 0) == np.array(named)[:, None], axis=0)
        path = np.ravel_multi_index(tuple(shown), sizes)
        for is_counted in (0, 1):
            at = np.searchsorted(kinds, path * 2 + is_counted)
            is_kind = np.isin(path * 2 + is_counted, kinds) & is_whole
            if is_counted:
                is_kind &= path != used
            of_kind.append(at[is_kind])
            of_group.append(np.flatnonzero(is_kind))
    return np.concatenate(of_kind), np.concatenate(of_group)


def names_of_places(
    attributes: "Attributes", chosen: "NDArray[np.bool_]", *, level: str
) -> tuple[str, ...]:
    """List the places of some reports, each once.

    Parameters
    ----------
    attributes
        All reports.
    chosen
        Which of them.
    level
        The column of `PLACE_COLUMNS` down to which places are told apart.

    Returns
    -------
    tuple
        Names as groups have them.
    """
    columns = PLACE_COLUMNS[: PLACE_COLUMNS.index(level) + 1]
    numbers = np.stack([getattr(attributes, column)[chosen] for column in columns])
    return _names_of_paths(attributes, np.unique(numbers, axis=1), columns=columns)


def _names_of_paths(
    attributes: "Attributes",
    paths: "Sequence[NDArray[np.int64]] | NDArray[np.int64]",
    *,
    columns: tuple[str, ...],
) -> tuple[str, ...]:
    names = [attributes.names[column] for column in columns]
    return tuple(
        _name_of_path([names[level][int(n)] for level, n in enumerate(path)])
        for path in zip(*paths, strict=True)
    )


def _name_of_path(names: "Sequence[str | None]") -> str:
    """Print a path from the narrowest part up, as an address is written.

    A country without first-level units has none in its addresses, so that only the first
    and the last part are said not to be given.

    Examples
    --------
    >>> _name_of_path(["USA", "NY", "Rochester"]), _name_of_path(["FRA", None, "Paris"])
    ('Rochester, NY, USA', 'Paris, FRA')
    >>> _name_of_path([None, None]), _name_of_path(["USA", None])
    ('(not given)', '(not given), USA')
    """
    if not any(names):
        return "(not given)"
    *wider, narrowest = names
    parts = [narrowest or "(not given)", *filter(None, reversed(wider[1:]))]
    return ", ".join([*parts, *(name or "(country not given)" for name in wider[:1])])
