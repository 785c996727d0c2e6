"""What became of every row and column of a file that feeds other tables than `report`."""

# ruff: noqa: S608 (names of our own tables and columns)

from collections.abc import Sequence

from groundswell.core.ledger import Ledger, LedgerLine, Memo
from groundswell.core.sources import ColumnUse
from groundswell.core.vote_tables import ROLL_CALL
from groundswell.engine.steps import literal
from groundswell.engine.workspace import Workspace
from groundswell.ingest.account import count_filled
from groundswell.ingest.cells import Cells
from groundswell.ingest.files.table import RECORD_NO
from groundswell.ingest.plain.layout import Laid
from groundswell.ingest.plain.steps import merged
from groundswell.ingest.report import LEFT

_LEFT_LABELS = {
    "misfit": "cells do not fit the header",
    "blank": "blank rows",
    "unnamed": "rows that do not name what they are about",
}
_LABELS = {
    "vote": "votes",
    "roll_call": "roll calls",
    "roll_call_issue": "roll calls listed under an issue",
    "ideal_point": "ideal points",
    "mention": "mentions",
}
_SPREAD = "rows that become several rows each"
_LOOKED_UP = "rows of a look-up table, kept as records"
_VOTES = {
    "yes": "votes: yes",
    "no": "votes: no",
    "abstain": "votes: abstention",
    "absent": "votes: absent",
    "not-member": "votes: not a member",
}


def account_for_plain_rows(
    workspace: Workspace, *, n_rows: int, laid: Sequence[Laid]
) -> Ledger:
    """Account for every row of a file: how it was left out, or what it is a row of.

    Parameters
    ----------
    workspace
        Where the rows are.
    n_rows
        Rows of the file.
    laid
        The tables that it feeds; none of them for a look-up table.

    Returns
    -------
    Ledger
        Of rows; each is charged to the table of which it is a row by itself.
    """
    found = workspace.arrays(f"SELECT fate, count(*) AS n FROM {LEFT} GROUP BY fate")
    n_left = dict(zip(found["fate"], found["n"].tolist(), strict=True))
    lines = [
        LedgerLine(reason=reason, label=label, n=n_left.get(reason, 0), kind="left")
        for reason, label in _LEFT_LABELS.items()
        if laid or reason != "unnamed"
    ]
    n_kept = n_rows - sum(line.n for line in lines)
    main = _main(laid)
    if main is None:
        reason = "record"
        label = _SPREAD if laid else _LOOKED_UP
        n_main = n_kept
    else:
        reason, label = main.name, _LABELS.get(main.name, f"rows of {main.name}")
        n_main = workspace.count(merged(main))
    if main is not None and main.table.is_distinct:
        n_again = n_kept - n_main
        again = "rows that repeat what an earlier row tells of"
        lines.append(LedgerLine(reason="repeated", label=again, n=n_again, kind="left"))
    lines.append(LedgerLine(reason=reason, label=label, n=n_main, kind="counted"))
    return Ledger(
        rows_in=n_rows,
        unit="row",
        lines=tuple(lines),
        memos=(*_memos(workspace, laid, main=main), *_votes(workspace, laid)),
    )


def account_for_plain_columns(
    workspace: Workspace, cells: Cells, *, laid: Sequence[Laid]
) -> tuple[ColumnUse, ...]:
    """Account for every column of a file: what it feeds, and how often it is filled."""
    targets: dict[str, list[str]] = {}
    for one in laid:
        for target, names in one.names.items():
            fed = [target]
            if target in ("date", "vote"):
                fed.append(f"{target}_text")
            if target in ("state_code", "state_text"):
                fed.append("country")
            for name in names:
                targets.setdefault(name, []).extend(f"{one.name}.{t}" for t in fed)
    return count_filled(workspace, cells, targets=targets)


def days_of_file(laid: Sequence[Laid], *, snapshot_id: str) -> str:
    """Write the days of a file as `cover_file` asks for them; empty where it has none."""
    if not any(one.name == ROLL_CALL.name and one.has("date") for one in laid):
        return ""
    return (
        f"(SELECT {RECORD_NO}, date AS date_start, date AS date_end, date_text, "
        f"'day' AS date_precision, false AS is_after_snapshot FROM {ROLL_CALL.name} "
        f"WHERE snapshot_id = {literal(snapshot_id)} AND date IS NOT NULL)"
    )


def _main(laid: Sequence[Laid]) -> Laid | None:
    """Find the table of which each row of the file is a row by itself."""
    of_rows = [one for one in laid if one.table.across is None]
    one_each = [one for one in of_rows if not one.table.is_distinct]
    return next(iter((*one_each, *of_rows)), None)


def _memos(
    workspace: Workspace, laid: Sequence[Laid], *, main: Laid | None
) -> tuple[Memo, ...]:
    return tuple(
        Memo(
            reason=one.name,
            label=_LABELS.get(one.name, f"rows of {one.name}"),
            n=workspace.count(merged(one)),
        )
        for one in laid
        if one is not main
    )


def _votes(workspace: Workspace, laid: Sequence[Laid]) -> tuple[Memo, ...]:
    votes = next((one for one in laid if one.name == "vote"), None)
    if votes is None:
        return ()
    found = workspace.arrays(
        f"SELECT coalesce(vote, '') AS vote, count(*) AS n FROM {merged(votes)} "
        "GROUP BY vote"
    )
    n_of = dict(zip(found["vote"], found["n"].tolist(), strict=True))
    return tuple(
        Memo(reason=word, label=label, n=n_of.get(word, 0))
        for word, label in _VOTES.items()
    )
