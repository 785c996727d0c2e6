"""Agreement of coders and accuracy of codebooks, against numbers worked out by others."""

import json
import random
from math import sqrt
from statistics import NormalDist

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from groundswell.codebook.agreement import krippendorff_alpha
from groundswell.codebook.evaluation import HandCoded, evaluate_codebook, read_label
from groundswell.codebook.load import load_codebook
from groundswell.core.codings import Evaluation
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
