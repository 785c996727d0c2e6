"""A whole check, put into the words and the order in which it is printed."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from groundswell.core.phrases import format_date
from groundswell.core.verdicts import VERDICT_MEANING
from groundswell.reports.claim_view import view_claim
from groundswell.reports.formatting import (
    one_line,
    plural,
    shorten,
)
from groundswell.reports.source_view import codebook_words, view_snapshot
from groundswell.reports.wording import headline, tally, verdict_meaning

if TYPE_CHECKING:
    from groundswell.core.claims import (
        ArithmeticFinding,
        FactualClaim,
        Reading,
        UncheckedStatement,
    )
    from groundswell.core.verdicts import ArticleCheck, VerdictKind
    from groundswell.reports.claim_view import ClaimView
    from groundswell.reports.source_view import SourceView

_LONGEST_TITLE = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class KindView:
    """A kind of verdict that a claim got, and what it means."""

    kind: "VerdictKind"
    meaning: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionView:
    """A part of the page: what it is, where it stands, whether claims come from it."""

    kind: str
    place: str
    length: str
    start: float
    width: float
    is_read: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleView:
    """A check, ready to be printed from the top down.

    Attributes
    ----------
    headline, tally
        What the page says first, and the verdicts by kind in one line.
    title, name, dateline
        The article.
    kinds
        The kinds of verdict that occur.
    claims
        Each claim.
    unchecked, arithmetic
        What was not checked, and numbers of the article that exclude one another.
    regions, reading_facts
        How the article was read.
    sources, codebooks
        What the answers rest on.
    notes
        What the reader should know.
    receipt_id
        The receipt that repeats the check; empty where none was written.
    """

    headline: str
    tally: str
    title: str
    name: str
    dateline: str
    kinds: tuple[KindView, ...]
    claims: "tuple[ClaimView, ...]"
    unchecked: "tuple[UncheckedStatement, ...]"
    arithmetic: "tuple[ArithmeticFinding, ...]"
    regions: tuple[RegionView, ...]
    reading_facts: tuple[tuple[str, str], ...]
    sources: "tuple[SourceView, ...]"
    codebooks: tuple[str, ...]
    notes: tuple[str, ...]
    receipt_id: str


def view_check(check: "ArticleCheck") -> ArticleView:
    """Put a check into the words in which it is printed.

    Parameters
    ----------
    check
        The article and its verdicts.

    Returns
    -------
    ArticleView
        The same for paper and terminal.
    """
    reading, n = check.reading, len(check.verdicts)
    published = f"published {format_date(check.published)}" if check.published else ""
    title = shorten(one_line(reading.title), _LONGEST_TITLE)
    return ArticleView(
        headline=headline(check),
        tally=tally(check.verdicts),
        title=title,
        name=shorten(one_line(reading.name), _LONGEST_TITLE),
        dateline=published or "day of publication not known",
        kinds=_kinds(check),
        claims=tuple(
            view_claim(verdict, number=number, n_claims=n)
            for number, verdict in enumerate(check.verdicts, start=1)
        ),
        unchecked=reading.unchecked,
        arithmetic=reading.arithmetic,
        regions=_regions(reading),
        reading_facts=_reading_facts(reading),
        sources=tuple(view_snapshot(snapshot) for snapshot in check.snapshots),
        codebooks=tuple(
            codebook_words(codebook_id, version=version, title=title)
            for codebook_id, version, title in check.codebooks
        ),
        notes=(*check.notes, *reading.notes),
        receipt_id=check.receipt_id,
    )


def _kinds(check: "ArticleCheck") -> tuple[KindView, ...]:
    kinds = [verdict.kind for verdict in check.verdicts]
    return tuple(
        KindView(kind=kind, meaning=verdict_meaning(kind))
        for kind in VERDICT_MEANING
        if kind in kinds
    )


def _regions(reading: "Reading") -> tuple[RegionView, ...]:
    whole = max(reading.n_characters, 1)
    return tuple(
        RegionView(
            kind=region.kind,
            place=f"{region.start:,} to {region.end:,}",
            length=f"{region.end - region.start:,}",
            start=round(100 * region.start / whole, 2),
            width=round(100 * (region.end - region.start) / whole, 2),
            is_read=region.kind in {"title", "body"},
        )
        for region in reading.regions
    )


def _reading_facts(reading: "Reading") -> tuple[tuple[str, str], ...]:
    facts = [
        ("File", reading.name),
        ("Length", plural(reading.n_characters, "character")),
        ("SHA-256", reading.sha256),
    ]
    return (*facts, *(_claim_place(claim) for claim in reading.claims))


def _claim_place(claim: "FactualClaim") -> tuple[str, str]:
    place = f"characters {claim.sentence.start:,} to {claim.sentence.end:,}"
    worth = f"worth checking {claim.check_worthiness:.2f}"
    return f"Claim {claim.claim_id}", f"{place}, {worth}"
