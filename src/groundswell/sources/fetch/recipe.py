"""Recipes: where each source is to be had, as data."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, get_args

from groundswell.core.errors import UsageError
from groundswell.core.toml_tables import TomlTable, parse_toml, suggest

Kind = Literal["acled", "dataverse", "file", "gdelt-1", "gdelt-2"]

_FOLDER = Path(__file__).parent / "recipes"
_KINDS: dict[str, Kind] = {kind: kind for kind in get_args(Kind)}
_TEXTS = ("dataset", "path", "edition", "listing", "table", "login", "note")
_KEYS = (
    *("source_id", "kind", "base", "about", "files", "leave_out", "unpack", "max_mb"),
    *("event_types", *_TEXTS),
)
_MB = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """Where a source is to be had.

    Attributes
    ----------
    name
        What a user asks for.
    source_id
        The source that its files are of.
    kind
        How it is asked.
    base
        Scheme and host; a test has another.
    about
        What comes, in a sentence.
    most_bytes
        Largest file that is taken, packed or not.
    dataset
        Of a Dataverse: the persistent identifier.
    path
        Below the base; `{edition}` stands for the edition without its point.
    edition
        The one that is taken unless the user names another.
    files, leave_out
        Patterns of names of files: those of the first that any file has are taken, but
        for those to leave all the same.
    unpack
        Patterns of names within an archive; without any the file is no archive.
    listing
        Path of the list of files with their checksums.
    table
        Of GDELT 2.0: which of its tables.
    login
        Path where a token is to be had.
    event_types
        Of ACLED: which rows are asked for.
    note
        What somebody who uses the files should know.
    """

    name: str
    source_id: str
    kind: Kind
    base: str
    about: str
    most_bytes: int
    dataset: str
    path: str
    edition: str
    files: tuple[str, ...]
    leave_out: tuple[str, ...]
    unpack: tuple[str, ...]
    listing: str
    table: str
    login: str
    event_types: tuple[str, ...]
    note: str

    @property
    def takes_days(self) -> bool:
        """Whether a user says which days to fetch."""
        return self.kind in {"acled", "gdelt-1", "gdelt-2"}


def list_recipes() -> tuple[Recipe, ...]:
    """List what can be fetched, by name."""
    return tuple(_recipes().values())


def load_recipe(name: str) -> Recipe:
    """Load a recipe.

    Parameters
    ----------
    name
        What a user asks for.

    Returns
    -------
    Recipe
        It.

    Raises
    ------
    UsageError
        If nothing of that name can be fetched.

    Examples
    --------
    >>> load_recipe("ccc-phase3").dataset
    'doi:10.7910/DVN/RI9JFU'
    """
    known = _recipes()
    if name not in known:
        of_source = [one.name for one in known.values() if one.source_id == name]
        raise UsageError(
            f"Nothing called {name!r} can be fetched.",
            allowed=", ".join(of_source or known),
            todo=suggest(name, tuple(known)) or "groundswell sources, to get it by hand",
        )
    return known[name]


@cache
def _recipes() -> dict[str, Recipe]:
    paths = sorted(_FOLDER.glob("*.toml"), key=lambda path: path.stem)
    return {path.stem: _read(path) for path in paths}


def _read(path: Path) -> Recipe:
    table = parse_toml(path.read_text(encoding="utf-8"), name=path.name)
    table.refuse_unknown(_KEYS)
    texts = {key: table.text(key, default="") for key in _TEXTS}
    return Recipe(
        name=path.stem,
        source_id=table.identifier("source_id"),
        kind=_KINDS[table.text("kind")],
        base=table.text("base"),
        about=table.text("about"),
        most_bytes=table.count("max_mb") * _MB,
        files=_listed(table, "files"),
        leave_out=_listed(table, "leave_out"),
        unpack=_listed(table, "unpack"),
        event_types=_listed(table, "event_types"),
        **texts,
    )


def _listed(table: TomlTable, key: str) -> tuple[str, ...]:
    return table.texts(key, required=False)
