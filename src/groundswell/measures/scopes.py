"""Which reports lie in the scope of an estimand, and the reason why the others do not."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from groundswell.core.errors import UsageError
from groundswell.measures.attributes import EPOCH, PLACE_COLUMNS
from groundswell.measures.groups import group_reports, names_of_places

if TYPE_CHECKING:
    from datetime import date

    from numpy.typing import NDArray

    from groundswell.core.places import Place
    from groundswell.measures.attributes import Attributes
    from groundswell.measures.estimands import Estimand
    from groundswell.measures.groups import Spans

SCOPE_REASONS: tuple[tuple[str, str], ...] = (
    ("undated", "no usable date, while the scope has a window"),
    ("outside-window", "outside the window"),
    ("date-too-coarse", "date not exact enough to say whether inside the window"),
    ("place-unknown", "no place given, while the scope has one"),
    ("outside-place", "outside the place"),
    ("condition-not-met", "do not meet the given condition"),
)
IN_SCOPE = len(SCOPE_REASONS)
UNDECIDED = ("undated", "date-too-coarse", "place-unknown")
WHERE_COLUMNS = (*PLACE_COLUMNS, "source", "is_online", "is_counter_protest")


@dataclass(frozen=True, slots=True, kw_only=True)
class Scoped:
    """The reports in scope, their groups, and an account of the rest.

    Attributes
    ----------
    inside
        Attributes of the reports in scope; `series` and `place` are numbered within
        groups, so that one series counts once in each group.
    doubtful
        Attributes of the reports that may count in a group in which they are not counted:
        nothing says for certain that they are out of scope, but their date or place
        leaves open whether they are in scope, or in which group. Numbered within `kind`.
    group
        Group of each report in `inside`.
    group_names
        Names of the groups; one empty name where there is no grouping.
    kind, spans
        Kind of each report in `doubtful`, and the groups that a kind may belong to.
    n_read
        Reports read.
    left
        Reports that are not in scope by reason, in the order of `SCOPE_REASONS`.
    """

    inside: "Attributes"
    doubtful: "Attributes"
    group: "NDArray[np.int64]"
    group_names: tuple[str, ...]
    kind: "NDArray[np.int64]"
    spans: "Spans"
    n_read: int
    left: tuple[int, ...]


def select_scope(
    attributes: "Attributes", estimand: "Estimand", *, by: str = ""
) -> Scoped:
    """Split reports into those in scope and those charged to the first reason against.

    Parameters
    ----------
    attributes
        All reports.
    estimand
        Its window, place and conditions are applied, in this order. A report whose date
        or place leaves open whether it is in scope is charged to that reason if it comes
        first, and yet is out of scope for certain if any other reason says so.
    by
        One of `groundswell.measures.groups.GROUPINGS`, or empty for a single group.

    Returns
    -------
    Scoped
        Reports in scope with their groups.
    """
    reason = np.full(attributes.n_reports, IN_SCOPE, dtype=np.int8)
    surely_outside = np.zeros(attributes.n_reports, dtype=np.bool_)
    for index, (name, _) in enumerate(SCOPE_REASONS):
        applies = _against(attributes, estimand, reason=name)
        if applies is None:
            continue
        reason[(reason == IN_SCOPE) & applies] = index
        if name not in UNDECIDED:
            surely_outside |= applies
    is_inside = reason == IN_SCOPE
    grouping = group_reports(
        attributes, inside=is_inside, undecided=~(is_inside | surely_outside), by=by
    )
    inside, doubtful = attributes.take(is_inside), attributes.take(grouping.doubtful)
    return Scoped(
        inside=_numbered_within(inside, grouping.group) if by else inside,
        doubtful=_numbered_within(doubtful, grouping.kind) if by else doubtful,
        group=grouping.group,
        group_names=grouping.names,
        kind=grouping.kind,
        spans=grouping.spans,
        n_read=attributes.n_reports,
        left=tuple(int(np.count_nonzero(reason == i)) for i in range(IN_SCOPE)),
    )


def _against(
    attributes: "Attributes", estimand: "Estimand", *, reason: str
) -> "NDArray[np.bool_] | None":
    window, place = estimand.window, estimand.place
    if reason in {"undated", "outside-window", "date-too-coarse"}:
        if window is None or (window.start is None and window.end is None):
            return None
        if reason == "undated":
            return ~attributes.is_dated
        first = _day(window.start, default=np.iinfo(np.int64).min)
        last = _day(window.end, default=np.iinfo(np.int64).max)
        if reason == "outside-window":
            apart = (attributes.day_last < first) | (attributes.day_first > last)
            return apart & attributes.is_dated
        return (attributes.day_first < first) | (attributes.day_last > last)
    if reason in {"place-unknown", "outside-place"}:
        return _against_place(attributes, place, unknown=reason == "place-unknown")
    return _against_conditions(attributes, estimand.where)


def _day(day: "date | None", *, default: int) -> int:
    if day is None:
        return default
    return int((np.datetime64(day, "D") - EPOCH).astype(np.int64))


def _against_place(
    attributes: "Attributes", place: "Place | None", *, unknown: bool
) -> "NDArray[np.bool_] | None":
    if place is None or not place.path:
        return None
    missing = np.zeros(attributes.n_reports, dtype=np.bool_)
    elsewhere = missing.copy()
    for column, wanted in zip(PLACE_COLUMNS, place.path, strict=False):
        numbers = getattr(attributes, column)
        missing |= numbers == 0
        number = _number(attributes, column=column, name=wanted)
        elsewhere |= (numbers != 0) & (numbers != number)
    # a row in another country is outside, whatever else it leaves open
    return missing & ~elsewhere if unknown else elsewhere


def _number(attributes: "Attributes", *, column: str, name: str) -> int:
    names = attributes.names[column]
    return names.index(name) if name in names else -1


def _against_conditions(
    attributes: "Attributes", where: tuple[tuple[str, str], ...]
) -> "NDArray[np.bool_] | None":
    if not where:
        return None
    against = np.zeros(attributes.n_reports, dtype=np.bool_)
    for column, value in where:
        against |= ~_meets(attributes, column=column, value=value)
    return against


def _meets(attributes: "Attributes", *, column: str, value: str) -> "NDArray[np.bool_]":
    if column not in WHERE_COLUMNS:
        raise UsageError(
            f"There is no condition on {column!r}.", allowed=", ".join(WHERE_COLUMNS)
        )
    if column.startswith("is_"):
        if value not in {"yes", "no"}:
            raise UsageError(f"{column} is {value!r}.", allowed="yes, no")
        flag: NDArray[np.bool_] = getattr(attributes, column)
        return flag if value == "yes" else ~flag
    number = _number(attributes, column=column, name=value)
    if number < 0:
        names = [name for name in attributes.names[column] if name]
        raise UsageError(
            f"No row has {column} {value!r}.",
            allowed=", ".join(sorted(names)[:20]) + (" ..." if len(names) > 20 else ""),  # noqa: PLR2004 (enough to see the form)
        )
    met: NDArray[np.bool_] = getattr(attributes, column) == number
    return met


def namesakes(
    attributes: "Attributes", where: tuple[tuple[str, str], ...]
) -> dict[str, tuple[str, ...]]:
    """Find the places that a condition on a name takes together.

    Parameters
    ----------
    attributes
        All reports.
    where
        Conditions, column to value.

    Returns
    -------
    dict
        By column, the names of the places where there is more than one.
    """
    conditions = tuple(pair for pair in where if pair[0] in PLACE_COLUMNS)
    against = _against_conditions(attributes, conditions)
    if against is None:
        return {}
    found = {
        column: names_of_places(attributes, ~against, level=column)
        for column, _ in conditions
    }
    return {column: names for column, names in found.items() if len(names) > 1}


def _numbered_within(reports: "Attributes", group: "NDArray[np.int64]") -> "Attributes":
    """Give series and places new numbers in each group: each counts once in each."""
    return replace(
        reports,
        series=_within(reports.series, group=group),
        place=_within(reports.place, group=group),
    )


def _within(
    numbers: "NDArray[np.int64]", *, group: "NDArray[np.int64]"
) -> "NDArray[np.int64]":
    pairs = group * (numbers.max(initial=0) + 1) + numbers
    _, dense = np.unique(pairs, return_inverse=True)
    return dense.astype(np.int64)
