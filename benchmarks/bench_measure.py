"""Seconds of a share with its ledger, of its whole multiverse, and of their commands.

The events are made from the file of records, ingested and coded as a user would. Run with
`python benchmarks/run.py measure`.
"""

import random
import sys
import tempfile
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from common import (
    GROUNDSWELL,
    Goal,
    Peer,
    Result,
    emit,
    is_quick,
    run_python,
    time_command,
    time_here,
    time_to_receipt,
)
from material import find_material, write_rows

from groundswell.codebook.load import load_codebook

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from material import Material

    from groundswell.core.decisions import Specification
    from groundswell.measures.estimands import Estimand
    from groundswell.multiverse.measurement import Records

MILLION = 1_000_000
SAMPLE = 12


def first_side(material: "Material") -> str:
    codebook = load_codebook(material.codebooks[0])
    return next(d.sides[0] for d in codebook.dimensions if d.sides)


def measure_commands(workspace: Path, *, n_events: int, n_runs: int) -> None:
    """Time `measure share` with nothing coded yet, then again, then its replay."""
    material = find_material()
    size = material.size(n_events, "events")
    command: list[str | Path] = [
        *(*GROUNDSWELL, "measure", "share", "-w", workspace),
        *("--codebook", material.codebooks[0], "--side", first_side(material)),
    ]
    first, receipt = time_to_receipt(command)
    again = tuple(time_command(command) for _ in range(n_runs))
    replayed = time_command([*GROUNDSWELL, "replay", receipt, "-w", workspace])
    emit(Result(what="`measure share`, nothing coded yet", size=size, runs=(first,)))
    emit(Result(what="`measure share`, records coded", size=size, runs=again))
    emit(
        Result(
            what="`replay` of that share",
            size=size,
            runs=(replayed,),
            peer=Peer(what="the first `measure share`", seconds=(first.wall,)),
        )
    )


def measure_arrays(workspace: Path, *, n_runs: int) -> None:
    """Time a share and its multiverse on loaded arrays, each held against SQL."""
    from groundswell.api.coded import choose_snapshots, dimension_of, records_of
    from groundswell.engine import Workspace
    from groundswell.measures.estimands import Estimand

    material = find_material()
    codebook = load_codebook(material.codebooks[0])
    with Workspace.open(workspace, create=False) as opened:
        load = partial(
            records_of,
            opened,
            codebook,
            dimension=dimension_of(codebook, ""),
            snapshots=choose_snapshots(opened),
        )
        loading = time_here(load, n_runs=n_runs)
        records = load()
    side = first_side(material)
    estimand = Estimand(statistic="share", code=side, among="topic", unit="events")
    size = material.size(records.attributes.n_reports, "events")
    emit(Result(what="loading the arrays that measures read", size=size, runs=loading))
    measure_share(records, estimand, size=size, material=material)
    measure_range(records, estimand, size=size, n_runs=n_runs)


def measure_share(
    records: "Records", estimand: "Estimand", *, size: str, material: "Material"
) -> None:
    from groundswell.multiverse.measurement import estimate_reference

    runs = time_here(lambda: estimate_reference(records, estimand), n_runs=21)
    found = estimate_reference(records, estimand)
    theirs = time_sql(records, estimand, specifications=[found.specification] * 21)
    is_goal = found.ledger.rows_in == MILLION
    emit(
        Result(
            what="a share with its ledger, on loaded arrays",
            size=size,
            runs=runs,
            goal=Goal(seconds=0.2, not_judged=material.not_judged) if is_goal else None,
            peer=Peer(
                what="one SQL query over the same columns, which gives the same counts",
                seconds=theirs,
            ),
        )
    )


def measure_range(
    records: "Records", estimand: "Estimand", *, size: str, n_runs: int
) -> None:
    from groundswell.multiverse.measurement import measure

    runs = time_here(lambda: measure(records, estimand, pinned={}), n_runs=n_runs)
    (found,) = measure(records, estimand, pinned={})
    values = {value.specification: value.value for value in found.range.values}
    rng = random.Random(20250306)  # noqa: S311 (a seeded sample, no secret)
    drawn = rng.sample(list(values), SAMPLE)
    each = time_sql(records, estimand, specifications=drawn, values=values)
    n = found.range.n_specifications
    emit(
        Result(
            what="the share and its range over all definitions, on loaded arrays",
            size=f"{size}, {n:,} specifications",
            runs=runs,
            peer=Peer(
                what=f"one SQL query a specification, {n:,} times the mean of {SAMPLE}",
                seconds=(sum(each) / SAMPLE * n,),
            ),
            notes=(f"{SAMPLE} specifications drawn at random are equal to the SQL.",),
        )
    )


def time_sql(
    records: "Records",
    estimand: "Estimand",
    *,
    specifications: "Sequence[Specification]",
    values: "Mapping[Specification, float | None] | None" = None,
) -> tuple[float, ...]:
    """Time a query for each specification, and stop where one counts other events."""
    from peer_sql import count_fates, of_ledger, open_table

    from groundswell.measures.estimates import estimate
    from groundswell.measures.scopes import select_scope

    scoped = select_scope(records.attributes, estimand)
    table = open_table(records)
    seconds = []
    for specification in specifications:
        start = time.perf_counter()
        counts = count_fates(
            table, frame=records.frame, code=estimand.code, specification=specification
        )
        seconds.append(time.perf_counter() - start)
        (ours,) = estimate(
            scoped,
            records.frame,
            estimand=estimand,
            specification=specification,
            snapshot_ids=records.snapshot_ids,
        )
        assert counts == of_ledger(ours.ledger), f"not the same: {specification.text}"
        assert values is None or values[specification] == ours.value
    return tuple(seconds)


def main() -> None:
    quick = is_quick()
    material = find_material()
    n_events = 10_000 if quick else MILLION
    with tempfile.TemporaryDirectory() as folder:
        path, workspace = Path(folder) / "rows.csv", Path(folder) / "workspace"
        write_rows(path, material=material, n_rows=n_events)
        time_command([*GROUNDSWELL, "ingest", path, *material.extra, "-w", workspace])
        measure_commands(workspace, n_events=n_events, n_runs=1 if quick else 3)
        n_runs = "1" if quick else "3"
        print(run_python(__file__, "arrays", workspace, n_runs), end="")


if __name__ == "__main__":
    if sys.argv[1:2] == ["arrays"]:
        measure_arrays(Path(sys.argv[2]), n_runs=int(sys.argv[3]))
    else:
        main()
