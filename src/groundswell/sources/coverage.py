"""What one file of a source covers: the source's coverage, narrowed to its days."""

from dataclasses import replace
from datetime import date

from groundswell.core.dates import Window
from groundswell.core.sources import Coverage


def narrow_coverage(
    coverage: Coverage, *, first: date | None, last: date | None, taken: date | None
) -> Coverage:
    """Narrow what a source covers to what one file of it can hold.

    Parameters
    ----------
    coverage
        What the source covers.
    first, last
        Days of the first and last dated row of the file; `None` where no row is dated.
    taken
        Day on which the file was taken; nothing later is covered. `None` where nobody
        says.

    Returns
    -------
    Coverage
        The same places and selection, with whole days from the first row to the last
        that the source and the day of taking allow. Without such a day the window is
        that of the source and no place is covered.

    Examples
    --------
    >>> from groundswell.core.places import WORLD
    >>> source = Coverage(
    ...     places=(WORLD,), window=Window(start=date(2025, 1, 1)), selection="all"
    ... )
    >>> file = narrow_coverage(
    ...     source,
    ...     first=date(2025, 1, 1),
    ...     last=date(2025, 3, 31),
    ...     taken=date(2025, 3, 6),
    ... )
    >>> file.window.end
    datetime.date(2025, 3, 6)
    """
    start = _latest(coverage.window.start, first)
    end = _earliest(_earliest(coverage.window.end, last), taken)
    if first is None or last is None or (start and end and end < start):
        return replace(coverage, places=(), note="no row is dated within the coverage")
    return replace(coverage, window=Window(start=start, end=end))


def _latest(one: date | None, other: date | None) -> date | None:
    return max(one, other) if one and other else one or other


def _earliest(one: date | None, other: date | None) -> date | None:
    return min(one, other) if one and other else one or other
