"""Manifests of sources: those that come with the package, and the one beside a file."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from groundswell.core.errors import DefinitionError, UsageError
from groundswell.core.sources import Source
from groundswell.core.toml_tables import TomlTable, parse_toml, suggest
from groundswell.sources.coverage import Rate
from groundswell.sources.description import KEYS, UNKNOWN, describe_source

_SHIPPED = Path(__file__).parent / "manifests"
_MAX_BYTES = 1_000_000
_RATE_KEYS = ("usual", "fewest", "note")
_SNAPSHOT_KEYS = ("sha256", "taken", "note")


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
        return describe_source(self.table, base=source)


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
    table.refuse_unknown((*KEYS, "taken"))
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
        table.refuse_unknown((*KEYS, "snapshot", "rate"))
        found[path.stem] = _Shipped(
            source=describe_source(table, base=UNKNOWN),
            snapshots=dict(map(_known_file, table.tables("snapshot"))),
            is_stated="of_a_file" in table.table("coverage"),
            rate=_rate(table.table("rate")) if "rate" in table else None,
        )
    return found


def _known_file(table: TomlTable) -> tuple[str, date]:
    table.refuse_unknown(_SNAPSHOT_KEYS)
    return table.text("sha256"), table.day("taken")


def _rate(table: TomlTable) -> Rate:
    table.refuse_unknown(_RATE_KEYS)
    usual, fewest = table.count("usual"), table.count("fewest")
    return Rate(usual=usual, fewest=fewest, note=table.text("note"))


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
