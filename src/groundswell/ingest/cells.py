"""The cells that feed `report`: trimmed, missing ones null, still as the source wrote."""

# ruff: noqa: S608 (every identifier and every token is quoted here)

from collections.abc import Iterable, Sequence
from collections.abc import Mapping as MappingABC

from groundswell.engine.steps import literal, quoted
from groundswell.ingest.code_lookup import lookup_of
from groundswell.ingest.mapping import LISTS, BoundUse, Mapping, Use, find_columns
from groundswell.ingest.records import RECORD
from groundswell.ingest.rows import BEYOND
from groundswell.ingest.table import RECORD_NO, OpenTable

CORRECTION = "correction"
MISSING = ("na", "n/a", "see above", "(see above)", "--", "k.a.", "-99", "-99.0")
_SPACE = literal(" \t\r\n\f\v\u00a0\u200b\u202f\ufeff")
_MARK = "\x1f"
_ANY = "*"
_NO_PART = ("0", "00", "99", "-9", "-99", "-999")
_TRUE = ("1", "1.0", "true", "yes", "y", "t", "x")
_FALSE = ("0", "0.0", "false", "no", "n", "f")
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
        self._lookups = {one.use: lookup_of(mapping, table, bound=one) for one in bound}

    @property
    def coded_uses(self) -> tuple[BoundUse, ...]:
        """Uses whose cells are codes."""
        found = (one for uses in self.uses.values() for one in uses)
        return tuple(one for one in found if one.use.codes)

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
        names = dict.fromkeys(n for one in uses for n in one.names)
        aliases = {name: f"c{number}" for number, name in enumerate(names)}
        shown = [f"{self.cell(name)} AS {alias}" for name, alias in aliases.items()]
        whens = dict.fromkeys(one.when for one in uses if one.when)
        for number, name in enumerate(whens):
            aliases[_when(name)] = f"w{number}"
            shown.append(f"{_trimmed(name)} AS w{number}")
        return aliases, shown

    def uncoded(self, bound: BoundUse) -> str:
        """Write a query for `record_no` and `words`: codes that the table lacks."""
        aliases, trimmed = self._trimmed([bound])
        cells = self._cut(bound, names=aliases)
        items = _items(cells, separator=bound.use.separator)
        lookup = self._lookups[bound.use]
        known = lookup.knows("item") if lookup else "true"
        return (
            f"SELECT {RECORD_NO}, unnest(list_filter({items}, "
            f"lambda item: NOT {known})) AS words FROM "
            f"(SELECT {', '.join([RECORD_NO, *trimmed])} FROM {self._source})"
        )

    def _target(self, target: str, *, names: MappingABC[str, str]) -> str:
        uses = self.uses[target]
        use = uses[0].use
        if target == "actors":
            return _joined([self._actors(one, names=names) for one in uses])
        cells = [cell for one in uses for cell in self._cells(one, names=names)]
        lookup = self._lookups[use]
        if target in LISTS:
            items = _items(cells, separator=use.separator)
            return lookup.of_items(items) if lookup else items
        coded = [lookup.of_cell(cell) for cell in cells] if lookup else cells
        return _single(coded, use=use)

    def _cells(self, bound: BoundUse, *, names: MappingABC[str, str]) -> list[str]:
        """Write the cells of a use, each cut as it says, then its own value."""
        cut = self._cut(bound, names=names)
        return [*cut, *([literal(bound.use.value)] if bound.use.value else [])]

    def _cut(self, bound: BoundUse, *, names: MappingABC[str, str]) -> list[str]:
        """Write the parts of cells that count, null where they hold nothing."""
        parts = [self._part(names[name], use=bound.use) for name in bound.names]
        if not bound.when:
            return parts
        holds = f"{names[_when(bound.when)]} IN ({listed(bound.use.when[1])})"
        return [f"CASE WHEN {holds} THEN {part} END" for part in parts]

    def _part(self, cell: str, *, use: Use) -> str:
        part = _part(cell, use=use)
        if part == cell:
            return cell
        among = literal(_MARK.join(["", "", *self._tokens, ""]))
        mark = literal(_MARK)
        return (
            f"CASE WHEN NOT contains({among}, concat({mark}, lower({part}), {mark})) "
            f"THEN {part} END"
        )

    def _actors(self, bound: BoundUse, *, names: MappingABC[str, str]) -> str:
        items = _items(self._cells(bound, names=names), separator=bound.use.separator)
        lookup = self._lookups[bound.use]
        role = literal(bound.use.role)
        named = lookup.of_items(items) if lookup else items
        return f"list_transform({named}, lambda item: {{'name': item, 'role': {role}}})"

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
        is_blank = f"trim(concat({', '.join(columns)}), {_SPACE}) = ''"
        empty = " AND ".join(f"({self.cell(name)}) IS NULL" for name in names)
        only_blank = "" if is_telling else f" AND {is_blank}"
        is_empty = f"({empty}{only_blank})"
        is_other = self._is_not_selected()
        return (
            f"SELECT {RECORD_NO}, CASE WHEN {self.unfit} THEN 'misfit' "
            f"WHEN {is_empty} AND {is_blank} THEN 'blank' "
            f"WHEN {is_empty} THEN 'heading' ELSE 'not-selected' END AS fate "
            f"FROM {self._all} WHERE {self.unfit} OR {is_empty} OR {is_other}"
        )

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
        long.
        """
        text = _trimmed(name)
        tokens = (*self._tokens, *(t.lower() for t in self._missing_in.get(name, ())))
        among = literal(_MARK.join(["", "", *tokens, ""]))
        mark = literal(_MARK)
        is_missing = f"contains({among}, concat({mark}, lower({text}), {mark}))"
        if kept := self._kept.get(name):
            return f"({is_missing} AND {text} NOT IN ({listed(kept)}))"
        return is_missing


def _when(name: str) -> str:
    return f"{_MARK}{name}"


def listed(tokens: Iterable[str]) -> str:
    """Write texts as a list of SQL strings."""
    return ", ".join(literal(token) for token in tokens)


def _single(cells: Sequence[str], *, use: Use) -> str:
    """Write one value of the cells of a use."""
    if use.target == "recurrence_text":
        return _note(cells, words=use.words)
    if use.words:
        text = f"concat_ws(' ; ', {', '.join(cells)})"
        return f"CASE WHEN {text} <> '' THEN {_matches(text, words=use.words)} END"
    if use.is_parts:
        return _date_of_parts(cells, century=use.century)
    if use.joined_by:
        text = f"concat_ws({literal(use.joined_by)}, {', '.join(cells)})"
        return f"nullif({text}, '')"
    one = f"coalesce({', '.join(cells)})" if len(cells) > 1 else cells[0]
    if use.target == "is_online":
        return (
            f"CASE WHEN lower({one}) IN ({listed(_TRUE)}) THEN true "
            f"WHEN lower({one}) IN ({listed(_FALSE)}) THEN false END"
        )
    return one


def _date_of_parts(cells: Sequence[str], *, century: int) -> str:
    """Write a date as text, as far as its year, month and day are known."""
    year, *parts = (
        f"coalesce(CAST({_whole(cell)} AS VARCHAR), {cell})" for cell in cells
    )
    if century:
        short = _whole(cells[0])
        year = (
            f"CASE WHEN {short} BETWEEN 0 AND 99 "
            f"THEN CAST({century} + {short} AS VARCHAR) ELSE {year} END"
        )
    known = [
        f"CASE WHEN {cell} NOT IN ({listed(_NO_PART)}) THEN {part} END"
        for cell, part in zip(cells[1:], parts, strict=True)
    ]
    # a day without a month says nothing
    dated = [f"CASE WHEN ({known[0]}) IS NOT NULL THEN {part} END" for part in known]
    text = f"concat_ws('-', {', '.join([year, *dated])})"
    return f"CASE WHEN {cells[0]} IS NOT NULL THEN {text} END"


def _whole(cell: str) -> str:
    return f"TRY_CAST({cell} AS INTEGER)"


def _note(cells: Sequence[str], *, words: Sequence[str]) -> str:
    notes = ", ".join(f"CASE WHEN {_matches(c, words=words)} THEN {c} END" for c in cells)
    return f"nullif(concat_ws('; ', {notes}), '')"


def _trimmed(name: str) -> str:
    return f"trim({quoted(name)}, {_SPACE})"


def _items(cells: Sequence[str], *, separator: str) -> str:
    """Write the items of cells as one list, never null."""
    if not separator:
        return f"list_filter([{', '.join(cells)}], lambda item: item IS NOT NULL)"
    mark = _regex(separator)
    ends = literal(rf"^(?:\s|{mark})+|(?:\s|{mark})+$")
    between = literal(rf"\s*{mark}(?:\s|{mark})*")
    splits = [
        f"coalesce(regexp_split_to_array(nullif(regexp_replace({cell}, {ends}, '', 'g'), "
        f"''), {between}), [])"
        for cell in cells
    ]
    return splits[0] if len(splits) == 1 else f"list_concat({', '.join(splits)})"


def _joined(lists: Sequence[str]) -> str:
    return lists[0] if len(lists) == 1 else f"flatten([{', '.join(lists)}])"


def _matches(text: str, *, words: Sequence[str]) -> str:
    edge = r"[^\pL\pN_]"
    among = "|".join(_regex(word) for word in words)
    pattern = rf"(?i)(?:^|{edge})(?:{among})(?:{edge}|$)"
    return f"regexp_matches({text}, {literal(pattern)})"


def _regex(word: str) -> str:
    return "".join(c if c.isalnum() or c == " " else f"\\{c}" for c in word)


def _part(cell: str, *, use: Use) -> str:
    """Write the part of a cell that a use takes; the cell itself where it takes all."""
    part = cell
    if use.between:
        opening, *closings = (_regex(end) for end in use.between)
        pattern = f"(?is){opening}(.*?)(?:{'|'.join(closings)}|$)"
        part = f"regexp_extract({cell}, {literal(pattern)}, 1)"
    if use.after:
        part = f"string_split({part}, {literal(use.after)})[-1]"
    if use.before:
        part = f"regexp_extract({part}, {literal(f'(?s)^(.*){_regex(use.before)}')}, 1)"
    if use.items:
        part = _between_items(part, use=use)
    return cell if part == cell else f"nullif(trim({part}, {_SPACE}), '')"


def _between_items(cell: str, *, use: Use) -> str:
    """Write some items of a cell as they stand in it, null where it has none of them."""
    items = f"string_split({cell}, {literal(use.separator)})"
    first, last = (
        str(end) if end > 0 else f"len({items}) + 1 - {-end}" for end in use.items
    )
    taken = f"array_to_string({items}[{first}:{last}], {literal(use.separator)})"
    return f"CASE WHEN {first} BETWEEN 1 AND {last} THEN {taken} END"


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
