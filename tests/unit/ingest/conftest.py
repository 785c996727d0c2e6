"""A workspace, the made-up files, and readers of what became of them."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from groundswell.engine import Workspace

Reports = Callable[[], list[dict[str, Any]]]
Writer = Callable[[str, str | bytes], Path]


@pytest.fixture(name="golden", scope="session")
def _golden() -> Path:
    return Path(__file__).parents[2] / "golden" / "ingest"


@pytest.fixture(name="workspace")
def _workspace(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace.open(tmp_path / "workspace", create=True) as workspace:
        yield workspace


@pytest.fixture(name="reports")
def _reports(workspace: Workspace) -> Reports:
    """Read all reports as dictionaries without what is null or empty."""

    def read() -> list[dict[str, Any]]:
        found = workspace.arrays(
            "SELECT CAST(to_json(r) AS VARCHAR) AS row FROM "
            "(SELECT * EXCLUDE (report_id, snapshot_id) FROM report) AS r "
            "ORDER BY r.source_id, r.record_no"
        )
        rows = [json.loads(row) for row in found["row"]]
        return [{k: v for k, v in row.items() if v not in (None, [])} for row in rows]

    return read


@pytest.fixture(name="write")
def _write(tmp_path: Path) -> Writer:
    def write(name: str, content: str | bytes) -> Path:
        path = tmp_path / name
        data = content.encode() if isinstance(content, str) else content
        path.write_bytes(data)
        return path

    return write


@pytest.fixture(name="mapping")
def _mapping(write: Writer) -> Path:
    """Map a table with the columns date, place, what, size."""
    return write(
        "small.toml",
        """
        [report]
        date = { column = "date", order = "ymd" }
        locality = "place"
        claims_summary = "what"
        size_text = "size"
        """,
    )
