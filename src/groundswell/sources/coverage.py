"""What one file of a source covers: the source's coverage, narrowed to its days."""

from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from groundswell.core.dates import Window
from groundswell.core.sources import Coverage, Snapshot

DAY_UNKNOWN = (
    "Nobody says when the file was taken, so no day is sure to be covered: give --taken "
    "YYYY-MM-DD."
)
# at most so many of the rows, so many times the usual distance between days with rows
# away from the others, and so much fewer on a day than there usually are
_FEW = 0.01
_FAR = 3
_THIN = 0.2


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """How many rows a day the files of a source have, for all its places together.

    Attributes
    ----------
    usual
        Of a usual file.
    fewest
        With fewer a file is taken for an extract; fewer than any whole file has.
    note
        On which files this was measured.
    """

    usual: int
    fewest: int
    note: str


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


def doubt_extract(
    coverage: Coverage, *, n_rows: int, rate: Rate | None, name: str
) -> Coverage:
    """Leave open what was looked for where a file has too few rows to be whole.

    Whoever filters a file of a source by topic or takes its first rows leaves the columns
    as they were. That a row is missing from such a file means nothing.

    Parameters
    ----------
    coverage
        What the file would cover if it were whole.
    n_rows
        Its rows within the days that it covers.
    rate
        What the source usually has; `None` where that is not known, or does not matter
        since somebody says what the file is.
    name
        Of the file.

    Returns
    -------
    Coverage
        The same, or with the selection `unknown` and a note that says why and what to do.

    Examples
    --------
    >>> from groundswell.core.places import WORLD
    >>> days = Window(start=date(2025, 3, 4), end=date(2025, 4, 19))
    >>> whole = Coverage(places=(WORLD,), window=days, selection="all")
    >>> rate = Rate(usual=66, fewest=33, note="")
    >>> doubted = doubt_extract(whole, n_rows=50, rate=rate, name="mine.csv")
    >>> doubted.selection, doubted.note.partition(",")[0]
    ('unknown', 'mine.csv has 50 rows for 47 days')
    """
    n_days = coverage.window.days
    if rate is None or n_days is None or coverage.selection != "all":
        return coverage
    if not coverage.places or n_rows >= rate.fewest * n_days:
        return coverage
    rows = f"{n_rows:,} row{'s' * (n_rows != 1)}"
    days = f"{n_days:,} day{'s' * (n_days != 1)}"
    note = (
        f"{name} has {rows} for {days}, where the source usually has about "
        f"{rate.usual} a day: it looks like an extract. If it is whole, say so in a "
        'manifest: selection = "all".'
    )
    # what the source leaves out is no longer all that may be missing
    return replace(coverage, selection="unknown", note=note)


def extract_note(snapshot: Snapshot) -> str:
    """Find what `doubt_extract` said of a file; empty where it said nothing."""
    of_source, coverage = snapshot.source.coverage, snapshot.coverage
    if (of_source.selection, coverage.selection) != ("all", "unknown"):
        return ""
    return coverage.note.removeprefix(DAY_UNKNOWN).strip()


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
