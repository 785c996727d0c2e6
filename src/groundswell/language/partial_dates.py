"""Months, years and stretches of them: what a partly written date can mean."""

import calendar
from datetime import date, timedelta
from typing import Literal, NamedTuple

from groundswell.core.dates import DatePrecision

Part = Literal["", "early", "mid", "late"]

FIRST_YEAR, LAST_YEAR = 1900, 2100
_MONTHS = (
    "january february march april may june july august september october november "
    "december"
)
# Names and abbreviations in use; `calendar.month_name` would follow the locale.
MONTH_NUMBERS: dict[str, int] = {
    word: number
    for number, name in enumerate(_MONTHS.split(" "), start=1)
    for word in (name, name[:3])
} | {"sept": 9}
_THIRDS: dict[Part, tuple[int, int]] = {"early": (0, 1), "mid": (1, 2), "late": (2, 3)}


class Partial(NamedTuple):
    """A date as far as it was written; `None` for what was not.

    A `part` narrows a month to its days 1-10, 11-20 or 21 to the end, a year to its
    months January-April, May-August or September-December.
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    part: Part = ""

    @property
    def precision(self) -> DatePrecision:
        """How exact the date is."""
        if self.day:
            return "day"
        return "month" if self.month or self.part else "year"

    def in_year(self, year: int) -> "Partial":
        """Return the same date in a given year."""
        return self._replace(year=year)


def first_day(partial: Partial) -> date:
    """Return the first day that a date can mean.

    A date that does not exist or has no year is a `ValueError`.
    """
    year, month = _year(partial), partial.month or 1
    if partial.day or not partial.part:
        return date(year, month, partial.day or 1)
    third, _ = _THIRDS[partial.part]
    if partial.month:
        return date(year, month, 1 + 10 * third)
    return date(year, 1 + 4 * third, 1)


def last_day(partial: Partial) -> date:
    """Return the last day that a date can mean, or fail as `first_day` does."""
    year = _year(partial)
    if partial.day:
        return date(year, partial.month or 1, partial.day)
    _, third = _THIRDS.get(partial.part, (0, 3))
    if partial.month and third < len(_THIRDS):
        return date(year, partial.month, 10 * third)
    month = partial.month or 4 * third
    return date(year, month, days_in_month(year, month))


def days_in_month(year: int, month: int) -> int:
    """Return the number of days of a month."""
    return calendar.monthrange(year, month)[1]


def months_before(day: date, n: int) -> date:
    """Go back a number of months, to the last day of a month that is too short.

    Examples
    --------
    >>> months_before(date(2024, 3, 31), 1)
    datetime.date(2024, 2, 29)
    """
    years, month = divmod(day.month - 1 - n, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, days_in_month(year, month + 1)))


def week_of(day: date) -> tuple[date, date]:
    """Return the Monday and the Sunday of the week that holds a day."""
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=6)


def _year(partial: Partial) -> int:
    if partial.year is None:
        raise ValueError("a date without a year has no first and last day")
    return partial.year
