"""From records to roll calls, votes and ideal points, in one transaction."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from groundswell.core.dates import Window
from groundswell.core.sources import Coverage, Finding, IngestResult, Source
from groundswell.core.tables import REPORT
from groundswell.engine.workspace import Workspace
from groundswell.ingest.account import column_findings, coverage_findings
from groundswell.ingest.cells import Cells
from groundswell.ingest.incoming import Incoming
from groundswell.ingest.plain.account import (
    account_for_plain_columns,
    account_for_plain_rows,
    days_of_file,
)
from groundswell.ingest.plain.findings import plain_findings
from groundswell.ingest.plain.layout import Laid, lay_out
from groundswell.ingest.plain.mapping import Plain
from groundswell.ingest.plain.members import MEMBER
from groundswell.ingest.plain.steps import (
    ALIKE,
    TWICE,
    append_steps,
    merge_rows,
    merged,
)
from groundswell.ingest.plain.values import (
    DAY,
    STATE,
    STATE_DAY,
    VOTE_WORD,
    read_plain_values,
    typed,
)
from groundswell.ingest.source_of import (
    choose_source,
    cover_file,
    find_taken,
    snapshot_id_of,
)

_WRITING = 3
_NOTHING = Coverage(
    places=(), window=Window(), selection="unknown", note="A look-up table."
)
# they are about events: an assembly does not vote every day, nor in advance
_NOT_OF_VOTES = ("days-without-a-row", "snapshot-day-unknown")


def publish_plain(
    workspace: Workspace,
    incoming: Incoming,
    *,
    cells: Cells,
    plain: Plain,
    corrections: tuple[Finding, ...],
    tell: Callable[[int], None],
) -> IngestResult:
    """Turn records into rows of other tables than `report`, and make a snapshot.

    Parameters
    ----------
    workspace
        Where the records are.
    incoming
        The file.
    cells
        Its cells.
    plain
        The tables that it feeds; none of them for a look-up table.
    corrections
        What was found in correcting the cells.
    tell
        Called with the number of the stage that begins.

    Returns
    -------
    IngestResult
        What was read, and what was odd.
    """
    laid: tuple[Laid, ...] = ()
    try:
        laid = lay_out(workspace, cells, plain=plain)
        for one in laid:
            read_plain_values(workspace, cells, laid=one)
        if laid:
            merge_rows(workspace, laid)
        source = _no_protests(choose_source(workspace, cells, request=incoming.request))
        found = (
            *corrections,
            *incoming.records.findings,
            *column_findings(cells),
            *plain_findings(workspace, cells, laid=laid),
        )
        tell(_WRITING)
        with workspace.transaction():
            _append(workspace, incoming, source=source, laid=laid)
            result = _account(workspace, incoming, cells=cells, source=source, laid=laid)
            result = replace(result, findings=(*found, *result.findings))
            incoming.keep(workspace, result)
        return result
    finally:
        views = [name for one in laid for name in (one.view, typed(one), merged(one))]
        workspace.drop(STATE, STATE_DAY, DAY, VOTE_WORD, ALIKE, TWICE, MEMBER, *views)


def _no_protests(source: Source) -> Source:
    """Say of a source that rows of this file stand for no protest."""
    return replace(source, subject="other") if source.records_protests else source


def _append(
    workspace: Workspace, incoming: Incoming, *, source: Source, laid: Sequence[Laid]
) -> None:
    # empty, so that a measure of a workspace of votes says that it holds no reports
    workspace.declare(REPORT)
    for one in laid:
        workspace.declare(one.table.contract)
    for step in append_steps(laid):
        workspace.append(
            step,
            snapshot_id=snapshot_id_of(source.source_id, incoming.sha256),
            source_id=source.source_id,
        )


def _account(
    workspace: Workspace,
    incoming: Incoming,
    *,
    cells: Cells,
    source: Source,
    laid: Sequence[Laid],
) -> IngestResult:
    """Account for every row and column once the tables are written."""
    taken = find_taken(incoming.request, sha256=incoming.sha256)
    snapshot_id = snapshot_id_of(source.source_id, incoming.sha256)
    of_file = days_of_file(laid, snapshot_id=snapshot_id)
    coverage = source.coverage if laid else _NOTHING
    findings: tuple[Finding, ...] = ()
    if of_file:
        coverage = cover_file(
            workspace, source, request=incoming.request, taken=taken, of_file=of_file
        )
        findings = coverage_findings(workspace, coverage, taken=taken, of_file=of_file)
    rows = account_for_plain_rows(workspace, n_rows=incoming.records.n_rows, laid=laid)
    return IngestResult(
        snapshot=incoming.snapshot(source, coverage=coverage, taken=taken, rows=rows),
        is_new=True,
        rows=rows,
        columns=account_for_plain_columns(workspace, cells, laid=laid),
        findings=tuple(one for one in findings if one.kind not in _NOT_OF_VOTES),
    )
