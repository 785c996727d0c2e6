"""Blocs of states by the days of membership, and the regions of the M49 standard.

The tables say who belonged to what and when; which blocs make a side of anything is a
decision of whoever asks.
"""

from calendar import monthrange
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from typing import Any

from groundswell.core.blocs import Bloc, DayPrecision, Days, Membership, Region
from groundswell.core.errors import UsageError
from groundswell.language.place_tables import load_table


def blocs() -> tuple[Bloc, ...]:
    """Return every bloc of the tables, in the order of their identifiers.

    Examples
    --------
    >>> [bloc.bloc_id for bloc in blocs()][:3]
    ['african-group', 'arab-league', 'asia-pacific-group']
    """
    return tuple(_blocs().values())


def find_bloc(bloc_id: str) -> Bloc:
    """Return a bloc of the tables.

    Parameters
    ----------
    bloc_id
        Its identifier; `blocs` lists them.

    Raises
    ------
    UsageError
        If the tables have no such bloc.

    Examples
    --------
    >>> find_bloc("un").seats
    (('CHN', 'TWN'), ('RUS', 'SUN'), ('SRB', 'SCG', 'YUG'))
    """
    table = _blocs()
    if bloc_id not in table:
        raise UsageError(
            f"there is no bloc {bloc_id!r}",
            allowed=", ".join(table),
            todo="give the identifier of a bloc",
        )
    return table[bloc_id]


def bloc_members(bloc: str, *, on: date, with_undated: bool = False) -> tuple[str, ...]:
    """Return the states that belonged to a bloc on a day.

    A suspended member is a member; `Membership.suspended` holds the days. A year or a
    month as the day of joining or leaving counts as a whole.

    Parameters
    ----------
    bloc
        Its identifier, `eu` or `g77`; `blocs` lists them.
    on
        The day.
    with_undated
        Whether states count whose day of joining is not known, before the day by which
        they are known as members. They count from the day on which they joined the
        United Nations, so that the answer is the widest that can be true.

    Returns
    -------
    tuple
        ISO 3166 alpha-3 codes, in their order.

    Examples
    --------
    >>> len(bloc_members("eu", on=date(2020, 1, 31)))
    28
    >>> len(bloc_members("eu", on=date(2020, 2, 1)))
    27
    """
    found = find_bloc(bloc)
    members = {
        membership.state
        for membership in found.memberships
        if membership.days.hold(on)
        or (with_undated and _may_hold(membership, bloc=found, on=on))
    }
    return tuple(sorted(members))


def regions() -> tuple[Region, ...]:
    """Return the regions of the M49 standard, in the order of their codes."""
    return tuple(_regions().values())


def region_members(region: str) -> tuple[str, ...]:
    """Return the countries and territories of a region.

    Parameters
    ----------
    region
        The three digits of the standard, `002` for the continent.

    Raises
    ------
    UsageError
        If the standard has no such region.

    Examples
    --------
    >>> region_members("018")
    ('BWA', 'LSO', 'NAM', 'SWZ', 'ZAF')
    """
    table = _regions()
    if region not in table:
        raise UsageError(
            f"there is no region {region!r}",
            allowed=", ".join(f"{known.region_id} {known.name}" for known in regions()),
            todo="give the three digits of a region",
        )
    return table[region].states


def _may_hold(membership: Membership, *, bloc: Bloc, on: date) -> bool:
    """Say whether a state may have joined before the day by which it was a member."""
    days = membership.days
    if days.first_precision != "by" or days.first is None or on >= days.first:
        return False
    return on >= bloc.founded and membership.state in bloc_members("un", on=on)


@cache
def _blocs() -> Mapping[str, Bloc]:
    table = load_table("blocs.toml")
    return {
        bloc_id: Bloc(
            bloc_id=bloc_id,
            name=row["name"],
            founded=row["founded"],
            sources=tuple(row["sources"]),
            checked=row["checked"],
            note=row["note"],
            memberships=tuple(_memberships(row, table)),
            seats=tuple(tuple(codes) for codes in row.get("seats", ())),
        )
        for bloc_id, row in sorted(table.items())
    }


def _memberships(
    row: Mapping[str, Any], table: Mapping[str, Any]
) -> Iterator[Membership]:
    pauses = [
        (pause["state"], _days(pause["from"], pause["until"]), pause.get("note", ""))
        for pause in row.get("suspended", ())
    ]
    for state, days in sorted(_spells(row, table), key=_by_state_and_day):
        own = [
            (pause, note)
            for paused, pause, note in pauses
            if paused == state and pause.first and days.hold(pause.first)
        ]
        yield Membership(
            state=state,
            days=days,
            suspended=tuple(pause for pause, _ in own),
            note=" ".join(note for _, note in own if note),
        )


def _by_state_and_day(spell: tuple[str, Days]) -> tuple[str, date]:
    return spell[0], spell[1].first or date.min


def _spells(
    row: Mapping[str, Any], table: Mapping[str, Any]
) -> Iterator[tuple[str, Days]]:
    """Pair each joining of a state with its next leaving."""
    if "as_in" in row:
        founded = row["founded"]
        for state, days in _spells(table[row["as_in"]], table):
            if state in row["states"] and (days.last is None or days.last >= founded):
                first = max(days.first or founded, founded)
                yield state, Days(first=first, last=days.last)
    leaving: dict[str, list[tuple[date, DayPrecision]]] = {}
    for left in row.get("left", ()):
        for state in left["states"]:
            leaving.setdefault(state, []).append(_day(left["on"], is_last=True))
    for joined in row.get("joined", ()):
        first, precision = _day(joined.get("on", joined.get("by")), is_last=False)
        precision = "by" if "by" in joined else precision
        for state in joined["states"]:
            ends = [end for end in leaving.get(state, ()) if end[0] >= first]
            end: tuple[date | None, DayPrecision] = min(ends) if ends else (None, "day")
            yield (
                state,
                Days(
                    first=first,
                    last=end[0],
                    first_precision=precision,
                    last_precision=end[1],
                ),
            )


def _days(first: date | str | int, last: date | str | int) -> Days:
    start, first_precision = _day(first, is_last=False)
    end, last_precision = _day(last, is_last=True)
    return Days(
        first=start,
        last=end,
        first_precision=first_precision,
        last_precision=last_precision,
    )


def _day(written: date | str | int, *, is_last: bool) -> tuple[date, DayPrecision]:
    """Read a day of the table: a date, a month as `1979-03`, or a year."""
    if isinstance(written, date):
        return written, "day"
    if isinstance(written, int):
        return date(written, 12 if is_last else 1, 31 if is_last else 1), "year"
    year, month = map(int, written.split("-"))
    return date(year, month, monthrange(year, month)[1] if is_last else 1), "month"


@cache
def _regions() -> Mapping[str, Region]:
    table = load_table("regions.toml")
    return {
        code: Region(
            region_id=code,
            name=row["name"],
            parent=row.get("parent", ""),
            states=tuple(sorted(_states_of(code, table))),
        )
        for code, row in sorted(table.items())
    }


def _states_of(region: str, table: Mapping[str, Any]) -> Iterator[str]:
    yield from table[region].get("states", ())
    for code, row in table.items():
        if row.get("parent") == region:
            yield from _states_of(code, table)
