"""The cells that feed `report`: trimmed, missing ones null, still as the source wrote."""

# ruff: noqa: S608 (every identifier and every token is quoted here)

from collections.abc import Mapping as MappingABC
from collections.abc import Sequence
from dataclasses import replace

from groundswell.engine.steps import Step, literal, quoted
from groundswell.engine.workspace import Workspace
from groundswell.ingest.binding import BoundUse
from groundswell.ingest.cell_parts import (
    SPACE,
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
from groundswell.ingest.missing import Missing, trimmed

CORRECTION = "correction"
NOT_SELECTED = "not-selected"
LAID_OUT = "laid_out"
_MARK = "\x1f"
_ANY = "*"
UNREAD = "unread_"
_SHOWN = 8
_CONTENT = ("tactics", "claims_summary", "claims_verbatim", "title", "actors", "urls")


class _Names(dict[str, str]):
    """Short names of the cells of a row, by column.

    Attributes
    ----------
    parts
        Short names of what is taken of cells, by its SQL, each after those that it names:
        queries say them several times, and long ones take long to plan.
    """

    def __init__(self, columns: MappingABC[str, str]) -> None:
        super().__init__(columns)
        self.parts: dict[str, str] = {}

    def part(self, sql: str) -> str:
        """Name what is taken of a cell."""
        return self.parts.setdefault(sql, f"p{len(self.parts)}")


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
        self.is_corrected = bool(corrected)
        self.inputs = (RECORD, CORRECTION) if corrected else (RECORD,)
        self.uses: dict[str, list[BoundUse]] = {}
        for one in bound:
            self.uses.setdefault(one.use.target, []).append(one)
        self._has_misfits = has_misfits
        self._all = _source(corrected)
        self._missing = Missing(mapping, table)
        said = (one.paired for one in bound if one.paired)
        self._lookups: dict[Use, Lookup] = {}
        self._maps: dict[str, str] = {}
        for one in (*bound, *said):
            if lookup := lookup_of(mapping, table, bound=one):
                column = self._maps.setdefault(lookup.map(), f"m{len(self._maps)}")
                self._lookups[one.use] = replace(lookup, column=column)

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
    def _asked(self) -> str:
        """SQL of the rows of the kinds that were asked for."""
        if self.mapping.selection is None:
            return self._all
        return f"(SELECT * FROM {self._all} WHERE NOT {self._is_not_selected()})"

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

    def layout(self) -> Step:
        """Write the step that lays the cells out: a row a record, a column a target.

        All that is read of the cells later is read from there, so that what a mapping
        says of them is worked out once. `UNREAD` and a number are the codes that the
        table of a coded use lacks, null for none. `fate` says why a row tells of no
        happening, null where it tells of one:

        - `misfit`: its cells do not fit the header;
        - `blank`: no cell holds anything;
        - `heading`: it has no date and says neither what happened nor who took part, as
          headings and sums of sheets do; only where a mapping names such columns;
        - `not-selected`: it is of another kind than those asked for. Most of these rows
          are not laid out at all.
        """
        uses = [one for of_target in self.uses.values() for one in of_target]
        aliases, cells = self._trimmed(uses)
        cells += [f"{sql} AS {column}" for sql, column in self._maps.items()]
        flags, fate = self._fate(aliases)
        shown = [
            f"{self._target(target, names=aliases)} AS {quoted(target)}"
            for target in self.uses
        ]
        shown += [
            f"{self._unread(one, names=aliases)} AS {UNREAD}{number}"
            for number, one in enumerate(self.coded_uses)
        ]
        rows = (
            f"(SELECT {', '.join([RECORD_NO, *cells, *flags])} FROM {self._all} "
            f"WHERE {self._may_tell()})"
        )
        if aliases.parts:
            parts = (f"{sql} AS {name}" for sql, name in aliases.parts.items())
            rows = f"(SELECT *, {', '.join(parts)} FROM {rows})"
        return Step(
            name="lay out the cells by target",
            inputs=self.inputs,
            output=LAID_OUT,
            sql=f"SELECT {', '.join([RECORD_NO, *shown, fate])} FROM {rows}",
            is_temporary=True,
        )

    def _fate(self, aliases: _Names) -> tuple[list[str], str]:
        """Write what tells the fate of a row, and the fate."""
        # all columns together take long, so they are asked of rows without the first cell
        first = next((n for n in aliases if not n.startswith(_MARK)), "")
        all_cells = ", ".join(quoted(name) for name in self.table.names)
        blank = f"trim(concat({all_cells}), {SPACE}) = ''"
        if first:
            blank = f"CASE WHEN {trimmed(first)} = '' THEN {blank} ELSE false END"
        telling = [
            aliases[n]
            for t in ("date", *_CONTENT)
            for o in self.uses.get(t, ())
            for n in o.names
            if n
        ]
        heading = ""
        if telling and any(target in self.uses for target in _CONTENT):
            heading = f"WHEN coalesce({', '.join(telling)}) IS NULL THEN 'heading' "
        fate = (
            "CASE WHEN is_unfit THEN 'misfit' WHEN is_blank THEN 'blank' "
            f"{heading}WHEN is_other THEN '{NOT_SELECTED}' END AS fate"
        )
        flags = [
            f"{self.unfit} AS is_unfit",
            f"{blank} AS is_blank",
            f"{self._is_not_selected()} AS is_other",
        ]
        return flags, fate

    def _may_tell(self) -> str:
        """Write which rows are laid out: those whose fate their kind does not settle."""
        if self.mapping.selection is None:
            return "true"
        (name,) = find_columns(self.table, self.mapping.selection.column)
        others = f"{self._is_not_selected()} AND {trimmed(name)} <> ''"
        return f"{self.unfit} OR NOT ({others})"

    def select(self, *targets: str) -> str:
        """Write a query for `record_no` and some targets, under their names.

        Parameters
        ----------
        targets
            Which; one that the file does not feed is left out.

        Returns
        -------
        str
            A `SELECT` from what `layout` makes.
        """
        present = [quoted(target) for target in targets if target in self.uses]
        return f"SELECT {', '.join([RECORD_NO, *present])} FROM {self.laid_out}"

    @property
    def laid_out(self) -> str:
        """SQL of the rows that `layout` makes, but for those not asked for."""
        if self.mapping.selection is None:
            return LAID_OUT
        return f"(SELECT * FROM {LAID_OUT} WHERE fate IS DISTINCT FROM '{NOT_SELECTED}')"

    def _trimmed(self, uses: Sequence[BoundUse]) -> tuple[_Names, list[str]]:
        """Name the columns of uses shortly, and write their trimmed cells so.

        A column that says whether others count does so even where it means `missing`.
        """
        names = dict.fromkeys(n for one in uses for n in one.cells)
        aliases = _Names({name: f"c{number}" for number, name in enumerate(names)})
        shown = [f"{self.cell(name)} AS {alias}" for name, alias in aliases.items()]
        whens = dict.fromkeys(name for one in uses for name in one.when)
        for number, name in enumerate(whens):
            aliases[_when(name)] = f"w{number}"
            shown.append(f"{trimmed(name)} AS w{number}")
        return aliases, shown

    def _unread(self, bound: BoundUse, *, names: _Names) -> str:
        """Write the codes of a use that its table lacks, as a list; null for none."""
        items = items_of(self._cut(bound, names=names), separator=bound.use.separator)
        lookup = self._lookups.get(bound.use)
        known = lookup.knows("item") if lookup else "true"
        return f"nullif(list_filter({items}, lambda item: NOT {known}), [])"

    def _target(self, target: str, *, names: _Names) -> str:
        uses = self.uses[target]
        if target == "actors":
            return joined([self._actors(one, names=names) for one in uses])
        if target in LISTS:
            return joined([self._list(one, names=names) for one in uses])
        return first_of([self._value(one, names=names) for one in uses])

    def _list(self, bound: BoundUse, *, names: _Names) -> str:
        lookup = self._lookups.get(bound.use)
        cells = self._cells(bound, names=names)
        items = items_of(cells, separator=bound.use.separator)
        return lookup.of_items(items) if lookup else items

    def _value(self, bound: BoundUse, *, names: _Names) -> tuple[str, str]:
        """Write the first cell of a use that is filled, and the value of the use."""
        cells = self._cells(bound, names=names)
        lookup = self._lookups.get(bound.use)
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

    def _words(self, bound: BoundUse, *, names: _Names) -> list[str]:
        """Write what is said of each cell, in the order of the cells."""
        lookup = self._lookups.get(bound.use)
        instead = literal(bound.use.value) if bound.use.value else "NULL"
        found = [names[name] if name else "NULL" for name in bound.names]
        words = [lookup.of_cell(cell) if lookup else cell for cell in found]
        return [f"coalesce({word}, {instead})" for word in words]

    def _cells(self, bound: BoundUse, *, names: _Names) -> list[str]:
        """Write the cells of a use, each cut as it says, then its own value."""
        cut = self._cut(bound, names=names)
        return [*cut, *([literal(bound.use.value)] if bound.use.value else [])]

    def _cut(self, bound: BoundUse, *, names: _Names) -> list[str]:
        """Write the parts of cells that count, null where they hold nothing."""
        holds = ""
        if bound.when:
            values = listed(bound.use.when[1])
            tests = (f"{names[_when(name)]} IN ({values})" for name in bound.when)
            holds = " OR ".join(tests)
        cells = [names[name] for name in bound.names if name]
        return [self._part(c, use=bound.use, holds=holds, names=names) for c in cells]

    def _part(self, cell: str, *, use: Use, holds: str, names: _Names) -> str:
        part = part_of(cell, use=use)
        if part != cell:
            part = self._missing.part(names.part(part))
        if holds:
            part = f"CASE WHEN {holds} THEN {part} END"
        return part if part == cell else names.part(part)

    def _actors(self, bound: BoundUse, *, names: _Names) -> str:
        items = items_of(self._cells(bound, names=names), separator=bound.use.separator)
        lookup = self._lookups.get(bound.use)
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
        return f"SELECT {RECORD_NO}, {words} AS words FROM {self._asked}"

    def kinds(self, workspace: Workspace) -> tuple[str, ...]:
        """List the commonest kinds of rows, by the column that rows are selected by."""
        selection = self.mapping.selection
        names = find_columns(self.table, selection.column) if selection else ()
        if not names:
            return ()
        found = workspace.arrays(
            f"SELECT {trimmed(names[0])} AS kind FROM {self._all} "
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
        cell = f"lower({trimmed(name)})"
        tests = [f"starts_with({cell}, {literal(start)})" for start in starts]
        if whole:
            tests.append(f"{cell} IN ({listed(whole)})")
        return f"(NOT ({' OR '.join(tests)}))"

    def cell(self, name: str) -> str:
        """Write the trimmed cell of a column, null where it holds nothing."""
        return self._missing.cell(name)

    def filled(self) -> str:
        """Write a query that counts the rows in which each column holds something."""
        # not count(*) FILTER, which takes twice as long to plan
        counts = (
            f"CAST(count_if(NOT {self._missing.is_missing(name)}) AS BIGINT) AS n{number}"
            for number, name in enumerate(self.table.names)
        )
        return f"SELECT {', '.join(counts)} FROM {RECORD}"

    def column(self, name: str) -> str:
        """Write a query for `record_no` and one column of the file, as `value`."""
        return f"SELECT {RECORD_NO}, {self.cell(name)} AS value FROM {self._asked}"


def _when(name: str) -> str:
    return f"{_MARK}{name}"


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
