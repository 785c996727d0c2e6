"""States by the codes of the systems that records use."""

from datetime import date
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundswell.language.place_tables import entries, load_table
from groundswell.language.states import System, state_of_code

SYSTEMS = get_args(System)


@pytest.mark.parametrize(
    ("system", "code", "path"),
    [
        ("iso2", "NA", "NAM"),
        ("iso2", "us", "USA"),
        ("iso2", "PR", "USA/PR"),
        ("iso2", "XK", "XKX"),
        ("iso2", "TW", "TWN"),
        ("iso2", "PS", "PSE"),
        ("iso2", "SU", "SUN"),
        ("iso2", "ZR", "COD"),
        ("iso2", "CS", None),
        ("iso3", "PSE", "PSE"),
        ("iso3", "XKX", "XKX"),
        ("iso3", "ZAR", "COD"),
        ("iso3", "BUR", "MMR"),
        ("iso3", "SUN", "SUN"),
        ("iso3", "VDR", "VNM"),
        ("iso3", "GUM", "USA/GU"),
        ("iso3", "GA", None),
        ("iso-numeric", "4", "AFG"),
        ("iso-numeric", "004", "AFG"),
        ("iso-numeric", "840.0", "USA"),
        ("iso-numeric", "280", "DEU"),
        ("iso-numeric", "0", None),
        ("iso-numeric", "891", None),
        ("cow", "2", "USA"),
        ("cow", "002", "USA"),
        ("cow", "713", "TWN"),
        ("cow", "347", "XKX"),
        ("cow", "255", "DEU"),
        ("cow", "260", "DEU"),
        ("cow", "265", "DDR"),
        ("cow", "817", "RVN"),
        ("cow", "678", "YEM"),
        ("cow", "679", "YEM"),
        ("cow", "680", "YMD"),
        ("cow", "511", "ZAN"),
        ("cow", "626", "SSD"),
        ("cow", "340", None),
        ("cow", "365", None),
        ("cow", "970", "NRU"),
        ("gw", "970", "KIR"),
        ("gw", "340", "SRB"),
        ("gw", "679", None),
        ("fips", "GM", "DEU"),
        ("fips", "NI", "NGA"),
        ("fips", "GZ", "PSE/Gaza Strip"),
        ("fips", "OD", "SSD"),
        ("fips", "", None),
        ("cow", "two", None),
    ],
)
def test_a_code_means_one_place_or_none(
    system: System, code: str, path: str | None
) -> None:
    place = state_of_code(code, system=system)
    assert (place.code if place else None) == path
    assert place is None or place.text == code


@pytest.mark.parametrize(
    ("system", "code", "on", "path"),
    [
        ("cow", "365", date(1991, 12, 26), "SUN"),
        ("cow", "365", date(1991, 12, 27), "RUS"),
        ("gw", "365", date(2022, 1, 1), "RUS"),
        ("cow", "345", date(1980, 1, 1), "YUG"),
        ("cow", "345", date(2003, 2, 4), "SCG"),
        ("cow", "345", date(2010, 1, 1), "SRB"),
        ("iso2", "CS", date(1990, 1, 1), "CSK"),
        ("iso2", "CS", date(2005, 1, 1), "SCG"),
        ("iso2", "CS", date(2010, 1, 1), None),
        ("iso-numeric", "891", date(2000, 1, 1), "YUG"),
        ("cow", "315", date(1992, 12, 31), "CSK"),
        ("cow", "315", date(1993, 1, 1), "CSK"),
        ("cow", "511", date(1963, 12, 16), "ZAN"),
        ("cow", "265", date(1995, 1, 1), "DDR"),
    ],
)
def test_the_day_says_who_held_a_code(
    system: System, code: str, on: date, path: str | None
) -> None:
    place = state_of_code(code, system=system, on=on)
    assert (place.code if place else None) == path


def test_no_code_has_two_holders_on_a_day() -> None:
    table = load_table("codes.toml")
    codes = [
        (system, code)
        for systems in table["of"].values()
        for system, held in systems.items()
        for code in ([held] if isinstance(held, str) else held)
    ]
    passed = [(row["system"], row["code"]) for row in table["by_day"]]
    assert len(codes) == len(set(codes))
    assert not set(codes) & set(passed)
    for row in table["by_day"]:
        for one, other in zip(row["holders"], row["holders"][1:], strict=False):
            assert one["until"] < other["from"]


def test_every_country_has_a_code_in_iso() -> None:
    without = set()
    for entry in entries():
        if len(entry.path) == 1:
            place = state_of_code(entry.path[0], system="iso3")
            assert place is not None
            assert place.path == entry.path
    table = load_table("codes.toml")["of"]
    for entry in entries():
        path = "/".join(entry.path)
        if len(entry.path) == 1 and "iso2" not in table.get(path, {}):
            without.add(path)
    assert without == {"CSK", "SCG", "RVN", "ZAN"}


@given(st.sampled_from(SYSTEMS), st.text(max_size=5), st.none() | st.dates())
def test_any_cell_is_read(system: System, code: str, on: date | None) -> None:
    place = state_of_code(code, system=system, on=on)
    assert place is None or place.text == code
