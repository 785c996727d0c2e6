"""The records of a snapshot back in a file: every cell as the source gave it."""

# ruff: noqa: S608 (every identifier is quoted, and every value bound)

import csv
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from groundswell.core.errors import InputError
from groundswell.core.exports import ExportFormat
from groundswell.engine.steps import quoted
from groundswell.engine.workspace import Workspace
from groundswell.ingest.records import RECORD, records_path
from groundswell.ingest.rows import BEYOND
from groundswell.ingest.table import RECORD_NO, FileOptions, open_table

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

    CSV has the header of the source, or none where that has none, and a row with more
    cells than the header has them all. Parquet and JSON lines need names that differ;
    they are those of the records.

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
    workspace.open_parquet(RECORD, records_path(folder))
    try:
        names = [name for name, _ in workspace.columns(RECORD) if name != RECORD_NO]
        has_beyond = BEYOND in names
        plain = [name for name in names if name != BEYOND]
        rows = _rows(workspace, plain, has_beyond=has_beyond)
        if file_format == "parquet":
            shown = ", ".join(quoted(name) for name in names)
            workspace.write_parquet(
                f"SELECT {shown} FROM {RECORD} ORDER BY {RECORD_NO}", target
            )
        elif file_format == "csv":
            header = columns if _has_header(workspace, folder, plain=plain) else ()
            write_csv(target, header, rows=(cells + rest for cells, rest in rows))
        else:
            write_lines(target, (_line(plain, row) for row in rows))
        return Written(
            n_rows=workspace.count(RECORD),
            columns=tuple(columns if file_format == "csv" else names),
            n_beyond=_n_beyond(workspace) if has_beyond else 0,
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
    with TemporaryDirectory() as work:
        try:
            first = open_table(
                workspace, raw, work=Path(work), options=FileOptions()
            ).columns
        except InputError:
            return True  # a table that only its mapping could find
    cells, _ = next(_rows(workspace, plain, has_beyond=False), ([], []))
    return tuple(cells[: len(first)]) != first


def _rows(
    workspace: Workspace, names: Sequence[str], *, has_beyond: bool
) -> Iterator[tuple[list[str], list[str]]]:
    """Read the rows of the view `record`: cells, and what is beyond the header."""
    shown = ", ".join(f"{quoted(name)} AS c{i}" for i, name in enumerate(names))
    beyond = quoted(BEYOND) if has_beyond else "''"
    query = f"SELECT {RECORD_NO}, {shown}, {beyond} AS beyond FROM {RECORD}"
    for batch in read_batches(workspace, query):
        cells = zip(*(batch[f"c{i}"] for i in range(len(names))), strict=True)
        for row, rest in zip(cells, batch["beyond"], strict=True):
            yield list(row), json.loads(rest) if rest else []


def _line(names: Sequence[str], row: tuple[list[str], list[str]]) -> str:
    cells, beyond = row
    line: dict[str, object] = dict(zip(names, cells, strict=True))
    if beyond:
        line[BEYOND] = beyond
    return json.dumps(line, ensure_ascii=False)


def _n_beyond(workspace: Workspace) -> int:
    found = workspace.arrays(
        f"SELECT count(*) AS n FROM {RECORD} WHERE {quoted(BEYOND)} <> ''"
    )
    return int(found["n"][0])
