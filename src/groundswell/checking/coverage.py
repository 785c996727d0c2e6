"""How the scope of records stands to the scope of a claim."""

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Literal

from groundswell.core import phrases
from groundswell.core.dates import Window
from groundswell.core.places import WORLD
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
        Words that name what was counted of the window and the place, where that is not
        everything.
    is_limited
        Whether they hold the claim's own window and place, and cover a part of it for
        these limits alone.
    """

    relation: RowsRelation
    window: Window | None
    place: "Place | None"
    why: tuple[str, ...]
    limits: tuple[str, ...] = ()
    is_limited: bool = False


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

    Initials stand for a name where one of the two gives nothing else: two names in full
    are compared as they are, since many have the same initials.

    Examples
    --------
    >>> same_producer("the Crowd Counting Consortium", "CCC")
    True
    >>> same_producer("ACLED", "Armed Conflict Location & Event Data (ACLED)")
    True
    >>> same_producer("ACLED", "Crowd Counting Consortium")
    False
    """
    return any(_same_name(_names(named), _names(name)) for name in known)


def _same_name(one: set[tuple[str, ...]], other: set[tuple[str, ...]]) -> bool:
    if one & other:
        return True
    has_full = [any(len(name) > 1 for name in names) for names in (one, other)]
    return not all(has_full) and bool(_short(one) & _short(other))


def _short(names: set[tuple[str, ...]]) -> set[str]:
    return {n[0] if len(n) == 1 else "".join(word[0] for word in n) for n in names}


def _names(text: str) -> set[tuple[str, ...]]:
    """Split a name into its words, and into those that it gives in brackets."""
    outside = re.sub(r"\([^)]*\)", " ", text)
    parts = (outside, *re.findall(r"\(([^)]*)\)", text))
    words = [re.findall(r"\w+", fold_words(part)) for part in parts]
    return {tuple(w for w in part if w not in _SMALL_WORDS) for part in words} - {()}


def _same_count(scope: "Scope", snapshots: "Sequence[Snapshot]") -> bool:
    return not scope.source or all(
        same_producer(scope.source, s.source.producer, s.source.title, s.source.source_id)
        for s in snapshots
    )


def _why_not(scope: "Scope", snapshots: "Sequence[Snapshot]") -> tuple[str, ...]:
    why = []
    restricted = _selected(snapshots, "one-topic", "one-side")
    if restricted:
        why.append(
            f"{restricted} holds one topic or one side only, so it says nothing about "
            "protests at large."
        )
    of_a_kind = _selected(snapshots, "one-kind")
    if of_a_kind:
        why.append(f"{of_a_kind} holds protests of one kind only, and no others.")
    others = ", ".join(s.file_name for s in snapshots if not s.source.records_protests)
    if others:
        why.append(
            f"A row of {others} does not stand for a protest that took place, so none is "
            "counted as one."
        )
    unknown = _selected(snapshots, "unknown")
    if unknown:
        why.append(f"Nobody says whether {unknown} holds protests of every cause.")
    if not _same_count(scope, snapshots):
        producers = ", ".join(dict.fromkeys(s.source.producer for s in snapshots))
        why.append(
            f"The claim is about what {scope.source} counted; these records are by "
            f"{producers}."
        )
    if not any(_speaks_for(snapshot, scope.place) for snapshot in snapshots):
        why.append(_why_not_place(scope, snapshots))
    why += _why_not_window(scope, snapshots)
    return tuple(why)


def _selected(snapshots: "Sequence[Snapshot]", *kinds: str) -> str:
    return ", ".join(s.file_name for s in snapshots if s.coverage.selection in kinds)


def _why_not_place(scope: "Scope", snapshots: "Sequence[Snapshot]") -> str:
    if scope.place is None:
        return "The claim states no place, so it is about the whole world."
    covered = ", ".join(dict.fromkeys(p.name for p in _places(snapshots)))
    if not covered:
        return "It is not known which places and days the records cover."
    return f"The records cover {covered}; the claim is about {scope.place.name}."


def _why_not_window(scope: "Scope", snapshots: "Sequence[Snapshot]") -> list[str]:
    if scope.window is None or scope.window == Window(text=scope.window.text):
        return ["The claim states no window, so it is about any time."]
    if scope.window.is_open:
        said = phrases.format_window(scope.window)
        return [f"The claim leaves its dates open: {said}."]
    if not _places(snapshots):
        return []
    # days of records of a part of the place do not count for all of it
    whole = [s for s in snapshots if _speaks_for(s, scope.place)]
    windows = merge_windows([s.coverage.window for s in whole or snapshots])
    if any(window.covers(scope.window) for window in windows):
        return []
    held = phrases.join_words([phrases.format_window(window) for window in windows])
    said = phrases.format_window(scope.window)
    return [f"The records cover {held}; the claim is about {said}."]


def _speaks_for(snapshot: "Snapshot", place: "Place | None") -> bool:
    return any(p.contains(place or WORLD) for p in snapshot.coverage.places)


def _places(snapshots: "Sequence[Snapshot]") -> "list[Place]":
    return [place for snapshot in snapshots for place in snapshot.coverage.places]


def _common_part(
    scope: "Scope", snapshots: "Sequence[Snapshot]"
) -> "tuple[Window, Place] | None":
    if not all(_holds_every_protest(s) for s in snapshots):
        return None
    asked, days = scope.place or WORLD, scope.window or Window()
    near = [s for s in snapshots if s.coverage.window.intersects(days)]
    places = {p.path: p for p in _places(near) if p.overlaps(asked)}.values()
    widest = [p for p in places if not any(q != p and q.contains(p) for q in places)]
    if len(widest) != 1:
        return None
    (place,) = widest
    windows = merge_windows([s.coverage.window for s in near if _speaks_for(s, place)])
    if len(windows) != 1:
        return None
    window = _intersection(windows[0], days)
    return window, asked if place.contains(asked) else place


def _holds_every_protest(snapshot: "Snapshot") -> bool:
    return snapshot.coverage.selection == "all" and snapshot.source.records_protests


def _intersection(held: Window, asked: Window) -> Window:
    starts = [w.start for w in (held, asked) if w.start is not None]
    ends = [w.end for w in (held, asked) if w.end is not None]
    return Window(start=max(starts, default=None), end=min(ends, default=None))
