"""Stretches of days in running text."""

from collections.abc import Mapping
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundswell.language.windows import WindowSpan, find_windows

PUBLISHED = date(2024, 3, 5)
NAMED = {"October 7": date(2023, 10, 7), "the Dobbs decision": date(2022, 6, 24)}


def days(window: WindowSpan) -> tuple[str, str, str]:
    return window.text, str(window.window.start), str(window.window.end)


@pytest.mark.parametrize(
    ("words", "start", "end"),
    [
        ("between 7 and 27 October 2023", "2023-10-07", "2023-10-27"),
        ("7-27 October 2023", "2023-10-07", "2023-10-27"),
        ("7\u201327 October 2023", "2023-10-07", "2023-10-27"),
        ("between October 7 and 27, 2023", "2023-10-07", "2023-10-27"),
        ("October\u00a07 to November\u00a026, 2023", "2023-10-07", "2023-11-26"),
        ("from October 7, 2023, to June 7, 2024", "2023-10-07", "2024-06-07"),
        ("from October 7 to June 7, 2024", "2023-10-07", "2024-06-07"),
        ("from 7 October 2023 to 7 June", "2023-10-07", "2024-06-07"),
        ("7 October\u201326 November 2023", "2023-10-07", "2023-11-26"),
        ("2023-10-07 to 2023-11-26", "2023-10-07", "2023-11-26"),
        ("since 7 October 2023", "2023-10-07", "2024-03-05"),
        ("since Saturday, October 7, 2023", "2023-10-07", "2024-03-05"),
        ("post-October 2023", "2023-11-01", "2024-03-05"),
        ("after 2022", "2023-01-01", "2024-03-05"),
        ("since 2022", "2022-01-01", "2024-03-05"),
        ("from 7 October 2023 onwards", "2023-10-07", "2024-03-05"),
        ("from October 7, 2023 until now", "2023-10-07", "2024-03-05"),
        ("from October 2023 to date", "2023-10-01", "2024-03-05"),
        ("in January and February 2025", "2025-01-01", "2025-02-28"),
        ("from October to December 2023", "2023-10-01", "2023-12-31"),
        ("in early 2025", "2025-01-01", "2025-04-30"),
        ("in mid-October 2023", "2023-10-11", "2023-10-20"),
        ("by late October 2023", "None", "2023-10-31"),
        ("by the end of 2023", "None", "2023-12-31"),
        ("in the first quarter of 2025", "2025-01-01", "2025-03-31"),
        ("in the second half of 2024", "2024-07-01", "2024-12-31"),
        ("Q4 2023", "2023-10-01", "2023-12-31"),
        ("in 2023", "2023-01-01", "2023-12-31"),
        ("in 2023 and 2024", "2023-01-01", "2024-12-31"),
        ("between 2017 and 2020", "2017-01-01", "2020-12-31"),
        ("2021-22", "2021-01-01", "2022-12-31"),
        ("in the 1960s", "1960-01-01", "1969-12-31"),
        ("on 4 November 2023", "2023-11-04", "2023-11-04"),
        ("on 7th October, 2023", "2023-10-07", "2023-10-07"),
        ("until June 7, 2024", "None", "2024-06-07"),
        ("before October 7, 2023", "None", "2023-10-06"),
        ("as of 1 March 2024", "None", "2024-03-01"),
        ("in the first half of January 2024", "2024-01-01", "2024-01-15"),
        ("in the second half of February 2024", "2024-02-16", "2024-02-29"),
        ("in the latter half of 2023", "2023-07-01", "2023-12-31"),
        ("in the first ten days of January 2024", "2024-01-01", "2024-01-10"),
        ("on the last day of February 2024", "2024-02-29", "2024-02-29"),
        ("in the first two months of 2024", "2024-01-01", "2024-02-29"),
        ("in the last three months of 2023", "2023-10-01", "2023-12-31"),
        ("during the month of January 2024", "2024-01-01", "2024-01-31"),
        ("during the week of January 1, 2024", "2024-01-01", "2024-01-07"),
        ("in the week ending 7 January 2024", "2024-01-01", "2024-01-07"),
        ("in the week beginning 3 January 2024", "2024-01-03", "2024-01-09"),
        ("on the weekend of January 6, 2024", "2024-01-06", "2024-01-07"),
        ("on January 20 and 21, 2024", "2024-01-20", "2024-01-21"),
        ("on 20 and 21 January 2024", "2024-01-20", "2024-01-21"),
        ("27/10/2023", "2023-10-27", "2023-10-27"),
        ("10/27/2023", "2023-10-27", "2023-10-27"),
    ],
)
def test_windows_written_in_full(words: str, start: str, end: str) -> None:
    text = f"It rose, they say, {words}; it fell later."
    (found,) = find_windows(text, published=PUBLISHED)
    assert days(found) == (words, start, end)
    assert text[found.start : found.end] == found.window.text == found.text
    assert found.is_resolved


@pytest.mark.parametrize(
    ("words", "start", "end"),
    [
        ("since October 7", "2023-10-07", "2024-03-05"),
        ("after Oct 7", "2023-10-07", "2024-03-05"),
        ("post-October 7", "2023-10-07", "2024-03-05"),
        ("since the Dobbs decision", "2022-06-24", "2024-03-05"),
        ("from Oct. 7 to Nov. 26", "2023-10-07", "2023-11-26"),
        ("February 19-26", "2024-02-19", "2024-02-26"),
        ("Dec 24 to Jan 6", "2023-12-24", "2024-01-06"),
        ("Feb 29", "2024-02-29", "2024-02-29"),
        ("in October", "2023-10-01", "2023-10-31"),
        ("in May and June", "2023-05-01", "2023-06-30"),
        ("through March", "None", "2024-03-31"),
        ("by late October", "None", "2023-10-31"),
        ("last week", "2024-02-26", "2024-03-03"),
        ("last month", "2024-02-01", "2024-02-29"),
        ("last year", "2023-01-01", "2023-12-31"),
        ("this year", "2024-01-01", "2024-03-05"),
        ("since last month", "2024-02-01", "2024-03-05"),
        ("in the past three weeks", "2024-02-14", "2024-03-05"),
        ("the past year", "2023-03-06", "2024-03-05"),
        ("the last 30 days", "2024-02-05", "2024-03-05"),
        ("to date", "None", "2024-03-05"),
    ],
)
def test_windows_settled_by_publication_or_a_named_date(
    words: str, start: str, end: str
) -> None:
    text = f"Nothing like it happened {words}."
    (found,) = find_windows(text, published=PUBLISHED, named_dates=NAMED)
    assert days(found) == (words, start, end)
    assert text[found.start : found.end] == words
    (unsettled,) = find_windows(text, published=None)[:1] or [None]
    assert unsettled is None or not unsettled.is_resolved


@pytest.mark.parametrize(
    ("text", "named", "start", "end", "why"),
    [
        ("since October 7", {}, None, None, "no year"),
        ("since October 7", NAMED, date(2023, 10, 7), None, "codebook"),
        ("since 7 Oct.", NAMED, date(2023, 10, 7), None, "codebook"),
        (
            "from October 7 to Nov 26",
            NAMED,
            date(2023, 10, 7),
            date(2023, 11, 26),
            "code",
        ),
        ("in October", NAMED, None, None, "no year"),
        ("last week", NAMED, None, None, "no publication date"),
    ],
)
def test_without_publication_only_the_codebook_settles_a_year(
    text: str,
    named: Mapping[str, date],
    start: date | None,
    end: date | None,
    why: str,
) -> None:
    (found,) = find_windows(text, published=None, named_dates=named)
    assert (found.window.start, found.window.end) == (start, end)
    assert found.is_resolved is (start is not None)
    assert why in found.why


def test_a_named_date_after_publication_does_not_count() -> None:
    (found,) = find_windows(
        "since October 7", published=date(2022, 1, 1), named_dates=NAMED
    )
    assert found.window.start == date(2021, 10, 7)


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("10/7/2023", "either way round"),
        ("February 30, 2024", "no such day"),
        ("between 2020 and 2017", "ends before it starts"),
        ("in spring 2024", "season"),
        ("in winter 2023/24", "season"),
        ("in the first week of January 2024", "seven days or a week of the calendar"),
        ("on the first weekend of January 2024", "do not fix"),
        ("in the last days of January 2024", "how many"),
        ("in the middle half of January 2024", "which half"),
        ("in the first 40 days of January 2024", "longer than"),
        ("in most of January 2024", "do not fix"),
        ("two weeks in January 2024", "do not fix"),
        ("during the week of January 3, 2024", "by a day in it"),
        ("on the weekend of January 3, 2024", "only a Saturday"),
        ("on January 20 and 25, 2024", "several days"),
        ("in the past few weeks", "no number"),
        ("since March 2025", "after publication"),
    ],
)
def test_what_cannot_be_settled_says_why(words: str, why: str) -> None:
    (found,) = find_windows(f"So it was {words}.", published=PUBLISHED)
    assert (found.text, found.is_resolved, found.precision) == (words, False, "unknown")
    assert (found.window.start, found.window.end) == (None, None)
    assert why in found.why


@pytest.mark.parametrize(
    "text",
    [
        "They may march 5 times.",
        "march on Washington; a march 5 people joined",
        "The Women's March 2017, the March on Washington, March for Our Lives",
        "7-27, 7 to 27, 1,869, in 2,023, $2023, 2023%",
        "In 2020 people came; 2000 of them; room 2019",
        "an august body; she was second; the fall of the wall",
        "in the last two weeks of a campaign, the last week of the strike",
        "",
    ],
)
def test_what_is_no_window(text: str) -> None:
    assert find_windows(text, published=PUBLISHED) == ()


def test_several_windows_in_order_with_their_places() -> None:
    text = (
        "In 2020, and again February 19-26, people marched; in post-October 7 "
        "protests, on October 7 and 26 others, more came in May."
    )
    found = find_windows(text, published=PUBLISHED, named_dates=NAMED)
    assert [window.text for window in found] == [
        "In 2020",
        "February 19-26",
        "post-October 7",
        "on October 7",
        "in May",
    ]


def test_capitals_at_the_start_of_a_sentence() -> None:
    text = "Early 2025 was calm. Last week was not. The past three weeks were. Since May"
    found = find_windows(text, published=PUBLISHED)
    assert [(window.text, window.is_resolved) for window in found] == [
        ("Early 2025", True),
        ("Last week", True),
        ("The past three weeks", True),
        ("Since May", True),
    ]


_DAYS = st.dates(date(1950, 1, 1), date(2090, 12, 31))
_FORMS = st.sampled_from(["%d %B %Y", "%B %d, %Y", "%b %d, %Y", "%d %b. %Y", "%Y-%m-%d"])
_JOINTS = st.sampled_from(
    [("from ", " to "), ("between ", " and "), ("", "\u2013"), ("", " through ")]
)


@given(_DAYS, _DAYS, _FORMS, _JOINTS)
def test_a_range_of_days_comes_back(
    one: date, other: date, form: str, joint: tuple[str, str]
) -> None:
    first, last = sorted((one, other))
    before, between = joint
    words = f"{before}{first.strftime(form)}{between}{last.strftime(form)}"
    words = words.replace("May.", "May")
    (found,) = find_windows(f"It lasted {words}, they say.", published=None)
    assert found.text == words
    assert (found.window.start, found.window.end) == (first, last)


@given(_DAYS, _FORMS, _DAYS)
def test_since_a_day_ends_on_publication(first: date, form: str, published: date) -> None:
    words = f"since {first.strftime(form)}".replace("May.", "May")
    (found,) = find_windows(f"So {words}!", published=published)
    assert found.is_resolved is (first <= published)
    if found.is_resolved:
        assert (found.window.start, found.window.end) == (first, published)


_PIECES = st.sampled_from(
    [
        *("since", "post-", "from", "to", "between", "and", "until", "by", "in", "early"),
        *("the", "past", "999", "weeks", "years", "last", "month", "to date", "onwards"),
        *("October", "Oct.", "May", "March", "Feb", "7", "29", "31", "2023", "1900"),
        *("2099", "1960s", "the ruling", "-", "\u2013", ",", ".", "10/7/2023", "Q3"),
        *("week of", "days of", "half of", "week ending", "ten", "course of", "second"),
        *("2023-02-29", "\u00a0", "\n", "spring", "of", "first", "quarter", "half"),
    ]
)


@given(
    st.one_of(st.text(), st.lists(_PIECES, max_size=12).map(" ".join)),
    st.one_of(st.none(), st.dates()),
    st.dictionaries(
        st.sampled_from(["October 7", "the ruling", "29 Feb", "", "(", "Q3 2023"]),
        st.dates(),
    ),
)
def test_any_text_is_read_and_spans_are_exact(
    text: str, published: date | None, named: dict[str, date]
) -> None:
    found = find_windows(text, published=published, named_dates=named)
    assert all(text[w.start : w.end] == w.text == w.window.text for w in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert all(w.is_resolved or w.window.is_open for w in found)
    assert all(w.why for w in found)
