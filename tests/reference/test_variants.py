"""Verdicts on 243 variants of one sentence, against the table of the documentation.

The expected verdict is worked out here from the printed table, from figures as they are
in the registry, and from the numbers that the rows give; none of the deciding code is
used.
"""

from collections import Counter
from functools import lru_cache
from itertools import product
from pathlib import Path

import pytest

from groundswell import api
from groundswell.checking.registry import load_figures
from groundswell.core.estimates import SpecificationValue
from groundswell.core.verdicts import ArticleCheck, Verdict
from reference.sentences import PLACES, PUBLISHED, WINDOWS, Variant, variants

pytestmark = pytest.mark.reference

RECORDS = "ccc/phase3/ccc-phase3-2025-q1.csv"
PLACE_PATHS = {"world": (), "usa": ("USA",), "": ()}


@pytest.fixture(scope="module")
def workspace(reference_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("variants") / "w"
    api.ingest(api.RecordFiles(files=(reference_data / RECORDS,)), folder)
    return folder


@pytest.fixture(scope="module")
def verdicts(workspace: Path) -> dict[str, Verdict]:
    """Check all the sentences as one article; each is its own paragraph."""
    text = "\n\n".join(v.text for v in variants())
    check: ArticleCheck = api.check_article(
        api.Article(content=text.encode(), name="variants.txt", is_sentence=False),
        workspace,
        against=api.Against(use_workspace=True, published=PUBLISHED),
    )
    return {v.claim.sentence.text: v for v in check.verdicts}


def allowed(variant: Variant) -> tuple[float, float]:
    """Ends of the allowed values, in percent; the upper end of a rounding is open."""
    slack = 2.0 if variant.is_about else 0.5
    return variant.value - slack, variant.value + slack - (
        0 if variant.is_about else 1e-9
    )


def fits(variant: Variant, share: float) -> bool:
    low, high = allowed(variant)
    return low - 1e-12 <= share * 100 <= high + 1e-12


@lru_cache
def figures_of(side: str) -> tuple[object, ...]:
    return tuple(
        f
        for f in load_figures()
        if f.statistic == "share"
        and f.side == side
        and f.unit == "events"
        and f.among != "all"
        and f.read != "unread"
    )


def scope_of(variant: Variant, figure: object) -> str:
    """Relation of a figure's scope to the sentence's: same, inside, or neither."""
    window, path = WINDOWS[variant.window][1], PLACE_PATHS[variant.place]
    by = {"acled": "ACLED", "ccc": "CCC", "": ""}[variant.source]
    if by and f"({by})" not in figure.producer:
        return ""
    if figure.place.path[: len(path)] != path:
        return ""
    if window is None:
        return "inside"
    if (window.start, window.end) == (figure.window.start, figure.window.end):
        return "same" if figure.place.path == path else "inside"
    inside = window.start <= figure.window.start and figure.window.end <= window.end
    return "inside" if inside else ""


@lru_cache
def rate_ends(wording: str) -> dict[str, list[tuple[float, float]]]:
    """Sensitivity and precision of each code, every pair of their ends."""
    return {
        rate.code: list(product(rate.sensitivity, rate.precision))
        for rate in api.show_codebook("israel-palestine").error_rates
        if rate.wording == wording
    }


def shares_with_errors(entry: SpecificationValue, side: str) -> list[float]:
    """The shares that wrong codes allow, at every corner of the four rates."""
    choices = dict(entry.specification.choices)
    rates = rate_ends(choices["wording"])
    if side not in rates:  # another cause, whose codebook carries no rates
        return [entry.numerator / entry.denominator]
    (other,) = set(rates) - {side}
    target, opposed, neutral = entry.numerator, entry.other, entry.neutral
    apart = entry.denominator - target - opposed - neutral
    shares = []
    for (found, right), (also_found, also_right) in product(rates[side], rates[other]):
        true, other_true = target * right / found, opposed * also_right / also_found
        rest = [0.0]
        if choices["neutral-events"] == "in-denominator":
            wrong = target * (1 - right) + opposed * (1 - also_right)
            missed = true - target * right + other_true - opposed * also_right
            rest = [neutral + wrong, max(neutral - missed, 0.0)]
        shares += [true / (true + other_true + r + apart) for r in rest]
    return shares


def errors_reach(variant: Variant, values: list[SpecificationValue]) -> bool:
    shares = [s for v in values for s in shares_with_errors(v, variant.side)]
    low, high = allowed(variant)
    return min(shares) * 100 <= high + 1e-12 and max(shares) * 100 >= low - 1e-12


def expected(variant: Variant, verdict: Verdict) -> str:
    """Walk down the printed table."""
    rows = ""
    if variant.source != "acled":
        covers = variant.window == "file" and variant.place == "usa"
        rows = "covers" if covers else "" if variant.window == "acled" else "inside"
    measured = verdict.measurement
    assert measured is not None
    shares = [v.value for v in measured.range.values if v.value is not None]
    held = [fits(variant, share) for share in shares]
    if rows == "covers" and shares:
        if all(held):
            return "reproduced"
        values = [v for v in measured.range.values if v.value is not None]
        reached = any(held) or errors_reach(variant, values)
        return "depends" if reached else "contradicted"
    figures = [(f, scope_of(variant, f)) for f in figures_of(variant.side)]
    same = [f for f, relation in figures if relation == "same"]
    printed = any(fits(variant, v.value) for f in same for v in f.values if v.printed)
    derived = any(fits(variant, v.value) for f in same for v in f.values)
    if same:
        return "traced" if printed else "depends" if derived else "contradicted"
    reference = measured.estimate.value
    from_rows = rows == "inside" and bool(shares) and reference is not None
    if from_rows and (all(held) or fits(variant, reference)):
        return "narrower"
    inside = [f for f, relation in figures if relation == "inside"]
    if any(fits(variant, v.value) for f in inside for v in f.values):
        return "narrower"
    return "undecidable"


def test_every_variant_has_the_verdict_of_the_table(verdicts: dict[str, Verdict]) -> None:
    wrong = []
    seen: Counter[str] = Counter()
    for variant in variants():
        verdict = verdicts[variant.text]
        want = expected(variant, verdict)
        seen[want] += 1
        if verdict.kind != want:
            wrong.append(f"{variant.text!r}: {verdict.kind}, not {want}")
    assert not wrong, "\n".join(wrong)
    assert len(variants()) >= 60
    assert {"depends", "contradicted", "traced", "narrower", "undecidable"} <= set(seen)


def test_every_undecidable_names_a_dataset_and_a_command(
    verdicts: dict[str, Verdict],
) -> None:
    for verdict in verdicts.values():
        if verdict.kind == "undecidable":
            assert verdict.needed
            assert all(n.command.startswith("groundswell ") for n in verdict.needed)


def test_every_contradiction_says_by_how_much(verdicts: dict[str, Verdict]) -> None:
    for verdict in verdicts.values():
        assert (verdict.kind == "contradicted") == (verdict.off_by is not None)
        if verdict.off_by is not None:
            assert verdict.off_by > 0


def test_narrower_says_which_words_are_missing(verdicts: dict[str, Verdict]) -> None:
    for verdict in verdicts.values():
        assert bool(verdict.missing_words) or verdict.kind != "narrower"


def test_no_place_is_left_out(verdicts: dict[str, Verdict]) -> None:
    assert len(verdicts) == len(variants())
    assert {v.place for v in variants()} == set(PLACES)
