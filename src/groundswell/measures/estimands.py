"""What is to be measured: the statistic, of which code, among what, where and when."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from groundswell.core.claims import Among, Statistic, Unit
from groundswell.core.dates import Window
from groundswell.core.places import Place

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeFrame:
    """What a measure needs to know of a codebook's dimension: bits, sides and folds.

    Attributes
    ----------
    codebook_id
        Where it comes from.
    labels
        Label of each code of the dimension, in the order of their bits.
    bits
        Bit of each code in the masks of `Attributes`.
    sides
        The exchangeable codes; empty for a dimension without sides.
    folds
        For each decision and option of the codebook that folds codes into a side, the
        pairs of folded code and side.
    """

    codebook_id: str
    labels: "Mapping[str, str]"
    bits: "Mapping[str, int]"
    sides: tuple[str, ...]
    folds: "Mapping[tuple[str, str], tuple[tuple[str, str], ...]]"

    def label(self, code: str) -> str:
        """Return the label of a code, or `the topic` for the empty code."""
        return self.labels[code] if code else "the topic"


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimand:
    """A quantity, named before it is computed.

    Attributes
    ----------
    statistic
        `share` or `count`.
    code
        The code whose events are the numerator; empty for all events of the topic.
    among
        The denominator of a share; see `groundswell.core.claims.Scope`.
    unit
        Events, or participants of the events whose size is known.
    window, place
        Only events inside count; `None` is no limit.
    where
        Further conditions, column to value.
    """

    statistic: Statistic
    code: str
    among: Among
    unit: Unit
    window: Window | None = None
    place: Place | None = None
    where: tuple[tuple[str, str], ...] = field(default=())
