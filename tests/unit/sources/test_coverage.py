from datetime import date, timedelta

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from groundswell.core.dates import Window
from groundswell.core.places import WORLD
from groundswell.core.sources import Coverage
from groundswell.sources.coverage import (
    Rate,
    cover_up_to_taking,
    doubt_extract,
    main_days,
    narrow_coverage,
)

_DAYS = st.dates(min_value=date(1990, 1, 1), max_value=date(2030, 12, 31))
_MAYBE = st.one_of(st.none(), _DAYS)


@st.composite
def _coverages(draw: st.DrawFn) -> Coverage:
    ends = sorted([draw(_DAYS), draw(_DAYS)])
    start = draw(st.sampled_from([None, ends[0]]))
    end = draw(st.sampled_from([None, ends[1]]))
    return Coverage(places=(WORLD,), window=Window(start=start, end=end), selection="all")


@given(coverage=_coverages(), taken=_MAYBE, window=_coverages())
def test_without_a_day_of_taking_nothing_is_covered(
    coverage: Coverage, taken: date | None, window: Coverage
) -> None:
    found = cover_up_to_taking(coverage, taken=taken)
    if taken is not None:
        assert found == coverage
        return
    assert not found.covers(window=window.window, place=WORLD)
    assert (found.window, found.selection) == (coverage.window, coverage.selection)
    assert "--taken" in found.note


@given(coverage=_coverages(), one=_MAYBE, other=_MAYBE, taken=_MAYBE)
def test_a_file_never_covers_more_than_source_rows_and_day_allow(
    coverage: Coverage, one: date | None, other: date | None, taken: date | None
) -> None:
    first, last = (one, other) if one is None or other is None else sorted([one, other])
    found = narrow_coverage(coverage, first=first, last=last, taken=taken)
    assert found.selection == coverage.selection
    if not found.places:
        return
    assert first
    assert last
    assert coverage.window.covers(found.window)
    assert Window(start=first, end=last).covers(found.window)
    assert found.window.end
    assert taken is None or found.window.end <= taken


def test_a_file_without_days_covers_no_place() -> None:
    source = Coverage(places=(WORLD,), window=Window(), selection="all")
    assert narrow_coverage(source, first=None, last=None, taken=None).places == ()


def _span(first: date, n_days: int, *, per_day: int) -> list[date]:
    return [first + timedelta(days=i) for i in range(n_days) for _ in range(per_day)]


def test_mistyped_years_do_not_stretch_a_month() -> None:
    june = _span(date(2018, 6, 1), 30, per_day=10)
    stray = [date(2015, 6, 3), date(2019, 6, 30), date(2018, 5, 20)]
    found = main_days(np.array(june + stray, dtype="datetime64[D]"))
    assert found == (date(2018, 6, 1), date(2018, 6, 30))


def test_a_quiet_stretch_of_a_thin_record_stays() -> None:
    thin = [date(1990, 1, 1) + timedelta(days=9 * i) for i in range(400)]
    early = [date(1989, 8, 1), date(1989, 8, 20)]
    found = main_days(np.array(early + thin, dtype="datetime64[D]"))
    assert found == (date(1989, 8, 1), thin[-1])


@given(st.lists(_DAYS, min_size=1, max_size=300))
def test_most_rows_stay_inside_the_main_days(days: list[date]) -> None:
    first, last = main_days(np.array(days, dtype="datetime64[D]"))
    assert first in days
    assert last in days
    assert first
    assert last
    outside = [day for day in days if not first <= day <= last]
    assert len(outside) <= 0.02 * len(days)


def test_no_rows_no_days() -> None:
    assert main_days(np.array([], dtype="datetime64[D]")) == (None, None)
    assert main_days(np.array(["2025-01-01"], dtype="datetime64[D]")) == (
        date(2025, 1, 1),
        date(2025, 1, 1),
    )


@given(
    coverage=_coverages(),
    n_rows=st.integers(min_value=0, max_value=10**6),
    fewest=st.integers(min_value=1, max_value=100),
)
def test_what_has_too_few_rows_a_day_does_not_say_what_was_looked_for(
    coverage: Coverage, n_rows: int, fewest: int
) -> None:
    rate = Rate(usual=2 * fewest, fewest=fewest, note="")
    found = doubt_extract(coverage, n_rows=n_rows, rate=rate, name="mine.csv")
    days = coverage.window.days
    is_thin = days is not None and n_rows / days < fewest
    assert found.selection == ("unknown" if is_thin else "all")
    assert (found.window, found.places) == (coverage.window, coverage.places)
    assert ('selection = "all"' in found.note) is is_thin
    # more rows never make a file more doubtful, and it is doubted but once
    more = doubt_extract(coverage, n_rows=n_rows + 1, rate=rate, name="mine.csv")
    assert more.selection == "all" or is_thin
    assert doubt_extract(found, n_rows=0, rate=rate, name="x") == found or not is_thin
    assert doubt_extract(coverage, n_rows=0, rate=None, name="mine.csv") == coverage
