"""Whole articles: what is taken from where, and that nothing upsets the reader."""

import time
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from groundswell.core.claims import Reading, Span
from groundswell.core.errors import GroundswellError
from groundswell.core.serialise import canonical
from groundswell.reading import apply_claims, draft_claims, read_article
from unit.reading.readers import PUBLISHED, in_short, read, vocabularies

_CLAIM = "86 percent of these protests were pro-Israel."
_PAGE = f"""A wave of marches: 86 percent of protests are pro-Palestine

Marchers on Main Street: {_CLAIM} (Image: Lantern)

By Ann Lee

Marches have swept Germany since October 7, and nobody knows when they will end.

Most of them are pro-Palestine. That much is known.

– Ann Lee is a journalist. She is the author of six books. {_CLAIM}

(The Lantern is a 501(c)3 organization. {_CLAIM})

Related: {_CLAIM}

  1. {_CLAIM}

Comments are closed.
"""


def _spans(reading: Reading) -> list[Span]:
    spans = [span for u in reading.unchecked for span in (u.sentence, u.words)]
    for claim in reading.claims:
        spans += [claim.sentence, *(word.span for word in claim.words)]
    return spans + [span for a in reading.arithmetic for span in a.spans]


def test_claims_come_from_title_and_body_alone() -> None:
    reading = read(_PAGE)
    assert reading.title.startswith("A wave of marches: 86 percent")
    assert [in_short(claim) for claim in reading.claims] == [
        "86% pro-palestine open",
        "majority 50% pro-palestine open DEU 2023-10-07..2024-03-05",
    ]
    taken = [r for r in reading.regions if r.kind in {"title", "body"}]
    for claim in reading.claims:
        assert any(r.start <= claim.sentence.start < r.end for r in taken)
    assert {r.kind for r in reading.regions} == {
        "title",
        "caption",
        "byline",
        "body",
        "bio",
        "donation",
        "footer",
        "comments",
    }


def test_words_behind_each_part_are_kept_in_the_order_of_the_text() -> None:
    text = (
        "ACLED recorded 4,385 protests about Gaza in Italy in 2022. Of these, nearly "
        "86\u00a0percent were allegedly pro-\u00adPalestine."
    )
    claim = next(c for c in read(text).claims if c.scope.statistic == "share")
    assert [(word.part, word.span.text) for word in claim.words] == [
        ("source", "ACLED "),
        ("among", "protests"),
        ("place", "in Italy"),
        ("window", "in 2022"),
        ("value", "nearly 86\u00a0percent"),
        ("side", "pro-\u00adPalestine"),
    ]
    assert claim.hedges == ("allegedly",)


@pytest.mark.reference
def test_real_article_has_two_claims_the_exact_one_first(reference_data: Path) -> None:
    file = reference_data / "articles" / "opinion-2024-03-solidarity.txt"
    content = file.read_bytes()
    reading = read(content)
    assert [in_short(claim) for claim in reading.claims] == [
        "86% pro-palestine topic world 2023-10-07..2024-03-05",
        "majority 50% - all world 2023-10-07..2024-03-05",
    ]
    first = reading.claims[0]
    assert first.hedges == ("reportedly",)
    assert "\u00a086 percent\u00a0of these protests" in first.sentence.text
    raw = content.decode()
    assert all(raw[span.start : span.end] == span.text for span in _spans(reading))
    assert [r.kind for r in reading.regions] == [
        "title",
        "caption",
        "byline",
        "body",
        "bio",
        "donation",
        "footer",
        "comments",
    ]
    noticed = {statement.words.text for statement in reading.unchecked}
    assert {"critical mass", "five million", "unprecedented"} <= noticed
    assert "back at the forefront" in noticed
    assert not any(word in text for word in ("books", "501") for text in noticed)


@pytest.mark.reference
def test_real_article_without_a_day_of_publication_leaves_the_end_open(
    reference_data: Path,
) -> None:
    file = reference_data / "articles" / "opinion-2024-03-solidarity.txt"
    reading = read(file.read_bytes(), published=None)
    assert in_short(reading.claims[0]).endswith("world 2023-10-07..")


@pytest.mark.reference
def test_texts_about_other_things_give_no_claim(reference_data: Path) -> None:
    for file in sorted((reference_data / "text/polnear_dev/text").iterdir())[:40]:
        assert read(file.read_bytes()).claims == (), file.name
    lines = (reference_data / "text/case2021_task2_dev.tsv").read_text(encoding="utf-8")
    assert read("\n\n".join(lines.splitlines()[1:])).claims == ()


@pytest.mark.parametrize(
    "text",
    [
        "שלום. 86 percent of these protests were pro-Israel. \u202eabc\u202c",
        "“86 percent of these protests were pro-Israel.",
        "86 per\u00adcent of these pro\u00adtests were pro-Isra\u00adel.",
        "86\u200b \u2060percent of these protests were\ufeff pro\u2011Israel.",
        "８６％ of these protests were pro–Israel, pro-Israel.",
        "86 percent of\nthese protests\r\nwere pro-Israel.",
        "86 percent of these protests were pro-Israel. \x00\x01 \ud800",
    ],
)
def test_odd_letters_do_not_hide_a_claim(text: str) -> None:
    reading = read(text)
    assert [in_short(claim) for claim in reading.claims] == ["86% pro-israel topic"]
    assert all(text[span.start : span.end] == span.text for span in _spans(reading))


_PIECE_TEXT = """
86 percent|of these protests|were|pro-Israel|pro-Palestine|, |. |“|”|(|86%|)| — |most|and
\u00a0|\u200b|\u00ad|\u202e|\x00|Oct. 7|in the US|<b>|</p>|12 percent|1,869|not|if|?
half|according to ACLED|related to Israel and Palestine|of|the|majority|שלום|…|said
a third|between 7 and 27 October 2023|10^99|9999999999999999999999|86-90 percent
the October 7 attack|in the three weeks after|Georgia|nationwide|1.|•|&nbsp;|By Ann
of which|for every|where
70 to|between|two thirds|one to two hundred|more than 85 but|in the first week of|in 2099
except in|when it began,
the week of|January 20 and 21, 2025|as in|not until|while|another
38 % (770)|631 (31 %)|2,301 events|in 999 years after 2023-01-01
"""
_LINES = _PIECE_TEXT.splitlines()
_PIECES = st.sampled_from(
    ["\n\n", *(piece for line in _LINES for piece in line.split("|"))]
)


@given(st.lists(_PIECES, max_size=40).map(" ".join), st.booleans())
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_text_is_read_or_refused_with_its_spans_in_place(
    text: str, is_published: bool
) -> None:
    try:
        reading = read(text, published=PUBLISHED if is_published else None)
    except GroundswellError:
        return
    if "<" not in text:
        assert all(text[span.start : span.end] == span.text for span in _spans(reading))
    taken = [r for r in reading.regions if r.kind in {"title", "body"}]
    for claim in reading.claims:
        assert any(r.start <= claim.sentence.start <= r.end for r in taken)
    assert canonical(reading)
    assert apply_claims(reading, draft_claims(reading)) == reading


@given(st.binary(max_size=200) | st.text(max_size=200))
@settings(deadline=None)
def test_any_bytes_are_read_or_refused(content: bytes | str) -> None:
    with suppress(GroundswellError):
        assert read(content).n_characters > 0


@pytest.mark.parametrize(
    "text",
    [
        f"{_CLAIM} " * 200_000,
        "86 percent of protests in the US since October 7 and " * 180_000,
        ("86 percent of protests in the US since October 7 and " * 35 + ". ") * 500,
        "word " * 2_000_000,
        "a\n" * 4_000_000,
        "1," * 4_000_000,
        '"(' * 4_000_000 + "x",
        "A. " * 3_000_000,
        "protests in the US. " * 500_000,
    ],
)
@pytest.mark.slow
def test_ten_megabytes_are_bounded_in_time(text: str) -> None:
    start = time.perf_counter()
    reading = read(text)
    assert reading.notes
    assert time.perf_counter() - start < 20


def test_an_article_is_read_in_well_under_a_tenth_of_a_second() -> None:
    text = "\n\n".join(["A wave of marches", *[_PAGE.split("\n\n")[4]] * 30])
    read(text)
    start = time.perf_counter()
    read(text)
    assert time.perf_counter() - start < 0.1


def test_no_codebook_means_no_claim() -> None:
    reading = read_article(_CLAIM, name="text", vocabularies=(), published=None)
    assert reading.claims == ()
    assert len(vocabularies()) == 2
