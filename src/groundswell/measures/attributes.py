"""What decisions read of each report, as arrays: one element a report."""

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

EPOCH = np.datetime64("1970-01-01", "D")
PLACE_COLUMNS = ("country", "admin1", "locality")


@dataclass(frozen=True, slots=True, kw_only=True)
class Attributes:
    """The columns that a measure reads, shape `(n_reports,)` each, in report order.

    Names of places, sources and actors are replaced by numbers: element `i` of
    `names["locality"]` is the name that number `i` stands for, and number 0 always stands
    for `None`, a missing name.

    Attributes
    ----------
    report
        Position of the report in its table, from 0.
    day_first, day_last
        First and last possible day since 1 January 1970; meaningless where not dated.
    is_dated
        Whether the source gives a usable date.
    country, admin1, locality, source
        Numbers of names.
    is_online, is_counter_protest, is_recurring, is_after_snapshot, is_duplicate
        What the source says; a source that does not say counts as no.
    series, place
        Numbers that are equal within one series of recurring events (one locality, one
        day of the week, the same actors), and within one locality. A report that leaves
        any of these open has a number of its own; where no report of a snapshot names
        actors, they tell no series apart.
    size_low, size_high, is_sized
        Participants, and whether a size is known.
    masks
        For each wording, a bit mask: bit `i` says that code `i` of the codebook applies.
    names
        For each of `country`, `admin1`, `locality`, `source`, the names by number.
    """

    report: "NDArray[np.int64]"
    day_first: "NDArray[np.int64]"
    day_last: "NDArray[np.int64]"
    is_dated: "NDArray[np.bool_]"
    country: "NDArray[np.int64]"
    admin1: "NDArray[np.int64]"
    locality: "NDArray[np.int64]"
    source: "NDArray[np.int64]"
    is_online: "NDArray[np.bool_]"
    is_counter_protest: "NDArray[np.bool_]"
    is_recurring: "NDArray[np.bool_]"
    is_after_snapshot: "NDArray[np.bool_]"
    is_duplicate: "NDArray[np.bool_]"
    series: "NDArray[np.int64]"
    place: "NDArray[np.int64]"
    size_low: "NDArray[np.int64]"
    size_high: "NDArray[np.int64]"
    is_sized: "NDArray[np.bool_]"
    masks: "Mapping[str, NDArray[np.uint64]]"
    names: "Mapping[str, tuple[str | None, ...]]"

    @property
    def n_reports(self) -> int:
        """Number of reports."""
        return len(self.report)

    def take(self, keep: "NDArray[np.bool_]") -> "Attributes":
        """Return the reports for which `keep` is true, in the same order."""
        if keep.all():
            return self
        rows = np.flatnonzero(keep)  # once, and not for each column anew
        columns = {
            field.name: getattr(self, field.name)[rows]
            for field in fields(self)
            if field.name not in {"masks", "names"}
        }
        masks = {wording: mask[rows] for wording, mask in self.masks.items()}
        return Attributes(**columns, masks=masks, names=self.names)
