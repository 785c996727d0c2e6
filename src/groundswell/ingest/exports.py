"""The records of a snapshot back in a file: every cell as the source gave it."""

# ruff: noqa: S608 (every identifier is quoted, and every value bound)

import csv
import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from groundswell.core.errors import InputError
from groundswell.core.exports import ExportFormat
from groundswell.engine.steps import quoted
from groundswell.engine.workspace import Workspace
from groundswell.ingest.files.layouts import read_places
from groundswell.ingest.files.records import RECORD, open_records, records_path
from groundswell.ingest.files.rows import BEYOND, PLACES
from groundswell.ingest.files.table import RECORD_NO, FileOptions, open_table

_BATCH = 50_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What was written.

    Attributes
    ----------
    n_rows
        Rows, the header not counted.
    columns
        Names of the columns, in order.
    n_beyond
        Rows with cells that no column of the header has room for.
    n_inert
        Cells that a spreadsheet would have computed, and that now begin otherwise.
    """

    n_rows: int
    columns: tuple[str, ...]
    n_beyond: int = 0
    n_inert: int = 0


def write_back(
    workspace: Workspace,
    snapshot_id: str,
    *,
    columns: Sequence[str],
    target: Path,
    file_format: ExportFormat,
) -> Written:
    """Write the records of a snapshot: every cell as the source gave it, in its order.

    CSV has the header of the source, or none where that has none, and each row as many
    cells as it had: where the header is longer, the rest is empty. Parquet and JSON lines
    need names that differ; they are those of the records.

    Parameters
    ----------
    workspace
        Where the snapshot is.
    snapshot_id
        One of its snapshots.
    columns
        Names of the columns as the file wrote them, or as the mapping of a file without
        a header named them.
    target
        Where to write.
    file_format
        How.

    Returns
    -------
    Written
        What was written.
    """
    folder = workspace.snapshot_folder(snapshot_id)
    open_records(workspace, records_path(folder))
    try:
        names = [name for name, _ in workspace.columns(RECORD) if name != RECORD_NO]
        plain = [name for name in names if name not in {BEYOND, PLACES}]
        if file_format == "parquet":
            shown = ", ".join(quoted(name) for name in names)
            workspace.write_parquet(
                f"SELECT {shown} FROM {RECORD} ORDER BY {RECORD_NO}", target
            )
        elif file_format == "csv":
            has_header = PLACES not in names and _has_header(
                workspace, folder, plain=plain
            )
            header = columns if has_header else ()
            write_csv(target, header, rows=map(_as_it_was, _rows(workspace, plain)))
        else:
            rows = _rows(workspace, plain)
            write_lines(target, (_line(plain, row) for row in rows))
        return Written(
            n_rows=workspace.count(RECORD),
            columns=tuple(columns if file_format == "csv" else names),
            n_beyond=_n_beyond(workspace) if BEYOND in names else 0,
        )
    finally:
        workspace.drop(RECORD)


def read_batches(workspace: Workspace, query: str) -> Iterator[dict[str, list[Any]]]:
    """Read a query piece by piece, so that a long one needs no more memory.

    Parameters
    ----------
    workspace
        Where its tables are.
    query
        A `SELECT` with a column `record_no`.

    Yields
    ------
    dict
        Lists by column, in the order of the records.
    """
    found = workspace.arrays(
        f"SELECT coalesce(max({RECORD_NO}), 0) AS last FROM ({query})"
    )
    for start in range(0, int(found["last"][0]), _BATCH):
        batch = workspace.arrays(
            f"SELECT * FROM ({query}) WHERE {RECORD_NO} > $start "
            f"AND {RECORD_NO} <= $start + {_BATCH} ORDER BY {RECORD_NO}",
            start=start,
        )
        yield {name: column.tolist() for name, column in batch.items()}


def write_csv(
    target: Path, header: Sequence[str], *, rows: Iterable[Sequence[str]]
) -> None:
    """Write a CSV file that Python's `csv` reads as what was given.

    Parameters
    ----------
    target
        Where to write.
    header
        Names of the columns; none for a file without a header.
    rows
        Cells.
    """
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)  # its line ends make it quote both kinds within cells
        if header:
            writer.writerow(header)
        writer.writerows(rows)


def write_lines(target: Path, lines: Iterable[str]) -> None:
    """Write lines of text, as UTF-8.

    Parameters
    ----------
    target
        Where to write.
    lines
        Without their ends.
    """
    with target.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(f"{line}\n" for line in lines)


def _has_header(workspace: Workspace, folder: Path, *, plain: Sequence[str]) -> bool:
    """Say whether the raw file has a header: its first row is not its first record."""
    (raw,) = (path for path in (folder / "raw").iterdir() if path.is_file())
    record = next(_rows(workspace, plain), None)
    first_rows = []
    for options in (FileOptions(), FileOptions(quotes=False)):
        # what only its mapping makes a table of has the header that it was read with
        with TemporaryDirectory() as work, suppress(InputError):
            table = open_table(workspace, raw, work=Path(work), options=options)
            first_rows.append(table.columns)
    return record is None or all(
        record.cells[: len(first)] != first for first in first_rows
    )


class _Record(NamedTuple):
    """A row of the view `record`."""

    cells: tuple[str, ...]
    places: str | None
    beyond: str | None


def _rows(workspace: Workspace, plain: Sequence[str]) -> Iterator[_Record]:
    names = {name for name, _ in workspace.columns(RECORD)}
    kept = (
        quoted(name) if name in names else "CAST(NULL AS VARCHAR)"
        for name in (PLACES, BEYOND)
    )
    cells = [quoted(name) for name in plain]
    shown = ", ".join(f"{cell} AS c{i}" for i, cell in enumerate([*cells, *kept]))
    query = f"SELECT {RECORD_NO}, {shown} FROM {RECORD}"
    for batch in read_batches(workspace, query):
        *columns, places, beyond = (batch[f"c{i}"] for i in range(len(plain) + 2))
        rows = zip(zip(*columns, strict=True), places, beyond, strict=True)
        yield from map(_Record._make, rows)


def _as_it_was(record: _Record) -> Sequence[str]:
    """Put the cells of a row in the order in which, and so far as, it had them."""
    beyond: list[str] = json.loads(record.beyond) if record.beyond else []
    if record.places is None:
        return [*record.cells, *beyond]
    # of a row that no layout fits, all cells are beyond
    return [*(record.cells[place] for place in read_places(record.places)), *beyond]


def _line(plain: Sequence[str], record: _Record) -> str:
    line: dict[str, object] = dict(zip(plain, record.cells, strict=True))
    if record.places:
        line[PLACES] = record.places
    if record.beyond:
        line[BEYOND] = json.loads(record.beyond)
    return json.dumps(line, ensure_ascii=False)


def _n_beyond(workspace: Workspace) -> int:
    found = workspace.arrays(
        f"SELECT count(*) AS n FROM {RECORD} WHERE {quoted(BEYOND)} <> ''"
    )
    return int(found["n"][0])
