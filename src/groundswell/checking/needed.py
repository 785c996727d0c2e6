"""Which dataset would decide a claim, and how to get it."""

from typing import TYPE_CHECKING

from groundswell.checking.coverage import merge_windows, same_producer
from groundswell.core import phrases
from groundswell.core.dates import Window
from groundswell.core.places import WORLD
from groundswell.core.verdicts import Needed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from groundswell.core.claims import FactualClaim, Scope
    from groundswell.core.places import Place
    from groundswell.core.sources import Source


def datasets_that_decide(
    claim: "FactualClaim", sources: "Sequence[Source]"
) -> tuple[Needed, ...]:
    """List the known datasets that cover a claim's scope.

    Parameters
    ----------
    claim
        The claim; where it names who counted, only that producer's data decide it.
    sources
        The datasets that are known.

    Returns
    -------
    tuple
        Never empty: where no known dataset covers the scope, what such a dataset would
        have to cover, with the command that reads it.
    """
    scope = claim.scope
    place = scope.place or WORLD
    window = scope.window or Window()
    fitting = _that_cover(
        [s for s in sources if _is_of(scope, s) and _searches(s, place)], window=window
    )
    if fitting:
        return tuple(
            Needed(
                dataset=source.title,
                why=_why(source, place) + _open_scope(scope),
                command=f"groundswell sources show {source.source_id}",
            )
            for source in fitting
        )
    by = f" by {scope.source}" if scope.source else ""
    when = "on the days that the claim is about"
    if scope.window is not None:
        when = phrases.format_window(scope.window)
    return (
        Needed(
            dataset=f"a record of all protests{by} in {place.name}, {when}",
            why=f"No dataset that Groundswell knows covers this.{_open_scope(scope)}",
            command="groundswell ingest --draft-mapping FILE",
        ),
    )


def _why(source: "Source", place: "Place") -> str:
    window = phrases.format_window(source.coverage.window)
    days = f", {window}" if source.coverage.window.start else ""
    return f"It covers {place.name}{days}."


def _searches(source: "Source", place: "Place") -> bool:
    covered = any(p.contains(place) for p in source.coverage.places)
    is_whole = source.coverage.selection == "all" and source.records_protests
    return covered and is_whole


def _that_cover(sources: "Sequence[Source]", *, window: Window) -> "list[Source]":
    """Keep the sources that cover the window, alone or with others of their producer."""
    kept = []
    for producer in dict.fromkeys(source.producer for source in sources):
        own = [source for source in sources if source.producer == producer]
        whole = merge_windows([source.coverage.window for source in own])
        if any(window.start is None or w.covers(window) for w in whole):
            kept += [s for s in own if s.coverage.window.intersects(window)]
    return kept


def _is_of(scope: "Scope", source: "Source") -> bool:
    return not scope.source or same_producer(
        scope.source, source.producer, source.title, source.source_id
    )


def _open_scope(scope: "Scope") -> str:
    if scope.window is None:
        return " The claim states no dates: only with dates can it be decided."
    if scope.window.is_open:
        return " The claim leaves its dates open: give --published to close them."
    return ""
