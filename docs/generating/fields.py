"""Result types for readers of JSON: their fields, what each is and what it means."""

import inspect
import re
import types
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from generating.markdown import code, prose, table

_PLAIN: dict[object, str] = {
    str: "text",
    int: "whole number",
    float: "number",
    bool: "true or false",
    date: "day",
}
_SECTION = re.compile(r"^([A-Z]\w+)\n-{3,}\n", re.MULTILINE)


def list_types(roots: Iterable[type]) -> list[type]:
    """List the result types that some types are made of, each once."""
    found: list[type] = []
    for root in roots:
        _collect(root, found)
    return found


def _collect(kind: object, found: list[type]) -> None:
    if isinstance(kind, type) and is_dataclass(kind):
        if kind in found:
            return
        found.append(kind)
        for hint in _hints(kind).values():
            _collect(hint, found)
    for argument in get_args(kind):
        _collect(argument, found)


def type_section(kind: type) -> str:
    """Describe a result type: a heading, its first sentence, a row for each field."""
    sections = _sections(kind)
    meanings = _meanings(sections.get("Attributes", ""))
    rows = [
        (code(name), _words(hint), prose(_in_json(meanings.get(name, ""))))
        for name, hint in _hints(kind).items()
    ]
    summary = prose(sections[""].split("\n\n", 1)[0])
    listed = table(("field", "what it is", "meaning"), rows)
    return f"### {kind.__name__}\n\n{summary}\n\n{listed}"


def _hints(kind: type[Any]) -> dict[str, object]:
    hints = get_type_hints(kind)
    return {field.name: hints[field.name] for field in fields(kind) if field.repr}


def _sections(kind: type) -> dict[str, str]:
    """Take a docstring apart by its NumPy sections; what comes first has no name."""
    first, *rest = _SECTION.split(inspect.cleandoc(kind.__doc__ or ""))
    return {"": first, **dict(zip(rest[::2], rest[1::2], strict=True))}


def _meanings(attributes: str) -> dict[str, str]:
    meanings: dict[str, str] = {}
    names: list[str] = []
    for line in attributes.splitlines():
        if line and not line.startswith(" "):
            names = [name.strip() for name in line.split(",")]
        for name in names if line.startswith(" ") else ():
            meanings[name] = f"{meanings.get(name, '')} {line.strip()}".strip()
    return meanings


def _in_json(text: str) -> str:
    return text.replace("`None`", "`null`")


def _words(hint: object) -> str:
    if hint in _PLAIN:
        return _PLAIN[hint]
    arguments = get_args(hint)
    origin = get_origin(hint)
    if origin is Literal:
        return ", ".join(code(str(argument)) for argument in arguments)
    if origin in {Union, types.UnionType}:
        return " or ".join(_some(arguments))
    if origin is tuple and arguments[1:] == (...,):
        return f"list of {_words(arguments[0])}"
    if origin is tuple:
        return f"list of {len(arguments)}: {', '.join(map(_words, arguments))}"
    if isinstance(hint, type):
        return f"[{hint.__name__}](#{hint.__name__.lower()})"
    raise TypeError(hint)


def _some(arguments: tuple[object, ...]) -> Iterator[str]:
    yield from (_words(one) for one in arguments if one is not type(None))
    if type(None) in arguments:
        yield "null"
