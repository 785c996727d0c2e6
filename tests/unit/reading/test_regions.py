"""What each paragraph of a page is."""

import pytest

from groundswell.reading.regions import find_regions

_BODY = (
    "Marches were held in many cities on the day that the law was passed. "
    "They went on for weeks, and most of them were small."
)
_MORE = (
    "Nobody had expected that the marches would go on through the whole of the winter."
)


def _kinds(*paragraphs: str, title: str = "") -> list[str]:
    return [p.kind for p in find_regions("\n\n".join(paragraphs), title=title)]


@pytest.mark.parametrize(
    ("paragraph", "kind"),
    [
        ("By Ann Lee", "byline"),
        ("BY ANN LEE AND BOB RAY", "byline"),
        ("Words by Ann Lee", "byline"),
        ("March 5, 2024", "byline"),
        ("5 March 2024 | Opinion", "byline"),
        ("Published: 5 March 2024, 10:15", "byline"),
        ("7 min read", "byline"),
        ("A march in spring. (Image: City Archive)", "caption"),
        ("Protesters on Main Street. Photo: Ann Lee", "body"),
        ("Photo: Ann Lee", "caption"),
        ("People march past the town hall. [Bob Ray/Reuters]", "caption"),
        ("FILE PHOTO: People march", "caption"),
        ("People march past the hall (via Getty Images)", "caption"),
        ("Home | News | Opinion | About", "navigation"),
        ("Skip to main content", "navigation"),
        ("© 2024 The Daily Lantern", "footer"),
        ("This article was first published by The Lantern.", "footer"),
        ("Tags: marches, law", "footer"),
        ("Read more: why they march", "footer"),
        ("Related marches were held in Rome and in Oslo on the next day.", "body"),
        ("The views expressed here are the author's own.", "footer"),
    ],
)
def test_form_of_a_paragraph_says_what_it_is(paragraph: str, kind: str) -> None:
    assert _kinds("A wave of marches", paragraph, _BODY, _MORE)[1] == kind


@pytest.mark.parametrize(
    "note",
    [
        "– Ann Lee is a journalist and the author of six books. www.example.org",
        "* Ann Lee is a professor of history at Lakeside.",
        "Ann Lee is a writer in Oslo. Her latest book is “March”.",
        "About the author",
        "(The Lantern is a registered 501(c)3 organization; gifts are tax deductible.)",
        "Your donation keeps this newsroom open.",
        "12 comments",
        "Leave a reply",
        "Comments are closed.",
    ],
)
def test_nothing_is_body_after_the_authors_note_or_a_comments_heading(note: str) -> None:
    kinds = _kinds("A wave", _BODY, _MORE, note, "Excellent article!", f"1. {_BODY}")
    assert kinds[:3] == ["title", "body", "body"]
    assert "body" not in kinds[3:]


@pytest.mark.parametrize(
    ("paragraphs", "kinds"),
    [
        (["86 percent of the marches were small."], ["body"]),
        (["A wave of marches", _BODY], ["title", "body"]),
        (["# A wave of marches", _BODY], ["title", "body"]),
        ([_BODY, _MORE], ["body", "body"]),
        (
            ["News", "Opinion", "Sport", "Weather", "A wave of marches came", _BODY],
            ["navigation"] * 4 + ["title", "body"],
        ),
        (
            [
                "A wave",
                _BODY,
                "He said: “Ann Lee is a journalist, as we all know.”",
                _MORE,
            ],
            ["title", "body", "body", "body"],
        ),
        (
            [
                "A wave",
                _BODY,
                _MORE,
                "  1. Great!",
                "    • Agreed.",
                "Comments are closed.",
            ],
            ["title", "body", "body", "comments", "comments", "comments"],
        ),
    ],
)
def test_place_on_the_page_decides_too(paragraphs: list[str], kinds: list[str]) -> None:
    assert _kinds(*paragraphs) == kinds


def test_headline_that_a_page_declares_is_the_title_whatever_its_form() -> None:
    assert _kinds("It ended. For now.", _BODY, title="It ended. For now.")[0] == "title"
