"""One claim with its verdict, put into the words and the order in which it is printed."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from groundswell.core.phrases import format_window
from groundswell.reports.evidence_view import view_related
from groundswell.reports.figure_view import view_figure
from groundswell.reports.formatting import full_stop, sentence_case, whole_words
from groundswell.reports.measurement_view import view_measurement
from groundswell.reports.wording import (
    AMONG_WORDS,
    COVERED,
    NOT_COVERED,
    PART_WORDS,
    allowed_values,
    claim_value,
    counted,
    flip_heads,
    holds_sentence,
    off_by_sentence,
    verdict_meaning,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from groundswell.core.claims import FactualClaim, ScopePart, Span
    from groundswell.core.verdicts import Flip, Needed, Verdict, VerdictKind
    from groundswell.reports.evidence_view import NearRow
    from groundswell.reports.figure_view import FigureView
    from groundswell.reports.measurement_view import MeasurementView

_CONTEXT = 400  # characters kept on each side of the marked words
_NOT_STATED = "not stated"


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of a quoted sentence, and whether the claim rests on its words."""

    text: str
    is_marked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ScopeRow:
    """A part of a claim's scope, as understood, and the words behind it."""

    part: str
    value: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimView:
    """A claim and its verdict, ready to be printed from the top down.

    Attributes
    ----------
    number, n_claims
        Its place among the claims of the article.
    claim_id
        The name by which a correction of the reading calls it.
    quote
        The sentence in pieces; long ones are cut far from the marked words.
    scope, understood
        How the sentence was understood, part by part and in one line.
    said
        What the article says, in a few words.
    kind, meaning, answer
        The verdict, what that kind means, and the answer.
    missing_words
        Words that the claim needs to be true.
    coverage
        Whether the records cover the claim's scope; empty without records.
    holds, off_by
        Under how many definitions it holds; by how much it is missed. May be empty.
    measurement
        The quantity from the records; `None` without them.
    related
        Other readings of the same words from the same records.
    reasons, flips, flip_heads, figures, needed
        The rest of the verdict.
    """

    number: int
    n_claims: int
    claim_id: str
    quote: tuple[Piece, ...]
    scope: tuple[ScopeRow, ...]
    understood: str
    said: str
    kind: "VerdictKind"
    meaning: str
    answer: str
    missing_words: tuple[str, ...]
    coverage: str
    holds: str
    off_by: str
    measurement: "MeasurementView | None"
    related: "tuple[NearRow, ...]"
    reasons: tuple[str, ...]
    flips: "tuple[Flip, ...]"
    flip_heads: tuple[str, str]
    figures: "tuple[FigureView, ...]"
    needed: "tuple[Needed, ...]"


def view_claim(verdict: "Verdict", *, number: int, n_claims: int) -> ClaimView:
    """Put a verdict into the words in which it is printed.

    Parameters
    ----------
    verdict
        The verdict on a claim.
    number, n_claims
        Its place among the claims of the article, from 1.

    Returns
    -------
    ClaimView
        The same for paper and terminal.
    """
    claim, measurement, coverage = verdict.claim, None, ""
    quote, scope = view_claim_scope(claim)
    if verdict.measurement is not None:
        measurement = view_measurement(
            verdict.measurement, claim=claim, figures=verdict.figures
        )
        coverage = COVERED if verdict.is_covered else NOT_COVERED
    return ClaimView(
        number=number,
        n_claims=n_claims,
        claim_id=claim.claim_id,
        quote=quote,
        scope=scope,
        understood="; ".join(row.value for row in scope if row.value != _NOT_STATED),
        said=_said(claim),
        kind=verdict.kind,
        meaning=verdict_meaning(verdict.kind),
        answer=verdict.answer,
        missing_words=verdict.missing_words,
        coverage=coverage,
        holds=holds_sentence(verdict),
        off_by=off_by_sentence(verdict),
        measurement=measurement,
        related=tuple(view_related(estimate) for estimate in verdict.related),
        reasons=verdict.reasons,
        flips=verdict.flips,
        flip_heads=flip_heads(verdict.flips),
        figures=tuple(view_figure(match) for match in verdict.figures),
        needed=tuple(_needed(needed) for needed in verdict.needed),
    )


def _said(claim: "FactualClaim") -> str:
    value = claim_value(claim.value, statistic=claim.scope.statistic)
    where = claim.scope.place.name if claim.scope.place else ""
    when = format_window(claim.scope.window) if claim.scope.window else ""
    side = claim.scope.side_label or claim.scope.side or "the topic"
    return ", ".join(part for part in (value, side, where, when) if part)


def _needed(needed: "Needed") -> "Needed":
    """Put the dataset that would decide a claim into sentences."""
    return replace(
        needed,
        dataset=full_stop(sentence_case(needed.dataset)),
        why=full_stop(sentence_case(needed.why)),
    )


def view_claim_scope(
    claim: "FactualClaim",
) -> tuple[tuple[Piece, ...], tuple[ScopeRow, ...]]:
    """Quote a claim with its words marked, and say how it was understood."""
    quote = quote_pieces(claim.sentence, [word.span for word in claim.words])
    return quote, _scope_rows(claim)


def quote_pieces(sentence: "Span", words: "Sequence[Span]") -> tuple[Piece, ...]:
    """Cut a sentence into marked and unmarked pieces.

    Parameters
    ----------
    sentence
        The sentence.
    words
        Words in the same text; those outside the sentence are left out, overlapping ones
        become one.

    Returns
    -------
    tuple
        The sentence from start to end, without stretches that are far from any word.
    """
    merged: list[list[int]] = []
    for start, end in sorted((w.start, w.end) for w in words):
        inside = [max(start, sentence.start), min(end, sentence.end)]
        if inside[0] >= inside[1]:
            continue
        if merged and inside[0] <= merged[-1][1]:
            merged[-1][1] = max(merged[-1][1], inside[1])
        else:
            merged.append(inside)
    pieces: list[Piece] = []
    place = sentence.start
    for start, end in merged:
        pieces.append(_piece(sentence, slice(place, start)))
        pieces.append(_piece(sentence, slice(start, end), is_marked=True))
        place = end
    pieces.append(_piece(sentence, slice(place, sentence.end)))
    kept = [piece for piece in pieces if piece.text]
    return tuple(_cut(piece, kept) for piece in kept)


def _piece(sentence: "Span", place: slice, *, is_marked: bool = False) -> Piece:
    inside = slice(place.start - sentence.start, place.stop - sentence.start)
    return Piece(text=sentence.text[inside], is_marked=is_marked)


def _cut(piece: Piece, pieces: "Sequence[Piece]") -> Piece:
    """Leave out what is far from the marked words, saying so."""
    if len(piece.text) <= 2 * _CONTEXT:
        return piece
    is_first, is_last = piece is pieces[0], piece is pieces[-1]
    is_near_start = piece.is_marked or is_last or not is_first
    is_near_end = piece.is_marked or is_first or not is_last
    cut = whole_words(piece.text, _CONTEXT)
    head = piece.text[:cut].rstrip() if is_near_start else ""
    cut = whole_words(piece.text[::-1], _CONTEXT)
    tail = piece.text[-cut:].lstrip() if is_near_end else ""
    return Piece(text=f"{head} […] {tail}".strip(" "), is_marked=piece.is_marked)


def _scope_rows(claim: "FactualClaim") -> tuple[ScopeRow, ...]:
    scope, value = claim.scope, claim.value
    allowed = allowed_values(value, statistic=scope.statistic)
    printed = claim_value(value, statistic=scope.statistic)
    among = AMONG_WORDS[scope.among] if scope.statistic == "share" else ""
    understood: dict[ScopePart, str] = {
        "value": printed
        if allowed == printed
        else f"{printed}; the words allow {allowed}",
        "statistic": counted(scope.statistic, scope.unit),
        "side": scope.side_label or scope.side or "the topic as a whole",
        "among": among,
        "window": format_window(scope.window),
        "place": scope.place.name if scope.place else _NOT_STATED,
        "source": scope.source or _NOT_STATED,
    }
    rows = [
        ScopeRow(part=PART_WORDS[part], value=words, words=_words_behind(claim, part))
        for part, words in understood.items()
        if words
    ]
    if claim.hedges:
        hedges = "; ".join(claim.hedges)
        rows.append(ScopeRow(part="Hedged by", value=hedges, words=""))
    rows.append(ScopeRow(part="Codebook", value=scope.codebook_id, words=""))
    return tuple(rows)


def _words_behind(claim: "FactualClaim", part: "ScopePart") -> str:
    parts = {part, "unit"} if part == "statistic" else {part}
    return " … ".join(word.span.text for word in claim.words if word.part in parts)
