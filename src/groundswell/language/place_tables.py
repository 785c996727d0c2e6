"""The tables of places: read once from the TOML files beside this module.

The files are packaged data, written by people, with their sources at the top of each.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from groundswell.core.places import Place
from groundswell.core.text import fold_words

_UNITED_STATES = "USA"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A place of the tables.

    Attributes
    ----------
    path, name
        As in `groundswell.core.places.Place`.
    names
        Every name that means this place, the printed one first.
    adjectives
        Adjectives and demonyms.
    abbreviations
        Short forms that need a comma before them in running text.
    codes
        Codes that a record's cell may hold.
    former
        Former names with their first and last day, `None` where not recorded.
    first, last
        Days on which the place existed; `None` for an open end.
    note
        A dispute or another name, in neutral words.
    sources
        Documents of a disputed status, with their addresses.
    successors
        Of a former state, the codes of those that stand on its territory today.
    """

    path: tuple[str, ...]
    name: str
    names: tuple[str, ...]
    adjectives: tuple[str, ...] = ()
    abbreviations: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    former: tuple[tuple[str, date | None, date | None], ...] = ()
    first: date | None = None
    last: date | None = None
    note: str = ""
    sources: tuple[str, ...] = ()
    successors: tuple[str, ...] = ()

    def place(self, text: str) -> Place:
        """Return the place as read from a text."""
        return Place(path=self.path, name=self.name, text=text)

    def existed(self, on: date | None) -> bool:
        """Say whether the place existed on a day; always where no day is given."""
        return on is None or _holds(self.first, self.last, on=on)

    def note_on(self, name: str) -> str:
        """Return what a reader should know about the place under one of its names."""
        key = cell_key(name)
        notes = [
            f"{former} is a former name of {self.name}, official until {last}."
            for former, _, last in self.former
            if cell_key(former) == key
        ]
        if self.last:
            notes.append(f"Existed from {self.first} to {self.last}.")
        return " ".join([*notes, self.note]).strip()


class Holder(NamedTuple):
    """A place that bore a name or a code, and its days; `None` is an open end."""

    entry: Entry
    first: date | None = None
    last: date | None = None

    def held(self, on: date) -> bool:
        """Say whether it was this place's on a day."""
        return _holds(self.first, self.last, on=on)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ambiguous:
    """A name of more than one place.

    Attributes
    ----------
    names
        The name, in each of its spellings.
    entries
        The places, in an order that carries no preference.
    cues
        For each place, words that settle the name where they stand near it.
    other_name
        For a place, days on which it bore another name.
    note
        What a reader should know.
    """

    names: tuple[str, ...]
    entries: tuple[Entry, ...]
    cues: Mapping[str, tuple[str, ...]]
    other_name: Mapping[str, tuple[date, date]]
    note: str

    def on(self, day: date | None) -> tuple[Entry, ...]:
        """Return the places that bore the name on a day; none where it is never exact."""
        if len(self.entries) == 1:
            return ()
        return tuple(
            entry
            for entry in self.entries
            if day is None
            or "/".join(entry.path) not in self.other_name
            or not _holds(*self.other_name["/".join(entry.path)], on=day)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceWords:
    """Words around places: see the comments in `place_words.toml`."""

    world: tuple[str, ...]
    many_countries: int
    given_names: frozenset[str]
    locative: tuple[str, ...]
    no_place: tuple[str, ...]
    ambiguous: tuple[Ambiguous, ...]


def cell_key(name: str) -> str:
    """Fold a name so that its spellings meet: case, accents, dots, hyphens, `the`.

    Examples
    --------
    >>> cell_key("The U.S.A."), cell_key("St. Lucia"), cell_key("Côte d’Ivoire")
    ('usa', 'saint lucia', 'cote divoire')
    """
    key = re.sub(r"[.'`\u02bb]", "", fold_words(name)).replace("&", " and ")
    key = " ".join(re.sub(r"[-/,()]", " ", key).split())
    key = re.sub(r"^the | the$", "", key)
    return re.sub(r"\bst ", "saint ", key)


@cache
def entries() -> tuple[Entry, ...]:
    """Return all places of the tables: countries, their parts, US states."""
    return (*_countries(), *_states())


@cache
def place_words() -> PlaceWords:
    """Return the words around places."""
    table = load_table("place_words.toml")
    by_code = entries_by_path()
    return PlaceWords(
        world=tuple(table["world"]),
        many_countries=table["many_countries"],
        given_names=frozenset(table["given_names"]),
        locative=tuple(table["locative"]),
        no_place=tuple(table["no_place"]),
        ambiguous=tuple(
            Ambiguous(
                names=tuple(row["names"]),
                entries=tuple(by_code[code] for code in row["places"]),
                cues={code: tuple(cues) for code, cues in row.get("cues", {}).items()},
                other_name={
                    code: (days["from"], days["until"])
                    for code, days in row.get("other_name", {}).items()
                },
                note=row.get("note", ""),
            )
            for row in table["ambiguous"]
        ),
    )


@cache
def cells() -> Mapping[str, tuple[Entry, ...]]:
    """Return the places by the folded names that a record's cell may hold."""
    found: dict[str, list[Entry]] = {}
    spellings = load_table("spellings.toml")["of"]
    for entry in entries():
        former = [name for name, _, _ in entry.former]
        further = spellings.get("/".join(entry.path), ())
        for name in (*entry.names, *former, *entry.abbreviations, *further):
            named = found.setdefault(cell_key(name), [])
            if entry not in named:
                named.append(entry)
    return {key: tuple(named) for key, named in found.items()}


@cache
def passed_cells() -> Mapping[str, tuple[Holder, ...]]:
    """Return the names that passed from place to place by the folded cell."""
    return {
        cell_key(name): holders(row["holders"])
        for row in load_table("spellings.toml")["by_day"]
        for name in row["names"]
    }


@cache
def ambiguous_cells() -> Mapping[str, Ambiguous]:
    """Return the names of several places by the folded cell."""
    rows = place_words().ambiguous
    return {cell_key(name): row for row in rows for name in row.names}


@cache
def codes() -> Mapping[str, Entry]:
    """Return the places by code: ISO alpha-3, and postal codes of the United States."""
    return {code: entry for entry in entries() for code in entry.codes}


@cache
def entries_by_path() -> Mapping[str, Entry]:
    """Return all places by their path, written `USA/CA`."""
    return {"/".join(entry.path): entry for entry in entries()}


def holders(rows: list[dict[str, Any]]) -> tuple[Holder, ...]:
    """Read the places that held a name or a code in turn, in the order of the days."""
    by_path = entries_by_path()
    return tuple(
        Holder(by_path[row["place"]], row.get("from"), row.get("until")) for row in rows
    )


@cache
def load_table(name: str) -> Mapping[str, Any]:
    """Return a packaged TOML file of this folder as it is written."""
    text = files("groundswell.language").joinpath(name).read_text(encoding="utf-8")
    return tomllib.loads(text)


def _countries() -> Iterator[Entry]:
    for code, row in load_table("countries.toml").items():
        yield _entry((code,), row, codes=(code,))
        for part in row.get("parts", ()):
            yield _entry((code, part["code"]), part)


def _states() -> Iterator[Entry]:
    for code, row in load_table("us_states.toml").items():
        iso = (row["iso3"],) if "iso3" in row else ()
        yield _entry((_UNITED_STATES, code), row, codes=(code, *iso))


def _entry(
    path: tuple[str, ...], row: Mapping[str, Any], *, codes: tuple[str, ...] = ()
) -> Entry:
    return Entry(
        path=path,
        name=f"the {row['name']}" if row.get("the") else row["name"],
        names=(row["name"], *row.get("names", ())),
        adjectives=tuple(row.get("adjectives", ())),
        abbreviations=tuple(row.get("abbreviations", ())),
        codes=codes,
        former=tuple(
            (name["name"], name.get("from"), name.get("until"))
            for name in row.get("former", ())
        ),
        first=row.get("from"),
        last=row.get("until"),
        note=row.get("note", ""),
        sources=tuple(row.get("sources", ())),
        successors=tuple(row.get("successors", ())),
    )


def _holds(first: date | None, last: date | None, *, on: date) -> bool:
    return (first is None or first <= on) and (last is None or on <= last)
