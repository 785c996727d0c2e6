"""Files of each kind that were damaged at random: read to the last row, or refused."""

import io
import json
import random
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from groundswell.core.errors import InputError
from groundswell.engine import Workspace
from groundswell.ingest.files.table import FileOptions
from unit.ingest.mutations import N_MUTATIONS, N_PARTS, mutate
from unit.ingest.r_files import frame, ints, rda, reals, texts
from unit.ingest.reading import WHOLE, read_records
from unit.ingest.workbooks import cell, sheet_of, workbook

# ruff: noqa: S311 (the same damage on every run, not secrets)

_WIDTHS = FileOptions(layouts=(("id", "day", "town"), ("id", "day", "town", "url")))


def _zip() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("x.csv", "date,place\n2025-01-01,Köln\n" * 20)
    return out.getvalue()


def _json() -> bytes:
    rows = [{"a": "Köln", "b": i, "c": [1.5, {"x": None}]} for i in range(20)]
    return json.dumps({"status": 200, "data": rows, "n": 1}).encode()


def _layouts() -> bytes:
    rows = ("1\t20240301\tKöln\n", "2\t20240302\tBonn\thttp://x.org\n")
    return "".join(rows * 10).encode()


def _sheet() -> bytes:
    rows = (f"<row>{cell('date')}{cell(i)}{cell('Köln')}</row>" for i in range(20))
    return workbook(sheet_of(*rows))


def _frame() -> bytes:
    factor = {"levels": texts("a", "b"), "class": texts("factor")}
    town = texts("Köln", None, "Bonn")
    columns = {"town": town, "n": reals(1, 2.5, 3), "f": ints(1, 2, 1, about=factor)}
    return rda(found=frame(columns))


def _stata(folder: Path, *, version: int) -> bytes:
    pandas, pyreadstat = (pytest.importorskip(name) for name in ("pandas", "pyreadstat"))
    columns = {"town": ["Köln", "", "Bonn"] * 9, "n": [1.0, 2.0, None] * 9}
    path = folder / "original.dta"
    pyreadstat.write_dta(
        pandas.DataFrame(columns),
        str(path),
        version=version,
        variable_value_labels={"n": {1: "yes", 2: "no"}},
    )
    return path.read_bytes()


_KINDS: dict[str, tuple[Callable[[Path], bytes], FileOptions]] = {
    "zip": (lambda _: _zip(), WHOLE),
    "json": (lambda _: _json(), WHOLE),
    "layouts": (lambda _: _layouts(), _WIDTHS),
    "xlsx": (lambda _: _sheet(), WHOLE),
    "rda": (lambda _: _frame(), WHOLE),
    "stata-12": (lambda folder: _stata(folder, version=12), WHOLE),
    "stata-15": (lambda folder: _stata(folder, version=15), WHOLE),
}


@pytest.mark.slow
@pytest.mark.parametrize(
    "part", [0, *(pytest.param(n, marks=pytest.mark.full) for n in range(1, N_PARTS))]
)
@pytest.mark.parametrize("kind", _KINDS)
def test_damaged_files(
    workspace: Workspace, tmp_path: Path, kind: str, part: int
) -> None:
    make, options = _KINDS[kind]
    original = make(tmp_path)
    path = tmp_path / "mutated"
    path.write_bytes(original)
    assert read_records(workspace, path, options=options)[1].n_rows
    refused = []
    for seed in range(part, N_MUTATIONS, N_PARTS):
        path.write_bytes(mutate(original, random.Random(seed)))
        try:
            _, records, rows = read_records(workspace, path, options=options)
        except InputError as error:
            refused.append(error.what)
        else:
            assert records.n_rows == len(rows) > 0
    assert all("mutated" in what for what in refused)
