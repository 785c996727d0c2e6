"""Measurements, one or one for each group, in the words in which they are printed."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from groundswell.core.phrases import format_ends, format_value, join_words
from groundswell.reports.ahead import ahead_notes, ahead_of
from groundswell.reports.evidence_view import (
    idle_choices,
    settled_choices,
    view_decisions,
    view_ledger,
    view_nearest,
)
from groundswell.reports.formatting import plural, sentence_case
from groundswell.reports.number_line import draw_number_line
from groundswell.reports.range_view import Mark, view_range
from groundswell.reports.scope_view import scope_line, scope_rows
from groundswell.reports.source_view import codebook_words, view_snapshot
from groundswell.reports.wording import interval_sentence, range_sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from groundswell.core.claims import FactualClaim
    from groundswell.core.measurements import Measurement, MeasurementSet
    from groundswell.core.verdicts import FigureMatch
    from groundswell.reports.ahead import Ahead
    from groundswell.reports.evidence_view import DecisionView, LedgerView, NearRow
    from groundswell.reports.number_line import NumberLine
    from groundswell.reports.range_view import RangeView
    from groundswell.reports.source_view import SourceView


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasurementView:
    """A measurement, ready to be printed.

    Attributes
    ----------
    group
        The group, empty where there is only one.
    quantity, scope, n
        What was measured, what it was limited to, and over how many rows.
    value, interval
        The reference: its value and what bounds it.
    ends, sentence, range
        The range over definitions by its ends, in words, and to draw; `None` where no
        definition gives a value.
    nearest
        The reference and what one change makes of it.
    ledger
        Account of every row.
    decisions, settled, idle
        The decisions that were varied; choices that the user settled; choices that do
        not touch the number.
    receipt_id
        The receipt that repeats the number; empty where none was written.
    """

    group: str
    quantity: str
    scope: str
    n: int
    value: str
    interval: str
    ends: str
    sentence: str
    range: "RangeView | None"
    nearest: "tuple[NearRow, ...]"
    ledger: "LedgerView"
    decisions: "tuple[DecisionView, ...]"
    settled: tuple[tuple[str, str], ...]
    idle: tuple[tuple[str, str], ...]
    receipt_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupRow:
    """A group on the number line of all groups.

    Attributes
    ----------
    item
        The group.
    ahead
        Whether it lies `partly` or `wholly` after the day on which the records were
        taken; empty where it does not, or where that day is not known.
    stretch, place
        The range and the reference; `None` where there is no value.
    """

    item: MeasurementView
    ahead: "Ahead"
    stretch: Mark | None
    place: Mark | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasurementsView:
    """Measurements of one quantity on one number line.

    Attributes
    ----------
    title
        What was measured, and by which grouping.
    scope, scope_rows
        What it was limited to, in one line; what was asked for, part by part.
    by
        The grouping; empty for none.
    line
        The number line; `None` where nothing has a value.
    read
        How many rows were read, where groups are printed.
    rows
        One, or one for each group.
    sources, codebook
        What the numbers rest on.
    notes
        What the reader should know.
    receipt_id
        The receipt that repeats it; empty where none was written.
    """

    title: str
    scope: str
    scope_rows: tuple[tuple[str, str], ...]
    by: str
    line: "NumberLine | None"
    read: str
    rows: tuple[GroupRow, ...]
    sources: "tuple[SourceView, ...]"
    codebook: str
    notes: tuple[str, ...]
    receipt_id: str

    @property
    def is_grouped(self) -> bool:
        """Whether there is anything but one measurement of everything."""
        return self.by != "" or len(self.rows) != 1


def view_measurement(
    measurement: "Measurement",
    *,
    claim: "FactualClaim | None" = None,
    figures: "Sequence[FigureMatch]" = (),
) -> MeasurementView:
    """Put a measurement into the words in which it is printed.

    Parameters
    ----------
    measurement
        The quantity and its range.
    claim, figures
        What is drawn beside the range.

    Returns
    -------
    MeasurementView
        The same for paper and terminal.
    """
    estimate, over = measurement.estimate, measurement.range
    width = (over.high or 0.0) - (over.low or 0.0)
    return MeasurementView(
        group=estimate.group,
        quantity=estimate.quantity,
        scope=scope_line(measurement.scope),
        n=estimate.n,
        value=format_value(estimate.value, unit=estimate.unit, width=width),
        interval=interval_sentence(estimate.interval, unit=estimate.unit),
        ends=format_ends(over.low, over.high, unit=estimate.unit),
        sentence=range_sentence(over, unit=estimate.unit),
        range=view_range(measurement, claim=claim, figures=figures),
        nearest=view_nearest(measurement),
        ledger=view_ledger(estimate.ledger),
        decisions=view_decisions(measurement),
        settled=settled_choices(measurement),
        idle=idle_choices(measurement),
        receipt_id=estimate.receipt_id,
    )


def view_measurements(measured: "MeasurementSet") -> MeasurementsView:
    """Put measurements into the words in which they are printed.

    Parameters
    ----------
    measured
        One measurement, or one for each group.

    Returns
    -------
    MeasurementsView
        The same for paper and terminal.
    """
    shown = [
        value
        for m in measured.measurements
        for value in (m.range.low, m.range.high, m.estimate.value)
        if value is not None
    ]
    unit = measured.measurements[0].estimate.unit if shown else ""
    line = draw_number_line(shown, unit=unit) if shown else None
    codebook_id, version, title = measured.codebook
    codebook = codebook_words(codebook_id, version=version, title=title)
    grouping = f", by {measured.by}" if measured.by else ""
    ahead = [
        ahead_of(m.estimate.group, by=measured.by, snapshots=measured.snapshots)
        for m in measured.measurements
    ]
    return MeasurementsView(
        title=sentence_case(f"{measured.quantity}{grouping}"),
        scope=scope_line(measured.scope),
        scope_rows=(*scope_rows(measured), ("Codebook", codebook), *_flagged(measured)),
        by=measured.by,
        line=line,
        read=_read_words(measured),
        rows=tuple(
            GroupRow(
                item=view_measurement(m),
                ahead=when,
                stretch=_mark(line, m.range.low, m.range.high),
                place=_mark(line, m.estimate.value),
            )
            for m, when in zip(measured.measurements, ahead, strict=True)
        ),
        sources=tuple(view_snapshot(snapshot) for snapshot in measured.snapshots),
        codebook=codebook,
        notes=(*measured.notes, *ahead_notes(ahead, snapshots=measured.snapshots)),
        receipt_id=measured.receipt_id,
    )


def _flagged(measured: "MeasurementSet") -> tuple[tuple[str, str], ...]:
    """Name what a share was measured over that is no record of every protest."""
    if not measured.restricted:
        return ()
    names = {s.snapshot_id: s.file_name for s in measured.snapshots}
    files = join_words([names.get(one, one) for one in measured.restricted])
    return (("Flagged", f"a share over a part of protests, insisted on: {files}"),)


def _read_words(measured: "MeasurementSet") -> str:
    ledgers = [m.estimate.ledger for m in measured.measurements]
    most = max(ledgers, key=lambda ledger: ledger.rows_in, default=None)
    return f"Of {plural(most.rows_in, most.unit)} read." if most else ""


def _mark(line: "NumberLine | None", *ends: float | None) -> Mark | None:
    places = [line.position(end) for end in ends if line is not None and end is not None]
    return Mark(start=places[0], end=places[-1]) if len(places) == len(ends) else None
