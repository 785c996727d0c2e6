"""Where sentences and paragraphs start and end."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundswell.reading.sentences import split_paragraphs, split_sentences


@pytest.mark.parametrize(
    "parts",
    [
        ["It began in the U.S. in May.", "The march followed."],
        ["It ended in the U.S.", "The march followed."],
        ["U.S. Capitol Police counted 86 of them.", "Others did not."],
        ["On Oct. 7 at 5 p.m. it began.", "It ended on Nov. 26, 2023."],
        ["Dr. J. R. Lee spoke.", "So did Gen. Smith and Prof. van Dam."],
        ["It was 86.4 percent of 1.2 million.", "Was it?", "It was!"],
        ["“It was so.”", "She left."],
        ["“Why?” he asked.", "Nobody knew."],
        ["He said (see No. 5) so.", "Then he left."],
        ["Five million are (..) trapped here.", "Five are not."],
        ["They waited… and waited.", "Then…", "Nothing came."],
        ["1. Excellent article!", "Anyone can see it."],
        ["See www.example.org for more.", "Or not."],
        ["The march, e.g. in Rome, i.e. Italy, vs. the rest.", "So."],
        ["He never closed “the quote.", "Never at all."],
        ["No.", "It was not."],
    ],
)
def test_sentences_are_split_where_a_reader_splits_them(parts: list[str]) -> None:
    assert [s.text for s in split_sentences(" ".join(parts))] == parts


@pytest.mark.parametrize(
    ("text", "paragraphs"),
    [
        ("One.\n\nTwo.", 2),
        ("A headline\nBy Ann Lee\nIt began.", 3),
        ("It began in the\nUnited States and went on.", 1),
        ("It began\r\nso.\r\n\r\nIt ended.", 2),
        ("1. One\n2. Two", 2),
        ("It was held\u2029so", 2),
        ("", 0),
        ("\n \n\t", 0),
        (
            "The marches of the autumn were the largest that the city had seen in\n"
            "Years and nobody expected them to go on as they did through the winter,\n"
            "Or to end as they did when the rains came and the streets were under a\n"
            "Foot of water.",
            1,
        ),
    ],
)
def test_lines_are_joined_only_where_they_were_wrapped(
    text: str, paragraphs: int
) -> None:
    assert len(split_paragraphs(text)) == paragraphs


@given(st.text(alphabet=st.sampled_from("aB .!?\n\r(“”)1…'U.S"), max_size=200))
def test_pieces_slice_back_and_lose_no_letter(text: str) -> None:
    for split in (split_sentences, split_paragraphs):
        pieces = split(text)
        assert all(text[p.start : p.end] == p.text == p.text.strip() for p in pieces)
        assert all(a.end <= b.start for a, b in pairwise(pieces))
        kept = "".join("".join(p.text.split()) for p in pieces)
        assert kept == "".join(text.split())
