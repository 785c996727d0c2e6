"""Rows of irregular CSV and of other kinds of file, written as regular CSV."""

import csv
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from groundswell.core.errors import InputError
from groundswell.engine.tables import MAX_ROW_BYTES

BEYOND = "(beyond the header)"
PLACES = "(columns of the row)"
ESCAPED = "backslashreplace"
_LAST = "\x1dend of the file"
_SHOWN = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row as it was found.

    Attributes
    ----------
    cells
        Its cells as text; empty for a blank line.
    line
        Line of the file where it starts, from 1; 0 where the file has no lines.
    unread
        The line itself, where it could not be read as a row.
    """

    cells: list[str]
    line: int = 0
    unread: str = ""


@dataclass(slots=True, kw_only=True)
class Fit:
    """How the rows of a file fitted its header; row numbers count from 1.

    Attributes
    ----------
    n_rows
        Rows, blank ones included, the header not.
    n_short, short
        Rows with fewer cells than the header, and the first of them.
    n_long, long
        Rows with more cells than the header that hold something, and the first of them.
    n_unread, unread
        Lines that were no rows, and the first of them.
    n_unfit, unfit
        Rows whose number of cells no layout has, and the first of them.
    row_of_line
        Row that starts on a line or holds it, for the lines that were asked for.
    """

    n_rows: int = 0
    n_short: int = 0
    n_long: int = 0
    n_unread: int = 0
    n_unfit: int = 0
    short: list[str] = field(default_factory=list)
    long: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    unfit: list[str] = field(default_factory=list)
    row_of_line: dict[int, int] = field(default_factory=dict)

    @property
    def has_misfits(self) -> bool:
        """Whether some row holds what no column of the header has room for."""
        return bool(self.n_long or self.n_unread or self.n_unfit)

    def note_unfit(self, what: str, *, row: Row) -> None:
        """Count a row that no layout fits."""
        self.n_unfit += 1
        _note(self.unfit, f"{self.where(row)}: {what}")

    def where(self, row: Row) -> str:
        """Say which row was counted last, and where it begins."""
        return f"row {self.n_rows:,}" + (f" (line {row.line:,})" if row.line else "")


class RowCounter:
    """Count rows as they are written, and note those of some lines.

    Parameters
    ----------
    lines
        Lines of the file whose rows are asked for.
    """

    def __init__(self, lines: frozenset[int]) -> None:
        self.fit = Fit()
        self._wanted = sorted(lines, reverse=True)

    def count(self, row: Row) -> None:
        """Count one more row."""
        while self._wanted and row.line > self._wanted[-1]:
            self.fit.row_of_line[self._wanted.pop()] = self.fit.n_rows
        self.fit.n_rows += 1

    def finish(self) -> None:
        """Give the lines that are left to the last row."""
        for line in self._wanted:
            self.fit.row_of_line[line] = self.fit.n_rows


def write_regular(
    rows: Iterable[Row], *, n_columns: int, target: Path, lines: frozenset[int]
) -> Fit:
    """Write rows as a CSV file with one reading.

    A row with fewer cells than the header is filled up with empty ones. What a row holds
    beyond the header goes into one more column, as JSON, and so does a line that is no
    row: such rows are kept and marked, not guessed at.

    Parameters
    ----------
    rows
        The rows, without the header.
    n_columns
        Cells of the header.
    target
        Where to write. The file has `n_columns` + 1 columns, the last of them `BEYOND`.
    lines
        Lines of the file whose rows are asked for.

    Returns
    -------
    Fit
        How the rows fitted.
    """
    counter = RowCounter(lines)
    fit = counter.fit
    # half of a pair of surrogates, which JSON can hold, is written as its escape
    with target.open("w", encoding="utf-8", errors=ESCAPED, newline="") as file:
        writer = csv.writer(file, lineterminator="\n", quoting=csv.QUOTE_ALL)
        writer.writerow([""] * n_columns + [BEYOND])
        for row in rows:
            counter.count(row)
            writer.writerow(_fitted(row, n_columns=n_columns, fit=fit))
    counter.finish()
    return fit


def read_csv_rows(path: Path, *, delimiter: str, name: str) -> Iterator[Row]:
    """Read a CSV file of any kind as Python's `csv` does, the header included.

    Parameters
    ----------
    path
        Text in UTF-8 without NUL bytes.
    delimiter
        One character.
    name
        What to call the file in an error.

    Yields
    ------
    Row
        One row; blank lines too.

    Raises
    ------
    InputError
        If a quotation mark is never closed.
    """
    before = csv.field_size_limit(MAX_ROW_BYTES)
    line = 0
    try:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.reader(_with_last_line(file), delimiter=delimiter)
            for cells in reader:
                if cells == [_LAST]:
                    return
                if cells and cells[-1].endswith(f"{_LAST}\n"):
                    break
                yield Row(cells=cells, line=line + 1)
                line = reader.line_num
    except csv.Error as error:
        raise InputError(
            f"{name}: the row that starts on line {line + 1:,} cannot be read: {error}.",
            allowed="CSV",
            todo="look for a quotation mark that is never closed there",
        ) from error
    finally:
        csv.field_size_limit(before)
    raise InputError(
        f"{name}: a quotation mark in the row that starts on line {line + 1:,} is never "
        "closed, so that all the rest of the file is one cell.",
        allowed="a closing mark for each opening one",
        todo="mend that line, or download the file again if it was cut off",
    )


def read_split_rows(path: Path, *, delimiter: str) -> Iterator[Row]:
    """Read lines as rows, where a quotation mark is a character like any other.

    Parameters
    ----------
    path
        Text in UTF-8.
    delimiter
        One character.

    Yields
    ------
    Row
        One line; blank lines too.
    """
    with path.open(encoding="utf-8", newline="\n") as file:
        for number, line in enumerate(file, start=1):
            text = line.rstrip("\r\n")
            yield Row(cells=text.split(delimiter) if text else [], line=number)


def _with_last_line(lines: Iterable[str]) -> Iterator[str]:
    """Add a line that is a row of its own, unless a quotation mark is still open."""
    yield from _whole_lines(lines)
    yield f"{_LAST}\n"


def _whole_lines(lines: Iterable[str]) -> Iterator[str]:
    """Take CR CR LF for one end of a line: some programs add a CR to each CR LF."""
    held = ""
    for line in lines:
        if held and line == "\r\n":
            yield held + line
            held = ""
            continue
        if held:
            yield held
        held = line if line.endswith("\r") else ""
        if not held:
            yield line
    if held:
        yield held


def _fitted(row: Row, *, n_columns: int, fit: Fit) -> list[str]:
    """Return the cells of a row and what is beyond them, and count how they fitted."""
    cells, beyond = row.cells[:n_columns], row.cells[n_columns:]
    where = fit.where(row)
    rest = ""
    if row.unread:
        fit.n_unread += 1
        _note(fit.unread, f"{where}: {row.unread[:60]}")
        rest = json.dumps([row.unread], ensure_ascii=False)
    elif any(cell.strip() for cell in beyond):
        fit.n_long += 1
        _note(fit.long, f"{where}: {len(row.cells)} cells for {n_columns} columns")
        rest = json.dumps(beyond, ensure_ascii=False)
    elif 0 < len(cells) < n_columns and any(cell.strip() for cell in cells):
        fit.n_short += 1
        _note(fit.short, f"{where}: {len(cells)} cells for {n_columns} columns")
    return [*cells, *[""] * (n_columns - len(cells)), rest]


def _note(examples: list[str], text: str) -> None:
    if len(examples) < _SHOWN:
        examples.append(text)
