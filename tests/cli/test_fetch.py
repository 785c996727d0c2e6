"""`fetch` and `doctor acled`, as a user calls them, against a local server."""

import csv
import io
import json
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from unittest.mock import patch

import pytest

from cli.running import checked_json, done, run
from groundswell.api import fetching
from groundswell.sources.fetch import acled
from groundswell.sources.fetch.web import Manners
from serving import Reply, Server, serving

GOLDEN = Path(__file__).parents[1] / "golden" / "ingest"
DOCA = "/group/collectiveaction/final_data_v10.dta"
LOGIN, READ = "/oauth/token", "/api/acled/read"
EMAIL, SECRET = "ada@example.org", "hunter2"
DAYS = ("--since", "2026-01-01", "--until", "2026-01-31")
QUICK = Manners(attempts=2, first_wait_s=0.01, timeout_s=0.4, pause_s=0.0)


@pytest.fixture(autouse=True)
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """A local server in place of those of the recipes, asked without patience."""
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    for name in (acled.EMAIL, acled.PASSWORD, acled.TOKEN):
        monkeypatch.delenv(name, raising=False)
    with serving() as running:
        real = fetching.FetchRequest

        def request(**given: object) -> fetching.FetchRequest:
            return real(**given, base=running.address, manners=QUICK)

        monkeypatch.setattr(fetching, "FetchRequest", request)
        yield running


def fetch(*arguments: object) -> tuple[object, ...]:
    return ("fetch", *arguments, "--cache", "cache")


def test_what_can_be_fetched_is_listed() -> None:
    listed = checked_json("fetchable", done("fetch", "--json"))
    names = [one["name"] for one in listed]
    assert names == sorted(names)
    assert {"acled", "ccc-phase3", "gdelt-1", "ucdp-ged", "un-votes"} <= set(names)
    text = done("fetch").out
    assert all(name in text for name in names)


def test_a_file_is_fetched_once_and_then_held(server: Server) -> None:
    server.answer(DOCA, Reply(body=b"data"))
    outcome = done(*fetch("doca", "--to", "new folder"))
    assert "doca: 1 file in new folder, 4 bytes" in outcome.out
    assert (
        "groundswell ingest 'new folder/final_data_v10.dta' -w WORKSPACE" in outcome.out
    )
    assert "Cite as" in outcome.out
    result = checked_json("fetch", done(*fetch("doca", "--to", "new folder", "--json")))
    (file,) = result["files"]
    assert (file["outcome"], file["n_bytes"]) == ("unchanged", 4)
    offline = done(*fetch("doca", "--offline", "--to", "other", "--json"))
    assert offline.json["files"][0]["outcome"] == "from-cache"
    assert Path("other/final_data_v10.dta").read_bytes() == b"data"


def test_a_changed_file_is_told(server: Server) -> None:
    for body in (b"old", b"new"):
        server.answer(DOCA, Reply(body=body))
        outcome = done(*fetch("doca"))
    assert "changed since before" in outcome.out
    assert "final_data_v10.dta has other bytes and stays as it was." in outcome.out


def test_a_dry_run_says_what_would_be_asked(server: Server) -> None:
    outcome = done(*fetch("gdelt-1", *DAYS, "--dry-run"))
    assert "nothing was asked" in outcome.out
    assert f"{server.address}/events/20260101.export.CSV.zip" in outcome.out
    assert "and 12 more" in outcome.out
    assert server.asked == []
    assert list(Path().iterdir()) == []
    assert checked_json("fetch", done(*fetch("gdelt-1", *DAYS, "--dry-run", "--json")))


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("nonsense",), 2, "Nothing called 'nonsense' can be fetched"),
        (("unga-voeten",), 2, "Allowed: un-votes"),
        (("gdelt-1",), 2, "--since and --until"),
        (("gdelt-1", "--since", "yesterday"), 2, "is not a day"),
        (("doca", "--offline", "--dry-run"), 2, "exclude each other"),
        (("doca", "--max-mb", "0"), 2, "--max-mb"),
        (("doca", *DAYS), 2, "cannot be fetched by days"),
        (("doca",), 9, "status 404"),
        (("doca", "--offline"), 9, "without --offline"),
        (("acled", *DAYS), 9, "There are no credentials for ACLED"),
    ],
)
def test_what_goes_wrong_is_told(
    arguments: tuple[str, ...], code: int, words: str
) -> None:
    outcome = run(*fetch(*arguments))
    assert outcome.code == code
    assert words in outcome.err
    assert "Traceback" not in outcome.err
    assert not outcome.out


@pytest.mark.parametrize("package", ["httpx", "stamina", "platformdirs"])
def test_a_missing_extra_is_named(monkeypatch: pytest.MonkeyPatch, package: str) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    given = ("fetch", "doca") if package == "platformdirs" else fetch("doca")
    outcome = run(*given)
    assert outcome.code == 6
    assert "pip install 'groundswell[fetch]'" in outcome.err


def page(*rows: dict[str, object]) -> Reply:
    return Reply(body=json.dumps({"status": 200, "data": rows}).encode())


def test_acled_comes_with_the_account_of_the_environment(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(acled.EMAIL, EMAIL)
    monkeypatch.setenv(acled.PASSWORD, SECRET)
    server.answer(LOGIN, Reply(body=b'{"access_token": "T1"}'))
    server.answer(READ, page({"event_id_cnty": "NOR1", "notes": "x"}))
    outcome = done(*fetch("acled", *DAYS, "--country", "Norway"))
    assert Path("acled-2026-01-01-2026-01-31-norway.csv").read_text() == (
        "event_id_cnty,notes\nNOR1,x\n"
    )
    assert SECRET not in outcome.out + outcome.err
    assert EMAIL not in outcome.out + outcome.err


def test_ingest_takes_day_and_places_from_the_manifest(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = (GOLDEN / "acled.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    monkeypatch.setenv(acled.TOKEN, "T1")
    server.answer(READ, page(*rows))
    wide = ("--since", "2022-01-01", "--until", "2026-01-31")
    (fetched,) = done(*fetch("acled", *wide, "--json")).json["files"]
    (result,) = done("ingest", fetched["name"], "-w", "w", "--json").json
    snapshot = result["snapshot"]
    assert snapshot["source"]["source_id"] == "acled"
    assert snapshot["taken"] == datetime.now(tz=UTC).date().isoformat()
    assert snapshot["taken_from"] == "manifest"
    assert snapshot["coverage"]["selection"] == "all"
    assert [place["name"] for place in snapshot["coverage"]["places"]] == ["the world"]
    assert snapshot["n_records"] == len(rows)


def test_a_password_is_asked_for_where_somebody_can_answer(server: Server) -> None:
    server.answer(LOGIN, Reply(status=400, body=b'{"error": "invalid_grant"}'))
    asked: list[tuple[str, bool]] = []

    def prompt(words: str, *, hide_input: bool = False, err: bool) -> str:
        assert err
        asked.append((words.partition(" ")[0], hide_input))
        return SECRET if hide_input else EMAIL

    with (
        patch("groundswell.cli.fetching.can_answer", return_value=True),
        patch("typer.prompt", prompt),
    ):
        outcome = run(*fetch("acled", *DAYS))
    assert asked == [("E-mail", False), ("Password", True)]
    assert outcome.code == 9
    assert "does not accept the e-mail address and password" in outcome.err
    assert SECRET not in outcome.err
    assert SECRET in server.asked[0].body


def test_doctor_says_why_acled_gives_nothing(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    outcome = run("doctor", "acled")
    assert outcome.code == 9
    assert "Not as it should be: credentials" in outcome.out
    monkeypatch.setenv(acled.TOKEN, "T1")
    server.answer(READ, Reply(status=401))
    outcome = run("doctor", "acled", *DAYS, "--json")
    assert outcome.code == 9
    assert checked_json("doctor", outcome)["facts"][-1]["name"] == "token"
    server.answer(READ, page({"event_id_cnty": "NOR1"}))
    assert "All is as it should be" in done("doctor", "acled").out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("gdelt",), "does not know how to look into 'gdelt'"),
        (("acled", "-w", "w"), "looks into no workspace"),
        (("--since", "2026-01-01"), "without acled"),
    ],
)
def test_doctor_takes_what_it_knows(arguments: tuple[str, ...], words: str) -> None:
    outcome = run("doctor", *arguments)
    assert outcome.code == 2
    assert words in outcome.err
