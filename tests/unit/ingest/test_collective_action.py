"""A Stata file of the form that Dynamics of Collective Action has, of made-up events."""

import csv
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from groundswell.engine import Workspace
from groundswell.ingest import ingest_file
from groundswell.ingest.mapping_file import shipped_mappings

Reports = Callable[[], list[dict[str, Any]]]
_TEXTS = (
    *("coder", "date", "newsnm", "title", "who", "what", "where", "against", "purpose"),
    *("whysm", "section", "state1", "state2", "state3", "state4", "city1", "city2"),
    *("neighbr", "smoname1", "smoname2", "smoname3", "smoname4"),
)
# a field of a Stata file has a fixed width, so that each character is put in as one byte
_BYTES = {"ñ": "~", "“": "{", "”": "}", "’": "`"}


def _number(cell: str) -> float | None:
    return float(cell) if cell.replace(".", "", 1).isdecimal() else None


def _write_stata(
    path: Path, *, of: Path, labels: Mapping[str, Mapping[int, str]]
) -> None:
    pandas, pyreadstat = (pytest.importorskip(name) for name in ("pandas", "pyreadstat"))
    rows = list(csv.DictReader(of.read_text("cp1252").splitlines()))
    columns: dict[str, list[Any]] = {}
    for name in rows[0]:
        cells = [row[name] for row in rows]
        columns[name] = cells if name in _TEXTS else [_number(cell) for cell in cells]
    frame = pandas.DataFrame(columns)
    for name in columns:
        if name in _TEXTS:
            frame[name] = frame[name].str.translate(str.maketrans(_BYTES))
        else:
            frame[name] = frame[name].astype(float)
    pyreadstat.write_dta(frame, str(path), version=12, variable_value_labels=labels)
    data = path.read_bytes()
    for word in ("Señor", "“SHANTYTOWN”", "Ejemplo’s"):
        written = word.translate(str.maketrans(_BYTES)).encode("ascii")
        assert written in data
        data = data.replace(written, word.encode("cp1252"))
    path.write_bytes(data)


def test_a_stata_file_gives_the_reports_of_its_csv(
    workspace: Workspace, golden: Path, tmp_path: Path, reports: Reports
) -> None:
    path = tmp_path / "final_data.dta"
    _write_stata(path, of=golden / "doca.csv", labels={})
    result = ingest_file(workspace, path)
    expected = json.loads((golden / "doca.expected.json").read_text("utf-8"))["reports"]
    # a column of numbers has no room for the one word among them
    assert expected[4].pop("size_low") == 3
    del expected[4]["size_high"], expected[4]["size_rule"]
    assert reports() == expected
    assert result.snapshot.source.source_id == "doca"
    assert result.rows.counted == result.rows.rows_in == len(expected)
    assert len(result.columns) == 102


def test_labels_of_the_file_come_before_the_words_of_the_table(
    workspace: Workspace, golden: Path, tmp_path: Path, reports: Reports
) -> None:
    labels = {"claim1": {1006: "Divestment"}, "val1": {1: "For"}, "form1": {1: "Rally"}}
    path = tmp_path / "final_data.dta"
    _write_stata(path, of=golden / "doca.csv", labels=labels)
    ingest_file(workspace, path)
    first, second, *_ = reports()
    assert first["claims_summary"] == "For: Divestment"
    assert first["issues"] == ["Divestment"]
    assert first["tactics"][:2] == ["Rally", "civil disobedience"]
    assert second["tactics"][0] == "march"
    # what the file has no label for is as the table says
    assert second["claims_summary"].startswith("For: African American civil rights, ")


def test_every_claim_names_its_stance(golden: Path) -> None:
    expected = json.loads((golden / "doca.expected.json").read_text("utf-8"))
    stances = ("in favour of: ", "in opposition to: ", "stance not known: ", "4: ")
    for report in expected["reports"]:
        claims = report["claims_summary"].split("; ")
        assert [c.startswith(stances) for c in claims] == [True] * len(report["issues"])


@pytest.mark.reference
def test_the_tables_have_the_codes_of_the_codebook(reference_data: Path) -> None:
    path = reference_data / "doca" / "codebook.json"
    codebook = json.loads(path.read_text("utf-8"))
    (mapping,) = (one for one in shipped_mappings() if "doca" in one.source_ids)
    for name, listed in {
        "claim": "detailed_claims",
        "form": "forms",
        "activity": "activities",
        "group": "groups",
        "target": "targets",
        "valence": "valence",
        "people": "group sizes",
    }.items():
        codes = {str(one["code"]) for one in codebook[listed]}
        if name in ("form", "activity"):
            codes.remove("99")  # no form or activity was reported
        assert set(mapping.codes[name]) == codes, name
        words = list(mapping.codes[name].values())
        assert len(words) == len(set(words)), name
    columns = [one["variable name"] for one in codebook["labels"]]
    golden = Path(__file__).parents[2] / "golden" / "ingest" / "doca.csv"
    header = golden.read_text("cp1252").splitlines()[0]
    assert header.split(",") == columns
