"""Parts that several sheets share: drawn ranges, ledgers, numbers, decisions, sources."""

from typing import TYPE_CHECKING

from groundswell.core.phrases import join_words
from groundswell.reports.formatting import plural
from groundswell.reports.sheet import ARTICLE, QUIET, STRONG
from groundswell.reports.strip import Strip

if TYPE_CHECKING:
    from collections.abc import Sequence

    from groundswell.core.decisions import Decision, Option
    from groundswell.reports.evidence_view import (
        DecisionView,
        LedgerBar,
        LedgerView,
        NearRow,
    )
    from groundswell.reports.measurement_view import MeasurementView
    from groundswell.reports.number_line import NumberLine
    from groundswell.reports.range_view import MarkRow, RangeView
    from groundswell.reports.sheet import Cell, Sheet
    from groundswell.reports.source_view import SourceView

_CAPTION = 19
_INDENT = 2
_BAR = 20
_SOURCE_FACTS = {"Version", "File", "Taken", "A row is", "Covers", "Terms"}
_WIDE = 76  # columns from which a ledger has room for its bars


def write_range(sheet: "Sheet", view: "RangeView") -> None:
    """Draw a range: what is claimed, how definitions pile up, marks, the number line."""
    n = sheet.width - 2 * _INDENT - _CAPTION
    if view.claim is not None:
        _write_row(
            sheet, _marks(view.claim, n), caption=view.claim.caption, style=ARTICLE
        )
    piles, ends = Strip(n), Strip(n)
    if view.piles:
        piles.pile(view.piles)
    else:
        piles.stretch(view.ends.start, view.ends.end, inside="─", ends="│")
    same = view.low_label == view.high_label
    labels = [(view.ends.start, view.low_label), (view.ends.end, view.high_label)]
    ends.centred(labels[:1] if same else labels)
    caption = plural(view.n_definitions, "definition")
    _write_row(sheet, piles.text, caption=caption)
    _write_row(sheet, ends.text, style=STRONG)
    for row in view.rows:
        _write_row(sheet, _marks(row, n), caption=row.caption)
    _write_axis(sheet, view.line, n=n)


def _marks(row: "MarkRow", n: int) -> str:
    strip = Strip(n)
    symbols = {"claim": ("┃", "━"), "reference": ("●", "●"), "in-print": ("━", "━")}
    for mark in row.marks:
        if row.kind == "figures":
            strip.put(mark.start, "◆" if mark.is_printed else "◇")
        else:
            ends, inside = symbols[row.kind]
            strip.stretch(mark.start, mark.end, inside=inside, ends=ends)
    if row.label:
        strip.beside(row.label, start=row.marks[0].start, end=row.marks[-1].end)
    return strip.text


def _write_axis(sheet: "Sheet", line: "NumberLine", *, n: int) -> None:
    axis, labels = Strip(n), Strip(n)
    axis.stretch(0, 100, inside="─", ends="─")
    for tick in line.ticks:
        axis.put(tick.position, "┬")
    labels.centred((tick.position, tick.label) for tick in line.ticks)
    _write_row(sheet, axis.text, style=QUIET)
    _write_row(sheet, labels.text, style=QUIET)


def _write_row(sheet: "Sheet", drawn: str, *, caption: str = "", style: str = "") -> None:
    words = f"{caption[: _CAPTION - 1]:<{_CAPTION}}"
    sheet.write((words, style or QUIET), (drawn, style), indent=_INDENT)


def write_nearest(
    sheet: "Sheet", rows: "Sequence[NearRow]", *, related: "Sequence[NearRow]" = ()
) -> None:
    """Write the nearest numbers as a table, other readings of the words last."""
    cells: list[Sequence[Cell]] = [
        (row.words, (row.value, STRONG), row.made_from) for row in (*rows, *related)
    ]
    sheet.table(("Counted this way", "Value", "Made from"), cells, right=(1,))


def write_ledger(sheet: "Sheet", view: "LedgerView", *, brief: bool = False) -> None:
    """Write a ledger with the line that it adds up to, or as that sum in one sentence."""
    if brief:
        left, kept = (
            "; ".join(f"{bar.label}: {bar.n:,}" for bar in bars if bar.n)
            for bars in (view.left, view.counted)
        )
        sheet.write(
            (f"{view.rows_in:,}", STRONG),
            f" read = {view.n_left:,} left out{f' ({left})' if left else ''} + ",
            (f"{view.n_counted:,}", STRONG),
            f" counted{f' ({kept})' if kept else ''}.",
            indent=_INDENT,
        )
        return
    unit = f"{view.unit.capitalize()}s"
    bars = sheet.width >= _WIDE
    line: tuple[Cell, ...] = ("", None)
    rows = [
        *(_ledger_row(bar, bars=bars, block="░") for bar in view.left if bar.n),
        line,
        (("Left out", STRONG), (f"{view.n_left:,}", STRONG)),
        *(_ledger_row(bar, bars=bars, block="█") for bar in view.counted if bar.n),
        line,
        (("Counted", STRONG), (f"{view.n_counted:,}", STRONG)),
        line,
        ((f"All {view.unit}s read", STRONG), (f"{view.rows_in:,}", STRONG)),
    ]
    sheet.table(("Reason", unit, *([""] if bars else [])), rows, right=(1,))
    none = "; ".join(bar.label for bar in (*view.left, *view.counted) if not bar.n)
    if none:
        sheet.write((f"Looked for, and none found: {none}.", QUIET), indent=_INDENT)
    for label, n in view.memos:
        sheet.write((f"Beside the sum: {label}: {n:,}.", QUIET), indent=_INDENT)


def _ledger_row(bar: "LedgerBar", *, bars: bool, block: str) -> "tuple[Cell, ...]":
    cells: tuple[Cell, ...] = (bar.label, f"{bar.n:,}")
    if not bars:
        return cells
    strip = Strip(_BAR)
    if bar.n:
        end = bar.start + bar.width - 100 / _BAR / 2
        strip.stretch(bar.start, max(end, bar.start), inside=block, ends=block)
    return (*cells, (strip.text, QUIET if block == "░" else ""))


def write_decisions(sheet: "Sheet", measured: "MeasurementView") -> None:
    """Write the option that each decision takes in the reference, and how many it has."""
    rows = [
        (decision.question, _taken(decision), f"{len(decision.options)}")
        for decision in measured.decisions
    ]
    sheet.table(("Decision", "Taken in the reference", "Options"), rows, right=(2,))
    for choices, what in (
        (measured.settled, "Settled beforehand and not varied"),
        (measured.idle, "Without effect on this number"),
    ):
        if choices:
            said = "; ".join(f"{decision}={option}" for decision, option in choices)
            sheet.write((f"{what}: {said}.", QUIET), indent=_INDENT)


def _taken(decision: "DecisionView") -> str:
    return next((o.label for o in decision.options if o.is_taken), "not varied")


def write_source(sheet: "Sheet", view: "SourceView") -> None:
    """Write a snapshot with the citation and the terms of its source."""
    sheet.write((view.title, STRONG), indent=_INDENT)
    sheet.write(view.citation, indent=_INDENT)
    kept = [fact for fact in view.facts if fact[0] in _SOURCE_FACTS]
    sheet.pairs(kept)
    sheet.links(view.links[:1])
    if view.biases:
        sheet.write(("Known biases: " + " ".join(view.biases), QUIET), indent=_INDENT)


def write_options(sheet: "Sheet", decisions: "Sequence[Decision]") -> None:
    """Write decisions with all their options and who uses them in print."""
    for decision in decisions:
        sheet.write(
            (decision.decision_id, STRONG), f": {decision.question}", indent=_INDENT
        )
        pairs = [
            (option.option_id, f"{option.label} ({_users(option)})")
            for option in decision.options
        ]
        sheet.pairs(pairs, indent=2 * _INDENT)


def _users(option: "Option") -> str:
    return join_words(option.used_by) or "used by nobody known"


def write_withheld(sheet: "Sheet", columns: "Sequence[str]") -> None:
    """Say which columns of the records are left out, why, and how to see them."""
    if columns:
        sheet.blank()
        reason = "Withheld, since they can name private persons or exact places: "
        sheet.write((reason, QUIET), (join_words(columns), QUIET))
        sheet.write(("--with-names shows them.", QUIET))
