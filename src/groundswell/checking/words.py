"""Words for what was found, which answers and reasons share."""

from typing import TYPE_CHECKING

from groundswell.core import phrases

if TYPE_CHECKING:
    from groundswell.checking.findings import Findings
    from groundswell.core.figures import Figure, FigureValue


def rows_scope(findings: "Findings") -> str:
    """Name the part of the claim's scope that was measured."""
    rows = findings.rows
    window = phrases.format_window(rows.window) if rows.window else "all rows"
    words = [rows.place.name] if rows.place else []
    return ", ".join([*words, window, *rows.limits])


def range_words(findings: "Findings") -> str:
    """Print the range over all specifications."""
    if findings.ends is None:
        return "no number"
    return values_words(*findings.ends, findings=findings)


def values_words(low: float, high: float, *, findings: "Findings") -> str:
    """Print two ends in the unit of the claim, or one number where they are the same."""
    return phrases.format_ends(low, high, unit=findings.claim.scope.statistic)


def figure_words(figure: "Figure", value: "FigureValue | None" = None) -> str:
    """Print whose figure it is, of what scope, and one value, else the printed one."""
    if value is None:
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
