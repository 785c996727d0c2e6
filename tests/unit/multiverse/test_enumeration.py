"""The range over specifications against one estimate for each, and what is left out."""

from dataclasses import replace

import pytest
from hypothesis import given, settings

from groundswell.core.decisions import all_specifications
from groundswell.core.errors import DefinitionError, UsageError
from groundswell.measures.decisions import MEASURE_DECISIONS
from groundswell.measures.estimands import Estimand
from groundswell.multiverse.measurement import Records, measure
from groundswell.multiverse.plan import Definitions
from unit.measures.made_reports import (
    CODEBOOK_DECISIONS,
    DECISIONS,
    FRAME,
    REFERENCE,
    Row,
    as_attributes,
    estimands,
    mirror,
    oracle,
    tables,
)

DEFINITIONS = Definitions(
    decisions=CODEBOOK_DECISIONS,
    reference=REFERENCE,
    published=({"wording": "broad"}, {"neutral-events": "in-denominator"}),
)


def records_of(table: list[Row]) -> Records:
    return Records(
        attributes=as_attributes(table),
        frame=FRAME,
        definitions=DEFINITIONS,
        reference_note="made up",
        snapshot_ids=("made-up",),
        error_rates={},
    )


@settings(max_examples=25)
@given(tables, estimands)
def test_the_range_is_that_of_all_specifications_counted_row_by_row(
    table: list[Row], estimand: Estimand
) -> None:
    (found,) = measure(records_of(table), estimand, pinned={})
    values = {}
    for specification in all_specifications(DECISIONS):
        if estimand.unit == "participants" and specification["recurring-events"] in {
            "series",
            "place",
        }:
            continue
        numerator, denominator = oracle(table, estimand, dict(specification.choices))
        if estimand.statistic == "count":
            halves = 1 if estimand.unit == "events" else 2
            values[specification] = float(numerator // halves)
        elif denominator:
            values[specification] = numerator / denominator
    assert found.range.low == min(values.values(), default=None)
    assert found.range.high == max(values.values(), default=None)
    for entry in found.range.values:
        assert entry.value == values.get(entry.specification)
        ends = (entry.numerator, *(entry.highest or ())[:1])
        numerator, _ = oracle(table, estimand, dict(entry.specification.choices))
        assert sum(ends) == numerator
        assert len(ends) == (1 if estimand.unit == "events" else 2)
    at_reference = [
        e for e in found.range.values if e.specification == found.estimate.specification
    ]
    assert [e.value for e in at_reference] == [found.estimate.value]


@settings(max_examples=25)
@given(tables)
def test_exchanging_the_sides_mirrors_the_whole_multiverse(table: list[Row]) -> None:
    red = Estimand(statistic="share", code="red", among="topic", unit="events")
    (one,) = measure(records_of(table), red, pinned={})
    (other,) = measure(records_of(mirror(table)), replace(red, code="blue"), pinned={})
    assert sorted(map(str, (v.value for v in one.range.values))) == sorted(
        map(str, (v.value for v in other.range.values))
    )


def test_decisions_that_touch_nothing_are_named_and_not_multiplied() -> None:
    row = Row(
        first=0,
        spread=0,
        country="AAA",
        state="N",
        town="Upton",
        online=True,
        counter=False,
        recurring=False,
        later=False,
        copy=False,
        series=0,
        size=None,
        codes=(frozenset({"red"}), frozenset({"red"})),
    )
    table = [row, replace(row, online=False, town="Downton")]
    share = Estimand(statistic="share", code="red", among="topic", unit="events")
    (found,) = measure(records_of(table), share, pinned={})
    assert [d.decision_id for d in found.range.decisions] == ["online-events"]
    assert found.range.n_specifications == 2
    assert set(found.range.without_effect) == {
        d.decision_id for d in DECISIONS if d.decision_id != "online-events"
    }
    (pinned,) = measure(records_of(table), share, pinned={"online-events": "left-out"})
    assert pinned.range.n_specifications == 1
    assert pinned.estimate.n == 1


def test_unknown_choices_and_open_references_are_refused() -> None:
    share = Estimand(statistic="share", code="red", among="topic", unit="events")
    with pytest.raises(UsageError, match="'colour'"):
        measure(records_of([]), share, pinned={"colour": "x"})
    with pytest.raises(UsageError, match="'purple'"):
        measure(records_of([]), share, pinned={"extra": "purple"})
    partial = replace(DEFINITIONS, reference={"wording": "narrow"})
    with pytest.raises(DefinitionError, match="leaves open") as caught:
        measure(replace(records_of([]), definitions=partial), share, pinned={})
    assert all(d.decision_id in str(caught.value) for d in MEASURE_DECISIONS)
