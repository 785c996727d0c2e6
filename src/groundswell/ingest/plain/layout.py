"""The cells that feed a table other than `report`, laid out under its columns."""

# ruff: noqa: S608 (every identifier and every token is quoted here)

from collections.abc import Mapping as MappingABC
from dataclasses import dataclass

from groundswell.core.vote_tables import VOTE_WORDS
from groundswell.engine.steps import Step, literal, quoted
from groundswell.engine.workspace import Workspace
from groundswell.ingest.cells import Cells
from groundswell.ingest.files.table import RECORD_NO
from groundswell.ingest.mapping import WILD, find_columns
from groundswell.ingest.plain.mapping import Plain, PlainTable, PlainUse
from groundswell.ingest.plain.words import state_named, vote_of
from groundswell.ingest.report import LEFT

DAY_TEXT = "day_text"
OF_SESSION = "session "
_IDENTIFIERS = ("rcid", "state_code", "source_event_id", "session")
_DAYS = ("date", "session")
_MOST_WORDS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Laid:
    """A table whose cells are laid out.

    Attributes
    ----------
    table
        What the mapping says of it.
    view
        The temporary table: `record_no`, a text under each target, and `day_text`.
    names
        Columns of the file that feed each target.
    across
        Columns of the file that become rows, each with what it is called in them.
    day_uses
        What feeds `day_text`: the date, and where it is missing the session; none where
        the file tells neither.
    """

    table: PlainTable
    view: str
    names: MappingABC[str, tuple[str, ...]]
    across: MappingABC[str, str]
    day_uses: tuple[PlainUse, ...]

    @property
    def name(self) -> str:
        """Name of the table."""
        return self.table.contract.name

    def use(self, target: str) -> PlainUse | None:
        """Find what feeds a target; `None` where nothing does, or a column's name."""
        return next((u for u in self.table.uses if u.target == target), None)

    def has(self, target: str) -> bool:
        """Say whether a target is fed."""
        return target in self.names


def lay_out(workspace: Workspace, cells: Cells, *, plain: Plain) -> tuple[Laid, ...]:
    """Find the rows that feed nothing, and lay out the cells of the others.

    Parameters
    ----------
    workspace
        Where the records are.
    cells
        Cells of the file.
    plain
        The tables that it feeds.

    Returns
    -------
    tuple
        The tables, laid out; rows that feed none of them are in the table `left_row`.
    """
    workspace.create(_left_step(cells, plain=plain))
    day_uses = _day_uses(cells, plain=plain)
    taken = _taken(cells, plain=plain)
    return tuple(
        _lay_out(workspace, cells, table=table, day_uses=day_uses, taken=taken)
        for table in plain.tables
    )


def columns_of(cells: Cells, use: PlainUse, *, is_list: bool = False) -> tuple[str, ...]:
    """Find the columns of a file that feed a use: the first one, or all for a list."""
    found = [name for column in use.columns for name in find_columns(cells.table, column)]
    return tuple(found) if is_list else tuple(found[:1])


def _left_step(cells: Cells, *, plain: Plain) -> Step:
    """Write the step that finds the rows which feed nothing, and why."""
    columns = ", ".join(quoted(name) for name in cells.table.names)
    is_blank = f"trim(concat({columns})) = ''"
    needed = [
        _one(cells, use)
        for table in plain.tables
        for use in table.uses
        if use.target in table.needed
    ]
    is_empty = " OR ".join(f"({cell}) IS NULL" for cell in dict.fromkeys(needed))
    return Step(
        name="find rows that feed nothing",
        inputs=cells.inputs,
        output=LEFT,
        sql=(
            f"SELECT {RECORD_NO}, CASE WHEN {cells.unfit} THEN 'misfit' "
            f"WHEN {is_blank} THEN 'blank' ELSE 'unnamed' END AS fate "
            f"FROM {cells.rows} WHERE {cells.unfit} OR {is_empty or is_blank}"
        ),
        is_temporary=True,
    )


def _day_uses(cells: Cells, *, plain: Plain) -> tuple[PlainUse, ...]:
    """Find what tells the day of a row: its date, and its session."""
    uses = [use for table in plain.tables for use in table.uses if columns_of(cells, use)]
    found = [next((u for u in uses if u.target == target), None) for target in _DAYS]
    return tuple(use for use in found if use)


def _day(cells: Cells, uses: tuple[PlainUse, ...]) -> str:
    """Write the text of the day of a row; a session has a mark before it."""
    texts = [
        f"concat({literal(OF_SESSION)}, {_one(cells, use)})"
        if use.target == "session"
        else _one(cells, use)
        for use in uses
    ]
    return f"coalesce({', '.join([*texts, 'CAST(NULL AS VARCHAR)'])})"


def _taken(cells: Cells, *, plain: Plain) -> frozenset[str]:
    """List the columns that feed something by their own."""
    names = [
        name
        for table in plain.tables
        for use in table.uses
        for name in columns_of(cells, use, is_list=True)
    ]
    across = [
        name
        for table in plain.tables
        for column in (table.across.columns if table.across else ())
        for name in find_columns(cells.table, column)
    ]
    return frozenset((*names, *across))


def _lay_out(
    workspace: Workspace,
    cells: Cells,
    *,
    table: PlainTable,
    day_uses: tuple[PlainUse, ...],
    taken: frozenset[str],
) -> Laid:
    view = f"plain_{table.contract.name}"
    types = {column.name: column.sql_type for column in table.contract.columns}
    names: dict[str, tuple[str, ...]] = {}
    shown: dict[str, str] = {}
    for use in table.uses:
        is_list = types[use.target] == "VARCHAR[]"
        found = columns_of(cells, use, is_list=is_list)
        if found or use.value:
            names[use.target] = found
            shown[use.target] = _items(cells, use) if is_list else _one(cells, use)
    shown[DAY_TEXT] = _day(cells, day_uses)
    listed = ", ".join(f"{sql} AS {quoted(target)}" for target, sql in shown.items())
    across: MappingABC[str, str] = {}
    if table.across:
        across = _across(workspace, cells, table=table, taken=taken)
        fed = (table.across.names, table.across.cells)
        names.update(dict.fromkeys(fed, tuple(across)))
    used = [name for found in names.values() for name in found]
    used += [name for use in day_uses for name in columns_of(cells, use)]
    rows = _rows(cells, table=table, used=tuple(dict.fromkeys(used)))
    sql = _melted(cells, table=table, rows=rows, listed=listed, columns=across)
    workspace.create(
        Step(
            name=f"lay out the cells of {table.contract.name}",
            inputs=(*cells.inputs, LEFT),
            output=view,
            sql=sql,
            is_temporary=True,
        )
    )
    names.pop("", None)
    return Laid(table=table, view=view, names=names, across=across, day_uses=day_uses)


def _rows(cells: Cells, *, table: PlainTable, used: tuple[str, ...]) -> str:
    """Write the rows that feed a table, alike ones once where it is of distinct rows."""
    kept = f"{RECORD_NO} NOT IN (SELECT {RECORD_NO} FROM {LEFT})"
    columns = ", ".join(quoted(name) for name in used)
    if not table.is_distinct or not columns:
        return f"(SELECT * FROM {cells.rows} WHERE {kept})"
    return (
        f"(SELECT min({RECORD_NO}) AS {RECORD_NO}, {columns} FROM {cells.rows} "
        f"WHERE {kept} GROUP BY {columns})"
    )


def _melted(
    cells: Cells,
    *,
    table: PlainTable,
    rows: str,
    listed: str,
    columns: MappingABC[str, str],
) -> str:
    """Write the rows, one for each filled cell of the columns that become rows."""
    across = table.across
    if across is None:
        return f"SELECT {RECORD_NO}, {listed} FROM {rows}"
    if not columns:
        fed = (target for target in (across.names, across.cells) if target)
        none = ", ".join(f"CAST(NULL AS VARCHAR) AS {quoted(target)}" for target in fed)
        return f"SELECT {RECORD_NO}, {listed}, {none} FROM {rows} WHERE false"
    pairs = ", ".join(
        f"{{'n': {literal(called)}, 'c': {cells.cell(name)}}}"
        for name, called in columns.items()
    )
    cell = f", x.c AS {quoted(across.cells)}" if across.cells else ""
    is_row = "x.c IS NOT NULL" if across.cells else is_true("x.c")
    return (
        f"SELECT * EXCLUDE (x), x.n AS {quoted(across.names)}{cell} FROM ("
        f"SELECT {RECORD_NO}, {listed}, unnest([{pairs}]) AS x FROM {rows}) "
        f"WHERE {is_row}"
    )


def _across(
    workspace: Workspace, cells: Cells, *, table: PlainTable, taken: frozenset[str]
) -> MappingABC[str, str]:
    """Find the columns that become rows, and what they are called in them."""
    columns = table.across.columns if table.across else ()
    if columns:
        # one column goes by the name of the mapping, those of a pattern by their own
        return {
            name: name if WILD in column else column
            for column in columns
            for name in find_columns(cells.table, column)
        }
    return {
        name: name
        for name in cells.table.names
        if name not in taken and _is_of_a_state(workspace, cells, name=name)
    }


def _is_of_a_state(workspace: Workspace, cells: Cells, *, name: str) -> bool:
    """Say whether a column is that of a state: by its name, or by holding votes."""
    if state_named(name):
        return True
    found = workspace.arrays(
        f"SELECT DISTINCT {cells.cell(name)} AS word FROM {cells.rows} "
        f"ORDER BY word NULLS LAST LIMIT {_MOST_WORDS}"
    )
    words = [word for word in found["word"] if word is not None]
    return bool(words) and all(vote_of(word) in VOTE_WORDS for word in words)


def _one(cells: Cells, use: PlainUse) -> str:
    """Write the cell of a use, as text."""
    found = [cells.cell(name) for name in columns_of(cells, use)]
    if use.target in _IDENTIFIERS:
        # a column of floats prints 840 as 840.0
        found = [f"regexp_replace({cell}, '^([0-9]+)\\.0+$', '\\1')" for cell in found]
    parts = [*found, *([literal(use.value)] if use.value else [])]
    if len(parts) > 1:
        return f"coalesce({', '.join(parts)})"
    return parts[0] if parts else "CAST(NULL AS VARCHAR)"


def _items(cells: Cells, use: PlainUse) -> str:
    """Write the items of the cells of a list."""
    found = [cells.cell(name) for name in columns_of(cells, use, is_list=True)]
    if not found:
        return f"[{literal(use.value)}]"
    texts = [
        f"string_split({cell}, {literal(use.separator)})"
        if use.separator
        else f"[{cell}]"
        for cell in found
    ]
    items = f"flatten([{', '.join(f'coalesce({text}, [])' for text in texts)}])"
    trimmed = f"list_transform({items}, lambda item: trim(item))"
    return f"list_filter({trimmed}, lambda item: item <> '')"


def is_true(cell: str) -> str:
    """Write whether a cell says yes."""
    return f"lower({cell}) IN ('1', '1.0', 'true', 'yes', 'y', 't', 'x')"


def is_false(cell: str) -> str:
    """Write whether a cell says no."""
    return f"lower({cell}) IN ('0', '0.0', 'false', 'no', 'n', 'f')"
