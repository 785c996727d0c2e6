"""Results: ledgers that add up, windows, places, serialisation and its schema."""

import json
from dataclasses import fields, is_dataclass, replace
from datetime import date, timedelta

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundswell.core import claims, estimates, measurements, sources, verdicts
from groundswell.core.dates import Window
from groundswell.core.decisions import Decision, Option, Specification, all_specifications
from groundswell.core.errors import (
    EXIT_CODES,
    GroundswellError,
    LedgerError,
    MissingExtraError,
    UsageError,
)
from groundswell.core.estimates import Interval
from groundswell.core.ledger import Ledger, LedgerLine
from groundswell.core.places import WORLD, Place
from groundswell.core.schema import json_schema
from groundswell.core.serialise import canonical, to_json

days = st.dates(date(2000, 1, 1), date(2030, 1, 1))
windows = st.tuples(st.none() | days, st.none() | days).map(
    lambda ends: Window(
        start=min(filter(None, ends), default=None) if ends[0] else None,
        end=max(filter(None, ends), default=None) if ends[1] else None,
    )
)


def line(reason: str, n: int) -> LedgerLine:
    return LedgerLine(reason=reason, label=reason, n=n, kind="left")


@given(st.lists(st.integers(0, 50), max_size=6), st.integers(-3, 3))
def test_a_ledger_that_does_not_add_up_is_not_built(counts: list[int], off: int) -> None:
    lines = tuple(line(f"r{i}", n) for i, n in enumerate(counts))
    rows_in = sum(counts) + off
    if off == 0:
        assert Ledger(rows_in=rows_in, unit="row", lines=lines).left == rows_in
    else:
        with pytest.raises(LedgerError):
            Ledger(rows_in=rows_in, unit="row", lines=lines)


def test_a_ledger_names_each_reason_once_and_has_no_negative_count() -> None:
    with pytest.raises(LedgerError, match="once"):
        Ledger(rows_in=2, unit="row", lines=(line("a", 1), line("a", 1)))
    with pytest.raises(LedgerError, match="negative"):
        Ledger(rows_in=0, unit="row", lines=(line("a", 1), line("b", -1)))


@given(windows, windows)
def test_windows_agree_with_their_days(one: Window, other: Window) -> None:
    def has(window: Window, day: date) -> bool:
        after = window.start is None or day >= window.start
        return after and (window.end is None or day <= window.end)

    edges = {d for w in (one, other) for d in (w.start, w.end) if d is not None}
    probes = {d + timedelta(days=k) for d in edges for k in (-1, 0, 1)}
    probes |= {date(1990, 1, 1), date(2040, 1, 1)}
    assert one.intersects(other) == any(has(one, d) and has(other, d) for d in probes)
    assert one.covers(other) == all(has(one, d) for d in probes if has(other, d))


def test_places_contain_by_prefix() -> None:
    usa = Place(path=("USA",), name="the United States")
    ohio = Place(path=("USA", "OH"), name="Ohio")
    assert WORLD.contains(usa)
    assert usa.contains(ohio)
    assert not ohio.contains(usa)
    assert ohio.overlaps(WORLD)
    assert not ohio.overlaps(Place(path=("USA", "CA"), name="California"))
    assert (WORLD.code, ohio.code) == ("world", "USA/OH")


def test_specifications_are_all_and_each_once() -> None:
    decisions = [
        Decision(
            decision_id=name,
            question="?",
            options=tuple(Option(option_id=o, label=o) for o in options),
            declared_in="measures",
        )
        for name, options in (("b", "xy"), ("a", "uvw"))
    ]
    found = list(all_specifications(decisions))
    assert len({s.text for s in found}) == len(found) == 6
    assert found[0] == Specification.of({"a": "u", "b": "x"})
    with pytest.raises(UsageError, match="'z'"):
        decisions[0].option("z")


def test_intervals_say_what_they_are() -> None:
    Interval(low=0, high=1, kind="bounds", basis="sizes")
    with pytest.raises(ValueError, match="level"):
        Interval(low=0, high=1, kind="confidence", basis="Wilson")
    with pytest.raises(ValueError, match="from 1 to 0"):
        Interval(low=1, high=0, kind="bounds", basis="sizes")


@given(
    st.floats(0, 1),
    st.floats(0, 1),
    st.booleans(),
    st.booleans(),
    st.floats(0, 1),
)
def test_what_words_allow_is_an_interval(
    a: float, b: float, low_open: bool, high_open: bool, x: float
) -> None:
    value = claims.ClaimValue(
        printed=a,
        comparator="equal",
        low=min(a, b),
        high=max(a, b),
        low_open=low_open,
        high_open=high_open,
    )
    inside = (x >= value.low if not low_open else x > value.low) and (
        x <= value.high if not high_open else x < value.high
    )
    assert value.admits(x, x) == inside
    assert value.distance(x, x) == max(value.low - x, x - value.high, 0.0)


def test_errors_say_what_was_allowed_and_what_to_do() -> None:
    error = MissingExtraError("trafilatura", extra="read", purpose="HTML")
    assert "pip install 'groundswell[read]'" in str(error)
    classes = [GroundswellError]
    for cls in classes:
        classes += cls.__subclasses__()
        assert cls.exit_code in EXIT_CODES


RESULTS = [
    (verdicts.ArticleCheck, "check"),
    (measurements.MeasurementSet, "measure"),
    (claims.Reading, "reading"),
    (sources.IngestResult, "ingest"),
    (estimates.Range, "range"),
]


@pytest.mark.parametrize(("kind", "name"), RESULTS)
def test_every_result_type_has_a_valid_schema(kind: type, name: str) -> None:
    schema = json_schema(kind, title=name)
    jsonschema.Draft202012Validator.check_schema(schema)
    assert json.loads(json.dumps(schema)) == schema


def test_results_match_their_schema_and_working_material_stays_inside() -> None:
    whole = estimates.Range(
        low=0.1,
        high=0.9,
        low_at=Specification.of({"a": "u"}),
        high_at=None,
        published_low=None,
        published_high=None,
        median=0.5,
        n_specifications=2,
        n_undefined=0,
        decisions=(),
        without_effect=(),
        neighbours=(),
        values=(),
    )
    plain = to_json(whole)
    assert isinstance(plain, dict)
    assert "values" not in plain
    jsonschema.validate(plain, json_schema(estimates.Range, title="range"))
    assert canonical(whole) == canonical(replace(whole))
    with pytest.raises(ValueError, match="not JSON compliant"):
        canonical(replace(whole, median=float("nan")))
    with pytest.raises(TypeError, match="no place"):
        to_json(object())


def test_result_types_are_frozen_slotted_and_explained() -> None:
    for module in (claims, estimates, sources, verdicts):
        for cls in vars(module).values():
            if (
                isinstance(cls, type)
                and is_dataclass(cls)
                and cls.__module__ == module.__name__
            ):
                assert cls.__doc__, cls
                assert "__slots__" in vars(cls), cls
                assert cls.__dataclass_params__.frozen, cls  # type: ignore[attr-defined]
                assert fields(cls), cls
