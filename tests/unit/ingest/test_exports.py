"""A file that was read can be written again, cell by cell."""

import csv
import gzip
import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundswell.core.exports import ExportFormat
from groundswell.core.sources import IngestResult
from groundswell.core.tables import REPORT
from groundswell.engine import Workspace
from groundswell.ingest import ingest_file
from groundswell.ingest.exports import Written, write_back
from groundswell.ingest.shared_reports import left_columns

MAPPING = """
[report]
date = { column = "date", order = "ymd" }
locality = "place"
claims_summary = "what"
"""
GOLDEN = Path(__file__).parents[2] / "golden" / "ingest"
# no control characters, which make a file binary, and no half of a surrogate pair
texts = st.text(
    st.characters(exclude_categories=("Cc", "Cs")) | st.sampled_from('",;\n\r\t =+-@'),
    max_size=8,
)
tables = st.lists(st.lists(texts, min_size=0, max_size=6), min_size=1, max_size=12)


@pytest.fixture(name="folder", scope="module")
def _folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("exports")


@pytest.fixture(name="one_workspace", scope="module")
def _one_workspace(folder: Path) -> Iterator[Workspace]:
    """One for all examples: to make a workspace takes longer than to fill it."""
    (folder / "m.toml").write_text(MAPPING, "utf-8")
    with Workspace.open(folder / "w", create=True) as workspace:
        yield workspace


def exported(
    workspace: Workspace,
    result: IngestResult,
    target: Path,
    *,
    file_format: ExportFormat = "csv",
) -> Written:
    return write_back(
        workspace,
        result.snapshot.snapshot_id,
        columns=[column.column for column in result.columns],
        target=target,
        file_format=file_format,
    )


def read_cells(data: bytes) -> list[list[str]]:
    """Read a table as Python's csv does, leaving out what stands before its header."""
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    while rows and not any(cell.strip() for cell in rows[0]):
        rows.pop(0)
    return rows


def fitted(rows: list[list[str]]) -> list[list[str]]:
    """Fill rows up to the header, and cut cells beyond it that are all blank."""
    n = len(rows[0])
    fit = [row + [""] * (n - len(row)) for row in rows]
    return [row if any(c.strip() for c in row[n:]) else row[:n] for row in fit]


@given(rows=tables, ends=st.sampled_from(["\n", "\r\n"]), quoting=st.sampled_from([0, 1]))
def test_every_cell_of_any_table_comes_back(
    one_workspace: Workspace, folder: Path, rows: list[list[str]], ends: str, quoting: int
) -> None:
    written = io.StringIO(newline="")
    table = [["date", "place", "what", "Date", ""], ["2025-01-06", "Vik", "w"], *rows]
    writer = csv.writer(written, lineterminator=ends, quoting=csv.QUOTE_ALL * quoting)
    writer.writerows([[c.replace("\r", "\n") for c in row] for row in table])
    data = written.getvalue().encode()
    (folder / "in.csv").write_bytes(data)
    result = ingest_file(one_workspace, folder / "in.csv", mapping=folder / "m.toml")
    exported(one_workspace, result, folder / "out.csv")
    assert read_cells((folder / "out.csv").read_bytes()) == fitted(read_cells(data))


@pytest.mark.parametrize(
    "name", ["ccc-phase1.csv", "ccc-phase2.tab", "ccc-phase3.csv", "own.csv"]
)
def test_golden_files_come_back(workspace: Workspace, tmp_path: Path, name: str) -> None:
    mapping = GOLDEN / "own.mapping.toml" if name == "own.csv" else None
    result = ingest_file(workspace, GOLDEN / name, mapping=mapping)
    written = exported(workspace, result, tmp_path / "out.csv")
    assert written.n_rows == result.rows.rows_in
    data = (GOLDEN / name).read_bytes()
    text = data.decode("utf-8", "groundswell-windows-1252").replace("\x00", "")
    delimiter = {"ccc-phase2.tab": "\t", "own.csv": ";"}.get(name, ",")
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    header = next(i for i, row in enumerate(rows) if any(row))
    rows[header][0] = rows[header][0].removeprefix("\ufeff")
    assert read_cells((tmp_path / "out.csv").read_bytes()) == fitted(rows[header:])


def test_a_file_without_a_header_gets_none(workspace: Workspace, tmp_path: Path) -> None:
    mapping = tmp_path / "m.toml"
    columns = '[file]\ncolumns = ["date", "place", "what"]\n'
    mapping.write_text(columns + MAPPING, "utf-8")
    data = b'2025-01-06,Vik,"for a, b"\n2025-01-07,Vik,c\n'
    (tmp_path / "in.csv.gz").write_bytes(gzip.compress(data, mtime=0))
    result = ingest_file(workspace, tmp_path / "in.csv.gz", mapping=mapping)
    written = exported(workspace, result, tmp_path / "out.csv")
    assert read_cells((tmp_path / "out.csv").read_bytes()) == read_cells(data)
    assert written.columns == ("date", "place", "what")


@pytest.mark.parametrize("file_format", ["jsonl", "parquet"])
def test_other_kinds_of_file_hold_the_same_cells(
    workspace: Workspace, tmp_path: Path, file_format: ExportFormat
) -> None:
    mapping = tmp_path / "m.toml"
    mapping.write_text(MAPPING, "utf-8")
    rows = ["date,place,what,What", "2025-01-06,Vik,a,=1", "2025-01-07,Vik,b", ",,,,x"]
    (tmp_path / "in.csv").write_text("\n".join(rows), "utf-8")
    result = ingest_file(workspace, tmp_path / "in.csv", mapping=mapping)
    target = tmp_path / f"out.{file_format}"
    written = exported(workspace, result, target, file_format=file_format)
    names = ["date", "place", "what", "What (2)", "(beyond the header)"]
    assert list(written.columns) == names
    assert (written.n_rows, written.n_beyond) == (3, 1)
    if file_format == "jsonl":
        lines = [json.loads(line) for line in target.read_text("utf-8").splitlines()]
        assert [list(line.values())[:4] for line in lines] == [
            ["2025-01-06", "Vik", "a", "=1"],
            ["2025-01-07", "Vik", "b", ""],
            ["", "", "", ""],
        ]
        assert [line.get(names[4]) for line in lines] == [None, None, ["x"]]
    else:
        workspace.open_parquet("back", target)
        found = workspace.arrays("SELECT * FROM back")
        assert list(found) == names
        assert found["What (2)"].tolist() == ["=1", "", ""]
        assert [json.loads(c) for c in found[names[4]] if c] == [["x"]]


def test_no_column_leaves_that_was_not_thought_of() -> None:
    left = {column.column for column in left_columns()}
    free = {column.name for column in REPORT.columns if "VARCHAR" in column.sql_type}
    assert free - left == {
        *("report_id", "source_id", "snapshot_id", "source_event_id", "date_precision"),
        *("country", "admin1", "admin2", "locality", "place_precision", "size_rule"),
        *("macro_event", "tactics", "issues"),
    }
