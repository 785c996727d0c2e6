"""Places as paths from the world down, so that containment is a prefix."""

from dataclasses import dataclass

WORLD_NAME = "the world"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place, from the widest unit down.

    Attributes
    ----------
    path
        Codes from the widest unit to the place itself: `()` is the world,
        `("USA",)` a country (ISO 3166 alpha-3), `("USA", "CA")` its first-level unit by
        the code that the country's own records use, `("USA", "CA", "Los Angeles")` a
        locality.
    name
        The name to print.
    text
        The words that the place was read from; empty where it came from a table.

    Examples
    --------
    >>> usa = Place(path=("USA",), name="the United States")
    >>> usa.contains(Place(path=("USA", "CA"), name="California"))
    True
    >>> usa.contains(WORLD)
    False
    """

    path: tuple[str, ...]
    name: str
    text: str = ""

    def contains(self, other: "Place") -> bool:
        """Say whether `other` lies in this place or is the place itself."""
        return other.path[: len(self.path)] == self.path

    def overlaps(self, other: "Place") -> bool:
        """Say whether one of the two contains the other."""
        return self.contains(other) or other.contains(self)

    @property
    def code(self) -> str:
        """The path as one string, `world` for the whole world."""
        return "/".join(self.path) or "world"


WORLD = Place(path=(), name=WORLD_NAME)
