"""Receipts: what must be the same for a number to come out the same."""

from dataclasses import dataclass
from typing import Literal

from groundswell.core.decisions import Specification
from groundswell.core.sources import Snapshot

InputRole = Literal["article", "records", "codebook", "claims", "figures", "corrections"]


@dataclass(frozen=True, slots=True, kw_only=True)
class InputRef:
    """An input by its content.

    Attributes
    ----------
    role
        What it was used as.
    name
        File name or identifier with version, never a path.
    sha256, n_bytes
        Of its bytes.
    """

    role: InputRole
    name: str
    sha256: str
    n_bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """Everything that a result depends on, and the hash of the result.

    Attributes
    ----------
    receipt_id
        Content hash of all the rest.
    verb
        The public verb that was called: `check`, `measure_share`.
    request
        Its arguments as canonical JSON, without any path.
    inputs
        Every input, in the order in which it was read.
    specification
        The reference specification; `None` for a verb that has none.
    versions
        Name and version of whatever computes: `groundswell`, `duckdb`, `numpy`, `python`.
    result_sha256
        Hash of the result's canonical JSON, with its `receipt_id` fields empty.
    """

    receipt_id: str
    verb: str
    request: str
    inputs: tuple[InputRef, ...]
    specification: Specification | None
    versions: tuple[tuple[str, str], ...]
    result_sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Replay:
    """What repeating a receipt gave.

    Attributes
    ----------
    receipt_id
        The receipt.
    is_same
        Whether the result has the same bytes.
    changes
        What is different now, a sentence each; empty where nothing is.
    """

    receipt_id: str
    is_same: bool
    changes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RowSet:
    """The rows behind a number, fit to be shown.

    Attributes
    ----------
    receipt_id
        The receipt whose rows these are.
    n_rows
        How many rows there are in all.
    columns
        Names of the columns.
    rows
        A sample or all of them, each cell as text; missing cells are empty.
    withheld
        Columns left out by default since they can name private persons or exact places.
    snapshots
        The records that the rows are from, each with the citation and terms of its
        source.
    """

    receipt_id: str
    n_rows: int
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    withheld: tuple[str, ...]
    snapshots: tuple[Snapshot, ...] = ()
