"""A file that is one JSON document: an array of objects, or an object that holds one.

It is read in pieces, one object after the other, so that its size does not matter.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from groundswell.core.errors import InputError
from groundswell.engine.tables import MAX_ROW_BYTES
from groundswell.ingest.files.json_cells import cells_of, keys_of, scan
from groundswell.ingest.files.rows import Row

_BLOCK = 1 << 20
_SPACE = re.compile(r"[ \t\r\n]*")
_EMPTY_LISTS = ("data", "items", "records", "result", "results", "rows")


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """Where in a document the objects are.

    Attributes
    ----------
    key
        Of the list in the object that holds it; empty where the document is the list.
    columns
        Keys of all objects, in the order in which they first occur.
    """

    key: str
    columns: tuple[str, ...]


def find_listing(path: Path, *, sheet: str, name: str) -> Listing | None:
    """Find the list of objects in a JSON document, and read it through.

    Parameters
    ----------
    path
        Text in UTF-8.
    sheet
        Key of the list, of a document that holds several; empty where there is one.
    name
        What to call the file in an error.

    Returns
    -------
    Listing or None
        Where the objects are; `None` for a file that is no document of this kind, but
        one object or several. One that breaks off, is no JSON or leaves open which list
        is meant is an `InputError`.
    """
    with _reading(path, name=name) as reader:
        if reader.peek() == "[":
            columns, n_values = keys_of(reader.elements())
            reader.finish()
            _check(columns, n_values=n_values, name=name)
            return Listing(key="", columns=columns)
        found = {}
        for key in reader.members():
            if reader.peek() == "[":
                found[key] = keys_of(reader.elements())
            else:
                reader.value()
        if reader.peek() == "{":
            return None
        reader.finish()
    return _choose(found, sheet=sheet, name=name)


def _choose(
    found: dict[str, tuple[tuple[str, ...], int]], *, sheet: str, name: str
) -> Listing | None:
    lists = {key: columns for key, (columns, _) in found.items() if columns}
    if sheet and sheet not in lists:
        raise InputError(
            f"{name} has no list of objects {sheet!r}.",
            allowed=", ".join(lists) or "it holds none",
        )
    if len(lists) > 1 and not sheet:
        raise InputError(
            f"{name} is one JSON object with {len(lists):,} lists of objects in it.",
            allowed=f"one list; this one holds {', '.join(lists)}",
            todo="name the one that you want in a mapping, "
            f'[file] sheet = "{next(iter(lists))}"',
        )
    if not lists:
        for key, (columns, n_values) in found.items():
            if key.lower() in _EMPTY_LISTS:
                _check(columns, n_values=n_values, name=name)
        return None
    key = sheet or next(iter(lists))
    return Listing(key=key, columns=lists[key])


def _check(columns: tuple[str, ...], *, n_values: int, name: str) -> None:
    if not columns:
        what = "values that are no objects" if n_values else "nothing"
        raise InputError(
            f"{name} is JSON with a list of {what}.",
            allowed="a list of objects, one for each event",
            todo="look whether the filter of the export lets nothing through",
        )


def read_document_rows(path: Path, *, listing: Listing, name: str) -> Iterator[Row]:
    """Read the objects of a JSON document.

    Parameters
    ----------
    path
        Text in UTF-8.
    listing
        As `find_listing` gave it.
    name
        What to call the file in an error.

    Yields
    ------
    Row
        One object; what else is in the list is kept as a row that could not be read.
    """
    with _reading(path, name=name) as reader:
        if listing.key:
            for key in reader.members():
                if key == listing.key and reader.peek() == "[":
                    break
                reader.value()
        for found in reader.elements():
            if isinstance(found, dict):
                yield Row(cells=cells_of(found, columns=listing.columns))
            else:
                (text,) = cells_of({"": [found]}, columns=("",))
                yield Row(cells=[], unread=text[1:-1])


@contextmanager
def _reading(path: Path, *, name: str) -> Iterator["_Reader"]:
    with path.open(encoding="utf-8", newline="") as file:
        try:
            yield _Reader(file, name=name)
        except RecursionError as error:
            raise InputError(
                f"{name} is JSON of lists in lists, too deep to be read.",
                allowed="a list of objects, one for each event",
            ) from error


class _Reader:
    """Values of a document, read in pieces."""

    def __init__(self, file: TextIO, *, name: str) -> None:
        self._file = file
        self._name = name
        self._text = ""
        self._at = 0
        self._n_before = 0
        self._is_end = False

    def peek(self) -> str:
        """Say which character comes next, white space aside; none at the end."""
        while True:
            space = _SPACE.match(self._text, self._at)
            self._at = space.end() if space else self._at
            if self._at < len(self._text) or self._is_end:
                return self._text[self._at : self._at + 1]
            self._read_on()

    def value(self) -> object:
        """Read the value that comes next."""
        self.peek()
        while True:
            try:
                value, end = scan(self._text, self._at)
                # a number at the end of a piece may go on in the next one
                if end < len(self._text) or self._is_end:
                    self._at = end
                    return value
            except ValueError as error:
                if self._is_end or len(self._text) - self._at > MAX_ROW_BYTES:
                    raise self._broken() from error
            self._read_on()

    def elements(self) -> Iterator[object]:
        """Read the values of the array that comes next."""
        self._take("[")
        if self.peek() == "]":
            self._at += 1
            return
        while True:
            yield self.value()
            if self._take(",]") == "]":
                return

    def members(self) -> Iterator[str]:
        """Read the keys of the object that comes next; the caller reads the values."""
        self._take("{")
        if self.peek() == "}":
            self._at += 1
            return
        while True:
            if self.peek() != '"':
                raise self._broken()
            key = str(self.value())
            self._take(":")
            yield key
            if self._take(",}") == "}":
                return

    def finish(self) -> None:
        """Make sure that nothing comes after the document."""
        if self.peek():
            raise self._broken()

    def _take(self, expected: str) -> str:
        found = self.peek()
        if not found or found not in expected:
            raise self._broken()
        self._at += 1
        return found

    def _read_on(self) -> None:
        rest = self._text[self._at :]
        self._n_before += self._at
        piece = self._file.read(max(_BLOCK, len(rest)))
        self._is_end = not piece
        self._text, self._at = rest + piece, 0

    def _broken(self) -> InputError:
        at = self._n_before + self._at
        if self._is_end:
            what = f"{self._name} breaks off in what begins at character {at:,}."
        else:
            near = self._text[self._at : self._at + 30]
            what = f"{self._name} is not JSON from character {at:,} on: {near!r}."
        return InputError(
            what,
            allowed="one array of objects, or JSONL: one object per line",
            todo="download it again if it was cut off",
        )
