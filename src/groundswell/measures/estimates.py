"""One specification of one estimand, as estimates with their ledgers."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from groundswell.core.estimates import Estimate, Interval
from groundswell.measures import fates as f
from groundswell.measures.fates import assign_fates
from groundswell.measures.tallies import (
    Tally,
    build_ledger,
    counted_fates,
    fate_labels,
    fraction,
    tally,
    value_of,
)

if TYPE_CHECKING:
    from groundswell.core.decisions import Specification
    from groundswell.measures.estimands import CodeFrame, Estimand
    from groundswell.measures.scopes import Scoped
    from groundswell.measures.tallies import Sums


@dataclass(frozen=True, slots=True, kw_only=True)
class _Doubt:
    """What reports may add to a number that does not count them.

    Attributes
    ----------
    numerator
        To the numerator, and so to the denominator.
    rest
        To the denominator alone.
    n_reports
        How many reports that is.
    """

    numerator: int
    rest: int
    n_reports: int


def estimate(
    scoped: "Scoped",
    frame: "CodeFrame",
    *,
    estimand: "Estimand",
    specification: "Specification",
    snapshot_ids: tuple[str, ...],
) -> tuple[Estimate, ...]:
    """Compute a share or a count under one specification, one estimate a group.

    The records are taken as a census of what their source recorded, so the interval is no
    sampling interval: for events it bounds what the reports can change whose date or
    place does not say whether they are in scope, or in which group, while nothing else
    says that they are not; for participants it runs between the
    lowest and the highest reported sizes.

    Parameters
    ----------
    scoped
        Reports in scope with their groups.
    frame
        Codes, sides and folds.
    estimand
        What to measure.
    specification
        An option for each decision.
    snapshot_ids
        The snapshots that the reports come from.

    Returns
    -------
    tuple
        One estimate a group, in the order of `scoped.group_names`.
    """
    fates = assign_fates(
        scoped.inside, frame, estimand=estimand, specification=specification
    )
    sums = tally(scoped, fates, estimand=estimand)
    doubts = _doubts(scoped, frame, estimand=estimand, specification=specification)
    estimates = []
    for group, name in enumerate(scoped.group_names):
        value, interval, n = _value(
            sums,
            group=group,
            doubt=doubts[group],
            estimand=estimand,
            specification=specification,
        )
        estimates.append(
            Estimate(
                quantity=describe(estimand, frame),
                value=value,
                interval=interval,
                n=n,
                unit="share" if estimand.statistic == "share" else estimand.unit,
                counts=_counts(sums, group=group, estimand=estimand, frame=frame),
                specification=specification,
                ledger=build_ledger(
                    scoped,
                    sums,
                    group=group,
                    estimand=estimand,
                    frame=frame,
                    specification=specification,
                ),
                snapshot_ids=snapshot_ids,
                group=name,
            )
        )
    return tuple(estimates)


def describe(estimand: "Estimand", frame: "CodeFrame") -> str:
    """Say in words what an estimand is of.

    Examples
    --------
    >>> from groundswell.measures.estimands import CodeFrame, Estimand
    >>> frame = CodeFrame(
    ...     codebook_id="x", labels={"a": "side A"}, bits={"a": 0}, sides=("a",), folds={}
    ... )
    >>> describe(
    ...     Estimand(statistic="share", code="a", among="topic", unit="events"), frame
    ... )
    'share of events on the topic: side A'
    """
    what = "events" if estimand.unit == "events" else "participants of sized events"
    among = {
        "sided": f"{what} that take a side",
        "topic": f"{what} on the topic",
        "all": f"all recorded {what}",
    }[estimand.among]
    if estimand.statistic == "count":
        return f"number of {what}: {frame.label(estimand.code)}"
    return f"share of {among}: {frame.label(estimand.code)}"


def _value(
    sums: Tally,
    *,
    group: int,
    doubt: _Doubt,
    estimand: "Estimand",
    specification: "Specification",
) -> tuple[float | None, Interval | None, int]:
    rows = _pair(sums.rows, group, estimand=estimand, specification=specification)
    if sums.low is None or sums.high is None:
        return _events_value(rows, doubt=doubt, estimand=estimand)
    low = _pair(sums.low, group, estimand=estimand, specification=specification)
    high = _pair(sums.high, group, estimand=estimand, specification=specification)
    basis = "lowest and highest reported sizes of the sized events"
    value = value_of(low, high, statistic=estimand.statistic)
    if estimand.statistic == "count":
        ends = Interval(low=low[0], high=high[0], kind="bounds", basis=basis)
        return value, ends, rows[0]
    if value is None:
        return None, None, rows[1]
    others_low, others_high = low[1] - low[0], high[1] - high[0]
    ends = Interval(
        low=_ratio(low[0], low[0] + others_high),
        high=_ratio(high[0], high[0] + others_low),
        kind="bounds",
        basis=basis,
    )
    return value, ends, rows[1]


def _ratio(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def _pair(
    sums: "Sums", group: int, *, estimand: "Estimand", specification: "Specification"
) -> tuple[int, int]:
    pair = fraction(sums, estimand=estimand, specification=specification)
    return int(pair.numerator[group]), int(pair.denominator[group])


def _events_value(
    rows: tuple[int, int], *, doubt: _Doubt, estimand: "Estimand"
) -> tuple[float | None, Interval | None, int]:
    numerator, denominator = rows
    value = value_of(rows, statistic=estimand.statistic)
    more = doubt.numerator
    basis = (
        f"reports whose date or place leaves open whether they count: {doubt.n_reports:,}"
    )
    if estimand.statistic == "count":
        ends = Interval(low=numerator, high=numerator + more, kind="bounds", basis=basis)
        return value, ends, numerator
    if value is None:
        return None, None, 0
    ends = Interval(
        low=numerator / (denominator + doubt.rest),
        high=(numerator + more) / (denominator + more),
        kind="bounds",
        basis=basis,
    )
    return value, ends, denominator


def _doubts(
    scoped: "Scoped",
    frame: "CodeFrame",
    *,
    estimand: "Estimand",
    specification: "Specification",
) -> tuple[_Doubt, ...]:
    """Count by group what doubtful reports may add."""
    n_groups = len(scoped.group_names)
    if not scoped.doubtful.n_reports:
        return (_Doubt(numerator=0, rest=0, n_reports=0),) * n_groups
    kinds = replace(
        scoped,
        inside=scoped.doubtful,
        group=scoped.kind,
        group_names=("",) * (int(scoped.kind.max()) + 1),
    )
    fates = assign_fates(
        scoped.doubtful, frame, estimand=estimand, specification=specification
    )
    sums = tally(kinds, fates, estimand=estimand).rows
    parts = fraction(sums, estimand=estimand, specification=specification)
    counted = sorted(counted_fates(estimand, specification))
    numerator, rest, n_reports = (
        scoped.spans.spread(of_kind, n_groups=n_groups)
        for of_kind in (
            parts.numerator,
            np.maximum(parts.denominator - parts.numerator, 0),
            sums.once[:, counted].sum(axis=1),
        )
    )
    return tuple(
        _Doubt(numerator=int(n), rest=int(r), n_reports=int(k))
        for n, r, k in zip(numerator, rest, n_reports, strict=True)
    )


def _counts(
    sums: Tally, *, group: int, estimand: "Estimand", frame: "CodeFrame"
) -> tuple[tuple[str, int], ...]:
    """Name the integers that a value is made of: classes that hold a report."""
    labels = {fate: label for fate, (_, label) in fate_labels(estimand, frame).items()}
    always = (f.TARGET, f.OTHER)
    if sums.low is not None and sums.high is not None:
        ends = (("lowest", sums.low), ("highest", sums.high))
        return tuple(
            (f"{labels[fate]}, {end}", int(part.once[group, fate]))
            for fate in always
            for end, part in ends
        )
    shown = (*always, f.BOTH, f.SEVERAL_OTHERS, f.NO_SIDE, f.OFF_TOPIC)
    return tuple(
        (labels[fate], int(sums.rows.once[group, fate]))
        for fate in shown
        if fate in always or sums.rows.once[group, fate]
    )
