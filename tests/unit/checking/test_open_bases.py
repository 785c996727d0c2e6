"""Shares whose words leave their base open: the printed table, for every pair."""

from itertools import product
from typing import get_args

import pytest

from groundswell.checking.open_bases import settle_open_base
from groundswell.core.claims import ClaimAmong
from groundswell.core.verdicts import FigureMatch, Flip, Verdict, VerdictKind
from unit.checking.made import claim, figure, percent

FLIP = Flip(
    decision_id="wording",
    question="Which words count?",
    holds_with=("narrow",),
    fails_with=("broad",),
)
SUPPORTED = {"reproduced", "traced", "narrower"}


def verdict(kind: VerdictKind, among: ClaimAmong, *, known: float, by: str) -> Verdict:
    """Make a verdict on 80 percent, with a figure of the same scope that was read."""
    return Verdict(
        claim=claim(percent(80), among=among, source=by),
        kind=kind,
        answer="The rows say so.",
        reasons=("Rows.",),
        missing_words=("in Norland",) if kind == "narrower" else (),
        flips=(FLIP,) if kind == "depends" else (),
        off_by={"topic": 0.2, "all": 0.4}[among] if kind == "contradicted" else None,
        figures=(
            FigureMatch(
                figure=figure(known),
                relation="same",
                holds=False,
                is_probable_origin=False,
                missing_words=(),
            ),
        ),
    )


def expected(literal: str, topic: str, *, says_more: bool, by: str) -> str:
    """Walk down the printed table."""
    if literal == topic:
        return topic
    if topic == "contradicted" and says_more:
        return "contradicted"
    if literal in {"reproduced", "traced"}:
        return literal
    if topic == "traced" and by:
        return "traced"
    if topic in SUPPORTED or literal == "narrower":
        return "narrower"
    return "depends" if "depends" in {literal, topic} else "undecidable"


KINDS = [kind for kind in get_args(VerdictKind) if kind != "inconsistent"]


@pytest.mark.parametrize("says_more", [True, False])
@pytest.mark.parametrize("by", ["", "SLP"])
@pytest.mark.parametrize(
    ("literal", "topic"), [*product(KINDS, KINDS), ("inconsistent", "inconsistent")]
)
def test_every_pair_of_verdicts_gives_that_of_the_table(
    literal: VerdictKind, topic: VerdictKind, by: str, says_more: bool
) -> None:
    known = 0.6 if says_more else 0.9
    first = verdict(topic, "topic", known=known, by=by)
    second = verdict(literal, "all", known=known, by=by)
    found = settle_open_base(first, second)
    assert found.kind == expected(literal, topic, says_more=says_more, by=by)
    assert "all protests are meant or those on the dam" in found.reasons[0]
    assert (found.off_by is not None) is (found.kind == "contradicted")
    if literal == topic == "contradicted" and not says_more:
        assert found.off_by == 0.2  # the nearer of the two
    if found.kind == "depends" and literal != topic:
        assert found.flips[0].decision_id == "among"
        assert found.flips[1:] == (FLIP,)
    rests_on_topic = topic in SUPPORTED and literal != topic
    if rests_on_topic and literal not in {"reproduced", "traced"}:
        assert found.missing_words[0] == "on the dam"
        assert found.missing_words[1:] == first.missing_words
        assert "protests on the dam" in found.answer
        assert "all protests" in found.answer


@pytest.mark.parametrize(
    ("base", "holds", "fails"),
    [
        ("topic", "those on the topic", "all, whatever their cause"),
        ("all", "all, whatever their cause", "those on the topic"),
    ],
)
def test_the_reading_is_the_first_thing_that_flips_it(
    base: str, holds: str, fails: str
) -> None:
    kinds: dict[str, VerdictKind] = {"topic": "undecidable", "all": "undecidable"}
    kinds[base] = "depends"
    found = settle_open_base(
        verdict(kinds["topic"], "topic", known=0.9, by=""),
        verdict(kinds["all"], "all", known=0.9, by=""),
    )
    assert found.flips[0].holds_with == (holds,)
    assert found.flips[0].fails_with == (fails,)
