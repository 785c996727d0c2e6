"""How far known errors widen a range over definitions: the error budget of a check."""

from typing import TYPE_CHECKING

from groundswell.measures.miscoding import Counts, miscoding_bounds

if TYPE_CHECKING:
    from groundswell.core.claims import Scope
    from groundswell.core.estimates import SpecificationValue
    from groundswell.core.measurements import Measurement
    from groundswell.multiverse.measurement import Records


def widened_ends(
    scope: "Scope", measurement: "Measurement", *, records: "Records"
) -> tuple[float, float] | None:
    """Widen the range over specifications by what is known to go wrong.

    Two errors are known so far: reports whose date or place leaves open whether they are
    in scope (at the reference), and texts that the codebook codes wrongly (under every
    specification, where a hand-coded sample gave its error rates and there are two
    sides).

    Parameters
    ----------
    scope
        The scope of the claim.
    measurement
        The quantity over all specifications.
    records
        Gives sides and error rates.

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
    if scope.statistic == "share" and scope.unit == "events" and scope.among != "all":
        ends += [
            _miscoded(v, scope.side, records=records) for v in measurement.range.values
        ]
    return min(end[0] for end in ends), max(end[1] for end in ends)


def _miscoded(
    entry: "SpecificationValue", side: str, *, records: "Records"
) -> tuple[float, float]:
    value = 0.0 if entry.value is None else entry.value
    others = [other for other in records.frame.sides if other != side]
    wording = dict(entry.specification.choices).get("wording", "")
    rates = [records.error_rates.get((code, wording)) for code in (side, *others)]
    target, *rest = rates
    if entry.value is None or target is None or len(rest) != 1 or rest[0] is None:
        return value, value
    counts = Counts(target=entry.numerator, other=entry.denominator - entry.numerator)
    bounds = miscoding_bounds(counts, target=target, other=rest[0])
    return (value, value) if bounds is None else (bounds.low, bounds.high)
