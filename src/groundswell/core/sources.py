"""What a source is, what one snapshot of it holds, and what reading it did."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from groundswell.core.dates import Window
from groundswell.core.ledger import Ledger
from groundswell.core.places import Place

Redistribution = Literal["rows", "aggregate", "none"]
Selection = Literal["all", "one-topic", "one-side", "one-kind", "unknown"]
Subject = Literal["protests", "wider", "mentions", "announcements", "other"]
RESTRICTED: frozenset[Selection] = frozenset({"one-topic", "one-side", "one-kind"})
FINDINGS_OF_THE_FILE = frozenset(
    {"coverage-unknown", "encoding", "extract", "irregular-csv", "snapshot-day-unknown"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """What a source could have recorded: outside of it, no row means nothing.

    Attributes
    ----------
    places
        Places that are searched for events.
    window
        Days that are covered; an open end says that collection goes on.
    selection
        `all`: every protest of these places and days is looked for, whatever its cause.
        `one-topic`, `one-side`, `one-kind` (those of a size, or against somebody): the
        source was restricted, so shares over it are refused.
    note
        What is left out, in words.
    restricted_to
        The topics, the sides or the kinds that a restricted source holds, in words;
        empty where it does not say.
    """

    places: tuple[Place, ...]
    window: Window
    selection: Selection
    note: str = ""
    restricted_to: tuple[str, ...] = ()

    def covers(self, *, window: Window, place: Place) -> bool:
        """Say whether the source searched all of a place on all of these days."""
        return self.window.covers(window) and any(p.contains(place) for p in self.places)


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnCaveat:
    """What to know of a column of a source before its values are used.

    Attributes
    ----------
    column
        Its name as the source writes it.
    words
        The caveat, in a sentence or two.
    """

    column: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A dataset that Groundswell knows, as its manifest describes it.

    Attributes
    ----------
    source_id
        Stable identifier, `ccc-phase3`.
    title, producer
        Name of the dataset and who makes it.
    citation
        Full citation, as the producer asks for it.
    licence, terms_address
        Terms in words, and where they are stated.
    redistribution
        What may leave in an export: rows, aggregates, or nothing.
    coverage
        What the producer says it covers.
    size_rule
        Word rule for crowd sizes, an id of `groundswell.language`.
    biases
        Known biases, a sentence each.
    address
        Where the data are published.
    how_to_get
        Commands and steps that get a file and read it, a line each.
    version
        The version that the producer gives it; empty where it has none, or where files
        of several versions are read.
    subject
        What its rows are of. `protests`; `wider`: protests among other events, from which
        they are chosen; `mentions`: what a machine took from news text for an event;
        `announcements` of protests, held or not; `other`: no protests.
    row
        What one row is, in words.
    caveats
        Of single columns.
    """

    source_id: str
    title: str
    producer: str
    citation: str
    licence: str
    terms_address: str
    redistribution: Redistribution
    coverage: Coverage
    size_rule: str
    biases: tuple[str, ...]
    address: str
    how_to_get: tuple[str, ...]
    version: str = ""
    subject: Subject = "protests"
    row: str = ""
    caveats: tuple[ColumnCaveat, ...] = ()

    @property
    def records_protests(self) -> bool:
        """Whether a row can stand for a protest that took place."""
        return self.subject in {"protests", "wider"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """One file of one source, taken on one day, never changed afterwards.

    Attributes
    ----------
    snapshot_id
        Source id and the first digits of the file's hash.
    source
        The source as known when the snapshot was taken.
    file_name
        Name of the file, without its folder.
    sha256, n_bytes
        Of the raw file.
    taken
        Day on which the file was taken from its source; `None` where nobody says.
    taken_from
        Who says so: `manifest`, `option`, or `unknown`.
    coverage
        The source's coverage, narrowed to what this file holds.
    n_records
        Rows of the file.
    """

    snapshot_id: str
    source: Source
    file_name: str
    sha256: str
    n_bytes: int
    taken: date | None
    taken_from: Literal["manifest", "option", "unknown"]
    coverage: Coverage
    n_records: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnUse:
    """What became of one column of the file.

    Attributes
    ----------
    column
        Its name as the file writes it.
    target
        Column of `report` that it feeds; empty where it is kept in `record` only.
    n_filled
        Rows in which it holds something.
    """

    column: str
    target: str
    n_filled: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnTarget:
    """What a mapping makes of a column of a source.

    Attributes
    ----------
    column
        Its name as the source writes it; `#` stands for digits.
    targets
        Columns of `report`, or of the table of the mapping, that it feeds; empty where it
        is kept in `record` only.
    how
        How it is read, in words; empty where it is taken as it is.
    caveat
        What to know of it; empty for nothing.
    """

    column: str
    targets: tuple[str, ...]
    how: str
    caveat: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MappingDetail:
    """A form in which files of a source come, and what becomes of their columns.

    Attributes
    ----------
    name
        Name of the mapping.
    table
        The table that it feeds.
    recognised_by
        Columns by which such a file is known; empty where it is known otherwise.
    chosen
        Which rows become reports, in words; empty for all.
    columns
        In the order of the table's columns.
    missing
        What means a missing value in these files, beside an empty cell.
    """

    name: str
    table: str
    recognised_by: tuple[str, ...]
    chosen: str
    columns: tuple[ColumnTarget, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceDetail:
    """A source with what is read of its files.

    Attributes
    ----------
    source
        The source.
    mappings
        One for each form of its files; empty where each file needs one of its own.
    """

    source: Source
    mappings: tuple[MappingDetail, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something odd that was found in a file, counted, with examples.

    Attributes
    ----------
    kind
        Stable identifier, `not-utf8`, `date-out-of-range`, `size-low-above-high`.
    label
        What it is and what was done about it, in words.
    n
        How many rows, lines or cells; one for `FINDINGS_OF_THE_FILE`.
    examples
        A few of them, each with its row number.
    """

    kind: str
    label: str
    n: int
    examples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class IngestResult:
    """What reading one file did: every row and every column accounted for.

    Attributes
    ----------
    snapshot
        The snapshot that was taken.
    is_new
        False where the workspace held it already, so that nothing was done.
    rows
        Every row of the file, and what became of it.
    columns
        Every column of the file, in its order.
    findings
        What was odd, and what was done about it.
    """

    snapshot: Snapshot
    is_new: bool
    rows: Ledger
    columns: tuple[ColumnUse, ...]
    findings: tuple[Finding, ...]
