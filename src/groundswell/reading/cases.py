"""A frame with all that may settle its scope, and the two ways in which it can end."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from groundswell.core.claims import Scope, ScopePart

if TYPE_CHECKING:
    from collections.abc import Sequence

    from groundswell.core.claims import ClaimValue
    from groundswell.reading.frames import Frame, Range
    from groundswell.reading.tagging import Tagged, Token


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A tagged sentence and where it stands in the text as read."""

    tagged: "Tagged"
    start: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Words behind a part of a scope: offsets in the smooth sentence of `line`."""

    part: ScopePart
    line: Line
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved:
    """A claim before its words are placed in the raw text.

    Attributes
    ----------
    frame, line
        The frame and its sentence.
    value
        What the number allows.
    scope
        What it is of.
    words
        The words behind each part.
    note
        What the reader should know about how the scope was read; often empty.
    """

    frame: "Frame"
    line: Line
    value: "ClaimValue"
    scope: Scope
    words: tuple[Words, ...]
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """A number that fits a frame and is no claim, and why."""

    frame: "Frame"
    line: Line
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A frame and what it may go back to.

    Attributes
    ----------
    frame, line
        The frame and its sentence.
    before
        Sentences before it, the nearest last.
    claims_before
        Claims before it in its own sentence.
    others
        The other frames of its sentence.
    codebook_id
        The codebook whose words it uses.
    """

    frame: "Frame"
    line: Line
    before: "Sequence[Line]"
    claims_before: "Sequence[Resolved]"
    others: "Sequence[Frame]"
    codebook_id: str

    @property
    def tagged(self) -> "Tagged":
        """Its sentence."""
        return self.line.tagged

    @property
    def base_tags(self) -> str:
        """Tags of the noun phrase that the number is of."""
        return self.tagged.tags[slice(*self.frame.base)]

    @property
    def subject_tags(self) -> str:
        """Tags of the noun phrase that the number is said of."""
        return self.tagged.tags[slice(*self.frame.subject)]

    def tokens(self, tokens: "Range") -> tuple["Token", ...]:
        """Return the tokens of a range."""
        return self.tagged.tokens[slice(*tokens)]

    def words(self, part: ScopePart, tokens: "Range") -> Words:
        """Return the words of a range as the words behind a part."""
        first, last = self.tagged.tokens[tokens[0]], self.tagged.tokens[tokens[1] - 1]
        return Words(part=part, line=self.line, start=first.start, end=last.end)

    def refused(self, why: str) -> Refused:
        """Say why it is no claim."""
        return Refused(frame=self.frame, line=self.line, why=why)
