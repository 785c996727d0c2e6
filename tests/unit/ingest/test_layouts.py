"""Files without a header, whose rows are told apart by how many cells they have."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from groundswell.core.errors import DefinitionError, InputError
from groundswell.engine import Workspace
from groundswell.ingest.files import layouts
from groundswell.ingest.files.layouts import count_widths, lacks_header, read_places
from groundswell.ingest.files.rows import BEYOND, PLACES
from groundswell.ingest.files.table import FileOptions
from groundswell.ingest.mapping_file import parse_mapping
from unit.ingest.reading import WHOLE, read_records

_OLD = ("id", "day", "place")
_NEW = ("id", "day", "place", "url")
_WIDE = ("id", "day", "district", "place", "url")
_CELLS = {1: "integer", 2: "yyyymmdd"}
_OPTIONS = FileOptions(layouts=(_OLD, _NEW, _WIDE), cells=_CELLS, delimiter="\t")


def _original(row: list[str], *, n_columns: int) -> list[str]:
    """Put together the row of the file from a record with the column `PLACES`."""
    cells = [row[place] for place in read_places(row[n_columns])]
    beyond = row[n_columns + 1] if len(row) > n_columns + 1 else ""
    return cells + (json.loads(beyond) if beyond else [])


@pytest.mark.parametrize("is_recognised_later", [False, True])
@pytest.mark.parametrize("columns", [_OLD, _NEW, _WIDE])
def test_rows_of_one_width_have_its_columns_and_no_other(
    workspace: Workspace,
    tmp_path: Path,
    columns: tuple[str, ...],
    is_recognised_later: bool,
) -> None:
    path = tmp_path / "x.csv"
    rows = [[f"{i}", "20240301", "Köln", "http://x.org/,;", "z"] for i in range(3)]
    rows = [row[: len(columns)] for row in rows]
    path.write_text("".join("\t".join(row) + "\n" for row in rows), "utf-8")
    first, later = (WHOLE, _OPTIONS) if is_recognised_later else (_OPTIONS, WHOLE)
    table, records, found = read_records(workspace, path, options=first, later=later)
    assert table.columns == table.names == columns
    assert found == rows
    assert records.findings == ()


@pytest.mark.parametrize("quotes", [True, False])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_rows_of_several_widths_share_columns_and_stay_as_they_were(
    workspace: Workspace, tmp_path: Path, end: str, quotes: bool
) -> None:
    path = tmp_path / "x.csv"
    rows = [
        ["1", "20240301", "Köln"],
        ["2", "20240302", "north", "Bonn", 'u"1"'],
        ["3", "20240303", "", ""],
        ["4", "20240304"],
        [],
        ["5", "20240305", "Ulm", "u2"],
    ]
    path.write_bytes("".join("\t".join(row) + end for row in rows).encode())
    options = FileOptions(layouts=_OPTIONS.layouts, cells=_CELLS, quotes=quotes)
    table, records, found = read_records(workspace, path, options=options)
    assert table.columns == _WIDE
    assert found == [
        ["1", "20240301", "", "Köln", "", "1-2 4", ""],
        ["2", "20240302", "north", "Bonn", 'u"1"', "1-5", ""],
        ["3", "20240303", "", "", "", "1-2 4-5", ""],
        ["", "", "", "", "", "", '["4", "20240304"]'],
        [""] * 7,
        ["5", "20240305", "", "Ulm", "u2", "1-2 4-5", ""],
    ]
    assert [_original(row, n_columns=5) for row in found] == rows
    assert records.has_misfits
    (finding,) = records.findings
    assert (finding.kind, finding.n) == ("unknown-width", 1)
    assert finding.examples == ("row 4 (line 4): 2 cells",)


def test_any_cells_come_back_as_they_were(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    options = FileOptions(
        layouts=_OPTIONS.layouts, cells=_CELLS, delimiter="\t", quotes=False
    )
    cells = st.text(alphabet='ab",\x0b\r \\é\u2028', max_size=5)

    @settings(max_examples=150, deadline=None)
    @given(
        st.lists(st.lists(cells, min_size=2, max_size=6), max_size=6),
        st.booleans(),
    )
    def check(rows: list[list[str]], has_last_end: bool) -> None:
        rows = [["1", "20240301", "x"], *([*row[:-1], row[-1] + "."] for row in rows)]
        text = "\n".join("\t".join(row) for row in rows) + "\n" * has_last_end
        path.write_bytes(text.encode())
        table, records, found = read_records(workspace, path, options=options)
        n_columns = len(table.columns)
        if len({len(row) for row in rows}) == 1:
            assert found == rows
        else:
            assert [_original(row, n_columns=n_columns) for row in found] == rows
        known = {len(layout) for layout in options.layouts}
        assert records.has_misfits is any(len(row) not in known for row in rows)

    check()


@pytest.mark.parametrize("block", [1, 5, 1 << 20])
def test_widths_are_counted_across_blocks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, block: int
) -> None:
    monkeypatch.setattr(layouts, "_BLOCK", block)
    path = tmp_path / "x.csv"
    path.write_text("a\tb\tc\n\n\t\nx\na\tb\tlast")
    assert count_widths(path, delimiter="\t") == {3: 2, 0: 1, 2: 1, 1: 1}
    path.write_text("a\tb\nc\td\n")
    assert count_widths(path, delimiter="\t") == {2: 2}
    for text in ('a\tb\n"', 'a\t"b"\nc\t"d"\n', "a\tb\r\nc\td\r\n"):
        path.write_bytes(text.encode())
        assert count_widths(path, delimiter="\t") is None


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (["1", "20240301", "x"], True),
        (["1", "20241301", "x"], False),
        (["id", "day", "place"], False),
        (["1", "20240301"], False),
    ],
)
def test_a_first_row_that_is_no_data_is_a_header(row: list[str], expected: bool) -> None:
    assert lacks_header(row, layouts=_OPTIONS.layouts, cells=_CELLS) is expected
    names_nothing = lacks_header(row, layouts=_OPTIONS.layouts, cells={})
    assert names_nothing is (len(row) == 3 and row[0] != "id")


def test_a_header_of_the_same_file_is_read_as_one(
    workspace: Workspace, tmp_path: Path
) -> None:
    path = tmp_path / "x.csv"
    path.write_text("id\tday\tplace\n1\t20240301\tKöln\n", "utf-8")
    table, _, found = read_records(workspace, path, options=_OPTIONS)
    assert table.columns == _OLD
    assert found == [["1", "20240301", "Köln"]]


def test_hidden_columns_are_told_from_those_of_the_file(
    workspace: Workspace, tmp_path: Path
) -> None:
    path = tmp_path / "x.csv"
    path.write_text("1\t2\t3\n1\t2\t3\t4\n")
    options = FileOptions(layouts=(("a", PLACES, BEYOND), ("a", PLACES, BEYOND, "d")))
    table, _, found = read_records(workspace, path, options=options)
    assert table.names == ("a", f"{PLACES} (2)", f"{BEYOND} (2)", "d")
    assert found == [["1", "2", "3", "", "1-3"], ["1", "2", "3", "4", "1-4"]]


_MAPPING = """
[report]
date = { column = "day", order = "ymd" }
[recognise]
cells = { 1 = "integer", 2 = "yyyymmdd" }
[file]
delimiter = "\\t"
quotes = false
[[file.layout]]
columns = ["id", "day", "place"]
[[file.layout]]
columns = ["id", "day", "place", "url"]
"""


def test_a_mapping_states_layouts() -> None:
    file = parse_mapping(_MAPPING, name="m.toml", is_shipped=False).file
    assert file == FileOptions(
        delimiter="\t", layouts=(_OLD, _NEW), cells=_CELLS, quotes=False
    )


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('"place"]', '"place", "url"]', "another layout has 4 columns"),
        ('"id", "day", "place"]', '"id", "day", "ID"]', "two of them are alike"),
        ('"yyyymmdd"', '"a day"', "'a day' is not known"),
        ('1 = "integer"', 'a = "integer"', "no number of a cell"),
        ("quotes = false", 'columns = ["a", "b"]', "stands beside"),
        ("quotes = false", "widths = 3", "widths"),
    ],
)
def test_a_mapping_with_wrong_layouts_is_refused(old: str, new: str, words: str) -> None:
    text = _MAPPING.replace(old, new)
    assert text != _MAPPING
    with pytest.raises(DefinitionError, match=words):
        parse_mapping(text, name="m.toml", is_shipped=False)


def test_a_broken_file_is_refused(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text('1\t20240301\tx\n2\t20240301\t"x\n3\t20240301\tx\n')
    with pytest.raises(InputError, match="line 2 is never closed"):
        read_records(workspace, path, options=_OPTIONS)
