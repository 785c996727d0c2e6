"""Published figures held against a claim: relation, origin, missing words, order."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundswell.checking.candidates import match_figures, may_decide
from groundswell.core.dates import Window
from groundswell.core.figures import Figure
from groundswell.core.places import WORLD, Place
from groundswell.core.verdicts import FigureMatch
from unit.checking.made import (
    APRIL,
    LEDGER,
    MARCH,
    NORLAND,
    NORTH,
    PUBLISHED,
    SPRING,
    SUDLAND,
    claim,
    derived,
    figure,
    percent,
)

LATE_MARCH = Window(start=date(2031, 3, 20), end=MARCH.end)


def match(
    of: Figure, *, says: float = 86, published: date | None = PUBLISHED, **asked: object
) -> FigureMatch:
    (found,) = match_figures(claim(percent(says), **asked), [of], published=published)
    return found


@pytest.mark.parametrize(
    ("asked", "of", "relation", "missing"),
    [
        ({}, {}, "same", ("according to SLP",)),
        ({"source": "SLP"}, {}, "same", ()),
        ({"source": "Street Ledger"}, {}, "same", ()),
        (
            {"window": SPRING},
            {},
            "inside",
            ("1 to 31 March 2031", "according to SLP"),
        ),
        ({"place": None, "source": "SLP"}, {}, "inside", ("in Norland",)),
        ({"window": None, "source": "SLP"}, {}, "inside", ("1 to 31 March 2031",)),
        (
            {"window": Window(start=MARCH.start), "place": WORLD},
            {},
            "inside",
            ("1 to 31 March 2031", "in Norland", "according to SLP"),
        ),
        # to the day
        (
            {"window": Window(start=MARCH.start, end=date(2031, 3, 30))},
            {},
            "wider",
            (),
        ),
        ({"place": NORTH}, {}, "wider", ()),
        ({}, {"window": SPRING}, "wider", ()),
        ({"place": NORTH, "window": SPRING}, {}, "overlaps", ()),
        ({"window": Window(start=LATE_MARCH.start, end=APRIL.end)}, {}, "overlaps", ()),
        ({"window": APRIL}, {}, "apart", ()),
        ({"place": SUDLAND}, {}, "apart", ()),
        ({"place": None}, {"place": WORLD}, "same", ("according to SLP",)),
    ],
)
def test_how_the_scope_of_a_figure_stands_to_a_claim(
    asked: dict[str, object],
    of: dict[str, object],
    relation: str,
    missing: tuple[str, ...],
) -> None:
    found = match(figure(0.86, **of), **asked)
    assert (found.relation, found.missing_words) == (relation, missing)


PLACES = (WORLD, NORLAND, NORTH, SUDLAND)
DAYS = [date(2031, 3, day) for day in range(1, 7)]
windows = st.tuples(st.sampled_from(DAYS), st.sampled_from(DAYS)).map(
    lambda ends: Window(start=min(ends), end=max(ends))
)
TOWNS = {(): "nsx", ("XNL",): "ns", ("XNL", "N"): "n", ("XSL",): "x"}


def cells(window: Window | None, place: Place | None) -> set[tuple[date, str]]:
    """Every day in every smallest part of the world."""
    days = [d for d in DAYS if window is None or window.covers(Window(start=d, end=d))]
    return {(day, town) for day in days for town in TOWNS[(place or WORLD).path]}


@given(windows, st.sampled_from(PLACES), windows, st.none() | st.sampled_from(PLACES))
def test_relations_are_those_of_sets_of_days_and_places(
    held: Window, place: Place, asked: Window, asked_place: Place | None
) -> None:
    found = match(figure(0.86, window=held, place=place), window=asked, place=asked_place)
    own, other = cells(asked, asked_place), cells(held, place)
    expected = (
        "same"
        if own == other
        else "inside"
        if other < own
        else "wider"
        if own < other
        else "overlaps"
        if own & other
        else "apart"
    )
    assert found.relation == expected


@pytest.mark.parametrize(
    ("asked", "of", "published", "is_origin"),
    [
        ({}, {}, PUBLISHED, True),
        ({"window": SPRING}, {}, PUBLISHED, True),  # begins on the same day, narrower
        ({"place": None}, {}, PUBLISHED, True),
        ({"window": SPRING}, {"window": LATE_MARCH}, PUBLISHED, False),
        ({"window": None}, {}, PUBLISHED, False),
        ({"window": LATE_MARCH}, {}, PUBLISHED, False),  # wider
        ({"window": APRIL}, {}, PUBLISHED, False),
        ({}, {"values": (derived(0.86),)}, PUBLISHED, False),
        ({}, {"read": "unread"}, PUBLISHED, False),
        ({}, {"read": "repost"}, PUBLISHED, True),
        ({}, {}, date(2031, 5, 1), False),  # printed after the article
        ({}, {}, None, False),
        ({"source": "Dam Watch"}, {}, PUBLISHED, False),
        ({"source": "SLP"}, {}, PUBLISHED, True),
        ({"source": "The Valley Post"}, {}, PUBLISHED, True),
    ],
)
def test_what_makes_a_figure_the_probable_origin(
    asked: dict[str, object],
    of: dict[str, object],
    published: date | None,
    is_origin: bool,
) -> None:
    found = match(figure(0.86, **of), published=published, **asked)
    assert found.holds
    assert found.is_probable_origin is is_origin


def test_a_figure_that_does_not_hold_is_listed_and_is_no_origin() -> None:
    found = match(figure(0.7), says=86)
    assert not found.holds
    assert not found.is_probable_origin


@pytest.mark.parametrize(
    ("asked", "of", "is_listed"),
    [
        ({}, {"side": "against"}, False),
        ({}, {"statistic": "count"}, False),
        ({}, {"unit": "participants"}, False),
        ({}, {"codebook_id": "bridge"}, False),
        ({}, {"among": "all"}, False),
        ({"among": "all"}, {}, False),
        ({"among": "all"}, {"among": "all"}, True),
        ({}, {"among": "sided"}, True),
        ({"among": "sided"}, {}, True),
        ({"statistic": "count", "among": "all"}, {"statistic": "count"}, True),
    ],
)
def test_only_figures_of_the_same_quantity_are_listed(
    asked: dict[str, object], of: dict[str, object], is_listed: bool
) -> None:
    found = match_figures(
        claim(percent(86), **asked), [figure(0.86, **of)], published=PUBLISHED
    )
    assert bool(found) is is_listed


def test_the_nearest_scope_comes_first_and_in_it_those_that_hold() -> None:
    made = [
        figure(0.7, figure_id="a-same-fails"),
        figure(0.86, figure_id="b-same-holds"),
        figure(0.86, figure_id="c-apart", window=APRIL),
        figure(0.86, figure_id="d-inside", window=LATE_MARCH),
        figure(0.86, figure_id="e-wider", window=SPRING),
        figure(0.86, figure_id="f-overlaps", place=WORLD, window=LATE_MARCH),
    ]
    for figures in (made, made[::-1]):
        found = match_figures(claim(percent(86)), figures, published=PUBLISHED)
        assert [m.figure.figure_id[0] for m in found] == list("badefc")


def test_what_was_not_read_or_is_anothers_count_may_not_decide() -> None:
    named = claim(percent(86), source="SLP")
    found = match(figure(0.86), source="SLP")
    assert may_decide(named, found)
    assert not may_decide(named, replace(found, figure=figure(0.86, read="unread")))
    other = figure(0.86, producer="Dam Watch")
    assert not may_decide(named, replace(found, figure=other))
    assert may_decide(claim(percent(86)), replace(found, figure=other))
    assert other.producer != LEDGER
