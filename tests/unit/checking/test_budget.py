"""The error budget: reports in doubt and wrong codes, in every specification."""

from dataclasses import replace
from itertools import product

import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from groundswell.checking.budget import widened_ends
from groundswell.core.codebooks import ErrorRate
from groundswell.core.dates import Window
from groundswell.measures.estimands import Estimand
from groundswell.multiverse.measurement import Records, measure
from groundswell.multiverse.plan import Definitions
from unit.measures.made_reports import (
    CODEBOOK_DECISIONS,
    DAY_ZERO,
    FRAME,
    REFERENCE,
    WORDINGS,
    Row,
    as_attributes,
    oracle,
    rows,
)

DAY = Window(start=DAY_ZERO, end=DAY_ZERO)
inside = rows.map(lambda row: replace(row, first=0, spread=0))
in_doubt = rows.map(lambda row: replace(row, first=None))
estimands = st.builds(
    Estimand,
    statistic=st.sampled_from(["share", "count"]),
    code=st.sampled_from(["red", "blue"]),
    among=st.sampled_from(["sided", "topic", "all"]),
    unit=st.just("events"),
    window=st.just(DAY),
)


def records_of(table: list[Row], rates: tuple[ErrorRate, ...] = ()) -> Records:
    return Records(
        attributes=as_attributes(table),
        frame=FRAME,
        definitions=Definitions(
            decisions=CODEBOOK_DECISIONS, reference=REFERENCE, published=()
        ),
        reference_note="made up",
        snapshot_ids=("made-up",),
        error_rates={(rate.code, rate.wording): rate for rate in rates},
    )


def rate(
    code: str,
    wording: str,
    *,
    sensitivity: tuple[float, float] = (1, 1),
    precision: tuple[float, float] = (1, 1),
) -> ErrorRate:
    return ErrorRate(
        code=code,
        wording=wording,
        sensitivity=sensitivity,
        precision=precision,
        n=9,
        where="",
    )


def ends_of(records: Records, estimand: Estimand) -> tuple[float, float] | None:
    (found,) = measure(records, estimand, pinned={})
    return widened_ends(found, estimand=estimand, records=records)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(inside, min_size=1, max_size=8),
    st.lists(in_doubt, max_size=3),
    estimands,
    st.randoms(use_true_random=False),
)
def test_whatever_is_in_scope_of_what_is_in_doubt_lies_within(
    sure: list[Row], doubtful: list[Row], estimand: Estimand, random: object
) -> None:
    table = sure + doubtful
    (found,) = measure(records_of(table), estimand, pinned={})
    ends = widened_ends(found, estimand=estimand, records=records_of(table))
    assume(ends is not None)
    assert ends is not None
    values = list(found.range.values)
    for entry in random.sample(values, min(len(values), 12)):  # type: ignore[attr-defined]
        if entry.value is None:
            continue
        for counted in product([False, True], repeat=len(doubtful)):
            resolved = sure + [
                replace(row, first=0, spread=0)
                for row, is_in in zip(doubtful, counted, strict=True)
                if is_in
            ]
            choices = dict(entry.specification.choices)
            numerator, denominator = oracle(resolved, estimand, choices)
            value = numerator / (1 if estimand.statistic == "count" else denominator)
            assert ends[0] - 1e-12 <= value <= ends[1] + 1e-12
    if not doubtful:
        assert ends == (found.range.low, found.range.high)


@settings(max_examples=40, deadline=None)
@given(st.lists(inside, min_size=1, max_size=12), st.lists(in_doubt, max_size=2))
def test_rates_without_error_change_nothing_and_sides_are_treated_alike(
    sure: list[Row], doubtful: list[Row]
) -> None:
    share = Estimand(
        statistic="share", code="red", among="sided", unit="events", window=DAY
    )
    table = sure + doubtful
    plain = ends_of(records_of(table), share)
    perfect = [rate(code, w) for code in ("red", "blue") for w in WORDINGS]
    assert np.allclose(plain or (), ends_of(records_of(table, (*perfect,)), share) or ())
    errs = {"sensitivity": (0.4, 0.9), "precision": (0.8, 1.0)}
    unsure = [rate(c, w, **errs) for c in ("red", "blue") for w in WORDINGS]
    wide = ends_of(records_of(table, (*unsure,)), share)
    if plain is None or wide is None:
        assert plain is wide
        return
    assert wide[0] <= plain[0] + 1e-12
    assert wide[1] >= plain[1] - 1e-12
    other = ends_of(records_of(table, (*unsure,)), replace(share, code="blue"))
    apart = any(len({"red", "blue"} & codes) > 1 for r in table for codes in r.codes)
    if (
        other is not None
        and not apart
        and not any("extra" in c for r in table for c in r.codes)
    ):
        assert np.allclose(wide, (1 - other[1], 1 - other[0]))


def test_neutral_events_are_not_scored_with_the_rates_of_a_side() -> None:
    row = Row(
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
        series=None,
        size=None,
        codes=(frozenset({"red"}),) * 2,
    )
    blue, calm = (replace(row, codes=(frozenset({c}),) * 2) for c in ("blue", "calm"))
    table = [row] * 60 + [blue] * 20 + [calm] * 20
    rates = [rate("red", w) for w in WORDINGS]
    rates += [rate("blue", w, precision=(0.5, 0.5)) for w in WORDINGS]
    share = Estimand(statistic="share", code="red", among="topic", unit="events")
    records = records_of(table, tuple(rates))
    each = {"recurring-events": "each"}
    with_neutral, without = (
        {**each, "neutral-events": o} for o in ("in-denominator", "left-out")
    )
    (found,) = measure(records, share, pinned=with_neutral)
    assert (found.range.low, found.range.high) == (0.6, 0.6)
    ends = widened_ends(found, estimand=share, records=records)
    assert ends is not None
    assert np.allclose(ends, (60 / 100, 60 / 90))
    (found,) = measure(records, share, pinned=without)
    ends = widened_ends(found, estimand=share, records=records)
    assert ends is not None
    assert np.allclose(ends, (60 / 80, 60 / 70))
    blue_of_all = replace(share, among="all", code="blue")
    (found,) = measure(records, blue_of_all, pinned=each)
    ends = widened_ends(found, estimand=blue_of_all, records=records)
    assert ends is not None
    assert np.allclose(ends, (10 / 100, 20 / 100))
