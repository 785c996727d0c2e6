"""The cells that feed `report`: trimmed, missing ones null, still as the source wrote."""

# ruff: noqa: S608 (every identifier and every token is quoted here)

from collections.abc import Mapping as MappingABC
from collections.abc import Sequence

from groundswell.engine.steps import literal, quoted
from groundswell.engine.workspace import Workspace
from groundswell.ingest.binding import BoundUse
from groundswell.ingest.cell_parts import (
    SPACE,
    SPACES,
    first_of,
    items_of,
    joined,
    listed,
    paired,
    part_of,
    single,
)
from groundswell.ingest.code_lookup import Lookup, lookup_of
from groundswell.ingest.files.records import RECORD
from groundswell.ingest.files.rows import BEYOND
from groundswell.ingest.files.table import RECORD_NO, OpenTable
from groundswell.ingest.mapping import LISTS, Mapping, Use, find_columns

CORRECTION = "correction"
MISSING = ("na", "n/a", "see above", "(see above)", "--", "k.a.", "-99", "-99.0")
_MARK = "\x1f"
_ANY = "*"
_SHOWN = 8
_CONTENT = ("tactics", "claims_summary", "claims_verbatim", "title", "actors", "urls")


class Cells:
    """SQL for the cells of one file, laid out by target.

    Parameters
    ----------
    mapping, table
        The mapping and the file.
    bound
        The columns that the one found in the other.
    has_misfits
        Whether some rows hold what no column has room for.
    corrected
        Names of columns in which the table `correction` replaces cells.
    """

    def __init__(
        self,
        mapping: Mapping,
        table: OpenTable,
        *,
        bound: Sequence[BoundUse],
        has_misfits: bool,
        corrected: Sequence[str],
    ) -> None:
        self.mapping = mapping
        self.table = table
        self.inputs = (RECORD, CORRECTION) if corrected else (RECORD,)
        self.uses: dict[str, list[BoundUse]] = {}
        for one in bound:
            self.uses.setdefault(one.use.target, []).append(one)
        self._has_misfits = has_misfits
        self._all = _source(corrected)
        is_other = self._is_not_selected()
        self._source = (
            self._all
            if mapping.selection is None
            else f"(SELECT * FROM {self._all} WHERE NOT {is_other})"
        )
        self._tokens = (*MISSING, *(token.lower() for token in mapping.missing))
        self._missing_in = _by_name(mapping.missing_in, table=table)
        self._kept = _by_name(mapping.kept, table=table)
        said = (one.paired for one in bound if one.paired)
        self._lookups = {
            one.use: lookup_of(mapping, table, bound=one) for one in (*bound, *said)
        }

    @property
    def coded_uses(self) -> tuple[BoundUse, ...]:
        """Uses whose cells are codes."""
        found = (one for uses in self.uses.values() for one in uses)
        each = (part for one in found for part in (one, one.paired) if part)
        return tuple(one for one in each if one.use.codes)

    @property
    def rows(self) -> str:
        """SQL of the records, in which corrections have replaced cells."""
        return self._all

    @property
    def unfit(self) -> str:
        """SQL condition: the cells of a row do not fit the header."""
        return f"{quoted(BEYOND)} <> ''" if self._has_misfits else "false"

    @property
    def not_counted(self) -> tuple[str, str]:
        """Column and SQL list of values by which the source says it counts no event."""
        column, values = self.mapping.not_counted
        found = find_columns(self.table, column) if column else ()
        return (found[0], listed(v.lower() for v in values)) if found else ("", "")

    def select(self, *targets: str) -> str:
        """Write a query for `record_no` and some targets, under their names.

        Parameters
        ----------
        targets
            Which; one that the file does not feed is left out.

        Returns
        -------
        str
            A `SELECT`.
        """
        present = [target for target in targets if target in self.uses]
        uses = [one for target in present for one in self.uses[target]]
        aliases, trimmed = self._trimmed(uses)
        laid_out = [
            f"{self._target(target, names=aliases)} AS {quoted(target)}"
            for target in present
        ]
        return (
            f"SELECT {', '.join([RECORD_NO, *laid_out])} FROM "
            f"(SELECT {', '.join([RECORD_NO, *trimmed])} FROM {self._source})"
        )

    def _trimmed(self, uses: Sequence[BoundUse]) -> tuple[dict[str, str], list[str]]:
        """Name the columns of uses shortly, and write their trimmed cells so.

        A column that says whether others count does so even where it means `missing`.
        """
        names = dict.fromkeys(n for one in uses for n in one.cells)
        aliases = {name: f"c{number}" for number, name in enumerate(names)}
        shown = [f"{self.cell(name)} AS {alias}" for name, alias in aliases.items()]
        whens = dict.fromkeys(name for one in uses for name in one.when)
        for number, name in enumerate(whens):
            aliases[_when(name)] = f"w{number}"
            shown.append(f"{_trimmed(name)} AS w{number}")
        return aliases, shown

    def uncoded(self, bound: BoundUse) -> str:
        """Write a query for `record_no` and `words`: codes that the table lacks."""
        aliases, trimmed = self._trimmed([bound])
        cells = self._cut(bound, names=aliases)
        items = items_of(cells, separator=bound.use.separator)
        lookup = self._lookups[bound.use]
        known = lookup.knows("item") if lookup else "true"
        return (
            f"SELECT {RECORD_NO}, unnest(list_filter({items}, "
            f"lambda item: NOT {known})) AS words FROM "
            f"(SELECT {', '.join([RECORD_NO, *trimmed])} FROM {self._source})"
        )

    def _target(self, target: str, *, names: MappingABC[str, str]) -> str:
        uses = self.uses[target]
        if target == "actors":
            return joined([self._actors(one, names=names) for one in uses])
        if target in LISTS:
            return joined([self._list(one, names=names) for one in uses])
        return first_of([self._value(one, names=names) for one in uses])

    def _list(self, bound: BoundUse, *, names: MappingABC[str, str]) -> str:
        lookup = self._lookups[bound.use]
        cells = self._cells(bound, names=names)
        items = items_of(cells, separator=bound.use.separator)
        return lookup.of_items(items) if lookup else items

    def _value(self, bound: BoundUse, *, names: MappingABC[str, str]) -> tuple[str, str]:
        """Write the first cell of a use that is filled, and the value of the use."""
        cells = self._cells(bound, names=names)
        lookup = self._lookups[bound.use]
        coded = [self._coded(cell, lookup=lookup, use=bound.use) for cell in cells]
        if bound.paired:
            # of the use's own value nothing is said
            words = [*self._words(bound.paired, names=names), "NULL"]
            coded = [paired(c, with_word=w) for c, w in zip(coded, words, strict=False)]
        return f"coalesce({', '.join(cells)})", single(coded, use=bound.use)

    def _coded(self, cell: str, *, lookup: Lookup | None, use: Use) -> str:
        if lookup is None:
            return cell
        # a code that is not known is no missing part of a sum
        empty = f"CASE WHEN ({cell}) IS NOT NULL THEN '' END"
        found = lookup.of_cell(cell)
        return f"coalesce({found}, {empty})" if use.is_sum else found

    def _words(self, bound: BoundUse, *, names: MappingABC[str, str]) -> list[str]:
        """Write what is said of each cell, in the order of the cells."""
        lookup = self._lookups[bound.use]
        instead = literal(bound.use.value) if bound.use.value else "NULL"
        found = [names[name] if name else "NULL" for name in bound.names]
        words = [lookup.of_cell(cell) if lookup else cell for cell in found]
        return [f"coalesce({word}, {instead})" for word in words]

    def _cells(self, bound: BoundUse, *, names: MappingABC[str, str]) -> list[str]:
        """Write the cells of a use, each cut as it says, then its own value."""
        cut = self._cut(bound, names=names)
        return [*cut, *([literal(bound.use.value)] if bound.use.value else [])]

    def _cut(self, bound: BoundUse, *, names: MappingABC[str, str]) -> list[str]:
        """Write the parts of cells that count, null where they hold nothing."""
        parts = [self._part(names[n], use=bound.use) for n in bound.names if n]
        if not bound.when:
            return parts
        values = listed(bound.use.when[1])
        tests = (f"{names[_when(name)]} IN ({values})" for name in bound.when)
        holds = " OR ".join(tests)
        return [f"CASE WHEN {holds} THEN {part} END" for part in parts]

    def _part(self, cell: str, *, use: Use) -> str:
        part = part_of(cell, use=use)
        if part == cell:
            return cell
        among = literal(_MARK.join(["", "", *self._tokens, ""]))
        mark = literal(_MARK)
        return (
            f"CASE WHEN NOT contains({among}, concat({mark}, lower({part}), {mark})) "
            f"THEN {part} END"
        )

    def _actors(self, bound: BoundUse, *, names: MappingABC[str, str]) -> str:
        items = items_of(self._cells(bound, names=names), separator=bound.use.separator)
        lookup = self._lookups[bound.use]
        role = literal(bound.use.role)
        named = lookup.of_items(items) if lookup else items
        return f"list_transform({named}, lambda item: {{'name': item, 'role': {role}}})"

    def others(self) -> str:
        """Write a query for `record_no` and `words`: further values; empty for none."""
        each = (one for uses in self.uses.values() for one in uses)
        names = dict.fromkeys(name for one in each for name in one.others)
        if not names:
            return ""
        words = f"concat_ws(', ', {', '.join(self.cell(name) for name in names)})"
        return f"SELECT {RECORD_NO}, {words} AS words FROM {self._source}"

    def left(self) -> str:
        """Write a query for the rows that tell of no happening, and why: `fate`.

        A row whose cells do not fit the header is a `misfit`. A row without a date that
        says neither what happened nor who took part is `blank`, or a `heading`: sheets
        hold headings and sums among their rows. Where a mapping names no such column, a
        row is left out only if it is blank.
        """
        names = [
            n for t in ("date", *_CONTENT) for o in self.uses.get(t, ()) for n in o.names
        ]
        is_telling = any(target in self.uses for target in _CONTENT)
        if not is_telling:
            names = list(self.table.names)
        columns = [quoted(name) for name in self.table.names]
        is_blank = f"trim(concat({', '.join(columns)}), {SPACE}) = ''"
        empty = " AND ".join(self._missing(name) for name in names)
        # whether a row is blank is asked of few: it takes all columns together
        blank_too = f"CASE WHEN {empty} THEN {is_blank} ELSE false END"
        is_left = "is_empty" if is_telling else "is_blank"
        # each condition stands here once: to read and plan long queries takes longer
        # than to run them over a small file
        return (
            f"SELECT {RECORD_NO}, CASE WHEN is_unfit THEN 'misfit' "
            f"WHEN is_blank THEN 'blank' WHEN {is_left} THEN 'heading' "
            f"ELSE 'not-selected' END AS fate FROM (SELECT {RECORD_NO}, "
            f"{self.unfit} AS is_unfit, ({empty}) AS is_empty, {blank_too} AS is_blank, "
            f"{self._is_not_selected()} AS is_other FROM {self._all}) "
            f"WHERE is_unfit OR {is_left} OR is_other"
        )

    def kinds(self, workspace: Workspace) -> tuple[str, ...]:
        """List the commonest kinds of rows, by the column that rows are selected by."""
        selection = self.mapping.selection
        names = find_columns(self.table, selection.column) if selection else ()
        if not names:
            return ()
        found = workspace.arrays(
            f"SELECT {_trimmed(names[0])} AS kind FROM {self._all} "
            f"GROUP BY kind ORDER BY count(*) DESC, kind LIMIT {_SHOWN}"
        )
        return tuple(str(kind) for kind in found["kind"])

    def _is_not_selected(self) -> str:
        selection = self.mapping.selection
        if selection is None:
            return "false"
        (name,) = find_columns(self.table, selection.column)
        whole = [v.lower() for v in selection.values if not v.endswith(_ANY)]
        starts = [
            v.removesuffix(_ANY).lower() for v in selection.values if v.endswith(_ANY)
        ]
        cell = f"lower({_trimmed(name)})"
        tests = [f"starts_with({cell}, {literal(start)})" for start in starts]
        if whole:
            tests.append(f"{cell} IN ({listed(whole)})")
        return f"(NOT ({' OR '.join(tests)}))"

    def cell(self, name: str) -> str:
        """Write the trimmed cell of a column, null where it holds nothing."""
        return f"CASE WHEN {self._missing(name)} THEN NULL ELSE {_trimmed(name)} END"

    def filled(self) -> str:
        """Write a query that counts the rows in which each column holds something."""
        counts = (
            f"count(*) FILTER (NOT {self._missing(name)}) AS n{number}"
            for number, name in enumerate(self.table.names)
        )
        return f"SELECT {', '.join(counts)} FROM {RECORD}"

    def column(self, name: str) -> str:
        """Write a query for `record_no` and one column of the file, as `value`."""
        return f"SELECT {RECORD_NO}, {self.cell(name)} AS value FROM {self._source}"

    def _missing(self, name: str) -> str:
        """Write whether a cell holds nothing.

        One search among all tokens at once: a list of them after IN took four times as
        long. The first character rules most cells out before they are trimmed and folded,
        which takes three times as long again.
        """
        text = _trimmed(name)
        tokens = (*self._tokens, *(t.lower() for t in self._missing_in.get(name, ())))
        among = literal(_MARK.join(["", "", *tokens, ""]))
        mark = literal(_MARK)
        starts = {c for token in tokens for c in (token[:1], token[:1].upper())}
        first = literal("".join(sorted(starts)) + SPACES)
        is_missing = (
            f"CASE WHEN {quoted(name)} = '' THEN true "
            f"WHEN contains({first}, {quoted(name)}[1]) "
            f"THEN contains({among}, concat({mark}, lower({text}), {mark})) "
            "ELSE false END"
        )
        if kept := self._kept.get(name):
            return f"({is_missing} AND {text} NOT IN ({listed(kept)}))"
        return is_missing


def _when(name: str) -> str:
    return f"{_MARK}{name}"


def _trimmed(name: str) -> str:
    return f"trim({quoted(name)}, {SPACE})"


def _source(corrected: Sequence[str]) -> str:
    """Write what the cells are taken from: records, with corrections where there are."""
    if not corrected:
        return RECORD
    joins, replaced = [], []
    for number, name in enumerate(corrected):
        column = quoted(name)
        joins.append(
            f"LEFT JOIN (SELECT {RECORD_NO}, value AS value_{number} FROM {CORRECTION} "
            f"WHERE column_name = {literal(name)}) USING ({RECORD_NO})"
        )
        replaced.append(f"coalesce(value_{number}, {column}) AS {column}")
    return f"(SELECT * REPLACE ({', '.join(replaced)}) FROM {RECORD} {' '.join(joins)})"


def _by_name(
    tokens: MappingABC[str, tuple[str, ...]], *, table: OpenTable
) -> dict[str, tuple[str, ...]]:
    return {
        name: tokens_of
        for column, tokens_of in tokens.items()
        for name in find_columns(table, column)
    }
