"""How the scope of records stands to the scope of a claim."""

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Literal

from groundswell.core import phrases
from groundswell.core.dates import Window
from groundswell.core.text import fold_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from groundswell.core.claims import Scope
    from groundswell.core.places import Place
    from groundswell.core.sources import Snapshot

RowsRelation = Literal["none", "covers", "inside", "apart"]

_SMALL_WORDS = frozenset({"and", "of", "the", "for", "on", "in", "a", "project"})


@dataclass(frozen=True, slots=True, kw_only=True)
class RowsScope:
    """What part of a claim's scope records can speak to.

    Attributes
    ----------
    relation
        `covers`: all of it. `inside`: the part given by `window` and `place`. `apart`:
        none of it. `none`: there are no records.
    window, place
        The scope to measure: the claim's own, the common part, or (`apart`) everything
        that the records hold.
    why
        Why the records do not cover the claim, a sentence each; empty where they do.
    limits
        Where they hold the claim's own window and place and yet cover a part of it: the
        words that name that part.
    """

    relation: RowsRelation
    window: Window | None
    place: "Place | None"
    why: tuple[str, ...]
    limits: tuple[str, ...] = ()


def relate_rows(scope: "Scope", snapshots: "Sequence[Snapshot]") -> RowsScope:
    """Hold the coverage of records against the scope of a claim.

    A claim that states no window, or no place, is about any time, or the whole world:
    records of one country or one year can only be a part of that.

    Parameters
    ----------
    scope
        The claim's scope.
    snapshots
        The records that are at hand.

    Returns
    -------
    RowsScope
        The relation, and the scope to measure.
    """
    if not snapshots:
        return RowsScope(relation="none", window=None, place=None, why=())
    why = _why_not(scope, snapshots)
    if not why:
        return RowsScope(
            relation="covers", window=scope.window, place=scope.place, why=()
        )
    common = _common_part(scope, snapshots)
    if common is None or not _same_count(scope, snapshots):
        return RowsScope(relation="apart", window=None, place=None, why=why)
    window, place = common
    return RowsScope(relation="inside", window=window, place=place, why=why)


def merge_windows(windows: "Sequence[Window]") -> tuple[Window, ...]:
    """Join windows that overlap or touch.

    Examples
    --------
    >>> from datetime import date
    >>> january = Window(start=date(2025, 1, 1), end=date(2025, 1, 31))
    >>> february = Window(start=date(2025, 2, 1), end=date(2025, 2, 28))
    >>> [w.days for w in merge_windows([february, january])]
    [59]
    """
    merged: list[Window] = []
    ordered = sorted(windows, key=lambda w: (w.start is not None, w.start))
    for window in ordered:
        last = merged[-1] if merged else None
        if last is not None and _touch(last, window):
            open_end = last.end is None or window.end is None
            ends = [w.end for w in (last, window) if w.end is not None]
            end = None if open_end else max(ends)
            merged[-1] = Window(start=last.start, end=end)
        else:
            merged.append(Window(start=window.start, end=window.end))
    return tuple(merged)


def _touch(first: Window, second: Window) -> bool:
    if first.end is None or second.start is None:
        return True
    return second.start <= first.end + timedelta(days=1)


def same_producer(named: str, *known: str) -> bool:
    """Say whether the words of an article name a producer, in full or by initials.

    Examples
    --------
    >>> same_producer("the Crowd Counting Consortium", "CCC")
    True
    >>> same_producer("ACLED", "Armed Conflict Location & Event Data (ACLED)")
    True
    >>> same_producer("ACLED", "Crowd Counting Consortium")
    False
    """
    words = _names(named)
    return any(words & _names(name) for name in known)


def _names(text: str) -> set[str]:
    outside = re.sub(r"\([^)]*\)", " ", text)
    inside = re.findall(r"\(([^)]*)\)", text)
    names = set()
    for part in (outside, *inside):
        words = [w for w in re.findall(r"\w+", fold_words(part)) if w]
        telling = [w for w in words if w not in _SMALL_WORDS]
        names.add(" ".join(telling))
        if len(telling) > 1:
            names.add("".join(word[0] for word in telling))
    return names - {""}


def _same_count(scope: "Scope", snapshots: "Sequence[Snapshot]") -> bool:
    return not scope.source or all(
        same_producer(scope.source, s.source.producer, s.source.title, s.source.source_id)
        for s in snapshots
    )


def _why_not(scope: "Scope", snapshots: "Sequence[Snapshot]") -> tuple[str, ...]:
    why = []
    restricted = [
        s for s in snapshots if s.coverage.selection in {"one-topic", "one-side"}
    ]
    if restricted:
        names = ", ".join(s.file_name for s in restricted)
        why.append(
            f"{names} holds one topic or one side only, so it says nothing about "
            "protests at large."
        )
    if not _same_count(scope, snapshots):
        producers = ", ".join(dict.fromkeys(s.source.producer for s in snapshots))
        why.append(
            f"The claim is about what {scope.source} counted; these records are by "
            f"{producers}."
        )
    if scope.place is None:
        why.append("The claim states no place, so it is about the whole world.")
    elif not any(p.contains(scope.place) for s in snapshots for p in s.coverage.places):
        covered = ", ".join(dict.fromkeys(p.name for p in _places(snapshots)))
        why.append(f"The records cover {covered}; the claim is about {scope.place.name}.")
    why += _why_not_window(scope, snapshots)
    return tuple(why)


def _why_not_window(scope: "Scope", snapshots: "Sequence[Snapshot]") -> list[str]:
    if scope.window is None or scope.window.start is None:
        return ["The claim states no window, so it is about any time."]
    # days of records of a part of the place do not count for all of it
    whole = [s for s in snapshots if _speaks_for(s, scope.place)]
    windows = merge_windows([s.coverage.window for s in whole or snapshots])
    if any(window.covers(scope.window) for window in windows):
        return []
    held = phrases.join_words([phrases.format_window(window) for window in windows])
    said = phrases.format_window(scope.window)
    return [f"The records cover {held}; the claim is about {said}."]


def _speaks_for(snapshot: "Snapshot", place: "Place | None") -> bool:
    return place is None or any(p.contains(place) for p in snapshot.coverage.places)


def _places(snapshots: "Sequence[Snapshot]") -> "list[Place]":
    return [place for snapshot in snapshots for place in snapshot.coverage.places]


def _common_part(
    scope: "Scope", snapshots: "Sequence[Snapshot]"
) -> "tuple[Window, Place] | None":
    if any(s.coverage.selection in {"one-topic", "one-side"} for s in snapshots):
        return None
    places = list(dict.fromkeys(_places(snapshots)))
    if len(places) != 1:
        return None
    place = places[0]
    if scope.place is not None:
        if not place.overlaps(scope.place):
            return None
        place = scope.place if place.contains(scope.place) else place
    windows = merge_windows([s.coverage.window for s in snapshots])
    if len(windows) != 1:
        return None
    window = _intersection(windows[0], scope.window)
    return None if window is None else (window, place)


def _intersection(held: Window, asked: Window | None) -> Window | None:
    if asked is None:
        return held
    if not held.intersects(asked):
        return None
    starts = [w.start for w in (held, asked) if w.start is not None]
    ends = [w.end for w in (held, asked) if w.end is not None]
    return Window(start=max(starts, default=None), end=min(ends, default=None))
