"""`rows` and `codebook try`: the rows that a number counts, and nothing of people."""

from collections import Counter
from pathlib import Path

import pytest

from cli.running import CODEBOOK, OURS, Json, checked_json, done, run

MAPPING = """
source = "own"
[report]
date = { column = "date", order = "ymd" }
country = "country"
locality = "town"
place_detail = "where"
claims_summary = "demands"
recurrence_text = { column = "notes", words = ["weekly"] }
urls = { columns = ["link", "more"] }
[[report.actors]]
column = "who"
role = "organiser"
"""
PRIVATE = ("Jane", "Doe", "555-0100", "alice", "secret", "Elm Street", "Smith")
NOTE = "weekly at Jane Doe's, 5 Elm Street"
ADDRESSES = (
    "https://alice:secret@www.records.example:80/doe",
    "Jane Doe (tel. 555-0100) mailto:jane.doe@records.example",
)
DEMANDS = (
    "for building the tunnel; in memory of Jane Doe",
    "for the tunnel, says Ms Smith",
    "against the tunnel; for Jane Doe of Elm Street",
    "for a harbour of Ms Smith; for tunnels",
)


@pytest.fixture(name="own")
def _own(tmp_path: Path) -> str:
    lines = ["date,country,town,where,demands,notes,link,more,who"]
    for number, demand in enumerate(DEMANDS):
        cells = ("Vik", "5 Elm Street", demand, NOTE, *ADDRESSES, "Jane Doe")
        quoted = ",".join(f'"{cell}"' for cell in cells)
        lines += [f"2025-0{number + 1}-{day:02},Iceland,{quoted}" for day in (6, 13)]
    (tmp_path / "own.csv").write_text("\n".join(lines), encoding="utf-8")
    (tmp_path / "own.toml").write_text(MAPPING, encoding="utf-8")
    done("ingest", "own.csv", "--mapping", "own.toml", "-w", "w")
    return "w"


def measured(*arguments: object) -> Json:
    outcome = done("measure", *arguments, *OURS, "--json")
    return checked_json("measure", outcome)


def rows_of(result: Json, workspace: object, *arguments: object) -> Json:
    command = ("rows", result["receipt_id"], "-w", workspace, *arguments, "--json")
    return checked_json("rows", done(*command))


def column(rows: Json, name: str) -> list[str]:
    at = rows["columns"].index(name)
    return [row[at] for row in rows["rows"]]


@pytest.mark.parametrize("option", ["place", "series", "each"])
@pytest.mark.parametrize("by", ["week", "locality"])
def test_rows_of_a_number_by_groups_are_those_of_its_groups(
    workspace: Path, by: str, option: str
) -> None:
    grouped = ("--by", by, "--set", f"recurring-events={option}", "-w", workspace)
    result = measured("count", "--side", "pro-tunnel", *grouped)
    values = {m["estimate"]["group"]: m["estimate"] for m in result["measurements"]}
    every = rows_of(result, workspace, "--all")
    by_group = Counter(column(every, "group"))
    assert by_group == Counter({g: int(e["value"]) for g, e in values.items()})
    assert every["n_rows"] == sum(by_group.values())
    name = max(by_group)
    one = rows_of(result, workspace, "--all", "--group", name)
    assert one["rows"] == [row for row in every["rows"] if row[0] == name]
    assert one["n_rows"] == by_group[name]


def test_a_group_that_is_not_there_is_named(workspace: Path) -> None:
    asked = ("count", "--side", "pro-tunnel", "-w", workspace)
    whole, by_month = measured(*asked), measured(*asked, "--by", "month")
    assert "group" not in rows_of(whole, workspace)["columns"]
    for result, allowed in ((whole, "not measured by groups"), (by_month, "2024-03")):
        command = ("rows", result["receipt_id"], "-w", workspace, "--group", "1999-01")
        outcome = run(*command)
        assert outcome.code == 2
        assert "'1999-01'" in outcome.err
        assert allowed in outcome.err


def test_a_number_by_groups_of_nothing_has_no_rows(workspace: Path) -> None:
    nowhere = ("--by", "month", "--place", "Norway", "-w", workspace)
    result = measured("count", "--side", "pro-tunnel", *nowhere)
    assert result["measurements"] == []
    assert rows_of(result, workspace)["n_rows"] == 0


def test_matched_words_are_those_of_the_wording_and_the_code_that_count(
    tmp_path: Path,
) -> None:
    delay = "against further delay of the tunnel"  # counts in the broad wording alone
    lines = [
        "date,country,town,demands",
        "2025-01-06,Iceland,Vik,for the tunnel; for publishing the tunnel contracts",
        f"2025-01-07,Iceland,Vik,for the tunnel; {delay}",
        "2025-01-08,Iceland,Vik,for the tunnel; against the tunnel",
    ]
    (tmp_path / "own.csv").write_text("\n".join(lines), encoding="utf-8")
    plain = "\n".join(
        line
        for line in MAPPING.splitlines()
        if line.split(" ")[0] in {"source", "[report]", "date", "country", "locality"}
        or line.startswith("claims")
    )
    (tmp_path / "own.toml").write_text(plain, encoding="utf-8")
    done("ingest", "own.csv", "--mapping", "own.toml", "-w", "w")
    found = {}
    for wording in ("narrow", "broad"):
        settled = ("--set", f"wording={wording}", "--set", "both-sides=each-side")
        result = measured("count", "--side", "pro-tunnel", *settled, "-w", "w")
        rows = rows_of(result, "w", "--all")
        pairs = zip(
            column(rows, "counted_as"), column(rows, "matched_words"), strict=True
        )
        found[wording] = list(pairs)
    # the words of the neutral code stand in the first row, and do not count it
    both = ("pro-tunnel and another side at once", "for the tunnel; against the tunnel")
    first = ("pro-tunnel", "for the tunnel")
    assert found == {
        "narrow": [first, ("pro-tunnel", "for the tunnel"), both],
        "broad": [first, ("pro-tunnel", f"for the tunnel; {delay}"), both],
    }


def test_nothing_of_people_is_shown_unless_it_is_asked_for(own: str) -> None:
    result = measured("share", "--side", "pro-tunnel", "-w", own)
    rows = rows_of(result, own)
    assert rows["n_rows"] == 6
    assert set(column(rows, "recurrence")) == {"weekly"}
    assert set(column(rows, "sources")) == {"records.example"}
    trial = checked_json(
        "codebook-try", done("codebook", "try", CODEBOOK, "-w", own, "--json")
    )
    assert trial["withheld"] == ["claims_summary"]
    assert {e["text"] for e in trial["examples"]} >= {"for the tunnel"}
    assert trial["misses"] == []
    commands = (
        ("rows", result["receipt_id"], "-w", own),
        ("codebook", "try", CODEBOOK, "-w", own),
    )
    for command in commands:
        for form in ([], ["--json"]):
            printed = done(*command, *form).out
            assert not [word for word in PRIVATE if word in printed], command
            named = done(*command, *form, "--with-names").out
            assert [word for word in PRIVATE if word in named], command
        assert "--with-names" in done(*command).out
        assert "Withheld" not in done(*command, "--with-names").out
