"""Groups of states with the days on which each belonged, and regions."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

DayPrecision = Literal["day", "month", "year", "by"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """Days from first to last, both counted.

    Attributes
    ----------
    first, last
        The days; `None` where open, or not known. Days known by month or year are the
        whole month or year.
    first_precision, last_precision
        How exactly each is known. `by`: it held on this day, and for an unknown time
        before.

    Examples
    --------
    >>> Days(first=date(1973, 1, 1), last=date(2020, 1, 31)).hold(date(2020, 2, 1))
    False
    """

    first: date | None = None
    last: date | None = None
    first_precision: DayPrecision = "day"
    last_precision: DayPrecision = "day"

    def hold(self, on: date) -> bool:
        """Say whether a day lies among them."""
        return (self.first is None or self.first <= on) and (
            self.last is None or on <= self.last
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """A time in which a state belonged to a bloc.

    Attributes
    ----------
    state
        ISO 3166 alpha-3 code, as in the path of a place.
    days
        From accession to leaving.
    suspended
        Times in which the member was kept from taking part, and remained a member.
    note
        What a reader should know, in neutral words.
    """

    state: str
    days: Days
    suspended: tuple[Days, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bloc:
    """A group of states.

    Attributes
    ----------
    bloc_id, name
        The word to ask for it by, and the name to print.
    founded
        The first day on which it had members.
    sources
        Addresses where its membership is documented.
    checked
        Against what the dates were compared, or that they were not.
    note
        What a reader should know.
    memberships
        In the order of the codes, and of the days.
    seats
        Codes that held one seat one after another, the one that holds it now first.
    """

    bloc_id: str
    name: str
    founded: date
    sources: tuple[str, ...]
    checked: str
    note: str
    memberships: tuple[Membership, ...]
    seats: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """A region of the United Nations' M49 standard, which is geography and no bloc.

    Attributes
    ----------
    region_id, name
        The three digits of the standard, and its name.
    parent
        The region that holds it; empty for the widest.
    states
        ISO 3166 alpha-3 codes of all countries and territories in it, in their order.
    """

    region_id: str
    name: str
    parent: str
    states: tuple[str, ...]
