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
    from groundswell.core.verdicts import FigureMatch

UNSIZED = "unsized"
SIZED_ONLY = "in events whose size is known"
NOBODY_NAMED = (
    "A record is a floor: what nobody reported is not in it, and the claim does not say "
    "who counted."
)


def limit_to_sized(
    rows: "RowsScope", claim: "FactualClaim", *, estimate: "Estimate"
) -> "RowsScope":
    """Take into account that an unknown size is no size of zero.

    A share of participants, and a number of them that the claim bounds above, is covered
    only so far as sizes are known. A number that it bounds below alone is met, or not
    decided, by the sum of the known sizes.

    Parameters
    ----------
    rows
        How the records stand to the claim's scope.
    claim
        The claim.
    estimate
        The reference, with its ledger.

    Returns
    -------
    RowsScope
        The same, or its part that is sized.
    """
    n_unsized = _count_unsized(estimate)
    if claim.scope.unit != "participants" or not n_unsized:
        return rows
    n_all = n_unsized + estimate.ledger.counted
    why = (
        f"{phrases.format_count(n_unsized)} of {phrases.format_count(n_all)} events have "
        "no known size, so their participants are in no sum."
    )
    is_part = rows.relation == "covers" and (
        claim.scope.statistic == "share"
        or not claim.value.admits(COUNT_CEILING, COUNT_CEILING)
    )
    relation = "inside" if is_part else rows.relation
    return replace(rows, relation=relation, why=(*rows.why, why))


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
        Published figures of the same scope, which count where there are no rows.
    is_sized
        Whether the sizes of all events are known.

    Returns
    -------
    bool
        Whether more may be true than was counted.
    """
    scope = claim.scope
    if scope.statistic != "count" or (scope.source and is_sized):
        return False
    printed = [value.value for match in figures for value in match.figure.values]
    highest = ends[1] if ends is not None else max(printed, default=None)
    return highest is not None and claim.value.low >= highest


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
    return sum(line.n for line in estimate.ledger.lines if line.reason == UNSIZED)
