"""Simulations with a known truth, and what they must recover.

`make recovery` runs them at full size and stores the results with their seeds and the
hash of the sources that they were made with; the tests run them at reduced size and fail
when the stored results are stale.
"""

import hashlib
from pathlib import Path

import numpy as np

from groundswell.codebook.evaluation import evaluate_codebook
from groundswell.codebook.hand_codes import HandCoded
from groundswell.codebook.load import read_codebook
from groundswell.core.codebooks import ErrorRate
from groundswell.measures.miscoding import Counts, miscoding_bounds

ROOT = Path(__file__).parents[2]
MODEL_SOURCES = (
    "src/groundswell/codebook/evaluation.py",
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
    }
