"""Of which whole numbers a count can be a printed percentage."""

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class BaseRange:
    """Bases that fit, from `low` to `high`; no upper end where 0 % is printed."""

    low: int
    high: int | None

    def holds(self, base: float) -> bool:
        """Say whether a base lies in the range."""
        return base >= self.low and (self.high is None or base <= self.high)

    def meet(self, other: "BaseRange") -> "BaseRange | None":
        """Return the bases that fit both, `None` where there are none."""
        low = max(self.low, other.low)
        high = min((h for h in (self.high, other.high) if h is not None), default=None)
        return None if high is not None and high < low else BaseRange(low=low, high=high)

    def __str__(self) -> str:
        if self.high is None:
            return f"{self.low:,} or more"
        return (
            f"{self.low:,} to {self.high:,}" if self.low < self.high else f"{self.low:,}"
        )


def possible_bases(
    count: int, percent: float, /, *, decimals: int = 0
) -> BaseRange | None:
    """Work out of which whole numbers a count can be the printed percentage.

    Parameters
    ----------
    count
        How many.
    percent
        The percentage as printed.
    decimals
        Digits printed after its point.

    Returns
    -------
    BaseRange or None
        Every base whose exact percentage rounds to the printed one, ties either way;
        `None` where no base does.

    Examples
    --------
    >>> one, other = possible_bases(770, 38), possible_bases(631, 31)
    >>> str(one), str(other), str(one.meet(other))
    ('2,000 to 2,053', '2,004 to 2,068', '2,004 to 2,053')
    """
    half = 0.5 / 10**decimals
    low = max(count, 1, math.ceil(round(100 * count / (percent + half), 9)))
    if percent <= half:
        return BaseRange(low=low, high=None)
    high = math.floor(round(100 * count / (percent - half), 9))
    return BaseRange(low=low, high=high) if low <= high else None


def is_possible_share(
    count: float, base: float, /, *, percent: float, decimals: int = 0
) -> bool:
    """Say whether `count` of `base` can be printed as a percentage, rounded or cut off.

    Parameters
    ----------
    count, base
        Two numbers.
    percent, decimals
        The percentage as printed, and its digits after the point.

    Returns
    -------
    bool
        Whether a usual way to write it gives the printed one.

    Examples
    --------
    >>> is_possible_share(770, 2301, percent=38)
    False
    >>> is_possible_share(3761, 4385, percent=86)
    True
    """
    if base <= 0:
        return False
    step = 10.0**-decimals
    exact = 100 * count / base
    slack = 1e-9
    return percent - step / 2 - slack <= exact < percent + step + slack
