"""The rows of a file as `record.parquet`: all text, in their order, none left out."""

# ruff: noqa: S608 (every identifier is quoted, and no value is written into a query)

from collections.abc import Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from pathlib import Path

from groundswell.core.errors import GroundswellError, InputError
from groundswell.core.sources import Finding
from groundswell.engine.steps import quoted
from groundswell.engine.workspace import Workspace
from groundswell.ingest.files.cleaning import OddLine
from groundswell.ingest.files.file_findings import fit_findings, text_findings
from groundswell.ingest.files.json_cells import read_line_rows
from groundswell.ingest.files.json_document import read_document_rows
from groundswell.ingest.files.layouts import write_laid_out
from groundswell.ingest.files.rows import BEYOND, PLACES, Fit, Row, write_regular
from groundswell.ingest.files.spreadsheet import read_sheet
from groundswell.ingest.files.structure import (
    Structure,
    count_structure,
    is_free_of_marks,
)
from groundswell.ingest.files.table import (
    INCOMING,
    RECORD_NO,
    FileOptions,
    OpenTable,
    read_text_rows,
)

RECORD = "record"


@dataclass(frozen=True, slots=True, kw_only=True)
class Records:
    """What writing `record.parquet` did.

    Attributes
    ----------
    n_rows
        Rows of the file, blank ones included.
    has_misfits
        Whether the records have a column `BEYOND`, for what no column has room for.
    findings
        What was odd in the file as a file.
    """

    n_rows: int
    has_misfits: bool
    findings: tuple[Finding, ...]


def records_path(folder: Path) -> Path:
    """Name the file of records in the folder of a snapshot."""
    return folder / "record.parquet"


def open_records(workspace: Workspace, path: Path) -> None:
    """Open a file of records as the view `record`, its rows numbered from 1."""
    workspace.open_parquet(RECORD, path, number=RECORD_NO)


def write_records(
    workspace: Workspace, table: OpenTable, *, target: Path, work: Path, pool: Executor
) -> Records:
    """Write the rows of a file to a Parquet file, and open it as the view `record`.

    A regular CSV file is read by the database and counted here at the same time; where
    the two differ in a row or a byte, or the file is irregular, Python's `csv` reads it.

    Parameters
    ----------
    workspace
        Does the writing.
    table
        The file.
    target
        The Parquet file to write.
    work
        Folder for copies.
    pool
        Counts in the background.

    Returns
    -------
    Records
        What was written, and what was odd.

    Raises
    ------
    InputError
        If there is no row.
    """
    if table.kind == "parquet":
        records = _copy_parquet(workspace, table, target=target)
    elif table.kind == "text":
        records = _copy_csv(workspace, table, target=target, work=work, pool=pool)
    else:
        records = _copy_rows(workspace, table, target=target, work=work)
    if records.n_rows == 0:
        raise InputError(
            f"{table.name} has a header and no rows.",
            allowed="a row for each event",
            todo="look whether the export was cut off or its filter lets nothing through",
        )
    return replace(records, findings=(*table.findings, *records.findings))


def _copy_csv(
    workspace: Workspace, table: OpenTable, *, target: Path, work: Path, pool: Executor
) -> Records:
    is_split = not (table.structure or table.options.quotes)
    if table.layout or (is_split and not is_free_of_marks(table.path)):
        return _copy_rows(workspace, table, target=target, work=work)
    odd = _odd_lines(table)
    counting = pool.submit(_count, table, odd=odd)
    try:
        with workspace.reading(table.name):
            _load(workspace, table, target=target, kept=table.names)
        is_loaded = True
    except InputError:
        is_loaded = False  # the count tells whether the file is irregular
    found = counting.result()
    header = () if table.options.columns else table.columns
    n_rows = found.n_rows - bool(header)
    n_bytes = found.n_bytes - sum(len(column.encode()) for column in header)
    if found.irregular or not (
        is_loaded and _holds(workspace, table.names, n_rows=n_rows, n_bytes=n_bytes)
    ):
        return _copy_rows(workspace, table, target=target, work=work, found=found)
    first = 0 if header else 1
    rows_of = {o.line: r + first for o, r in zip(odd, found.rows_of, strict=True)}
    return Records(
        n_rows=n_rows,
        has_misfits=False,
        findings=text_findings(table.text, rows_of=rows_of),
    )


def _count(table: OpenTable, *, odd: Sequence[OddLine]) -> Structure:
    if table.structure and not odd:
        return table.structure
    return count_structure(
        table.path,
        delimiter=table.delimiter,
        n_columns=len(table.columns),
        offsets=[line.clean_offset for line in odd],
        name=table.name,
    )


def _copy_rows(
    workspace: Workspace,
    table: OpenTable,
    *,
    target: Path,
    work: Path,
    found: Structure | None = None,
) -> Records:
    copy, fit = _write_rows(table, target=work / "regular")
    kept = [*table.names]
    if table.layout and table.layout.has_widths:
        kept.append(PLACES)
    if fit.has_misfits:
        kept.append(BEYOND)
    with workspace.reading(table.name):
        _load(workspace, copy, target=target, kept=kept)
    counted = count_structure(
        copy.path,
        delimiter=copy.delimiter,
        n_columns=len(copy.names),
        offsets=(),
        name=table.name,
    )
    n_bytes = counted.n_bytes - sum(map(len, copy.names[len(table.names) :]))
    if not _holds(workspace, kept, n_rows=fit.n_rows, n_bytes=n_bytes):
        raise GroundswellError(
            f"{table.name}: the database read other rows than were written for it.",
            todo="report this, with the file if it may be shown",
        )
    irregular = fit_findings(fit, irregular=found)
    mended = text_findings(table.text, rows_of=fit.row_of_line)
    return Records(
        n_rows=fit.n_rows, has_misfits=fit.has_misfits, findings=(*mended, *irregular)
    )


def _write_rows(table: OpenTable, *, target: Path) -> tuple[OpenTable, Fit]:
    """Write the rows of a file as a regular one, and say how that is read."""
    lines = frozenset(line.line for line in _odd_lines(table))
    copy = replace(
        table,
        path=target,
        names=(*table.names, BEYOND),
        delimiter=",",
        options=FileOptions(),
    )
    if table.layout is None:
        n_columns = len(table.columns)
        rows = table_rows(table)
        return copy, write_regular(rows, n_columns=n_columns, target=target, lines=lines)
    fit = write_laid_out(
        read_text_rows(table),
        layout=table.layout,
        delimiter=table.delimiter,
        target=target,
        lines=lines,
    )
    names = (*table.names, PLACES, BEYOND)
    return replace(copy, names=names, delimiter=table.delimiter), fit


def table_rows(table: OpenTable) -> Iterator[Row]:
    """Read the rows of a file that is no Parquet, without its header.

    Parameters
    ----------
    table
        The file.

    Yields
    ------
    Row
        One row, blank ones too; what stands before the header is left out with it.
    """
    if table.listing:
        yield from read_document_rows(table.path, listing=table.listing, name=table.name)
        return
    if table.kind == "jsonl":
        yield from read_line_rows(table.path, columns=table.columns)
        return
    if table.kind == "xlsx":
        rows = read_sheet(table.path, sheet=table.options.sheet, name=table.name)
    else:
        rows = read_text_rows(table)
    if not table.options.columns:
        for row in rows:
            if any(cell.strip() for cell in row.cells):
                break
    yield from rows


def _load(
    workspace: Workspace, table: OpenTable, *, target: Path, kept: Sequence[str]
) -> None:
    workspace.open_csv(
        INCOMING,
        table.path,
        columns=table.names,
        delimiter=table.delimiter,
        has_header=not table.options.columns,
    )
    columns = ", ".join(quoted(name) for name in kept)
    workspace.write_parquet(f"SELECT {columns} FROM {INCOMING}", target)
    open_records(workspace, target)


def _holds(
    workspace: Workspace, names: Sequence[str], *, n_rows: int, n_bytes: int
) -> bool:
    """Say whether the records have as many rows and bytes in cells as were counted."""
    length = " + ".join(f"strlen({quoted(name)})" for name in names)
    found = workspace.arrays(
        f"SELECT count(*) AS n_rows, CAST(coalesce(sum({length}), 0) AS BIGINT) "
        f"AS n_bytes FROM {RECORD}"
    )
    return int(found["n_rows"][0]) == n_rows and int(found["n_bytes"][0]) == n_bytes


def _copy_parquet(workspace: Workspace, table: OpenTable, *, target: Path) -> Records:
    cells = ", ".join(
        f"coalesce(CAST({quoted(column)} AS VARCHAR), '') AS {quoted(name)}"
        for column, name in zip(table.columns, table.names, strict=True)
    )
    with workspace.reading(table.name):
        workspace.write_parquet(f"SELECT {cells} FROM {INCOMING}", target)
        open_records(workspace, target)
    return Records(n_rows=workspace.count(RECORD), has_misfits=False, findings=())


def _odd_lines(table: OpenTable) -> list[OddLine]:
    if table.text is None or table.listing:
        return []  # lines of a JSON document tell nothing of its rows
    lines = {o.line: o for o in (*table.text.nul, *table.text.not_utf8)}
    return [lines[number] for number in sorted(lines)]
