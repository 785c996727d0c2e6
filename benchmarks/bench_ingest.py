"""How long ingest takes, and how much memory: a real file, and a million rows of it.

The rows of the phase 3 file in the reference data are repeated with new dates, a week
later each time. Run with GROUNDSWELL_REFERENCE_DATA set; a number as argument gives other
sizes than the two of the goals (4,492 rows under 1 s, 1,000,000 under 20 s and 2 GB).
"""

import os
import resource
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

GOALS = {4492: (1.0, 2.0), 1_000_000: (20.0, 2.0)}
_FILE = "ccc/phase3/ccc-phase3-2025-q1.csv"
_ISO = len("2025-01-01")


def write_rows(path: Path, *, source: Path, n_rows: int) -> None:
    """Repeat the rows of a file, the date in front of each a week later every time."""
    header, _, body = source.read_bytes().partition(b"\r\n")
    rows = [(date.fromisoformat(r[:_ISO].decode()), r[_ISO:]) for r in body.splitlines()]
    with path.open("wb") as file:
        file.write(header + b"\r\n")
        for start in range(0, n_rows, len(rows)):
            later = timedelta(weeks=start // len(rows))
            part = rows[: n_rows - start]
            lines = [(day + later).isoformat().encode() + rest for day, rest in part]
            file.write(b"\r\n".join(lines) + b"\r\n")


def measure(path: Path, *, workspace: Path) -> None:
    """Ingest a file into a new workspace, and print seconds and peak memory."""
    from groundswell.engine import Workspace
    from groundswell.ingest import ingest_file

    start = time.perf_counter()
    with Workspace.open(workspace, create=True) as opened:
        result = ingest_file(opened, path)
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    n_rows = result.rows.rows_in
    assert result.rows.counted == n_rows
    goal = GOALS.get(n_rows)
    against = f" (goal {goal[0]:g} s, {goal[1]:g} GiB)" if goal else ""
    print(f"ingest {n_rows:,} rows: {seconds:.2f} s, {peak:.2f} GiB{against}")


def main(sizes: list[int]) -> None:
    """Measure each size in a process of its own, so that peaks do not mix."""
    source = Path(os.environ["GROUNDSWELL_REFERENCE_DATA"]) / _FILE
    with tempfile.TemporaryDirectory() as folder:
        for n_rows in sizes:
            path = Path(folder) / f"{n_rows}.csv"
            write_rows(path, source=source, n_rows=n_rows)
            workspace = Path(folder) / f"workspace-{n_rows}"
            command = [sys.executable, __file__, str(path), str(workspace)]
            subprocess.run(command, check=True)  # noqa: S603 (this very file)
            path.unlink()


if __name__ == "__main__":
    if len(sys.argv) > 2:
        measure(Path(sys.argv[1]), workspace=Path(sys.argv[2]))
    else:
        main([int(n) for n in sys.argv[1:]] or list(GOALS))
