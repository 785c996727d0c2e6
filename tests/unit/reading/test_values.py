"""The table of what words allow, and the words themselves."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundswell.reading.quantities import find_quantities
from groundswell.reading.values import COUNT_CEILING, allowed_values

_TOP = COUNT_CEILING


@pytest.mark.parametrize(
    ("words", "comparator", "low", "high", "ends"),
    [
        ("86 percent of", "equal", 0.855, 0.865, "[)"),
        ("86% of", "equal", 0.855, 0.865, "[)"),
        ("86 per cent of", "equal", 0.855, 0.865, "[)"),
        ("86.4 % of", "equal", 0.8635, 0.8645, "[)"),
        ("eighty-six percent of", "equal", 0.855, 0.865, "[)"),
        ("100 percent of", "equal", 0.995, 1, "[]"),
        ("about 86 percent of", "about", 0.84, 0.88, "[]"),
        ("some 86 percent of", "about", 0.84, 0.88, "[]"),
        ("an estimated 86 percent of", "about", 0.84, 0.88, "[]"),
        ("86 percent or so of", "about", 0.84, 0.88, "[]"),
        ("nearly 90 percent of", "nearly", 0.855, 0.9, "[]"),
        ("just under 90 percent of", "nearly", 0.855, 0.9, "[]"),
        ("just over 80 percent of", "more-than", 0.8, 0.84, "(]"),
        ("more than 86 percent of", "more-than", 0.86, 1, "(]"),
        ("well over 86 percent of", "more-than", 0.86, 1, "(]"),
        ("at least 86 percent of", "at-least", 0.86, 1, "[]"),
        ("86 percent or more of", "at-least", 0.86, 1, "[]"),
        ("86+ percent of", "at-least", 0.86, 1, "[]"),
        ("fewer than 12 percent of", "less-than", 0, 0.12, "[)"),
        ("no more than 12 percent of", "at-most", 0, 0.12, "[]"),
        ("between 86 and 90 percent of", "about", 0.855, 0.905, "[]"),
        ("86-90 percent of", "about", 0.855, 0.905, "[]"),
        ("85 to 90% of", "about", 0.845, 0.905, "[]"),
        ("half of", "about", 0.48, 0.52, "[]"),
        ("about half of", "about", 0.48, 0.52, "[]"),
        ("more than half of", "majority", 0.5, 1, "(]"),
        ("fewer than half of", "minority", 0, 0.5, "[)"),
        ("two thirds of", "about", 0.646667, 0.686667, "[]"),
        ("three-quarters of", "about", 0.73, 0.77, "[]"),
        ("over a third of", "more-than", 0.333333, 1, "(]"),
        ("nine in ten protests", "about", 0.85, 0.95, "[]"),
        ("4 out of 5 protests", "about", 0.75, 0.85, "[]"),
        ("one in fifty protests", "equal", 49.5, 50.5, "[)"),
        ("nearly nine in ten protests", "nearly", 0.855, 0.9, "[]"),
        ("the majority of", "majority", 0.5, 1, "(]"),
        ("most protests", "majority", 0.5, 1, "(]"),
        ("the bulk of", "majority", 0.5, 1, "(]"),
        ("the vast majority of", "majority", 0.666667, 1, "[]"),
        ("an overwhelming majority of", "majority", 0.666667, 1, "[]"),
        ("a small minority of", "minority", 0, 0.5, "[)"),
        ("mostly pro-X", "majority", 0.5, 1, "(]"),
        ("overwhelmingly pro-X", "majority", 0.666667, 1, "[]"),
        ("1,869 protests", "equal", 1868.5, 1869.5, "[)"),
        ("some 1,869 protests", "about", 1775.55, 1962.45, "[]"),
        ("nearly 12,400 protests", "nearly", 11780, 12400, "[]"),
        ("over 2,000 protests", "more-than", 2000, _TOP, "(]"),
        ("no fewer than 400 protests", "at-least", 400, _TOP, "[]"),
        ("as many as 400 protests", "at-most", 0, 400, "[]"),
        ("two thousand protests", "equal", 1500, 2500, "[)"),
        ("1.2 million people", "equal", 1150000, 1250000, "[)"),
        ("half a million people", "equal", 450000, 550000, "[)"),
        ("a dozen protests", "equal", 11.5, 12.5, "[)"),
        ("thousands of protests", "about", 1000, 9999, "[]"),
    ],
)
def test_words_allow_what_the_table_says(
    words: str, comparator: str, low: float, high: float, ends: str
) -> None:
    quantity = find_quantities(words)[-1]
    value = quantity.value
    assert value.comparator == comparator
    assert math.isclose(value.low, low, abs_tol=1e-6)
    assert math.isclose(value.high, high, abs_tol=1e-6)
    assert (value.low_open, value.high_open) == (ends[0] == "(", ends[1] == ")")


@pytest.mark.parametrize(
    "words",
    [
        "86 percentage points",
        "up 250 percent",
        "the most violent protests",
        "a third protest",
        "the first half of 2023",
        "86,4 %",
        "almost all",
    ],
)
def test_other_numbers_are_no_share(words: str) -> None:
    assert [q for q in find_quantities(words) if q.kind == "share"] == []


@given(
    printed=st.floats(0.01, 1),
    words=st.sampled_from(["equal", "about", "nearly", "at-least", "at-most"]),
    half_width=st.sampled_from([0.005, 0.0005]),
)
def test_a_number_always_allows_itself(
    printed: float, words: str, half_width: float
) -> None:
    value = allowed_values(printed, kind="share", words=words, half_width=half_width)  # type: ignore[arg-type]
    assert 0 <= value.low <= value.high <= 1
    assert value.admits(value.printed, value.printed)


@given(st.text(max_size=80))
def test_quantities_stand_apart_and_inside_the_text(text: str) -> None:
    last = 0
    for quantity in find_quantities(text):
        assert last <= quantity.start < quantity.end <= len(text)
        last = quantity.end
