"""Rates from a hand-coded sample, with intervals: plain, weighted and stratified."""

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from math import exp, lgamma, log, sqrt
from statistics import NormalDist
from typing import TYPE_CHECKING, Literal

from groundswell.core.codings import Rate
from groundswell.core.estimates import Interval

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Outcome = Literal["hit", "miss", "neither"]
LEVEL = 0.95
_STEPS = 60  # halvings: an end is exact to 2**-60


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """One text of a sample, as one rate sees it.

    Attributes
    ----------
    stratum
        The part of the records that it was drawn from; empty where none is named.
    weight
        How many rows it stands for; the same for all texts of a stratum.
    outcome
        `hit`: in numerator and denominator; `miss`: in the denominator only; `neither`:
        in none, which still says that such texts are few in its stratum.
    """

    stratum: str
    weight: float
    outcome: Outcome


def estimate_rate(sample: "Sequence[Drawn]", *, total: float | None = None) -> Rate:
    """Estimate hits among hits and misses, weighted, with a 95 % interval.

    Without strata the interval is Wilson's, at the effective number of hits and misses
    (Kish). With unequal weights that is too narrow: texts that are neither, drawn with a
    high weight, may stand for misses that were not drawn, and it does not see them. So
    strata should be named.

    With strata, exact limits (Clopper and Pearson) of hits and of misses in every stratum
    are combined by the method of variance estimates recovery (MOVER): a stratum adds the
    square of the distance between its estimate and its limit, so one without a single
    miss adds what the rows drawn from it leave open. The ends are the rates `R` at which
    the limit of `(1 - R) hits - R misses` is zero.

    Parameters
    ----------
    sample
        All texts drawn, also those that are neither.
    total
        Hits and misses among all rows that the sample was drawn from, where they are
        known (what a codebook codes can be counted). It raises the lower end to the lower
        limit of the hits over the total. Used with strata only.

    Returns
    -------
    Rate
        Without value and interval where there is neither hit nor miss.

    Notes
    -----
    Assumes that rows were drawn at random within their stratum, that they are independent
    of one another, and that weights times rows drawn are the sizes of the strata. Limits
    are binomial: they are a little too wide where a large part of a stratum was drawn,
    and hold for records of the same kind, too, of which the stratum is itself a draw.
    The combined limits are not exact; `tests/recovery` measures how often they hold the
    truth, among others where all misses lie in a stratum without a hit.

    References
    ----------
    Wilson (1927), <https://doi.org/10.1080/01621459.1927.10502953>. Clopper and Pearson
    (1934), <https://doi.org/10.1093/biomet/26.4.404>. Zou (2008), On the estimation of
    additive interaction by use of the four-by-two table and beyond,
    <https://doi.org/10.1093/aje/kwn104>: MOVER for correlated estimates. Donner and Zou
    (2012), Closed-form confidence intervals for functions of the normal mean and standard
    deviation, <https://doi.org/10.1177/0962280210383082>: for a ratio.

    Examples
    --------
    >>> found = [Drawn(stratum="a", weight=1, outcome="hit")] * 50
    >>> other = [Drawn(stratum="b", weight=10, outcome="neither")] * 50
    >>> rate = estimate_rate(found + other)
    >>> rate.value, round(rate.interval.low, 2)
    (1.0, 0.58)
    """
    cases = [case for case in sample if case.outcome != "neither"]
    if not cases:
        return Rate(value=None, interval=None, n=0)
    whole = sum(case.weight for case in cases)
    value = sum(case.weight for case in cases if case.outcome == "hit") / whole
    if any(case.stratum for case in sample):
        interval = _stratified(sample, value=value, total=total)
    else:
        interval = _wilson(value, n=whole**2 / sum(case.weight**2 for case in cases))
    return Rate(value=value, interval=interval, n=len(cases))


def _wilson(share: float, *, n: float) -> Interval:
    z = NormalDist().inv_cdf((1 + LEVEL) / 2)
    centre = (share + z**2 / (2 * n)) / (1 + z**2 / n)
    half = z * sqrt(share * (1 - share) / n + z**2 / (4 * n**2)) / (1 + z**2 / n)
    return Interval(
        low=max(0.0, min(centre - half, share)),
        high=min(1.0, max(centre + half, share)),
        kind="confidence",
        level=LEVEL,
        basis=f"sampling of texts; Wilson, effective number of texts {n:.1f}",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stratum:
    """Hits and misses of one stratum: shares of its rows, and distances to limits."""

    rows: float
    hits: float
    misses: float
    hits_limits: tuple[float, float]
    misses_limits: tuple[float, float]

    @property
    def correlation(self) -> float:
        """Minus the correlation of the two shares: texts are one or the other."""
        rest = (1 - self.hits) * (1 - self.misses)
        return sqrt(self.hits * self.misses / rest) if rest else 1.0


def _stratified(
    sample: "Sequence[Drawn]", *, value: float, total: float | None
) -> Interval:
    strata = _strata(sample)
    hits = sum(s.rows * s.hits for s in strata)
    whole = hits + sum(s.rows * s.misses for s in strata)

    def is_excluded(rate: float, *, end: int) -> bool:
        """Say whether a rate lies beyond the limit, below (0) or above (1)."""
        spread = sum(s.rows**2 * _spread(s, rate, end=end) for s in strata)
        return (hits - rate * whole) ** 2 > spread

    low = _cross(value, 0.0, is_beyond=lambda rate: is_excluded(rate, end=0))
    if total is not None:
        least = hits - sqrt(
            sum((s.rows * (s.hits - s.hits_limits[0])) ** 2 for s in strata)
        )
        low = max(low, min(least / total, value))
    return Interval(
        low=low,
        high=_cross(value, 1.0, is_beyond=lambda rate: is_excluded(rate, end=1)),
        kind="confidence",
        level=LEVEL,
        basis=f"sampling of texts in strata ({len(strata)}); exact limits, combined "
        "(MOVER)",
    )


def _strata(sample: "Sequence[Drawn]") -> list[_Stratum]:
    strata = []
    for name in dict.fromkeys(case.stratum for case in sample):
        drawn = [case for case in sample if case.stratum == name]
        counts = Counter(case.outcome for case in drawn)
        n = len(drawn)
        strata.append(
            _Stratum(
                rows=sum(case.weight for case in drawn),
                hits=counts["hit"] / n,
                misses=counts["miss"] / n,
                hits_limits=exact_limits(counts["hit"], n=n),
                misses_limits=exact_limits(counts["miss"], n=n),
            )
        )
    return strata


def _spread(stratum: _Stratum, rate: float, *, end: int) -> float:
    """Square how far `(1 - R) hits - R misses` of a stratum is from its limit."""
    of_hits = (1 - rate) * abs(stratum.hits - stratum.hits_limits[end])
    of_misses = rate * abs(stratum.misses - stratum.misses_limits[1 - end])
    together = 2 * stratum.correlation * of_hits * of_misses
    return of_hits**2 + of_misses**2 + together


def _cross(
    inside: float, outside: float, *, is_beyond: "Callable[[float], bool]"
) -> float:
    """Find, by halving, where one leaves an interval on the way to an end."""
    if not is_beyond(outside):
        return outside
    for _ in range(_STEPS):
        middle = (inside + outside) / 2
        if is_beyond(middle):
            outside = middle
        else:
            inside = middle
    return inside


@lru_cache(maxsize=4096)
def exact_limits(hits: int, *, n: int) -> tuple[float, float]:
    """Give the exact 95 % limits of a share (Clopper and Pearson).

    Parameters
    ----------
    hits, n
        Hits among texts drawn.

    Returns
    -------
    tuple
        The shares under which so many hits or more, and so many or fewer, have a
        probability of 2.5 %.

    Examples
    --------
    >>> [round(end, 3) for end in exact_limits(0, n=40)]
    [0.0, 0.088]
    """
    tail = (1 - LEVEL) / 2
    if hits:
        low = _cross(hits / n, 0.0, is_beyond=lambda p: _at_least(hits, n=n, p=p) < tail)
    else:
        low = 0.0
    misses = n - hits
    if misses:
        high = _cross(
            hits / n, 1.0, is_beyond=lambda p: _at_least(misses, n=n, p=1 - p) < tail
        )
    else:
        high = 1.0
    return low, high


def _at_least(hits: int, *, n: int, p: float) -> float:
    """Give the probability of so many hits or more."""
    if p <= 0 or p >= 1:
        return float(p >= 1)
    logs = log(p), log(1 - p)
    return sum(
        exp(_log_choose(n, k) + k * logs[0] + (n - k) * logs[1])
        for k in range(hits, n + 1)
    )


def _log_choose(n: int, k: int) -> float:
    return lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1)
