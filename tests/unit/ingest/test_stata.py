"""Stata files: codes as stored, labels beside them, nothing lost."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from groundswell.core.errors import InputError, MissingExtraError
from groundswell.engine import Workspace
from groundswell.ingest import ingest_file
from groundswell.ingest.files.table import FileOptions
from unit.ingest.reading import read_records

pandas = pytest.importorskip("pandas")
pyreadstat = pytest.importorskip("pyreadstat")


def _write(path: Path, columns: dict[str, Any], **said: object) -> Path:
    pyreadstat.write_dta(pandas.DataFrame(columns), str(path), **said)
    return path


_COLUMNS: dict[str, Any] = {
    "form": pandas.array([1, -99, None], dtype="Float64"),
    "share": [0.1, 2.0, None],
    "count": pandas.array([1, 2, 300], dtype="int16"),
    "day": [date(1990, 1, 28), None, date(1959, 12, 31)],
    "at": [
        datetime.fromisoformat("1990-01-28 03:04:05.250"),
        datetime.fromisoformat("2020-02-29"),
        None,
    ],
    "month": [361.0, -1.0, 0.0],
    "town": ["Köln", "", 'a "b",\nc'],
}
_CELLS = [
    ["1", "0.1", "1", "1990-01-28", "1990-01-28 03:04:05.250000", "1990-02"],
    ["-99", "2.0", "2", "", "2020-02-29", "1959-12"],
    ["", "", "300", "1959-12-31", "", "1960-01"],
]


@pytest.mark.parametrize("version", [10, 12, 13, 15])
def test_cells_and_labels(workspace: Workspace, tmp_path: Path, version: int) -> None:
    path = _write(
        tmp_path / "x.data",
        _COLUMNS,
        version=version,
        column_labels={"form": "Form of protest"},
        variable_value_labels={"form": {1: "Märsch", -99: "unknown"}},
        variable_format={"month": "%tm"},
    )
    table, records, rows = read_records(workspace, path)
    assert table.columns == table.names == tuple(_COLUMNS)
    assert [row[:-1] for row in rows] == _CELLS
    assert [row[-1] for row in rows] == _COLUMNS["town"]
    assert table.labels == {"form": {"1": "Märsch", "-99": "unknown"}}
    assert table.titles == {"form": "Form of protest"}
    assert records.findings == ()


@pytest.mark.parametrize("version", [114, 117, 118, 119])
def test_numbers_of_single_precision_are_as_short_as_they_can_be(
    workspace: Workspace, tmp_path: Path, version: int
) -> None:
    path = tmp_path / "x.dta"
    singles = pandas.array([0.1, 3, 16777216], dtype="float32")
    frame = pandas.DataFrame({"single": singles, "town": ["Köln", "x", "y"]})
    frame.to_stata(path, version=version, write_index=False)
    _, records, rows = read_records(workspace, path)
    assert rows == [["0.1", "Köln"], ["3.0", "x"], ["16777216.0", "y"]]
    assert len(records.findings) == (version < 118)


def test_text_of_an_old_file_is_read_as_windows_1252(
    workspace: Workspace, tmp_path: Path
) -> None:
    columns = {"town": ["Kxln", "x", "the workers\u2019"], "n": [1, 2, 3]}
    path = _write(tmp_path / "x.dta", columns, version=12)
    path.write_bytes(path.read_bytes().replace(b"Kxln", b"K\xf6ln"))
    _, records, rows = read_records(workspace, path)
    assert [row[0] for row in rows] == ["Köln", "x", "the workers\u2019"]
    (finding,) = records.findings
    assert (finding.kind, finding.n) == ("not-utf8", 1)
    _, records, rows = read_records(
        workspace, path, options=FileOptions(encoding="cp1251")
    )
    assert rows[0][0] == "Kцln"
    assert records.findings == ()


def test_values_that_are_missing_for_a_reason_are_counted(
    workspace: Workspace, tmp_path: Path
) -> None:
    path = _write(
        tmp_path / "x.dta",
        {"n": [1.0, "a", None], "place": ["x", "y", "z"]},
        missing_user_values={"n": ["a"]},
        variable_value_labels={"n": {1: "one"}},
    )
    table, records, rows = read_records(workspace, path)
    assert rows == [["1", "x"], ["", "y"], ["", "z"]]
    assert [(f.kind, f.n) for f in records.findings] == [("lettered-missing", 1)]
    assert table.labels == {"n": {"1": "one"}}


def test_many_rows_keep_their_order(workspace: Workspace, tmp_path: Path) -> None:
    n_rows = 45_001
    numbers = [float(i) for i in range(n_rows - 1)] + [0.5]
    columns = {"n": numbers, "id": [f"r{i}" for i in range(n_rows)]}
    path = _write(tmp_path / "x.dta", columns)
    _, _, rows = read_records(workspace, path)
    assert rows == [[repr(n), f"r{i}"] for i, n in enumerate(numbers)]


@pytest.mark.parametrize("version", [12, 15])
def test_a_file_that_breaks_off_is_refused(
    workspace: Workspace, tmp_path: Path, version: int
) -> None:
    whole = _write(tmp_path / "x.dta", _COLUMNS, version=version).read_bytes()
    path = tmp_path / "cut.dta"
    n_refused = 0
    for end in range(4 if version == 12 else 20, len(whole), 97):
        path.write_bytes(whole[:end])
        with pytest.raises(InputError, match=r"cut\.dta"):
            read_records(workspace, path)
        n_refused += 1
    assert n_refused > 10


def test_a_missing_package_is_named(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = _write(tmp_path / "x.dta", {"a": [1], "b": [2]})
    monkeypatch.setitem(__import__("sys").modules, "pyreadstat", None)
    with pytest.raises(MissingExtraError, match="stata") as caught:
        ingest_file(workspace, path)
    assert "groundswell[stata]" in caught.value.todo
