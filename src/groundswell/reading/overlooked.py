"""Quantities of protests in sentences that gave neither a claim nor a reason.

No statement that looks as if records could check it is passed over in silence: `doubled`,
`several hundred`, `almost all`, `500 people were arrested` are listed with the reason why
they are no claim. One entry for a sentence is enough to send a reader there.
"""

import re
from typing import TYPE_CHECKING

from groundswell.core.text import fold_words
from groundswell.language.numbers import find_numbers
from groundswell.language.windows import find_windows
from groundswell.reading.lexicon import one_of
from groundswell.reading.unframed import Unframed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from groundswell.language.numbers import NumberSpan
    from groundswell.reading.terms import TermFinder

_PROTESTS = (
    r"(?:protests?|demonstrations?|rall(?:y|ies)|marches|sit-?ins?|walk-?outs?|encampments?|"
    r"vigils?|pickets?|gatherings?|mobili[sz]ations?)"
)
_PEOPLE = (
    r"(?:people|persons|protest[eo]rs|demonstrators|marchers|participants|attendees|activists|"
    r"supporters|students|women|men|arrests?|injuries|deaths|detentions)"
)
_DID = (
    r"(?:(?:(?:were|was|have\sbeen|had\sbeen|got)\s)?(?:arrested|detained|injured|hurt|killed|"
    r"wounded|charged|attended|joined|marched|rallied|demonstrated|protested|gathered|showed\sup|"
    r"turned\sout|took\spart|took\sto\sthe\sstreets|came\sout|participated))"
)
_FEW_WORDS = r"(?:[\w'.-]+\s){0,4}?"
# who marched or was arrested is told of protests, who was hurt or only came need not be
_ABOUT_PROTESTS = re.compile(
    rf"(?i)(?<![\w-])(?:{_PROTESTS}|protest[eo]rs|demonstrators|marchers|arrested|detained|"
    r"attended|marched|rallied|demonstrated|protested|turned\sout|"
    r"took\s(?:part|to\sthe\sstreets))(?![\w-])"
)
_HAS_PROTESTS = re.compile(rf"(?i)(?<![\w-]){_PROTESTS}(?![\w-])")
_CHANGE = re.compile(
    r"(?i)(?<![\w-])"
    + one_of(
        r"""
        (?:more\sthan\s|nearly\s|almost\s)?(?:doubled|tripled|trebled|quadrupled|halved)
        (?:rose|risen|grew|grown|increased?|climbed|jumped|surged|soared|fell|fallen|dropped|declined|decreased|shrank|shrunk|went\s(?:up|down))\s(?:\w+ly\s)?(?:to|by|from)\s(?:\w+\s){0,2}?(?:\d|an?\s|one|two|three|four|five|six|seven|eight|nine|ten|half|dozens|hundreds|thousands)\S*
        (?:\w+|\d[\d,.]*)\stimes\s(?:as\s(?:many|much)|more|fewer|the\snumber)
        (?:twice|half)\sas\s(?:many|much)
        [\w,.]+\s(?:more|fewer)\s(?=[\w' -]{0,60}\bthan\b)
        """
    )
    + r"(?![\w-])"
)
_VAGUE = re.compile(
    rf"(?i)(?<![\w-])(?:(?:tens|dozens|scores|hundreds|thousands|millions)(?:\sof\s(?:tens\sof\s)?"
    rf"(?:thousands|millions))?|(?:several|many|a\sfew|few|a\scouple\sof)\s(?:dozens?|hundreds?|"
    rf"thousands?|millions?))(?:\s(?:of|more))?\s{_FEW_WORDS}"
    rf"(?:{_PROTESTS}|{_PEOPLE}|{_DID})(?![\w-])"
)
_ALL = re.compile(
    rf"(?i)(?<![\w-])(?:all|every|each|none|no|not\s(?:a\ssingle|one)|both)(?:\sof)?\s"
    rf"{_FEW_WORDS}(?:{_PROTESTS}|{_PEOPLE})(?![\w-])"
)
_NO_NUMBER = re.compile(
    r"(?i)(?<![\w-])(?:(?:almost|nearly|virtually|practically|not)\s(?:all|every|none|no)|"
    r"hardly\sany|barely\sany|few|fewer|many|several|numerous|countless|a\s(?:few|handful|"
    r"plurality|fraction|number|couple|good\smany|great\smany|host)|for\sthe\smost\spart|"
    rf"a\slot|lots|the\srest)(?:\sof)?(?:,?\s){_FEW_WORDS}(?:{_PROTESTS}|{_PEOPLE})(?![\w-])"
)
_COUNTED = re.compile(
    rf"(?i)\s(?:of\s(?:the\s|these\s|those\s)?)?{_FEW_WORDS}(?P<noun>{_PROTESTS}|{_PEOPLE}|{_DID})(?![\w-])"
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_DATE_BEFORE = re.compile(
    r"(?i)(?:\b(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?|\bnumber|\bno\.|"
    r"\$|€|£|/|:)\s?$"
)
_NO_COUNT_AFTER = re.compile(
    r"(?i)(?:\s|-)(?:a\.?m\b|p\.?m\b|o'clock|hours?|days?|weeks?|months?|years?|miles?|"
    r"minutes?|(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\b)"
)
_LOOK_BACK = 14
_CHANGED = "It is a change or a difference, not a share or a number of protests."
_ONE_CASE = "It speaks of all or none: one case decides it, a count does not."
_OPEN = "{words!r} stands for no fixed number that records could be held against."
_OTHER = "It is a quantity, but not one of protests; what it counts is not measured here."
_UNREAD = (
    "A number and protests of a side or the topic stand in it, but what was counted "
    "could not be read; a claims file can say it."
)
_NO_SIDE = (
    "It gives a number of protests and names no side or topic; looked for: {looked_for}."
)


def find_overlooked(
    text: str, *, finders: "Sequence[TermFinder]", looked_for: str
) -> Unframed | None:
    """Find the first quantity of protests or their people in a sentence.

    Parameters
    ----------
    text
        A smooth sentence that gave no claim and no reason.
    finders
        The words of the codebooks.
    looked_for
        What was looked for, for the reason.

    Returns
    -------
    Unframed or None
        Its words and why they are no claim.

    Examples
    --------
    >>> found = find_overlooked(
    ...     "Some 500 people were arrested.", finders=(), looked_for=""
    ... )
    >>> found.why
    'It is a quantity, but not one of protests; what it counts is not measured here.'
    """
    if not _ABOUT_PROTESTS.search(text):
        return None
    folded = fold_words(text)
    is_on_topic = any(finder.is_of_interest(folded) for finder in finders)
    found = next(_candidates(text, is_on_topic=is_on_topic), None)
    if found is None:
        return None
    start, end, why = found
    words = text[start:end]
    why = why.replace("{words!r}", repr(words)).replace("{looked_for}", looked_for)
    return Unframed(start=start, end=end, why=why)


def _candidates(text: str, *, is_on_topic: bool) -> "Iterator[tuple[int, int, str]]":
    has_protests = _HAS_PROTESTS.search(text) is not None
    numbers = _plain_numbers(text)
    if has_protests:
        yield from _matches(text, _CHANGE, why=_CHANGED)
    for number in numbers:
        counted = _COUNTED.match(text, number.end)
        if counted:
            is_count = _HAS_PROTESTS.fullmatch(counted["noun"]) is not None
            why = (_UNREAD if is_on_topic else _NO_SIDE) if is_count else _OTHER
            yield number.start, counted.end(), why
    yield from _matches(text, _VAGUE, why=_OPEN)
    if has_protests and is_on_topic:
        yield from _matches(text, _NO_NUMBER, why=_OPEN)
        yield from _matches(text, _ALL, why=_ONE_CASE)
        dates = [(w.start, w.end) for w in find_windows(text, published=None)]
        for number in numbers:
            if not any(start <= number.start < end for start, end in dates):
                yield number.start, number.end, _UNREAD


def _matches(
    text: str, pattern: re.Pattern[str], *, why: str
) -> "Iterator[tuple[int, int, str]]":
    for match in pattern.finditer(text):
        yield (*match.span(), why)


def _plain_numbers(text: str) -> "list[NumberSpan]":
    """Return the numbers above one that are no years, days or sums of money."""
    return [
        number
        for number in find_numbers(text)
        if number.value > 1
        and not _YEAR.fullmatch(number.text)
        and not _DATE_BEFORE.search(
            text[max(0, number.start - _LOOK_BACK) : number.start]
        )
        and not _NO_COUNT_AFTER.match(text, number.end)
    ]
