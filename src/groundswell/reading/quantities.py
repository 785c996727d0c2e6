"""Quantities in a sentence: the number, the words that qualify it, where both stand."""

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from groundswell.core.claims import COUNT_CEILING
from groundswell.language.numbers import SCALE_WORDS, NumberSpan, find_numbers
from groundswell.language.sizes import read_size
from groundswell.reading.quantity import Quantity, read_qualifiers
from groundswell.reading.ranges import join_ranges
from groundswell.reading.spoken_shares import find_spoken_shares
from groundswell.reading.values import (
    allowed_values,
    claim_value,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

_PERCENT = re.compile(
    r"(?i)\s?\+?(?:\s?%|[\s-](?:percent(?P<points>age\spoints?)?|per[\s-]cent|pct)\b)"
    r"(?P<late>(?:age)?[\s-]points?)?"
)
_VAGUE = re.compile(
    r"(?i)(?<![\w-])(?:(?:(?:several|many|a\sfew|tens\sof|hundreds\sof|dozens\sof)\s){0,2}"
    r"(?:dozens|scores|hundreds|thousands|millions)(?=\s(?:of|more)\b)(?:\sof\b)?"
    r"|(?:several|a\sfew|a\scouple\sof)\s(?:dozen|hundred|thousand|million)(?=\s[\w(]))"
)
_FURTHER = re.compile(
    r"(?i)\b(?:another|additional|further|extra|other|new|more|(?:first|last|next|final))"
    r"(?:\s(?:of|than))?\s$"
)
_FURTHER_AFTER = re.compile(
    r"(?i)\s(?:brand-?\s?)?(?:new|more|additional|further|extra|other|fewer|less)\b(?!-)"
)
_MEAN = re.compile(r"(?i)\b(?:average|mean|median|typical)(?:\sof)?\s$|\baverag\w+\s$")
_RATE = re.compile(
    r"(?i)\b(?:on\saverage|on\sthe\saverage|per\s(?:protest|demonstration|rally|march|event|"
    r"day|week|month|year|capita|city|state)|(?:an?|every|each)\s(?:day|week|month|year)"
    r"(?=\s?(?:[,.;]|$|\s(?:in|on|across|were|was|took)\b))|apiece|daily|weekly|"
    r"each(?=\s?(?:[,.;]|$)))(?!\w)"
)
_THAN = re.compile(r"(?i)\s(?:more|fewer|less)\b(?=[^,;.]{0,80}\bthan\b)")
_DIFFERENCE = "It is a difference, not a number of protests or people."
_MORE = (
    "It counts what comes on top of others or is only a part of them, and the whole is "
    "not told."
)
_AVERAGE = "It is an average or a rate, not a number of protests or people."
_LOOK_BACK = 32


def find_quantities(
    text: str, *, taken: "Sequence[tuple[int, int]]" = ()
) -> tuple[Quantity, ...]:
    """Find the quantities of a sentence.

    Parameters
    ----------
    text
        A smooth sentence.
    taken
        Stretches that are something else: dates and windows.

    Returns
    -------
    tuple
        Quantities in the order of the text; no two share a character.

    Examples
    --------
    >>> for q in find_quantities("Nearly nine in ten, or 86.4 percent of 1,869."):
    ...     print(q.form, q.value.comparator, q.value.low, q.value.high)
    parts nearly 0.855 0.9
    percent equal 0.8635 0.8645
    number equal 1868.5 1869.5
    """
    found: list[Quantity] = []
    numbers = find_numbers(text)
    for quantities in (
        _percents(text, numbers),
        find_spoken_shares(text),
        _vague(text),
        [_count(text, number) for number in numbers],
    ):
        for quantity in quantities:
            if not _overlaps(quantity, found) and not _hits(quantity, taken):
                found.append(quantity)
    ordered = join_ranges(text, sorted(found, key=lambda q: q.start))
    return tuple(_with_problem(text, quantity) for quantity in ordered)


def _overlaps(quantity: Quantity, found: list[Quantity]) -> bool:
    return any(q.start < quantity.end and quantity.start < q.end for q in found)


def _hits(quantity: Quantity, taken: "Sequence[tuple[int, int]]") -> bool:
    return any(start < quantity.end and quantity.start < end for start, end in taken)


def _percents(text: str, numbers: tuple[NumberSpan, ...]) -> list[Quantity]:
    found: list[Quantity] = []
    for number in numbers:
        sign = _PERCENT.match(text, number.end)
        if not sign or text[max(0, number.start - 1) : number.start] in {",", ".", "$"}:
            continue
        words, start, end = read_qualifiers(text, number.start, end=sign.end())
        if "+" in sign[0]:
            words = "at-least"
        half_width = 0.005 / 10 ** (number.decimals or 0)
        share = number.value / 100
        kind: Literal["share", "points"] = "share"
        if sign["points"] or sign["late"] or share > 1:
            kind = "points"
        value = allowed_values(
            min(share, 1.0), kind="share", words=words, half_width=half_width
        )
        found.append(
            Quantity(
                start=start,
                end=end,
                kind=kind,
                form="percent",
                value=value,
                number=number.value,
                decimals=number.decimals,
            )
        )
    return found


def _vague(text: str) -> list[Quantity]:
    found: list[Quantity] = []
    for match in _VAGUE.finditer(text):
        size = read_size(match[0].removesuffix(" of").strip(), rule="interval")
        if size.low is None:
            continue
        high = COUNT_CEILING if size.high is None else float(size.high)
        found.append(
            Quantity(
                start=match.start(),
                end=match.end(),
                kind="count",
                form="vague",
                value=claim_value(float(size.low), "about", ends=(size.low, high)),
            )
        )
    return found


def _count(text: str, number: NumberSpan) -> Quantity:
    words, start, end = read_qualifiers(text, number.start, end=number.end)
    return Quantity(
        start=start,
        end=end,
        kind="count",
        form="number",
        value=allowed_values(
            number.value, kind="count", words=words, half_width=_rounding(number) / 2
        ),
        number=number.value,
        decimals=number.decimals,
        scale=max(float(number.scale), _spoken_scale(number)),
    )


def _spoken_scale(number: NumberSpan) -> float:
    """Return what the last word of a number multiplies by, 1 where none does."""
    last = number.text.lower().rsplit(maxsplit=1)[-1]
    return float(SCALE_WORDS.get(last, 1))


def _with_problem(text: str, quantity: Quantity) -> Quantity:
    """Say of a count that it is a rate, or one more than others that are not told."""
    if quantity.problem or quantity.kind != "count":
        return quantity
    before = text[max(0, quantity.start - _LOOK_BACK) : quantity.start]
    if _THAN.match(text, quantity.end):
        return replace(quantity, problem=_DIFFERENCE)
    if _FURTHER.search(before) or _FURTHER_AFTER.match(text, quantity.end):
        return replace(quantity, problem=_MORE)
    if _MEAN.search(before) or _RATE.search(text):
        return replace(quantity, problem=_AVERAGE)
    return quantity


def _rounding(number: NumberSpan) -> float:
    """Return the step that a printed or spoken number is rounded to."""
    if number.decimals is not None:
        return float(number.scale * 10.0**-number.decimals)
    spoken = number.text.lower()
    for word, step in (("million", 10**6), ("thousand", 10**3), ("hundred", 100)):
        if word in spoken and ("half" in spoken or "quarter" in spoken):
            return step / 10
        if word in spoken and number.value % step == 0:
            return float(step)
    return 1.0
