"""How large a spreadsheet is, found out before it is loaded as a whole into memory.

An XLSX file is a ZIP archive of XML. A few kilobytes can unpack to gigabytes, and a sheet
with one cell in its last corner is laid out as all the cells up to there. So the archive
is read through in pieces first, and so are the cells that hold something.
"""

import posixpath
import re
import zipfile
import zlib
from collections.abc import Callable
from functools import cache
from pathlib import Path
from xml.parsers import expat

from groundswell.core.errors import InputError

MAX_BYTES = 1 << 30
MAX_CELLS = 20_000_000
_PIECE = 1 << 20
_BOOK = "xl/workbook.xml"
_LINKS = "xl/_rels/workbook.xml.rels"
_FAR = 1 << 40
_LETTERS = re.compile("[A-Za-z]{1,3}")
_BROKEN = (
    *(zipfile.BadZipFile, zlib.error, EOFError, KeyError, OSError, RuntimeError),
    *(NotImplementedError, ValueError, expat.ExpatError),
)
_Attributes = dict[str, str]


class _Extent:
    """The rectangle of the cells that hold something, as their elements come by."""

    def __init__(self, *, name: str) -> None:
        self._name = name
        self._row = self._column = 0
        self._top = self._left = _FAR
        self._bottom = self._right = 0

    def start(self, tag: str, attributes: _Attributes) -> None:
        """Take in the start of an element."""
        if ":" in tag:
            tag = tag.rpartition(":")[2]
        if tag == "c":
            self._column += 1
            if "r" in attributes:
                self._row, self._column = _place_of(attributes["r"])
        elif tag in {"v", "is"}:
            if not (
                self._top <= self._row <= self._bottom
                and self._left <= self._column <= self._right
            ):
                self._grow()
        elif tag == "row":
            self._row = int(attributes.get("r", self._row + 1))
            self._column = 0

    def _grow(self) -> None:
        self._top = min(self._top, self._row)
        self._bottom = max(self._bottom, self._row)
        self._left = min(self._left, self._column)
        self._right = max(self._right, self._column)
        n_rows = self._bottom - self._top + 1
        n_columns = self._right - self._left + 1
        if n_rows * n_columns > MAX_CELLS:
            raise InputError(
                f"{self._name} spans {n_rows:,} rows and {n_columns:,} columns, down to "
                f"row {self._bottom:,}.",
                allowed=f"a sheet of at most {MAX_CELLS:,} cells, empty ones included",
                todo="delete what stands far away from the table, or save it as CSV",
            )


def check_extent(path: Path, *, sheet: str, name: str) -> None:
    """Refuse a spreadsheet that is damaged, or too large to be loaded.

    Parameters
    ----------
    path
        An XLSX file.
    sheet
        Name of the sheet that is wanted; empty for the first one.
    name
        What to call the file in an error.

    Raises
    ------
    InputError
        If it is damaged, or unpacks to more than `MAX_BYTES`; or if the sheet has more
        than `MAX_CELLS` cells between the first and the last that holds something.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            n_bytes = sum(member.file_size for member in archive.infolist())
            if n_bytes > MAX_BYTES:
                raise InputError(
                    f"{name} unpacks to {n_bytes:,} bytes.",
                    allowed=f"a spreadsheet of at most {MAX_BYTES:,} bytes, unpacked",
                    todo="save the sheet as CSV",
                )
            if damaged := archive.testzip():
                raise InputError(**unreadable(name, f"{damaged} is damaged"))
            member = _member_of(archive, sheet=sheet)
            if member:
                _read(archive, member, start=_Extent(name=name).start)
    except _BROKEN as error:
        raise InputError(**unreadable(name, str(error))) from error


def unreadable(name: str, why: str) -> dict[str, str]:
    """Say that a spreadsheet cannot be read, as the arguments of an error."""
    return {
        "what": f"{name} cannot be read as a spreadsheet: {why}.",
        "allowed": "an XLSX file that is whole and has no password",
        "todo": "save it anew, or as CSV",
    }


def _member_of(archive: zipfile.ZipFile, *, sheet: str) -> str:
    """Find where in the archive a sheet is; empty where there is no such sheet."""
    ids: dict[str, str] = {}
    targets: dict[str, str] = {}

    def list_sheet(tag: str, attributes: _Attributes) -> None:
        if tag.rpartition(":")[2] == "sheet":
            (link,) = (v for k, v in attributes.items() if k.endswith(":id"))
            ids.setdefault(attributes["name"], link)

    def list_target(tag: str, attributes: _Attributes) -> None:
        if tag.rpartition(":")[2] == "Relationship":
            targets[attributes["Id"]] = attributes["Target"]

    _read(archive, _BOOK, start=list_sheet)
    _read(archive, _LINKS, start=list_target)
    wanted = sheet or next(iter(ids), "")
    if wanted not in ids:
        return ""
    target = targets[ids[wanted]]
    is_whole = target.startswith(("/", "xl/"))
    return posixpath.normpath(target.lstrip("/") if is_whole else f"xl/{target}")


def _read(
    archive: zipfile.ZipFile, member: str, *, start: Callable[[str, _Attributes], None]
) -> None:
    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    with archive.open(member) as file:
        while piece := file.read(_PIECE):
            parser.Parse(piece)
        parser.Parse(b"", True)  # noqa: FBT003 (expat takes it by position)


def _place_of(reference: str) -> tuple[int, int]:
    """Read row and column of a cell, as in `AB12`.

    Raises
    ------
    ValueError
        If it is no such reference.
    """
    letters = reference.rstrip("0123456789")
    column = _column_of(letters)
    if not column or len(letters) == len(reference):
        raise ValueError(f"a cell has the place {reference[:20]!r}")
    return int(reference[len(letters) :]), column


@cache
def _column_of(letters: str) -> int:
    # 0 where it is no column; the last one is XFD
    column = 0
    if not _LETTERS.fullmatch(letters):
        return 0
    for letter in letters.upper():
        column = column * 26 + ord(letter) - ord("A") + 1
    return column
