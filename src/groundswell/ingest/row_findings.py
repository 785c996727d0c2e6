"""What was odd in the rows of a file, and what was done about it."""

# ruff: noqa: S608 (names of our own tables and columns, and quoted literals)

from collections.abc import Iterator

from groundswell.core.sources import Finding
from groundswell.engine.steps import literal
from groundswell.engine.workspace import Workspace
from groundswell.ingest.cells import UNREAD, Cells
from groundswell.ingest.files.table import RECORD_NO
from groundswell.ingest.mapping import DATES, INTERVALS, PAIRS
from groundswell.ingest.report import LEFT, MOST_DAYS, degrees_sql, duration_sql
from groundswell.ingest.searches import Search, find_rows, rows_where
from groundswell.ingest.values import COUNTS
from groundswell.language.dates import NO_DATE, OUT_OF_RANGE
from groundswell.language.sizes import NO_SIZE


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
    return find_rows(workspace, searches)


def _of_rows(of_file: str) -> Iterator[Search]:
    yield rows_where(
        "fate = 'heading'",
        table=LEFT,
        words="''",
        kind="headings",
        label="rows have no date and say neither what happened nor who took part "
        "(headings, sums); kept as records, not as reports",
    )
    yield rows_where(
        "duplicate_of IS NOT NULL",
        table=of_file,
        words="concat('copy of row ', duplicate_of)",
        kind="exact-copies",
        label="rows repeat an earlier row in every cell; kept, and marked as copies",
    )


def _of_dates(cells: Cells, *, of_file: str) -> Iterator[Search]:
    yield rows_where(
        "date_text IS NULL",
        table=of_file,
        words="coalesce(locality, '')",
        kind="undated",
        label="reports have no date",
    )
    for target in DATES:
        if target in cells.uses:
            yield from _of_date_texts(cells, target)
    if "duration_days" in cells.uses:
        yield rows_where(
            f"duration_days IS NOT NULL AND {duration_sql('duration_days')} IS NULL",
            table=cells.laid_out,
            words="duration_days",
            kind="duration-unread",
            label=f"durations are no number of days from 1 to {MOST_DAYS:,}; not used",
        )
    yield rows_where(
        "date_precision IN ('week', 'month', 'year')",
        table=of_file,
        words="date_text",
        kind="imprecise-dates",
        label="reports have a week, month or year for a date",
    )
    yield rows_where(
        "is_after_snapshot",
        table=of_file,
        words="concat(date_start, ' ', recurrence_text)",
        kind="after-snapshot",
        label="reports start after the day on which the file was taken: entered in "
        "advance",
    )


def _of_date_texts(cells: Cells, target: str) -> Iterator[Search]:
    texts = (
        f"SELECT {RECORD_NO}, text AS words, problem FROM ({cells.select(target)}) AS c "
        f"JOIN value_{target} AS v ON v.text = c.{target}"
    )
    name = "dates" if target == "date" else f"dates ({target})"
    yield Search(
        "date-out-of-range",
        f"{name} are in a year that cannot be; not used",
        f"{texts} WHERE problem = {literal(OUT_OF_RANGE)}",
        f"value_{target}",
        f"problem = {literal(OUT_OF_RANGE)}",
    )
    others = f"problem NOT IN ('', {literal(OUT_OF_RANGE)}, {literal(NO_DATE)})"
    yield Search(
        "date-unread",
        f"{name} could not be read; not used",
        f"{texts} WHERE {others}",
        f"value_{target}",
        others,
    )


def _of_codes(cells: Cells) -> Iterator[Search]:
    for number, bound in enumerate(cells.coded_uses):
        codes = f"{UNREAD}{number}"
        yield Search(
            "code-unread",
            f"codes for {bound.use.target} are not in the source's table; a text is kept "
            "as it is written, a number is taken as unknown",
            f"SELECT {RECORD_NO}, unnest({codes}) AS words FROM {cells.laid_out} "
            f"WHERE {codes} IS NOT NULL",
            cells.laid_out,
            f"{codes} IS NOT NULL",
        )


def _of_sizes(cells: Cells, *, of_file: str) -> Iterator[Search]:
    for low, high in PAIRS:
        if low in cells.uses and high in cells.uses:
            what = low.removesuffix("_low").replace("_", "-")
            yield Search(
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
            yield Search(
                "number-unread",
                f"cells for {target} hold no number; taken as unknown",
                f"SELECT {RECORD_NO}, text AS words FROM ({cells.select(target)}) AS c "
                f"JOIN value_number AS v ON v.text = c.{target} WHERE {unread}",
                "value_number",
                unread,
            )
    if "size_text" in cells.uses:
        yield rows_where(
            "size_rule <> 'source'",
            table=of_file,
            words="concat(size_text, ': ', size_low, ' to ', size_high)",
            kind="size-from-words",
            label="reports have a size from its words alone, under the word rule",
        )
        yield Search(
            "size-unread",
            "reports have words for their size that give no number; taken as unknown",
            f"SELECT {RECORD_NO}, size_text AS words FROM {of_file} AS r "
            "JOIN value_size AS v ON v.text = r.size_text "
            f"WHERE size_low IS NULL AND size_high IS NULL AND {unread}",
            "value_size",
            unread,
        )


def _of_places(cells: Cells, *, of_file: str) -> Iterator[Search]:
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
        yield Search(
            kind,
            label,
            f"SELECT c.{RECORD_NO}, {words} AS words {joined} WHERE {flag}"
            f"{settled.get(flag, '')}",
            "value_place",
            flag,
        )
    if others := cells.others():
        yield Search(
            "further-places",
            "reports have further places, which stay in the record; the first one counts",
            f"SELECT * FROM ({others}) WHERE words <> ''",
        )
    for target, most in (("latitude", 90), ("longitude", 180)):
        if target in cells.uses:
            yield rows_where(
                f"{target} IS NOT NULL AND coalesce(abs({degrees_sql(target)}), "
                f"{most + 1}) > {most}",
                table=cells.laid_out,
                words=target,
                kind="coordinates-unread",
                label=f"cells for {target} hold no number of degrees; left out",
            )


def _of_flags(cells: Cells) -> Iterator[Search]:
    (name, values), uses = cells.not_counted, cells.uses.get("is_online", ())
    if name:
        yield Search(
            "not-counted-by-source",
            "rows are marked by the source as not counted as events; kept as reports",
            f"SELECT {RECORD_NO}, value AS words FROM ({cells.column(name)}) "
            f"WHERE lower(value) IN ({values})",
        )
    for use in uses:
        if use.names and not use.use.words:
            yield Search(
                "flag-unread",
                "cells for is_online say neither yes nor no; taken as unknown",
                f"SELECT {RECORD_NO}, value AS words FROM ({cells.column(use.names[0])}) "
                f"JOIN ({cells.select('is_online')}) USING ({RECORD_NO}) "
                "WHERE value IS NOT NULL AND is_online IS NULL",
            )
