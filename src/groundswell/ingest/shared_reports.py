"""The reports of a snapshot in a file that may be shared: what leaves, and what not."""

# ruff: noqa: S608 (names of our own tables and columns)

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from groundswell.core.disclosure import (
    EXACT_DECIMALS,
    public_hosts,
    recurrence_words,
)
from groundswell.core.exports import ExportFormat, LeftColumn
from groundswell.core.ledger import Ledger, LedgerLine, Memo
from groundswell.core.tables import REPORT, Column
from groundswell.engine.steps import Step, quoted
from groundswell.engine.workspace import Workspace
from groundswell.ingest.exports import Written, read_batches, write_csv, write_lines
from groundswell.ingest.files.table import RECORD_NO

_SHARED = "shared_report"
_WORDS = "shared_words"
_HOSTS = "shared_hosts"
_URLS = "array_to_string(urls, ' ')"
_FUTURE = "coalesce(greatest(date_start, date_end) > CAST($today AS DATE), false)"
# what a spreadsheet would compute, also behind a blank
_FORMULA = re.compile(r"\s*[=+\-@\uff0b\uff0d\uff1d\uff20]|[\t\r]")
_TEXTS = frozenset(
    {
        *("report_id", "source_id", "snapshot_id", "source_event_id", "date_precision"),
        *("country", "admin1", "admin2", "locality", "place_precision", "size_rule"),
        "macro_event",
    }
)
_LISTS = frozenset({"tactics", "issues"})
_DEGREES = f"degrees to {EXACT_DECIMALS} decimal, about 11 km"
_REPLACED = {
    "latitude": _DEGREES,
    "longitude": _DEGREES,
    "recurrence_text": "recurrence: the words in it that say how often",
    "urls": "sources: the hosts, without social media",
}
_FREE = "written freely: it can name private persons or exact places"
_WHY = {
    "actors": "it names persons and groups",
    "place_detail": "it says the exact place",
    "latitude": "it says the exact place",
    "longitude": "it says the exact place",
    "urls": "addresses lead to private accounts, too",
}


def left_columns() -> tuple[LeftColumn, ...]:
    """List the columns of `report` that do not leave as they are.

    A text leaves only if it is known here to be an identifier, a code or a place no finer
    than a town; a number, a day and a flag say no more than what they are.

    Returns
    -------
    tuple
        In the order of the table.

    Examples
    --------
    >>> [left.column for left in left_columns() if left.instead]
    ['latitude', 'longitude', 'recurrence_text', 'urls']
    """
    return tuple(
        LeftColumn(
            column=column.name,
            why=_WHY.get(column.name, _FREE),
            instead=_REPLACED.get(column.name, ""),
        )
        for column in REPORT.columns
        if column.name in _REPLACED or not _leaves(column)
    )


def account_for_sharing(workspace: Workspace, snapshot_id: str, *, today: date) -> Ledger:
    """Account for every report of a snapshot that is to be shared.

    Parameters
    ----------
    workspace
        Where the snapshot is.
    snapshot_id
        One of its snapshots.
    today
        A report that is, or may be, of a later day is withheld: who knows of a gathering
        that is still to come can disturb it.

    Returns
    -------
    Ledger
        Of reports.
    """
    found = workspace.arrays(
        f"""
        SELECT count(*) AS n, count(*) FILTER ({_FUTURE}) AS future,
               count(*) FILTER (NOT {_FUTURE} AND date_start IS NULL) AS undated,
               count(*) FILTER (NOT {_FUTURE} AND duplicate_of IS NOT NULL) AS copies
        FROM {REPORT.name} WHERE snapshot_id = $snapshot_id
        """,
        snapshot_id=snapshot_id,
        today=today,
    )
    n, future, undated, copies = (int(column[0]) for column in found.values())
    words = "of a day after today, or of one that may be"
    return Ledger(
        rows_in=n,
        unit="report",
        lines=(
            LedgerLine(reason="after-today", label=words, n=future, kind="left"),
            LedgerLine(reason="exported", label="exported", n=n - future, kind="counted"),
        ),
        memos=(
            Memo(reason="undated", label="exported without a usable date", n=undated),
            Memo(
                reason="exact-copies",
                label="exported, and exact copies of an earlier row (duplicate_of)",
                n=copies,
            ),
        ),
    )


def write_shared(
    workspace: Workspace,
    snapshot_id: str,
    *,
    today: date,
    target: Path,
    file_format: ExportFormat,
) -> Written:
    """Write what may be shared of the reports of a snapshot.

    Parameters
    ----------
    workspace
        Where the snapshot is.
    snapshot_id
        One of its snapshots.
    today
        As for `account_for_sharing`.
    target
        Where to write.
    file_format
        How. In CSV, a text that a spreadsheet would compute begins with an apostrophe.

    Returns
    -------
    Written
        What was written.
    """
    try:
        _put_words(workspace, snapshot_id)
        n_rows = workspace.create(_shared_step(), snapshot_id=snapshot_id, today=today)
        types = dict(workspace.columns(_SHARED))
        inert = _Inert()
        if file_format == "parquet":
            workspace.write_parquet(
                f"SELECT * FROM {_SHARED} ORDER BY {RECORD_NO}", target
            )
        elif file_format == "jsonl":
            write_lines(target, _lines(workspace))
        else:
            write_csv(target, tuple(types), rows=inert.rows(workspace, types))
        return Written(n_rows=n_rows, columns=tuple(types), n_inert=inert.n)
    finally:
        workspace.drop(_SHARED, _WORDS, _HOSTS)


def _leaves(column: Column) -> bool:
    if column.sql_type.endswith("[]"):
        return column.name in _LISTS
    return column.sql_type != "VARCHAR" or column.name in _TEXTS


def _put_words(workspace: Workspace, snapshot_id: str) -> None:
    """Lay out what replaces each distinct note, and each distinct list of addresses."""
    for table, of, replaced in (
        (_WORDS, "recurrence_text", recurrence_words),
        (_HOSTS, _URLS, public_hosts),
    ):
        texts = workspace.arrays(
            f"SELECT DISTINCT {of} AS text FROM {REPORT.name} "
            f"WHERE snapshot_id = $snapshot_id AND {of} IS NOT NULL ORDER BY text",
            snapshot_id=snapshot_id,
        )["text"].tolist()
        columns = {"text": texts, "shown": [replaced(text) for text in texts]}
        workspace.put(table, columns, types=dict.fromkeys(columns, "VARCHAR"))


def _shared_step() -> Step:
    shown = ", ".join(sql for column in REPORT.columns if (sql := _shown(column)))
    return Step(
        name="take what may be shared",
        inputs=(REPORT.name, _WORDS, _HOSTS),
        output=_SHARED,
        is_temporary=True,
        sql=f"""
            SELECT {shown} FROM {REPORT.name} AS r
            LEFT JOIN {_WORDS} AS w ON w.text = r.recurrence_text
            LEFT JOIN {_HOSTS} AS h ON h.text = {_URLS}
            WHERE snapshot_id = $snapshot_id AND NOT {_FUTURE}
        """,
    )


def _shown(column: Column) -> str:
    name = quoted(column.name)
    if column.name == "recurrence_text":
        return "w.shown AS recurrence"
    if column.name == "urls":
        hosts = "string_split(coalesce(h.shown, ''), '; ')"
        return f"list_filter({hosts}, lambda x: x <> '') AS sources"
    if column.name in _REPLACED:
        return f"round(r.{name}, {EXACT_DECIMALS}) + 0 AS {name}"  # no minus zero
    return f"r.{name}" if _leaves(column) else ""


def _lines(workspace: Workspace) -> Iterator[str]:
    as_json = f"SELECT {RECORD_NO}, CAST(to_json(s) AS VARCHAR) AS line"
    for batch in read_batches(workspace, f"{as_json} FROM {_SHARED} AS s"):
        yield from batch["line"]


@dataclass(slots=True, kw_only=True)
class _Inert:
    """Cells that no spreadsheet computes, and how many were changed for it."""

    n: int = 0

    def rows(self, workspace: Workspace, types: dict[str, str]) -> Iterator[list[str]]:
        """Read the rows of what is shared, every cell as text."""
        shown = (
            f"coalesce({_as_text(name, sql_type=sql_type)}, '') AS c{number}"
            for number, (name, sql_type) in enumerate(types.items())
        )
        query = f"SELECT {RECORD_NO}, {', '.join(shown)} FROM {_SHARED}"
        is_free = ["VARCHAR" in sql_type for sql_type in types.values()]
        for batch in read_batches(workspace, query):
            columns = [
                [self._cell(text) for text in batch[f"c{number}"]]
                if free
                else batch[f"c{number}"]
                for number, free in enumerate(is_free)
            ]
            yield from map(list, zip(*columns, strict=True))

    def _cell(self, text: str) -> str:
        if not _FORMULA.match(text):
            return text
        self.n += 1
        return f"'{text}"


def _as_text(name: str, *, sql_type: str) -> str:
    if sql_type.endswith("[]"):
        return f"array_to_string({quoted(name)}, '; ')"
    return f"CAST({quoted(name)} AS VARCHAR)"
