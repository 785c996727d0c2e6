"""Whatever a file holds: a clear error that changes nothing, or a ledger that adds up."""

import gzip
import io
import lzma
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from groundswell.core.errors import InputError, MissingExtraError
from groundswell.engine import Workspace
from groundswell.ingest import ingest_file
from groundswell.ingest.files import spreadsheet
from unit.ingest.workbooks import SHEET, cell, sheet_of, workbook

Reports = Callable[[], list[dict[str, object]]]
Writer = Callable[[str, str | bytes], Path]
_PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 10
_SQLITE = b"SQLite format 3\x00" + bytes(2000)
_HTML = b"\n <!DOCTYPE html>\n<html><title>Sign in</title><p>date,place</html>"


def _zip(*names: str, data: bytes = b"date,place\n") -> bytes:
    out = io.BytesIO()
    pack = zipfile.ZIP_DEFLATED if len(data) > 1000 else zipfile.ZIP_STORED
    with zipfile.ZipFile(out, "w", pack) as archive:
        for name in names:
            archive.writestr(name, data)
    return out.getvalue()


def _locked() -> bytes:
    """Mark the one file of an archive as locked with a password."""
    data = bytearray(_zip("a.csv"))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def _state(workspace: Workspace) -> dict[str, int]:
    folder = workspace.folder
    files = [p for p in folder.rglob("*") if not p.name.startswith("workspace.duckdb")]
    sizes = {str(path.relative_to(folder)): path.stat().st_size for path in files}
    tables = {name: workspace.count(name) for name in workspace.tables()}
    return {**sizes, **tables}


def _spread(place: str) -> bytes:
    """Write a table in one corner, and one cell far away from it."""
    header = cell("date", place="A1") + cell("place", place="B1")
    far = f"<row>{cell('x', place=place)}</row>"
    return workbook(sheet_of(f'<row r="1">{header}</row>', far))


def _swelling() -> bytes:
    """Write an archive of which 2 GiB are said to be in it."""
    data = bytearray(workbook(sheet_of()))
    place = data.rindex(SHEET.encode()) - 46  # its entry in the central directory
    data[place + 24 : place + 28] = (1 << 31).to_bytes(4, "little")
    return bytes(data)


_LISTED = workbook(sheet_of(f"<row>{cell('date')}{cell('place')}</row>"))
_BAD: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "is empty"),
    "blank": (b" \n\t\n", "is empty"),
    "png": (_PNG, "PNG image"),
    "sqlite": (_SQLITE, "SQLite database"),
    "pdf": (b"%PDF-1.7\n%\xe2\xe3\n1 0 obj\n<</Type/Catalog>>\n", "PDF document"),
    "old-excel": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old Excel"),
    "binary": (bytes(range(256)) * 40, "binary file"),
    "utf16-without-mark": ("date,place\n1,2\n".encode("utf-16-le"), "binary file"),
    "utf16-cut": ("date,place\n1,2\n".encode("utf-16")[:-1], "not utf-16"),
    "html": (_HTML, "web page"),
    "xml": (b'<?xml version="1.0"?><rows/>', "XML"),
    "json-of-nothing": (b"[]", "a list of nothing"),
    "json-of-no-rows": (b'{"status":200,"data":[]}', "a list of nothing"),
    "json-of-numbers": (b"[\n[1, 2]]", "a list of values that are no objects"),
    "json-cut": (
        b'[{"a": 1, "b": 2}, {"a": 3, ',
        "breaks off in what begins at char.* 19",
    ),
    "json-cut-inside": (b'{"data": [{"a": 1, "b": 2}', "breaks off"),
    "json-broken": (
        b'[{"a": 1} {"a": 2}]',
        "not JSON from character 10 on: '{\"a\": 2}]'",
    ),
    "json-and-more": (b'[{"a": 1}]\n[{"a": 2}]', "not JSON from character 11 on"),
    "json-too-deep": (b"[" * 100_000, "too deep"),
    "json-of-two-lists": (b'{"a": [{"x": 1}], "b": [{"y": 1}]}', "2 lists of objects"),
    "json-without-objects": (b"{broken\n[1]\n", "none of its lines"),
    "zip-of-two": (_zip("a.csv", "b.csv"), r"2 files"),
    "zip-of-none": (_zip("read.pdf", "__MACOSX/a.csv"), "without a table"),
    "zip-of-nothing": (_zip(), "without a table"),
    "zip-locked": (_locked(), "locked with a password"),
    "zip-that-swells": (
        _zip("a.csv", data=bytes(65 << 20)),
        "more than 67,108,864 bytes",
    ),
    "zip-cut-inside": (
        _zip("a.csv").replace(b"place", b"plaze", 1),
        "cut off or damaged",
    ),
    "zip-in-zip": (
        _zip("a", data=_zip("a", data=_zip("a", data=_zip("a")))),
        "archive in",
    ),
    "word": (_zip("word/document.xml"), "a Word document"),
    "zip-damaged": (_zip("data.csv")[:40], "damaged ZIP"),
    "xlsx-damaged": (_zip("xl/workbook.xml"), "cannot be read as a spreadsheet"),
    "xlsx-cut-inside": (workbook(sheet_of()[:-20]), "read as a spreadsheet: unclosed"),
    "xlsx-without-its-sheet": (workbook(None), "read as a spreadsheet: .*sheet1"),
    "xlsx-that-leads-nowhere": (workbook(sheet_of(), target="../x"), "spreadsheet: .*x"),
    "xlsx-of-a-bad-place": (_spread("A1B2"), "spreadsheet: a cell has the place 'A1B2'"),
    "xlsx-of-one-far-cell": (_spread("XFD1048576"), "1,048,576 rows and 16,384 columns"),
    "xlsx-of-one-far-row": (_spread("Z1048576"), "1,048,576 rows and 26 columns"),
    "xlsx-that-swells": (_swelling(), r"unpacks to 2,147,48\d,\d{3} bytes"),
    "xlsx-flipped": (_LISTED.replace(b"PK\x01\x02", b"PK\x01\x03", 1), "damaged ZIP"),
    "gzip-that-swells": (gzip.compress(bytes(65 << 20)), "more than 67,108,864 bytes"),
    "bzip2-damaged": (
        b"BZh91AY&SY\x01\x02\x03\x04" + bytes(range(256)),
        "cut off or damaged",
    ),
    "xz-cut": (lzma.compress(b"date,place\n" * 1000)[:-9], "cut off or damaged"),
    "gzip-cut": (gzip.compress(b"date,place\n" * 1000)[:-9], "cut off"),
    "gzip-damaged": (gzip.compress(b"date,place\n")[:-4] + b"oops", "cut off"),
    "gzip-of-nothing": (gzip.compress(b""), "is empty"),
    "gzip-of-png": (gzip.compress(_PNG), "PNG image"),
    "parquet-damaged": (b"PAR1" + bytes(200) + b"PAR1", "cannot be read"),
    "one-column": (b"date\n2025-01-01\n", "no header of several columns"),
    "prose": (b"It was a dark night.\nNobody marched.\n", "no header of several"),
    "prose-with-commas": (b"Dear all, on Monday, we meet.\nBye, A.\n", "known source"),
    "too-wide": (b",".join(b"c%d" % i for i in range(3000)) + b"\n", "3,000 columns"),
    "answer": (b'{"status":403,"error":"Access denied"}', "answer of a server"),
    "message": (b'{"message": "Too many requests"}', "Too many requests"),
    "words": (b"Datum,Ende,Ort,Thema,Art\n2024-01-01,,a,b,c\n", "known source"),
    "unknown": (b"alpha,beta\n1,2\n", "does not have the columns of any known source"),
}


@pytest.mark.parametrize("kind", _BAD)
def test_what_is_no_table_is_refused_and_changes_nothing(
    workspace: Workspace, golden: Path, tmp_path: Path, kind: str
) -> None:
    data, words = _BAD[kind]
    path = tmp_path / "file.csv"
    path.write_bytes(data)
    ingest_file(workspace, golden / "ccc-phase1.csv")
    before = _state(workspace)
    with pytest.raises(InputError, match=words) as caught:
        ingest_file(workspace, path)
    assert "file.csv" in caught.value.what
    assert caught.value.allowed or caught.value.todo
    assert _state(workspace) == before


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("", "no rows"),
        ('1,"a,b,c\n2,d,e,f\n', "line 2 is never closed"),
        ('1,a,b,c\n2,d,"e\n\nf,\n', "line 3 is never closed"),
    ],
)
def test_a_table_that_breaks_off_is_refused(
    workspace: Workspace, write: Writer, mapping: Path, body: str, words: str
) -> None:
    path = write("x.csv", f"date,place,what,size\n{body}")
    before = _state(workspace)
    with pytest.raises(InputError, match=words):
        ingest_file(workspace, path, mapping=mapping)
    assert _state(workspace) == before


def test_what_is_no_file_is_refused(workspace: Workspace, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="does not exist"):
        ingest_file(workspace, tmp_path / "none.csv")
    with pytest.raises(InputError, match="is no file"):
        ingest_file(workspace, tmp_path)
    assert workspace.tables() == ("snapshot", "workspace_format")


def test_missing_columns_are_named_with_the_nearest_source(
    workspace: Workspace, golden: Path, tmp_path: Path
) -> None:
    text = (golden / "ccc-phase1.csv").read_text("utf-8")
    path = tmp_path / "x.csv"
    path.write_text(text.replace("EventType", "Kind").replace("Claim", "Says"), "utf-8")
    with pytest.raises(InputError) as caught:
        ingest_file(workspace, path)
    assert "Nearest is ccc-phase1, with 7 of its 9 columns" in caught.value.what
    assert "missing: Claim, EventType" in caught.value.what
    assert "--draft-mapping" in caught.value.todo


def test_a_mapping_that_names_a_missing_column_is_named(
    workspace: Workspace, write: Writer, mapping: Path
) -> None:
    path = write("x.csv", "date,place,what\n2025-01-01,Ohio,march\n")
    with pytest.raises(InputError, match=r"no column size, .* small\.toml"):
        ingest_file(workspace, path, mapping=mapping)


def test_a_file_that_changes_while_it_is_read_is_refused(
    workspace: Workspace, golden: Path, tmp_path: Path
) -> None:
    path = tmp_path / "x.csv"
    data = (golden / "ccc-phase1.csv").read_bytes()
    path.write_bytes(data)

    def meddle(stage: str, done: int, total: int) -> None:
        del stage, total
        if done == 1:
            path.write_bytes(data + b"\n")

    with pytest.raises(InputError, match="was changed while"):
        ingest_file(workspace, path, progress=meddle)
    assert workspace.snapshot_ids() == ()


def test_xlsx_without_its_package_says_what_to_install(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "x.xlsx"
    path.write_bytes(_zip("xl/workbook.xml"))
    monkeypatch.setitem(__import__("sys").modules, "python_calamine", None)
    with pytest.raises(MissingExtraError, match="xlsx"):
        ingest_file(workspace, path)
    assert spreadsheet.read_sheet


@pytest.mark.parametrize(
    ("size", "low", "high"),
    [("-5", None, None), ("9" * 30, None, None), ("1e99", None, None), ("7", 7, 7)],
)
@pytest.mark.parametrize("day", ["2917-01-01", "0208-10-14", "31.02.2025", "yesterday"])
def test_absurd_dates_and_sizes_are_counted_and_not_used(
    workspace: Workspace,
    write: Writer,
    mapping: Path,
    reports: Reports,
    day: str,
    size: str,
    low: int | None,
    high: int | None,
) -> None:
    path = write("x.csv", f"date,place,what,size\n{day},Ohio,march,{size}\n")
    result = ingest_file(workspace, path, mapping=mapping)
    (report,) = reports()
    assert report["date_text"] == day
    assert "date_start" not in report
    assert (report.get("size_low"), report.get("size_high")) == (low, high)
    kinds = {finding.kind for finding in result.findings}
    assert kinds & {"date-out-of-range", "date-unread"}
    assert ("size-unread" in kinds) is (low is None and size != "-5")


def test_numbers_that_are_none_and_coordinates_off_the_globe(
    workspace: Workspace, write: Writer, reports: Reports
) -> None:
    toml = write(
        "m.toml",
        """
        [report]
        date = { column = "d", order = "ymd" }
        latitude = "lat"
        longitude = "lon"
        size_low = "low"
        size_high = "high"
        is_online = "online"
        """,
    )
    path = write(
        "x.csv",
        "d,lat,lon,low,high,online\n"
        "2025-01-01,91,-181,many,40,perhaps\n"
        '2025-01-02,"52,5",13.4,50,20,yes\n',
    )
    result = ingest_file(workspace, path, mapping=toml)
    first, second = reports()
    assert "latitude" not in first
    assert "longitude" not in first
    assert "is_online" not in first
    assert "size_low" not in first
    assert first["size_high"] == 40
    assert (second["latitude"], second["longitude"]) == (52.5, 13.4)
    assert (second["size_low"], second["size_high"]) == (20, 50)
    assert second["is_online"] is True
    counts = {f.label: f.n for f in result.findings}
    kinds = sorted(f.kind for f in result.findings)
    assert kinds.count("coordinates-unread") == 2
    assert {"flag-unread", "number-unread", "size-low-above-high"} <= set(kinds)
    assert all(n >= 1 for n in counts.values())
