"""What is known of a place by its name or code: states, blocs, towns of the gazetteer."""

from dataclasses import dataclass
from datetime import date

from groundswell.core.blocs import Days
from groundswell.core.places import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Town:
    """A town or city, or a part of one, that bears a name.

    Attributes
    ----------
    name
        Its name.
    other_name
        The name that was looked for, where it is not the town's first one: a former name,
        or one in another language. Empty where it is.
    country
        ISO 3166 alpha-3 code of the country that the gazetteer puts it in, which takes no
        position on any territory.
    admin1
        Its first-level unit: the postal code in the USA, elsewhere the code of the
        gazetteer; empty where there is none.
    latitude, longitude
        Degrees, to two decimals: the town, and no address in it.
    n_people
        People who live there, to two digits; `None` where the gazetteer says nothing.
    """

    name: str
    other_name: str
    country: str
    admin1: str
    latitude: float
    longitude: float
    n_people: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FormerName:
    """A name that a place bore, and the days of it where they are recorded."""

    name: str
    days: Days


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceCode:
    """A code of a place.

    Attributes
    ----------
    system
        `iso2`, `iso3`, `iso-numeric`, `cow`, `gw`, `fips`.
    code
        As the system writes it.
    days
        When it meant this place; open where it has meant no other.
    """

    system: str
    code: str
    days: Days


@dataclass(frozen=True, slots=True, kw_only=True)
class BlocMembership:
    """A time in which a state belonged to a bloc.

    Attributes
    ----------
    bloc_id, bloc_name
        The bloc.
    place
        The state.
    days
        From accession to leaving.
    suspended
        Times in which it was kept from taking part, and remained a member.
    note
        What a reader should know, in neutral words.
    is_held
        Whether it was a member on the day that was asked about; `None` where none was, or
        where the day may lie before that by which it is known as a member.
    """

    bloc_id: str
    bloc_name: str
    place: Place
    days: Days
    suspended: tuple[Days, ...]
    note: str
    is_held: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownPlace:
    """What the tables say of a country, a territory or a part of one.

    Attributes
    ----------
    place
        Its path and name.
    read_as
        As what the words that were asked about mean it: a name, a code of a system.
    names, former
        Names that it has, and had.
    status
        Its standing in the United Nations, or what kind of unit it is.
    note
        A dispute or another fact that a reader should know, in neutral words.
    days
        When it existed; open where it does, or where nothing is recorded.
    is_there
        Whether it existed on the day that was asked about; `None` where none was.
    predecessors, successors
        States whose territory, or a part of it, it took over or left.
    regions
        Regions of the M49 standard that it lies in, widest first.
    codes
        Its codes in all systems.
    memberships
        The blocs that it belonged to, in their order.
    """

    place: Place
    read_as: tuple[str, ...]
    names: tuple[str, ...]
    former: tuple[FormerName, ...]
    status: str
    note: str
    days: Days
    is_there: bool | None
    predecessors: tuple[Place, ...]
    successors: tuple[Place, ...]
    regions: tuple[str, ...]
    codes: tuple[PlaceCode, ...]
    memberships: tuple[BlocMembership, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownBloc:
    """What the tables say of a bloc.

    Attributes
    ----------
    bloc_id, name, founded, sources, checked, note
        As in `groundswell.core.blocs.Bloc`.
    n_members
        Members on the day that was asked about; where none was, those that have not left.
    n_possible
        The same with those that may have been members: their day of joining is not known.
    members
        Members on the day and those that may have been, or all that there ever were where
        none was asked about. Empty where blocs are only listed.
    """

    bloc_id: str
    name: str
    founded: date
    sources: tuple[str, ...]
    checked: str
    note: str
    n_members: int
    n_possible: int
    members: tuple[BlocMembership, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceAnswer:
    """What is known of a name or code of a place, of a bloc, or which blocs there are.

    Attributes
    ----------
    asked
        The words that were asked about; empty where blocs were.
    on
        The day that was asked about.
    places
        Every country, territory or state that the words can mean.
    towns
        Every town that they can mean.
    town_credit
        The source of the towns and its licence; empty where there is none.
    blocs
        The bloc, or all of them.
    """

    asked: str
    on: date | None
    places: tuple[KnownPlace, ...] = ()
    towns: tuple[Town, ...] = ()
    town_credit: str = ""
    blocs: tuple[KnownBloc, ...] = ()
