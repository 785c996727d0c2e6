"""Every CSV file of the reference data that can be read comes back cell by cell."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest

from groundswell import api
from groundswell.core.errors import InputError

FEWEST = 22  # the sheets of phase 1, the file of phase 3


def fitted(rows: Iterator[list[str]]) -> Iterator[list[str]]:
    """Fill rows up to the first one, and cut cells beyond it that are all blank."""
    header = next(row for row in rows if any(cell.strip() for cell in row))
    yield header
    n = len(header)
    for row in rows:
        full = row + [""] * (n - len(row))
        yield full if any(cell.strip() for cell in full[n:]) else full[:n]


def text_of(path: Path) -> str:
    text = path.read_bytes().decode("utf-8", "groundswell-windows-1252")
    # one file ends its lines with a CR too many
    text = text.removeprefix("\ufeff").replace("\r\r\n", "\r\n")
    return text.replace("\x00", "")


def rows_of(path: Path) -> Iterator[list[str]]:
    """Read a table with Python's csv; one with tabs has no quotation marks."""
    text = text_of(path)
    line = text.lstrip("\r\n").partition("\n")[0]
    delimiter = max(",\t;|", key=lambda d: len(next(csv.reader([line], delimiter=d))))
    quoting = csv.QUOTE_NONE if delimiter == "\t" else csv.QUOTE_MINIMAL
    lines = io.StringIO(text, newline="")
    return iter(csv.reader(lines, delimiter=delimiter, quoting=quoting))


@pytest.mark.reference
def test_every_file_comes_back(reference_data: Path, tmp_path: Path) -> None:
    done = []
    for number, path in enumerate(sorted(reference_data.rglob("*.csv"))):
        workspace, target = tmp_path / f"w{number}", tmp_path / f"{number}.csv"
        try:
            (result,) = api.ingest(api.RecordFiles(files=(path,)), workspace)
        except InputError:
            continue  # of no known source
        api.export_records(workspace, result.snapshot.snapshot_id, to=target)
        with target.open(encoding="utf-8", newline="") as file:
            pairs = zip(fitted(csv.reader(file)), fitted(rows_of(path)), strict=True)
            for row, (back, cells) in enumerate(pairs):
                assert back == cells, f"{path}, row {row}"
        done.append(path)
    assert len(done) >= FEWEST
