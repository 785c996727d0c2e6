"""What strangers send: whatever it is, an answer or an error, and never a traceback."""

import io
import json
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path
from typing import cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from groundswell.core.errors import FetchError, GroundswellError
from groundswell.core.fetching import FetchedFile
from groundswell.sources.fetch import acled_file, dataverse, gdelt
from groundswell.sources.fetch.deliver import Stated, deliver
from groundswell.sources.fetch.getting import Getter, Held, Part
from groundswell.sources.fetch.plan import Credentials, Job, Plan, Target
from groundswell.sources.fetch.recipe import load_recipe
from groundswell.sources.fetch.store import Place, Store, Validators
from groundswell.sources.fetch.web import Answer, Ask, Web

DAY = date(2024, 1, 1)
BASE = "http://127.0.0.1"
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(max_size=4), inner, max_size=3)
    ),
    max_leaves=8,
)
ROWS = b"date\tplace\n" + b"".join(b"%d\tBergen\n" % n for n in range(200))


def keep(place: Place, body: bytes) -> Held:
    place.expect(Validators())
    place.partial.write_bytes(body)
    entry = place.keep(md5="", seen=DAY, validators=Validators())
    part = Part(address=place.address, name=place.name)
    return Held(part=part, path=place.path(entry), entry=entry, outcome="fetched")


@contextmanager
def cached(address: str, name: str, body: bytes) -> Iterator[tuple[Store, Held]]:
    """A cache that holds one file."""
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder) / "cache")
        yield store, keep(store.place(address, name=name), body)


def job(name: str, folder: Path = Path("unused")) -> Job:
    return Job(
        recipe=load_recipe(name),
        base=BASE,
        since=DAY,
        until=DAY,
        countries=(),
        files=(),
        edition="",
        folder=folder,
        credentials=Credentials(token="T1"),  # noqa: S106 (of nobody)
    )


def getter(store: Store, web: object = None) -> Getter:
    return Getter(
        store=store, web=cast("Web", web), today=DAY, most_bytes=10_000_000, asked=[]
    )


def planned(name: str, body: bytes) -> Plan | None:
    """The plan that a list of files gives; `None` where it is refused."""
    module = gdelt if name.startswith("gdelt") else dataverse
    part = module.listing(job(name))
    with cached(part.address, part.name, body) as (store, _):
        try:
            return module.plan(job(name), getter(store))
        except GroundswellError:
            return None


def good_listing(**file: object) -> dict[str, object]:
    one = {"id": 7, "filename": "a.csv", "filesize": 3, "md5": "0" * 32, **file}
    files = [{"label": "a.csv", "restricted": False, "dataFile": one}]
    return {"data": {"latestVersion": {"versionNumber": 1, "files": files}}}


def changed(value: object, path: list[int], put: object) -> object:
    """Put something else at a place deep in a JSON value."""
    if not path or not isinstance(value, dict | list) or not value:
        return put
    place, *rest = path
    if isinstance(value, list):
        at = place % len(value)
        return [changed(v, rest, put) if n == at else v for n, v in enumerate(value)]
    key = sorted(value)[place % len(value)]
    return {k: changed(v, rest, put) if k == key else v for k, v in value.items()}


PLACES = st.lists(st.integers(0, 5), max_size=6)


@given(place=PLACES, put=JSON)
def test_any_list_of_a_dataset_is_read_or_refused(place: list[int], put: object) -> None:
    body = json.dumps(changed(good_listing(), place, put)).encode()
    plan = planned("ccc-phase3", body)
    for target in plan.targets if plan else ():
        assert Path(target.name).name == target.name
        assert target.parts[0].address.startswith(f"{BASE}/api/access/datafile/")


@given(body=st.binary(max_size=200))
def test_any_bytes_are_no_list_of_a_dataset(body: bytes) -> None:
    assert planned("ccc-phase3", body or b" ") is None


def test_deep_json_is_refused() -> None:
    assert planned("ccc-phase3", b"[" * 100_000) is None


@pytest.mark.parametrize("name", ["../../x.csv", "/etc/x.csv", "..\\x.csv", "C:x.csv"])
def test_a_name_of_a_stranger_leads_nowhere_else(name: str) -> None:
    body = json.dumps(good_listing(originalFileName=name)).encode()
    plan = planned("ccc-phase3", body)
    assert plan is not None
    assert plan.targets[0].name in {"x.csv", "C_x.csv"}


LINE = "150383 297a16b493de7cf6ca809a7cc31d0b93 http://elsewhere/{}.export.CSV.zip"


@given(
    lines=st.lists(
        st.text(max_size=60)
        | st.sampled_from(["20240101000000", "20240101../x", "20240102001500"]).map(
            LINE.format
        ),
        max_size=6,
    )
)
def test_any_list_of_gdelt_is_read_or_refused(lines: list[str]) -> None:
    body = "\n".join([*lines, "x"]).encode("utf-8", "surrogatepass")
    for name in ("gdelt-1", "gdelt-2"):
        plan = planned(name, body)
        for target in plan.targets if plan else ():
            assert target.name == "20240101.export.CSV"
            assert all(part.address.startswith(f"{BASE}/") for part in target.parts)


def archive(method: int) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as file:
        file.writestr("20240101.export.CSV", ROWS)
    return buffer.getvalue()


def delivered(body: bytes) -> tuple[FetchedFile, bytes] | None:
    """What an archive unpacks to; `None` where it is refused."""
    with cached(f"{BASE}/a.zip", "a.zip", body) as (store, held):
        folder = store.folder.parent / "data"
        target = Target(name="a.csv", parts=(held.part,), unpack=("*",))
        stated = Stated(source_id="gdelt-events")
        try:
            file = deliver(
                target, (held,), folder=folder, most_bytes=1_000_000, stated=stated
            )
        except FetchError:
            left = list(folder.iterdir()) if folder.exists() else []
            assert left == []
            return None
        return file, (folder / file.name).read_bytes()


@settings(max_examples=200)
@given(
    method=st.sampled_from([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED]),
    places=st.lists(st.integers(0, 10_000), min_size=1, max_size=4),
    mask=st.integers(1, 255),
)
def test_a_broken_archive_gives_its_file_or_none(
    method: int, places: list[int], mask: int
) -> None:
    body = bytearray(archive(method))
    for place in places:
        body[place % len(body)] ^= mask
    found = delivered(bytes(body))
    assert found is None or found[1] == ROWS


@given(cut=st.integers(1, 400))
def test_an_archive_that_is_cut_gives_nothing(cut: int) -> None:
    assert delivered(archive(zipfile.ZIP_DEFLATED)[:-cut]) is None


class Stranger:
    """In place of a client: answers with what it is given, the last for ever."""

    def __init__(self, *answers: Answer) -> None:
        self.answers = list(answers)

    def ask(self, _ask: Ask) -> Answer:
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


@given(
    value=JSON | st.fixed_dictionaries({"data": st.lists(JSON, max_size=3)}),
    status=st.sampled_from([200, 200, 200, 400, 401, 403, 404]),
)
def test_any_answer_of_acled_is_rows_or_an_error(value: object, status: int) -> None:
    answer = Answer(status=status, body=json.dumps(value).encode())
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder))
        with suppress(FetchError):
            found = acled_file.gather(job("acled"), getter(store, Stranger(answer)))
            assert found.held.path.stat().st_size


ROW = st.dictionaries(st.text(max_size=5), JSON, max_size=4)


@given(rows=st.lists(ROW, min_size=1, max_size=4))
def test_any_rows_of_acled_become_a_table(rows: list[dict[str, object]]) -> None:
    body = json.dumps({"data": rows, "next_cursor": None}).encode()
    with tempfile.TemporaryDirectory() as folder:
        web = Stranger(Answer(status=200, body=body))
        found = acled_file.gather(job("acled"), getter(Store(Path(folder)), web))
        assert found.held.path.read_text(encoding="utf-8")
