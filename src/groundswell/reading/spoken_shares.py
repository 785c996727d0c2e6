"""Shares in words: `nine in ten`, `two thirds`, `the vast majority`, `mostly`."""

import re
from typing import TYPE_CHECKING

from groundswell.language.numbers import SMALL_WORDS
from groundswell.reading.quantity import Form, Quantity, read_qualifiers
from groundswell.reading.values import majority, minority, value_of_part

if TYPE_CHECKING:
    from groundswell.core.claims import ClaimValue

_DENOMINATORS = {
    "half": 2,
    "halves": 2,
    "third": 3,
    "quarter": 4,
    "fourth": 4,
    "fifth": 5,
    "sixth": 6,
    "seventh": 7,
    "eighth": 8,
    "ninth": 9,
    "tenth": 10,
}
_MOST_SPOKEN_PARTS = 20
_SMALL = "|".join(
    word for word, value in SMALL_WORDS.items() if 0 < value <= _MOST_SPOKEN_PARTS
)
# "a third to a half": the first of two ends
_AND_PART = (
    r"(?:and|to|or)\s(?:half\b|(?:an?|one|two|three|four|five|nine)[\s-]"
    r"(?:half|thirds?|quarters?|fourths?|fifths?|sixths?|eighths?|tenths?)\b)"
)
_FRACTION = re.compile(
    rf"""(?<![\w-])(?:(?P<parts>an?|{_SMALL}|\d)[\s-])?(?:
        (?P<half>half)(?=\s{_AND_PART}|\s(?:(?:of|the|these|those|all|were|are|was|is|have|had)\b|\w+-\w))
      | (?P<part>third|quarter|fourth|fifth|sixth|seventh|eighth|ninth|tenth)
        (?P<plural>s?)(?=\s{_AND_PART}|\s(?:(?:of|were|are|was|is|have)\b|\w+-\w))
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_TIME_HALF = re.compile(
    r"(?i)\b(?:first|second|latter|former|last|early|later|western|eastern|"
    r"northern|southern|upper|lower|top|bottom)\s$"
)
_PARTS = re.compile(
    rf"""(?<![\w.,-])(?P<parts>{_SMALL}|\d{{1,2}})\s
    (?:(?:in|out\sof)\s(?:every\s)?|of\severy\s|of\s(?=(?:five|ten|10|twenty|20|100)\s))
    (?P<whole>{_SMALL}|\d{{1,3}})(?![\w,.]\d|\s?%|\w)""",
    re.IGNORECASE | re.VERBOSE,
)
_VAST = r"vast|overwhelming|crushing|immense"
_PLAIN = (
    r"great|large|big|clear|huge|solid|strong|slim|narrow|small|bare|slight|simple|absolute|"
    r"sizeable|sizable|significant|substantial|wide"
)
_MAJORITY = re.compile(
    rf"""(?<![\w-])(?:
        (?:(?:the|an?)\s)?(?:(?P<vast>{_VAST})\s|(?:{_PLAIN})\s)?
            (?P<noun>majority|minority|bulk|preponderance|lion's\sshare)\b(?=\sof\b|\s(?:were|are|have|had|was|is|back|support)|[,.])
      | (?P<most>most)(?=\s[(\w])
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_NOT_MOST = re.compile(
    r"(?i)(?:\b(?:the|its|their|his|her|our|my|at|second|third|'s)\s|[\w-]-)$"
)
_ADVERB = re.compile(
    r"(?i)(?<![\w-])(?:(?P<vast>overwhelmingly)|mostly|mainly|predominantly|largely|"
    r"primarily|chiefly|for\sthe\smost\spart)(?![\w-])"
)
_MOST_PARTS = 100


def find_spoken_shares(text: str) -> list[Quantity]:
    """Find shares that are said in words; those of several words first.

    Parameters
    ----------
    text
        A smooth sentence.

    Returns
    -------
    list
        Quantities, which may overlap.
    """
    return [*_parts(text), *_fractions(text), *_majorities(text)]


def _parts(text: str) -> list[Quantity]:
    found: list[Quantity] = []
    for match in _PARTS.finditer(text):
        parts, whole = _small(match["parts"]), _small(match["whole"])
        if not 0 < parts < whole <= _MOST_PARTS:
            continue
        words, start, end = read_qualifiers(text, match.start(), end=match.end())
        value = value_of_part(parts, whole, words=words, is_spoken=False)
        found.append(
            Quantity(start=start, end=end, kind="share", form="parts", value=value)
        )
    return found


def _small(word: str) -> int:
    return int(word) if word.isdigit() else SMALL_WORDS[word.lower()]


def _fractions(text: str) -> list[Quantity]:
    found: list[Quantity] = []
    for match in _FRACTION.finditer(text):
        parts_word = (match["parts"] or "").lower()
        if match["part"] and not parts_word:
            continue
        if match["half"] and _TIME_HALF.search(text, 0, match.start()):
            continue
        parts = 1 if parts_word in {"", "a", "an"} else _small(parts_word)
        whole = 2 if match["half"] else _DENOMINATORS[match["part"].lower()]
        if parts >= whole or bool(match["plural"]) != (parts > 1):
            continue
        words, start, end = read_qualifiers(text, match.start(), end=match.end())
        value = value_of_part(parts, whole, words=words, is_spoken=True)
        found.append(
            Quantity(start=start, end=end, kind="share", form="fraction", value=value)
        )
    return found


def _majorities(text: str) -> list[Quantity]:
    found: list[Quantity] = []
    for match in _MAJORITY.finditer(text):
        if match["most"] and _NOT_MOST.search(text, 0, match.start()):
            continue
        is_minority = (match["noun"] or "").lower() == "minority"
        value = minority() if is_minority else majority(vast=bool(match["vast"]))
        found.append(_said(match, "majority", value=value))
    found.extend(
        _said(match, "adverb", value=majority(vast=bool(match["vast"])))
        for match in _ADVERB.finditer(text)
    )
    return found


def _said(match: re.Match[str], form: Form, *, value: "ClaimValue") -> Quantity:
    return Quantity(
        start=match.start(), end=match.end(), kind="share", form=form, value=value
    )
