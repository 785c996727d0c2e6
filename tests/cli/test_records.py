"""`ingest`, `rows`, `replay`: from a file to the rows behind a number, and back."""

import json
import shutil
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from cli.running import (
    ARTICLE,
    CODEBOOK,
    EXAMPLES,
    MAPPING,
    N_ROWS,
    PUBLISHED,
    RECORDS,
    Json,
    checked_json,
    done,
    files_of,
    run,
)
from groundswell.engine import Step, Workspace

MANIFEST = ("--manifest", EXAMPLES / "records.manifest.toml")
CORRECTIONS = """
[[correction]]
row = 1094
column = "date"
expect = "2924-03-02"
value = "2024-03-02"
author = "a test"
date = 2024-06-20
reason = "a slip of the pen"
"""


def test_every_row_and_column_is_accounted_for(workspace: Path) -> None:
    command = ("ingest", RECORDS, *MAPPING, *MANIFEST, "-w", workspace)
    (result,) = checked_json("ingest", done(*command, "--json"))
    assert not result["is_new"]
    assert sum(line["n"] for line in result["rows"]["lines"]) == N_ROWS
    header = RECORDS.read_text(encoding="utf-8").split("\n", 1)[0].split(",")
    assert [column["column"] for column in result["columns"]] == header
    assert result["snapshot"]["taken"] == "2024-06-15"
    card = done(*command).out
    assert "held already" in card
    assert "11 columns, 10 of them used" in card
    assert card == done(*command).out


def test_what_was_read_before_a_bad_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "bad.csv").write_text("<html>sign in</html>", encoding="utf-8")
    (tmp_path / "last.csv").write_text("date,x\n2024-01-01,1\n", encoding="utf-8")
    command = ("ingest", RECORDS, "bad.csv", "last.csv", *MAPPING, "-w", "w", "--json")
    result = run(*command)
    assert result.code == 3
    assert "bad.csv is a web page" in result.err
    assert "not read, after the file that failed: last.csv" in result.err
    assert json.loads(result.out)["result"][0]["snapshot"]["file_name"] == RECORDS.name


def test_several_files_and_the_day_on_which_they_were_taken(tmp_path: Path) -> None:
    lines = RECORDS.read_text(encoding="utf-8").splitlines()
    for name, rows in (("a.csv", lines[2:12]), ("b.csv", lines[12:32])):
        (tmp_path / name).write_text("\n".join([lines[0], *rows]), encoding="utf-8")
    command = ("ingest", "a.csv", "b.csv", *MAPPING, "--taken", "2024-06-01", "-w", "w")
    results = checked_json("ingest", done(*command, "--json"))
    assert [r["rows"]["rows_in"] for r in results] == [10, 20]
    assert all(r["is_new"] for r in results)
    assert {r["snapshot"]["taken"] for r in results} == {"2024-06-01"}
    again = checked_json("ingest", done(*command, "--json"))
    assert not any(r["is_new"] for r in again)
    card = done(*command).out
    assert card.index("a.csv: held already") < card.index("b.csv: held already")
    assert "2 snapshots, 30 reports" in done("doctor", "-w", "w").out


def test_a_file_that_fails_leaves_those_before_it_in_place(tmp_path: Path) -> None:
    (tmp_path / "empty.csv").touch()
    outcome = run("ingest", RECORDS, "empty.csv", *MAPPING, *MANIFEST, "-w", "w")
    assert outcome.code == 3
    assert "empty.csv is empty" in outcome.err
    assert "1 snapshots, 1,095 reports" in done("doctor", "-w", "w").out


def test_corrections_are_applied_and_their_guard_is_kept(tmp_path: Path) -> None:
    corrections = tmp_path / "corrections.toml"
    corrections.write_text(CORRECTIONS, encoding="utf-8")
    command = ("ingest", RECORDS, *MAPPING, *MANIFEST, "--corrections", corrections)
    (result,) = checked_json("ingest", done(*command, "-w", "a", "--json"))
    (corrected,) = [f for f in result["findings"] if f["kind"] == "corrected"]
    assert "since a slip of the pen" in corrected["examples"][0]
    corrections.write_text(CORRECTIONS.replace("2924-", "2925-"), encoding="utf-8")
    refused = run(*command, "-w", "b")
    assert refused.code == 4
    assert "2924-03-02" in refused.err
    assert not (tmp_path / "b").exists()


def test_a_drafted_mapping_is_toml_that_can_be_given_back(tmp_path: Path) -> None:
    draft = done("ingest", "--draft-mapping", RECORDS)
    assert draft.err == ""
    (tmp_path / "mapping.toml").write_text(draft.out, encoding="utf-8")
    command = ("ingest", RECORDS, "--mapping", "mapping.toml", "-w", "w", "--json")
    (result,) = checked_json("ingest", done(*command))
    assert sum(line["n"] for line in result["rows"]["lines"]) == N_ROWS
    assert [p.name for p in tmp_path.iterdir() if p.name != "w"] == ["mapping.toml"]


def test_rows_are_those_that_were_counted(
    workspace: Path, check_result: Json, receipt: str
) -> None:
    estimate = next(
        m["estimate"]
        for m in (v["measurement"] for v in check_result["verdicts"])
        if m and m["estimate"]["receipt_id"] == receipt
    )
    counted = [n["n"] for n in estimate["ledger"]["lines"] if n["kind"] == "counted"]
    at = ("-w", workspace, "--json")
    every = checked_json("rows", done("rows", receipt, "--all", *at))
    assert every["n_rows"] == len(every["rows"]) == sum(counted)
    assert all(len(row) == len(every["columns"]) for row in every["rows"])
    words = every["columns"].index("matched_words")
    assert all("tunnel" in row[words] for row in every["rows"])
    few = checked_json("rows", done("rows", receipt, "--sample", "7", *at))
    assert len(few["rows"]) == 7
    assert all(row in every["rows"] for row in few["rows"])
    assert few == checked_json("rows", done("rows", receipt[:8], "--sample", "7", *at))
    assert len(checked_json("rows", done("rows", receipt, *at))["rows"]) == 20


def test_names_are_withheld_unless_asked_for(workspace: Path, receipt: str) -> None:
    at = ("-w", workspace, "--json")
    shown = checked_json("rows", done("rows", receipt, *at))
    assert {"actors", "place_detail", "claims_verbatim"} <= set(shown["withheld"])
    assert not set(shown["columns"]) & set(shown["withheld"])
    named = checked_json("rows", done("rows", receipt, "--with-names", *at))
    assert set(named["columns"]) == {*shown["columns"], *shown["withheld"]}
    assert named["withheld"] == []


def test_replay_repeats_a_check_and_a_number(
    own_workspace: Path, check_result: Json, receipt: str
) -> None:
    before = files_of(own_workspace)
    for one in (check_result["receipt_id"], receipt):
        result = checked_json(
            "replay", done("replay", one, "-w", own_workspace, "--json")
        )
        assert result == {"receipt_id": one, "is_same": True, "changes": []}
        assert "the same bytes" in done("replay", one[:9], "-w", own_workspace).out
    assert files_of(own_workspace) == before


def test_replay_needs_none_of_the_files_that_were_given(
    tmp_path: Path,
) -> None:
    copies = {path.name: tmp_path / path.name for path in EXAMPLES.glob("*.t*")}
    for name, path in copies.items():
        shutil.copyfile(EXAMPLES / name, path)
    shutil.copyfile(RECORDS, tmp_path / RECORDS.name)
    own = ("--codebook", copies["harbour-tunnel.toml"])
    result = checked_json(
        "check",
        done(
            *("check", copies["article.txt"], "--events", RECORDS.name),
            *("--mapping", copies["records.mapping.toml"], *own, *PUBLISHED),
            *("--figures", copies["figures.toml"], "-w", "w", "--json"),
        ),
    )
    measured = checked_json(
        "measure",
        done(*("measure", "share", *own, "--side", "pro-tunnel", "-w", "w", "--json")),
    )
    # the codebook now says the opposite, and everything else is gone
    text = CODEBOOK.read_text(encoding="utf-8")
    copies["harbour-tunnel.toml"].write_text(
        text.replace("for the tunnel", "for a bridge"), encoding="utf-8"
    )
    for name in ("article.txt", "figures.toml", "records.mapping.toml"):
        copies[name].unlink()
    (tmp_path / RECORDS.name).unlink()
    for one in (result["receipt_id"], measured["receipt_id"]):
        assert done("replay", one, "-w", "w", "--json").json["is_same"]
    changed = checked_json(
        "measure",
        done(*("measure", "share", *own, "--side", "pro-tunnel", "-w", "w", "--json")),
    )
    value = [m["measurements"][0]["estimate"]["value"] for m in (measured, changed)]
    assert value[0] != value[1]


def test_an_input_that_is_gone_or_changed_is_named(
    own_workspace: Path, check_result: Json
) -> None:
    receipts = own_workspace / "receipts" / f"{check_result['receipt_id']}.json"
    inputs = {e["role"]: e for e in json.loads(receipts.read_text("utf-8"))["inputs"]}
    assert set(inputs) == {"article", "records", "codebook", "figures"}
    article = own_workspace / "inputs" / inputs["article"]["sha256"]
    assert article.read_bytes() == ARTICLE.read_bytes()
    command = ("replay", check_result["receipt_id"], "-w", own_workspace)
    for damage in (lambda: article.write_bytes(b"another"), article.unlink):
        damage()
        outcome = run(*command)
        assert outcome.code == 7
        assert inputs["article"]["sha256"] in outcome.err
        assert outcome.out == ""


def _raw_of(workspace: Path) -> Path:
    (raw,) = workspace.glob("snapshots/own-*/raw/*")
    raw.chmod(0o644)
    return raw


def _change_the_raw_file(workspace: Path) -> None:
    raw = _raw_of(workspace)
    raw.write_bytes(raw.read_bytes().replace(b"vigil", b"VIGIL", 1))


def _change_the_records(workspace: Path) -> None:
    (records,) = workspace.glob("snapshots/own-*/record.parquet")
    records.write_bytes(b"gone")


def _forge_a_report(workspace: Path) -> None:
    # what no number reads: the result has the same bytes, and the row is another
    with Workspace.open(workspace, create=False) as opened:
        sql = "SELECT * REPLACE (['http://forged.example'] AS urls) FROM report"
        opened.create(Step(name="forge", inputs=("report",), output="report", sql=sql))


@pytest.mark.parametrize("verb", ["replay", "rows"])
@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (_change_the_raw_file, "The raw file of own-"),
        (_change_the_records, "The file record.parquet of own-"),
        (_forge_a_report, "The rows of own-"),
    ],
)
def test_a_part_of_a_snapshot_that_was_changed_is_named(
    own_workspace: Path,
    receipt: str,
    verb: str,
    damage: Callable[[Path], None],
    words: str,
) -> None:
    damage(own_workspace)
    outcome = run(verb, receipt, "-w", own_workspace)
    assert outcome.code == 7
    assert words in outcome.err
    assert outcome.out == ""


def test_the_same_rows_in_two_files_are_not_counted_twice(tmp_path: Path) -> None:
    header, *lines = RECORDS.read_text(encoding="utf-8").splitlines(keepends=True)
    parts = {
        "one.csv": [line for line in lines if "2024-01-" in line],
        "again.csv": [line for line in lines if "2024-01-1" in line],
        "later.csv": [line for line in lines if "2024-02-" in line],
    }
    for name, rows in parts.items():
        (tmp_path / name).write_text(header + "".join(rows), encoding="utf-8")
    mine = (*MAPPING, "--taken", "2024-06-15", "-w", "w")
    command = ("measure", "count", "--codebook", CODEBOOK, "--side", "pro-tunnel")
    apart = ("-w", "w", "--json")

    def snapshot_of(name: str) -> str:
        return str(
            done("ingest", name, *mine, "--json").json[0]["snapshot"]["snapshot_id"]
        )

    one, later = snapshot_of("one.csv"), snapshot_of("later.csv")
    both = done(*command, *apart).json["measurements"][0]["estimate"]["value"]
    assert both > 0
    again = snapshot_of("again.csv")
    outcome = run(*command, *apart)
    assert outcome.code == 2
    assert f"one.csv ({one}) and again.csv ({again}) hold the same days" in outcome.err
    assert "--snapshot" in outcome.err
    chosen = done(*command, "--snapshot", one, "--snapshot", later, *apart).json
    assert chosen["measurements"][0]["estimate"]["value"] == both


def test_one_raw_file_does_not_stand_for_another(tmp_path: Path) -> None:
    header, *lines = RECORDS.read_text(encoding="utf-8").splitlines(keepends=True)
    for name, month in (("a.csv", "2024-01-"), ("b.csv", "2024-05-")):
        rows = "".join(line for line in lines if month in line)
        (tmp_path / name).write_text(header + rows, encoding="utf-8")
    done("ingest", "a.csv", "b.csv", *MAPPING, "--taken", "2024-06-15", "-w", "w")
    side = ("--codebook", CODEBOOK, "--side", "pro-tunnel")
    measured = done("measure", "share", *side, "-w", "w", "--json").json
    assert done("replay", measured["receipt_id"], "-w", "w").code == 0
    one, other = sorted((tmp_path / "w").glob("snapshots/*/raw/*"))
    one.chmod(0o644)
    one.write_bytes(other.read_bytes())
    outcome = run("replay", measured["receipt_id"], "-w", "w")
    assert outcome.code == 7
    assert outcome.err.count("raw file") == 1
    assert one.parent.parent.name in outcome.err


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"result_sha256": "', '"result_sha256": "0'),
        ('"python"', '"cpython"'),
        ("pro-tunnel", "neutral"),
        ("wording", "wordung"),
    ],
)
def test_a_receipt_that_was_tampered_with_is_refused(
    own_workspace: Path, check_result: Json, old: str, new: str
) -> None:
    receipt = next(
        m["estimate"]["receipt_id"]
        for v in check_result["verdicts"]
        if (m := v["measurement"]) and v["claim"]["scope"]["side"] == "pro-tunnel"
    )
    path = own_workspace / "receipts" / f"{receipt}.json"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    for verb in ("replay", "rows"):
        outcome = run(verb, receipt, "-w", own_workspace)
        assert outcome.code == 7
        assert "was changed after it was written" in outcome.err
        assert outcome.out == ""


def test_a_receipt_that_is_no_receipt_is_refused(own_workspace: Path) -> None:
    for content in ("", "{", "[]", '{"receipt_id": "feed"}'):
        (own_workspace / "receipts" / "feed.json").write_text(content, encoding="utf-8")
        outcome = run("replay", "feed", "-w", own_workspace)
        assert outcome.code == 7
        assert "is damaged" in outcome.err


def test_rows_of_a_check_are_asked_for_claim_by_claim(
    workspace: Path, check_result: Json
) -> None:
    outcome = run("rows", check_result["receipt_id"], "-w", workspace)
    assert outcome.code == 2
    assert "a check prints one for each claim" in outcome.err


def test_a_spreadsheet_needs_its_extra_and_says_which(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with zipfile.ZipFile(tmp_path / "t.xlsx", "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("[Content_Types].xml", "<Types/>")
    monkeypatch.setitem(sys.modules, "python_calamine", None)
    outcome = run("ingest", "t.xlsx", *MAPPING, "-w", "w")
    assert outcome.code == 6
    assert "pip install 'groundswell[xlsx]'" in outcome.err
    assert not (tmp_path / "w").exists()
