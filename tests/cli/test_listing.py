"""`sources`, `figures`, `doctor`, `schema`: what is known, and what works here."""

import json
import sys
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from cli.running import FIGURES, checked_json, done, run
from groundswell.core.errors import EXIT_CODES


def test_sources_say_how_to_get_them() -> None:
    sources = checked_json("sources", done("sources", "--json"))
    card = done("sources").out
    for source in sources:
        assert source["source_id"] in card
        shown = done("sources", "show", source["source_id"], "--json")
        detail = checked_json("source", shown)
        assert detail["source"] == source
        steps = done("sources", "show", source["source_id"]).out
        assert source["title"] in " ".join(steps.split())
        for mapping in detail["mappings"]:
            for column in mapping["columns"]:
                assert column["column"] in steps
                assert column["targets"] or column["how"]
    assert done("sources") == done("sources")


def test_a_source_says_what_becomes_of_its_columns() -> None:
    detail = done("sources", "show", "ccc-phase1", "--json").json
    names = [mapping["name"] for mapping in detail["mappings"]]
    assert names[:2] == ["ccc-phase1", "ccc-phase2"]
    columns = {c["column"]: c for c in detail["mappings"][0]["columns"]}
    assert columns["Date"]["targets"] == ["date_start", "date_end", "date_text"]
    assert columns["Date"]["how"] == "dates as month, day, year"
    assert columns["Date"]["caveat"] == (
        "Written in several ways, some with impossible years."
    )
    assert columns["Events"]["targets"] == []
    assert "not counted where it is 0" in columns["Events"]["how"]
    card = " ".join(done("sources", "show", "ccc-phase1").out.split())
    assert "dates as month, day, year" in card
    assert "What to know of other columns" in card
    votes = done("sources", "show", "unvotes", "--json").json["mappings"]
    fed = {mapping["table"]: mapping["columns"] for mapping in votes}
    assert {"vote", "roll_call"} <= set(fed)
    assert {c["column"]: c["targets"] for c in fed["vote"]}["vote"] == ["vote"]
    own = done("sources", "show", "own").out
    assert "read with a mapping of your own" in " ".join(own.split())


def test_figures_of_one_codebook_and_of_ones_own() -> None:
    every = checked_json("figures", done("figures", "--json"))
    some = checked_json(
        "figures", done("figures", "--codebook", "israel-palestine", "--json")
    )
    assert 0 < len(some) <= len(every)
    assert {f["codebook_id"] for f in some} == {"israel-palestine"}
    own = checked_json(
        "figures", done("figures", *FIGURES, "--codebook", "harbour-tunnel", "--json")
    )
    assert [f["figure_id"] for f in own] == [
        "demo-2023-anti-tunnel",
        "demo-2023-pro-tunnel",
    ]
    assert "64%" in done("figures", *FIGURES, "--codebook", "harbour-tunnel").out
    assert done("figures", "--codebook", "tactics", "--json").json == []


def test_doctor_looks_at_packages_and_workspaces(workspace: Path, tmp_path: Path) -> None:
    facts = checked_json("doctor", done("doctor", "--json"))["facts"]
    assert all(fact["is_well"] for fact in facts)
    assert {"groundswell", "python", "duckdb", "numpy"} <= {f["name"] for f in facts}
    *_, fact = done("doctor", "-w", workspace, "--json").json["facts"]
    assert fact["words"].startswith("1 snapshots, 1,095 reports, ")
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "notes.txt").touch()
    for folder in ("nowhere", "other"):
        outcome = run("doctor", "-w", folder)
        assert outcome.code == 5
        assert "Not as it should be: workspace" in outcome.out
        assert "There is no workspace at" in outcome.out
        assert checked_json("doctor", run("doctor", "-w", folder, "--json"))
    assert not (tmp_path / "nowhere").exists()


def test_doctor_names_the_extra_that_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    outcome = done("doctor")
    assert "pip install 'groundswell[read]'" in outcome.out


def test_every_schema_is_a_schema() -> None:
    names = done("schema").out.split()
    assert {"check", "measure", "ingest", "rows", "replay", "doctor"} <= set(names)
    for name in names:
        schema = json.loads(done("schema", name).out)
        assert schema["$schema"].endswith("/draft/2020-12/schema")
        Draft202012Validator.check_schema(schema)
        assert schema["properties"]["schema"] == {"const": f"groundswell/{name}/1"}
        assert not Draft202012Validator(schema).is_valid({"schema": "x", "result": 1})


def test_help_names_every_exit_code() -> None:
    helped = done("--help").out
    for code, words in EXIT_CODES.items():
        assert f"\n  {code}  " in helped
        assert words in helped
    assert done("-h") == done("--help")
    assert done("--version").out.startswith("groundswell 0.")
