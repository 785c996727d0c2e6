"""Which dataset would decide a claim: never none, and always with a command."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundswell.checking.needed import datasets_that_decide
from groundswell.core.dates import Window
from groundswell.core.places import WORLD, Place
from groundswell.core.sources import Coverage, Source
from unit.checking.made import (
    APRIL,
    MARCH,
    NORLAND,
    NORTH,
    SPRING,
    SUDLAND,
    claim,
    percent,
    source,
)


def dataset(
    name: str, window: Window, place: Place = NORLAND, *, selection: str = "all"
) -> Source:
    coverage = Coverage(
        places=(place,),
        window=window,
        selection=selection,  # type: ignore[arg-type]  # one of the literals
    )
    return source(source_id=name, title=name.title(), coverage=coverage)


ALWAYS = dataset("always", Window(start=date(2020, 1, 1)))
NONE_KNOWN = "No dataset that Groundswell knows covers this."


@pytest.mark.parametrize(
    ("asked", "sources", "expected", "why"),
    [
        ({}, [ALWAYS], ["Always"], "It covers Norland, since 1 January 2020."),
        ({"place": NORTH}, [ALWAYS], ["Always"], "It covers North Norland, since"),
        # two of one producer, each for a part of the days
        (
            {"window": SPRING},
            [dataset("first", MARCH), dataset("second", APRIL)],
            ["First", "Second"],
            "1 to 31 March 2031",
        ),
        ({"window": SPRING}, [dataset("first", MARCH)], [], NONE_KNOWN),
        ({"place": None}, [ALWAYS], [], NONE_KNOWN),
        ({"place": SUDLAND}, [ALWAYS], [], NONE_KNOWN),
        ({"place": None}, [dataset("all", Window(), WORLD)], ["All"], "the world."),
        ({}, [dataset("part", SPRING, NORTH)], [], NONE_KNOWN),
        ({}, [dataset("dam", SPRING, selection="one-topic")], [], NONE_KNOWN),
        ({}, [dataset("dam", SPRING, selection="unknown")], [], NONE_KNOWN),
        ({}, [replace(ALWAYS, subject="mentions")], [], NONE_KNOWN),
        ({}, [replace(ALWAYS, subject="wider")], ["Always"], "It covers Norland"),
        ({"source": "SLP"}, [ALWAYS], ["Always"], "It covers"),
        ({"source": "Dam Watch"}, [ALWAYS], [], NONE_KNOWN),
        ({"window": None}, [ALWAYS], ["Always"], "only with dates can it be decided"),
        (
            {"window": Window(start=MARCH.start)},
            [ALWAYS],
            ["Always"],
            "give --published to close them",
        ),
        ({}, [], [], NONE_KNOWN),
    ],
)
def test_the_datasets_that_would_decide(
    asked: dict[str, object], sources: list[Source], expected: list[str], why: str
) -> None:
    found = datasets_that_decide(claim(percent(80), **asked), sources)
    assert why in found[0].why
    if expected:
        assert [needed.dataset for needed in found] == expected
        return
    (record,) = found
    place = asked.get("place", NORLAND) or WORLD
    assert isinstance(place, Place)
    assert place.name in record.dataset
    assert ("by Dam Watch" in record.dataset) is (asked.get("source") == "Dam Watch")


windows = st.none() | st.sampled_from(
    [MARCH, APRIL, SPRING, Window(start=MARCH.start), Window(end=MARCH.end), Window()]
)
places = st.sampled_from([None, WORLD, NORLAND, NORTH, SUDLAND])


@given(
    windows,
    places,
    st.sampled_from(["", "SLP", "Dam Watch"]),
    st.lists(
        st.builds(
            dataset,
            st.sampled_from(["first", "second"]),
            windows.map(lambda w: w or Window()),
            places.map(lambda p: p or WORLD),
            selection=st.sampled_from(["all", "one-topic", "unknown"]),
        ),
        max_size=3,
    ),
)
def test_something_is_always_named_with_the_command_that_gets_it(
    window: Window | None, place: Place | None, by: str, sources: list[Source]
) -> None:
    asked = claim(percent(80), window=window, place=place, source=by)
    found = datasets_that_decide(asked, sources)
    assert found
    for needed in found:
        assert needed.dataset
        assert needed.why
        assert needed.command.startswith("groundswell ")
    if sources and all(one.coverage.selection != "all" for one in sources):
        assert NONE_KNOWN in found[0].why
