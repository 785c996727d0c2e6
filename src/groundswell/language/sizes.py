"""Crowd-size phrases as an interval, and as a point under a named rule.

The words and the numbers that each rule gives them are a table, `size_words.toml`. A
phrase is read in parts, between semicolons; each part is a number, a vague word, a range,
or a sum (`60 plus another dozen`); several parts are several accounts of one crowd, from
the smallest to the largest.
"""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product
from types import MappingProxyType
from typing import Literal, NamedTuple

from groundswell.core.errors import UsageError
from groundswell.core.text import fold_words
from groundswell.language.size_phrases import (
    TO,
    Mention,
    Qualifier,
    SizeRule,
    find_mentions,
    size_table,
    spreadsheet_range,
    tidy,
    why_unclear,
)

__all__ = ["SIZE_RULES", "Size", "SizeKind", "SizeRule", "read_size"]

SizeKind = Literal["number", "range", "words", "evidence-only", "missing", "unread"]

SIZE_RULES: Mapping[str, SizeRule] = MappingProxyType(dict(size_table().rules))

NO_SIZE = "no size given"
NOT_OBSERVED = "expected or announced, not observed"
FROM_PICTURE = "counted from a picture; the phrase gives no number"
UNREAD = "no size could be read"
TOO_LONG = "too long to be a crowd size"

_DOZEN = 12
_LONGEST = 2000
_ONE_PERSON = frozenset({"a", "an"})  # what is left of "a woman" in some records
_ESTIMATED = re.compile(r"\(est[.,]?\)")
_PLAIN = re.compile(r"[0-9]{1,9}(?:\.0{1,2})?")
# not three decimals: `1.000` people are a thousand
_FLOAT = re.compile(
    r"[0-9]{1,9}\.(?![0-9]{3}$)[0-9]{1,9}|[0-9](?:\.[0-9]{1,9})?e\+?[0-9]{1,2}"
)
_MISSING = re.compile(
    r"n\.?/?a\.?n?|none|null|nil|unknown|unclear|var(?:ied|ies|ious)|x|tb[ad]"
    r"|k[\s.-]*a\.?|keine angaben?"
    r"|not (?:available|reported|given|known|stated)|-[0-9]+(?:\.0+)?|[-?.*\s]*"
    r"|\(?(?:see|included) (?:above|below)\)?|(?:unclear|unknown) .*"
)
_EVIDENCE = re.compile(
    r"\b(?:pics?|pictures?|photos?|photographs?|videos?|vids?|footage|livestream"
    r"|head ?count)\b"
)
_EXPECTED = re.compile(r"\b(?:expect|hop(?:e|ing)|predict|interested|going)")
_PARENTHESES = re.compile(r"\([^()]*\)?|[\[\]\"]")
_AND = re.compile(r"\s?and\s(?:about |around |nearly |almost |more than )?")
_PLUS = re.compile(r"(?:^|.*\s)(?:\+|plus|another|additional)\s.*|\+\s?.*")
_NOUN_AND = re.compile(r"\s[a-z' -]*[a-z](?:,)?\s(?:and|along with)\s.*")
_ADDED_BEFORE = re.compile(r"\b(?:another|additional|plus)\s(?:\w+\s)?$")
_ADDED_AFTER = re.compile(r"\s(?:others?|more)\b(?!\sthan)")
_MANY = 64  # readings of one phrase; more than that say nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """A crowd size as a source wrote it.

    Attributes
    ----------
    low, high
        Fewest and most people that the words allow, the same under every rule; `None`
        where an end is not known (`more than 100` has no high).
    point
        The number that the rule gives; `None` where it gives none. It can be a half: the
        middle of 11-12 under a rule that takes the mean.
    points
        Every number that the rule allows, the first of them being `point`.
    pairs
        What the rule writes as lowest and highest, a pair for each number it allows:
        `((200, 2000),)` for `hundreds; thousands`.
    text
        The phrase itself.
    rule
        Identifier of the rule.
    kind
        What the phrase was. `evidence-only` points to a picture and gives no number.
    problem
        Why there is no size, or no point; empty where there is what was asked for.
    """

    low: int | None
    high: int | None
    point: float | None
    points: tuple[float, ...]
    pairs: tuple[tuple[float, float], ...]
    text: str
    rule: str
    kind: SizeKind
    problem: str = ""


class _Amount(NamedTuple):
    """A reading of part of a phrase: its interval, and the rule's lowest and highest."""

    low: int
    high: int | None
    pairs: tuple[tuple[float, float], ...]
    kind: SizeKind
    is_added: bool = False
    is_arrest: bool = False


def read_size(text: str, *, rule: str) -> Size:
    """Read a crowd-size phrase under a named rule.

    Parameters
    ----------
    text
        The phrase, as a source has it.
    rule
        Identifier of one of `SIZE_RULES`.

    Returns
    -------
    Size
        Interval and point; without a size both are `None`, never 0, and `problem` says
        why.

    Raises
    ------
    UsageError
        If there is no such rule.

    Examples
    --------
    >>> size = read_size("hundreds", rule="ccc")
    >>> size.low, size.high, size.point
    (100, 999, 200.0)
    >>> read_size("several hundred", rule="ccc").points
    (200.0, 300.0)
    >>> read_size("75-100 (est.)", rule="mpeds").point
    87.5
    >>> read_size("about 200 (40 arrested)", rule="interval").high
    220
    >>> read_size("count pic", rule="ccc").problem
    'counted from a picture; the phrase gives no number'
    """
    try:
        settings = SIZE_RULES[rule]
    except KeyError:
        raise UsageError(
            f"There is no size rule {rule!r}.", allowed=", ".join(SIZE_RULES)
        ) from None
    cell = text.strip()
    if _PLAIN.fullmatch(cell):
        value = float(cell.partition(".")[0])
        return _size(text, settings, amount=_exact(value, settings))
    if len(cell) > _LONGEST:
        return _no_size(text, settings, kind="unread", problem=TOO_LONG)
    return _read_phrase(text, settings, phrase=fold_words(cell))


def _read_phrase(text: str, rule: SizeRule, *, phrase: str) -> Size:
    if _MISSING.fullmatch(phrase):
        return _no_size(text, rule, kind="missing", problem=NO_SIZE)
    tidied = tidy(phrase)
    if problem := why_unclear(tidied):
        return _no_size(text, rule, kind="unread", problem=problem)
    amount = _read_whole(phrase, rule) or _read_parts(tidied, rule)
    if amount:
        return _size(text, rule, amount=amount)
    if _EXPECTED.search(phrase):
        return _no_size(text, rule, kind="unread", problem=NOT_OBSERVED)
    if _EVIDENCE.search(phrase):
        return _no_size(text, rule, kind="evidence-only", problem=FROM_PICTURE)
    return _no_size(text, rule, kind="unread", problem=UNREAD)


def _read_whole(phrase: str, rule: SizeRule) -> _Amount | None:
    """Read cells of which nothing but a whole makes sense: `1e+05`, `Apr 9`, `a`."""
    if _FLOAT.fullmatch(phrase):
        return _exact(float(phrase), rule)
    if phrase in _ONE_PERSON:
        return _exact(1.0, rule)
    dates = spreadsheet_range(phrase)
    return _span([_exact(float(end), rule) for end in dates]) if dates else None


def _read_parts(phrase: str, rule: SizeRule) -> _Amount | None:
    amounts: list[_Amount] = []
    for part in phrase.split(";"):
        for amount in _read_part(part, rule):
            if amount.is_added and amounts:
                amounts[-1] = _sum(amounts[-1], amount)
            else:
                amounts.append(amount)
    # people arrested were there, but they are a crowd size only where nothing else is
    amounts = [a for a in amounts if not a.is_arrest] or amounts
    return _span(amounts) if len(amounts) > 1 else next(iter(amounts), None)


def _read_part(part: str, rule: SizeRule) -> list[_Amount]:
    """Read what stands between two semicolons; parentheses only where nothing else is."""
    outer = _PARENTHESES.sub(" ", _ESTIMATED.sub(" est", part))
    mentions = find_mentions(outer)
    if not mentions and "(" in part:
        outer = part.replace("(", " ").replace(")", " ")
        mentions = find_mentions(outer)
    amounts: list[_Amount] = []
    end = 0
    while mentions:
        size = 1 + _starts_range(outer, mentions)
        amount = _range(mentions[:2], rule) if size > 1 else _amount(mentions[0], rule)
        amount = amount._replace(is_arrest=mentions[size - 1].qualifier == "arrested")
        is_added = _is_added(outer, mentions[0], after=end)
        end = mentions[size - 1].end
        is_added = is_added or _ADDED_AFTER.match(outer, end) is not None
        if is_added and amounts:
            amounts[-1] = _sum(amounts[-1], amount)
        else:
            amounts.append(amount._replace(is_added=is_added))
        mentions = mentions[size:]
    return amounts


def _starts_range(part: str, mentions: list[Mention]) -> bool:
    """Say whether the first two mentions are the ends of one range."""
    if len(mentions) < 2:  # noqa: PLR2004 (two ends)
        return False
    first, last = mentions[:2]
    if TO.fullmatch(part, first.end, last.start):
        return True
    if not _AND.fullmatch(part, first.end, last.start):
        return False
    return first.value is not None and last.value is not None


def _is_added(part: str, mention: Mention, *, after: int) -> bool:
    """Say whether a mention adds people: `a dozen teachers and 20 students`."""
    if _ADDED_BEFORE.search(part, 0, mention.start):
        return True
    if not after:
        return False
    gap = part[after : mention.start]
    return bool(_PLUS.fullmatch(gap) or _NOUN_AND.fullmatch(gap))


def _range(ends: list[Mention], rule: SizeRule) -> _Amount:
    first, last = ends
    if first.value is not None and first.scale == 1 and last.value is not None:
        scaled = first.value * last.scale  # "10 and 20 thousand", "50-60,000"
        is_near = last.word[-1].isalpha() or last.value < 10 * scaled
        if last.scale > 1 and scaled <= last.value and is_near:
            first = first._replace(value=scaled, word=last.word)
    plain = [
        end._replace(qualifier="") if end.qualifier in {"about", "nearly"} else end
        for end in (first, last)
    ]
    return _span([_amount(end, rule) for end in plain])


def _amount(mention: Mention, rule: SizeRule) -> _Amount:
    if mention.value is None:
        word = size_table().words[mention.word]
        points = word.points.get(rule.rule_id, ())
        pairs = tuple((float(point), float(point)) for point in points)
        low, high = _qualified(word.low, word.high, qualifier=mention.qualifier)
        return _Amount(low, high, pairs, "words")
    low, high = _qualified(mention.value, mention.value, qualifier=mention.qualifier)
    return _exact(mention.value, rule, word=mention.word)._replace(low=low, high=high)


def _qualified(
    low: float, high: float, *, qualifier: Qualifier
) -> tuple[int, int | None]:
    """Widen an interval as its qualifier says, to whole people."""
    table = size_table()
    is_exact = low == high
    if qualifier == "about" and is_exact:
        low, high = low * (1 - table.about), high * (1 + table.about)
    if qualifier == "nearly" and is_exact:
        low *= 1 - table.nearly
    low, high = round(low, 6), round(high, 6)  # 1.1 * 200 is not quite 220
    if qualifier in {"at-least", "arrested"}:
        return math.floor(low), None
    if qualifier == "more":
        return math.floor(low) + is_exact, None
    if qualifier == "at-most":
        return min(1, math.ceil(high)), math.ceil(high)
    if qualifier == "less":
        most = max(0, math.ceil(high) - is_exact)
        return min(1, most), most
    return math.floor(low), math.ceil(high)


def _exact(value: float, rule: SizeRule, *, word: str = "") -> _Amount:
    point = value
    if rule.dozen != _DOZEN and "dozen" in word:
        point = value / _DOZEN * rule.dozen
    pairs = () if rule.of_range == "none" else ((point, point),)
    return _Amount(math.floor(value), math.ceil(value), pairs, "number")


def _span(amounts: list[_Amount]) -> _Amount:
    """Join several accounts of one crowd, from the smallest to the largest."""
    highs = [amount.high for amount in amounts if amount.high is not None]
    open_lows = [amount.low for amount in amounts if amount.high is None]
    high = max(highs, default=None)
    if open_lows and (high is None or high < max(open_lows)):
        high = None  # no other account caps "more than 500"
    kinds = {amount.kind for amount in amounts}
    return _Amount(
        min(amount.low for amount in amounts),
        high,
        _joined(amounts),
        "words" if "words" in kinds else "range",
        amounts[0].is_added,
    )


def _joined(amounts: list[_Amount]) -> tuple[tuple[float, float], ...]:
    pairs = amounts[0].pairs
    for amount in amounts[1:]:
        pairs = tuple(
            dict.fromkeys(
                (min(one[0], other[0]), max(one[1], other[1]))
                for one, other in product(pairs, amount.pairs)
            )
        )[:_MANY]
    return pairs


def _sum(one: _Amount, other: _Amount) -> _Amount:
    high = None if one.high is None or other.high is None else one.high + other.high
    pairs = dict.fromkeys(
        (a[0] + b[0], a[1] + b[1]) for a, b in product(one.pairs, other.pairs)
    )
    kind = "words" if "words" in {one.kind, other.kind} else one.kind
    return _Amount(one.low + other.low, high, tuple(pairs)[:_MANY], kind)


def _size(text: str, rule: SizeRule, *, amount: _Amount) -> Size:
    points = tuple(
        dict.fromkeys(
            low if rule.of_range == "low" else (low + high) / 2
            for low, high in amount.pairs
        )
    )
    problem = ""
    if not points and rule.of_range != "none":
        problem = f"the rule {rule.rule_id} has no number for these words"
    return Size(
        low=amount.low,
        high=amount.high,
        point=points[0] if points else None,
        points=points,
        pairs=amount.pairs,
        text=text,
        rule=rule.rule_id,
        kind=amount.kind,
        problem=problem,
    )


def _no_size(text: str, rule: SizeRule, *, kind: SizeKind, problem: str) -> Size:
    return Size(
        low=None,
        high=None,
        point=None,
        points=(),
        pairs=(),
        text=text,
        rule=rule.rule_id,
        kind=kind,
        problem=problem,
    )
