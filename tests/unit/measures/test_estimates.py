"""Every number against a plain row-by-row count, and every side treated alike."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundswell.core.dates import Window
from groundswell.core.decisions import Specification
from groundswell.core.errors import UsageError
from groundswell.core.estimates import Estimate
from groundswell.core.places import Place
from groundswell.measures.estimands import Estimand
from groundswell.measures.estimates import estimate
from groundswell.measures.groups import GROUPINGS
from groundswell.measures.scopes import select_scope
from unit.measures.made_reports import (
    COUNTRIES,
    DAY_ZERO,
    FRAME,
    REFERENCE,
    Row,
    as_attributes,
    doubt_oracle,
    estimands,
    mirror,
    oracle,
    specifications,
    tables,
)

SHARE = Estimand(statistic="share", code="red", among="topic", unit="events")
ROW = Row(
    first=0,
    spread=0,
    country="AAA",
    state="N",
    town="Upton",
    online=False,
    counter=False,
    recurring=False,
    later=False,
    copy=False,
    series=1,
    size=None,
    codes=(frozenset({"red"}), frozenset({"red"})),
)


def estimates_of(
    table: list[Row],
    estimand: Estimand,
    specification: Specification,
    by: str = "",
) -> tuple[Estimate, ...]:
    scoped = select_scope(as_attributes(table), estimand, by=by)
    return estimate(
        scoped,
        FRAME,
        estimand=estimand,
        specification=specification,
        snapshot_ids=("made-up",),
    )


@given(tables, estimands, specifications)
def test_estimates_equal_a_row_by_row_count(
    table: list[Row], estimand: Estimand, specification: Specification
) -> None:
    (found,) = estimates_of(table, estimand, specification)
    numerator, denominator = oracle(table, estimand, dict(specification.choices))
    halves = 1 if estimand.unit == "events" else 2
    if estimand.statistic == "count":
        assert found.value == numerator // halves
    elif denominator == 0:
        assert found.value is None
    else:
        assert found.value == numerator / denominator
    assert found.ledger.rows_in == len(table)
    if found.value is not None:
        assert found.interval is not None
        assert found.interval.low <= found.value <= found.interval.high


@given(tables, estimands, specifications)
def test_bounds_are_made_of_the_rows_that_nothing_shuts_out(
    table: list[Row], estimand: Estimand, specification: Specification
) -> None:
    estimand = replace(estimand, unit="events")
    (found,) = estimates_of(table, estimand, specification)
    numerator, denominator = oracle(table, estimand, dict(specification.choices))
    more, rest = doubt_oracle(table, estimand, dict(specification.choices))
    if found.interval is None:
        assert estimand.statistic == "share"
        assert denominator == 0
    elif estimand.statistic == "count":
        assert (found.interval.low, found.interval.high) == (numerator, numerator + more)
    else:
        assert found.interval.low == numerator / (denominator + rest)
        assert found.interval.high == (numerator + more) / (denominator + more)


@given(tables, estimands, specifications, st.sampled_from(GROUPINGS))
def test_a_group_is_what_the_question_gives_when_it_is_narrowed_to_it(
    table: list[Row], estimand: Estimand, specification: Specification, by: str
) -> None:
    if specification["recurring-events"] in {"series", "place"}:
        specification = specification.replace("recurring-events", "each")
    for group in estimates_of(table, estimand, specification, by):
        narrowed = _narrowed(estimand, group.group, by=by)
        if narrowed is not None:
            (alone,) = estimates_of(table, narrowed, specification)
            assert (group.value, group.n, group.counts) == (
                alone.value,
                alone.n,
                alone.counts,
            )
            assert group.interval == alone.interval


def _narrowed(estimand: Estimand, group: str, *, by: str) -> Estimand | None:
    """Narrow an estimand to a group; `None` where the group is no day and no place."""
    if by == "source" or "(" in group:
        return None
    if by in {"country", "place", "locality"}:
        path = tuple(reversed(group.split(", ")))
        if len(path) < ("country", "place", "locality").index(by) + 1:
            return None  # a town of a country without first-level units
        asked = estimand.place.path if estimand.place else ()
        longer = max(asked, path, key=len)
        return replace(estimand, place=Place(path=longer, name=group))
    start = date.fromisoformat(
        {4: f"{group}-01-01", 7: f"{group}-01"}.get(len(group), group)
    )
    days = {"day": 1, "week": 7, "month": 31, "year": 366}[by]
    end = start + timedelta(days=days - 1)
    if by == "month":
        end = (start + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    if by == "year":
        end = start.replace(month=12, day=31)
    if estimand.window is not None:
        assert estimand.window.start
        assert estimand.window.end
        start, end = max(start, estimand.window.start), min(end, estimand.window.end)
    return replace(estimand, window=Window(start=start, end=end))


def test_namesakes_are_places_of_their_own_and_coarse_dates_a_group() -> None:
    towns = [("AAA", "N", "Upton"), ("AAA", "S", "Upton"), ("BBB", "N", "Upton")]
    towns += [("BBB", None, "Upton"), ("BBB", None, None), (None, None, None)]
    table = [
        replace(ROW, first=first, spread=spread, country=country, state=state, town=town)
        for country, state, town in towns
        for first, spread in ((0, 0), (2, 6), (None, 0))
    ]
    count = replace(SHARE, statistic="count")

    def groups(by: str) -> list[tuple[str, float | None, float]]:
        """List groups with what they count, and what they could count at most."""
        found = estimates_of(table, count, Specification.of(REFERENCE), by)
        return [(e.group, e.value, e.interval.high if e.interval else 0) for e in found]

    assert groups("place") == [
        ("(not given)", 3, 3),
        ("N, AAA", 3, 6),
        ("S, AAA", 3, 6),
        ("(not given), BBB", 6, 9),
        ("N, BBB", 3, 12),
    ]
    assert groups("locality") == [
        ("(not given)", 3, 3),
        ("Upton, N, AAA", 3, 6),
        ("Upton, S, AAA", 3, 6),
        ("(not given), BBB", 3, 6),
        ("Upton, BBB", 3, 9),
        ("Upton, N, BBB", 3, 12),
    ]
    assert groups("week") == [
        ("2024-12-30", 6, 18),
        ("(date too coarse)", 6, 6),
        ("(not dated)", 6, 6),
    ]
    assert groups("month") == [("2025-01", 12, 18), ("(not dated)", 6, 6)]


@given(tables, estimands, specifications)
def test_exchanging_the_sides_mirrors_every_result(
    table: list[Row], estimand: Estimand, specification: Specification
) -> None:
    swap = {"red": "blue", "blue": "red"}
    mirrored_estimand = replace(estimand, code=swap.get(estimand.code, estimand.code))
    fold = specification["extra"]
    mirrored_specification = specification.replace("extra", swap.get(fold, fold))
    (one,) = estimates_of(table, estimand, specification)
    (other,) = estimates_of(mirror(table), mirrored_estimand, mirrored_specification)
    assert (one.value, one.interval, one.n) == (other.value, other.interval, other.n)
    assert [n for _, n in one.counts] == [n for _, n in other.counts]
    assert [line.n for line in one.ledger.lines] == [
        line.n for line in other.ledger.lines
    ]


@given(tables, estimands, specifications)
def test_the_order_of_rows_does_not_matter(
    table: list[Row], estimand: Estimand, specification: Specification
) -> None:
    if estimand.unit == "participants" and specification["recurring-events"] in {
        "series",
        "place",
    }:
        return  # the first row of a series gives its size, by design
    (one,) = estimates_of(table, estimand, specification)
    (other,) = estimates_of(table[::-1], estimand, specification)
    assert one.value == other.value
    assert one.ledger == other.ledger


@given(tables, specifications, st.sampled_from(GROUPINGS))
def test_groups_are_the_parts_of_the_whole(
    table: list[Row], specification: Specification, by: str
) -> None:
    if specification["recurring-events"] in {"series", "place"}:
        specification = specification.replace("recurring-events", "each")
    count = replace(SHARE, statistic="count")
    (whole,) = estimates_of(table, count, specification)
    parts = estimates_of(table, count, specification, by)
    assert sum(part.value or 0 for part in parts) == whole.value
    assert all(part.ledger.rows_in == len(table) for part in parts)
    assert len({part.group for part in parts}) == len(parts)


def test_a_series_counts_once_in_each_group() -> None:
    row = replace(ROW, recurring=True)
    table = [replace(row, first=day) for day in (0, 1, 2, 9)]
    series = Specification.of({**REFERENCE, "recurring-events": "series"})
    count = replace(SHARE, statistic="count")
    (whole,) = estimates_of(table, count, series)
    assert whole.value == 1
    assert whole.ledger.n("repeated") == 3
    assert [e.value for e in estimates_of(table, count, series, "week")] == [1, 1]
    assert [e.group for e in estimates_of(table, count, series, "week")] == [
        "2024-12-30",
        "2025-01-06",
    ]


def test_bounds_hold_whatever_the_undecided_reports_turn_out_to_be() -> None:
    rng = np.random.default_rng(7)
    window = Window(start=DAY_ZERO, end=DAY_ZERO + timedelta(days=9))
    for _ in range(50):
        table = [_random_row(rng) for _ in range(25)]
        estimand = replace(SHARE, window=window)
        specification = Specification.of(REFERENCE)
        (found,) = estimates_of(table, estimand, specification)
        settled = [
            replace(row, first=int(rng.integers(0, 12)), spread=0)
            if row.first is None or (row.first <= 9 < row.first + row.spread)
            else row
            for row in table
        ]
        (truth,) = estimates_of(settled, estimand, specification)
        if found.interval is not None and truth.value is not None:
            assert found.interval.low <= truth.value <= found.interval.high


def _random_row(rng: np.random.Generator) -> Row:
    codes = frozenset(c for c in ("red", "blue", "calm") if rng.random() < 0.4)
    return Row(
        first=None if rng.random() < 0.3 else int(rng.integers(0, 12)),
        spread=int(rng.choice([0, 0, 6])),
        country=COUNTRIES[int(rng.integers(0, 3))],
        state=None,
        town=None,
        online=False,
        counter=False,
        recurring=False,
        later=False,
        copy=False,
        series=0,
        size=None,
        codes=(codes, codes),
    )


def test_conditions_name_what_exists() -> None:
    rng = np.random.default_rng(3)
    attributes = as_attributes([_random_row(rng) for _ in range(20)])
    with pytest.raises(UsageError, match="colour"):
        select_scope(attributes, replace(SHARE, where=(("colour", "x"),)))
    with pytest.raises(UsageError, match="'ZZZ'"):
        select_scope(attributes, replace(SHARE, where=(("country", "ZZZ"),)))
    with pytest.raises(UsageError, match="decade"):
        select_scope(attributes, SHARE, by="decade")
    scoped = select_scope(attributes, replace(SHARE, where=(("country", "AAA"),)))
    assert scoped.inside.n_reports == int((attributes.country == 1).sum())
