"""What an article says that records can speak to: claims, their words and their scope."""

from dataclasses import dataclass
from typing import Literal

from groundswell.core.dates import Window
from groundswell.core.places import Place

Statistic = Literal["share", "count"]
Among = Literal["sided", "topic", "all"]
ClaimAmong = Literal["sided", "topic", "all", "open"]
Unit = Literal["events", "participants"]
Comparator = Literal[
    "equal",
    "about",
    "nearly",
    "more-than",
    "at-least",
    "less-than",
    "at-most",
    "majority",
    "minority",
]
COUNT_CEILING = 1e12  # stands for "any number": results hold finite numbers only
ScopePart = Literal[
    "value", "statistic", "side", "among", "window", "place", "source", "unit"
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A stretch of the raw text, in characters, half open.

    Attributes
    ----------
    start, end
        Offsets in the article as it was given.
    text
        The characters there, exactly.
    """

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimValue:
    """A printed number and the values that its words allow.

    The table of what the words allow is in the documentation
    (`explanation/verdicts.md`) and in `groundswell.reading.values`.

    Attributes
    ----------
    printed
        The number as printed, a share as a fraction of one: `0.86`.
    comparator
        How the words qualify it.
    low, high
        Ends of the values that the words allow, in the unit of `printed`.
    low_open, high_open
        Whether that end itself is not allowed.
    """

    printed: float
    comparator: Comparator
    low: float
    high: float
    low_open: bool = False
    high_open: bool = False

    def admits(self, low: float, high: float) -> bool:
        """Say whether some value from `low` to `high` is allowed by the words.

        Parameters
        ----------
        low, high
            Ends of a closed interval, the same for a single value.

        Returns
        -------
        bool
            Whether the two intervals share a value.

        Examples
        --------
        >>> majority = ClaimValue(
        ...     printed=0.5, comparator="majority", low=0.5, high=1.0, low_open=True
        ... )
        >>> majority.admits(0.5, 0.5), majority.admits(0.5, 0.51)
        (False, True)
        """
        above = high > self.low or (high == self.low and not self.low_open)
        below = low < self.high or (low == self.high and not self.high_open)
        return above and below

    def distance(self, low: float, high: float) -> float:
        """Measure how far `low` to `high` is from the nearest allowed value."""
        if high < self.low:
            return self.low - high
        if low > self.high:
            return low - self.high
        return 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ScopeWord:
    """Words of the article that settled one part of a claim's scope."""

    part: ScopePart
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What a claim is about: its estimand, so far as its words say.

    Attributes
    ----------
    statistic
        `share` or `count`.
    codebook_id
        The codebook whose words were recognised.
    side
        A code of its side dimension; empty where the claim is about the topic as a whole.
    among
        The denominator of a share. `sided`: events that take one of the sides; `topic`:
        events of the codebook's topic, where it is a decision whether neutral ones
        belong; `all`: all protests; `open`: the words do not say whether `topic` or
        `all`.
    unit
        What is counted.
    window, place
        `None` where the words do not say.
    source
        Who is said to have counted, as printed; empty where the words do not say.
    side_label
        The side in the codebook's words; empty where not looked up.
    topic_label
        The title of the codebook; empty where not looked up.
    """

    statistic: Statistic
    codebook_id: str
    side: str
    among: ClaimAmong
    unit: Unit
    window: Window | None
    place: Place | None
    source: str
    side_label: str = ""
    topic_label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FactualClaim:
    """One checkable statement of an article.

    Attributes
    ----------
    claim_id
        `c1`, `c2` ... in the order of the text.
    sentence
        The sentence that holds it.
    value
        What it says the number is.
    scope
        What the number is of.
    words
        The words behind each part of the scope, in the order of the text.
    hedges
        Words that hand the responsibility to others: `reportedly`.
    check_worthiness
        Higher is checked first; see `groundswell.reading.claims`.
    """

    claim_id: str
    sentence: Span
    value: ClaimValue
    scope: Scope
    words: tuple[ScopeWord, ...]
    hedges: tuple[str, ...]
    check_worthiness: float


@dataclass(frozen=True, slots=True, kw_only=True)
class UncheckedStatement:
    """A statement that looks like a claim, and why no record can decide it."""

    sentence: Span
    words: Span
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ArithmeticFinding:
    """Numbers of one article that cannot all be true.

    Attributes
    ----------
    spans
        The numbers, where they stand.
    explanation
        Why they exclude one another, with the values that would fit.
    claim_ids
        Claims that rest on these numbers.
    """

    spans: tuple[Span, ...]
    explanation: str
    claim_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """A part of the page and what it is: `body`, `caption`, `footer`, `comments` ..."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """An article as read: its regions, its claims, and what was left unread.

    Attributes
    ----------
    title
        The headline; empty where none was found.
    name
        File name, or `text` for a sentence given on the command line.
    sha256, n_characters
        Of the article as it was given.
    regions
        In the order of the text; claims come from `title` and `body` only.
    claims
        Most worthy of a check first.
    unchecked
        Statements that no record can decide, each with the reason.
    arithmetic
        Numbers of the article that exclude one another.
    notes
        What the reader should know about how the text was read.
    """

    title: str
    name: str
    sha256: str
    n_characters: int
    regions: tuple[Region, ...]
    claims: tuple[FactualClaim, ...]
    unchecked: tuple[UncheckedStatement, ...]
    arithmetic: tuple[ArithmeticFinding, ...]
    notes: tuple[str, ...]
