"""Words of cells as values: each distinct text is read once, and joined back in SQL."""

# ruff: noqa: S608 (names of our own tables and columns only)

import math
from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Literal, NamedTuple

from groundswell.engine.workspace import Workspace
from groundswell.ingest.cells import Cells
from groundswell.ingest.mapping import DATES, INTERVALS, Mapping
from groundswell.language.dates import DateOrder, read_date
from groundswell.language.place_tables import cell_key, entries, passed_cells
from groundswell.language.places import country_of, place_of
from groundswell.language.sizes import read_size
from groundswell.language.states import System, state_of_code

COUNTS = ("n_arrests", "n_injured", "n_killed")
MOST_PEOPLE = 10_000_000_000


def read_values(workspace: Workspace, cells: Cells) -> None:
    """Read the distinct texts of dates, numbers and places.

    Makes the tables `value_date`, `value_date_end`, `value_published_at` (`text`,
    `first`, `last`, `precision`, `problem`), `value_number` (`text`, `low`, `high`,
    `problem`), `value_place` (`country_text`, `admin1_text`, `country`, `admin1` and
    what was odd) and `value_state` (`country_text`, `day`, `country`); each of them is
    empty where the file has no such column.

    Parameters
    ----------
    workspace
        Where the records are.
    cells
        Cells of the file.
    """
    for target in DATES:
        order = cells.uses[target][0].use.order if target in cells.uses else "ymd"
        texts = _distinct(workspace, cells, targets=(target,))
        _put_dates(workspace, texts, target=target, order=order)
    numbers = _distinct(workspace, cells, targets=(*INTERVALS, *COUNTS))
    _put_sizes(workspace, numbers, table="value_number", rule="interval")
    _put_places(workspace, cells)


def read_sizes(workspace: Workspace, cells: Cells, *, rule: str) -> None:
    """Read the distinct words for crowd sizes under a rule, as the table `value_size`."""
    sizes = _distinct(workspace, cells, targets=("size_text",))
    _put_sizes(workspace, sizes, table="value_size", rule=rule)


def _distinct(workspace: Workspace, cells: Cells, *, targets: Sequence[str]) -> list[str]:
    present = [target for target in targets if target in cells.uses]
    if not present:
        return []
    parts = " UNION ".join(
        f"SELECT DISTINCT {target} AS text FROM ({cells.select(target)})"
        for target in present
    )
    query = f"SELECT text FROM ({parts}) WHERE text IS NOT NULL ORDER BY text"
    return [str(text) for text in workspace.arrays(query)["text"]]


def _put_dates(
    workspace: Workspace, texts: Sequence[str], *, target: str, order: DateOrder
) -> None:
    read = [read_date(text, order=order) for text in texts]
    workspace.put(
        f"value_{target}",
        {
            "text": texts,
            "first": [one.start for one in read],
            "last": [one.end for one in read],
            "precision": [one.precision for one in read],
            "problem": [one.problem for one in read],
        },
        types={"first": "DATE", "last": "DATE"},
    )


def _put_sizes(
    workspace: Workspace, texts: Sequence[str], *, table: str, rule: str
) -> None:
    read = [_read_people(text, rule=rule) for text in texts]
    workspace.put(
        table,
        {
            "text": texts,
            "low": [one.low for one in read],
            "high": [one.high for one in read],
            "problem": [one.problem for one in read],
        },
        types={"low": "BIGINT", "high": "BIGINT"},
    )


class _People(NamedTuple):
    """A number of people: the rule's lowest and highest, or what the words allow."""

    low: int | None
    high: int | None
    problem: str = ""


def _read_people(text: str, *, rule: str) -> _People:
    size = read_size(text, rule=rule)
    low: float | None = size.low
    high: float | None = size.high
    if size.pairs:
        low, high = size.pairs[0]
    if low is None and high is None:
        return _People(None, None, size.problem or "no number could be read")
    if max(low or 0, high or 0) > MOST_PEOPLE:
        return _People(None, None, "more people than there are")
    return _People(
        None if low is None else math.floor(low),
        None if high is None else math.ceil(high),
    )


def _put_places(workspace: Workspace, cells: Cells) -> None:
    shown = [
        target if target in cells.uses else f"CAST(NULL AS VARCHAR) AS {target}"
        for target in ("country", "admin1")
    ]
    found = workspace.arrays(
        f"SELECT DISTINCT {', '.join(shown)} FROM ({cells.select('country', 'admin1')}) "
        "ORDER BY country, admin1"
    )
    system = cells.uses["country"][0].use.system if "country" in cells.uses else ""
    places = [
        _read_place(country, admin1, mapping=cells.mapping, system=system)
        for country, admin1 in zip(found["country"], found["admin1"], strict=True)
    ]
    workspace.put(
        "value_place",
        {
            "country_text": found["country"],
            "admin1_text": found["admin1"],
            "country": [place.country for place in places],
            "admin1": [place.admin1 for place in places],
            "is_country_unknown": [place.is_country_unknown for place in places],
            "is_admin1_unknown": [place.is_admin1_unknown for place in places],
            "is_alias": [place.is_alias for place in places],
        },
        types=dict.fromkeys(_FLAGS, "BOOLEAN"),
    )
    _put_states_by_day(workspace, cells, system=system)


def _put_states_by_day(
    workspace: Workspace, cells: Cells, *, system: System | Literal[""]
) -> None:
    """Read the countries that only the day tells: a code or a name of several states."""
    days: list[tuple[str, date]] = []
    if "country" in cells.uses:
        found = workspace.arrays(
            "SELECT DISTINCT p.country_text, v.first "
            f"FROM ({cells.select('country', 'date')}) AS c "
            "JOIN value_place AS p "
            "ON p.country_text = c.country AND p.is_country_unknown "
            "JOIN value_date AS v ON v.text = c.date WHERE v.first IS NOT NULL "
            "ORDER BY p.country_text, v.first"
        )
        texts = (str(text) for text in found["country_text"])
        days = list(zip(texts, found["first"].astype(object).tolist(), strict=True))
    read = [
        (text, day, path[0])
        for text, day in days
        if (path := _country_path(text, system=system, on=day))
    ]
    workspace.put(
        "value_state",
        {
            "country_text": [text for text, _, _ in read],
            "day": [day for _, day, _ in read],
            "country": [country for _, _, country in read],
        },
        types={"day": "DATE"},
    )


class _Place(NamedTuple):
    """Country and first-level unit of a record, and what was odd about their cells."""

    country: str | None = None
    admin1: str | None = None
    is_country_unknown: bool = False
    is_admin1_unknown: bool = False
    is_alias: bool = False


def _read_place(
    country_text: str | None,
    admin1_text: str | None,
    *,
    mapping: Mapping,
    system: System | Literal[""],
) -> _Place:
    named = _alias(country_text, mapping=mapping, target="country")
    unit = _alias(admin1_text, mapping=mapping, target="admin1")
    path = _country_path(named, system=system) if named else ()
    if not named and unit:
        place = place_of(unit)
        path = place.path if place else ()
    country = path[0] if path else None
    admin1 = path[1] if len(path) > 1 else None
    is_unknown = False
    if unit:
        within = place_of(unit, within=(country,)) if country else None
        is_unknown = within is None and (not country or country in _with_units())
        admin1 = within.path[1] if within else unit
    return _Place(
        country=country,
        admin1=admin1,
        is_country_unknown=bool(named) and country is None,
        is_admin1_unknown=is_unknown,
        is_alias=(named, unit) != (country_text, admin1_text),
    )


@cache
def _with_units() -> frozenset[str]:
    """Countries whose first-level units are in our tables."""
    return frozenset(entry.path[0] for entry in entries() if len(entry.path) > 1)


def _alias(text: str | None, *, mapping: Mapping, target: str) -> str | None:
    return mapping.aliases.get(target, {}).get(text, text) if text else None


def _country_path(
    text: str, *, system: System | Literal[""], on: date | None = None
) -> tuple[str, ...]:
    if system:
        place = state_of_code(text, system=system, on=on)
    elif on is None and cell_key(text) in passed_cells():
        place = None  # a name that passed on means nothing without its day
    else:
        place = country_of(text, on=on)
    return place.path if place else ()


_FLAGS = ("is_country_unknown", "is_admin1_unknown", "is_alias")
