"""Number lines, piles, strips and drawn ranges."""

import re
from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from groundswell.reports.drawing import FULL, draw_range
from groundswell.reports.number_line import draw_number_line, pile_up
from groundswell.reports.range_view import view_range
from groundswell.reports.strip import Strip
from unit.reports import factories

VALUES = {
    "share": st.lists(st.floats(min_value=0, max_value=1), min_size=1, max_size=60),
    "events": st.lists(
        st.integers(min_value=0, max_value=10**9).map(float), min_size=1, max_size=60
    ),
}
UNITS = st.sampled_from(["share", "events"])


@given(data=st.data(), unit=UNITS)
def test_a_number_line_holds_its_values_and_has_round_ticks(
    data: st.DataObject, unit: str
) -> None:
    values = data.draw(VALUES[unit])
    line = draw_number_line(values, unit=unit)
    assert line.low < min(values)
    assert max(values) < line.high
    places = [tick.position for tick in line.ticks]
    assert 1 <= len(places) <= 7
    assert places == sorted(set(places))
    assert len({tick.label for tick in line.ticks}) == len(places)
    if unit == "share":
        shown = [float(tick.label.rstrip("%")) for tick in line.ticks]
        assert all(0 <= value <= 100 for value in shown)


@given(data=st.data(), unit=UNITS)
def test_piles_hold_every_value_once(data: st.DataObject, unit: str) -> None:
    values = data.draw(VALUES[unit])
    line = draw_number_line(values, unit=unit)
    width = max(values) - min(values)
    piles = pile_up(values, line=line, unit=unit, width=width)
    assert sum(pile.n for pile in piles) == len(values)
    assert all(pile.n > 0 for pile in piles)
    assert len({pile.label for pile in piles}) == len(piles)
    assert [pile.start for pile in piles] == sorted(pile.start for pile in piles)
    assert len(piles) <= 210


def test_piles_print_as_the_values_do() -> None:
    values = [0.0, 0.004, 0.5, 0.996, 1.0]
    line = draw_number_line(values, unit="share")
    piles = pile_up(values, line=line, unit="share", width=1.0)
    assert [(pile.label, pile.n) for pile in piles] == [
        ("under 1%", 2),
        ("50%", 1),
        ("over 99%", 2),
    ]


def test_counts_pile_up_on_round_stretches() -> None:
    values = [1_000.0, 1_004.0, 3_000.0]
    line = draw_number_line(values, unit="events")
    piles = pile_up(values, line=line, unit="events", width=2_000)
    assert [(pile.label, pile.n) for pile in piles] == [
        ("1,000 to 1,049", 2),
        ("3,000 to 3,049", 1),
    ]


@given(
    st.floats(min_value=0, max_value=100),
    st.floats(min_value=0, max_value=100),
    st.integers(min_value=10, max_value=80),
)
def test_a_strip_keeps_its_length(start: float, end: float, n: int) -> None:
    assume(start <= end)
    strip = Strip(n)
    strip.stretch(start, end, inside="-", ends="|")
    strip.beside("90%", start=start, end=end)
    assert len(strip.text) <= n
    assert "|" in strip.text or n < 12


def test_words_stand_left_of_a_mark_at_the_right_end() -> None:
    strip = Strip(10)
    strip.put(95, "●")
    strip.beside("90%", start=95, end=95)
    assert strip.text == "     90% ●"


def test_labels_that_would_touch_are_left_out() -> None:
    strip = Strip(12)
    strip.centred([(0, "80%"), (10, "85%"), (60, "90%")])
    assert strip.text == "80%   90%"


def test_a_drawing_names_the_ends_and_keeps_the_piles_in_one_path() -> None:
    view = view_range(factories.measurement(), claim=factories.claim())
    assert view is not None
    drawing = draw_range(view)
    kinds = [row.kind for row in drawing.rows]
    assert kinds == ["claim", "piles", "reference", "in-print", "axis"]
    assert [label.text for label in drawing.rows[1].labels] == ["82%", "97%"]
    heights = [int(h) for h in re.findall(r"v-(\d+)", drawing.outline)]
    assert len(heights) == len(view.piles)
    assert max(heights) == FULL
    assert drawing.band is not None
    assert drawing.band.start < drawing.band.end


def test_the_path_is_as_long_for_thousands_of_values_as_for_ten() -> None:
    wide = factories.specification_range(decisions=factories.wide_decisions())
    assert wide.n_specifications > 2_000
    view = view_range(factories.measurement(range=wide))
    assert view is not None
    assert len(draw_range(view).outline) < 4_000


def test_a_range_whose_values_were_not_kept_is_drawn_by_its_ends() -> None:
    bare = replace(factories.specification_range(), values=())
    view = view_range(factories.measurement(range=bare))
    assert view is not None
    drawing = draw_range(view)
    assert drawing.outline == ""
    assert drawing.rows[0].marks == (view.ends,)


def test_a_range_of_one_value_has_one_label() -> None:
    one = replace(
        factories.specification_range(decisions=()), published_low=0.897, low=0.897
    )
    view = view_range(factories.measurement(range=one))
    assert view is not None
    assert [label.text for label in draw_range(view).rows[0].labels] == ["89.7%"]


def test_without_a_value_nothing_is_drawn() -> None:
    assert view_range(factories.weekly()[-1]) is None


@pytest.mark.parametrize("kind", ["apart", "unread"])
def test_figures_of_another_scope_or_unread_are_not_marked(kind: str) -> None:
    match = factories.matches()[0]
    match = (
        replace(match, relation="apart")
        if kind == "apart"
        else replace(match, figure=factories.figure(read="unread"))
    )
    view = view_range(factories.measurement(), claim=factories.claim(), figures=(match,))
    assert view is not None
    assert "figures" not in [row.kind for row in view.rows]
