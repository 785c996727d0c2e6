"""Read one file as records, and nothing else."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from groundswell.engine import Workspace
from groundswell.engine.steps import quoted
from groundswell.ingest.files.records import RECORD, Records, write_records
from groundswell.ingest.files.table import FileOptions, OpenTable, lay_out, open_table

WHOLE = FileOptions()


def read_records(
    workspace: Workspace,
    path: Path,
    *,
    options: FileOptions = WHOLE,
    later: FileOptions = WHOLE,
) -> tuple[OpenTable, Records, list[list[str]]]:
    """Read a file, and return the cells of its records in their order."""
    with workspace.partial_folder() as work, ThreadPoolExecutor(1) as pool:
        table = open_table(workspace, path, work=work, options=options)
        table = lay_out(table, options=later) if later is not WHOLE else table
        records = write_records(
            workspace, table, target=work / "r.parquet", work=work, pool=pool
        )
        names = [name for name, _ in workspace.columns(RECORD)][1:]
        shown = ", ".join(f"{quoted(name)} AS c{i}" for i, name in enumerate(names))
        found = workspace.arrays(f"SELECT record_no, {shown} FROM {RECORD}")  # noqa: S608
    numbers = [int(number) for number in found.pop("record_no")]
    assert numbers == list(range(1, len(numbers) + 1))
    return table, records, [list(row) for row in zip(*found.values(), strict=True)]
