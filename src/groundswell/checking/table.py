"""The table of verdicts: which evidence gives which verdict, and nothing else.

`docs/explanation/verdicts.md` prints the same table; a test holds the two together.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from groundswell.checking.coverage import RowsRelation
    from groundswell.core.verdicts import VerdictKind

Holds = Literal["all", "some", "none"]
FigureHolds = Literal["absent", "printed", "derived", "between", "fails"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """All that a verdict is decided by.

    Attributes
    ----------
    is_inconsistent
        The article's own numbers exclude the claim.
    rows
        How the records stand to the claim's scope.
    rows_hold
        Under how many of the specifications the claim holds.
    reference_holds
        Whether it holds under the reference specification.
    survives_errors
        Where it holds under all: whether it still does at both ends of the range widened
        by the known errors.
    is_within_budget
        Where it holds under none: whether it lies within that widened range.
    is_above_record
        Whether it is a count that lies above what was counted in its own scope, where
        what was counted is a floor: nobody is named who counted, or sizes are not known.
    is_below_part
        Whether it is a count that lies below what the rows give for a part of its scope.
    same_figure
        Read figures of the same scope: a printed value holds, only a value that follows
        from their counts does, none does but the claim lies between them, none does, or
        there is no such figure.
    inside_figure_holds
        Whether a read figure of a narrower scope holds.
    """

    is_inconsistent: bool = False
    rows: "RowsRelation" = "none"
    rows_hold: Holds = "none"
    reference_holds: bool = False
    survives_errors: bool = True
    is_within_budget: bool = False
    is_above_record: bool = False
    is_below_part: bool = False
    same_figure: FigureHolds = "absent"
    inside_figure_holds: bool = False


def decide(evidence: Evidence) -> "VerdictKind":
    """Choose the verdict: the first line of the table that applies.

    Parameters
    ----------
    evidence
        What is known.

    Returns
    -------
    str
        One of the seven verdicts.

    Examples
    --------
    >>> decide(Evidence(rows="covers", rows_hold="none"))
    'contradicted'
    >>> decide(Evidence(rows="apart", inside_figure_holds=True))
    'narrower'
    """
    if evidence.is_inconsistent:
        return "inconsistent"
    if evidence.rows == "covers":
        return _from_rows(evidence)
    if evidence.same_figure == "printed":
        return "traced"
    if evidence.same_figure in {"derived", "between"}:
        return "depends"
    if evidence.same_figure == "fails" and not evidence.is_above_record:
        return "contradicted"
    return _from_a_part(evidence)


def _from_a_part(evidence: Evidence) -> "VerdictKind":
    if evidence.rows == "inside" and evidence.is_below_part:
        return "contradicted"
    holds_inside = evidence.rows == "inside" and (
        evidence.rows_hold == "all" or evidence.reference_holds
    )
    if holds_inside or evidence.inside_figure_holds:
        return "narrower"
    return "undecidable"


def _from_rows(evidence: Evidence) -> "VerdictKind":
    if evidence.rows_hold == "all":
        return "reproduced" if evidence.survives_errors else "depends"
    if evidence.rows_hold == "some" or evidence.is_within_budget:
        return "depends"
    return "undecidable" if evidence.is_above_record else "contradicted"
