"""A digest of reports changes with any value, and with nothing else."""

from pathlib import Path

import pytest

from groundswell.core.tables import REPORT
from groundswell.engine import Step, Workspace
from groundswell.ingest import ingest_file
from groundswell.ingest.integrity import changed_parts, digest_rows
from groundswell.ingest.snapshots import read_kept

_OTHER = {
    "VARCHAR": "concat({0}, 'x')",
    "BIGINT": "coalesce({0}, 0) + 1",
    "DOUBLE": "coalesce({0}, 0) + 0.25",
    "DATE": "coalesce({0} + 1, DATE '2025-01-01')",
    "BOOLEAN": "NOT coalesce({0}, false)",
    "VARCHAR[]": "list_append({0}, '')",
    "STRUCT(name VARCHAR, role VARCHAR)[]": (
        "list_append({0}, {{'name': NULL, 'role': 'x'}})"
    ),
}


@pytest.fixture(name="snapshot_id")
def _snapshot_id(workspace: Workspace, golden: Path) -> str:
    return ingest_file(workspace, golden / "ccc-phase3.csv").snapshot.snapshot_id


def _change(workspace: Workspace, columns: str, *, order: str = "record_no") -> None:
    sql = f"SELECT * {columns} FROM report ORDER BY {order}"  # noqa: S608
    workspace.create(Step(name="change", inputs=("report",), output="report", sql=sql))


def _one(column: str, sql: str) -> str:
    changed = f"CASE WHEN record_no = 2 THEN {sql} ELSE {column} END"
    return f"REPLACE ({changed} AS {column})"


@pytest.mark.parametrize(
    "column", [c for c in REPORT.columns if c.name != "snapshot_id"], ids=lambda c: c.name
)
def test_any_value_of_any_column_counts(
    workspace: Workspace, snapshot_id: str, column: object
) -> None:
    before = digest_rows(workspace, snapshot_id=snapshot_id)
    name, kind = getattr(column, "name", ""), getattr(column, "sql_type", "")
    _change(workspace, _one(name, _OTHER[kind].format(name)))
    assert digest_rows(workspace, snapshot_id=snapshot_id) != before


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("title", "NULL"), ("title", "''")),
        (("tactics", "['a', 'b']"), ("tactics", "['ab']")),
        (("tactics", "['a', NULL]"), ("tactics", "['a', '']")),
        (("tactics", "['a']"), ("tactics", "['a', '']")),
        (
            ("actors", "[{'name': 'ab', 'role': NULL}]"),
            ("actors", "[{'name': 'a', 'role': 'b'}]"),
        ),
        (
            ("actors", "[{'name': NULL, 'role': 'ab'}]"),
            ("actors", "[{'name': 'ab', 'role': NULL}]"),
        ),
    ],
)
def test_what_is_written_alike_is_told_apart(
    workspace: Workspace, snapshot_id: str, one: tuple[str, str], other: tuple[str, str]
) -> None:
    found = []
    for column, sql in (one, other):
        _change(workspace, _one(column, sql))
        found.append(digest_rows(workspace, snapshot_id=snapshot_id))
    assert found[0] != found[1]


def test_words_that_move_to_the_next_column_are_seen(
    workspace: Workspace, snapshot_id: str
) -> None:
    found = []
    for title, claims in (("ab", "c"), ("a", "bc")):
        _change(workspace, f"REPLACE ('{title}' AS title, '{claims}' AS claims_summary)")
        found.append(digest_rows(workspace, snapshot_id=snapshot_id))
    assert found[0] != found[1]


def test_how_reports_are_stored_does_not_count(
    workspace: Workspace, snapshot_id: str
) -> None:
    before = digest_rows(workspace, snapshot_id=snapshot_id)
    _change(workspace, "", order="record_no DESC")
    assert digest_rows(workspace, snapshot_id=snapshot_id) == before


def test_each_part_of_a_snapshot_is_named(
    workspace: Workspace, snapshot_id: str, golden: Path
) -> None:
    kept = read_kept(workspace, snapshot_id)
    sha256 = kept.result.snapshot.sha256

    def changed() -> tuple[str, ...]:
        return changed_parts(workspace, snapshot_id, sha256=sha256, kept=kept.digests)

    ingest_file(workspace, golden / "ccc-phase1.csv")
    assert changed() == ()
    _change(workspace, _one("title", "'forged'"))
    (reports,) = changed()
    assert reports == f"The rows of {snapshot_id} were changed after it was taken."
    folder = workspace.snapshot_folder(snapshot_id)
    (folder / "record.parquet").unlink()
    (folder / "raw" / "ccc-phase3.csv").rename(folder / "ccc-phase3.csv")
    raw, records, reports = changed()
    assert "raw file" in raw
    assert "record.parquet" in records
    assert snapshot_id in raw
    assert snapshot_id in records
    assert "rows" in reports
