"""Real files of records other than counts of crowds: exact numbers, and nothing lost."""

import csv
import io
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from groundswell.core.sources import IngestResult
from groundswell.engine import Workspace
from groundswell.engine.steps import quoted
from groundswell.ingest import ingest_file
from unit.ingest.kept_rows import open_records

pytestmark = pytest.mark.reference

Rows = list[dict[str, str]]


def _original(path: Path) -> Rows:
    """Read a file with Python's csv; blank rows are an end of line written twice."""
    text = path.read_bytes().decode("utf-8", "groundswell-windows-1252")
    header, *rows = (row for row in csv.reader(io.StringIO(text, newline="")) if row)
    return [dict(zip(header, row, strict=True)) for row in rows]


def _assert_nothing_is_lost(
    workspace: Workspace, result: IngestResult, rows: Rows
) -> None:
    view = open_records(workspace, result.snapshot.snapshot_id)
    names = [name for name, _ in workspace.columns(view)][1:]
    assert [use.column for use in result.columns] == names == list(rows[0])
    shown = ", ".join(f"{quoted(name)} AS c{i}" for i, name in enumerate(names))
    found = workspace.arrays(f"SELECT {shown} FROM {view} ORDER BY record_no")  # noqa: S608
    kept = zip(*found.values(), strict=True)
    assert [list(row) for row in kept] == [list(row.values()) for row in rows]
    assert result.rows.rows_in == len(rows)


def _values(workspace: Workspace, expression: str) -> Counter[object]:
    found = workspace.arrays(f"SELECT {expression} AS value FROM report")  # noqa: S608
    return Counter(None if value != value else value for value in found["value"])  # noqa: PLR0124 (NaN)


def _counts(result: IngestResult) -> dict[str, int]:
    return {finding.kind: finding.n for finding in result.findings}


def test_scad_is_accounted_for(workspace: Workspace, reference_data: Path) -> None:
    path = reference_data / "scad" / "SCAD2018LatinAmerica_Final.csv"
    result = ingest_file(workspace, path, taken=date(2019, 1, 1))
    rows = _original(path)
    _assert_nothing_is_lost(workspace, result, rows)
    assert result.snapshot.source.source_id == "scad-latin-america"
    assert (result.rows.rows_in, result.rows.counted) == (5602, 3031)
    assert (result.rows.n("not-selected"), result.rows.n("blank")) == (2571, 0)
    assert _counts(result) == {
        "not-utf8": 90,
        "irregular-csv": 1,
        "days-without-a-row": 8027,
    }
    unused = {use.column for use in result.columns if not use.target}
    # what the wires said of the authorities and the coders, and what other columns say
    assert unused == {
        *("id", "countryname", "startdate", "enddate", "cgovtarget", "rgovtarget"),
        *("repress", "elocal", "sublocal", "locnum", "notes", "female_event"),
        *("lgbtq_issue", "coder", "acd_questionable", "geo_comments"),
        "location_precision",
    }


def test_scad_says_what_its_codes_mean(
    workspace: Workspace, reference_data: Path
) -> None:
    path = reference_data / "scad" / "SCAD2018LatinAmerica_Final.csv"
    ingest_file(workspace, path, taken=date(2019, 1, 1))
    rows = [row for row in _original(path) if 1 <= int(row["etype"]) <= 6]
    of_class = Counter(row["npart"] for row in rows)
    sizes = _values(workspace, "concat_ws('-', size_low, size_high)")
    assert sizes == {
        "": of_class["-99"],
        "1-9": of_class["1"],
        "10-100": of_class["2"],
        "101-1000": of_class["3"],
        "1001-10000": of_class["4"],
        "10001-100000": of_class["5"],
        "100001-1000000": of_class["6"],
        "1000001": of_class["7"],
    }
    first = Counter(row["etype"] for row in rows)
    assert _values(workspace, "tactics[1]") == {
        "organised demonstration": first["1"],
        "spontaneous demonstration": first["2"],
        "organised violent riot": first["3"],
        "spontaneous violent riot": first["4"],
        "general strike": first["5"],
        "limited strike": first["6"],
    }
    grew = sum(row["escalation"] != "0" for row in rows)
    assert _values(workspace, "len(tactics)") == {1: len(rows) - grew, 2: grew}
    days = _values(workspace, "concat(date_start, ' ', date_end)")
    assert days == Counter(
        " ".join(
            f"{date(int(row[y]), int(row[m]), int(row[d]))}"
            for y, m, d in (("styr", "stmo", "stday"), ("eyr", "emo", "eday"))
        )
        for row in rows
    )
    assert _values(workspace, "date_precision") == {"day": len(rows)}
    assert None not in _values(workspace, "country")
    assert len(_values(workspace, "country")) == len({row["ccode"] for row in rows})
    n_unknown = sum(row["ndeath"].startswith("-") for row in rows)
    assert _values(workspace, "n_killed_low IS NULL")[True] == n_unknown
    assert len(_values(workspace, "source_event_id")) == len({r["eventid"] for r in rows})
    places = _values(workspace, "place_precision")
    regions = [row["ilocal"] for row in rows if row["gislocnum"] == "6"]
    assert places["admin1"] == len(regions)
    # one of them has no name
    assert _values(workspace, "place_detail IS NULL")[False] == len(regions) - 1


def test_an_extract_of_count_love(workspace: Workspace, reference_data: Path) -> None:
    path = reference_data / "count_love" / "immigration_all_protests.csv"
    result = ingest_file(workspace, path, taken=date(2021, 3, 1))
    rows = _original(path)
    _assert_nothing_is_lost(workspace, result, rows)
    assert result.snapshot.source.source_id == "count-love"
    assert (result.rows.rows_in, result.rows.counted) == (3243, 3243)
    assert _counts(result) == {"extract": 1, "days-without-a-row": 316}
    used = {use.column for use in result.columns if use.target}
    assert used == {
        *("date", "location", "attendees", "event_legacy_see_tags", "tags", "source"),
        *("geometry", "county_name_long"),
    }
    assert _values(workspace, "date_start IS NULL") == {False: 3243}
    assert _values(workspace, "country") == {"USA": 3243}
    assert _values(workspace, "admin1") == Counter(row["state"] for row in rows)
    towns = Counter(row["short_loc"] for row in rows)
    assert _values(workspace, "concat(locality, ', ', admin1)") == towns
    assert _values(workspace, "place_detail IS NULL") == {True: 2571, False: 672}
    sizes = Counter(row["attendees"].replace("NA", "") for row in rows)
    assert _values(workspace, "coalesce(CAST(size_low AS VARCHAR), '')") == sizes
    assert _values(workspace, "size_low IS NOT DISTINCT FROM size_high") == {True: 3243}
    points = Counter(row["geometry"] for row in rows)
    assert _values(workspace, "latitude IS NULL OR longitude IS NULL") == {False: 3243}
    assert len(_values(workspace, "concat(longitude, ' ', latitude)")) == len(points)
    assert _values(workspace, "is_counter_protest")[True] == 77
    assert _values(workspace, "issues[1]")["Immigration"] > 3000
