"""`check`: the main job, through the command line."""

import re
import sys
from pathlib import Path

import pytest

from cli.running import (
    ARTICLE,
    EVENTS,
    EXAMPLES,
    FIGURES,
    MAPPING,
    N_ROWS,
    OURS,
    PUBLISHED,
    RECORDS,
    SENTENCE,
    Json,
    Outcome,
    checked_json,
    done,
    files_of,
    run,
)

KINDS = {
    *("reproduced", "traced", "narrower", "depends"),
    *("contradicted", "inconsistent", "undecidable"),
}
QUOTED = re.compile(r"“([^”]+)”")


def test_the_shipped_article_has_a_claim_of_every_verdict(check_result: Json) -> None:
    verdicts = check_result["verdicts"]
    assert {v["kind"] for v in verdicts} == KINDS
    assert len(verdicts) == len(check_result["reading"]["claims"]) == 7
    raw = ARTICLE.read_text(encoding="utf-8")
    for verdict in verdicts:
        sentence = verdict["claim"]["sentence"]
        assert raw[sentence["start"] : sentence["end"]] == sentence["text"]
        assert verdict["answer"]
        ledger = verdict["measurement"]["estimate"]["ledger"]
        assert sum(line["n"] for line in ledger["lines"]) == ledger["rows_in"] == N_ROWS
        if verdict["kind"] == "undecidable":
            assert verdict["needed"][0]["command"].startswith("groundswell ")


def test_records_of_which_nobody_says_when_they_were_taken_decide_nothing(
    tmp_path: Path, check_result: Json
) -> None:
    manifest = (EXAMPLES / "records.manifest.toml").read_text(encoding="utf-8")
    dateless = tmp_path / "dateless.toml"
    dateless.write_text(manifest.replace("taken = 2024-06-15\n", ""), encoding="utf-8")
    records = ("--events", RECORDS, *MAPPING, "--manifest", dateless)
    command = ("check", ARTICLE, *records, *OURS, *PUBLISHED, "-w", "w")
    result = checked_json("check", done(*command, "--json"))
    by_rows = {"reproduced", "depends", "contradicted", "narrower"}
    assert by_rows & {v["kind"] for v in check_result["verdicts"]}
    assert not by_rows & {v["kind"] for v in result["verdicts"]}
    (note,) = result["notes"]
    assert "simulated-records.csv was taken" in note
    assert "--taken YYYY-MM-DD" in note
    card = " ".join(done(*command).out.split())
    assert "--taken YYYY-MM-DD" in card
    assert "--taken YYYY-MM-DD" in " ".join(
        done("ingest", RECORDS, *MAPPING, "--manifest", dateless, "-w", "w").out.split()
    )
    given = done(*command[:-1], "other", "--taken", "2024-06-15", "--json").json
    assert by_rows & {v["kind"] for v in given["verdicts"]}
    assert not given["notes"]


def test_the_same_command_twice_prints_the_same_bytes(
    checked: tuple[Path, Outcome],
) -> None:
    folder, first = checked
    command = ("check", ARTICLE, *EVENTS, *OURS, *FIGURES, *PUBLISHED, "-w", folder)
    before = files_of(folder)
    assert done(*command, "--json") == first
    cards = [done(*command, *more) for more in ((), (), ("--details",), ("--details",))]
    assert cards[0] == cards[1] != cards[2] == cards[3]
    assert files_of(folder) == before


@pytest.mark.parametrize("details", [False, True])
def test_the_card_prints_every_verdict_and_commands_that_work(
    workspace: Path, check_result: Json, details: bool
) -> None:
    more = ["--details"] * details
    card = done(
        *("check", ARTICLE, *OURS, *FIGURES, *PUBLISHED, "-w", workspace, *more)
    ).out
    for verdict in check_result["verdicts"]:
        assert verdict["kind"].capitalize() in card
    flat = " ".join(card.split())
    for verdict in check_result["verdicts"]:
        assert " ".join(verdict["claim"]["sentence"]["text"].split()) in flat
    assert "\x1b" not in card
    assert all(len(line) <= 110 for line in card.splitlines())
    commands = re.findall(r"^ *groundswell ((?:rows|replay) .*)$", card, re.MULTILINE)
    assert len(commands) == 8
    for command in (commands[0], commands[-1]):
        assert command.endswith(f"-w {workspace}")
        done(*command.split())


def test_every_number_of_a_check_can_be_repeated(
    workspace: Path, check_result: Json
) -> None:
    measured = [v["measurement"] for v in check_result["verdicts"] if v["measurement"]]
    assert len(measured) >= 6
    for measurement in measured:
        receipt = measurement["estimate"]["receipt_id"]
        assert done("replay", receipt, "-w", workspace).out.endswith("the same bytes\n")


def test_the_page_is_written_whole_and_says_so(workspace: Path, tmp_path: Path) -> None:
    command = ("check", ARTICLE, *OURS, *FIGURES, *PUBLISHED, "-w", workspace)
    first = done(*command, "--html", "report.html")
    assert first.err == "written: report.html\n"
    assert first.out == done(*command).out
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert page.startswith("<!doctype html>")
    assert page.rstrip().endswith("</html>")
    assert "Content-Security-Policy" in page
    assert not re.search(r"<script|src=|@import|url\(", page)
    assert done(*command, "--html", "report.html", "--json").err == first.err
    assert (tmp_path / "report.html").read_text(encoding="utf-8") == page
    assert [path.name for path in tmp_path.iterdir()] == ["report.html"]


def test_a_sentence_needs_no_file_and_a_workspace_is_made(tmp_path: Path) -> None:
    found = done("check", "--text", SENTENCE, "--published", "2024-03-05", "--json")
    result = checked_json("check", found)
    (verdict,) = result["verdicts"]
    assert verdict["kind"] == "narrower"
    assert verdict["measurement"] is None
    assert result["published"] == "2024-03-05"
    assert [path.name for path in tmp_path.iterdir()] == [".groundswell"]
    card = done("check", "--text", SENTENCE, "--published", "2024-03-05").out
    assert f"groundswell replay {result['receipt_id']}\n" in card
    assert done("replay", result["receipt_id"][:6]).out.endswith("the same bytes\n")


def test_a_claim_that_nobody_can_check_is_no_error(tmp_path: Path) -> None:
    found = done("check", "--text", "It rained.", "-w", tmp_path / "w", "--json")
    assert checked_json("check", found)["verdicts"] == []
    assert "No claim here" in done("check", "--text", "It rained.", "-w", "w").out


def test_records_of_the_workspace_are_used_where_it_is_named(
    own_workspace: Path,
) -> None:
    command = ("check", ARTICLE, *OURS, *PUBLISHED, "--json")
    without = checked_json("check", done(*command))
    assert not without["snapshots"]
    assert all(v["measurement"] is None for v in without["verdicts"])
    with_them = checked_json("check", done(*command, "-w", own_workspace))
    assert [s["file_name"] for s in with_them["snapshots"]] == ["simulated-records.csv"]


def test_a_file_of_records_named_twice_is_read_once(
    workspace: Path, check_result: Json
) -> None:
    again = ("--events", EVENTS[1])
    found = done(
        *("check", ARTICLE, *EVENTS, *again, *OURS, *FIGURES, *PUBLISHED),
        *("-w", workspace, "--json"),
    )
    assert checked_json("check", found) == check_result


def test_a_reading_is_written_corrected_and_read_again(
    own_workspace: Path, tmp_path: Path, check_result: Json
) -> None:
    article = ("check", ARTICLE, *OURS, *PUBLISHED)
    written = done(*article, "--write-claims", "claims.toml")
    assert (written.out, written.err) == ("", "written: claims.toml\n")
    claims = tmp_path / "claims.toml"
    draft = claims.read_text(encoding="utf-8")
    assert draft.count("\n[[claim]]\n") == 7
    again = (*article, *FIGURES, "-w", own_workspace, "--claims", claims, "--json")
    same = checked_json("check", done(*again))
    assert same["verdicts"] == check_result["verdicts"]
    claims.write_text(draft.replace('side = "anti-', 'side = "pro-'), encoding="utf-8")
    other = checked_json("check", done(*again))
    assert {c["scope"]["side"] for c in other["reading"]["claims"]} == {"pro-tunnel"}
    assert done("replay", other["receipt_id"], "-w", own_workspace).code == 0
    kept = claims.read_bytes()
    refused = run(*article, "--write-claims", "claims.toml")
    assert refused.code == 2
    assert "exists already" in refused.err
    assert claims.read_bytes() == kept


def test_own_figures_count_as_published(tmp_path: Path, check_result: Json) -> None:
    command = ("check", ARTICLE, *OURS, *PUBLISHED, "-w", tmp_path / "w", "--json")
    without = checked_json("check", done(*command))
    with_them = checked_json("check", done(*command, *FIGURES))
    assert "traced" not in {v["kind"] for v in without["verdicts"]}
    assert "traced" in {v["kind"] for v in with_them["verdicts"]}
    assert "traced" in {v["kind"] for v in check_result["verdicts"]}


def test_html_needs_its_extra_and_says_which(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = tmp_path / "page.html"
    sentence = "Some 64 percent of protests over the tunnel are anti-tunnel, they say."
    page.write_text(
        f"<html><body><article><p>{sentence}</p></article></body></html>",
        encoding="utf-8",
    )
    command = ("check", page, *OURS, "-w", tmp_path / "w")
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    refused = run(*command)
    assert refused.code == 6
    assert refused.err.endswith("Try: pip install 'groundswell[read]'\n")
    assert files_of(tmp_path).keys() == {"page.html"}
    monkeypatch.undo()
    monkeypatch.chdir(tmp_path)
    pytest.importorskip("trafilatura")
    assert sentence in done(*command).out
