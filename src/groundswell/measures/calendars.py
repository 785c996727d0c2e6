"""Reports of two sources by day and by week, and days by who has a report of them."""

from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from groundswell.core.comparisons import DayCount
from groundswell.core.ledger import Ledger, LedgerLine

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from groundswell.core.dates import Window

_EPOCH = date(1970, 1, 1).toordinal()
_MONDAY = 4  # days after the epoch, which was a Thursday
_WEEK = 7


def count_by_day(
    days_a: "NDArray[np.int64]", days_b: "NDArray[np.int64]"
) -> tuple[DayCount, ...]:
    """Count the reports of each side on each day with one.

    Parameters
    ----------
    days_a, days_b
        Days of the reports of each side, since 1970, in any order.

    Returns
    -------
    tuple
        In the order of the days.
    """
    n_a, n_b = (
        dict(zip(*(x.tolist() for x in np.unique(d, return_counts=True)), strict=True))
        for d in (days_a, days_b)
    )
    return tuple(
        DayCount(day=day_of(day), n_a=n_a.get(day, 0), n_b=n_b.get(day, 0))
        for day in sorted({*n_a, *n_b})
    )


def count_by_week(by_day: "Sequence[DayCount]") -> tuple[DayCount, ...]:
    """Add up days into weeks that begin on Monday.

    Parameters
    ----------
    by_day
        In the order of the days.

    Returns
    -------
    tuple
        In the order of the weeks.

    Examples
    --------
    >>> sunday = DayCount(day=date(2025, 1, 5), n_a=1, n_b=0)
    >>> [week.day.isoformat() for week in count_by_week([sunday])]
    ['2024-12-30']
    """
    weeks: dict[int, tuple[int, int]] = {}
    for one in by_day:
        number = one.day.toordinal() - _EPOCH
        monday = number - (number - _MONDAY) % _WEEK
        n_a, n_b = weeks.get(monday, (0, 0))
        weeks[monday] = n_a + one.n_a, n_b + one.n_b
    return tuple(
        DayCount(day=day_of(monday), n_a=n_a, n_b=n_b)
        for monday, (n_a, n_b) in weeks.items()
    )


def day_of(number: int) -> date:
    """Take a number of days since 1970 as the day."""
    return date.fromordinal(_EPOCH + int(number))


def account_for_days(by_day: "Sequence[DayCount]", *, window: "Window") -> Ledger:
    """Account for every day of a window by who has a report of it.

    Parameters
    ----------
    by_day
        Days with a report.
    window
        Where an end is open, it is that of the reports.

    Returns
    -------
    Ledger
        Of days.
    """
    start = window.start or (by_day[0].day if by_day else None)
    end = window.end or (by_day[-1].day if by_day else None)
    n_days = (end - start).days + 1 if start and end else 0
    n = {
        "both": sum(one.n_a > 0 and one.n_b > 0 for one in by_day),
        "only-a": sum(one.n_b == 0 for one in by_day),
        "only-b": sum(one.n_a == 0 for one in by_day),
    }
    n["neither"] = max(n_days, len(by_day)) - len(by_day)
    labels = {
        "neither": "no report in either",
        "only-a": "reports in A alone",
        "only-b": "reports in B alone",
        "both": "reports in both",
    }
    return Ledger(
        rows_in=sum(n.values()),
        unit="day",
        lines=tuple(
            LedgerLine(
                reason=reason,
                label=label,
                n=n[reason],
                kind="counted" if reason == "both" else "left",
            )
            for reason, label in labels.items()
        ),
    )
