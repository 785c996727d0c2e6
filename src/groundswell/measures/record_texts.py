"""Texts of records: how often each occurs, and which one a row key names."""

from typing import TYPE_CHECKING

from groundswell.core.hashes import sha256_text
from groundswell.engine import Step
from groundswell.measures.coding import text_sql

if TYPE_CHECKING:
    from collections.abc import Sequence

    from groundswell.engine import Workspace

_BETWEEN = "\x1f"


def text_counts(
    workspace: "Workspace", *, field: str, snapshot_ids: "Sequence[str]"
) -> tuple[tuple[str, int], ...]:
    """Count how many reports have each text of a column.

    Parameters
    ----------
    workspace
        Where the reports are.
    field
        A column of `report`.
    snapshot_ids
        Whose reports to count.

    Returns
    -------
    tuple
        Text and number of reports, in alphabetical order.
    """
    workspace.put("chosen", {"snapshot_id": list(snapshot_ids)})
    found = workspace.arrays(
        f"""
        SELECT {text_sql(field)} AS text, count(*) AS n
        FROM report AS r JOIN chosen AS c ON r.snapshot_id = c.snapshot_id
        WHERE {text_sql(field)} <> '' GROUP BY text ORDER BY text
        """  # noqa: S608 (a column of the contract)
    )
    return tuple(zip(found["text"], (int(n) for n in found["n"]), strict=True))


def texts_by_row_key(
    workspace: "Workspace",
    keys: "Sequence[str]",
    *,
    field: str,
    snapshot_ids: "Sequence[str]",
) -> dict[str, str]:
    """Find the texts of rows that are named by their content.

    The key of a row is the SHA-256 of its cells as the file has them, in the order of its
    columns, joined by U+001F. So hand codes can be published without the rows.

    Parameters
    ----------
    workspace
        Where the records are.
    keys
        Row keys.
    field
        A column of `report`.
    snapshot_ids
        Whose records to search.

    Returns
    -------
    dict
        Text by key, for the keys that were found; a report without the text has an empty
        one.
    """
    wanted = set(keys)
    texts: dict[str, str] = {}
    for snapshot_id in snapshot_ids:
        path = workspace.snapshot_folder(snapshot_id) / "record.parquet"
        workspace.open_parquet("record", path, number="record_no")
        names = [name for name, _ in workspace.columns("record") if name != "record_no"]
        quoted = ", ".join('"' + name.replace('"', '""') + '"' for name in names)
        records = workspace.arrays(
            f"SELECT record_no, {quoted} FROM record ORDER BY record_no"  # noqa: S608
        )
        cells = zip(*(records[name] for name in names), strict=True)
        found = {
            int(number): key
            for number, row in zip(records["record_no"], cells, strict=True)
            if (key := sha256_text(_BETWEEN.join(cell or "" for cell in row))) in wanted
        }
        reports = _texts(workspace, list(found), field=field, snapshot_id=snapshot_id)
        texts |= {found[number]: text for number, text in reports.items()}
        workspace.drop("record")
    return texts


def _texts(
    workspace: "Workspace", numbers: list[int], *, field: str, snapshot_id: str
) -> dict[int, str]:
    if not numbers:
        return {}
    workspace.put("wanted", {"record_no": numbers})
    step = Step(
        name="texts of chosen records",
        inputs=("report", "wanted"),
        output="wanted_text",
        sql=f"""
            SELECT r.record_no, coalesce({text_sql(field)}, '') AS text
            FROM report AS r JOIN wanted AS w ON r.record_no = w.record_no
            WHERE snapshot_id = $snapshot_id ORDER BY r.record_no
        """,  # noqa: S608 (a column of the contract)
    )
    found = workspace.arrays(step, snapshot_id=snapshot_id)
    pairs = zip(found["record_no"], found["text"], strict=True)
    return {int(number): str(text) for number, text in pairs}
