"""`sources show`: a source, and what becomes of each column of its files."""

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from groundswell.core.phrases import join_words
from groundswell.core.sources import ColumnTarget, MappingDetail, SourceDetail
from groundswell.ingest.mapping import TARGETS
from groundswell.ingest.mapping_file import shipped_mappings
from groundswell.sources.manifest import load_source

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from groundswell.core.sources import Source
    from groundswell.ingest.mapping import Mapping, Use
    from groundswell.ingest.plain.mapping import PlainTable, PlainUse

_ORDERS = {
    "ymd": "year, month, day",
    "dmy": "day, month, year",
    "mdy": "month, day, year",
}
_DATES = frozenset({"date", "date_end", "published_at"})
_SYSTEMS = {
    "iso2": "two letters of ISO 3166",
    "iso3": "three letters of ISO 3166",
    "iso-numeric": "numbers of ISO 3166",
    "cow": "codes of the Correlates of War project",
    "gw": "codes of Gleditsch and Ward",
    "fips": "codes of FIPS 10-4",
}
_SHOWN = 12
_ACROSS = "each other column"
_Fed = tuple[str, tuple[str, ...], tuple[str, ...]]  # column, what it feeds, and how


def show_source(source_id: str) -> SourceDetail:
    """Show a source that comes with the package, and what is read of its files.

    Parameters
    ----------
    source_id
        Its identifier.

    Returns
    -------
    SourceDetail
        The source as its manifest describes it, and each mapping that reads a file of it,
        column by column.

    Examples
    --------
    >>> detail = show_source("ccc-phase3")
    >>> columns = [c for mapping in detail.mappings for c in mapping.columns]
    >>> next(column.targets for column in columns if column.column == "date")
    ('date_start', 'date_end', 'date_text')
    """
    source = load_source(source_id)
    return SourceDetail(
        source=source,
        mappings=tuple(
            detail
            for mapping in shipped_mappings()
            if source_id in mapping.source_ids
            for detail in _describe(mapping, source=source)
        ),
    )


def _describe(mapping: "Mapping", *, source: "Source") -> "Iterator[MappingDetail]":
    """Describe what a mapping makes of a file, table by table."""
    detail = MappingDetail(
        name=mapping.name.removesuffix(".toml"),
        table="record",
        recognised_by=mapping.recognised_by,
        chosen=_chosen(mapping),
        columns=(),
        missing=mapping.missing,
    )
    if mapping.plain is None:
        yield replace(detail, table="report", columns=_columns(mapping, source=source))
    elif not mapping.plain.tables:
        yield detail
    else:
        for table in mapping.plain.tables:
            columns = _table_columns(table, mapping=mapping, source=source)
            yield replace(detail, table=table.contract.name, columns=columns)


def _chosen(mapping: "Mapping") -> str:
    chosen = mapping.selection
    if chosen is None:
        return ""
    left = f"; not {chosen.label}" if chosen.label else ""
    return f"{chosen.column} is {join_words(chosen.values, last='or')}{left}"


def _columns(mapping: "Mapping", *, source: "Source") -> tuple[ColumnTarget, ...]:
    """List each column that a mapping names once, with all that it feeds."""
    fed = [
        (column, TARGETS[use.target], (*_how(use, mapping=mapping),))
        for use in mapping.uses
        for column in use.columns
    ]
    for use in mapping.uses:
        if use.paired:
            said = tuple(_how(use.paired, mapping=mapping))
            fed += [(c, TARGETS[use.target], said) for c in use.paired.columns]
        words = f"further values for {use.target}, counted and kept in the record"
        fed += [(column, (), (words,)) for column in use.others]
    column, values = mapping.not_counted
    if column:
        words = f"a row is not counted where it is {join_words(values, last='or')}"
        fed.append((column, (), (words,)))
    if mapping.selection is not None:
        fed.append((mapping.selection.column, (), ("says which rows are read",)))
    return _targets(fed, source=source)


def _table_columns(
    table: "PlainTable", *, mapping: "Mapping", source: "Source"
) -> tuple[ColumnTarget, ...]:
    """List the columns of a file that feed a table which is not `report`."""
    fed: list[_Fed] = [
        (column, (use.target,), (*_table_how(use, mapping=mapping),))
        for use in table.uses
        for column in use.columns
    ]
    if table.across is not None:
        targets = tuple(filter(None, (table.across.names, table.across.cells)))
        said = ("its name is one value, its cell another",)
        columns = table.across.columns or (_ACROSS,)
        fed += [(column, targets, said) for column in columns]
    return _targets(fed, source=source)


def _targets(fed: "Sequence[_Fed]", *, source: "Source") -> tuple[ColumnTarget, ...]:
    """Put together what stands in several places about one column."""
    caveats = {_folded(caveat.column): caveat.words for caveat in source.caveats}
    columns = dict.fromkeys(column for column, _, _ in fed)
    return tuple(
        ColumnTarget(
            column=column,
            targets=tuple(
                dict.fromkeys(t for c, ts, _ in fed if c == column for t in ts)
            ),
            how=_said([(ts, words) for c, ts, words in fed if c == column]),
            caveat=caveats.get(_folded(column), ""),
        )
        for column in columns
    )


def _said(hows: "Sequence[tuple[tuple[str, ...], tuple[str, ...]]]") -> str:
    """Say how a column is read, and for what where that is not the same for all."""
    by_words: dict[str, list[str]] = {}
    for targets, words in hows:
        by_words.setdefault("; ".join(words), []).extend(targets)
    if len(by_words) == 1:
        return next(iter(by_words))
    return "; ".join(
        f"{join_words(targets)}: {words}" if targets else words
        for words, targets in by_words.items()
        if words
    )


def _folded(column: str) -> str:
    return re.sub(r"[\W_]", "", column.casefold())


def _table_how(use: "PlainUse", *, mapping: "Mapping") -> "Iterator[str]":
    if use.target in _DATES:
        yield f"dates as {_ORDERS[use.order]}"
    if use.separator:
        yield f"several values, separated by “{use.separator}”"
    if use.system:
        yield _SYSTEMS[use.system]
    if use.codes:
        yield f"codes: {_codes(use.codes, mapping=mapping)}"


def _how(use: "Use", *, mapping: "Mapping") -> "Iterator[str]":
    """Say how a column is read for one target, where that is not as it is."""
    if use.target in _DATES:
        order = "in columns of their own" if use.is_parts else f"as {_ORDERS[use.order]}"
        yield f"dates {order}"
    if use.system:
        yield _SYSTEMS[use.system]
    yield from _cut(use)
    if use.words:
        yield f"where it says {_quoted(use.words)}"
    columns, values = use.when
    if columns:
        yield f"only where {join_words(columns, last='or')} is {_quoted(values)}"
    if use.role:
        yield f"as {use.role}"
    if use.codes:
        yield f"codes: {_codes(use.codes, mapping=mapping)}"
    aliases = [*mapping.aliases.get(use.target, {}).items()]
    yield from (f"{old} = {new}" for old, new in aliases[:_SHOWN])


def _cut(use: "Use") -> "Iterator[str]":
    """Say which part of a cell counts."""
    if use.between:
        start, *ends = use.between
        yield f"what stands after “{start}”, up to {_quoted(ends)} or the end"
    if use.before:
        yield f"what stands before the last “{use.before}”"
    if use.after:
        yield f"what stands after the last “{use.after}”"
    if use.separator:
        yield f"several values, separated by “{use.separator}”"
    if use.items:
        counted = join_words([str(item) for item in use.items], last="to")
        yield f"of its items {counted}, -1 being the last"
    yield from _combined(use)


def _combined(use: "Use") -> "Iterator[str]":
    """Say how the cells of several columns become one value."""
    if use.paired:
        yield f"each after what {join_words(use.paired.columns)} says of it"
    if use.is_sum:
        yield f"the sum of {join_words(use.columns)}"
    if use.is_first_filled:
        yield f"the first of {join_words(use.columns)} that is filled"
    if use.joined_by:
        yield f"joined from {join_words(use.columns)}"


def _quoted(words: "Sequence[str]") -> str:
    return join_words([f"“{word}”" for word in words], last="or")


def _codes(name: str, *, mapping: "Mapping") -> str:
    table = mapping.codes.get(name, {})
    shown = [f"{code} = {_meaning(table[code])}" for code in [*table][:_SHOWN]]
    more = len(table) - len(shown)
    return ", ".join(shown) + (f" and {more} more" if more else "")


def _meaning(value: "str | tuple[int | None, int | None]") -> str:
    if isinstance(value, str):
        return value
    low, high = value
    if low is None or high is None:
        return f"up to {high:,}" if high is not None else f"{low or 0:,} or more"
    return f"{low:,} to {high:,}"
