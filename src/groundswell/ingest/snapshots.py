"""Snapshots of a workspace: what was taken, and what reading it did."""

import json
from collections.abc import Sequence
from dataclasses import fields, is_dataclass, replace
from datetime import date
from pathlib import Path
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from groundswell.core.errors import WorkspaceError
from groundswell.core.serialise import canonical
from groundswell.core.sources import IngestResult, Snapshot
from groundswell.engine.workspace import Workspace
from groundswell.ingest.records import RECORD

_MANIFEST = "manifest.json"
_RESULT = "ingest.json"
_RECORDS = "record.parquet"


def write_result(folder: Path, result: IngestResult, *, request: str) -> None:
    """Write what is known of a snapshot into its folder.

    Parameters
    ----------
    folder
        Folder of the snapshot, before it is published.
    result
        What reading the file did.
    request
        Hash of what it was read with: mapping, manifest, corrections, day of taking.
    """
    (folder / _MANIFEST).write_text(canonical(result.snapshot) + "\n", "utf-8")
    text = canonical({"request": request, "result": result})
    (folder / _RESULT).write_text(text + "\n", "utf-8")


def read_result(workspace: Workspace, snapshot_id: str) -> tuple[IngestResult, str]:
    """Read what reading a snapshot did, and the hash of what it was read with.

    Parameters
    ----------
    workspace
        Where it is.
    snapshot_id
        One of its snapshots.

    Returns
    -------
    tuple
        The result, no longer new, and the hash.

    Raises
    ------
    WorkspaceError
        If its files were changed or lost.
    """
    path = workspace.snapshot_folder(snapshot_id) / _RESULT
    try:
        kept = json.loads(path.read_text("utf-8"))
        result = _from_json(IngestResult, kept["result"])
        request = str(kept["request"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise WorkspaceError(
            f"{path} is damaged: {error}.",
            todo="put the file back, or make a new workspace and ingest again",
        ) from error
    return replace(result, is_new=False), request


def read_snapshots(
    workspace: Workspace, snapshot_ids: Sequence[str] = ()
) -> tuple[Snapshot, ...]:
    """Read the snapshots of a workspace, in the order in which they were taken.

    Parameters
    ----------
    workspace
        Where they are.
    snapshot_ids
        Which to read, in this order; all of them where none is named.

    Returns
    -------
    tuple
        The snapshots.
    """
    ids = snapshot_ids or workspace.snapshot_ids()
    return tuple(read_result(workspace, one)[0].snapshot for one in ids)


def open_records(workspace: Workspace, snapshot_id: str) -> str:
    """Open the records of a snapshot as a view, and return its name.

    Its columns are `record_no` and those of the file, every cell a text, `''` where it is
    empty.
    """
    workspace.open_parquet(RECORD, workspace.snapshot_folder(snapshot_id) / _RECORDS)
    return RECORD


def records_path(folder: Path) -> Path:
    """Name the file of records in the folder of a snapshot."""
    return folder / _RECORDS


def _from_json(kind: Any, value: Any) -> Any:  # noqa: ANN401 (types as values)
    # the reverse of core.serialise, for the types that an IngestResult is made of
    origin, arguments = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        (inner,) = (one for one in arguments if one is not type(None))
        return None if value is None else _from_json(inner, value)
    if origin is tuple:
        return tuple(_from_json(arguments[0], item) for item in value)
    if is_dataclass(kind) and isinstance(kind, type):
        hints = get_type_hints(kind)
        given = {f.name: _from_json(hints[f.name], value[f.name]) for f in fields(kind)}
        return kind(**given)
    return date.fromisoformat(value) if kind is date else _plain(kind, value)


def _plain(kind: Any, value: Any) -> Any:  # noqa: ANN401
    is_allowed = (
        value in get_args(kind)
        if get_origin(kind) is Literal
        else isinstance(value, kind)
    )
    if not is_allowed:
        raise TypeError(f"{value!r} is no {kind}")
    return value
