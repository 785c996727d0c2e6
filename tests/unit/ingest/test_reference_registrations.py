"""The registrations of three German cities: every row and column accounted for."""

from pathlib import Path

import pytest

from groundswell.engine import Workspace
from groundswell.ingest import ingest_file

pytestmark = pytest.mark.reference


@pytest.mark.parametrize(
    ("name", "city", "n_rows", "n_reports", "unmapped", "findings"),
    [
        ("berlin1.xlsx", "berlin", 12_774, 12_774, set(), {"exact-copies": 169}),
        ("bremen.csv", "bremen", 2_696, 2_696, set(), {"exact-copies": 12}),
        (
            *("köln.csv", "koeln", 2_110, 2_106, {"sheet_name"}),
            {"exact-copies": 10, "date-unread": 151, "headings": 4},
        ),
    ],
)
def test_registrations(
    workspace: Workspace,
    reference_data: Path,
    name: str,
    city: str,
    n_rows: int,
    n_reports: int,
    unmapped: set[str],
    findings: dict[str, int],
) -> None:
    result = ingest_file(workspace, reference_data / "registrations" / name)
    assert result.snapshot.source.source_id == f"assembly-registrations-{city}"
    assert (result.rows.rows_in, result.rows.counted) == (n_rows, n_reports)
    assert {use.column for use in result.columns if not use.target} == unmapped
    about_the_file = {"snapshot-day-unknown", "coverage-unknown", "days-without-a-row"}
    found = {f.kind: f.n for f in result.findings if f.kind not in about_the_file}
    assert found == findings


def test_who_came_is_told_apart_from_who_was_announced(
    workspace: Workspace, reference_data: Path
) -> None:
    ingest_file(workspace, reference_data / "registrations" / "berlin1.xlsx")
    found = workspace.arrays(
        "SELECT size_low AS came, registered_low AS announced FROM report "
        "WHERE size_low = size_high AND registered_low = registered_high "
        "AND registered_low > 0 ORDER BY record_no"
    )
    ratios = sorted(found["came"] / found["announced"])
    # published with the data: 10,674 rows, half of them with at most half of the people
    assert len(ratios) == 10_674
    assert round(ratios[len(ratios) // 2], 2) == 0.5
