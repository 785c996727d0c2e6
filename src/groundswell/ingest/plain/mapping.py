"""Sections of a mapping that feed other tables than `report`, and look-up tables."""

from collections.abc import Mapping as MappingABC
from dataclasses import dataclass
from typing import Literal, get_args

from groundswell.core.mention_tables import MENTION
from groundswell.core.tables import Table
from groundswell.core.toml_tables import TomlTable
from groundswell.core.vote_tables import VOTE, VOTE_TABLES, VOTE_WORDS
from groundswell.language.dates import DateOrder
from groundswell.language.states import System

CONTRACTS: MappingABC[str, Table] = {**VOTE_TABLES, MENTION.name: MENTION}
PLAIN_KEYS = ("table", *CONTRACTS)
# columns that are made here, and fed by no column of a file alone
_MADE = frozenset(
    (
        *("source_id", "snapshot_id", "record_no", "country", "date_text", "vote_text"),
        "duplicate_of",
    )
)
_NEEDED: MappingABC[str, tuple[str, ...]] = {
    "vote": ("rcid",),
    "roll_call": ("rcid",),
    "roll_call_issue": ("rcid",),
    "ideal_point": ("session",),
    "mention": ("source_event_id",),
}
_COMMON = ("column", "columns", "value")
_KEYS_OF_TYPE = {"DATE": ("order",), "VARCHAR[]": ("separator",)}
_KEYS_OF_TARGET = {"state_code": ("system",), "vote": ("codes",)}
_RECORD = "record"
USUAL_ORDER: DateOrder = "ymd"
_Codes = MappingABC[str, MappingABC[str, object]]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainUse:
    """How columns of a file feed one column of a table.

    Attributes
    ----------
    target
        The column of the table.
    columns
        Names of columns; of several the first one that the file has feeds it, and all of
        them a list.
    value
        What to take where the cells are missing, or where there are no columns.
    order
        Of day, month and year in a date.
    separator
        What stands between the items of a cell; empty where a cell is one item.
    system
        Whose codes for states; empty for any other column.
    codes
        Name of the code table that says what the cells mean; empty for none.
    """

    target: str
    columns: tuple[str, ...]
    value: str = ""
    order: DateOrder = USUAL_ORDER
    separator: str = ""
    system: System | Literal[""] = ""
    codes: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Across:
    """Columns of a file that become rows: a column for each state, or for each issue.

    Attributes
    ----------
    columns
        Names of these columns; empty for all that feed nothing else and name a state.
    names
        The column of the table that the names of these columns feed.
    cells
        The column of the table that their cells feed; empty where a cell only says
        whether there is such a row.
    """

    columns: tuple[str, ...]
    names: str
    cells: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainTable:
    """A table that a file feeds.

    Attributes
    ----------
    contract
        The table.
    uses
        What feeds what.
    across
        Columns that become rows; `None` where a row of the file is a row of the table.
    """

    contract: Table
    uses: tuple[PlainUse, ...]
    across: Across | None = None

    @property
    def needed(self) -> tuple[str, ...]:
        """Columns without which a row of the file is no row of the table."""
        return _NEEDED.get(self.contract.name, ())

    @property
    def is_distinct(self) -> bool:
        """Whether rows of the file that tell of the same thing are one row of it."""
        return "record_no" not in self.contract.key


@dataclass(frozen=True, slots=True, kw_only=True)
class Plain:
    """The tables that a file feeds; none of them where it is a look-up table.

    Attributes
    ----------
    tables
        In the order of the mapping.
    """

    tables: tuple[PlainTable, ...]

    @property
    def columns(self) -> tuple[tuple[str, ...], ...]:
        """Columns that the file has to have, one of each group of them."""
        named = [
            use.columns for table in self.tables for use in table.uses if use.columns
        ]
        across = [
            (column,)
            for table in self.tables
            for column in (table.across.columns if table.across else ())
        ]
        return (*named, *across)


def read_plain(table: TomlTable, *, codes: _Codes) -> Plain | None:
    """Read the sections of a mapping that feed other tables than `report`.

    Parameters
    ----------
    table
        The mapping.
    codes
        Its code tables, by name.

    Returns
    -------
    Plain or None
        `None` where the mapping has no such section.
    """
    names = [name for name in CONTRACTS if name in table]
    if not names and "table" not in table:
        return None
    if "table" in table and (names or table.text("table") != _RECORD):
        raise table.error(
            "table",
            "it says of a look-up table that its rows are kept as records and feed "
            "nothing.",
            allowed=f'table = "{_RECORD}", and no section for a table beside it',
        )
    for other in ("report", "select", "alias", "not_counted"):
        if other in table:
            raise table.error(
                other,
                f"it does not go with {' and '.join(names) or 'a look-up table'}.",
                todo="take it out; a file feeds reports or other tables",
            )
    return Plain(tables=tuple(_table(table.table(n), codes=codes) for n in names))


def _table(table: TomlTable, *, codes: _Codes) -> PlainTable:
    contract = CONTRACTS[str(table.path[-1])]
    types = {c.name: c.sql_type for c in contract.columns if c.name not in _MADE}
    table.refuse_unknown((*types, "across"))
    uses = tuple(
        _use(_as_table(table, target), sql_type=types[target], codes=codes)
        for target in table.data
        if target != "across"
    )
    across = _across(table.table("across"), types=types) if "across" in table else None
    found = PlainTable(contract=contract, uses=uses, across=across)
    fed = {use.target for use in uses}
    fed |= {across.names, across.cells} if across else set()
    for needed in (*found.needed, *(("vote",) if contract is VOTE else ())):
        if needed not in fed:
            raise table.error("", f"nothing feeds {needed!r}.")
    return found


def _as_table(table: TomlTable, target: str) -> TomlTable:
    """Read `rcid = "name"` and `rcid = ["a", "b"]` as the tables they are short for."""
    value = table.data[target]
    if isinstance(value, dict):
        return table.table(target)
    short: dict[str, object] = {"columns": [value] if isinstance(value, str) else value}
    return TomlTable(short, source=table.source, path=(*table.path, target))


def _use(table: TomlTable, *, sql_type: str, codes: _Codes) -> PlainUse:
    target = str(table.path[-1])
    more = (*_KEYS_OF_TYPE.get(sql_type, ()), *_KEYS_OF_TARGET.get(target, ()))
    table.refuse_unknown((*_COMMON, *more))
    columns = table.texts("columns", required=False)
    if "column" in table:
        columns = (table.text("column"), *columns)
    value = table.text("value", default="")
    if not columns and not value:
        raise table.error("", "it names no column.", allowed='column = "name"')
    return PlainUse(
        target=target,
        columns=columns,
        value=value,
        order=table.choice("order", get_args(DateOrder))
        if sql_type == "DATE"
        else USUAL_ORDER,
        separator=table.text("separator", default="") if "separator" in more else "",
        system=table.choice("system", get_args(System)) if "system" in table else "",
        codes=_codes(table, codes=codes) if "codes" in table else "",
    )


def _codes(table: TomlTable, *, codes: _Codes) -> str:
    """Read the name of a code table, whose words have to be those for votes."""
    name = table.choice("codes", tuple(codes))
    for word in codes[name].values():
        if word not in VOTE_WORDS:
            raise table.error(
                "codes",
                f"the code table {name} has {word!r} among its words.",
                allowed=", ".join(VOTE_WORDS),
            )
    return name


def _across(table: TomlTable, *, types: MappingABC[str, str]) -> Across:
    table.refuse_unknown(("columns", "names", "cells"))
    texts = tuple(name for name, sql_type in types.items() if sql_type == "VARCHAR")
    return Across(
        columns=table.texts("columns", required=False),
        names=table.choice("names", texts),
        cells=table.choice("cells", texts) if "cells" in table else "",
    )
