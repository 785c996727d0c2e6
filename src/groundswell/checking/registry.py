"""The registry of published figures: TOML files, one per release, checked when read.

A file holds `[[figure]]` tables; what they share may stand once in a `[common]` table. An
entry is written down as it was printed, and its scope is always closed: where print
leaves an end open, the window ends on the last day that the text names, and the note says
so. `side` is a code of the codebook's side dimension, or words where `codebook` is empty.
"""

import re
import tomllib
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, get_args

from groundswell.checking.figure_values import read_tally, read_values
from groundswell.checking.toml_keys import TomlKeys, shown
from groundswell.core.dates import Window
from groundswell.core.errors import DefinitionError, UsageError
from groundswell.core.figures import Figure, ReadStatus
from groundswell.core.hashes import sha256_bytes, sha256_text
from groundswell.core.places import Place

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

_FIGURE_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_ADDRESS = re.compile(r"https?://\S+")
_MOST_SCOPE_WORDS = 25


def load_figures(extra: "Sequence[Path]" = ()) -> tuple[Figure, ...]:
    """Read every published figure that ships, and those of a user's own files.

    Parameters
    ----------
    extra
        TOML files in the same form, read after the shipped ones; one that cannot be
        opened is a `UsageError`.

    Returns
    -------
    tuple of Figure
        In the order of the files (the shipped ones by name) and of their entries.

    Examples
    --------
    >>> figures = {figure.figure_id: figure for figure in load_figures()}
    >>> for value in figures["acled-2023-10-world-pro-palestine"].values:
    ...     print(f"{value.value:.3f} {value.definition}")
    0.860 as printed: about 86%
    0.877 3,761 of 4,290 events that take a side
    0.858 3,761 of 4,385 events of all classes, neutral ones included
    0.895 3,761 of 4,200 distinct events
    """
    return read_figures([(str(path), _bytes_of(path)) for path in extra])


def read_figures(extra: "Sequence[tuple[str, bytes]]") -> tuple[Figure, ...]:
    """Read the registry and further entries from their bytes; see `load_figures`.

    Parameters
    ----------
    extra
        Name and bytes of further files of the same form.

    Returns
    -------
    tuple of Figure
        The shipped figures first.

    Raises
    ------
    DefinitionError
        If a file is not what it should be, or two entries have the same id; the message
        names file, entry and key.
    """
    named = [*_shipped_figures()]
    for name, data in extra:
        named += _read_file(data, name=name)
    home: dict[str, str] = {}
    for name, figure in named:
        if figure.figure_id in home:
            raise DefinitionError(
                f"{name}: the id {figure.figure_id!r} is taken already, "
                f"in {home[figure.figure_id]}.",
                allowed="one entry for each id, over all files",
            )
        home[figure.figure_id] = name
    return tuple(figure for _, figure in named)


def registry_sha256() -> str:
    """Hash the shipped files, as `sha256sum *.toml | sha256sum` does in their folder."""
    lines = [f"{sha256_bytes(data)}  {name}\n" for name, data in _shipped().items()]
    return sha256_text("".join(lines))


@cache
def _shipped_figures() -> tuple[tuple[str, Figure], ...]:
    read = [_read_file(data, name=name) for name, data in _shipped().items()]
    return tuple(named for entries in read for named in entries)


def _shipped() -> dict[str, bytes]:
    folder = files("groundswell.checking").joinpath("figures")
    found = [file for file in folder.iterdir() if file.name.endswith(".toml")]
    return {file.name: file.read_bytes() for file in sorted(found, key=lambda f: f.name)}


def _bytes_of(path: "Path") -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise UsageError(
            f"The file {path} cannot be opened: {error.strerror}.",
            allowed="a TOML file of published figures",
            todo="groundswell figures, which lists those that ship",
        ) from error


def _read_file(data: bytes, *, name: str) -> list[tuple[str, Figure]]:
    try:
        # Decimal keeps the decimals that were printed: 0.90 is not 0.9
        content = tomllib.loads(data.decode("utf-8"), parse_float=Decimal)
    except (ValueError, ArithmeticError, RecursionError) as error:
        raise DefinitionError(
            f"{name} is not TOML in UTF-8: {error}.", allowed="TOML 1.0 in UTF-8"
        ) from error
    top = TomlKeys(content, where=name)
    common = top.take("common", dict, default={})
    entries = top.take("figure", list)
    top.finish()
    return [
        (name, _read_entry(entry, common=common, where=f"{name}, figure {number}"))
        for number, entry in enumerate(entries, start=1)
    ]


def _read_entry(entry: object, *, common: "Mapping[str, Any]", where: str) -> Figure:
    if not isinstance(entry, dict):
        raise DefinitionError(
            f"{where} is {shown(entry)}.", allowed="a table, [[figure]]"
        )
    keys = TomlKeys({**common, **entry}, where=where)
    figure_id = keys.words("id")
    if not _FIGURE_ID.fullmatch(figure_id):
        keys.refuse("id", f"is {shown(figure_id)}", allowed="a-z, 0-9 and single hyphens")
    keys.where = f"{where} ({figure_id})"
    tally = read_tally(keys)
    figure = Figure(
        figure_id=figure_id,
        statistic=tally.statistic,
        codebook_id=keys.take("codebook", str),
        side=tally.side,
        among=tally.among,
        unit=tally.unit,
        window=_read_window(keys.table_of("window")),
        place=_read_place(keys.table_of("place")),
        values=read_values(keys, tally=tally),
        counts=tuple(tally.counts.items()),
        producer=keys.words("producer"),
        publisher=keys.words("publisher"),
        published=keys.take("published", date),
        address=_read_address(keys, "address"),
        archived=_read_address(keys, "archived"),
        read=keys.choice("read", get_args(ReadStatus)),
        read_on=keys.take("read_on", date) if keys.has("read_on") else None,
        scope_words=keys.words("scope_words"),
        note=_read_note(keys),
    )
    keys.finish()
    _check_order(keys, figure=figure)
    _check_reading(keys, figure=figure)
    return figure


def _read_window(keys: TomlKeys) -> Window:
    start, end = keys.take("start", date), keys.take("end", date)
    keys.finish()
    if end < start:
        keys.refuse("end", f"is {end}, before the start", allowed=f"{start} or later")
    return Window(start=start, end=end)


def _read_place(keys: TomlKeys) -> Place:
    path, name = keys.take("path", list), keys.words("name")
    keys.finish()
    if not all(isinstance(code, str) and code.strip() for code in path):
        keys.refuse(
            "path", f"is {shown(path)}", allowed='codes: [], ["USA"], ["USA", "CA"]'
        )
    return Place(path=tuple(path), name=name)


def _read_address(keys: TomlKeys, key: str) -> str:
    address = keys.take(key, str)
    if address and not _ADDRESS.fullmatch(address):
        keys.refuse(key, f"is {shown(address)}", allowed="https://..., or empty")
    return address


def _read_note(keys: TomlKeys) -> str:
    texts = [keys.take(key, str, default="") for key in ("note", "disagreement")]
    return " ".join(" ".join(texts).split())


def _check_order(keys: TomlKeys, *, figure: Figure) -> None:
    end, published, read_on = figure.window.end, figure.published, figure.read_on
    if end is not None and published < end:
        keys.refuse("published", f"is {published}", allowed=f"{end}, its last day, on")
    if read_on is not None and read_on < published:
        keys.refuse("read_on", f"is {read_on}", allowed=f"{published}, its print, on")


def _check_reading(keys: TomlKeys, *, figure: Figure) -> None:
    if (figure.read == "unread") is not (figure.read_on is None):
        keys.refuse(
            "read_on", f"does not fit {figure.read!r}", allowed="the day it was read"
        )
    if figure.read != "unread" and not figure.address:
        keys.refuse("address", "is empty", allowed="where the entry was read")
    n_words = len(figure.scope_words.split())
    if n_words > _MOST_SCOPE_WORDS:
        keys.refuse(
            "scope_words",
            f"quotes {n_words} words",
            allowed=f"at most {_MOST_SCOPE_WORDS}, exactly as printed",
        )
