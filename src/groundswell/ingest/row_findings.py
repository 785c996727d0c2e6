"""What was odd in the rows of a file, and what was done about it."""

# ruff: noqa: S608 (names of our own tables and columns, and quoted literals)

from collections.abc import Iterator
from typing import NamedTuple

from groundswell.core.sources import Finding
from groundswell.engine.steps import literal
from groundswell.engine.workspace import Workspace
from groundswell.ingest.cells import Cells
from groundswell.ingest.files.table import RECORD_NO
from groundswell.ingest.mapping import DATES, INTERVALS, PAIRS
from groundswell.ingest.report import COPY, LEFT, MOST_DAYS, degrees_sql, duration_sql
from groundswell.ingest.values import COUNTS
from groundswell.language.dates import NO_DATE, OUT_OF_RANGE
from groundswell.language.sizes import NO_SIZE

_SHOWN = 5


class _Search(NamedTuple):
    """Rows to look for: a `SELECT` of `record_no` and `words`.

    `guard` is a condition that costs little, over the few values of a file; where it does
    not hold there are no such rows.
    """

    kind: str
    label: str
    sql: str
    guard: str = "true"


def row_findings(
    workspace: Workspace, cells: Cells, *, of_file: str
) -> tuple[Finding, ...]:
    """Find what was odd in the rows of a file whose reports were just written.

    Parameters
    ----------
    workspace
        Where records, values and reports are.
    cells
        Cells of the file.
    of_file
        SQL of the reports of the file.

    Returns
    -------
    tuple
        A finding for each kind that occurs, with its first rows.
    """
    searches = (
        *_of_rows(of_file),
        *_of_dates(cells, of_file=of_file),
        *_of_sizes(cells, of_file=of_file),
        *_of_places(cells, of_file=of_file),
        *_of_flags(cells),
        *_of_codes(cells),
    )
    guards = ", ".join(f"{s.guard} AS g{i}" for i, s in enumerate(searches))
    passed = workspace.arrays(f"SELECT {guards}")
    found = (
        _find(workspace, search)
        for number, search in enumerate(searches)
        if passed[f"g{number}"][0]
    )
    return tuple(finding for finding in found if finding.n)


def _find(workspace: Workspace, search: _Search) -> Finding:
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


def _of_rows(of_file: str) -> Iterator[_Search]:
    yield _Search(
        "headings",
        "rows have no date and say neither what happened nor who took part (headings, "
        "sums); kept as records, not as reports",
        f"SELECT {RECORD_NO}, '' AS words FROM {LEFT} WHERE fate = 'heading'",
        f"EXISTS (FROM {LEFT} WHERE fate = 'heading')",
    )
    yield _Search(
        "exact-copies",
        "rows repeat an earlier row in every cell; kept, and marked as copies",
        f"SELECT {RECORD_NO}, concat('copy of row ', duplicate_of) AS words "
        f"FROM {of_file} WHERE duplicate_of IS NOT NULL",
        f"EXISTS (FROM {COPY})",
    )


def _of_dates(cells: Cells, *, of_file: str) -> Iterator[_Search]:
    yield _Search(
        "undated",
        "reports have no date",
        f"SELECT {RECORD_NO}, coalesce(locality, '') AS words FROM {of_file} "
        "WHERE date_text IS NULL",
    )
    for target in DATES:
        if target in cells.uses:
            yield from _of_date_texts(cells, target)
    if "duration_days" in cells.uses:
        yield _Search(
            "duration-unread",
            f"durations are no number of days from 1 to {MOST_DAYS:,}; not used",
            f"SELECT {RECORD_NO}, duration_days AS words "
            f"FROM ({cells.select('duration_days')}) WHERE duration_days IS NOT NULL "
            f"AND {duration_sql('duration_days')} IS NULL",
        )
    yield _Search(
        "imprecise-dates",
        "reports have a week, month or year for a date",
        f"SELECT {RECORD_NO}, date_text AS words FROM {of_file} "
        "WHERE date_precision IN ('week', 'month', 'year')",
    )
    yield _Search(
        "after-snapshot",
        "reports start after the day on which the file was taken: entered in advance",
        f"SELECT {RECORD_NO}, concat(date_start, ' ', recurrence_text) AS words "
        f"FROM {of_file} WHERE is_after_snapshot",
    )


def _of_date_texts(cells: Cells, target: str) -> Iterator[_Search]:
    texts = (
        f"SELECT {RECORD_NO}, text AS words, problem FROM ({cells.select(target)}) AS c "
        f"JOIN value_{target} AS v ON v.text = c.{target}"
    )
    name = "dates" if target == "date" else f"dates ({target})"
    yield _Search(
        "date-out-of-range",
        f"{name} are in a year that cannot be; not used",
        f"{texts} WHERE problem = {literal(OUT_OF_RANGE)}",
        f"EXISTS (FROM value_{target} WHERE problem = {literal(OUT_OF_RANGE)})",
    )
    others = f"problem NOT IN ('', {literal(OUT_OF_RANGE)}, {literal(NO_DATE)})"
    yield _Search(
        "date-unread",
        f"{name} could not be read; not used",
        f"{texts} WHERE {others}",
        f"EXISTS (FROM value_{target} WHERE {others})",
    )


def _of_codes(cells: Cells) -> Iterator[_Search]:
    for bound in cells.coded_uses:
        yield _Search(
            "code-unread",
            f"codes for {bound.use.target} are not in the source's table; a text is kept "
            "as it is written, a number is taken as unknown",
            cells.uncoded(bound),
        )


def _of_sizes(cells: Cells, *, of_file: str) -> Iterator[_Search]:
    for low, high in PAIRS:
        if low in cells.uses and high in cells.uses:
            what = low.removesuffix("_low").replace("_", "-")
            yield _Search(
                f"{what}-low-above-high",
                f"reports have a {low} above the {high}; the two were exchanged",
                f"SELECT {RECORD_NO}, concat(l.text, ' and ', h.text) AS words "
                f"FROM ({cells.select(low, high)}) AS c "
                f"JOIN value_number AS l ON l.text = c.{low} "
                f"JOIN value_number AS h ON h.text = c.{high} WHERE l.low > h.high",
            )
    unread = f"problem NOT IN ('', {literal(NO_SIZE)})"
    for target in (*INTERVALS, *COUNTS):
        if target in cells.uses:
            yield _Search(
                "number-unread",
                f"cells for {target} hold no number; taken as unknown",
                f"SELECT {RECORD_NO}, text AS words FROM ({cells.select(target)}) AS c "
                f"JOIN value_number AS v ON v.text = c.{target} WHERE {unread}",
                f"EXISTS (FROM value_number WHERE {unread})",
            )
    if "size_text" in cells.uses:
        yield _Search(
            "size-from-words",
            "reports have a size from its words alone, under the word rule",
            f"SELECT {RECORD_NO}, concat(size_text, ': ', size_low, ' to ', size_high) "
            f"AS words FROM {of_file} WHERE size_rule <> 'source'",
        )
        yield _Search(
            "size-unread",
            "reports have words for their size that give no number; taken as unknown",
            f"SELECT {RECORD_NO}, size_text AS words FROM {of_file} AS r "
            "JOIN value_size AS v ON v.text = r.size_text "
            f"WHERE size_low IS NULL AND size_high IS NULL AND {unread}",
            f"EXISTS (FROM value_size WHERE {unread})",
        )


def _of_places(cells: Cells, *, of_file: str) -> Iterator[_Search]:
    targets = [target for target in ("country", "admin1") if target in cells.uses]
    same = " AND ".join(
        f"p.{t}_text IS NOT DISTINCT FROM "
        f"{f'c.{t}' if t in targets else 'CAST(NULL AS VARCHAR)'}"
        for t in ("country", "admin1")
    )
    joined = f"FROM ({cells.select(*targets)}) AS c JOIN value_place AS p ON {same}"
    words = "concat_ws(', ', admin1_text, country_text)"
    labels = {
        "is_country_unknown": ("country-unknown", "countries are not known; left out"),
        "is_admin1_unknown": (
            "admin1-unknown",
            "first-level units are not in our tables; kept as written",
        ),
        "is_alias": ("alias", "places are written in a way that the mapping corrects"),
    }
    # some codes and names are of several states, and the day tells which
    unsettled = f"SELECT {RECORD_NO} FROM {of_file} WHERE country IS NULL"
    settled = {"is_country_unknown": f" AND c.{RECORD_NO} IN ({unsettled})"}
    for flag, (kind, label) in labels.items():
        yield _Search(
            kind,
            label,
            f"SELECT c.{RECORD_NO}, {words} AS words {joined} WHERE {flag}"
            f"{settled.get(flag, '')}",
            f"EXISTS (FROM value_place WHERE {flag})",
        )
    if others := cells.others():
        yield _Search(
            "further-places",
            "reports have further places, which stay in the record; the first one counts",
            f"SELECT * FROM ({others}) WHERE words <> ''",
        )
    for target, most in (("latitude", 90), ("longitude", 180)):
        if target in cells.uses:
            yield _Search(
                "coordinates-unread",
                f"cells for {target} hold no number of degrees; left out",
                f"SELECT {RECORD_NO}, {target} AS words FROM ({cells.select(target)}) "
                f"WHERE {target} IS NOT NULL AND coalesce(abs({degrees_sql(target)}), "
                f"{most + 1}) > {most}",
            )


def _of_flags(cells: Cells) -> Iterator[_Search]:
    (name, values), uses = cells.not_counted, cells.uses.get("is_online", ())
    if name:
        yield _Search(
            "not-counted-by-source",
            "rows are marked by the source as not counted as events; kept as reports",
            f"SELECT {RECORD_NO}, value AS words FROM ({cells.column(name)}) "
            f"WHERE lower(value) IN ({values})",
        )
    for use in uses:
        if use.names and not use.use.words:
            yield _Search(
                "flag-unread",
                "cells for is_online say neither yes nor no; taken as unknown",
                f"SELECT {RECORD_NO}, value AS words FROM ({cells.column(use.names[0])}) "
                f"JOIN ({cells.select('is_online')}) USING ({RECORD_NO}) "
                "WHERE value IS NOT NULL AND is_online IS NULL",
            )
