"""The rows that a snapshot keeps, as a view."""

from groundswell.engine import Workspace
from groundswell.ingest.records import RECORD, records_path


def open_records(workspace: Workspace, snapshot_id: str) -> str:
    """Open the records of a snapshot as a view, and return its name."""
    workspace.open_parquet(RECORD, records_path(workspace.snapshot_folder(snapshot_id)))
    return RECORD
