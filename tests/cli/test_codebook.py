"""`codebook list | show | new | try | check | evaluate`."""

import csv
from pathlib import Path

import pytest

from cli.running import (
    CODEBOOK,
    EVENTS,
    RECORDS,
    checked_json,
    done,
    files_of,
    run,
)

SHIPPED = ("israel-palestine", "solidarity-forms", "tactics", "us-abortion")


def test_list_names_the_shipped_ones() -> None:
    books = checked_json("codebooks", done("codebook", "list", "--json"))["codebooks"]
    assert tuple(book["codebook_id"] for book in books) == SHIPPED
    card = done("codebook", "list").out
    assert all(name in card for name in SHIPPED)


@pytest.mark.parametrize("name", [*SHIPPED, str(CODEBOOK)])
def test_show_and_check_any_codebook(name: str) -> None:
    view = checked_json("codebook", done("codebook", "show", name, "--json"))
    codes = [c["code"] for d in view["dimensions"] for c in d["codes"]]
    card = done("codebook", "show", name).out
    assert all(code in card for code in codes)
    found = checked_json("codebook-check", done("codebook", "check", name, "--json"))
    assert found["is_symmetric"]
    assert done("codebook", "check", name) == done("codebook", "check", name)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        # a rule of one side has no counterpart
        (
            'anti-tunnel = ["against the cost of the tunnel", "for protecting the bay"]',
            "",
        ),
        # a rule is written for one side alone
        (
            "[reference]",
            '[[dimension.side.rule]]\nid = "one-sided"\nwordings = ["broad"]\n'
            'pro-tunnel = ["for jobs"]\n\n[reference]',
        ),
    ],
)
def test_a_planted_asymmetry_is_found(tmp_path: Path, old: str, new: str) -> None:
    text = CODEBOOK.read_text(encoding="utf-8")
    assert text.count(old) == 1
    (tmp_path / "one-sided.toml").write_text(text.replace(old, new), encoding="utf-8")
    outcome = run("codebook", "check", "one-sided.toml")
    assert outcome.code == 7
    assert "anti-tunnel" in outcome.out
    assert outcome.err == ""
    as_json = run("codebook", "check", "one-sided.toml", "--json")
    found = checked_json("codebook-check", as_json)
    assert as_json.code == 7
    assert not found["is_symmetric"]
    assert "problem" in {f["kind"] for f in found["findings"]}


def test_a_new_codebook_passes_the_check_and_can_be_tried(tmp_path: Path) -> None:
    sides = ("--side", "for-bikes", "--side", "for-cars")
    title = ("--title", "Bike lanes")
    outcome = done("codebook", "new", "bike-lanes", *sides, *title)
    assert (outcome.out, outcome.err) == ("", "written: bike-lanes.toml\n")
    first = (tmp_path / "bike-lanes.toml").read_bytes()
    again = done(
        "codebook", "new", "bike-lanes", *sides, *title, "--out", "again.toml", "--json"
    )
    codes = checked_json("codebook", again)["dimensions"][0]["codes"]
    assert {"for-bikes", "for-cars"} <= {code["code"] for code in codes}
    assert (tmp_path / "again.toml").read_bytes() == first
    assert run("codebook", "new", "bike-lanes", *sides, *title).code == 2
    assert (tmp_path / "bike-lanes.toml").read_bytes() == first
    assert done("codebook", "check", "bike-lanes.toml", "--json").json["is_symmetric"]
    tried = done("codebook", "try", "bike-lanes.toml", *EVENTS[:4], "-w", "w", "--json")
    assert checked_json("codebook-try", tried)["n_on_topic_rows"] == 0


def test_try_shows_hits_misses_and_what_never_matches(
    workspace: Path, tmp_path: Path
) -> None:
    trial = checked_json(
        "codebook-try", done("codebook", "try", CODEBOOK, "-w", workspace, "--json")
    )
    from_file = done("codebook", "try", CODEBOOK, *EVENTS[:4], "-w", "w", "--json")
    assert checked_json("codebook-try", from_file) == trial
    assert 0 < trial["n_on_topic_texts"] < trial["n_texts"]
    assert trial["hits"]
    card = done("codebook", "try", CODEBOOK, "-w", workspace).out
    assert "for the tunnel" in card
    assert card == done("codebook", "try", CODEBOOK, "-w", workspace).out
    assert (tmp_path / "w").is_dir()


def test_evaluate_says_how_well_coders_and_codebook_agree(
    workspace: Path, tmp_path: Path
) -> None:
    with RECORDS.open(encoding="utf-8", newline="") as file:
        texts = list(dict.fromkeys(row["demands"] for row in csv.DictReader(file)))
    with (tmp_path / "hand.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["text", "ann", "ben"])
        for text in texts[:120]:
            sides = [
                side
                for side, word in (("pro-tunnel", "for "), ("anti-tunnel", "against "))
                if word in text and "tunnel" in text
            ]
            label = "+".join(sides) or "none"
            writer.writerow([text, label, label])
    before = files_of(workspace)
    command = ("codebook", "evaluate", CODEBOOK, "hand.csv", "-w", workspace)
    found = checked_json("codebook-evaluate", done(*command, "--json"))
    (side,) = found["dimensions"]
    assert side["dimension"] == "side"
    assert "lpha" in done(*command).out
    named = done(*command, "--dimension", "side", "--json")
    assert checked_json("codebook-evaluate", named) == found
    assert files_of(workspace) == before


def test_evaluate_wants_the_rows_that_were_coded(workspace: Path, tmp_path: Path) -> None:
    hand = tmp_path / "hand.csv"
    hand.write_text(f"row_sha256,ann\n{'0' * 64},neutral\n", encoding="utf-8")
    outcome = run("codebook", "evaluate", CODEBOOK, hand, "-w", workspace)
    assert outcome.code == 2
    assert "1 of 1 hand-coded rows are not in these records" in outcome.err
    assert "--events" in outcome.err
    hand.write_text("text,ann,weight\nfor the tunnel,nonsense,1\n", encoding="utf-8")
    outcome = run("codebook", "evaluate", CODEBOOK, hand, "-w", workspace)
    assert outcome.code in {2, 4}
    assert "nonsense" in outcome.err
    assert "pro-tunnel" in outcome.err
