"""Bounds from error rates hold the truth of every table that fits, and no more."""

from dataclasses import replace
from fractions import Fraction
from itertools import product

import numpy as np
from hypothesis import assume, given
from hypothesis import strategies as st

from groundswell.core.codebooks import ErrorRate
from groundswell.measures.miscoding import (
    Counts,
    miscoding_bounds,
    miscoding_bounds_among_all,
)

ends = st.tuples(st.floats(0.5, 1), st.floats(0.5, 1)).map(lambda e: (min(e), max(e)))
small = st.integers(0, 4)


def rate(sensitivity: tuple[float, float], precision: tuple[float, float]) -> ErrorRate:
    return ErrorRate(
        code="a", wording="w", sensitivity=sensitivity, precision=precision, n=9, where=""
    )


def exact(*, right: int, coded: int, true: int) -> ErrorRate:
    sensitivity, precision = right / true, right / coded
    return rate((sensitivity, sensitivity), (precision, precision))


def splits(total: int, parts: int) -> list[tuple[int, ...]]:
    return [s for s in product(range(total + 1), repeat=parts) if sum(s) == total]


def true_shares(
    *, right: tuple[int, int], coded: tuple[int, int], true: tuple[int, int], neutral: int
) -> list[Fraction]:
    """The shares of all tables of true by coded class with these counts, one by one.

    A row coded wrongly for a side is in truth of the other side, neutral or none of
    these; a row of a side that was missed was coded for the other, neutral or not at all.
    """
    wrong = [c - r for c, r in zip(coded, right, strict=True)]
    missed = [t - r for t, r in zip(true, right, strict=True)]
    found = []
    for one, two in product(splits(wrong[0], 3), splits(wrong[1], 3)):
        to_other, to_neutral = (one[0], two[0]), one[1] + two[1]
        # rows wrongly coded for one side that are of the other are misses of the other
        left = (missed[0] - to_other[1], missed[1] - to_other[0])
        if min(left) < 0:
            continue
        for lost in product(range(left[0] + 1), range(left[1] + 1)):
            if sum(lost) <= neutral:
                truly_neutral = neutral - sum(lost) + to_neutral
                found.append(Fraction(true[0], sum(true) + truly_neutral))
    return found


@given(
    st.tuples(st.integers(1, 4), st.integers(1, 4)),
    st.tuples(small, small),
    st.tuples(small, small),
    st.integers(0, 6),
)
def test_bounds_are_the_ends_over_all_tables(
    right: tuple[int, int], wrong: tuple[int, int], missed: tuple[int, int], neutral: int
) -> None:
    coded = (right[0] + wrong[0], right[1] + wrong[1])
    true = (right[0] + missed[0], right[1] + missed[1])
    shares = true_shares(right=right, coded=coded, true=true, neutral=neutral)
    rates = [exact(right=right[i], coded=coded[i], true=true[i]) for i in range(2)]
    counts = Counts(target=coded[0], other=coded[1], neutral=neutral)
    bounds = miscoding_bounds(counts, target=rates[0], other=rates[1])
    assert bounds is not None
    assert np.isclose(bounds.low, float(min(shares)))
    assert np.isclose(bounds.high, float(max(shares)))
    sided = miscoding_bounds(
        replace(counts, neutral=None), target=rates[0], other=rates[1]
    )
    assert sided is not None
    assert np.isclose(sided.low, true[0] / sum(true))
    assert np.isclose(sided.high, true[0] / sum(true))


@given(
    st.integers(0, 500),
    st.integers(0, 500),
    st.none() | st.integers(0, 500),
    st.integers(0, 20),
    st.tuples(ends, ends, ends, ends),
    st.tuples(*[st.floats(0, 1)] * 4),
)
def test_any_rates_within_their_ends_give_bounds_within_the_bounds(
    target: int,
    other: int,
    neutral: int | None,
    apart: int,
    intervals: tuple[tuple[float, float], ...],
    places: tuple[float, ...],
) -> None:
    counts = Counts(target=target, other=other, neutral=neutral, apart=apart)
    bounds = miscoding_bounds(
        counts,
        target=rate(intervals[0], intervals[1]),
        other=rate(intervals[2], intervals[3]),
    )
    if target + other + (neutral or 0) + apart == 0:
        assert bounds is None
        return
    assert bounds is not None
    points = [
        low + place * (high - low)
        for (low, high), place in zip(intervals, places, strict=True)
    ]
    inner = miscoding_bounds(
        counts,
        target=rate((points[0],) * 2, (points[1],) * 2),
        other=rate((points[2],) * 2, (points[3],) * 2),
    )
    assert inner is not None
    assert bounds.low <= inner.low + 1e-12
    assert inner.high <= bounds.high + 1e-12
    perfect = rate((1, 1), (1, 1))
    plain = miscoding_bounds(counts, target=perfect, other=perfect)
    assert plain is not None
    whole = target + other + (neutral or 0) + apart
    assert np.isclose(plain.low, target / whole)
    assert np.isclose(plain.high, target / whole)


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


@given(st.integers(1, 50), small, small, st.integers(0, 300))
def test_a_share_among_all_keeps_its_denominator(
    right: int, wrong: int, missed: int, others: int
) -> None:
    coded, true = right + wrong, right + missed
    events = max(coded, true) + others
    rates = exact(right=right, coded=coded, true=true)
    bounds = miscoding_bounds_among_all(coded, events=events, rate=rates)
    assert bounds is not None
    assert np.isclose(bounds.low, true / events)
    assert np.isclose(bounds.high, true / events)
    unsure = rate((0.1, 1), (0.5, 1))
    wide = miscoding_bounds_among_all(coded, events=events, rate=unsure)
    assert wide is not None
    assume(wide.high < 1)
    assert np.isclose(wide.high, coded * 10 / events)
    assert np.isclose(wide.low, coded / 2 / events)
    assert miscoding_bounds_among_all(0, events=0, rate=unsure) is None
