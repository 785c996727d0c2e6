"""`replay`: repeat what a receipt says and compare the bytes."""

import json
from typing import TYPE_CHECKING

from groundswell.api.checking import run_check
from groundswell.api.coded import kept_codebook
from groundswell.api.given import read_given
from groundswell.api.integrity import refuse_changed
from groundswell.api.measuring import run_measure
from groundswell.api.receipts import read_receipt, versions
from groundswell.api.requests import CheckRequest, MeasureRequest
from groundswell.checking.registry import registry_sha256
from groundswell.core.errors import ReplayError, WorkspaceError
from groundswell.core.hashes import sha256_text
from groundswell.core.receipts import Replay
from groundswell.core.serialise import canonical
from groundswell.engine import Workspace
from groundswell.measures.coding import forget_codes

if TYPE_CHECKING:
    from pathlib import Path

    from groundswell.core.receipts import Receipt


def replay(receipt_id: str, workspace: "Path") -> Replay:
    """Repeat a result and say whether its bytes are the same, or what changed.

    The raw files, the records and the reports of the snapshots are hashed again and have
    to be those that were taken. Texts are coded anew from the reports, and everything is
    computed anew.

    Parameters
    ----------
    receipt_id
        Identifier of a receipt, or the beginning of it.
    workspace
        Where it was written.

    Returns
    -------
    Replay
        With everything that is different now.

    Raises
    ------
    ReplayError
        If an input is gone or was changed, so that nothing can be repeated.
    """
    with Workspace.open(workspace, create=False, keeps=False) as opened:
        receipt = read_receipt(opened, receipt_id)
        refuse_changed(opened, receipt)
        changes = _changes(opened, receipt)
        forget_codes(opened)
        try:
            result = _run(opened, receipt)
        except WorkspaceError as error:
            raise ReplayError(
                f"The receipt {receipt.receipt_id} cannot be repeated: {error.what}",
                allowed=error.allowed,
                todo=error.todo,
            ) from error
        same = sha256_text(canonical(result)) == receipt.result_sha256
        if not same and not changes:
            changes = ["The result differs though no input and no version does."]
        return Replay(receipt_id=receipt.receipt_id, is_same=same, changes=tuple(changes))


def _run(workspace: Workspace, receipt: "Receipt") -> object:
    plain = json.loads(receipt.request)
    if receipt.verb == "check":
        checked = CheckRequest.from_json(plain)
        given = read_given(checked, workspace.input_bytes)
        return run_check(workspace, checked, given=given)
    measured = MeasureRequest.from_json(plain)
    book = kept_codebook(workspace, measured.codebook_sha256, name=measured.codebook_id)
    return run_measure(workspace, measured, codebook=book)


def _changes(workspace: Workspace, receipt: "Receipt") -> list[str]:
    now = dict(versions(workspace))
    changes = [
        f"{name} was {number} and is {now.get(name, 'absent')}."
        for name, number in receipt.versions
        if now.get(name) != number
    ]
    plain = json.loads(receipt.request)
    if plain.get("figures_sha256", registry_sha256()) != registry_sha256():
        changes.append("The registry of published figures has other entries now.")
    return changes
