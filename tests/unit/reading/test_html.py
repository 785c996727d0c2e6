"""Pages: the article out of its markup, every word placed in the raw HTML, all inert."""

import subprocess
import sys
import time

import pytest

from groundswell.core.errors import InputError, MissingExtraError
from groundswell.reading.html import extract_page
from unit.reading.readers import in_short, read

_CLAIM = "86 percent of these protests were pro-Israel."
_SENTENCE = (
    "While the majority of <em>global</em> protests &amp; rallies in post-October&nbsp;7 "
    'were related to Israel and Palestine, <a href="x">86&nbsp;percent</a>&nbsp;of these '
    "protests were reportedly pro-Palestine."
)


def _page(*body: str, title: str = "A wave of marches") -> str:
    return (
        "<!doctype html><html><head><title>A wave of marches | Lantern</title>"
        "<style>p{}</style></head><body><nav><ul><li>Home<li>News</ul></nav><article>"
        f"<h1>{title}</h1>{''.join(body)}</article><footer>© 2024</footer></body></html>"
    )


_FILL = (
    "<p>Nobody had expected that the marches would go on for so long a road, said "
    "all who were there.</p>"
)


def test_words_are_placed_in_the_raw_page() -> None:
    raw = _page(f"<p>{_SENTENCE}</p>", _FILL)
    reading = read(raw)
    claim = reading.claims[0]
    assert reading.title == "A wave of marches"
    assert in_short(claim) == "86% pro-palestine topic world 2023-10-07..2024-03-05"
    assert raw[claim.sentence.start : claim.sentence.end] == _SENTENCE
    assert "<a" not in claim.sentence.text
    placed = {w.part: raw[w.span.start : w.span.end] for w in claim.words}
    assert placed["value"] == "86&nbsp;percent"
    assert placed["side"] == "pro-Palestine"
    assert placed["window"] == "post-October&nbsp;7"


@pytest.mark.parametrize(
    "hidden",
    [
        f"<script>document.write('{_CLAIM}')</script>",
        f"<style>/* {_CLAIM} */</style>",
        f"<!-- {_CLAIM} -->",
        f"<noscript>{_CLAIM}</noscript>",
        f"<template><p>{_CLAIM}</p></template>",
        f"<p hidden>{_CLAIM}</p>",
        f'<div style="color: red; display : none"><div><p>{_CLAIM}</p></div></div>',
        f'<p aria-hidden="true">{_CLAIM}</p>',
        f'<p style="font-size:0">{_CLAIM}</p>',
        f'<a title="{_CLAIM}">link</a>',
        f"<script>{_CLAIM}",
        f"<div hidden>{_CLAIM}",
    ],
)
def test_what_a_page_does_not_show_is_not_read(hidden: str) -> None:
    assert read(_page(_FILL, _FILL.replace("road", "way"), hidden)).claims == ()


def test_what_follows_a_hidden_element_is_read() -> None:
    raw = _page(_FILL, "<p hidden>Not this.</p>", f"<p>{_CLAIM}</p>")
    assert [in_short(claim) for claim in read(raw).claims] == ["86% pro-israel topic"]


@pytest.mark.parametrize(
    "raw",
    [
        _page("<div>" * 20_000, "words"),
        _page("<b><p>" * 5_000, _CLAIM),
        _page("<p>word " * 14_000),
        _page("<span>a</span> " * 7_000),
        _page('<a "' * 300_000),
        "<html>" + '<a b="' * 300_000 + "words",
        "<html>words" + "<" * 3_000_000,
        "<html>words" + "&" * 3_000_000,
        "<html>words" + "<!--" * 1_000_000,
        "<html>words" + "<script " * 500_000,
        "<html>words" + "<div hidden>" * 300_000,
        "<html>" + "&amp;" * 1_000_000 + "words",
        "<html><p " + 'a="b" ' * 500_000 + ">words</p>",
        _page("<p>hello there word</p>" * 400_000),
    ],
)
@pytest.mark.slow
def test_hostile_page_is_bounded_in_time(raw: str) -> None:
    start = time.perf_counter()
    page = extract_page(raw)
    assert len(page.text) <= 1_600_000
    assert time.perf_counter() - start < 15


def test_page_without_an_article_falls_back_to_all_that_it_shows() -> None:
    raw = "<html><body><td>x</td><b>" + _CLAIM + "</b></body></html>"
    assert [in_short(claim) for claim in read(raw).claims] == ["86% pro-israel topic"]


def test_paywall_stub_is_read_and_an_empty_frame_refused() -> None:
    assert read(_page("<p>Subscribe to read on.</p>")).claims == ()
    with pytest.raises(InputError, match="without text"):
        read("<html><body><div id=app></div><script>go()</script></body></html>")


def test_missing_extra_gives_the_install_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    with pytest.raises(MissingExtraError, match=r"groundswell\[read\]"):
        read(_page(_FILL))
    assert read(_CLAIM).claims


def test_plain_text_is_read_without_importing_the_reader_of_html() -> None:
    code = (
        "import sys; from groundswell.reading import read_article; "
        "read_article('Most were small.', name='x', vocabularies=(), published=None); "
        "sys.exit('trafilatura' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0  # noqa: S603
