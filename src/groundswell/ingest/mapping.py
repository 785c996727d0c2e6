"""Mappings: which column of a file feeds which column of `report`."""

import re
from collections.abc import Mapping as MappingABC
from dataclasses import dataclass
from types import MappingProxyType

from groundswell.ingest.table import FileOptions, OpenTable
from groundswell.language.dates import DateOrder

TARGETS: MappingABC[str, tuple[str, ...]] = MappingProxyType(
    {
        "date": ("date_start", "date_end", "date_text"),
        "date_end": ("date_end",),
        "country": ("country",),
        "admin1": ("admin1",),
        "admin2": ("admin2",),
        "locality": ("locality",),
        "place_detail": ("place_detail",),
        "latitude": ("latitude",),
        "longitude": ("longitude",),
        "is_online": ("is_online",),
        "title": ("title",),
        "tactics": ("tactics",),
        "size_low": ("size_low",),
        "size_high": ("size_high",),
        "size_text": ("size_text",),
        "claims_summary": ("claims_summary",),
        "claims_verbatim": ("claims_verbatim",),
        "issues": ("issues",),
        "actors": ("actors",),
        "macro_event": ("macro_event",),
        "is_counter_protest": ("is_counter_protest",),
        "recurrence_text": ("recurrence_text",),
        "n_arrests": ("n_arrests_low", "n_arrests_high"),
        "n_injured": ("n_injured_low", "n_injured_high"),
        "urls": ("urls",),
        "published_at": ("published_at",),
    }
)
DATES = ("date", "date_end", "published_at")
LISTS = ("tactics", "issues", "urls")
WORDED = ("is_online", "is_counter_protest", "recurrence_text")
_WILD = "#"


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """How columns of a file feed one column of `report`.

    Attributes
    ----------
    target
        One of `TARGETS`.
    columns
        Names of columns; `#` stands for digits. All of them feed a list; of others the
        first one that the file has does.
    value
        What to take where the cells are missing, or where there are no columns.
    order
        Of day, month and year in a date.
    separator
        What stands between the items of a cell; empty where a cell is one item.
    words
        Words, whole and whatever their case: a flag is true where one of them occurs, and
        a note counts only then.
    role
        Of actors.
    before, after
        Take only what stands before or after the last of these characters.
    """

    target: str
    columns: tuple[str, ...]
    value: str = ""
    order: DateOrder = "ymd"
    separator: str = ""
    words: tuple[str, ...] = ()
    role: str = ""
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapping:
    """A mapping.

    Attributes
    ----------
    name
        Name of its file.
    sha256
        Of its text.
    source_ids
        Sources of the files that it fits; where there are several, the days of the rows
        tell which.
    size_rule
        Word rule for crowd sizes; empty for that of the source.
    recognised_by
        Columns that a file of this source has, all of them; empty for a user's mapping.
    file
        What it says about the file.
    missing
        Tokens that mean a missing value in any column, beside the usual ones.
    missing_in
        Tokens that mean a missing value in one column, by column.
    kept
        Tokens that are values in some columns, by column: Namibia's code is `NA`.
    uses
        What feeds what.
    aliases
        By target, what a source writes for what it means.
    not_counted
        Column and values by which the source says that it does not count a row.
    is_shipped
        Whether it comes with the package: then columns that a file lacks are no error.
    """

    name: str
    sha256: str
    source_ids: tuple[str, ...]
    size_rule: str
    recognised_by: tuple[str, ...]
    file: FileOptions
    missing: tuple[str, ...]
    missing_in: MappingABC[str, tuple[str, ...]]
    kept: MappingABC[str, tuple[str, ...]]
    uses: tuple[Use, ...]
    aliases: MappingABC[str, MappingABC[str, str]]
    not_counted: tuple[str, tuple[str, ...]]
    is_shipped: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class BoundUse:
    """A use, and the columns of one file that feed it.

    Attributes
    ----------
    use
        The use.
    names
        Names of the columns in the records, in the order of the file's columns or, for a
        single value, the one that was found first.
    """

    use: Use
    names: tuple[str, ...]


def bind(mapping: Mapping, table: OpenTable) -> tuple[BoundUse, ...]:
    """Find the columns that a mapping names in a file.

    Parameters
    ----------
    mapping
        The mapping.
    table
        The file.

    Returns
    -------
    tuple
        The uses that the file has columns or a value for.
    """
    bound = []
    for use in mapping.uses:
        found = [find_columns(table, name) for name in use.columns]
        if use.target in LISTS or use.target == "actors" or use.words:
            names = tuple(name for group in found for name in group)
        else:
            names = next((group[:1] for group in found if group), ())
        if names or use.value:
            bound.append(BoundUse(use=use, names=names))
    return tuple(bound)


def missing_columns(mapping: Mapping, table: OpenTable) -> tuple[str, ...]:
    """List the columns that a mapping names, of uses for which a file has none."""
    return tuple(
        " or ".join(use.columns)
        for use in mapping.uses
        if use.columns and not any(find_columns(table, name) for name in use.columns)
    )


def find_columns(table: OpenTable, pattern: str) -> tuple[str, ...]:
    """Find columns of a file by name, as the records name them.

    Case, spaces and punctuation do not matter, as sheets differ in them from month to
    month; a `#` stands for digits.

    Parameters
    ----------
    table
        The file.
    pattern
        A name, perhaps with a `#`.

    Returns
    -------
    tuple
        The columns, in the order of the file.
    """
    exact = [n for c, n in zip(table.columns, table.names, strict=True) if c == pattern]
    if exact:
        return tuple(exact[:1])
    shape = re.compile(re.escape(_key(pattern)).replace(re.escape(_WILD), "[0-9]+"))
    found = [
        name
        for column, name in zip(table.columns, table.names, strict=True)
        if column.strip() and shape.fullmatch(_key(column))
    ]
    return tuple(found if _WILD in pattern else found[:1])


def _key(name: str) -> str:
    key = "".join(c for c in name.casefold() if c.isalnum() or c == _WILD)
    return key or name.strip()
