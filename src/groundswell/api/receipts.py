"""Receipts: written with every result, kept in the workspace, found again."""

import json
import platform
from dataclasses import replace
from importlib.metadata import version
from typing import TYPE_CHECKING

from groundswell.core.errors import ReplayError
from groundswell.core.hashes import SHORT, sha256_text
from groundswell.core.receipts import InputRef, Receipt
from groundswell.core.serialise import canonical, to_json

if TYPE_CHECKING:
    from collections.abc import Sequence

    from groundswell.codebook.model import Codebook
    from groundswell.core.decisions import Specification
    from groundswell.core.sources import Snapshot
    from groundswell.engine import Workspace

_FORMAT = "groundswell/receipt/1"


def write_receipt(
    workspace: "Workspace",
    *,
    verb: str,
    request: object,
    result: object,
    inputs: "Sequence[InputRef]",
    specification: "Specification | None" = None,
) -> Receipt:
    """Write the receipt of a result into the workspace.

    Parameters
    ----------
    workspace
        Holds all inputs by content.
    verb
        What was asked for.
    request
        Everything that the result depends on.
    result
        The result, its `receipt_id` fields still empty.
    inputs
        Every input, in the order in which it was read.
    specification
        The reference specification, for a verb that has one.

    Returns
    -------
    Receipt
        With its identifier, the hash of all the rest.
    """
    draft = Receipt(
        receipt_id="",
        verb=verb,
        request=canonical(request),
        inputs=tuple(inputs),
        specification=specification,
        versions=versions(workspace),
        result_sha256=sha256_text(canonical(result)),
    )
    receipt_id = _identifier(draft)
    plain = {"schema": _FORMAT, **_fields(draft), "receipt_id": receipt_id}
    text = json.dumps(plain, ensure_ascii=False, indent=1) + "\n"
    workspace.keep_receipt(receipt_id, data=text.encode())
    return read_receipt(workspace, receipt_id)


def _fields(receipt: Receipt) -> dict[str, object]:
    plain = to_json(receipt)
    return dict(plain) if isinstance(plain, dict) else {}


def read_receipt(workspace: "Workspace", receipt_id: str) -> Receipt:
    """Find a receipt of the workspace by its identifier, or the beginning of it.

    Parameters
    ----------
    workspace
        Where it was written.
    receipt_id
        At least the first characters.

    Returns
    -------
    Receipt
        As it was written.

    Raises
    ------
    ReplayError
        If the file is no receipt, or was changed after it was written.
    """
    data = workspace.receipt_bytes(receipt_id)
    try:
        plain = json.loads(data)
        receipt = Receipt(
            receipt_id=plain["receipt_id"],
            verb=plain["verb"],
            request=plain["request"],
            inputs=tuple(InputRef(**entry) for entry in plain["inputs"]),
            specification=_specification(plain["specification"]),
            versions=tuple((name, number) for name, number in plain["versions"]),
            result_sha256=plain["result_sha256"],
        )
    except (ValueError, KeyError, TypeError) as error:
        raise ReplayError(
            f"The receipt {receipt_id} is damaged: {error}.",
            allowed="a file that Groundswell wrote",
            todo="make the result again",
        ) from error
    if _identifier(receipt) != receipt.receipt_id:
        raise ReplayError(
            f"The receipt {receipt.receipt_id} was changed after it was written.",
            allowed="a file as Groundswell wrote it",
            todo="put the original back, or make the result again",
        )
    return receipt


def _identifier(receipt: Receipt) -> str:
    return sha256_text(canonical(replace(receipt, receipt_id="")))[:SHORT]


def _specification(plain: "dict[str, list[list[str]]] | None") -> "Specification | None":
    from groundswell.core.decisions import Specification

    return None if plain is None else Specification.of(dict(plain["choices"]))


def versions(workspace: "Workspace") -> tuple[tuple[str, str], ...]:
    """Name and version of whatever computes."""
    return (
        ("groundswell", version("groundswell")),
        workspace.version,
        ("numpy", version("numpy")),
        ("python", platform.python_version()),
    )


def records_input(snapshot: "Snapshot") -> InputRef:
    """Refer to the raw file of a snapshot."""
    return InputRef(
        role="records",
        name=snapshot.file_name,
        sha256=snapshot.sha256,
        n_bytes=snapshot.n_bytes,
    )


def codebook_input(codebook: "Codebook") -> InputRef:
    """Refer to a codebook by its identifier and version."""
    return InputRef(
        role="codebook",
        name=f"{codebook.codebook_id} {codebook.version}",
        sha256=codebook.sha256,
        n_bytes=len(codebook.source_text.encode()),
    )
