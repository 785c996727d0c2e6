"""Membership of blocs by day, and the regions of the M49 standard."""

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundswell.core.blocs import Bloc
from groundswell.core.errors import UsageError
from groundswell.language.blocs import bloc_members, blocs, region_members, regions
from groundswell.language.place_tables import entries, load_table

COUNTRIES = {entry.path[0] for entry in entries() if len(entry.path) == 1}
DAYS = st.dates(date(1940, 1, 1), date(2030, 1, 1))
GROUPS = ("african-group", "asia-pacific-group", "eastern-european-group", "grulac")
GROUPS = (*GROUPS, "weog")


def is_member(state: str, bloc: str, on: date) -> bool:
    return state in bloc_members(bloc, on=on)


@pytest.mark.parametrize(
    ("year", "members"),
    [
        (1945, 51),
        (1946, 55),
        (1947, 57),
        (1948, 58),
        (1949, 59),
        (1950, 60),
        (1955, 76),
        (1956, 80),
        (1960, 99),
        (1961, 104),
        (1962, 110),
        (1964, 115),
        (1965, 117),
        (1966, 122),
        (1968, 126),
        (1971, 132),
        (1973, 135),
        (1977, 149),
        (1984, 159),
        (1990, 159),
        (1991, 166),
        (1992, 179),
        (1993, 184),
        (1999, 188),
        (2000, 189),
        (2002, 191),
        (2006, 192),
        (2011, 193),
        (2025, 193),
    ],
)
def test_the_united_nations_had_as_many_members_at_the_end_of_a_year(
    year: int, members: int
) -> None:
    """Numbers published by the United Nations in "Growth in membership"."""
    assert len(bloc_members("un", on=date(year, 12, 31))) == members


@pytest.mark.parametrize(
    ("bloc", "on", "members"),
    [
        ("eu", date(1957, 12, 31), 0),
        ("eu", date(1973, 1, 1), 9),
        ("eu", date(2013, 7, 1), 28),
        ("eu", date(2020, 2, 1), 27),
        ("nato", date(1950, 1, 1), 12),
        ("nato", date(1999, 3, 12), 19),
        ("nato", date(2024, 3, 7), 32),
        ("arab-league", date(1945, 3, 22), 7),
        ("arab-league", date(2020, 1, 1), 22),
        ("oic", date(1969, 9, 25), 25),
        ("oic", date(2020, 1, 1), 57),
        ("nam", date(1961, 9, 1), 25),
        ("nam", date(2020, 1, 1), 120),
        ("nam", date(2024, 12, 31), 121),
        ("g77", date(1964, 6, 14), 0),
        ("g77", date(1964, 6, 15), 77),
        ("g77", date(2015, 6, 1), 134),
        ("african-group", date(2020, 1, 1), 54),
        ("asia-pacific-group", date(2020, 1, 1), 53),
        ("eastern-european-group", date(2020, 1, 1), 23),
        ("grulac", date(2020, 1, 1), 33),
        ("weog", date(2020, 1, 1), 28),
    ],
)
def test_a_bloc_has_as_many_members_as_it_says(bloc: str, on: date, members: int) -> None:
    assert len(bloc_members(bloc, on=on)) == members


@pytest.mark.parametrize(
    ("bloc", "state", "on", "is_in"),
    [
        ("eu", "GBR", date(2020, 1, 31), True),
        ("eu", "GBR", date(2020, 2, 1), False),
        ("nato", "FIN", date(2023, 4, 3), False),
        ("nato", "FIN", date(2023, 4, 4), True),
        ("nato", "SWE", date(2024, 3, 7), True),
        ("g77", "MEX", date(1993, 1, 1), True),
        ("g77", "MEX", date(1995, 1, 1), False),
        ("g77", "KOR", date(1998, 1, 1), False),
        ("g77", "CYP", date(2005, 1, 1), False),
        ("g77", "ROU", date(2007, 6, 1), True),
        ("g77", "ROU", date(2008, 1, 1), False),
        ("g77", "PLW", date(2003, 1, 1), True),
        ("g77", "PLW", date(2005, 1, 1), False),
        ("nam", "MMR", date(1985, 1, 1), False),
        ("nam", "MMR", date(1995, 1, 1), True),
        ("nam", "ARG", date(1992, 1, 1), False),
        ("arab-league", "EGY", date(1985, 1, 1), True),
        ("weog", "ISR", date(2000, 4, 30), False),
        ("weog", "ISR", date(2000, 5, 1), True),
        ("un", "IDN", date(1965, 6, 1), False),
        ("un", "TWN", date(1971, 10, 24), True),
        ("un", "TWN", date(1971, 10, 25), False),
        ("un", "CHN", date(1971, 10, 25), True),
        ("un", "SYR", date(1960, 1, 1), False),
        ("un", "ZAN", date(1963, 12, 16), True),
        ("un", "DEU", date(1973, 9, 17), False),
        ("un", "KOR", date(1991, 9, 16), False),
        ("un", "CHE", date(2002, 9, 10), True),
        ("un", "PSE", date(2024, 1, 1), False),
        ("un", "XKX", date(2024, 1, 1), False),
    ],
)
def test_states_join_and_leave_on_their_day(
    bloc: str, state: str, on: date, is_in: bool
) -> None:
    assert is_member(state, bloc, on) is is_in


def test_a_day_that_is_not_known_is_counted_only_on_request() -> None:
    on = date(1980, 1, 1)
    assert not is_member("AGO", "g77", on)
    assert "AGO" in bloc_members("g77", on=on, with_undated=True)
    assert "ZWE" not in bloc_members("g77", on=on, with_undated=True)
    assert bloc_members("g77", on=date(1964, 1, 1), with_undated=True) == ()


@pytest.mark.parametrize(
    ("bloc", "state", "on"),
    [
        ("arab-league", "EGY", date(1985, 1, 1)),
        ("arab-league", "SYR", date(2015, 1, 1)),
        ("oic", "AFG", date(1985, 1, 1)),
        ("un", "ZAF", date(1980, 1, 1)),
    ],
)
def test_a_suspended_member_is_a_member_and_said_to_be_suspended(
    bloc: str, state: str, on: date
) -> None:
    assert is_member(state, bloc, on)
    (found,) = (b for b in blocs() if b.bloc_id == bloc)
    (now,) = (m for m in found.memberships if m.state == state and m.days.hold(on))
    assert [pause.hold(on) for pause in now.suspended] == [True]
    assert not now.suspended[0].hold(date(2026, 1, 1))


@pytest.mark.parametrize("bloc", blocs(), ids=lambda bloc: bloc.bloc_id)
def test_a_bloc_is_whole(bloc: Bloc) -> None:
    assert bloc.name
    assert bloc.checked
    assert bloc.note
    assert all(source.startswith("http") for source in bloc.sources)
    assert {membership.state for membership in bloc.memberships} <= COUNTRIES
    order = [(one.state, one.days.first) for one in bloc.memberships]
    assert order == sorted(order)
    for one, other in zip(bloc.memberships, bloc.memberships[1:], strict=False):
        if one.state == other.state:
            assert one.days.last is not None
            assert other.days.first is not None
            assert one.days.last < other.days.first
    assert all(
        one.days.last is None or one.days.first <= one.days.last
        for one in bloc.memberships
        if one.days.first
    )


def test_every_leaving_and_every_suspension_of_the_table_is_used() -> None:
    for bloc in blocs():
        row = load_table("blocs.toml")[bloc.bloc_id]
        left = Counter(state for each in row.get("left", ()) for state in each["states"])
        if "as_in" not in row:
            assert left == Counter(
                one.state for one in bloc.memberships if one.days.last is not None
            )
        n_suspended = sum(len(one.suspended) for one in bloc.memberships)
        assert n_suspended == len(row.get("suspended", ()))


@given(DAYS, st.sampled_from(blocs()))
def test_membership_changes_on_no_other_day(on: date, bloc: Bloc) -> None:
    before = set(bloc_members(bloc.bloc_id, on=on))
    after = set(bloc_members(bloc.bloc_id, on=on + timedelta(days=1)))
    joined = {m.state for m in bloc.memberships if m.days.first == on + timedelta(days=1)}
    left = {m.state for m in bloc.memberships if m.days.last == on}
    assert after - before <= joined
    assert before - after <= left
    assert before <= set(bloc_members(bloc.bloc_id, on=on, with_undated=True))


@given(DAYS)
def test_regional_groups_share_no_member_and_hold_members_only(on: date) -> None:
    groups = [bloc_members(group, on=on) for group in GROUPS]
    states = [state for group in groups for state in group]
    assert len(states) == len(set(states))
    assert set(states) <= set(bloc_members("un", on=on))


def test_members_in_no_group_are_those_that_the_notes_name() -> None:
    on = date(2020, 1, 1)
    grouped = {state for group in GROUPS for state in bloc_members(group, on=on)}
    assert set(bloc_members("un", on=on)) - grouped == {"KIR", "USA"}


def test_regions_hold_every_country_once() -> None:
    leaves = [
        state
        for region in regions()
        if not any(other.parent == region.region_id for other in regions())
        for state in region.states
    ]
    assert len(leaves) == len(set(leaves))
    assert set(region_members("001")) == set(leaves)
    today = {
        "/".join(entry.path)
        for entry in entries()
        if len(entry.path) == 1 and entry.last is None
    }
    assert today - set(leaves) == {"ATA", "TWN", "XKX"}
    assert set(leaves) - today == {"ASM", "GUM", "MNP", "PRI", "UMI", "VIR"}
    assert len(region_members("002")) == 54 + len(
        {"ATF", "ESH", "IOT", "MYT", "REU", "SHN"}
    )


@pytest.mark.parametrize(
    ("region", "n_states"),
    [
        *(("002", 60), ("015", 7), ("202", 53), ("011", 17), ("014", 22), ("017", 9)),
        *(("018", 5), ("019", 57), ("005", 16), ("013", 8), ("021", 5), ("029", 28)),
        *(("142", 50), ("030", 7), ("034", 9), ("035", 11), ("143", 5), ("145", 18)),
        *(("150", 51), ("039", 16), ("151", 10), ("154", 16), ("155", 9)),
        *(("009", 29), ("053", 6), ("054", 5), ("057", 8), ("061", 10)),
    ],
)
def test_a_region_is_as_large_as_in_the_standard(region: str, n_states: int) -> None:
    assert len(region_members(region)) == n_states


def test_what_is_not_in_the_tables_is_refused_with_the_list() -> None:
    with pytest.raises(UsageError, match="there is no bloc 'west'") as caught:
        bloc_members("west", on=date(2020, 1, 1))
    assert "eastern-european-group, eu, g77" in caught.value.allowed
    with pytest.raises(UsageError, match="there is no region 'west'") as caught:
        region_members("west")
    assert "150 Europe, 151 Eastern Europe" in caught.value.allowed
