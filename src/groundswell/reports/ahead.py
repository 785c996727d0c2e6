"""Groups of days that lie after the day on which the records were taken."""

from calendar import monthrange
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal

from groundswell.core.phrases import format_date
from groundswell.reports.formatting import plural

if TYPE_CHECKING:
    from collections.abc import Sequence

    from groundswell.core.sources import Snapshot

Ahead = Literal["", "partly", "wholly"]
_FIRST = "-01-01"
_WEEK = timedelta(days=6)


def ahead_of(group: str, *, by: str, snapshots: "Sequence[Snapshot]") -> Ahead:
    """Say whether a group lies after the day on which the last file was taken.

    Parameters
    ----------
    group
        Name of the group: its first day, month or year.
    by
        The grouping.
    snapshots
        The files.

    Returns
    -------
    Ahead
        Empty where the grouping is none of time, where the group has no date, or where
        nobody says when the files were taken.

    Examples
    --------
    >>> ahead_of("2031-04", by="month", snapshots=())
    ''
    """
    taken, days = last_taken(snapshots), _days(group, by=by)
    if taken is None or days is None or days[1] <= taken:
        return ""
    return "wholly" if days[0] > taken else "partly"


def last_taken(snapshots: "Sequence[Snapshot]") -> date | None:
    """Give the day on which the last file was taken; `None` where one is not known."""
    days = [snapshot.taken for snapshot in snapshots]
    known = [day for day in days if day is not None]
    return max(known) if known and len(known) == len(days) else None


def _days(group: str, *, by: str) -> tuple[date, date] | None:
    if by not in {"day", "week", "month", "year"}:
        return None
    try:
        first = date.fromisoformat(f"{group}{_FIRST[len(group) - 4 :]}")
    except ValueError:  # the group of rows without an exact date
        return None
    last = {
        "day": first,
        "week": first + _WEEK,
        "month": first.replace(day=monthrange(first.year, first.month)[1]),
        "year": first.replace(month=12, day=31),
    }
    return first, last[by]


def ahead_notes(
    ahead: "Sequence[Ahead]", *, snapshots: "Sequence[Snapshot]"
) -> tuple[str, ...]:
    """Say how many groups lie after the day on which the records were taken.

    Parameters
    ----------
    ahead
        Of each group.
    snapshots
        The files.

    Returns
    -------
    tuple
        One sentence, or none.
    """
    taken, n, n_partly = last_taken(snapshots), *map(ahead.count, ("wholly", "partly"))
    if taken is None or not n + n_partly:
        return ()
    where = (("wholly", n), ("partly", n_partly))
    said = ", ".join(f"{plural(k, 'group')} {how}" for how, k in where if k)
    note = (
        f"After {format_date(taken)}, when the records were taken: {said}. Rows for "
        "later days were entered in advance, and say what was planned."
    )
    return (note,)
