"""Sides and topics from a codebook's words alone: an invented cause, both sides alike."""

import pytest

from groundswell.codebook.model import SideTerms, Vocabulary
from groundswell.reading import read_article
from groundswell.reading.terms import TermFinder

_TRAMS = Vocabulary(
    codebook_id="trams",
    topic_terms=("tram line", "tram lines"),
    sides=(
        SideTerms(code="pro-tram", label="for", terms=("pro-tram", "for the tram*")),
        SideTerms(code="pro-bus", label="against", terms=("pro-bus", "for the bus*")),
        SideTerms(code="anti-toll", label="tolls", terms=("anti-toll",)),
    ),
    named_dates={},
)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("pro-{x}", "pro-{x}"),
        ("Pro\u2011{x}", "pro-{x}"),
        ("pro {x}", "pro-{x}"),
        ("supported the {x}", "pro-{x}"),
        ("backed {x}s", "pro-{x}"),
        ("sided with the {x}", "pro-{x}"),
        ("in favour of the {x}", "pro-{x}"),
        ("in solidarity with {x}s", "pro-{x}"),
        ("sympathetic to the {x} cause", "pro-{x}"),
        ("took the {x} side", "pro-{x}"),
        ("marched in support of the {x}", "pro-{x}"),
        ("supported {x} drivers", ""),
        ("opposed the {x}", ""),
        ("{x}s", ""),
        ("projected {x}", ""),
    ],
)
@pytest.mark.parametrize("x", ["tram", "bus"])
def test_ways_to_take_a_side_follow_from_its_terms(words: str, code: str, x: str) -> None:
    hits = TermFinder(_TRAMS).find(words.format(x=x))
    assert "".join(hit.code for hit in hits) == code.format(x=x)


@pytest.mark.parametrize("words", ["opposed tolls", "were against tolls", "anti-toll"])
def test_what_a_side_is_against_counts_for_it(words: str) -> None:
    assert [hit.code for hit in TermFinder(_TRAMS).find(words)] == ["anti-toll"]


@pytest.mark.parametrize(
    ("words", "roles"),
    [
        ("protests about the tram line", ["topic"]),
        ("protests over the new tram lines and the bus", ["topic"]),
        ("tram line protests", ["mention"]),
        ("tram-line-related protests", ["mention"]),
        ("protests related to the conflict", ["topic"]),
        ("protests related to the conflict in Ruritania", []),
        ("concerned the tram line", ["topic-verb"]),
    ],
)
def test_topic_is_recognised_as_such(words: str, roles: list[str]) -> None:
    assert [hit.role for hit in TermFinder(_TRAMS).find(words)] == roles


@pytest.mark.parametrize(
    "sentence",
    [
        "86 percent of these protests were pro-{x}.",
        "Pro-{x} rallies made up nearly nine in ten protests in Italy in 2022.",
        "Of the 400 marches, 86 percent backed the {x} and 12 percent the others.",
        "Some 1,869 pro-{x} protests were recorded, according to the Lantern.",
    ],
)
def test_sides_exchanged_give_the_same_reading_exchanged(sentence: str) -> None:
    readings = [
        read_article(
            sentence.format(x=x), name="text", vocabularies=(_TRAMS,), published=None
        )
        for x in ("tram", "bus")
    ]
    one, other = (reading.claims[0] for reading in readings)
    assert (one.scope.side, other.scope.side) == ("pro-tram", "pro-bus")
    assert one.value == other.value
    assert one.check_worthiness == other.check_worthiness
    assert (one.scope.place, one.scope.window) == (other.scope.place, other.scope.window)


def test_what_stands_for_two_sides_settles_neither() -> None:
    vocabulary = Vocabulary(
        codebook_id="parks",
        topic_terms=(),
        sides=(
            SideTerms(code="a", label="", terms=("pro-park", "for shade")),
            SideTerms(code="b", label="", terms=("pro-road", "for shade")),
        ),
        named_dates={},
    )
    assert TermFinder(vocabulary).find("backed shade") == ()
