"""Matching against a plain matcher: one regular expression a phrase, tried everywhere."""

import os
import re
import subprocess
import sys
from dataclasses import replace
from functools import cache
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import groundswell
from groundswell.codebook.coding import code_texts
from groundswell.codebook.drafting import draft_codebook
from groundswell.codebook.load import load_codebook, read_codebook
from groundswell.codebook.masks import fold_mask, pack_codes, unpack_mask
from groundswell.codebook.matching import Matcher
from groundswell.codebook.model import Codebook
from groundswell.codebook.phrases import read_phrase
from groundswell.core.codebooks import Code, Dimension, PhraseList, Rule
from groundswell.core.errors import UsageError
from groundswell.core.text import fold

DRAFT = read_codebook(
    draft_codebook("draft", sides=["pro-a", "pro-b"], title="A and B").encode(),
    file_name="draft.toml",
)
WORDINGS = ("narrow", "broad")


@cache
def plain_pattern(phrase_text: str) -> re.Pattern[str]:
    phrase = read_phrase(phrase_text)
    end = r"\w*" if phrase.is_prefix else r"(?!\w)"
    return re.compile(rf"(?<!\w){re.escape(phrase.words)}{end}")


def occurrences(phrase_text: str, folded: str) -> list[tuple[int, int]]:
    pattern = plain_pattern(phrase_text)
    found = (pattern.match(folded, start) for start in range(len(folded)))
    return [match.span() for match in found if match]


def plain_hits(entry: PhraseList, folded: str) -> list[tuple[int, int]]:
    masks = [span for text in entry.excepts for span in occurrences(text, folded)]
    spans = sorted(
        {
            (start, end)
            for text in entry.phrases
            for start, end in occurrences(text, folded)
            if not any(first <= start and end <= last for first, last in masks)
        },
        key=lambda span: (span[0], -span[1]),
    )
    kept: list[tuple[int, int]] = []
    for span in spans:
        if not kept or span[0] >= kept[-1][1]:
            kept.append(span)
    return kept


def plain_match(book: Codebook, text: str) -> set[tuple[str, str, str, int, int]]:
    folded, back = fold(text)
    return {
        (rule.dimension, entry.code, rule.rule_id, *back.to_raw(start, end))
        for rule in book.rules
        for entry in rule.lists
        for start, end in plain_hits(entry, folded)
    }


def plain_codes(book: Codebook, text: str, wording: str) -> set[tuple[str, str]]:
    folded, _ = fold(text)
    given: set[tuple[str, str]] = set()
    taken: set[tuple[str, str]] = set()
    for rule in book.rules:
        for entry in rule.lists:
            if wording in rule.wordings and plain_hits(entry, folded):
                chosen = taken if rule.is_exclusion else given
                chosen.add((rule.dimension, entry.code))
    left = given - taken
    for dimension in book.dimensions:
        if any((dimension.dimension, side) in left for side in dimension.sides):
            alone = {code.code for code in dimension.codes if code.alone}
            left -= {(dimension.dimension, code) for code in alone}
    return left


# Few words that overlap in every way: prefixes of each other, other scripts, signs.
TOKENS = ["ab", "abc", "abcd", "b", "é", "x'y", "y", "#k", "u.s.", "ß", "غزة", "_a", "7"]
JOINTS = [" ", "-", "; ", "  ", "\n", "\u00a0", "", "'", "\u00ad", "/"]

tokens = st.sampled_from(TOKENS)
phrases = st.builds(
    lambda words, joints, star: (
        "".join(f"{w}{j}" for w, j in zip(words, joints, strict=False)).strip(" -;/'\n")
        + ("*" if star else "")
    ),
    st.lists(tokens, min_size=1, max_size=4),
    st.lists(st.sampled_from([" ", "-"]), min_size=4, max_size=4),
    st.booleans(),
).filter(lambda text: text[-2:] not in {"k*", ".*"} and text.strip("*"))
texts = st.builds(
    "".join,
    st.lists(st.sampled_from(TOKENS + JOINTS + ["ABC", "É", "X\u2019Y"]), max_size=24),
)
lists = st.builds(
    lambda code, words, masks: PhraseList(
        code=code, phrases=tuple(words), excepts=tuple(masks)
    ),
    st.sampled_from(["a", "b", "n"]),
    st.lists(phrases, min_size=1, max_size=5),
    st.lists(phrases, max_size=2),
)


def make_book(entries: list[list[PhraseList]], exclusions: list[PhraseList]) -> Codebook:
    rules = [
        Rule(
            rule_id=f"r{number}",
            dimension="d",
            wordings=WORDINGS[number % 3 :] if number % 3 < 2 else WORDINGS[:1],
            lists=tuple({entry.code: entry for entry in group}.values()),
            is_exclusion=False,
            source="",
            asymmetry="",
        )
        for number, group in enumerate(entries)
    ]
    rules += [
        replace(
            rules[0],
            rule_id=f"x{number}",
            lists=(replace(entry, excepts=()),),
            is_exclusion=True,
        )
        for number, entry in enumerate(exclusions)
    ]
    codes = tuple(
        Code(
            code=name,
            label=name,
            meaning=name,
            role="side" if name != "n" else "neutral",
            article_terms=(),
            counterpart="",
            alone=name == "n",
        )
        for name in ("a", "b", "n")
    )
    dimension = Dimension(
        dimension="d", title="d", reads=("title",), codes=codes, rules=tuple(rules)
    )
    return replace(DRAFT, dimensions=(dimension,), wordings=WORDINGS)


books = st.builds(
    make_book,
    st.lists(st.lists(lists, min_size=1, max_size=3), min_size=1, max_size=4),
    st.lists(lists, max_size=2),
)


@settings(max_examples=150, deadline=None)
@given(book=books, given_texts=st.lists(texts, min_size=1, max_size=6))
def test_every_match_and_code_is_that_of_the_plain_matcher(
    book: Codebook, given_texts: list[str]
) -> None:
    matcher = Matcher(book)
    coding = code_texts(book, given_texts, workers=1)
    for number, text in enumerate(given_texts):
        matches = matcher.match(text)
        found = {(m.dimension, m.code, m.rule, m.start, m.end) for m in matches}
        assert len(found) == len(matches)
        assert found == plain_match(book, text)
        assert all(text[m.start : m.end] == m.words for m in matches)
        for wording in WORDINGS:
            expected = plain_codes(book, text, wording)
            assert matcher.codes(matches, wording) == expected
            assert coding.codes(number, wording=wording) == expected
        rows = coding.evidence.of_text(number)
        evidence = {
            (
                *coding.code_keys[coding.evidence.code[row]],
                coding.rule_keys[coding.evidence.rule[row]][1],
                coding.evidence.start[row],
                coding.evidence.end[row],
            )
            for row in rows
        }
        exclusions = {rule.rule_id for rule in book.rules if rule.is_exclusion}
        assert len(evidence) == len(rows)
        assert evidence == {match for match in found if match[2] not in exclusions}


@pytest.mark.parametrize("name", ["israel-palestine", "us-abortion", "tactics"])
def test_shipped_phrases_are_found_as_the_plain_matcher_finds_them(name: str) -> None:
    book = load_codebook(name)
    matcher = Matcher(book)
    own = [text for rule in book.rules for entry in rule.lists for text in entry.phrases]
    for number in range(0, len(own), 7):
        parts = [own[number], own[(number * 13 + 5) % len(own)], own[-number]]
        text = "; ".join(part.replace("*", "s").upper() for part in parts)
        found = matcher.match(text)
        assert {(m.dimension, m.code, m.rule, m.start, m.end) for m in found} == (
            plain_match(book, text)
        )
        assert found


def book_of(rules: str, *, alone: str = "") -> Codebook:
    head = DRAFT.source_text[: DRAFT.source_text.index("[[dimension.side.rule]]")]
    if not alone:
        head = head.replace("alone = true\n", "")
    neutral = '[[dimension.side.rule]]\nid = "n"\nwordings = ["broad"]\n'
    neutral += 'neutral = ["middle way"]\n'
    return read_codebook((head + rules + neutral).encode(), file_name="rules.toml")


RULES = """
[[dimension.side.rule]]
id = "r"
wordings = ["narrow", "broad"]
pro-a = ["free aland", "aland's friend*", "solidarité", "against u.s. aid"]
pro-b = ["free bland", "bland"]
except.pro-a = ["free aland from*"]
except.pro-b = ["s bland food"]
[[dimension.side.exclude]]
id = "x"
wordings = ["narrow"]
pro-a = ["not in my name"]
pro-b = ["in jest"]
"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("FREE ALAND!", [("pro-a", "FREE ALAND")]),
        (
            "free  aland, free\naland",
            [("pro-a", "free  aland"), ("pro-a", "free\naland")],
        ),
        ("free\u00ad aland", [("pro-a", "free\u00ad aland")]),
        ("free aland from Bland", [("pro-b", "Bland")]),
        ("free aland, from", [("pro-a", "free aland")]),
        ("carefree aland", []),
        ("free alander", []),
        ("Aland\u2019s friends in need", [("pro-a", "Aland\u2019s friends")]),
        ("Aland's friend", [("pro-a", "Aland's friend")]),
        ("SOLIDARITÉ", [("pro-a", "SOLIDARITÉ")]),
        ("SOLIDARITE\u0301 now", [("pro-a", "SOLIDARITE")]),
        ("against u.s. aid", [("pro-a", "against u.s. aid")]),
        ("free Bland", [("pro-b", "free Bland")]),
        ("a friend's Bland food, Bland", [("pro-b", "Bland")]),
        ("", []),
    ],
)
def test_words_boundaries_marks_and_masks(
    text: str, expected: list[tuple[str, str]]
) -> None:
    matches = Matcher(book_of(RULES)).match(text)
    assert [(m.code, m.words) for m in matches if m.rule == "r"] == expected


def test_exclusions_veto_a_code_for_the_whole_text_and_wording() -> None:
    matcher = Matcher(book_of(RULES, alone="yes"))
    text = "not in my name; free aland; middle way"
    matches = matcher.match(text)
    assert [m.is_exclusion for m in matches] == [True, False, False]
    assert matcher.codes(matches, "narrow") == frozenset()
    assert matcher.codes(matches, "broad") == {("side", "pro-a")}
    assert matcher.codes(matcher.match("middle way"), "broad") == {("side", "neutral")}
    with pytest.raises(UsageError, match="no wording") as caught:
        matcher.codes(matches, "widest")
    assert caught.value.allowed == "narrow, broad"


@pytest.mark.slow
def test_results_are_the_same_for_any_number_of_workers(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("groundswell.codebook.coding._WORTH_WORKERS", 100)
    monkeypatch.setattr("groundswell.codebook.coding._CHUNK", 700)
    book = load_codebook("israel-palestine")
    parts = [text for entry in book.rules[0].lists for text in entry.phrases]
    joints = ("; ", ", ", " \u2013 ")
    texts = [
        f"{one.replace('*', 's')}{joint}{number}{joint}{other}"
        for number, (one, other, joint) in enumerate(product(parts, parts, joints))
    ][:5_000]
    plain = code_texts(book, texts, workers=1)
    assert plain.n_texts == 5_000
    assert len(plain.evidence.text) > 5_000
    assert code_texts(book, texts, workers=2) == plain
    assert code_texts(book, texts, workers=3, field="claims_summary") == plain


UNGUARDED = """
from groundswell.codebook.coding import code_texts
from groundswell.codebook.load import load_codebook
from groundswell.core.errors import UsageError
try:
    code_texts(load_codebook("us-abortion"), ["pro-life"] * 50_000, workers=2)
except UsageError as error:
    print(error)
"""


def test_a_script_that_cannot_be_imported_again_is_told_what_to_do(
    tmp_path: Path,
) -> None:
    script = tmp_path / "unguarded.py"
    script.write_text(UNGUARDED)
    source = str(Path(groundswell.__file__).parents[1])
    done = subprocess.run(  # noqa: S603 (our own script)
        [sys.executable, str(script)],
        capture_output=True,
        check=True,
        text=True,
        env={**os.environ, "PYTHONPATH": source},
        timeout=60,
    )
    assert 'below `if __name__ == "__main__":`' in done.stdout


def test_few_texts_no_texts_and_no_workers() -> None:
    book = load_codebook("us-abortion")
    nothing = code_texts(book, [], workers=2)
    assert (nothing.n_texts, len(nothing.masks["narrow"])) == (0, 0)
    assert list(nothing.evidence.of_text(0)) == []
    with pytest.raises(UsageError, match="0 workers"):
        code_texts(book, ["x"], workers=0)


def test_the_column_of_the_texts_must_be_named_where_dimensions_differ() -> None:
    book = load_codebook("solidarity-forms")
    with pytest.raises(UsageError, match="different columns") as caught:
        code_texts(book, ["vigil"], workers=1)
    assert caught.value.allowed == "claims_summary, claims_verbatim, tactics"
    with pytest.raises(UsageError, match="reads 'title'"):
        Matcher(book, field="title")
    text = "unconditional support; vigil"
    as_claim = code_texts(book, [text], workers=1, field="claims_summary")
    as_tactic = code_texts(book, [text], workers=1, field="tactics")
    symbolic = ("expression", "symbolic")
    assert as_claim.codes(0, wording="standard") == {
        ("conditionality", "unconditional"),
        symbolic,
    }
    assert as_tactic.codes(0, wording="standard") == {symbolic}


def test_masks_are_packed_joined_and_folded() -> None:
    book = load_codebook("israel-palestine")
    keys = book.code_keys

    def mask(*codes: str) -> int:
        return pack_codes([("side", code) for code in codes], keys=keys)

    def names(bits: int) -> set[str]:
        return {code for _, code in unpack_mask(bits, keys=keys)}

    for bits in range(1 << len(keys)):
        assert pack_codes(unpack_mask(bits, keys=keys), keys=keys) == bits
    own = {"hostage-release": "own", "ceasefire-only": "own"}
    both = mask("hostage-release", "ceasefire-only", "neutral")
    assert fold_mask(book, both, choices=own) == both
    as_side = {"hostage-release": "pro-israel", "online-events": "kept"}
    assert names(fold_mask(book, both, choices=as_side)) == {"pro-israel"}
    sides = {"hostage-release": "pro-israel", "ceasefire-only": "pro-palestine"}
    assert names(fold_mask(book, both, choices=sides)) == {"pro-israel", "pro-palestine"}
    assert names(fold_mask(book, mask("neutral"), choices=sides)) == {"neutral"}
    with pytest.raises(UsageError, match="no option"):
        fold_mask(book, both, choices={"hostage-release": "pro-palestine"})


def test_many_texts_are_folded_as_one_text_is() -> None:
    book = book_of(RULES)
    matcher = Matcher(book)
    chars = [*map(chr, range(0x250)), *"‘’“”–—\u3000ﬁ"]
    texts = [
        f"{char}x{char} aland{char}s friend{char}; FREE ALAND{char}’s {char}{char} bland"
        for char in chars
    ]
    coding = code_texts(book, texts, workers=1)
    for number, text in enumerate(texts):
        rows = coding.evidence.of_text(number)
        spans = {(coding.evidence.start[row], coding.evidence.end[row]) for row in rows}
        assert spans
        assert spans == {(m.start, m.end) for m in matcher.match(text)}
