"""Measure everything and write the table: `make bench`.

    python benchmarks/run.py                     # all, at full size; writes RESULTS.md
    python benchmarks/run.py --quick             # all, at small sizes; prints the page
    python benchmarks/run.py --quick --out FILE  # writes it there
    python benchmarks/run.py start ingest        # some of them; prints the page

With `GROUNDSWELL_REFERENCE_DATA` set, the files that the goals are about are measured;
without it the simulated records that ship with the project, and the page says so. Each
benchmark runs in a process of its own, one after the other. The exit code is 0 whether or
not the goals are reached, and another where a benchmark fails; nothing is written then.
"""

import argparse
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from common import Result, read_result
from machine import load
from material import find_material
from page import is_reached, write_page

HERE = Path(__file__).resolve().parent
NAMES = ("start", "ingest", "sources", "coding", "measure", "reading", "replay")
PAGE = HERE / "RESULTS.md"


def run_one(name: str, *, quick: bool) -> list[Result]:
    """Run a benchmark to its end and read its results."""
    command = [sys.executable, str(HERE / f"bench_{name}.py")]
    option = ["--quick"] if quick else []
    start = time.perf_counter()
    done = subprocess.run(  # noqa: S603 (the scripts beside this one)
        [*command, *option], check=False, stdout=subprocess.PIPE, text=True
    )
    if done.returncode:
        sys.exit(f"{name} failed, see above; nothing was written")
    results = [read_result(line) for line in done.stdout.splitlines()]
    print(f"{name}: {time.perf_counter() - start:.0f} s", file=sys.stderr, flush=True)
    return results


def read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(NAMES))
    parser.add_argument("--quick", action="store_true", help="small sizes, under 60 s")
    parser.add_argument("--out", type=Path, help="where to write the page")
    arguments = parser.parse_args()
    for name in arguments.names:
        if name not in NAMES:
            parser.error(f"there is no benchmark {name!r}; there are {', '.join(NAMES)}")
    return arguments


def main() -> None:
    arguments = read_arguments()
    names = arguments.names or NAMES
    material = find_material()
    facts = {
        "day": f"{datetime.now(tz=UTC):%Y-%m-%d}",
        "sizes": "small (`--quick`): only to show that everything runs"
        if arguments.quick
        else "full",
        "measured on": "the reference data"
        if material.is_reference
        else "**the simulated records that ship with the project**, since "
        "`GROUNDSWELL_REFERENCE_DATA` is not set: goals on real files are not judged",
        "load before": load(),
    }
    results = [
        result for name in names for result in run_one(name, quick=arguments.quick)
    ]
    facts["load after"] = f"{load()}; the benchmarks alone make 1 to 2"
    page = write_page(results, facts=facts)
    is_whole = not arguments.quick and not arguments.names
    target = arguments.out or (PAGE if is_whole else None)
    if target is None:
        print(page, end="")
    else:
        target.write_text(page, encoding="utf-8")
        print(f"written: {target.name}", file=sys.stderr)
    missed = [r.what for r in results if is_reached(r) == "**no**"]
    print(f"goals missed: {', '.join(missed) or 'none'}", file=sys.stderr)


if __name__ == "__main__":
    main()
