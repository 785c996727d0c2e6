"""Snapshots of a workspace: what was taken, and what reading it did."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date
from pathlib import Path
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from groundswell.core.errors import WorkspaceError
from groundswell.core.serialise import canonical
from groundswell.core.sources import IngestResult, Snapshot
from groundswell.core.tables import REPORT
from groundswell.engine.workspace import Workspace
from groundswell.ingest.integrity import Digests

_MANIFEST = "manifest.json"
_RESULT = "ingest.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What is kept of how a snapshot was taken.

    Attributes
    ----------
    result
        What reading the file did.
    request
        Hash of what it was read with: mapping, manifest, corrections, day of taking.
    digests
        By which its records and reports are known again.
    """

    result: IngestResult
    request: str
    digests: Digests


def write_kept(folder: Path, kept: Kept) -> None:
    """Write what is known of a snapshot into its folder, before it is published.

    Parameters
    ----------
    folder
        Its folder.
    kept
        What to write.
    """
    (folder / _MANIFEST).write_text(canonical(kept.result.snapshot) + "\n", "utf-8")
    (folder / _RESULT).write_text(canonical(kept) + "\n", "utf-8")


def read_kept(workspace: Workspace, snapshot_id: str) -> Kept:
    """Read what is kept of how a snapshot was taken.

    Parameters
    ----------
    workspace
        Where it is.
    snapshot_id
        One of its snapshots.

    Returns
    -------
    Kept
        Its result is no longer new.

    Raises
    ------
    WorkspaceError
        If its files were changed or lost.
    """
    path = workspace.snapshot_folder(snapshot_id) / _RESULT
    try:
        kept: Kept = _from_json(Kept, json.loads(path.read_text("utf-8")))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise WorkspaceError(
            f"{path} is damaged: {error}.",
            todo="put the file back, or make a new workspace and ingest again",
        ) from error
    return replace(kept, result=replace(kept.result, is_new=False))


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
    return tuple(read_kept(workspace, one).result.snapshot for one in ids)


def feeds_reports(workspace: Workspace, snapshot_id: str) -> bool:
    """Say whether a snapshot is of reports, not of votes, mentions or a look-up table.

    Parameters
    ----------
    workspace
        Where it is.
    snapshot_id
        One of its snapshots.

    Returns
    -------
    bool
        Whether its rows can be reports, even if none of them came to be one.
    """
    rows = read_kept(workspace, snapshot_id).result.rows
    return any(line.reason == REPORT.name for line in rows.lines)


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
