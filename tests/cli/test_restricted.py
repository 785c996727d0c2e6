"""Shares over records of a part of protests, and the sources that outputs cite."""

from pathlib import Path

import pytest

from cli.running import MAPPING, OURS, RECORDS, Json, checked_json, done, run

SIDE = ("--side", "anti-tunnel")
MANIFEST = """
taken = 2024-06-15
title = "A part of protests"
producer = "Groundswell examples"
version = "2.1"
citation = "Groundswell examples (2024), a part of protests."
licence = "MIT"
redistribution = "rows"
{more}
[coverage]
places = ["Iceland"]
start = 2024-01-01
{coverage}
"""


def ingested(folder: Path, coverage: str, more: str = "") -> Path:
    manifest = folder / "part.toml"
    manifest.write_text(MANIFEST.format(coverage=coverage, more=more), "utf-8")
    done("ingest", RECORDS, *MAPPING, "--manifest", manifest, "-w", folder / "w")
    return folder / "w"


def measured(workspace: Path, *arguments: object) -> Json:
    command = ("measure", *arguments, *OURS, "-w", workspace, "--json")
    return checked_json("measure", done(*command))


@pytest.mark.parametrize(
    ("coverage", "said"),
    [
        (
            'selection = "one-side"\nsides = ["against the tunnel"]',
            "restricted to one side (against the tunnel)",
        ),
        ('selection = "one-topic"', "restricted to one topic: a share over it"),
        ('selection = "one-kind"\nkinds = ["50 people", "strikes"]', "(50 people and"),
    ],
)
def test_a_share_over_a_part_is_refused_or_flagged(
    tmp_path: Path, coverage: str, said: str
) -> None:
    workspace = ingested(tmp_path, coverage)
    share = ("measure", "share", *SIDE, *OURS, "-w", workspace)
    refused = run(*share)
    assert refused.code == 2
    assert refused.out == ""
    assert said in " ".join(refused.err.split())
    assert "--insist" in refused.err
    result = measured(workspace, "share", *SIDE, "--insist")
    (snapshot,) = result["snapshots"]
    assert result["restricted"] == [snapshot["snapshot_id"]]
    assert any(said in note for note in result["notes"])
    card = " ".join(done(*share, "--insist").out.split())
    assert said in card
    assert "a share over a part of protests, insisted on" in card
    page = tmp_path / "page.html"
    done(*share, "--insist", "--html", page)
    assert "a share over a part of protests, insisted on" in page.read_text("utf-8")
    assert done("replay", result["receipt_id"], "-w", workspace)
    count = measured(workspace, "count", *SIDE)
    assert count["restricted"] == []
    assert not any(said in note for note in count["notes"])


def test_what_nobody_knows_is_noted_and_measured(tmp_path: Path) -> None:
    result = measured(ingested(tmp_path, 'selection = "unknown"'), "share", *SIDE)
    assert result["restricted"] == []


def test_rows_that_are_no_protests_say_so(tmp_path: Path) -> None:
    workspace = ingested(tmp_path, 'selection = "all"', 'subject = "mentions"')
    result = measured(workspace, "share", *SIDE)
    assert any("what a program took from news text" in n for n in result["notes"])
    sentence = "In Iceland, 86 percent of the tunnel protests of 2024 were against it."
    checked = done("check", "--text", sentence, *OURS, "-w", workspace, "--json")
    for verdict in checked.json["verdicts"]:
        assert not verdict["is_covered"]


def test_outputs_cite_what_they_rest_on(tmp_path: Path) -> None:
    workspace = ingested(tmp_path, 'selection = "all"')
    result = measured(workspace, "share", *SIDE)
    receipt = result["receipt_id"]
    rows = checked_json("rows", done("rows", receipt, "-w", workspace, "--json"))
    assert rows["snapshots"] == result["snapshots"]
    source = result["snapshots"][0]["source"]
    assert source["version"] == "2.1"
    share = ("measure", "share", *SIDE, *OURS, "-w", workspace)
    page = tmp_path / "page.html"
    done(*share, "--html", page)
    outputs = (
        done(*share).out,
        done("rows", receipt, "-w", workspace).out,
        page.read_text("utf-8"),
    )
    for output in outputs:
        words = " ".join(output.split())
        assert source["citation"] in words
        for fact in ("2.1", "MIT", "15 June 2024"):
            assert fact in words
