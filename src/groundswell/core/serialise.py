"""Results as canonical JSON: the same result gives the same bytes, always."""

import json
from dataclasses import fields, is_dataclass
from datetime import date

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]


def to_json(value: object) -> Json:
    """Turn a result into plain JSON values.

    Fields declared with `repr=False` are working material and are left out.

    Parameters
    ----------
    value
        A result object, or anything made of dataclasses, tuples, dates and plain values.

    Returns
    -------
    Json
        Dictionaries in the order of the fields, lists, strings, numbers.

    Raises
    ------
    TypeError
        If the value holds something that has no place in a result.

    Examples
    --------
    >>> from groundswell.core.places import WORLD
    >>> to_json(WORLD)
    {'path': [], 'name': 'the world', 'text': ''}
    """
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return [to_json(item) for item in value]
    if isinstance(value, dict):
        return {str(key): to_json(item) for key, item in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: to_json(getattr(value, f.name)) for f in fields(value) if f.repr}
    raise TypeError(f"{type(value).__name__} has no place in a result: {value!r}")


def canonical(value: object) -> str:
    """Write a result as one line of JSON with stable bytes.

    Parameters
    ----------
    value
        As for `to_json`.

    Returns
    -------
    str
        JSON without insignificant white space; numbers that are not finite are refused.
    """
    return json.dumps(
        to_json(value), ensure_ascii=False, allow_nan=False, separators=(",", ":")
    )
