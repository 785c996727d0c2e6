"""Verdicts in words: the answer, the missing words, the distance."""

from math import ceil, floor, isclose
from typing import TYPE_CHECKING

from groundswell.checking.words import figure_words, range_words, rows_scope, values_words
from groundswell.core import phrases
from groundswell.core.dates import Window
from groundswell.core.places import WORLD

if TYPE_CHECKING:
    from groundswell.checking.findings import Findings
    from groundswell.core.claims import ClaimValue
    from groundswell.core.figures import Figure, FigureValue
    from groundswell.core.verdicts import Flip


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
    return f"It holds: the rows give {range_words(findings)} {_over_all(findings)}."


def _traced(findings: "Findings") -> str:
    figure = findings.read_figures("same")[0].figure
    said = findings.claim.value
    value = _holding_value(findings, figure)
    is_equal = said.comparator == "equal" and isclose(said.printed, value.value)
    verb = "equals" if is_equal else "agrees with"
    return (
        f"It {verb} a published figure of the same scope: {figure_words(figure, value)}. "
        "Nothing was recomputed."
    )


def _narrower(findings: "Findings") -> str:
    parts = []
    if findings.evidence.inside_figure_holds:
        figure = findings.read_figures("inside")[0].figure
        value = _holding_value(findings, figure)
        follows = "" if value.printed else f", which is {value.definition}"
        parts.append(f"{figure_words(figure, value)}{follows}")
    if findings.rows_support:
        parts.append(f"{rows_scope(findings)}: {range_words(findings)}")
    return (
        f"Supported only for a narrower scope ({'; '.join(parts)}). "
        "For the scope that the article states it is untested."
    )


def _depends(findings: "Findings") -> str:
    if findings.evidence.rows != "covers":
        return _depends_on_figures(findings)
    if findings.evidence.rows_hold == "all" and findings.widened is not None:
        widened = values_words(*findings.widened, findings=findings)
        return (
            f"The rows give {range_words(findings)} {_over_all(findings)}, where it "
            f"holds; the known errors widen that to {widened}, where it need not."
        )
    if not findings.n_holds and findings.widened is not None:
        if findings.ends and findings.claim.value.admits(*findings.ends):
            return (
                f"The rows give {range_words(findings)}, and the claim's number lies "
                f"between what they give under {_all_definitions(findings)}."
            )
        widened = values_words(*findings.widened, findings=findings)
        return (
            f"The rows give {range_words(findings)} {_over_all(findings)}; the known "
            f"errors widen that to {widened}, which the claim's number meets."
        )
    held = phrases.format_count(findings.n_holds)
    of_all = phrases.format_count(findings.n_specifications)
    deciding = f" {_flip_words(findings.flips[0])}" if findings.flips else ""
    return (
        f"It holds under {held} of {of_all} declared definitions; the rows give "
        f"{range_words(findings)}.{deciding}"
    )


def _depends_on_figures(findings: "Findings") -> str:
    same = findings.read_figures("same")
    said = figure_words(same[0].figure)
    if findings.evidence.same_figure == "between":
        values = [v.value for match in same for v in match.figure.values]
        ends = values_words(min(values), max(values), findings=findings)
        return (
            f"Published figures of the same scope, and what follows from their counts, "
            f"give {ends}; the claim's number lies between: {said}."
        )
    value = findings.claim.value
    if all(value.admits(v.value, v.value) for v in same[0].figure.values):
        return f"It follows from the counts of a published figure: {said}."
    return (
        "It follows from the counts of a published figure under one definition and "
        f"not under another: {said}."
    )


def _contradicted(findings: "Findings") -> str:
    distance = off_by(findings)
    by = ", the very end that the words leave out"
    if distance:
        by = f", {_distance_words(findings, distance)} away"
    if findings.evidence.rows == "covers":
        return f"The rows give {range_words(findings)} {_over_all(findings)}{by}."
    if not _is_by_rows(findings):
        nearest = _nearest(findings, by)
        return f"A published figure of the same scope says otherwise: {nearest}."
    if findings.rows.is_limited:
        return f"The rows alone give {range_words(findings)}{by}."
    part = rows_scope(findings)
    return f"The part that the rows cover ({part}) has {range_words(findings)}{by}."


def _is_by_rows(findings: "Findings") -> bool:
    """Say whether it is the rows that contradict a claim, and not a published figure."""
    evidence = findings.evidence
    is_by_part = evidence.rows == "inside" and evidence.is_below_part
    return evidence.rows == "covers" or is_by_part


def _nearest(findings: "Findings", by: str) -> str:
    """Print the figure that is nearest to the claim, and its value that is."""
    figure, value = _nearest_value(findings)
    if value.printed:
        return f"{figure_words(figure, value)}{by}"
    said = figure_words(figure)
    number = values_words(value.value, value.value, findings=findings)
    return f"{said}; the nearest that follows from its counts is {number}{by}"


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
    said = figure_words(near[0].figure)
    return f"{first} The nearest published figure does not support it: {said}."


def _recorded(findings: "Findings") -> str:
    if findings.evidence.rows == "covers" or findings.rows.is_limited:
        return f"The rows give {range_words(findings)}, less than the claim says."
    figure = findings.read_figures("same")[0].figure
    return f"A published figure gives less than the claim says: {figure_words(figure)}."


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
    if rows.window is not None and not rows.window.same_days(scope.window or Window()):
        words.append(phrases.format_window(rows.window))
    if rows.place is not None and rows.place.path != (scope.place or WORLD).path:
        words.append(f"in {rows.place.name}")
    return (*words, *rows.limits)


def off_by(findings: "Findings") -> float | None:
    """Measure how far a contradicted claim is from what was found, in its own unit."""
    if findings.kind != "contradicted":
        return None
    value = findings.claim.value
    ends = findings.ends if _is_by_rows(findings) else None
    if ends is None:
        nearest = _nearest_value(findings)[1].value
        ends = (nearest, nearest)
    if findings.claim.scope.statistic == "share":
        return value.distance(*ends)
    return _whole_distance(value, ends=ends)


def _whole_distance(value: "ClaimValue", *, ends: tuple[float, float]) -> int:
    """Measure how far a count is from the nearest whole number that the words allow."""
    low, high = ends
    least = floor(value.low) + 1 if value.low_open else ceil(value.low)
    most = ceil(value.high) - 1 if value.high_open else floor(value.high)
    return ceil(least - high if high < least else low - most)


def _holding_value(findings: "Findings", figure: "Figure") -> "FigureValue":
    """Find the value of a figure that the words allow, a printed one first."""
    value = findings.claim.value
    held = [v for v in figure.values if value.admits(v.value, v.value)]
    return next((v for v in held if v.printed), held[0])


def _nearest_value(findings: "Findings") -> "tuple[Figure, FigureValue]":
    claimed = findings.claim.value
    figures = [match.figure for match in findings.read_figures("same")]
    values = [(figure, value) for figure in figures for value in figure.values]
    return min(values, key=lambda pair: claimed.distance(pair[1].value, pair[1].value))


def _over_all(findings: "Findings") -> str:
    over = "under" if findings.n_specifications == 1 else "over all"
    return f"{over} {_all_definitions(findings)}"


def _all_definitions(findings: "Findings") -> str:
    if findings.n_specifications == 1:
        return "the one declared definition"
    return f"{phrases.format_count(findings.n_specifications)} declared definitions"


def _distance_words(findings: "Findings", distance: float) -> str:
    if findings.claim.scope.statistic == "share":
        return phrases.format_points(distance)
    return phrases.format_count(distance)


def _flip_words(flip: "Flip") -> str:
    holds = phrases.join_words(flip.holds_with, last="or")
    fails = phrases.join_words(flip.fails_with, last="or")
    if not flip.is_alone:
        return f"{flip.question} It holds more often with {holds} than with {fails}."
    return f"{flip.question} It holds with “{holds}”; it fails with “{fails}”."
