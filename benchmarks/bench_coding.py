"""Seconds to code distinct texts with two codebooks, on two processes.

The texts are recombined from the demands of the records, made anew on each run and kept
nowhere, so no cache helps. Run with `python benchmarks/run.py coding`.
"""

import re
import resource
from statistics import median
from typing import TYPE_CHECKING

from common import Goal, Peer, Result, emit, is_quick, time_here
from material import find_material, make_texts

from groundswell.codebook.load import load_codebook
from groundswell.codebook.matching import code_texts
from groundswell.codebook.phrases import read_phrase

if TYPE_CHECKING:
    from collections.abc import Sequence

    from groundswell.codebook.model import Codebook

WORKERS = 2
QUICK, FULL = 40_000, 1_000_000  # from 40,000 on, texts are coded in processes


def code(
    texts: "Sequence[str]", *, codebooks: "Sequence[Codebook]", workers: int
) -> None:
    codings = [code_texts(codebook, texts, workers=workers) for codebook in codebooks]
    assert any(len(coding.evidence.text) for coding in codings), "nothing matches"


def plain_pattern(codebook: "Codebook") -> re.Pattern[str]:
    """Join all phrases into one case-insensitive alternation, as is usually done."""
    lists = [entry for rule in codebook.rules for entry in rule.lists]
    phrases = {read_phrase(phrase) for entry in lists for phrase in entry.phrases}
    longest_first = sorted(phrases, key=lambda phrase: -len(phrase.words))
    ways = [
        rf"\b{re.escape(phrase.words)}" + ("" if phrase.is_prefix else r"\b")
        for phrase in longest_first
    ]
    return re.compile("|".join(ways), re.IGNORECASE)


def search(texts: "Sequence[str]", *, patterns: "Sequence[re.Pattern[str]]") -> None:
    for pattern in patterns:
        for text in texts:
            for match in pattern.finditer(text):
                match.span()


def measure(*, n_texts: int, n_sample: int, n_runs: int) -> Result:
    material = find_material()
    codebooks = [load_codebook(name) for name in material.codebooks]
    texts = make_texts(material, n_texts=n_texts)
    runs = time_here(
        lambda: code(texts, codebooks=codebooks, workers=WORKERS), n_runs=n_runs
    )
    sample = texts[:n_sample]
    alone = time_here(lambda: code(sample, codebooks=codebooks, workers=1), n_runs=n_runs)
    patterns = [plain_pattern(codebook) for codebook in codebooks]
    plain = time_here(lambda: search(sample, patterns=patterns), n_runs=n_runs)
    mean = sum(map(len, texts)) / len(texts)
    worker = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024 / 1e9
    is_goal = n_texts == FULL
    memory = (
        "The memory is that of the process that holds them all; each of the "
        f"{WORKERS} that code takes at most {worker:.2f} GB."
    )
    return Result(
        what=f"coding distinct texts, {len(codebooks)} codebooks, {WORKERS} processes",
        size=material.size(n_texts, "texts"),
        runs=runs,
        goal=Goal(seconds=12.0, not_judged=material.not_judged) if is_goal else None,
        peer=Peer(
            what="one alternation of all phrases, case ignored, which gives no codes and "
            f"folds no accents ({len(sample):,} texts, one process each)",
            seconds=tuple(run.wall for run in plain),
            ours=median(run.wall for run in alone),
        ),
        notes=(f"The texts have {mean:.0f} characters on average.", memory),
    )


if __name__ == "__main__":
    if is_quick():
        emit(measure(n_texts=QUICK, n_sample=2_000, n_runs=1))
    else:
        emit(measure(n_texts=FULL, n_sample=20_000, n_runs=3))
