"""Agreement of coders and accuracy of codebooks, against numbers worked out by others."""

import json
import random
from dataclasses import replace
from itertools import product
from math import comb, sqrt
from statistics import NormalDist

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from groundswell.codebook.agreement import krippendorff_alpha
from groundswell.codebook.evaluation import RecordTexts, evaluate_codebook
from groundswell.codebook.hand_codes import HandCoded, read_label
from groundswell.codebook.load import load_codebook
from groundswell.core.codings import Evaluation, Rate
from groundswell.core.errors import UsageError
from groundswell.core.schema import json_schema
from groundswell.core.serialise import canonical

# Krippendorff (2011), Computing Krippendorff's Alpha-Reliability,
# https://repository.upenn.edu/asc_papers/43: the data of sections A, B and C and the
# values of alpha that are printed there, to three digits.
TWO_CODERS_BINARY = list(zip("0100000010", "1110010000", strict=True))
TWO_CODERS_NOMINAL = list(zip("aabbdcccedda", "babbbcccedd" + "d", strict=True))
_ = None
FOUR_CODERS = [
    [1, 1, _, 1],
    [2, 2, 3, 2],
    [3, 3, 3, 3],
    [3, 3, 3, 3],
    [2, 2, 2, 2],
    [1, 2, 3, 4],
    [4, 4, 4, 4],
    [1, 1, 2, 1],
    [2, 2, 2, 2],
    [_, 5, 5, 5],
    [_, _, 1, 1],
    [_, 3, _, _],
]


@pytest.mark.parametrize(
    ("units", "level", "printed"),
    [
        (TWO_CODERS_BINARY, "nominal", 0.095),
        (TWO_CODERS_NOMINAL, "nominal", 0.692),
        (FOUR_CODERS, "nominal", 0.743),
        (FOUR_CODERS, "ordinal", 0.815),
        (FOUR_CODERS, "interval", 0.849),
    ],
)
def test_alpha_is_the_printed_one(units: list, level: str, printed: float) -> None:
    assert krippendorff_alpha(units, level=level) == pytest.approx(printed, abs=5e-4)


def pairwise_alpha(units: list[list[str | None]]) -> float | None:
    """Alpha straight from its definition, over all pairs of values."""
    rated = [[v for v in unit if v is not None] for unit in units]
    rated = [unit for unit in rated if len(unit) > 1]
    values = [value for unit in rated for value in unit]
    observed = sum(
        (one != other) / (len(unit) - 1)
        for unit in rated
        for i, one in enumerate(unit)
        for j, other in enumerate(unit)
        if i != j
    )
    n = len(values)
    expected = sum(one != other for one in values for other in values)
    return None if not expected else 1 - (n - 1) * observed / expected


@given(
    st.lists(
        st.lists(st.sampled_from(["a", "b", "c", None]), min_size=1, max_size=4),
        max_size=12,
    )
)
def test_alpha_follows_its_definition_and_ignores_names_and_order(
    units: list[list[str | None]],
) -> None:
    alpha = krippendorff_alpha(units)
    assert alpha == pytest.approx(pairwise_alpha(units))
    renamed = [[{"a": "z", "b": "y"}.get(v, v) for v in unit[::-1]] for unit in units]
    assert krippendorff_alpha(renamed[::-1]) == pytest.approx(alpha)


@pytest.mark.parametrize("units", [[], [["a"]], [["a", "a"]], [["a", None], [None]]])
def test_alpha_is_undefined_without_pairs_or_variation(units: list) -> None:
    assert krippendorff_alpha(units) is None


def test_alpha_is_one_when_all_agree_and_about_zero_by_chance() -> None:
    assert krippendorff_alpha([["a", "a", "a"], ["b", "b"]]) == 1
    rng = random.Random(5)  # noqa: S311 (a simulation)
    units = [[rng.choice("ab"), rng.choice("ab")] for _ in range(4_000)]
    assert abs(krippendorff_alpha(units) or 1) < 0.05
    with pytest.raises(UsageError, match="needs numbers"):
        krippendorff_alpha([["a", "b"]], level="interval")


BOOK = load_codebook("us-abortion")
FOR, AGAINST = frozenset({"abortion-rights"}), frozenset({"anti-abortion"})
NONE = frozenset()


def coded(
    text: str, *codes: frozenset[str], weight: float = 1.0, dimension: str = "side"
) -> HandCoded:
    names = ("ann", "ben", "cis")
    return HandCoded(
        text=text,
        dimension=dimension,
        codes=tuple(zip(names, codes, strict=False)),
        weight=weight,
    )


def in_stratum(
    stratum: str, *codes: frozenset[str], text: str = "x", weight: float = 1.0
) -> HandCoded:
    return replace(coded(text, *codes, weight=weight), stratum=stratum)


ROWS = [
    coded("for abortion rights", FOR, FOR, weight=3.0),
    coded("for abortion access", FOR, FOR),
    coded("for my daughter's future", FOR, FOR, weight=2.0),
    coded("against abortion", AGAINST, AGAINST),
    coded("close the clinic", AGAINST, AGAINST),
    coded("pro-life or pro-choice?", NONE, NONE),
    coded("pray for all", NONE, AGAINST),
    coded("for reproductive rights; pro-life", FOR | AGAINST, FOR | AGAINST),
    coded("for roads", NONE),
]


def wilson(share: float, n: float) -> tuple[float, float]:
    """Solve (p - share)^2 = z^2 p (1 - p) / n for p."""
    z = NormalDist().inv_cdf(0.975)
    a, b, c = 1 + z * z / n, -(2 * share + z * z / n), share * share
    root = sqrt(b * b - 4 * a * c)
    return (-b - root) / (2 * a), (-b + root) / (2 * a)


def test_accuracy_agreement_and_confusion() -> None:
    result = evaluate_codebook(BOOK, ROWS)
    (side,) = result.dimensions
    assert side.coders == ("ann", "ben")
    assert (side.n_texts, side.n_coded_twice, side.n_agreed, side.n_truth) == (9, 8, 7, 8)
    assert [(d.first, d.second, d.n) for d in side.disagreements] == [
        ("anti-abortion", "none", 1)
    ]
    labels = [["+".join(sorted(c)) for _, c in row.codes] for row in ROWS]
    assert side.alpha == pytest.approx(krippendorff_alpha(labels))
    assert side.is_reliable
    assert side.reliability == "reliable"
    assert [wording.wording for wording in side.wordings] == ["narrow", "broad"]
    narrow = side.wordings[0]
    for_rights, against = narrow.codes
    assert (for_rights.n_truth, for_rights.n_coded, for_rights.n_both) == (4, 4, 3)
    # by weight 3 + 1 + 1 of 3 + 1 + 2 + 1 are found, and 3 + 1 + 1 of 6 are right
    assert for_rights.sensitivity.value == pytest.approx(5 / 7)
    assert for_rights.precision.value == pytest.approx(5 / 6)
    low, high = wilson(5 / 7, 49 / 15)
    assert for_rights.sensitivity.interval is not None
    assert for_rights.sensitivity.interval.low == pytest.approx(low)
    assert for_rights.sensitivity.interval.high == pytest.approx(high)
    assert (against.n_truth, against.n_coded, against.n_both) == (3, 3, 2)
    cells = {
        (cell.first, cell.second): (cell.n, cell.weight) for cell in narrow.confusion
    }
    assert cells["abortion-rights", "abortion-rights"] == (2, 4.0)
    assert cells["abortion-rights", "none"] == (1, 2.0)
    assert cells["none", "abortion-rights + anti-abortion"] == (1, 1.0)
    assert sum(n for n, _ in cells.values()) == side.n_truth
    schema = json_schema(Evaluation, title="t")
    Draft202012Validator(schema).validate(json.loads(canonical(result)))


FOUND, MISSED, FREE = "abortion rights", "my daughter", "roads"


def binomial_limits(hits: int, n: int) -> tuple[float, float]:
    """Exact limits by search: the shares between which both tails stay above 2.5 %."""

    def tail(p: float, ks: range) -> float:
        return sum(comb(n, k) * p**k * (1 - p) ** (n - k) for k in ks)

    grid = [k / 20_000 for k in range(20_001)]
    fits = [
        p
        for p in grid
        if tail(p, range(hits, n + 1)) >= 0.025 and tail(p, range(hits + 1)) >= 0.025
    ]
    return fits[0], fits[-1]


@pytest.mark.parametrize(("hits", "n"), [(0, 1), (0, 40), (3, 20), (10, 20), (17, 17)])
def test_one_stratum_of_hits_and_misses_has_exact_limits(hits: int, n: int) -> None:
    rows = [in_stratum("a", FOR, text=FOUND)] * hits
    rows += [in_stratum("a", FOR, text=MISSED)] * (n - hits)
    found = evaluate_codebook(BOOK, rows).dimensions[0].wordings[0].codes[0]
    assert found.sensitivity.value == hits / n
    assert found.sensitivity.interval is not None
    ends = (found.sensitivity.interval.low, found.sensitivity.interval.high)
    assert ends == pytest.approx(binomial_limits(hits, n), abs=1e-4)
    assert "strata (1)" in found.sensitivity.interval.basis


def sensitivity_of(rows: list[HandCoded]) -> Rate:
    (side,) = evaluate_codebook(BOOK, rows).dimensions
    return side.wordings[0].codes[0].sensitivity


@given(
    st.lists(
        st.tuples(st.integers(0, 12), st.integers(0, 3), st.integers(1, 30)),
        min_size=1,
        max_size=4,
    ),
    st.lists(st.sampled_from([1.0, 2.5, 40.0]), min_size=4, max_size=4),
)
def test_a_stratum_without_a_hit_widens_the_interval(
    counts: list[tuple[int, int, int]], weights: list[float]
) -> None:
    rows = []
    for number, (hits, misses, free) in enumerate(counts):
        kinds = [(FOUND, FOR)] * hits + [(MISSED, FOR)] * misses + [(FREE, NONE)] * free
        rows += [
            in_stratum(str(number), codes, text=text, weight=weights[number])
            for text, codes in kinds
        ]
    rate = sensitivity_of(rows)
    if rate.interval is None:
        assert rate.value is None
        assert not any(hits + misses for hits, misses, _ in counts)
        return
    assert rate.value is not None
    assert 0 <= rate.interval.low <= rate.value <= rate.interval.high <= 1
    empty = [in_stratum("empty", NONE, text=FREE, weight=40.0)] * 20
    wider = sensitivity_of(rows + empty)
    assert wider.value == pytest.approx(rate.value)
    assert wider.interval is not None
    assert wider.interval.low <= rate.interval.low + 1e-12
    assert wider.interval.high >= rate.interval.high - 1e-12
    if rate.value == 1:
        assert wider.interval.low < rate.interval.low


def test_counts_of_all_records_bound_precision() -> None:
    rows = [in_stratum("a", FOR, text=FOUND)] * 50
    rows += [in_stratum("b", NONE, text=FREE, weight=20.0)] * 40
    alone = evaluate_codebook(BOOK, rows).dimensions[0]
    texts = [(FOUND, 52), (FREE, 790)]
    counted = RecordTexts(counts=texts, n_rows=850)
    known = evaluate_codebook(BOOK, rows, records=counted).dimensions[0]
    elsewhere = RecordTexts(counts=texts, n_rows=2_000)
    unlike = evaluate_codebook(BOOK, rows, records=elsewhere).dimensions[0]
    assert unlike == alone
    assert len(known.assumptions) == len(alone.assumptions) + 1
    before, after = (e.wordings[0].codes[0].precision.interval for e in (alone, known))
    assert before is not None
    assert after is not None
    assert after.low == pytest.approx(50 * binomial_limits(50, 50)[0] / 52, abs=1e-3)
    assert before.low < 0.5
    assert (
        known.wordings[0].codes[0].sensitivity == alone.wordings[0].codes[0].sensitivity
    )
    assert [(s.stratum, s.n_drawn, s.n_rows) for s in known.strata] == [
        ("a", 50, 50),
        ("b", 40, 800),
    ]


CODINGS = [(FOR, FOR), (FOR, NONE), (NONE, NONE), (AGAINST, FOR), (NONE, AGAINST)]


@given(
    st.lists(
        st.tuples(
            st.sampled_from([FOUND, MISSED]),
            st.sampled_from(CODINGS),
            st.sampled_from(["a", "b"]),
        ),
        min_size=1,
        max_size=4,
    ),
    st.booleans(),
)
@settings(max_examples=30)
def test_disagreements_are_resolved_in_every_way(
    cases: list[tuple[str, tuple[frozenset[str], ...], str]], is_stratified: bool
) -> None:
    weights = {"a": 1.0, "b": 3.0}
    rows = [
        replace(
            coded(text, *codes, weight=weights[stratum]),
            stratum=stratum if is_stratified else "",
        )
        for text, codes, stratum in cases
    ]
    code = evaluate_codebook(BOOK, rows).dimensions[0].wordings[0].codes[0]
    resolved = []
    for truth in product(*[range(2)] * len(rows)):
        ways = [
            replace(row, codes=(("one", row.codes[way][1]),))
            for row, way in zip(rows, truth, strict=True)
        ]
        resolved.append(evaluate_codebook(BOOK, ways).dimensions[0].wordings[0].codes[0])
    for name in ("sensitivity", "precision"):
        rate = getattr(code, name)
        values = [r.value for way in resolved if (r := getattr(way, name)).interval]
        if all(len(row.classes) == 1 for row in rows) or not values:
            assert rate.either_way is None
            continue
        ends = (rate.either_way.low, rate.either_way.high)
        assert ends == pytest.approx((min(values), max(values)))
        assert rate.either_way_interval.low <= min(values)
        assert rate.either_way_interval.high >= max(values)


def test_poor_agreement_is_called_not_reliable() -> None:
    rows = [coded(f"text {n}", (FOR, AGAINST)[n % 2], FOR) for n in range(10)]
    side = evaluate_codebook(BOOK, rows).dimensions[0]
    assert side.alpha is not None
    assert side.alpha < 0.667
    assert not side.is_reliable
    assert side.reliability == "not reliable"
    single = evaluate_codebook(BOOK, [coded("abortion rights", FOR)]).dimensions[0]
    assert single.alpha is None
    assert not single.is_reliable
    assert single.reliability.startswith("undefined")
    against = single.wordings[0].codes[1]
    assert against.sensitivity.value is None
    assert against.sensitivity.interval is None
    assert single.wordings[0].codes[0].sensitivity.value == 1.0


def test_dimensions_are_evaluated_apart() -> None:
    book = load_codebook("solidarity-forms")
    rows = [
        coded("human rights", frozenset({"rights"}), dimension="basis"),
        coded("vigil", frozenset({"symbolic"}), dimension="expression"),
    ]
    result = evaluate_codebook(book, rows, field="claims_summary")
    assert [d.dimension for d in result.dimensions] == ["basis", "expression"]
    found = [
        accuracy.n_both
        for dimension in result.dimensions
        for accuracy in dimension.wordings[0].codes
        if accuracy.n_truth
    ]
    assert found == [1, 1]


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([], "no hand codes"),
        ([coded("x", frozenset({"pro-x"}))], "no code 'pro-x'"),
        ([coded("x", FOR, dimension="sides")], "no dimension 'sides'"),
        ([coded("x", FOR, weight=0)], "weight 0"),
        ([coded("x", FOR, weight=float("nan"))], "weight nan"),
        ([coded("x")], "no coder"),
        ([in_stratum("a", FOR), coded("x", FOR)], "1 texts have no stratum"),
        (
            [in_stratum("a", FOR), in_stratum("a", FOR, weight=2.0)],
            "weights from 1.0 to 2.0",
        ),
        (
            [HandCoded(text="x", dimension="side", codes=(("a", FOR), ("a", FOR)))],
            "one coder twice",
        ),
    ],
)
def test_wrong_hand_codes_are_refused(rows: list[HandCoded], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        evaluate_codebook(BOOK, rows)


def test_labels_are_read_as_sets_of_codes() -> None:
    side = load_codebook("israel-palestine").dimension("side")
    assert read_label("none", dimension=side) == frozenset()
    assert read_label(" neutral ", dimension=side) == {"neutral"}
    assert read_label("both", dimension=side) == set(side.sides)
    assert read_label("pro-israel + pro-palestine", dimension=side) == set(side.sides)
    for label in ("", "pro", "both + neutral", "None"):
        with pytest.raises(UsageError, match="not a label"):
            read_label(label, dimension=side)
