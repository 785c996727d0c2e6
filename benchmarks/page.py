"""The table of results as Markdown."""

from statistics import mean, median
from typing import TYPE_CHECKING

from machine import describe_machine, describe_versions

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from common import Goal, Result

_MB, _GB = 10**6, 10**9
_ENOUGH_RUNS = 3
_HEAD = (
    *("what", "size", "seconds: median (lowest to highest, runs)", "processor's seconds"),
    *("peak memory", "goal", "reached", "against a peer in the same run"),
)
_PREFACE = """\
Written by `make bench`; do not edit. Cold is a new process and an empty workspace; the
operating system may have the files in its memory. Other work on the machine lengthens
the seconds, and the processor's seconds much less. The goals were set beforehand; a dash
means that none was set for this size."""
_HELD_BY_TESTS = (
    (
        "4,492 rows accounted for, two that are not UTF-8, 184 after the snapshot",
        "tests/unit/ingest/test_reference.py",
    ),
    (
        "1,578 and 181 (89.7 %) under the published wording, 1,394 and 147 to February",
        "tests/reference/test_article.py, tests/unit/codebook/test_shipped.py",
    ),
    (
        "crowd sizes: at least 99.9 % of the rows under the MPEDS rule",
        "tests/unit/language/test_sizes.py",
    ),
    (
        "crowd sizes: at least 96 % of the CCC phase 1 pairs in the declared set",
        "tests/unit/language/test_sizes.py",
    ),
    (
        "verdicts on at least 60 generated variants of the sentence",
        "tests/reference/test_variants.py",
    ),
    (
        "each of many specifications equal to the count row by row",
        "tests/unit/multiverse/test_enumeration.py",
    ),
)


def write_page(results: "Sequence[Result]", *, facts: "Mapping[str, str]") -> str:
    """Write all results as one page.

    Parameters
    ----------
    results
        In the order of the table.
    facts
        What else has to be known: the day, the sizes, the material, the load.
    """
    rows = [_row(number, result) for number, result in enumerate(results, start=1)]
    about = {**facts, **describe_machine(), **describe_versions()}
    parts = [
        "# Measured",
        _PREFACE,
        _table(("", ""), about.items()),
        _table(("no", *_HEAD), rows),
        "\n".join(
            f"{number}. {' '.join(result.notes)}"
            for number, result in enumerate(results, start=1)
            if result.notes
        ),
        "## Goals of correctness",
        "These are held by tests, not by this page.",
        _table(("goal", "held by"), _HELD_BY_TESTS),
    ]
    return "\n\n".join(parts) + "\n"


def _row(number: int, result: "Result") -> tuple[str, ...]:
    walls = [run.wall for run in result.runs]
    return (
        str(number),
        result.what,
        result.size,
        f"{_seconds(median(walls))} ({_spread(walls)}, {len(walls)})",
        _seconds(mean(run.processor for run in result.runs)),
        _memory(max(run.peak for run in result.runs)),
        _goal(result.goal),
        is_reached(result),
        _ratio(result),
    )


def _spread(walls: "Sequence[float]") -> str:
    return f"{_seconds(min(walls))} to {_seconds(max(walls))}"


def is_reached(result: "Result") -> str:
    """Say whether the median and the peak reach the goal."""
    goal = result.goal
    if goal is None:
        return "-"
    if goal.not_judged:
        return f"not judged: {goal.not_judged}"
    if len(result.runs) < _ENOUGH_RUNS:
        return "not judged: too few runs"
    is_fast = median(run.wall for run in result.runs) < goal.seconds
    most = max(run.peak for run in result.runs)
    is_small = goal.n_bytes is None or most < goal.n_bytes
    return "yes" if is_fast and is_small else "**no**"


def _goal(goal: "Goal | None") -> str:
    if goal is None:
        return "-"
    memory = f", {_memory(goal.n_bytes)}" if goal.n_bytes else ""
    return f"under {goal.seconds:g} s{memory}"


def _ratio(result: "Result") -> str:
    peer = result.peer
    if peer is None:
        return "-"
    theirs = median(peer.seconds)
    ours = peer.ours or median(run.wall for run in result.runs)
    faster = theirs / ours
    ratio = f"{faster:.3g} times as fast as" if faster > 1 else _longer(ours / theirs)
    return f"{ratio} {peer.what} ({_seconds(theirs)} s)"


def _longer(times: float) -> str:
    return f"{times:.3g} times as long as"


def _seconds(seconds: float) -> str:
    if seconds >= 10:
        return f"{seconds:.1f}"
    return f"{seconds:.2f}" if seconds >= 0.1 else f"{seconds:.2g}"


def _memory(n_bytes: float) -> str:
    return f"{n_bytes / _GB:.3g} GB" if n_bytes >= _GB else f"{n_bytes / _MB:.0f} MB"


def _table(head: "Sequence[str]", rows: "Iterable[Sequence[str]]") -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)
