"""Rows without a header, each laid out by how many cells it has.

A source that added columns over the years and never wrote a header, as GDELT did, tells
its layouts apart by their width alone, and files of several years hold several of them.
"""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from operator import itemgetter
from pathlib import Path

import numpy as np

from groundswell.core.errors import InputError
from groundswell.ingest.files.rows import BEYOND, ESCAPED, PLACES, Fit, Row, RowCounter

_BLOCK = 1 << 20
_PATTERNS = {
    "integer": re.compile(r"[+-]?[0-9]+"),
    "number": re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?"),
    "yyyymmdd": re.compile(r"[0-9]{8}"),
    "yyyymmddhhmmss": re.compile(r"[0-9]{14}"),
    "word": re.compile(r"[^\W\d_]+(?:[ .'-]+[^\W\d_]+)*"),
    "url": re.compile(r"https?://\S+"),
}
CELL_KINDS = tuple(_PATTERNS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """How the rows of a file lie in the columns that they have together.

    Attributes
    ----------
    columns
        Of all rows together: those of the widest layout that occurs, then others.
    places
        For each width that occurs, which of `columns` its cells are, in their order.
    has_widths
        Whether rows differ in their number of cells, so that each needs to say it.
    """

    columns: tuple[str, ...]
    places: Mapping[int, tuple[int, ...]]
    has_widths: bool


def is_of_kind(cell: str, *, kind: str) -> bool:
    """Say whether a cell is of one of `CELL_KINDS`.

    Examples
    --------
    >>> is_of_kind("20240229", kind="yyyymmdd"), is_of_kind("20230229", kind="yyyymmdd")
    (True, False)
    >>> is_of_kind("SQLDATE", kind="integer"), is_of_kind("-7", kind="integer")
    (False, True)
    """
    if not _PATTERNS[kind].fullmatch(cell):
        return False
    if not kind.startswith("yyyymmdd"):
        return True
    try:
        date.fromisoformat(cell[:8])
    except ValueError:
        return False
    return True


def lacks_header(
    first_row: Sequence[str],
    *,
    layouts: Sequence[Sequence[str]],
    cells: Mapping[int, str],
) -> bool:
    """Say whether the first row of a file is data in one of some layouts.

    Parameters
    ----------
    first_row
        Cells of the row.
    layouts
        Columns of each layout.
    cells
        Kind of some cells, by number from 1; where there are none, a row of the right
        width is a header only if it names the columns.

    Returns
    -------
    bool
        Whether its width is that of a layout, and its cells are of these kinds.
    """
    fitting = [layout for layout in layouts if len(layout) == len(first_row)]
    if not fitting:
        return False
    if not cells:
        return [c.strip().casefold() for c in first_row] != [
            c.casefold() for c in fitting[0]
        ]
    return all(
        number <= len(first_row) and is_of_kind(first_row[number - 1].strip(), kind=kind)
        for number, kind in cells.items()
    )


def find_layout(
    widths: Mapping[int, int], *, layouts: Sequence[tuple[str, ...]], name: str
) -> Layout:
    """Lay out the rows of a file.

    Parameters
    ----------
    widths
        How many rows have how many cells; a blank line has none.
    layouts
        Columns of each layout.
    name
        What to call the file in an error.

    Returns
    -------
    Layout
        Of the layouts that occur.

    Raises
    ------
    InputError
        If no row has the width of a layout.
    """
    present = sorted(
        (layout for layout in layouts if len(layout) in widths), key=len, reverse=True
    )
    if not present:
        raise InputError(
            f"{name} has rows of {_listed(widths)} cells.",
            allowed=f"rows of {_listed([len(layout) for layout in layouts])} cells",
            todo="look whether it is the file that the mapping is for",
        )
    columns = tuple(dict.fromkeys(column for layout in present for column in layout))
    places = {len(layout): tuple(map(columns.index, layout)) for layout in present}
    return Layout(columns=columns, places=places, has_widths=len(widths) > 1)


def count_widths(path: Path, *, delimiter: str) -> dict[int, int] | None:
    """Count cells by counting delimiters.

    Parameters
    ----------
    path
        A text file.
    delimiter
        One ASCII character.

    Returns
    -------
    dict or None
        How many lines have how many cells, a blank one none; `None` where a quotation
        mark or a CR makes it unclear what a cell or a line is.
    """
    counts: Counter[int] = Counter()
    rest = b""
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            if b'"' in block or b"\r" in block:
                return None
            end = block.rfind(b"\n") + 1
            if not end:
                rest += block
                continue
            counts.update(_widths_of(rest + block[:end], delimiter=ord(delimiter)))
            rest = block[end:]
    if rest:
        counts.update(_widths_of(rest + b"\n", delimiter=ord(delimiter)))
    return dict(counts)


def _widths_of(lines: bytes, *, delimiter: int) -> dict[int, int]:
    codes = np.frombuffer(lines, np.uint8)
    ends = np.flatnonzero(codes == ord("\n"))
    starts = np.concatenate(([0], ends[:-1] + 1))
    is_separator = (codes == delimiter).view(np.uint8)
    widths = np.add.reduceat(is_separator, starts, dtype=np.int64) + 1
    widths[np.diff(ends, prepend=-1) == 1] = 0
    found, counts = np.unique(widths, return_counts=True)
    return dict(zip(found.tolist(), counts.tolist(), strict=True))


def write_laid_out(
    rows: Iterable[Row],
    *,
    layout: Layout,
    delimiter: str,
    target: Path,
    lines: frozenset[int],
) -> Fit:
    """Write rows of several widths as a CSV file with one reading.

    Parameters
    ----------
    rows
        The rows.
    layout
        How they lie.
    delimiter
        Of the file to write; cells that hold none of it and no mark need no marks.
    target
        Where to write. The file has the columns of `layout`, then `PLACES` with the
        numbers of those that the row has, where rows differ in them, and `BEYOND` with
        all cells of a row whose width no layout has, as JSON.
    lines
        Lines of the file whose rows are asked for.

    Returns
    -------
    Fit
        How the rows fitted.
    """
    n_columns = len(layout.columns)
    counter = RowCounter(lines)
    fit = counter.fit
    blank = [""] * n_columns
    shown = {
        width: write_places(places) if layout.has_widths else ""
        for width, places in layout.places.items()
    }
    arrange = {n: _arranger(p, n_columns=n_columns) for n, p in layout.places.items()}
    with target.open("w", encoding="utf-8", errors=ESCAPED, newline="") as out:
        out.write(_line([*blank, PLACES, BEYOND], delimiter=delimiter))
        for row in rows:
            counter.count(row)
            n_cells = len(row.cells)
            if n_cells in arrange:
                row.cells.extend(("", shown[n_cells]))
                cells = [*arrange[n_cells](row.cells), ""]
            elif any(cell.strip() for cell in row.cells):
                fit.note_unfit(f"{n_cells} cells", row=row)
                whole = json.dumps(row.cells, ensure_ascii=False)
                cells = [*blank, "", whole]
            else:
                cells = [*blank, "", ""]
            out.write(_line(cells, delimiter=delimiter))
    counter.finish()
    return fit


def write_places(places: Sequence[int]) -> str:
    """Write which columns a row has, counted from 1, as it has them.

    Examples
    --------
    >>> write_places([0, 1, 2, 5, 4])
    '1-3 6 5'
    >>> read_places("1-3 6 5")
    (0, 1, 2, 5, 4)
    """
    runs: list[list[int]] = []
    for place in places:
        if runs and place == runs[-1][-1] + 1:
            runs[-1].append(place)
        else:
            runs.append([place])
    return " ".join(
        f"{run[0] + 1}-{run[-1] + 1}" if len(run) > 1 else f"{run[0] + 1}" for run in runs
    )


def read_places(text: str) -> tuple[int, ...]:
    """Read what `write_places` wrote: the cells of the row, by column of the records.

    Parameters
    ----------
    text
        A cell of the column `PLACES`; empty for a row without cells, or all of them in
        `BEYOND`.

    Returns
    -------
    tuple
        Numbers of columns, from 0.
    """
    runs = (run.partition("-") for run in text.split())
    return tuple(
        place
        for first, _, last in runs
        for place in range(int(first) - 1, int(last or first))
    )


def _arranger(
    places: Sequence[int], *, n_columns: int
) -> Callable[[Sequence[str]], tuple[str, ...]]:
    # after its cells comes an empty one, for columns that the row lacks, then its places
    cell_of = {place: number for number, place in enumerate(places)}
    order = [cell_of.get(column, -2) for column in range(n_columns)]
    return itemgetter(*order, -1)


def _line(cells: Sequence[str], *, delimiter: str) -> str:
    text = delimiter.join(cells)
    has_marks = '"' in text or "\r" in text or "\n" in text
    if has_marks or text.count(delimiter) >= len(cells):
        marked = ('"' + cell.replace('"', '""') + '"' for cell in cells)
        text = delimiter.join(marked)
    return text + "\n"


def _listed(widths: Iterable[int]) -> str:
    shown = sorted({width for width in widths if width})
    return ", ".join(map(str, shown[:5])) + (" ..." if len(shown) > 5 else "")  # noqa: PLR2004 (a few are enough to see)
