"""Crowd-size phrases: intervals, points under each rule, and what is no size."""

import sys
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from groundswell.core.errors import UsageError
from groundswell.language.size_phrases import size_table
from groundswell.language.sizes import SIZE_RULES, Size, read_size
from unit.language.size_pairs import ccc_agreement, mpeds_agreement


@pytest.mark.parametrize(
    ("text", "low", "high", "ccc", "mpeds", "count_love"),
    [
        ("200", 200, 200, 200, 200, 200),
        ("300.0", 300, 300, 300, 300, 300),
        ("1e+05", 100_000, 100_000, 100_000, 100_000, 100_000),
        ("1,869", 1869, 1869, 1869, 1869, 1869),
        ("1.000", 1000, 1000, 1000, 1000, 1000),
        ("2 million", 2_000_000, 2_000_000, 2e6, 2e6, 2e6),
        ("2.6k", 2600, 2600, 2600, 2600, 2600),
        ("twelve hundred", 1200, 1200, 1200, 1200, 1200),
        ("dozens", 12, 99, 24, 36, 20),
        ("a dozen", 12, 12, 12, 12, 10),
        ("two dozen", 24, 24, 24, 24, 20),
        ("several dozen", 24, 99, 24, None, None),
        ("a few dozen", 24, 99, 24, None, None),
        ("scores", 20, 199, 40, None, None),
        ("a handful", 3, 9, 5, None, None),
        ("Hundreds ", 100, 999, 200, 150, 100),
        ("100s", 100, 999, 200, 150, 100),
        ("several hundred", 200, 999, 200, None, None),
        ("a couple of hundred", 200, 300, 200, None, None),
        ("thousands", 1000, 9999, 2000, 1500, 1000),
        ("tens of thousands", 10_000, 99_999, 20_000, None, 10_000),
        ("hundreds of thousands", 100_000, 999_999, 200_000, None, 100_000),
        ("10000s", 10_000, 99_999, 20_000, None, 10_000),
        ("100,000s", 100_000, 999_999, 200_000, None, 100_000),
        ("1,000,000s", 1_000_000, 9_999_999, None, None, None),
        ("20-30", 20, 30, 25, 25, 20),
        ("11-12 (est.)", 11, 12, 11.5, 11.5, 11),
        ("100-150+", 100, None, 125, 125, 100),
        ("Hundreds-Thousands", 100, 9999, 1100, 825, 100),
        ("180-220; hundreds", 100, 999, 200, 185, 100),
        ("about 300; more than 400", 270, None, 350, 350, 300),
        ("more than 100; about 150", 101, 165, 125, 125, 100),
        ("between 10 and 20 thousand", 10_000, 20_000, 15_000, 15_000, 10_000),
        ("50-60,000", 50_000, 60_000, 55_000, 55_000, 50_000),
        ("two or three hundred", 200, 300, 250, 250, 200),
        ("three to four dozen", 36, 48, 42, 42, 30),
        ("Apr 9", 4, 9, 6.5, 6.5, 4),
        ("15-Oct", 10, 15, 12.5, 12.5, 10),
        ("100+", 100, None, 100, 100, 100),
        ("1000+ (est.) demonstrators", 1000, None, 1000, 1000, 1000),
        ("\u2265 9", 9, None, 9, 9, 9),
        ("more than 100", 101, None, 100, 100, 100),
        ("no fewer than 200", 200, None, 200, 200, 200),
        ("100 or more", 100, None, 100, 100, 100),
        ("ca. 50", 45, 55, 50, 50, 50),
        ("1000+-", 900, 1100, 1000, 1000, 1000),
        ("900ish", 810, 990, 900, 900, 900),
        ("max. 50", 1, 50, 50, 50, 50),
        ("fewer than 20", 1, 19, 20, 20, 20),
        ("nearly all of the 20,000 seats", 19_000, 20_000, 2e4, 2e4, 2e4),
        ("about 200 (40 arrested)", 180, 220, 200, 200, 200),
        ("26 arrested", 26, None, 26, 26, 26),
        ("more than 350 outside + 48 arrested", 399, None, 398, 398, 398),
        ("a dozen teachers and 20 students", 32, 32, 32, 32, 30),
        ("60 + another dozen or so", 70, 74, 72, 72, 70),
        ("about 3500 people; another 600", 3750, 4450, 4100, 4100, 4100),
        ("Photo: dozens", 12, 99, 24, 36, 20),
        ("FB: 13", 13, 13, 13, 13, 13),
        ("47 went 212 interested", 47, 47, 47, 47, 47),
        ("(2 from photo)", 2, 2, 2, 2, 2),
        ("one person", 1, 1, 1, 1, 1),
        ("a", 1, 1, 1, 1, 1),
        ("0", 0, 0, 0, 0, 0),
    ],
)
def test_sizes(
    text: str,
    low: int,
    high: int | None,
    ccc: float,
    mpeds: float | None,
    count_love: float | None,
) -> None:
    sizes = {rule: read_size(text, rule=rule) for rule in SIZE_RULES}
    assert {(size.low, size.high) for size in sizes.values()} == {(low, high)}
    points = {rule: size.point for rule, size in sizes.items()}
    assert points == {
        "ccc": ccc,
        "mpeds": mpeds,
        "count-love": count_love,
        "interval": None,
    }
    for rule, size in sizes.items():
        assert bool(size.problem) is (size.point is None and rule != "interval")


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("several hundred", (200, 300)),
        ("several dozen", (24, 36)),
        ("a few dozen", (24, 36)),
        ("hundreds", (200,)),
    ],
)
def test_a_rule_lists_every_number_it_allows(
    text: str, points: tuple[float, ...]
) -> None:
    assert read_size(text, rule="ccc").points == points


@pytest.mark.parametrize(
    ("texts", "low", "high", "point"),
    [
        (
            ("bis 300", "bis zu 300 Menschen", "Jusqu\u2019à 300", "hasta 300"),
            1,
            300,
            300,
        ),
        (("höchstens 300", "hoechstens 300", "maximal 300"), 1, 300, 300),
        (("nicht mehr als 300", "pas plus de 300", "no más de 300"), 1, 300, 300),
        (("mindestens 300", "mind. 300", "mind.300", "ab 300"), 300, None, 300),
        (("au moins 300", "al menos 300", "300 oder mehr"), 300, None, 300),
        (("über 300", "ueber 300", "mehr als 300", "Plus de 300"), 301, None, 300),
        (("más de 300",), 301, None, 300),
        (("unter 300", "weniger als 300", "moins de 300", "menos de 300"), 1, 299, 300),
        (("knapp 300", "fast 300", "près de 300", "casi 300"), 285, 300, 300),
        (("cerca de 300",), 285, 300, 300),
        (("rund 300", "etwa 300", "circa 300", "zirka 300"), 270, 330, 300),
        (("ungefähr 300", "environ 300", "unos 300"), 270, 330, 300),
        (("2 Mio", "2 Mio.", "2 Millionen", "2 millones"), 2_000_000, 2_000_000, 2e6),
        (("3 Tsd.", "3 Tausend", "3 mille", "3tsd"), 3000, 3000, 3000),
        (("1,5 Mio.", "1.5 Mio", "1,5 millions"), 1_500_000, 1_500_000, 1.5e6),
        (("über 2,5 Tsd.", "más de 2.500"), 2501, None, 2500),
        (("100 bis 200", "100 bis zu 200", "100 hasta 200"), 100, 200, 150),
        (("2 Tsd. bis 3 Tsd.", "2 bis 3 Tausend"), 2000, 3000, 2500),
    ],
)
def test_other_languages_beside_a_number(
    texts: tuple[str, ...], low: int, high: int | None, point: float
) -> None:
    for text in texts:
        size = read_size(text, rule="ccc")
        assert (size.low, size.high, size.point) == (low, high, point), text


def test_low_and_high_of_a_rule_are_kept_as_pairs() -> None:
    size = read_size("hundreds; several thousand", rule="ccc")
    assert size.pairs == ((200, 2000), (200, 3000))
    assert size.points == (1100, 1600)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("", "missing"),
        (" ", "missing"),
        ("NA", "missing"),
        ("N/A", "missing"),
        ("k.A.", "missing"),
        ("--", "missing"),
        ("-99", "missing"),
        ("\u221299.0", "missing"),
        ("(see above)", "missing"),
        ("Unclear", "missing"),
        ("Unclear # of demonstrators", "missing"),
        ("Varied", "missing"),
        ("x", "missing"),
        ("count pic", "evidence-only"),
        ("count video", "evidence-only"),
        ("From photo", "evidence-only"),
        ("a small group", "unread"),
        ("hundreds expected", "unread"),
        ("700 to 1,400 people are expected", "unread"),
        ("FB: 1.8k going", "unread"),
        ("15 to 20 cars", "unread"),
        ("86%", "unread"),
        ("about 10 times as many", "unread"),
        ("more than half of the school's 123 students", "unread"),
        ("sever dozen", "unread"),
        ("1,8", "unread"),
        ("10,50", "unread"),
        ("bis 1,5 oder so", "unread"),
        ("1.234,56", "unread"),
        ("2 x 50", "unread"),
        ("2 \u00d7 50", "unread"),
        ("2 mil", "unread"),
        ("hundreds " * 500, "unread"),
    ],
)
def test_unknown_is_none_and_says_why(text: str, kind: str) -> None:
    for rule in SIZE_RULES:
        size = read_size(text, rule=rule)
        assert (size.low, size.high, size.point) == (None, None, None)
        assert (size.points, size.pairs, size.kind) == ((), (), kind)
        assert size.problem
        assert size.text == text


@pytest.mark.parametrize("quantifier", ["several", "a few", "a couple of", "many"])
@pytest.mark.parametrize(
    "scale", ["dozen", "hundred", "hundreds", "thousand", "million", "hundred thousand"]
)
def test_every_vague_phrase_has_a_row(quantifier: str, scale: str) -> None:
    size = read_size(f"{quantifier} {scale}", rule="interval")
    assert size.kind == "words"
    assert size.low is not None


def test_no_point_lies_outside_its_interval() -> None:
    for word in size_table().words.values():
        points = [point for rule in word.points.values() for point in rule]
        assert all(word.low <= point <= word.high for point in points)


def test_an_unknown_rule_is_refused_with_those_there_are() -> None:
    with pytest.raises(UsageError, match="count-love"):
        read_size("200", rule="guess")


@given(
    st.integers(0, 10**9), st.sampled_from(["{}", "{:,}", "{} people", "FB: {}", "{}.0"])
)
def test_a_number_comes_back(number: int, form: str) -> None:
    size = read_size(form.format(number), rule="ccc")
    assert (size.low, size.high, size.point) == (number, number, number)


@given(
    st.integers(1, 10**7),
    st.integers(1, 10**7),
    st.sampled_from(["{}-{}", "{} to {}", "between {} and {}", "{:,}\u2013{:,} (est.)"]),
)
def test_a_range_comes_back(low: int, more: int, form: str) -> None:
    high = low + more
    assume(low >= 1000 or high % 1000)  # "50-60,000" is 50,000 to 60,000
    size = read_size(form.format(low, high), rule="mpeds")
    assert (size.low, size.high, size.point) == (low, high, (low + high) / 2)


_PIECES = st.sampled_from(
    [
        *("about", "more than", "fewer than", "up to", "nearly", "at least", "between"),
        *("several", "few", "couple of", "many", "half", "dozen", "dozens", "hundred"),
        *("hundreds", "thousand", "thousands", "hundred thousand", "million", "scores"),
        *("a", "an", "of", "to", "-", "or", "and", "plus", "+", "another", "others"),
        *(";", ",", "(", ")", "(est.)", "people", "arrested", "expected", "pic", "FB:"),
        *("0", "3", "20", "300", "1,000", "1.000", "2.5", "2k", "trillion", "%"),
        *("bis zu", "ab", "plus de", "hasta", "Mio.", "Tsd", "mil", "1,8", "x"),
        *("times", "ish", "or so", "or more", "or less", "Apr"),
    ]
)


@given(
    st.one_of(st.text(max_size=60), st.lists(_PIECES, max_size=9).map(" ".join)),
    st.sampled_from(sorted(SIZE_RULES)),
)
def test_any_text_is_read_and_low_is_never_above_high(text: str, rule: str) -> None:
    size = read_size(text, rule=rule)
    assert size.text == text
    assert_consistent(size)


def assert_consistent(size: Size) -> None:
    assert (size.low is None) is (size.kind in {"missing", "evidence-only", "unread"})
    if size.low is None:
        assert size.high is None
        assert size.point is None
    elif size.high is not None:
        assert 0 <= size.low <= size.high
    assert size.point == (size.points[0] if size.points else None)
    assert all(low <= high for low, high in size.pairs)


@pytest.mark.reference
def test_mpeds_numbers(reference_data: Path) -> None:
    agreement = mpeds_agreement(reference_data)
    sys.stdout.write("\n".join(agreement.lines()))
    assert agreement.n == 2178
    assert agreement.share >= 0.999


@pytest.mark.reference
def test_ccc_phase_1_numbers(reference_data: Path) -> None:
    agreement = ccc_agreement(reference_data)
    sys.stdout.write("\n".join(agreement.lines()))
    assert agreement.n > 8000
    assert agreement.share >= 0.96
