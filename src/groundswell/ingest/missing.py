"""Cells that hold nothing: blank ones, and words for a value that is missing, in SQL."""

from collections.abc import Iterable
from collections.abc import Mapping as MappingABC

from groundswell.engine.steps import literal, quoted
from groundswell.ingest.cell_parts import SPACE, SPACES, listed
from groundswell.ingest.files.table import OpenTable
from groundswell.ingest.mapping import Mapping, find_columns

TOKENS = ("na", "n/a", "see above", "(see above)", "--", "k.a.", "-99", "-99.0")
_MARK = "\x1f"


class Missing:
    """SQL for what of the cells of one file is missing.

    Parameters
    ----------
    mapping, table
        The mapping, which names further words, and the file.
    """

    def __init__(self, mapping: Mapping, table: OpenTable) -> None:
        self._tokens = (*TOKENS, *(token.lower() for token in mapping.missing))
        self._more = _by_name(mapping.missing_in, table=table)
        self._kept = _by_name(mapping.kept, table=table)

    def cell(self, name: str) -> str:
        """Write the trimmed cell of a column, null where it holds nothing."""
        return f"CASE WHEN {self.is_missing(name)} THEN NULL ELSE {trimmed(name)} END"

    def part(self, part: str) -> str:
        """Write the part of a cell, null where it is a word for a missing value."""
        return f"CASE WHEN NOT {_is_among(self._tokens, text=part)} THEN {part} END"

    def is_missing(self, name: str) -> str:
        """Write whether a cell holds nothing.

        The first character, which an empty cell has in common with any text, rules most
        cells out before they are trimmed and folded, which takes three times as long.
        """
        text = trimmed(name)
        tokens = (*self._tokens, *(token.lower() for token in self._more.get(name, ())))
        starts = {c for token in tokens for c in (token[:1], token[:1].upper())}
        first = literal("".join(sorted(starts)) + SPACES)
        is_missing = (
            f"CASE WHEN contains({first}, {quoted(name)}[1]) "
            f"THEN {_is_among(tokens, text=text)} ELSE false END"
        )
        if kept := self._kept.get(name):
            return f"({is_missing} AND {text} NOT IN ({listed(kept)}))"
        return is_missing


def trimmed(name: str) -> str:
    """Write the cell of a column without the blanks around it."""
    return f"trim({quoted(name)}, {SPACE})"


def _is_among(tokens: Iterable[str], *, text: str) -> str:
    # one search among all of them: a list after IN took four times as long
    among = literal(_MARK.join(["", "", *tokens, ""]))
    mark = literal(_MARK)
    return f"contains({among}, concat({mark}, lower({text}), {mark}))"


def _by_name(
    tokens: MappingABC[str, tuple[str, ...]], *, table: OpenTable
) -> dict[str, tuple[str, ...]]:
    return {
        name: tokens_of
        for column, tokens_of in tokens.items()
        for name in find_columns(table, column)
    }
