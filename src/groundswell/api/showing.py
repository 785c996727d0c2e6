"""`rows`: the rows behind a number."""

import json
from typing import TYPE_CHECKING

import numpy as np

from groundswell.api.coded import choose_snapshots, kept_codebook, records_of
from groundswell.api.integrity import refuse_changed
from groundswell.api.receipts import read_receipt
from groundswell.api.requests import MeasureRequest
from groundswell.core.disclosure import WITHHELD
from groundswell.core.errors import UsageError
from groundswell.core.receipts import RowSet
from groundswell.engine import Workspace
from groundswell.measures.behind import (
    SHOWN,
    CountedReports,
    counted_reports,
    describe_reports,
)
from groundswell.measures.loading import attribute_table

if TYPE_CHECKING:
    from pathlib import Path

    from groundswell.core.receipts import Receipt

_LISTED = 20


def rows(
    receipt_id: str,
    workspace: "Path",
    *,
    sample: int | None,
    group: str = "",
    with_names: bool = False,
) -> RowSet:
    """Show the rows that a measured number counts, with their words and sources.

    A measurement by groups counts rows in each of them, and shows the group of each row.

    Parameters
    ----------
    receipt_id
        Receipt of a measurement, or the beginning of it. A check lists the receipts of
        its measurements.
    workspace
        Where it was written.
    sample
        How many rows to draw, the same ones each time; `None` for all.
    group
        Only the rows of this group; empty for all groups.
    with_names
        Whether to show what can name private persons or exact places.

    Returns
    -------
    RowSet
        In the order of the records.

    Raises
    ------
    UsageError
        If the receipt is of something else, it has no such group, or the sample is not a
        positive number.
    """
    if sample is not None and sample < 1:
        raise UsageError(f"A sample of {sample} rows.", allowed="1 or more")
    with Workspace.open(workspace, create=False, keeps=False) as opened:
        receipt = read_receipt(opened, receipt_id)
        if receipt.verb != "measure":
            raise UsageError(
                f"The receipt {receipt.receipt_id} is of a {receipt.verb}, not of one "
                "number.",
                allowed="the receipt of a measurement; a check prints one for each claim",
            )
        refuse_changed(opened, receipt)
        return _rows(opened, receipt, sample=sample, group=group, with_names=with_names)


def _rows(
    workspace: Workspace,
    receipt: "Receipt",
    *,
    sample: int | None,
    group: str,
    with_names: bool,
) -> RowSet:
    request = MeasureRequest.from_json(json.loads(receipt.request))
    shown = (*SHOWN, *WITHHELD) if with_names else SHOWN
    shown = ("group", *shown) if request.by else shown
    withheld = () if with_names else WITHHELD
    snapshots = choose_snapshots(workspace, request.snapshot_ids)
    if receipt.specification is None:  # by groups, and no report was in scope
        return RowSet(
            receipt_id=receipt.receipt_id,
            n_rows=0,
            columns=shown,
            rows=(),
            withheld=withheld,
            snapshots=tuple(snapshots),
        )
    codebook = kept_codebook(workspace, request.codebook_sha256, name=request.codebook_id)
    dimension = codebook.dimension(request.dimension)
    records = records_of(workspace, codebook, dimension=dimension, snapshots=snapshots)
    counted = counted_reports(
        records.attributes,
        records.frame,
        estimand=request.estimand,
        specification=receipt.specification,
        by=request.by,
    )
    if group:
        counted = _of_group(counted, group, by=request.by)
    drawn = _draw(counted, sample=sample, seed=int(receipt.receipt_id, 16))
    columns = describe_reports(
        workspace,
        drawn,
        table=attribute_table(
            codebook, dimension=dimension, snapshot_ids=request.snapshot_ids
        ),
        codebook=codebook,
        dimension=dimension,
    )
    columns["group"] = drawn.group
    return RowSet(
        receipt_id=receipt.receipt_id,
        n_rows=len(counted.report),
        columns=shown,
        rows=tuple(zip(*(columns[name] for name in shown), strict=True)),
        withheld=withheld,
        snapshots=tuple(snapshots),
    )


def _of_group(counted: CountedReports, group: str, *, by: str) -> CountedReports:
    groups = dict.fromkeys(counted.group)
    if not by or group not in groups:
        raise UsageError(
            f"The receipt has no rows in a group {group!r}.",
            allowed="; ".join([*groups][:_LISTED]) + ("; ..." * (len(groups) > _LISTED))
            if by
            else "no --group: the number was not measured by groups",
        )
    return counted.take(np.flatnonzero(np.array(counted.group) == group))


def _draw(counted: CountedReports, *, sample: int | None, seed: int) -> CountedReports:
    n_rows = len(counted.report)
    if sample is None or sample >= n_rows:
        return counted
    drawn = np.random.default_rng(seed).choice(n_rows, size=sample, replace=False)
    drawn.sort()
    return counted.take(drawn)
