"""`sources compare`: two sources on the same days, and what makes them incomparable."""

from pathlib import Path

import pytest

from cli.running import Json, checked_json, done, run

MAPPING = """
source = "{name}"
[report]
date = {{ column = "date", order = "ymd" }}
country = "country"
locality = "town"
size_low = "low"
size_high = "high"
tactics = "form"
"""
COVERAGE = """
taken = 2025-03-01
[coverage]
places = ["{place}"]
start = {start}
selection = "{selection}"
"""
HEADER = "date,country,town,low,high,form"
ONE = (
    "2025-01-06,Iceland,Vestri-Höfn,100,200,rally",
    "2025-01-06,Iceland,Vik,,,march",
    "2025-01-08,Iceland,Vik,50,50,march",
    "2025-01-09,Iceland,,,,march",
    "2025-01-20,Iceland,Vik,50,50,march",
)
OTHER = (
    "2025-01-06,Iceland,vestri hofn,150,150,vigil",
    "2025-01-09,Iceland,VIK,,,vigil",
    "2025-01-20,Iceland,Vik,10,10,vigil",
    "2025-01-20,Norway,Vik,10,10,vigil",
)


def ingest(name: str, rows: tuple[str, ...], manifest: str = "") -> None:
    Path(f"{name}.csv").write_text("\n".join([HEADER, *rows]) + "\n", "utf-8")
    Path(f"{name}.toml").write_text(MAPPING.format(name=name), "utf-8")
    Path(f"{name}.csv.manifest.toml").write_text(manifest, "utf-8")
    done("ingest", f"{name}.csv", "--mapping", f"{name}.toml", "-w", "w")


def covering(place: str, *, start: str = "2025-01-01", selection: str = "all") -> str:
    return COVERAGE.format(place=place, start=start, selection=selection)


@pytest.fixture(name="two")
def _two() -> None:
    ingest("one", ONE, covering("Iceland"))
    ingest("other", OTHER, covering("world", start="2025-01-05", selection="one-topic"))


def compare(*arguments: object) -> Json:
    outcome = done("sources", "compare", *arguments, "-w", "w", "--json")
    return checked_json("compare", outcome)


def n(ledger: Json) -> dict[str, int]:
    return {line["reason"]: line["n"] for line in ledger["lines"] if line["n"]}


@pytest.mark.usefixtures("two")
def test_days_that_both_cover_are_compared() -> None:
    result = compare("one", "other", "--place", "Iceland")
    assert result["window"]["start"] == "2025-01-06"
    assert result["window"]["end"] == "2025-01-20"
    assert n(result["a"]["ledger"]) == {"city-day": 4, "no-town": 1}
    assert n(result["b"]["ledger"]) == {"city-day": 3, "outside-place": 1}
    assert n(result["days"]) == {"both": 3, "only-a": 1, "neither": 11}
    same, near = result["overlaps"]
    assert (same["slack_days"], near["slack_days"]) == (0, 1)
    assert n(same["of_a"]) == {"in-both": 2, "only-here": 2}
    assert n(near["of_a"]) == {"in-both": 3, "only-here": 1}
    assert n(near["of_b"]) == {"in-both": 3}
    sizes = result["sizes"]
    assert n(sizes["ledger"]) == {"both-sized": 2}
    assert (sizes["n_equal"], sizes["n_meeting"], sizes["n_within_two"]) == (0, 1, 1)
    assert [one["ratio"] for one in sizes["ratios"]][2] == 3.0
    assert result["a"]["tactics"]["most"] == [{"value": "march", "n": 4}]
    assert result["b"]["size_rules"] == [{"value": "source", "n": 2}]
    assert [week["day"] for week in result["by_week"]] == ["2025-01-06", "2025-01-20"]


@pytest.mark.usefixtures("two")
def test_what_makes_them_less_comparable_is_said() -> None:
    everywhere = compare("one", "other")
    assert any("outside what both cover" in flag for flag in everywhere["flags"])
    assert any("restricted to one topic" in flag for flag in everywhere["flags"])
    early = compare("one", "other", "--from", "2024-12-01", "--where", "Norway")
    assert sum("not all of the days compared" in flag for flag in early["flags"]) == 2
    assert any("not known to cover all of Norway" in flag for flag in early["flags"])
    assert early["a"]["ledger"]["lines"][4]["n"] == len(ONE)
    card = done("sources", "compare", "one", "other", "-w", "w").out
    for words in ("the same happening", "within 1 day", "restricted to one topic"):
        assert words in " ".join(card.split())


def test_several_files_of_a_source_are_one_side() -> None:
    ingest("one", ONE[:2], covering("Iceland"))
    Path("more.csv").write_text("\n".join([HEADER, *ONE[3:]]) + "\n", "utf-8")
    Path("more.csv.manifest.toml").write_text(covering("Iceland"), "utf-8")
    done("ingest", "more.csv", "--mapping", "one.toml", "-w", "w")
    ingest("other", OTHER)
    result = compare("one", "other")
    assert len(result["a"]["snapshots"]) == 2
    assert result["a"]["ledger"]["rows_in"] == 4
    assert any("covers nothing on 7 to 8 January" in flag for flag in result["flags"])
    assert any("Nobody says" in flag for flag in result["flags"])
    first, second = (s["snapshot_id"] for s in result["a"]["snapshots"])
    assert compare(first, second, "--from", "2025-01-01", "--to", "2025-01-31")


@pytest.mark.usefixtures("two")
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("one", "one"), "both stand for one-"),
        (("one", "nobody"), "'nobody' names no file"),
        (("o", "one"), "'o' names several files"),
        (("one", "other", "--from", "2025-02-01"), "There are no days to compare"),
        (("one", "other", "--from", "soon"), "--from 'soon' is not a day"),
        (("one", "other", "--place", "Nowhere"), "names no place"),
    ],
)
def test_what_cannot_be_compared_is_said(arguments: tuple[str, ...], said: str) -> None:
    outcome = run("sources", "compare", *arguments, "-w", "w")
    assert outcome.code == 2
    assert said in outcome.err
