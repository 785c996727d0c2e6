"""A file on its way in, and what is kept of it in the end."""

from dataclasses import dataclass
from pathlib import Path

from groundswell.core.ledger import Ledger
from groundswell.core.sources import Coverage, IngestResult, Snapshot, Source
from groundswell.engine.workspace import Workspace
from groundswell.ingest.files.records import Records, records_path
from groundswell.ingest.files.table import OpenTable
from groundswell.ingest.integrity import take_digests
from groundswell.ingest.mapping import Mapping
from groundswell.ingest.request import Request
from groundswell.ingest.snapshots import Kept, write_kept
from groundswell.ingest.source_of import Taken, snapshot_id_of
from groundswell.sources.coverage import cover_up_to_taking

RAW = "raw"


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """A file on its way in, as far as it is known before its tables are written.

    Attributes
    ----------
    path
        The file of the user.
    sha256
        Of its copy.
    folder
        Where the snapshot is built.
    table, mapping
        The file as a table, and what its columns feed.
    records
        What writing its records did.
    request
        What the user gave with it.
    """

    path: Path
    sha256: str
    folder: Path
    table: OpenTable
    mapping: Mapping
    records: Records
    request: Request

    def snapshot(
        self, source: Source, *, coverage: Coverage, taken: Taken, rows: Ledger
    ) -> Snapshot:
        """Describe the snapshot that the file becomes."""
        return Snapshot(
            snapshot_id=snapshot_id_of(source.source_id, self.sha256),
            source=source,
            file_name=self.path.name,
            sha256=self.sha256,
            n_bytes=(self.folder / RAW / self.path.name).stat().st_size,
            taken=taken.day,
            taken_from=taken.told_by,
            coverage=cover_up_to_taking(coverage, taken=taken.day),
            n_records=rows.rows_in - rows.n("blank"),
        )

    def keep(self, workspace: Workspace, result: IngestResult) -> None:
        """Publish the snapshot with what reading it did, inside a transaction."""
        snapshot_id = result.snapshot.snapshot_id
        digests = take_digests(
            workspace, snapshot_id=snapshot_id, records=records_path(self.folder)
        )
        kept = Kept(result=result, request=self.request.digest, digests=digests)
        write_kept(self.folder, kept)
        workspace.publish_snapshot(self.folder, snapshot_id=snapshot_id)
