"""What was found about one claim, before it is put into words."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from groundswell.checking.candidates import may_decide, printed_holds

if TYPE_CHECKING:
    from groundswell.checking.coverage import RowsScope
    from groundswell.checking.table import Evidence
    from groundswell.core.claims import ArithmeticFinding, FactualClaim
    from groundswell.core.estimates import Estimate
    from groundswell.core.measurements import Measurement
    from groundswell.core.verdicts import (
        FigureMatch,
        Flip,
        ScopeRelation,
        VerdictKind,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """All that is known about a claim, and the verdict that follows from it.

    Attributes
    ----------
    claim, kind
        The claim and its verdict.
    rows
        How the records stand to its scope.
    measurement, related
        What the records give; `None` without records.
    widened
        The range widened by the known errors.
    figures
        Candidates among the published figures, nearest scope first.
    arithmetic
        Numbers of the article that exclude one another and concern this claim.
    evidence
        What the verdict was decided by.
    n_holds, n_specifications
        Under how many specifications the claim holds.
    flips
        Decisions that decide it.
    has_error_rates
        Whether it was measured how often the codebook errs.
    """

    claim: "FactualClaim"
    kind: "VerdictKind"
    rows: "RowsScope"
    measurement: "Measurement | None"
    widened: tuple[float, float] | None
    related: "tuple[Estimate, ...]"
    figures: "tuple[FigureMatch, ...]"
    arithmetic: "tuple[ArithmeticFinding, ...]"
    evidence: "Evidence"
    n_holds: int
    n_specifications: int
    flips: "tuple[Flip, ...]"
    has_error_rates: bool

    @property
    def rows_support(self) -> bool:
        """Whether rows of a narrower scope support the claim."""
        supports = self.evidence.rows_hold == "all" or self.evidence.reference_holds
        return self.evidence.rows == "inside" and supports

    @property
    def ends(self) -> tuple[float, float] | None:
        """Ends of the range over all specifications; `None` where it has no value."""
        if self.measurement is None:
            return None
        low, high = self.measurement.range.low, self.measurement.range.high
        return None if low is None or high is None else (low, high)

    def read_figures(self, relation: "ScopeRelation") -> "list[FigureMatch]":
        """List the candidates of a relation that may decide, the best first.

        Parameters
        ----------
        relation
            How their scope stands to the claim's.

        Returns
        -------
        list
            Those whose printed value holds, then those that hold otherwise, then the
            others.
        """
        fitting = [
            match
            for match in self.figures
            if match.relation == relation and may_decide(self.claim, match)
        ]
        return sorted(
            fitting, key=lambda m: (not printed_holds(self.claim, m.figure), not m.holds)
        )
