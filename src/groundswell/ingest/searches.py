"""Odd rows of a file: looked for table by table, counted, and the first ones shown."""

# ruff: noqa: S608 (queries of our own)

from collections.abc import Iterable
from typing import NamedTuple

from groundswell.core.sources import Finding
from groundswell.engine.workspace import Workspace
from groundswell.ingest.files.table import RECORD_NO

_SHOWN = 5


class Search(NamedTuple):
    """Rows to look for.

    Attributes
    ----------
    kind, label
        Of the finding, where there are such rows.
    sql
        A `SELECT` of `record_no` and `words`.
    table, where
        A table in which a condition holds of some row wherever `sql` finds one: all
        conditions of a table are asked in one query, and most of them spare theirs.
    """

    kind: str
    label: str
    sql: str
    table: str = ""
    where: str = "true"


def rows_where(where: str, *, table: str, words: str, kind: str, label: str) -> Search:
    """Look for the rows of a table of which a condition holds."""
    sql = f"SELECT {RECORD_NO}, {words} AS words FROM {table} WHERE {where}"
    return Search(kind=kind, label=label, sql=sql, table=table, where=where)


def find_rows(workspace: Workspace, searches: Iterable[Search]) -> tuple[Finding, ...]:
    """Find odd rows.

    Parameters
    ----------
    workspace
        Where the tables are.
    searches
        What to look for.

    Returns
    -------
    tuple
        A finding for each search that finds a row, in their order, with its first rows.
    """
    wanted = tuple(searches)
    by_table: dict[str, list[int]] = {}
    for number, search in enumerate(wanted):
        by_table.setdefault(search.table, []).append(number)
    hopeful = set(by_table.pop("", ()))
    for table, numbers in by_table.items():
        holds = ", ".join(
            f"coalesce(bool_or({wanted[number].where}), false) AS h{number}"
            for number in numbers
        )
        found = workspace.arrays(f"SELECT {holds} FROM {table}")
        hopeful |= {number for number in numbers if found[f"h{number}"][0]}
    findings = (_find(workspace, wanted[number]) for number in sorted(hopeful))
    return tuple(finding for finding in findings if finding.n)


def _find(workspace: Workspace, search: Search) -> Finding:
    first = workspace.arrays(
        f"SELECT {RECORD_NO}, words, count(*) OVER () AS n FROM ({search.sql}) "
        f"ORDER BY {RECORD_NO}, words LIMIT {_SHOWN}"
    )
    rows = zip(first[RECORD_NO], first["words"], strict=True)
    return Finding(
        kind=search.kind,
        label=search.label,
        n=int(first["n"][0]) if len(first["n"]) else 0,
        examples=tuple(f"row {int(n):,}: {w or ''}".rstrip(": ") for n, w in rows),
    )
