"""Files that were damaged at random: an error that changes nothing, or a sound ledger."""

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from groundswell.core.errors import InputError, UsageError
from groundswell.engine import Workspace
from groundswell.ingest import draft_mapping, ingest_file
from groundswell.ingest.snapshots import read_kept
from unit.ingest.kept_rows import open_records

# ruff: noqa: S311 (the same damage on every run, not secrets)

N_MUTATIONS = 200
N_PARTS = 4  # so that workers share the time
_COLUMNS = (
    *("Datum", "Ende", "Land", "Bundesland", "Ort", "Thema", "Teilnehmer", "Art"),
    *("Quelle", "Uhrzeit"),
)
_READERS = (
    *("ccc-phase1.csv", "ccc-phase2.tab", "ccc-phase3.csv", "own.csv"),
    *("own.jsonl", "own.parquet"),
    *("scad.csv", "mass-mobilization.csv", "ucdp-ged.csv", "count-love.csv"),
)
_INSERTED = (b'"', b"\0", b"\r", b"\n", b",", b";", b"\t", b"\xff", b"\xe2\x80", b"{")


def _flip(data: bytes, rng: random.Random) -> bytes:
    at = rng.randrange(len(data))
    return data[:at] + bytes([data[at] ^ (1 << rng.randrange(8))]) + data[at + 1 :]


def _cut(data: bytes, rng: random.Random) -> bytes:
    return data[: rng.randrange(len(data))]


def _cut_out(data: bytes, rng: random.Random) -> bytes:
    start, end = sorted(rng.randrange(len(data)) for _ in range(2))
    return data[:start] + data[end:]


def _repeat(data: bytes, rng: random.Random) -> bytes:
    start, end = sorted(rng.randrange(len(data)) for _ in range(2))
    return data[:end] + data[start:end] + data[end:]


def _insert(data: bytes, rng: random.Random) -> bytes:
    at = rng.randrange(len(data))
    return data[:at] + rng.choice(_INSERTED) + data[at:]


def mutate(data: bytes, rng: random.Random) -> bytes:
    changes: tuple[Callable[[bytes, random.Random], bytes], ...] = (
        *(_flip, _flip, _cut, _cut_out, _repeat, _insert, _insert, _insert),
    )
    for _ in range(rng.choice([1, 1, 1, 2, 4])):
        if data:
            data = rng.choice(changes)(data, rng)
    return data


def _sound(workspace: Workspace, path: Path, *, mapping: Path | None) -> bool:
    """Ingest a file; where it goes in, its ledger has to be true of the workspace."""
    before = workspace.snapshot_ids()
    n_before = workspace.count("report")
    try:
        result = ingest_file(workspace, path, mapping=mapping)
    except (InputError, UsageError):
        result = None
    if result is None:
        assert workspace.snapshot_ids() == before
        assert workspace.count("report") == n_before
        assert not list((workspace.folder / "partial").iterdir())
        return False
    snapshot_id = result.snapshot.snapshot_id
    view = open_records(workspace, snapshot_id)
    assert workspace.count(view) == result.rows.rows_in
    assert len(workspace.columns(view)) - 1 in (
        len(result.columns),
        len(result.columns) + 1,
    )
    assert workspace.count("report") - n_before == result.rows.counted * result.is_new
    assert read_kept(workspace, snapshot_id).result.rows == result.rows
    return True


def _original(golden: Path, name: str, *, workspace: Workspace, folder: Path) -> bytes:
    """Return the bytes of a made-up file, in another format where the name says so."""
    if name in {path.name for path in golden.iterdir()}:
        return (golden / name).read_bytes()
    workspace.open_csv(
        "own",
        golden / "own.csv",
        columns=_COLUMNS,
        delimiter=";",
        has_header=True,
    )
    if name.endswith(".parquet"):
        workspace.write_parquet("SELECT * FROM own", folder / name)
        return (folder / name).read_bytes()
    rows = workspace.arrays(
        "SELECT CAST(to_json(o) AS VARCHAR) AS row FROM (SELECT * FROM own) AS o"
    )
    return "\n".join(rows["row"]).encode()


@pytest.mark.slow
@pytest.mark.parametrize(
    "part", [0, *(pytest.param(n, marks=pytest.mark.full) for n in range(1, N_PARTS))]
)
@pytest.mark.parametrize("name", _READERS)
def test_damaged_files(
    workspace: Workspace, golden: Path, tmp_path: Path, name: str, part: int
) -> None:
    mapping = None
    if name.startswith("own"):
        text = (golden / "own.mapping.toml").read_text("utf-8")
        mapping = tmp_path / "own.mapping.toml"
        is_text = name.endswith(".csv")
        mapping.write_text(
            text if is_text else text.replace('delimiter = ";"', ""), "utf-8"
        )
    original = _original(golden, name, workspace=workspace, folder=tmp_path)
    path = tmp_path / f"mutated-{name}"
    path.write_bytes(original)
    assert ingest_file(workspace, path, mapping=mapping).is_new
    n_read = 0
    for seed in range(part, N_MUTATIONS, N_PARTS):
        path.write_bytes(mutate(original, random.Random(seed)))
        n_read += _sound(workspace, path, mapping=mapping)
    assert 0 < n_read < N_MUTATIONS // N_PARTS


def test_drafts_of_damaged_files(golden: Path, tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    original = (golden / "ccc-phase1.csv").read_bytes()
    n_drafted = 0
    for seed in range(100):
        path.write_bytes(mutate(original, random.Random(seed)))
        try:
            n_drafted += "[report]" in draft_mapping(path)
        except InputError:
            continue
    assert 0 < n_drafted < 100
