"""Mappings as TOML: read, checked, every key understood."""

from collections.abc import Mapping as MappingABC
from functools import cache
from pathlib import Path
from typing import get_args

from groundswell.core.errors import DefinitionError
from groundswell.core.hashes import sha256_text
from groundswell.core.toml_tables import TomlTable, parse_toml, suggest
from groundswell.ingest.code_tables import (
    PRECISIONS,
    check_codes,
    read_code_tables,
    read_selection,
)
from groundswell.ingest.file_options import read_file_options
from groundswell.ingest.mapping import (
    DATES,
    INTERVALS,
    LISTS,
    TARGETS,
    WORDED,
    CodeTable,
    Mapping,
    Use,
)
from groundswell.ingest.plain.mapping import PLAIN_KEYS, read_plain
from groundswell.language.dates import DateOrder
from groundswell.language.sizes import SIZE_RULES
from groundswell.language.states import System
from groundswell.sources.manifest import decode_toml

_SHIPPED = Path(__file__).parent / "mappings"
_TOP = (
    *("source", "size_rule", "recognise", "file", "missing", "report", "alias"),
    *("not_counted", "codes", "select", *PLAIN_KEYS),
)
_COMMON = ("column", "columns", "value")
_CUTS = ("before", "after", "between")
_ORDERS: MappingABC[str, DateOrder] = {order: order for order in get_args(DateOrder)}
_IN_PARTS = "parts"
_FILLED = "filled"
_SYSTEMS: MappingABC[str, System] = {name: name for name in get_args(System)}
_MOST_PARTS = 3
_ENDS = 2
_CENTURIES = (1800, 1900, 2000)
_NEEDED = ("date",)
_GIVEN_ONCE = (*DATES, *WORDED, *PRECISIONS, "country", "duration_days")
_FIRST_OF_SEVERAL = ("admin1", "admin2", "locality")
_PAIRED = ("title", "claims_summary", "claims_verbatim")


@cache
def shipped_mappings() -> tuple[Mapping, ...]:
    """Load the mappings that come with the package, by name."""
    return tuple(
        parse_mapping(path.read_text("utf-8"), name=path.name, is_shipped=True)
        for path in sorted(_SHIPPED.glob("*.toml"))
    )


def read_mapping(path: Path) -> Mapping:
    """Read a mapping that a person wrote.

    Parameters
    ----------
    path
        A TOML file.

    Returns
    -------
    Mapping
        What it says; every key was understood.

    Raises
    ------
    DefinitionError
        If the file cannot be read.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise DefinitionError(
            f"{path} cannot be read: {error.strerror}.",
            allowed="a mapping in TOML",
            todo="groundswell ingest --draft-mapping FILE > mapping.toml",
        ) from error
    text = decode_toml(data, name=path.name)
    return parse_mapping(text, name=path.name, is_shipped=False)


def parse_mapping(text: str, *, name: str, is_shipped: bool) -> Mapping:
    """Read the text of a mapping.

    Parameters
    ----------
    text
        TOML.
    name
        Name of the file, for errors.
    is_shipped
        Whether it comes with the package.

    Returns
    -------
    Mapping
        What it says; every key was understood.
    """
    table = parse_toml(text, name=name)
    table.refuse_unknown(_TOP)
    recognise, missing = table.table("recognise"), table.table("missing")
    codes = read_code_tables(table.table("codes"))
    plain = read_plain(table, codes=codes)
    recognise.refuse_unknown(("columns", "cells", "has_no_others"))
    missing.refuse_unknown(("also", "in", "keep"))
    return Mapping(
        name=name,
        sha256=sha256_text(text),
        source_ids=_source_ids(table),
        size_rule=_one_of(table, "size_rule", among=tuple(SIZE_RULES)),
        recognised_by=recognise.texts("columns", required=False),
        has_no_others=recognise.flag("has_no_others"),
        file=read_file_options(table.table("file"), cells=recognise.table("cells")),
        missing=missing.texts("also", required=False),
        missing_in=_tokens(missing.table("in")),
        kept=_tokens(missing.table("keep")),
        uses=() if plain else _uses(table.table("report"), codes=codes),
        aliases=_aliases(table.table("alias")),
        not_counted=_column_and_values(table, "not_counted"),
        codes=codes,
        selection=read_selection(table.table("select")) if "select" in table else None,
        plain=plain,
        is_shipped=is_shipped,
    )


def _source_ids(table: TomlTable) -> tuple[str, ...]:
    if "source" not in table:
        return ("own",)
    if isinstance(table.data["source"], str):
        return (table.identifier("source"),)
    ids = table.texts("source", required=True)
    for source_id in ids:
        table.check_identifier(source_id, key="source")
    return ids


def _uses(table: TomlTable, *, codes: MappingABC[str, CodeTable]) -> tuple[Use, ...]:
    table.refuse_unknown(tuple(TARGETS))
    for needed in _NEEDED:
        if needed not in table:
            raise table.error(
                "",
                f"nothing feeds {needed!r}.",
                allowed="a mapping that names a column with the date of each event",
                todo=f'add {needed} = {{ column = "...", order = "ymd" }}',
            )
    uses: list[Use] = []
    for target, value in table.data.items():
        tables = (
            table.tables(target)
            if isinstance(value, list) and value and isinstance(value[0], dict)
            else (_as_table(table, target),)
        )
        if len(tables) > 1 and target in _GIVEN_ONCE:
            raise table.error(target, "it is given twice.", allowed="one table")
        uses += [_use(one, target=target, codes=codes) for one in tables]
    return tuple(uses)


def _as_table(table: TomlTable, target: str) -> TomlTable:
    """Read `title = "name"` and `urls = ["a", "b"]` as the tables they are short for."""
    value = table.data[target]
    if isinstance(value, dict):
        return table.table(target)
    short: dict[str, object] = {"columns": [value] if isinstance(value, str) else value}
    return TomlTable(short, source=table.source, path=(*table.path, target))


def _use(table: TomlTable, *, target: str, codes: MappingABC[str, CodeTable]) -> Use:
    table.refuse_unknown(_keys_of(target))
    columns = table.texts("columns", required=False)
    if "column" in table:
        columns = (table.text("column"), *columns)
    value = table.text("value", default="")
    if not columns and not value:
        raise table.error("", "it names no column.", allowed='column = "name"')
    if target in WORDED[1:] and "words" not in table:
        raise table.error(
            "", "it needs the words that say so.", todo='add words = ["..."]'
        )
    is_parts = table.data.get("order") == _IN_PARTS
    order: DateOrder = "ymd"
    if target in DATES and not is_parts:
        known = (*_ORDERS, _IN_PARTS)
        order = _ORDERS[_one_of(table, "order", among=known, needed=True)]
    if is_parts and len(columns) > _MOST_PARTS:
        raise table.error("columns", "they are more than year, month and day.")
    if target in PRECISIONS and "codes" not in table:
        raise table.error("", "it needs the codes that say how exact a value is.")
    if "codes" in table:
        check_codes(table, target=target, codes=codes.get(table.text("codes")))
    system = _one_of(table, "system", among=tuple(_SYSTEMS))
    return Use(
        target=target,
        columns=columns,
        value=value,
        order=order,
        separator=_string(table, "separator"),
        words=table.texts("words", required=False),
        role=table.text("role") if target == "actors" else "",
        before=_string(table, "before"),
        after=_string(table, "after"),
        between=_between(table),
        codes=table.text("codes", default=""),
        system=_SYSTEMS[system] if system else "",
        is_parts=is_parts,
        century=_century(table),
        joined_by=_string(table, "joined_by"),
        is_first_filled=bool(_one_of(table, "first", among=(_FILLED,))),
        items=_items(table, target=target),
        when=_when(table),
        paired=_paired(table, target=target, codes=codes),
        is_sum=table.flag("added"),
        others=table.texts("others", required=False),
    )


def _keys_of(target: str) -> tuple[str, ...]:
    if target in DATES:
        return (*_COMMON, "order", "century", *_CUTS)
    if target in LISTS:
        return (*_COMMON, "separator", "codes", "when", *_CUTS)
    if target == "actors":
        return (*_COMMON, "separator", "role", "codes")
    if target in WORDED:
        return (*_COMMON, "words")
    more: tuple[str, ...] = ("system",) if target == "country" else ()
    if target in INTERVALS:
        more = ("added",)
    elif target in _FIRST_OF_SEVERAL:
        more = ("others",)
    elif target in _PAIRED:
        more = ("paired",)
    cut = (*_CUTS, "items", "separator", "when")
    return (*_COMMON, *cut, "codes", "joined_by", "first", *more)


def _when(table: TomlTable) -> tuple[tuple[str, ...], tuple[str, ...]]:
    if "when" not in table:
        return (), ()
    inner = table.table("when")
    inner.refuse_unknown(("column", "columns", "values"))
    columns = inner.texts("columns", required="column" not in inner)
    if "column" in inner:
        columns = (inner.text("column"), *columns)
    return columns, inner.texts("values", required=True)


def _paired(
    table: TomlTable, *, target: str, codes: MappingABC[str, CodeTable]
) -> Use | None:
    if "paired" not in table:
        return None
    inner = table.table("paired")
    inner.refuse_unknown(("column", "codes", "value"))
    if "codes" in inner:
        check_codes(inner, target=target, codes=codes.get(inner.text("codes")))
    return Use(
        target=target,
        columns=(inner.text("column"),),
        codes=inner.text("codes", default=""),
        value=inner.text("value", default=""),
    )


def _between(table: TomlTable) -> tuple[str, ...]:
    if "between" not in table:
        return ()
    ends = table.value("between")
    if not (
        isinstance(ends, list)
        and len(ends) >= _ENDS
        and all(isinstance(end, str) and end for end in ends)
    ):
        raise table.wrong("between", 'two texts or more: ["[size=", "]"]')
    return tuple(ends)


def _items(table: TomlTable, *, target: str) -> tuple[int, ...]:
    if "items" not in table:
        if "separator" in table and target not in (*LISTS, "actors"):
            raise table.error("separator", "nothing says which items to take.")
        return ()
    ends = table.value("items")
    if not (
        isinstance(ends, list)
        and len(ends) == _ENDS
        and all(type(end) is int and end != 0 for end in ends)
        and "separator" in table
    ):
        raise table.wrong("items", "the first and the last, [-2, -2], and a separator")
    return tuple(ends)


def _century(table: TomlTable) -> int:
    if "century" not in table:
        return 0
    century = table.count("century")
    if century not in _CENTURIES:
        raise table.wrong("century", ", ".join(str(one) for one in _CENTURIES))
    return century


def _tokens(table: TomlTable) -> MappingABC[str, tuple[str, ...]]:
    return {column: table.texts(column, required=True) for column in table.data}


def _aliases(table: TomlTable) -> MappingABC[str, MappingABC[str, str]]:
    table.refuse_unknown(("country", "admin1"))
    return {target: dict(table.text_pairs(target)) for target in table.data}


def _column_and_values(table: TomlTable, key: str) -> tuple[str, tuple[str, ...]]:
    if key not in table:
        return "", ()
    inner = table.table(key)
    inner.refuse_unknown(("column", "values"))
    return inner.text("column"), inner.texts("values", required=True)


def _one_of(
    table: TomlTable, key: str, *, among: tuple[str, ...], needed: bool = False
) -> str:
    if needed and not table.data.get(key):
        raise table.error(
            key if key in table else "",
            f"{key!r} is not stated, and 3/4/2025 is a day of March or of April.",
            allowed=", ".join(among),
            todo=f'write {key} = "{among[0]}"',
        )
    word = table.text(key, default="")
    if word and word not in among:
        raise table.error(
            key,
            f"{word!r} is not known.",
            allowed=", ".join(among),
            todo=suggest(word, among),
        )
    return word


def _string(table: TomlTable, key: str) -> str:
    """Read a text that may be of white space alone, such as a separator."""
    value = table.data.get(key, "")
    if not isinstance(value, str):
        raise table.error(key, "it is not a text.", allowed="a text in quotation marks")
    return value
