"""Counts that are floors: what nobody reported, or nobody sized, is not in them."""

from dataclasses import replace
from typing import TYPE_CHECKING

from groundswell.core import phrases
from groundswell.core.claims import COUNT_CEILING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from groundswell.checking.coverage import RowsScope
    from groundswell.core.claims import FactualClaim
    from groundswell.core.estimates import Estimate
    from groundswell.core.sources import Snapshot
    from groundswell.core.verdicts import FigureMatch

_UNSIZED = "unsized"
_SIZED_ONLY = "in events whose size is known"
_NOBODY_NAMED = (
    "The claim does not say who counted, and a record is a floor: what nobody reported "
    "is not in it."
)


def limit_to_record(
    rows: "RowsScope",
    claim: "FactualClaim",
    *,
    estimate: "Estimate",
    snapshots: "Sequence[Snapshot]",
) -> "RowsScope":
    """Take into account what records do not hold even where they cover a claim.

    A number of protests that names nobody who counted, and any number or share of
    participants where sizes are unknown, is covered only so far as it was counted, or
    sized. A number that is bounded below alone is met, or left open, by a floor.

    Parameters
    ----------
    rows
        How the records stand to the claim's scope.
    claim
        The claim.
    estimate
        The reference, with its ledger.
    snapshots
        The records, for the name of who counted.

    Returns
    -------
    RowsScope
        The same, or limited to what was counted.
    """
    why, limits = [], []
    n_unsized = _count_unsized(estimate)
    if claim.scope.unit == "participants" and n_unsized:
        n_all = n_unsized + estimate.ledger.counted
        why.append(
            f"{phrases.format_count(n_unsized)} of {phrases.format_count(n_all)} events "
            "have no known size, so their participants are in no sum."
        )
        limits.append(_SIZED_ONLY)
    if claim.scope.statistic == "count" and not claim.scope.source:
        producers = dict.fromkeys(
            phrases.short_name(one.source.producer) for one in snapshots
        )
        why.append(_NOBODY_NAMED)
        limits.append(f"according to {phrases.join_words(list(producers))}")
    is_covered = rows.relation == "covers"
    if not limits or not (is_covered or rows.relation == "inside"):
        return rows
    why = [*rows.why, *why]
    if claim.scope.statistic == "count" and _is_bounded_below_only(claim):
        return replace(rows, why=tuple(why)) if is_covered else rows
    return replace(
        rows,
        relation="inside",
        why=tuple(why),
        limits=tuple(limits),
        is_limited=is_covered,
    )


def is_above_record(
    claim: "FactualClaim",
    *,
    ends: tuple[float, float] | None,
    figures: "Sequence[FigureMatch]",
    is_sized: bool,
) -> bool:
    """Say whether a count lies above a record that is only a floor of it.

    It is one where the claim does not say who counted: nobody counts every protest. Named
    records are what they are, unless sizes are missing in them.

    Parameters
    ----------
    claim
        The claim.
    ends
        Ends of what the rows of the claim's own scope give; `None` where there are none.
    figures
        Published figures of the same scope, where they may decide.
    is_sized
        Whether the sizes of all events are known.

    Returns
    -------
    bool
        Whether more may be true than was counted.
    """
    scope = claim.scope
    if scope.statistic != "count" or (scope.source and (is_sized or ends is None)):
        return False
    counted = [value.value for match in figures for value in match.figure.values]
    if ends is not None:
        counted.append(ends[1])
    return bool(counted) and claim.value.low >= max(counted)


def is_below_part(claim: "FactualClaim", ends: tuple[float, float] | None) -> bool:
    """Say whether a count lies below all that the rows give, maybe of a part of it."""
    return (
        claim.scope.statistic == "count"
        and ends is not None
        and claim.value.high <= ends[0]
        and not claim.value.admits(*ends)
    )


def is_all_sized(estimate: "Estimate | None") -> bool:
    """Say whether no event lacks a size that it would need."""
    return estimate is None or not _count_unsized(estimate)


def _count_unsized(estimate: "Estimate") -> int:
    return sum(line.n for line in estimate.ledger.lines if line.reason == _UNSIZED)


def _is_bounded_below_only(claim: "FactualClaim") -> bool:
    return claim.value.admits(COUNT_CEILING, COUNT_CEILING)
