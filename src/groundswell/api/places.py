"""`places`: what the tables know of a name, a code or a bloc."""

from difflib import get_close_matches
from typing import TYPE_CHECKING

from groundswell.core.errors import UsageError
from groundswell.core.place_facts import PlaceAnswer
from groundswell.language.gazetteer import find_town, gazetteer_credit
from groundswell.language.known_places import (
    SYSTEMS,
    known_bloc,
    known_blocs,
    known_places,
)
from groundswell.language.place_tables import cells

if TYPE_CHECKING:
    from datetime import date

    from groundswell.core.place_facts import KnownBloc, Town

_ALLOWED_NAME = (
    "countries and territories, their former names and codes, states of the USA, and "
    "towns from 15,000 people on, there from 500"
)
_ALLOWED_CODE = "a code that the system has, and had on the day if one is given"


def look_up_place(
    name: str = "", *, on: "date | None" = None, system: str = "", bloc: str = ""
) -> PlaceAnswer:
    """Tell what is known of a name or code, of a bloc, or which blocs there are.

    Parameters
    ----------
    name
        A country, a state, a town (alone or as `Paris, TX`) or a code; empty lists blocs.
    on
        The day of which it is asked; left out, all days.
    system
        Read the name only as a code of this system: `iso2`, `iso3`, `iso-numeric`, `cow`,
        `gw` or `fips`.
    bloc
        A bloc whose members are wanted, instead of a name.

    Returns
    -------
    PlaceAnswer
        Everything that it can mean; nothing is guessed.

    Raises
    ------
    UsageError
        If nothing is known by that name, or the arguments contradict each other.
    """
    if system and system not in SYSTEMS:
        raise UsageError(f"There is no system {system!r}.", allowed=", ".join(SYSTEMS))
    if (bloc and name) or (system and not name):
        raise UsageError(
            "A bloc is asked about alone, and a system goes with a code.",
            allowed="NAME, NAME --system SYSTEM, --bloc ID, or none of them",
        )
    if not name.strip():
        found = (_bloc(bloc, on=on),) if bloc else known_blocs(on=on)
        return PlaceAnswer(asked="", on=on, blocs=found)
    places = known_places(name, on=on, system=system)
    towns = () if system else _towns(name)
    if not places and not towns:
        raise UsageError(
            f"Nothing is known by the name or code {name!r}.",
            allowed=_ALLOWED_CODE if system else _ALLOWED_NAME,
            todo=_near(name),
        )
    credit = gazetteer_credit() if towns else ""
    return PlaceAnswer(
        asked=name.strip(), on=on, places=places, towns=towns, town_credit=credit
    )


def _bloc(bloc_id: str, *, on: "date | None") -> "KnownBloc":
    found = known_bloc(bloc_id, on=on)
    if found is None:
        allowed = ", ".join(bloc.bloc_id for bloc in known_blocs())
        raise UsageError(f"There is no bloc {bloc_id!r}.", allowed=allowed)
    return found


def _towns(name: str) -> "tuple[Town, ...]":
    """Find towns of a name, or of what stands before its last comma."""
    found = find_town(name, country=None)
    town, comma, where = name.rpartition(",")
    if found or not comma:
        return found
    paths = [known.place.path for known in known_places(where)]
    return tuple(
        one
        for country, *part in paths
        for one in find_town(town, country=country, admin1=part[0] if part else None)
    )


def _near(name: str) -> str:
    near = get_close_matches(name.lower(), [*cells()], n=5, cutoff=0.75)
    return f"a name that looks like it: {', '.join(near)}" if near else ""
