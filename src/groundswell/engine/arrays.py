"""How columns cross between a database and NumPy, and what a missing value looks like."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

Parameter = str | int | float | bool | date | None

_WHOLE = (
    *("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT"),
    *("UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT", "UHUGEINT"),
)
_SQL_TYPES: dict[type, str] = {
    str: "VARCHAR",
    bool: "BOOLEAN",
    int: "BIGINT",
    float: "DOUBLE",
    date: "DATE",
}
_ARRAY_TYPES = {
    "b": "BOOLEAN",
    "i": "BIGINT",
    "u": "BIGINT",
    "f": "DOUBLE",
    "M": "DATE",
    "U": "VARCHAR",
}
_NULLS: dict[str, tuple[str, Any]] = {
    "VARCHAR": ("object", None),
    "DATE": ("datetime64[D]", np.datetime64("NaT")),
    "DOUBLE": ("float64", np.nan),
    "FLOAT": ("float64", np.nan),
}


def exact_type(sql_type: str) -> str:
    """Type to fetch a column as, so that no integer passes through a float."""
    return "BIGINT" if sql_type in _WHOLE else sql_type


def to_array(name: str, fetched: NDArray[Any], *, sql_type: str) -> NDArray[Any]:
    """Give a fetched column its documented type and nulls; see `Tables`.

    Parameters
    ----------
    name
        Column, for errors.
    fetched
        What the database gave, masked where it is null.
    sql_type
        Its SQL type.

    Returns
    -------
    NDArray
        Never masked.

    Raises
    ------
    TypeError
        If a whole number or a flag is null, or the type has no plain array.
    """
    plain, is_null = np.ma.getdata(fetched), np.ma.getmask(fetched)
    has_null = bool(np.any(is_null))
    if sql_type in _NULLS:
        kind, null = _NULLS[sql_type]
        values: NDArray[Any] = plain.astype(kind, copy=has_null)
        if has_null:
            values[is_null] = null
        return values
    if sql_type not in _WHOLE and sql_type != "BOOLEAN":
        raise TypeError(f"{name} is {sql_type}, which has no plain array: select a part")
    if has_null:
        raise TypeError(f"{name} is null in places: coalesce it, and select IS NULL")
    return plain.astype(bool if sql_type == "BOOLEAN" else np.int64, copy=False)


def sql_type_of(name: str, values: NDArray[Any] | Sequence[Parameter]) -> str:
    """Find the SQL type of a column from its values, text where there is none.

    Parameters
    ----------
    name
        Column, for errors.
    values
        An array or a list.

    Returns
    -------
    str
        A type that DuckDB and Spark both know.

    Raises
    ------
    TypeError
        If the values are of several types.

    Examples
    --------
    >>> sql_type_of("n", [None, 3])
    'BIGINT'
    """
    if isinstance(values, np.ndarray) and values.dtype != object:
        return _ARRAY_TYPES[values.dtype.kind]
    found = {_SQL_TYPES[type(value)] for value in values if value is not None}
    if len(found) > 1:
        raise TypeError(f"{name} mixes {', '.join(sorted(found))}")
    return found.pop() if found else "VARCHAR"


def to_fetch(values: NDArray[Any] | Sequence[Parameter]) -> NDArray[Any]:
    """Turn a column into an array that the database reads exactly.

    Numbers go as they are. All else goes as text for the database to cast, since it
    guesses the type of objects from a few of them.
    """
    if isinstance(values, np.ndarray) and values.dtype.kind in "biuf":
        return values
    if isinstance(values, np.ndarray) and values.dtype.kind == "M":
        return values.astype("datetime64[us]")
    array = np.empty(len(values), dtype=object)
    # only nan differs from itself
    array[:] = [None if v is None or v != v else str(v) for v in values]  # noqa: PLR0124
    return array
