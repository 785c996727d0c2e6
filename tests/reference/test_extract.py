"""Parts of the real file: what was filtered out of them contradicts nothing."""

import re
from datetime import date
from pathlib import Path

import pytest

from groundswell import api
from groundswell.core.sources import Snapshot
from groundswell.core.verdicts import Verdict

pytestmark = pytest.mark.reference

TAKEN = date(2025, 3, 6)
SENTENCE = (
    "In January and February 2025, 90 percent of all protests in the United States were "
    "pro-Palestine."
)
TOPIC = re.compile(rb"israel|palestin", re.IGNORECASE)
LOOKS = "it looks like an extract"


@pytest.fixture(name="lines", scope="module")
def _lines(reference_data: Path) -> list[bytes]:
    path = reference_data / "ccc" / "phase3" / "ccc-phase3-2025-q1.csv"
    return path.read_bytes().splitlines(keepends=True)


def checked(
    folder: Path, lines: list[bytes], manifest: str = ""
) -> tuple[Snapshot, Verdict]:
    path = folder / "mine.csv"
    path.write_bytes(b"".join(lines))
    if manifest:
        (folder / "mine.csv.manifest.toml").write_text(manifest, encoding="utf-8")
    records = api.RecordFiles(files=(path,), taken=TAKEN)
    found = api.check_article(
        api.Article.from_sentence(SENTENCE),
        folder / "w",
        against=api.Against(records=records, codebooks=("israel-palestine",)),
    )
    (snapshot,), (verdict,) = found.snapshots, found.verdicts
    assert any(LOOKS in note for note in found.notes) is (
        snapshot.coverage.selection == "unknown"
    )
    measured = api.measure(
        folder / "w", statistic="share", codebook="israel-palestine", code="pro-palestine"
    )
    assert any(LOOKS in note for note in measured.notes) is (
        snapshot.coverage.selection == "unknown"
    )
    return snapshot, verdict


@pytest.mark.parametrize("part", ["first", "topic", "week"])
def test_an_extract_decides_nothing(
    tmp_path: Path, lines: list[bytes], part: str
) -> None:
    header, *rows = lines
    of_topic = [row for row in rows if TOPIC.search(row)]
    assert 0.38 < len(of_topic) / len(rows) < 0.44
    kept = {
        "first": rows[:50],
        "topic": of_topic,
        "week": [row for row in of_topic if b"2025-01-2" in row[:12]],
    }[part]
    snapshot, verdict = checked(tmp_path, [header, *kept])
    assert snapshot.coverage.selection == "unknown"
    assert verdict.kind not in {"contradicted", "reproduced"}
    assert not verdict.is_covered


@pytest.mark.parametrize("part", ["all but one", "january", "four weeks", "declared"])
def test_what_is_whole_or_said_to_be_decides(
    tmp_path: Path, lines: list[bytes], part: str
) -> None:
    header, *rows = lines
    kept = {
        "all but one": rows[:-1],
        "january": [row for row in rows if b"2025-01-" in row[:12]],
        "four weeks": [row for row in rows if b"2025-02-" in row[:12]],
        "declared": rows[:2_000:2],
    }[part]
    manifest = '[coverage]\nselection = "all"\n' if part == "declared" else ""
    snapshot, verdict = checked(tmp_path, [header, *kept], manifest)
    assert snapshot.coverage.selection == "all"
    if part == "all but one":
        assert verdict.kind == "contradicted"
