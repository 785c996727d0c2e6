"""The header of a file of any kind, before its rows are read."""

import csv
import io
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from groundswell.core.errors import InputError
from groundswell.core.sources import Finding
from groundswell.engine.tables import Tables
from groundswell.ingest.files.archives import unpack
from groundswell.ingest.files.cleaning import CleanText, clean_text
from groundswell.ingest.files.content import READABLE, Kind
from groundswell.ingest.files.json_cells import read_line_columns
from groundswell.ingest.files.json_document import Listing, find_listing
from groundswell.ingest.files.layouts import (
    Layout,
    count_widths,
    find_layout,
    lacks_header,
)
from groundswell.ingest.files.r_data import write_r_frame
from groundswell.ingest.files.rows import (
    BEYOND,
    ESCAPED,
    PLACES,
    Row,
    read_csv_rows,
    read_split_rows,
)
from groundswell.ingest.files.spreadsheet import check_sheet, read_sheet
from groundswell.ingest.files.stata import write_stata
from groundswell.ingest.files.structure import (
    Structure,
    count_structure,
    is_free_of_marks,
)
from groundswell.ingest.files.typed_columns import Typed

RECORD_NO = "record_no"
INCOMING = "incoming"
MAX_COLUMNS = 2000
_DELIMITERS = ",\t;|"
# what a server says of itself, beside the rows or instead of them
_ANSWER = frozenset(
    {"code", "count", "detail", "error", "errors", "message", "messages", "status"}
    | {"success"}
)
_SHOWN_CHARS = 200
_HEAD_CHARS = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class FileOptions:
    """What a mapping can say about a file; nothing of it has to be said.

    Attributes
    ----------
    delimiter
        Of a CSV file; empty to find it out.
    encoding
        Of a text file; empty to find it out.
    sheet
        Of a spreadsheet, and empty for the first; or of several tables in one file, such
        as members of a ZIP archive, lists in a JSON document or data frames of R.
    columns
        Names of the columns of a file that has no header; empty for one that has.
    layouts
        Names of the columns of the rows of each width, in a file that has no header;
        empty for one whose rows are all alike.
    cells
        Kind of some cells of a file that has no header, by number from 1: a first row
        without them is a header.
    quotes
        Whether quotation marks enclose cells, and are none of their characters.
    """

    delimiter: str = ""
    encoding: str = ""
    sheet: str = ""
    columns: tuple[str, ...] = ()
    layouts: tuple[tuple[str, ...], ...] = ()
    cells: Mapping[int, str] = field(default_factory=dict)
    quotes: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenTable:
    """A file whose header was read, and no more.

    Attributes
    ----------
    path
        Where the table is read from: the file itself or a mended copy.
    name
        What to call the file.
    kind
        How it is read.
    columns
        Names of the columns as the file writes them.
    names
        Names under which the records hold them: none empty, no two alike.
    delimiter
        Of a CSV file.
    text
        What was mended in a text file; `None` for others.
    listing
        Where the objects of a JSON document are; `None` for others.
    layout
        How the rows of a file without a header lie in the columns, where they differ.
    options
        What the mapping said about the file.
    labels
        What the file itself says its codes mean: word by code, by column of the records.
    titles
        What the file itself says its columns hold, by column of the records.
    findings
        What was odd in a file that is not read as it is.
    structure
        Its rows and cells, where they were counted to name the columns.
    """

    path: Path
    name: str
    kind: Kind
    columns: tuple[str, ...]
    names: tuple[str, ...]
    delimiter: str
    text: CleanText | None
    listing: Listing | None
    layout: Layout | None
    options: FileOptions
    labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    structure: Structure | None = None


def open_table(
    tables: Tables, path: Path, *, work: Path, options: FileOptions
) -> OpenTable:
    """Read the header of a file, mending its text where that is needed.

    Parameters
    ----------
    tables
        Reads the header of a Parquet file.
    path
        The file.
    work
        Folder for copies.
    options
        What the mapping says about the file.

    Returns
    -------
    OpenTable
        The file, ready to be read.
    """
    name = path.name
    path, kind, sheet = unpack(path, work=work, sheet=options.sheet, name=name)
    options = replace(options, sheet=sheet)
    if kind == "xlsx":
        check_sheet(path, sheet=options.sheet, name=name)
    text = listing = None
    if kind in ("text", "json", "jsonl"):
        text = clean_text(
            path,
            target=work / "clean",
            name=name,
            encoding=options.encoding,
            end=b"}" if kind == "json" else b"\n",
        )
        path = text.path
    if kind == "json":
        listing = find_listing(path, sheet=options.sheet, name=name)
        kind = "json" if listing else "jsonl"
    typed = Typed()
    if kind in ("stata", "rdata"):
        typed, path = _write_typed(path, kind=kind, work=work, options=options, name=name)
        kind, options = "text", FileOptions(delimiter=",")
    delimiter = options.delimiter
    if kind == "text" and not delimiter:
        delimiter = _find_delimiter(path)
    table = OpenTable(
        path=path,
        name=name,
        kind=kind,
        columns=(),
        names=(),
        delimiter=delimiter,
        text=text,
        listing=listing,
        layout=None,
        options=options,
    )
    header = _header_of(tables, table)
    _check_header(header, table=table)
    names = unique_names(header)
    name_of = dict(zip(header, names, strict=True))
    table = replace(
        table,
        columns=header,
        names=names,
        labels={name_of[column]: words for column, words in typed.labels.items()},
        titles={name_of[column]: title for column, title in typed.titles.items()},
        findings=typed.findings,
    )
    return lay_out(table, options=options)


def _write_typed(
    path: Path, *, kind: Kind, work: Path, options: FileOptions, name: str
) -> tuple[Typed, Path]:
    """Write a file of typed columns as a regular CSV file, and say where."""
    target = work / "typed"
    if kind == "stata":
        typed = write_stata(path, target=target, encoding=options.encoding, name=name)
    else:
        typed = write_r_frame(path, target=target, sheet=options.sheet, name=name)
    return typed, target


def lay_out(table: OpenTable, *, options: FileOptions) -> OpenTable:
    """Name the columns of a file that turns out to have no header.

    Parameters
    ----------
    table
        A file whose first row was taken for its header.
    options
        What the mapping that was found for it says about it.

    Returns
    -------
    OpenTable
        The same, where the mapping has no layouts, or the first row is a header.
    """
    if table.kind != "text" or not lacks_header(
        table.columns, layouts=options.layouts, cells=options.cells
    ):
        return table
    table = replace(table, options=options)
    structure = _count_plain(table)
    if structure:
        widths: Mapping[int, int] | None = {len(table.columns): structure.n_rows}
    else:
        widths = count_widths(table.path, delimiter=table.delimiter)
    is_plain = widths is not None
    if widths is None:
        widths = Counter(len(row.cells) for row in read_text_rows(table))
    layout = find_layout(widths, layouts=options.layouts, name=table.name)
    is_one = not layout.has_widths and (is_plain or options.quotes)
    return replace(
        table,
        columns=layout.columns,
        names=unique_names(layout.columns),
        layout=None if is_one else layout,
        options=replace(options, columns=layout.columns),
        structure=structure,
    )


def _count_plain(table: OpenTable) -> Structure | None:
    """Count a file in which nothing is quoted and all rows are alike; else `None`.

    It takes a third of the time of counting the cells line by line.
    """
    if not is_free_of_marks(table.path):
        return None
    structure = count_structure(
        table.path,
        delimiter=table.delimiter,
        n_columns=len(table.columns),
        offsets=(),
        name=table.name,
    )
    return None if structure.irregular else structure


def read_text_rows(table: OpenTable) -> Iterator[Row]:
    """Read the rows of a text file, the header included."""
    if table.options.quotes:
        return read_csv_rows(table.path, delimiter=table.delimiter, name=table.name)
    return read_split_rows(table.path, delimiter=table.delimiter)


def _header_of(tables: Tables, table: OpenTable) -> tuple[str, ...]:
    path, name, options = table.path, table.name, table.options
    if table.kind == "parquet":
        with tables.reading(name):
            tables.open_parquet(INCOMING, path)
            return tuple(column for column, _ in tables.columns(INCOMING))
    if table.listing:
        return table.listing.columns
    if table.kind == "jsonl":
        return read_line_columns(path, name=name)
    if options.columns:
        return options.columns
    if table.kind == "xlsx":
        return _first_row(read_sheet(path, sheet=options.sheet, name=name))
    return _first_row(read_text_rows(table))


def unique_names(columns: tuple[str, ...]) -> tuple[str, ...]:
    """Name each column so that none is empty and no two are alike, whatever their case.

    Examples
    --------
    >>> unique_names(("Date", "", "date", ""))
    ('Date', 'column 2', 'date (2)', 'column 4')
    """
    taken = {RECORD_NO, BEYOND.casefold(), PLACES.casefold()}
    names: list[str] = []
    for number, column in enumerate(columns, start=1):
        written = column.strip().encode("utf-8", ESCAPED).decode("utf-8")
        base = name = written or f"column {number}"
        copy = 1
        while name.casefold() in taken:
            copy += 1
            name = f"{base} ({copy})"
        taken.add(name.casefold())
        names.append(name)
    return tuple(names)


def _first_row(rows: Iterator[Row]) -> tuple[str, ...]:
    for row in rows:
        if any(cell.strip() for cell in row.cells):
            return tuple(row.cells)
    return ()


def _find_delimiter(path: Path) -> str:
    with path.open(encoding="utf-8", newline="") as file:
        head = file.read(_HEAD_CHARS).lstrip("\r\n")
    return max(_DELIMITERS, key=lambda d: _n_cells(head, delimiter=d))


def _n_cells(head: str, *, delimiter: str) -> int:
    try:
        return len(
            next(csv.reader(io.StringIO(head, newline=""), delimiter=delimiter), [])
        )
    except csv.Error:
        return 0


def _check_header(header: tuple[str, ...], *, table: OpenTable) -> None:
    if table.kind == "jsonl" and {c.casefold() for c in header} <= _ANSWER:
        with table.path.open(encoding="utf-8") as file:
            words = file.read(_SHOWN_CHARS).strip()
        raise InputError(
            f"{table.name} is an answer of a server and no table: {words}",
            allowed=READABLE,
            todo="ask the server again; for ACLED, groundswell doctor acled says why",
        )
    n_named = sum(bool(column.strip()) for column in header)
    if n_named < 2:  # noqa: PLR2004 (a table has at least a date and a place or a claim)
        raise InputError(
            f"{table.name} has no header of several columns: its first row is "
            f"{' '.join(header)[:60]!r}.",
            allowed=READABLE,
            todo='name the delimiter in a mapping, [file] delimiter = ";"'
            if table.delimiter
            else "",
        )
    if len(header) > MAX_COLUMNS:
        raise InputError(
            f"{table.name} has {len(header):,} columns.",
            allowed=f"at most {MAX_COLUMNS:,}",
        )
