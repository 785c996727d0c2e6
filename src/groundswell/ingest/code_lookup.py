"""Codes of cells as what they mean, in SQL."""

from dataclasses import dataclass

from groundswell.engine.steps import literal
from groundswell.ingest.binding import BoundUse
from groundswell.ingest.files.table import OpenTable
from groundswell.ingest.mapping import INTERVALS, Mapping


@dataclass(frozen=True, slots=True, kw_only=True)
class Lookup:
    """The codes of one use, as an SQL map.

    Attributes
    ----------
    words
        What each code means.
    keeps_unknown
        Whether a code that is not among them stays as it is written; else it is null.
    column
        Column that holds the map, for what is written of it.
    """

    words: dict[str, str]
    keeps_unknown: bool
    column: str = ""

    def of_cell(self, cell: str) -> str:
        """Write what the code in a cell means."""
        found = f"{self.column}[{_code(cell)}]"
        return f"coalesce({found}, {cell})" if self.keeps_unknown else found

    def of_items(self, items: str) -> str:
        """Write what the codes in a list mean."""
        return f"list_transform({items}, lambda item: {self.of_cell('item')})"

    def knows(self, cell: str) -> str:
        """Write whether a code is among those that are known."""
        return f"map_contains({self.column}, {_code(cell)})"

    def map(self) -> str:
        """Write the map; it is long, and so stands in a query once."""
        codes = ", ".join(literal(code) for code in self.words)
        words = ", ".join(literal(word) for word in self.words.values())
        return f"MAP([{codes}], [{words}])"


def lookup_of(mapping: Mapping, table: OpenTable, *, bound: BoundUse) -> Lookup | None:
    """Find what the codes mean that a use takes from a file.

    Labels that the file itself gives for the codes of a column come before those of the
    mapping.

    Parameters
    ----------
    mapping, table
        The mapping and the file.
    bound
        The use, and its columns.

    Returns
    -------
    Lookup or None
        `None` where the cells are no codes. An end of an interval that is not known is
        the empty text, which no number is read from.
    """
    use = bound.use
    if not use.codes:
        return None
    end = 1 if use.target.endswith("_high") else 0
    words: dict[str, str] = {}
    for code, value in mapping.codes[use.codes].items():
        words[code] = value if isinstance(value, str) else _number(value[end])
    if use.target in INTERVALS:
        return Lookup(words=words, keeps_unknown=False)
    for name in bound.names:
        words |= table.labels.get(name, {})
    return Lookup(words=words, keeps_unknown=not use.target.endswith("_precision"))


def _number(end: int | None) -> str:
    return "" if end is None else str(end)


def _code(cell: str) -> str:
    # spreadsheets write 14 as 14.0
    return f"regexp_replace({cell}, '\\.0+$', '')"
