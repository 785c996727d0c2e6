"""What an export wrote: a sheet for the terminal, and the citation beside the file."""

from typing import TYPE_CHECKING

from groundswell.core.tables import REPORT
from groundswell.reports.evidence_view import view_ledger
from groundswell.reports.formatting import format_bytes, inert, one_line, plural
from groundswell.reports.sheet import QUIET, STRONG, Sheet
from groundswell.reports.source_view import view_snapshot
from groundswell.reports.terminal_parts import write_ledger

if TYPE_CHECKING:
    from groundswell.core.exports import Export, LeftColumn

_MEANING = {column.name: column.meaning for column in REPORT.columns}
_OWN_MEANING = {
    "latitude": "degrees north, to one decimal; empty where the source gives none",
    "longitude": "degrees east, to one decimal; empty where the source gives none",
    "recurrence": "words of the source's note that say how often it recurs",
    "sources": "hosts of the addresses that the record cites, without social media",
}


def render_export_card(export: "Export", *, width: int, colour: bool) -> str:
    """Render what was exported, what was not, and on which terms.

    Parameters
    ----------
    export
        What was written.
    width
        Columns of the terminal.
    colour
        Whether to use colours and weights.

    Returns
    -------
    str
        The text.
    """
    sheet = Sheet(width=width, colour=colour)
    rows = plural(export.n_rows, "row")
    sheet.title(f"{export.file_name}: {rows} of {export.snapshot.snapshot_id}")
    sheet.write(
        (f"{plural(len(export.columns), 'column')}, ", QUIET),
        (f"{format_bytes(export.n_bytes)}, SHA-256 {export.sha256}", QUIET),
    )
    ledger = view_ledger(export.ledger)
    sheet.heading(f"Every {ledger.unit} accounted for")
    write_ledger(sheet, ledger)
    if export.left_columns:
        sheet.heading("Left out or replaced")
        cells = [(left.column, left.why, left.instead) for left in export.left_columns]
        sheet.table(("Column", "Why", "Instead"), cells)
    sheet.heading("Source")
    source = view_snapshot(export.snapshot)
    sheet.write((source.title, STRONG), indent=2)
    sheet.write(source.citation, indent=2)
    sheet.pairs([fact for fact in source.facts if fact[0] in {"Terms", "Taken"}])
    sheet.links(source.links)
    if export.notes:
        sheet.heading("To be known")
        sheet.items(export.notes)
    if export.citation_file:
        sheet.blank()
        sheet.write(("How to cite it stands in ", QUIET), export.citation_file)
    return sheet.text()


def render_citation(export: "Export") -> str:
    """Write how to cite an exported file, and what it holds, as plain text.

    It is not wrapped and not cut, and says nothing of the day on which it was written, so
    that the same export gives the same bytes.

    Parameters
    ----------
    export
        What was written.

    Returns
    -------
    str
        The text, to be kept beside the file.
    """
    source = view_snapshot(export.snapshot)
    lines = [
        f"{export.file_name}: {plural(export.n_rows, 'row')}, SHA-256 {export.sha256}",
        "",
        "CITE AS",
        source.citation or f"{source.title}. No citation is known.",
        "",
        "SOURCE",
        f"Title: {source.title}",
        *(f"{label}: {words}" for label, words in source.facts),
        *(f"{label}: {address}" for label, address in source.links),
        *(f"Known bias: {bias}" for bias in source.biases),
        "",
        "EVERY REPORT ACCOUNTED FOR",
        *_ledger_lines(export),
        "",
        "LEFT OUT OR REPLACED",
        *(_left_line(left) for left in export.left_columns),
        *export.notes,
        "",
        "COLUMNS",
        *(f"{name}: {_meaning(name)}" for name in export.columns),
    ]
    return "".join(f"{inert(one_line(line))}\n" for line in lines)


def _ledger_lines(export: "Export") -> list[str]:
    ledger = export.ledger
    lines = [f"{ledger.rows_in} {ledger.unit}s in the snapshot"]
    lines += [f"{line.n} {line.label}" for line in ledger.lines]
    return lines + [f"of these {memo.n} {memo.label}" for memo in ledger.memos]


def _left_line(left: "LeftColumn") -> str:
    instead = f"; instead {left.instead}" if left.instead else ""
    return f"{left.column}: {left.why}{instead}"


def _meaning(name: str) -> str:
    return _OWN_MEANING.get(name) or _MEANING[name]
