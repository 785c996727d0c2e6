"""What known coding errors do to a share: bounds from sensitivity and precision."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from groundswell.core.estimates import Interval

if TYPE_CHECKING:
    from groundswell.core.codebooks import ErrorRate


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """The events of a denominator by class, as coded.

    Attributes
    ----------
    target, other
        Events that take the one side, and events that take the other.
    neutral
        Events that take none; `None` where they are not part of the denominator.
    apart
        Events on both sides, where they are a class of their own.
    """

    target: int
    other: int
    neutral: int | None = None
    apart: int = 0


def miscoding_bounds(
    counts: Counts, *, target: "ErrorRate", other: "ErrorRate"
) -> Interval | None:
    """Bound the true share of a side by how often each side is missed or given wrongly.

    Of the events coded for a side, `precision` truly take it, and they are `sensitivity`
    of all that take it: its true number is the coded one times precision over
    sensitivity. An event that was given a side wrongly takes the other, takes none and
    stays in the denominator, or is not on the topic and leaves it; one that was missed
    was coded for the other side, as neutral, or not at all. The bounds take whatever of
    these moves the share furthest, and each rate at the end of its interval that does.

    Parameters
    ----------
    counts
        Events by class, as coded.
    target, other
        Error rates of the two sides under the same wording.

    Returns
    -------
    Interval or None
        Bounds of the share of the target; `None` where the denominator is empty.

    Notes
    -----
    For rates that are known, the bounds are the smallest and the largest share of all
    tables of true by coded class with these counts and rates. For intervals they hold
    the true share at least as often as all four intervals hold at once, which for 95 %
    intervals is at least 80 % of samples, and in simulations (`tests/recovery`) more
    than 95 %.

    Assumes that the rates hold for the records at hand: that the sample was drawn from
    records of the same source, and that errors do not differ by place or time; that
    neutral events were coded as such unless they were given a side; and that events on
    both sides are coded right where they are a class of their own.

    Examples
    --------
    Half of the 20 events of the other side take none in truth. They stay in the
    denominator as neutral, or leave it:

    >>> from groundswell.core.codebooks import ErrorRate
    >>> right = ErrorRate(
    ...     code="a", wording="w", sensitivity=(1, 1), precision=(1, 1), n=9, where=""
    ... )
    >>> half = ErrorRate(
    ...     code="b", wording="w", sensitivity=(1, 1), precision=(0.5, 0.5), n=9, where=""
    ... )
    >>> found = miscoding_bounds(
    ...     Counts(target=60, other=20, neutral=20), target=right, other=half
    ... )
    >>> round(found.low, 3), round(found.high, 3)
    (0.6, 0.667)
    """
    neutral = counts.neutral or 0
    if not counts.target + counts.other + neutral + counts.apart:
        return None
    return Interval(
        low=_least(counts, target=target, other=other),
        high=_most(counts, target=target, other=other),
        kind="bounds",
        basis=f"sensitivity and precision on {target.n} hand-coded texts",
    )


def _least(counts: Counts, *, target: "ErrorRate", other: "ErrorRate") -> float:
    """Few of the target; all wrongly coded events stay in the denominator as neutral."""
    right, other_right = target.precision[0], other.precision[1]
    true = counts.target * right / target.sensitivity[1]
    other_true = counts.other * other_right / other.sensitivity[0]
    rest = 0.0
    if counts.neutral is not None:
        wrong = counts.target * (1 - right) + counts.other * (1 - other_right)
        rest = counts.neutral + wrong
    return _share(true, true + other_true + rest + counts.apart)


def _most(counts: Counts, *, target: "ErrorRate", other: "ErrorRate") -> float:
    """Many of the target; missed events were coded as neutral while there are such."""
    right = counts.target * target.precision[1]
    other_right = counts.other * other.precision[0]
    true = right / target.sensitivity[0]
    other_true = other_right / other.sensitivity[1]
    missed = true - right + other_true - other_right
    rest = max((counts.neutral or 0) - missed, 0.0)
    return _share(true, true + other_true + rest + counts.apart)


def _share(part: float, whole: float) -> float:
    return part / whole if whole else 0.0


def miscoding_bounds_among_all(
    coded: int, *, events: int, rate: "ErrorRate"
) -> Interval | None:
    """Bound the true share of a side among all events, coded or not.

    Parameters
    ----------
    coded
        Events coded for the side.
    events
        All events; how they are coded does not change how many there are.
    rate
        Error rate of the side.

    Returns
    -------
    Interval or None
        Bounds; `None` without events.

    Examples
    --------
    >>> from groundswell.core.codebooks import ErrorRate
    >>> rate = ErrorRate(
    ...     code="a", wording="w", sensitivity=(0.5, 1), precision=(0.8, 1), n=9, where=""
    ... )
    >>> found = miscoding_bounds_among_all(10, events=100, rate=rate)
    >>> found.low, found.high
    (0.08, 0.2)
    """
    if not events:
        return None
    return Interval(
        low=coded * rate.precision[0] / rate.sensitivity[1] / events,
        high=min(coded * rate.precision[1] / rate.sensitivity[0] / events, 1.0),
        kind="bounds",
        basis=f"sensitivity and precision on {rate.n} hand-coded texts",
    )
