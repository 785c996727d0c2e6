"""Agreement of coders beyond chance: Krippendorff's alpha."""

from collections import Counter
from itertools import combinations
from typing import TYPE_CHECKING, Literal

from groundswell.core.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Level = Literal["nominal", "ordinal", "interval"]
Value = str | int | float


def krippendorff_alpha(
    units: "Sequence[Sequence[Value | None]]", *, level: Level = "nominal"
) -> float | None:
    """Estimate how far coders agree beyond what chance alone would give.

    One is perfect agreement, zero is what chance gives. Any number of coders, each of
    whom may have left out units. Customary limits are .800 for conclusions and .667 for
    tentative ones.

    Parameters
    ----------
    units
        For each unit the values that coders gave it, in any order; `None` is missing.
        Units with fewer than two values are left out.
    level
        `nominal`: values are the same or not. `ordinal`, `interval`: values are numbers,
        and differences between them count by rank or by size.

    Returns
    -------
    float | None
        Alpha; `None` where it is undefined, because no unit has two values or all values
        are the same.

    Raises
    ------
    UsageError
        If the level asks for numbers and a value is none.

    References
    ----------
    Krippendorff (2011), Computing Krippendorff's Alpha-Reliability,
    <https://repository.upenn.edu/asc_papers/43>, section C and equation for alpha.

    Examples
    --------
    >>> krippendorff_alpha([["a", "a"], ["b", "b"], ["a", "b"], ["b", "b"]])
    0.5333333333333333
    """
    rated = [Counter(v for v in unit if v is not None) for unit in units]
    rated = [counts for counts in rated if counts.total() > 1]
    totals: Counter[Value] = sum(rated, Counter())
    if level != "nominal" and any(isinstance(value, str) for value in totals):
        raise UsageError(
            f"The level {level} needs numbers.", allowed="nominal for labels"
        )
    distances = _distances(totals, level=level)
    expected = sum(totals[c] * totals[k] * d for (c, k), d in distances.items())
    if not expected:
        return None
    observed = sum(
        counts[c] * counts[k] * d / (counts.total() - 1)
        for counts in rated
        for (c, k), d in distances.items()
    )
    return 1 - (totals.total() - 1) * observed / expected


def _distances(
    totals: "Mapping[Value, int]", *, level: Level
) -> dict[tuple[Value, Value], float]:
    """Measure the squared distance of each two values that occur."""
    if level == "nominal":
        return dict.fromkeys(combinations(totals, 2), 1.0)
    values = sorted(float(value) for value in totals)
    if level == "interval":
        return {(c, k): (c - k) ** 2 for c, k in combinations(values, 2)}
    distances: dict[tuple[Value, Value], float] = {}
    for first, c in enumerate(values):
        between = float(totals[c])
        for k in values[first + 1 :]:
            between += totals[k]
            distances[c, k] = (between - (totals[c] + totals[k]) / 2) ** 2
    return distances
