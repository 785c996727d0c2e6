"""Dates with a precision, and windows of days."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

DatePrecision = Literal["day", "week", "month", "year", "unknown"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """A stretch of days, both ends included; `None` leaves an end open.

    Attributes
    ----------
    start, end
        First and last day.
    text
        The words that the window was read from; empty where it came from a table.

    Raises
    ------
    ValueError
        If the window ends before it starts.

    Examples
    --------
    >>> january = Window(start=date(2025, 1, 1), end=date(2025, 1, 31))
    >>> Window(start=date(2025, 1, 1)).covers(january)
    True
    >>> january.days
    31
    """

    start: date | None = None
    end: date | None = None
    text: str = ""

    def __post_init__(self) -> None:
        if self.start and self.end and self.end < self.start:
            raise ValueError(f"window ends {self.end} before it starts {self.start}")

    @property
    def days(self) -> int | None:
        """Number of days, `None` where an end is open."""
        if self.start is None or self.end is None:
            return None
        return (self.end - self.start).days + 1

    @property
    def is_open(self) -> bool:
        """Whether an end is open."""
        return self.start is None or self.end is None

    def covers(self, other: "Window") -> bool:
        """Say whether every day of `other` lies in this window."""
        starts = self.start is None or (
            other.start is not None and other.start >= self.start
        )
        ends = self.end is None or (other.end is not None and other.end <= self.end)
        return starts and ends

    def intersects(self, other: "Window") -> bool:
        """Say whether the two share a day."""
        return not (_before(self.end, other.start) or _before(other.end, self.start))

    def same_days(self, other: "Window", *, tolerance_days: int = 0) -> bool:
        """Say whether both ends agree to within `tolerance_days`."""
        slack = timedelta(days=tolerance_days)
        starts = _near(self.start, other.start, slack=slack)
        return starts and _near(self.end, other.end, slack=slack)


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedSpan:
    """One date or range as a source wrote it.

    Attributes
    ----------
    start, end
        First and last possible day, `None` where the text gives no date.
    precision
        How exact the text was.
    text
        The text itself.
    problem
        Why the date is not used (`"year out of range"`), empty where it is.
    """

    start: date | None
    end: date | None
    precision: DatePrecision
    text: str
    problem: str = ""


def _before(end: date | None, start: date | None) -> bool:
    return end is not None and start is not None and end < start


def _near(one: date | None, other: date | None, *, slack: timedelta) -> bool:
    if one is None or other is None:
        return one is other
    return abs(one - other) <= slack
