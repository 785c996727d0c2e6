"""Published figures: numbers that somebody printed, each with its exact scope."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from groundswell.core.claims import Among, Statistic, Unit
from groundswell.core.dates import Window
from groundswell.core.places import Place

ReadStatus = Literal["original", "repost", "unread"]


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureValue:
    """One way in which a figure's own numbers give its value.

    Attributes
    ----------
    value
        The number; a share as a fraction of one.
    definition
        What it is made from: `as printed`, `3,761 of 4,385 classified demonstrations`.
    printed
        Whether this value stood in print, rather than following from printed counts.
    """

    value: float
    definition: str
    printed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """An entry of the registry.

    Attributes
    ----------
    figure_id
        Stable identifier.
    statistic, codebook_id, side, among, unit
        The estimand, as in a claim's scope.
    window, place
        Its scope; both always stated.
    values
        The printed value and those that follow from the printed counts.
    counts
        Printed counts by code, where there are any.
    producer
        Who counted.
    publisher, published, address, archived
        Where it stood, when, and a copy that lasts (empty where none is known).
    read, read_on
        Whether the entry was read in the original, in a repost, or not at all; and when.
        An unread entry yields no verdict.
    scope_words
        The words that state its scope, quoted.
    note
        Corrections and caveats.
    """

    figure_id: str
    statistic: Statistic
    codebook_id: str
    side: str
    among: Among
    unit: Unit
    window: Window
    place: Place
    values: tuple[FigureValue, ...]
    counts: tuple[tuple[str, int], ...]
    producer: str
    publisher: str
    published: date
    address: str
    archived: str
    read: ReadStatus
    read_on: date | None
    scope_words: str
    note: str
