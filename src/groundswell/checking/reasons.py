"""Why a verdict and no other, a sentence each."""

from typing import TYPE_CHECKING

from groundswell.checking.candidates import printed_holds
from groundswell.checking.words import figure_words, range_words, rows_scope, values_words
from groundswell.core import phrases

if TYPE_CHECKING:
    from groundswell.checking.findings import Findings
    from groundswell.core.measurements import Measurement
    from groundswell.core.verdicts import FigureMatch


_MOST_OTHERS = 3
_OTHER_UNIT = {"events": "participants of events of known size", "participants": "events"}
_NO_RATES = (
    "How often this codebook gives a wrong code, or none, was not measured, so that is "
    "not in the range."
)


def reasons(findings: "Findings") -> tuple[str, ...]:
    """List the reasons, the weightiest first."""
    given = [finding.explanation for finding in findings.arithmetic[1:]]
    if findings.evidence.rows == "covers":
        given.append("The rows cover the claim's own scope.")
        given += _budget_reason(findings)
    given += findings.rows.why
    given += _nearest_numbers(findings)
    if findings.evidence.rows != "covers":
        given += _figure_reasons(findings)
    return tuple(dict.fromkeys(given))


def _budget_reason(findings: "Findings") -> list[str]:
    if not findings.has_error_rates and findings.claim.scope.side:
        return [_NO_RATES]
    if findings.widened is None or findings.widened == findings.ends:
        return []
    widened = values_words(*findings.widened, findings=findings)
    words = "texts coded wrongly, reports without an exact date or place"
    return [f"Widened by the known errors ({words}) the range is {widened}."]


def _nearest_numbers(findings: "Findings") -> list[str]:
    measurement = findings.measurement
    if measurement is None or findings.ends is None:
        return []
    given = []
    if findings.rows.relation == "apart":
        given += _apart_reasons(findings, measurement)
    if findings.rows.relation == "inside" and not findings.rows_support:
        given.append(
            f"For the part that the records cover ({rows_scope(findings)}) they give "
            f"{range_words(findings)}."
        )
    low, high = measurement.range.published_low, measurement.range.published_high
    if low is not None and high is not None:
        in_print = values_words(low, high, findings=findings)
        given.append(f"Over the definitions that are used in print it is {in_print}.")
    return given


def _apart_reasons(findings: "Findings", measurement: "Measurement") -> list[str]:
    value = measurement.estimate.value
    if value is None:
        return []
    near = [n.value for n in measurement.range.neighbours if n.value is not None]
    near.append(value)
    at_reference = values_words(value, value, findings=findings)
    run = values_words(min(near), max(near), findings=findings)
    first = (
        f"The nearest number that these records give is {at_reference} "
        f"({rows_scope(findings)}); with one decision changed at a time, {run}."
    )
    unit = _OTHER_UNIT[findings.claim.scope.unit]
    others = [
        f"Counted in {unit} it is {phrases.format_share(other.value, width=1.0)}."
        for other in findings.related
        if other.value is not None
    ]
    return [first, *others]


def _figure_reasons(findings: "Findings") -> list[str]:
    given = _others_inside(findings)
    for match in findings.figures:
        figure = match.figure
        if figure.read == "unread" and match.relation in {"same", "inside"}:
            given.append(
                f"An entry of the registry ({figure.figure_id}) was not read in any "
                "print, so it settles nothing."
            )
        elif match.is_probable_origin and match.missing_words:
            words = phrases.join_words([f"“{word}”" for word in match.missing_words])
            given.append(
                f"The number is probably from {phrases.short_name(figure.producer)}; "
                f"the sentence drops {words}."
            )
        elif match.relation == "same" and match.holds:
            given += _derived_reason(findings, match)
    return given


def _others_inside(findings: "Findings") -> list[str]:
    """Name the narrower figures that do not fit, beside one that does."""
    if not findings.evidence.inside_figure_holds or findings.kind != "narrower":
        return []
    unfit = [m.figure for m in findings.read_figures("inside") if not m.holds]
    others = list(dict.fromkeys(figure_words(figure) for figure in unfit))
    if not others:
        return []
    listed = "; ".join(others[:_MOST_OTHERS])
    more = len(others) - _MOST_OTHERS
    rest = f"; and {more} more" if more > 0 else ""
    return [f"Other published figures of a narrower scope do not fit it: {listed}{rest}."]


def _derived_reason(findings: "Findings", match: "FigureMatch") -> list[str]:
    value = findings.claim.value
    if printed_holds(findings.claim, match.figure):
        return []
    derived = [v for v in match.figure.values if value.admits(v.value, v.value)]
    producer = phrases.short_name(match.figure.producer)
    values = [(phrases.format_share(v.value, width=0.0), v.definition) for v in derived]
    return [
        f"{value} follows from the counts of {producer}, as {definition}; it was not "
        "printed."
        for value, definition in values
    ]
