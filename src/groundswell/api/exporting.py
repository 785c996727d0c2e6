"""`export`: a snapshot in a file, as what may be shared or as it came."""

from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, cast

from groundswell.core.errors import OutputError, UsageError, WorkspaceError
from groundswell.core.exports import Export, ExportFormat
from groundswell.core.hashes import sha256_file
from groundswell.core.ledger import Ledger, LedgerLine, Memo
from groundswell.engine import Workspace
from groundswell.ingest.exports import write_back
from groundswell.ingest.integrity import changed_parts
from groundswell.ingest.shared_reports import (
    account_for_sharing,
    left_columns,
    write_shared,
)
from groundswell.ingest.snapshots import read_kept
from groundswell.reports import render_citation

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

    from groundswell.core.sources import Source
    from groundswell.ingest.exports import Written
    from groundswell.ingest.snapshots import Kept

_FORMATS = ("csv", "jsonl", "parquet")
_MENDED = frozenset({"encoding", "not-utf8", "nul-bytes", "short-rows", "long-rows"})


def citation_path(to: "Path") -> "Path":
    """Name the file beside an exported one that says how to cite it."""
    return to.with_name(f"{to.name}.citation.txt")


def export_reports(
    workspace: "Path", snapshot: str, *, to: "Path", today: "date"
) -> Export:
    """Write the reports of a snapshot as what may be shared, and how to cite them.

    Left out are names, exact places, notes, social media, and whatever else a source
    wrote freely; and reports of days after today.

    Parameters
    ----------
    workspace
        Folder made by `ingest`.
    snapshot
        Identifier of a snapshot, or the beginning of it; a source with one snapshot.
    to
        File to write: `.csv`, `.jsonl` or `.parquet`. Beside it comes
        `FILE.citation.txt`. Neither may exist.
    today
        Reports that are, or may be, of a later day are withheld.

    Returns
    -------
    Export
        What was written, and what was not.

    Raises
    ------
    UsageError
        If the terms of the source do not let its rows be passed on, there are no reports,
        the file exists, or nothing or more than one snapshot is named.
    """
    file_format = _format_of(to)
    citation_file = citation_path(to)
    _refuse_existing(to, citation_file)
    with Workspace.open(workspace, create=False, keeps=False) as opened:
        snapshot_id, kept = _find(opened, snapshot)
        _refuse_by_terms(kept.result.snapshot.source)
        ledger = account_for_sharing(opened, snapshot_id, today=today)
        if not ledger.rows_in:
            raise UsageError(
                f"{kept.result.snapshot.file_name} holds no reports of protests.",
                allowed="a file of reports",
                todo="--original, which writes its rows back for your own use",
            )
        with _whole(to) as partial, _whole(citation_file) as partial_citation:
            written = write_shared(
                opened, snapshot_id, today=today, target=partial, file_format=file_format
            )
            result = Export(
                form="reports",
                file_name=to.name,
                file_format=file_format,
                sha256=sha256_file(partial),
                n_bytes=partial.stat().st_size,
                n_rows=written.n_rows,
                columns=written.columns,
                snapshot=kept.result.snapshot,
                ledger=ledger,
                left_columns=left_columns(),
                notes=_sharing_notes(written, today=today),
                citation_file=citation_file.name,
            )
            partial_citation.write_text(render_citation(result), "utf-8", newline="\n")
    return result


def export_records(workspace: "Path", snapshot: str, *, to: "Path") -> Export:
    """Write the records of a snapshot: every original column and cell, for own use.

    What was read from a CSV file gives a CSV file with the same cells. Cells that were
    not text in UTF-8, or held NUL bytes, are as they were mended when the file was read.

    Parameters
    ----------
    workspace
        Folder made by `ingest`.
    snapshot
        Identifier of a snapshot, or the beginning of it; a source with one snapshot.
    to
        File to write, which does not exist: `.csv`, `.jsonl` or `.parquet`.

    Returns
    -------
    Export
        What was written. It may hold names and exact places, and the terms of its source
        hold for it as for the file that was read.
    """
    file_format = _format_of(to)
    _refuse_existing(to)
    with Workspace.open(workspace, create=False, keeps=False) as opened:
        snapshot_id, kept = _find(opened, snapshot)
        with _whole(to) as partial:
            written = write_back(
                opened,
                snapshot_id,
                columns=tuple(column.column for column in kept.result.columns),
                target=partial,
                file_format=file_format,
            )
            return Export(
                form="records",
                file_name=to.name,
                file_format=file_format,
                sha256=sha256_file(partial),
                n_bytes=partial.stat().st_size,
                n_rows=written.n_rows,
                columns=written.columns,
                snapshot=kept.result.snapshot,
                ledger=_every_row(written),
                left_columns=(),
                notes=_record_notes(kept),
                citation_file="",
            )


def _format_of(to: "Path") -> ExportFormat:
    suffix = to.suffix.lower().removeprefix(".")
    if suffix not in _FORMATS:
        raise UsageError(
            f"{to.name} does not say by its ending what to write.",
            allowed="a name that ends in .csv, .jsonl or .parquet",
        )
    return cast("ExportFormat", suffix)


def _refuse_existing(*paths: "Path") -> None:
    for path in paths:
        if path.exists():
            raise UsageError(
                f"{path} exists already, and is not written over.",
                allowed="a new file",
                todo="name another one, or move that file away",
            )


def _find(workspace: Workspace, name: str) -> "tuple[str, Kept]":
    """Find a snapshot by its name, and see that it is as it was taken.

    Raises
    ------
    UsageError
        If nothing or more than one snapshot is named.
    WorkspaceError
        If a part of it was changed.
    """
    ids = workspace.snapshot_ids()
    found = [one for one in ids if one == name] or [
        one for one in ids if name and one.startswith(name)
    ]
    if len(found) != 1:
        raise UsageError(
            f"{len(found) or 'No'} snapshots of this workspace begin with {name!r}.",
            allowed=", ".join(found or ids) or "none: it holds no snapshot yet",
        )
    (snapshot_id,) = found
    kept = read_kept(workspace, snapshot_id)
    changed = changed_parts(
        workspace,
        snapshot_id,
        sha256=kept.result.snapshot.sha256,
        kept=kept.digests,
    )
    if changed:
        raise WorkspaceError(
            " ".join(changed),
            allowed="a snapshot as it was taken",
            todo="put back a copy of the workspace, or ingest the file into a new one",
        )
    return snapshot_id, kept


def _refuse_by_terms(source: "Source") -> None:
    if source.redistribution == "rows":
        return
    allowed = "aggregates of them" if source.redistribution == "aggregate" else "nothing"
    stated = f" ({source.terms_address})" if source.terms_address else ""
    raise UsageError(
        f"The terms of {source.title} do not let its rows be passed on: "
        f"{source.licence or 'no terms are known'}{stated}.",
        allowed=f"{allowed} may leave",
        todo="--original, which writes the rows back for your own use; if the terms are "
        'others, say so in a manifest: redistribution = "rows"',
    )


@contextmanager
def _whole(path: "Path") -> "Iterator[Path]":
    """Give a place to write beside a file, which appears whole or not at all.

    Raises
    ------
    OutputError
        If it cannot be written.
    """
    partial = path.with_name(f".{path.name}.partial")
    try:
        yield partial
        partial.replace(path)
    except OSError as error:
        raise OutputError(
            f"{path} cannot be written: {error.strerror or error}.",
            todo="see that the folder exists, that the disk is not full and that you may "
            "write there",
        ) from error
    finally:
        with suppress(OSError):
            partial.unlink(missing_ok=True)


def _sharing_notes(written: "Written", *, today: "date") -> tuple[str, ...]:
    notes = [f"Reports of days after {today.isoformat()} are withheld."]
    if written.n_inert:
        notes.append(
            f"{written.n_inert:,} cells begin with an apostrophe that the source does "
            "not have, so that no spreadsheet computes them."
        )
    return tuple(notes)


def _record_notes(kept: "Kept") -> tuple[str, ...]:
    note = (
        "This is the source's own file again: it can name persons and exact places, and "
        "a spreadsheet computes the cells that begin as formulas do."
    )
    mended = (
        f"Read so, and written so: {finding.label} ({finding.n:,})."
        for finding in kept.result.findings
        if finding.kind in _MENDED
    )
    return (note, *mended)


def _every_row(written: "Written") -> Ledger:
    return Ledger(
        rows_in=written.n_rows,
        unit="row",
        lines=(
            LedgerLine(
                reason="exported", label="exported", n=written.n_rows, kind="counted"
            ),
        ),
        memos=(
            Memo(
                reason="beyond",
                label="with cells that no column of the header has room for",
                n=written.n_beyond,
            ),
        ),
    )
