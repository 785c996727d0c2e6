"""TOML tables whose keys are asked for one by one, so that none is overlooked."""

from datetime import date, datetime
from decimal import Decimal
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

from groundswell.core.errors import DefinitionError

if TYPE_CHECKING:
    from collections.abc import Mapping

_T = TypeVar("_T")

MOST_COUNTED = 10**12
_MOST_SHOWN = 60


class TomlKeys:
    """A table, and the keys that were asked of it.

    Parameters
    ----------
    table
        The table as it was parsed.
    where
        File and entry, to begin an error with.

    Examples
    --------
    >>> keys = TomlKeys({"nmae": "Ohio"}, where="places.toml")
    >>> keys.has("name")
    False
    >>> keys.finish()
    Traceback (most recent call last):
        ...
    groundswell.core.errors.DefinitionError: places.toml: 'nmae' is not a key here; ...
    """

    def __init__(self, table: "Mapping[str, Any]", *, where: str) -> None:
        self.table = table
        self.where = where
        self._asked: set[str] = set()

    def has(self, key: str) -> bool:
        """Say whether the table has a key, which is known from then on."""
        self._asked.add(key)
        return key in self.table

    def take(self, key: str, kind: type[_T], *, default: _T | None = None) -> _T:
        """Return a value of one type; without a default the key is owed."""
        value = self.table[key] if self.has(key) else default
        if value is None:
            self.refuse(key, "is missing", allowed=_KINDS[kind])
        # to Python a time of day is a date, and true is a number
        if not isinstance(value, kind) or isinstance(value, datetime | bool):
            self.refuse(key, f"is {shown(value)}", allowed=_KINDS[kind])
        return value

    def words(self, key: str) -> str:
        """Return a text that is not blank."""
        words = self.take(key, str).strip()
        if not words:
            self.refuse(key, "is empty", allowed="words")
        return words

    def choice(self, key: str, options: tuple[_T, ...]) -> _T:
        """Return the one of the options that the value names."""
        value = self.take(key, str)
        for option in options:
            if option == value:
                return option
        return self.refuse(
            key, f"is {shown(value)}{_near(value, options)}", allowed=options
        )

    def count(self, key: str) -> int:
        """Return a number of events or people."""
        value = self.take(key, int)
        if not 0 <= value <= MOST_COUNTED:
            self.refuse(
                key, f"is {shown(value)}", allowed=f"a count up to {MOST_COUNTED:,}"
            )
        return value

    def table_of(self, key: str) -> "TomlKeys":
        """Return a table within this one."""
        return TomlKeys(self.take(key, dict), where=f"{self.where}, {key}")

    def refuse(self, key: str, what: str, *, allowed: object) -> NoReturn:
        """Raise the error that names file, entry and key.

        Raises
        ------
        DefinitionError
            Always.
        """
        if isinstance(allowed, tuple):
            allowed = ", ".join(str(option) for option in allowed)
        raise DefinitionError(f"{self.where}: {key} {what}.", allowed=str(allowed))

    def finish(self) -> None:
        """Refuse the keys that nothing asked for."""
        asked = tuple(sorted(self._asked))
        for key in sorted(self.table.keys() - self._asked):
            self.refuse(
                shown(key), f"is not a key here{_near(key, asked)}", allowed=asked
            )


_KINDS: dict[type, str] = {
    str: "text in quotation marks",
    int: "a whole number",
    date: "a day, such as 2023-10-27",
    list: "a list",
    dict: "a table",
}


def shown(value: object) -> str:
    """Write a wrong value for an error, at a length that can be read."""
    try:
        text = str(value) if isinstance(value, Decimal) else repr(value)
    except ValueError:  # Python refuses to write integers of thousands of digits
        return f"a very large {type(value).__name__}"
    return text if len(text) <= _MOST_SHOWN else f"{text[:_MOST_SHOWN]}..."


def _near(word: str, options: tuple[object, ...]) -> str:
    close = get_close_matches(word, [str(option) for option in options], n=1)
    return f"; the nearest is {close[0]!r}" if close else ""
