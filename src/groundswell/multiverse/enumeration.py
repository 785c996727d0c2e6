"""The range of a quantity over all declared specifications, by plain enumeration.

Each specification is computed from the reports themselves; only their classes and fates
are shared between specifications that differ in nothing that these read. This is the
plain version: a faster one is held against it.
"""

from dataclasses import dataclass, field
from statistics import median
from typing import TYPE_CHECKING

from groundswell.core.decisions import Specification, all_specifications
from groundswell.core.estimates import Neighbour, Range, SpecificationValue
from groundswell.measures.fates import (
    FATE_DECISIONS,
    charge,
    class_decisions,
    classify,
)
from groundswell.measures.tallies import fraction, tally, value_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from groundswell.core.claims import Statistic
    from groundswell.core.decisions import Decision
    from groundswell.measures.estimands import CodeFrame, Estimand
    from groundswell.measures.fates import Fates
    from groundswell.measures.scopes import Scoped
    from groundswell.measures.tallies import Fraction, Tally

    Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Multiverse:
    """What is to be enumerated.

    Attributes
    ----------
    decisions
        Decisions that are varied, each with the options that apply.
    reference
        The specification that neighbours differ from; settles all decisions, also those
        that are not varied.
    published
        Specifications that somebody uses in print.
    without_effect
        Decisions left out since no report in scope is touched by them.
    """

    decisions: tuple["Decision", ...]
    reference: Specification
    published: tuple[Specification, ...]
    without_effect: tuple[str, ...] = field(default=())


def enumerate_ranges(
    scoped: "Scoped",
    frame: "CodeFrame",
    *,
    estimand: "Estimand",
    multiverse: Multiverse,
    progress: "Progress | None" = None,
) -> tuple[Range, ...]:
    """Compute a share or a count under every specification, one range a group.

    Parameters
    ----------
    scoped
        Reports in scope with their groups.
    frame
        Codes, sides and folds.
    estimand
        What to measure.
    multiverse
        What to vary.
    progress
        Called with the number of specifications done and their total.

    Returns
    -------
    tuple
        One range a group, in the order of `scoped.group_names`.
    """
    choices = dict(multiverse.reference.choices)
    specifications = [
        Specification.of({**choices, **dict(combination.choices)})
        for combination in all_specifications(multiverse.decisions)
    ]
    evaluate = _Evaluator(scoped=scoped, frame=frame, estimand=estimand)
    values: list[tuple[SpecificationValue, ...]] = []
    for done, specification in enumerate(specifications):
        values.append(evaluate(specification))
        if progress is not None:
            progress(done + 1, len(specifications))
    published = [evaluate(specification) for specification in multiverse.published]
    neighbours = _neighbours(evaluate, multiverse)
    return tuple(
        _range(
            [row[group] for row in values],
            published=[row[group] for row in published],
            neighbours=_by_change(
                [
                    _as_neighbour(decision, option_id=option_id, value=row[group])
                    for decision, option_id, row in neighbours
                ],
                reference=evaluate(multiverse.reference)[group].value,
            ),
            multiverse=multiverse,
        )
        for group in range(len(scoped.group_names))
    )


def evaluate_specifications(
    scoped: "Scoped",
    frame: "CodeFrame",
    *,
    estimand: "Estimand",
    specifications: "Sequence[Specification]",
) -> tuple[tuple[SpecificationValue, ...], ...]:
    """Compute a share or a count under given specifications.

    Parameters
    ----------
    scoped, frame, estimand
        As for `enumerate_ranges`.
    specifications
        Each settles all decisions.

    Returns
    -------
    tuple
        For each specification one value a group.
    """
    evaluate = _Evaluator(scoped=scoped, frame=frame, estimand=estimand)
    return tuple(evaluate(specification) for specification in specifications)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Evaluator:
    """Values of one specification for all groups; remembers what recurs."""

    scoped: "Scoped"
    frame: "CodeFrame"
    estimand: "Estimand"
    classes: dict[tuple[str, ...], "Fates"] = field(default_factory=dict)
    tallies: dict[tuple[str, ...], "Tally"] = field(default_factory=dict)

    def __call__(self, specification: Specification) -> tuple[SpecificationValue, ...]:
        sums = self._tally(specification)
        parts, *highest = (
            fraction(ends, estimand=self.estimand, specification=specification)
            for ends in (sums.low or sums.rows, sums.high)
            if ends is not None
        )
        return tuple(
            _specification_value(
                specification,
                parts,
                highest=highest[0] if highest else None,
                group=group,
                statistic=self.estimand.statistic,
            )
            for group in range(len(self.scoped.group_names))
        )

    def _tally(self, specification: Specification) -> "Tally":
        choices = dict(specification.choices)
        of_class = tuple(choices.get(d, "") for d in class_decisions(self.frame))
        key = (*of_class, *(choices[decision] for decision in FATE_DECISIONS))
        if key not in self.tallies:
            fates = charge(
                self._classify(specification, key=of_class),
                self.scoped.inside,
                estimand=self.estimand,
                specification=specification,
            )
            self.tallies[key] = tally(self.scoped, fates, estimand=self.estimand)
        return self.tallies[key]

    def _classify(self, specification: Specification, *, key: tuple[str, ...]) -> "Fates":
        if key not in self.classes:
            self.classes[key] = classify(
                self.scoped.inside,
                self.frame,
                estimand=self.estimand,
                specification=specification,
            )
        return self.classes[key]


def _specification_value(
    specification: Specification,
    parts: "Fraction",
    *,
    highest: "Fraction | None",
    group: int,
    statistic: "Statistic",
) -> SpecificationValue:
    made_of = int(parts.numerator[group]), int(parts.denominator[group])
    most = None
    if highest is not None:
        most = int(highest.numerator[group]), int(highest.denominator[group])
    return SpecificationValue(
        specification=specification,
        value=value_of(made_of, most, statistic=statistic),
        numerator=made_of[0],
        denominator=made_of[1],
        highest=most,
        other=int(parts.other[group]),
        neutral=int(parts.neutral[group]),
    )


def _neighbours(
    evaluate: _Evaluator, multiverse: Multiverse
) -> "list[tuple[Decision, str, tuple[SpecificationValue, ...]]]":
    reference = multiverse.reference
    return [
        (
            decision,
            option.option_id,
            evaluate(reference.replace(decision.decision_id, option.option_id)),
        )
        for decision in multiverse.decisions
        for option in decision.options
        if option.option_id != reference[decision.decision_id]
    ]


def _by_change(
    neighbours: "list[Neighbour]", *, reference: float | None
) -> "list[Neighbour]":
    """Put the largest change first; a value that is not defined last."""

    def change(neighbour: Neighbour) -> float:
        if neighbour.value is None or reference is None:
            return 0.0
        return abs(neighbour.value - reference)

    return sorted(neighbours, key=change, reverse=True)


def _as_neighbour(
    decision: "Decision", *, option_id: str, value: SpecificationValue
) -> Neighbour:
    return Neighbour(
        decision_id=decision.decision_id,
        option_id=option_id,
        label=f"{decision.question} {decision.option(option_id).label}",
        value=value.value,
        numerator=value.numerator,
        denominator=value.denominator,
        highest=value.highest,
    )


def _range(
    values: "Sequence[SpecificationValue]",
    *,
    published: "Sequence[SpecificationValue]",
    neighbours: "Sequence[Neighbour]",
    multiverse: Multiverse,
) -> Range:
    defined = [v for v in values if v.value is not None]
    ordered = sorted(defined, key=lambda v: (v.value, v.specification.text))
    in_print = [v.value for v in published if v.value is not None]
    numbers = [v.value for v in ordered if v.value is not None]
    return Range(
        low=numbers[0] if numbers else None,
        high=numbers[-1] if numbers else None,
        low_at=ordered[0].specification if ordered else None,
        high_at=ordered[-1].specification if ordered else None,
        published_low=min(in_print, default=None),
        published_high=max(in_print, default=None),
        median=median(numbers) if numbers else None,
        n_specifications=len(values),
        n_undefined=len(values) - len(defined),
        decisions=multiverse.decisions,
        without_effect=multiverse.without_effect,
        neighbours=tuple(neighbours),
        values=tuple(values),
    )
