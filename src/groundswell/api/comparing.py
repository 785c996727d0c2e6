"""`sources compare`: two sources of a workspace on the same days and places."""

from datetime import date, timedelta
from itertools import combinations
from typing import TYPE_CHECKING

from groundswell.api.limits import is_restricted, subject_notes
from groundswell.api.measuring import unsure_notes
from groundswell.core.dates import Window
from groundswell.core.errors import UsageError
from groundswell.core.phrases import format_window, join_words
from groundswell.core.tables import REPORT
from groundswell.engine import Workspace
from groundswell.ingest.snapshots import read_snapshots
from groundswell.language.places import place_of
from groundswell.measures.comparing import Side, compare_reports

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from groundswell.core.comparisons import Comparison
    from groundswell.core.places import Place
    from groundswell.core.sources import Snapshot


def compare_sources(
    workspace: "Path",
    names: tuple[str, str],
    *,
    start: date | None = None,
    end: date | None = None,
    place: str = "",
) -> "Comparison":
    """Compare two sources: what each holds of the same days and places.

    Parameters
    ----------
    workspace
        Folder made by `ingest`.
    names
        Each a source, which stands for all its files, or a snapshot, or the beginning of
        its identifier.
    start, end
        First and last day; where one is left out, that of the days that both cover.
    place
        A country or a US state; empty for all places.

    Returns
    -------
    Comparison
        Counts, city-days in both, sizes and labels; nothing is linked.

    Raises
    ------
    UsageError
        If a name stands for nothing, both for the same file, or there are no days to
        compare.
    """
    where = _place(place)
    with Workspace.open(workspace, create=False, keeps=False) as opened:
        reporting = _reporting(opened)
        taken = [s for s in read_snapshots(opened) if s.snapshot_id in reporting]
        one, other = (_side(name, taken=taken) for name in names)
        if shared := [s.snapshot_id for s in one.snapshots if s in other.snapshots]:
            raise UsageError(
                f"{names[0]!r} and {names[1]!r} both stand for {join_words(shared)}.",
                allowed="two sources, or two snapshots",
            )
        window = _window(one, other, start=start, end=end)
        return compare_reports(
            opened,
            (one, other),
            window=window,
            place=where,
            flags=_flags(one, other, window=window, place=where),
        )


def _reporting(workspace: Workspace) -> frozenset[str]:
    """Find the snapshots that hold reports: look-up tables and votes hold none."""
    if REPORT.name not in workspace.tables():
        return frozenset()
    found = workspace.arrays(f"SELECT DISTINCT snapshot_id FROM {REPORT.name}")  # noqa: S608 (our own table)
    return frozenset(found["snapshot_id"])


def _place(name: str) -> "Place | None":
    found = place_of(name) if name else None
    if name and found is None:
        raise UsageError(
            f"{name!r} names no place that is known here, or more than one.",
            allowed="a country or a US state",
        )
    return found


def _side(name: str, *, taken: "Sequence[Snapshot]") -> Side:
    """Find what a name stands for: a snapshot, a source, the beginning of a snapshot.

    Raises
    ------
    UsageError
        If it stands for nothing, or for several snapshots by chance.
    """
    ways = (
        [s for s in taken if s.snapshot_id == name],
        [s for s in taken if s.source.source_id == name],
        [s for s in taken if name and s.snapshot_id.startswith(name)],
    )
    found = next((way for way in ways if way), [])
    if not found or (found is ways[2] and len(found) > 1):
        known = [s.source.source_id for s in taken] + [s.snapshot_id for s in taken]
        raise UsageError(
            f"{name!r} names {'several files' if found else 'no file'} of reports in "
            "this workspace.",
            allowed=", ".join(dict.fromkeys(known)) or "none: it holds no reports yet",
        )
    return Side(name=name, snapshots=tuple(found))


def _window(one: Side, other: Side, *, start: date | None, end: date | None) -> Window:
    """Choose the days to compare: those asked for, else those that both cover.

    Raises
    ------
    UsageError
        If there are none.
    """
    spans = [_span(one), _span(other)]
    starts = [span.start for span in spans if span.start]
    ends = [span.end for span in spans if span.end]
    first = start or max(starts, default=None)
    last = end or min(ends, default=None)
    if first and last and last < first:
        covered = " and ".join(
            f"{side.name} {format_window(span)}"
            for side, span in zip((one, other), spans, strict=True)
        )
        raise UsageError(
            f"There are no days to compare: the files cover {covered}.",
            allowed="--from and --to, in this order",
            todo="name days that both cover, or files that share some",
        )
    return Window(start=first, end=last)


def _span(side: Side) -> Window:
    """Find the first and the last day that the files of a side cover."""
    windows = [snapshot.coverage.window for snapshot in side.snapshots]
    starts = [window.start for window in windows if window.start]
    ends = [window.end for window in windows if window.end]
    return Window(
        start=min(starts) if len(starts) == len(windows) else None,
        end=max(ends) if len(ends) == len(windows) else None,
    )


def _flags(
    one: Side, other: Side, *, window: Window, place: "Place | None"
) -> tuple[str, ...]:
    """Say what makes two sources less comparable."""
    flags = [flag for side in (one, other) for flag in _side_flags(side, window=window)]
    places = [_places(side) for side in (one, other)]
    for side, covered in zip((one, other), places, strict=True):
        if place and not any(known.contains(place) for known in covered):
            flags.append(
                f"{side.name} is not known to cover all of {place.name}: that it has no "
                "report there says nothing."
            )
    if not place and {p.path for p in places[0]} != {p.path for p in places[1]}:
        flags.append(
            f"{one.name} covers {_names(places[0])}, {other.name} {_names(places[1])}: "
            "outside what both cover, a report in one alone says nothing. --place limits "
            "the comparison."
        )
    rules = [sorted({s.source.size_rule for s in x.snapshots}) for x in (one, other)]
    if rules[0] != rules[1]:
        flags.append(
            f"Words for sizes are read by other rules: {join_words(rules[0])} in "
            f"{one.name}, {join_words(rules[1])} in {other.name}."
        )
    both = (*one.snapshots, *other.snapshots)
    return (*flags, *subject_notes(both), *unsure_notes(both))


def _side_flags(side: Side, *, window: Window) -> list[str]:
    flags = []
    span = _span(side)
    if not span.covers(window):
        flags.append(
            f"{side.name} covers {format_window(span)}, not all of the days compared: "
            "beyond, that it has no report says nothing."
        )
    flags += [
        f"Between its files, {side.name} covers nothing on {format_window(gap)}."
        for gap in _gaps(side)
        if gap.intersects(window)
    ]
    flags += [
        f"It is not known what {snapshot.file_name} covers: that it has no report says "
        "nothing."
        for snapshot in side.snapshots
        if snapshot.taken and not snapshot.coverage.places
    ]
    flags += [_restriction(one) for one in side.snapshots if is_restricted(one)]
    flags += [
        f"{one.file_name} and {other.file_name} of {side.name} cover some of the same "
        "days: a happening may be counted twice."
        for one, other in combinations(side.snapshots, 2)
        if one.coverage.window.intersects(other.coverage.window)
    ]
    return flags


def _restriction(snapshot: "Snapshot") -> str:
    coverage = snapshot.coverage
    part = coverage.selection.removeprefix("one-")
    words = f" ({join_words(coverage.restricted_to)})" if coverage.restricted_to else ""
    return (
        f"{snapshot.file_name} was restricted to one {part}{words}: what it lacks may be "
        "left out on purpose."
    )


def _gaps(side: Side) -> list[Window]:
    """Find stretches of days that none of several files covers."""
    windows = sorted(
        (snapshot.coverage.window for snapshot in side.snapshots),
        key=lambda window: window.start or date.min,
    )
    gaps, day = [], timedelta(days=1)
    reached = windows[0].end
    for window in windows[1:]:
        if reached and window.start and window.start > reached + day:
            gaps.append(Window(start=reached + day, end=window.start - day))
        reached = max(reached, window.end) if reached and window.end else None
    return gaps


def _places(side: Side) -> "list[Place]":
    # a file that covers no place for sure can still hold events of all of its source's
    found = [
        place
        for snapshot in side.snapshots
        for place in snapshot.coverage.places or snapshot.source.coverage.places
    ]
    return list({place.path: place for place in found}.values())


def _names(places: "Sequence[Place]") -> str:
    return join_words([place.name for place in places]) or "no place that is known"
