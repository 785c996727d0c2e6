"""`places`: names, codes, towns and blocs, and what is said of what is not known."""

import pytest

from cli.running import checked_json, done, run


def test_a_former_name_leads_to_the_country_with_its_codes() -> None:
    found = checked_json("places", done("places", "Burma", "--json"))
    (place,) = found["places"]
    assert place["place"]["path"] == ["MMR"]
    assert place["read_as"] == ["former name"]
    codes = {(code["system"], code["code"]) for code in place["codes"]}
    assert {("iso2", "MM"), ("iso3", "MMR"), ("iso-numeric", "104")} <= codes
    assert {("cow", "775"), ("gw", "775"), ("fips", "BM")} <= codes
    card = done("places", "Burma").out
    for words in ("Myanmar (MMR)", "until 18 June 1989", "775", "South-eastern Asia"):
        assert words in card
    assert "United Nations" in card
    assert done("places", "Burma").out == card


def test_a_dispute_is_stated() -> None:
    card = done("places", "Kosovo").out
    assert "disputed" in card
    assert "17 February 2008" in card


def test_a_day_settles_a_code_and_what_was_held() -> None:
    command = ("places", "365", "--system", "cow")
    assert len(done(*command, "--json").json["places"]) == 2
    before = done(*command, "--on", "1980-01-01")
    assert "Soviet Union (SUN)" in before.out
    assert "Existed" in before.out
    assert "Russia (RUS) ─" not in before.out
    late = done("places", "USSR", "--on", "2000-01-01")
    assert "Did not exist on that day." in late.out
    out = done("places", "United Kingdom", "--on", "2021-01-01", "--json")
    (britain,) = checked_json("places", out)["places"]
    held = {one["bloc_id"]: one["is_held"] for one in britain["memberships"]}
    assert (held["eu"], held["nato"]) == (False, True)
    card = done("places", "United Kingdom", "--on", "2021-01-01").out
    assert "North Atlantic" in card
    assert "European Union" not in card


@pytest.mark.parametrize(
    ("name", "states"),
    [
        ("Paris, TX", ["USA/TX"]),
        ("Athens, Georgia", ["USA/GA"]),
        ("Tbilisi, Georgia", ["GEO/51"]),
        ("Springfield, Mass.", ["USA/MA"]),
    ],
)
def test_a_town_is_found_where_it_is_said_to_lie(name: str, states: list[str]) -> None:
    found = checked_json("places", done("places", name, "--json"))
    assert found["places"] == []
    assert [f"{t['country']}/{t['admin1']}" for t in found["towns"]] == states
    assert "GeoNames" in found["town_credit"]


def test_all_towns_of_a_name_are_listed_with_the_credit() -> None:
    found = checked_json("places", done("places", "Springfield", "--json"))
    assert len(found["towns"]) > 20
    card = done("places", "Springfield").out
    assert "USA/MO" in card
    assert f"and {len(found['towns']) - 20} more town" in card
    assert "CC BY 4.0" in card
    assert "(as Cologne)" in done("places", "Cologne").out


def test_a_name_of_a_country_and_of_towns_gives_both() -> None:
    found = checked_json("places", done("places", "Lebanon", "--json"))
    assert [place["place"]["path"] for place in found["places"]] == [["LBN"]]
    assert "USA" in {town["country"] for town in found["towns"]}
    only = checked_json("places", done("places", "LBN", "--system", "iso3", "--json"))
    assert (only["towns"], only["town_credit"]) == ([], "")


def test_blocs_and_their_members_on_a_day() -> None:
    every = checked_json("places", done("places", "--json"))["blocs"]
    card = done("places").out
    assert all(bloc["bloc_id"] in card for bloc in every)
    assert {"eu", "nato", "nam", "g77", "oic", "un"} <= {b["bloc_id"] for b in every}
    day = ("places", "--bloc", "eu", "--on")
    (last,) = done(*day, "2020-01-31", "--json").json["blocs"]
    (first,) = done(*day, "2020-02-01", "--json").json["blocs"]
    assert (last["n_members"], first["n_members"]) == (28, 27)
    gone = {m["place"]["name"] for m in last["members"]}
    gone -= {m["place"]["name"] for m in first["members"]}
    assert gone == {"the United Kingdom"}
    assert "members: 28\n" in done(*day, "2020-01-31").out
    ever = done("places", "--bloc", "eu").out
    assert "1 January 1973 to 31 January 2020" in ever
    undated = ("places", "--bloc", "g77", "--on", "1990-06-01")
    (bloc,) = checked_json("places", done(*undated, "--json"))["blocs"]
    assert bloc["n_members"] < bloc["n_possible"] == len(bloc["members"])
    card = done(*undated).out
    assert f"{bloc['n_members']} to {bloc['n_possible']}\n" in card
    assert "not known for that day" in " ".join(card.split())
    none = done("places", "--bloc", "eu", "--on", "1950-01-01").out
    assert "members: 0\n" in none


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("Germny",), "germany"),
        (("Nowhere-at-all",), "towns from 15,000 people on"),
        (("XX", "--system", "iso2"), "a code that the system has"),
        (("DE", "--system", "iso9"), "iso-numeric"),
        (("--system", "iso2"), "goes with a code"),
        (("France", "--bloc", "eu"), "--bloc ID"),
        (("--bloc", "EU"), "arab-league"),
        (("France", "--on", "yesterday"), "YYYY-MM-DD"),
    ],
)
def test_what_is_not_known_is_said(arguments: tuple[str, ...], said: str) -> None:
    outcome = run("places", *arguments)
    assert outcome.code == 2
    assert outcome.out == ""
    assert said in outcome.err
