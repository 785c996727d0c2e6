"""A number line to draw on: where it starts, where its ticks are, how values pile up.

The line knows nothing of pixels or columns. Positions are percentages of its length.
"""

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from groundswell.core.phrases import (
    format_count,
    format_exact_share,
    format_share,
    share_decimals,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_SHARE_STEPS = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2)
_MOST_STEPS = 5
_MOST_PILES = 50
_MARGIN = 0.12  # of the span, on each side: room for the labels of the ends
_SMALLEST_SPAN = {"share": 0.02}


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """A marked place on the line.

    Attributes
    ----------
    position
        In percent of the length of the line.
    label
        The value there, as printed.
    """

    position: float
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberLine:
    """A stretch of numbers.

    Attributes
    ----------
    low, high
        Its ends.
    ticks
        Round numbers on it, from low to high.
    """

    low: float
    high: float
    ticks: tuple[Tick, ...]

    def position(self, value: float) -> float:
        """Say where a value lies, in percent of the length, kept on the line."""
        share = (value - self.low) / (self.high - self.low)
        return round(100 * min(max(share, 0.0), 1.0), 2)


def draw_number_line(values: "Iterable[float]", *, unit: str) -> NumberLine:
    """Choose a line that shows all of `values`, with room at its ends.

    Parameters
    ----------
    values
        At least one number that must lie on it.
    unit
        `share`, or what is counted. No tick is printed where no value can be: below
        nothing, or above all of a share.

    Returns
    -------
    NumberLine
        The line, with two to seven ticks.

    Examples
    --------
    >>> line = draw_number_line([0.84, 0.97], unit="share")
    >>> [tick.label for tick in line.ticks]
    ['85%', '90%', '95%']
    """
    shown = sorted(values)
    middle = (shown[0] + shown[-1]) / 2
    span = max(
        shown[-1] - shown[0], _SMALLEST_SPAN.get(unit, max(abs(middle) * 0.02, 4.0))
    )
    reach = span * (0.5 + _MARGIN)
    low, high = middle - reach, middle + reach
    return NumberLine(low=low, high=high, ticks=_ticks(low, high, unit=unit))


def _ticks(low: float, high: float, *, unit: str) -> tuple[Tick, ...]:
    step = _step(high - low, unit=unit)
    first = math.ceil(max(low, 0.0) / step - 1e-9)
    last = math.floor((min(high, 1.0) if unit == "share" else high) / step + 1e-9)
    show = format_exact_share if unit == "share" else format_count
    return tuple(
        Tick(
            position=round(100 * (i * step - low) / (high - low), 2),
            label=show(round(i * step, 9)),
        )
        for i in range(first, last + 1)
    )


def _step(span: float, *, unit: str) -> float:
    if unit == "share":
        steps: Iterable[float] = _SHARE_STEPS
    else:
        power = 10.0 ** math.floor(math.log10(max(span, 1.0)))
        steps = [max(power * factor, 1.0) for factor in (0.1, 0.2, 0.5, 1.0, 2.0)]
    fitting = [step for step in steps if span / step <= _MOST_STEPS]
    return fitting[0] if fitting else 0.25


@dataclass(frozen=True, slots=True, kw_only=True)
class Pile:
    """Values that print alike, or fall on the same short stretch.

    Attributes
    ----------
    start, end
        The stretch, in percent of the length of the line.
    label
        What they print as.
    n
        How many there are.
    """

    start: float
    end: float
    label: str
    n: int


def pile_up(
    values: "Sequence[float]", *, line: NumberLine, unit: str, width: float
) -> tuple[Pile, ...]:
    """Count the values that print alike.

    Parameters
    ----------
    values
        Numbers on the line.
    line
        The line.
    unit
        `share`, or what is counted: counts are piled on stretches of a round length.
    width
        Distance between the smallest and the largest value.

    Returns
    -------
    tuple
        Piles from low to high, none of them empty; their sum is the number of values.

    Examples
    --------
    >>> line = draw_number_line([0.84, 0.97], unit="share")
    >>> piles = pile_up([0.84, 0.842, 0.97], line=line, unit="share", width=0.13)
    >>> [(pile.label, pile.n) for pile in piles]
    [('84%', 2), ('97%', 1)]
    """
    if unit == "share":
        step, offset = 10.0 ** -(2 + share_decimals(width)), 0.5
    else:
        step, offset = _pile_step(line.high - line.low), 0.0
    piles: dict[int, list[float]] = {}
    for value in sorted(values):
        piles.setdefault(math.floor(value / step + offset + 1e-9), []).append(value)
    return tuple(
        Pile(
            start=line.position((place - offset) * step),
            end=line.position((place - offset + 1) * step),
            label=_pile_label(members, unit=unit, width=width, step=step),
            n=len(members),
        )
        for place, members in piles.items()
    )


def _pile_label(
    members: "Sequence[float]", *, unit: str, width: float, step: float
) -> str:
    # a share that rounds to nothing or to all prints as `under 1%` and `over 99%`; so
    # does its pile, whose first or last member says whether it holds such a share
    if unit == "share":
        inner = members[0] if members[0] > 1 - step else members[-1]
        return format_share(inner, width=width)
    if step == 1:
        return format_count(members[0])
    start = math.floor(members[0] / step) * step
    return f"{format_count(start)} to {format_count(start + step - 1)}"


def _pile_step(span: float) -> float:
    power = 10.0 ** math.floor(math.log10(max(span / _MOST_PILES, 1.0)))
    return next(
        power * factor
        for factor in (1.0, 2.0, 5.0, 10.0)
        if span / (power * factor) <= _MOST_PILES
    )
