"""Bounds from error rates hold the truth for every rate between their ends."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from groundswell.core.codebooks import ErrorRate
from groundswell.measures.miscoding import Counts, miscoding_bounds

ends = st.tuples(st.floats(0.5, 1), st.floats(0.5, 1)).map(lambda e: (min(e), max(e)))


def rate(sensitivity: tuple[float, float], precision: tuple[float, float]) -> ErrorRate:
    return ErrorRate(
        code="a", wording="w", sensitivity=sensitivity, precision=precision, n=9, where=""
    )


@given(
    st.integers(0, 500),
    st.integers(0, 500),
    st.tuples(ends, ends, ends, ends),
    st.tuples(*[st.floats(0, 1)] * 4),
)
def test_any_rates_within_their_ends_give_a_share_within_the_bounds(
    target: int,
    other: int,
    intervals: tuple[tuple[float, float], ...],
    places: tuple[float, ...],
) -> None:
    bounds = miscoding_bounds(
        Counts(target=target, other=other),
        target=rate(intervals[0], intervals[1]),
        other=rate(intervals[2], intervals[3]),
    )
    if target + other == 0:
        assert bounds is None
        return
    assert bounds is not None
    rates = [
        low + place * (high - low)
        for (low, high), place in zip(intervals, places, strict=True)
    ]
    true_target = target * rates[1] / rates[0]
    true_other = other * rates[3] / rates[2]
    share = true_target / (true_target + true_other)
    assert bounds.low - 1e-12 <= share <= bounds.high + 1e-12


@given(st.integers(1, 500), st.integers(1, 500), ends, ends)
def test_exchanged_sides_give_mirrored_bounds(
    target: int, other: int, one: tuple[float, float], two: tuple[float, float]
) -> None:
    first, second = rate(one, two), rate(two, one)
    bounds = miscoding_bounds(
        Counts(target=target, other=other), target=first, other=second
    )
    mirrored = miscoding_bounds(
        Counts(target=other, other=target), target=second, other=first
    )
    assert bounds is not None
    assert mirrored is not None
    assert np.isclose(bounds.low, 1 - mirrored.high)
    assert np.isclose(bounds.high, 1 - mirrored.low)
