"""Seconds to replay a check from its receipt, beside the check itself.

Run with `python benchmarks/run.py replay`.
"""

import tempfile
from pathlib import Path

from common import (
    GROUNDSWELL,
    Peer,
    Result,
    emit,
    is_quick,
    time_command,
    time_to_receipt,
)
from material import check_command, count_rows, find_material


def measure(*, n_runs: int) -> Result:
    material = find_material()
    with tempfile.TemporaryDirectory() as folder:
        workspace = Path(folder) / "workspace"
        check = check_command(material, workspace=workspace)
        first, receipt = time_to_receipt([*GROUNDSWELL, *check])
        command: list[str | Path] = [*GROUNDSWELL, "replay", receipt, "-w", workspace]
        runs = tuple(time_command(command) for _ in range(n_runs))
    return Result(
        what=f"`replay` of the check of {material.article_name}",
        size=material.size(count_rows(material), "rows"),
        runs=runs,
        peer=Peer(what="that `check`, which also ingests", seconds=(first.wall,)),
        notes=("Every replay gave the same bytes.",),
    )


if __name__ == "__main__":
    emit(measure(n_runs=1 if is_quick() else 5))
