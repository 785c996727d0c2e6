"""Seconds of the command line from nothing: the help, and `check` of an article.

Cold is a new process and an empty workspace; the operating system may have the files in
its memory. Run with `python benchmarks/run.py start`.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

from common import GROUNDSWELL, Goal, Peer, Result, emit, is_quick, time_command
from material import check_command, count_rows, find_material

_LOADED = """
import sys
from groundswell.cli import main
sys.argv = ["groundswell", "--help"]
try:
    main()
except SystemExit:
    print(*sorted({"numpy", "duckdb"} & set(sys.modules)), file=sys.stderr)
"""


def measure_help(*, n_runs: int) -> Result:
    runs = [time_command([*GROUNDSWELL, "--help"]) for _ in range(n_runs)]
    bare = [time_command([sys.executable, "-c", "pass"]) for _ in range(n_runs)]
    return Result(
        what="`--help`, cold",
        size="",
        runs=tuple(runs),
        goal=Goal(seconds=0.3),
        peer=Peer(what="the start of Python alone", seconds=tuple(r.wall for r in bare)),
        notes=(f"`--help` imports {_heavy_of_help() or 'neither NumPy nor DuckDB'}.",),
    )


def _heavy_of_help() -> str:
    command = [sys.executable, "-c", _LOADED]
    done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 (the text above)
    return done.stderr.strip()


def measure_check(*, n_runs: int) -> Result:
    material = find_material()
    runs = []
    for _ in range(n_runs):
        with tempfile.TemporaryDirectory() as folder:
            command = check_command(material, workspace=Path(folder) / "workspace")
            runs.append(time_command([*GROUNDSWELL, *command]))
    imports = [sys.executable, "-c", "import duckdb, numpy"]
    bare = [time_command(imports) for _ in range(n_runs)]
    return Result(
        what=f"`check` of {material.article_name}, cold",
        size=material.size(count_rows(material), "rows"),
        runs=tuple(runs),
        goal=Goal(seconds=3.0, not_judged=material.not_judged),
        peer=Peer(
            what="importing DuckDB and NumPy alone", seconds=tuple(r.wall for r in bare)
        ),
    )


if __name__ == "__main__":
    quick = is_quick()
    emit(measure_help(n_runs=3 if quick else 10))
    emit(measure_check(n_runs=1 if quick else 5))
