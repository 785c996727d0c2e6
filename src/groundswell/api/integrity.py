"""Snapshots that a receipt rests on: whether they are still those that were taken."""

import json
from typing import TYPE_CHECKING

from groundswell.core.errors import ReplayError
from groundswell.core.hashes import SHORT
from groundswell.ingest.integrity import changed_parts
from groundswell.ingest.snapshots import read_kept

if TYPE_CHECKING:
    from groundswell.core.receipts import Receipt
    from groundswell.engine import Workspace


def refuse_changed(workspace: "Workspace", receipt: "Receipt") -> None:
    """Refuse a receipt of whose snapshots a part was changed.

    Each raw file is held against the hash that the receipt has of it; its records and
    reports against what was kept when the snapshot was taken.

    Parameters
    ----------
    workspace
        Where the snapshots are.
    receipt
        What was made of them.

    Raises
    ------
    ReplayError
        If a raw file, its records or its reports are gone or not as they were.
    """
    changed: list[str] = []
    for snapshot_id in json.loads(receipt.request)["snapshot_ids"]:
        # a snapshot is named after its raw file, so that one cannot stand for another
        known = {
            entry.sha256
            for entry in receipt.inputs
            if entry.role == "records" and snapshot_id.endswith(entry.sha256[:SHORT])
        }
        kept = read_kept(workspace, snapshot_id)
        sha256 = kept.result.snapshot.sha256
        if known != {sha256}:
            changed.append(f"{snapshot_id} is not the snapshot that the receipt names.")
        changed += changed_parts(workspace, snapshot_id, sha256=sha256, kept=kept.digests)
    if changed:
        raise ReplayError(
            f"The receipt {receipt.receipt_id} rests on other data: {' '.join(changed)}",
            allowed="snapshots as they were taken",
            todo="put back a copy of the workspace, or ingest the files into a new one",
        )
