"""Numbers, days and windows in words, the same wherever they are printed."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from groundswell.core.dates import Window

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_WIDE = 0.01


def percent(share: float, *, decimals: int = 0) -> str:
    """Print a share as a percentage, rounded half away from zero.

    Examples
    --------
    >>> percent(0.8577), percent(0.8577, decimals=1), percent(0.125)
    ('86%', '85.8%', '13%')
    """
    scale = 10**decimals
    rounded = int(share * 100 * scale + 0.5 + 1e-9) / scale
    return f"{rounded:.{decimals}f}%"


def percent_range(low: float, high: float) -> str:
    """Print a range of shares with no more precision than it supports.

    A range wider than one point is printed in whole percent, a narrower one with one
    decimal.

    Examples
    --------
    >>> percent_range(0.893, 0.971), percent_range(0.8968, 0.8974)
    ('89 to 97%', '89.7%')
    """
    decimals = 0 if high - low > _WIDE else 1
    ends = [percent(end, decimals=decimals) for end in (low, high)]
    if ends[0] == ends[1]:
        return ends[0]
    return f"{ends[0].removesuffix('%')} to {ends[1]}"


def points(distance: float) -> str:
    """Print a distance between shares in percentage points.

    Examples
    --------
    >>> points(0.1966), points(0.01)
    ('19.7 points', '1.0 points')
    """
    return f"{distance * 100:.1f} points"


def number(value: float) -> str:
    """Print a count with thousands separators.

    Examples
    --------
    >>> number(1578), number(30374.0)
    ('1,578', '30,374')
    """
    return f"{value:,.0f}"


def day(value: "date") -> str:
    """Print a day without its name.

    Examples
    --------
    >>> from datetime import date
    >>> day(date(2023, 10, 7))
    '7 October 2023'
    """
    return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"


def window(value: "Window | None") -> str:
    """Print a window of days.

    Examples
    --------
    >>> from datetime import date
    >>> from groundswell.core.dates import Window
    >>> window(Window(start=date(2023, 10, 7), end=date(2023, 10, 27)))
    '7 to 27 October 2023'
    >>> window(Window(start=date(2023, 10, 7)))
    'from 7 October 2023 on'
    >>> window(None)
    'at any time'
    """
    start, end = (value.start, value.end) if value else (None, None)
    if start is None:
        return f"until {day(end)}" if end else "at any time"
    if end is None:
        return f"from {day(start)} on"
    if start == end:
        return day(end)
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day} to {day(end)}"
    if start.year == end.year:
        return f"{start.day} {_MONTHS[start.month - 1]} to {day(end)}"
    return f"{day(start)} to {day(end)}"


def short_name(producer: str) -> str:
    """Use the short name that a producer gives in brackets.

    Examples
    --------
    >>> short_name("Crowd Counting Consortium (CCC)"), short_name("United Nations")
    ('CCC', 'United Nations')
    """
    _, bracket, rest = producer.partition("(")
    return rest.partition(")")[0] if bracket else producer


def listing(items: "Sequence[str]", *, last: str = "and") -> str:
    """Join words as a sentence does.

    Examples
    --------
    >>> listing(["a", "b", "c"]), listing(["a"]), listing([])
    ('a, b and c', 'a', '')
    """
    if len(items) <= 1:
        return "".join(items)
    return f"{', '.join(items[:-1])} {last} {items[-1]}"
