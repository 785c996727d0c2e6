"""Crowd-size phrases taken apart: numbers, vague words, and what qualifies them."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal, NamedTuple

from groundswell.core.text import fold_words
from groundswell.language.numbers import SCALE_WORDS, NumberSpan, find_numbers
from groundswell.language.partial_dates import MONTH_NUMBERS

Qualifier = Literal[
    "", "about", "nearly", "at-least", "more", "at-most", "less", "arrested"
]
OfRange = Literal["mean", "low", "none"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SizeRule:
    """A source's way of turning crowd-size words into numbers.

    Attributes
    ----------
    rule_id
        `ccc`, `count-love`, `mpeds` or `interval`.
    title
        Whose rule it is.
    of_range
        The point of a range: its mean, its low end, or none at all.
    dozen
        What the rule takes a dozen for.
    """

    rule_id: str
    title: str
    of_range: OfRange
    dozen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SizeWord:
    """A row of the table: what a vague word allows, and its numbers by rule."""

    low: int
    high: int
    points: Mapping[str, tuple[int, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class SizeTable:
    """The table of crowd-size words: see the comments in `size_words.toml`.

    `before`, `between` and `after` give the English of other languages' words that stand
    there beside a number.
    """

    rules: Mapping[str, SizeRule]
    words: Mapping[str, SizeWord]
    about: float
    nearly: float
    before: Mapping[str, str]
    between: Mapping[str, str]
    after: Mapping[str, str]


class Mention(NamedTuple):
    """A number or a vague word of a phrase, with its qualifier.

    `value` is `None` for a vague word; `scale` is the scale word that a number ends with.
    """

    start: int
    end: int
    value: float | None
    word: str
    qualifier: Qualifier = ""
    scale: int = 1


@cache
def size_table() -> SizeTable:
    """Return the table of crowd-size words."""
    path = files("groundswell.language").joinpath("size_words.toml")
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    return SizeTable(
        rules={
            rule_id: SizeRule(rule_id=rule_id, **row)
            for rule_id, row in table["rules"].items()
        },
        words={
            phrase: SizeWord(
                low=row["low"],
                high=row["high"],
                points={rule: tuple(points) for rule, points in row["points"].items()},
            )
            for row in table["word"]
            for phrase in row["phrases"]
        },
        about=table["qualifiers"]["about"],
        nearly=table["qualifiers"]["nearly"],
        **{
            place: {
                fold_words(word): english
                for language in table["translation"].values()
                for word, english in language[place].items()
            }
            for place in ("before", "between", "after")
        },
    )


_VAGUE = re.compile(
    r"""
    \b(?:
      (?:(?P<quantifier>several|few|couple|many)(?:\sof)?(?:\s|-)
         (?P<scale>hundred\sthousand|dozens?|hundreds?|thousands?|million))
    | (?P<word>tens\sof\sthousands|hundreds\sof\sthousands|dozens|scores|hundreds
        |thousands|millions|handful|couple(?!\sof)|few(?!\smore)|several|lone|individual|single|solo)
    | (?P<digits>(?<![\d,.])(?:10{2,6}|(?:1|10|100),000|1,000,000))'?s
    | (?P<bare>dozen|hundred|thousand|million)
    )\b
    """,
    re.VERBOSE,
)
TO = re.compile(
    r"\s?(?:-|to|or|till?|until|if not)\s?"
    r"(?:(?:about|around|nearly|almost|perhaps|as many as|up to|even|more than) )?"
)
_PLURAL = re.compile(
    r"\b(\d+|two|three|four|five|six|seven|eight|nine|ten)"
    r"\s(dozen|hundred|thousand|million)s\b"
)
# `sever dozen` is not a dozen: a bare scale word stands after nothing or a known word.
_UNKNOWN_WORD = re.compile(
    r"(?<![\w'])(?!(?:a|an|another|the|some|about|around|nearly|almost|roughly|over|than"
    r"|least|estimated|approximately|to|or|and|of|under|maybe|perhaps|possibly)\s)"
    r"[\w']+\s$"
)
_DOTTED = re.compile(r"(?<![\d.,])\d{1,3}(?:\.\d{3})+(?![\d.,])")
_SCALED_COMMA = re.compile(r"(?<![\d.,])(\d+),(\d{1,2})(?=k\b|\s(?:thousand|million)\b)")
_MAYBE_DECIMAL = re.compile(r"\d,\d{1,2}(?!\d|,\d)")
_PRODUCT = re.compile(r"\d\s?[x\u00d7*]\s?\d")
# a thousand in Spanish, a million in English
_MIL = re.compile(r"\d\s?mil\b")
_ISH = re.compile(r"(?<=\d)-?ish\b")
_SPREADSHEET = re.compile(r"([a-z]{3})[\s-](\d{1,2})|(\d{1,2})[\s-]([a-z]{3})")
_MULTIPLE = re.compile(
    r"\b(?:twice|doubled?|tripled?|quadrupled?"
    r"|(?:[0-9]+|two|three|four|five|ten|many) times)\b"
)
_BEFORE = re.compile(
    r"""
    (?: (?P<most>up\sto|as\smany\sas|(?:no|not|never)\smore\sthan|at\smost|max(?:imum)?\.?
          (?:\sof)?|most\sof|<=|\u2264)
      | (?P<less>fewer\sthan|less\sthan|under|below|<)
      | (?P<least>at\s?least|no\s(?:fewer|less)\sthan|upwards?\sof
          |min(?:imum)?\.?(?:\sof)?|>=|\u2265)
      | (?P<more>more\sthan|over|exceed(?:ed|ing)?|topped|greater\sthan|>)
      | (?P<nearly>nearly|almost|closer?\sto|just\sunder|just\sshy\sof|approaching)
      | (?P<about>about|around|approx(?:imately)?\.?|roughly|some|circa|ca\.?|c\.|perhaps
          |maybe|est(?:imate[ds]?)?\.?(?:\sat)?|~|\u2248|\u00b1|\+/?-)
    )
    \s*(?:(?:an?|the|all|of|crowd)\s){0,3}$
    """,
    re.VERBOSE,
)
_AFTER = re.compile(
    r"""
      (?P<about>\s?\+\s?/?-|\s?\u00b1|\s?\(?est\b|\s(?:\w+\s)?or\sso\b|-odd\b)
    | (?P<least>\+|\s\+(?!\s*["\w])|[\s-]plus\b(?!\s\w)|\s(?:\w+\s)?or\smore\b)
    | (?P<less>\s(?:\w+\s)?or\s(?:fewer|less)\b)
    """,
    re.VERBOSE,
)
_QUALIFIERS: dict[str, Qualifier] = {
    "most": "at-most",
    "less": "less",
    "least": "at-least",
    "more": "more",
    "nearly": "nearly",
    "about": "about",
}
# Counted things that are no people, and people who were not there or not yet.
_NOT_PEOPLE = re.compile(
    r"\s?-?(?:%|(?:cars?|vehicles?|trucks?|hours?|minutes?|days?|weeks?|months?|years?|miles?"
    r"|blocks?|percent|per\scent|times|dollars|groups?|organi[sz]ations?|schools?|cities)\b)"
)
_NOT_PRESENT = re.compile(
    r"(?:\s[a-z']+){0,3}?\s(?:expected|predicted|interested|going)\b"
)
_NOT_YET = re.compile(
    r"\b(?:expect(?:ed|ing|s)?|hop(?:e|es|ed|ing)|predict(?:ed|ing|s)?|planned"
    r"|(?:half|third|quarter|percent)\sof)\s(?:[\w'\[\]]+\s){0,3}$"
)
_ARRESTED = re.compile(
    r"(?:\s[\w']+){0,2}?\s(?:arrest(?:s|ed)?|detained|injured|jailed)\b"
)
_WINDOW = 40


def tidy(phrase: str) -> str:
    """Rewrite what only crowd sizes write: `1.000` people, `two thousands`, `900ish`.

    Examples
    --------
    >>> tidy("bis zu 1,5 mio. menschen")
    'up to 1.5 million menschen'
    """
    phrase = _in_english(phrase)
    if "." in phrase:
        phrase = _DOTTED.sub(lambda match: match[0].replace(".", ""), phrase)
    if "s" in phrase:
        phrase = _PLURAL.sub(r"\1 \2", phrase)
    return _ISH.sub(" or so", phrase) if "ish" in phrase else phrase


def _in_english(phrase: str) -> str:
    """Put English for what other languages write beside a number."""
    table = size_table()
    before, between, after = _beside_numbers()
    phrase = after.sub(lambda match: f" {table.after[match[1]]}", phrase)
    phrase = between.sub(lambda match: f" {table.between[match[1]]} ", phrase)
    phrase = before.sub(lambda match: f"{table.before[match[1]]} ", phrase)
    return _SCALED_COMMA.sub(r"\1.\2", phrase) if "," in phrase else phrase


@cache
def _beside_numbers() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    table = size_table()
    before, between, after = (
        "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
        for words in (table.before, table.between, table.after)
    )
    return (
        re.compile(rf"(?<![\w'])({before})\s?(?=\d)"),
        re.compile(rf"(?:(?<=\d)|(?<=thousand)|(?<=million))\s({between})\s(?=\d)"),
        re.compile(rf"(?<=\d)\s?({after})(?!\w)\.?"),
    )


def why_unclear(phrase: str) -> str:
    """Say why the numbers of a tidied phrase can be read in two ways; empty if not.

    Examples
    --------
    >>> why_unclear("1,8")
    'a comma before one or two digits may be a decimal'
    >>> why_unclear("1,800")
    ''
    """
    if _MAYBE_DECIMAL.search(phrase):
        return "a comma before one or two digits may be a decimal"
    if _PRODUCT.search(phrase):
        return "a product of two numbers, not a count"
    if _MIL.search(phrase):
        return "`mil` is a thousand or a million"
    return ""


def spreadsheet_range(phrase: str) -> tuple[int, int] | None:
    """Take a spreadsheet's idea of a date back: `Apr 9` and `9-Apr` were 4-9.

    Examples
    --------
    >>> (
    ...     spreadsheet_range("apr 9"),
    ...     spreadsheet_range("15-oct"),
    ...     spreadsheet_range("foo 3"),
    ... )
    ((4, 9), (10, 15), None)
    """
    match = _SPREADSHEET.fullmatch(phrase)
    if not match:
        return None
    month = MONTH_NUMBERS.get(match[1] or match[4])
    if month is None:
        return None
    other = int(match[2] or match[3])
    return min(month, other), max(month, other)


def find_mentions(phrase: str) -> list[Mention]:
    """Find the numbers and vague words of a folded phrase that count people present.

    Parameters
    ----------
    phrase
        Part of a crowd size, folded, without parentheses.

    Returns
    -------
    list
        In the order of the phrase; empty where it says a multiple (`twice as many`).
    """
    if _MULTIPLE.search(phrase):
        return []
    return [
        _qualified(phrase, mention) for mention in _present(phrase, _all_mentions(phrase))
    ]


def _all_mentions(phrase: str) -> list[Mention]:
    matches = list(_VAGUE.finditer(phrase))
    # `100,000s` is no number, though it begins with one
    written = [match for match in matches if match["digits"]]
    numbers = [
        _number(number)
        for number in find_numbers(phrase)
        if not any(m.start() <= number.start < m.end() for m in written)
    ]
    vague = [
        _vague(match)
        for match in matches
        if not any(n.start < match.end() and match.start() < n.end for n in numbers)
        and not (match["bare"] and _UNKNOWN_WORD.search(phrase, 0, match.start()))
    ]
    return sorted(numbers + vague) if vague else numbers


def _number(number: NumberSpan) -> Mention:
    last = number.text.replace("-", " ").rpartition(" ")[2]
    scale = 1000 if last.endswith(",000") else SCALE_WORDS.get(last, 1)
    return Mention(number.start, number.end, number.value, number.text, "", scale)


def _vague(match: re.Match[str]) -> Mention:
    if match["bare"]:
        scale = SCALE_WORDS[match["bare"]]
        return Mention(match.start(), match.end(), scale, match["bare"], "", scale)
    word = match["word"] or f"{match['digits']}s".replace(",", "")
    if match["quantifier"]:
        word = f"{match['quantifier']} {match['scale']}"
    return Mention(match.start(), match.end(), None, " ".join(word.split()))


def _present(phrase: str, mentions: list[Mention]) -> list[Mention]:
    """Leave out what counts no people or people not there, and the whole of its range."""
    kept: list[Mention] = []
    following: Mention | None = None
    for mention in reversed(mentions):
        is_start = following is not None and TO.fullmatch(
            phrase, mention.end, following.start
        )
        is_out = (
            _NOT_PEOPLE.match(phrase, mention.end)
            or _NOT_PRESENT.match(phrase, mention.end)
            or _NOT_YET.search(phrase, max(0, mention.start - _WINDOW), mention.start)
            or (is_start and following not in kept)
        )
        if not is_out:
            kept.append(mention)
        following = mention
    return kept[::-1]


def _qualified(phrase: str, mention: Mention) -> Mention:
    """Add what the words beside a mention say about it: `about`, `or more`."""
    is_added = phrase.endswith("+ ", 0, mention.start)
    if not is_added and _ARRESTED.match(phrase, mention.end):
        return mention._replace(qualifier="arrested")
    match = _AFTER.match(phrase, mention.end)
    if not match and mention.start:
        match = _BEFORE.search(phrase, max(0, mention.start - _WINDOW), mention.start)
    if not match:
        return mention
    return mention._replace(qualifier=_QUALIFIERS[str(match.lastgroup)])
