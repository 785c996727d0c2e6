"""A quantity as it is reported: the reference, the range, and where it came from."""

from dataclasses import dataclass

from groundswell.core.estimates import Estimate, Range
from groundswell.core.sources import Snapshot


@dataclass(frozen=True, slots=True, kw_only=True)
class Measurement:
    """A quantity at its reference specification, and over all of them.

    Attributes
    ----------
    estimate
        At the reference specification, with its ledger.
    range
        Over all declared specifications.
    reference_note
        Why the reference is the reference: `as the dashboards of the Crowd Counting
        Consortium`.
    """

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
    receipt_id
        The receipt that repeats it; empty until one is written.
    """

    quantity: str
    by: str
    measurements: tuple[Measurement, ...]
    snapshots: tuple[Snapshot, ...]
    codebook: tuple[str, str, str]
    notes: tuple[str, ...]
    receipt_id: str = ""
