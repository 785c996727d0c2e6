"""Arithmetic of two lists of city-days: where they meet, and how their sizes compare."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from groundswell.core.comparisons import CityDayOverlap, RatioQuantile, SizeAgreement
from groundswell.core.ledger import Ledger, LedgerLine

if TYPE_CHECKING:
    from numpy.typing import NDArray

LEVELS = (0.1, 0.25, 0.5, 0.75, 0.9)


@dataclass(frozen=True, slots=True, kw_only=True)
class OnCityDay:
    """Reports of one side that have a town and a day.

    Attributes
    ----------
    town
        Number of the town, shape `(n_reports,)`; the same town has one number on both
        sides.
    day
        Days since 1970.
    low, high
        Fewest and most participants; where only one end is given, both are that one.
    is_open_below, is_open_above
        Whether the lower or the upper end is not given.
    is_sized
        Whether one end is given; else the rest says nothing.
    """

    town: "NDArray[np.int64]"
    day: "NDArray[np.int64]"
    low: "NDArray[np.int64]"
    high: "NDArray[np.int64]"
    is_open_below: "NDArray[np.bool_]"
    is_open_above: "NDArray[np.bool_]"
    is_sized: "NDArray[np.bool_]"


def overlap(a: OnCityDay, b: OnCityDay, *, slack_days: int) -> CityDayOverlap:
    """Count the city-days of each side that the other has on the same day or nearby.

    Parameters
    ----------
    a, b
        The sides.
    slack_days
        How many days earlier or later the other report may be.

    Returns
    -------
    CityDayOverlap
        With a ledger of the city-days of each side.
    """
    keys_a, keys_b = _keys(a, b, slack_days=slack_days)
    days_a, n_a = np.unique(keys_a, return_counts=True)
    days_b, n_b = np.unique(keys_b, return_counts=True)
    met_a = _is_near(days_a, days_b, slack_days=slack_days)
    met_b = _is_near(days_b, days_a, slack_days=slack_days)
    return CityDayOverlap(
        slack_days=slack_days,
        of_a=_met_ledger(met_a, slack_days=slack_days),
        of_b=_met_ledger(met_b, slack_days=slack_days),
        n_reports_a=int(n_a[met_a].sum()),
        n_reports_b=int(n_b[met_b].sum()),
    )


def _keys(
    a: OnCityDay, b: OnCityDay, *, slack_days: int
) -> "tuple[NDArray[np.int64], NDArray[np.int64]]":
    """Give city-days numbers: a day more is one more, and no town meets the next."""
    days = np.concatenate([a.day, b.day])
    first = int(days.min(initial=0))
    span = int(days.max(initial=0)) - first + 1 + 2 * slack_days
    return a.town * span + (a.day - first), b.town * span + (b.day - first)


def _is_near(
    ones: "NDArray[np.int64]", others: "NDArray[np.int64]", *, slack_days: int
) -> "NDArray[np.bool_]":
    near = np.zeros(len(ones), dtype=np.bool_)
    for shift in range(-slack_days, slack_days + 1):
        near |= np.isin(ones + shift, others, assume_unique=True)
    return near


def _met_ledger(met: "NDArray[np.bool_]", *, slack_days: int) -> Ledger:
    n_met = int(np.count_nonzero(met))
    when = f"within {slack_days} day" if slack_days else "on the same day"
    return Ledger(
        rows_in=len(met),
        unit="city-day",
        lines=(
            LedgerLine(
                reason="only-here",
                label=f"not in the other source {when}",
                n=len(met) - n_met,
                kind="left",
            ),
            LedgerLine(
                reason="in-both",
                label=f"in the other source, too, {when}",
                n=n_met,
                kind="counted",
            ),
        ),
    )


def compare_sizes(a: OnCityDay, b: OnCityDay) -> SizeAgreement:
    """Compare sizes on the city-days on which each side has exactly one report.

    The middle of an interval stands for it in a ratio; an interval of which one end is
    not given is the other end there.

    Parameters
    ----------
    a, b
        The sides.

    Returns
    -------
    SizeAgreement
        With a ledger of the city-days that both have.
    """
    one, other, n_several = _single_reports(a, b)
    has_a, has_b = a.is_sized[one], b.is_sized[other]
    # twice the middle, so that it stays whole
    double_a, double_b = (a.low + a.high)[one], (b.low + b.high)[other]
    is_pair = has_a & has_b & (double_a > 0) & (double_b > 0)
    ledger = _size_ledger(
        {
            "several-reports": n_several,
            "neither-sized": int(np.count_nonzero(~has_a & ~has_b)),
            "only-a-sized": int(np.count_nonzero(has_a & ~has_b)),
            "only-b-sized": int(np.count_nonzero(has_b & ~has_a)),
            "size-zero": int(np.count_nonzero(has_a & has_b & ~is_pair)),
            "both-sized": int(np.count_nonzero(is_pair)),
        }
    )
    one, other = one[is_pair], other[is_pair]
    double_a, double_b = double_a[is_pair], double_b[is_pair]
    is_within = (double_a <= 2 * double_b) & (double_b <= 2 * double_a)
    is_equal = (
        (a.low[one] == b.low[other])
        & (a.high[one] == b.high[other])
        & (a.is_open_below[one] == b.is_open_below[other])
        & (a.is_open_above[one] == b.is_open_above[other])
    )
    reaches_a = b.is_open_below[other] | a.is_open_above[one]
    reaches_b = a.is_open_below[one] | b.is_open_above[other]
    reaches_a |= a.high[one] >= b.low[other]
    reaches_b |= b.high[other] >= a.low[one]
    return SizeAgreement(
        ledger=ledger,
        n_equal=int(np.count_nonzero(is_equal)),
        n_meeting=int(np.count_nonzero(reaches_a & reaches_b)),
        n_within_two=int(np.count_nonzero(is_within)),
        ratios=_quantiles(double_a / double_b),
    )


def _single_reports(
    a: OnCityDay, b: OnCityDay
) -> "tuple[NDArray[np.int64], NDArray[np.int64], int]":
    """Pair the reports of shared city-days that are alone; count the other city-days."""
    keys_a, keys_b = _keys(a, b, slack_days=0)
    days_a, row_a, n_a = np.unique(keys_a, return_index=True, return_counts=True)
    days_b, row_b, n_b = np.unique(keys_b, return_index=True, return_counts=True)
    _, in_a, in_b = np.intersect1d(
        days_a, days_b, assume_unique=True, return_indices=True
    )
    is_single = (n_a[in_a] == 1) & (n_b[in_b] == 1)
    n_several = int(np.count_nonzero(~is_single))
    return row_a[in_a][is_single], row_b[in_b][is_single], n_several


def _size_ledger(counts: dict[str, int]) -> Ledger:
    labels = {
        "several-reports": "several reports in one source or both",
        "neither-sized": "one report each, and no size",
        "only-a-sized": "one report each, and a size in A alone",
        "only-b-sized": "one report each, and a size in B alone",
        "size-zero": "one report each, and a size of nobody",
        "both-sized": "one report each, and a size in both",
    }
    return Ledger(
        rows_in=sum(counts.values()),
        unit="city-day",
        lines=tuple(
            LedgerLine(
                reason=reason,
                label=label,
                n=counts[reason],
                kind="counted" if reason == "both-sized" else "left",
            )
            for reason, label in labels.items()
        ),
    )


def _quantiles(ratios: "NDArray[np.float64]") -> tuple[RatioQuantile, ...]:
    if not len(ratios):
        return ()
    found = np.quantile(ratios, LEVELS)
    return tuple(
        RatioQuantile(level=level, ratio=float(ratio))
        for level, ratio in zip(LEVELS, found, strict=True)
    )
