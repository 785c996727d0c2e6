"""JSON objects as cells: every value the text that the file holds."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from groundswell.core.errors import InputError
from groundswell.ingest.files.rows import Row


class Number(str):
    """A number as it was written, with all its digits."""

    __slots__ = ()


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """Make a dictionary; a key that comes again gets a number: nothing is lost."""
    found = dict(pairs)
    if len(found) == len(pairs):
        return found
    found = {}
    for key, value in pairs:
        name, copy = key, 1
        while name in found:
            copy += 1
            name = f"{key} ({copy})"
        found[name] = value
    return found


_NUMBERS: dict[str, Any] = dict.fromkeys(("parse_float", "parse_int"), Number)
_DECODER = json.JSONDecoder(
    object_pairs_hook=_object, parse_constant=Number, strict=False, **_NUMBERS
)
scan = _DECODER.raw_decode
"""Read one value of a text from a place on; return it, and where it ends."""


def cells_of(found: dict[str, object], *, columns: tuple[str, ...]) -> list[str]:
    """Lay out an object as cells, an empty one where it has no such key.

    A null is empty, a list or an object is JSON without spaces, and anything else is the
    text of the file.

    Examples
    --------
    >>> found, _ = scan('{"a": 1.50, "b": [1, {"c": null}], "d": null}', 0)
    >>> cells_of(found, columns=("a", "b", "c", "d"))
    ['1.50', '[1,{"c":null}]', '', '']
    """
    return [
        value if value.__class__ is str else _text(value)
        for value in map(found.get, columns)
    ]


def _text(value: object) -> str:
    if value is None:
        return ""
    return str(value) if isinstance(value, str) else _compact(value)


def _compact(value: object) -> str:
    if isinstance(value, Number):
        return str(value)
    if isinstance(value, dict):
        members = (f"{_quoted(key)}:{_compact(inner)}" for key, inner in value.items())
        return f"{{{','.join(members)}}}"
    if isinstance(value, list):
        return f"[{','.join(map(_compact, value))}]"
    return _quoted(value)


def _quoted(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def keys_of(objects: Iterable[object]) -> tuple[tuple[str, ...], int]:
    """Collect the keys of objects in the order in which they first occur.

    Parameters
    ----------
    objects
        Values of a file; those that are no objects have no keys.

    Returns
    -------
    tuple
        The keys, and how many values there are.
    """
    keys: dict[str, None] = {}
    n_values, last = 0, [""]
    for found in objects:
        n_values += 1
        if isinstance(found, dict) and (present := list(found)) != last:
            keys.update(dict.fromkeys(present))
            last = present
    return tuple(keys), n_values


def read_line_columns(path: Path, *, name: str) -> tuple[str, ...]:
    """Collect the keys of a JSONL file in the order in which they first occur.

    Parameters
    ----------
    path
        Text in UTF-8.
    name
        What to call the file in an error.

    Returns
    -------
    tuple
        The keys of all objects.

    Raises
    ------
    InputError
        If no line is a JSON object with a key.
    """
    with path.open(encoding="utf-8", newline="\n") as file:
        keys, _ = keys_of(map(_object_of, file))
    if not keys:
        raise InputError(
            f"{name} looks like JSON, but none of its lines is an object, and it is not "
            "one object with a list of objects in it.",
            allowed="one array of objects, or JSONL: one object per line",
            todo="write it anew, for example with jq -c '.[]'",
        )
    return keys


def read_line_rows(path: Path, *, columns: tuple[str, ...]) -> Iterator[Row]:
    """Read a JSONL file.

    Parameters
    ----------
    path
        Text in UTF-8.
    columns
        Keys, as `read_line_columns` gave them.

    Yields
    ------
    Row
        One line.
    """
    with path.open(encoding="utf-8", newline="\n") as file:
        for number, line in enumerate(file, start=1):
            if not line.strip():
                yield Row(cells=[], line=number)
            elif (found := _object_of(line)) is None:
                yield Row(cells=[], line=number, unread=line.strip())
            else:
                try:
                    cells = cells_of(found, columns=columns)
                except RecursionError:
                    yield Row(cells=[], line=number, unread=line.strip())
                else:
                    yield Row(cells=cells, line=number)


def _object_of(line: str) -> dict[str, object] | None:
    try:
        found = _DECODER.decode(line)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None
