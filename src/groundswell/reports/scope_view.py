"""What was asked for, as it stands at the top of a measurement and beside its numbers."""

from typing import TYPE_CHECKING

from groundswell.core.dates import Window
from groundswell.core.phrases import format_window, join_words
from groundswell.reports.formatting import plural
from groundswell.reports.wording import AMONG_WORDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from groundswell.core.measurements import MeasuredScope, MeasurementSet
    from groundswell.core.sources import Snapshot

_FEW_FILES = 3


def scope_line(scope: "MeasuredScope") -> str:
    """Say in one line what a number was limited to.

    Parameters
    ----------
    scope
        What was asked for.

    Returns
    -------
    str
        Place, days and conditions, or that there is no limit.
    """
    limits = [
        scope.place.name if scope.place else "",
        format_window(scope.window) if scope.window else "",
        *_conditions(scope),
    ]
    return ", ".join(limit for limit in limits if limit) or "all rows of the records"


def scope_rows(measured: "MeasurementSet") -> tuple[tuple[str, str], ...]:
    """Say part by part what was asked for, and of which records.

    Parameters
    ----------
    measured
        What was measured.

    Returns
    -------
    tuple
        Pairs of a part and its words; what was not limited says so.
    """
    scope = measured.scope
    is_share = scope.statistic == "share"
    rows = [
        ("Among", AMONG_WORDS[scope.among] if is_share else ""),
        ("When", format_window(scope.window) if scope.window else "any day: not limited"),
        ("Where", scope.place.name if scope.place else "any place: not limited"),
        ("Only where", join_words(_conditions(scope))),
        ("Settled", "; ".join(f"{name}={option}" for name, option in measured.settled)),
        ("Grouped by", measured.by),
        ("Records", records_words(measured.snapshots)),
    ]
    return tuple((part, words) for part, words in rows if words)


def _conditions(scope: "MeasuredScope") -> list[str]:
    return [f"{column}={value}" for column, value in scope.where]


def records_words(snapshots: "Sequence[Snapshot]") -> str:
    """Name the files that were read, and what they cover."""
    if len(snapshots) > _FEW_FILES:
        return _many_files(snapshots)
    return "; ".join(
        f"{snapshot.file_name} ({_coverage([snapshot])})" for snapshot in snapshots
    )


def _many_files(snapshots: "Sequence[Snapshot]") -> str:
    n_rows = sum(snapshot.n_records for snapshot in snapshots)
    files = plural(len(snapshots), "file")
    return f"{files} with {n_rows:,} rows ({_coverage(snapshots)})"


def _coverage(snapshots: "Sequence[Snapshot]") -> str:
    """Join the coverage of files: their places, the first and the last day of all."""
    places = [place.name for s in snapshots for place in s.coverage.places]
    starts = [s.coverage.window.start for s in snapshots]
    ends = [s.coverage.window.end for s in snapshots]
    # one file with an open end leaves the end of all open
    window = Window(
        start=None if None in starts else min(day for day in starts if day),
        end=None if None in ends else max(day for day in ends if day),
    )
    names = join_words(list(dict.fromkeys(places))) or "no place"
    return f"{names}, {format_window(window)}"
