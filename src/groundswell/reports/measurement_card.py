"""Measurements as a sheet for the terminal: one in full, groups as a table."""

from typing import TYPE_CHECKING

from rich.cells import cell_len

from groundswell.reports.measurement_view import view_measurements
from groundswell.reports.sheet import QUIET, STRONG, Sheet
from groundswell.reports.strip import Strip
from groundswell.reports.terminal_parts import (
    write_decisions,
    write_ledger,
    write_nearest,
    write_range,
    write_source,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from groundswell.core.measurements import MeasurementSet
    from groundswell.reports.measurement_view import (
        GroupRow,
        MeasurementsView,
        MeasurementView,
    )
    from groundswell.reports.sheet import Cell

_BAR = 30
_LEAST_BAR = 16  # characters below which a bar says too little
_AHEAD = {"": "", "partly": " +", "wholly": " *"}
_AHEAD_WORDS = {
    "+": "partly after the day on which the file was taken",
    "*": "after the day on which the file was taken",
}


def render_measurement_card(
    measured: "MeasurementSet", *, width: int, colour: bool, at: str = ""
) -> str:
    """Render one measurement, or one for each group, for a terminal.

    Parameters
    ----------
    measured
        What was measured; groups are printed as a table, in their order.
    width
        Columns of the terminal.
    colour
        Whether to use colours and weights.
    at
        Goes after the commands that find it again, such as ` -w WORKSPACE`.

    Returns
    -------
    str
        The text.
    """
    sheet, page = Sheet(width=width, colour=colour), view_measurements(measured)
    sheet.title(page.title)
    sheet.pairs(page.scope_rows)
    sheet.items(page.notes, indent=0)
    if not page.rows:
        sheet.blank()
        sheet.write("There is no group to measure.")
    elif page.is_grouped:
        _write_groups(sheet, page)
    else:
        _write_one(sheet, page.rows[0].item)
    if page.rows:
        first = page.rows[0].item
        sheet.heading("Decisions and the options taken")
        write_decisions(sheet, first)
    if page.sources:
        sheet.section("Sources")
    for source in page.sources:
        write_source(sheet, source)
    sheet.pairs([("Sides and topics", page.codebook)])
    if page.receipt_id:
        sheet.section("To repeat it, and to see the rows behind it")
        sheet.command(f"groundswell replay {page.receipt_id}{at}")
        sheet.command(f"groundswell rows {page.receipt_id}{at}")
    return sheet.text()


def _write_one(sheet: Sheet, item: "MeasurementView") -> None:
    sheet.blank()
    sheet.write(item.sentence)
    if item.range is not None:
        sheet.blank()
        write_range(sheet, item.range)
    sheet.heading("The nearest numbers")
    write_nearest(sheet, item.nearest)
    if item.interval:
        sheet.write((f"Reference: {item.interval}.", QUIET), indent=2)
    sheet.heading(f"Every {item.ledger.unit} accounted for")
    write_ledger(sheet, item.ledger)


def _write_groups(sheet: Sheet, page: "MeasurementsView") -> None:
    names = ["Group", "Counted", "Reference", "Range"]
    rows = [_group_cells(row) for row in page.rows]
    bar = min(_BAR, sheet.width - _used([names, *rows]))
    has_bars = page.line is not None and bar >= _LEAST_BAR
    if page.line is not None and has_bars:
        axis = Strip(bar)
        axis.centred((tick.position, tick.label) for tick in page.line.ticks)
        names.append(axis.text)
        rows = [
            (*cells, _bar(row, bar)) for cells, row in zip(rows, page.rows, strict=True)
        ]
    sheet.blank()
    sheet.write((page.read, QUIET))
    sheet.blank()
    sheet.table(names, rows, right=(1, 2, 3), indent=0)
    if has_bars:
        sheet.write(("Bar: the range over definitions. Dot: the reference.", QUIET))
    marks = {_AHEAD[row.ahead].strip() for row in page.rows}
    for mark, words in _AHEAD_WORDS.items():
        if mark in marks:
            sheet.write((f"{mark} {words}", QUIET))


def _group_cells(row: "GroupRow") -> "tuple[Cell, ...]":
    item = row.item
    return (
        f"{item.group or 'no group'}{_AHEAD[row.ahead]}",
        f"{item.ledger.n_counted:,}",
        (item.value, STRONG),
        item.ends,
    )


def _used(rows: "Sequence[Sequence[Cell]]") -> int:
    """Say how many columns of the terminal cells take, with the space after each."""
    widths = ([cell_len(_words(cell)) for cell in cells] for cells in rows)
    return sum(max(column) + 2 for column in zip(*widths, strict=True))


def _words(cell: "Cell") -> str:
    return cell if isinstance(cell, str) else cell[0] if cell else ""


def _bar(row: "GroupRow", n: int) -> str:
    strip = Strip(n)
    if row.stretch:
        strip.stretch(row.stretch.start, row.stretch.end, inside="━", ends="━")
    if row.place:
        strip.put(row.place.start, "●")
    return strip.text
