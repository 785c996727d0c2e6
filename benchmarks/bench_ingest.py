"""Seconds and memory of ingest: the file of records, and many rows made from it.

Every run has a process of its own and a new workspace. Run with
`python benchmarks/run.py ingest`.
"""

import json
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

import common
from common import Goal, Peer, Result, Run
from material import Material, count_rows, find_material, write_rows

GB = 10**9


def ingest(path: Path, *, target: Path, extra: list[str]) -> int:
    """Ingest a file into a new workspace; return the rows accounted for."""
    from groundswell.engine import Workspace
    from groundswell.ingest import ingest_file

    options = dict(zip(extra[::2], map(Path, extra[1::2]), strict=True))
    mapping, manifest = options.get("--mapping"), options.get("--manifest")
    with Workspace.open(target, create=True) as opened:
        result = ingest_file(opened, path, mapping=mapping, manifest=manifest)
    return result.rows.rows_in


def read_as_text(path: Path, *, target: Path) -> int:
    """Let DuckDB read the same file into a table; return its rows."""
    import duckdb

    with duckdb.connect(str(target)) as connection:
        connection.execute(
            "CREATE TABLE record AS SELECT * "
            "FROM read_csv(?, all_varchar = true, ignore_errors = true)",
            [str(path)],
        ).fetchall()
        counted = connection.execute("SELECT count(*) FROM record").fetchall()
    return int(counted[0][0])


def run_once(kind: str, *, path: Path, target: Path, extra: list[str]) -> None:
    """Do one of the two, and print what it took."""
    n_rows = 0

    def work() -> None:
        nonlocal n_rows
        if kind == "ingest":
            n_rows = ingest(path, target=target, extra=extra)
        else:
            n_rows = read_as_text(path, target=target)

    (run,) = common.time_here(work, n_runs=1)
    print(json.dumps({"run": asdict(run), "n_rows": n_rows}))


def measure(path: Path, *, material: Material, n_rows: int, n_runs: int) -> Result:
    ours: list[Run] = []
    theirs: list[Run] = []
    left = 0
    for _ in range(n_runs):
        with tempfile.TemporaryDirectory() as folder:
            for kind, runs in (("ingest", ours), ("read", theirs)):
                target = Path(folder) / kind
                line = common.run_python(__file__, kind, path, target, *material.extra)
                found = json.loads(line)
                runs.append(Run(**found["run"]))
                left = n_rows - found["n_rows"]
                assert kind == "read" or not left, f"{left} rows are not accounted for"
    goals = {4_492: Goal(seconds=1.0), 1_000_000: Goal(seconds=20.0, n_bytes=2 * GB)}
    missing = f" and leaves out {left:,} rows that are not UTF-8" if left else ""
    return Result(
        what="`ingest`",
        size=material.size(n_rows, "rows"),
        runs=tuple(ours),
        goal=goals.get(n_rows) if material.is_reference else None,
        peer=Peer(
            what=f"DuckDB's `read_csv`, which keeps all cells as text{missing}",
            seconds=tuple(run.wall for run in theirs),
        ),
        notes=("Importing what is needed is part of it, for the peer too.",),
    )


def main() -> None:
    quick = common.is_quick()
    material = find_material()
    n_file = count_rows(material)
    n_made = 10_000 if quick else 1_000_000
    common.emit(
        measure(
            material.records,
            material=material,
            n_rows=n_file,
            n_runs=1 if quick else 5,
        )
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "rows.csv"
        write_rows(path, material=material, n_rows=n_made)
        runs = 1 if quick else 3
        common.emit(measure(path, material=material, n_rows=n_made, n_runs=runs))


if __name__ == "__main__":
    if sys.argv[1:2] in (["ingest"], ["read"]):
        kind, path, target, *extra = sys.argv[1:]
        run_once(kind, path=Path(path), target=Path(target), extra=extra)
    else:
        main()
