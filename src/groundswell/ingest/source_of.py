"""Which source a file is of, and what the file covers of it."""

# ruff: noqa: S608 (names of our own tables and columns)

from dataclasses import replace
from datetime import date
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from groundswell.core.dates import Window
from groundswell.core.hashes import SHORT
from groundswell.core.sources import Coverage, Source
from groundswell.engine.workspace import Workspace
from groundswell.ingest.cells import Cells
from groundswell.ingest.mapping import Mapping
from groundswell.ingest.request import Request
from groundswell.sources.coverage import Rate, main_days, narrow_coverage
from groundswell.sources.manifest import (
    covers_as_stated,
    known_snapshot,
    list_sources,
    load_source,
    usual_rate,
)

_OWN = "own"
DaysAndStates = tuple[NDArray[np.datetime64], NDArray[np.object_], NDArray[np.int64]]


class Taken(NamedTuple):
    """The day on which a file was taken, and who says so."""

    day: date | None
    told_by: Literal["manifest", "option", "unknown"]


def source_ids(mapping: Mapping, request: Request) -> tuple[str, ...]:
    """List the sources that a file can be of: a manifest says which, or the mapping."""
    if request.manifest and request.manifest.source_id:
        return (request.manifest.source_id,)
    return mapping.source_ids


def snapshot_id_of(source_id: str, sha256: str) -> str:
    """Name a snapshot after its source and its content."""
    return f"{source_id}-{sha256[:SHORT]}"


def find_taken(request: Request, *, sha256: str) -> Taken:
    """Find out when a file was taken: an option, a manifest, or a list of known files."""
    if request.taken:
        return Taken(request.taken, "option")
    day = request.manifest.taken if request.manifest else None
    day = day or known_snapshot(sha256)
    return Taken(day, "manifest" if day else "unknown")


def choose_source(workspace: Workspace, cells: Cells, *, request: Request) -> Source:
    """Choose the source of a file; of several the one that covers most of its rows.

    Parameters
    ----------
    workspace
        Where the values of the file were read to.
    cells
        Cells of the file.
    request
        What the user gave with it.

    Returns
    -------
    Source
        As its manifest and the user's describe it.
    """
    stated = request.manifest.source_id if request.manifest else ""
    is_known = stated in {source.source_id for source in list_sources()}
    ids = (stated,) if is_known else cells.mapping.source_ids
    sources = [_known(source_id) for source_id in ids]
    source = sources[0]
    if len(sources) > 1:
        rows = _days_and_states(workspace, cells)
        source = max(sources, key=lambda one: _n_covered(one.coverage, rows=rows))
    if cells.mapping.size_rule:
        source = replace(source, size_rule=cells.mapping.size_rule)
    return request.manifest.describe(source) if request.manifest else source


def cover_file(
    workspace: Workspace, source: Source, *, request: Request, taken: Taken, of_file: str
) -> Coverage:
    """Narrow what a source covers to what a file of it holds.

    Parameters
    ----------
    workspace
        Where the reports of the file are.
    source
        Its source.
    request
        What the user gave with the file.
    taken
        When the file was taken.
    of_file
        SQL of the reports of the file.

    Returns
    -------
    Coverage
        From the first to the last day of its reports, of those that are exact to the day
        and not after the day of taking, if that is known; a few that lie far away do not
        count.
    """
    found = workspace.arrays(
        f"SELECT date_start, date_end FROM {of_file} "
        "WHERE date_precision = 'day' AND NOT coalesce(is_after_snapshot, false)"
    )
    first, _ = main_days(found["date_start"])
    _, last = main_days(found["date_end"])
    narrowed = narrow_coverage(source.coverage, first=first, last=last, taken=taken.day)
    is_stated = bool(request.manifest and request.manifest.states_coverage)
    if covers_as_stated(source.source_id) and not is_stated:
        return replace(narrowed, places=())
    return narrowed


def rate_to_hold(source: Source, *, request: Request, sha256: str) -> Rate | None:
    """Find the rate that a file has to have to be taken for whole.

    Parameters
    ----------
    source
        Its source.
    request
        What the user gave with the file.
    sha256
        Of the file.

    Returns
    -------
    Rate or None
        `None` where the file is a release that is known, where a manifest says what was
        looked for, and where nothing is known of the source's rate.
    """
    is_said = bool(request.manifest and request.manifest.states_selection)
    if is_said or known_snapshot(sha256):
        return None
    return usual_rate(source)


def count_rows_within(workspace: Workspace, window: Window, *, of_file: str) -> int:
    """Count the reports of a file that are exact to the day and within its days."""
    found = workspace.arrays(
        f"SELECT count(*) AS n FROM {of_file} WHERE date_precision = 'day' "
        "AND date_start >= $start AND date_end <= $end",
        start=window.start or date.min,
        end=window.end or date.max,
    )
    return int(found["n"][0])


def _known(source_id: str) -> Source:
    """Load a source, or describe one of a user's own that has but a name."""
    if source_id in {source.source_id for source in list_sources()}:
        return load_source(source_id)
    return replace(load_source(_OWN), source_id=source_id, title=source_id)


def _days_and_states(workspace: Workspace, cells: Cells) -> DaysAndStates:
    """Return days, ISO codes and numbers of the dated rows; no code is no known state."""
    state, joins = "''", ""
    if "country" in cells.uses:
        state = "coalesce(p.country, s.country, '')"
        joins = (
            "LEFT JOIN (SELECT DISTINCT country_text, country FROM value_place) AS p "
            "ON p.country_text = c.country LEFT JOIN value_state AS s "
            "ON s.country_text = c.country AND s.day = v.first"
        )
    found = workspace.arrays(
        f"SELECT v.first AS day, {state} AS state, count(*) AS n "
        f"FROM ({cells.select('date', 'country')}) AS c "
        f"JOIN value_date AS v ON v.text = c.date {joins} "
        "WHERE v.first IS NOT NULL GROUP BY ALL"
    )
    return found["day"], found["state"], found["n"]


def _n_covered(coverage: Coverage, *, rows: DaysAndStates) -> int:
    """Count the rows of days and states that a source covers."""
    days, states, numbers = rows
    start, end = coverage.window.start, coverage.window.end
    is_in = np.ones(len(days), dtype=bool)
    if start:
        is_in &= days >= np.datetime64(start)
    if end:
        is_in &= days <= np.datetime64(end)
    if all(place.path for place in coverage.places):
        among = {"", *(place.path[0] for place in coverage.places)}
        is_in &= np.array([state in among for state in states], dtype=bool)
    return int(numbers[is_in].sum())
