"""A published figure, by itself or held against a claim, in the words of print."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from groundswell.core.phrases import (
    format_count,
    format_date,
    format_exact_share,
    format_window,
)
from groundswell.reports.evidence_view import counts_words
from groundswell.reports.wording import (
    FIGURE_AMONG_WORDS,
    RELATION_WORDS,
    counted,
    figure_read,
    fits,
)

if TYPE_CHECKING:
    from groundswell.core.figures import Figure
    from groundswell.core.verdicts import FigureMatch


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureView:
    """A published figure as it is held against a claim.

    Attributes
    ----------
    title
        Who counted, and the value.
    scope_words
        The words that state its scope, quoted.
    standing
        How its scope and value relate to the claim; empty for an entry by itself.
    is_probable_origin
        Whether the claim's number probably comes from it.
    is_support
        Whether the claim's value is this figure's, in the same scope or as its origin.
    facts
        The rest of the entry as pairs of words.
    links
        Addresses with what is found there.
    note
        Corrections and caveats.
    """

    title: str
    scope_words: str
    standing: str
    is_probable_origin: bool
    is_support: bool
    facts: tuple[tuple[str, str], ...]
    links: tuple[tuple[str, str], ...]
    note: str


def view_figure(match: "FigureMatch") -> FigureView:
    """Prepare a published figure for printing beside a claim."""
    missing = ("Missing words", "; ".join(match.missing_words))
    entry = view_figure_entry(match.figure)
    return replace(
        entry,
        standing=f"{RELATION_WORDS[match.relation]}; {fits(holds=match.holds)}",
        is_probable_origin=match.is_probable_origin,
        is_support=match.is_probable_origin
        or (match.holds and match.relation == "same" and match.figure.read != "unread"),
        facts=(*([missing] if match.missing_words else []), *entry.facts),
    )


def view_figure_entry(figure: "Figure") -> FigureView:
    """Prepare an entry of the registry for printing by itself."""
    is_share = figure.statistic == "share"
    facts = [
        ("Values", _figure_values(figure)),
        ("Counts", counts_words(figure.counts)),
        (
            "What",
            f"{counted(figure.statistic, figure.unit)}, {figure.side or 'all sides'}",
        ),
        ("Among", FIGURE_AMONG_WORDS[figure.among] if is_share else ""),
        ("When", format_window(figure.window)),
        ("Where", figure.place.name),
        ("Printed by", f"{figure.publisher}, {format_date(figure.published)}"),
        ("Entry", _entry_name(figure)),
    ]
    links = [("Source", figure.address), ("Archived copy", figure.archived)]
    return FigureView(
        title=f"{figure.producer}: {_figure_value(figure)}",
        scope_words=figure.scope_words,
        standing="",
        is_probable_origin=False,
        is_support=False,
        facts=tuple((label, words) for label, words in facts if words),
        links=tuple((label, address) for label, address in links if address),
        note=figure.note,
    )


def _entry_name(figure: "Figure") -> str:
    codebook = f" ({figure.codebook_id})" if figure.codebook_id else ""
    return f"{figure.figure_id}{codebook}, {figure_read(figure)}"


def _figure_value(figure: "Figure") -> str:
    """Print the value that stood in print, or the first one where none did."""
    values = [value for value in figure.values if value.printed] or list(figure.values)
    return _plain_value(values[0].value, figure) if values else "no value"


def _figure_values(figure: "Figure") -> str:
    """Print each value with its own precision: it is a number somebody printed."""
    return "; ".join(
        f"{_plain_value(value.value, figure)} ({value.definition})"
        for value in figure.values
    )


def _plain_value(value: float, figure: "Figure") -> str:
    """Print a published value: one decimal of a percentage at most."""
    if figure.statistic == "share":
        return format_exact_share(round(value, 3))
    return format_count(value)
