"""Simulations with a known truth, and what they must recover.

`make recovery` runs them at full size and stores the results with their seeds and the
hash of the sources that they were made with; the tests run them at reduced size and fail
when the stored results are stale.
"""

import hashlib
from collections import Counter
from dataclasses import replace
from pathlib import Path

import numpy as np

from groundswell.codebook.evaluation import RecordTexts, evaluate_codebook
from groundswell.codebook.hand_codes import HandCoded
from groundswell.codebook.load import read_codebook
from groundswell.core.codebooks import ErrorRate
from groundswell.measures.miscoding import Counts, miscoding_bounds

ROOT = Path(__file__).parents[2]
MODEL_SOURCES = (
    "src/groundswell/codebook/accuracy.py",
    "src/groundswell/codebook/evaluation.py",
    "src/groundswell/codebook/hand_codes.py",
    "src/groundswell/codebook/rates.py",
    "src/groundswell/measures/miscoding.py",
    "tests/recovery/simulations.py",
)
SEED = 20261122
LEVEL = 0.95
SCENARIOS = (
    {"share": 0.8, "sensitivity": (0.92, 0.92), "specificity": (0.8, 0.8)},
    {"share": 0.5, "sensitivity": (0.9, 0.95), "specificity": (0.95, 0.9)},
    {"share": 0.9, "sensitivity": (0.97, 0.8), "specificity": (0.9, 0.98)},
)
# Strata as rows, rows drawn, rows that are red and found, red and missed, found and not
# red. The first three strata are those of docs/reference/evaluation.md; its stratum B has
# no row of a side among the 40 drawn, so misses are put there in growing number.
_SIZES = ((188, 100), (1_676, 110), (2_628, 40))
STRATA = {
    f"{kind}, {place}": tuple(
        (*size, *cells) for size, cells in zip(sizes, rows, strict=True)
    )
    for kind, sizes, places in (
        (
            "common side",
            _SIZES,
            {
                "no error": ((2, 0, 0), (1_540, 0, 0), (0, 0, 0)),
                "60 missed in B": ((2, 0, 0), (1_540, 0, 0), (0, 60, 0)),
                "80 missed in B": ((2, 0, 0), (1_540, 0, 0), (0, 80, 0)),
                "120 missed in B": ((2, 0, 0), (1_540, 0, 0), (0, 120, 0)),
                "180 missed in B": ((2, 0, 0), (1_540, 0, 0), (0, 180, 0)),
                "50 missed in A2, 20 wrong in B": (
                    (2, 0, 1),
                    (1_490, 50, 10),
                    (0, 20, 20),
                ),
            },
        ),
        (
            "rare side",
            _SIZES,
            {
                "no error": ((175, 0, 0), (0, 0, 0), (0, 0, 0)),
                "30 missed in B": ((165, 5, 5), (0, 0, 3), (0, 30, 5)),
                "30 missed in A2, 120 in B": ((165, 0, 0), (0, 30, 3), (0, 120, 30)),
            },
        ),
        (
            "two strata",
            ((5_000, 200), (5_000, 200)),
            {
                "few": ((225, 25, 25), (0, 12, 12)),
                "half": ((2_550, 150, 150), (0, 75, 75)),
            },
        ),
        (
            "five strata",
            ((500, 40), (1_000, 40), (2_000, 40), (4_000, 40), (8_000, 40)),
            {
                "thinning out": (
                    (90, 0, 5),
                    (90, 20, 5),
                    (108, 30, 10),
                    (72, 40, 20),
                    (0, 48, 0),
                ),
            },
        ),
    )
    for place, rows in places.items()
}
_CODEBOOK = b"""
format = 1
id = "made-up"
version = "1"
title = "Made up"
summary = "Two sides, one word each."
languages = ["en"]
[topic]
article_terms = ["the matter"]
[dimension.side]
title = "Side"
reads = ["claims_summary"]
sides = ["red", "blue"]
[dimension.side.code.red]
label = "red"
meaning = "red"
[dimension.side.code.blue]
label = "blue"
meaning = "blue"
[[dimension.side.rule]]
id = "colour"
red = ["wants red"]
blue = ["wants blue"]
"""
_TEXTS = {"red": "wants red", "blue": "wants blue", "none": "says nothing"}


def source_hash() -> str:
    """Hash what the results depend on."""
    digest = hashlib.sha256()
    for name in MODEL_SOURCES:
        digest.update((ROOT / name).read_bytes())
    return digest.hexdigest()


def miscoding_coverage(
    scenario: dict[str, object], *, n_runs: int, seed: int
) -> dict[str, float]:
    """Say how often the bounds from a hand-coded sample hold the true share.

    Each run draws 4,000 events on two sides, codes each side with its sensitivity (a
    missed event is coded as the other side with probability one minus specificity, else
    as nothing), hand-codes a sample of 400 and takes error rates from it.
    """
    rng = np.random.default_rng(seed)
    held, widths = 0, []
    for _ in range(n_runs):
        truth, coded = _draw(rng, scenario)
        rates = _rates(truth, coded, rng=rng)
        if rates is None:
            continue
        counts = Counts(
            target=int((coded == "red").sum()), other=int((coded == "blue").sum())
        )
        bounds = miscoding_bounds(counts, target=rates["red"], other=rates["blue"])
        assert bounds is not None
        share = float((truth == "red").mean())
        held += bounds.low <= share <= bounds.high
        widths.append(bounds.high - bounds.low)
    return {"coverage": held / len(widths), "width": float(np.mean(widths))}


def _draw(
    rng: np.random.Generator, scenario: dict[str, object]
) -> tuple[np.ndarray, np.ndarray]:
    n = 4_000
    share = float(scenario["share"])  # type: ignore[arg-type]
    truth = np.where(rng.random(n) < share, "red", "blue")
    other = np.where(truth == "red", "blue", "red")
    sensitivity = dict(zip(("red", "blue"), scenario["sensitivity"], strict=True))  # type: ignore[call-overload]
    specificity = dict(zip(("red", "blue"), scenario["specificity"], strict=True))  # type: ignore[call-overload]
    found = rng.random(n) < np.vectorize(sensitivity.get)(truth)
    wrong = rng.random(n) < 1 - np.vectorize(specificity.get)(other)
    return truth, np.where(found, truth, np.where(wrong, other, "none"))


def _rates(
    truth: np.ndarray, coded: np.ndarray, *, rng: np.random.Generator
) -> dict[str, ErrorRate] | None:
    """Take error rates from a sample, with the evaluation that the command uses."""
    codebook = read_codebook(_CODEBOOK, file_name="made-up.toml")
    drawn = rng.choice(len(truth), size=400, replace=False)
    sample = [
        HandCoded(
            text=_TEXTS[str(coded[i])],
            dimension="side",
            codes=(("hand", frozenset({str(truth[i])})),),
        )
        for i in drawn
    ]
    (dimension,) = evaluate_codebook(codebook, sample).dimensions
    (wording,) = dimension.wordings
    rates = {}
    for accuracy in wording.codes:
        ends = (accuracy.sensitivity.interval, accuracy.precision.interval)
        if ends[0] is None or ends[1] is None or not ends[0].low or not ends[1].low:
            return None
        rates[accuracy.code] = ErrorRate(
            code=accuracy.code,
            wording="standard",
            sensitivity=(ends[0].low, ends[0].high),
            precision=(ends[1].low, ends[1].high),
            n=len(sample),
            where="",
        )
    return rates


def rate_coverage(share: float, *, n: int, n_runs: int, seed: int) -> float:
    """Say how often the interval of a sensitivity holds it, over samples of `n` texts."""
    rng = np.random.default_rng(seed)
    codebook = read_codebook(_CODEBOOK, file_name="made-up.toml")
    held = 0
    for _ in range(n_runs):
        found = rng.random(n) < share
        sample = [
            HandCoded(
                text=_TEXTS["red" if hit else "none"],
                dimension="side",
                codes=(("hand", frozenset({"red"})),),
            )
            for hit in found
        ]
        (dimension,) = evaluate_codebook(codebook, sample).dimensions
        interval = dimension.wordings[0].codes[0].sensitivity.interval
        assert interval is not None
        held += interval.low <= share <= interval.high
    return held / n_runs


def stratified_coverage(
    strata: tuple[tuple[int, ...], ...], *, n_runs: int, seed: int
) -> dict[str, float]:
    """Say how often intervals of a stratified sample hold the rates of its records.

    Each run draws rows without replacement from every stratum. `unstratified` is the same
    sample without the names of its strata: weights alone, with Wilson's interval.
    """
    rng = np.random.default_rng(seed)
    rows, _, found, missed, wrong = (sum(column) for column in zip(*strata, strict=True))
    truth = {
        "sensitivity": found / (found + missed),
        "precision": found / (found + wrong),
    }
    counts = ((_TEXTS["red"], found + wrong), (_TEXTS["none"], rows - found - wrong))
    records = RecordTexts(counts=counts, n_rows=rows)
    held: Counter[str] = Counter()
    width: Counter[str] = Counter()
    for _ in range(n_runs):
        sample = _draw_strata(rng, strata)
        plain = [replace(row, stratum="") for row in sample]
        for name, drawn in (("", sample), ("unstratified ", plain)):
            of_rates = _ends_of_rates(drawn, records=records)
            for rate, share in truth.items():
                ends = of_rates[rate]
                held[name + rate] += ends[0] <= share <= ends[1]
                width[name + rate] += ends[1] - ends[0]
    return {
        **{name: held[name] / n_runs for name in sorted(held)},
        **{f"{name} width": width[name] / n_runs for name in truth},
    }


def _ends_of_rates(
    sample: list[HandCoded], *, records: RecordTexts
) -> dict[str, tuple[float, float]]:
    codebook = read_codebook(_CODEBOOK, file_name="made-up.toml")
    (dimension,) = evaluate_codebook(codebook, sample, records=records).dimensions
    code = dimension.wordings[0].codes[0]
    intervals = {
        "sensitivity": code.sensitivity.interval,
        "precision": code.precision.interval,
    }
    # where nothing was drawn that speaks to a rate, nothing is claimed
    return {
        name: (interval.low, interval.high) if interval else (0.0, 1.0)
        for name, interval in intervals.items()
    }


def _draw_strata(
    rng: np.random.Generator, strata: tuple[tuple[int, ...], ...]
) -> list[HandCoded]:
    kinds = (("red", "red"), ("none", "red"), ("red", "none"), ("none", "none"))
    sample = []
    for number, (size, n, *cells) in enumerate(strata):
        drawn = rng.multivariate_hypergeometric([*cells, size - sum(cells)], n)
        for (coded, truth), n_rows in zip(kinds, drawn, strict=True):
            codes = frozenset({truth} - {"none"})
            row = HandCoded(
                text=_TEXTS[coded],
                dimension="side",
                codes=(("hand", codes),),
                weight=size / n,
                stratum=str(number),
            )
            sample += [row] * int(n_rows)
    return sample


def run_all(*, n_runs: int, seed: int) -> dict[str, object]:
    """Run every simulation."""
    return {
        "miscoding": [
            {
                **scenario,
                **miscoding_coverage(scenario, n_runs=n_runs, seed=seed + number),
            }
            for number, scenario in enumerate(SCENARIOS)
        ],
        "rates": [
            {
                "share": share,
                "n": n,
                "coverage": rate_coverage(share, n=n, n_runs=n_runs, seed=seed + number),
            }
            for number, (share, n) in enumerate(((0.9, 100), (0.8, 60), (0.97, 200)))
        ],
        "strata": [
            {
                "case": name,
                **stratified_coverage(strata, n_runs=n_runs, seed=seed + number),
            }
            for number, (name, strata) in enumerate(STRATA.items())
        ],
    }
