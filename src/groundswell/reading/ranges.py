"""Two numbers that are the ends of one: `70 to 80`, `between half and two thirds`.

What the words allow runs from the lower end of the first to the upper end of the second.
Where two numbers stand like a range and cannot be read as one, that is said, so that
neither of them is taken alone.
"""

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from groundswell.reading.values import claim_value

if TYPE_CHECKING:
    from collections.abc import Iterable

    from groundswell.reading.quantity import Quantity

_TO = re.compile(
    r"(?i)\s?(?P<word>-|\u2013|\bto\b|\band\b|\bor\b)\s(?:as\s(?:many|much)\sas\s|even\s)?"
    r"|\s?[-\u2013]\s?"
)
_OPENING = re.compile(r"(?i)\b(?P<word>between|(?:anywhere\s)?from)\s$")
_BUT = re.compile(r"(?i),?\s(?:but|and|yet)\s")
_ABOVE = frozenset({"more-than", "at-least"})
_BELOW = frozenset({"less-than", "at-most"})
_PLAIN = frozenset({"equal", "about"})
_LOOK_BACK = 24
_UNREAD = "It gives two numbers, and how they make one range could not be read."


def join_ranges(text: str, quantities: "Iterable[Quantity]") -> "list[Quantity]":
    """Join quantities that are the ends of a range.

    Parameters
    ----------
    text
        A smooth sentence.
    quantities
        In the order of the text; no two share a character.

    Returns
    -------
    list
        Quantities in the order of the text.
    """
    joined: list[Quantity] = []
    for quantity in quantities:
        pair = _join(text, joined[-1], upper=quantity) if joined else None
        if pair is None:
            joined.append(quantity)
        else:
            joined[-1] = pair
    return joined


def _join(text: str, lower: "Quantity", *, upper: "Quantity") -> "Quantity | None":
    between = text[lower.end : upper.start]
    words = (lower.value.comparator, upper.value.comparator)
    if words[0] in _ABOVE and words[1] in _BELOW:
        is_bound = _BUT.fullmatch(between) is not None
        return _whole(lower, upper, start=lower.start) if is_bound else None
    link = _TO.fullmatch(between) if set(words) <= _PLAIN else None
    if link is None:
        return None
    opening = _OPENING.search(text, max(0, lower.start - _LOOK_BACK), lower.start)
    is_between = opening is not None and opening["word"].lower() == "between"
    is_and = (link["word"] or "").lower() == "and"
    if is_and and not is_between:
        return None
    return _whole(lower, upper, start=opening.start() if opening else lower.start)


def _whole(lower: "Quantity", upper: "Quantity", *, start: int) -> "Quantity | None":
    """Return the range of two quantities of one kind, `None` where they are two facts."""
    kinds = (lower.kind, upper.kind)
    if "points" in kinds or "vague" in {lower.form, upper.form}:
        return None
    is_percent = upper.form == "percent" and lower.form in {"number", "percent"}
    factor = 1.0
    if lower.form == "number" and is_percent:
        factor = 0.01
    elif kinds == ("count", "share"):
        return replace(upper, start=start, problem=_UNREAD)
    elif kinds == ("share", "count"):
        return None
    elif kinds == ("count", "count"):
        factor = _scale_of_both(lower, upper)
    low, high = lower.value.low * factor, upper.value.high
    if lower.value.printed * factor >= upper.value.printed:
        is_count = kinds == ("count", "count")
        return replace(upper, start=start, problem=_UNREAD) if is_count else None
    value = claim_value(
        (lower.value.printed * factor + upper.value.printed) / 2,
        "about",
        ends=(low, high),
        low_open=lower.value.low_open,
        high_open=upper.value.high_open and upper.value.comparator in _BELOW,
    )
    return replace(upper, start=start, value=value, number=None, decimals=None)


def _scale_of_both(lower: "Quantity", upper: "Quantity") -> float:
    """Return what the first number is multiplied by: `two to three hundred` is both."""
    if lower.scale == 1 and upper.scale > 1:
        printed = lower.value.printed
        if printed < upper.value.printed / upper.scale:
            return upper.scale
    return 1.0
