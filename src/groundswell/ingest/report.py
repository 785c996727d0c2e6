"""From cells and values to `report`: a row for each record that tells of a happening."""

# ruff: noqa: S608 (names of our own tables and columns, and quoted literals)

from groundswell.core.tables import REPORT
from groundswell.engine.steps import Step, quoted
from groundswell.engine.workspace import Workspace
from groundswell.ingest.cells import LAID_OUT, Cells
from groundswell.ingest.files.records import RECORD
from groundswell.ingest.files.table import RECORD_NO
from groundswell.ingest.mapping import PAIRS

LEFT = "left_row"
COPY = "copy_of"
SUSPECT = "suspect"
VALUES = (
    *("value_date", "value_date_end", "value_published_at"),
    *("value_number", "value_size", "value_place", "value_state"),
)
_TEXTS = (
    *("source_event_id", "admin2", "locality", "place_detail", "title", "claims_summary"),
    *("claims_verbatim", "macro_event", "recurrence_text", "size_text"),
)
_LISTS = {
    "tactics": "CAST([] AS VARCHAR[])",
    "issues": "CAST([] AS VARCHAR[])",
    "urls": "CAST([] AS VARCHAR[])",
    "actors": "CAST([] AS STRUCT(name VARCHAR, role VARCHAR)[])",
}
_FLAGS = ("is_online", "is_counter_protest")
_MOST = {"latitude": 90, "longitude": 180}
_COUNT_JOINS = {"n_arrests": "n3", "n_injured": "n4", "n_killed": "n5"}
_PAIR_JOINS = {
    "registered_low": "n6",
    "registered_high": "n7",
    "n_killed_low": "n8",
    "n_killed_high": "n9",
    "n_arrests_low": "n10",
    "n_arrests_high": "n11",
    "n_injured_low": "n12",
    "n_injured_high": "n13",
}
MOST_DAYS = 3660
_WEEK_LESS_ONE = 6


def left_step() -> Step:
    """Write the step that lists the rows laid out which tell of no happening, and why."""
    return Step(
        name="find rows that tell of no happening",
        inputs=(LAID_OUT,),
        output=LEFT,
        sql=f"SELECT {RECORD_NO}, fate FROM {LAID_OUT} WHERE fate IS NOT NULL",
        is_temporary=True,
    )


def find_copies(workspace: Workspace, cells: Cells) -> None:
    """Find exact copies: all cells alike, as the file has them.

    Copies feed the same, unless a correction tells them apart; few rows do, so that of
    most files no other cells have to be compared.
    """
    columns = ", ".join(quoted(target) for target in cells.uses)
    twice = "SELECT fed FROM read GROUP BY fed HAVING count(*) > 1"
    suspects = Step(
        name="find rows that may be copies",
        inputs=(LAID_OUT,),
        output=SUSPECT,
        sql=(
            f"WITH read AS (SELECT {RECORD_NO}, hash({columns}) AS fed FROM {LAID_OUT} "
            "WHERE fate IS NULL) "
            f"SELECT {RECORD_NO} FROM read "
            f"{'' if cells.is_corrected else f'WHERE fed IN ({twice})'}"
        ),
        is_temporary=True,
    )
    are_there = workspace.create(suspects) > 0
    workspace.create(_copy_step(cells) if are_there else _no_copy_step())


def _copy_step(cells: Cells) -> Step:
    columns = ", ".join(quoted(name) for name in cells.table.names)
    # two hashes that are made in different ways: of each cell, and of the row as a text
    return Step(
        name="find exact copies",
        inputs=(RECORD, SUSPECT),
        output=COPY,
        sql=(
            f"WITH hashed AS (SELECT {RECORD_NO}, hash({columns}) AS of_cells, "
            f"hash(concat_ws(chr(31), {columns})) AS of_row FROM {RECORD} "
            f"WHERE {RECORD_NO} IN (SELECT {RECORD_NO} FROM {SUSPECT})), "
            f"firsts AS (SELECT {RECORD_NO}, min({RECORD_NO}) OVER "
            "(PARTITION BY of_cells, of_row) AS duplicate_of FROM hashed) "
            f"SELECT {RECORD_NO}, duplicate_of FROM firsts "
            f"WHERE {RECORD_NO} <> duplicate_of"
        ),
        is_temporary=True,
    )


def _no_copy_step() -> Step:
    return Step(
        name="find no exact copies",
        inputs=(SUSPECT,),
        output=COPY,
        sql=f"SELECT {RECORD_NO}, {RECORD_NO} AS duplicate_of FROM {SUSPECT}",
        is_temporary=True,
    )


def report_step(cells: Cells) -> Step:
    """Write the step that adds the reports of a file.

    Its parameters are `snapshot_id`, `source_id`, `size_rule` and `taken`.
    """
    columns = dict.fromkeys(REPORT.column_names, "NULL")
    columns.update(_identity(), **_dates(cells), **_places(cells), **_sizes(cells))
    columns.update(_plain(cells))
    shown = ", ".join(f"{sql} AS {quoted(name)}" for name, sql in columns.items())
    return Step(
        name="write reports",
        inputs=(LAID_OUT, COPY, *VALUES),
        output=REPORT.name,
        sql=(
            f"SELECT {shown} FROM (SELECT * FROM {LAID_OUT} WHERE fate IS NULL) AS c "
            f"{_joins(cells)} LEFT JOIN {COPY} AS k ON k.{RECORD_NO} = c.{RECORD_NO}"
        ),
    )


def _identity() -> dict[str, str]:
    return {
        "report_id": f"concat($snapshot_id, ':', c.{RECORD_NO})",
        "source_id": "$source_id",
        "snapshot_id": "$snapshot_id",
        RECORD_NO: f"c.{RECORD_NO}",
        "duplicate_of": "k.duplicate_of",
    }


def _dates(cells: Cells) -> dict[str, str]:
    has_end = "date_end" in cells.uses
    end = "d2.last" if has_end else "CAST(NULL AS DATE)"
    if "duration_days" in cells.uses:
        lasting = (
            f"CASE WHEN d1.precision = 'day' AND {duration_sql('c.duration_days')} > 1 "
            f"THEN d1.first + ({duration_sql('c.duration_days')} - 1) END"
        )
        end = f"coalesce({end}, {lasting})"
    is_range = f"({end} IS NOT NULL AND d1.first IS NOT NULL AND {end} >= d1.last)"
    text = (
        "nullif(concat_ws(' to ', c.date, nullif(c.date_end, c.date)), '')"
        if has_end
        else "c.date"
    )
    precision = (
        f"CASE WHEN {is_range} AND d1.precision = 'day' "
        "THEN coalesce(d2.precision, 'day') ELSE d1.precision END"
        if has_end
        else "d1.precision"
    )
    published = "d3.first" if "published_at" in cells.uses else "NULL"
    first, last = "d1.first", f"CASE WHEN {is_range} THEN {end} ELSE d1.last END"
    if "date_precision" in cells.uses:
        stated = "CASE WHEN d1.first IS NOT NULL THEN c.date_precision END"
        # a day that stands for its week or month is widened, unless a last day is given
        widened = f"(NOT coalesce({is_range}, false) AND d1.precision = 'day')"
        first = f"CASE WHEN {widened} THEN {_widened('d1.first', to=-1)} ELSE {first} END"
        last = f"CASE WHEN {widened} THEN {_widened('d1.first', to=1)} ELSE {last} END"
        precision = f"coalesce({stated}, {precision})"
    return {
        "date_start": first,
        "date_end": last,
        "date_text": text,
        "date_precision": f"coalesce({precision}, 'unknown')",
        "published_at": published,
        "is_after_snapshot": "d1.first > CAST($taken AS DATE)",
    }


def duration_sql(cell: str) -> str:
    """Write a duration as a number of days, null where it is none or absurdly long."""
    days = f"TRY_CAST({cell} AS INTEGER)"
    return f"CASE WHEN {days} BETWEEN 1 AND {MOST_DAYS} THEN {days} END"


def _widened(day: str, *, to: int) -> str:
    """Write the first (-1) or last (1) day that a day of some precision can mean."""
    shift = f"{'-' if to < 0 else '+'} {_WEEK_LESS_ONE}"

    def of_unit(unit: str) -> str:
        start = f"date_trunc('{unit}', {day})"
        whole = start if to < 0 else f"{start} + INTERVAL 1 {unit} - INTERVAL 1 day"
        return f"CAST({whole} AS DATE)"

    return (
        f"CASE c.date_precision WHEN 'week' THEN {day} {shift} "
        f"WHEN 'month' THEN {of_unit('month')} WHEN 'year' THEN {of_unit('year')} "
        f"ELSE {day} END"
    )


def _places(cells: Cells) -> dict[str, str]:
    """Write the columns of the place; the finest that is known gives its precision."""
    stated = "c.place_precision" if "place_precision" in cells.uses else "NULL"
    locality = "c.locality" if "locality" in cells.uses else "NULL"
    admin2 = "c.admin2" if "admin2" in cells.uses else "NULL"
    on_day = "s.country" if "country" in cells.uses else "NULL"
    columns = {
        "country": f"coalesce(p.country, {on_day})",
        "admin1": "p.admin1",
        "place_precision": (
            f"CASE WHEN {stated} IS NOT NULL THEN {stated} "
            f"WHEN {locality} IS NOT NULL THEN 'locality' "
            f"WHEN {admin2} IS NOT NULL THEN 'admin2' "
            "WHEN p.admin1 IS NOT NULL THEN 'admin1' "
            f"WHEN coalesce(p.country, {on_day}) IS NOT NULL THEN 'country' "
            "ELSE 'unknown' END"
        ),
    }
    for name, most in _MOST.items():
        if name in cells.uses:
            degrees = degrees_sql(f"c.{name}")
            columns[name] = f"CASE WHEN abs({degrees}) <= {most} THEN {degrees} END"
    return columns


def degrees_sql(cell: str) -> str:
    """Write a coordinate as a number of degrees, null where it is none."""
    return f"TRY_CAST(replace({cell}, ',', '.') AS DOUBLE)"


def _sizes(cells: Cells) -> dict[str, str]:
    """Write the size: the source's own numbers, else what its words give by the rule."""
    low = "n1.low" if "size_low" in cells.uses else "CAST(NULL AS BIGINT)"
    high = "n2.high" if "size_high" in cells.uses else "CAST(NULL AS BIGINT)"
    own = f"({low} IS NOT NULL OR {high} IS NOT NULL)"
    words_low = "z.low" if "size_text" in cells.uses else "CAST(NULL AS BIGINT)"
    words_high = "z.high" if "size_text" in cells.uses else "CAST(NULL AS BIGINT)"
    is_swapped = f"({low} > {high})"
    return {
        "size_low": (
            f"CASE WHEN {is_swapped} THEN {high} WHEN {own} THEN {low} "
            f"ELSE {words_low} END"
        ),
        "size_high": (
            f"CASE WHEN {is_swapped} THEN {low} WHEN {own} THEN {high} "
            f"ELSE {words_high} END"
        ),
        "size_rule": (
            f"CASE WHEN {own} THEN 'source' WHEN {words_low} IS NOT NULL OR "
            f"{words_high} IS NOT NULL THEN $size_rule END"
        ),
        **{
            f"{target}_{end}": f"{alias}.{end}"
            for target, alias in _COUNT_JOINS.items()
            if target in cells.uses
            for end in ("low", "high")
        },
        **_pairs(cells),
    }


def _pairs(cells: Cells) -> dict[str, str]:
    """Write the numbers with columns for both ends; one that stands alone is both."""
    columns = {}
    for ends in PAIRS[1:]:
        if given := [end for end in ends if end in cells.uses]:
            low, high = f"{_PAIR_JOINS[given[0]]}.low", f"{_PAIR_JOINS[given[-1]]}.high"
            least, most = ends
            columns[least] = f"CASE WHEN {low} > {high} THEN {high} ELSE {low} END"
            columns[most] = f"CASE WHEN {low} > {high} THEN {low} ELSE {high} END"
    return columns


def _plain(cells: Cells) -> dict[str, str]:
    columns = {name: f"c.{name}" for name in (*_TEXTS, *_FLAGS) if name in cells.uses}
    for name, empty in _LISTS.items():
        columns[name] = f"c.{name}" if name in cells.uses else empty
    return columns


def _joins(cells: Cells) -> str:
    """Write the joins of cells with the values that their texts were read as."""
    by_text = {
        "date": ("value_date", "d1"),
        "date_end": ("value_date_end", "d2"),
        "published_at": ("value_published_at", "d3"),
        "size_low": ("value_number", "n1"),
        "size_high": ("value_number", "n2"),
        "size_text": ("value_size", "z"),
        **{
            target: ("value_number", alias)
            for target, alias in (_COUNT_JOINS | _PAIR_JOINS).items()
        },
    }
    joins = [
        f"LEFT JOIN {table} AS {alias} ON {alias}.text = c.{target}"
        for target, (table, alias) in by_text.items()
        if target in cells.uses
    ]
    same = " AND ".join(
        f"p.{name}_text IS NOT DISTINCT FROM "
        f"{f'c.{name}' if name in cells.uses else 'CAST(NULL AS VARCHAR)'}"
        for name in ("country", "admin1")
    )
    joins.append(f"LEFT JOIN value_place AS p ON {same}")
    if "country" in cells.uses:
        joins.append(
            "LEFT JOIN value_state AS s "
            "ON s.country_text = c.country AND s.day = d1.first"
        )
    return " ".join(joins)
