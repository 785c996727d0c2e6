"""From a claim, records and published figures to a verdict with its reasons."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from groundswell.checking import answers
from groundswell.checking.budget import widened_ends
from groundswell.checking.candidates import match_figures, may_decide, printed_holds
from groundswell.checking.coverage import relate_rows
from groundswell.checking.findings import Findings
from groundswell.checking.flips import find_flips
from groundswell.checking.floors import (
    is_above_record,
    is_all_sized,
    is_below_part,
    limit_to_record,
)
from groundswell.checking.needed import datasets_that_decide
from groundswell.checking.open_bases import settle_open_base
from groundswell.checking.reasons import reasons
from groundswell.checking.table import Evidence, decide
from groundswell.core.verdicts import Verdict
from groundswell.measures.estimands import Estimand
from groundswell.multiverse.measurement import estimate_reference, measure

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from groundswell.checking.coverage import RowsScope
    from groundswell.checking.table import FigureHolds, Holds
    from groundswell.core.claims import (
        Among,
        ArithmeticFinding,
        FactualClaim,
        Reading,
        Unit,
    )
    from groundswell.core.estimates import Estimate
    from groundswell.core.figures import Figure
    from groundswell.core.measurements import Measurement
    from groundswell.core.sources import Snapshot, Source
    from groundswell.core.verdicts import FigureMatch
    from groundswell.multiverse.measurement import Records


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """All that claims are checked against.

    Attributes
    ----------
    records
        Coded reports by codebook id; empty without records.
    snapshots
        The snapshots that they come from.
    figures
        The registry of published figures.
    sources
        The datasets that are known, for what would decide a claim.
    published
        Day of the article; `None` where not known.
    """

    records: "Mapping[str, Records]"
    snapshots: "Sequence[Snapshot]"
    figures: "Sequence[Figure]"
    sources: "Sequence[Source]"
    published: "date | None"


def check_reading(reading: "Reading", material: Material) -> tuple[Verdict, ...]:
    """Check every claim of an article.

    Parameters
    ----------
    reading
        The article as read.
    material
        Records, figures and sources.

    Returns
    -------
    tuple
        One verdict a claim, in the order of `reading.claims`.
    """
    return tuple(
        check_claim(
            claim,
            material,
            arithmetic=tuple(
                a for a in reading.arithmetic if claim.claim_id in a.claim_ids
            ),
        )
        for claim in reading.claims
    )


def check_claim(
    claim: "FactualClaim",
    material: Material,
    *,
    arithmetic: "tuple[ArithmeticFinding, ...]" = (),
) -> Verdict:
    """Check one claim against records and published figures.

    Where its words do not say among which protests a share is, it is checked among all
    and among those on the topic; `Verdict.claim` says which of the two the verdict is of.

    Parameters
    ----------
    claim
        The claim.
    material
        Records, figures and sources.
    arithmetic
        Findings about the article's own numbers that concern this claim.

    Returns
    -------
    Verdict
        With every candidate that was considered.
    """
    if claim.scope.among != "open":
        return _check(claim, material, arithmetic=arithmetic)
    bases: tuple[Among, Among] = ("topic", "all")
    topic, literal = (
        _check(
            replace(claim, scope=replace(claim.scope, among=base)),
            material,
            arithmetic=arithmetic,
        )
        for base in bases
    )
    return settle_open_base(topic, literal)


def _check(
    claim: "FactualClaim",
    material: Material,
    *,
    arithmetic: "tuple[ArithmeticFinding, ...]",
) -> Verdict:
    rows = relate_rows(claim.scope, material.snapshots)
    records = material.records.get(claim.scope.codebook_id)
    measurement: Measurement | None = None
    related: tuple[Estimate, ...] = ()
    if records is not None:
        measurement, related = _measure(estimand_of(claim, material.snapshots), records)
        rows = limit_to_record(
            rows, claim, estimate=measurement.estimate, snapshots=material.snapshots
        )
    figures = match_figures(claim, material.figures, published=material.published)
    n_holds, n_all = _count_holds(claim, measurement)
    widened = None
    if measurement is not None and records is not None:
        widened = widened_ends(
            measurement,
            estimand=estimand_of(claim, material.snapshots),
            records=records,
        )
    evidence = _evidence(
        claim,
        rows=rows,
        measurement=measurement,
        figures=figures,
        widened=widened,
        is_inconsistent=bool(arithmetic),
    )
    splits = measurement is not None and 0 < n_holds < n_all
    findings = Findings(
        claim=claim,
        kind=decide(evidence),
        rows=rows,
        measurement=measurement,
        widened=widened,
        related=related,
        figures=figures,
        arithmetic=arithmetic,
        evidence=evidence,
        n_holds=n_holds,
        n_specifications=n_all,
        flips=find_flips(claim.value, measurement) if splits and measurement else (),
        has_error_rates=records is not None and bool(records.error_rates),
    )
    return _verdict(findings, sources=material.sources)


def _verdict(findings: Findings, *, sources: "Sequence[Source]") -> Verdict:
    is_open = findings.kind in {"undecidable", "narrower"}
    return Verdict(
        claim=findings.claim,
        kind=findings.kind,
        answer=answers.answer(findings),
        reasons=reasons(findings),
        missing_words=answers.missing_words(findings),
        measurement=findings.measurement,
        related=findings.related,
        is_covered=findings.rows.relation == "covers",
        n_holds=findings.n_holds,
        n_specifications=findings.n_specifications,
        flips=findings.flips,
        off_by=answers.off_by(findings),
        figures=findings.figures,
        needed=datasets_that_decide(findings.claim, sources) if is_open else (),
    )


def estimand_of(claim: "FactualClaim", snapshots: "Sequence[Snapshot]") -> Estimand:
    """Name what records are asked for a claim: its own scope, or what they hold of it.

    Parameters
    ----------
    claim
        The claim.
    snapshots
        The records.

    Returns
    -------
    Estimand
        Its window and place are the claim's own where the records cover them, else the
        part that they share, else everything that the records hold.
    """
    rows = relate_rows(claim.scope, snapshots)
    among = claim.scope.among
    return Estimand(
        statistic=claim.scope.statistic,
        code=claim.scope.side,
        among="topic" if among == "open" else among,
        unit=claim.scope.unit,
        window=rows.window,
        place=rows.place,
    )


def _measure(
    estimand: Estimand, records: "Records"
) -> "tuple[Measurement, tuple[Estimate, ...]]":
    (measurement,) = measure(records, estimand, pinned={})
    if estimand.statistic != "share":
        return measurement, ()
    unit: Unit = "participants" if estimand.unit == "events" else "events"
    return measurement, (estimate_reference(records, replace(estimand, unit=unit)),)


def _count_holds(
    claim: "FactualClaim", measurement: "Measurement | None"
) -> tuple[int, int]:
    if measurement is None:
        return 0, 0
    values = [v.value for v in measurement.range.values if v.value is not None]
    return sum(claim.value.admits(v, v) for v in values), len(values)


def _evidence(
    claim: "FactualClaim",
    *,
    rows: "RowsScope",
    measurement: "Measurement | None",
    figures: "tuple[FigureMatch, ...]",
    widened: tuple[float, float] | None,
    is_inconsistent: bool,
) -> Evidence:
    n_holds, n_all = _count_holds(claim, measurement)
    rows_hold: Holds = "none"
    if n_holds:
        rows_hold = "all" if n_holds == n_all else "some"
    estimate = measurement.estimate if measurement is not None else None
    value = estimate.value if estimate is not None else None
    same = [m for m in figures if m.relation == "same" and may_decide(claim, m)]
    is_covered = rows.relation == "covers"
    return Evidence(
        is_inconsistent=is_inconsistent,
        # records without a single event of the estimand decide nothing
        rows=rows.relation if n_all else "none",
        rows_hold=rows_hold,
        reference_holds=value is not None and claim.value.admits(value, value),
        survives_errors=widened is None
        or all(claim.value.admits(end, end) for end in widened),
        is_within_budget=widened is not None and claim.value.admits(*widened),
        is_above_record=is_above_record(
            claim,
            ends=widened if is_covered or rows.is_limited else None,
            figures=() if is_covered else same,
            is_sized=is_all_sized(estimate),
        ),
        is_below_part=is_below_part(claim, widened),
        same_figure=_same_figure(claim, same),
        inside_figure_holds=any(
            m.holds and m.relation == "inside" and may_decide(claim, m) for m in figures
        ),
    )


def _same_figure(claim: "FactualClaim", same: "Sequence[FigureMatch]") -> "FigureHolds":
    if not same:
        return "absent"
    if any(printed_holds(claim, m.figure) for m in same):
        return "printed"
    if any(m.holds for m in same):
        return "derived"
    values = [value.value for match in same for value in match.figure.values]
    return "between" if claim.value.admits(min(values), max(values)) else "fails"
