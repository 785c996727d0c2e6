"""Numbers, days and lists in words, the same wherever they are printed."""

import math
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from groundswell.core.dates import Window

MONTHS = (
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
ONE_POINT = 0.01
_NOISE = 9  # decimals beyond which a float is rounding noise


def share_decimals(width: float) -> int:
    """Say how many decimals a percentage may have.

    Parameters
    ----------
    width
        Distance between the ends of its range, as a fraction of one.

    Returns
    -------
    int
        None where the range is wider than one point, one otherwise.
    """
    return 0 if round(width, _NOISE) > ONE_POINT else 1


def format_share(value: float, *, width: float) -> str:
    """Print a share as a percentage with the precision that its range supports.

    A share that is not all or nothing is never printed as if it were.

    Parameters
    ----------
    value
        Fraction of one.
    width
        Distance between the ends of its range.

    Returns
    -------
    str
        The percentage, halves rounded up.

    Examples
    --------
    >>> format_share(0.8967, width=0.1), format_share(0.8967, width=0.005)
    ('90%', '89.7%')
    >>> format_share(0.9996, width=0.1), format_share(1.0, width=0.0)
    ('over 99%', '100%')
    """
    step = Decimal(1).scaleb(-share_decimals(width))
    exact = Decimal(repr(round(value * 100, _NOISE)))
    if exact in {0, 100}:  # all and nothing are no roundings
        return f"{exact:.0f}%"
    rounded = exact.quantize(step, ROUND_HALF_UP)
    if rounded == 100 and exact < 100:  # noqa: PLR2004 (percent)
        return f"over {100 - step}%"
    if rounded == 0 and exact > 0:
        return f"under {step}%"
    return f"{rounded}%"


def format_exact_share(value: float) -> str:
    """Print a share that is exact by its nature, such as an end of what words allow.

    Examples
    --------
    >>> format_exact_share(0.855), format_exact_share(0.5)
    ('85.5%', '50%')
    """
    text = f"{round(value * 100, 4):.4f}".rstrip("0").rstrip(".")
    return f"{text}%"


def format_points(distance: float) -> str:
    """Print a distance between shares in percentage points.

    Examples
    --------
    >>> format_points(0.1461), format_points(0.0001), format_points(0.01)
    ('14.6 points', 'less than 0.1 points', '1 point')
    """
    points = Decimal(repr(round(distance * 100, _NOISE)))
    rounded = points.quantize(Decimal("0.1"), ROUND_HALF_UP)
    if rounded == 0 and points > 0:
        return "less than 0.1 points"
    text = f"{rounded}".removesuffix(".0")
    return f"{text} point" if text == "1" else f"{text} points"


def format_count(value: float) -> str:
    """Print a count with a comma between the thousands.

    Examples
    --------
    >>> format_count(680000), format_count(1060.5)
    ('680,000', '1,060.5')
    """
    if math.isinf(value):
        return "any number"
    return f"{value:,.1f}".removesuffix(".0")


def format_value(value: float | None, *, unit: str, width: float) -> str:
    """Print a value in its unit.

    Parameters
    ----------
    value
        The value; `None` where it is undefined.
    unit
        `share`, or what is counted.
    width
        Distance between the ends of its range, in the unit of the value.

    Returns
    -------
    str
        A percentage for a share, for anything else a whole number: half-way between the
        lowest and the highest size of a crowd may lie half a person.

    Examples
    --------
    >>> format_value(27_907.5, unit="participants", width=1_400.0)
    '27,908'
    """
    if value is None:
        return "no value"
    if unit == "share":
        return format_share(value, width=width)
    return format_count(math.floor(value + 0.5) if math.isfinite(value) else value)


def format_ends(low: float | None, high: float | None, *, unit: str) -> str:
    """Print a range by its two ends, as one value where both print alike.

    Examples
    --------
    >>> format_ends(0.84, 0.97, unit="share")
    '84% to 97%'
    """
    if low is None or high is None:
        return "no value"
    width = high - low
    ends = [format_value(end, unit=unit, width=width) for end in (low, high)]
    return ends[0] if ends[0] == ends[1] else " to ".join(ends)


def format_date(day: "date") -> str:
    """Print a day.

    Examples
    --------
    >>> from datetime import date
    >>> format_date(date(2023, 10, 7))
    '7 October 2023'
    """
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def format_window(window: "Window | None") -> str:
    """Print a stretch of days, naming month and year once where both ends share them.

    Examples
    --------
    >>> from datetime import date
    >>> from groundswell.core.dates import Window
    >>> format_window(Window(start=date(2023, 10, 7), end=date(2023, 10, 27)))
    '7 to 27 October 2023'
    """
    start, end = (window.start, window.end) if window else (None, None)
    if start is None:
        return "not stated" if end is None else f"until {format_date(end)}"
    if end is None:
        return f"since {format_date(start)}"
    return _closed_window(start, end)


def _closed_window(start: "date", end: "date") -> str:
    if start == end:
        return format_date(end)
    if start.year != end.year:
        return f"{format_date(start)} to {format_date(end)}"
    if start.month != end.month:
        return f"{start.day} {MONTHS[start.month - 1]} to {format_date(end)}"
    return f"{start.day} to {format_date(end)}"


def join_words(words: "Sequence[str]", *, last: str = "and") -> str:
    """Join words as a sentence does.

    Examples
    --------
    >>> join_words(["a", "b", "c"])
    'a, b and c'
    """
    if len(words) <= 1:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def short_name(producer: str) -> str:
    """Use the short name that a producer gives in brackets.

    Examples
    --------
    >>> short_name("Crowd Counting Consortium (CCC)"), short_name("United Nations")
    ('CCC', 'United Nations')
    """
    _, bracket, rest = producer.partition("(")
    return rest.partition(")")[0] if bracket else producer
