"""What the tables say of a place agrees with how codes, names and blocs are read."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from groundswell.language.blocs import bloc_members, blocs, regions
from groundswell.language.known_places import (
    SYSTEMS,
    known_bloc,
    known_blocs,
    known_places,
)
from groundswell.language.place_tables import entries
from groundswell.language.states import state_of_code

DAYS = (date(1950, 1, 1), date(1975, 6, 1), date(1992, 6, 1), date(2020, 1, 1))
COUNTRIES = [entry for entry in entries() if len(entry.path) == 1]


@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("Burma", {"MMR": ("former name",)}),
        ("Swaziland", {"SWZ": ("former name",)}),
        ("Türkiye", {"TUR": ("name",)}),
        ("cote d’ivoire", {"CIV": ("name",)}),
        ("Georgia", {"GEO": ("name",), "USA/GA": ("name",)}),
        ("Congo", {"COD": ("name",), "COG": ("name",)}),
        ("CH", {"CHE": ("iso2 code",), "CHN": ("fips code",)}),
        ("840", {"USA": ("iso-numeric code",), "PHL": ("cow code", "gw code")}),
        ("0840", {"USA": ("iso-numeric code",), "PHL": ("cow code", "gw code")}),
        ("TX", {"USA/TX": ("postal code",), "TKM": ("fips code",)}),
        ("Nowhere at all", {}),
        ("", {}),
    ],
)
def test_everything_that_a_name_can_mean_is_told(
    name: str, read: dict[str, tuple[str, ...]]
) -> None:
    assert {known.place.code: known.read_as for known in known_places(name)} == read


def test_every_place_is_known_by_its_own_names() -> None:
    for entry in entries():
        for name in (*entry.names, *(former for former, _, _ in entry.former)):
            assert entry.path in {known.place.path for known in known_places(name)}


@pytest.mark.parametrize("on", DAYS, ids=str)
def test_codes_lead_back_to_the_place_as_the_reader_of_codes_finds_it(on: date) -> None:
    n_checked = 0
    for entry in COUNTRIES:
        (known,) = known_places(entry.path[0], system="iso3", on=on)
        assert known.is_there is entry.existed(on)
        for code in known.codes:
            read = state_of_code(code.code, system=code.system, on=on)  # type: ignore[arg-type]
            if code.days.hold(on):
                assert read is not None, code
                assert read.path == entry.path
                n_checked += 1
            else:
                assert read is None or read.path != entry.path
    assert n_checked > 900


def test_codes_stand_in_the_order_of_the_systems() -> None:
    for entry in COUNTRIES:
        for known in known_places(entry.path[0], system="iso3"):
            order = [SYSTEMS.index(code.system) for code in known.codes]
            assert order == sorted(order)


def test_a_code_of_several_states_is_settled_by_the_day() -> None:
    both = known_places("365", system="cow")
    assert {known.place.code for known in both} == {"RUS", "SUN"}
    for day, code in ((date(1991, 12, 26), "SUN"), (date(1991, 12, 27), "RUS")):
        (one,) = known_places("365", system="cow", on=day)
        assert one.place.code == code


def test_who_came_before_is_who_came_after_seen_from_there() -> None:
    by_path = {
        known.place.path: known
        for entry in COUNTRIES
        for known in known_places(entry.path[0], system="iso3")
    }
    pairs = {(a, after.path) for a, k in by_path.items() for after in k.successors}
    assert pairs == {
        (before.path, b) for b, k in by_path.items() for before in k.predecessors
    }
    assert (("CSK",), ("SVK",)) in pairs


@pytest.mark.parametrize("on", DAYS, ids=str)
def test_members_are_those_of_the_table_of_blocs(on: date) -> None:
    listed = {bloc.bloc_id: bloc for bloc in known_blocs(on=on)}
    assert list(listed) == [bloc.bloc_id for bloc in blocs()]
    for bloc_id, short in listed.items():
        members = bloc_members(bloc_id, on=on)
        bloc = known_bloc(bloc_id, on=on)
        assert bloc is not None
        widest = bloc_members(bloc_id, on=on, with_undated=True)
        assert {m.place.code for m in bloc.members if m.is_held} == set(members)
        assert {m.place.code for m in bloc.members} == set(widest)
        assert bloc.n_members == short.n_members == len(members)
        assert bloc.n_possible == short.n_possible == len(widest)
        assert short.members == ()
    for code in ("FRA", "EGY", "DDR"):
        (known,) = known_places(code, system="iso3", on=on)
        held = {one.bloc_id for one in known.memberships if one.is_held}
        assert held == {name for name in listed if code in bloc_members(name, on=on)}


def test_without_a_day_a_bloc_holds_all_it_ever_had() -> None:
    bloc = known_bloc("eu")
    assert bloc is not None
    states = {one.place.code for one in bloc.members}
    assert "GBR" in states
    assert bloc.n_members == len(states) - 1
    assert all(one.is_held is None for one in bloc.members)
    assert known_bloc("no-such-bloc") is None


def test_regions_go_from_wide_to_narrow() -> None:
    sizes = {region.name: len(region.states) for region in regions()}
    for entry in COUNTRIES:
        (known,) = known_places(entry.path[0], system="iso3")
        assert "World" not in known.regions
        assert all(sizes[a] >= sizes[b] for a, b in pairwise(known.regions))
    (kenya,) = known_places("Kenya")
    assert kenya.regions == ("Africa", "Sub-Saharan Africa", "Eastern Africa")


def test_a_day_says_what_was_there() -> None:
    last = date(1991, 12, 26)
    for on, there in ((last, True), (last + timedelta(days=1), False), (None, None)):
        (known,) = known_places("USSR", on=on)
        assert known.is_there is there
        assert known.days.last == last
