"""Reports that share the source's own identifier of an event."""

# ruff: noqa: S608 (quoted literals)

from collections.abc import Sequence
from typing import NamedTuple

from groundswell.engine import Workspace
from groundswell.engine.steps import literal


class SharedEvents(NamedTuple):
    """Events of which a source has several reports, and how many these are together."""

    n_events: int
    n_reports: int


def count_shared_events(
    workspace: Workspace, snapshot_ids: Sequence[str]
) -> SharedEvents:
    """Count events of which a source has several reports, exact copies left out.

    Parameters
    ----------
    workspace
        Where the reports are.
    snapshot_ids
        Whose.

    Returns
    -------
    SharedEvents
        Zeros where each report is of another event, or the sources number none.
    """
    named = ", ".join(literal(snapshot_id) for snapshot_id in snapshot_ids)
    found = workspace.arrays(
        "SELECT count(*) AS n_events, CAST(coalesce(sum(n), 0) AS BIGINT) AS n_reports "
        "FROM (SELECT count(*) AS n FROM report "
        f"WHERE snapshot_id IN ({named}) AND source_event_id IS NOT NULL "
        "AND duplicate_of IS NULL GROUP BY snapshot_id, source_event_id "
        "HAVING count(*) > 1)"
    )
    return SharedEvents(int(found["n_events"][0]), int(found["n_reports"][0]))
