"""A number with the words that qualify it: `nearly 86 percent`, `1,869 or so`."""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from groundswell.reading.lexicon import one_of

if TYPE_CHECKING:
    from groundswell.core.claims import ClaimValue
    from groundswell.reading.values import Words

Form = Literal["percent", "fraction", "parts", "majority", "adverb", "number", "vague"]

_BEFORE: tuple[tuple[str, str], ...] = (
    (
        "nearly",
        r"""
        nearly
        almost
        close\sto
        approaching
        not\squite
        just\sshy\sof
        (?:just|a\slittle|slightly)\s(?:under|below|less\sthan|fewer\sthan)
        """,
    ),
    ("just-over", r"(?:just|a\slittle|slightly|marginally)\s(?:over|above|more\sthan)"),
    (
        "at-least",
        r"""
        at\s(?:the\svery\s)?least
        (?:no|not)\s(?:fewer|less)\sthan
        a\sminimum\sof
        """,
    ),
    (
        "at-most",
        r"""
        at\s(?:the\svery\s)?most
        up\sto
        (?:no|not)\smore\sthan
        as\s(?:many|much)\sas
        a\smaximum\sof
        """,
    ),
    (
        "more-than",
        r"""
        (?:well\s|far\s)?(?:more\sthan|over|above|upwards?\sof|in\sexcess\sof)
        (?:exceeding|greater\sthan|higher\sthan)
        """,
    ),
    (
        "less-than",
        r"(?:well\s|far\s)?(?:less\sthan|fewer\sthan|under|below|lower\sthan)",
    ),
    (
        "about",
        r"""
        about
        around
        roughly
        approximately
        approx\.?
        some
        circa
        c\.
        ca\.
        (?:an\s)?estimated
        in\sthe\sregion\sof
        ~
        """,
    ),
    ("equal", r"(?:exactly|precisely|fully|a\sfull|a\stotal\sof)"),
)
_AFTER: tuple[tuple[str, str], ...] = (
    (
        "at-least",
        r"(?:\s?\+|\s(?:or|and)\s(?:more|above|higher|over)|\sat\s(?:the\s)?least)",
    ),
    ("at-most", r"(?:\sor\s(?:less|fewer|under)|\sat\s(?:the\s)?most)"),
    ("about", r"(?:\sor\sso|-odd)"),
)


def _named(table: "tuple[tuple[str, str], ...]") -> str:
    """Write an alternation in which each row is a group named after its words."""
    return "|".join(
        f"(?P<{words.replace('-', '_')}>{one_of(patterns)})" for words, patterns in table
    )


_QUALIFIER = re.compile(
    rf"(?:^|(?<=[^\w-]))(?:{_named(_BEFORE)})(?:\s(?:an?|the|its))?\s?$", re.IGNORECASE
)
_FOLLOWED = re.compile(rf"(?:{_named(_AFTER)})(?!\w)", re.IGNORECASE)
_LOOK_BACK = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A number with its qualifying words.

    Attributes
    ----------
    start, end
        Half-open offsets of all of it, `nearly 86 percent`.
    kind
        Share, count, or `points` for a difference of percentages.
    form
        How it is said; decides which words may follow.
    value
        What it allows.
    number
        Value of the bare number; `None` for words such as `most`.
    decimals
        Digits printed after its point; `None` where it is in words.
    scale
        What its last word multiplies by, 100 for `two hundred`; 1 where none does.
    problem
        Why it is no number of a claim, whatever stands around it; often empty.
    """

    start: int
    end: int
    kind: Literal["share", "count", "points"]
    form: Form
    value: "ClaimValue"
    number: float | None = None
    decimals: int | None = None
    scale: float = 1.0
    problem: str = ""


def read_qualifiers(text: str, start: int, *, end: int) -> "tuple[Words, int, int]":
    """Read the qualifying words around a number.

    Parameters
    ----------
    text
        A smooth sentence.
    start, end
        The bare number.

    Returns
    -------
    tuple
        What they say, and the stretch of all of it.

    Examples
    --------
    >>> read_qualifiers("In all, nearly 86 percent", 15, end=25)
    ('nearly', 8, 25)
    """
    before = _QUALIFIER.search(text[max(0, start - _LOOK_BACK) : start])
    after = _FOLLOWED.match(text, end)
    if after and after.lastgroup:
        name, end = after.lastgroup, after.end()
    elif before and before.lastgroup:
        name = before.lastgroup
    else:
        name = "equal"
    if before:
        start -= len(before[0])
    words: Words = name.replace("_", "-")  # type: ignore[assignment]  # names of the table
    return words, start, end
