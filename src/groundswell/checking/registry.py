"""The registry of published figures: TOML files, one per release, checked when read.

A file holds `[[figure]]` tables; what they share may stand once in a `[common]` table. An
entry is written down as it was printed, and its scope is always closed: where print
leaves an end open, the window ends on the last day that the text names, and the note says
so. `side` is a code of the codebook's side dimension, or words where `codebook` is empty.
"""

import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, get_args

from groundswell.checking.figure_values import read_tally, read_values
from groundswell.core.dates import Window
from groundswell.core.errors import DefinitionError, UsageError
from groundswell.core.figures import Figure, ReadStatus
from groundswell.core.hashes import sha256_bytes, sha256_text
from groundswell.core.places import Place
from groundswell.core.toml_tables import TomlTable, parse_toml

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_ADDRESS = re.compile(r"https?://\S+")
_MOST_SCOPE_WORDS = 25
_KEYS = (
    "id",
    "statistic",
    "codebook",
    "side",
    "among",
    "unit",
    "window",
    "place",
    "values",
    "counts",
    "neutral",
    "distinct",
    "producer",
    "publisher",
    "published",
    "address",
    "archived",
    "read",
    "read_on",
    "scope_words",
    "note",
    "disagreement",
)


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
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise DefinitionError(
            f"{name} is not UTF-8: {error}.",
            allowed="TOML 1.0 in UTF-8",
            todo="save it again as UTF-8",
        ) from error
    root = parse_toml(text, name=name, keep_decimals=True)
    root.refuse_unknown(("common", "figure"))
    common = root.table("common")
    common.refuse_unknown(_KEYS)
    root.value("figure")  # a file without an entry is a mistake
    return [(name, _read_entry(e, common=common)) for e in root.tables("figure")]


def _read_entry(own: TomlTable, *, common: TomlTable) -> Figure:
    own.refuse_unknown(_KEYS)
    entry = TomlTable({**common.data, **own.data}, source=own.source, path=own.path)
    tally = read_tally(entry)
    figure = Figure(
        figure_id=entry.identifier("id"),
        statistic=tally.statistic,
        codebook_id=entry.text("codebook", may_be_empty=True),
        side=tally.side,
        among=tally.among,
        unit=tally.unit,
        window=_read_window(entry.table("window")),
        place=_read_place(entry.table("place")),
        values=read_values(entry, tally=tally),
        counts=tuple(tally.counts.items()),
        producer=entry.text("producer"),
        publisher=entry.text("publisher"),
        published=entry.day("published"),
        address=_read_address(entry, "address"),
        archived=_read_address(entry, "archived"),
        read=entry.choice("read", get_args(ReadStatus)),
        read_on=entry.day("read_on") if "read_on" in entry else None,
        scope_words=entry.text("scope_words").strip(),
        note=_read_note(entry),
    )
    _check_order(entry, figure=figure)
    _check_reading(entry, figure=figure)
    return figure


def _read_window(table: TomlTable) -> Window:
    table.refuse_unknown(("start", "end"))
    start, end = table.day("start"), table.day("end")
    if end < start:
        raise table.error(
            "end", f"{end} is before the start.", allowed=f"{start} or later"
        )
    return Window(start=start, end=end)


def _read_place(table: TomlTable) -> Place:
    table.refuse_unknown(("path", "name"))
    table.value("path")  # the whole world is an empty list, not a missing one
    return Place(path=table.texts("path", required=False), name=table.text("name"))


def _read_address(entry: TomlTable, key: str) -> str:
    address = entry.text(key, may_be_empty=True)
    if address and not _ADDRESS.fullmatch(address):
        raise entry.wrong(key, "https://..., or empty")
    return address


def _read_note(entry: TomlTable) -> str:
    texts = [entry.text(key, default="") for key in ("note", "disagreement")]
    return " ".join(" ".join(texts).split())


def _check_order(entry: TomlTable, *, figure: Figure) -> None:
    end, published, read_on = figure.window.end, figure.published, figure.read_on
    if end is not None and published < end:
        raise entry.error(
            "published",
            f"{published} is before the last day of the window.",
            allowed=f"{end} or later",
        )
    if read_on is not None and read_on < published:
        raise entry.error(
            "read_on",
            f"{read_on} is before the day of print.",
            allowed=f"{published} or later",
        )


def _check_reading(entry: TomlTable, *, figure: Figure) -> None:
    if (figure.read == "unread") is not (figure.read_on is None):
        raise entry.error(
            "read_on",
            f"it does not fit read = {figure.read!r}.",
            allowed="the day it was read, and none for an unread entry",
        )
    if figure.read != "unread" and not figure.address:
        raise entry.error(
            "address", "the text is empty.", allowed="where the entry was read"
        )
    n_words = len(figure.scope_words.split())
    if n_words > _MOST_SCOPE_WORDS:
        raise entry.error(
            "scope_words",
            f"{n_words} words are quoted.",
            allowed=f"at most {_MOST_SCOPE_WORDS}, exactly as printed",
        )
