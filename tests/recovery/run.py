"""Run the simulations at full size and store what came out: `make recovery`."""

import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from recovery.simulations import SEED, run_all, source_hash

N_RUNS = 2_000
RESULTS = Path(__file__).with_name("results.json")


def main() -> None:
    """Write `results.json` beside this file."""
    results = run_all(n_runs=N_RUNS, seed=SEED)
    stored = {"seed": SEED, "n_runs": N_RUNS, "sources": source_hash(), **results}
    RESULTS.write_text(json.dumps(stored, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
