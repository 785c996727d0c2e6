"""Code tables and row selections of a mapping, as its TOML states them."""

from collections.abc import Mapping as MappingABC
from typing import get_args

from groundswell.core.dates import DatePrecision
from groundswell.core.toml_tables import TomlTable
from groundswell.ingest.mapping import INTERVALS, CodeTable, Interval, Selection

PRECISIONS: MappingABC[str, tuple[str, ...]] = {
    "date_precision": get_args(DatePrecision),
    "place_precision": ("locality", "admin2", "admin1", "country", "unknown"),
}
_ENDS = 2


def read_code_tables(table: TomlTable) -> MappingABC[str, CodeTable]:
    """Read the code tables of a mapping.

    Parameters
    ----------
    table
        `[codes]`, which holds a table by name.

    Returns
    -------
    Mapping
        Each is of words, or of intervals `[low, high]`, in which -1 is no end.
    """
    return {name: _code_table(table.table(name)) for name in table.data}


def read_selection(table: TomlTable) -> Selection:
    """Read which rows become reports.

    Parameters
    ----------
    table
        `[select]`.

    Returns
    -------
    Selection
        What it says.
    """
    table.refuse_unknown(("column", "values", "label"))
    return Selection(
        column=table.text("column"),
        values=table.texts("values", required=True),
        label=table.text("label", default="rows of kinds that were not asked for"),
    )


def check_codes(table: TomlTable, *, target: str, codes: CodeTable | None) -> None:
    """Refuse a code table that does not fit what it is used for.

    Parameters
    ----------
    table
        The use, for the message.
    target
        What it feeds.
    codes
        The table that it names; `None` where there is none of that name.
    """
    if codes is None:
        raise table.error("codes", "there is no table of that name under [codes].")
    wants_interval = target in INTERVALS
    if any(isinstance(value, tuple) != wants_interval for value in codes.values()):
        allowed = "intervals, [low, high]" if wants_interval else "texts"
        raise table.error(
            "codes", "the table has values of the other kind.", allowed=allowed
        )
    words = PRECISIONS.get(target, ())
    wrong = [str(v) for v in codes.values() if words and v not in words]
    if wrong:
        raise table.error(
            "codes", f"{wrong[0]!r} is no precision.", allowed=", ".join(words)
        )


def _code_table(table: TomlTable) -> CodeTable:
    if all(isinstance(value, str) for value in table.data.values()):
        return {code: table.text(code) for code in table.data}
    return {code: _interval(table, code) for code in table.data}


def _interval(table: TomlTable, code: str) -> Interval:
    ends = table.value(code)
    if (
        not isinstance(ends, list)
        or len(ends) != _ENDS
        or not all(type(end) is int and end >= -1 for end in ends)
        or 0 <= ends[1] < ends[0]
    ):
        raise table.wrong(code, "[low, high], with -1 for an end that is not known")
    low, high = ends
    return (None if low < 0 else low, None if high < 0 else high)
