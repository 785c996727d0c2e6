"""What the tables say of a place, whatever it is called by: a name or a code."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import cache, lru_cache
from typing import Any, get_args

from groundswell.core.blocs import Bloc, Days
from groundswell.core.place_facts import (
    BlocMembership,
    FormerName,
    KnownBloc,
    KnownPlace,
    PlaceCode,
)
from groundswell.core.places import Place
from groundswell.language.blocs import bloc_members, blocs, regions
from groundswell.language.place_tables import (
    Entry,
    ambiguous_cells,
    cell_key,
    cells,
    entries,
    load_table,
)
from groundswell.language.states import CODE_NUMBER, System

SYSTEMS: tuple[System, ...] = get_args(System)


def known_places(
    name: str, *, on: date | None = None, system: str = ""
) -> tuple[KnownPlace, ...]:
    """Tell what is known of every country, territory or state that a name can mean.

    Parameters
    ----------
    name
        A name or a code.
    on
        The day of which it is asked; what did not exist then is told too, and so marked.
    system
        Read it only as a code of this system; empty reads names, and codes of all.

    Returns
    -------
    tuple
        The places, those by name first; empty where none is known.

    Examples
    --------
    >>> [(found.place.code, found.read_as) for found in known_places("Burma")]
    [('MMR', ('former name',))]
    >>> [(found.place.code, found.read_as) for found in known_places("CH")]
    [('CHE', ('iso2 code',)), ('CHN', ('fips code',))]
    """
    found: dict[tuple[str, ...], list[str]] = {}
    for path, words in _readings(name.strip(), on=on, system=system):
        read_as = found.setdefault(path, [])
        if words not in read_as:
            read_as.append(words)
    by_path = {entry.path: entry for entry in entries()}
    return tuple(
        _known(by_path[path], read_as=tuple(read_as), on=on)
        for path, read_as in found.items()
    )


def _readings(
    name: str, *, on: date | None, system: str
) -> Iterator[tuple[tuple[str, ...], str]]:
    if not system:
        yield from _by_name(name)
    number = CODE_NUMBER.fullmatch(name)
    cell = number[1] if number else name.upper()
    for one in [system] if system else SYSTEMS:
        for path, code in _coded().get((one, cell), ()):
            if on is None or code.days.hold(on):
                yield path, f"{one} code"


def _by_name(name: str) -> Iterator[tuple[tuple[str, ...], str]]:
    key = cell_key(name)
    named = [*cells().get(key, ())]
    if key in ambiguous_cells():
        named += ambiguous_cells()[key].entries
    for entry in named:
        is_former = any(cell_key(former) == key for former, _, _ in entry.former)
        yield entry.path, "former name" if is_former else "name"
    for entry in entries():
        if len(entry.path) > 1 and name.upper() in entry.codes[:1]:
            yield entry.path, "postal code"


def _known(entry: Entry, *, read_as: tuple[str, ...], on: date | None) -> KnownPlace:
    row = _rows()[entry.path]
    return KnownPlace(
        place=entry.place(""),
        read_as=read_as,
        names=entry.names[1:],
        former=tuple(
            FormerName(name=name, days=Days(first=first, last=last))
            for name, first, last in entry.former
        ),
        status=row.get("status", row.get("kind", "")),
        note=entry.note,
        days=Days(first=entry.first, last=entry.last),
        is_there=None if on is None else entry.existed(on),
        predecessors=_places(_predecessors().get(entry.path[0], ()), of=entry),
        successors=_places(row.get("successors", ()), of=entry),
        regions=_regions_of(entry),
        codes=_codes().get(entry.path, ()),
        memberships=_by_member(on).get(entry.path, ()),
    )


def known_blocs(*, on: date | None = None) -> tuple[KnownBloc, ...]:
    """List the blocs with the number of their members, on a day or now."""
    return tuple(_known_bloc(bloc, on=on) for bloc in blocs())


def known_bloc(bloc_id: str, *, on: date | None = None) -> KnownBloc | None:
    """Tell who was a member of a bloc on a day, or ever; `None` where there is none.

    Examples
    --------
    >>> known_bloc("eu", on=date(2020, 2, 1)).n_members
    27
    """
    for bloc in blocs():
        if bloc.bloc_id == bloc_id:
            held = tuple(m for m in _memberships(bloc, on=on) if m.is_held is not False)
            return replace(_known_bloc(bloc, on=on), members=held)
    return None


def _known_bloc(bloc: Bloc, *, on: date | None) -> KnownBloc:
    if on is None:
        now = {one.state for one in bloc.memberships if one.days.last is None}
        n_members = n_possible = len(now)
    else:
        n_members = len(bloc_members(bloc.bloc_id, on=on))
        n_possible = len(bloc_members(bloc.bloc_id, on=on, with_undated=True))
    return KnownBloc(
        bloc_id=bloc.bloc_id,
        name=bloc.name,
        founded=bloc.founded,
        sources=bloc.sources,
        checked=bloc.checked,
        note=bloc.note,
        n_members=n_members,
        n_possible=n_possible,
        members=(),
    )


@lru_cache(maxsize=8)
def _by_member(
    on: date | None,
) -> Mapping[tuple[str, ...], tuple[BlocMembership, ...]]:
    """Return the memberships of each state in all blocs."""
    found: dict[tuple[str, ...], list[BlocMembership]] = {}
    for bloc in blocs():
        for one in _memberships(bloc, on=on):
            found.setdefault(one.place.path, []).append(one)
    return {path: tuple(memberships) for path, memberships in found.items()}


def _memberships(bloc: Bloc, *, on: date | None) -> Iterator[BlocMembership]:
    possible = set()
    if on is not None:
        possible = {*bloc_members(bloc.bloc_id, on=on, with_undated=True)}
    for one in bloc.memberships:
        is_open = one.days.first_precision == "by" and one.state in possible
        is_held = on is not None and one.days.hold(on)
        yield BlocMembership(
            bloc_id=bloc.bloc_id,
            bloc_name=bloc.name,
            place=_by_iso3()[one.state].place(""),
            days=one.days,
            suspended=one.suspended,
            note=one.note,
            is_held=is_held if is_held or not (on is None or is_open) else None,
        )


def _regions_of(entry: Entry) -> tuple[str, ...]:
    """Return the names of the regions of a place, widest first, but not the world."""
    of_place = {entry.path[-1], *entry.codes}
    found = [
        region for region in regions() if region.parent and of_place & {*region.states}
    ]
    return tuple(r.name for r in sorted(found, key=lambda region: -len(region.states)))


@cache
def _by_iso3() -> Mapping[str, Entry]:
    return {entry.path[0]: entry for entry in entries() if len(entry.path) == 1}


def _places(codes: tuple[str, ...], *, of: Entry) -> tuple[Place, ...]:
    return tuple(_by_iso3()[code].place("") for code in codes if len(of.path) == 1)


@cache
def _predecessors() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for code, row in load_table("countries.toml").items():
        for successor in row.get("successors", ()):
            found[successor] = (*found.get(successor, ()), code)
    return found


@cache
def _rows() -> Mapping[tuple[str, ...], Mapping[str, Any]]:
    """Return the rows of the tables by path."""
    rows: dict[tuple[str, ...], Mapping[str, Any]] = {}
    for code, row in load_table("countries.toml").items():
        rows[code,] = row
        rows |= {(code, part["code"]): part for part in row.get("parts", ())}
    states = load_table("us_states.toml")
    rows |= {e.path: states[e.path[1]] for e in entries() if len(e.path) > 1 and e.codes}
    return rows


@cache
def _codes() -> Mapping[tuple[str, ...], tuple[PlaceCode, ...]]:
    """Return the codes of every place, in the order of the systems."""
    found: dict[tuple[str, ...], list[PlaceCode]] = {}
    for path, code in _code_rows():
        found.setdefault(path, []).append(code)
    return {
        path: tuple(sorted(codes, key=lambda code: SYSTEMS.index(code.system)))
        for path, codes in found.items()
    }


@cache
def _coded() -> Mapping[tuple[str, str], tuple[tuple[tuple[str, ...], PlaceCode], ...]]:
    """Return the places by system and code, numbers without leading zeros."""
    found: dict[tuple[str, str], list[tuple[tuple[str, ...], PlaceCode]]] = {}
    for path, code in _code_rows():
        bare = code.code.lstrip("0") if code.code.isdigit() else code.code
        found.setdefault((code.system, bare), []).append((path, code))
    return {key: tuple(held) for key, held in found.items()}


def _code_rows() -> Iterator[tuple[tuple[str, ...], PlaceCode]]:
    always = Days()
    for entry in entries():
        if len(entry.path) == 1:
            iso3 = PlaceCode(system="iso3", code=entry.path[0], days=always)
            yield entry.path, iso3
    table = load_table("codes.toml")
    for path, systems in table["of"].items():
        for system, codes in systems.items():
            for code in [codes] if isinstance(codes, str) else codes:
                found = PlaceCode(system=system, code=code, days=always)
                yield tuple(path.split("/")), found
    for row in table["by_day"]:
        for holder in row["holders"]:
            days = Days(first=holder.get("from"), last=holder.get("until"))
            found = PlaceCode(system=row["system"], code=row["code"], days=days)
            yield tuple(holder["place"].split("/")), found
