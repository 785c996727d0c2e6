"""The rows that a snapshot keeps, as a view."""

from groundswell.engine import Workspace
from groundswell.ingest.files.records import RECORD, records_path
from groundswell.ingest.files.table import RECORD_NO


def open_records(workspace: Workspace, snapshot_id: str) -> str:
    """Open the records of a snapshot as a view, and return its name."""
    records = records_path(workspace.snapshot_folder(snapshot_id))
    workspace.open_parquet(RECORD, records, number=RECORD_NO)
    return RECORD
