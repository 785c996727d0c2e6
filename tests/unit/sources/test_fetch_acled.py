"""Events of ACLED, and why there are none, against a local server."""

import csv
import io
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from groundswell.api.fetching import (
    Credentials,
    FetchRequest,
    Manners,
    diagnose_acled_access,
    fetch,
)
from groundswell.core.doctor import Diagnosis
from groundswell.core.errors import FetchError, UsageError
from groundswell.core.fetching import Fetch
from groundswell.sources.fetch import acled
from groundswell.sources.manifest import read_manifest
from serving import Reply, Server, serving

Json = Any  # what JSON gives
QUICK = Manners(
    attempts=2, first_wait_s=0.01, most_wait_s=1.0, timeout_s=0.4, pause_s=0.0
)
SECRET = "hunter2 & co?"  # noqa: S105 (of nobody)
EMAIL = "ada@example.org"
WITH_TOKEN = Credentials(token="T1")  # noqa: S106 (of nobody)
KEYS = Credentials(email=EMAIL, password=SECRET)
LOGIN, READ = "/oauth/token", "/api/acled/read"
GRANTED = Reply(body=b'{"access_token": "T1", "expires_in": 86400}')
DAYS = {"since": date(2026, 1, 1), "until": date(2026, 1, 31)}


@pytest.fixture(autouse=True)
def _no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    for name in (acled.EMAIL, acled.PASSWORD, acled.TOKEN):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as running:
        running.answer(LOGIN, GRANTED)
        yield running


class Here:
    """A user with an account, who fetches from the local server."""

    def __init__(self, server: Server, folder: Path) -> None:
        self.server = server
        self.folder = folder

    def request(self, **more: Json) -> FetchRequest:
        given = {
            "to": self.folder / "data",
            "cache": self.folder / "cache",
            "base": self.server.address,
            "manners": QUICK,
            "today": date(2026, 3, 1),
            "credentials": KEYS,
            **DAYS,
        }
        return FetchRequest(**{**given, **more})

    def fetch(self, **more: Json) -> Fetch:
        return fetch("acled", self.request(**more))

    def diagnose(self, **more: Json) -> Diagnosis:
        return diagnose_acled_access(self.request(**more))

    def rows(self, name: str) -> list[dict[str, str]]:
        text = (self.folder / "data" / name).read_text(encoding="utf-8")
        return list(csv.DictReader(io.StringIO(text, newline="")))

    def written(self) -> Iterator[bytes]:
        for path in self.folder.rglob("*"):
            yield str(path).encode()
            if path.is_file():
                yield path.read_bytes()


@pytest.fixture
def here(server: Server, tmp_path: Path) -> Here:
    return Here(server, tmp_path)


def event(number: int, **more: Json) -> dict[str, Json]:
    return {
        "event_id_cnty": f"NOR{number}",
        "event_date": "2026-01-05",
        "country": "Norway",
        "notes": 'Rally, "large".\n[size=about 200]',
        "fatalities": 0,
        **more,
    }


def page(*rows: dict[str, Json], **more: Json) -> Reply:
    body = {"status": 200, "success": True, "messages": [], "data": rows, **more}
    return Reply(body=json.dumps(body).encode())


def embargo(day: str) -> dict[str, Json]:
    recency = {"quantity": 12, "unit": "Months", "date": day}
    return {"data_query_restrictions": {"date_recency": recency}}


def refusal(status: int, **said: str) -> Reply:
    return Reply(status=status, body=json.dumps(said).encode())


NAME = "acled-2026-01-01-2026-01-31.csv"


def test_rows_become_a_file_with_every_column(here: Here) -> None:
    body = (
        b'{"status": 200, "data": [{"event_id_cnty": "NOR1", "latitude": 59.9100, '
        b'"fatalities": 0, "tags": null, "notes": "a\\nb, \\"c\\""}], '
        b'"next_cursor": null}'
    )
    here.server.answer(READ, Reply(body=body))
    (file,) = here.fetch().files
    assert file.name == NAME
    assert here.rows(NAME) == [
        {
            "event_id_cnty": "NOR1",
            "latitude": "59.9100",
            "fatalities": "0",
            "tags": "",
            "notes": 'a\nb, "c"',
        }
    ]


def test_the_request_is_what_was_asked_for_and_no_more(here: Here) -> None:
    here.server.answer(READ, page(event(1), next_cursor=None))
    result = here.fetch(countries=("Norway", "Trinidad & Tobago"))
    login, read = here.server.asked
    assert (login.method, login.path) == ("POST", LOGIN)
    assert parse_qs(login.body) == {
        "username": [EMAIL],
        "password": [SECRET],
        "grant_type": ["password"],
        "client_id": ["acled"],
        "scope": ["authenticated"],
    }
    assert read.headers["Authorization"] == "Bearer T1"
    assert "Authorization" not in login.headers
    assert parse_qs(urlsplit(read.path).query) == {
        "_format": ["json"],
        "event_date": ["2026-01-01|2026-01-31"],
        "event_date_where": ["BETWEEN"],
        "event_type": ["Protests:OR:event_type=Riots"],
        "country": ["Norway:OR:country=Trinidad & Tobago"],
        "limit": ["5000"],
        "cursor": ["0"],
    }
    assert result.files[0].name == f"{NAME[:-4]}-norway-trinidad___tobago.csv"


def test_the_manifest_states_what_the_file_covers(here: Here) -> None:
    here.server.answer(READ, page(event(1), next_cursor=None, **embargo("2026-01-20")))
    result = here.fetch(countries=("Norway",))
    assert any("up to 2026-01-20" in note for note in result.notes)
    path = here.folder / "data" / f"{result.files[0].name}.manifest.toml"
    manifest = read_manifest(path)
    assert (manifest.source_id, manifest.taken) == ("acled", date(2026, 3, 1))
    coverage = manifest.table.table("coverage").data
    assert coverage == {
        "places": ["Norway"],
        "start": date(2026, 1, 1),
        "end": date(2026, 1, 20),
        "selection": "all",
    }


@pytest.mark.parametrize(
    ("countries", "since", "places"),
    [
        ((), date(2026, 1, 1), ["world"]),
        ((), date(2020, 12, 31), None),
        (("Norway", "Nowhere at all"), date(2026, 1, 1), None),
        (("Georgia", "Norway"), date(2026, 1, 1), ["GEO", "Norway"]),
    ],
)
def test_places_are_stated_where_all_are_known(
    here: Here, countries: Json, since: date, places: Json
) -> None:
    here.server.answer(READ, page(event(1), next_cursor=None))
    result = here.fetch(countries=countries, since=since)
    path = here.folder / "data" / f"{result.files[0].name}.manifest.toml"
    coverage = read_manifest(path).table.table("coverage").data
    assert coverage.get("places") == places
    assert any("states no place" in note for note in result.notes) == (places is None)


def test_pages_follow_the_cursor(here: Here) -> None:
    here.server.answer(
        READ,
        page(event(1), event(2), next_cursor=48213),
        page(event(3), next_cursor="96543"),
        page(next_cursor=None),
    )
    result = here.fetch()
    cursors = [parse_qs(urlsplit(a.path).query)["cursor"] for a in here.server.of(READ)]
    assert cursors == [["0"], ["48213"], ["96543"]]
    assert [row["event_id_cnty"] for row in here.rows(NAME)] == ["NOR1", "NOR2", "NOR3"]
    assert "3 rows came" in result.notes


def test_pages_are_numbered_where_nothing_is_said_of_cursors(
    here: Here, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(acled, "ROWS_AT_ONCE", 2)
    here.server.answer(READ, page(event(1), event(2)), page(event(3)))
    here.fetch()
    assert len(here.rows(NAME)) == 3
    first, second = (parse_qs(urlsplit(a.path).query) for a in here.server.of(READ))
    assert "page" not in first
    assert second["page"] == ["2"]


@pytest.mark.parametrize(
    "pages",
    [
        [page(event(1), event(2)), page(event(1), event(2))],
        [
            page(event(1), event(2), next_cursor=7),
            page(event(3), event(4), next_cursor=7),
        ],
        [page(event(1), event(2), next_cursor=7), page(event(3), event(4))],
    ],
    ids=["same page", "same cursor", "cursor ends"],
)
def test_pages_that_do_not_end_are_no_file(
    here: Here, monkeypatch: pytest.MonkeyPatch, pages: list[Reply]
) -> None:
    monkeypatch.setattr(acled, "ROWS_AT_ONCE", 2)
    here.server.answer(READ, *pages)
    with pytest.raises(FetchError, match="in place of the next ones"):
        here.fetch()
    assert not (here.folder / "data").exists()


def test_rows_that_come_twice_are_kept_once_and_counted(here: Here) -> None:
    here.server.answer(
        READ,
        page(event(1), event(2), next_cursor=2),
        page(event(2), event(1, fatalities=3), next_cursor=None),
    )
    result = here.fetch()
    ids = [row["event_id_cnty"] for row in here.rows(NAME)]
    assert ids == ["NOR1", "NOR2", "NOR1"]
    assert "1 rows came twice and are kept once" in result.notes
    assert "1 events came with different values; all are kept" in result.notes


def test_columns_of_all_pages_are_kept(here: Here) -> None:
    here.server.answer(
        READ, page(event(1), next_cursor=2), page(event(2, extra="x"), next_cursor=None)
    )
    here.fetch()
    assert [row["extra"] for row in here.rows(NAME)] == ["", "x"]


def test_a_revised_file_is_kept_beside_the_old_one(here: Here) -> None:
    for number in (1, 2, 2):
        here.server.answer(READ, page(event(number), next_cursor=None))
        result = here.fetch()
    assert result.files[0].outcome == "unchanged"
    assert result.files[0].beside == NAME
    (offline,) = here.fetch(mode="offline", credentials=Credentials()).files
    assert offline.name == result.files[0].name


def test_a_token_that_expires_on_the_way_is_renewed(here: Here) -> None:
    here.server.answer(
        READ,
        page(event(1), next_cursor=2),
        refusal(401, message="expired"),
        page(event(2), next_cursor=None),
    )
    here.server.answer(LOGIN, GRANTED, Reply(body=b'{"access_token": "T2"}'))
    here.fetch()
    sent = [asked.headers["Authorization"] for asked in here.server.of(READ)]
    assert sent == ["Bearer T1", "Bearer T1", "Bearer T2"]
    assert len(here.rows(NAME)) == 2


def test_a_page_that_is_cut_off_is_asked_for_again(here: Here) -> None:
    whole = page(event(1), next_cursor=None)
    cut = Reply(body=whole.body, framing="cut", cut_at=20)
    here.server.answer(READ, cut, whole)
    here.fetch()
    assert len(here.rows(NAME)) == 1


NO_PAGE = Reply(body=b"<!doctype html><title>Log in</title>")
ECHO = f"no user {EMAIL} with {SECRET}"


@pytest.mark.parametrize(
    ("path", "reply", "more", "step", "words"),
    [
        (
            LOGIN,
            None,
            {"credentials": Credentials()},
            "credentials",
            "GROUNDSWELL_ACLED_",
        ),
        (LOGIN, None, {"base": "http://127.0.0.1:9"}, "network", "connection"),
        (LOGIN, refusal(400, error="invalid_grant"), {}, "password", "does not accept"),
        (LOGIN, refusal(401), {}, "password", "does not accept the e-mail address"),
        (LOGIN, refusal(400, error="invalid_client"), {}, "network", "status 400"),
        (LOGIN, refusal(403), {}, "access", "may not read events"),
        (LOGIN, NO_PAGE, {}, "network", "a web page in place of data"),
        (LOGIN, Reply(status=500), {}, "network", "has a fault"),
        (
            READ,
            refusal(401),
            {"credentials": WITH_TOKEN},
            "token",
            "24 hours",
        ),
        (
            READ,
            refusal(403, message="Access denied"),
            {},
            "access",
            "says: Access denied",
        ),
        (READ, Reply(body=b'{"status": 403, "data": []}'), {}, "access", "may not read"),
        (READ, NO_PAGE, {}, "access", "a web page in place of data"),
        (READ, Reply(body=b'{"success": false, "data": []}'), {}, "access", "status 200"),
        (READ, Reply(body=b'{"data": [1]}'), {}, "access", "in place of data"),
        (READ, page(), {}, "rows", "has no rows for 2026-01-01"),
        (READ, page(**embargo("2025-03-01")), {}, "rows", "up to 2025-03-01"),
        (READ, page(**embargo("2026-01-10")), {}, "rows", "has no rows"),
        (READ, page(), {"countries": ("Norge",)}, "rows", "names of the countries"),
    ],
)
def test_doctor_tells_troubles_apart(
    here: Here, path: str, reply: Reply | None, more: Json, step: str, words: str
) -> None:
    if reply is not None:
        here.server.answer(path, reply)
    found = here.diagnose(**more)
    *before, last = found.facts
    assert all(fact.is_well for fact in before)
    assert (last.name, last.is_well) == (step, False)
    assert words in last.words
    assert " Try: " in last.words
    if reply is not None:  # a fetch fails for the same reason
        with pytest.raises(FetchError):
            here.fetch(**more)
        assert not (here.folder / "data").exists()


def test_doctor_finds_all_well(here: Here) -> None:
    here.server.answer(READ, page(event(1), **embargo("2026-02-01")))
    found = here.diagnose()
    assert all(fact.is_well for fact in found.facts)
    names = [fact.name for fact in found.facts]
    assert names == ["credentials", "network", "password", "access", "rows"]
    assert "up to 2026-02-01, and none after" in found.facts[3].words
    query = parse_qs(urlsplit(here.server.asked[-1].path).query)
    assert query["limit"] == ["1"]


def test_doctor_asks_for_the_last_month_unless_days_are_named(here: Here) -> None:
    here.server.answer(READ, page(event(1)))
    here.diagnose(since=None, until=None)
    query = parse_qs(urlsplit(here.server.asked[-1].path).query)
    assert query["event_date"] == ["2026-01-30|2026-03-01"]


@pytest.mark.parametrize(
    "reply",
    [
        refusal(400, error="invalid_grant", error_description=ECHO),
        refusal(403, message=ECHO),
        refusal(500, message=ECHO),
        Reply(body=json.dumps({"access_token": SECRET}).encode()),
        Reply(status=302, headers={"Location": f"https://x.invalid/?p={SECRET}"}),
        Reply(body=b"", framing="cut"),
    ],
)
def test_no_secret_is_written_or_shown(
    here: Here, reply: Reply, caplog: pytest.LogCaptureFixture
) -> None:
    here.server.answer(LOGIN, reply)
    here.server.answer(READ, refusal(403, message=ECHO))
    caplog.set_level("INFO")
    with pytest.raises(FetchError) as raised:
        here.fetch()
    found = here.diagnose()
    shown = [str(raised.value), repr(raised.value), *(f.words for f in found.facts)]
    shown += [caplog.text, repr(KEYS), repr(here.request())]
    for text in shown:
        assert SECRET not in text
        assert EMAIL not in text
    for data in here.written():
        assert SECRET.encode() not in data
        assert EMAIL.encode() not in data


def test_credentials_go_to_no_other_address(here: Here) -> None:
    for path in (LOGIN, READ):
        with serving() as other:
            here.server.answer(LOGIN, GRANTED)
            here.server.answer(
                path, Reply(status=307, headers={"Location": f"{other.address}/x"})
            )
            with pytest.raises(FetchError, match="credentials are sent to no other"):
                here.fetch()
            assert other.asked == []


def test_a_login_is_never_redirected(here: Here) -> None:
    here.server.answer(LOGIN, Reply(status=307, headers={"Location": "/oauth/other"}))
    with pytest.raises(FetchError, match="credentials are sent to no other"):
        here.fetch()
    assert here.server.paths() == [LOGIN]


def test_credentials_come_from_the_environment(
    here: Here, monkeypatch: pytest.MonkeyPatch
) -> None:
    here.server.answer(READ, page(event(1)))
    monkeypatch.setenv(acled.EMAIL, EMAIL)
    monkeypatch.setenv(acled.PASSWORD, SECRET)
    assert here.diagnose(credentials=None).facts[-1].is_well
    monkeypatch.setenv(acled.TOKEN, "mine")
    here.diagnose(credentials=None)
    assert here.server.asked[-1].headers["Authorization"] == "Bearer mine"


def test_offline_asks_nobody(here: Here) -> None:
    with pytest.raises(FetchError, match="not in the cache"):
        here.fetch(mode="offline")
    assert here.server.asked == []


def test_a_dry_run_shows_addresses_and_no_credentials(here: Here) -> None:
    result = here.fetch(mode="dry-run")
    base = here.server.address
    login, read = result.requests
    assert login == f"{base}{LOGIN}"
    assert read.startswith(f"{base}{READ}?_format=json&event_date=2026-01-01|2026-01-31")
    assert "limit" not in read
    assert here.server.asked == []


def test_days_are_owed(here: Here) -> None:
    with pytest.raises(UsageError, match="not all given"):
        here.fetch(until=None)
