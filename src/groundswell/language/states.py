"""States by the codes that records use: ISO 3166, Correlates of War, FIPS and others.

A code can pass from one state to another, so most questions come with a day.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from typing import Literal

from groundswell.core.places import Place
from groundswell.language.place_tables import (
    Holder,
    entries_by_path,
    holders,
    load_table,
)

System = Literal["iso2", "iso3", "iso-numeric", "cow", "gw", "fips"]

CODE_NUMBER = re.compile(r"0*([0-9]{1,3})(?:\.0)?")  # a float column prints 840 as 840.0
_NUMBERED = ("iso-numeric", "cow", "gw")


def state_of_code(code: str, *, system: System, on: date | None = None) -> Place | None:
    """Find the state or territory that a code means.

    Parameters
    ----------
    code
        The cell. Numbers may have leading zeros, letters any case.
    system
        `iso2`, `iso3` and `iso-numeric` are ISO 3166-1 with the codes withdrawn from it,
        `cow` the Correlates of War numbers, `gw` those of Gleditsch and Ward, `fips` the
        two letters of FIPS 10-4.
    on
        Day of the record, needed where a code passed from one state to another. A code
        that only ever meant one state means it on any day, also after its end.

    Returns
    -------
    Place or None
        `None` where the code is unknown, or has had several holders and the day is not
        given or is none of theirs.

    Examples
    --------
    >>> state_of_code("NA", system="iso2").name, state_of_code("2", system="cow").code
    ('Namibia', 'USA')
    >>> state_of_code("365", system="cow", on=date(1980, 1, 1)).code
    'SUN'
    >>> state_of_code("365", system="cow") is None
    True
    """
    cell = code.strip().upper()
    if system in _NUMBERED:
        number = CODE_NUMBER.fullmatch(cell)
        cell = number[1] if number else ""
    held = _holders().get((system, cell), ())
    if len(held) > 1:
        held = tuple(holder for holder in held if on is not None and holder.held(on))
    return held[0].entry.place(code) if len(held) == 1 else None


@cache
def _holders() -> Mapping[tuple[str, str], tuple[Holder, ...]]:
    """Return the holders of each code of each system."""
    return dict(_rows())


def _rows() -> Iterator[tuple[tuple[str, str], tuple[Holder, ...]]]:
    table, by_path = load_table("codes.toml"), entries_by_path()
    for path, entry in by_path.items():
        if len(entry.path) == 1:
            yield ("iso3", path), (Holder(entry),)
    for path, systems in table["of"].items():
        for system, codes in systems.items():
            for code in [codes] if isinstance(codes, str) else codes:
                yield (system, _bare(code, system=system)), (Holder(by_path[path]),)
    for row in table["by_day"]:
        system = row["system"]
        yield (system, _bare(row["code"], system=system)), holders(row["holders"])


def _bare(code: str, *, system: str) -> str:
    """Return a code of the table in the form in which it is looked up."""
    return code.lstrip("0") if system in _NUMBERED else code
