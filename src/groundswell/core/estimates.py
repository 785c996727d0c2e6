"""Numbers that leave the package: a value, what bounds it, and how it came about."""

from dataclasses import dataclass, field
from typing import Literal

from groundswell.core.decisions import Decision, Specification
from groundswell.core.ledger import Ledger

IntervalKind = Literal["bounds", "confidence", "credible"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """Two ends and what they mean.

    Attributes
    ----------
    low, high
        Ends, in the unit of the value.
    kind
        `bounds` hold for certain under the stated condition; `confidence` and `credible`
        hold with probability `level`.
    level
        Coverage in (0, 1); `None` for bounds.
    basis
        What the interval accounts for and how it was computed.

    Raises
    ------
    ValueError
        If the ends are in the wrong order, or `level` does not fit `kind`.
    """

    low: float
    high: float
    kind: IntervalKind
    basis: str
    level: float | None = None

    def __post_init__(self) -> None:
        if not self.low <= self.high:
            raise ValueError(f"interval from {self.low} to {self.high}")
        if (self.kind == "bounds") is not (self.level is None):
            raise ValueError(f"{self.kind} with level {self.level}")

    def meets(self, other: "Interval") -> bool:
        """Say whether the two intervals share a point."""
        return self.low <= other.high and other.low <= self.high


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """What a model returns for arrays: no ledger yet, no receipt.

    Attributes
    ----------
    value
        The estimate; `None` where the data do not identify it.
    interval
        What bounds it.
    n
        Observations used.
    method
        Name of the estimator as its authors call it.
    """

    value: float | None
    interval: Interval | None
    n: int
    method: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """A number that can be defended.

    Attributes
    ----------
    quantity
        What was estimated, in words: `share of events that are pro-Palestine`.
    value
        The number in `unit`; `None` where it is undefined (an empty denominator).
    interval
        Bounds or interval; `None` only where the value is `None`.
    n
        Rows in the denominator of a share, or rows counted.
    unit
        `share` (0 to 1), `events`, `participants`.
    counts
        The integers that the value was made from, by the label of what they count.
    specification
        The option taken for each decision.
    ledger
        Account of every row.
    snapshot_ids
        The snapshots whose rows were read.
    group
        The value of the grouping column where the estimate is one of several.
    receipt_id
        The receipt that repeats it; empty until one is written.
    """

    quantity: str
    value: float | None
    interval: Interval | None
    n: int
    unit: str
    counts: tuple[tuple[str, int], ...]
    specification: Specification
    ledger: Ledger
    snapshot_ids: tuple[str, ...]
    group: str = ""
    receipt_id: str = ""

    def count(self, name: str) -> int:
        """Return one of the integers that the value was made from."""
        return dict(self.counts)[name]


@dataclass(frozen=True, slots=True, kw_only=True)
class SpecificationValue:
    """The value of one specification, with the integers it was made from.

    Attributes
    ----------
    specification
        The option taken for each decision.
    value
        The number; `None` where it is undefined (an empty denominator).
    numerator, denominator
        What it was made from; of participants, at the lowest reported sizes.
    highest
        The same two at the highest reported sizes; `None` where events are counted.
    other, neutral
        Of the denominator, what takes another side, and what takes none. With the
        numerator they add up to it, but for events on several sides as a class of their
        own; among all protests events off the topic are in none of them.
    """

    specification: Specification
    value: float | None
    numerator: int
    denominator: int
    highest: tuple[int, int] | None = None
    other: int = 0
    neutral: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbour:
    """The value when one decision of the reference is settled otherwise.

    Attributes
    ----------
    decision_id, option_id
        The one thing that changed.
    label
        The change in words: the question that the decision is, and the answer.
    value
        The value then; `None` where it is undefined.
    numerator, denominator, highest
        The integers it was made from, as in `SpecificationValue`.
    """

    decision_id: str
    option_id: str
    label: str
    value: float | None
    numerator: int
    denominator: int
    highest: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """A quantity over all declared specifications: the headline of every result.

    Attributes
    ----------
    low, high
        Smallest and largest value over all specifications; `None` where none is defined.
    low_at, high_at
        Specifications that give them.
    published_low, published_high
        The same over the specifications that somebody uses in print; `None` where no
        declared use applies.
    median
        Middle value over all specifications.
    n_specifications
        How many were computed.
    n_undefined
        How many of them have no value (an empty denominator).
    decisions
        The decisions that were varied.
    without_effect
        Decisions that no row is touched by here, so that they were not multiplied out.
    neighbours
        The reference with one decision changed at a time, largest change first.
    values
        Every specification with its value, in the order of enumeration.
    """

    low: float | None
    high: float | None
    low_at: Specification | None
    high_at: Specification | None
    published_low: float | None
    published_high: float | None
    median: float | None
    n_specifications: int
    n_undefined: int
    decisions: tuple[Decision, ...]
    without_effect: tuple[str, ...]
    neighbours: tuple[Neighbour, ...]
    values: tuple[SpecificationValue, ...] = field(repr=False)
