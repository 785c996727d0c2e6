"""The evidence behind a number: ledger, decisions, nearest numbers."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from groundswell.core.phrases import (
    format_value,
    join_words,
)
from groundswell.reports.formatting import sentence_case
from groundswell.reports.wording import (
    interval_sentence,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from groundswell.core.decisions import Decision, Option
    from groundswell.core.estimates import Estimate, Neighbour, SpecificationValue
    from groundswell.core.ledger import Ledger, LedgerLine
    from groundswell.core.measurements import MeasuredScope, Measurement


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerBar:
    """A line of a ledger, and its place in the sum.

    Attributes
    ----------
    label, n
        The line.
    start, width
        Where its bar starts and how long it is, in percent of all rows: the bars follow
        one another, so that they end where all rows are accounted for.
    """

    label: str
    n: int
    start: float
    width: float


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerView:
    """A ledger in the order in which it adds up: what left first, what was counted last.

    Attributes
    ----------
    rows_in, unit
        How many rows were read, and what a row is.
    left, counted
        The lines, in declared order.
    n_left, n_counted
        Their sums.
    memos
        Counts beside the sum.
    """

    rows_in: int
    unit: str
    left: tuple[LedgerBar, ...]
    counted: tuple[LedgerBar, ...]
    n_left: int
    n_counted: int
    memos: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NearRow:
    """A number near the claim, and what it was made from.

    Attributes
    ----------
    label
        How it was counted; the answer, where there is a question.
    value, made_from
        The number, and its integers in words.
    note
        What bounds it; may be empty.
    question
        The decision that was settled otherwise; empty for none.
    """

    label: str
    value: str
    made_from: str
    note: str = ""
    question: str = ""

    @property
    def words(self) -> str:
        """How it was counted, so that it can be read alone."""
        return f"{self.question} {self.label}".strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionView:
    """An option of a decision: its label, who uses it, whether it was taken."""

    label: str
    used_by: str
    is_taken: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionView:
    """A decision with its options."""

    decision_id: str
    question: str
    declared_in: str
    options: tuple[OptionView, ...]


def view_ledger(ledger: "Ledger") -> LedgerView:
    """Prepare a ledger for printing."""
    left = [line for line in ledger.lines if line.kind == "left"]
    kept = [line for line in ledger.lines if line.kind == "counted"]
    return LedgerView(
        rows_in=ledger.rows_in,
        unit=ledger.unit,
        left=_bars(left, before=0, rows_in=ledger.rows_in),
        counted=_bars(kept, before=ledger.left, rows_in=ledger.rows_in),
        n_left=ledger.left,
        n_counted=ledger.counted,
        memos=tuple((memo.label, memo.n) for memo in ledger.memos if memo.n),
    )


def _bars(
    lines: "Sequence[LedgerLine]", *, before: int, rows_in: int
) -> tuple[LedgerBar, ...]:
    bars = []
    for line in lines:
        start = 100 * before / rows_in if rows_in else 0.0
        width = 100 * line.n / rows_in if rows_in else 0.0
        bars.append(
            LedgerBar(
                label=line.label, n=line.n, start=round(start, 2), width=round(width, 2)
            )
        )
        before += line.n
    return tuple(bars)


def view_nearest(measurement: "Measurement") -> tuple[NearRow, ...]:
    """List the reference and what one change at a time makes of it.

    Parameters
    ----------
    measurement
        The quantity and its range.

    Returns
    -------
    tuple
        The reference first; changes in the order given, largest first.
    """
    estimate, over = measurement.estimate, measurement.range
    width = (over.high or 0.0) - (over.low or 0.0)
    reference = NearRow(
        label=f"Reference: {measurement.reference_note}",
        value=format_value(estimate.value, unit=estimate.unit, width=width),
        made_from=_reference_words(measurement),
        note=interval_sentence(estimate.interval, unit=estimate.unit),
    )
    changes = [
        _change_row(neighbour, measurement, width=width) for neighbour in over.neighbours
    ]
    return (reference, *changes)


def _change_row(
    neighbour: "Neighbour", measurement: "Measurement", *, width: float
) -> NearRow:
    unit = measurement.estimate.unit
    by_id = {d.decision_id: d for d in measurement.range.decisions}
    changed = by_id.get(neighbour.decision_id)
    label = changed.option(neighbour.option_id).label if changed else neighbour.label
    return NearRow(
        question=changed.question if changed else "",
        label=sentence_case(label),
        value=format_value(neighbour.value, unit=unit, width=width),
        made_from=_made_from(neighbour, scope=measurement.scope),
    )


def _made_from(made: "Neighbour | SpecificationValue", *, scope: "MeasuredScope") -> str:
    """Print integers; participants from the lowest to the highest reported sizes."""
    highest = made.highest or (made.numerator, made.denominator)
    numerator = _ends(made.numerator, highest[0])
    if scope.statistic == "count":
        return numerator
    return f"{numerator} of {_ends(made.denominator, highest[1])}"


def _ends(low: int, high: int) -> str:
    return f"{low:,}" if low == high else f"{low:,} to {high:,}"


def view_related(estimate: "Estimate") -> NearRow:
    """Prepare another reading of the same words for printing."""
    interval = estimate.interval
    return NearRow(
        label=estimate.quantity,
        value=format_value(
            estimate.value,
            unit=estimate.unit,
            width=interval.high - interval.low if interval else 1.0,
        ),
        made_from=estimate_words(estimate),
        note=interval_sentence(interval, unit=estimate.unit),
    )


def _reference_words(measurement: "Measurement") -> str:
    """Say what the reference was made from, of participants with their sums."""
    estimate, scope = measurement.estimate, measurement.scope
    said = estimate_words(estimate)
    for value in measurement.range.values if scope.unit == "participants" else ():
        if value.specification == estimate.specification:
            sums = _made_from(value, scope=scope)
            return sums if scope.statistic == "count" else f"{sums}: {said}"
    return said


def estimate_words(estimate: "Estimate") -> str:
    """Say what an estimate was made from, classes without an event left out.

    Parameters
    ----------
    estimate
        Of events: its ledger names the classes that were counted. Of participants: its
        counts do, from the lowest to the highest reported sizes.

    Returns
    -------
    str
        For a share of events `1,578 of 1,759: 1,578 against, 181 for`.
    """
    by_name = dict(estimate.counts)
    sized = [name.removesuffix(_LOWEST) for name in by_name if name.endswith(_LOWEST)]
    if sized:
        ends = ((by_name[n + _LOWEST], by_name[n + _HIGHEST], n) for n in sized)
        return ", ".join(f"{_ends(low, high)} {n}" for low, high, n in ends if high)
    ledger = estimate.ledger
    parts = [(line.label, line.n) for line in ledger.lines if line.kind == "counted"]
    parts += [(memo.label, memo.n) for memo in ledger.memos]
    said = counts_words([part for part in parts if part[1]])
    if estimate.unit != "share" or estimate.value is None:
        return said or "0"
    return f"{round(estimate.value * estimate.n):,} of {estimate.n:,}: {said}"


_LOWEST, _HIGHEST = ", lowest", ", highest"


def counts_words(counts: "Sequence[tuple[str, int]]") -> str:
    """Print counts by name: `1,578 against, 181 for`."""
    return ", ".join(f"{n:,} {name}" for name, n in counts)


def view_decisions(measurement: "Measurement") -> tuple[DecisionView, ...]:
    """List the decisions that were varied, with the options that the reference takes."""
    taken = dict(measurement.estimate.specification.choices)
    return tuple(
        DecisionView(
            decision_id=decision.decision_id,
            question=decision.question,
            declared_in=decision.declared_in,
            options=_options(decision, taken=taken.get(decision.decision_id)),
        )
        for decision in measurement.range.decisions
    )


def _options(decision: "Decision", *, taken: str | None) -> tuple[OptionView, ...]:
    """List the options, the one that was taken first."""
    options: list[Option] = sorted(
        decision.options, key=lambda option: option.option_id != taken
    )
    return tuple(
        OptionView(
            label=option.label,
            used_by=join_words(option.used_by) or "nobody known",
            is_taken=option.option_id == taken,
        )
        for option in options
    )


def settled_choices(measurement: "Measurement") -> tuple[tuple[str, str], ...]:
    """List the choices that the user settled, as decision and option."""
    over = measurement.range
    varied = {decision.decision_id for decision in over.decisions}
    return tuple(
        (decision_id, option_id)
        for decision_id, option_id in measurement.estimate.specification.choices
        if decision_id not in {*varied, *over.without_effect}
    )


def idle_choices(measurement: "Measurement") -> tuple[tuple[str, str], ...]:
    """List the choices that do not touch the number, as decision and option."""
    without_effect = measurement.range.without_effect
    choices = measurement.estimate.specification.choices
    return tuple(choice for choice in choices if choice[0] in without_effect)
