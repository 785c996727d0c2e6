"""States by the codes that records use: ISO 3166, Correlates of War, FIPS and others.

A code can pass from one state to another, so most questions come with a day.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from typing import Literal, NamedTuple

from groundswell.core.places import Place
from groundswell.language.place_tables import Entry, entries, load_table

System = Literal["iso2", "iso3", "iso-numeric", "cow", "gw", "fips"]

_NUMBER = re.compile(r"0*([0-9]{1,3})(?:\.0)?")  # a float column prints 840 as 840.0
_NUMBERED = ("iso-numeric", "cow", "gw")


class _Holder(NamedTuple):
    """A place that held a code, and its days; `None` is an open end."""

    entry: Entry
    first: date | None = None
    last: date | None = None


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
        number = _NUMBER.fullmatch(cell)
        cell = number[1] if number else ""
    holders = _holders().get((system, cell), ())
    if len(holders) > 1:
        holders = tuple(h for h in holders if on is not None and _held(h, on=on))
    return holders[0].entry.place(code) if len(holders) == 1 else None


def _held(holder: _Holder, *, on: date) -> bool:
    return (holder.first is None or holder.first <= on) and (
        holder.last is None or on <= holder.last
    )


@cache
def _holders() -> Mapping[tuple[str, str], tuple[_Holder, ...]]:
    """Return the holders of each code of each system."""
    by_path = {"/".join(entry.path): entry for entry in entries()}
    found: dict[tuple[str, str], list[_Holder]] = {}
    for system, code, holder in _rows(by_path):
        found.setdefault((system, code), []).append(holder)
    return {key: tuple(holders) for key, holders in found.items()}


def _rows(by_path: Mapping[str, Entry]) -> Iterator[tuple[str, str, _Holder]]:
    table = load_table("codes.toml")
    for path, entry in by_path.items():
        if len(entry.path) == 1:
            yield "iso3", path, _Holder(entry)
    for path, systems in table["of"].items():
        for system, codes in systems.items():
            for code in [codes] if isinstance(codes, str) else codes:
                yield system, _bare(code, system=system), _Holder(by_path[path])
    for row in table["by_day"]:
        for holder in row["holders"]:
            entry = by_path[holder["place"]]
            held = _Holder(entry, holder.get("from"), holder.get("until"))
            yield row["system"], _bare(row["code"], system=row["system"]), held


def _bare(code: str, *, system: str) -> str:
    """Return a code of the table in the form in which it is looked up."""
    return code.lstrip("0") if system in _NUMBERED else code
