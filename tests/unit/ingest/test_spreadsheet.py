"""XLSX files: cells as the text that a CSV export would hold."""

from pathlib import Path

import pytest

from groundswell.engine import Workspace
from groundswell.ingest.files.layouts import read_places
from groundswell.ingest.files.table import FileOptions
from unit.ingest.reading import read_records
from unit.ingest.workbooks import cell, sheet_of, workbook


def test_numbers_and_texts_are_as_written(workspace: Workspace, tmp_path: Path) -> None:
    rows = [["Datum", "n", "Thema"], ["2018-01-01", 50.0, "a, b"], ["x", 0.5, "z"]]
    written = ("".join(map(cell, row)) for row in rows)
    path = tmp_path / "x.tab"
    path.write_bytes(workbook(sheet_of(*(f"<row>{row}</row>" for row in written))))
    table, records, found = read_records(workspace, path)
    assert table.columns == ("Datum", "n", "Thema")
    assert found == [["2018-01-01", "50", "a, b"], ["x", "0.5", "z"]]
    assert records.findings == ()


@pytest.mark.reference
def test_a_list_of_a_city(workspace: Workspace, reference_data: Path) -> None:
    path = reference_data / "registrations" / "berlin1.xlsx"
    table, records, found = read_records(workspace, path)
    assert len(table.columns) == 6
    assert records.n_rows == len(found) == 12_774
    assert found[0][:1] + found[0][2:5] == ["2018-01-01", "50", "50", "Ausland"]
    days = {row[0] for row in found}
    assert all(len(day) == 10 and day[4] == day[7] == "-" for day in days)
    assert all(row[2].isdecimal() for row in found)
    assert all(row[3].isdecimal() or row[3] == "" for row in found)
    assert records.findings == ()


@pytest.mark.reference
def test_events_of_two_widths(workspace: Workspace, reference_data: Path) -> None:
    path = reference_data / "gdelt" / "reed_events.csv"
    lines = path.read_text("utf-8").splitlines()
    columns = tuple(f"c{number}" for number in range(1, 59))
    options = FileOptions(
        layouts=(columns[:-1], columns), cells={1: "integer", 2: "yyyymmdd"}
    )
    table, records, found = read_records(workspace, path, options=options)
    assert table.columns == columns
    assert records.findings == ()
    back = ["\t".join(row[place] for place in read_places(row[58])) for row in found]
    assert back == lines
    assert [len(read_places(row[58])) for row in found].count(57) == 201
