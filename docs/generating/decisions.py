"""Tables of decisions: those of a codebook, and those that every measure meets."""

from collections.abc import Iterable, Iterator

from generating.markdown import code, plain, table
from groundswell.core.decisions import Decision
from groundswell.measures.decisions import MEASURE_DECISIONS


def measure_decisions() -> str:
    """Write the decisions of measures for `explanation/multiverse.md`."""
    return decisions_table(MEASURE_DECISIONS)


def decisions_table(decisions: Iterable[Decision]) -> str:
    """Write a row for each option, the decision beside its first one."""
    return table(
        ("decision", "option", "meaning", "used in print by"),
        [row for decision in decisions for row in _options(decision)],
    )


def _options(decision: Decision) -> Iterator[tuple[str, str, str, str]]:
    for number, option in enumerate(decision.options):
        users = "; ".join(map(plain, option.used_by)) or "nobody known"
        question = f"{code(decision.decision_id)}<br>{plain(decision.question)}"
        first = question if number == 0 else ""
        yield first, code(option.option_id), plain(option.label), users
