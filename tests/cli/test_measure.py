"""`measure share`, `measure count`: every option does what it says."""

from pathlib import Path

import pytest

from cli.running import N_ROWS, OURS, Json, checked_json, done

SIDE = ("--side", "anti-tunnel")
VAGUE = {"(date too coarse)", "(not dated)"}
OWN_MAPPING = """
source = "own"
[report]
date = { column = "date", order = "ymd" }
country = "country"
admin1 = "state"
locality = "town"
claims_summary = "demands"
"""
OWN_ROWS = """
date,country,state,town,demands
2025-01-12,United States,CA,Fresno,for the tunnel
2025-01-13,United States,CA,Fresno,for the tunnel
2025-01-14,United States,CA,Salem,for the tunnel
2025-01-15,United States,CA,Salem,against the tunnel
,United States,CA,Salem,for the tunnel
,France,,Paris,against the tunnel
2025-01,United States,NY,Salem,against the tunnel
2025,United States,NY,Salem,for the tunnel
2025-01-15,United States,WA,Salem,for the tunnel
2025-01-15,Australia,WA,Perth,for the tunnel
"""


def measured(workspace: Path, *arguments: object) -> Json:
    outcome = done("measure", *arguments, *OURS, "-w", workspace, "--json")
    result = checked_json("measure", outcome)
    for one in result["measurements"]:
        estimate, bounds = one["estimate"], one["range"]
        ledger = estimate["ledger"]
        assert sum(n["n"] for n in ledger["lines"]) == ledger["rows_in"] == N_ROWS
        if estimate["value"] is not None and estimate["unit"] != "participants":
            assert bounds["low"] <= estimate["value"] <= bounds["high"]
    return result


def only(result: Json) -> Json:
    (one,) = result["measurements"]
    return one


def n_counted(one: Json) -> int:
    lines = one["estimate"]["ledger"]["lines"]
    return sum(n["n"] for n in lines if n["kind"] == "counted")


@pytest.fixture(name="share", scope="module")
def _share(workspace: Path) -> Json:
    return only(measured(workspace, "share", *SIDE))


def test_a_share_and_its_complement(workspace: Path, share: Json) -> None:
    other = only(measured(workspace, "share", "--side", "pro-tunnel"))
    counts = dict(share["estimate"]["counts"])
    assert counts["anti-tunnel"] == 300
    assert dict(other["estimate"]["counts"])["pro-tunnel"] == 324
    assert other["estimate"]["n"] == share["estimate"]["n"] == n_counted(share)
    assert share["range"]["n_specifications"] > 100
    as_code = only(measured(workspace, "share", "--code", "anti-tunnel"))
    assert as_code == share


def test_what_is_printed_twice_is_the_same(workspace: Path) -> None:
    for form in (["--json"], []):
        command = ("measure", "share", *OURS, *SIDE, "--by", "month", "-w", workspace)
        assert done(*command, *form) == done(*command, *form)


@pytest.mark.parametrize(
    "by", ["day", "week", "month", "year", "country", "place", "locality", "source"]
)
def test_groups_add_up_to_the_whole(workspace: Path, share: Json, by: str) -> None:
    result = measured(workspace, "share", *SIDE, "--by", by)
    assert result["by"] == by
    groups = [m["estimate"]["group"] for m in result["measurements"]]
    assert all(groups)
    assert len(groups) == len(set(groups)) >= 1
    assert sum(map(n_counted, result["measurements"])) == n_counted(share)


def test_a_window_lets_in_its_days_and_no_other(workspace: Path) -> None:
    by_day = measured(workspace, "count", *SIDE, "--by", "day")["measurements"]
    first, last = "2024-03-01", "2024-04-30"
    inside = [m for m in by_day if first <= m["estimate"]["group"] <= last]
    windowed = only(measured(workspace, "count", *SIDE, "--from", first, "--to", last))
    values = {m["estimate"]["group"]: m["estimate"]["value"] for m in by_day}
    assert set(list(values)[-2:]) == VAGUE
    # a range of days in March stands in the window, and in no single day of it
    (coarse, undated) = (values[name] for name in sorted(VAGUE))
    assert windowed["estimate"]["value"] == coarse + sum(
        m["estimate"]["value"] for m in inside
    )
    early = only(measured(workspace, "count", *SIDE, "--to", "2024-02-29"))
    late = only(measured(workspace, "count", *SIDE, "--from", "2024-05-01"))
    parts = (early, windowed, late)
    assert sum(m["estimate"]["value"] for m in parts) == sum(values.values()) - undated


def test_a_place_and_a_condition(workspace: Path, share: Json) -> None:
    assert (
        only(measured(workspace, "share", *SIDE, "--place", "Iceland"))["estimate"][
            "counts"
        ]
        == share["estimate"]["counts"]
    )
    elsewhere = only(measured(workspace, "share", *SIDE, "--place", "Norway"))
    assert elsewhere["estimate"]["value"] is None
    towns = measured(workspace, "count", *SIDE, "--by", "locality")["measurements"]
    town = towns[2]["estimate"]
    name, region, country = town["group"].split(", ")
    assert country == "ISL"
    narrowed = ("--where", f"locality={name}", "--where", f"admin1={region}")
    one = only(measured(workspace, "count", *SIDE, *narrowed))
    assert one["estimate"]["value"] == town["value"] > 0
    online = [
        only(measured(workspace, "count", *SIDE, "--where", f"is_online={word}"))
        for word in ("yes", "no")
    ]
    whole = only(measured(workspace, "count", *SIDE))["estimate"]["value"]
    assert sum(m["estimate"]["value"] for m in online) == whole == 300


def test_what_is_surely_elsewhere_widens_nothing_and_namesakes_stay_apart(
    tmp_path: Path,
) -> None:
    (tmp_path / "own.csv").write_text(OWN_ROWS.lstrip(), encoding="utf-8")
    (tmp_path / "own.toml").write_text(OWN_MAPPING, encoding="utf-8")
    done("ingest", "own.csv", "--mapping", "own.toml", "-w", "w")

    def found(statistic: str, *arguments: str) -> Json:
        command = ("measure", statistic, "--side", "pro-tunnel", *arguments, *OURS)
        return checked_json("measure", done(*command, "-w", "w", "--json"))

    def bounds(*arguments: str) -> dict[str, tuple[float, float, float]]:
        estimates = [m["estimate"] for m in found(*arguments)["measurements"]]
        ends = {e["group"]: e["interval"] for e in estimates}
        return {
            e["group"]: (e["value"], ends[e["group"]]["low"], ends[e["group"]]["high"])
            for e in estimates
        }

    window = ("--from", "2025-01-10", "--to", "2025-01-31")
    assert bounds("share", *window, "--place", "California") == {"": (0.75, 0.75, 0.8)}
    assert bounds("share", *window, "--by", "place") == {
        "WA, AUS": (1, 1, 1),
        "CA, USA": (0.75, 0.75, 0.8),
        "WA, USA": (1, 1, 1),
    }
    assert bounds("count", "--by", "week") == {
        "2025-01-06": (1, 1, 3),
        "2025-01-13": (4, 4, 6),
        "(date too coarse)": (1, 1, 1),
        "(not dated)": (1, 1, 1),
    }
    salem = found("count", "--where", "locality=Salem")
    assert salem["measurements"][0]["estimate"]["value"] == 4
    (note,) = [note for note in salem["notes"] if "Salem" in note]
    assert "is 3 places" in note
    assert "Salem, CA, USA; Salem, NY, USA; Salem, WA, USA" in note
    narrowed = found("count", "--where", "locality=Salem", "--where", "admin1=WA")
    assert narrowed["measurements"][0]["estimate"]["value"] == 1
    assert not any("Salem" in note for note in narrowed["notes"])


def test_what_is_not_known_is_never_the_same_place_or_series(tmp_path: Path) -> None:
    columns = "date,country,state,town,who,notes,demands"
    tail = "every week,for the tunnel"
    at = {
        "a town and actors": "Fresno,A",
        "no town": ",A",
        "no actors": "Fresno,",
    }
    # three Mondays each, and one day that is no more exact than its month
    days = ("2025-01-06", "2025-01-13", "2025-01-20", "2025-01")
    rows = [f"{d},United States,CA,{words},{tail}" for words in at.values() for d in days]
    (tmp_path / "own.csv").write_text("\n".join([columns, *rows]), encoding="utf-8")
    mapping = (
        OWN_MAPPING
        + """
actors = { column = "who", role = "organiser" }
recurrence_text = { column = "notes", words = ["every"] }
"""
    )
    (tmp_path / "own.toml").write_text(mapping, encoding="utf-8")
    assert counted_by_option("w") == {"each": 12, "series": 10, "place": 5, "left-out": 0}
    # where a file names no actors at all, they tell no series apart
    rows = [row.replace(",A,", ",,") for row in rows]
    (tmp_path / "own.csv").write_text("\n".join([columns, *rows]), encoding="utf-8")
    assert counted_by_option("v") == {"each": 12, "series": 7, "place": 5, "left-out": 0}


def counted_by_option(workspace: str) -> dict[str, float]:
    done("ingest", "own.csv", "--mapping", "own.toml", "-w", workspace)
    command = ("measure", "count", "--side", "pro-tunnel", *OURS, "-w", workspace)
    command += ("--set", "exact-duplicates=each")
    return {
        option: only(
            done(*command, "--set", f"recurring-events={option}", "--json").json
        )["estimate"]["value"]
        for option in ("each", "series", "place", "left-out")
    }


def test_a_code_that_counts_alone_counts_where_no_column_has_a_side(
    tmp_path: Path,
) -> None:
    neutral, side = "for publishing the tunnel contracts", "for the tunnel"
    rows = [(neutral, side), (side, neutral), (neutral, ""), ("", neutral), (side, side)]
    lines = [f"2025-01-06,Iceland,South,Vik,{one},{other}" for one, other in rows]
    head = "date,country,state,town,demands,signs"
    (tmp_path / "own.csv").write_text("\n".join([head, *lines]), encoding="utf-8")
    mapping = OWN_MAPPING + 'claims_verbatim = "signs"\n'
    (tmp_path / "own.toml").write_text(mapping, encoding="utf-8")
    reads = 'reads = ["claims_summary"'
    book = (
        OURS[1].read_text(encoding="utf-8").replace(reads, f'{reads}, "claims_verbatim"')
    )
    (tmp_path / "book.toml").write_text(book, encoding="utf-8")
    done("ingest", "own.csv", "--mapping", "own.toml", "-w", "w")
    for code, n in (("neutral", 2), ("pro-tunnel", 3)):
        asked = ("measure", "count", "--code", code, "--codebook", "book.toml")
        estimate = only(done(*asked, "-w", "w", "--json").json)["estimate"]
        assert estimate["value"] == n


def test_a_settled_decision_is_not_varied(workspace: Path, share: Json) -> None:
    varied = {d["decision_id"] for d in share["range"]["decisions"]}
    assert {"recurring-events", "both-sides"} <= varied
    settled = only(
        measured(
            *(workspace, "share", *SIDE, "--set", "recurring-events=left-out"),
            *("--set", "both-sides=left-out"),
        )
    )
    now = {d["decision_id"] for d in settled["range"]["decisions"]}
    assert now == varied - {"recurring-events", "both-sides"}
    choices = dict(settled["estimate"]["specification"]["choices"])
    assert choices["recurring-events"] == "left-out"
    assert settled["range"]["n_specifications"] < share["range"]["n_specifications"]
    assert settled["range"]["low"] >= share["range"]["low"]


def test_denominators_are_nested(workspace: Path, share: Json) -> None:
    sided = only(measured(workspace, "share", *SIDE, "--among", "sided"))
    every = only(measured(workspace, "share", *SIDE, "--among", "all"))
    assert sided["estimate"]["n"] <= share["estimate"]["n"] < every["estimate"]["n"]
    assert sided["estimate"]["value"] > every["estimate"]["value"]
    topic = only(measured(workspace, "share", "--among", "all"))
    assert topic["estimate"]["value"] > every["estimate"]["value"]


def test_participants_are_bounded_not_guessed(workspace: Path) -> None:
    for statistic in ("share", "count"):
        one = only(measured(workspace, statistic, *SIDE, "--unit", "participants"))
        counts = dict(one["estimate"]["counts"])
        lowest, highest = (counts[f"anti-tunnel, {end}"] for end in ("lowest", "highest"))
        assert 0 < lowest < highest
        bounds = one["estimate"]["interval"]
        assert bounds["kind"] == "bounds"
        assert bounds["low"] < bounds["high"]


def test_one_snapshot_or_all(workspace: Path, share: Json) -> None:
    (snapshot,) = share["estimate"]["snapshot_ids"]
    named = only(measured(workspace, "share", *SIDE, "--snapshot", snapshot))
    assert named["estimate"]["counts"] == share["estimate"]["counts"]


def test_what_was_asked_for_stands_beside_the_number(
    workspace: Path, tmp_path: Path
) -> None:
    asked = (
        *("--place", "Iceland", "--from", "2024-03-01", "--to", "2024-04-30"),
        *("--where", "locality=Eyrarfoss", "--set", "recurring-events=series"),
    )
    result = measured(workspace, "share", *SIDE, *asked)
    scope = result["scope"]
    assert scope == only(result)["scope"]
    assert scope["place"]["name"] == "Iceland"
    assert (scope["window"]["start"], scope["window"]["end"]) == (
        "2024-03-01",
        "2024-04-30",
    )
    assert scope["where"] == [["locality", "Eyrarfoss"]]
    assert (scope["code"], scope["code_label"]) == ("anti-tunnel", "anti-tunnel")
    assert result["settled"] == [["recurring-events", "series"]]
    command = ("measure", "share", *OURS, *SIDE, *asked, "-w", workspace)
    printed = done(*command, "--html", "asked.html").out
    page = (tmp_path / "asked.html").read_text(encoding="utf-8")
    for words in (
        "Iceland",
        "1 March to 30 April 2024",
        "locality=Eyrarfoss",
        "recurring-events=series",
        "simulated-records.csv",
    ):
        assert words in printed.partition("definition")[0]
        assert words in page.partition("<main")[0]


def test_files_of_which_nobody_says_when_they_were_taken_are_one_note(
    tmp_path: Path,
) -> None:
    (tmp_path / "own.toml").write_text(OWN_MAPPING, encoding="utf-8")
    names = [f"own-{i}.csv" for i in range(7)]
    header = OWN_ROWS.split(maxsplit=1)[0]
    for i, name in enumerate(names):
        rows = f"{header}\n2025-02-0{i + 1},France,,Paris,for the tunnel\n"
        (tmp_path / name).write_text(rows, encoding="utf-8")
        done("ingest", name, "--mapping", "own.toml", "-w", "w")
    share = ("measure", "share", *OURS, *SIDE, "-w", "w", "--json")
    (note,) = checked_json("measure", done(*share))["notes"]
    assert note.startswith("Nobody says on which day the 7 files were taken, so rows")


def test_the_card_and_the_page_say_the_same(workspace: Path, tmp_path: Path) -> None:
    command = ("measure", "share", *OURS, *SIDE, "-w", workspace)
    outcome = done(*command, "--html", "share.html")
    assert outcome.err == "written: share.html\n"
    page = (tmp_path / "share.html").read_text(encoding="utf-8")
    for words in ("300", "1,095", "recurring", "harbour-tunnel"):
        assert words in outcome.out
        assert words in page
    receipt = done(*command, "--json").json["receipt_id"]
    assert f"groundswell rows {receipt} -w {workspace}" in outcome.out
    assert receipt in page
    assert str(workspace) not in page


def test_reports_of_one_event_are_told(tmp_path: Path) -> None:
    (tmp_path / "m.toml").write_text(
        "source = 'numbered'\n[report]\ndate = { column = 'd', order = 'ymd' }\n"
        "source_event_id = 'id'\ntactics = ['form']\n",
        encoding="utf-8",
    )
    rows = "d,id,form\n2024-01-01,7,march\n2024-01-02,7,march\n2024-01-03,8,march\n"
    (tmp_path / "r.csv").write_text(rows, encoding="utf-8")
    done("ingest", "r.csv", "--mapping", "m.toml", "-w", "w")
    command = ("measure", "count", "-w", "w", "--codebook", "tactics")
    asked = (*command, "--code", "demonstrative", "--snapshot", "numbered", "--json")
    found = checked_json("measure", done(*asked))
    (note,) = [note for note in found["notes"] if "own identifiers" in note]
    assert "2 reports tell of 1 event," in note
