import csv
import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from groundswell.core.errors import InputError
from groundswell.ingest.files import structure
from groundswell.ingest.files.structure import Structure, count_structure

# csv.writer leaves a CR without quotation marks where lines end in LF
_CELLS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r"))
_TABLES = st.integers(2, 5).flatmap(
    lambda width: st.lists(
        st.lists(_CELLS, min_size=width, max_size=width), min_size=1, max_size=8
    )
)


def _count(
    data: bytes, folder: Path, *, n_columns: int, block: int = 1 << 20
) -> Structure:
    path = folder / "x.csv"
    path.write_bytes(data)
    usual = structure._BLOCK  # noqa: SLF001 (a small block makes borders frequent)
    structure._BLOCK = block  # noqa: SLF001
    try:
        return count_structure(
            path, delimiter=",", n_columns=n_columns, offsets=(), name="x.csv"
        )
    finally:
        structure._BLOCK = usual  # noqa: SLF001


def _written(rows: list[list[str]], *, end: str, quoting: int) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator=end, quoting=quoting).writerows(rows)
    return out.getvalue().encode()


def test_regular_files_are_counted_as_python_reads_them(tmp_path: Path) -> None:
    @settings(max_examples=300)
    @given(
        rows=_TABLES,
        end=st.sampled_from(["\n", "\r\n"]),
        is_all_quoted=st.booleans(),
        block=st.integers(1, 40),
        has_last_end=st.booleans(),
    )
    def check(
        rows: list[list[str]],
        end: str,
        is_all_quoted: bool,
        block: int,
        has_last_end: bool,
    ) -> None:
        quoting = csv.QUOTE_ALL if is_all_quoted else csv.QUOTE_MINIMAL
        data = _written(rows, end=end, quoting=quoting)
        data = data if has_last_end else data.removesuffix(end.encode())
        read = list(csv.reader(io.StringIO(data.decode(), newline="")))
        found = _count(data, tmp_path, n_columns=len(rows[0]), block=block)
        assert found.irregular == ""
        assert found.n_rows == len(read) == len(rows)
        assert found.n_bytes == sum(len(c.encode()) for row in read for c in row)

    check()


def test_what_is_called_regular_reads_in_one_way(tmp_path: Path) -> None:
    @settings(max_examples=500)
    @given(
        data=st.text(alphabet='a",\n\r', min_size=1, max_size=30),
        block=st.integers(1, 10),
    )
    def check(data: str, block: int) -> None:
        found = _count(data.encode(), tmp_path, n_columns=2, block=block)
        if found.irregular:
            return
        read = list(csv.reader(io.StringIO(data, newline=""), strict=True))
        assert {len(row) for row in read} == {2}
        assert found.n_rows == len(read)
        assert found.n_bytes == sum(len(cell) for row in read for cell in row)

    check()


@pytest.mark.parametrize(
    ("data", "why", "row"),
    [
        (b'a,b\n1,"2\n', "never closed", 1),
        (b'a,b\n1,2"3\n', "inside a cell", 1),
        (b'a,b\n1,2"3"\n', "inside a cell", 1),
        (b'a,b\n"1" ,2\n', "inside a cell", 1),
        (b"a,b\n1,2\n3\n", "number of cells", 2),
        (b"a,b\n1,2\n\n3,4\n", "number of cells", 2),
        (b"a,b\n1,2,3\n", "number of cells", 1),
        (b"a,b\n1,2\r3,4\n", "CR alone", 1),
        (b"a,b\r\n1,2\n", "different ways", 0),
        (b",,,\n", "number of cells", 0),
    ],
)
@pytest.mark.parametrize("block", [1, 3, 1 << 20])
def test_irregular_places_are_found(
    tmp_path: Path, data: bytes, why: str, row: int, block: int
) -> None:
    found = _count(data, tmp_path, n_columns=2, block=block)
    assert why in found.irregular
    assert found.irregular_row == row


def test_offsets_are_placed_in_their_rows(tmp_path: Path) -> None:
    data = b'a,b\n"x\ny",1\nz,2'
    path = tmp_path / "x.csv"
    path.write_bytes(data)
    places = (0, 3, 4, 7, 11, 12, 14, len(data))
    found = count_structure(
        path, delimiter=",", n_columns=2, offsets=places, name="x.csv"
    )
    assert found.rows_of == (0, 0, 1, 1, 1, 2, 2, 2)


def test_a_row_without_end_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(structure, "MAX_ROW_BYTES", 100)
    with pytest.raises(InputError, match="row 1 is longer"):
        _count(b'a,b\n1,"' + b"x\n" * 100 + b'"\n', tmp_path, n_columns=2, block=16)
