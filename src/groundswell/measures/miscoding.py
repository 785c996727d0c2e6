"""What known coding errors do to a share: bounds from sensitivity and precision."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from groundswell.core.estimates import Interval

if TYPE_CHECKING:
    from groundswell.core.codebooks import ErrorRate


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """Events that take one side, and events that take the other, as coded."""

    target: int
    other: int


def miscoding_bounds(
    counts: Counts, *, target: "ErrorRate", other: "ErrorRate"
) -> Interval | None:
    """Bound the true share of a side by how often each side is missed or given wrongly.

    Of the events coded for a side, `precision` truly take it, and they are `sensitivity`
    of all that take it: its true number is the coded one times precision over
    sensitivity. The bounds take each rate at the end of its interval that moves the share
    furthest, so with four 95 % intervals they cover the true share at least as often as
    the intervals hold together.

    Parameters
    ----------
    counts
        Events by side, as coded.
    target, other
        Error rates of the two sides under the same wording.

    Returns
    -------
    Interval or None
        Bounds of the share of the target among both sides; `None` without events.

    Notes
    -----
    Assumes that the rates hold for the records at hand: that the sample was drawn from
    records of the same source, and that errors do not differ by place or time.

    Examples
    --------
    >>> from groundswell.core.codebooks import ErrorRate
    >>> perfect = ErrorRate(
    ...     code="a", wording="w", sensitivity=(1, 1), precision=(1, 1), n=9, where=""
    ... )
    >>> found = miscoding_bounds(Counts(target=3, other=1), target=perfect, other=perfect)
    >>> found.low, found.high
    (0.75, 0.75)
    """
    if not counts.target + counts.other:
        return None
    least, most = _true_number(counts.target, target)
    other_least, other_most = _true_number(counts.other, other)
    return Interval(
        low=least / (least + other_most),
        high=most / (most + other_least),
        kind="bounds",
        basis=f"sensitivity and precision on {target.n} hand-coded texts",
    )


def _true_number(coded: int, rate: "ErrorRate") -> tuple[float, float]:
    least = coded * rate.precision[0] / rate.sensitivity[1]
    most = coded * rate.precision[1] / rate.sensitivity[0]
    return least, most
