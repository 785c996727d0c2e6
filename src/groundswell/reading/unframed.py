"""Numbers that are no claim, and general statements that no record can decide.

Both go into `Reading.unchecked`, each with its reason, so that a reader sees what was
looked at and passed over. The list of general statements is short and general on purpose;
it names a kind of statement, never a cause.
"""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from groundswell.reading.lexicon import one_of
from groundswell.reading.limits import sides_in
from groundswell.reading.quantity import Quantity

if TYPE_CHECKING:
    from groundswell.reading.tagging import Tagged

_KINDS: tuple[tuple[str, str], ...] = (
    (
        (
            "It claims a threshold or a turn without saying what would show it; no "
            "count of protests alone can."
        ),
        r"""
        critical\smass
        tipping\spoint
        turning\spoint
        point\sof\sno\sreturn
        paradigm\sshift
        sea\schange
        watershed(?:\smoment)?
        """,
    ),
    (
        (
            "It says that something is new or without equal: that needs a record of "
            "all earlier cases (for states, their roll calls and statements)."
        ),
        r"""
        unprecedented
        (?:like\s)?never\sbefore
        for\sthe\sfirst\stime\s(?:ever|in\shistory)
        unheard[-\s]of
        unparalleled
        """,
    ),
    (
        (
            "It ranks or names a trend without a quantity; for states, roll calls "
            "would speak to a part of it."
        ),
        r"""
        (?:back\s)?(?:at|to|in)\sthe\s(?:forefront|vanguard|lead)
        lead(?:s|ing)?\sthe\sway
        gain(?:s|ed|ing)?\sground
        growing\s(?:support|solidarity|movement)
        on\sthe\s(?:rise|wane)
        (?:gathering|gaining|losing)\smomentum
        """,
    ),
    (
        (
            "It is a superlative over all of history or the whole world: no record "
            "holds all the cases that it compares."
        ),
        r"""
        the\s(?:great|bigg|larg|deadli|bloodi|grav|strong)est\b.{0,60}?\b(?:history|ever)
        the\s(?:worst|most\s\w+)\b.{0,60}?\b(?:history|ever)
        one\sof\sthe\s(?:\w+est|worst|most\s\w+)\b.{0,60}?\b(?:history|times?|decades)
        (?:world|history)'s\s(?:most|greatest|worst|largest|biggest)
        """,
    ),
    (
        "It compares suffering or conduct, which records of protests do not measure.",
        r"""
        as\s(?:ferociously|fiercely|brutal(?:ly)?|bravely|strongly|badly|much|many)\sas
        (?:suffer\w*|victims?|crimes?|killing)\b.{0,60}\b(?:more|worse|less|greater)\sthan
        """,
    ),
    (
        "It speaks of all or none: one case decides it, a count does not.",
        r"""
        (?:every|all|no|any)\s(?:nation|country|people|government|state|city|town)s?
        (?:on\s)?countless\s\w+
        """,
    ),
    (
        "It gives a motive or a cause; counts show neither.",
        r"""
        (?:out\sof|driven\sby|motivated\sby)\s.{0,60}(?:anger|rage|hatred|fear|greed|guilt)
        (?:because\sof|due\sto|thanks\sto)\s.{0,60}(?:leadership|tenacity|courage|weakness)
        """,
    ),
)
_STATEMENTS = tuple(
    (re.compile(rf"(?i)(?<![\w-]){one_of(patterns)}(?![\w-])"), why)
    for why, patterns in _KINDS
)
_CHANGE = re.compile(
    r"(?i)\b(?:rose|risen|grew|grown|fell|fallen|increas\w+|decreas\w+|declin\w+|dropped|"
    r"jumped|surged|doubled|tripled|halved|climbed)\b"
)
_RATIO = re.compile(
    r"(?i)\b(?:outnumber\w*|\d+\s?(?:to|:|-to-)\s?(?:one|1)|(?:\w+|\d+)\stimes\s(?:as|more|the)|"
    r"by\s(?:a\s(?:ratio|margin|factor)\sof))"
)
_CHANGED = "It is a change or a difference, not a share of protests."
_REACH = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Unframed:
    """Words that look like a claim and are none; offsets in the smooth sentence."""

    start: int
    end: int
    why: str


def find_unframed_numbers(
    tagged: "Tagged", *, used: frozenset[int], looked_for: str
) -> tuple[Unframed, ...]:
    """Find numbers that no frame took, in a sentence with words of the topic.

    Parameters
    ----------
    tagged
        The sentence.
    used
        Tokens whose quantity a frame took.
    looked_for
        What the codebooks are about, for the reason.

    Returns
    -------
    tuple
        Numbers, each with the reason why it is no claim.
    """
    found: list[Unframed] = []
    for place, token in enumerate(tagged.tokens):
        quantity = token.payload
        if place in used or not isinstance(quantity, Quantity):
            continue
        why = _why_unframed(tagged, place, quantity=quantity, looked_for=looked_for)
        if why:
            found.append(Unframed(start=token.start, end=token.end, why=why))
    return tuple(found)


def _why_unframed(
    tagged: "Tagged", place: int, *, quantity: Quantity, looked_for: str
) -> str:
    kinds = set(tagged.tags)
    has_protests = bool(kinds & set("puP"))
    if not has_protests and not kinds & set("sSYItTG"):
        return ""
    problem = quantity.problem if has_protests else ""
    if problem or quantity.kind == "count":
        return problem or _why_count(tagged, place)
    if quantity.form == "adverb":
        return ""
    if _is_change(tagged, place, quantity=quantity):
        return _CHANGED if has_protests else ""
    if not has_protests:
        return "It is a share, but not a share of protests."
    return _why_no_share(tagged, place, looked_for=looked_for)


def _is_change(tagged: "Tagged", place: int, *, quantity: Quantity) -> bool:
    near = tagged.text[max(0, quantity.start - 30) : quantity.end + 30]
    beside = tagged.tags[max(0, place - 1) : place + 2]
    return quantity.kind == "points" or "B" in beside or bool(_CHANGE.search(near))


def _why_no_share(tagged: "Tagged", place: int, *, looked_for: str) -> str:
    tags = tagged.tags
    if "N" in tags[place : place + _REACH]:
        return "It is negated: it says what the number is not."
    if "C" in tags[: place + _REACH]:
        return "It is conditional, a forecast or a wish, and states nothing."
    if sides_in(tagged, (0, len(tags))):
        return (
            "Protests, a share and a side stand in it, but how they hang together could "
            "not be read; a claims file can say it."
        )
    return (
        "It says something about protests other than a side or a topic that was looked "
        f"for ({looked_for})."
    )


def _why_count(tagged: "Tagged", place: int) -> str:
    following = tagged.tags[place + 1 : place + 4]
    if re.search(r"o[dD]?$", tagged.tags[:place]):
        return ""
    if re.match(r"[ab]{0,2}G", following):
        return "It is a quantity, but not a quantity of protests."
    if re.match(r"[abGx]{0,2}s?[abx]{0,2}[puP]", following) and "s" in tagged.tags:
        return (
            "A number of protests and a side stand in it, but what was counted could not "
            "be read; a claims file can say it."
        )
    return ""


def find_ratio(tagged: "Tagged") -> Unframed | None:
    """Find a comparison of two sides by their ratio, which is no share.

    Parameters
    ----------
    tagged
        The sentence.

    Returns
    -------
    Unframed or None
        The words of the comparison.
    """
    if len(sides_in(tagged, (0, len(tagged.tokens)))) < 2:  # noqa: PLR2004 (two sides)
        return None
    match = _RATIO.search(tagged.text)
    if match is None or not set(tagged.tags) & set("puP"):
        return None
    return Unframed(
        start=match.start(),
        end=match.end(),
        why="It sets two sides against each other as a ratio; this version reads shares "
        "and numbers only.",
    )


def find_statement(smooth: str) -> Unframed | None:
    """Find the first general statement in a sentence that no record can decide.

    Parameters
    ----------
    smooth
        The smooth sentence.

    Returns
    -------
    Unframed or None
        Its words and the reason.

    Examples
    --------
    >>> find_statement("The movement has reached critical mass.").start
    25
    """
    for pattern, why in _STATEMENTS:
        match = pattern.search(smooth)
        if match:
            return Unframed(start=match.start(), end=match.end(), why=why)
    return None
