"""Corrections by hand: drafted, applied, and refused with what is allowed."""

from datetime import date

import pytest

from groundswell.core.errors import DefinitionError
from groundswell.core.hashes import sha256_text
from groundswell.reading import apply_claims, draft_claims
from unit.reading.readers import in_short, read, vocabularies

_TEXT = (
    "The majority of global protests since October 7 were related to Israel and "
    "Palestine. Some 86 percent of these protests were “reportedly” pro-Palestine. "
    "Pro-Israel rallies had the rest, and 12 percent was their share."
)
_SENTENCE = _TEXT.split(". ")[1] + "."
_GUARD = f'id = "c2"\nexpect = "{_SENTENCE}"\n'


def _entry(*lines: str, guard: str = _GUARD) -> str:
    return "[[claim]]\n" + guard + "\n".join(lines)


def test_unchanged_draft_changes_nothing() -> None:
    reading = read(_TEXT)
    assert len(reading.claims) == 2
    assert apply_claims(reading, draft_claims(reading)) == reading
    assert apply_claims(reading, "") == reading


@pytest.mark.parametrize(
    ("lines", "expected", "changed"),
    [
        (['side = "pro-israel"'], "about 86% pro-israel topic world {w}", "side"),
        (['among = "all"'], "about 86% pro-palestine all world {w}", "among"),
        (
            ['unit = "participants"'],
            "about 86% pro-palestine topic people world {w}",
            "unit",
        ),
        (
            ['window = "2023-10-07..2023-10-27"'],
            "about 86% pro-palestine topic world 2023-10-07..2023-10-27",
            "window",
        ),
        (['window = ""'], "about 86% pro-palestine topic world", "window"),
        (['place = "USA/CA"'], "about 86% pro-palestine topic USA/CA {w}", "place"),
        (['place = ""'], "about 86% pro-palestine topic {w}", "place"),
        (
            ['source = "ACLED"'],
            "about 86% pro-palestine topic world {w} by ACLED",
            "source",
        ),
        (['value = "86 percent"'], "86% pro-palestine topic world {w}", "value"),
    ],
)
def test_given_keys_replace_what_was_read(
    lines: list[str], expected: str, changed: str
) -> None:
    reading = apply_claims(read(_TEXT), _entry(*lines))
    claim = next(claim for claim in reading.claims if claim.claim_id == "c2")
    assert in_short(claim) == expected.format(w="2023-10-07..2024-03-05")
    assert reading.notes[-1] == f"c2: {changed} set by hand."
    assert changed not in {word.part for word in claim.words}


def test_claim_can_be_dropped_and_named_by_the_hash_of_its_sentence() -> None:
    guard = f'id = "c2"\nexpect = "{sha256_text(_SENTENCE)[:12]}"\n'
    reading = apply_claims(read(_TEXT), _entry("drop = true", guard=guard))
    assert [claim.claim_id for claim in reading.claims] == ["c1"]
    assert all("c2" not in finding.claim_ids for finding in reading.arithmetic)


def test_claim_can_be_added_where_its_sentence_stands_once() -> None:
    sentence = _TEXT.split(". ")[2]
    text = _entry(
        'value = "12 percent"',
        'codebook = "israel-palestine"',
        'side = "pro-israel"',
        'among = "topic"',
        'unit = "events"',
        'window = "2023-10-07.."',
        guard=f'sentence = "{sentence}"\n',
    )
    reading = apply_claims(
        read(_TEXT), text, content=_TEXT.encode(), vocabularies=vocabularies()
    )
    added = next(claim for claim in reading.claims if claim.claim_id == "h1")
    assert in_short(added) == "12% pro-israel topic 2023-10-07.."
    assert _TEXT[added.sentence.start : added.sentence.end] == sentence
    assert added.scope.window is not None
    assert added.scope.window.start == date(2023, 10, 7)
    with pytest.raises(DefinitionError, match="2 times"):
        apply_claims(read(_TEXT), text, content=f"{_TEXT} {_TEXT}")
    # a sentence that the reading lists needs no text
    assert apply_claims(read(_TEXT), text).claims == reading.claims
    with pytest.raises(DefinitionError, match="0 times among the sentences"):
        apply_claims(read("Most were small."), text)


_ADD = 'sentence = "x"\nvalue = "1 percent"\ncodebook = "b"\nside = ""\nunit = "events"\n'


@pytest.mark.parametrize(
    ("text", "what", "allowed"),
    [
        ("[[claim", "not TOML", ""),
        ("claims = 1", "claims", "[[claim]]"),
        ("claim = 1", "no list", "[[claim]]"),
        ("claim = [1]", "no table", "[[claim]]"),
        (_entry('sides = "x"'), "unknown key 'sides'", "side, among"),
        (_entry("side = 1"), "key side: 1", "quotation marks"),
        (_entry('drop = "yes"'), "key drop", "true, false"),
        (_entry('among = "many"'), "'many'", "sided, topic, all"),
        (_entry('unit = "men"'), "'men'", "events, participants"),
        (_entry('window = "2023"'), "no stretch of days", "2023-10-07..2023-10-27"),
        (_entry('window = "2023-13-01.."'), "no stretch of days", ".."),
        (_entry('window = "2024-01-02..2024-01-01"'), "no stretch", ".."),
        (_entry('place = "Atlantis"'), "no place", '"USA/CA"'),
        (_entry('value = "lots"'), "not one number", "about 1,869"),
        (_entry('side = "pro-cats"'), "no side 'pro-cats'", "pro-palestine"),
        (_entry('codebook = "cats"'), "no codebook 'cats'", "us-abortion"),
        (_entry(guard='id = "c9"\nexpect = "x"\n'), "'c9', which was not read", "c1"),
        (_entry(guard='id = "c2"\nexpect = "Another."\n'), "another sentence", "SHA-256"),
        (_entry(guard='id = "c2"\n'), "lacks expect", "id and expect"),
        (_entry(guard='sentence = "x"\n'), "lacks value", "to add one"),
        (_entry(guard=_ADD), "lacks among", "to add one"),
        (_entry() + "\n" + _entry(), "more than once", "one [[claim]]"),
    ],
)
def test_wrong_file_is_refused_with_what_is_allowed(
    text: str, what: str, allowed: str
) -> None:
    with pytest.raises(DefinitionError) as caught:
        apply_claims(read(_TEXT), text, vocabularies=vocabularies())
    assert what in caught.value.what
    assert allowed in caught.value.allowed
