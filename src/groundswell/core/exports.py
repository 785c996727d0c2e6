"""What an export wrote: which rows and columns, which not and why, and of what."""

from dataclasses import dataclass
from typing import Literal

from groundswell.core.ledger import Ledger
from groundswell.core.sources import Snapshot

ExportForm = Literal["reports", "records"]
ExportFormat = Literal["csv", "jsonl", "parquet"]


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftColumn:
    """A column that does not leave as it is.

    Attributes
    ----------
    column
        Column of the table `report`.
    why
        What it can hold that is nobody's business.
    instead
        What is exported in its place; empty for nothing.
    """

    column: str
    why: str
    instead: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """A file that was written from a snapshot.

    Attributes
    ----------
    form
        `reports`: what may be shared of them. `records`: every cell as the source gave
        it, for the user's own use.
    file_name, file_format
        Of the file, without its folder.
    sha256, n_bytes, n_rows
        Of the file.
    columns
        Names of its columns, in order.
    snapshot
        What was exported, with the source, its citation and its terms.
    ledger
        Every report or row of the snapshot, and whether it was exported.
    left_columns
        Columns that were left out or replaced.
    notes
        What the reader should know.
    citation_file
        Name of the file beside it that says how to cite it; empty for none.
    """

    form: ExportForm
    file_name: str
    file_format: ExportFormat
    sha256: str
    n_bytes: int
    n_rows: int
    columns: tuple[str, ...]
    snapshot: Snapshot
    ledger: Ledger
    left_columns: tuple[LeftColumn, ...]
    notes: tuple[str, ...]
    citation_file: str
