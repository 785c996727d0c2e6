"""One file into a workspace: copied, read, accounted for, whole or not at all."""

# ruff: noqa: S608 (names of our own tables, and a quoted literal)

import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path

from groundswell.core.errors import InputError, UsageError
from groundswell.core.hashes import sha256_file
from groundswell.core.sources import Finding, IngestResult, Source
from groundswell.core.tables import REPORT
from groundswell.engine.steps import literal
from groundswell.engine.workspace import Workspace
from groundswell.ingest.account import (
    account_for_columns,
    account_for_rows,
    column_findings,
    coverage_findings,
    extract_findings,
)
from groundswell.ingest.binding import bind
from groundswell.ingest.cells import CORRECTION, LAID_OUT, Cells
from groundswell.ingest.corrections import apply_corrections
from groundswell.ingest.files.content import file_state
from groundswell.ingest.files.records import (
    RECORD,
    records_path,
    write_records,
)
from groundswell.ingest.files.table import (
    INCOMING,
    FileOptions,
    OpenTable,
    lay_out,
    open_table,
)
from groundswell.ingest.incoming import RAW, Incoming
from groundswell.ingest.mapping import Mapping, select_rows
from groundswell.ingest.plain.publish import publish_plain
from groundswell.ingest.recognise import check_columns, recognise
from groundswell.ingest.report import (
    COPY,
    LEFT,
    SUSPECT,
    VALUES,
    find_copies,
    left_step,
    report_step,
)
from groundswell.ingest.request import Request, read_request
from groundswell.ingest.row_findings import row_findings
from groundswell.ingest.snapshots import read_kept
from groundswell.ingest.source_of import (
    Taken,
    choose_source,
    count_rows_within,
    cover_file,
    find_taken,
    rate_to_hold,
    snapshot_id_of,
    source_ids,
)
from groundswell.ingest.values import read_sizes, read_values
from groundswell.sources.coverage import doubt_extract

Progress = Callable[[str, int, int], None]
_STAGES = ("reading the file", "writing records", "reading values", "writing reports")


def ingest_file(  # noqa: PLR0913 (files that a user may or may not have)
    workspace: Workspace,
    path: Path,
    *,
    mapping: Path | None = None,
    manifest: Path | None = None,
    corrections: Path | None = None,
    taken: date | None = None,
    select: tuple[str, ...] = (),
    progress: Progress | None = None,
) -> IngestResult:
    """Read a file of records into a workspace.

    The file is copied, its rows are kept as `record` and turned into `report`, and every
    row and column is accounted for. Where anything fails, the workspace stays as it was.
    A file that is there already is not read again.

    Parameters
    ----------
    workspace
        Where to.
    path
        CSV, TSV, JSONL, XLSX or Parquet; the text ones also packed with gzip.
    mapping
        TOML file that says which column is what; left out, the source is recognised.
    manifest
        TOML file that says what the file is; else `FILE.manifest.toml` beside it, if any.
    corrections
        TOML file of known errors of the source.
    taken
        Day on which the file was taken from its source.
    select
        Kinds of rows that become reports, instead of those that the mapping names.
    progress
        Called with a stage, how many of them are done, and how many there are.

    Returns
    -------
    IngestResult
        What was read, and what was odd.

    Raises
    ------
    InputError
        If the file was changed while it was read; or is no table, of no known source, or
        broken, as the functions that find it out say.
    """
    before = file_state(path)
    request = read_request(
        path,
        mapping=mapping,
        manifest=manifest,
        corrections=corrections,
        taken=taken,
        select=select,
    )
    tell = _teller(progress)
    try:
        with (
            workspace.partial_folder() as work,
            workspace.partial_folder() as folder,
            ThreadPoolExecutor(1) as pool,
        ):
            tell(0)
            copying = pool.submit(_copy, path, target=folder / RAW / path.name)
            options = request.mapping.file if request.mapping else FileOptions()
            table = open_table(workspace, path, work=work, options=options)
            chosen = _choose_mapping(table, request=request)
            table = lay_out(table, options=chosen.file)
            sha256 = copying.result()
            kept = _find_kept(workspace, chosen, request=request, sha256=sha256)
            if kept:
                return kept
            tell(1)
            records = write_records(
                workspace, table, target=records_path(folder), work=work, pool=pool
            )
            if file_state(path) != before:
                raise InputError(f"{path.name} was changed while it was read.")
            incoming = Incoming(
                path=path,
                sha256=sha256,
                folder=folder,
                table=table,
                mapping=chosen,
                records=records,
                request=request,
            )
            return _publish(workspace, incoming, tell=tell)
    finally:
        workspace.drop(
            RECORD, INCOMING, CORRECTION, LAID_OUT, LEFT, SUSPECT, COPY, *VALUES
        )


def _publish(
    workspace: Workspace, incoming: Incoming, *, tell: Callable[[int], None]
) -> IngestResult:
    """Turn records into reports and make a snapshot of it all, in one transaction."""
    tell(2)
    cells, corrections = _lay_out(workspace, incoming)
    if incoming.mapping.plain:
        result = publish_plain(
            workspace,
            incoming,
            cells=cells,
            plain=incoming.mapping.plain,
            corrections=corrections,
            tell=tell,
        )
        tell(len(_STAGES))
        return result
    workspace.create(cells.layout())
    read_values(workspace, cells)
    source = choose_source(workspace, cells, request=incoming.request)
    read_sizes(workspace, cells, rule=source.size_rule)
    workspace.create(left_step())
    if incoming.request.select:
        _refuse_empty(workspace, cells, incoming=incoming)
    find_copies(workspace, cells)
    taken = find_taken(incoming.request, sha256=incoming.sha256)
    snapshot_id = snapshot_id_of(source.source_id, incoming.sha256)
    tell(3)
    with workspace.transaction():
        workspace.declare(REPORT)
        workspace.append(
            report_step(cells),
            snapshot_id=snapshot_id,
            source_id=source.source_id,
            size_rule=source.size_rule,
            taken=taken.day,
        )
        result = _account(workspace, incoming, cells=cells, source=source, taken=taken)
        result = replace(result, findings=(*corrections, *result.findings))
        incoming.keep(workspace, result)
    tell(len(_STAGES))
    return result


def _refuse_empty(workspace: Workspace, cells: Cells, *, incoming: Incoming) -> None:
    """Refuse kinds of rows that a user asked for and no row of the file is of.

    Raises
    ------
    UsageError
        If there is no such row.
    """
    found = workspace.arrays(f"SELECT count(*) AS n FROM {cells.laid_out}")
    selection = incoming.mapping.selection
    if selection is None or found["n"][0]:
        return
    raise UsageError(
        f"--select {','.join(selection.values)}: no row of {incoming.path.name} has that "
        f"under {selection.column}.",
        allowed=", ".join(cells.kinds(workspace)) + " ...",
        todo="a * at the end stands for any ending: 14*",
    )


def _lay_out(
    workspace: Workspace, incoming: Incoming
) -> tuple[Cells, tuple[Finding, ...]]:
    """Correct the cells and lay them out by target."""
    corrected, findings = apply_corrections(
        workspace, incoming.table, corrections=incoming.request.corrections
    )
    cells = Cells(
        incoming.mapping,
        incoming.table,
        bound=bind(incoming.mapping, incoming.table),
        has_misfits=incoming.records.has_misfits,
        corrected=corrected,
    )
    return cells, findings


def _account(
    workspace: Workspace,
    incoming: Incoming,
    *,
    cells: Cells,
    source: Source,
    taken: Taken,
) -> IngestResult:
    """Account for every row and column once the reports are written."""
    snapshot_id = snapshot_id_of(source.source_id, incoming.sha256)
    of_file = f"(SELECT * FROM {REPORT.name} WHERE snapshot_id = {literal(snapshot_id)})"
    coverage = cover_file(
        workspace, source, request=incoming.request, taken=taken, of_file=of_file
    )
    coverage = doubt_extract(
        coverage,
        n_rows=count_rows_within(workspace, coverage.window, of_file=of_file),
        rate=rate_to_hold(source, request=incoming.request, sha256=incoming.sha256),
        name=incoming.path.name,
    )
    rows = account_for_rows(
        workspace,
        n_rows=incoming.records.n_rows,
        of_file=of_file,
        selection=incoming.mapping.selection,
    )
    snapshot = incoming.snapshot(source, coverage=coverage, taken=taken, rows=rows)
    return IngestResult(
        snapshot=snapshot,
        is_new=True,
        rows=rows,
        columns=account_for_columns(workspace, cells),
        findings=(
            *incoming.records.findings,
            *column_findings(cells),
            *row_findings(workspace, cells, of_file=of_file),
            *extract_findings(snapshot),
            *coverage_findings(workspace, coverage, taken=taken, of_file=of_file),
        ),
    )


def _choose_mapping(table: OpenTable, *, request: Request) -> Mapping:
    if request.mapping is None:
        return select_rows(recognise(table), request.select)
    check_columns(request.mapping, table)
    return select_rows(request.mapping, request.select)


def _find_kept(
    workspace: Workspace, mapping: Mapping, *, request: Request, sha256: str
) -> IngestResult | None:
    # a file that the workspace holds already; read otherwise than then is an error
    for source_id in source_ids(mapping, request):
        snapshot_id = snapshot_id_of(source_id, sha256)
        if snapshot_id in workspace.snapshot_ids():
            kept = read_kept(workspace, snapshot_id)
            if kept.request != request.digest:
                raise UsageError(
                    f"{kept.result.snapshot.file_name} is in the workspace already, read "
                    "with another mapping, manifest, corrections or day of taking.",
                    allowed="a snapshot is never changed once it was taken",
                    todo="give what was given then, or use another workspace",
                )
            return kept.result
    return None


def _copy(path: Path, *, target: Path) -> str:
    """Copy a file, and return the SHA-256 of the copy."""
    target.parent.mkdir()
    shutil.copyfile(path, target)
    return sha256_file(target)


def _teller(progress: Progress | None) -> Callable[[int], None]:
    def tell(done: int) -> None:
        if progress:
            progress(_STAGES[min(done, len(_STAGES) - 1)], done, len(_STAGES))

    return tell
