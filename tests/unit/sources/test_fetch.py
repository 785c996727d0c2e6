"""Files of a source, fetched from a local server that behaves well and badly."""

import hashlib
import io
import json
import tomllib
import zipfile
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from email.utils import format_datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundswell.api.fetching import FetchRequest, Manners, fetch
from groundswell.core.errors import FetchError, OutputError, UsageError
from groundswell.core.fetching import Fetch
from groundswell.core.serialise import to_json
from groundswell.sources.fetch.recipe import list_recipes
from groundswell.sources.fetch.store import safe_name
from groundswell.sources.manifest import list_sources, read_manifest
from serving import Reply, Server, serving

Json = Any  # what JSON gives, and what pytest hands in
QUICK = Manners(
    attempts=4, first_wait_s=0.01, most_wait_s=2.5, timeout_s=0.4, pause_s=0.0
)
DAY = date(2026, 3, 1)
DOCA = "/group/collectiveaction/final_data_v10.dta"
DATA = bytes(range(256)) * 2_000
ETAG = {"ETag": '"v1"'}


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as running:
        yield running


class Here:
    """A user with a folder and a cache, who fetches from the local server."""

    def __init__(self, server: Server, folder: Path) -> None:
        self.server = server
        self.to = folder / "data"
        self.cache = folder / "cache"

    def fetch(self, name: str, **more: Json) -> Fetch:
        given = {
            "to": self.to,
            "cache": self.cache,
            "base": self.server.address,
            "manners": QUICK,
            "today": DAY,
        }
        return fetch(name, FetchRequest(**{**given, **more}))

    def files(self) -> dict[str, bytes]:
        if not self.to.exists():
            return {}
        return {
            path.name: path.read_bytes()
            for path in sorted(self.to.iterdir())
            if not path.name.endswith(".manifest.toml")
        }

    def manifest(self, name: str) -> dict[str, Json]:
        text = (self.to / f"{name}.manifest.toml").read_text(encoding="utf-8")
        return tomllib.loads(text)


@pytest.fixture
def here(server: Server, tmp_path: Path) -> Here:
    return Here(server, tmp_path)


def test_a_file_comes_whole_with_a_manifest_that_ingest_reads(here: Here) -> None:
    here.server.answer(DOCA, Reply(body=DATA))
    result = here.fetch("doca")
    (file,) = result.files
    assert here.files() == {"final_data_v10.dta": DATA}
    assert file.sha256 == hashlib.sha256(DATA).hexdigest()
    assert (file.outcome, file.n_bytes, file.held_against) == ("fetched", len(DATA), "")
    path = here.to / "final_data_v10.dta.manifest.toml"
    manifest = read_manifest(path)
    assert (manifest.source_id, manifest.taken) == ("doca", DAY)
    assert f"# sha256: {file.sha256}" in path.read_text(encoding="utf-8")
    assert f"# address: {here.server.address}{DOCA}" in path.read_text(encoding="utf-8")


def test_nothing_is_sent_but_the_request(here: Here) -> None:
    cookie = {"Set-Cookie": "track=1; Path=/", **ETAG}
    here.server.answer(DOCA, Reply(body=b"one", headers=cookie))
    here.fetch("doca")
    here.fetch("doca")
    for asked in here.server.asked:
        sent = {name.lower() for name in asked.headers}
        assert sent - {"if-none-match"} == {
            *("host", "connection", "accept", "accept-encoding", "user-agent")
        }
        assert asked.headers["User-Agent"] == f"groundswell/{version('groundswell')}"
        assert asked.body == ""


@pytest.mark.parametrize("framing", ["length", "chunked"])
def test_every_whole_body_is_taken(here: Here, framing: Json) -> None:
    here.server.answer(DOCA, Reply(body=DATA, framing=framing))
    here.fetch("doca")
    assert here.files() == {"final_data_v10.dta": DATA}


@pytest.mark.parametrize("framing", ["cut", "cut-chunked"])
@pytest.mark.parametrize("headers", [{}, ETAG], ids=["no ETag", "ETag"])
def test_a_truncated_body_never_becomes_a_file(
    here: Here, framing: Json, headers: Json
) -> None:
    cut = Reply(
        body=DATA, framing=framing, cut_at=1_000, headers=headers, has_ranges=False
    )
    here.server.answer(DOCA, cut)
    with pytest.raises(FetchError, match="gave no whole answer") as raised:
        here.fetch("doca")
    assert raised.value.exit_code == 9
    assert len(here.server.asked) == QUICK.attempts
    assert here.files() == {}
    assert not list(here.cache.rglob("*final_data*"))


def test_a_body_without_an_end_is_refused(here: Here) -> None:
    here.server.answer(DOCA, Reply(body=DATA, framing="none"))
    with pytest.raises(FetchError, match="does not say how long the file is"):
        here.fetch("doca")
    assert here.files() == {}


def test_what_has_come_is_not_asked_for_again(here: Here) -> None:
    cut = Reply(body=DATA, framing="cut", cut_at=100_000, headers=ETAG)
    here.server.answer(DOCA, cut, Reply(body=DATA, headers=ETAG))
    here.fetch("doca")
    first, second = here.server.asked
    assert first.headers["Range"] is None
    assert second.headers["Range"] == "bytes=100000-"
    assert second.headers["If-Range"] == '"v1"'
    assert here.files() == {"final_data_v10.dta": DATA}


def test_a_later_run_resumes_what_an_earlier_one_left(here: Here) -> None:
    cut = Reply(body=DATA, framing="cut", cut_at=100_000, headers=ETAG)
    here.server.answer(DOCA, cut)
    with pytest.raises(FetchError):
        here.fetch("doca", manners=Manners(attempts=1, pause_s=0.0))
    here.server.answer(DOCA, Reply(body=DATA, headers=ETAG))
    here.fetch("doca")
    assert here.server.asked[-1].headers["Range"] == "bytes=100000-"
    assert here.files() == {"final_data_v10.dta": DATA}


def test_a_file_that_changes_on_the_way_is_taken_from_its_start(here: Here) -> None:
    cut = Reply(body=DATA, framing="cut", cut_at=100_000, headers=ETAG)
    new = DATA[::-1]
    here.server.answer(DOCA, cut, Reply(body=new, headers={"ETag": '"v2"'}))
    here.fetch("doca")
    assert here.files() == {"final_data_v10.dta": new}


@pytest.mark.parametrize(
    ("headers", "start"),
    [
        ({"Content-Range": "bytes 5-9/10", **ETAG}, b"56789"),
        ({"Content-Range": "nonsense", **ETAG}, b"789"),
        ({"Content-Range": "bytes 7-9/10", "ETag": '"v2"'}, b"789"),
        ({"Content-Range": "bytes 7-9/12", **ETAG}, b"789"),
    ],
    ids=["other start", "nonsense", "other file", "other size"],
)
def test_a_wrong_rest_is_thrown_away(here: Here, headers: Json, start: bytes) -> None:
    whole = b"0123456789"
    cut = Reply(body=whole, framing="cut", cut_at=7, headers=ETAG)
    rest = Reply(status=206, body=start, headers=headers)
    here.server.answer(DOCA, cut, rest, Reply(body=whole, headers=ETAG))
    here.fetch("doca")
    assert here.files() == {"final_data_v10.dta": whole}
    assert here.server.asked[-1].headers["Range"] is None


def test_a_rest_that_the_server_no_longer_has_is_asked_for_anew(here: Here) -> None:
    cut = Reply(body=DATA, framing="cut", cut_at=100_000, headers=ETAG)
    gone = Reply(status=416)
    here.server.answer(DOCA, cut, gone, Reply(body=DATA, headers=ETAG))
    here.fetch("doca")
    assert here.files() == {"final_data_v10.dta": DATA}


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_a_server_that_recovers_is_asked_again(here: Here, status: int) -> None:
    here.server.answer(DOCA, Reply(status=status), Reply(status=status), Reply(body=b"x"))
    here.fetch("doca")
    assert len(here.server.asked) == 3
    assert here.files() == {"final_data_v10.dta": b"x"}


@pytest.mark.parametrize("status", [429, 503])
def test_a_server_that_does_not_recover_is_left_alone(here: Here, status: int) -> None:
    here.server.answer(DOCA, Reply(status=status))
    with pytest.raises(FetchError, match=rf"status {status}\), 4 times"):
        here.fetch("doca")
    assert len(here.server.asked) == QUICK.attempts


def _in_a_second() -> str:
    return format_datetime(datetime.now(tz=UTC) + timedelta(seconds=2), usegmt=True)


@pytest.mark.parametrize("said", [lambda: "1", _in_a_second], ids=["seconds", "time"])
def test_the_wait_that_a_server_asks_for_is_kept(here: Here, said: Json) -> None:
    busy = Reply(status=429, headers={"Retry-After": said()})
    here.server.answer(DOCA, busy, Reply(body=b"x"))
    began = datetime.now(tz=UTC)
    here.fetch("doca")
    assert (datetime.now(tz=UTC) - began).total_seconds() >= 0.9


def test_a_wait_that_is_too_long_is_told_and_not_waited(here: Here) -> None:
    here.server.answer(DOCA, Reply(status=429, headers={"Retry-After": "7200"}))
    with pytest.raises(FetchError, match="asks to wait 7,200 seconds"):
        here.fetch("doca")
    assert len(here.server.asked) == 1


def test_a_retry_after_that_is_nonsense_is_no_wait(here: Here) -> None:
    busy = Reply(status=503, headers={"Retry-After": "soon"})
    here.server.answer(DOCA, busy, Reply(body=b"x"))
    here.fetch("doca")
    assert here.files() == {"final_data_v10.dta": b"x"}


def test_a_slow_server_is_given_up(here: Here) -> None:
    here.server.answer(DOCA, Reply(body=b"x", delay_s=0.7), Reply(body=b"y"))
    here.fetch("doca")
    assert here.files() == {"final_data_v10.dta": b"y"}
    here.server.answer(DOCA, Reply(body=b"x", delay_s=0.7))
    manners = Manners(attempts=2, first_wait_s=0.01, timeout_s=0.1, pause_s=0.0)
    with pytest.raises(FetchError, match="Timeout"):
        here.fetch("doca", manners=manners)


def test_no_server_is_told(here: Here) -> None:
    with pytest.raises(FetchError, match="gave no whole answer") as raised:
        here.fetch("doca", base="http://127.0.0.1:9")
    assert "connection" in raised.value.todo


@pytest.mark.parametrize(
    ("base", "words"),
    [
        ("ftp://127.0.0.1", "UnsupportedProtocol"),
        ("http://[", "is no address"),
        ("http://a:b", "is no address"),
    ],
)
def test_an_address_that_is_none_is_told_once(here: Here, base: str, words: str) -> None:
    with pytest.raises(FetchError, match=words):
        here.fetch("doca", base=base)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_on_the_same_host_is_followed(here: Here, status: int) -> None:
    here.server.answer(DOCA, Reply(status=status, headers={"Location": "/elsewhere"}))
    here.server.answer("/elsewhere", Reply(body=b"x"))
    here.fetch("doca")
    assert here.files() == {"final_data_v10.dta": b"x"}


@pytest.mark.parametrize(
    ("location", "words"),
    [
        ("http://example.invalid/x", "only https, or the same host"),
        ("http://localhost:1/x", "only https, or the same host"),
        ("file:///etc/passwd", "only https, or the same host"),
        ("//example.invalid/x", "only https, or the same host"),
        ("http://[/x", "is no address"),
        ("/again", "redirects more than 5 times"),
    ],
)
def test_an_unsafe_redirect_is_refused(here: Here, location: str, words: str) -> None:
    here.server.answer(DOCA, Reply(status=302, headers={"Location": location}))
    here.server.answer("/again", Reply(status=302, headers={"Location": "/again"}))
    with pytest.raises(FetchError, match=words):
        here.fetch("doca")
    assert here.files() == {}


def test_a_redirect_to_https_is_followed(here: Here) -> None:
    target = here.server.address.replace("http", "https") + "/x"
    here.server.answer(DOCA, Reply(status=302, headers={"Location": target}))
    # the server speaks no TLS: that it is tried is what shows
    with pytest.raises(FetchError, match="gave no whole answer"):
        here.fetch("doca", manners=Manners(attempts=1, timeout_s=0.4, pause_s=0.0))


@pytest.mark.parametrize(
    "page",
    [
        Reply(body=b"<!DOCTYPE html><title>Log in</title>"),
        Reply(body=b"\xef\xbb\xbf\n <html lang=en><p>Log in"),
        Reply(body=b"<!-- x --><html>"),
        Reply(body=b"Log in", headers={"Content-Type": "text/html; charset=utf-8"}),
    ],
    ids=["doctype", "mark", "comment", "type"],
)
def test_a_web_page_is_no_data(here: Here, page: Reply) -> None:
    here.server.answer(DOCA, page)
    with pytest.raises(FetchError, match="web page in place of the file"):
        here.fetch("doca")
    assert here.files() == {}
    assert len(here.server.asked) == 1


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        (Reply(status=404), "status 404"),
        (Reply(status=403, body=b'{"message": "Not yours."}'), "says: Not yours"),
        (Reply(body=b""), "it is empty"),
        (Reply(status=206, body=b"x"), "status 206"),
        (Reply(status=304), "status 304"),
    ],
)
def test_what_is_no_file_is_told_once(here: Here, reply: Reply, words: str) -> None:
    here.server.answer(DOCA, reply)
    with pytest.raises(FetchError, match=words):
        here.fetch("doca")
    assert len(here.server.asked) == 1
    assert here.files() == {}


@pytest.mark.parametrize("framing", ["length", "chunked"])
def test_a_file_that_is_too_large_is_not_taken(here: Here, framing: Json) -> None:
    here.server.answer(DOCA, Reply(body=DATA, framing=framing))
    with pytest.raises(FetchError, match="--max-mb"):
        here.fetch("doca", most_bytes=1_000)
    assert here.files() == {}
    assert not list(here.cache.rglob("partial"))


def test_a_file_that_did_not_change_is_not_sent_again(here: Here) -> None:
    here.server.answer(DOCA, Reply(body=DATA, headers=ETAG))
    here.fetch("doca")
    again = here.fetch("doca", today=date(2026, 4, 1), to=here.to / "other")
    assert here.server.asked[1].headers["If-None-Match"] == '"v1"'
    assert again.files[0].outcome == "unchanged"
    # its server says that it is the file of that day
    text = (here.to / "other/final_data_v10.dta.manifest.toml").read_text()
    assert "taken = 2026-04-01" in text


def test_a_changed_file_is_kept_beside_the_old_one(here: Here) -> None:
    for body, etag in ((b"old", '"1"'), (b"new", '"2"')):
        here.server.answer(DOCA, Reply(body=body, headers={"ETag": etag}))
        result = here.fetch("doca")
    (file,) = result.files
    name = f"final_data_v10-{hashlib.sha256(b'new').hexdigest()[:12]}.dta"
    assert (file.outcome, file.name, file.beside) == (
        "changed",
        name,
        "final_data_v10.dta",
    )
    assert here.files() == {name: b"new", "final_data_v10.dta": b"old"}
    assert here.manifest(name)["taken"] == DAY
    (same,) = here.fetch("doca").files
    assert (same.outcome, same.name) == ("unchanged", name)
    assert len(here.files()) == 2


def test_a_change_is_noticed_in_another_folder(here: Here) -> None:
    here.server.answer(DOCA, Reply(body=b"old"))
    here.fetch("doca")
    here.server.answer(DOCA, Reply(body=b"new"))
    (file,) = here.fetch("doca", to=here.to / "other").files
    assert (file.outcome, file.name) == ("changed", "final_data_v10.dta")


def test_a_file_of_the_user_is_never_written_over(here: Here) -> None:
    here.to.mkdir()
    mine = here.to / "final_data_v10.dta"
    mine.write_bytes(b"mine")
    manifest = here.to / "final_data_v10.dta.manifest.toml"
    manifest.write_text("# mine")
    here.server.answer(DOCA, Reply(body=b"theirs"))
    (file,) = here.fetch("doca").files
    assert file.beside == "final_data_v10.dta"
    assert (mine.read_bytes(), manifest.read_text()) == (b"mine", "# mine")
    (here.to / file.name).write_bytes(b"mine as well")
    with pytest.raises(OutputError, match="are taken"):
        here.fetch("doca")


def test_a_manifest_without_its_file_is_kept(here: Here) -> None:
    here.to.mkdir()
    manifest = here.to / "final_data_v10.dta.manifest.toml"
    manifest.write_bytes(b"# mine")
    here.server.answer(DOCA, Reply(body=b"theirs"))
    here.fetch("doca")
    assert here.manifest("final_data_v10.dta")["taken"] == DAY
    (kept,) = here.to.glob("*.manifest-*.toml")
    assert kept.read_bytes() == b"# mine"


def test_a_folder_that_is_a_file_is_told(here: Here) -> None:
    here.to.write_bytes(b"")
    here.server.answer(DOCA, Reply(body=b"x"))
    with pytest.raises(OutputError, match="cannot be written"):
        here.fetch("doca")


def test_the_cache_serves_without_a_network(here: Here) -> None:
    with pytest.raises(FetchError, match="not in the cache"):
        here.fetch("doca", mode="offline")
    here.server.answer(DOCA, Reply(body=DATA))
    here.fetch("doca")
    n_asked = len(here.server.asked)
    later = date(2027, 1, 1)
    result = here.fetch("doca", mode="offline", to=here.to / "other", today=later)
    assert (result.mode, result.files[0].outcome) == ("offline", "from-cache")
    assert len(here.server.asked) == n_asked
    # nobody said on the later day that it is still the file
    text = (here.to / "other/final_data_v10.dta.manifest.toml").read_text()
    assert "taken = 2026-03-01" in text


@pytest.mark.parametrize("damage", ["bytes", "size", "gone", "index"])
def test_a_damaged_cache_is_asked_for_anew(here: Here, damage: str) -> None:
    here.server.answer(DOCA, Reply(body=DATA, headers=ETAG))
    here.fetch("doca")
    (kept,) = here.cache.rglob("*-final_data_v10.dta")
    if damage == "bytes":
        kept.write_bytes(DATA[::-1])
    elif damage == "size":
        kept.write_bytes(DATA[:-1])
    elif damage == "gone":
        kept.unlink()
    else:
        kept.with_name("entry.json").write_text("{")
    with pytest.raises(FetchError, match="not in the cache"):
        here.fetch("doca", mode="offline")
    here.fetch("doca")
    assert here.files() == {"final_data_v10.dta": DATA}


def test_one_fetch_of_a_source_at_a_time(here: Here) -> None:
    from groundswell.sources.fetch.store import Store

    with (
        Store(here.cache / "doca").alone(),
        pytest.raises(FetchError, match="is in use"),
    ):
        here.fetch("doca")


def test_requests_are_apart(here: Here) -> None:
    here.server.answer(DOCA, Reply(status=302, headers={"Location": "/x"}))
    here.server.answer("/x", Reply(body=b"x"))
    began = datetime.now(tz=UTC)
    here.fetch("doca", manners=Manners(pause_s=0.3))
    assert (datetime.now(tz=UTC) - began).total_seconds() >= 0.3


def test_progress_tells_bytes(here: Here) -> None:
    here.server.answer(DOCA, Reply(body=DATA))
    told: list[tuple[str, int, int]] = []
    request = FetchRequest(
        to=here.to,
        cache=here.cache,
        base=here.server.address,
        manners=QUICK,
        today=DAY,
    )
    fetch("doca", request, progress=lambda *what: told.append(what))
    assert told[-1] == ("final_data_v10.dta", len(DATA), len(DATA))
    done = [n for _, n, _ in told]
    assert done == sorted(done)


# --- archives ---------------------------------------------------------------------------

GED = "/downloads/ged/ged261-csv.zip"


def zipped(**members: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in members.items():
            archive.writestr(name.replace("__", "."), body)
    return buffer.getvalue()


def test_an_archive_is_unpacked(here: Here) -> None:
    body = zipped(GEDEvent_v26_1__csv=b"id\n1\n", readme__txt=b"read")
    here.server.answer(GED, Reply(body=body))
    result = here.fetch("ucdp-ged")
    assert here.files() == {"GEDEvent_v26_1.csv": b"id\n1\n"}
    assert result.files[0].sha256 == hashlib.sha256(b"id\n1\n").hexdigest()


def test_an_edition_can_be_named(here: Here) -> None:
    here.server.answer(
        "/downloads/ged/ged251-csv.zip", Reply(body=zipped(a__csv=b"id\n"))
    )
    here.fetch("ucdp-ged", edition="25.1")
    assert here.files() == {"a.csv": b"id\n"}


def test_a_name_in_an_archive_leads_nowhere_else(here: Here) -> None:
    here.server.answer(GED, Reply(body=zipped(**{"../../evil__csv": b"id\n"})))
    here.fetch("ucdp-ged")
    assert here.files() == {"evil.csv": b"id\n"}


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"PK nonsense", "else than a ZIP"),
        (zipped(a__txt=b"x"), "holds a.txt"),
        (zipped(a__csv=b"x", b__csv=b"y"), "holds a.csv and b.csv"),
    ],
)
def test_an_archive_of_other_things_is_told(here: Here, body: bytes, words: str) -> None:
    here.server.answer(GED, Reply(body=body))
    with pytest.raises(FetchError, match=words):
        here.fetch("ucdp-ged")
    assert here.files() == {}


def test_a_broken_archive_is_asked_for_anew(here: Here) -> None:
    good = zipped(a__csv=b"0123456789" * 100)
    broken = bytearray(good)
    broken[40] ^= 0xFF
    here.server.answer(GED, Reply(body=bytes(broken), headers=ETAG))
    with pytest.raises(FetchError, match="no ZIP archive that can be read"):
        here.fetch("ucdp-ged")
    assert here.files() == {}
    here.server.answer(GED, Reply(body=good, headers=ETAG))
    here.fetch("ucdp-ged")
    assert here.files() == {"a.csv": b"0123456789" * 100}


def test_an_archive_does_not_unpack_without_end(here: Here) -> None:
    here.server.answer(GED, Reply(body=zipped(a__csv=b"0" * 10_000_000)))
    with pytest.raises(FetchError, match="unpacks to more than"):
        here.fetch("ucdp-ged", most_bytes=1_000_000)
    assert here.files() == {}


# --- Dataverse --------------------------------------------------------------------------

LIST = "/api/datasets/:persistentId/"
CSV = b"date,city\n2025-01-01,Bergen\n"


def md5(body: bytes) -> str:
    return hashlib.md5(body, usedforsecurity=False).hexdigest()


def listed(number: int, label: str, body: bytes, **more: Json) -> dict[str, Json]:
    top = {"restricted": more.pop("restricted")} if "restricted" in more else {}
    file = {
        "id": number,
        "filename": label,
        "filesize": len(body),
        "md5": md5(body),
        "checksum": {"type": "MD5", "value": md5(body)},
        **more,
    }
    return {"label": label, "dataFile": file, **top}


def dataset(*files: dict[str, Json]) -> Reply:
    latest = {
        "versionNumber": 12,
        "versionMinorNumber": 1,
        "releaseTime": "2026-02-14T09:00:00Z",
        "files": list(files),
    }
    body = json.dumps({"status": "OK", "data": {"latestVersion": latest}})
    return Reply(body=body.encode(), headers={"Content-Type": "application/json"})


TABLE = {"originalFileFormat": "text/csv", "originalFileSize": len(CSV)}


def test_a_dataset_gives_its_tables_as_they_were_uploaded(here: Here) -> None:
    tab = listed(7, "ccc.tab", CSV, **TABLE, originalFileName="ccc.csv")
    tab["dataFile"]["filesize"] = 999  # of the tab-separated text, which is not asked for
    words = listed(8, "Data dictionary.csv", b"words")
    here.server.answer(LIST, dataset(tab, words, listed(9, "notes.pdf", b"pdf")))
    here.server.answer("/api/access/datafile/7?format=original", Reply(body=CSV))
    result = here.fetch("ccc-phase3")
    assert here.files() == {"ccc.csv": CSV}
    assert result.files[0].held_against == "MD5 and size"
    assert result.notes[0] == (
        "doi:10.7910/DVN/RI9JFU, version 12.1, released on 2026-02-14"
    )
    assert here.server.paths() == [
        f"{LIST}?persistentId=doi:10.7910/DVN/RI9JFU",
        "/api/access/datafile/7?format=original",
    ]
    assert result.requests == tuple(here.server.address + p for p in here.server.paths())
    assert here.manifest("ccc.csv") == {"source_id": "ccc-phase3", "taken": DAY}


def test_a_dataset_that_did_not_change_is_not_asked_for_files(here: Here) -> None:
    here.server.answer(LIST, dataset(listed(7, "ccc.csv", CSV)))
    here.server.answer("/api/access/datafile/7", Reply(body=CSV))
    here.fetch("ccc-phase3")
    (file,) = here.fetch("ccc-phase3", today=date(2026, 5, 1)).files
    assert file.outcome == "unchanged"
    assert len(here.server.of("/api/access/datafile/7")) == 1


def test_of_one_table_in_two_forms_one_is_taken(here: Here) -> None:
    csv, rda = listed(7, "UNVotes.csv", CSV), listed(8, "UNVotes.RData", b"RDX3")
    here.server.answer(LIST, dataset(rda, csv, listed(9, "UNVotes codebook.pdf", b"x")))
    here.server.answer("/api/access/datafile/7", Reply(body=CSV))
    here.server.answer("/api/access/datafile/8", Reply(body=b"RDX3"))
    here.fetch("un-votes")
    assert list(here.files()) == ["UNVotes.csv"]
    assert here.manifest("UNVotes.csv")["source_id"] == "unga-voeten"
    here.fetch("un-votes", files=("*.rdata",))
    assert here.files()["UNVotes.RData"] == b"RDX3"


@pytest.mark.parametrize(
    ("format_", "name"),
    [
        ("text/csv", "a.csv"),
        ("application/x-stata-14", "a.dta"),
        ("application/x-rlang-transport", "a.RData"),
        ("application/unheard-of", "a.tab"),
    ],
)
def test_the_original_name_is_found(here: Here, format_: str, name: str) -> None:
    tab = listed(7, "a.tab", CSV, originalFileFormat=format_, originalFileSize=len(CSV))
    here.server.answer(LIST, dataset(tab))
    here.server.answer("/api/access/datafile/7?format=original", Reply(body=CSV))
    here.fetch("ccc-phase3", files=("A.*",))
    assert list(here.files()) == [name]


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (listed(7, "a.csv", CSV[:-1] + b"!"), "its MD5 is"),
        (listed(7, "a.csv", CSV + b"!"), "bytes came where"),
    ],
)
def test_a_file_that_is_not_the_published_one_is_refused(
    here: Here, file: dict[str, Json], words: str
) -> None:
    here.server.answer(LIST, dataset(file))
    here.server.answer("/api/access/datafile/7", Reply(body=CSV))
    with pytest.raises(FetchError, match=words):
        here.fetch("ccc-phase3")
    assert here.files() == {}
    assert not list(here.cache.rglob("partial"))


@pytest.mark.parametrize(
    ("reply", "error", "words"),
    [
        (Reply(body=b"[]"), FetchError, "something else than the list"),
        (Reply(body=b"no JSON"), FetchError, "something else than the list"),
        (dataset(), UsageError, "the dataset is empty"),
        (dataset(listed(7, "a.pdf", b"")), UsageError, "Allowed: a.pdf"),
        (dataset({"label": "a.csv"}), FetchError, "without its 'dataFile'"),
        (dataset(listed(7, "a.csv", b"", restricted=True)), FetchError, "on request"),
        (dataset(listed(7, "a.csv", b"x" * 5_000)), FetchError, "5,000 bytes or more"),
        (
            Reply(status=404, body=b'{"message": "No such dataset"}'),
            FetchError,
            "No such dataset",
        ),
    ],
)
def test_what_is_wrong_with_a_dataset_is_told(
    here: Here, reply: Reply, error: type[Exception], words: str
) -> None:
    here.server.answer(LIST, reply)
    with pytest.raises(error, match=words):
        here.fetch("ccc-phase3", most_bytes=4_000)
    assert len(here.server.asked) == 1


# --- GDELT ------------------------------------------------------------------------------


def a_day(body: bytes, name: str) -> bytes:
    return zipped(**{name.replace(".", "__"): body})


def test_gdelt_comes_by_days_and_says_which_are_missing(here: Here) -> None:
    days = {
        f"202401{n:02}": a_day(b"%d\tx\n" % n, f"202401{n:02}.export.CSV") for n in (1, 3)
    }
    sums = [f"{md5(body)}  {day}.export.CSV.zip" for day, body in days.items()]
    here.server.answer("/events/md5sums", Reply(body="\n".join([*sums, "x y"]).encode()))
    for day, body in days.items():
        here.server.answer(f"/events/{day}.export.CSV.zip", Reply(body=body))
    result = here.fetch("gdelt-1", since=date(2024, 1, 1), until=date(2024, 1, 3))
    assert here.files() == {
        "20240101.export.CSV": b"1\tx\n",
        "20240103.export.CSV": b"3\tx\n",
    }
    assert "no file for 20240102.export.CSV.zip" in result.notes[0]
    assert here.manifest("20240101.export.CSV")["source_id"] == "gdelt-events"


def test_gdelt_before_2013_comes_by_months_and_years(here: Here) -> None:
    bodies = {
        "2005.zip": a_day(b"a\n", "2005.csv"),
        "200601.zip": a_day(b"b\n", "200601.csv"),
    }
    sums = "".join(f"{md5(body)}  {name}\n" for name, body in bodies.items())
    here.server.answer("/events/md5sums", Reply(body=sums.encode()))
    for name, body in bodies.items():
        here.server.answer(f"/events/{name}", Reply(body=body))
    here.fetch("gdelt-1", since=date(2005, 12, 30), until=date(2006, 1, 2))
    assert here.files() == {"2005.csv": b"a\n", "200601.csv": b"b\n"}


def quarters(base: str, *stamps: str) -> tuple[bytes, dict[str, bytes]]:
    """A list of files of GDELT 2.0, and the files."""
    lines, files = [], {}
    for stamp in stamps:
        for table in ("export", "mentions"):
            inner = f"{stamp}.{table}.CSV"
            body = a_day(f"{stamp}\t{table}".encode(), inner)
            files[f"/gdeltv2/{inner}.zip"] = body
            lines.append(f"{len(body)} {md5(body)} http://{base}/gdeltv2/{inner}.zip")
    return "\n".join([*lines, "", "1 x"]).encode(), files


def test_gdelt_2_puts_the_quarters_of_a_day_together(here: Here) -> None:
    stamps = ("20240101000000", "20240101001500", "20240102000000", "20240103000000")
    body, files = quarters("elsewhere.invalid", *stamps)
    here.server.answer("/gdeltv2/masterfilelist.txt", Reply(body=body))
    for path, file in files.items():
        here.server.answer(path, Reply(body=file))
    days = {"since": date(2024, 1, 1), "until": date(2024, 1, 2)}
    result = here.fetch("gdelt-2", **days)
    assert here.files() == {
        "20240101.export.CSV": b"20240101000000\texport\n20240101001500\texport\n",
        "20240102.export.CSV": b"20240102000000\texport",
    }
    assert [file.n_parts for file in result.files] == [2, 1]
    assert "20240101: 2 of 96 quarters of an hour are listed" in result.notes
    # the list reaches beyond the days, so it is not asked for again
    here.fetch("gdelt-2", **days)
    assert len(here.server.of("/gdeltv2/masterfilelist.txt")) == 1
    here.fetch("gdelt-2", since=date(2024, 1, 3), until=date(2024, 1, 3))
    assert len(here.server.of("/gdeltv2/masterfilelist.txt")) == 2


def test_gdelt_mentions_are_a_table_of_their_own(here: Here) -> None:
    body, files = quarters("x", "20240101000000")
    here.server.answer("/gdeltv2/masterfilelist.txt", Reply(body=body))
    for path, file in files.items():
        here.server.answer(path, Reply(body=file))
    here.fetch("gdelt-2-mentions", since=date(2024, 1, 1), until=date(2024, 1, 1))
    assert here.files() == {"20240101.mentions.CSV": b"20240101000000\tmentions"}


@pytest.mark.parametrize(
    ("name", "more", "words"),
    [
        ("gdelt-1", {}, "not all given"),
        ("gdelt-1", {"since": DAY}, "not all given"),
        ("gdelt-1", {"since": DAY, "until": date(2026, 2, 1)}, "is after --until"),
        ("gdelt-1", {"since": date(2024, 1, 1), "until": DAY}, "at most 366 days"),
        ("gdelt-1", {"since": date(1978, 1, 1), "until": date(1978, 1, 2)}, "begins on"),
        ("gdelt-2", {"since": date(2014, 1, 1), "until": date(2014, 1, 2)}, "begins on"),
        ("gdelt-1", {"since": DAY, "until": DAY}, "lists no file for the days"),
        ("gdelt-2", {"since": DAY, "until": DAY}, "lists no file for the days"),
        ("doca", {"since": DAY, "until": DAY}, "cannot be fetched by days"),
        ("doca", {"countries": ("Norway",)}, "cannot be fetched by countries"),
        ("doca", {"files": ("*",)}, "cannot be fetched by names of files"),
        ("doca", {"edition": "2"}, "cannot be fetched by an edition"),
        ("dcoa", {}, "Nothing called 'dcoa' can be fetched"),
    ],
)
def test_what_cannot_be_asked_is_told(
    here: Here, name: str, more: Json, words: str
) -> None:
    here.server.answer("/events/md5sums", Reply(body=b"x"))
    here.server.answer("/gdeltv2/masterfilelist.txt", Reply(body=b"x"))
    with pytest.raises(UsageError, match=words):
        here.fetch(name, **more)


# --- what would be asked ----------------------------------------------------------------

DAYS = {"since": date(2024, 1, 1), "until": date(2024, 1, 2)}


@pytest.mark.parametrize("recipe", list_recipes(), ids=lambda recipe: recipe.name)
def test_a_dry_run_asks_nothing_and_leaves_nothing(here: Here, recipe: Json) -> None:
    days = DAYS if recipe.takes_days else {}
    result = here.fetch(recipe.name, mode="dry-run", **days)
    assert result.mode == "dry-run"
    assert result.requests
    assert all(address.startswith(here.server.address) for address in result.requests)
    assert here.server.asked == []
    assert not here.cache.exists()
    assert not here.to.exists()
    assert to_json(result)


def test_a_dry_run_knows_what_the_cache_knows(here: Here) -> None:
    here.server.answer(LIST, dataset(listed(7, "ccc.csv", CSV)))
    here.server.answer("/api/access/datafile/7", Reply(body=CSV))
    here.fetch("ccc-phase3")
    (file,) = here.fetch("ccc-phase3", mode="dry-run").files
    assert (file.name, file.n_bytes, file.outcome) == ("ccc.csv", len(CSV), "planned")
    assert len(here.server.asked) == 2


def test_recipes_ask_the_servers_of_the_producers() -> None:
    bases = {recipe.name: recipe.base for recipe in list_recipes()}
    assert set(bases) >= {
        "ccc-phase1",
        "un-votes",
        "gdelt-1",
        "ucdp-ged",
        "doca",
        "acled",
    }
    open_ones = {name for name, base in bases.items() if not base.startswith("https://")}
    assert open_ones == {"gdelt-1", "gdelt-2", "gdelt-2-mentions"}
    known = {source.source_id for source in list_sources()}
    assert {recipe.source_id for recipe in list_recipes()} <= known
    for recipe in list_recipes():
        assert not recipe.base.endswith("/")
        assert recipe.about
        assert recipe.most_bytes > 0


@given(st.text(max_size=300))
def test_a_name_is_a_name_and_nothing_else(name: str) -> None:
    safe = safe_name(name)
    assert safe == Path(safe).name
    assert 0 < len(safe) <= 121
    assert safe.isascii()
    assert safe.isprintable()
    assert not safe.startswith(".")
    assert safe_name(safe) == safe
