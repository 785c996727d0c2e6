"""Corrections of known errors of a source, each with a reason and a guard."""

# ruff: noqa: S608 (every identifier is quoted, every value bound)

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from groundswell.core.errors import DefinitionError
from groundswell.core.hashes import sha256_bytes
from groundswell.core.sources import Finding
from groundswell.core.toml_tables import TomlTable, parse_toml
from groundswell.engine.steps import quoted
from groundswell.engine.workspace import Workspace
from groundswell.ingest.cells import CORRECTION
from groundswell.ingest.files.records import RECORD
from groundswell.ingest.files.table import RECORD_NO, OpenTable
from groundswell.ingest.mapping import find_columns
from groundswell.sources.manifest import decode_toml

_KEYS = ("row", "match", "column", "expect", "value", "reason", "author", "date")
_SHOWN = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """One cell that a source has wrong.

    Attributes
    ----------
    row
        Number of the record; 0 where `match` finds it.
    match
        Cells of the record, by column, exactly as the file has them.
    column, expect, value
        The column, what it holds, and what it should hold.
    reason, author, day
        Why, who says so, and since when.
    table
        Where it stands, for errors.
    """

    row: int
    match: Mapping[str, str]
    column: str
    expect: str
    value: str
    reason: str
    author: str
    day: date
    table: TomlTable


def read_corrections(path: Path) -> tuple[tuple[Correction, ...], str]:
    """Read a file of corrections.

    Parameters
    ----------
    path
        TOML with a table `[[correction]]` for each.

    Returns
    -------
    tuple
        The corrections, and the SHA-256 of the file.

    Raises
    ------
    DefinitionError
        If the file cannot be read or is not in order.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise DefinitionError(
            f"{path} cannot be read: {error.strerror}.", allowed="corrections in TOML"
        ) from error
    root = parse_toml(decode_toml(data, name=path.name), name=path.name)
    root.refuse_unknown(("correction",))
    return tuple(_correction(one) for one in root.tables("correction")), sha256_bytes(
        data
    )


def apply_corrections(
    workspace: Workspace, table: OpenTable, *, corrections: tuple[Correction, ...]
) -> tuple[tuple[str, ...], tuple[Finding, ...]]:
    """Make the table `correction`; the records themselves stay as they are.

    Parameters
    ----------
    workspace
        Where the records are.
    table
        The file.
    corrections
        What to correct.

    Returns
    -------
    tuple
        The columns of the records that are corrected, and what to report.
    """
    if not corrections:
        return (), ()
    rows: dict[tuple[int, str], str] = {}
    examples: list[str] = []
    for one in corrections:
        name = _column(table, one.column, correction=one)
        number = _find(workspace, table, correction=one, name=name)
        rows[number, name] = one.value
        examples.append(
            f"row {number:,}, {one.column}: {one.expect!r} is {one.value!r}, since "
            f"{one.reason} ({one.author}, {one.day})"
        )
    workspace.put(
        CORRECTION,
        {
            RECORD_NO: [number for number, _ in rows],
            "column_name": [name for _, name in rows],
            "value": list(rows.values()),
        },
    )
    finding = Finding(
        kind="corrected",
        label="cells were corrected for the reports; the records keep what the file has",
        n=len(rows),
        examples=tuple(examples[:_SHOWN]),
    )
    return tuple(sorted({name for _, name in rows})), (finding,)


def _correction(table: TomlTable) -> Correction:
    table.refuse_unknown(_KEYS)
    row = table.data.get("row", 0)
    if not isinstance(row, int) or isinstance(row, bool) or row < 0:
        raise table.error("row", f"{row!r} is no row number.", allowed="1, 2, 3 ...")
    match = dict(table.text_pairs("match"))
    if bool(row) == bool(match):
        raise table.error(
            "",
            "it needs either a row number or cells to match.",
            todo='add row = 17, or match = { date = "2018-05-01", locality = "Ohio" }',
        )
    return Correction(
        row=row,
        match=match,
        column=table.text("column"),
        expect=_cell(table, "expect"),
        value=_cell(table, "value"),
        reason=table.text("reason"),
        author=table.text("author"),
        day=table.day("date"),
        table=table,
    )


def _cell(table: TomlTable, key: str) -> str:
    """Read the text of a cell, which may be empty."""
    value = table.data.get(key)
    if not isinstance(value, str):
        raise table.error(key, "it has to be a text, perhaps an empty one.")
    return value


def _column(table: OpenTable, column: str, *, correction: Correction) -> str:
    found = find_columns(table, column)
    if not found:
        raise correction.table.error(
            "column",
            f"{table.name} has no column {column!r}.",
            allowed=", ".join(table.names),
        )
    return found[0]


def _find(
    workspace: Workspace, table: OpenTable, *, correction: Correction, name: str
) -> int:
    """Find the one record to correct, and see that it holds what is expected."""
    if correction.row:
        where, values = f"{RECORD_NO} = $v0", {"v0": str(correction.row)}
    else:
        columns = [_column(table, c, correction=correction) for c in correction.match]
        where = " AND ".join(f"{quoted(c)} = $v{i}" for i, c in enumerate(columns))
        values = {f"v{i}": cell for i, cell in enumerate(correction.match.values())}
    found = workspace.arrays(
        f"SELECT {RECORD_NO}, {quoted(name)} AS value FROM {RECORD} WHERE {where} "
        f"ORDER BY {RECORD_NO}",
        **values,
    )
    n_rows = len(found["value"])
    if n_rows != 1:
        raise correction.table.error(
            "",
            f"it fits {n_rows} rows of {table.name}.",
            allowed="exactly one row",
            todo="match more columns, or remove it if the source has changed",
        )
    if found["value"][0] != correction.expect:
        raise correction.table.error(
            "expect",
            f"row {int(found[RECORD_NO][0]):,} of {table.name} now holds "
            f"{found['value'][0]!r} under {correction.column}.",
            allowed=f"{correction.expect!r}, as the correction expects",
            todo="the source may have mended it: look, and remove the correction",
        )
    return int(found[RECORD_NO][0])
