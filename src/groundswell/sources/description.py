"""The keys of a manifest that describe a source, and what they say."""

from collections.abc import Mapping
from typing import TypeVar, get_args

from groundswell.core.dates import Window
from groundswell.core.places import WORLD, Place
from groundswell.core.sources import (
    ColumnCaveat,
    Coverage,
    Redistribution,
    Selection,
    Source,
    Subject,
)
from groundswell.core.toml_tables import TomlTable, suggest
from groundswell.language.places import place_of
from groundswell.language.sizes import SIZE_RULES

_TEXTS = ("title", "producer", "version", "citation", "licence", "terms_address")
KEYS = (
    *("source_id", *_TEXTS, "address", "redistribution", "size_rule", "subject", "row"),
    *("biases", "caveats", "how_to_get", "coverage"),
)
"""Keys that a manifest can have, whether it comes with the package or with a file."""

_COVERAGE_KEYS = ("places", "start", "end", "selection", "note", "of_a_file")
_REDISTRIBUTION: dict[str, Redistribution] = {
    word: word for word in get_args(Redistribution)
}
_SELECTION: dict[str, Selection] = {word: word for word in get_args(Selection)}
_SUBJECT: dict[str, Subject] = {word: word for word in get_args(Subject)}
_RULES = {rule: rule for rule in SIZE_RULES}
_RESTRICTIONS: dict[Selection, str] = {
    "one-topic": "topics",
    "one-side": "sides",
    "one-kind": "kinds",
}
UNKNOWN = Source(
    source_id="",
    title="",
    producer="",
    citation="",
    licence="",
    terms_address="",
    redistribution="none",
    coverage=Coverage(places=(), window=Window(), selection="unknown"),
    size_rule="interval",
    biases=(),
    address="",
    how_to_get=(),
)
"""A source of which nothing is known."""

_Word = TypeVar("_Word", bound=str)


def describe_source(table: TomlTable, *, base: Source) -> Source:
    """Read what a manifest says of a source.

    Parameters
    ----------
    table
        The manifest.
    base
        What is known of the source otherwise: all that the manifest leaves out.

    Returns
    -------
    Source
        The source.
    """

    def stated(key: str) -> str:
        return table.text(key) if key in table else str(getattr(base, key))

    def listed(key: str) -> tuple[str, ...]:
        given = table.texts(key, required=False)
        return given if key in table else tuple(getattr(base, key))

    return Source(
        source_id=stated("source_id"),
        title=stated("title"),
        producer=stated("producer"),
        version=stated("version"),
        citation=stated("citation"),
        licence=stated("licence"),
        terms_address=stated("terms_address"),
        address=stated("address"),
        redistribution=_choice(
            table, "redistribution", among=_REDISTRIBUTION, default=base.redistribution
        ),
        size_rule=_choice(table, "size_rule", among=_RULES, default=base.size_rule),
        subject=_choice(table, "subject", among=_SUBJECT, default=base.subject),
        row=stated("row"),
        biases=listed("biases"),
        caveats=_caveats(table) if "caveats" in table else base.caveats,
        how_to_get=listed("how_to_get"),
        coverage=_coverage(table.table("coverage"), base=base.coverage),
    )


def _caveats(table: TomlTable) -> tuple[ColumnCaveat, ...]:
    return tuple(
        ColumnCaveat(column=column, words=words)
        for column, words in table.text_pairs("caveats")
    )


def _coverage(table: TomlTable, *, base: Coverage) -> Coverage:
    table.refuse_unknown((*_COVERAGE_KEYS, *_RESTRICTIONS.values()))
    start = table.day("start") if "start" in table else base.window.start
    end = table.day("end") if "end" in table else base.window.end
    if start and end and end < start:
        raise table.error("end", f"the coverage ends {end}, before it starts {start}.")
    names = table.texts("places", required=False)
    # a note about what is not stated is out of date once it is
    note = "" if names else base.note
    selection = _choice(table, "selection", among=_SELECTION, default=base.selection)
    return Coverage(
        places=tuple(_place(table, name) for name in names) or base.places,
        window=Window(start=start, end=end),
        selection=selection,
        note=table.text("note", default=note) if note or "note" in table else "",
        restricted_to=_restriction(table, selection=selection, base=base),
    )


def _restriction(
    table: TomlTable, *, selection: Selection, base: Coverage
) -> tuple[str, ...]:
    """Read which topics, sides or kinds a restricted source holds."""
    for restriction, key in _RESTRICTIONS.items():
        if key in table and selection != restriction:
            raise table.error(
                key,
                f"they are stated, and the selection is {selection!r}.",
                allowed=f"{key} with selection = {restriction!r}",
            )
    wanted = _RESTRICTIONS.get(selection, "")
    if wanted in table:
        return table.texts(wanted, required=True)
    return base.restricted_to if selection == base.selection else ()


def _place(table: TomlTable, name: str) -> Place:
    place = WORLD if name == "world" else place_of(name)
    if place is None:
        raise table.error(
            "places",
            f"{name!r} is not known as a place.",
            allowed="world, a country, or a state of the United States, by name or code",
            quoting=name,
        )
    return place


def _choice(
    table: TomlTable, key: str, *, among: Mapping[str, _Word], default: _Word
) -> _Word:
    if key not in table:
        return default
    word = table.text(key)
    if word not in among:
        raise table.error(
            key,
            f"{word!r} is not known here.",
            allowed=", ".join(among),
            todo=suggest(word, tuple(among)),
        )
    return among[word]
