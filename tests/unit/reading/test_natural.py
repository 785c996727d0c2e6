"""Sentences as news prose writes them: what is read, and what is rather left alone."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest

from unit.reading.readers import in_short, read, read_only

_FILE = Path(__file__).with_name("natural.txt")


@dataclass(kw_only=True)
class Case:
    line: int
    sentence: str
    published: date | None
    claims: list[str] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)


def _cases() -> list[Case]:
    cases: list[Case] = []
    published: date | None = None
    lines = _FILE.read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines, start=1):
        mark, words = line[:1], line[1:].strip()
        if mark == "@":
            published = None if words == "unknown" else date.fromisoformat(words)
        elif mark == "=":
            cases[-1].claims += [words] if words else []
        elif mark == "!":
            cases[-1].reasons.append(words)
        elif mark != "#":
            cases.append(Case(line=number, sentence=line, published=published))
    return cases


@pytest.mark.parametrize("case", _cases(), ids=lambda case: f"line{case.line}")
def test_sentence_gives_exactly_the_scope_that_it_states(case: Case) -> None:
    reading = read(case.sentence, published=case.published)
    claims = sorted(reading.claims, key=lambda c: int(c.claim_id[1:]))
    assert [in_short(claim) for claim in claims] == case.claims
    reasons = [statement.why for statement in reading.unchecked]
    for reason in case.reasons:
        assert any(reason in why for why in reasons), reasons


@pytest.mark.parametrize(
    ("sentence", "words", "reason"),
    [
        (
            "86 percent of pro-Israel protests were peaceful.",
            "86 percent",
            "hang together",
        ),
        ("86 percent of student protests were pro-Israel.", "86 percent", "narrower set"),
        ("86 percent of protests were not pro-Israel.", "86 percent", "negated"),
        (
            "If 86 percent of protests were pro-Israel, then so.",
            "86 percent",
            "conditional",
        ),
        ("Were 86 percent of protests pro-Israel?", "86 percent", "asks"),
        ("It is false that 86 percent of protests were pro-Israel.", "86", "false"),
        ("Pro-Israel protests rose 86 percent.", "86 percent", "change"),
        (
            "86 percent of Americans support Israel.",
            "86 percent",
            "not a share of protests",
        ),
        (
            "In 2020 five million Palestinians were trapped.",
            "five million",
            "not a quantity",
        ),
        ("86 percent of protests in Rome were pro-Israel.", "86 percent", "in Rome"),
        ("86 percent of protests in Georgia were pro-Israel.", "86", "several places"),
        ("12 percent of rallies nationwide were pro-Israel.", "12", "without its name"),
        (
            "86 percent of rallies were pro-Israel and pro-Palestine.",
            "86",
            "several sides",
        ),
        ("Pro-Israel rallies outnumbered pro-Palestine ones six to one.", "out", "ratio"),
        ("Police broke up 1,869 pro-Israel protests.", "1,869", "what was counted"),
        ("Solidarity has reached critical mass.", "critical mass", "threshold"),
        ("They used unprecedented language.", "unprecedented", "without equal"),
        ("The South is back at the forefront.", "back at the forefront", "trend"),
    ],
)
def test_number_that_is_no_claim_comes_with_its_reason(
    sentence: str, words: str, reason: str
) -> None:
    reading = read(sentence)
    assert reading.claims == ()
    (statement,) = reading.unchecked
    assert statement.words.text.startswith(words)
    assert reason in statement.why


def test_side_of_another_codebook_is_named_as_not_looked_for() -> None:
    reading = read_only("israel-palestine", "86 percent of the protests were pro-choice.")
    (statement,) = reading.unchecked
    assert reading.claims == ()
    assert "was looked for (Israel and Palestine)" in statement.why


def test_all_codebooks_that_were_looked_for_are_named() -> None:
    reading = read("86 percent of the protests about the climate were peaceful.")
    (statement,) = reading.unchecked
    titles = "(Israel and Palestine; Abortion in the United States)"
    assert titles in statement.why


def test_a_note_on_many_claims_is_given_once() -> None:
    sentence = "In 2024, 86 percent of protests in {} were pro-Israel."
    text = " ".join(map(sentence.format, ("Italy", "Spain", "France", "Chile")))
    (note,) = read(text).notes
    assert note == "c1, c2 and 2 more: 'In 2024' is read up to publication on 2024-03-05."
    (note,) = read(sentence.format("Italy")).notes
    assert note.startswith("c1: ")


def test_topic_without_a_name_belongs_to_a_codebook_only_where_one_is_in_sight() -> None:
    bare = "38 percent of all protests were about the conflict."
    assert read(bare).claims == ()
    assert "does not name" in read(bare).unchecked[0].why
    named = f"{bare} Gaza was on every banner."
    assert [in_short(claim) for claim in read(named).claims] == ["38% - all"]


def test_sentence_that_fits_two_codebooks_is_read_with_one_and_noted() -> None:
    reading = read("Gaza, abortion: 38 percent of all protests concerned the issue.")
    assert [in_short(claim) for claim in reading.claims] == ["38% - all"]
    assert "fits several codebooks (israel-palestine, us-abortion)" in reading.notes[0]
