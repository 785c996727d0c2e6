"""Verdicts: what records and published figures say about a claim, and why."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from groundswell.core.claims import FactualClaim, Reading
from groundswell.core.estimates import Estimate
from groundswell.core.figures import Figure
from groundswell.core.measurements import Measurement
from groundswell.core.sources import Snapshot

VerdictKind = Literal[
    "reproduced",
    "traced",
    "narrower",
    "depends",
    "contradicted",
    "inconsistent",
    "undecidable",
]
ScopeRelation = Literal["same", "inside", "wider", "overlaps", "apart"]

VERDICT_MEANING: dict[VerdictKind, str] = {
    "reproduced": "recomputed from rows that cover the claim's own scope, and it holds",
    "traced": "agrees with a published figure of the same scope; nothing was recomputed",
    "narrower": "supported only for a narrower scope than the article states",
    "depends": "holds under some declared definitions or errors and not under others",
    "contradicted": "outside the range over definitions, in a scope that is covered",
    "inconsistent": "the article's own numbers cannot all be true",
    "undecidable": "these records cannot decide it",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Flip:
    """A decision that decides whether the claim holds.

    Attributes
    ----------
    decision_id, question
        The decision.
    holds_with, fails_with
        Labels of options under which the claim holds and fails, the other decisions as in
        the reference; where not alone, under which it holds more and less often, with how
        often.
    is_alone
        Whether it flips the claim by itself.
    """

    decision_id: str
    question: str
    holds_with: tuple[str, ...]
    fails_with: tuple[str, ...]
    is_alone: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureMatch:
    """A published figure held against a claim.

    Attributes
    ----------
    figure
        The registry entry.
    relation
        Scope of the figure as seen from the claim: `inside` says that the figure is about
        less than the claim.
    holds
        Whether one of its values is allowed by the words of the claim.
    is_probable_origin
        Whether the claim's number probably comes from it: it holds, statistic and side
        match, it is not apart from the claim, and it is older than the article.
    missing_words
        Scope words of the figure that the article does not have.
    """

    figure: Figure
    relation: ScopeRelation
    holds: bool
    is_probable_origin: bool
    missing_words: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Needed:
    """A dataset that would decide a claim, and the command that gets it."""

    dataset: str
    why: str
    command: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The answer to one claim.

    Attributes
    ----------
    claim
        The claim.
    kind
        One of the seven verdicts.
    answer
        The answer in one or two sentences.
    reasons
        Why this verdict and no other, a sentence each.
    missing_words
        Words that the claim needs to be true.
    measurement
        The quantity from the rows: for the claim's own scope where they cover it, else
        the nearest that they give; `None` without rows.
    related
        Other readings of the same words from the same rows, such as shares of
        participants.
    is_covered
        Whether the rows cover the claim's own scope.
    n_holds, n_specifications
        Under how many of the specifications the claim holds.
    flips
        Decisions that decide it, where the verdict depends.
    off_by
        Distance from the allowed values to the range, where contradicted; in the unit of
        the claim's value.
    figures
        Every candidate among the published figures, nearest scope first.
    needed
        Datasets that would decide it, where these records do not.
    """

    claim: FactualClaim
    kind: VerdictKind
    answer: str
    reasons: tuple[str, ...]
    missing_words: tuple[str, ...] = ()
    measurement: Measurement | None = None
    related: tuple[Estimate, ...] = ()
    is_covered: bool = False
    n_holds: int = 0
    n_specifications: int = 0
    flips: tuple[Flip, ...] = ()
    off_by: float | None = None
    figures: tuple[FigureMatch, ...] = ()
    needed: tuple[Needed, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleCheck:
    """An article and the verdicts on its claims.

    Attributes
    ----------
    reading
        The article as read.
    published
        Day of publication; `None` where not known.
    verdicts
        In the order of `reading.claims`.
    snapshots
        The records that were used.
    codebooks
        Identifier, version and title of each codebook that was used.
    notes
        What the reader should know about the check as a whole.
    receipt_id
        The receipt that repeats it; empty until one is written.
    """

    reading: Reading
    published: date | None
    verdicts: tuple[Verdict, ...]
    snapshots: tuple[Snapshot, ...]
    codebooks: tuple[tuple[str, str, str], ...]
    notes: tuple[str, ...]
    receipt_id: str = ""
