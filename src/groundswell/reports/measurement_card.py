"""Measurements as a sheet for the terminal: one in full, groups as a table."""

from typing import TYPE_CHECKING

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
    from groundswell.core.measurements import MeasurementSet
    from groundswell.reports.measurement_view import (
        GroupRow,
        MeasurementsView,
        MeasurementView,
    )
    from groundswell.reports.sheet import Cell

_BAR = 30
_WIDE = 76  # columns from which the table of groups has room for its bars


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
    sheet.blank()
    if not page.rows:
        sheet.write("There is no group to measure.")
    elif page.is_grouped:
        _write_groups(sheet, page)
    else:
        _write_one(sheet, page.rows[0].item)
    if page.rows:
        first = page.rows[0].item
        sheet.heading("Decisions and the options taken")
        write_decisions(
            sheet,
            first.decisions,
            other_choices=first.other_choices,
            without_effect=first.without_effect,
        )
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
    bars = sheet.width >= _WIDE and page.line is not None
    names = ["Group", "Read", "Counted", "Reference", "Range"]
    if page.line is not None and bars:
        axis = Strip(_BAR)
        axis.centred((tick.position, tick.label) for tick in page.line.ticks)
        names.append(axis.text)
    sheet.blank()
    rows = [_group_cells(row, bars=bars) for row in page.rows]
    sheet.table(names, rows, right=(1, 2, 3, 4), indent=0)
    if bars:
        sheet.write(("Bar: the range over definitions. Dot: the reference.", QUIET))


def _group_cells(row: "GroupRow", *, bars: bool) -> "tuple[Cell, ...]":
    item = row.item
    cells: tuple[Cell, ...] = (
        item.group or "no group",
        f"{item.ledger.rows_in:,}",
        f"{item.ledger.n_counted:,}",
        (item.value, STRONG),
        item.ends,
    )
    if not bars:
        return cells
    strip = Strip(_BAR)
    if row.stretch:
        strip.stretch(row.stretch.start, row.stretch.end, inside="━", ends="━")
    if row.place:
        strip.put(row.place.start, "●")
    return (*cells, strip.text)
