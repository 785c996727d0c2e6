"""Manifests of sources: those that come with the package, and the one beside a file."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import TypeVar, get_args

from groundswell.core.dates import Window
from groundswell.core.errors import DefinitionError, UsageError
from groundswell.core.places import WORLD, Place
from groundswell.core.sources import Coverage, Redistribution, Selection, Source
from groundswell.core.toml_tables import TomlTable, parse_toml, suggest
from groundswell.language.places import place_of
from groundswell.language.sizes import SIZE_RULES
from groundswell.sources.coverage import Rate

_SHIPPED = Path(__file__).parent / "manifests"
_MAX_BYTES = 1_000_000
_TEXTS = ("title", "producer", "citation", "licence", "terms_address", "address")
_KEYS = (
    *("source_id", *_TEXTS, "redistribution", "size_rule", "biases", "how_to_get"),
    "coverage",
)
_COVERAGE_KEYS = ("places", "start", "end", "selection", "note", "of_a_file")
_REDISTRIBUTION: dict[str, Redistribution] = {
    word: word for word in get_args(Redistribution)
}
_SELECTION: dict[str, Selection] = {word: word for word in get_args(Selection)}
_RULES = {rule: rule for rule in SIZE_RULES}
_UNKNOWN = Source(
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
_RATE_KEYS = ("usual", "fewest", "note")
_Word = TypeVar("_Word", bound=str)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shipped:
    """What a manifest that comes with the package says."""

    source: Source
    snapshots: Mapping[str, date]
    is_stated: bool
    rate: Rate | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What the manifest beside a file says of the source and of this file.

    Attributes
    ----------
    taken
        Day on which the file was taken; `None` where it does not say.
    table
        The manifest itself, for `describe`.
    """

    taken: date | None
    table: TomlTable

    @property
    def source_id(self) -> str:
        """The source it names; empty where it names none."""
        return self.table.text("source_id", default="")

    @property
    def states_coverage(self) -> bool:
        """Whether it says which places the file covers."""
        return "places" in self.table.table("coverage")

    @property
    def states_selection(self) -> bool:
        """Whether it says which protests were looked for."""
        return "selection" in self.table.table("coverage")

    def describe(self, source: Source) -> Source:
        """Return a source with all that the manifest states in place of its own."""
        return _source(self.table, base=source)


def load_source(source_id: str) -> Source:
    """Load a source that comes with the package.

    Parameters
    ----------
    source_id
        Its identifier.

    Returns
    -------
    Source
        The source.

    Raises
    ------
    UsageError
        If there is no such source.

    Examples
    --------
    >>> load_source("ccc-phase3").coverage.selection
    'all'
    """
    shipped = _shipped()
    if source_id not in shipped:
        raise UsageError(
            f"There is no source {source_id!r}.",
            allowed=", ".join(shipped),
            todo=suggest(source_id, tuple(shipped)) or "groundswell sources",
        )
    return shipped[source_id].source


def list_sources() -> tuple[Source, ...]:
    """List the sources that come with the package, by identifier."""
    return tuple(one.source for one in _shipped().values())


def known_snapshot(sha256: str) -> date | None:
    """Find the day on which a file that was published under a hash was taken.

    Parameters
    ----------
    sha256
        Of the file.

    Returns
    -------
    date or None
        The day; `None` where no manifest lists the file.
    """
    for one in _shipped().values():
        if sha256 in one.snapshots:
            return one.snapshots[sha256]
    return None


def usual_rate(source: Source) -> Rate | None:
    """Find how many rows a day the files of a source usually have.

    Parameters
    ----------
    source
        The source, as a manifest beside a file may have described it.

    Returns
    -------
    Rate or None
        `None` where nobody measured it, or for other places than it was measured for.
    """
    known = _shipped().get(source.source_id)
    if known is None or known.source.coverage.places != source.coverage.places:
        return None
    return known.rate


def covers_as_stated(source_id: str) -> bool:
    """Say whether a file of a source covers only what a manifest beside it states.

    So it is with an export that its user chose, and with a table of one's own; a file of
    another source covers the places of the source.
    """
    shipped = _shipped()
    return source_id not in shipped or shipped[source_id].is_stated


def read_manifest(path: Path) -> Manifest:
    """Read a manifest that a person wrote about one file.

    It states what it knows better than the shipped manifest of the source: any key of
    that, and `taken`, the day on which the file was taken.

    Parameters
    ----------
    path
        A TOML file.

    Returns
    -------
    Manifest
        What it says.
    """
    table = _read(path)
    table.refuse_unknown((*_KEYS, "taken"))
    if "source_id" in table:
        table.identifier("source_id")
    taken = table.day("taken") if "taken" in table else None
    manifest = Manifest(taken=taken, table=table)
    manifest.describe(load_source("own"))
    return manifest


@cache
def _shipped() -> dict[str, _Shipped]:
    found: dict[str, _Shipped] = {}
    for path in sorted(_SHIPPED.glob("*.toml")):
        table = _read(path)
        table.refuse_unknown((*_KEYS, "snapshot", "rate"))
        found[path.stem] = _Shipped(
            source=_source(table, base=_UNKNOWN),
            snapshots={
                t.text("sha256"): t.day("taken") for t in table.tables("snapshot")
            },
            is_stated="of_a_file" in table.table("coverage"),
            rate=_rate(table.table("rate")) if "rate" in table else None,
        )
    return found


def _rate(table: TomlTable) -> Rate:
    table.refuse_unknown(_RATE_KEYS)
    usual, fewest = table.count("usual"), table.count("fewest")
    return Rate(usual=usual, fewest=fewest, note=table.text("note"))


def _source(table: TomlTable, *, base: Source) -> Source:
    """Read a source; what the table leaves out stays as in `base`."""

    def stated(key: str) -> str:
        return table.text(key) if key in table else str(getattr(base, key))

    def listed(key: str) -> tuple[str, ...]:
        given = table.texts(key, required=False)
        return given if key in table else tuple(getattr(base, key))

    return Source(
        source_id=stated("source_id"),
        title=stated("title"),
        producer=stated("producer"),
        citation=stated("citation"),
        licence=stated("licence"),
        terms_address=stated("terms_address"),
        address=stated("address"),
        redistribution=_choice(
            table, "redistribution", among=_REDISTRIBUTION, default=base.redistribution
        ),
        size_rule=_choice(table, "size_rule", among=_RULES, default=base.size_rule),
        biases=listed("biases"),
        how_to_get=listed("how_to_get"),
        coverage=_coverage(table.table("coverage"), base=base.coverage),
    )


def _coverage(table: TomlTable, *, base: Coverage) -> Coverage:
    table.refuse_unknown(_COVERAGE_KEYS)
    start = table.day("start") if "start" in table else base.window.start
    end = table.day("end") if "end" in table else base.window.end
    if start and end and end < start:
        raise table.error("end", f"the coverage ends {end}, before it starts {start}.")
    names = table.texts("places", required=False)
    # a note about what is not stated is out of date once it is
    note = "" if names else base.note
    return Coverage(
        places=tuple(_place(table, name) for name in names) or base.places,
        window=Window(start=start, end=end),
        selection=_choice(table, "selection", among=_SELECTION, default=base.selection),
        note=table.text("note", default=note) if note or "note" in table else "",
    )


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


def _read(path: Path) -> TomlTable:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise DefinitionError(
            f"{path} cannot be read: {error.strerror}.", allowed="a manifest in TOML"
        ) from error
    return parse_toml(decode_toml(data, name=path.name), name=path.name)


def decode_toml(data: bytes, *, name: str) -> str:
    """Decode the bytes of a TOML file that a person wrote.

    Parameters
    ----------
    data
        The whole file.
    name
        Its name, for messages.

    Returns
    -------
    str
        Its text.

    Raises
    ------
    DefinitionError
        If it is far too long for a definition, or not UTF-8.
    """
    if len(data) > _MAX_BYTES:
        raise DefinitionError(
            f"{name} has {len(data):,} bytes.",
            allowed=f"a TOML file of at most {_MAX_BYTES:,} bytes",
        )
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise DefinitionError(
            f"{name}, line {line}: byte {error.start} is not UTF-8.",
            allowed="a TOML file saved as UTF-8",
        ) from error
