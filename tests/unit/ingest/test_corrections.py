from collections.abc import Callable
from pathlib import Path

import pytest

from groundswell.core.errors import DefinitionError
from groundswell.engine import Workspace
from groundswell.ingest import ingest_file
from unit.ingest.kept_rows import open_records

Reports = Callable[[], list[dict[str, object]]]
Writer = Callable[[str, str | bytes], Path]
_WHO = 'reason = "mistyped"\nauthor = "A. Nyone"\ndate = 2025-05-01\n'
_YEAR = f"""
[[correction]]
row = 7
column = "Date"
expect = "6/12/2108"
value = "6/12/2018"
{_WHO}
"""
_SIZE = f"""
[[correction]]
match = {{ CityTown = "Hill Town", Date = "6/4/2018" }}
column = "EstimateHigh"
expect = "1000"
value = "10000"
{_WHO}
"""


def test_corrections_reach_the_reports_and_not_the_records(
    workspace: Workspace, golden: Path, write: Writer, reports: Reports
) -> None:
    path = golden / "ccc-phase1.csv"
    corrections = write("fix.toml", _YEAR + _SIZE)
    result = ingest_file(workspace, path, corrections=corrections)
    by_row = {row["record_no"]: row for row in reports()}
    assert by_row[7]["date_start"] == "2018-06-12"
    assert by_row[7]["date_text"] == "6/12/2018"
    assert (by_row[3]["size_low"], by_row[3]["size_high"]) == (10000, 10000)
    assert by_row[8]["date_precision"] == "unknown"
    view = open_records(workspace, result.snapshot.snapshot_id)
    raw = workspace.arrays(
        f'SELECT "Date" AS day FROM {view} WHERE record_no = 7'  # noqa: S608
    )
    assert list(raw["day"]) == ["6/12/2108"]
    (finding,) = [f for f in result.findings if f.kind == "corrected"]
    assert finding.n == 2
    assert finding.examples[0] == (
        "row 7, Date: '6/12/2108' is '6/12/2018', since mistyped (A. Nyone, 2025-05-01)"
    )


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (_YEAR.replace('"6/12/2108"', '"6/12/2018"'), "now holds '6/12/2108'"),
        (_YEAR.replace("row = 7", "row = 700"), "fits 0 rows"),
        (_YEAR.replace("row = 7", 'match = { CityTown = "Port" }'), "fits 4 rows"),
        (_YEAR.replace("row = 7", 'match = { Town = "Port" }'), "no column 'Town'"),
        (_YEAR.replace('"Date"', '"Day"'), "no column 'Day'"),
        (_YEAR.replace("row = 7\n", ""), "either a row number"),
        (_YEAR + 'match = { CityTown = "Port" }', "either a row number"),
        (_YEAR.replace("row = 7", "row = -7"), "no row number"),
        (_YEAR.replace('expect = "6/12/2108"\n', ""), "expect"),
        (_YEAR.replace("value", "valeu"), "valeu"),
        (_YEAR.replace('reason = "mistyped"\n', ""), "reason"),
        (_YEAR.replace("2025-05-01", '"today"'), "date"),
        ("[corrections]", "corrections"),
    ],
)
def test_a_correction_that_does_not_fit_stops_everything(
    workspace: Workspace, golden: Path, write: Writer, text: str, words: str
) -> None:
    with pytest.raises(DefinitionError, match=words) as caught:
        ingest_file(
            workspace,
            golden / "ccc-phase1.csv",
            corrections=write("fix.toml", text),
        )
    assert "fix.toml" in caught.value.what
    assert workspace.snapshot_ids() == ()
    assert list((workspace.folder / "partial").iterdir()) == []


def test_missing_corrections_are_named(
    workspace: Workspace, golden: Path, tmp_path: Path
) -> None:
    with pytest.raises(DefinitionError, match="cannot be read"):
        ingest_file(
            workspace, golden / "ccc-phase1.csv", corrections=tmp_path / "none.toml"
        )
