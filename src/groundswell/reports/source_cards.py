"""Sources as sheets for the terminal: all in short, one with all its columns."""

from itertools import groupby
from typing import TYPE_CHECKING

from groundswell.core.phrases import join_words
from groundswell.reports.formatting import plural
from groundswell.reports.sheet import QUIET, STRONG, Sheet
from groundswell.reports.source_view import coverage_words, terms_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from groundswell.core.sources import (
        ColumnTarget,
        MappingDetail,
        Source,
        SourceDetail,
    )

_KEPT = "nothing: kept in the record"
_PASSED_ON = {"rows": "rows", "aggregate": "totals", "none": "nothing"}


def render_sources_card(sources: "Sequence[Source]", *, width: int, colour: bool) -> str:
    """Render the sources that are known, a line or two each.

    Parameters
    ----------
    sources
        In the order in which they are printed.
    width
        Columns of the terminal.
    colour
        Whether to use colours and weights.

    Returns
    -------
    str
        The text.
    """
    sheet = Sheet(width=width, colour=colour)
    sheet.title(plural(len(sources), "source"))
    sheet.table(
        ("Source", "What it is", "May be passed on"),
        [(s.source_id, s.title, _PASSED_ON[s.redistribution]) for s in sources],
    )
    sheet.blank()
    sheet.write("What one covers, its terms, its columns, and how to get it:")
    sheet.command("groundswell sources show SOURCE")
    return sheet.text()


def render_source_card(detail: "SourceDetail", *, width: int, colour: bool) -> str:
    """Render one source: its coverage and terms, and what becomes of each column.

    Parameters
    ----------
    detail
        The source, and the forms in which its files come.
    width
        Columns of the terminal.
    colour
        Whether to use colours and weights.

    Returns
    -------
    str
        The text.
    """
    sheet = Sheet(width=width, colour=colour)
    sheet.title(detail.source.source_id)
    _write_source(sheet, detail.source)
    for mapping in detail.mappings:
        _write_mapping(sheet, mapping)
    if not detail.mappings:
        sheet.section("Columns")
        sheet.write("A file of it is read with a mapping of your own.", indent=2)
    shown = {c.caveat for mapping in detail.mappings for c in mapping.columns}
    others = [c for c in detail.source.caveats if c.words not in shown]
    if others:
        sheet.section("What to know of other columns")
        sheet.pairs([(caveat.column, caveat.words) for caveat in others])
    return sheet.text()


def _write_source(sheet: Sheet, source: "Source") -> None:
    sheet.write((source.title, STRONG), f", {source.producer}")
    facts = (
        ("Version", source.version),
        ("A row is", source.row),
        ("Covers", coverage_words(source.coverage, source=source)),
        ("Terms", terms_words(source)),
        ("Cite as", source.citation),
        ("Crowd sizes", f"read by the rule {source.size_rule}"),
    )
    sheet.pairs([fact for fact in facts if fact[1]])
    links = (("Data at", source.address), ("Terms at", source.terms_address))
    sheet.links([link for link in links if link[1]])
    if source.biases:
        sheet.write(("Known biases", QUIET), indent=2)
        sheet.items(source.biases, indent=2)
    if source.how_to_get:
        sheet.write(("To get it", QUIET), indent=2)
        sheet.command(*source.how_to_get, indent=4)


def _write_mapping(sheet: Sheet, mapping: "MappingDetail") -> None:
    sheet.section(f"Columns of a file, by the mapping {mapping.name}")
    if mapping.recognised_by:
        known = join_words(mapping.recognised_by)
        sheet.write(("Such a file is known by: ", QUIET), known, indent=2)
    if mapping.chosen:
        sheet.write(("Rows that are read: ", QUIET), mapping.chosen, indent=2)
    if mapping.missing:
        missing = join_words(mapping.missing)
        sheet.write(("Missing, beside an empty cell: ", QUIET), missing, indent=2)
    rows = [(c.column, join_words(c.targets) or _KEPT) for c in mapping.columns]
    if rows:
        sheet.table(("Column", f"Becomes, in the table {mapping.table}"), rows)
    for words, columns in groupby(mapping.columns, key=_notes):
        if words:
            names = join_words([column.column for column in columns])
            sheet.write((names, STRONG), f": {words}", indent=2)
    rest = "Every other column" if rows else "Every column"
    sheet.write((f"{rest} is kept as it is in the record.", QUIET), indent=2)


def _notes(column: "ColumnTarget") -> str:
    how = f"{column.how}." if column.how else ""
    return " ".join(words for words in (how, column.caveat) if words)
