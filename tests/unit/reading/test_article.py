"""Bytes to text: encodings, kinds, limits."""

import pytest

from groundswell.core.errors import InputError
from groundswell.reading.article import MAX_BYTES, MAX_CHARACTERS, load_article

_WORDS = "“86 percent” – déjà vu"


@pytest.mark.parametrize(
    ("content", "note"),
    [
        (_WORDS.encode(), ""),
        (_WORDS, ""),
        (b"\xef\xbb\xbf" + _WORDS.encode(), ""),
        (b"\xff\xfe" + _WORDS.encode("utf-16-le"), ""),
        (b"\xfe\xff" + _WORDS.encode("utf-16-be"), ""),
        (_WORDS.encode("cp1252"), "Windows-1252"),
        (("plain words only, " * 9).encode("utf-16-le"), "UTF-16-LE"),
        (("plain words only, " * 9).encode("utf-16-be"), "UTF-16-BE"),
    ],
)
def test_text_is_read_in_the_encoding_that_it_has(
    content: bytes | str, note: str
) -> None:
    article = load_article(content, name="a.txt")
    assert article.kind == "plain"
    assert article.text == article.raw
    assert article.text.startswith((_WORDS, "plain words only"))
    assert note in " ".join(article.notes)
    assert bool(article.notes) == bool(note)


def test_page_is_read_in_the_encoding_that_it_declares() -> None:
    page = (
        '<html><head><meta charset="iso-8859-2"></head>'
        "<body><p>Łódź marched for hours and hours.</p></body></html>"
    )
    assert "Łódź" in load_article(page.encode("iso-8859-2"), name="a.html").text


@pytest.mark.parametrize(
    "content",
    [b"", "  \n\t", "...!?", b"\xef\xbb\xbf", b"<html><script>x()</script></html>"],
)
def test_article_of_nothing_is_refused(content: bytes | str) -> None:
    with pytest.raises(InputError, match=r"no text|without text"):
        load_article(content, name="a")


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"%PDF-1.7 ...", "a PDF"),
        (b"PK\x03\x04...", "a ZIP archive"),
        (b"\x1f\x8b...", "a gzip archive"),
        (b"\x89PNG...", "an image"),
        (b"{\\rtf1 ...", "a rich text document"),
        (b"PAR1...", "a Parquet file"),
        (bytes(range(1, 32)) * 50, "not text"),
        (b"x" * (MAX_BYTES + 1), "no article"),
    ],
)
def test_what_is_no_text_is_refused_with_what_to_do(content: bytes, what: str) -> None:
    with pytest.raises(InputError, match=what) as caught:
        load_article(content, name="a.bin")
    assert caught.value.todo
    assert caught.value.allowed


def test_long_text_is_read_as_far_as_it_goes_and_says_so() -> None:
    article = load_article("word " * 400_000, name="a.txt")
    assert len(article.text) == MAX_CHARACTERS
    assert "Only the first 1,000,000 of 2,000,000" in article.notes[0]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("<!DOCTYPE html><p>Some words here", "html"),
        ("<p>One</p> <p>Two</p>", "html"),
        ("a < b and c > d", "plain"),
        ("An <em>odd</em> sentence.", "plain"),
    ],
)
def test_kind_follows_from_the_content(text: str, kind: str) -> None:
    assert load_article(text, name="a.txt").kind == kind


def test_mojibake_is_noted() -> None:
    article = load_article("86Â\u00a0percent of the protests, heâ€™s sure", name="text")
    assert "mojibake" in article.notes[0]
