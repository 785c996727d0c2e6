import base64
import hashlib
import re
import time
from dataclasses import fields, is_dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from groundswell.core.claims import Region, ScopeWord, Span
from groundswell.core.verdicts import VERDICT_MEANING
from groundswell.reports import render_check_html, render_measurement_html
from groundswell.reports.claim_view import quote_pieces
from unit.reports import factories
from unit.reports.pages import Page

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from groundswell.core.verdicts import VerdictKind

PAGES: "dict[str, Callable[[], str]]" = {
    "every kind": lambda: render_check_html(factories.check()),
    "hostile": lambda: render_check_html(factories.hostile_check()),
    "empty": lambda: render_check_html(factories.empty_check()),
    "thousands": lambda: render_check_html(factories.large_check(2)),
    "no value": lambda: render_check_html(without_value()),
    "count": lambda: render_check_html(
        factories.check((), verdicts=(factories.count_verdict(),))
    ),
    "single": lambda: render_measurement_html(factories.measured()),
    "weekly": lambda: render_measurement_html(factories.by_week()),
    "hostile weekly": lambda: render_measurement_html(factories.hostile_measured()),
    "no group": lambda: render_measurement_html(
        factories.measured(measurements=(), snapshots=(), receipt_id="")
    ),
    "undefined": lambda: render_measurement_html(
        factories.measured(factories.weekly()[-1])
    ),
}


def without_value() -> object:
    """Build a check whose denominator is empty under every definition."""
    measured = factories.weekly()[-1]
    verdict = replace(factories.verdict("undecidable"), measurement=measured)
    return factories.check((), verdicts=(verdict,))


@pytest.fixture(params=PAGES, ids=str)
def source(request: pytest.FixtureRequest) -> str:
    return PAGES[request.param]()


@pytest.fixture
def page(source: str) -> Page:
    return Page(source)


def test_a_page_is_well_formed(source: str, page: Page) -> None:
    assert source.startswith("<!doctype html>\n<html lang=")
    ids = page.attributes("id")
    assert len(ids) == len(set(ids))
    for named in page.attributes("aria-labelledby"):
        assert set(named.split()) <= set(ids)
    for target in page.attributes("href"):
        assert not target.startswith("#") or target[1:] in ids
    assert [page.count(tag) for tag in ("h1", "main", "footer", "title")] == [1, 1, 1, 1]
    assert page.comments == []


def test_headings_step_down_one_level_at_a_time(page: Page) -> None:
    levels = [level for level, _ in page.headings]
    assert levels[0] == 1
    assert all(lower - level <= 1 for level, lower in pairwise(levels))
    assert all(words.strip() for _, words in page.headings)


def test_the_policy_allows_the_one_style_and_nothing_else(source: str) -> None:
    style = re.findall(r"<style>(.*?)</style>", source, re.DOTALL)
    assert len(style) == 1
    digest = base64.b64encode(hashlib.sha256(style[0].encode()).digest()).decode()
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', source)
    assert policy is not None
    allowed = dict(
        part.strip().split(" ", 1) for part in policy[1].replace("&#39;", "'").split(";")
    )
    assert allowed == {
        "default-src": "'none'",
        "style-src": f"'sha256-{digest}'",
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    assert source.index("Content-Security-Policy") < source.index("<style>")


def test_nothing_is_loaded_and_nothing_runs(page: Page) -> None:
    names = {tag for tag, _ in page.tags}
    assert not names & {
        *("script", "link", "img", "iframe", "object", "embed", "video", "audio", "base"),
        *("form", "input", "button", "foreignobject", "use", "image", "source"),
    }
    assert not re.search(r"url\(|@import|@font-face|expression\(", page.style)
    for tag, attrs in page.tags:
        assert not {"src", "srcset", "style", "data", "xlink:href"} & attrs.keys()
        assert not [name for name in attrs if name.startswith("on")]
        if tag == "a":
            assert attrs["href"].startswith(("#", "https://", "http://"))
            assert attrs["href"][0] == "#" or attrs["rel"] == "noreferrer noopener"


def test_the_same_result_gives_the_same_bytes(source: str) -> None:
    again = next(make for make in PAGES.values() if make() == source)()
    assert again.encode() == source.encode()


def test_hostile_text_is_shown_and_does_nothing() -> None:
    page = Page(render_check_html(factories.hostile_check()))
    assert "<script>alert(1)</script>" in page.text
    assert "{{ 7*7 }} {% raw %}" in page.text
    assert "&amp; <!--" in page.text
    assert "[bold red]x[/]" in page.text
    assert not set(page.text) & {"\x1b", "\x00", "\u202e", "\ud800"}
    render_check_html(factories.hostile_check()).encode("utf-8")


@settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(text=st.text(max_size=80))
def test_any_text_leaves_the_page_as_it_was(text: str) -> None:
    def outline(title: str) -> list[str]:
        claim = replace(
            factories.claim(),
            sentence=Span(start=0, end=len(title), text=title),
            words=(),
        )
        verdict = replace(factories.verdict("traced"), claim=claim, answer=title)
        reading = factories.reading(title=f"a{title}", claims=(claim,))
        made = factories.check((), verdicts=(verdict,), reading=reading)
        return [tag for tag, _ in Page(render_check_html(made)).tags]

    assert outline(f"x{text}") == outline("x")


def test_fields_of_ten_thousand_characters_are_cut_and_the_cut_is_said() -> None:
    text = "ab" * 5_000
    claim = replace(
        factories.claim(), sentence=Span(start=0, end=10_000, text=text), words=()
    )
    verdict = replace(factories.verdict("traced"), claim=claim, answer=text)
    reading = factories.reading(title=text, claims=(claim,))
    page = Page(
        render_check_html(factories.check((), verdicts=(verdict,), reading=reading))
    )
    assert "(8,000 more characters)" in page.text
    assert "(9,700 more characters)" in page.text
    assert "[…]" in page.text
    assert len(page.text) < 20_000


def test_a_long_sentence_is_cut_far_from_its_marked_words() -> None:
    text = "a" * 5_000 + "86 percent" + "b" * 5_000
    words = (
        ScopeWord(part="value", span=Span(start=5_007, end=5_017, text="86 percent")),
        ScopeWord(part="unit", span=Span(start=5_010, end=5_012, text="pe")),
        ScopeWord(part="place", span=Span(start=1, end=5, text="else")),
    )
    sentence = Span(start=7, end=10_017, text=text)
    quote = quote_pieces(sentence, [word.span for word in words])
    assert [(piece.text, piece.is_marked) for piece in quote] == [
        (f"[…] {'a' * 400}", False),
        ("86 percent", True),
        (f"{'b' * 400} […]", False),
    ]
    unmarked = quote_pieces(sentence, [])
    assert [piece.text for piece in unmarked] == [f"{'a' * 400} […] {'b' * 400}"]


def test_hundreds_of_parts_are_cut_and_the_cut_is_said() -> None:
    regions = tuple(Region(kind=f"part{i}", start=i, end=i + 1) for i in range(250))
    reading = factories.reading(
        regions=regions, unchecked=factories.reading().unchecked * 101
    )
    page = Page(render_check_html(factories.check((), reading=reading)))
    assert "150 more parts in the JSON result." in page.text
    assert "1 more statement in the JSON result." in page.text
    assert "part99 " in page.text
    assert "part100 " not in page.text


def test_addresses_that_are_not_of_the_web_are_text() -> None:
    match = factories.matches()[1]
    hostile = (
        "javascript:alert(1)",
        "https://a.example/ onclick=x",
        'http://"x',
        "//x.y",
    )
    figures = tuple(
        replace(match, figure=replace(match.figure, address=address))
        for address in hostile
    )
    verdict = replace(factories.verdict("traced"), figures=figures)
    page = Page(render_check_html(factories.check((), verdicts=(verdict,))))
    assert all(address in page.text for address in hostile)
    assert not [href for href in page.attributes("href") if "a.example" in href]


# Fields that are printed in other words, or are the reason for what is printed.
IN_OTHER_WORDS = {
    "LedgerLine.reason",
    "Memo.reason",
    "Neighbour.decision_id",
    "Neighbour.label",
    "Neighbour.option_id",
    "Option.option_id",
    "Place.path",
    "Place.text",
    "SpecificationValue.specification",
    "Estimate.group",
    "Estimate.specification",
    "Estimate.snapshot_ids",
    "Range.low_at",
    "Range.high_at",
    "Window.text",
}


def _strings(value: object, *, path: str) -> "Iterator[tuple[str, str]]":
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, tuple):
        for item in value:
            yield from _strings(item, path=path)
    elif is_dataclass(value) and not isinstance(value, type):
        kind = type(value).__name__
        for field in fields(value):
            inner = path if kind == "Specification" else f"{kind}.{field.name}"
            yield from _strings(getattr(value, field.name), path=inner)


@pytest.mark.parametrize("kind", VERDICT_MEANING)
def test_every_text_of_a_verdict_is_on_the_page(kind: "VerdictKind") -> None:
    made = factories.verdict(kind)
    page = Page(render_check_html(factories.check((), verdicts=(made,))))
    codes = {"statistic", "among", "unit", "comparator", "part", "relation", "read"}
    missing = {
        path
        for path, text in _strings(made, path="")
        if text
        and path.split(".")[1] not in codes
        and " ".join(text.split()).casefold() not in page.text.casefold()
    }
    # the interval of the reference and of related numbers is printed with its kind
    assert (
        missing - {"Interval.kind", "Verdict.kind", "LedgerLine.kind"} <= IN_OTHER_WORDS
    )


@pytest.mark.parametrize("kind", VERDICT_MEANING)
def test_the_order_of_a_claim_is_fixed(kind: "VerdictKind") -> None:
    text = Page(render_check_html(factories.check((kind,)))).text
    parts = [
        "Claim c1 1 of 1",
        "86 percent" if kind != "contradicted" else "70 percent",
        f" {kind.capitalize()}",
        "Words that are missing",
        "How the sentence was understood",
        "36 definitions give 82% to 97%",
        "The nearest numbers",
        "Why this verdict",
        "What decides it",
        "Published figures considered",
        "Every report accounted for",
        "Decisions and the options taken",
        "What would decide it",
        "What was not checked, and why",
        "Numbers that exclude one another",
        "How the article was read",
        "Sources",
        "How the verdicts are made",
        "groundswell replay 0123456789ab",
    ]
    main = text[text.index("Claim c1 1 of 1") :]
    places = [main.index(part) for part in parts if part in main]
    assert places == sorted(places)
    assert len(places) >= len(parts) - 7


@pytest.mark.parametrize("kind", VERDICT_MEANING)
def test_a_verdict_is_a_word_and_a_shape(kind: "VerdictKind") -> None:
    source = render_check_html(factories.check((kind,)))
    shape = re.search(r'<p class="verdict">.*?<svg[^>]*>(.*?)</svg>', source, re.DOTALL)
    assert shape is not None
    others = [
        re.search(r'<p class="verdict">.*?<svg[^>]*>(.*?)</svg>', text, re.DOTALL)
        for text in (render_check_html(factories.check((k,))) for k in VERDICT_MEANING)
    ]
    assert [other[1] for other in others if other].count(shape[1]) == 1


def test_each_chart_has_its_table() -> None:
    page = Page(render_check_html(factories.check(("depends", "narrower"))))
    drawn = [attrs for tag, attrs in page.tags if tag == "figure"]
    assert len(drawn) == 2
    assert page.text.count("The same as a table") == 2
    assert page.text.count("How many definitions give which value") == 2
    assert (
        "Lowest: Which words put an event on a side? Also words about the river. Do "
        "events that take no side belong in the denominator? Yes, every event about the "
        "dam. Where does an event with both sides belong?"
    ) in page.text
    assert page.text.count(" 86% 3 ") == 2


def test_counts_are_printed_as_counts() -> None:
    verdict = factories.count_verdict()
    assert verdict.measurement is not None
    text = Page(render_check_html(factories.check((), verdicts=(verdict,)))).text
    assert "The number more than 1,300 86 percent" in text
    assert "number of events" in text
    assert "36 definitions give 1,000 to 1,249." in text
    assert "Those that somebody uses in print give 1,100 to 1,128." in text
    assert "is 51 events from what the words allow (more than 1,300)" in text
    assert "%" not in text[text.index("36 definitions") : text.index("Why this")]


def test_the_ledger_adds_up_on_the_page() -> None:
    page = Page(render_check_html(factories.check(("depends",))))
    table = page.text[page.text.index("Reason Reports") :]
    numbers = [int(n.replace(",", "")) for n in re.findall(r" ([\d,]+) ", table[:420])]
    assert numbers[:11] == [2, 611, 0, 184, 31, 1905, 2733, 1578, 181, 1759, 4492]


def test_a_wide_range_is_never_printed_with_decimals() -> None:
    page = Page(render_check_html(factories.check(("depends",))))
    part = page.text[page.text.index("36 definitions") : page.text.index("Why this")]
    own = part.replace("85.5% to just under 86.5%", "")
    assert re.findall(r"\d+\.\d+%", own) == []


def test_words_are_marked_where_the_claim_stands_on_them() -> None:
    source = render_check_html(factories.check(("narrower",)))
    quote = re.search(r"<blockquote.*?</blockquote>", source, re.DOTALL)
    assert quote is not None
    assert re.findall(r"<mark>(.*?)</mark>", quote[0]) == [
        "Since the third of April",
        "86 percent of these protests",
        "against the dam",
    ]


def test_without_records_the_published_figures_speak() -> None:
    made = factories.check(("traced",), snapshots=())
    page = Page(render_check_html(made))
    assert page.headings[0] == (1, "What published figures say about one claim")


def test_a_check_without_receipt_says_so() -> None:
    page = Page(render_check_html(factories.check(("traced",), receipt_id="")))
    assert "No receipt was written" in page.text
    assert "groundswell replay" not in page.text


def test_groups_share_one_number_line() -> None:
    page = Page(render_measurement_html(factories.by_week()))
    assert " Of 4,492 reports read. " in page.text
    assert " 2031-W14 1,759 84% 76% to 92% " in page.text
    assert " 2031-W22 0 no value no value " in page.text
    assert page.text.count("Each report is charged") == 9


def test_ten_claims_with_thousands_of_definitions_stay_small_and_fast() -> None:
    check = factories.large_check(10)
    assert check.verdicts[0].n_specifications > 2_000
    seconds = []
    for _ in range(3):
        start = time.perf_counter()
        source = render_check_html(check)
        seconds.append(time.perf_counter() - start)
    assert len(source.encode()) < 400_000
    assert min(seconds) < 0.3
