"""GDELT's reference files: every row and column accounted for."""

from pathlib import Path

import pytest

from groundswell.engine import Workspace
from groundswell.ingest import ingest_file

pytestmark = pytest.mark.reference


def test_rows_of_two_widths_in_one_file(
    workspace: Workspace, reference_data: Path
) -> None:
    path = reference_data / "gdelt" / "reed_events.csv"
    result = ingest_file(workspace, path, select=("*",))
    assert result.snapshot.source.source_id == "gdelt-events"
    assert (result.rows.rows_in, result.rows.counted) == (710, 710)
    assert len(result.columns) == 58
    filled = {use.column: use.n_filled for use in result.columns}
    # 201 rows have 57 cells, without the address of an article
    assert (filled["SQLDATE"], filled["SOURCEURL"]) == (710, 509)
    found = {finding.kind for finding in result.findings}
    assert not found & {"misfit", "unknown-width", "date-unread", "coordinates-unread"}


def test_protest_alone_becomes_reports(
    workspace: Workspace, reference_data: Path
) -> None:
    path = reference_data / "gdelt" / "reed_events.csv"
    n_protests = sum(
        line.split("\t")[28] == "14"
        for line in path.read_text("utf-8").splitlines()
        if line.strip()
    )
    result = ingest_file(workspace, path)
    assert result.rows.counted == n_protests == 8
    assert result.rows.n("not-selected") == 702


def test_the_extract_of_nine_columns(workspace: Workspace, reference_data: Path) -> None:
    path = reference_data / "gdelt" / "protest_events_gdelt_bq.parquet"
    result = ingest_file(workspace, path)
    assert (result.rows.rows_in, result.rows.counted) == (38_655, 38_655)
    unmapped = {use.column for use in result.columns if not use.target}
    assert unmapped == {"Year", "NumMentions", "NumArticles"}
    found = workspace.arrays(
        "SELECT DISTINCT country FROM report WHERE country IS NOT NULL"
    )
    assert found["country"].tolist() == ["USA"]
