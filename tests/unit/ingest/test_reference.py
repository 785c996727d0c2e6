"""Real files of others: what is known of them, and that nothing of them is lost."""

import csv
import io
import re
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from groundswell.core.sources import IngestResult
from groundswell.engine import Workspace
from groundswell.engine.steps import quoted
from groundswell.ingest import draft_mapping, ingest_file
from unit.ingest.kept_rows import open_records

pytestmark = pytest.mark.reference

Reports = Callable[[], list[dict[str, object]]]

# The published wording of the two sides, on the coder's summary, as facts.
_ONE = re.compile(
    r"for Palestinian (?:liberation|rights)|for freedom for Palestine"
    r"|free Palestine(?! from Hamas)|in solidarity with (?:Palestin|Gaza)"
    r"|in remembrance of Palestin|ceasefire in Gaza|against apartheid in Israel"
    r"|(?:for ending|against) Israel's occupation of Palestin|genocide of Palestin"
    r"|against genocide in (?:Gaza|Palestine)",
    re.IGNORECASE,
)
_NOT_ONE = re.compile("in solidarity with Israel", re.IGNORECASE)
_OTHER = re.compile(
    r"against violent attack on Israel|(?:in|for) (?:solidarity with|support of) Israel"
    r"|stand with Israel",
    re.IGNORECASE,
)
_NOT_OTHER = re.compile(
    "for Palestinian liberation|Palestine will be free|free free Palestine", re.IGNORECASE
)


def _counts(result: IngestResult) -> Counter[str]:
    counts: Counter[str] = Counter()
    for finding in result.findings:
        counts[finding.kind] += finding.n
    return counts


def _assert_nothing_is_lost(
    workspace: Workspace, result: IngestResult, path: Path
) -> None:
    """Compare every cell of the records with Python's csv."""
    text = path.read_bytes().decode("utf-8", "groundswell-windows-1252")
    rows = list(csv.reader(io.StringIO(text, newline="")))[1:]
    view = open_records(workspace, result.snapshot.snapshot_id)
    names = [name for name, _ in workspace.columns(view)][1:]
    shown = ", ".join(f"{quoted(name)} AS c{i}" for i, name in enumerate(names))
    found = workspace.arrays(f"SELECT {shown} FROM {view} ORDER BY record_no")  # noqa: S608
    assert [list(row) for row in zip(*found.values(), strict=True)] == rows


@pytest.fixture(name="phase3")
def _phase3(reference_data: Path) -> Path:
    return reference_data / "ccc" / "phase3" / "ccc-phase3-2025-q1.csv"


@pytest.fixture(name="sheets")
def _sheets(reference_data: Path) -> list[Path]:
    return sorted((reference_data / "ccc" / "phase1_monthly").glob("*/*.csv"))


def test_phase_3_is_accounted_for(workspace: Workspace, phase3: Path) -> None:
    result = ingest_file(workspace, phase3)
    snapshot = result.snapshot
    assert snapshot.source.source_id == "ccc-phase3"
    assert (snapshot.taken, snapshot.taken_from) == (date(2025, 3, 6), "manifest")
    assert snapshot.coverage.window.start == date(2025, 1, 1)
    assert snapshot.coverage.window.end == date(2025, 3, 6)
    assert (result.rows.rows_in, result.rows.counted) == (4492, 4492)
    assert len(result.columns) == 71
    counts = _counts(result)
    assert counts["not-utf8"] == 2
    assert counts["after-snapshot"] == 184
    assert counts["exact-copies"] == 4
    assert counts["size-low-above-high"] == 1
    assert counts["admin1-unknown"] == 0
    not_utf8 = next(f for f in result.findings if f.kind == "not-utf8")
    assert [example.partition(":")[0] for example in not_utf8.examples] == [
        "row 1,031 (line 1,032, byte 637,246)",
        "row 3,220 (line 3,221, byte 2,079,292)",
    ]
    unmapped = {use.column for use in result.columns if not use.target}
    assert {"valence", "coder", "conf", "size_mean"} <= unmapped
    _assert_nothing_is_lost(workspace, result, phase3)


def test_phase_3_keeps_its_notes_of_recurrence(
    workspace: Workspace, phase3: Path
) -> None:
    ingest_file(workspace, phase3)
    found = workspace.arrays(
        "SELECT coalesce(claims_summary, '') AS words, recurrence_text IS NULL AS once, "
        "coalesce(size_low, size_high) IS NULL AS is_unsized, "
        "is_after_snapshot FROM report ORDER BY record_no"
    )
    rows = list(zip(found["words"], found["once"], strict=True))
    one = [
        once for words, once in rows if _ONE.search(words) and not _NOT_ONE.search(words)
    ]
    other = [
        once
        for words, once in rows
        if _OTHER.search(words) and not _NOT_OTHER.search(words)
    ]
    assert (len(one), sum(one)) == (1578, 401)
    assert (len(other), sum(other)) == (181, 12)
    early = found["is_after_snapshot"]
    assert int((early & found["is_unsized"]).sum()) == 183
    assert int(found["is_unsized"].sum()) == round(0.69 * 4492) + 8


def test_the_monthly_sheets_of_phase_1(workspace: Workspace, sheets: list[Path]) -> None:
    assert len(sheets) == 21
    n_records = n_blank = n_reports = 0
    counts: Counter[str] = Counter()
    for path in sheets:
        result = ingest_file(workspace, path)
        assert result.snapshot.source.source_id == "ccc-phase1"
        assert result.snapshot.coverage.selection == "all"
        n_records += result.snapshot.n_records
        n_blank += result.rows.n("blank")
        n_reports += result.rows.counted
        counts += _counts(result)
        window = result.snapshot.coverage.window
        assert window.start
        assert window.end
        assert (window.start.year, window.start.month) == (
            window.end.year,
            window.end.month,
        )
        assert window.start.strftime("%Y/%B") == f"{path.parent.name}/{path.stem}"
        _assert_nothing_is_lost(workspace, result, path)
    assert (n_records, n_blank) == (15743, 11)
    assert n_reports == workspace.count("report") == 15730
    assert counts["headings"] == 13
    assert counts["date-out-of-range"] == 3
    assert counts["imprecise-dates"] == 9
    assert counts["size-low-above-high"] == 6
    assert counts["country-unknown"] == 0
    assert counts["admin1-unknown"] == 0


def test_the_quirks_of_phase_1(
    workspace: Workspace, sheets: list[Path], reports: Reports
) -> None:
    for path in sheets:
        ingest_file(workspace, path)
    by_text = {str(row.get("date_text")): row for row in reports()}
    assert "date_start" not in by_text["9/25/2917"]
    assert "date_start" not in by_text["6/12/2108"]
    assert "date_start" not in by_text["0208-10-14"]
    assert by_text["2018-05"]["date_end"] == "2018-05-31"
    assert by_text["Jul-18"]["date_precision"] == "month"
    week = by_text["week of August 20, 2018"]
    assert (week["date_start"], week["date_end"]) == ("2018-08-20", "2018-08-26")
    rows = reports()
    assert any("\\n" in str(row.get("actors")) for row in rows)
    assert not any(str(row.get("admin2")) == "US" for row in rows)
    assert not any(
        row.get("size_text") in {"NA", "na", "n/a", "see above"} for row in rows
    )
    assert all(row.get("country") == "USA" for row in rows)
    assert sum(row.get("is_counter_protest") is True for row in rows) == 72
    sized = [row for row in rows if "size_low" in row and "size_high" in row]
    assert all(int(str(r["size_low"])) <= int(str(r["size_high"])) for r in sized)


def test_a_sample_with_more_columns_is_phase_3_too(
    workspace: Workspace, reference_data: Path
) -> None:
    result = ingest_file(workspace, reference_data / "ccc" / "ccc_sub.csv")
    assert result.snapshot.source.source_id == "ccc-phase3"
    assert (result.rows.counted, len(result.columns)) == (50, 75)
    used = {use.column: use.target for use in result.columns}
    assert used["issues"] == "issues"
    assert used["percentile"] == ""


@pytest.mark.parametrize(
    ("name", "n_rows", "settled"),
    [
        ("count_love/immigration_all_protests.csv", 3243, ""),
        ("blm2020/records.csv", 6354, ""),
        ("scad/SCAD2018LatinAmerica_Final.csv", 5602, ""),
        ("registrations/berlin1.xlsx", 12774, ""),
        ("registrations/bremen.csv", 2696, ""),
        ("registrations/köln.csv", 2106, "dmy"),
        ("gdelt/protest_events_gdelt_bq.parquet", 38655, ""),
        ("sizes/columbia_candidates.xlsx", 34, ""),
    ],
)
def test_tables_of_others_are_read_by_their_drafts(
    workspace: Workspace,
    reference_data: Path,
    tmp_path: Path,
    name: str,
    n_rows: int,
    settled: str,
) -> None:
    path = reference_data / name
    draft = draft_mapping(path).replace('order = ""', f'order = "{settled}"')
    mapping = tmp_path / "mapping.toml"
    mapping.write_text(draft, "utf-8")
    result = ingest_file(workspace, path, mapping=mapping)
    assert result.rows.counted == n_rows
    found = workspace.arrays("SELECT count(date_start) AS n FROM report")
    assert int(found["n"][0]) > 0.9 * n_rows
