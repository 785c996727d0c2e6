"""Which decisions to vary: those that apply to an estimand and touch its reports."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from groundswell.core.decisions import Decision, Specification
from groundswell.core.errors import DefinitionError, UsageError
from groundswell.measures.decisions import MEASURE_DECISIONS
from groundswell.measures.fates import has_code
from groundswell.multiverse.enumeration import Multiverse

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from groundswell.measures.attributes import Attributes
    from groundswell.measures.estimands import CodeFrame, Estimand
    from groundswell.measures.scopes import Scoped

_FLAGS = {
    "after-snapshot": "is_after_snapshot",
    "online-events": "is_online",
    "counter-protests": "is_counter_protest",
    "exact-duplicates": "is_duplicate",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Definitions:
    """What a codebook declares about the choices that its numbers depend on.

    Attributes
    ----------
    decisions
        The codebook's own decisions.
    reference
        Its reference specification: an option for each decision, those of the measures
        included.
    published
        For each use in print, the decisions that it settles.
    """

    decisions: tuple[Decision, ...]
    reference: "Mapping[str, str]"
    published: "Sequence[Mapping[str, str]]"


def plan_multiverse(
    scoped: "Scoped",
    frame: "CodeFrame",
    *,
    estimand: "Estimand",
    definitions: Definitions,
    pinned: "Mapping[str, str]",
) -> Multiverse:
    """Choose the decisions to vary and settle all the others.

    Parameters
    ----------
    scoped
        Reports in scope: a decision that touches none of them is not multiplied out.
    frame
        Codes, sides and folds.
    estimand
        Some decisions do not apply to some estimands.
    definitions
        What the codebook declares.
    pinned
        Decisions that the user has settled, which are not varied.

    Returns
    -------
    Multiverse
        Ready to be enumerated.

    Raises
    ------
    DefinitionError
        If the codebook's reference leaves a decision open.
    """
    declared = (*definitions.decisions, *MEASURE_DECISIONS)
    check_choices(pinned, declared=declared)
    for choices in (definitions.reference, *definitions.published):
        check_choices(choices, declared=declared)
    open_ids = {d.decision_id for d in declared} - set(definitions.reference)
    if open_ids:
        raise DefinitionError(
            f"The reference of {frame.codebook_id} leaves open: "
            f"{', '.join(sorted(open_ids))}.",
            allowed="one option for each decision",
            todo="add the missing choices to [reference] in the codebook",
        )
    reference = Specification.of({**definitions.reference, **pinned})
    varied, without_effect = [], []
    for decision in declared:
        if decision.decision_id in pinned:
            continue
        kept = _options_with_effect(
            decision, scoped=scoped, frame=frame, estimand=estimand, reference=reference
        )
        if len(kept) > 1:
            options = tuple(o for o in decision.options if o.option_id in kept)
            varied.append(replace(decision, options=options))
        else:
            without_effect.append(decision.decision_id)
    return Multiverse(
        decisions=tuple(varied),
        reference=reference,
        published=tuple(
            Specification.of({**dict(reference.choices), **use})
            for use in definitions.published
            if all(use.get(key, value) == value for key, value in pinned.items())
        ),
        without_effect=tuple(without_effect),
    )


def check_choices(
    choices: "Mapping[str, str]", *, declared: "Sequence[Decision]"
) -> None:
    """Refuse a choice of a decision or an option that is not declared.

    Parameters
    ----------
    choices
        Decision to option.
    declared
        The decisions that exist.

    Raises
    ------
    UsageError
        Naming what exists.
    """
    by_id = {decision.decision_id: decision for decision in declared}
    for decision_id, option_id in choices.items():
        if decision_id not in by_id:
            raise UsageError(
                f"There is no decision {decision_id!r}.", allowed=", ".join(by_id)
            )
        by_id[decision_id].option(option_id)


def _options_with_effect(
    decision: Decision,
    *,
    scoped: "Scoped",
    frame: "CodeFrame",
    estimand: "Estimand",
    reference: Specification,
) -> set[str]:
    """Return the option of the reference, and those that can change the number."""
    inside = scoped.inside
    only = {reference[decision.decision_id]}
    name = decision.decision_id
    if name == "recurring-events":
        return _recurring_options(inside, estimand=estimand) | only
    if name in _FLAGS:
        has_effect = bool(getattr(inside, _FLAGS[name]).any())
    elif name == "wording":
        has_effect = _wordings_differ(inside, frame)
    else:
        has_effect = _matters_for_sides(name, inside, frame=frame, estimand=estimand)
    return {option.option_id for option in decision.options} if has_effect else only


def _matters_for_sides(
    name: str, inside: "Attributes", *, frame: "CodeFrame", estimand: "Estimand"
) -> bool:
    if estimand.code not in frame.sides:
        return False
    if name == "neutral-events":
        applies = estimand.among == "topic" and estimand.statistic == "share"
        return applies and _some_take_no_side(inside, frame)
    n_sides, folded = _sides_at_most(inside, frame)
    if name == "both-sides":
        return bool((n_sides > 1).any())
    return folded.get(name, False)


def _recurring_options(inside: "Attributes", *, estimand: "Estimand") -> set[str]:
    options = {"each"}  # a series or place of several events has no one size
    if inside.is_recurring.any():
        options.add("left-out")
        if estimand.unit == "events" and _some_repeat(inside.series[inside.is_recurring]):
            options.add("series")
    if estimand.unit == "events" and _some_repeat(inside.place):
        options.add("place")
    return options


def _some_repeat(keys: "NDArray[np.int64]") -> bool:
    return len(np.unique(keys)) < len(keys)


def _wordings_differ(inside: "Attributes", frame: "CodeFrame") -> bool:
    bits = np.uint64(sum(1 << bit for bit in frame.bits.values()))
    first, *others = inside.masks.values()
    return any(bool(((first ^ other) & bits).any()) for other in others)


def _sides_at_most(
    inside: "Attributes", frame: "CodeFrame"
) -> "tuple[NDArray[np.int64], dict[str, bool]]":
    """Count the sides of each report under the widest folding of any wording."""
    most = np.zeros(inside.n_reports, dtype=np.int64)
    folded: dict[str, bool] = {}
    for mask in inside.masks.values():
        takes = {side: has_code(mask, frame.bits[side]) for side in frame.sides}
        for (decision, _), pairs in frame.folds.items():
            for code, side in pairs:
                has = has_code(mask, frame.bits[code])
                folded[decision] = folded.get(decision, False) or bool(has.any())
                takes[side] = takes[side] | has
        n_sides = np.zeros(inside.n_reports, dtype=np.int64)
        for column in takes.values():
            n_sides += column
        most = np.maximum(most, n_sides)
    return most, folded


def _some_take_no_side(inside: "Attributes", frame: "CodeFrame") -> bool:
    for mask in inside.masks.values():
        on_topic = np.zeros(inside.n_reports, dtype=np.bool_)
        takes_side = np.zeros(inside.n_reports, dtype=np.bool_)
        for code, bit in frame.bits.items():
            on_topic |= has_code(mask, bit)
            if code in frame.sides:
                takes_side |= has_code(mask, bit)
        if (on_topic & ~takes_side).any():
            return True
    return False
