"""Typed access to a TOML file written by a person; errors name file, line and key."""

import difflib
import re
import tomllib
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, TypeGuard, TypeVar

from groundswell.core.errors import DefinitionError

if TYPE_CHECKING:
    from collections.abc import Collection

_T = TypeVar("_T")
Path = tuple[str | int, ...]

_PART = r"""(?:[A-Za-z0-9_-]+|"[^"]*"|'[^']*')"""
_DOTTED = rf"{_PART}(?:\s*\.\s*{_PART})*"
_HEADER = re.compile(rf"\s*(\[\[?)\s*({_DOTTED})\s*\]")
_KEY = re.compile(rf"\s*({_DOTTED})\s*=")
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_ID_LENGTH = 60
IDENTIFIER = (
    "lower-case letters, digits and single hyphens, such as harbour-tunnel, "
    f"at most {_ID_LENGTH} characters"
)
_SHOWN = 60
MOST_COUNTED = 10**12
_BYTE_ORDER_MARK = "\ufeff"


@dataclass(frozen=True, slots=True, kw_only=True)
class TomlSource:
    """The text of a TOML file, its name, and the line of each of its keys."""

    name: str
    text: str
    lines: dict[Path, int]

    def line_of(self, path: Path, *, quoting: str = "") -> int | None:
        """Find the line of a key, or of the nearest table around it.

        Parameters
        ----------
        path
            The key, from the root of the file.
        quoting
            A string in the value of the key: its own line is preferred.

        Returns
        -------
        int | None
            The line, from 1; `None` where not even a table around it is known.
        """
        for length in range(len(path), 0, -1):
            line = self.lines.get(path[:length])
            if line is not None:
                return self._line_quoting(quoting, line) if quoting else line
        return None

    def _line_quoting(self, quoted: str, first: int) -> int:
        for number, line in enumerate(self.text.split("\n")[first - 1 :], start=first):
            if f'"{quoted}"' in line or f"'{quoted}'" in line:
                return number
        return first


class TomlTable:
    """One table of a TOML file.

    Parameters
    ----------
    data
        Its keys and values.
    source
        The file that it stands in.
    path
        Where it stands.
    """

    __slots__ = ("data", "path", "source")

    def __init__(
        self, data: dict[str, object], *, source: TomlSource, path: Path = ()
    ) -> None:
        self.data = data
        self.source = source
        self.path = path

    def __contains__(self, key: str) -> bool:
        return key in self.data

    def error(
        self, key: str, what: str, *, allowed: str = "", todo: str = "", quoting: str = ""
    ) -> DefinitionError:
        """Build the error for one key of this table.

        Parameters
        ----------
        key
            The key; empty for the table itself.
        what
            What is wrong with it, as a sentence.
        allowed, todo
            What would be accepted, and the next step.
        quoting
            A string in the value of the key, to find its line.

        Returns
        -------
        DefinitionError
            Ready to be raised.
        """
        path = (*self.path, key) if key else self.path
        line = self.source.line_of(path, quoting=quoting)
        place = [self.source.name]
        if line is not None:
            place.append(f"line {line}")
        if path:
            place.append(print_path(path))
        return DefinitionError(f"{', '.join(place)}: {what}", allowed=allowed, todo=todo)

    def refuse_unknown(self, known: "Collection[str]") -> None:
        """Refuse every key that is not in `known`, and suggest the nearest one."""
        for key in self.data:
            if key not in known:
                raise self.error(
                    key,
                    f"the key {shorten(key)!r} is not known here.",
                    allowed=", ".join(known) or "no key at all",
                    todo=suggest(key, known),
                )

    def text(
        self, key: str, *, default: str | None = None, may_be_empty: bool = False
    ) -> str:
        """Read a text, which is owed where it has no default."""
        if key not in self.data and default is not None:
            return default
        value = self.value(key)
        if not isinstance(value, str):
            raise self.wrong(key, "a text in quotation marks")
        if not (value.strip() or may_be_empty):
            raise self.error(key, "the text is empty.", allowed="a text with words")
        return value

    def choice(self, key: str, options: tuple[_T, ...]) -> _T:
        """Read the name of one of the options, and return that option."""
        value = self.text(key)
        for option in options:
            if option == value:
                return option
        names = [str(option) for option in options]
        raise self.error(
            key,
            f"the value is {shown(value)}.",
            allowed=", ".join(names),
            todo=suggest(value, names),
        )

    def count(self, key: str) -> int:
        """Read a number of events or people."""
        value = self.value(key)
        # to Python true is a number
        if not isinstance(value, int) or isinstance(value, bool):
            raise self.wrong(key, "a whole number")
        if not 0 <= value <= MOST_COUNTED:
            raise self.wrong(key, f"a count up to {MOST_COUNTED:,}")
        return value

    def identifier(self, key: str) -> str:
        """Read an identifier: lower-case letters, digits and single hyphens."""
        value = self.text(key)
        self.check_identifier(value, key=key)
        return value

    def check_identifier(self, value: str, *, key: str) -> None:
        """Refuse a value that is no identifier; `key` is where it stands."""
        if not is_identifier(value):
            raise self.error(
                key, f"{shorten(value)!r} is not an identifier.", allowed=IDENTIFIER
            )

    def texts(self, key: str, *, required: bool) -> tuple[str, ...]:
        """Read a list of texts, in its order, none empty and none twice."""
        if key not in self.data and not required:
            return ()
        values = self.value(key)
        if not _are_texts(values):
            raise self.wrong(key, "a list of texts in quotation marks")
        if required and not values:
            raise self.error(key, "the list is empty.", allowed="at least one text")
        for position, value in enumerate(values):
            if not value.strip():
                raise self.error(
                    key,
                    f"text {position + 1} of the list is empty.",
                    allowed="texts with words",
                )
            if value in values[:position]:
                raise self.error(
                    key,
                    f"{shorten(value)!r} stands in the list twice.",
                    todo="remove one of the two",
                    quoting=value,
                )
        return tuple(values)

    def flag(self, key: str) -> bool:
        """Read a yes or no; no where it is left out."""
        value = self.data.get(key, False)
        if not isinstance(value, bool):
            raise self.wrong(key, "true or false")
        return value

    def day(self, key: str) -> date:
        """Read a date."""
        value = self.value(key)
        if not isinstance(value, date) or isinstance(value, datetime):
            raise self.wrong(key, "a date without quotation marks: 2023-10-07")
        return value

    def table(self, key: str) -> "TomlTable":
        """Read a table within this one; empty where it is left out."""
        value = self.data.get(key, {})
        if not isinstance(value, dict):
            raise self.wrong(key, "a table")
        return TomlTable(value, source=self.source, path=(*self.path, key))

    def tables(self, key: str) -> tuple["TomlTable", ...]:
        """Read a list of tables, in its order; empty where it is left out."""
        values = self.data.get(key, [])
        if not isinstance(values, list) or not all(isinstance(v, dict) for v in values):
            raise self.wrong(key, f"tables, each headed [[{key}]] or in braces")
        return tuple(
            TomlTable(value, source=self.source, path=(*self.path, key, position))
            for position, value in enumerate(values)
        )

    def text_pairs(self, key: str) -> tuple[tuple[str, str], ...]:
        """Read a table of texts as pairs of key and text, in its order."""
        table = self.table(key)
        return tuple((name, table.text(name)) for name in table.data)

    def value(self, key: str) -> object:
        """Read what stands there, of whatever type."""
        if key not in self.data:
            raise self.error(
                "", f"the key {key!r} is missing.", todo=f"add a line `{key} = ...`"
            )
        return self.data[key]

    def wrong(self, key: str, allowed: str) -> DefinitionError:
        """Build the error for a value that cannot be what it is."""
        return self.error(key, f"the value is {shown(self.data[key])}.", allowed=allowed)


def parse_toml(text: str, *, name: str, keep_decimals: bool = False) -> TomlTable:
    """Parse the text of a TOML file.

    Parameters
    ----------
    text
        The whole file.
    name
        Name of the file, for messages.
    keep_decimals
        Whether numbers with a point are `Decimal`, so that 0.90 is not 0.9.

    Returns
    -------
    TomlTable
        Its root.

    Raises
    ------
    DefinitionError
        If the text is not TOML; the message has the line.
    """
    try:
        data = tomllib.loads(
            text.removeprefix(_BYTE_ORDER_MARK),
            parse_float=Decimal if keep_decimals else float,
        )
    except RecursionError:
        raise DefinitionError(
            f"{name}: lists or tables lie too deep within each other.",
            allowed="the few levels that the documentation of the format shows",
        ) from None
    except (ValueError, ArithmeticError) as error:  # the latter: absurd exponents
        raise DefinitionError(
            f"{name}: this is not TOML: {error}.",
            allowed="TOML as described on https://toml.io",
            todo="look for a missing quotation mark, comma or bracket just before it",
        ) from error
    return TomlTable(data, source=TomlSource(name=name, text=text, lines=_lines(text)))


def is_identifier(text: str) -> bool:
    """Say whether a text has the form of an identifier.

    Examples
    --------
    >>> is_identifier("pro-choice"), is_identifier("Pro choice")
    (True, False)
    """
    return len(text) <= _ID_LENGTH and bool(_ID.fullmatch(text))


def print_path(path: Path) -> str:
    """Write a path as a person would: `dimension.side.rule[2].phrases`, from 1.

    Examples
    --------
    >>> print_path(("dimension", "side", "rule", 0, "id"))
    'dimension.side.rule[1].id'
    """
    text = ""
    for part in path:
        if isinstance(part, int):
            text += f"[{part + 1}]"
        else:
            text += f".{shorten(part)}" if text else shorten(part)
    return text


def shown(value: object) -> str:
    """Write a value from a file as a message can show it."""
    try:
        text = str(value) if isinstance(value, Decimal) else repr(value)
    except ValueError:  # Python refuses to write integers of thousands of digits
        return f"a very large {type(value).__name__}"
    return shorten(text)


def shorten(text: str) -> str:
    """Cut a text from a file down to what a message can show."""
    return text if len(text) <= _SHOWN else text[: _SHOWN - 3] + "..."


def suggest(word: str, known: "Collection[str]") -> str:
    """Suggest the nearest known word; empty where none is near.

    Examples
    --------
    >>> suggest("phrase", ["phrases", "source"])
    "write 'phrases'"
    """
    near = difflib.get_close_matches(word[:_SHOWN], known, n=1, cutoff=0.6)
    return f"write {near[0]!r}" if near else ""


def _are_texts(values: object) -> TypeGuard[list[str]]:
    return isinstance(values, list) and all(isinstance(value, str) for value in values)


def _lines(text: str) -> dict[Path, int]:
    """Find the line of each table and key by the look of the lines.

    Keys within inline tables are not found; the line of the table around them stands in.
    """
    lines: dict[Path, int] = {}
    counts: dict[tuple[str, ...], int] = {}
    prefix: Path = ()
    for number, line in enumerate(text.split("\n"), start=1):
        if header := _HEADER.match(line):
            parts = _parts(header[2])
            if header[1] == "[[":
                counts[parts] = counts.get(parts, -1) + 1
            prefix = _numbered(parts, counts=counts)
            lines.setdefault(prefix, number)
        elif key := _KEY.match(line):
            lines.setdefault((*prefix, *_parts(key[1])), number)
    return lines


def _parts(dotted: str) -> tuple[str, ...]:
    return tuple(part.strip("\"'") for part in re.findall(_PART, dotted))


def _numbered(parts: tuple[str, ...], *, counts: dict[tuple[str, ...], int]) -> Path:
    path: Path = ()
    for length, part in enumerate(parts, start=1):
        path = (*path, part)
        if parts[:length] in counts:
            path = (*path, counts[parts[:length]])
    return path
