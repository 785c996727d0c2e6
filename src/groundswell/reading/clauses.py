"""Which dates, places and sources belong to a frame: its clause and what leads into it.

A sentence is cut at commas, dashes and clause words. A frame owns the stretch that it
stands in, and the stretches beside it that only say when, where or who counted. It does
not own the clause of another verb: in `In 2020 he resigned, while 86 percent ...` the
year stays with the resignation.
"""

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from groundswell.core.dates import Window
from groundswell.language.places import PlaceSpan
from groundswell.language.windows import WindowSpan
from groundswell.reading.attribution import SourceHit
from groundswell.reading.windows import CUT

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from groundswell.core.places import Place
    from groundswell.reading.frames import Range
    from groundswell.reading.tagging import Tagged, Token

_ADVERBIAL = re.compile(r"[,h]*(?:f?[iwlRWLVO]|D?R)")
_ONLY_NOTES = re.compile(r"[iDwlLVRWhejobgcar]+")
_VERBS = frozenset("vkSTqQMXN")
_BREAKS = frozenset(";-,")
_LEAD = re.compile(r"([^,;-]+),;")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """What a run of words says of time, place and source.

    Attributes
    ----------
    window, place
        `None` where no words say it, or they leave it open.
    source
        Empty where no words say it.
    window_tokens, place_tokens, source_tokens
        The words.
    window_problem, place_problem
        Why the words settle no window or no place, where they name one.
    note
        What the reader should know about the window.
    """

    window: Window | None = None
    place: "Place | None" = None
    source: str = ""
    window_tokens: tuple["Token", ...] = ()
    place_tokens: tuple["Token", ...] = ()
    source_tokens: tuple["Token", ...] = ()
    window_problem: str = ""
    place_problem: str = ""
    note: str = ""

    def only_source(self) -> "Settled":
        """Return the source alone."""
        return Settled(source=self.source, source_tokens=self.source_tokens)


def clause_of(tagged: "Tagged", tokens: "Range") -> "Range":
    """Find the stretch of a sentence that belongs to a run of its tokens.

    Parameters
    ----------
    tagged
        The sentence.
    tokens
        The run.

    Returns
    -------
    tuple
        First token and one past the last.
    """
    return _to_the_left(tagged.tags, tokens[0]), _to_the_right(tagged.tags, tokens[1])


def _to_the_left(tags: str, start: int) -> int:
    place = _segment_start(tags, start)
    while place > 0 and tags[place - 1] == ",":
        opens = _segment_start(tags, place - 1)
        if not _is_adverbial(tags[opens : place - 1]):
            break
        place = opens
    return place


def _segment_start(tags: str, end: int) -> int:
    while end > 0 and tags[end - 1] not in _BREAKS:
        end -= 1
    return end


def _segment_end(tags: str, start: int) -> int:
    while start < len(tags) and tags[start] not in _BREAKS:
        start += 1
    return start


def _to_the_right(tags: str, end: int) -> int:
    place = _segment_end(tags, end)
    while place < len(tags) and tags[place] in {",", "-"}:
        closes = _segment_end(tags, place + 1)
        if not _is_adverbial(tags[place + 1 : closes]):
            break
        place = closes
    return place


def _is_adverbial(segment: str) -> bool:
    if _ONLY_NOTES.fullmatch(segment):
        return True
    return _ADVERBIAL.match(segment) is not None and not _VERBS & set(segment)


def lead_of(tagged: "Tagged", start: int) -> "Range":
    """Find the words that open a sentence for a main clause which comes later.

    `Between 7 and 27 October, while others hesitated, 86 percent ...`: the dates belong
    to the main clause, past the one in between.

    Parameters
    ----------
    tagged
        The sentence.
    start
        First token of the clause.

    Returns
    -------
    tuple
        Range of tokens, empty where there are none.
    """
    match = _LEAD.match(tagged.tags)
    if match is None or match.end() >= start or not _is_adverbial(match[1]):
        return 0, 0
    return match.span(1)


def settle(tokens: "Sequence[Token]") -> Settled:
    """Read window, place and source off a run of tokens.

    Parameters
    ----------
    tokens
        Tokens of a clause.

    Returns
    -------
    Settled
        What they say.
    """
    flat = tuple(_flat(tokens))
    said = Settled(
        window_tokens=tuple(t for t in flat if t.tag == "w"),
        place_tokens=tuple(t for t in flat if t.tag in "la"),
        source_tokens=tuple(t for t in flat if _source(t)),
    )
    names = dict.fromkeys(_source(token) for token in said.source_tokens)
    window, window_problem, note = _window(said.window_tokens)
    place, place_problem = _place(said.place_tokens)
    return replace(
        said,
        window=window,
        place=place,
        source=", ".join(names),
        window_problem=window_problem,
        place_problem=place_problem,
        note=note,
    )


def _flat(tokens: "Sequence[Token]") -> "Iterator[Token]":
    """Yield the tokens, and those in brackets that hold no number of their own."""
    for token in tokens:
        yield token
        if not any(inner.tag in "qQn" for inner in token.inner):
            yield from token.inner


def _source(token: "Token") -> str:
    return token.payload.name if isinstance(token.payload, SourceHit) else ""


def _window(tokens: tuple["Token", ...]) -> tuple[Window | None, str, str]:
    """Return the window, what is wrong with it, and what to note about it."""
    spans = [t.payload for t in tokens if isinstance(t.payload, WindowSpan)]
    unsettled = next((span for span in spans if not span.is_resolved), None)
    if unsettled:
        words, why = unsettled.text, unsettled.why
        return None, f"{words!r} names a time that could not be read ({why})", ""
    whole: Window | None = None
    for window in dict.fromkeys(span.window for span in spans):
        joined = _joined(whole, window) if whole else window
        if joined is None:
            words = " and ".join(repr(span.text) for span in spans)
            return None, f"it names several stretches of time ({words})", ""
        whole = joined
    cut = next((span for span in spans if span.why.startswith(CUT)), None)
    is_cut = cut is not None and whole is not None and whole.end == cut.window.end
    note = f"{cut.text!r} is {cut.why}." if cut and is_cut else ""
    return whole, "", note


def _joined(one: Window, other: Window) -> Window | None:
    """Join `since X` with `until Y`, and keep the narrower of two nested windows."""
    if one.covers(other):
        return other
    if other.covers(one):
        return one
    if not one.intersects(other) or not (one.is_open or other.is_open):
        return None
    return Window(
        start=max((w.start for w in (one, other) if w.start), default=None),
        end=min((w.end for w in (one, other) if w.end), default=None),
        text=f"{one.text} {other.text}",
    )


def _place(tokens: tuple["Token", ...]) -> "tuple[Place | None, str]":
    """Return the place, the narrowest of nested ones, and what is wrong with it."""
    spans = [t.payload for t in tokens if isinstance(t.payload, PlaceSpan)]
    unsettled = [span.text for span in spans if span.others]
    if unsettled:
        return None, f"{unsettled[0]!r} is the name of several places"
    if not spans:
        return None, ""
    deepest = max((span.place for span in spans), key=lambda place: len(place.path))
    if not all(span.place.contains(deepest) for span in spans):
        words = " and ".join(repr(span.text) for span in spans)
        return None, f"it names several places ({words})"
    return deepest, ""
