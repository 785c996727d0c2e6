"""Which reports lie in the scope of an estimand, and the reason why the others do not."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from groundswell.core.errors import UsageError
from groundswell.measures.attributes import EPOCH

if TYPE_CHECKING:
    from datetime import date

    from numpy.typing import NDArray

    from groundswell.core.places import Place
    from groundswell.measures.attributes import Attributes
    from groundswell.measures.estimands import Estimand

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
PLACE_COLUMNS = ("country", "admin1", "locality")
WHERE_COLUMNS = (*PLACE_COLUMNS, "source", "is_online", "is_counter_protest")
GROUPINGS = ("day", "week", "month", "year", "country", "place", "locality", "source")


@dataclass(frozen=True, slots=True, kw_only=True)
class Scoped:
    """The reports in scope, their groups, and an account of the rest.

    Attributes
    ----------
    inside
        Attributes of the reports in scope; `series` and `place` are numbered within
        groups, so that one series counts once in each group.
    undecided
        Attributes of the reports that may be in scope or not, for bounds.
    group
        Group of each report in `inside`.
    group_names
        Names of the groups; one empty name where there is no grouping.
    n_read
        Reports read.
    left
        Reports that are not in scope by reason, in the order of `SCOPE_REASONS`.
    """

    inside: "Attributes"
    undecided: "Attributes"
    group: "NDArray[np.int64]"
    group_names: tuple[str, ...]
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
        Its window, place and conditions are applied, in this order.
    by
        One of `GROUPINGS`, or empty for a single group.

    Returns
    -------
    Scoped
        Reports in scope with their groups.
    """
    reason = np.full(attributes.n_reports, IN_SCOPE, dtype=np.int8)
    for index, (name, _) in enumerate(SCOPE_REASONS):
        applies = _against(attributes, estimand, reason=name)
        if applies is not None:
            reason[(reason == IN_SCOPE) & applies] = index
    doubtful = [i for i, (name, _) in enumerate(SCOPE_REASONS) if name in UNDECIDED]
    inside = attributes.take(reason == IN_SCOPE)
    group, names = _groups(inside, by=by)
    if len(names) > 1:
        inside = replace(
            inside,
            series=_within_groups(inside.series, group=group),
            place=_within_groups(inside.place, group=group),
        )
    return Scoped(
        inside=inside,
        undecided=attributes.take(np.isin(reason, doubtful)),
        group=group,
        group_names=names,
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
            return (attributes.day_last < first) | (attributes.day_first > last)
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


def _groups(
    inside: "Attributes", *, by: str
) -> "tuple[NDArray[np.int64], tuple[str, ...]]":
    if not by:
        return np.zeros(inside.n_reports, dtype=np.int64), ("",)
    if by not in GROUPINGS:
        raise UsageError(f"There is no grouping by {by!r}.", allowed=", ".join(GROUPINGS))
    if by in {"day", "week", "month", "year"}:
        return _groups_by_time(inside, by=by)
    column = "admin1" if by == "place" else by
    used, group = np.unique(getattr(inside, column), return_inverse=True)
    names = inside.names[column]
    return group.astype(np.int64), tuple(names[int(i)] or "(not given)" for i in used)


def _groups_by_time(
    inside: "Attributes", *, by: str
) -> "tuple[NDArray[np.int64], tuple[str, ...]]":
    days = EPOCH + inside.day_first.astype("timedelta64[D]")
    if by == "week":  # weeks start on Monday; 1 January 1970 was a Thursday
        days = days - ((inside.day_first + 3) % 7).astype("timedelta64[D]")
    unit = {"day": "D", "week": "D", "month": "M", "year": "Y"}[by]
    units = days.astype(f"datetime64[{unit}]")
    units[~inside.is_dated] = np.datetime64("NaT")
    used, group = np.unique(units, return_inverse=True)
    names = ("(not dated)" if np.isnat(day) else str(day) for day in used)
    return group.astype(np.int64), tuple(names)


def _within_groups(
    numbers: "NDArray[np.int64]", *, group: "NDArray[np.int64]"
) -> "NDArray[np.int64]":
    pairs = group * (numbers.max() + 1) + numbers
    _, dense = np.unique(pairs, return_inverse=True)
    return dense.astype(np.int64)
