"""How far known errors widen a range over definitions: the error budget of a check."""

from dataclasses import replace
from typing import TYPE_CHECKING

from groundswell.measures.miscoding import (
    Counts,
    miscoding_bounds,
    miscoding_bounds_among_all,
)
from groundswell.multiverse.measurement import doubtful_values

if TYPE_CHECKING:
    from groundswell.core.estimates import Interval, SpecificationValue
    from groundswell.core.measurements import Measurement
    from groundswell.measures.estimands import Estimand
    from groundswell.multiverse.measurement import Records


def widened_ends(
    measurement: "Measurement", *, estimand: "Estimand", records: "Records"
) -> tuple[float, float] | None:
    """Widen the range over specifications by what is known to go wrong.

    Two errors are known so far: reports whose date or place leaves open whether they are
    in scope, and, for a share of events, texts that the codebook codes wrongly (where a
    hand-coded sample gave its error rates and there are two sides). Both are applied to
    every specification, one on top of the other. For participants only the reference is
    widened, by the lowest and the highest reported sizes.

    Parameters
    ----------
    measurement
        The quantity over all specifications.
    estimand
        What was measured.
    records
        What it was measured on; gives sides and error rates.

    Returns
    -------
    tuple or None
        Ends of the widened range; `None` where no specification has a value.
    """
    low, high = measurement.range.low, measurement.range.high
    if low is None or high is None:
        return None
    ends = [(low, high)]
    bounds = measurement.estimate.interval
    if bounds is not None:
        ends.append((bounds.low, bounds.high))
    if estimand.unit == "events":
        values = [v for v in measurement.range.values if v.value is not None]
        doubts = doubtful_values(records, estimand, measurement=measurement)
        ends += [
            _ends(
                value,
                doubts.get(value.specification),
                estimand=estimand,
                records=records,
            )
            for value in values
        ]
    return min(end[0] for end in ends), max(end[1] for end in ends)


def _ends(
    value: "SpecificationValue",
    doubt: "SpecificationValue | None",
    *,
    estimand: "Estimand",
    records: "Records",
) -> tuple[float, float]:
    """Bound one specification: without and with the doubtful reports of its numerator."""
    least = most = value
    if doubt is not None:
        rest = doubt.denominator - doubt.numerator
        least = replace(
            value,
            denominator=value.denominator + rest,
            other=value.other + doubt.other,
            neutral=value.neutral + doubt.neutral,
        )
        most = replace(
            value,
            numerator=value.numerator + doubt.numerator,
            denominator=value.denominator + doubt.numerator,
        )
    if estimand.statistic == "count":
        return float(least.numerator), float(most.numerator)
    ends = [_miscoded(v, estimand, records=records) for v in (least, most)]
    return ends[0][0], ends[1][1]


def _miscoded(
    entry: "SpecificationValue", estimand: "Estimand", *, records: "Records"
) -> tuple[float, float]:
    bounds = _bounds(entry, estimand, records=records)
    value = entry.numerator / entry.denominator
    return (value, value) if bounds is None else (bounds.low, bounds.high)


def _bounds(
    entry: "SpecificationValue", estimand: "Estimand", *, records: "Records"
) -> "Interval | None":
    choices = dict(entry.specification.choices)
    wording = choices.get("wording", "")
    target = records.error_rates.get((estimand.code, wording))
    if target is None:
        return None
    if estimand.among == "all":
        return miscoding_bounds_among_all(
            entry.numerator, events=entry.denominator, rate=target
        )
    others = [side for side in records.frame.sides if side != estimand.code]
    rates = [records.error_rates.get((side, wording)) for side in others]
    if len(rates) != 1 or rates[0] is None:
        return None
    has_neutral = estimand.among == "topic" and (
        choices["neutral-events"] == "in-denominator"
    )
    sided = entry.numerator + entry.other + entry.neutral
    counts = Counts(
        target=entry.numerator,
        other=entry.other,
        neutral=entry.neutral if has_neutral else None,
        apart=entry.denominator - sided,
    )
    return miscoding_bounds(counts, target=target, other=rates[0])
