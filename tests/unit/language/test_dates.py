"""Dates of records: precision, problems, and nothing guessed."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundswell.language.dates import (
    ENDS_FIRST,
    NO_DATE,
    NO_SUCH_DAY,
    NO_YEAR,
    OUT_OF_RANGE,
    UNREAD,
    DateOrder,
    read_date,
)
from unit.language.size_pairs import ccc_rows


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("text", "order", "start", "end", "precision"),
    [
        ("2018-12-01", "mdy", "2018-12-01", "2018-12-01", "day"),
        ("2018-11-3", "dmy", "2018-11-03", "2018-11-03", "day"),
        ("2018/11/03", "mdy", "2018-11-03", "2018-11-03", "day"),
        ("2018-01-27 00:00:00", "mdy", "2018-01-27", "2018-01-27", "day"),
        ("2018-05-03T10:00:00Z", "mdy", "2018-05-03", "2018-05-03", "day"),
        ("20180127", "mdy", "2018-01-27", "2018-01-27", "day"),
        ("4/2/2017", "mdy", "2017-04-02", "2017-04-02", "day"),
        ("4/2/2017", "dmy", "2017-02-04", "2017-02-04", "day"),
        ("4/2/17", "mdy", "2017-04-02", "2017-04-02", "day"),
        ("14.05.22", "dmy", "2022-05-14", "2022-05-14", "day"),
        ("90/01/28", "ymd", "1990-01-28", "1990-01-28", "day"),
        ("28-Jan-90", "mdy", "1990-01-28", "1990-01-28", "day"),
        ("28 January 1990", "mdy", "1990-01-28", "1990-01-28", "day"),
        ("Sept. 3, 2019", "dmy", "2019-09-03", "2019-09-03", "day"),
        (" 2018-05 ", "mdy", "2018-05-01", "2018-05-31", "month"),
        ("Jul-18", "mdy", "2018-07-01", "2018-07-31", "month"),
        ("July 2018", "mdy", "2018-07-01", "2018-07-31", "month"),
        ("2018", "mdy", "2018-01-01", "2018-12-31", "year"),
        ("early 2018", "mdy", "2018-01-01", "2018-04-30", "month"),
        ("week of August 20, 2018", "mdy", "2018-08-20", "2018-08-26", "week"),
        ("Week of 8/20/2018", "mdy", "2018-08-20", "2018-08-26", "week"),
        ("May 1-3, 2018", "mdy", "2018-05-01", "2018-05-03", "day"),
        ("4/1/2018-4/3/2018", "mdy", "2018-04-01", "2018-04-03", "day"),
        ("2018-05-01 to 2018-05-03", "mdy", "2018-05-01", "2018-05-03", "day"),
    ],
)
def test_dates(text: str, order: DateOrder, start: str, end: str, precision: str) -> None:
    read = read_date(text, order=order)
    assert (read.start, read.end, read.precision) == (day(start), day(end), precision)
    assert (read.text, read.problem) == (text, "")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", NO_DATE),
        ("NA", NO_DATE),
        ("k.A.", NO_DATE),
        ("--", NO_DATE),
        ("-99", NO_DATE),
        ("see above", NO_DATE),
        ("9/25/2917", OUT_OF_RANGE),
        ("6/12/2108", OUT_OF_RANGE),
        ("0208-10-14", OUT_OF_RANGE),
        ("1899-12-31", OUT_OF_RANGE),
        ("week of 8/20/2917", OUT_OF_RANGE),
        ("2/30/2018", NO_SUCH_DAY),
        ("25/12/2017", NO_SUCH_DAY),
        ("2018-13", NO_SUCH_DAY),
        ("July 18", NO_YEAR),
        ("18-Jul", NO_YEAR),
        ("week of July 18", NO_YEAR),
        ("4/3/2018 - 4/1/2018", ENDS_FIRST),
        ("42736", UNREAD),
        ("Xyz-18", UNREAD),
        ("some day in May", "no year"),
        ("some day in May 2025", UNREAD),
        ("last week", UNREAD),
    ],
)
def test_what_is_no_date_says_why(text: str, problem: str) -> None:
    read = read_date(text, order="mdy")
    assert (read.start, read.end, read.precision) == (None, None, "unknown")
    assert (read.text, read.problem) == (text, problem)


_DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))
_FORMS: dict[DateOrder, str] = {"mdy": "%m/%d/%Y", "dmy": "%d.%m.%Y", "ymd": "%Y-%m-%d"}


@given(_DAYS, st.sampled_from(sorted(_FORMS)))
def test_a_day_comes_back_in_its_order(when: date, order: DateOrder) -> None:
    read = read_date(when.strftime(_FORMS[order]), order=order)
    assert (read.start, read.end, read.precision) == (when, when, "day")


@given(_DAYS, st.sampled_from(["%d %B %Y", "%B %d, %Y", "%d-%b-%Y", "%b %d %Y"]))
def test_a_day_in_words_comes_back(when: date, form: str) -> None:
    read = read_date(when.strftime(form), order="ymd")
    assert (read.start, read.end, read.precision) == (when, when, "day")


_PIECES = st.sampled_from(
    [
        *("week of", "May", "Jul", "sept", "4", "31", "2018", "0208", "99", "2917"),
        *("-", "/", ".", ",", " ", "to", "T10:00", "early", "NA", "\u2013", "٣"),
    ]
)


@given(
    st.one_of(st.text(max_size=40), st.lists(_PIECES, max_size=8).map("".join)),
    st.sampled_from(sorted(_FORMS)),
)
def test_any_cell_is_read(text: str, order: DateOrder) -> None:
    read = read_date(text, order=order)
    assert read.text == text
    assert (read.start is None) is bool(read.problem)
    if read.start and read.end:
        assert timedelta(0) <= read.end - read.start
        assert 1900 <= read.start.year <= read.end.year <= 2100


@pytest.mark.reference
def test_every_date_of_ccc_phase_1_is_read_or_explained(reference_data: Path) -> None:
    read = [read_date(row["Date"], order="mdy") for row in ccc_rows(reference_data)]
    counts = {p: sum(r.precision == p for r in read) for p in ("day", "week", "month")}
    assert counts == {"day": 15_715, "week": 1, "month": 8}
    problems = [r.problem for r in read if r.problem]
    assert (problems.count(NO_DATE), problems.count(OUT_OF_RANGE)) == (27, 3)
    assert len(problems) == 30
