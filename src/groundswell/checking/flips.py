"""Which decision decides whether a claim holds."""

from collections import Counter
from typing import TYPE_CHECKING

from groundswell.core.verdicts import Flip

if TYPE_CHECKING:
    from groundswell.core.claims import ClaimValue
    from groundswell.core.decisions import Decision
    from groundswell.core.estimates import Range
    from groundswell.core.measurements import Measurement


def find_flips(value: "ClaimValue", measurement: "Measurement") -> tuple[Flip, ...]:
    """Find the decisions that flip a claim between holding and failing.

    Those that flip it alone, the others as in the reference. Where no decision does, the
    one whose options differ most in how often the claim holds, with how often.

    Parameters
    ----------
    value
        The values that the claim's words allow.
    measurement
        The quantity over all specifications; the claim holds under some of them only.

    Returns
    -------
    tuple
        In the order in which the decisions were declared.
    """
    reference = measurement.estimate.specification
    at_reference = measurement.estimate.value
    alone = []
    for decision in measurement.range.decisions:
        holds = {reference[decision.decision_id]: _admits(value, at_reference)}
        for neighbour in measurement.range.neighbours:
            if neighbour.decision_id == decision.decision_id:
                holds[neighbour.option_id] = _admits(value, neighbour.value)
        if len(set(holds.values())) > 1:
            alone.append(_flip(decision, holds))
    return tuple(alone) or _strongest(value, measurement.range)


def _admits(value: "ClaimValue", number: float | None) -> bool:
    return number is not None and value.admits(number, number)


def _flip(decision: "Decision", holds: dict[str, bool]) -> Flip:
    labels = {option.option_id: option.label for option in decision.options}
    return Flip(
        decision_id=decision.decision_id,
        question=decision.question,
        holds_with=tuple(labels[o] for o, held in holds.items() if held),
        fails_with=tuple(labels[o] for o, held in holds.items() if not held),
    )


def _strongest(value: "ClaimValue", whole: "Range") -> tuple[Flip, ...]:
    held: Counter[tuple[str, str]] = Counter()
    seen: Counter[tuple[str, str]] = Counter()
    for entry in whole.values:
        for choice in entry.specification.choices:
            seen[choice] += 1
            held[choice] += _admits(value, entry.value)
    rates = {
        decision: {
            option.option_id: held[key] / seen[key]
            for option in decision.options
            if (key := (decision.decision_id, option.option_id)) in seen
        }
        for decision in whole.decisions
    }
    best = max(rates, key=lambda d: _spread(rates[d]), default=None)
    if best is None or not _spread(rates[best]):
        return ()
    often = rates[best].values()
    middle = (max(often) + min(often)) / 2
    words = {
        option.option_id: f"{option.label} (in {held[key]:,} of {seen[key]:,})"
        for option in best.options
        if (key := (best.decision_id, option.option_id)) in seen
    }
    flip = Flip(
        decision_id=best.decision_id,
        question=best.question,
        holds_with=tuple(words[o] for o, rate in rates[best].items() if rate > middle),
        fails_with=tuple(words[o] for o, rate in rates[best].items() if rate <= middle),
        is_alone=False,
    )
    return (flip,)


def _spread(rates: dict[str, float]) -> float:
    return max(rates.values()) - min(rates.values())
