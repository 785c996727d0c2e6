"""From fates to the integers of a share or a count, and to the ledger."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from groundswell.core.ledger import Ledger, LedgerLine, Memo
from groundswell.measures import fates as f
from groundswell.measures.scopes import SCOPE_REASONS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from groundswell.core.claims import Statistic
    from groundswell.core.decisions import Specification
    from groundswell.measures.estimands import CodeFrame, Estimand
    from groundswell.measures.fates import Fates
    from groundswell.measures.scopes import Scoped


@dataclass(frozen=True, slots=True, kw_only=True)
class Sums:
    """Exact sums by group and fate, shape `(n_groups, N_FATES)` each.

    Attributes
    ----------
    once
        Each report with its weight.
    each_side
        Each report with its weight for each side that it takes: a report on two sides
        twice, a report on one or none once.
    """

    once: "NDArray[np.int64]"
    each_side: "NDArray[np.int64]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """Reports, and participants at the low and at the high end of each report's size.

    `low` and `high` are `None` where events are counted.
    """

    rows: Sums
    low: Sums | None
    high: Sums | None


def tally(scoped: "Scoped", fates: "Fates", *, estimand: "Estimand") -> Tally:
    """Sum reports, and participants where the estimand asks for them, by group and fate.

    Parameters
    ----------
    scoped
        Reports in scope with their groups.
    fates
        One fate for each of them.
    estimand
        Its unit decides what is summed.

    Returns
    -------
    Tally
        Exact integers.
    """
    n_groups = len(scoped.group_names)
    cell = fates.fate if n_groups == 1 else scoped.group * f.N_FATES + fates.fate
    mixed = np.flatnonzero(fates.n_sides > 1)
    further = fates.n_sides[mixed] - np.int64(1)

    def sums(weight: "NDArray[np.int64] | None") -> Sums:
        once = _sum(cell, weight, n_groups=n_groups)
        again = further if weight is None else further * weight[mixed]
        each_side = once + _sum(cell[mixed], again, n_groups=n_groups)
        return Sums(once=once, each_side=each_side)

    if estimand.unit == "events":
        return Tally(rows=sums(None), low=None, high=None)
    sized = scoped.inside.is_sized
    return Tally(
        rows=sums(None),
        low=sums(np.where(sized, scoped.inside.size_low, 0)),
        high=sums(np.where(sized, scoped.inside.size_high, 0)),
    )


def _sum(
    cell: "NDArray[np.int64] | NDArray[np.int8]",
    weight: "NDArray[np.int64] | None",
    *,
    n_groups: int,
) -> "NDArray[np.int64]":
    # bincount adds weights as doubles, exact for integers up to 2**53
    sums = np.bincount(cell, weights=weight, minlength=n_groups * f.N_FATES)
    return sums.astype(np.int64).reshape(n_groups, f.N_FATES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fraction:
    """Numerator and denominator by group, shape `(n_groups,)` each.

    `other` and `neutral` are parts of the denominator: what takes another side, and what
    takes none. What takes several as a class of its own is in neither of them.
    """

    numerator: "NDArray[np.int64]"
    denominator: "NDArray[np.int64]"
    other: "NDArray[np.int64]"
    neutral: "NDArray[np.int64]"


def fraction(
    sums: Sums, *, estimand: "Estimand", specification: "Specification"
) -> Fraction:
    """Apply the decisions on both sides and on neutral events to sums by fate.

    Parameters
    ----------
    sums
        What is counted, by group and fate.
    estimand
        Its denominator decides which classes are part of it.
    specification
        Gives the options.

    Returns
    -------
    Fraction
        For a count, the numerator is the count.
    """
    choices = dict(specification.choices)
    each_side = choices["both-sides"] == "each-side"
    once = sums.once
    numerator = once[:, f.TARGET] + (once[:, f.BOTH] if each_side else 0)
    other = once[:, f.OTHER]
    if each_side:
        further = sums.each_side[:, f.BOTH] - once[:, f.BOTH]
        other = other + further + sums.each_side[:, f.SEVERAL_OTHERS]
    neutral = once[:, f.NO_SIDE]
    if estimand.among == "all":
        denominator = once[:, f.OFF_TOPIC] + once[:, f.TARGET :].sum(axis=1)
    else:
        if choices["neutral-events"] != "in-denominator" or estimand.among != "topic":
            neutral = np.zeros_like(neutral)
        denominator = numerator + other + neutral
        if choices["both-sides"] == "own-class":
            denominator = denominator + once[:, f.BOTH] + once[:, f.SEVERAL_OTHERS]
    return Fraction(
        numerator=numerator, denominator=denominator, other=other, neutral=neutral
    )


def value_of(
    made_of: tuple[int, int],
    highest: tuple[int, int] | None = None,
    *,
    statistic: "Statistic",
) -> float | None:
    """Work out a value from the integers that it is made of.

    Parameters
    ----------
    made_of
        Numerator and denominator; of participants, at the lowest reported sizes.
    highest
        The same at the highest reported sizes; `None` where events are counted.
    statistic
        A share or a count.

    Returns
    -------
    float or None
        The share or the count; `None` for a share of nothing. Each size is taken at its
        middle; a count of participants is rounded down to whole people.

    Examples
    --------
    >>> value_of((3, 4), statistic="share"), value_of((0, 0), statistic="share")
    (0.75, None)
    >>> value_of((10, 40), (15, 60), statistic="share")
    0.25
    >>> value_of((10, 40), (15, 60), statistic="count")
    12.0
    """
    low, high = made_of, highest or made_of
    if statistic == "count":
        return float((low[0] + high[0]) // 2)
    whole = low[1] + high[1]
    return (low[0] + high[0]) / whole if whole else None


def counted_fates(estimand: "Estimand", specification: "Specification") -> frozenset[int]:
    """Say which fates are part of the number: of the denominator, or of the count."""
    choices = dict(specification.choices)
    if estimand.statistic == "count":
        return frozenset({f.TARGET} | _if_each_side({f.BOTH}, choices))
    if estimand.among == "all":
        return frozenset({f.OFF_TOPIC, *range(f.TARGET, f.N_FATES)})
    counted = {f.TARGET, f.OTHER}
    if choices["both-sides"] != "left-out":
        counted |= {f.BOTH, f.SEVERAL_OTHERS}
    if choices["neutral-events"] == "in-denominator" and estimand.among == "topic":
        counted.add(f.NO_SIDE)
    return frozenset(counted)


def _if_each_side(fates: set[int], choices: dict[str, str]) -> set[int]:
    return fates if choices["both-sides"] == "each-side" else set()


def build_ledger(
    scoped: "Scoped",
    sums: Tally,
    *,
    group: int,
    estimand: "Estimand",
    frame: "CodeFrame",
    specification: "Specification",
) -> Ledger:
    """Account for every report that was read.

    Parameters
    ----------
    scoped
        Gives the reports that are out of scope.
    sums
        Reports by group and fate.
    group
        The group that the ledger is for; reports of other groups are one line.
    estimand, frame, specification
        Decide which fates are counted, and how they are called.

    Returns
    -------
    Ledger
        Lines in the declared order; they add up to the reports read.
    """
    rows = [int(n) for n in sums.rows.once[group]]
    counted = counted_fates(estimand, specification)
    lines = [
        LedgerLine(reason=reason, label=label, n=n, kind="left")
        for (reason, label), n in zip(SCOPE_REASONS, scoped.left, strict=True)
        if n or _asked(reason, estimand)
    ]
    if len(scoped.group_names) > 1:
        n_other = int(sums.rows.once.sum()) - sum(rows)
        lines.append(
            LedgerLine(
                reason="other-group", label="in other groups", n=n_other, kind="left"
            )
        )
    labels = fate_labels(estimand, frame)
    lines += [
        LedgerLine(
            reason=reason,
            label=label,
            n=rows[fate],
            kind="counted" if fate in counted else "left",
        )
        for fate, (reason, label) in labels.items()
        if rows[fate] or fate in counted
    ]
    return Ledger(
        rows_in=scoped.n_read,
        unit="report",
        lines=tuple(lines),
        memos=_memos(sums, group=group, specification=specification),
    )


def _asked(reason: str, estimand: "Estimand") -> bool:
    window = estimand.window
    has_window = window is not None and (window.start or window.end)
    has_place = estimand.place is not None and estimand.place.path
    asked = {"outside-window": has_window, "outside-place": has_place}
    return bool(asked.get(reason, False))


def fate_labels(estimand: "Estimand", frame: "CodeFrame") -> dict[int, tuple[str, str]]:
    """Name each fate, as a stable reason and in words, in the order of the ledger."""
    target = frame.label(estimand.code)
    others = [frame.labels[side] for side in frame.sides if side != estimand.code]
    is_sided = estimand.code in frame.sides
    other = " or ".join(others) if is_sided else "other codes of the dimension"
    return {
        f.AFTER_SNAPSHOT: ("after-snapshot", "dated after the snapshot was taken"),
        f.ONLINE: ("online", "online only"),
        f.COUNTER_PROTEST: ("counter-protest", "counter-protests"),
        f.DUPLICATE: ("exact-duplicate", "repeat another row in every column"),
        f.RECURRING: ("recurring", "noted as recurring"),
        f.OFF_TOPIC: ("off-topic", "no words of the codebook"),
        f.UNSIZED: ("unsized", "no known size"),
        f.REPEATED: ("repeated", "further rows of a series or place already counted"),
        f.TARGET: ("target", target),
        f.OTHER: ("other", other),
        f.BOTH: ("both-sides", f"{target} and another side at once"),
        f.SEVERAL_OTHERS: ("several-others", "several other sides at once"),
        f.NO_SIDE: ("no-side", "on the topic, taking no side"),
    }


def _memos(
    sums: Tally, *, group: int, specification: "Specification"
) -> tuple[Memo, ...]:
    if specification["both-sides"] != "each-side":
        return ()
    mixed = [f.BOTH, f.SEVERAL_OTHERS]
    again = sums.rows.each_side[group, mixed] - sums.rows.once[group, mixed]
    label = "counted again for each further side that they take"
    return (Memo(reason="counted-twice", label=label, n=int(again.sum())),)
