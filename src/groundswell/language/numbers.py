"""Numbers in running English text, in digits and in words."""

import re
from dataclasses import dataclass

_DIGITS = re.compile(
    r"(?<![\w.,])\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\w)|(?<![\w.,])\d+(?:\.\d+)?(?!\w)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberSpan:
    """A number and where it stands.

    Attributes
    ----------
    value
        The number.
    start, end
        Half-open offsets in the text as it was given.
    text
        The characters there, exactly.
    decimals
        Digits printed after the decimal point, `None` where it is in words.
    """

    value: float
    start: int
    end: int
    text: str
    decimals: int | None


def find_numbers(text: str) -> tuple[NumberSpan, ...]:
    """Find the numbers of a text, in the order of the text."""
    return tuple(
        NumberSpan(
            value=float(match[0].replace(",", "")),
            start=match.start(),
            end=match.end(),
            text=match[0],
            decimals=len(match[0].partition(".")[2]),
        )
        for match in _DIGITS.finditer(text)
    )
