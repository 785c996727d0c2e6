"""Dates of records, each with its precision.

Windows in running text are found by `groundswell.language.windows`.
"""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Literal

from groundswell.core.dates import DatedSpan
from groundswell.language.partial_dates import (
    FIRST_YEAR,
    LAST_YEAR,
    MONTH_NUMBERS,
    Partial,
    first_day,
    last_day,
)

__all__ = [
    "ENDS_FIRST",
    "NO_DATE",
    "NO_SUCH_DAY",
    "NO_YEAR",
    "OUT_OF_RANGE",
    "UNREAD",
    "DateOrder",
    "read_date",
]

DateOrder = Literal["mdy", "dmy", "ymd"]

NO_DATE = "no date"
NO_YEAR = "no year"
NO_SUCH_DAY = "no such day"
OUT_OF_RANGE = f"year out of range ({FIRST_YEAR} to {LAST_YEAR} are allowed)"
ENDS_FIRST = "ends before it starts"
UNREAD = "not read as a date"

_MISSING = re.compile(
    r"(?ai)(?:n\.?/?a\.?n?|none|null|nil|unknown|unclear|tbd|tba|k\.\s?a\.|see above"
    r"|[\s?.*\u2010-\u2015-]*|-[0-9]{1,3})"
)
_TIME = r"(?:[T\s]+[0-9]{1,2}:[0-9]{2}(?::[0-9.]+)?\s?(?:[AaPp][Mm]|Z|UTC|[+-][0-9:]+)?)?"
_YEAR_FIRST = re.compile(
    rf"(?a)([0-9]{{4}})(?:([-/.])([0-9]{{1,2}})(?:\2([0-9]{{1,2}}){_TIME})?)?"
)
_COMPACT = re.compile(
    r"(?a)([12][0-9]{3})([01][0-9])([0-3][0-9])(?:[0-2][0-9][0-5][0-9][0-5][0-9])?"
)
_NUMERIC = re.compile(
    rf"(?a)([0-9]{{1,2}})([-/.])([0-9]{{1,2}})\2([0-9]{{4}}|[0-9]{{2}}){_TIME}"
)
_MONTH = r"([A-Za-z]{3,9})\.?"
_DAY_MONTH = re.compile(
    rf"(?a)([0-9]{{1,2}})[-/\s]{_MONTH}(?:[-/,\s]+([0-9]{{4}}|[0-9]{{2}}))?"
)
_MONTH_YEAR = re.compile(rf"(?a){_MONTH}(?:[-/']([0-9]{{2}})|[-/,\s]+([0-9]{{4}}))")
_MONTH_DAY = re.compile(rf"(?a){_MONTH}\s([0-9]{{1,2}})")
_TWO_DATES = re.compile(
    r"([0-9][0-9./-]{5,9})\s*(?:[\u2013\u2014]|\s-\s|(?<=[0-9]{4})-|to|until)\s*([0-9][0-9./-]{5,9})"
)
_WEEK = re.compile(r"(?ai)(?:the\s)?(?:week\s(?:of|beginning|starting)|w/c)\s+(.+)")


def read_date(text: str, *, order: DateOrder) -> DatedSpan:
    """Read one cell of a record as a date with its precision.

    A missing year is never filled in. Two-digit years are 1969 to 2068, as POSIX reads
    them. `Jul-18` is a month of a year, as spreadsheets write one; a day of a month would
    have no year. A week starts on the day it is named for.

    Parameters
    ----------
    text
        The cell.
    order
        Order of day, month and year where all three are numbers and the year does not
        come first with four digits. The source decides it, so there is no default.

    Returns
    -------
    DatedSpan
        First and last possible day, or a problem that says why there is none.

    Examples
    --------
    >>> read_date("4/2/2017", order="mdy").start
    datetime.date(2017, 4, 2)
    >>> span = read_date("Jul-18", order="mdy")
    >>> span.start, span.end, span.precision
    (datetime.date(2018, 7, 1), datetime.date(2018, 7, 31), 'month')
    >>> read_date("6/12/2108", order="mdy").problem
    'year out of range (1900 to 2100 are allowed)'
    """
    cell = text.strip()
    if _MISSING.fullmatch(cell):
        return _unused(text, NO_DATE)
    week = _WEEK.fullmatch(cell)
    if week:
        return _week(text, day=read_date(week[1], order=order))
    for pattern, read in _READERS:
        match = pattern.fullmatch(cell)
        if match and (found := read(match, order)) != UNREAD:
            return _checked(text, found)
    ends = _TWO_DATES.fullmatch(cell)
    if ends:
        return _two_dates(text, [read_date(end, order=order) for end in ends.groups()])
    return _in_words(text, cell)


def _read_year_first(match: re.Match[str], order: DateOrder) -> Partial | str:
    del order  # a year of four digits in front leaves no choice
    month, day = match[3], match[4]
    return Partial(
        int(match[1]), int(month) if month else None, int(day) if day else None
    )


def _read_compact(match: re.Match[str], order: DateOrder) -> Partial | str:
    del order
    return Partial(int(match[1]), int(match[2]), int(match[3]))


def _read_numeric(match: re.Match[str], order: DateOrder) -> Partial | str:
    one, other, last = match[1], match[3], match[4]
    if order == "ymd":
        return UNREAD if len(last) > 2 else Partial(_year(one), int(other), int(last))  # noqa: PLR2004
    month, day = (one, other) if order == "mdy" else (other, one)
    return Partial(_year(last), int(month), int(day))


def _read_day_month(match: re.Match[str], order: DateOrder) -> Partial | str:
    del order
    month = MONTH_NUMBERS.get(match[2].lower())
    if month is None:
        return UNREAD
    return Partial(_year(match[3]), month, int(match[1])) if match[3] else NO_YEAR


def _read_month_year(match: re.Match[str], order: DateOrder) -> Partial | str:
    del order
    month = MONTH_NUMBERS.get(match[1].lower())
    return Partial(_year(match[2] or match[3]), month) if month else UNREAD


def _read_month_day(match: re.Match[str], order: DateOrder) -> Partial | str:
    del order
    return NO_YEAR if match[1].lower() in MONTH_NUMBERS else UNREAD


_READERS: tuple[
    tuple[re.Pattern[str], Callable[[re.Match[str], DateOrder], Partial | str]], ...
] = (
    (_YEAR_FIRST, _read_year_first),
    (_NUMERIC, _read_numeric),
    (_COMPACT, _read_compact),
    (_DAY_MONTH, _read_day_month),
    (_MONTH_YEAR, _read_month_year),
    (_MONTH_DAY, _read_month_day),
)


def _year(digits: str) -> int:
    """Read a year of four digits, or of two as POSIX does."""
    year = int(digits)
    if len(digits) > 2:  # noqa: PLR2004 (two digits or four)
        return year
    return year + (1900 if year >= 69 else 2000)  # noqa: PLR2004 (POSIX strptime)


def _checked(text: str, read: Partial | str) -> DatedSpan:
    if isinstance(read, str):
        return _unused(text, read)
    if not FIRST_YEAR <= (read.year or 0) <= LAST_YEAR:
        return _unused(text, OUT_OF_RANGE)
    try:
        start, end = first_day(read), last_day(read)
    except ValueError:
        return _unused(text, NO_SUCH_DAY)
    return DatedSpan(start=start, end=end, precision=read.precision, text=text)


def _week(text: str, *, day: DatedSpan) -> DatedSpan:
    if day.start is None or day.precision != "day":
        return _unused(text, day.problem or UNREAD)
    end = day.start + timedelta(days=6)
    return DatedSpan(start=day.start, end=end, precision="week", text=text)


def _two_dates(text: str, ends: list[DatedSpan]) -> DatedSpan:
    first, last = ends
    if first.start is None or last.end is None:
        return _unused(text, first.problem or last.problem)
    if last.end < first.start:
        return _unused(text, ENDS_FIRST)
    return DatedSpan(start=first.start, end=last.end, precision=last.precision, text=text)


def _in_words(text: str, cell: str) -> DatedSpan:
    """Read a cell in words as running text: `October 7 to November 26, 2023`."""
    # few cells are in words, and the patterns of running text take time to prepare
    from groundswell.language.windows import find_windows

    windows = find_windows(cell, published=None)
    if len(windows) != 1 or windows[0].text != cell:
        return _unused(text, UNREAD)
    (found,) = windows
    start, end = found.window.start, found.window.end
    if not found.is_resolved or start is None or end is None:
        return _unused(text, NO_YEAR if found.why.startswith("no year") else UNREAD)
    return DatedSpan(start=start, end=end, precision=found.precision, text=text)


def _unused(text: str, problem: str) -> DatedSpan:
    return DatedSpan(
        start=None, end=None, precision="unknown", text=text, problem=problem
    )
