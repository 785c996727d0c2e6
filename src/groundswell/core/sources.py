"""What a source is, what one snapshot of it holds, and what reading it did."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from groundswell.core.dates import Window
from groundswell.core.ledger import Ledger
from groundswell.core.places import Place

Redistribution = Literal["rows", "aggregate", "none"]
Selection = Literal["all", "one-topic", "one-side", "unknown"]
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
        `one-topic`, `one-side`: the source was restricted, so shares over it are refused.
    note
        What is left out, in words.
    """

    places: tuple[Place, ...]
    window: Window
    selection: Selection
    note: str = ""

    def covers(self, *, window: Window, place: Place) -> bool:
        """Say whether the source searched all of a place on all of these days."""
        return self.window.covers(window) and any(p.contains(place) for p in self.places)


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
