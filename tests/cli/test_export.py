"""`export`: what may be shared leaves, and nothing else; or the file as it came."""

import csv
import hashlib
import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from cli.running import EVENTS, MAPPING, N_ROWS, RECORDS, Json, checked_json, done, run
from groundswell.engine.tables import passing_tables

OWN = """
source = "own"
[report]
date = { column = "date", order = "ymd" }
country = "country"
locality = "town"
place_detail = "where"
title = "name"
claims_summary = "demands"
size_text = "people"
recurrence_text = { column = "notes", words = ["weekly"] }
latitude = "lat"
longitude = "lon"
tactics = "form"
urls = { column = "links", separator = " " }
[[report.actors]]
column = "who"
role = "organiser"
"""
SECRET = ("Jane", "Doe", "555-0100", "Elm Street", "64.1234", "alice", "-18.98765")
TOMORROW = date.today() + timedelta(days=1)  # noqa: DTZ011 (the day of the user)
HEADER = "date,country,town,where,name,demands,people,notes,lat,lon,form,links,who"
ROWS = [
    "2025-01-06,Iceland,Vik,5 Elm Street,Doe Day,for Jane Doe,50 (says Jane Doe),"
    "weekly at Doe's 555-0100,64.1234,-18.98765,=vigil(1),"
    "https://records.example/doe https://x.com/alice https://alice.tumblr.com/1,Jane Doe",
    "2025-01-06,Iceland,=1+1,,,,,,-0.04,,+rally,,",
    f"{TOMORROW},Iceland,Secretville,,,,,,,,march,,",
    ",Iceland,Vik,,a day that nobody gives,,,,,,march,,",
]


def manifest(redistribution: str) -> str:
    return (
        'title = "Own sheet"\ncitation = "Own (2025). Sheet."\nlicence = "L"\n'
        'terms_address = "https://own.example/terms"\n'
        f'redistribution = "{redistribution}"\n'
    )


@pytest.fixture(name="own")
def _own(tmp_path: Path) -> Path:
    return ingested(tmp_path, "rows")


def ingested(folder: Path, redistribution: str) -> Path:
    (folder / "own.toml").write_text(OWN, "utf-8")
    (folder / "own.csv").write_text("\n".join([HEADER, *ROWS]) + "\n", "utf-8")
    (folder / "terms.toml").write_text(manifest(redistribution), "utf-8")
    given = ("--mapping", "own.toml", "--manifest", "terms.toml")
    done("ingest", "own.csv", *given, "-w", "w")
    return folder / "w"


def export(*arguments: object) -> Json:
    return checked_json("export", done("export", *arguments, "--json"))


def test_nothing_of_people_or_of_days_to_come_leaves(own: Path) -> None:
    for suffix in ("csv", "jsonl", "parquet"):
        result = export("own", "--out", f"shared.{suffix}", "-w", own)
        assert {line["reason"]: line["n"] for line in result["ledger"]["lines"]} == {
            "after-today": 1,
            "exported": 3,
        }
        data = Path(f"shared.{suffix}").read_bytes()
        assert result["n_bytes"] == len(data)
        assert result["sha256"] == hashlib.sha256(data).hexdigest()
        citation = Path(f"shared.{suffix}.citation.txt").read_bytes()
        for secret in (*SECRET, "Secretville", str(TOMORROW)):
            assert secret.encode() not in data + citation
        assert b"Own (2025). Sheet." in citation
        assert result["sha256"].encode() in citation
    with passing_tables() as tables:
        tables.open_parquet("shared", Path("shared.parquet"))
        found = tables.arrays("SELECT locality, len(sources) AS n FROM shared")
        assert found["locality"].tolist() == ["Vik", "=1+1", "Vik"]
        assert found["n"].tolist() == [1, 0, 0]


def test_cells_are_typed_and_formulas_inert(own: Path) -> None:
    result = export("own", "--out", "shared.csv", "-w", own)
    with Path("shared.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == result["columns"]
    assert [row["locality"] for row in rows] == ["Vik", "'=1+1", "Vik"]
    assert [row["tactics"] for row in rows] == ["'=vigil(1)", "'+rally", "march"]
    assert [row["latitude"] for row in rows] == ["64.1", "0.0", ""]
    assert [row["recurrence"] for row in rows] == ["weekly", "", ""]
    assert [row["sources"] for row in rows] == ["records.example", "", ""]
    assert [row["size_low"] for row in rows] == ["50", "", ""]
    assert any("3 cells begin with an apostrophe" in note for note in result["notes"])
    done("export", "own", "--out", "shared.jsonl", "-w", own)
    lines = [json.loads(x) for x in Path("shared.jsonl").read_text("utf-8").splitlines()]
    assert lines[1]["tactics"] == ["+rally"]
    assert lines[0]["sources"] == ["records.example"]
    assert lines[0]["date_start"] == "2025-01-06"
    assert lines[2]["date_start"] is None


@pytest.mark.parametrize(
    ("redistribution", "allowed"), [("aggregate", "aggregates"), ("none", "nothing")]
)
def test_terms_that_forbid_it_are_kept(
    tmp_path: Path, redistribution: str, allowed: str
) -> None:
    workspace = ingested(tmp_path, redistribution)
    outcome = run("export", "own", "--out", "shared.csv", "-w", workspace)
    assert outcome.code == 2
    assert "https://own.example/terms" in outcome.err
    assert f"Allowed: {allowed}" in outcome.err
    assert not list(tmp_path.glob("*shared*"))
    outcome = done("export", "own", "--original", "--out", "mine.csv", "-w", workspace)
    assert (
        "its terms hold for this file, too: L (https://own.example/terms)" in outcome.err
    )
    assert not Path("mine.csv.citation.txt").exists()


def test_the_original_comes_back_cell_by_cell(own: Path) -> None:
    result = export("own", "--original", "--out", "mine.csv", "-w", own)
    with (
        Path("own.csv").open(encoding="utf-8", newline="") as one,
        Path("mine.csv").open(encoding="utf-8", newline="") as other,
    ):
        assert list(csv.reader(other)) == list(csv.reader(one))
    assert result["columns"] == HEADER.split(",")
    assert (result["form"], result["n_rows"]) == ("records", len(ROWS))


def test_what_was_exported_can_be_read_again(workspace: Path, tmp_path: Path) -> None:
    snapshot = done("doctor", "-w", workspace) and next(
        path.name for path in (workspace / "snapshots").iterdir()
    )
    result = export(snapshot, "--original", "--out", "again.csv", "-w", workspace)
    assert result["n_rows"] == N_ROWS
    again = ("--mapping", MAPPING[1], "--manifest", EVENTS[-1], "-w", tmp_path / "v")
    (read,) = checked_json("ingest", done("ingest", "again.csv", *again, "--json"))
    (first,) = checked_json(
        "ingest", done("ingest", RECORDS, *again[:-1], tmp_path / "u", "--json")
    )
    assert read["rows"] == first["rows"]
    assert read["columns"] == first["columns"]
    once, twice = (
        done("export", source, "--out", out, "-w", folder)
        and Path(out).read_text("utf-8").replace(source_id, "ID")
        for source, out, folder, source_id in (
            (
                read["snapshot"]["snapshot_id"],
                "a.csv",
                tmp_path / "v",
                read["snapshot"]["snapshot_id"],
            ),
            (
                first["snapshot"]["snapshot_id"],
                "b.csv",
                tmp_path / "u",
                first["snapshot"]["snapshot_id"],
            ),
        )
    )
    assert once == twice


def test_no_file_is_written_over(own: Path) -> None:
    for taken in ("shared.csv", "shared.csv.citation.txt"):
        Path(taken).write_text("mine", "utf-8")
        outcome = run("export", "own", "--out", "shared.csv", "-w", own)
        assert outcome.code == 2
        assert "is not written over" in outcome.err
        assert Path(taken).read_text("utf-8") == "mine"
        Path(taken).unlink()


@pytest.mark.parametrize(
    ("name", "out", "code", "said"),
    [
        ("own", "shared.xlsx", 2, ".csv, .jsonl or .parquet"),
        ("own", "nowhere/shared.csv", 2, "no folder"),
        ("other", "shared.csv", 2, "begin with 'other'"),
        ("", "shared.csv", 2, "begin with ''"),
    ],
)
def test_what_cannot_be_is_said(
    own: Path, name: str, out: str, code: int, said: str
) -> None:
    outcome = run("export", name, "--out", out, "-w", own)
    assert outcome.code == code
    assert said in outcome.err
    assert not list(own.parent.glob("*shared*"))


def test_a_snapshot_that_was_changed_is_not_exported(own: Path) -> None:
    (raw,) = own.glob("snapshots/*/raw/own.csv")
    raw.write_bytes(raw.read_bytes() + b"\n")
    outcome = run("export", "own", "--original", "--out", "mine.csv", "-w", own)
    assert outcome.code == 5
    assert "was changed" in outcome.err
    assert not Path("mine.csv").exists()


def test_the_card_names_what_stays_behind(own: Path) -> None:
    card = done("export", "own", "--out", "shared.csv", "-w", own).out
    for words in ("place_detail", "of a day after today", "Own (2025). Sheet."):
        assert words in card


def test_a_file_without_reports_has_nothing_to_share(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text(OWN, "utf-8")
    (tmp_path / "own.csv").write_text(f"{HEADER}\n,Iceland{',' * 11}\n", "utf-8")
    (tmp_path / "own.csv.manifest.toml").write_text(manifest("rows"), "utf-8")
    done("ingest", "own.csv", "--mapping", "own.toml", "-w", "w")
    outcome = run("export", "own", "--out", "shared.csv", "-w", "w")
    assert outcome.code == 2
    assert "own.csv holds no reports" in outcome.err
    assert done("export", "own", "--original", "--out", "mine.csv", "-w", "w")
