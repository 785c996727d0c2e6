import bz2
import csv
import gzip
import io
import json
import lzma
import re
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from groundswell.core.errors import InputError
from groundswell.engine import Workspace
from groundswell.engine.tables import MAX_ROW_BYTES
from groundswell.ingest.files import json_document
from groundswell.ingest.files.cleaning import MAX_LINE_BYTES
from groundswell.ingest.files.records import Records
from groundswell.ingest.files.table import FileOptions
from unit.ingest.reading import read_records


def _padded(rows: list[list[str]], *, width: int) -> list[list[str]]:
    return [(row + [""] * width)[:width] for row in rows]


def _kinds(records: Records) -> dict[str, int]:
    return {finding.kind: finding.n for finding in records.findings}


def test_any_text_is_read_as_pythons_csv_reads_it(
    workspace: Workspace, tmp_path: Path
) -> None:
    path = tmp_path / "x.csv"

    @settings(max_examples=250, deadline=None)
    @given(body=st.text(alphabet='ab",;\n\r\t é\u2028', max_size=40))
    def check(body: str) -> None:
        text = f"date,place\n{body}"
        path.write_bytes(text.encode())
        lines = re.findall(r"[^\r\n]*(?:\r\r\n|\r\n|\r|\n)|[^\r\n]+", text)
        read = list(csv.reader(lines))[1:]
        is_open = list(csv.reader([*lines, "end\n"]))[-1] != ["end"]
        if is_open or not read:
            with pytest.raises(InputError):
                read_records(workspace, path)
            return
        _, records, rows = read_records(workspace, path)
        assert records.n_rows == len(read)
        assert _padded(rows, width=2) == _padded(read, width=2)
        beyond = [json.loads(row[2]) for row in rows if len(row) > 2 and row[2]]
        assert beyond == [row[2:] for row in read if any(c.strip() for c in row[2:])]

    check()


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_quoted_line_ends_survive_several_threads(
    workspace: Workspace, tmp_path: Path, end: str
) -> None:
    cell = f'says ""no""{end}, and: ' * 300
    lines = (f'{i},"{cell}{i}",x' for i in range(3000))
    path = tmp_path / "x.csv"
    path.write_bytes(end.join(["date,place,what", *lines, ""]).encode())
    _, records, rows = read_records(workspace, path)
    with path.open(encoding="utf-8", newline="") as file:
        read = list(csv.reader(file))[1:]
    assert path.stat().st_size > 15_000_000
    assert records.findings == ()
    assert rows == read


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        ("date,place\n2025-01-01,Köln\n".encode(), ""),
        ("date,place\n2025-01-01,Köln\n".encode("utf-8-sig"), ""),
        ("date,place\n2025-01-01,Köln\n".encode("cp1252"), "not-utf8"),
        ("date,place\n2025-01-01,Köln\n".encode("utf-16"), "encoding"),
        ("date,place\r\n2025-01-01,Köln".encode("utf-16"), "encoding"),
        ("date;place\n2025-01-01;Köln\n".encode(), ""),
        ("date\tplace\n2025-01-01\tKöln\n".encode(), ""),
        ('date|"place"\n2025-01-01|"Köln"\n'.encode(), ""),
        ("date,place\r2025-01-01,Köln\r".encode(), "irregular-csv"),
        ("\n\ndate,place\n2025-01-01,Köln\n".encode(), "irregular-csv"),
        ("date,pl\0ace\n2025-01-\x0001,K\0öln\n".encode(), "nul-bytes"),
        (gzip.compress("date,place\n2025-01-01,Köln\n".encode(), mtime=0), ""),
        (b'{"date": "2025-01-01", "place": "K\\u00f6ln"}\n', ""),
    ],
)
def test_encodings_delimiters_and_packing(
    workspace: Workspace, tmp_path: Path, data: bytes, encoding: str
) -> None:
    path = tmp_path / "x.data"
    path.write_bytes(data)
    table, records, rows = read_records(workspace, path)
    assert table.columns == ("date", "place")
    assert rows == [["2025-01-01", "Köln"]]
    assert list(_kinds(records)) == ([encoding] if encoding else [])


def test_a_line_that_mixes_encodings_is_read_right(
    workspace: Workspace, tmp_path: Path
) -> None:
    clean = "1,the workers’ union,ok\n".encode()
    mixed = b"2,Do\xf1a Ana, and the workers\xe2\x80\x99 \x93union\x94 \x81\n"
    data = b"n,place,what\n" + clean * 3 + mixed + clean
    path = tmp_path / "x.csv"
    path.write_bytes(data)
    _, records, rows = read_records(workspace, path)
    assert rows[3] == ["2", "Doña Ana", " and the workers’ “union” \x81"]
    (finding,) = records.findings
    assert finding.n == 1
    at = data.index(b"\xf1")
    assert finding.examples == (f"row 4 (line 5, byte {at}): 2,Doña Ana, and",)


@pytest.mark.parametrize("is_quoted", [False, True])
def test_rows_are_named_where_lines_are_not_rows(
    workspace: Workspace, tmp_path: Path, is_quoted: bool
) -> None:
    first = b'"a\nb",1\n' if is_quoted else b"a,1\n\nb,1\n"
    path = tmp_path / "x.csv"
    path.write_bytes(b"place,n\n" + first + b"K\xf6ln,2\n")
    _, records, rows = read_records(workspace, path)
    (finding,) = [f for f in records.findings if f.kind == "not-utf8"]
    row, line = (2, 4) if is_quoted else (4, 5)
    assert rows[row - 1] == ["Köln", "2"]
    assert finding.examples[0].startswith(f"row {row} (line {line}, ")


def test_ragged_rows_are_kept_and_counted(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("a,b,c\n1,2,3\n4\n5,6,7,8\n\n9,10,11,,\n")
    _, records, rows = read_records(workspace, path)
    assert rows == [
        ["1", "2", "3", ""],
        ["4", "", "", ""],
        ["5", "6", "7", '["8"]'],
        ["", "", "", ""],
        ["9", "10", "11", ""],
    ]
    assert records.has_misfits
    assert _kinds(records) == {"irregular-csv": 1, "short-rows": 1, "long-rows": 1}
    assert [f.examples for f in records.findings][1:] == [
        ("row 2 (line 3): 1 cells for 3 columns",),
        ("row 3 (line 4): 4 cells for 3 columns",),
    ]


def test_columns_without_a_name_of_their_own_get_one(
    workspace: Workspace, tmp_path: Path
) -> None:
    path = tmp_path / "x.csv"
    path.write_text("Date,date,,record_no,,DATE (2)\n1,2,3,4,5,6\n")
    table, _, rows = read_records(workspace, path)
    assert table.columns == ("Date", "date", "", "record_no", "", "DATE (2)")
    assert len({name.casefold() for name in table.names}) == 6
    assert "" not in table.names
    assert rows == [["1", "2", "3", "4", "5", "6"]]


def test_a_file_without_header_gets_the_names_it_is_given(
    workspace: Workspace, tmp_path: Path
) -> None:
    path = tmp_path / "x.csv"
    options = FileOptions(columns=("day", "town"), delimiter=";")
    path.write_text("1;Berlin\n2;Köln\n")
    table, records, rows = read_records(workspace, path, options=options)
    assert table.columns == ("day", "town")
    assert rows == [["1", "Berlin"], ["2", "Köln"]]
    path.write_text('1;Berlin\n\n2;"Kö\n')
    with pytest.raises(InputError, match="never closed"):
        read_records(workspace, path, options=options)
    path.write_bytes(b"1;Berlin\n2;K\xf6ln;x\n")
    _, records, rows = read_records(workspace, path, options=options)
    assert rows[1] == ["2", "Köln", '["x"]']
    assert records.findings[0].examples[0].startswith("row 2 (line 2, byte 12)")


def test_json_lines(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    lines = [
        '{"date": "2025-01-01", "n": 3, "flag": true, "none": null, "list": ["a", 1]}',
        "",
        '{"place": "Köln\\nDeutz", "n": 1.50}',
        "{not json}",
        "[1, 2]",
    ]
    path.write_text("\n".join(lines), "utf-8")
    table, records, rows = read_records(workspace, path)
    assert table.columns == ("date", "n", "flag", "none", "list", "place")
    assert [row[:6] for row in rows] == [
        ["2025-01-01", "3", "true", "", '["a",1]', ""],
        [""] * 6,
        ["", "1.50", "", "", "", "Köln\nDeutz"],
        [""] * 6,
        [""] * 6,
    ]
    assert [row[6] for row in rows] == ["", "", "", '["{not json}"]', '["[1, 2]"]']
    assert _kinds(records) == {"unread-lines": 2}


_OBJECTS = (
    '{"n": 1.0, "big": 12345678901234567890, "e": -1.50E+07, "nan": NaN, "s": "1.0"}',
    '{"s": null, "list": [1.0, "a", {"é": [true, null]}], "n": false}',
    '{"n": "\\ud83d \\u0041", "s": "a\\r\\n\\"b\\"", "n": 2}',
)
_CELLS = [
    ["1.0", "12345678901234567890", "-1.50E+07", "NaN", "1.0", "", ""],
    ["false", "", "", "", "", '[1.0,"a",{"é":[true,null]}]', ""],
    ["\\ud83d A", "", "", "", 'a\r\n"b"', "", "2"],
]


@pytest.mark.parametrize("block", [1, 7, 1 << 20])
@pytest.mark.parametrize(
    "shape",
    [
        "[%s]",
        " [\n  %s\n]\n",
        '{"status": 200, "data": [%s]}',
        '{"data":[%s],"messages":[],"of":{"data":[1]},"count":2}',
        '{\n  "status": "ok",\n  "Result": [\n%s\n]}',
    ],
)
def test_a_json_document_keeps_every_value_as_written(
    workspace: Workspace,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    shape: str,
    block: int,
) -> None:
    monkeypatch.setattr(json_document, "_BLOCK", block)
    path = tmp_path / "x.csv"
    path.write_text(shape % ",\n".join(_OBJECTS), "utf-8")
    table, records, rows = read_records(workspace, path)
    assert table.columns == ("n", "big", "e", "nan", "s", "list", "n (2)")
    assert rows == _CELLS
    assert records.findings == ()


def test_json_lists_are_chosen_by_key_and_other_values_are_kept(
    workspace: Workspace, tmp_path: Path
) -> None:
    path = tmp_path / "x.json"
    path.write_bytes(b'{"a":[{"x":1}],"b":[{"y":"K\xf6ln","z":2},[1, "\\u00e9"],3]}')
    _, records, rows = read_records(workspace, path, options=FileOptions(sheet="b"))
    assert rows == [["Köln", "2", ""], ["", "", '["[1,\\"é\\"]"]'], ["", "", '["3"]']]
    assert _kinds(records) == {"not-utf8": 1, "unread-lines": 2}
    assert records.findings[0].examples[0].startswith("line 1, byte 27: ")
    with pytest.raises(InputError, match="no list of objects 'c'"):
        read_records(workspace, path, options=FileOptions(sheet="c"))


def test_one_object_without_a_list_is_one_row(
    workspace: Workspace, tmp_path: Path
) -> None:
    path = tmp_path / "x.json"
    long = "x" * (1 << 17)
    path.write_text(f'{{"a": 1, "tags": ["b"], "long": "{long}"}}')
    table, _, rows = read_records(workspace, path)
    assert rows == [["1", '["b"]', long]]
    path.write_text(f'{{"a": 1, "b": [{{"long": "{long}"}}]}}\n{{"a": 2}}')
    table, _, rows = read_records(workspace, path)
    assert table.columns == ("a", "b")
    assert rows[1] == ["2", ""]


def _zip_of(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


_TEXT = "date,place\n2025-01-01,Köln\n".encode()
_ITEM = '{"date":"2025-01-01","place":"Köln"}'.encode()


@pytest.mark.parametrize(
    ("data", "sheet"),
    [
        (_zip_of({"a/20250101.export.CSV": _TEXT, "__MACOSX/._x": b"x"}), ""),
        (_zip_of({"data.csv": _TEXT, "codebook.pdf": b"%PDF"}), ""),
        (_zip_of({"a.csv": b"x,y\n1,2\n", "b.csv": _TEXT}), "b.csv"),
        (_zip_of({"a.csv.gz": gzip.compress(_TEXT)}), ""),
        (gzip.compress(_zip_of({"a.csv": _TEXT})), ""),
        (bz2.compress(_TEXT), ""),
        (lzma.compress(_TEXT), ""),
        (_zip_of({"d.json": b'{"a":[{"x":1}],"b":[%s]}' % _ITEM}), "b"),
    ],
)
def test_packed_files(
    workspace: Workspace, tmp_path: Path, data: bytes, sheet: str
) -> None:
    path = tmp_path / "x.dat"
    path.write_bytes(data)
    table, records, rows = read_records(workspace, path, options=FileOptions(sheet=sheet))
    assert table.columns == ("date", "place")
    assert rows == [["2025-01-01", "Köln"]]
    assert records.findings == ()


def test_parquet_becomes_text(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "x.parquet"
    workspace.write_parquet(
        "SELECT DATE '2025-01-01' AS date, 'it''s' AS \"a \"\"b\"\"\", NULL AS gone, "
        "1.5 AS n, [1, 2] AS l UNION ALL SELECT NULL, '', NULL, 2, NULL",
        path,
    )
    table, _, rows = read_records(workspace, path)
    assert table.columns == ("date", 'a "b"', "gone", "n", "l")
    assert sorted(rows) == [
        ["", "", "", "2.0", ""],
        ["2025-01-01", "it's", "", "1.5", "[1, 2]"],
    ]


def test_a_line_of_200_megabytes_is_refused_at_once(
    workspace: Workspace, tmp_path: Path
) -> None:
    path = tmp_path / "x.csv"
    with path.open("wb") as file:
        file.write(b"date,place\n2025-01-01,")
        for _ in range(200):
            file.write(b"x" * 1_000_000)
    with pytest.raises(InputError, match="line 2 is longer than 16 MiB"):
        read_records(workspace, path)


def test_the_longest_row_isread_records(workspace: Workspace, tmp_path: Path) -> None:
    assert MAX_LINE_BYTES == MAX_ROW_BYTES
    path = tmp_path / "x.csv"
    longest = "x" * (MAX_ROW_BYTES - 100)
    path.write_text(f"date,place\n1,{longest}\n2,short\n")
    _, _, rows = read_records(workspace, path)
    assert rows == [["1", longest], ["2", "short"]]
    too_long = "x\n" * (MAX_ROW_BYTES // 2 + 10)
    path.write_text(f'date,place\n1,"{too_long}"\n2,short\n')
    with pytest.raises(InputError, match="row 1 is longer"):
        read_records(workspace, path)
