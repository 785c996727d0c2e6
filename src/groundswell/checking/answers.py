"""Verdicts in words: the answer, the reasons, the missing words, the distance."""

from math import ceil
from typing import TYPE_CHECKING

from groundswell.checking.candidates import printed_holds
from groundswell.checking.floors import NOBODY_NAMED, SIZED_ONLY
from groundswell.core import phrases

if TYPE_CHECKING:
    from groundswell.checking.findings import Findings
    from groundswell.core.figures import Figure
    from groundswell.core.measurements import Measurement
    from groundswell.core.verdicts import FigureMatch, Flip


def answer(findings: "Findings") -> str:
    """Say the verdict in one or two neutral sentences with the numbers that matter."""
    writers = {
        "reproduced": _reproduced,
        "traced": _traced,
        "narrower": _narrower,
        "depends": _depends,
        "contradicted": _contradicted,
        "inconsistent": _inconsistent,
        "undecidable": _undecidable,
    }
    return writers[findings.kind](findings)


def _reproduced(findings: "Findings") -> str:
    return f"It holds: the rows give {_range_words(findings)} {_over_all(findings)}."


def _traced(findings: "Findings") -> str:
    figure = findings.read_figures("same")[0].figure
    verb = "equals" if findings.claim.value.comparator == "equal" else "agrees with"
    return (
        f"It {verb} a published figure of the same scope: {_figure_words(figure)}. "
        "Nothing was recomputed."
    )


def _narrower(findings: "Findings") -> str:
    parts = []
    if findings.evidence.inside_figure_holds:
        parts.append(_figure_words(findings.read_figures("inside")[0].figure))
    if findings.rows_support:
        parts.append(f"{_rows_scope(findings)}: {_range_words(findings)}")
    return (
        f"Supported only for a narrower scope ({'; '.join(parts)}). "
        "For the scope that the article states it is untested."
    )


def _depends(findings: "Findings") -> str:
    if findings.evidence.rows != "covers":
        figure = findings.read_figures("same")[0].figure
        return (
            "It follows from the counts of a published figure under one definition and "
            f"not under another: {_figure_words(figure)}."
        )
    if not findings.n_holds and findings.widened is not None:
        if findings.ends and findings.claim.value.admits(*findings.ends):
            return (
                f"The rows give {_range_words(findings)}, and the claim's number lies "
                f"between what they give under {_all_definitions(findings)}."
            )
        widened = _values_words(*findings.widened, findings=findings)
        return (
            f"The rows give {_range_words(findings)} {_over_all(findings)}; the known "
            f"errors widen that to {widened}, which the claim's number meets."
        )
    held = phrases.format_count(findings.n_holds)
    of_all = phrases.format_count(findings.n_specifications)
    deciding = f" {_flip_words(findings.flips[0])}" if findings.flips else ""
    return (
        f"It holds under {held} of {of_all} declared definitions; the rows give "
        f"{_range_words(findings)}.{deciding}"
    )


def _contradicted(findings: "Findings") -> str:
    distance = off_by(findings)
    by = f", {_distance_words(findings, distance)} away" if distance else ""
    if findings.evidence.rows == "covers":
        return f"The rows give {_range_words(findings)} {_over_all(findings)}{by}."
    if findings.evidence.same_figure != "fails":
        part = _rows_scope(findings)
        return f"The part that the rows cover ({part}) has {_range_words(findings)}{by}."
    figure = findings.read_figures("same")[0].figure
    said = _figure_words(figure)
    return f"A published figure of the same scope says otherwise{by}: {said}."


def _inconsistent(findings: "Findings") -> str:
    return findings.arithmetic[0].explanation


def _undecidable(findings: "Findings") -> str:
    near = findings.read_figures("inside")
    if findings.evidence.is_above_record:
        first = f"{_recorded(findings)} More may be true than was counted."
    elif findings.rows.why:
        first = "These records cannot decide it."
    elif findings.rows.relation == "covers":
        first = "The records hold no event of this kind in this scope."
    else:
        first = "No records were given, and no published figure that was read decides it."
    if not near:
        return first
    said = _figure_words(near[0].figure)
    return f"{first} The nearest published figure does not support it: {said}."


def _recorded(findings: "Findings") -> str:
    if findings.evidence.rows == "covers":
        return f"The rows give {_range_words(findings)}, less than the claim says."
    figure = findings.read_figures("same")[0].figure
    return f"A published figure gives less than the claim says: {_figure_words(figure)}."


def reasons(findings: "Findings") -> tuple[str, ...]:
    """List why this verdict and no other, a sentence each."""
    given = [finding.explanation for finding in findings.arithmetic[1:]]
    if findings.evidence.rows == "covers":
        given.append("The rows cover the claim's own scope.")
        given += _budget_reason(findings)
    given += findings.rows.why
    if findings.evidence.is_above_record and not findings.claim.scope.source:
        given.append(NOBODY_NAMED)
    given += _nearest_numbers(findings)
    if findings.evidence.rows != "covers":
        given += _figure_reasons(findings)
    return tuple(dict.fromkeys(given))


def _budget_reason(findings: "Findings") -> list[str]:
    if findings.widened is None or findings.widened == findings.ends:
        return []
    widened = _values_words(*findings.widened, findings=findings)
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
            f"For the part that the records cover ({_rows_scope(findings)}) they give "
            f"{_range_words(findings)}."
        )
    low, high = measurement.range.published_low, measurement.range.published_high
    if low is not None and high is not None:
        in_print = _values_words(low, high, findings=findings)
        given.append(f"Over the definitions that are used in print it is {in_print}.")
    return given


def _apart_reasons(findings: "Findings", measurement: "Measurement") -> list[str]:
    value = measurement.estimate.value
    if value is None:
        return []
    near = [n.value for n in measurement.range.neighbours if n.value is not None]
    near.append(value)
    at_reference = _values_words(value, value, findings=findings)
    run = _values_words(min(near), max(near), findings=findings)
    first = (
        f"The nearest number that these records give is {at_reference} "
        f"({_rows_scope(findings)}); with one decision changed at a time, {run}."
    )
    unit = _OTHER_UNIT[findings.claim.scope.unit]
    others = [
        f"Counted in {unit} it is {phrases.format_share(other.value, width=1.0)}."
        for other in findings.related
        if other.value is not None
    ]
    return [first, *others]


_OTHER_UNIT = {"events": "participants of events of known size", "participants": "events"}


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
    others = list(dict.fromkeys(_figure_words(figure) for figure in unfit))
    if not others:
        return []
    listed = "; ".join(others[:_MOST_OTHERS])
    more = len(others) - _MOST_OTHERS
    rest = f"; and {more} more" if more > 0 else ""
    return [f"Other published figures of a narrower scope do not fit it: {listed}{rest}."]


_MOST_OTHERS = 3


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


def missing_words(findings: "Findings") -> tuple[str, ...]:
    """List the words that the claim needs to be true: window, place, source."""
    if findings.kind == "traced":
        return findings.read_figures("same")[0].missing_words
    if findings.kind != "narrower":
        return ()
    if findings.evidence.inside_figure_holds:
        return findings.read_figures("inside")[0].missing_words
    rows, scope = findings.rows, findings.claim.scope
    words = []
    if rows.window is not None and rows.window != scope.window:
        words.append(phrases.format_window(rows.window))
    if rows.place is not None and rows.place != scope.place:
        words.append(f"in {rows.place.name}")
    if scope.unit == "participants" and rows.relation == "inside" and not words:
        words.append(SIZED_ONLY)
    return tuple(words)


def off_by(findings: "Findings") -> float | None:
    """Measure how far a contradicted claim is from what was found, in its own unit."""
    if findings.kind != "contradicted":
        return None
    value = findings.claim.value
    is_by_rows = findings.evidence.rows == "covers"
    if is_by_rows or findings.evidence.same_figure != "fails":
        distance = value.distance(*findings.ends) if findings.ends else 0.0
    else:
        figure = findings.read_figures("same")[0].figure
        distance = min(value.distance(v.value, v.value) for v in figure.values)
    # a count allows whole numbers only, and its ends lie half-way between two of them
    return distance if findings.claim.scope.statistic == "share" else ceil(distance)


def _over_all(findings: "Findings") -> str:
    return f"over all {_all_definitions(findings)}"


def _all_definitions(findings: "Findings") -> str:
    return f"{phrases.format_count(findings.n_specifications)} declared definitions"


def _rows_scope(findings: "Findings") -> str:
    rows = findings.rows
    window = phrases.format_window(rows.window) if rows.window else "all rows"
    return f"{rows.place.name}, {window}" if rows.place else window


def _range_words(findings: "Findings") -> str:
    if findings.ends is None:
        return "no number"
    return _values_words(*findings.ends, findings=findings)


def _values_words(low: float, high: float, *, findings: "Findings") -> str:
    return phrases.format_ends(low, high, unit=findings.claim.scope.statistic)


def _distance_words(findings: "Findings", distance: float) -> str:
    if findings.claim.scope.statistic == "share":
        return phrases.format_points(distance)
    return phrases.format_count(distance)


def _figure_words(figure: "Figure") -> str:
    value = next((v for v in figure.values if v.printed), figure.values[0])
    if figure.statistic == "count":
        said = phrases.format_count(value.value)
    elif value.printed:
        said = phrases.format_exact_share(value.value)
    else:
        said = phrases.format_share(value.value, width=0.0)
    producer = phrases.short_name(figure.producer)
    where = f"{figure.place.name}, {phrases.format_window(figure.window)}"
    repost = ", read in a repost" if figure.read == "repost" else ""
    return f"{producer}, {where}: {said}{repost}"


def _flip_words(flip: "Flip") -> str:
    holds = phrases.join_words(flip.holds_with, last="or")
    fails = phrases.join_words(flip.fails_with, last="or")
    if not flip.is_alone:
        return f"{flip.question} It holds more often with {holds} than with {fails}."
    return f"{flip.question} It holds with “{holds}”; it fails with “{fails}”."
