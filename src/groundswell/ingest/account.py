"""What became of every row and every column of a file."""

# ruff: noqa: S608 (names of our own tables and columns)

from collections.abc import Mapping, Sequence

from groundswell.core.dates import Window
from groundswell.core.ledger import Ledger, LedgerLine, Memo
from groundswell.core.sources import ColumnUse, Coverage, Finding, Snapshot
from groundswell.engine.workspace import Workspace
from groundswell.ingest.cells import LAID_OUT, NOT_SELECTED, Cells
from groundswell.ingest.mapping import TARGETS, Selection
from groundswell.ingest.report import LEFT
from groundswell.ingest.source_of import Taken
from groundswell.sources.coverage import extract_note

_LEFT_LABELS = {
    "misfit": "cells do not fit the header",
    "blank": "blank rows",
    NOT_SELECTED: "",
    "heading": "no happening: neither a date, nor what happened, nor who took part",
}
_MEMOS = {
    "undated": ("date_start IS NULL", "reports without a usable date"),
    "unsized": ("size_low IS NULL AND size_high IS NULL", "reports of unknown size"),
    "online": ("is_online", "reports of something held online"),
    "after-snapshot": ("is_after_snapshot", "reports dated after the file was taken"),
    "exact-copies": ("duplicate_of IS NOT NULL", "exact copies of an earlier row"),
}
_SHOWN = 3


def account_for_rows(
    workspace: Workspace, *, n_rows: int, of_file: str, selection: Selection | None
) -> Ledger:
    """Account for every row of a file: how it was left out, or that it is a report.

    Parameters
    ----------
    workspace
        Where the reports and the rows that are none are.
    n_rows
        Rows of the file.
    of_file
        SQL of the reports of the file.
    selection
        Which rows were to become reports; `None` for all.

    Returns
    -------
    Ledger
        Of rows; it adds up or is not built.
    """
    counts = ", ".join(
        f'count(*) FILTER ({condition}) AS "{reason}"'
        for reason, (condition, _) in _MEMOS.items()
    )
    reports = workspace.arrays(f"SELECT count(*) AS n, {counts} FROM {of_file}")
    left = workspace.arrays(f"SELECT fate, count(*) AS n FROM {LEFT} GROUP BY fate")
    n_left = dict(zip(left["fate"], left["n"].tolist(), strict=True))
    n_left.setdefault(NOT_SELECTED, 0)
    n_left[NOT_SELECTED] += n_rows - workspace.count(LAID_OUT)
    labels = dict(_LEFT_LABELS)
    if selection is None:
        del labels[NOT_SELECTED]
    else:
        labels[NOT_SELECTED] = selection.label
    lines = [
        LedgerLine(reason=reason, label=label, n=n_left.get(reason, 0), kind="left")
        for reason, label in labels.items()
    ]
    n_reports = int(reports["n"][0])
    counted = LedgerLine(reason="report", label="reports", n=n_reports, kind="counted")
    memos = (
        Memo(reason=reason, label=label, n=int(reports[reason][0]))
        for reason, (_, label) in _MEMOS.items()
    )
    return Ledger(rows_in=n_rows, unit="row", lines=(*lines, counted), memos=tuple(memos))


def account_for_columns(workspace: Workspace, cells: Cells) -> tuple[ColumnUse, ...]:
    """Account for every column of a file: what it feeds, and how often it is filled."""
    targets: dict[str, list[str]] = {}
    for target, uses in cells.uses.items():
        for name in {n for use in uses for n in (*use.cells, *use.when)}:
            targets.setdefault(name, []).extend(TARGETS[target])
    return count_filled(workspace, cells, targets=targets)


def count_filled(
    workspace: Workspace, cells: Cells, *, targets: Mapping[str, Sequence[str]]
) -> tuple[ColumnUse, ...]:
    """Count how often each column of a file is filled.

    Parameters
    ----------
    workspace
        Where the records are.
    cells
        Cells of the file.
    targets
        What each column feeds, by its name among the records.

    Returns
    -------
    tuple
        In the order of the file.
    """
    filled = workspace.arrays(cells.filled())
    columns = zip(cells.table.columns, cells.table.names, strict=True)
    return tuple(
        ColumnUse(
            column=column,
            target=", ".join(dict.fromkeys(targets.get(name, ()))),
            n_filled=int(filled[f"n{number}"][0]),
        )
        for number, (column, name) in enumerate(columns)
    )


def column_findings(cells: Cells) -> tuple[Finding, ...]:
    """Report column names that occur twice in a header."""
    doubled = [
        f"{name}: also {column!r}"
        for column, name in zip(cells.table.columns, cells.table.names, strict=True)
        if column.strip() and name != column.strip()
    ]
    if not doubled:
        return ()
    return (
        Finding(
            kind="duplicate-columns",
            label="columns have a name that an earlier one has; they were numbered",
            n=len(doubled),
            examples=tuple(doubled[:_SHOWN]),
        ),
    )


def coverage_findings(
    workspace: Workspace, coverage: Coverage, *, taken: Taken, of_file: str
) -> tuple[Finding, ...]:
    """Report what is not known of the days and places that a file covers.

    Parameters
    ----------
    workspace
        Where the reports are.
    coverage
        What the file covers, its day of taking apart.
    taken
        When it was taken.
    of_file
        SQL of the reports of the file.

    Returns
    -------
    tuple
        Findings `snapshot-day-unknown`, `coverage-unknown`, `stray-dates` and
        `days-without-a-row`, those that apply.
    """
    findings = []
    if taken.day is None:
        findings.append(
            Finding(
                kind="snapshot-day-unknown",
                label="nobody says when the file was taken, so rows that were entered in "
                "advance cannot be told from others, and the file decides no claim; give "
                "--taken YYYY-MM-DD and a new workspace, or state it in a manifest",
                n=1,
            )
        )
    if not coverage.places:
        findings.append(
            Finding(
                kind="coverage-unknown",
                label="what the file covers is not known, so that it decides no claim; "
                "state places, days and selection in a manifest",
                n=1,
            )
        )
    n_stray, stray = _stray_dates(workspace, coverage.window, of_file=of_file)
    if n_stray:
        findings.append(
            Finding(
                kind="stray-dates",
                label="reports lie outside of the days that the file covers: few and far "
                "from the others, or outside of what the source covers",
                n=n_stray,
                examples=stray,
            )
        )
    n_without = _days_without_a_row(workspace, coverage.window, of_file=of_file)
    if n_without:
        findings.append(
            Finding(
                kind="days-without-a-row",
                label="days between the first and the last row have no row",
                n=n_without,
                examples=(f"{coverage.window.start} to {coverage.window.end}",),
            )
        )
    return tuple(findings)


def extract_findings(snapshot: Snapshot) -> tuple[Finding, ...]:
    """Report that a file looks like an extract of its source, if it does.

    Parameters
    ----------
    snapshot
        The file and what it covers.

    Returns
    -------
    tuple
        Finding `extract`, or none.
    """
    note = extract_note(snapshot)
    if not note:
        return ()
    label = note.removeprefix(snapshot.file_name).strip().rstrip(".")
    return (Finding(kind="extract", label=f"the file {label}", n=1),)


def _stray_dates(
    workspace: Workspace, window: Window, *, of_file: str
) -> tuple[int, tuple[str, ...]]:
    if window.start is None or window.end is None:
        return 0, ()
    found = workspace.arrays(
        f"SELECT record_no, date_text FROM {of_file} WHERE date_precision = 'day' "
        "AND NOT coalesce(is_after_snapshot, false) "
        "AND (date_end < $start OR date_start > $end) ORDER BY record_no",
        start=window.start,
        end=window.end,
    )
    first = zip(found["record_no"][:_SHOWN], found["date_text"][:_SHOWN], strict=True)
    return len(found["record_no"]), tuple(f"row {int(n):,}: {text}" for n, text in first)


def _days_without_a_row(workspace: Workspace, window: Window, *, of_file: str) -> int:
    if window.days is None:
        return 0
    found = workspace.arrays(
        f"SELECT count(DISTINCT date_start) AS n FROM {of_file} "
        "WHERE date_precision = 'day' AND date_start BETWEEN $start AND $end",
        start=window.start,
        end=window.end,
    )
    return window.days - int(found["n"][0])
