"""Numbers in running text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundswell.language.numbers import find_numbers


def _words(text: str) -> list[str]:
    return text.split(" ")


_ONES = _words(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen "
    "fourteen fifteen sixteen seventeen eighteen nineteen"
)
_TENS = _words("_ _ twenty thirty forty fifty sixty seventy eighty ninety")


def in_words(number: int, *, with_and: bool = True) -> str:
    """Write a number in words, independently of the reader."""
    for scale, name in ((10**6, "million"), (1000, "thousand"), (100, "hundred")):
        if number >= scale:
            head, rest = divmod(number, scale)
            words = f"{in_words(head, with_and=with_and)} {name}"
            if not rest:
                return words
            joint = " and " if with_and and (scale == 100 or rest < 100) else " "
            return words + joint + in_words(rest, with_and=with_and)
    if number < 20:
        return _ONES[number]
    tens, ones = divmod(number, 10)
    return _TENS[tens] + (f"-{_ONES[ones]}" if ones else "")


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("1,869 against 433", [1869, 433]),
        ("1 869 people", [1869]),
        ("1\u00a0869\u202f000 people", [1869, 0]),
        ("1\u202f869\u202f000 people", [1869000]),
        ("2.3k posts and 1.2m people, $5.2bn", [2300, 1_200_000, 5_200_000_000]),
        ("1.2 million", [1_200_000]),
        ("1,50,000 marchers", [150_000]),
        ("twelve hundred", [1200]),
        ("Two Hundred and Fifty", [250]),
        ("a dozen; two dozen; half a dozen; a half-dozen", [12, 24, 6, 6]),
        ("half a million", [500_000]),
        ("a quarter of a million, three quarters of a million", [250_000, 750_000]),
        ("two and a half million; 1 and a half million", [2_500_000, 1_500_000]),
        ("86 percent, 86.4 percent, .5", [86, 86.4, 0.5]),
        ("86\u00a0percent\u2014again", [86]),
        ("eighty-six point four percent; one point two million", [86.4, 1_200_000]),
        ("one hundred and twenty thousand", [120_000]),
        ("between one hundred and two hundred", [100, 200]),
        ("between one thousand and two thousand", [1000, 2000]),
        ("two million three hundred thousand and five", [2_300_005]),
        ("7-27 October", [7, 27]),
        ("20\u201330 million", [20, 30_000_000]),
        ("October 7", [7]),
        ("On October 7 300 people came", [7, 300]),
        ("nine in ten", [9, 10]),
        ("the 50-year-old, 300-plus", [50, 300]),
        ("only one protest, 100+ and ~20", [1, 100, 20]),
        ("in 2023 500 people", [2023, 500]),
        ("2\nmillion and 2\n\nmillion", [2_000_000, 2]),
    ],
)
def test_numbers_in_digits_and_words(text: str, values: list[float]) -> None:
    assert [number.value for number in find_numbers(text)] == values


@pytest.mark.parametrize(
    "text",
    [
        "several hundred, a few thousand, dozens, hundreds of thousands, a couple dozen",
        "COVID-19, G7, MI5, the 7th, the 1960s, 100s, ES-10/21, B2B",
        "on 2023-10-07 at 10:30, 10/7/2023, 7.10.2023, 555-123-4567, 192.168.0.1",
        "no one, any one, someone, one another, the one who, one's own",
        "a 100m sprint, 5k9, x86, over1,000",
        "9" * 60,
        "",
    ],
)
def test_what_is_no_number(text: str) -> None:
    assert find_numbers(text) == ()


def test_rounding_of_the_print_is_kept() -> None:
    found = find_numbers("86, 86.40, 1.2 million, 2.30k, ninety")
    assert [(n.decimals, n.scale) for n in found] == [
        (0, 1),
        (2, 1),
        (1, 10**6),
        (2, 1000),
        (None, 1),
    ]


@given(st.integers(0, 10**6), st.booleans())
def test_words_come_back(number: int, with_and: bool) -> None:
    words = in_words(number, with_and=with_and)
    found = find_numbers(f"There were {words} people, they said.")
    assert [(n.value, n.text) for n in found] == [(number, words)]


@given(st.integers(0, 10**12), st.sampled_from([",", "\u00a0", "\u202f", " ", ""]))
def test_digits_come_back(number: int, separator: str) -> None:
    digits = f"{number:,}".replace(",", separator)
    (found,) = find_numbers(f"Some {digits} people")
    assert (found.value, found.text, found.decimals) == (number, digits, 0)


@given(st.integers(0, 10**6), st.integers(1, 4))
def test_decimals_come_back(number: int, decimals: int) -> None:
    printed = f"{number / 10**decimals:.{decimals}f}"
    (found,) = find_numbers(f"it was {printed} percent")
    assert (found.value, found.decimals) == (float(printed), decimals)


_PIECES = st.sampled_from(
    [
        *("one", "two", "hundred", "thousand", "million", "trillion", "dozen", "half"),
        *("and", "a", "an", "quarter", "of", "point", "October", "k", "m", "%", "\n"),
        *("7", "27", "1,869", "1.2", ".5", "86", "9999999999", "𝟗", "²", "٣", "é"),
        *("-", "\u2013", ",", ".", ":", "/", "+", "\u00a0"),
    ]
)


@given(st.one_of(st.text(), st.lists(_PIECES, max_size=12).map(" ".join)))
def test_any_text_is_read_and_spans_are_exact(text: str) -> None:
    found = find_numbers(text)
    assert all(text[n.start : n.end] == n.text and n.text for n in found)
    ends = [0, *(n.end for n in found)]
    assert all(n.start >= end for n, end in zip(found, ends, strict=False))
