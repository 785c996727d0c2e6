"""Every reader against damaged files: an error and no change, or a sound ledger."""

import csv
import gzip
import io
import json
import random
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from groundswell.core.errors import GroundswellError, InputError, UsageError
from groundswell.core.sources import IngestResult
from groundswell.core.tables import REPORT
from groundswell.engine import Workspace
from groundswell.engine.steps import quoted
from groundswell.ingest import draft_mapping, ingest_file
from groundswell.ingest.exports import write_back
from groundswell.ingest.files.rows import BEYOND, PLACES
from groundswell.ingest.files.table import FileOptions, open_table
from groundswell.ingest.mapping_file import shipped_mappings
from groundswell.ingest.plain.mapping import CONTRACTS
from groundswell.ingest.recognise import recognise
from groundswell.ingest.snapshots import read_kept
from unit.ingest.kept_rows import open_records
from unit.ingest.mutations import N_MUTATIONS, N_PARTS, mutate_as
from unit.ingest.workbooks import cell, sheet_of, workbook

# ruff: noqa: S311 (the same damage on every run, not secrets)

GOLDEN = Path(__file__).parents[2] / "golden" / "ingest"
N_FULL_PARTS = 16
_PER_PART = N_MUTATIONS // N_PARTS
_EXPORTED = 10  # one result in so many is written back, which takes as long as to read it
TABLES = (REPORT.name, *CONTRACTS)
# a reader reads the files whose names begin so; any other file has a reader of its own
_READERS = {
    "acled": ("acled",),
    "assembly-registrations": ("assembly-registrations",),
    "ccc": ("ccc-phase",),
    "count-love": ("count-love",),
    "gdelt-mentions": ("gdelt-mentions",),
    "ideal-points": ("un-ideal-points",),
    "look-up": ("ccc-places", "gdelt-cameo", "gdelt-labels"),
    "own": ("own",),
    "roll-calls": ("un-votes", "unvotes", "un-digital-library"),
}
_WITHOUT_A_FILE = {
    "gdelt-bigquery.toml": "gdelt-events.toml, but for the names of its columns",
    "un-ideal-points-all.toml": "un-ideal-points.toml, but for the names of its columns",
    "un-ideal-points-important.toml": "likewise",
}
_OWN_KINDS = (".csv.gz", ".jsonl", ".parquet", ".xlsx", ".zip")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Original:
    """A made-up file, and the mapping that it needs."""

    name: str
    data: bytes
    mapping: str | None = None


def _reader_of(name: str) -> str:
    found = [
        reader for reader, starts in _READERS.items() if name.startswith(starts)
    ] or [name.partition(".")[0]]
    assert len(found) == 1, f"{name} has several readers: {found}"
    return found[0]


def _golden_files() -> tuple[Path, ...]:
    endings = (".expected.json", ".toml")
    return tuple(p for p in sorted(GOLDEN.iterdir()) if not p.name.endswith(endings))


READERS = tuple(dict.fromkeys(_reader_of(path.name) for path in _golden_files()))


@cache
def _originals(reader: str) -> tuple[_Original, ...]:
    """Find the files of a reader, and write those of other kinds that it reads."""
    paths = [path for path in _golden_files() if _reader_of(path.name) == reader]
    if reader == "own":
        return _own_files()
    found = [_Original(name=path.name, data=path.read_bytes()) for path in paths]
    if reader == "doca":
        found.append(_as_stata(found[0]))
    return tuple(found)


def _own_files() -> tuple[_Original, ...]:
    """Write the table of a user's own in every kind of file that a mapping is for."""
    mapping = (GOLDEN / "own.mapping.toml").read_text("utf-8")
    data = (GOLDEN / "own.csv").read_bytes()
    rows = list(csv.reader(io.StringIO(data.decode(), newline=""), delimiter=";"))
    header, *rest = rows
    lines = (json.dumps(dict(zip(header, row, strict=False))) for row in rest)
    cells = ("".join(f"<row>{''.join(map(cell, row))}</row>") for row in rows)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("own.csv"), data)
    kinds = {
        ".csv": data,
        ".csv.gz": gzip.compress(data, mtime=0),
        ".jsonl": "\n".join(lines).encode(),
        ".parquet": _as_parquet(header, rest),
        ".xlsx": workbook(sheet_of(*cells)),
        ".zip": packed.getvalue(),
    }
    text = {suffix for suffix in kinds if suffix in (".csv", ".csv.gz", ".zip")}
    return tuple(
        _Original(
            name=f"own{suffix}",
            data=content,
            mapping=mapping if suffix in text else mapping.replace('delimiter = ";"', ""),
        )
        for suffix, content in kinds.items()
    )


def _as_parquet(header: list[str], rows: list[list[str]]) -> bytes:
    with _fresh() as workspace:
        filled = [[*row, *[""] * len(header)] for row in rows]
        columns = {f"c{i}": [row[i] for row in filled] for i in range(len(header))}
        workspace.put("own", columns)
        shown = ", ".join(f"c{i} AS {quoted(name)}" for i, name in enumerate(header))
        path = workspace.folder / "own.parquet"
        workspace.write_parquet(f"SELECT {shown} FROM own", path)  # noqa: S608
        return path.read_bytes()


def _as_stata(original: _Original) -> _Original:
    pandas, pyreadstat = (pytest.importorskip(name) for name in ("pandas", "pyreadstat"))
    text = io.StringIO(original.data.decode("cp1252"), newline="")
    table = pandas.read_csv(text, dtype=str, keep_default_na=False)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "x.dta"
        pyreadstat.write_dta(table, str(path))
        return _Original(name="doca.dta", data=path.read_bytes())


@contextmanager
def _fresh() -> Iterator[Workspace]:
    with (
        TemporaryDirectory() as folder,
        Workspace.open(Path(folder) / "w", create=True) as workspace,
    ):
        yield workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class _State:
    """All that an ingest can change: snapshots, folders, rows of each table."""

    snapshots: tuple[str, ...]
    folders: tuple[str, ...]
    partial: tuple[str, ...]
    counts: dict[str, int]


def _state(workspace: Workspace) -> _State:
    present = set(workspace.tables()).intersection(TABLES)
    counts = ", ".join(
        f"(SELECT count(*) FROM {name}) AS {name}"  # noqa: S608 (our own tables)
        for name in present
    )
    found = workspace.arrays(f"SELECT {counts or '0 AS none'}")
    return _State(
        snapshots=workspace.snapshot_ids(),
        folders=_names(workspace.folder / "snapshots"),
        partial=_names(workspace.folder / "partial"),
        counts={name: int(n[0]) for name, n in found.items() if n[0]},
    )


def _names(folder: Path) -> tuple[str, ...]:
    return tuple(sorted(path.name for path in folder.iterdir()))


def _ingest(workspace: Workspace, path: Path, *, mapping: Path | None) -> bool:
    """Ingest a file, and hold what became of it to what it promises."""
    before = _state(workspace)
    refused: GroundswellError | None = None
    try:
        result = ingest_file(workspace, path, mapping=mapping)
    except (InputError, UsageError) as error:
        refused = error
    if refused:
        _check_refusal(refused)
        assert _state(workspace) == before
    elif result.is_new:
        _check(workspace, result, before=before)
    return refused is None


def _check_refusal(error: GroundswellError) -> None:
    """Hold an error to telling what was wrong, and what is right or to be done."""
    assert error.what
    assert error.allowed or error.todo
    assert "Traceback" not in str(error)


def _check(workspace: Workspace, result: IngestResult, *, before: _State) -> None:
    """Hold a result to the records and rows that are kept of it."""
    snapshot_id = result.snapshot.snapshot_id
    rows = result.rows
    assert sum(line.n for line in rows.lines) == rows.rows_in
    assert result.snapshot.n_records == rows.rows_in - rows.n("blank")
    view = open_records(workspace, snapshot_id)
    assert workspace.count(view) == rows.rows_in
    names = [name for name, _ in workspace.columns(view)][1:]
    plain = [name for name in names if name not in {BEYOND, PLACES}]
    assert len(plain) == len(result.columns)
    assert all(0 <= column.n_filled <= rows.rows_in for column in result.columns)
    after = _state(workspace)
    written = {name: n - before.counts.get(name, 0) for name, n in after.counts.items()}
    written = {name: n for name, n in written.items() if n}
    counted = [line for line in rows.lines if line.kind == "counted"]
    told = {one.reason: one.n for one in (*counted, *rows.memos) if one.reason in TABLES}
    assert written == {name: n for name, n in told.items() if n}
    assert after.partial == ()
    kept = read_kept(workspace, snapshot_id).result
    assert (kept.snapshot, kept.rows) == (result.snapshot, rows)
    assert (kept.columns, kept.findings) == (result.columns, result.findings)


def _check_export(workspace: Workspace, target: Path) -> None:
    """Write the records of the last snapshot back, and count them."""
    snapshot_id = workspace.snapshot_ids()[-1]
    result = read_kept(workspace, snapshot_id).result
    columns = [column.column for column in result.columns]
    written = write_back(
        workspace, snapshot_id, columns=columns, target=target, file_format="csv"
    )
    assert written.n_rows == result.rows.rows_in
    reader = csv.reader(io.StringIO(target.read_bytes().decode(), newline=""))
    assert sum(1 for _ in reader) - written.n_rows in (0, 1)  # perhaps a header


def test_every_shipped_mapping_has_a_file() -> None:
    found = set()
    with _fresh() as workspace:
        for path in _golden_files():
            if path.with_name(f"{path.stem}.mapping.toml").exists():
                continue  # of no known source
            with workspace.partial_folder() as work:
                table = open_table(workspace, path, work=work, options=FileOptions())
                found.add(recognise(table).name)
    names = {mapping.name for mapping in shipped_mappings()}
    assert names - found == set(_WITHOUT_A_FILE)
    assert set(_READERS) <= set(READERS)


@pytest.mark.slow
@pytest.mark.parametrize(
    "part",
    [
        pytest.param(n, marks=[pytest.mark.full] * (n >= N_PARTS))
        for n in range(N_FULL_PARTS)
    ],
)
@pytest.mark.parametrize("reader", READERS)
def test_damaged_files(tmp_path: Path, reader: str, part: int) -> None:
    originals = _originals(reader)
    mapping = tmp_path / "mapping.toml"
    n_read = 0
    with _fresh() as workspace:
        for seed in range(part * _PER_PART, (part + 1) * _PER_PART):
            original = originals[seed % len(originals)]
            if original.mapping:
                mapping.write_text(original.mapping, "utf-8")
            path = tmp_path / original.name
            data = mutate_as(path.suffix, original.data, random.Random(f"{reader}{seed}"))
            path.write_bytes(data)
            try:
                is_read = _ingest(
                    workspace, path, mapping=mapping if original.mapping else None
                )
                if is_read and seed % _EXPORTED == 0:
                    _check_export(workspace, tmp_path / "out.csv")
            except BaseException as fault:
                fault.add_note(f"{original.name} damaged with seed {seed} of {reader}")
                raise
            n_read += is_read
    assert 0 < n_read < _PER_PART


@pytest.mark.parametrize("reader", READERS)
def test_what_is_damaged_is_read_whole(tmp_path: Path, reader: str) -> None:
    mapping = tmp_path / "mapping.toml"
    with _fresh() as workspace:
        for original in _originals(reader):
            path = tmp_path / original.name
            path.write_bytes(original.data)
            if original.mapping:
                mapping.write_text(original.mapping, "utf-8")
            assert _ingest(workspace, path, mapping=mapping if original.mapping else None)
            _check_export(workspace, tmp_path / "out.csv")


@pytest.mark.parametrize("name", ["ccc-phase1.csv", "acled-2019.json", "scad.csv"])
def test_drafts_of_damaged_files(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    original = (GOLDEN / name).read_bytes()
    n_drafted, refused = 0, list[InputError]()
    for seed in range(60):
        path.write_bytes(mutate_as(path.suffix, original, random.Random(seed)))
        try:
            n_drafted += "[report]" in draft_mapping(path)
        except InputError as error:
            refused.append(error)
    assert n_drafted
    assert refused
    for error in refused:
        _check_refusal(error)
