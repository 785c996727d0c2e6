"""Published figures held against a claim."""

from typing import TYPE_CHECKING

from groundswell.checking.coverage import same_producer
from groundswell.core import phrases
from groundswell.core.places import WORLD
from groundswell.core.verdicts import FigureMatch, ScopeRelation

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from groundswell.core.claims import FactualClaim, Scope
    from groundswell.core.figures import Figure

_NEAREST_FIRST: dict[ScopeRelation, int] = {
    "same": 0,
    "inside": 1,
    "wider": 2,
    "overlaps": 3,
    "apart": 4,
}


def match_figures(
    claim: "FactualClaim", figures: "Sequence[Figure]", *, published: "date | None"
) -> tuple[FigureMatch, ...]:
    """List the published figures of a claim's statistic and side, nearest scope first.

    All of them are listed, also those that do not hold: among many figures, a random
    whole percentage finds one that it equals more often than not.

    Parameters
    ----------
    claim
        The claim.
    figures
        The registry.
    published
        Day of the article; figures printed later cannot be its origin.

    Returns
    -------
    tuple
        Candidates; unread entries are among them and settle nothing.
    """
    matches = [
        _match(claim, figure, published=published)
        for figure in figures
        if _same_estimand(claim.scope, figure)
    ]
    return tuple(
        sorted(
            matches,
            key=lambda m: (
                _NEAREST_FIRST[m.relation],
                not m.holds,
                m.figure.figure_id,
            ),
        )
    )


def may_decide(claim: "FactualClaim", match: FigureMatch) -> bool:
    """Say whether a candidate was read, and is not another producer's count."""
    return match.figure.read != "unread" and _same_source(claim.scope, match.figure)


def printed_holds(claim: "FactualClaim", figure: "Figure") -> bool:
    """Say whether a value that stood in print is allowed by the claim's words."""
    return any(
        value.printed and claim.value.admits(value.value, value.value)
        for value in figure.values
    )


def _same_estimand(scope: "Scope", figure: "Figure") -> bool:
    same_base = scope.statistic == "count" or (scope.among == "all") == (
        figure.among == "all"
    )
    return (
        figure.statistic == scope.statistic
        and figure.codebook_id == scope.codebook_id
        and figure.side == scope.side
        and figure.unit == scope.unit
        and same_base
    )


def _match(
    claim: "FactualClaim", figure: "Figure", *, published: "date | None"
) -> FigureMatch:
    relation = _relation(claim.scope, figure)
    holds = any(claim.value.admits(v.value, v.value) for v in figure.values)
    is_older = published is not None and figure.published <= published
    window = claim.scope.window
    same_start = window is not None and window.start == figure.window.start
    return FigureMatch(
        figure=figure,
        relation=relation,
        holds=holds,
        is_probable_origin=(
            printed_holds(claim, figure)
            and may_match_origin(relation, same_start=same_start)
            and is_older
            and figure.read != "unread"
            and _same_source(claim.scope, figure)
        ),
        missing_words=_missing_words(claim.scope, figure, relation=relation),
    )


def may_match_origin(relation: ScopeRelation, *, same_start: bool) -> bool:
    """Say whether the windows agree enough for a figure to be a claim's origin."""
    return relation == "same" or (relation == "inside" and same_start)


def _same_source(scope: "Scope", figure: "Figure") -> bool:
    return not scope.source or same_producer(
        scope.source, figure.producer, figure.publisher
    )


def _relation(scope: "Scope", figure: "Figure") -> ScopeRelation:
    place = scope.place or WORLD
    window = scope.window
    if not place.overlaps(figure.place):
        return "apart"
    if window is not None and not window.intersects(figure.window):
        return "apart"
    same_place = place.path == figure.place.path
    if same_place and window is not None and window.same_days(figure.window):
        return "same"
    inside_place = place.contains(figure.place)
    if inside_place and (window is None or window.covers(figure.window)):
        return "inside"
    wider_place = figure.place.contains(place)
    if wider_place and window is not None and figure.window.covers(window):
        return "wider"
    return "overlaps"


def _missing_words(
    scope: "Scope", figure: "Figure", *, relation: ScopeRelation
) -> tuple[str, ...]:
    if relation not in {"same", "inside"}:
        return ()
    words = []
    if scope.window is None or not scope.window.same_days(figure.window):
        words.append(phrases.format_window(figure.window))
    if (scope.place or WORLD).path != figure.place.path:
        words.append(f"in {figure.place.name}")
    if not scope.source:
        words.append(f"according to {phrases.short_name(figure.producer)}")
    return tuple(words)
