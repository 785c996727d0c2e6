"""`ingest`: files of records into a workspace."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from groundswell.engine import Workspace
from groundswell.ingest import draft_mapping as draft
from groundswell.ingest import ingest_file

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from groundswell.api.coded import Progress
    from groundswell.core.sources import IngestResult


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordFiles:
    """Files of records, and what is known of them beside what they hold.

    Attributes
    ----------
    files
        Files of a known source, or of any table with a mapping.
    mapping
        TOML file that says which column is what.
    manifest
        TOML file that says what the files are; else `FILE.manifest.toml` beside each.
    corrections
        TOML file of known errors of the source.
    taken
        Day on which the files were taken from their source.
    select
        Kinds of rows that become reports, instead of those that a source's mapping names.
    """

    files: "tuple[Path, ...]" = ()
    mapping: "Path | None" = None
    manifest: "Path | None" = None
    corrections: "Path | None" = None
    taken: "date | None" = None
    select: tuple[str, ...] = ()


def ingest(
    records: RecordFiles, workspace: "Path", *, progress: "Progress | None" = None
) -> "tuple[IngestResult, ...]":
    """Read files of records into a workspace; each is a snapshot that never changes.

    Parameters
    ----------
    records
        The files.
    workspace
        Folder; made where there is none.
    progress
        Called with a stage, how much of it is done, and how much there is.

    Returns
    -------
    tuple
        What reading each file did. A file that fails leaves those before it in place.
    """
    with Workspace.open(workspace, create=True) as opened:
        return ingest_all(opened, records, progress=progress)


def ingest_all(
    workspace: Workspace, records: RecordFiles, *, progress: "Progress | None" = None
) -> "tuple[IngestResult, ...]":
    """Read files of records into an open workspace; see `ingest`."""
    return tuple(
        ingest_file(
            workspace,
            path,
            mapping=records.mapping,
            manifest=records.manifest,
            corrections=records.corrections,
            taken=records.taken,
            select=records.select,
            progress=progress,
        )
        for path in records.files
    )


def draft_mapping(path: "Path") -> str:
    """Propose a mapping for a table, as TOML to be corrected by hand.

    Parameters
    ----------
    path
        The table.

    Returns
    -------
    str
        TOML with a comment for each column.
    """
    return draft(path)
