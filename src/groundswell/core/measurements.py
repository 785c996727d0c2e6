"""A quantity as it is reported: the reference, the range, and where it came from."""

from dataclasses import dataclass

from groundswell.core.claims import Among, Statistic, Unit
from groundswell.core.dates import Window
from groundswell.core.estimates import Estimate, Range
from groundswell.core.places import Place
from groundswell.core.sources import Snapshot


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasuredScope:
    """What was asked for: without it a number says nothing.

    Attributes
    ----------
    statistic, unit
        A share or a count, of events or of participants.
    code, code_label
        The code whose events are the numerator, and its name; empty for the topic as a
        whole.
    among
        The denominator of a share. Whether it holds events of the topic that take no side
        is a decision.
    window, place
        What the number was limited to; `None` is no limit.
    where
        Further conditions, column to value.
    """

    statistic: Statistic
    unit: Unit
    code: str
    code_label: str
    among: Among
    window: Window | None
    place: Place | None
    where: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Measurement:
    """A quantity at its reference specification, and over all of them.

    Attributes
    ----------
    scope
        What was asked for.
    estimate
        At the reference specification, with its ledger.
    range
        Over all declared specifications.
    reference_note
        Why the reference is the reference: `as the dashboards of the Crowd Counting
        Consortium`.
    """

    scope: MeasuredScope
    estimate: Estimate
    range: Range
    reference_note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasurementSet:
    """The measurement of one quantity, or one for each group of a grouping.

    Attributes
    ----------
    quantity
        What was measured, in words.
    scope
        What was asked for, the same for every group.
    settled
        Decisions that the user settled, which were not varied, with their options.
    by
        The grouping; empty for none.
    measurements
        One a group, in the order of the groups.
    snapshots
        The records that were used.
    codebook
        Identifier, version and title of the codebook.
    notes
        What the reader should know.
    restricted
        Snapshots of one topic, side or kind over which a share was measured all the same;
        empty where there are none.
    receipt_id
        The receipt that repeats it; empty until one is written.
    """

    quantity: str
    scope: MeasuredScope
    settled: tuple[tuple[str, str], ...]
    by: str
    measurements: tuple[Measurement, ...]
    snapshots: tuple[Snapshot, ...]
    codebook: tuple[str, str, str]
    notes: tuple[str, ...]
    restricted: tuple[str, ...] = ()
    receipt_id: str = ""
