"""What becomes of each report in scope under one specification."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from groundswell.core.decisions import Specification
    from groundswell.measures.attributes import Attributes
    from groundswell.measures.estimands import CodeFrame, Estimand

# Fates in the order in which they are looked for. The first six leave; whether the others
# are counted, and how, is for the decisions on neutral events and on both sides.
AFTER_SNAPSHOT, ONLINE, COUNTER_PROTEST, DUPLICATE, RECURRING, UNSIZED = range(6)
OFF_TOPIC, REPEATED, TARGET, OTHER, BOTH, SEVERAL_OTHERS, NO_SIDE = range(6, 13)
N_FATES = 13

FATE_DECISIONS = (
    "after-snapshot",
    "online-events",
    "counter-protests",
    "exact-duplicates",
    "recurring-events",
)
_FILTERS: tuple[tuple[int, str, str, str], ...] = (
    (AFTER_SNAPSHOT, "after-snapshot", "left-out", "is_after_snapshot"),
    (ONLINE, "online-events", "left-out", "is_online"),
    (COUNTER_PROTEST, "counter-protests", "left-out", "is_counter_protest"),
    (DUPLICATE, "exact-duplicates", "once", "is_duplicate"),
    (RECURRING, "recurring-events", "left-out", "is_recurring"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fates:
    """One fate a report, and how many sides it takes.

    Attributes
    ----------
    fate
        One of the constants of this module, shape `(n_reports,)`.
    n_sides
        Sides that the report takes under the specification, after folding.
    """

    fate: "NDArray[np.int8]"
    n_sides: "NDArray[np.int8]"


def assign_fates(
    inside: "Attributes",
    frame: "CodeFrame",
    *,
    estimand: "Estimand",
    specification: "Specification",
) -> Fates:
    """Give each report in scope the first fate that applies.

    Every side is treated alike: the code that is the numerator is a parameter, and
    exchanging two sides exchanges `TARGET` and `OTHER` and nothing else (with two sides).

    Parameters
    ----------
    inside
        Reports in scope.
    frame
        Codes, sides and folds.
    estimand
        Names the code whose events are the numerator, and the unit.
    specification
        An option for each decision.

    Returns
    -------
    Fates
        Arrays in the order of `inside`.
    """
    classes = classify(inside, frame, estimand=estimand, specification=specification)
    return charge(classes, inside, estimand=estimand, specification=specification)


def class_decisions(frame: "CodeFrame") -> tuple[str, ...]:
    """Name the decisions that `classify` reads; `charge` reads `FATE_DECISIONS`."""
    return ("wording", *sorted({decision for decision, _ in frame.folds}))


def classify(
    inside: "Attributes",
    frame: "CodeFrame",
    *,
    estimand: "Estimand",
    specification: "Specification",
) -> Fates:
    """Say of each report in scope what it stands for, before any decision removes it.

    Parameters
    ----------
    inside, frame, estimand, specification
        As for `assign_fates`.

    Returns
    -------
    Fates
        The same for all specifications that agree in `class_decisions`.
    """
    choices = dict(specification.choices)
    classes = _classes(inside, frame, code=estimand.code, choices=choices)
    if estimand.unit == "participants":
        classes.fate[(classes.fate != OFF_TOPIC) & ~inside.is_sized] = UNSIZED
    return classes


def charge(
    classes: Fates,
    inside: "Attributes",
    *,
    estimand: "Estimand",
    specification: "Specification",
) -> Fates:
    """Charge reports to the decisions that remove them; the others keep their class.

    Parameters
    ----------
    classes
        What `classify` found; it stays as it is.
    inside, estimand, specification
        As for `assign_fates`.

    Returns
    -------
    Fates
        Arrays in the order of `inside`.
    """
    choices = dict(specification.choices)
    fate = classes.fate.copy()
    for reason, decision, option, column in reversed(_FILTERS):
        if choices[decision] == option:
            np.putmask(fate, getattr(inside, column), reason)
    repeats = choices["recurring-events"]
    if repeats in {"series", "place"}:
        # events without a code stand in the denominator of a share of all events
        least = OFF_TOPIC if estimand.among == "all" else TARGET
        _charge_repeats(fate, inside, kind=repeats, least=least)
    return Fates(fate=fate, n_sides=classes.n_sides)


def has_code(mask: "NDArray[np.uint64]", bit: int) -> "NDArray[np.bool_]":
    """Say for each report whether a code applies."""
    has: NDArray[np.bool_] = (mask & np.uint64(1 << bit)) != 0
    return has


def side_masks(frame: "CodeFrame", choices: "Mapping[str, str]") -> dict[str, int]:
    """Join for each side the bits of the codes that count as it.

    Parameters
    ----------
    frame
        Codes, sides and folds.
    choices
        An option for each decision.

    Returns
    -------
    dict
        A bit mask by side.
    """
    masks = {side: 1 << frame.bits[side] for side in frame.sides}
    for decision, option in choices.items():
        for folded, side in frame.folds.get((decision, option), ()):
            masks[side] |= 1 << frame.bits[folded]
    return masks


def deciding_codes(
    frame: "CodeFrame", *, estimand: "Estimand", specification: "Specification"
) -> "NDArray[np.int64]":
    """Say which codes put a report into its class.

    Parameters
    ----------
    frame, estimand, specification
        As for `assign_fates`.

    Returns
    -------
    numpy.ndarray
        A bit mask by fate, shape `(N_FATES,)`; 0 for a fate that no code decides.
    """
    every = sum(1 << bit for bit in frame.bits.values())
    masks = np.zeros(N_FATES, dtype=np.int64)
    masks[[TARGET, OTHER, BOTH, SEVERAL_OTHERS, NO_SIDE]] = every
    if estimand.code in frame.sides:
        sides = side_masks(frame, dict(specification.choices))
        masks[TARGET] = sides.pop(estimand.code)
        masks[BOTH] = 0
        for others in sides.values():
            masks[BOTH] |= others
        masks[[OTHER, SEVERAL_OTHERS]] = masks[BOTH]
        masks[BOTH] |= masks[TARGET]
    elif estimand.code:
        masks[TARGET] = 1 << frame.bits[estimand.code]
    return masks


def _classes(
    inside: "Attributes", frame: "CodeFrame", *, code: str, choices: dict[str, str]
) -> Fates:
    mask = inside.masks[choices.get("wording", next(iter(inside.masks)))]
    any_code = (mask & np.uint64(sum(1 << bit for bit in frame.bits.values()))) != 0
    fate = np.where(any_code, np.int8(NO_SIDE), np.int8(OFF_TOPIC))
    n_sides = np.zeros(len(mask), dtype=np.int8)
    if code not in frame.sides:
        fate[any_code] = OTHER
        fate[has_code(mask, frame.bits[code]) if code else any_code] = TARGET
        return Fates(fate=fate, n_sides=n_sides)
    sides = side_masks(frame, choices)
    takes = {side: (mask & np.uint64(bits)) != 0 for side, bits in sides.items()}
    for column in takes.values():
        n_sides += column
    target = takes[code]
    for is_one, of_target, of_others in (
        (n_sides == 1, TARGET, OTHER),
        (n_sides > 1, BOTH, SEVERAL_OTHERS),
    ):
        np.putmask(fate, is_one, of_others)
        np.putmask(fate, is_one & target, of_target)
    return Fates(fate=fate, n_sides=n_sides)


def _charge_repeats(
    fate: "NDArray[np.int8]", inside: "Attributes", *, kind: str, least: int
) -> None:
    """Keep the first report of each series (or place) and class; charge the others."""
    candidates = fate >= least
    if kind == "series":
        candidates &= inside.is_recurring
    rows = np.flatnonzero(candidates)
    if not len(rows):
        return
    keys = (inside.series if kind == "series" else inside.place)[rows]
    keys = keys * N_FATES + fate[rows]
    first = np.empty(int(keys.max()) + 1, dtype=np.intp)
    first[keys[::-1]] = rows[::-1]  # the last write wins, so the first row stays
    fate[rows[first[keys] != rows]] = REPEATED
