"""Roll calls, votes, ideal points, mentions and look-up tables, from all their forms."""

import csv
import io
import json
import random
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from groundswell.api.coded import choose_snapshots
from groundswell.core.errors import DefinitionError, InputError, UsageError
from groundswell.core.sources import IngestResult
from groundswell.engine import Workspace
from groundswell.engine.steps import Step, quoted
from groundswell.ingest import ingest_file
from groundswell.ingest.integrity import changed_parts
from groundswell.ingest.mapping_file import parse_mapping
from groundswell.ingest.plain.mapping import CONTRACTS
from groundswell.ingest.plain.members import takes_part, un_seats
from groundswell.ingest.snapshots import feeds_reports, read_kept
from groundswell.language.blocs import bloc_members
from unit.ingest.kept_rows import open_records

# ruff: noqa: S608 (names of our own tables)

Writer = Callable[[str, str | bytes], Path]
FILES = (
    *("unvotes.csv", "unvotes-roll-calls.csv", "unvotes-issues.csv"),
    *("un-votes-voeten.csv", "un-digital-library.csv", "un-votes-wide.csv"),
    *("un-ideal-points.csv", "un-ideal-points-middle-east.csv"),
    *("gdelt-mentions.csv", "gdelt-mentions-raw.tsv"),
    *("gdelt-cameo-codes.json", "ccc-places.csv", "gdelt-labels.csv"),
)
_LETTERS = {"Y": "yes", "N": "no", "A": "abstain", "X": "absent"}
_STATES = ("AFGHANISTAN", "BRAZIL", "CHINA", "FRANCE", "NAMIBIA", "TÜRKIYE")


@contextmanager
def _fresh() -> Iterator[Workspace]:
    with (
        TemporaryDirectory() as folder,
        Workspace.open(Path(folder) / "w", create=True) as workspace,
    ):
        yield workspace


def _rows(workspace: Workspace, table: str) -> list[dict[str, Any]]:
    """Read a table without what is null or empty, and without its source."""
    order = dict.fromkeys(("record_no", *CONTRACTS[table].key[1:]))
    found = workspace.arrays(
        "SELECT CAST(to_json(r) AS VARCHAR) AS row FROM (SELECT * EXCLUDE "
        f"(snapshot_id, source_id) FROM {table} ORDER BY {', '.join(order)}) AS r"
    )
    rows = [json.loads(row) for row in found["row"]]
    return [{k: v for k, v in row.items() if v not in (None, [])} for row in rows]


def _tables(workspace: Workspace) -> dict[str, list[dict[str, Any]]]:
    present = workspace.tables()
    return {name: _rows(workspace, name) for name in CONTRACTS if name in present}


def _findings(result: IngestResult) -> Counter[str]:
    counts: Counter[str] = Counter()
    for finding in result.findings:
        counts[finding.kind] += finding.n
    return counts


@pytest.mark.parametrize("name", FILES)
def test_golden_files_give_their_rows(
    workspace: Workspace, golden: Path, name: str
) -> None:
    path = golden / name
    expected = json.loads(path.with_suffix(".expected.json").read_text("utf-8"))
    result = ingest_file(workspace, path)
    assert _tables(workspace) == expected["tables"]
    assert {line.reason: line.n for line in result.rows.lines} == expected["rows"]
    assert {memo.reason: memo.n for memo in result.rows.memos} == expected["memos"]
    assert _findings(result) == expected["findings"]
    view = open_records(workspace, result.snapshot.snapshot_id)
    assert workspace.count(view) == result.rows.rows_in
    assert len(result.columns) == len(workspace.columns(view)) - 1
    again = ingest_file(workspace, path)
    assert not again.is_new
    assert (again.rows, again.findings) == (result.rows, result.findings)
    assert _tables(workspace) == expected["tables"]


def test_files_of_all_forms_lie_side_by_side_and_are_no_reports(
    workspace: Workspace, golden: Path
) -> None:
    results = [ingest_file(workspace, golden / name) for name in FILES]
    ingest_file(workspace, golden / "ccc-phase3.csv")
    *others, reports = workspace.snapshot_ids()
    assert [feeds_reports(workspace, one) for one in others] == [False] * len(FILES)
    assert [one.snapshot_id for one in choose_snapshots(workspace)] == [reports]
    with pytest.raises(UsageError, match="holds no reports"):
        choose_snapshots(workspace, [others[0]])
    assert not any(result.snapshot.source.records_protests for result in results)
    assert {result.rows.n("record") for result in results[-2:]} == {2}


@pytest.mark.parametrize(
    ("name", "table"), [("unvotes.csv", "vote"), ("gdelt-mentions.csv", "mention")]
)
def test_a_row_that_was_changed_later_is_named(
    workspace: Workspace, golden: Path, name: str, table: str
) -> None:
    snapshot = ingest_file(workspace, golden / name).snapshot
    kept = read_kept(workspace, snapshot.snapshot_id)

    def changed() -> tuple[str, ...]:
        return changed_parts(
            workspace,
            snapshot.snapshot_id,
            sha256=snapshot.sha256,
            kept=kept.digests,
        )

    assert changed() == ()
    workspace.create(
        Step(
            name="change a row",
            inputs=(table,),
            output=table,
            sql=f"SELECT * REPLACE (record_no + 1 AS record_no) FROM {table}",
        )
    )
    assert changed() == (
        f"The rows of {snapshot.snapshot_id} were changed after it was taken.",
    )


def test_seats_are_those_of_the_official_list() -> None:
    seats = un_seats()
    today = [seat for seat, held in seats.items() if held[-1].days.last is None]
    assert len(today) == 193
    several = {
        seat: [one.state for one in held]
        for seat, held in seats.items()
        if {one.state for one in held} != {seat}
    }
    assert several == {
        "CHN": ["TWN", "CHN"],
        "RUS": ["SUN", "RUS"],
        "SRB": ["YUG", "SCG", "SRB"],
    }


@pytest.mark.parametrize(
    ("seat", "years"),
    [
        ("SSD", {2011: False, 2012: True}),
        ("ZAF", {1973: True, 1974: False, 1980: False, 1994: False, 1995: True}),
        ("DDR", {1973: False, 1974: True, 1989: True, 1990: False}),
        ("IDN", {1964: True, 1965: False, 1966: False, 1967: True}),
        ("CHN", {1945: False, 1946: True, 1971: True, 1972: True}),
        ("RUS", {1990: True, 1991: True, 1992: True}),
        ("SRB", {1991: True, 1992: False, 2000: False, 2003: True, 2006: True}),
    ],
)
def test_a_seat_takes_part_in_whole_years(seat: str, years: dict[int, bool]) -> None:
    held = un_seats()[seat]
    assert {year: takes_part(held, year=year) for year in years} == years


def _digital_library(rows: list[tuple[str, str, str, str]], *, tally: int) -> str:
    """Write an export: roll call, day, name of a state, letter of its vote."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(
        (
            *("undl_id", "ms_code", "ms_name", "ms_vote", "date", "session"),
            *("resolution", "total_yes"),
        )
    )
    for rcid, day, state, letter in rows:
        writer.writerow([rcid, "", state, letter, day, "1", f"A/RES/{day}", tally])
    return out.getvalue()


def test_what_is_odd_in_votes_is_found_and_named(
    workspace: Workspace, write: Writer
) -> None:
    days = [f"{year}-03-{day:02}" for year in (2012, 2013, 2014) for day in range(1, 21)]
    rows = [
        (str(number), day, state, "Y")
        for number, day in enumerate(days)
        for state in _STATES
        if state != "FRANCE" or not day.startswith("2013")
    ]
    rows += [("x", days[0], state, "Y") for state in _STATES]
    rows += [("y", "1950-01-01", "NAMIBIA", "N"), ("y", "1950-01-01", "NAMIBIA", "N")]
    rows.append(("y", "1950-01-01", "NAMIBIA", "A"))
    result = ingest_file(workspace, write("x.csv", _digital_library(rows, tally=6)))
    found = {finding.kind: finding for finding in result.findings}
    assert found["roll-call-repeated"].n == 1
    assert found["roll-call-repeated"].examples[0].endswith("roll call x, as 0")
    assert found["vote-repeated"].n == 1
    assert found["vote-differs"].n == 1
    assert found["vote-of-no-member"].n == 3
    assert found["vote-of-no-member"].examples[0].endswith("NAM on 1950-01-01")
    assert found["tally-differs"].n == 21
    assert found["tally-differs"].examples[0].endswith("6 official, 5 among the votes")
    gaps = found["state-missing"]
    assert gaps.n > 500
    calls = _rows(workspace, "roll_call")
    assert [c["duplicate_of"] for c in calls if "duplicate_of" in c] == ["0"]
    votes = _rows(workspace, "vote")
    assert [v["duplicate_of"] for v in votes if "duplicate_of" in v] == [len(rows) - 2]
    assert len(votes) == result.rows.counted == len(rows)


def test_the_code_that_holds_a_seat_now_stands_for_those_before(
    workspace: Workspace, write: Writer
) -> None:
    votes = [
        *(("1960-03-01", "CHN"), ("1960-03-01", "TWN"), ("1980-03-01", "TWN")),
        *(("1971-10-25", "CHN"), ("1980-03-01", "RUS"), ("1991-12-23", "SUN")),
        *(("1991-12-24", "SUN"), ("1991-12-24", "RUS"), ("2005-03-01", "SRB")),
        *(("1966-09-27", "IDN"), ("1966-09-28", "IDN"), ("1964-04-26", "ZAN")),
        *(("1964-04-27", "ZAN"), ("1945-12-27", "BEL"), ("1980-03-01", "ZAF")),
    ]
    rows = [(str(n), day, state, "Y") for n, (day, state) in enumerate(votes)]
    result = ingest_file(workspace, write("x.csv", _digital_library(rows, tally=1)))
    (found,) = [f for f in result.findings if f.kind == "vote-of-no-member"]
    assert [words.split(": ")[1] for words in found.examples] == [
        *("TWN on 1980-03-01", "SUN on 1991-12-24"),
        *("IDN on 1966-09-27", "ZAN on 1964-04-27"),
    ]


def test_a_member_that_lacks_for_a_year_is_named(
    workspace: Workspace, write: Writer
) -> None:
    days = [f"{year}-03-{day:02}" for year in (2012, 2013, 2014) for day in range(1, 21)]
    lacking = ("FRA", "TUR")
    states = bloc_members("un", on=date(2014, 3, 20))
    rows = [
        (str(number), day, state, "Y")
        for number, day in enumerate(days)
        for state in states
        if state not in lacking or (state == "FRA" and day < "2013-01-01")
    ]
    result = ingest_file(workspace, write("x.csv", _digital_library(rows, tally=191)))
    (gap,) = [f for f in result.findings if f.kind == "state-missing"]
    assert (gap.n, gap.examples) == (5, ("TUR: 2012 to 2014", "FRA: 2013 to 2014"))


def test_a_state_that_lacks_in_many_roll_calls_is_named_without_days(
    workspace: Workspace, write: Writer
) -> None:
    rows = [
        f"{number},{name},{code},yes"
        for number in range(1, 401)
        for name, code in (("Brazil", "BR"), ("Namibia", "NA"))
        if code == "BR" or not 100 < number <= 300
    ]
    text = "\n".join(["rcid,country,country_code,vote", *rows])
    result = ingest_file(workspace, write("votes.csv", text))
    (gap,) = [f for f in result.findings if f.kind == "state-missing"]
    assert (gap.n, gap.examples) == (2, ("NAM: roll call 101 of the file to 300",))


_MATRIX = st.lists(
    st.lists(st.sampled_from("YNAX"), min_size=len(_STATES), max_size=len(_STATES)),
    min_size=1,
    max_size=6,
)


@given(matrix=_MATRIX, seed=st.integers(0, 99))
@settings(max_examples=15)
def test_the_wide_and_the_long_form_give_the_same_votes(
    matrix: list[list[str]], seed: int
) -> None:
    days = [f"2012-03-{number + 1:02}" for number in range(len(matrix))]
    wide = io.StringIO()
    writer = csv.writer(wide)
    writer.writerow(["undl_id", "date", "session", "resolution", *_STATES])
    long: list[tuple[str, str, str, str]] = []
    for number, (day, letters) in enumerate(zip(days, matrix, strict=True)):
        writer.writerow([number, day, "1", f"A/RES/{day}", *letters])
        long += [(str(number), day, s, v) for s, v in zip(_STATES, letters, strict=True)]
    random.Random(seed).shuffle(long)  # noqa: S311 (made up)
    found = []
    for text in (wide.getvalue(), _digital_library(long, tally=0)):
        with _fresh() as workspace:
            path = workspace.folder.parent / "votes.csv"
            path.write_text(text, "utf-8")
            result = ingest_file(workspace, path)
            votes = _rows(workspace, "vote")
            found.append(sorted((v["rcid"], v["country"], v["vote"]) for v in votes))
            counts = Counter(v["vote"] for v in votes)
            memos = {memo.reason: memo.n for memo in result.rows.memos}
            assert {word: memos[word] for word in counts} == counts
    assert found[0] == found[1]
    assert Counter(vote for _, _, vote in found[0]) == Counter(
        _LETTERS[letter] for letters in matrix for letter in letters
    )


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[vote]\nrcid = 'r'", "nothing feeds 'vote'"),
        ("[vote]\nvote = 'v'", "nothing feeds 'rcid'"),
        ("[vote]\nrcid = 'r'\nvote = 'v'\ncountry = 'c'", "country"),
        ("[vote]\nrcid = 'r'\nvote = { column = 'v', codes = 'x' }", "'x'"),
        (
            "[vote]\nrcid = 'r'\nvote = { column = 'v', codes = 'x' }\n"
            "[codes.x]\n1 = 'aye'",
            "'aye'",
        ),
        (
            "[vote]\nrcid = 'r'\nvote = 'v'\nstate_code = { column = 'c', system = 'x' }",
            "x",
        ),
        ("[roll_call]\nrcid = 'r'\ndate = 'd'", "order"),
        ("[roll_call]\nrcid = { value = '' }", "empty"),
        ("[roll_call]\nrcid = {}", "names no column"),
        ("[roll_call]\nrcid = 'r'\n[report]\ndate = 'd'", "does not go with"),
        ("[ideal_point]\npoint = 'p'", "nothing feeds 'session'"),
        ("table = 'votes'", "look-up table"),
        ("table = 'record'\n[vote]\nrcid = 'r'\nvote = 'v'", "look-up table"),
        (
            "[roll_call_issue]\nrcid = 'r'\nacross = { columns = ['me'], names = 'x' }",
            "names",
        ),
    ],
)
def test_mappings_of_other_tables_are_checked(text: str, words: str) -> None:
    with pytest.raises(DefinitionError) as raised:
        parse_mapping(text, name="m.toml", is_shipped=False)
    assert words in str(raised.value) + raised.value.allowed + raised.value.todo


def test_a_mapping_of_a_user_reads_a_table_of_votes(
    workspace: Workspace, write: Writer
) -> None:
    path = write(
        "v.csv", "call,who,how\n1,Brazil,in favour\n1,Chile,against\n1,Georgia,for\n"
    )
    mapping = write("m.toml", "[vote]\nrcid = 'call'\nstate_text = 'who'\nvote = 'how'\n")
    result = ingest_file(workspace, path, mapping=mapping)
    assert [(v["country"], v["vote"]) for v in _rows(workspace, "vote")] == [
        *(("BRA", "yes"), ("CHL", "no"), ("GEO", "yes")),
    ]
    assert result.snapshot.source.source_id == "own"
    lacking = write("m2.toml", mapping.read_text("utf-8").replace("'who'", "'whom'"))
    with pytest.raises(InputError, match="whom"):
        ingest_file(workspace, path, mapping=lacking)


def test_an_edition_without_issues_is_read(
    workspace: Workspace, golden: Path, write: Writer
) -> None:
    with (golden / "un-votes-voeten.csv").open(encoding="utf-8", newline="") as file:
        rows = [row[:15] for row in csv.reader(file)]
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    result = ingest_file(workspace, write("v.csv", out.getvalue()))
    assert result.rows.n("vote") == 12
    assert workspace.count("roll_call_issue") == 0


def test_a_table_with_a_column_for_each_roll_call_is_read(
    workspace: Workspace, write: Writer
) -> None:
    path = write("v.csv", "state,R1,R2,note\nBrazil,Y,N,\nNamibia,X,,x\n")
    mapping = write(
        "m.toml",
        "[vote]\nstate_text = 'state'\n"
        "across = { columns = ['R#'], names = 'rcid', cells = 'vote' }",
    )
    result = ingest_file(workspace, path, mapping=mapping)
    assert [(v["rcid"], v["country"], v["vote"]) for v in _rows(workspace, "vote")] == [
        ("R1", "BRA", "yes"),
        ("R2", "BRA", "no"),
        ("R1", "NAM", "absent"),
    ]
    assert (result.rows.n("record"), result.rows.rows_in) == (2, 2)
    used = {column.column: bool(column.target) for column in result.columns}
    assert used == {"state": True, "R1": True, "R2": True, "note": False}


def test_a_column_named_as_a_state_is_one_whatever_it_holds(
    workspace: Workspace, write: Writer
) -> None:
    path = write("v.csv", "call,Georgia,Texas\n1,Y,N\n2,odd,odd\n")
    mapping = write(
        "m.toml",
        "[vote]\nrcid = 'call'\nacross = { names = 'state_text', cells = 'vote' }",
    )
    result = ingest_file(workspace, path, mapping=mapping)
    votes = _rows(workspace, "vote")
    assert [(v["rcid"], v["country"], v.get("vote")) for v in votes] == [
        *(("1", "GEO", "yes"), ("2", "GEO", None)),
    ]
    assert [c.column for c in result.columns if not c.target] == ["Texas"]


def _records_are(
    workspace: Workspace, result: IngestResult, rows: list[list[str]]
) -> None:
    view = open_records(workspace, result.snapshot.snapshot_id)
    names = [name for name, _ in workspace.columns(view)][1:]
    shown = ", ".join(f"{quoted(name)} AS c{i}" for i, name in enumerate(names))
    found = workspace.arrays(f"SELECT {shown} FROM {view} ORDER BY record_no")
    assert [list(row) for row in zip(*found.values(), strict=True)] == rows


@pytest.mark.reference
@pytest.mark.parametrize(
    ("name", "table", "n_rows", "n_columns", "used"),
    [
        ("unga/un_votes.parquet", "vote", 870_109, 4, 4),
        ("unga/un_roll_calls.parquet", "roll_call", 6_203, 9, 9),
        ("unga/un_roll_call_issues.csv", "roll_call_issue", 5_745, 3, 3),
        ("unga/UNVotesPublished.parquet", "vote", 1_066_613, 16, 14),
        ("unga/IdealpointestimatesAll_Apr2020.csv", "ideal_point", 10_469, 14, 12),
        ("unga/IdealpointestimatesMiddleEast_Apr2020.csv", "ideal_point", 7_896, 14, 12),
        ("gdelt/mentionssamp.csv", "mention", 1_635, 16, 15),
        ("gdelt/cameoCodes.json", "record", 1, 3, 0),
        ("ccc/official/location_lookup.csv", "record", 10_432, 8, 0),
        (
            *("gdelt/GDELT_2.0_Events_Column_Labels_Header_Row_Sep2016.csv", "record"),
            *(61, 4, 0),
        ),
    ],
)
def test_files_of_others_are_accounted_for(
    workspace: Workspace,
    reference_data: Path,
    *,
    name: str,
    table: str,
    n_rows: int,
    n_columns: int,
    used: int,
) -> None:
    path = reference_data / name
    result = ingest_file(workspace, path)
    assert (result.rows.rows_in, result.rows.n(table)) == (n_rows, n_rows)
    assert len(result.columns) == n_columns
    assert sum(bool(column.target) for column in result.columns) == used
    if table in CONTRACTS:
        assert workspace.count(table) == n_rows
    if path.suffix == ".csv":
        text = path.read_bytes().decode("utf-8", "groundswell-windows-1252")
        rows = list(csv.reader(io.StringIO(text, newline="")))[1:]
        _records_are(workspace, result, rows)


@pytest.mark.reference
def test_the_votes_of_unvotes(workspace: Workspace, reference_data: Path) -> None:
    result = ingest_file(workspace, reference_data / "unga" / "un_votes.parquet")
    memos = {memo.reason: memo.n for memo in result.rows.memos}
    assert (memos["yes"], memos["no"], memos["abstain"]) == (693_664, 65_548, 110_897)
    assert (memos["absent"], memos["not-member"]) == (0, 0)
    found = workspace.arrays(
        "SELECT count(*) AS n, count(DISTINCT rcid) AS calls, "
        "count(DISTINCT country) AS states, count(*) FILTER (country = 'NAM') AS nam, "
        "count(*) FILTER (country IS NULL) AS unknown FROM vote"
    )
    assert {name: int(value[0]) for name, value in found.items()} == {
        "n": 870_109,
        "calls": 6_203,
        "states": 197,
        "nam": 2_455,
        "unknown": 2,
    }
    gaps = next(f for f in result.findings if f.kind == "state-missing")
    assert gaps.examples[0].startswith("ZAF")


@pytest.mark.reference
def test_the_votes_as_voeten_publishes_them(
    workspace: Workspace, reference_data: Path
) -> None:
    path = reference_data / "unga" / "UNVotesPublished.parquet"
    result = ingest_file(workspace, path)
    assert {memo.reason: memo.n for memo in result.rows.memos} == {
        "roll_call": 5_429,
        "roll_call_issue": 5_182,
        "yes": 588_800,
        "abstain": 95_099,
        "no": 54_865,
        "absent": 73_328,
        "not-member": 254_521,
    }
    counts = _findings(result)
    assert counts["member-differs"] == 2_223
    assert counts["roll-call-differs"] == 0
    assert counts["vote-differs"] == counts["vote-repeated"] == 0
    assert counts["state-unknown"] == 0
    found = workspace.arrays(
        "SELECT v.country, min(c.date) AS first, max(c.date) AS last FROM vote AS v "
        "JOIN roll_call AS c ON c.rcid = v.rcid WHERE v.vote IN ('yes', 'no', 'abstain') "
        "AND v.country IN ('SUN', 'RUS', 'YUG', 'SRB') GROUP BY v.country ORDER BY 1"
    )
    assert list(found["country"]) == ["RUS", "SRB", "SUN", "YUG"]
    assert str(found["last"][2]) < str(found["first"][0])


@pytest.mark.reference
def test_the_ideal_points_as_published(
    workspace: Workspace, reference_data: Path
) -> None:
    for agenda in ("All", "MiddleEast"):
        name = f"Idealpointestimates{agenda}_Apr2020.csv"
        ingest_file(workspace, reference_data / "unga" / name)
    found = workspace.arrays(
        "SELECT agenda, count(*) AS n, min(session) AS first, max(session) AS last, "
        "count(*) FILTER (country IS NULL) AS unknown, "
        "count(*) FILTER (quantile_5 > quantile_95) AS odd "
        "FROM ideal_point GROUP BY agenda ORDER BY agenda"
    )
    rows = [tuple(row) for row in zip(*found.values(), strict=True)]
    assert rows[0][:2] == ("all", 10_469)
    assert rows[1][:2] == ("middle-east", 7_896)
    assert [row[2:] for row in rows] == [(1, 74, 0, 0), (29, 74, 0, 0)]
