"""The made-up files in `tests/golden/ingest` become exactly these reports."""

import gzip
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from groundswell.core.errors import UsageError
from groundswell.core.ledger import Ledger
from groundswell.core.sources import IngestResult
from groundswell.engine import Workspace
from groundswell.ingest import ingest_file, source_of
from groundswell.ingest.files.rows import BEYOND, PLACES
from groundswell.ingest.ingest import Progress
from groundswell.ingest.snapshots import read_kept, read_snapshots
from unit.ingest.kept_rows import open_records

TAKEN = date(2025, 3, 6)
Reports = Callable[[], list[dict[str, object]]]
GOLDEN = Path(__file__).parents[2] / "golden" / "ingest"
# every made-up file beside which the reports stand that it gives
FILES = tuple(
    path.name
    for path in sorted(GOLDEN.iterdir())
    if path.suffix != ".toml"
    and (expected := GOLDEN / f"{path.name.partition('.')[0]}.expected.json").is_file()
    and path != expected
    and "reports" in json.loads(expected.read_text("utf-8"))
)


def _ingest(
    workspace: Workspace, path: Path, *, progress: Progress | None = None
) -> IngestResult:
    """Ingest a made-up file with what it needs."""
    is_own = path.name.startswith("own")
    return ingest_file(
        workspace,
        path,
        mapping=path.with_name("own.mapping.toml") if is_own else None,
        taken=TAKEN if path.name == "ccc-phase3.csv" else None,
        progress=progress,
    )


def _findings(result: IngestResult) -> dict[str, int]:
    counts: dict[str, int] = {}
    for finding in result.findings:
        counts[finding.kind] = counts.get(finding.kind, 0) + finding.n
    return counts


def _rows(ledger: Ledger) -> dict[str, int]:
    return {line.reason: line.n for line in ledger.lines}


@pytest.mark.parametrize("name", FILES)
def test_golden_files_give_their_reports(
    workspace: Workspace, golden: Path, reports: Reports, name: str
) -> None:
    expected = json.loads(
        (golden / f"{name.partition('.')[0]}.expected.json").read_text("utf-8")
    )
    result = _ingest(workspace, golden / name)
    assert reports() == expected["reports"]
    assert _rows(result.rows) == expected["rows"]
    assert _findings(result) == expected["findings"]
    ids = workspace.arrays("SELECT report_id, snapshot_id, record_no FROM report")
    for report_id, snapshot_id, number in zip(*ids.values(), strict=True):
        assert report_id == f"{snapshot_id}:{number}"
        assert snapshot_id == result.snapshot.snapshot_id


@pytest.mark.parametrize("name", FILES)
def test_every_row_and_column_is_accounted_for(
    workspace: Workspace, golden: Path, name: str
) -> None:
    result = _ingest(workspace, golden / name)
    view = open_records(workspace, result.snapshot.snapshot_id)
    n_rows = workspace.count(view)
    assert result.rows.rows_in == n_rows
    assert result.snapshot.n_records == n_rows - result.rows.n("blank")
    assert result.rows.counted == workspace.count("report")
    kept = [column for column, _ in workspace.columns(view)]
    names = [column for column in kept if column not in (BEYOND, PLACES)]
    assert names[0] == "record_no"
    assert len(result.columns) == len(names) - 1
    for use, column in zip(result.columns, names[1:], strict=True):
        assert use.column.strip() in ("", column)
        assert 0 <= use.n_filled <= n_rows
    used = {target for use in result.columns for target in use.target.split(", ")}
    assert "date_start" in used


def test_the_snapshot_holds_the_file_as_it_was(
    workspace: Workspace, golden: Path
) -> None:
    path = golden / "ccc-phase3.csv"
    snapshot = _ingest(workspace, path).snapshot
    folder = workspace.snapshot_folder(snapshot.snapshot_id)
    assert sorted(p.name for p in folder.iterdir()) == [
        "ingest.json",
        "manifest.json",
        "raw",
        "record.parquet",
    ]
    assert (folder / "raw" / path.name).read_bytes() == path.read_bytes()
    assert snapshot.n_bytes == path.stat().st_size
    assert snapshot.source.source_id == "ccc-phase3"
    assert (snapshot.taken, snapshot.taken_from) == (TAKEN, "option")
    assert snapshot.coverage.window.end == date(2025, 1, 7)
    assert list((workspace.folder / "partial").iterdir()) == []


def test_the_same_file_is_read_once(
    workspace: Workspace, golden: Path, reports: Reports
) -> None:
    path = golden / "ccc-phase3.csv"
    first = _ingest(workspace, path)
    before = reports()
    again = _ingest(workspace, path)
    assert first.is_new
    assert not again.is_new
    assert (again.snapshot, again.rows) == (first.snapshot, first.rows)
    assert (again.columns, again.findings) == (first.columns, first.findings)
    assert reports() == before
    with pytest.raises(UsageError, match="already"):
        ingest_file(workspace, path, taken=date(2025, 3, 7))
    assert read_snapshots(workspace) == (first.snapshot,)


def test_results_come_back_from_their_files(workspace: Workspace, golden: Path) -> None:
    for name in FILES:
        result = _ingest(workspace, golden / name)
        kept = read_kept(workspace, result.snapshot.snapshot_id).result
        assert (kept.snapshot, kept.rows) == (result.snapshot, result.rows)
        assert (kept.columns, kept.findings) == (result.columns, result.findings)
    ids = [snapshot.snapshot_id for snapshot in read_snapshots(workspace)]
    assert ids == list(workspace.snapshot_ids())
    (one,) = read_snapshots(workspace, [ids[2]])
    assert one.snapshot_id == ids[2]


def test_files_of_several_sources_lie_side_by_side(
    workspace: Workspace, golden: Path, reports: Reports
) -> None:
    results = [_ingest(workspace, golden / name) for name in FILES]
    n_reports = {result.snapshot.snapshot_id: result.rows.counted for result in results}
    found = workspace.arrays(
        "SELECT snapshot_id, count(*) AS n FROM report GROUP BY snapshot_id"
    )
    assert dict(zip(*found.values(), strict=True)) == n_reports
    sources = {row["source_id"] for row in reports()}
    assert sources == {result.snapshot.source.source_id for result in results}
    assert sources >= {"assemblies", "ccc-phase1", "ccc-phase2", "ccc-phase3", "acled"}


def test_packed_and_spreadsheet_files_give_the_same_reports(
    workspace: Workspace, golden: Path, tmp_path: Path, reports: Reports
) -> None:
    expected = json.loads((golden / "ccc-phase2.expected.json").read_text("utf-8"))
    data = (golden / "ccc-phase2.tab").read_bytes()
    packed = tmp_path / "x.tab.gz"
    packed.write_bytes(gzip.compress(data))
    _ingest(workspace, packed)
    assert reports() == expected["reports"]
    as_utf16 = tmp_path / "x.tab"
    as_utf16.write_bytes(data.decode().encode("utf-16"))
    _ingest(workspace, as_utf16)
    assert reports()[1::2] == reports()[::2]


def test_a_compiled_file_of_phase_1_is_told_by_its_days(
    workspace: Workspace, golden: Path, tmp_path: Path
) -> None:
    text = (golden / "ccc-phase2.tab").read_text("utf-8").replace("2022-", "2019-")
    path = tmp_path / "compiled.tab"
    path.write_text(text, "utf-8")
    snapshot = _ingest(workspace, path).snapshot
    assert snapshot.source.source_id == "ccc-phase1"
    assert snapshot.snapshot_id.startswith("ccc-phase1-")
    assert not _ingest(workspace, path).is_new


def test_without_a_day_of_taking_nothing_is_called_early(
    workspace: Workspace, golden: Path, reports: Reports
) -> None:
    result = ingest_file(workspace, golden / "ccc-phase3.csv")
    assert (result.snapshot.taken, result.snapshot.taken_from) == (None, "unknown")
    assert _findings(result)["snapshot-day-unknown"] == 1
    assert "after-snapshot" not in _findings(result)
    assert all("is_after_snapshot" not in row for row in reports())


@pytest.mark.parametrize("name", ["ccc-phase1.csv", "ccc-phase3.csv"])
def test_without_a_day_of_taking_no_day_is_covered(
    workspace: Workspace, golden: Path, tmp_path: Path, name: str
) -> None:
    whole = tmp_path / "whole.toml"
    whole.write_text('[coverage]\nselection = "all"\n', "utf-8")
    result = ingest_file(workspace, golden / name, manifest=whole)
    coverage = result.snapshot.coverage
    assert coverage.places == ()
    assert coverage.note.startswith("Nobody says when the file was taken")
    assert "--taken YYYY-MM-DD" in coverage.note
    assert coverage.note.endswith(result.snapshot.source.coverage.note)
    (finding,) = [f for f in result.findings if f.kind == "snapshot-day-unknown"]
    assert "--taken YYYY-MM-DD" in finding.label
    # what is missing is the day, and not a manifest
    assert "coverage-unknown" not in _findings(result)


@pytest.mark.parametrize(
    ("manifest", "selection"),
    [
        ("", "unknown"),
        ("[coverage]\nend = 2025-01-31\n", "unknown"),
        ('[coverage]\nselection = "all"\n', "all"),
        ('[coverage]\nselection = "one-topic"\n', "one-topic"),
        ('[coverage]\nplaces = ["Ohio"]\n', "all"),
    ],
)
def test_a_few_rows_of_a_known_source_look_like_an_extract(
    workspace: Workspace, golden: Path, tmp_path: Path, manifest: str, selection: str
) -> None:
    path = tmp_path / "mine.csv"
    shutil.copy(golden / "ccc-phase3.csv", path)
    said = tmp_path / "said.toml"
    said.write_text(manifest, "utf-8")
    result = ingest_file(workspace, path, manifest=said, taken=TAKEN)
    coverage = result.snapshot.coverage
    assert coverage.selection == selection
    found = [f for f in result.findings if f.kind == "extract"]
    assert bool(found) is (selection == "unknown")
    words = "mine.csv has 6 rows for 4 days, where the source usually has about 66 a day"
    assert coverage.note.startswith(words) is bool(found)
    for finding in found:
        assert finding.label.startswith("the file has 6 rows for 4 days")
        assert finding.label.endswith('say so in a manifest: selection = "all"')


def test_a_release_that_is_known_by_its_hash_is_whole(
    workspace: Workspace, golden: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(source_of, "known_snapshot", lambda _: TAKEN)
    result = ingest_file(workspace, golden / "ccc-phase3.csv")
    assert result.snapshot.taken == TAKEN
    assert result.snapshot.coverage.selection == "all"
    assert "extract" not in _findings(result)


def test_a_manifest_beside_the_file_is_found(
    workspace: Workspace, golden: Path, tmp_path: Path
) -> None:
    path = tmp_path / "mine.csv"
    shutil.copy(golden / "ccc-phase3.csv", path)
    beside = tmp_path / "mine.csv.manifest.toml"
    beside.write_text('taken = 2025-01-06\n[coverage]\nplaces = ["Ohio"]\n', "utf-8")
    snapshot = ingest_file(workspace, path).snapshot
    assert (snapshot.taken, snapshot.taken_from) == (date(2025, 1, 6), "manifest")
    assert snapshot.coverage.window.end == date(2025, 1, 6)
    assert [place.path for place in snapshot.coverage.places] == [("USA", "OH")]
    assert snapshot.source.source_id == "ccc-phase3"


def test_progress_is_told_in_order(workspace: Workspace, golden: Path) -> None:
    told: list[tuple[str, int, int]] = []
    _ingest(
        workspace,
        golden / "ccc-phase3.csv",
        progress=lambda stage, done, total: told.append((stage, done, total)),
    )
    assert [done for _, done, _ in told] == [0, 1, 2, 3, 4]
    assert {total for _, _, total in told} == {4}
    assert all(stage for stage, _, _ in told)


_INTERRUPTED = """
import os, sys
from pathlib import Path
from groundswell.engine import Workspace
from groundswell.ingest import ingest_file
from groundswell.ingest.ingest import Progress

folder, path, stage = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
rename = Path.rename

def die_after(self, target):
    rename(self, target)
    if target.parent.name == "snapshots":
        os._exit(9)

def tell(name, done, total):
    if stage == str(done):
        os._exit(9)

if stage == "rename":
    Path.rename = die_after
with Workspace.open(folder, create=True) as workspace:
    ingest_file(workspace, path, progress=tell)
"""


@pytest.mark.parametrize("stage", ["1", "2", "3", "rename", "4"])
def test_a_killed_ingest_leaves_what_was_there_before(
    tmp_path: Path, golden: Path, stage: str
) -> None:
    folder = tmp_path / "w"
    with Workspace.open(folder, create=True) as workspace:
        _ingest(workspace, golden / "ccc-phase1.csv")
        n_before, ids = workspace.count("report"), workspace.snapshot_ids()
    script = [sys.executable, "-c", _INTERRUPTED, str(folder)]
    run = subprocess.run(  # noqa: S603 (our own interpreter and script)
        [*script, str(golden / "ccc-phase3.csv"), stage], check=False
    )
    assert run.returncode == 9
    is_done = stage == "4"
    with Workspace.open(folder, create=False) as workspace:
        assert workspace.count("report") == n_before + (7 if is_done else 0)
        assert len(workspace.snapshot_ids()) == len(ids) + is_done
        assert list((folder / "partial").iterdir()) == []
        result = ingest_file(workspace, golden / "ccc-phase3.csv")
        assert result.is_new is (not is_done)
        assert workspace.count("report") == n_before + 7
