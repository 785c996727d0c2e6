"""A known truth is recovered: rates and bounds by simulation, counts from records."""

import json
from math import comb
from pathlib import Path

import pytest

from groundswell import api
from recovery.simulations import (
    LEVEL,
    SCENARIOS,
    SEED,
    STRATA,
    miscoding_coverage,
    rate_coverage,
    source_hash,
    stratified_coverage,
)

RESULTS = Path(__file__).with_name("results.json")
EXAMPLES = Path(__file__).parents[2] / "examples"
FALSE_ALARM = 1e-4


def least_plausible(n_runs: int, coverage: float) -> float:
    """Find the share of runs below which chance is blamed less than once in 10,000."""
    total = 0.0
    for held in range(n_runs + 1):
        total += comb(n_runs, held) * coverage**held * (1 - coverage) ** (n_runs - held)
        if total > FALSE_ALARM:
            return held / n_runs
    return 1.0


@pytest.mark.slow
@pytest.mark.parametrize("scenario", SCENARIOS)
def test_bounds_from_a_sample_hold_the_true_share(scenario: dict[str, object]) -> None:
    found = miscoding_coverage(scenario, n_runs=60, seed=SEED)
    assert found["coverage"] >= least_plausible(60, LEVEL)
    assert found["width"] < 0.08


@pytest.mark.slow
def test_the_interval_of_a_rate_covers_as_often_as_it_says() -> None:
    covered = rate_coverage(0.9, n=100, n_runs=150, seed=SEED)
    assert covered >= least_plausible(150, 0.93)


@pytest.mark.slow
@pytest.mark.parametrize(
    "case", ["common side, 80 missed in B", "five strata, thinning out"]
)
def test_strata_without_a_hit_are_covered(case: str) -> None:
    found = stratified_coverage(STRATA[case], n_runs=60, seed=SEED)
    for rate in ("sensitivity", "precision"):
        assert found[rate] >= least_plausible(60, LEVEL)


def test_stored_results_are_of_these_sources_and_good_enough() -> None:
    stored = json.loads(RESULTS.read_text(encoding="utf-8"))
    assert stored["sources"] == source_hash(), "stale: run `make recovery`"
    for scenario in stored["miscoding"]:
        assert scenario["coverage"] >= LEVEL
        assert scenario["width"] < 0.08
    for rate in stored["rates"]:
        assert 0.93 <= rate["coverage"] <= 0.98
    assert [case["case"] for case in stored["strata"]] == list(STRATA)
    for case in stored["strata"]:
        assert case["sensitivity"] >= LEVEL
        assert case["precision"] >= LEVEL
        assert case["sensitivity width"] < 0.75
    # the reason for strata: weights alone do not see what was not drawn
    assert min(case["unstratified sensitivity"] for case in stored["strata"]) < 0.7


@pytest.mark.parametrize("side", ["for", "against"])
def test_simulated_records_give_back_their_truth(side: str, tmp_path: Path) -> None:
    truth = json.loads((EXAMPLES / "simulated-truth.json").read_text(encoding="utf-8"))
    records = api.RecordFiles(
        files=(EXAMPLES / "simulated-records.csv",),
        mapping=EXAMPLES / "records.mapping.toml",
        manifest=EXAMPLES / "records.manifest.toml",
    )
    api.ingest(records, tmp_path / "w")
    found = api.measure(
        tmp_path / "w",
        statistic="count",
        codebook=EXAMPLES / "harbour-tunnel.toml",
        code={"for": "pro-tunnel", "against": "anti-tunnel"}[side],
        pinned={
            "wording": "broad",
            "exact-duplicates": "once",
            "after-snapshot": "kept",
            "both-sides": "own-class",
        },
    )
    estimate = found.measurements[0].estimate
    assert estimate.value == truth["events"][side]
    assert estimate.ledger.rows_in == truth["rows"]
    assert estimate.ledger.n("exact-duplicate") == truth["copies"]
