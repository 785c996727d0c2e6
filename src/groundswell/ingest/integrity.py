"""Whether a snapshot still holds what was read: digests taken with it, compared later."""

# ruff: noqa: S608 (names of our own table and its columns)

import hashlib
from dataclasses import dataclass
from pathlib import Path

from groundswell.core.hashes import sha256_file
from groundswell.core.tables import REPORT, Column, Table
from groundswell.engine.workspace import Workspace
from groundswell.ingest.files.records import records_path
from groundswell.ingest.plain.mapping import CONTRACTS

_PER_PART = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Digests:
    """What the parts of a snapshot are known by, beside the hash of the raw file.

    Attributes
    ----------
    records
        SHA-256 of `record.parquet`.
    reports
        Digest of its reports, or of the rows of other tables; see `digest_rows`.
    """

    records: str
    reports: str


def take_digests(workspace: Workspace, *, snapshot_id: str, records: Path) -> Digests:
    """Take the digests of a snapshot whose reports are written.

    Parameters
    ----------
    workspace
        Where the reports are.
    snapshot_id
        The snapshot.
    records
        Its file of records.

    Returns
    -------
    Digests
        To be kept with the snapshot.
    """
    return Digests(
        records=sha256_file(records),
        reports=digest_rows(workspace, snapshot_id=snapshot_id),
    )


def digest_rows(workspace: Workspace, *, snapshot_id: str) -> str:
    """Hash the rows of a snapshot: every column, in the order of the records.

    It depends neither on how the database stores them nor on its version. The rows are
    hashed with MD5, at half the cost of SHA-256: a digest that lies beside what it is of
    finds a change, and cannot keep out who writes both.

    Parameters
    ----------
    workspace
        Where the reports and the rows of other tables are.
    snapshot_id
        The snapshot; one without rows has the digest of nothing.

    Returns
    -------
    str
        64 hexadecimal digits.
    """
    present = workspace.tables()
    digests = [
        digest
        for table in (REPORT, *CONTRACTS.values())
        if table.name in present
        for digest in _parts(workspace, table, snapshot_id=snapshot_id)
    ]
    return hashlib.sha256("".join(digests).encode()).hexdigest()


def _parts(workspace: Workspace, table: Table, *, snapshot_id: str) -> list[str]:
    # in parts, so that a million hashes are put in order without one long text of them
    order = ", ".join(dict.fromkeys(("record_no", *table.key)))
    found = workspace.arrays(
        f"SELECT record_no // {_PER_PART} AS part, "
        f"md5(string_agg(md5({_as_text(table)}), '' ORDER BY {order})) "
        f"AS digest FROM {table.name} WHERE snapshot_id = $snapshot_id "
        "GROUP BY part ORDER BY part",
        snapshot_id=snapshot_id,
    )
    return [str(digest) for digest in found["digest"]]


def changed_parts(
    workspace: Workspace, snapshot_id: str, *, sha256: str, kept: Digests
) -> tuple[str, ...]:
    """Find the parts of a snapshot that are not as they were when it was taken.

    Parameters
    ----------
    workspace
        Where it is.
    snapshot_id
        One of its snapshots.
    sha256
        Of the raw file.
    kept
        What was kept with it.

    Returns
    -------
    tuple
        A sentence for each such part; empty where all is as it was.
    """
    folder = workspace.snapshot_folder(snapshot_id)
    raw = [path for path in (folder / "raw").glob("*") if path.is_file()]
    records = records_path(folder)
    changed = []
    if [sha256_file(path) for path in raw] != [sha256]:
        changed.append(f"The raw file of {snapshot_id} was changed or is gone.")
    if not records.is_file() or sha256_file(records) != kept.records:
        changed.append(f"The file {records.name} of {snapshot_id} was changed.")
    if digest_rows(workspace, snapshot_id=snapshot_id) != kept.reports:
        changed.append(f"The rows of {snapshot_id} were changed after it was taken.")
    return tuple(changed)


def _as_text(table: Table) -> str:
    """Write a row as one text: its values, between them U+001F, a null as U+0000."""
    values = [_value(column) for column in table.columns]
    return f"concat({', chr(31), '.join(values)})"


def _value(column: Column) -> str:
    value = f'"{column.name}"'
    if column.sql_type == "VARCHAR[]":
        value = _joined(value, item="coalesce(x, chr(0))")
    elif column.sql_type.endswith("[]"):
        value = _joined(value, item="x.name, chr(29), x.role")
    elif column.sql_type != "VARCHAR":
        return value
    return f"coalesce({value}, chr(0))"


def _joined(value: str, *, item: str) -> str:
    # every item ends in a mark, so that an empty one is not none
    marked = f"list_transform({value}, lambda x: concat({item}, chr(30)))"
    return f"array_to_string({marked}, '')"
