"""Verdicts on single claims, as the page of the verdicts says them, and not the code."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundswell.checking.verdicts import Material, check_claim
from groundswell.core.claims import ArithmeticFinding, ClaimValue, FactualClaim
from groundswell.core.figures import Figure
from groundswell.core.places import WORLD
from groundswell.core.verdicts import Verdict
from unit.checking.made import (
    APRIL,
    MAJORITY,
    MARCH,
    NORLAND,
    NORTH,
    PUBLISHED,
    SPRING,
    Some,
    about_percent,
    at_least,
    between,
    claim,
    count_claim,
    derived,
    exactly,
    fewer_than,
    figure,
    material,
    more_than,
    percent,
    records,
    snapshot,
    source,
)

# 80 % under each wording
CLEAR = (Some(n=80, code="for"), Some(n=20, code="against"))
# 80 % under narrow words, which are the reference, and two thirds under broad ones
MIXED = (*CLEAR, Some(n=20, broad="against"))
# 80 % of those on the topic, 40 % of all
AMID = (*CLEAR, Some(n=100))
UNDATED = (*CLEAR, Some(n=30, code="against", day=None))  # 61.5 % at the least
SIZED = tuple(replace(some, size=10) for some in CLEAR)  # 800 and 200 people
UNSIZED = (*SIZED, Some(n=5, code="for"))
ERRORS = {"for": (0.9, 0.9), "against": (0.9, 0.9)}
COARSE = {"for": (0.5, 0.5), "against": (0.5, 0.5)}  # half to 94 %

BY = "according to SLP"
KNOWN = "in events whose size is known"
MARCH_WORDS = "1 to 31 March 2031"


@dataclass(frozen=True, kw_only=True)
class Case:
    """What is said, what is known, and what the page says about it."""

    value: ClaimValue
    kind: str
    off_by: float | None = None
    missing: tuple[str, ...] = ()
    said: str = ""
    unsaid: str = "\N{BLACK SQUARE}"
    asked: dict[str, object] = field(default_factory=dict)


def check(case: Case, against: Material, *, statistic: str = "share") -> Verdict:
    asked = {"statistic": statistic, **case.asked}
    found = check_claim(claim(case.value, **asked), against)
    assert found.kind == case.kind, found.answer
    assert found.missing_words == case.missing
    assert found.off_by == (None if case.off_by is None else pytest.approx(case.off_by))
    assert case.said in found.answer
    assert case.unsaid not in found.answer
    holds_up(found)
    return found


def holds_up(found: Verdict) -> None:
    """Check what is true of every verdict."""
    assert (found.off_by is not None) is (found.kind == "contradicted")
    assert found.needed or found.kind != "undecidable"
    assert found.kind != "narrower" or found.missing_words
    assert not found.flips or found.kind == "depends" or not found.is_covered
    if found.off_by is not None and found.claim.scope.statistic == "count":
        assert isinstance(found.off_by, int)
        assert found.off_by > 0


@pytest.mark.parametrize(
    ("rows", "rates", "case"),
    [
        (
            CLEAR,
            {},
            Case(value=percent(80), kind="reproduced", said="80.0% under the one"),
        ),
        (CLEAR, {}, Case(value=MAJORITY, kind="reproduced")),
        (
            CLEAR,
            {},
            Case(value=percent(20), kind="reproduced", asked={"side": "against"}),
        ),
        (
            AMID,
            {},
            Case(value=percent(40), kind="reproduced", asked={"among": "all"}),
        ),
        (
            AMID,
            {},
            Case(
                value=percent(50), kind="reproduced", asked={"side": "", "among": "all"}
            ),
        ),
        # at both ends of what the known errors make of it
        (CLEAR, ERRORS, Case(value=MAJORITY, kind="reproduced")),
        (CLEAR, ERRORS, Case(value=percent(80), kind="depends", said="need not")),
        (CLEAR, COARSE, Case(value=MAJORITY, kind="depends", said="50% to 94%")),
        (UNDATED, {}, Case(value=percent(80), kind="depends", said="62% to")),
        # some of the specifications
        (MIXED, {}, Case(value=percent(80), kind="depends", said="1 of 2 declared")),
        (MIXED, {}, Case(value=percent(67), kind="depends", said="Which words count?")),
        (MIXED, {}, Case(value=MAJORITY, kind="reproduced")),
        # none of them
        (MIXED, {}, Case(value=percent(75), kind="depends", said="lies between")),
        (CLEAR, COARSE, Case(value=percent(60), kind="depends", said="errors")),
        (UNDATED, {}, Case(value=percent(70), kind="depends", said="errors")),
        (
            UNDATED,
            {},
            Case(
                value=percent(60), kind="contradicted", off_by=0.195, said="19.5 points"
            ),
        ),
        (
            MIXED,
            {},
            Case(value=percent(60), kind="contradicted", off_by=2 / 3 - 0.605),
        ),
        (CLEAR, {}, Case(value=percent(99), kind="contradicted", off_by=0.185)),
        (
            (Some(n=3, code="for"), Some(n=3, code="against")),
            {},
            Case(value=MAJORITY, kind="contradicted", off_by=0.0, said="leave out"),
        ),
        # nothing to divide by
        ((Some(n=9),), {}, Case(value=percent(80), kind="undecidable", said="no event")),
        # people: a share of those that were counted, if not all were
        (
            SIZED,
            {},
            Case(value=percent(80), kind="reproduced", asked={"unit": "participants"}),
        ),
        (
            UNSIZED,
            {},
            Case(
                value=percent(80),
                kind="narrower",
                missing=(KNOWN,),
                said=KNOWN,
                asked={"unit": "participants", "source": "SLP"},
            ),
        ),
        (
            UNSIZED,
            {},
            Case(
                value=percent(80),
                kind="narrower",
                missing=("in Norland", KNOWN),
                asked={"unit": "participants", "place": None},
            ),
        ),
        (
            UNSIZED,
            {},
            Case(value=percent(50), kind="undecidable", asked={"unit": "participants"}),
        ),
        # a part of the place or of the days: under every specification, or the reference
        (
            CLEAR,
            {},
            Case(
                value=percent(80),
                kind="narrower",
                missing=("in Norland",),
                said="Norland, 1 to 31 March 2031: 80.0%",
                asked={"place": WORLD},
            ),
        ),
        (
            CLEAR,
            {},
            Case(
                value=percent(80),
                kind="narrower",
                missing=("1 March to 30 April 2031",),
                asked={"window": None, "source": "SLP"},
            ),
        ),
        (
            MIXED,
            {},
            Case(
                value=percent(80),
                kind="narrower",
                missing=("in Norland",),
                asked={"place": None},
            ),
        ),
        (MIXED, {}, Case(value=percent(67), kind="undecidable", asked={"place": None})),
        (CLEAR, {}, Case(value=percent(60), kind="undecidable", asked={"place": None})),
        # another's count, other days
        (CLEAR, {}, Case(value=percent(80), kind="undecidable", asked={"source": "W"})),
    ],
)
def test_shares_from_rows(
    rows: tuple[Some, ...], rates: dict[str, tuple[float, float]], case: Case
) -> None:
    check(case, material(records(*rows, rates=rates)))


def counts(kind: str, value: ClaimValue, off_by: int | None = None) -> Case:
    return Case(value=value, kind=kind, off_by=off_by)


NAMED: dict[str, object] = {"source": "SLP"}
WORLDWIDE: dict[str, object] = {"place": None}


@pytest.mark.parametrize(
    ("asked", "missing", "case"),
    [
        # 80 events, and it is said who counted: the record is what it is
        (NAMED, (), counts("reproduced", exactly(80))),
        (NAMED, (), counts("contradicted", exactly(81), 1)),
        (NAMED, (), counts("contradicted", exactly(79), 1)),
        (NAMED, (), counts("contradicted", exactly(2_000), 1_920)),
        (NAMED, (), counts("reproduced", more_than(79))),
        (NAMED, (), counts("contradicted", more_than(80), 1)),
        (NAMED, (), counts("contradicted", more_than(2_000), 1_921)),
        (NAMED, (), counts("reproduced", at_least(80))),
        (NAMED, (), counts("contradicted", at_least(81), 1)),
        (NAMED, (), counts("reproduced", fewer_than(81))),
        (NAMED, (), counts("contradicted", fewer_than(80), 1)),
        (NAMED, (), counts("contradicted", between(90.5, 95), 11)),
        # nobody is named: above it, nothing is known; below it, it is wrong
        ({}, (BY,), counts("narrower", exactly(80))),
        ({}, (), counts("undecidable", exactly(81))),
        ({}, (), counts("contradicted", exactly(79), 1)),
        ({}, (), counts("reproduced", more_than(79))),
        ({}, (), counts("undecidable", more_than(80))),
        ({}, (), counts("reproduced", at_least(80))),
        ({}, (), counts("undecidable", at_least(81))),
        ({}, (BY,), counts("narrower", fewer_than(81))),
        ({}, (BY,), counts("narrower", fewer_than(2_000))),
        ({}, (), counts("contradicted", fewer_than(80), 1)),
        # they are a part of what is meant, which alone has more
        (WORLDWIDE, ("in Norland", BY), counts("narrower", exactly(80))),
        (WORLDWIDE, (), counts("contradicted", exactly(79), 1)),
        (WORLDWIDE, (), counts("contradicted", fewer_than(10), 71)),
        (WORLDWIDE, (), counts("undecidable", exactly(81))),
        (WORLDWIDE, (), counts("undecidable", more_than(80))),
        (WORLDWIDE, ("in Norland",), counts("narrower", more_than(79))),
        ({**WORLDWIDE, **NAMED}, ("in Norland",), counts("narrower", exactly(80))),
        ({**WORLDWIDE, **NAMED}, (), counts("contradicted", exactly(70), 10)),
        ({**WORLDWIDE, **NAMED}, (), counts("undecidable", exactly(90))),
        # another's count
        ({"source": "Dam Watch"}, (), counts("undecidable", exactly(80))),
        ({"source": "Dam Watch"}, (), counts("undecidable", exactly(1))),
    ],
)
def test_counts_of_events_are_floors(
    asked: dict[str, object], missing: tuple[str, ...], case: Case
) -> None:
    case = replace(case, asked=asked, missing=missing)
    check(case, material(records(*CLEAR)), statistic="count")


@pytest.mark.parametrize(
    ("rows", "asked", "missing", "case"),
    [
        # all sizes are known: 800
        (SIZED, NAMED, (), counts("reproduced", exactly(800))),
        (SIZED, NAMED, (), counts("contradicted", exactly(900), 100)),
        (SIZED, NAMED, (), counts("contradicted", more_than(800), 1)),
        (SIZED, {}, (BY,), counts("narrower", exactly(800))),
        (SIZED, {}, (), counts("undecidable", more_than(800))),
        # five events of unknown size: a floor, whoever counted
        (UNSIZED, NAMED, (), counts("reproduced", more_than(700))),
        (UNSIZED, {}, (), counts("reproduced", more_than(700))),
        (UNSIZED, NAMED, (), counts("undecidable", more_than(800))),
        (UNSIZED, NAMED, (), counts("undecidable", exactly(900))),
        (UNSIZED, NAMED, (KNOWN,), counts("narrower", exactly(800))),
        (UNSIZED, NAMED, (KNOWN,), counts("narrower", fewer_than(900))),
        (UNSIZED, {}, (KNOWN, BY), counts("narrower", exactly(800))),
        (UNSIZED, {}, (), counts("contradicted", exactly(700), 100)),
        (UNSIZED, NAMED, (), counts("contradicted", fewer_than(500), 301)),
        (
            UNSIZED,
            WORLDWIDE,
            ("in Norland", KNOWN, BY),
            counts("narrower", exactly(800)),
        ),
    ],
)
def test_sums_of_people_are_floors_of_floors(
    rows: tuple[Some, ...],
    asked: dict[str, object],
    missing: tuple[str, ...],
    case: Case,
) -> None:
    asked = {**asked, "unit": "participants"}
    case = replace(case, asked=asked, missing=missing)
    check(case, material(records(*rows)), statistic="count")


MARCH_86 = figure(0.86)
DERIVED_90 = figure(0.86, derived(0.9))


@pytest.mark.parametrize(
    ("figures", "case"),
    [
        ([], Case(value=percent(86), kind="undecidable", said="No records")),
        ([MARCH_86], Case(value=percent(86), kind="traced", said="It equals")),
        ([MARCH_86], Case(value=about_percent(86), kind="traced", said="agrees with")),
        ([MARCH_86], Case(value=about_percent(85), kind="traced", said="agrees with")),
        ([MARCH_86], Case(value=MAJORITY, kind="traced", said="agrees with")),
        (
            [figure(0.862)],
            Case(value=percent(86), kind="traced", said="agrees with", unsaid="equals"),
        ),
        # the value that holds is named, and not another of the same figure
        ([figure(0.05, 0.95)], Case(value=percent(95), kind="traced", said=": 95%")),
        ([DERIVED_90], Case(value=percent(86), kind="traced", said=": 86%")),
        ([DERIVED_90], Case(value=percent(90), kind="depends", said="under one")),
        (
            [figure(derived(0.9))],
            Case(
                value=percent(90), kind="depends", said="from the counts", unsaid="not un"
            ),
        ),
        ([DERIVED_90], Case(value=percent(88), kind="depends", said="lies between")),
        (
            [figure(0.6), figure(0.8, figure_id="b")],
            Case(value=percent(70), kind="depends", said="60% to 80%"),
        ),
        # the distance is to the nearest value, which is named
        ([DERIVED_90], Case(value=percent(70), kind="contradicted", off_by=0.155)),
        (
            [DERIVED_90],
            Case(
                value=percent(95),
                kind="contradicted",
                off_by=0.045,
                said="counts is 90.0%",
            ),
        ),
        (
            [figure(0.6), figure(0.8, figure_id="b")],
            Case(
                value=percent(90),
                kind="contradicted",
                off_by=0.095,
                said="80%, 9.5 points",
                unsaid="60%",
            ),
        ),
        (
            [figure(0.6, 0.8)],
            Case(
                value=percent(90),
                kind="contradicted",
                off_by=0.095,
                said="80%, 9.5 points",
                unsaid="60%",
            ),
        ),
        # read by nobody, by another, of another quantity, or printed later
        ([figure(0.86, read="unread")], Case(value=percent(86), kind="undecidable")),
        ([figure(0.6, read="unread")], Case(value=percent(86), kind="undecidable")),
        (
            [figure(0.86, read="repost")],
            Case(value=percent(86), kind="traced", said="read in a repost"),
        ),
        (
            [MARCH_86],
            Case(value=percent(86), kind="undecidable", asked={"source": "Dam Watch"}),
        ),
        (
            [figure(0.86, published=PUBLISHED.replace(year=2032))],
            Case(value=percent(86), kind="traced"),
        ),
        ([figure(0.86, side="against")], Case(value=percent(86), kind="undecidable")),
        # wider, and apart
        ([MARCH_86], Case(value=percent(86), kind="undecidable", asked={"place": NORTH})),
        (
            [MARCH_86],
            Case(value=percent(86), kind="undecidable", asked={"window": APRIL}),
        ),
        # narrower: it supports, and never contradicts
        (
            [MARCH_86],
            Case(
                value=percent(86),
                kind="narrower",
                missing=(MARCH_WORDS, BY),
                said=": 86%",
                asked={"window": SPRING},
            ),
        ),
        (
            [DERIVED_90],
            Case(
                value=percent(90),
                kind="narrower",
                missing=(MARCH_WORDS,),
                said="90.0%, which is 3 of 4 events",
                unsaid="86%",
                asked={"window": SPRING, "source": "SLP"},
            ),
        ),
        (
            [MARCH_86],
            Case(
                value=percent(70),
                kind="undecidable",
                said="nearest published figure does not support it",
                asked={"window": SPRING},
            ),
        ),
        # the same scope goes before a narrower one
        (
            [figure(0.6, place=WORLD), figure(0.86, figure_id="b")],
            Case(
                value=percent(86),
                kind="contradicted",
                off_by=0.255,
                said="60%",
                asked={"place": None},
            ),
        ),
    ],
)
def test_shares_from_published_figures(figures: list[Figure], case: Case) -> None:
    if case.kind == "traced":
        case = replace(case, missing=(BY,))
    check(case, material(None, *figures))


@pytest.mark.parametrize(
    ("asked", "missing", "case"),
    [
        ({}, (BY,), counts("traced", exactly(500))),
        (NAMED, (), counts("traced", exactly(500))),
        (NAMED, (), counts("contradicted", exactly(600), 100)),
        ({}, (), counts("undecidable", exactly(600))),
        ({}, (), counts("undecidable", more_than(500))),
        (NAMED, (), counts("contradicted", more_than(500), 1)),
        ({}, (BY,), counts("traced", more_than(400))),
        ({}, (), counts("contradicted", exactly(400), 100)),
        ({}, (), counts("contradicted", fewer_than(400), 101)),
        (WORLDWIDE, (), counts("undecidable", exactly(400))),
        (WORLDWIDE, ("in Norland", BY), counts("narrower", exactly(500))),
    ],
)
@pytest.mark.parametrize("unit", ["events", "participants"])
def test_published_counts_are_floors_too(
    asked: dict[str, object], missing: tuple[str, ...], case: Case, unit: str
) -> None:
    case = replace(case, asked={**asked, "unit": unit}, missing=missing)
    published = figure(500, statistic="count", unit=unit)
    check(case, material(None, published), statistic="count")


@pytest.mark.parametrize(
    ("value", "printed", "case"),
    [
        # 80 events in the rows, which are a floor; a figure of the same scope beside them
        (exactly(100), 100, counts("traced", exactly(100))),
        (exactly(90), 100, replace(counts("contradicted", exactly(90), 10), said="100")),
        (exactly(110), 100, counts("undecidable", exactly(110))),
        (exactly(70), 60, replace(counts("contradicted", exactly(70), 10), said="alone")),
        (exactly(90), 60, counts("undecidable", exactly(90))),
        (more_than(90), 100, counts("undecidable", more_than(90))),  # the rows cover it
        (more_than(70), 60, counts("reproduced", more_than(70))),
    ],
)
def test_rows_and_figures_that_are_both_floors(
    value: ClaimValue, printed: int, case: Case
) -> None:
    published = figure(printed, statistic="count")
    missing = (BY,) if case.kind == "traced" else ()
    case = replace(case, value=value, missing=missing)
    check(case, material(records(*CLEAR), published), statistic="count")


@pytest.mark.parametrize(
    ("figures", "case"),
    [
        # rows of the claim's own scope go before every figure
        ([figure(0.6, place=NORLAND)], Case(value=percent(80), kind="reproduced")),
        ([MARCH_86], Case(value=percent(86), kind="contradicted", off_by=0.055)),
        # figures of its scope go before rows of a part
        (
            [figure(0.6, place=WORLD)],
            Case(
                value=percent(80),
                kind="contradicted",
                off_by=0.195,
                said="figure",
                asked=WORLDWIDE,
            ),
        ),
        (
            [figure(0.7, place=WORLD)],
            Case(value=percent(70), kind="traced", missing=(BY,), asked=WORLDWIDE),
        ),
        # rows and figures of a part, side by side
        (
            [figure(0.7)],
            Case(
                value=percent(70),
                kind="narrower",
                missing=("in Norland", BY),
                asked=WORLDWIDE,
            ),
        ),
        (
            [figure(0.7)],
            Case(
                value=percent(80),
                kind="narrower",
                missing=("in Norland",),
                asked=WORLDWIDE,
            ),
        ),
    ],
)
def test_shares_from_rows_and_figures(figures: list[Figure], case: Case) -> None:
    check(case, material(records(*CLEAR), *figures))


def test_numbers_of_the_article_that_exclude_one_another_go_first() -> None:
    finding = ArithmeticFinding(
        spans=(), explanation="40 of 60 is 67 percent.", claim_ids=("c1",)
    )
    found = check_claim(
        claim(percent(80)), material(records(*CLEAR)), arithmetic=(finding,)
    )
    assert (found.kind, found.answer) == ("inconsistent", finding.explanation)


@pytest.mark.parametrize(
    ("rows", "value", "kind", "off_by"),
    [
        (AMID, percent(40), "reproduced", None),
        (AMID, percent(80), "narrower", None),
        (AMID, percent(90), "contradicted", 0.095),
        (AMID, percent(30), "contradicted", 0.095),  # of all, which is nearer
        ((*MIXED, Some(n=80)), percent(75), "depends", None),
    ],
)
def test_a_bare_share_is_checked_among_both(
    rows: tuple[Some, ...], value: ClaimValue, kind: str, off_by: float | None
) -> None:
    found = check_claim(claim(value, among="open"), material(records(*rows)))
    assert found.kind == kind
    assert found.off_by == (None if off_by is None else pytest.approx(off_by))
    if kind == "narrower":
        assert found.missing_words == ("on the dam",)
    if kind == "depends":
        assert found.flips[0].decision_id == "among"


@pytest.mark.parametrize("unread", [(), (figure(0.95, figure_id="b", read="unread"),)])
def test_what_nobody_read_does_not_soften_a_bare_share(
    unread: tuple[Figure, ...],
) -> None:
    """80 percent is more than among those on the topic, so it is more than among all."""
    known = material(None, figure(0.6), *unread)
    assert check_claim(claim(percent(80), among="open"), known).kind == "contradicted"


def test_rows_without_a_case_do_not_hide_that_a_bare_share_says_more() -> None:
    known = material(records(Some(n=9)), figure(0.6))
    assert check_claim(claim(percent(80), among="open"), known).kind == "contradicted"


# What must be true whatever the numbers are.

groups = st.builds(
    Some,
    n=st.integers(1, 12),
    code=st.sampled_from(["for", "against"]),
    broad=st.sampled_from([None, None, "for", "against", ""]),
    day=st.sampled_from([MARCH.start, MARCH.start, APRIL.start, None]),
    country=st.sampled_from(["XNL", "XNL", "XSL"]),
    size=st.sampled_from([None, 10, 500]),
    online=st.booleans(),
    counter=st.booleans(),
)
tables = st.lists(groups, min_size=1, max_size=5)
rates = st.sampled_from([None, (0.9, 0.8), (0.7, 1.0), (1.0, 0.6)])
# shares of so few events never fall on such an end, so that rounding decides nothing
ends = st.tuples(st.integers(-2, 101), st.integers(0, 40)).map(
    lambda pair: (pair[0] / 100 + 0.00031, (pair[0] + pair[1]) / 100 + 0.00931)
)
OTHER = {"for": "against", "against": "for", "": "", None: None}


def mirrored(some: Some) -> Some:
    return replace(some, code=OTHER[some.code], broad=OTHER[some.broad])  # type: ignore[arg-type]


@given(tables, ends, rates, rates, st.sampled_from([{}, WORLDWIDE]))
def test_exchanging_the_sides_exchanges_the_verdicts(
    table: list[Some],
    allowed: tuple[float, float],
    for_rate: tuple[float, float] | None,
    against_rate: tuple[float, float] | None,
    asked: dict[str, object],
) -> None:
    """A share of one of two sides is one less the share of the other."""
    low, high = allowed
    known = {"for": for_rate, "against": against_rate}
    given_rates = {side: rate for side, rate in known.items() if rate}
    swapped = {str(OTHER[side]): rate for side, rate in given_rates.items()}
    found = check_claim(
        claim(between(low, high), **asked), material(records(*table, rates=given_rates))
    )
    shares = [
        # the same share of the same rows, said of the other side
        (records(*table, rates=given_rates), between(1 - high, 1 - low), "against"),
        # the same share of rows that have the sides exchanged
        (records(*map(mirrored, table), rates=swapped), between(low, high), "against"),
    ]
    for rows, value, side in shares:
        other = check_claim(claim(value, side=side, **asked), material(rows))
        assert other.kind == found.kind
        assert (other.n_holds, other.n_specifications) == (
            found.n_holds,
            found.n_specifications,
        )
        assert other.off_by == pytest.approx(found.off_by)
        assert other.missing_words == found.missing_words
        assert len(other.flips) == len(found.flips)


SUPPORTED = {"reproduced", "traced", "narrower", "depends"}
printed_values = st.lists(
    st.tuples(st.integers(0, 20), st.booleans(), st.sampled_from([NORLAND, WORLD])),
    max_size=3,
)
scopes = st.fixed_dictionaries(
    {
        "place": st.sampled_from([NORLAND, None]),
        "window": st.sampled_from([MARCH, SPRING, None]),
        "source": st.sampled_from(["", "SLP", "Dam Watch"]),
        "unit": st.sampled_from(["events", "participants"]),
        "among": st.sampled_from(["topic", "all", "open"]),
    }
)


def published(
    values: list[tuple[int, bool, object]], *, statistic: str
) -> tuple[Figure, ...]:
    unit = 0.05 if statistic == "share" else 5
    return tuple(
        figure(
            n * unit if is_printed else derived(n * unit),
            figure_id=f"made-{i}",
            statistic=statistic,
            place=place,
        )
        for i, (n, is_printed, place) in enumerate(values)
    )


@given(
    tables,
    printed_values,
    scopes,
    st.sampled_from(["share", "count"]),
    st.tuples(
        st.integers(0, 40), st.integers(0, 20), st.integers(0, 9), st.integers(0, 9)
    ),
    rates,
)
def test_allowing_more_never_turns_support_into_contradiction(
    table: list[Some],
    values: list[tuple[int, bool, object]],
    asked: dict[str, object],
    statistic: str,
    steps: tuple[int, int, int, int],
    rate: tuple[float, float] | None,
) -> None:
    low, width, below, above = steps
    unit = 0.025 if statistic == "share" else 2.5
    given_rates = {"for": rate, "against": rate} if rate else {}
    known = material(
        records(*table, rates=given_rates), *published(values, statistic=statistic)
    )

    def verdict(first: int, last: int) -> Verdict:
        value = between(first * unit, last * unit)
        found = check_claim(claim(value, statistic=statistic, **asked), known)
        holds_up(found)
        return found

    narrow = verdict(low, low + width)
    wide = verdict(low - below, low + width + above)
    assert wide.n_holds >= narrow.n_holds or asked["among"] == "open"
    if narrow.kind in SUPPORTED:
        assert wide.kind != "contradicted"
    if narrow.kind == "traced":
        assert wide.kind == "traced"
    if narrow.kind == "reproduced" and asked["among"] != "open":
        assert wide.kind == "reproduced"


@given(tables, printed_values, scopes, ends)
def test_what_was_not_read_and_rows_of_elsewhere_decide_nothing(
    table: list[Some],
    values: list[tuple[int, bool, object]],
    asked: dict[str, object],
    allowed: tuple[float, float],
) -> None:
    figures = published(values, statistic="share")
    unread = tuple(
        replace(one, figure_id=f"u-{one.figure_id}", read="unread") for one in figures
    )
    said = claim(between(*allowed), **{**asked, "source": "Dam Watch"})
    alone = check_claim(said, material(None, *figures))
    for known in (
        material(None, *figures, *unread),
        material(records(*table), *figures),  # counted by the Street Ledger
        material(records(*table), *figures, *unread),
    ):
        found = check_claim(said, known)
        assert (found.kind, found.off_by) == (alone.kind, alone.off_by)
        assert found.missing_words == alone.missing_words


@pytest.mark.parametrize("made", [exactly, at_least, fewer_than])
def test_rows_of_elsewhere_do_not_decide_how_many_people_were_printed(
    made: Callable[[int], ClaimValue],
) -> None:
    """A named producer's printed number is its own, whatever other rows lack."""
    said = count_claim(made(600), source="SLP", unit="participants", window=APRIL)
    of_april = figure(500, statistic="count", unit="participants", window=APRIL)
    kinds = {
        check_claim(said, known).kind
        for known in (
            material(None, of_april),
            material(records(*UNSIZED), of_april, snapshots=[snapshot(MARCH)]),
        )
    }
    assert len(kinds) == 1


def test_what_would_decide_is_named_for_what_is_left_open() -> None:
    said: FactualClaim = claim(percent(80), window=APRIL)
    found = check_claim(said, material(sources=[source()]))
    assert [needed.dataset for needed in found.needed] == ["Street Ledger"]
