"""Percentages and counts that stand for the same things, and the bases beside them."""

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from groundswell.language.numbers import find_numbers
from groundswell.reading.bases import BaseRange, is_possible_share, possible_bases
from groundswell.reading.smoothing import smooth

if TYPE_CHECKING:
    from collections.abc import Iterator

_SIGN = re.compile(r"(?i)\s?(?:%|percent\b|per\scent\b|pct\b)")
_QUALIFIED = re.compile(
    r"(?i)(?:\b(?:about|around|roughly|nearly|almost|over|some|than|at\s(?:least|most)|"
    r"up\sto|approximately|under|above|below|close\sto|estimated|between)|[~<>])\s?$"
)
_RANGE = re.compile(r"\s?(?:-|\u2013|to)\s?")
_SHARE_COUNT = re.compile(r"(?i)(?:\s?\(\s?|,?\sor\s)")
_COUNT_SHARE = re.compile(
    r"(?i)(?:\s[a-z'-]+){0,5}?(?:\s?\(\s?|,?\sor\s|,\s(?:that\sis|i\.e\.),?\s)"
)
_OF = re.compile(r"(?i)\s(?:out\s)?of\s(?:(?:the|all|its|a\stotal\sof)\s){0,2}")
_THINGS = re.compile(
    r"(?i)\s(?:[\w'-]+\s){0,4}?(?:protests?|demonstrations?|rall(?:y|ies)|marches|events|"
    r"gatherings|actions|protesters|demonstrators|participants|arrests|incidents)\b"
)
_OF_ALL = re.compile(
    r"(?i)(?:^|[,;:\u2014]\s|\b(?:and|while|but)\s)(?:out\s)?of\s"
    r"(?:(?:the|all|these|those|a\stotal\sof)\s){0,2}$"
)
_OF_WHICH = re.compile(
    r"(?i)\bof\s(?:(?:which|them|whom)\b|(?:these|those)\b(?!\s\w*\s?\d))"
)
_ALL_PERCENT = 100
_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class PrintedNumber:
    """A number as printed.

    Attributes
    ----------
    value, decimals
        The number, and digits printed after its point.
    text
        As printed, with its percent sign.
    start, end
        Offsets in the smooth sentence.
    place
        Offsets in the text as read.
    is_share
        Whether it is a percentage.
    """

    value: float
    decimals: int
    text: str
    start: int
    end: int
    place: tuple[int, int]
    is_share: bool


@dataclass(frozen=True, slots=True)
class SharePair:
    """A percentage and a count that stand for the same things."""

    share: PrintedNumber
    count: PrintedNumber

    @property
    def bases(self) -> BaseRange | None:
        """Bases that fit both."""
        return possible_bases(
            int(self.count.value), self.share.value, decimals=self.share.decimals
        )

    def fits(self, base: PrintedNumber) -> bool:
        """Say whether the pair can be true of a base."""
        return is_possible_share(
            self.count.value,
            base.value,
            percent=self.share.value,
            decimals=self.share.decimals,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberLine:
    """The numbers of a sentence and how they hang together.

    Attributes
    ----------
    fractions
        `770 of 2,301`: part and whole.
    tied
        Pairs with the base that the words tie to them.
    free_pairs
        Pairs without one.
    bases
        Numbers of protests or people that may be the base of pairs near them.
    """

    fractions: tuple[tuple[PrintedNumber, PrintedNumber], ...] = ()
    tied: tuple[tuple[SharePair, PrintedNumber], ...] = ()
    free_pairs: tuple[SharePair, ...] = ()
    bases: tuple[PrintedNumber, ...] = ()


def read_number_line(printed: str, *, start: int) -> NumberLine:
    """Read the numbers of a sentence.

    Parameters
    ----------
    printed
        The sentence.
    start
        Where it stands in the text as read.

    Returns
    -------
    NumberLine
        Its pairs and bases; empty where there are none.

    Examples
    --------
    >>> line = read_number_line("Of the 2,301 events, 38 % (770) were small.", start=0)
    >>> [(pair.count.text, base.text) for pair, base in line.tied]
    [('770', '2,301')]
    """
    if not any(char.isdigit() for char in printed):
        return NumberLine()
    numbers, text = _numbers(printed, start)
    fractions = tuple(
        (one, other)
        for one, other in pairwise(numbers)
        if not (one.is_share or other.is_share)
        and _OF.fullmatch(text, one.end, other.start)
        and one.value == int(one.value)
    )
    parts = dict(fractions)
    pairs = list(_pairs(text, numbers, fractions=fractions))
    paired = {pair.count for pair in pairs}
    bases = tuple(
        n
        for n in numbers
        if not n.is_share and n not in paired and _THINGS.match(text, n.end)
    )
    tied: list[tuple[SharePair, PrintedNumber]] = []
    free: list[SharePair] = []
    for pair in pairs:
        base = parts.get(pair.count) or _tied_base(text, pair, bases=bases)
        if base:
            tied.append((pair, base))
        else:
            free.append(pair)
    return NumberLine(
        fractions=fractions, tied=tuple(tied), free_pairs=tuple(free), bases=bases
    )


def _numbers(printed: str, start: int) -> tuple[list[PrintedNumber], str]:
    text, back = smooth(printed)
    found: list[PrintedNumber] = []
    for number in find_numbers(text):
        before = text[max(0, number.start - 20) : number.start]
        is_range = found and _RANGE.fullmatch(text, found[-1].end, number.start)
        if _QUALIFIED.search(before) or is_range or _YEAR.fullmatch(number.text):
            continue
        sign = _SIGN.match(text, number.end)
        end = sign.end() if sign else number.end
        first, last = back.to_raw(number.start, end)
        found.append(
            PrintedNumber(
                value=number.value,
                decimals=number.decimals or 0,
                text=text[number.start : end],
                start=number.start,
                end=end,
                place=(start + first, start + last),
                is_share=sign is not None,
            )
        )
    return found, text


def _pairs(
    text: str,
    numbers: list[PrintedNumber],
    *,
    fractions: tuple[tuple[PrintedNumber, PrintedNumber], ...],
) -> "Iterator[SharePair]":
    wholes = {whole: part for part, whole in fractions}
    for one, other in pairwise(numbers):
        if one.is_share == other.is_share:
            continue
        pattern = _SHARE_COUNT if one.is_share else _COUNT_SHARE
        share, count = (one, other) if one.is_share else (other, one)
        count = wholes.get(count, count)  # "770 of 2,301 (38 %)" speaks of the 770
        is_whole = count.value == int(count.value) and count.value >= 1
        fits = pattern.fullmatch(text, one.end, other.start)
        if fits and is_whole and share.value <= _ALL_PERCENT:
            yield SharePair(share, count)


def _tied_base(
    text: str, pair: SharePair, *, bases: tuple[PrintedNumber, ...]
) -> PrintedNumber | None:
    """Find the base in `of the 2,301 events, 38 % (770)` and `2,301 events, of which`."""
    first = min(pair.share.start, pair.count.start)
    for base in reversed([b for b in bases if b.end <= first]):
        if _OF_ALL.search(text, 0, base.start):
            return base
        if _OF_WHICH.search(text, base.end, first + len("38 percent of them")):
            return base
    return None
