"""What one file of a source covers: the source's coverage, narrowed to its days."""

from dataclasses import replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from groundswell.core.dates import Window
from groundswell.core.sources import Coverage

DAY_UNKNOWN = (
    "Nobody says when the file was taken, so no day is sure to be covered: give --taken "
    "YYYY-MM-DD."
)
# at most so many of the rows, so many times the usual distance between days with rows
# away from the others, and so much fewer on a day than there usually are
_FEW = 0.01
_FAR = 3
_THIN = 0.2


def main_days(days: NDArray[np.datetime64]) -> tuple[date | None, date | None]:
    """Find the first and the last day of a file, leaving out a few that lie far away.

    One row with a mistyped year would else make a sheet of one month cover a whole year.

    Parameters
    ----------
    days
        Days of the rows, shape `(n_rows,)`, in any order.

    Returns
    -------
    tuple
        First and last day; `None` for both where there is no row.

    Examples
    --------
    >>> typed = ["2017-06-01", "2017-06-02", "2017-06-03"] * 50 + ["2018-06-02"]
    >>> main_days(np.array(typed, dtype="datetime64[D]"))
    (datetime.date(2017, 6, 1), datetime.date(2017, 6, 3))
    """
    if not len(days):
        return None, None
    found, counts = np.unique(days, return_counts=True)
    gaps = np.diff(found).astype(np.int64)
    if not len(gaps):
        return found[0].astype(object), found[0].astype(object)
    usual = int(np.percentile(gaps, 90, method="lower"))
    is_wide = gaps > _FAR * usual
    usually = len(days) / len(found)
    before = _cuts(counts, is_wide=is_wide, usually=usually)
    after = _cuts(counts[::-1], is_wide=is_wide[::-1], usually=usually)
    return found[before].astype(object), found[len(found) - 1 - after].astype(object)


def _cuts(counts: NDArray[np.intp], *, is_wide: NDArray[np.bool_], usually: float) -> int:
    """Count the days at the start that are few, thin and far from the rest."""
    n_rows = np.cumsum(counts)[:-1]
    n_days = np.arange(1, len(counts))
    is_few = n_rows <= _FEW * counts.sum()
    is_thin = n_rows <= _THIN * usually * n_days
    found = np.flatnonzero(is_wide & is_few & is_thin)
    return int(found[-1]) + 1 if len(found) else 0


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


def cover_up_to_taking(coverage: Coverage, *, taken: date | None) -> Coverage:
    """Cover nothing where nobody says when a file was taken.

    Rows are entered ahead of their date, so the last row does not tell up to which day
    the file was complete; and what may have been complete on none of its days decides no
    claim about any of them.

    Parameters
    ----------
    coverage
        What the file covers, its day of taking apart.
    taken
        Day on which it was taken; `None` where nobody says.

    Returns
    -------
    Coverage
        The same; without a day, of no place, and with a note that says what to do.

    Examples
    --------
    >>> from groundswell.core.places import WORLD
    >>> file = Coverage(places=(WORLD,), window=Window(), selection="all")
    >>> cover_up_to_taking(file, taken=None).places
    ()
    """
    if taken is not None:
        return coverage
    note = f"{DAY_UNKNOWN} {coverage.note}".strip()
    return replace(coverage, places=(), note=note)


def _latest(one: date | None, other: date | None) -> date | None:
    return max(one, other) if one and other else one or other


def _earliest(one: date | None, other: date | None) -> date | None:
    return min(one, other) if one and other else one or other
