"""A quantity as it is reported: the reference with its ledger, and the whole range."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from groundswell.core.decisions import Specification
from groundswell.core.measurements import MeasuredScope, Measurement
from groundswell.measures.estimates import estimate
from groundswell.measures.scopes import UNDECIDED, select_scope
from groundswell.multiverse.enumeration import enumerate_ranges, evaluate_specifications
from groundswell.multiverse.plan import plan_multiverse

if TYPE_CHECKING:
    from collections.abc import Mapping

    from groundswell.core.codebooks import ErrorRate
    from groundswell.core.estimates import Estimate, SpecificationValue
    from groundswell.measures.attributes import Attributes
    from groundswell.measures.estimands import CodeFrame, Estimand
    from groundswell.multiverse.enumeration import Progress
    from groundswell.multiverse.plan import Definitions


@dataclass(frozen=True, slots=True, kw_only=True)
class Records:
    """Coded reports and what their codebook declares: all that a measure reads.

    Attributes
    ----------
    attributes
        The reports.
    frame
        Codes, sides and folds of the dimension that is measured.
    definitions
        Decisions, reference and uses in print.
    reference_note
        Why the reference is the reference.
    snapshot_ids
        Where the reports come from.
    error_rates
        How often a code errs under a wording, where a sample showed it.
    """

    attributes: "Attributes"
    frame: "CodeFrame"
    definitions: "Definitions"
    reference_note: str
    snapshot_ids: tuple[str, ...]
    error_rates: "Mapping[tuple[str, str], ErrorRate]"


def estimate_reference(records: Records, estimand: "Estimand") -> "Estimate":
    """Compute a quantity at the reference alone.

    Parameters
    ----------
    records
        Coded reports.
    estimand
        What to measure.

    Returns
    -------
    Estimate
        With its ledger.
    """
    scoped = select_scope(records.attributes, estimand)
    (found,) = estimate(
        scoped,
        records.frame,
        estimand=estimand,
        specification=Specification.of(records.definitions.reference),
        snapshot_ids=records.snapshot_ids,
    )
    return found


def measure(
    records: Records,
    estimand: "Estimand",
    *,
    pinned: "Mapping[str, str]",
    by: str = "",
    progress: "Progress | None" = None,
) -> tuple[Measurement, ...]:
    """Compute a share or a count at the reference and over all specifications.

    Parameters
    ----------
    records
        Coded reports.
    estimand
        What to measure.
    pinned
        Decisions that the user has settled.
    by
        A grouping of `groundswell.measures.groups.GROUPINGS`, or empty.
    progress
        Called with the number of specifications done and their total.

    Returns
    -------
    tuple
        One measurement a group; one in all without a grouping.
    """
    scoped = select_scope(records.attributes, estimand, by=by)
    multiverse = plan_multiverse(
        scoped,
        records.frame,
        estimand=estimand,
        definitions=records.definitions,
        pinned=pinned,
    )
    estimates = estimate(
        scoped,
        records.frame,
        estimand=estimand,
        specification=multiverse.reference,
        snapshot_ids=records.snapshot_ids,
    )
    ranges = enumerate_ranges(
        scoped,
        records.frame,
        estimand=estimand,
        multiverse=multiverse,
        progress=progress,
    )
    scope = measured_scope(estimand, records.frame)
    return tuple(
        Measurement(
            scope=scope, estimate=e, range=r, reference_note=records.reference_note
        )
        for e, r in zip(estimates, ranges, strict=True)
    )


def measured_scope(estimand: "Estimand", frame: "CodeFrame") -> MeasuredScope:
    """Keep what was asked for beside the number, without the words it was read from."""
    window, place = estimand.window, estimand.place
    return MeasuredScope(
        statistic=estimand.statistic,
        unit=estimand.unit,
        code=estimand.code,
        code_label=frame.label(estimand.code) if estimand.code else "",
        among=estimand.among,
        window=replace(window, text="") if window else None,
        place=replace(place, text="") if place else None,
        where=estimand.where,
    )


def doubtful_values(
    records: Records, estimand: "Estimand", *, measurement: Measurement
) -> "dict[Specification, SpecificationValue]":
    """Measure, by themselves, the reports that leave open whether they are in scope.

    Parameters
    ----------
    records
        Coded reports.
    estimand
        What was measured, without a grouping.
    measurement
        The measurement; gives the specifications.

    Returns
    -------
    dict
        By specification, what these reports may add to its classes; empty where there is
        no such report.
    """
    left = measurement.estimate.ledger
    if not any(line.n for line in left.lines if line.reason in UNDECIDED):
        return {}
    scoped = select_scope(records.attributes, estimand)
    doubtful = scoped.doubtful
    alone = replace(
        scoped, inside=doubtful, group=np.zeros(doubtful.n_reports, dtype=np.int64)
    )
    specifications = [value.specification for value in measurement.range.values]
    values = evaluate_specifications(
        alone, records.frame, estimand=estimand, specifications=specifications
    )
    return {value.specification: value for (value,) in values}
