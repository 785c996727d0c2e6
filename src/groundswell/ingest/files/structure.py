"""The rows and cells of a CSV file, counted by a reader that shares no code with SQL's.

Where every quotation mark opens or closes a cell, or is doubled inside one, and every row
has as many cells as the header, a CSV file has one reading: it is regular. Then the
database reads it, fast and on several threads, and has to come to the same number of rows
and of bytes in cells as this count. Any other file is read by Python's `csv` and written
anew as a regular one (`groundswell.ingest.files.rows`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from groundswell.core.errors import InputError
from groundswell.engine.tables import MAX_ROW_BYTES

_BLOCK = 1 << 20
_QUOTE, _LF, _CR = 34, 10, 13
_Offsets = NDArray[np.intp]


@dataclass(frozen=True, slots=True, kw_only=True)
class Structure:
    """What a count of a CSV file found.

    Attributes
    ----------
    irregular
        Why the file has no single reading; empty where it is regular.
    irregular_row
        Row of the first such place, 0 for the header.
    n_rows
        Rows, the header included.
    n_bytes
        Bytes in cells, the header included: neither delimiters, line ends nor the
        quotation marks that only mark cells. Counted for a regular file.
    rows_of
        For each offset asked for, the row that it lies in; 0 for the header.
    """

    irregular: str
    irregular_row: int
    n_rows: int
    n_bytes: int
    rows_of: tuple[int, ...]


def count_structure(
    path: Path, *, delimiter: str, n_columns: int, offsets: Sequence[int], name: str
) -> Structure:
    """Count rows, cells and bytes of a CSV file, up to the first irregular place.

    Parameters
    ----------
    path
        A text file without NUL bytes.
    delimiter
        One ASCII character.
    n_columns
        Cells of the header.
    offsets
        Places of the file, ascending, whose rows are asked for.
    name
        What to call the file in an error.

    Returns
    -------
    Structure
        The count.
    """
    counter = _Counter(delimiter=ord(delimiter), n_columns=n_columns, name=name)
    rows_of: list[int] = []
    left = list(reversed(offsets))
    with path.open("rb") as file:
        block = file.read(_BLOCK)
        while block and not counter.irregular:
            following = file.read(_BLOCK)
            end, asked = counter.n_read + len(block), []
            while left and left[-1] < end:
                asked.append(left.pop())
            if asked or not counter.count_alike(block):
                counter.count(block, following=following[0] if following else _LF)
            rows_of += [counter.row_of(offset) for offset in asked]
            block = following
    counter.finish()
    # a line that was mended to nothing can stand at the very end
    rows_of += [max(counter.n_rows - 1, 0)] * len(left)
    return Structure(
        irregular=counter.irregular,
        irregular_row=counter.irregular_row,
        n_rows=counter.n_rows,
        n_bytes=counter.n_bytes,
        rows_of=tuple(rows_of),
    )


def is_free_of_marks(path: Path) -> bool:
    """Say whether a file holds no quotation mark."""
    with path.open("rb") as file:
        return not any(b'"' in block for block in iter(lambda: file.read(_BLOCK), b""))


class _Counter:
    """Running counts, and what one block needs to know of those before it."""

    def __init__(self, *, delimiter: int, n_columns: int, name: str) -> None:
        self.irregular = ""
        self.irregular_row = 0
        self.n_rows = self.n_bytes = self.n_read = 0
        self._delimiter = delimiter
        # a byte stands for itself where it has a meaning, and else is 0
        marks = (_QUOTE, _LF, _CR, delimiter)
        self._kinds = bytes(byte if byte in marks else 0 for byte in range(256))
        self._others = bytes(byte for byte in range(256) if byte not in marks)
        self._row_marks = bytes([delimiter]) * (n_columns - 1) + b"\n"
        self._n_separators = n_columns - 1
        self._name = name
        self._is_quoted = False
        self._last_byte = _LF
        self._open_separators = 0
        self._n_returns = 0
        self._row_start = 0
        self._ends: _Offsets = np.empty(0, np.intp)

    def count_alike(self, data: bytes) -> bool:
        """Count a block in which all rows are alike and nothing is quoted, if it is one.

        It takes a fifth of the time of `count`, which counts any block.
        """
        marks = data.translate(None, self._others)
        width, start = len(self._row_marks), self._open_separators
        n_rows = (start + len(marks)) // width
        expected = (self._row_marks * (n_rows + 1))[start : start + len(marks)]
        first, last = data.find(b"\n"), data.rfind(b"\n")
        # a row that starts in the block is no longer than the block
        is_short = 0 <= first <= self._row_start + MAX_ROW_BYTES - self.n_read
        if self._is_quoted or start >= width or marks != expected or not is_short:
            return False
        self._open_separators = (start + len(marks)) % width
        self._row_start = self.n_read + last + 1
        self.n_bytes += len(data) - len(marks)
        self.n_rows += n_rows
        self.n_read += len(data)
        self._last_byte = data[-1]
        return True

    def count(self, data: bytes, *, following: int) -> None:
        """Count one block; `following` is the byte after it, a line end at the end."""
        block = np.frombuffer(data, np.uint8)
        kinds = np.frombuffer(data.translate(self._kinds), np.uint8)
        marks = np.flatnonzero(kinds != 0)
        kinds = kinds[marks]
        is_quote = kinds == _QUOTE
        quotes = marks[is_quote]
        is_outside = np.bitwise_xor.accumulate(is_quote) == self._is_quoted
        ends = marks[(kinds == _LF) & is_outside]
        separators = marks[(kinds == self._delimiter) & is_outside]
        returns = marks[(kinds == _CR) & is_outside]
        self._ends = ends + self.n_read
        n_doubled = self._check_quotes(block, quotes=quotes, following=following)
        self._check_returns(block, returns=returns, following=following)
        self._check_cells(np.searchsorted(separators, ends), n_in_block=len(separators))
        self._check_lengths(until=self.n_read + len(block))
        n_marks = len(quotes) - n_doubled + len(separators) + len(ends) + len(returns)
        self.n_bytes += len(block) - n_marks
        self.n_rows += len(ends)
        self.n_read += len(block)
        self._is_quoted ^= len(quotes) % 2 == 1
        self._last_byte = int(block[-1])

    def row_of(self, offset: int) -> int:
        """Find the row of a place in the block that was counted last."""
        before = self.n_rows - len(self._ends)
        return before + int(np.searchsorted(self._ends, offset))

    def finish(self) -> None:
        """Count the last row where no line end follows it, and compare line ends."""
        if self.irregular:
            return
        n_line_ends = self.n_rows
        self._ends = np.empty(0, np.intp)
        if self._is_quoted:
            self._fail("a quotation mark is never closed", row=self.n_rows)
        elif self.n_read > self._row_start:
            self._check_cells(np.zeros(1, np.intp), n_in_block=0)
            self.n_rows += 1
        if self._n_returns not in (0, n_line_ends):
            self._fail("lines end in different ways", row=0)

    def _check_quotes(
        self, block: NDArray[np.uint8], *, quotes: _Offsets, following: int
    ) -> int:
        """See that each quotation mark opens, closes or is doubled; count the doubled."""
        first = int(self._is_quoted)
        opening, closing = quotes[first::2], quotes[1 - first :: 2]
        before = _neighbours(block, opening - 1, edge=self._last_byte)
        after = _neighbours(block, closing + 1, edge=following)
        opens = (before == self._delimiter) | (before == _LF) | (before == _QUOTE)
        closes = (after == self._delimiter) | (after == _LF) | (after == _CR)
        closes |= after == _QUOTE
        stray = [*opening[~opens][:1], *closing[~closes][:1]]
        if stray:
            self._fail_at("a quotation mark stands inside a cell", at=int(min(stray)))
        return int(np.count_nonzero(before == _QUOTE))

    def _check_returns(
        self, block: NDArray[np.uint8], *, returns: _Offsets, following: int
    ) -> None:
        self._n_returns += len(returns)
        is_alone = _neighbours(block, returns + 1, edge=following) != _LF
        if is_alone.any():
            self._fail_at("a line ends in CR alone", at=int(returns[is_alone][0]))

    def _check_cells(self, separators_until_end: _Offsets, *, n_in_block: int) -> None:
        n_separators = np.diff(separators_until_end, prepend=0)
        if not len(n_separators):
            self._open_separators += n_in_block
            return
        n_separators[0] += self._open_separators
        self._open_separators = n_in_block - int(separators_until_end[-1])
        differing = np.flatnonzero(n_separators != self._n_separators)
        if len(differing):
            row = self.n_rows + int(differing[0])
            self._fail("rows differ in their number of cells", row=row)

    def _check_lengths(self, *, until: int) -> None:
        starts = np.concatenate(([self._row_start], self._ends + 1))
        longest = np.diff(starts, append=until)
        if longest.max() > MAX_ROW_BYTES:
            row = self.n_rows + int(longest.argmax())
            raise InputError(
                f"{self._name}: row {row:,} is longer than {MAX_ROW_BYTES >> 20} MiB.",
                allowed="rows of a table",
                todo="a quotation mark that is never closed makes one row of all that "
                "follows: look at the row before",
            )
        self._row_start = int(starts[-1])

    def _fail_at(self, why: str, *, at: int) -> None:
        self._fail(
            why, row=self.n_rows + int(np.searchsorted(self._ends, self.n_read + at))
        )

    def _fail(self, why: str, *, row: int) -> None:
        if not self.irregular or row < self.irregular_row:
            self.irregular, self.irregular_row = why, row


def _neighbours(
    block: NDArray[np.uint8], places: _Offsets, *, edge: int
) -> NDArray[np.uint8]:
    """Return the bytes at places of a block, `edge` for a place just outside of it."""
    inside = np.clip(places, 0, len(block) - 1)
    found = block[inside]
    found[places != inside] = edge
    return found
