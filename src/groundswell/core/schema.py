"""JSON Schemas of the result types, made from the types themselves."""

import types
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_PLAIN: dict[object, dict[str, Any]] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    float: {"type": "number"},
    bool: {"type": "boolean"},
    date: {"type": "string", "format": "date"},
    type(None): {"type": "null"},
}


def json_schema(result_type: type, *, title: str) -> dict[str, Any]:
    """Describe the JSON that `groundswell.core.serialise.to_json` makes of a type.

    Parameters
    ----------
    result_type
        A result dataclass.
    title
        Name of the schema, with its version: `groundswell/check/1`.

    Returns
    -------
    dict
        A JSON Schema (draft 2020-12) in which every field is required and no other is
        allowed.
    """
    definitions: dict[str, dict[str, Any]] = {}
    root = _schema(result_type, definitions)
    return {
        "$schema": DIALECT,
        "title": title,
        **root,
        "$defs": dict(sorted(definitions.items())),
    }


def _schema(kind: object, definitions: dict[str, dict[str, Any]]) -> dict[str, Any]:
    if kind in _PLAIN:
        return dict(_PLAIN[kind])
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is Literal:
        return {"enum": list(arguments)}
    if origin in (Union, types.UnionType):
        return {"anyOf": [_schema(argument, definitions) for argument in arguments]}
    if origin is tuple:
        return _tuple_schema(arguments, definitions)
    if isinstance(kind, type) and is_dataclass(kind):
        if kind.__name__ not in definitions:
            definitions[kind.__name__] = {}
            definitions[kind.__name__].update(_dataclass_schema(kind, definitions))
        return {"$ref": f"#/$defs/{kind.__name__}"}
    raise TypeError(f"{kind} has no counterpart in JSON")


def _tuple_schema(
    arguments: tuple[object, ...], definitions: dict[str, dict[str, Any]]
) -> dict[str, Any]:
    if len(arguments) == 2 and arguments[1] is ...:  # noqa: PLR2004 (tuple[X, ...])
        return {"type": "array", "items": _schema(arguments[0], definitions)}
    return {
        "type": "array",
        "prefixItems": [_schema(argument, definitions) for argument in arguments],
        "minItems": len(arguments),
        "maxItems": len(arguments),
    }


def _dataclass_schema(
    kind: type, definitions: dict[str, dict[str, Any]]
) -> dict[str, Any]:
    hints = get_type_hints(kind)
    names = [field.name for field in fields(kind) if field.repr]
    return {
        "type": "object",
        "description": (kind.__doc__ or "").strip().split("\n")[0],
        "properties": {name: _schema(hints[name], definitions) for name in names},
        "required": names,
        "additionalProperties": False,
    }
