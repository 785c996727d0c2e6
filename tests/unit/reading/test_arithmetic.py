"""Numbers of one article that exclude one another, and those that only seem to."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundswell.reading import is_possible_share, possible_bases
from unit.reading.readers import read


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Of the 2,301 events, 38 percent (770) were small.", "33.5 %, not 38 percent"),
        ("770 of 2,301 protests (38 %) were large.", "2,000 to 2,053"),
        ("3,761 of the 4,385 demonstrations, or 90 percent, were so.", "85.8 %, not 90"),
        ("There were 2,301 events, of which 770 (38 percent) were small.", "33.5 %"),
        (
            "They list 2,301 pro-Israel events. Arrests were noted in 38 % (770). "
            "Injuries were noted in 631 (31 %).",
            "any base from 2,004 to 2,053; the stated 2,301 fits none",
        ),
        ("5,000 of the 4,385 demonstrations were pro-Israel.", "more than the 4,385"),
        (
            "60 percent of these protests were pro-Israel and 50 percent pro-Palestine.",
            "60 % and 50 % of the same protests come to more than 100 %",
        ),
        (
            "Of the 500 protests, 300 were pro-Israel and 250 pro-Palestine.",
            "300 and 250 of the same protests come to more than 500",
        ),
    ],
)
def test_numbers_that_cannot_all_be_true_are_flagged(text: str, expected: str) -> None:
    (finding,) = read(text).arithmetic
    assert expected in finding.explanation
    assert all(text[span.start : span.end] == span.text for span in finding.spans)


@pytest.mark.parametrize(
    "text",
    [
        "Of the 2,030 events, 38 percent (770) were small.",
        "3,761 of the 4,385 demonstrations, or 86 percent, were pro-Palestine.",
        "3,761 of the 4,385 demonstrations, or 85 percent, were so.",
        "3,761 of the 4,385 demonstrations, or about 90 percent, were so.",
        "They list 2,030 events. Arrests: 38 % (770). Injuries: 631 (31 %).",
        "They list 2,301 events. Arrests were noted in 38 % (770).",
        "38 % (770) were small. Of another kind, 10 % (12) were.",
        "86 percent of these protests were pro-Palestine, 12 percent pro-Israel and 2 "
        "percent neutral.",
        "86 percent of these were pro-Palestine. In May 40 percent were pro-Israel.",
        "Prices rose 38 percent (2023) and 31 percent (2024) at 2,301 events.",
        "It fell from 38 to 31 percent (770) over 2,301 protests.",
        "More than 60 percent of these protests were pro-Israel and 50 percent "
        "pro-Palestine.",
    ],
)
def test_numbers_that_some_rounding_makes_true_are_left_alone(text: str) -> None:
    assert read(text).arithmetic == ()


def test_finding_names_the_claims_that_rest_on_its_numbers() -> None:
    reading = read("3,761 of the 4,385 rallies, or 90 percent, were pro-Palestine.")
    (finding,) = reading.arithmetic
    (claim,) = [c for c in reading.claims if c.scope.statistic == "share"]
    assert claim.claim_id in finding.claim_ids


def test_two_pairs_leave_the_bases_that_fit_both() -> None:
    one, other = possible_bases(770, 38), possible_bases(631, 31)
    assert one is not None
    assert other is not None
    common = one.meet(other)
    assert common is not None
    assert (common.low, common.high) == (2004, 2053)
    assert not common.holds(2301)


@given(
    base=st.integers(1, 100_000),
    part=st.floats(0, 1),
    decimals=st.integers(0, 2),
)
def test_true_base_is_always_among_the_possible_ones(
    base: int, part: float, decimals: int
) -> None:
    count = round(part * base)
    percent = round(100 * count / base, decimals)
    bases = possible_bases(count, percent, decimals=decimals)
    assert bases is not None
    assert bases.holds(base)
    assert is_possible_share(count, base, percent=percent, decimals=decimals)


@given(count=st.integers(1, 5_000), percent=st.integers(1, 100))
def test_possible_bases_are_all_and_only_those_that_round_to_it(
    count: int, percent: int
) -> None:
    bases = possible_bases(count, percent)
    by_trial = [
        base
        for base in range(count, 200 * count + 1)
        if abs(100 * count - percent * base) * 2 <= base
    ]
    assert (bases is not None) == bool(by_trial)
    if bases is not None:
        assert (bases.low, bases.high) == (by_trial[0], by_trial[-1])
