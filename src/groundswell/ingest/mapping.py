"""Mappings: which column of a file feeds which column of `report`."""

import re
from collections.abc import Mapping as MappingABC
from dataclasses import dataclass, replace
from functools import lru_cache
from types import MappingProxyType
from typing import Literal

from groundswell.core.errors import UsageError
from groundswell.ingest.files.table import FileOptions, OpenTable
from groundswell.ingest.plain.mapping import Plain
from groundswell.language.dates import DateOrder
from groundswell.language.states import System

Interval = tuple[int | None, int | None]
CodeTable = MappingABC[str, str] | MappingABC[str, Interval]
TARGETS: MappingABC[str, tuple[str, ...]] = MappingProxyType(
    {
        "source_event_id": ("source_event_id",),
        "date": ("date_start", "date_end", "date_text"),
        "date_end": ("date_end",),
        "duration_days": ("date_end",),
        "date_precision": ("date_precision",),
        "country": ("country",),
        "admin1": ("admin1",),
        "admin2": ("admin2",),
        "locality": ("locality",),
        "place_detail": ("place_detail",),
        "latitude": ("latitude",),
        "longitude": ("longitude",),
        "place_precision": ("place_precision",),
        "is_online": ("is_online",),
        "title": ("title",),
        "tactics": ("tactics",),
        "size_low": ("size_low",),
        "size_high": ("size_high",),
        "size_text": ("size_text",),
        "registered_low": ("registered_low",),
        "registered_high": ("registered_high",),
        "claims_summary": ("claims_summary",),
        "claims_verbatim": ("claims_verbatim",),
        "issues": ("issues",),
        "actors": ("actors",),
        "macro_event": ("macro_event",),
        "is_counter_protest": ("is_counter_protest",),
        "recurrence_text": ("recurrence_text",),
        "n_arrests": ("n_arrests_low", "n_arrests_high"),
        "n_arrests_low": ("n_arrests_low",),
        "n_arrests_high": ("n_arrests_high",),
        "n_injured": ("n_injured_low", "n_injured_high"),
        "n_injured_low": ("n_injured_low",),
        "n_injured_high": ("n_injured_high",),
        "n_killed": ("n_killed_low", "n_killed_high"),
        "n_killed_low": ("n_killed_low",),
        "n_killed_high": ("n_killed_high",),
        "urls": ("urls",),
        "published_at": ("published_at",),
    }
)
DATES = ("date", "date_end", "published_at")
LISTS = ("tactics", "issues", "urls")
WORDED = ("is_online", "is_counter_protest", "recurrence_text")
PAIRS = tuple(
    (f"{of}_low", f"{of}_high")
    for of in ("size", "registered", "n_arrests", "n_injured", "n_killed")
)
INTERVALS = tuple(end for pair in PAIRS for end in pair)
WILD = "#"


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
    is_first_filled
        Whether of others it is, in each row, the first one that holds something.
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
    between
        Take only what stands after where the first of these occurs, and up to any of the
        others or the end of the cell; the first column that holds it counts.
    items
        Take only the items from the one to the other, where the cell is a list: 1 is the
        first, -1 the last.
    codes
        Name of the code table that says what the cells mean.
    system
        Of the codes of a country; empty for names.
    is_parts
        Whether year, month and day stand in columns of their own, in this order.
    joined_by
        What stands between the cells of several columns, where all of them count.
    when
        Columns, one of which has to hold one of these values for the cells to count;
        empty for always.
    paired
        What says something of each cell in a column of its own, and stands before it.
    is_sum
        Whether the numbers of several columns are added.
    others
        Columns of further values, which stay in the record and are counted.
    century
        What a year of two digits in such a column is added to; 0 where none is stated.
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
    between: tuple[str, ...] = ()
    codes: str = ""
    system: System | Literal[""] = ""
    is_parts: bool = False
    century: int = 0
    joined_by: str = ""
    is_first_filled: bool = False
    items: tuple[int, ...] = ()
    when: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())
    paired: "Use | None" = None
    is_sum: bool = False
    others: tuple[str, ...] = ()

    @property
    def takes_all_columns(self) -> bool:
        """Whether every column of it counts that a file has, not the first alone."""
        is_several = self.target in LISTS or self.target == "actors"
        return is_several or bool(
            self.words
            or self.between
            or self.is_parts
            or self.joined_by
            or self.is_first_filled
            or self.is_sum
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Which rows become reports; the others are kept as records.

    Attributes
    ----------
    column
        The column that tells.
    values
        What it holds in those rows; `14*` stands for whatever begins so.
    label
        What the other rows are, in words.
    """

    column: str
    values: tuple[str, ...]
    label: str


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
        Sources of the files that it fits; where there are several, the days and the
        states of the rows tell which.
    size_rule
        Word rule for crowd sizes; empty for that of the source.
    recognised_by
        Columns that a file of this source has, all of them; empty for a user's mapping.
    has_no_others
        Whether a file of this source has no further column: its names are common words.
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
    codes
        Code tables by name: a word or the ends of an interval for each code.
    selection
        Which rows become reports; `None` for all.
    plain
        Other tables than `report` that the file feeds; `None` where it feeds reports.
    is_shipped
        Whether it comes with the package: then columns that a file lacks are no error.
    """

    name: str
    sha256: str
    source_ids: tuple[str, ...]
    size_rule: str
    recognised_by: tuple[str, ...]
    has_no_others: bool
    file: FileOptions
    missing: tuple[str, ...]
    missing_in: MappingABC[str, tuple[str, ...]]
    kept: MappingABC[str, tuple[str, ...]]
    uses: tuple[Use, ...]
    aliases: MappingABC[str, MappingABC[str, str]]
    not_counted: tuple[str, tuple[str, ...]]
    codes: MappingABC[str, CodeTable]
    selection: Selection | None
    plain: Plain | None = None
    is_shipped: bool = False


def select_rows(mapping: Mapping, values: tuple[str, ...]) -> Mapping:
    """Let a user choose which rows of a file become reports.

    Parameters
    ----------
    mapping
        The mapping.
    values
        What the column of its selection is to hold; empty for what the mapping says.

    Returns
    -------
    Mapping
        With that choice.

    Raises
    ------
    UsageError
        If rows of such a file are not of several kinds.
    """
    if not values:
        return mapping
    if mapping.selection is None:
        raise UsageError(
            f"--select chooses among kinds of rows, and {', '.join(mapping.source_ids)} "
            "has one kind alone.",
            todo="leave it out, or state [select] in a mapping",
        )
    return replace(mapping, selection=replace(mapping.selection, values=values))


def missing_columns(mapping: Mapping, table: OpenTable) -> tuple[str, ...]:
    """List the columns that a mapping names, of uses for which a file has none."""
    unnamed = tuple(
        " or ".join(use.columns)
        for use in mapping.uses
        if use.columns and not any(find_columns(table, name) for name in use.columns)
    )
    telling = (*mapping.missing_in, *mapping.kept)
    if mapping.selection:
        telling = (mapping.selection.column, *telling)
    plain = mapping.plain.columns if mapping.plain else ()
    lacking = (
        " or ".join(names)
        for names in (*((name,) for name in telling), *plain)
        if not any(find_columns(table, name) for name in names)
    )
    return (*unnamed, *lacking)


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
    shape = re.compile(re.escape(_key(pattern)).replace(re.escape(WILD), "[0-9]+"))
    found = [
        name
        for column, name in zip(table.columns, table.names, strict=True)
        if column.strip() and shape.fullmatch(_key(column))
    ]
    return tuple(found if WILD in pattern else found[:1])


@lru_cache(8_192)  # the same names for every mapping and every file
def _key(name: str) -> str:
    key = "".join(c for c in name.casefold() if c.isalnum() or c == WILD)
    return key or name.strip()
