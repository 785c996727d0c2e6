"""What part of a claim's scope records can speak to, against a walk over its days."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundswell.checking.coverage import RowsScope, relate_rows, same_producer
from groundswell.core.dates import Window
from groundswell.core.places import WORLD, Place
from groundswell.core.sources import Coverage, Snapshot
from unit.checking.made import (
    APRIL,
    LEDGER,
    MARCH,
    NORLAND,
    NORTH,
    SPRING,
    SUDLAND,
    scope,
    snapshot,
    source,
)

SOUTH = Place(path=("XNL", "S"), name="South Norland")
SINCE_MARCH = Window(start=MARCH.start)
UNTIL_MARCH = Window(end=MARCH.end)
FEBRUARY = Window(start=date(2031, 2, 1), end=date(2031, 2, 28))
JUNE = Window(start=date(2031, 6, 1), end=date(2031, 6, 30))


def days_of(found: RowsScope) -> tuple[date | None, date | None] | None:
    return None if found.window is None else (found.window.start, found.window.end)


@pytest.mark.parametrize(
    ("asked", "held", "relation", "part"),
    [
        # the words: window, place and source of the claim; what is held; the part of it
        ({}, [snapshot()], "covers", (MARCH, NORLAND)),
        ({}, [snapshot(MARCH)], "covers", (MARCH, NORLAND)),
        ({"place": NORTH}, [snapshot()], "covers", (MARCH, NORTH)),
        ({}, [snapshot(places=(SUDLAND, NORLAND))], "covers", (MARCH, NORLAND)),
        ({}, [snapshot(places=(WORLD,))], "covers", (MARCH, NORLAND)),
        ({}, [snapshot(Window())], "covers", (MARCH, NORLAND)),
        ({}, [], "none", None),
        # no place is the whole world, which a record of the world covers
        ({"place": None}, [snapshot(places=(WORLD,))], "covers", (MARCH, None)),
        ({"place": WORLD}, [snapshot(places=(WORLD,))], "covers", (MARCH, WORLD)),
        ({"place": None}, [snapshot()], "inside", (MARCH, NORLAND)),
        ({"place": WORLD}, [snapshot()], "inside", (MARCH, NORLAND)),
        # no window is any time; one that stays open is covered by nothing
        ({"window": None}, [snapshot()], "inside", (SPRING, NORLAND)),
        ({"window": None}, [snapshot(SINCE_MARCH)], "inside", (SINCE_MARCH, NORLAND)),
        ({"window": SINCE_MARCH}, [snapshot()], "inside", (SPRING, NORLAND)),
        (
            {"window": SINCE_MARCH},
            [snapshot(SINCE_MARCH)],
            "inside",
            (SINCE_MARCH, NORLAND),
        ),
        ({"window": SINCE_MARCH}, [snapshot(Window())], "inside", (SINCE_MARCH, NORLAND)),
        ({"window": UNTIL_MARCH}, [snapshot(Window())], "inside", (UNTIL_MARCH, NORLAND)),
        ({"window": UNTIL_MARCH}, [snapshot()], "inside", (MARCH, NORLAND)),
        # a part of the days, or of the place
        ({"window": SPRING}, [snapshot(APRIL)], "inside", (APRIL, NORLAND)),
        ({}, [snapshot(places=(NORTH,))], "inside", (MARCH, NORTH)),
        ({}, [snapshot(FEBRUARY)], "apart", None),
        ({}, [snapshot(places=(SUDLAND,))], "apart", None),
        # several files together cover days, and never a place of which they are parts
        (
            {"window": SPRING},
            [snapshot(MARCH), snapshot(APRIL)],
            "covers",
            (SPRING, NORLAND),
        ),
        (
            {"window": SPRING},
            [snapshot(MARCH), snapshot(JUNE)],
            "inside",
            (MARCH, NORLAND),
        ),
        ({"window": SPRING}, [snapshot(FEBRUARY), snapshot(JUNE)], "apart", None),
        ({}, [snapshot(places=(NORTH,)), snapshot(places=(SOUTH,))], "apart", None),
        (
            {"window": SPRING},
            [snapshot(MARCH), snapshot(APRIL, (NORTH,))],
            "inside",
            (MARCH, NORLAND),
        ),
        (
            {"window": SPRING},
            [snapshot(MARCH), snapshot(APRIL, (SUDLAND,))],
            "inside",
            (MARCH, NORLAND),
        ),
        ({}, [snapshot(), snapshot(FEBRUARY, (SUDLAND,))], "covers", (MARCH, NORLAND)),
        # searched for one topic, or for nobody knows what
        ({}, [snapshot(selection="one-topic")], "apart", None),
        ({}, [snapshot(selection="one-side")], "apart", None),
        ({}, [snapshot(), snapshot(selection="one-topic")], "apart", None),
        ({}, [snapshot(selection="unknown")], "apart", None),
        ({"place": None}, [snapshot(selection="unknown")], "apart", None),
        # who counted
        ({"source": "SLP"}, [snapshot()], "covers", (MARCH, NORLAND)),
        ({"source": "the Street Ledger"}, [snapshot()], "covers", (MARCH, NORLAND)),
        ({"source": "Dam Watch"}, [snapshot()], "apart", None),
        ({"source": "SLP"}, [snapshot(), snapshot(producer="Dam Watch")], "apart", None),
    ],
)
def test_the_part_of_a_scope_that_records_cover(
    asked: dict[str, object],
    held: list[Snapshot],
    relation: str,
    part: tuple[Window, Place | None] | None,
) -> None:
    found = relate_rows(scope(**asked), held)
    assert found.relation == relation
    assert bool(found.why) is (relation in {"inside", "apart"})
    if part is None:
        assert (found.window, found.place) == (None, None)
    else:
        assert days_of(found) == (part[0].start, part[0].end)
        assert found.place == part[1]


@pytest.mark.parametrize(
    ("asked", "held", "said"),
    [
        ({"place": None}, snapshot(), "no place, so it is about the whole world"),
        ({"place": SUDLAND}, snapshot(), "records cover Norland; the claim is about Sud"),
        ({"window": None}, snapshot(), "no window, so it is about any time"),
        ({"window": Window(text="ever")}, snapshot(), "no window, so it is about any"),
        (
            {"window": SINCE_MARCH},
            snapshot(),
            "leaves its dates open: since 1 March 2031",
        ),
        (
            {"window": FEBRUARY},
            snapshot(),
            "1 March to 30 April 2031; the claim is about",
        ),
        ({"source": "Dam Watch"}, snapshot(), "Dam Watch counted; these records are by"),
        ({}, snapshot(selection="one-side"), "one topic or one side only"),
        ({}, snapshot(selection="one-kind"), "protests of one kind only, and no others"),
        ({}, snapshot(selection="unknown"), "Nobody says whether made.csv holds"),
        (
            {},
            replace(snapshot(), source=source(subject="announcements")),
            "A row of made.csv does not stand for a protest that took place",
        ),
    ],
)
def test_why_records_do_not_cover_a_claim(
    asked: dict[str, object], held: Snapshot, said: str
) -> None:
    assert said in " ".join(relate_rows(scope(**asked), [held]).why)


@pytest.mark.parametrize("subject", ["mentions", "announcements", "other"])
def test_rows_that_are_no_protests_cover_nothing(subject: str) -> None:
    held = replace(snapshot(), source=source(subject=subject))
    assert relate_rows(scope(), [held]).relation == "apart"
    wider = replace(snapshot(), source=source(subject="wider"))
    assert relate_rows(scope(), [wider]).relation == "covers"


DAY_ZERO = date(2031, 1, 1)
LAST = 12
PLACES = (WORLD, NORLAND, NORTH, SOUTH, SUDLAND)


def window_of(ends: tuple[int, int]) -> Window:
    first, last = sorted(ends)
    return Window(
        start=DAY_ZERO + timedelta(days=first), end=DAY_ZERO + timedelta(days=last)
    )


windows = st.tuples(st.integers(0, LAST), st.integers(0, LAST)).map(window_of)
places = st.sampled_from(PLACES)
files = st.builds(snapshot, windows, st.lists(places, min_size=1, max_size=2))
scopes = st.builds(
    lambda window, place: scope(window=window, place=place),
    st.none() | windows,
    st.none() | places,
)


@given(scopes, st.lists(files, min_size=1, max_size=4))
def test_records_cover_a_claim_if_one_place_holds_each_of_its_days(
    asked: object, held: list[Snapshot]
) -> None:
    """Day by day: some file searched all of the place on it."""
    found = relate_rows(asked, held)  # type: ignore[arg-type]  # a scope
    window, place = asked.window, asked.place or WORLD  # type: ignore[attr-defined]
    days = [DAY_ZERO + timedelta(days=n) for n in range(LAST + 1)]
    searched = [
        any(s.coverage.covers(window=Window(start=d, end=d), place=place) for s in held)
        for d in days
        if window is not None and window.start <= d <= window.end
    ]
    assert (found.relation == "covers") == (bool(searched) and all(searched))


@given(windows, places, st.lists(windows, max_size=2), st.lists(files, max_size=3))
def test_covering_more_never_takes_a_claim_away(
    asked: Window, place: Place, split: list[Window], more: list[Snapshot]
) -> None:
    """Files that cover a claim, in one piece or in several, still do beside others."""
    said = scope(window=asked, place=place)
    cuts = sorted({w.start for w in split if w.start and asked.covers(w)})
    starts = sorted({asked.start, *cuts})
    ends = [start - timedelta(days=1) for start in starts[1:]] + [asked.end]
    held = [
        snapshot(Window(start=start, end=end), (place,))
        for start, end in zip(starts, ends, strict=True)
    ]
    assert relate_rows(said, held).relation == "covers"
    assert relate_rows(said, [*more, *held]).relation == "covers"
    for wider in (WORLD, place):
        coverage = Coverage(
            places=(SUDLAND, wider), window=Window(start=asked.start), selection="all"
        )
        grown = [replace(held[0], coverage=coverage), *held[1:]]
        assert relate_rows(said, grown).relation == "covers"


@given(scopes, st.lists(files, min_size=1, max_size=4))
def test_a_covered_part_lies_in_the_claim_and_was_searched(
    asked: object, held: list[Snapshot]
) -> None:
    found = relate_rows(asked, held)  # type: ignore[arg-type]
    if found.relation == "inside":
        assert found.window is not None
        assert found.place is not None
        window, place = asked.window, asked.place  # type: ignore[attr-defined]
        assert window is None or window.covers(found.window)
        assert (place or WORLD).contains(found.place)
        again = scope(window=found.window, place=found.place)
        assert relate_rows(again, held).relation == "covers"


@given(st.lists(windows, min_size=1, max_size=5), windows)
def test_files_of_parts_of_a_place_never_cover_it(
    held: list[Window], asked: Window
) -> None:
    parts = [snapshot(w, ((NORTH, SOUTH)[i % 2],)) for i, w in enumerate(held)]
    assert relate_rows(scope(window=asked), parts).relation in {"inside", "apart"}


@pytest.mark.parametrize(
    ("named", "known", "same"),
    [
        ("SLP", "Street Ledger People", True),
        ("Street Ledger", LEDGER, True),
        ("the street-ledger project", LEDGER, True),
        ("slp", LEDGER, True),
        ("The Street Ledger Project (SLP)", LEDGER, True),
        ("Armed Conflict Location and Event Data Project", "ACLED", True),
        ("ACLED", "Armed Conflict Location & Event Data (ACLED)", True),
        ("the Crowd Counting Consortium", "Crowd Counting Consortium (CCC)", True),
        ("Crowd Counting Consortium", "CCC", True),
        ("Dam Watch", LEDGER, False),
        ("the Center for Climate Control", "Crowd Counting Consortium (CCC)", False),
        ("Center for Climate Control", "Crowd Counting Consortium", False),
        ("Street", LEDGER, False),
        ("the", LEDGER, False),
        ("", LEDGER, False),
    ],
)
def test_a_producer_is_known_by_its_name_or_by_initials(
    named: str, known: str, same: bool
) -> None:
    assert same_producer(named, known) is same
    assert same_producer(known, named) is same
