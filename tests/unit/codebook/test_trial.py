"""Trying a codebook on texts: everything that is counted is counted right."""

import json

from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from groundswell.codebook.load import load_codebook
from groundswell.codebook.matching import Matcher
from groundswell.codebook.trial import try_codebook
from groundswell.core.codings import Trial
from groundswell.core.schema import json_schema
from groundswell.core.serialise import canonical

BOOK = load_codebook("us-abortion")
TEXTS = [
    ("for abortion rights; for clean water", 4),
    ("for abortion rights; for clean water", 1),
    ("against abortion", 3),
    ("pro-choice counter-protest; against abortion", 2),
    ("for abortion on demand; against the state abortion committee", 5),
    ("For abortion on demand and against the state abortion committee", 2),
    ("for better roads", 50),
    ("", 9),
    ("  ", 1),
]


def test_hits_overlaps_misses_and_what_they_say() -> None:
    trial = try_codebook(BOOK, TEXTS)
    assert (trial.n_texts, trial.n_rows) == (6, 67)
    assert (trial.n_on_topic_texts, trial.n_on_topic_rows) == (5, 17)
    hits = {(h.codes, h.wording): (h.n_texts, h.n_rows) for h in trial.hits}
    assert hits == {
        (("abortion-rights",), "narrow"): (2, 7),
        (("anti-abortion",), "narrow"): (2, 5),
        (("abortion-rights",), "broad"): (2, 7),
        (("anti-abortion",), "broad"): (2, 5),
    }
    both = ("abortion-rights", "anti-abortion")
    assert [(o.codes, o.wording, o.n_texts, o.n_rows) for o in trial.overlaps] == [
        (both, "narrow", 1, 2),
        (both, "broad", 1, 2),
    ]
    assert [(m.text, m.n_rows) for m in trial.misses] == [
        (TEXTS[4][0], 5),
        (TEXTS[5][0], 2),
    ]
    unmatched = {p.phrase: (p.n_texts, p.n_rows) for p in trial.unmatched}
    assert unmatched["state abortion committee"] == (2, 7)
    assert unmatched["for abortion on demand"] == (1, 5)
    assert "abortion committee" not in unmatched  # only ever part of a longer one
    assert not any("roads" in phrase for phrase in unmatched)
    assert [p.n_rows for p in trial.unmatched] == sorted(unmatched_rows(trial))[::-1]
    schema = json_schema(Trial, title="t")
    Draft202012Validator(schema).validate(json.loads(canonical(trial)))


def unmatched_rows(trial: Trial) -> list[int]:
    return [phrase.n_rows for phrase in trial.unmatched]


def test_examples_show_the_words_where_they_stand() -> None:
    trial = try_codebook(BOOK, TEXTS, n_examples=1, n_listed=1)
    assert {(e.rule, e.code) for e in trial.examples} == {
        ("own-cause", "abortion-rights"),
        ("own-cause", "anti-abortion"),
    }
    first = trial.examples[0]
    assert first.text[first.start : first.end] == "abortion rights"
    assert first.n_rows == 5
    assert len(trial.misses) == len(trial.unmatched) == 1


def test_without_texts_only_shared_words_are_shown() -> None:
    whole = try_codebook(BOOK, TEXTS)
    trial = try_codebook(BOOK, TEXTS, with_texts=False, field="claims_summary")
    assert (trial.hits, trial.overlaps) == (whole.hits, whole.overlaps)
    assert trial.withheld == ("claims_summary",)
    assert trial.misses == ()
    assert all(p.n_texts > 1 for p in trial.unmatched)
    assert set(trial.unmatched) < set(whole.unmatched)
    words = {e.text[e.start : e.end].casefold() for e in whole.examples}
    assert {e.text for e in trial.examples} == words
    assert all((e.start, e.end) == (0, len(e.text)) for e in trial.examples)


def test_without_topic_words_every_text_is_on_the_topic() -> None:
    trial = try_codebook(load_codebook("tactics"), [("rally", 2), ("bake sale", 3)])
    assert (trial.n_on_topic_texts, trial.n_on_topic_rows) == (2, 5)
    assert [miss.text for miss in trial.misses] == ["bake sale"]
    assert try_codebook(load_codebook("tactics"), []).n_texts == 0


CLAIMS = st.sampled_from(
    ["for abortion rights", "Pro-life", "abortion", "for peace", "march", "é"]
)


@settings(max_examples=50, deadline=None)
@given(
    texts=st.lists(
        st.tuples(st.lists(CLAIMS, max_size=3).map("; ".join), st.integers(1, 9)),
        max_size=12,
    )
)
def test_counts_agree_with_the_matcher_text_by_text(
    texts: list[tuple[str, int]],
) -> None:
    trial = try_codebook(BOOK, texts)
    matcher = Matcher(BOOK)
    for hit in trial.hits:
        rows = {
            text: sum(n for other, n in texts if other == text)
            for text, _ in texts
            if ("side", hit.codes[0]) in matcher.codes(matcher.match(text), hit.wording)
        }
        assert (hit.n_texts, hit.n_rows) == (len(rows), sum(rows.values()))
    shuffled = try_codebook(BOOK, texts[::-1])
    assert shuffled == trial
