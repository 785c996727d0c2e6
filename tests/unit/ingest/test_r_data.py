"""Files of R: one data frame as text, nothing lost."""

import bz2
import gzip
import lzma
from collections.abc import Callable
from datetime import date
from math import inf, nan
from pathlib import Path

import pytest

from groundswell.core.errors import InputError, MissingExtraError
from groundswell.engine import Workspace
from groundswell.ingest import ingest_file
from groundswell.ingest.files.table import FileOptions
from groundswell.ingest.recognise import recognise
from unit.ingest.kept_rows import open_records
from unit.ingest.r_files import (
    LATIN,
    NA_INT,
    NA_REAL,
    NULL,
    frame,
    ints,
    listed,
    logicals,
    rda,
    rds,
    reals,
    texts,
)
from unit.ingest.reading import read_records

pytest.importorskip("rdata")

_FACTOR = {"levels": texts("march", "sit-in"), "class": texts("factor")}
_DAY = {"class": texts("Date")}
_TIME = {"class": texts("POSIXct", "POSIXt"), "tzone": texts("Europe/Berlin")}
_LABELLED = {
    "labels": reals(1, -99, about={"names": texts("yes", "unknown")}),
    "label": texts("Was it peaceful?"),
    "class": texts("haven_labelled", "vctrs_vctr", "double"),
}
_COLUMNS = {
    "town": texts("Köln", None, 'a "b"\n'),
    "form": ints(2, NA_INT, 1, about=_FACTOR),
    "n": reals(1, NA_REAL, -3),
    "share": reals(0.1, 2, NA_REAL),
    "odd": reals(inf, nan, 1.5),
    "whole": ints(7, NA_INT, 0),
    "flag": logicals(1, 0, NA_INT),
    "day": reals(7332, NA_REAL, -1, about=_DAY),
    "at": reals(1709247600, 1709251200.5, NA_REAL, about=_TIME),
    "items": listed([texts("a", "b"), texts("c"), NULL]),
    "ok": reals(1, -99, NA_REAL, about=_LABELLED),
}
_CELLS = [
    *(["Köln", "", 'a "b"\n'], ["sit-in", "", "march"], ["1", "", "-3"]),
    *(["0.1", "2.0", ""], ["Inf", "NaN", "1.5"], ["7", "", "0"], ["TRUE", "FALSE", ""]),
    ["1990-01-28", "", "1969-12-31"],
    ["2024-03-01", "2024-03-01 01:00:00.500000", ""],
    *(['["a","b"]', "c", ""], ["1", "-99", ""]),
]


@pytest.mark.parametrize(
    "pack",
    [bytes, gzip.compress, bz2.compress, lzma.compress],
    ids=["plain", "gzip", "bzip2", "xz"],
)
@pytest.mark.parametrize(
    "write",
    [rds, lambda found: rda(votes=found), lambda found: rda(n=ints(1), votes=found)],
    ids=["rds", "rda", "rda-of-two"],
)
def test_every_kind_of_column(
    workspace: Workspace,
    tmp_path: Path,
    pack: Callable[[bytes], bytes],
    write: Callable[[bytes], bytes],
) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(pack(write(frame(_COLUMNS))))
    table, records, rows = read_records(workspace, path)
    assert table.columns == tuple(_COLUMNS)
    assert [list(column) for column in zip(*rows, strict=True)] == _CELLS
    assert table.labels == {"ok": {"1": "yes", "-99": "unknown"}}
    assert table.titles == {"ok": "Was it peaceful?"}
    assert records.findings == ()


def test_names_of_rows_and_old_encodings_are_kept(
    workspace: Workspace, tmp_path: Path
) -> None:
    columns = {
        "a": texts(b"K\xf6ln", b"\xc3\xb6", marked=LATIN),
        "b": texts(b"K\xf6ln", b"\xc3\xb6", marked=0),
    }
    path = tmp_path / "x.rds"
    path.write_bytes(rds(frame(columns, rows=texts("first", "second"))))
    table, _, rows = read_records(workspace, path)
    assert table.columns == ("row.names", "a", "b")
    assert rows == [["first", "Köln", "Köln"], ["second", "Ã¶", "ö"]]


def test_one_of_several_frames_is_named(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "x.RData"
    first, second = (
        frame({"a": ints(1), "b": ints(2)}),
        frame({"c": ints(3), "d": ints(4)}),
    )
    both = {"first": first, "second": second}
    for data in (rda(**both), rds(listed(list(both.values()), names=texts(*both)))):
        path.write_bytes(data)
        with pytest.raises(InputError, match="2 data frames") as caught:
            read_records(workspace, path)
        assert "first, second" in caught.value.allowed
        options = FileOptions(sheet="second")
        assert read_records(workspace, path, options=options)[2] == [["3", "4"]]
        with pytest.raises(InputError, match="no data frame 'third'"):
            read_records(workspace, path, options=FileOptions(sheet="third"))


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (rda(n=ints(1)), "holds 0 data frames"),
        (rds(ints(1)), "holds 0 data frames"),
        (rds(frame({"a": ints(1, 2), "b": ints(1)})), "columns have 1 to 2 rows"),
        (rds(frame({"a": frame({"x": ints(1)})})), "'a' is a table of its own"),
        (rds(frame({"a": ints(9, about=_FACTOR), "b": ints(1)})), "cannot be read as R"),
        (b"RDX3\nX\n", "cannot be read as R data"),
    ],
)
def test_what_is_no_frame_is_refused(
    workspace: Workspace, tmp_path: Path, found: bytes, words: str
) -> None:
    path = tmp_path / "x.rda"
    path.write_bytes(found)
    with pytest.raises(InputError, match=words):
        read_records(workspace, path)


def test_a_file_that_breaks_off_is_refused(workspace: Workspace, tmp_path: Path) -> None:
    whole = rda(votes=frame(_COLUMNS))
    path = tmp_path / "cut.rda"
    for end in range(7, len(whole), 31):
        path.write_bytes(whole[:end])
        with pytest.raises(InputError, match=r"cut\.rda"):
            read_records(workspace, path)


_CALLS = (date(1965, 12, 1), date(2010, 10, 5))
# roll call, code, member, vote, name
_VOTES = (
    (0, 2, 1, 1, "United States of America"),
    (0, 365, 1, 3, "Russia"),
    (0, 260, NA_REAL, 9, "German Federal Republic"),
    (1, 2, 1, 8, "United States of America"),
    (1, 365, 1, 2, "Russia"),
    (1, 372, 1, 1, "Georgia"),
    (1, 565, 1, NA_REAL, "Namibia"),
)


def _votes(*, has_days: bool) -> dict[str, bytes]:
    """Write votes as their author publishes them: a row for each state and roll call."""
    calls, codes, members, votes, names = zip(*_VOTES, strict=True)
    days = [_CALLS[call] for call in calls]
    told = texts(*(f"{day.month}/{day.day}/{day.year}" for day in days))
    counted = reals(*((day - date(1970, 1, 1)).days for day in days), about=_DAY)
    return {
        "rcid": reals(*(100 + call for call in calls)),
        "ccode": reals(*codes),
        "member": reals(*members),
        "vote": reals(*votes),
        "Countryname": texts(*names),
        "session": reals(*((20, 65)[call] for call in calls)),
        "date": counted if has_days else told,
        "year": ints(*(day.year for day in days)),
        "unres": texts(*(f"A/RES/{100 + call}" for call in calls)),
        "yes": reals(*[1] * len(calls)),
        "no": reals(*(1 - call for call in calls)),
        "me": reals(*(call or NA_REAL for call in calls)),
    }


@pytest.mark.parametrize("has_days", [True, False], ids=["days", "texts"])
def test_votes_of_an_assembly(
    workspace: Workspace, tmp_path: Path, *, has_days: bool
) -> None:
    columns = _votes(has_days=has_days)
    votes = frame(columns, rows=ints(NA_INT, -len(_VOTES)))
    path = tmp_path / "UNVotes.RData"
    path.write_bytes(gzip.compress(rda(completeVotes=votes)))
    table, _, cells = read_records(workspace, path)
    assert recognise(table).name == "un-votes-voeten.toml"
    day = _CALLS[0].isoformat() if has_days else "12/1/1965"
    assert cells[2] == [
        *("100", "260", "", "9", "German Federal Republic", "20", day, "1965"),
        *("A/RES/100", "1", "1", ""),
    ]
    result = ingest_file(workspace, path)
    assert result.snapshot.source.source_id == "unga-voeten"
    assert result.rows.rows_in == result.rows.n("vote") == len(_VOTES)
    assert {memo.reason: memo.n for memo in result.rows.memos} == {
        "roll_call": 2,
        "roll_call_issue": 1,
        "yes": 2,
        "no": 1,
        "abstain": 1,
        "absent": 1,
        "not-member": 1,
    }
    assert [(one.kind, one.n) for one in result.findings] == [("vote-empty", 1)]
    filled = {column.column: column.n_filled for column in result.columns}
    lacking = {"member": 6, "vote": 6, "me": 4}
    assert filled == {name: lacking.get(name, len(_VOTES)) for name in columns}
    assert [c.column for c in result.columns if not c.target] == ["year"]
    view = open_records(workspace, result.snapshot.snapshot_id)
    kept = workspace.arrays(f"FROM {view} ORDER BY record_no")
    assert kept.pop("record_no").tolist() == list(range(1, len(_VOTES) + 1))
    assert [list(row) for row in zip(*kept.values(), strict=True)] == cells
    found = workspace.arrays(
        "SELECT v.country, v.vote, c.date::VARCHAR AS day FROM vote AS v "
        "JOIN roll_call AS c ON c.rcid = v.rcid ORDER BY v.record_no"
    )
    first, second = map(str, _CALLS)
    assert list(zip(*found.values(), strict=True)) == [
        *(("USA", "yes", first), ("SUN", "no", first), ("DEU", "not-member", first)),
        *(("USA", "absent", second), ("RUS", "abstain", second)),
        *(("GEO", "yes", second), ("NAM", None, second)),
    ]


def test_a_missing_package_is_named(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "x.rda"
    path.write_bytes(rda(votes=frame(_COLUMNS)))
    monkeypatch.setitem(__import__("sys").modules, "rdata", None)
    with pytest.raises(MissingExtraError, match="rdata") as caught:
        ingest_file(workspace, path)
    assert "groundswell[rdata]" in caught.value.todo
