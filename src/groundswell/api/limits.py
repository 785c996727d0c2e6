"""What records cannot say: shares over a part of protests, rows that are no protests."""

from typing import TYPE_CHECKING

from groundswell.core.errors import UsageError
from groundswell.core.phrases import join_words
from groundswell.core.sources import RESTRICTED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from groundswell.core.sources import Snapshot

_NO_PROTESTS = {
    "mentions": "are what a program took from news text for an event, often repeated or "
    "false",
    "announcements": "are announcements, held or not",
    "other": "are no protests",
}


def is_restricted(snapshot: "Snapshot") -> bool:
    """Say whether a file holds protests of one topic, one side or one kind only."""
    return snapshot.coverage.selection in RESTRICTED


def refuse_restricted(snapshots: "Sequence[Snapshot]") -> None:
    """Refuse a share over files that hold a part of protests only.

    Parameters
    ----------
    snapshots
        The records that were chosen.

    Raises
    ------
    UsageError
        If one of them is restricted; it says to what, and what can be done.
    """
    limits = share_limits(snapshots)
    if not limits:
        return
    whole = [s.snapshot_id for s in snapshots if not is_restricted(s)]
    others = " ".join(f"--snapshot {one}" for one in whole)
    raise UsageError(
        " ".join(limits),
        allowed="a share over records of every protest"
        + (f": {others}" if others else "; a count of these: measure count"),
        todo="--insist, to compute it all the same; the result then says what it is over",
    )


def share_limits(snapshots: "Sequence[Snapshot]") -> tuple[str, ...]:
    """Say of each restricted file why a share over it is none of protests at large."""
    return tuple(_limit(snapshot) for snapshot in snapshots if is_restricted(snapshot))


def _limit(snapshot: "Snapshot") -> str:
    coverage = snapshot.coverage
    part = coverage.selection.removeprefix("one-")
    words = f" ({join_words(coverage.restricted_to)})" if coverage.restricted_to else ""
    return (
        f"{snapshot.file_name} was restricted to one {part}{words}: a share over it says "
        "nothing about protests at large."
    )


def subject_notes(snapshots: "Sequence[Snapshot]") -> tuple[str, ...]:
    """Say of which files the rows do not stand for protests that took place."""
    return tuple(
        f"The rows of {s.file_name} {_NO_PROTESTS[s.source.subject]}."
        for s in snapshots
        if not s.source.records_protests
    )
