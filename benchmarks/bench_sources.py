"""Seconds and memory of ingest by source: GDELT, ACLED, roll calls.

The rows of GDELT and ACLED are made up, in their columns; the roll calls are the
reference file, where it is. Run with `python benchmarks/run.py sources`.
"""

import json
import os
import random
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date, timedelta
from pathlib import Path

import common
from common import Goal, Result, Run

GB = 10**9
N_VOTES = 870_109
_FIRST = date(2020, 1, 1)
_CODES = ("141", "1411", "1412", "1413", "142", "143", "144", "145", "1451")
_STATES = ("TX", "CA", "NY", "OH", "WA", "FL", "GA", "IL")
_COUNTRIES = ("Kenya", "Iceland", "India", "Brazil", "France", "Peru", "Ghana", "Japan")


_FILTERED = (
    "A file of GDELT holds events of all kinds, and the goal was set for one. In a file "
    "that was filtered for protests beforehand every row becomes a report."
)


def gdelt_rows(n_rows: int, *, one_in: int) -> Iterator[str]:
    """Make rows of GDELT 2.0, of which one in so many is protest."""
    rng = random.Random(20240229)  # noqa: S311 (made-up rows)
    for number in range(n_rows):
        day = _FIRST + timedelta(days=rng.randrange(1500))
        code = rng.choice(_CODES) if number % one_in == 0 else f"0{rng.randrange(10, 99)}"
        town, state = rng.randrange(9000), rng.choice(_STATES)
        place = (
            f"3\tTown {town}, {state} State, United States\tUS\tUS{state}"
            f"\t{state}{town % 90:03}\t{30 + town / 900:.4f}\t{-120 + town / 300:.4f}"
            f"\t{1_000_000 + town}"
        )
        actor = f"USA{code}\tACTOR {rng.randrange(3000)}\tUSA\t\t\t\t\tCVL\t\t"
        yield (
            f"{900_000_000 + number}\t{day:%Y%m%d}\t{day:%Y%m}\t{day:%Y}\t{day:%Y}.4110"
            f"\t{actor}\t{actor}\t1\t{code}\t{code[:3]}\t{code[:2]}\t3\t-6.5"
            f"\t{rng.randrange(1, 90)}\t1\t{rng.randrange(1, 90)}"
            f"\t{rng.uniform(-9, 9):.13f}\t{place}\t{place}\t{place}"
            f"\t{day:%Y%m%d}120000\thttps://news{rng.randrange(5000)}.example/{number}\n"
        )


def acled_rows(n_rows: int) -> Iterator[str]:
    """Make rows of ACLED's current export, of which nine in ten are protests."""
    rng = random.Random(20230320)  # noqa: S311 (made-up rows)
    yield (
        "event_id_cnty,event_date,year,time_precision,disorder_type,event_type,"
        "sub_event_type,actor1,assoc_actor_1,inter1,actor2,assoc_actor_2,inter2,"
        "interaction,civilian_targeting,iso,region,country,admin1,admin2,admin3,location,"
        "latitude,longitude,geo_precision,source,source_scale,notes,fatalities,tags,"
        "timestamp\n"
    )
    for number in range(n_rows):
        day = _FIRST + timedelta(days=rng.randrange(1500))
        kind = "Battles" if rng.randrange(10) == 0 else "Protests"
        country, town = rng.choice(_COUNTRIES), rng.randrange(9000)
        size = rng.choice(("no report", f"around {rng.randrange(10, 4000)}", "hundreds"))
        yield (
            f"XXX{number},{day:%d %B %Y},{day:%Y},{rng.choice('1112')},Demonstrations,"
            f"{kind},Peaceful protest,Protesters ({country}),"
            f"Union {rng.randrange(900)}; Students,Protesters,,,,Protesters only,,404,"
            f"Region,{country},Unit {town % 40},District {town % 400},,Town {town},"
            f"{town / 200:.4f},{town / 100:.4f},{rng.choice('1112')},"
            f"Paper {town % 700}; Radio,National,"
            f'"On {day:%d %B %Y}, people gathered in Town {town} for reason {number}, '
            "with signs and songs, and called on the council to act before the summer "
            f'ends.",{rng.choice("00001")},crowd size={size},17{number:08}\n'
        )


def read_once(path: Path, *, target: Path) -> None:
    """Ingest a file into a new workspace, and print what it took."""
    n_rows = 0

    def work() -> None:
        from groundswell.engine import Workspace
        from groundswell.ingest import ingest_file

        nonlocal n_rows
        with Workspace.open(target, create=True) as opened:
            n_rows = ingest_file(opened, path).rows.rows_in

    (run,) = common.time_here(work, n_runs=1)
    print(json.dumps({"run": asdict(run), "n_rows": n_rows}))


def measure(
    what: str, path: Path, *, n_rows: int, n_runs: int, goal: Goal | None, note: str = ""
) -> Result:
    runs = []
    for _ in range(n_runs):
        with tempfile.TemporaryDirectory() as folder:
            found = json.loads(
                common.run_python(__file__, "read", path, Path(folder) / "w")
            )
        assert found["n_rows"] == n_rows, f"{found['n_rows']:,} rows are accounted for"
        runs.append(Run(**found["run"]))
    return Result(
        what=what,
        size=f"{n_rows:,} rows",
        runs=tuple(runs),
        goal=goal,
        notes=(note,) if note else (),
    )


def main() -> None:
    quick = common.is_quick()
    n_rows, n_runs = (10_000, 1) if quick else (1_000_000, 3)
    made = (
        ("`ingest` of GDELT 2.0, one row in 50 a protest", 50, 8.0),
        ("`ingest` of GDELT 2.0, all rows protests", 1, None),
        ("`ingest` of ACLED's columns", 0, 15.0),
    )
    for what, one_in, seconds in made:
        rows = gdelt_rows(n_rows, one_in=one_in) if one_in else acled_rows(n_rows)
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "rows.csv"
            with path.open("w", encoding="utf-8") as file:
                file.writelines(rows)
            goal, note = None, _FILTERED
            if seconds:
                not_judged = "small" if quick else ""
                goal = Goal(seconds=seconds, n_bytes=2 * GB, not_judged=not_judged)
                note = ""
            common.emit(
                measure(what, path, n_rows=n_rows, n_runs=n_runs, goal=goal, note=note)
            )
    reference = os.environ.get("GROUNDSWELL_REFERENCE_DATA", "")
    votes = Path(reference) / "unga" / "un_votes.parquet"
    if reference and votes.is_file():
        goal = Goal(seconds=3.0, n_bytes=2 * GB)
        what = "`ingest` of UN votes"
        common.emit(measure(what, votes, n_rows=N_VOTES, n_runs=n_runs, goal=goal))


if __name__ == "__main__":
    if sys.argv[1:2] == ["read"]:
        read_once(Path(sys.argv[2]), target=Path(sys.argv[3]))
    else:
        main()
