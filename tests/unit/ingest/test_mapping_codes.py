"""Codes, intervals, parts of dates, precision and selection, as mappings state them."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from groundswell.core.errors import DefinitionError, InputError, UsageError
from groundswell.core.sources import IngestResult
from groundswell.engine import Workspace
from groundswell.ingest import ingest_file
from groundswell.ingest.mapping_file import parse_mapping

Reports = Callable[[], list[dict[str, Any]]]
Writer = Callable[[str, str | bytes], Path]
_DATE = '[report]\ndate = { column = "d", order = "ymd" }\n'
_PARTS = 'date = { columns = ["y", "m", "t"], order = "parts" }\n'


def _read(
    workspace: Workspace,
    write: Writer,
    mapping: str,
    rows: str,
    *,
    select: tuple[str, ...] = (),
) -> IngestResult:
    path = write("x.csv", rows)
    return ingest_file(workspace, path, mapping=write("m.toml", mapping), select=select)


def _found(result: IngestResult, kind: str) -> list[tuple[int, tuple[str, ...]]]:
    return [(f.n, f.examples) for f in result.findings if f.kind == kind]


@pytest.mark.parametrize(
    ("cells", "start", "end", "precision"),
    [
        ("1968,4,9", "1968-04-09", "1968-04-09", "day"),
        ("1968,04,09", "1968-04-09", "1968-04-09", "day"),
        ("1968.0,4.0,9.0", "1968-04-09", "1968-04-09", "day"),
        ("1968,4,0", "1968-04-01", "1968-04-30", "month"),
        ("1968,4,-99", "1968-04-01", "1968-04-30", "month"),
        ("1968,99,9", "1968-01-01", "1968-12-31", "year"),
        ("1968,,", "1968-01-01", "1968-12-31", "year"),
    ],
)
def test_dates_in_parts(
    workspace: Workspace,
    write: Writer,
    reports: Reports,
    cells: str,
    start: str,
    end: str,
    precision: str,
) -> None:
    _read(workspace, write, f"[report]\n{_PARTS}", f"y,m,t\n{cells}\n")
    (report,) = reports()
    found = report["date_start"], report["date_end"], report["date_precision"]
    assert found == (start, end, precision)


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        ("1968,2,31", "date-unread"),
        ("1968,April,3", "date-unread"),
        ("2968,2,1", "date-out-of-range"),
        (",2,1", "undated"),
    ],
)
def test_parts_that_are_no_date_are_counted(
    workspace: Workspace, write: Writer, cells: str, kind: str
) -> None:
    result = _read(workspace, write, f"[report]\n{_PARTS}", f"y,m,t\n{cells}\n")
    assert [n for n, _ in _found(result, kind)] == [1]
    assert result.rows.n("report") == 1


def test_a_century_for_years_of_two_digits(
    workspace: Workspace, write: Writer, reports: Reports
) -> None:
    mapping = '[report]\ndate = { columns = ["y"], order = "parts", century = 1900 }'
    _read(workspace, write, mapping, "y,x\n68,a\n1970,b\n")
    assert [report["date_start"] for report in reports()] == ["1968-01-01", "1970-01-01"]


def test_durations_give_the_last_day(
    workspace: Workspace, write: Writer, reports: Reports
) -> None:
    mapping = f'{_DATE}duration_days = "n"'
    rows = "d,n\n2020-02-28,3\n2020-02-28,1\n2020-02-28,\n2020-02-28,99999\n2020-02,3\n"
    result = _read(workspace, write, mapping, rows)
    ends = [report["date_end"] for report in reports()]
    assert ends == ["2020-03-01", "2020-02-28", "2020-02-28", "2020-02-28", "2020-02-29"]
    assert _found(result, "duration-unread") == [(1, ("row 4: 99999",))]


def test_precision_widens_a_day_that_stands_for_more(
    workspace: Workspace, write: Writer, reports: Reports
) -> None:
    mapping = (
        f'{_DATE}date_precision = {{ column = "p", codes = "time" }}\n'
        'place_precision = { column = "g", codes = "geo" }\nlocality = "town"\n'
        '[codes.time]\n1 = "day"\n2 = "week"\n3 = "month"\n4 = "year"\n'
        '[codes.geo]\n1 = "locality"\n3 = "admin1"\n'
    )
    rows = "d,p,g,town\n" + "".join(
        f"2024-02-15,{p},{g},x\n" for p, g in [(1, 1), (2, 3), (3, 1), (4, 7), (9, 1)]
    )
    result = _read(workspace, write, mapping, rows)
    found = [
        (r["date_start"], r["date_end"], r["date_precision"], r["place_precision"])
        for r in reports()
    ]
    assert found == [
        ("2024-02-15", "2024-02-15", "day", "locality"),
        ("2024-02-09", "2024-02-21", "week", "admin1"),
        ("2024-02-01", "2024-02-29", "month", "locality"),
        ("2024-01-01", "2024-12-31", "year", "locality"),
        ("2024-02-15", "2024-02-15", "day", "locality"),
    ]
    assert sorted(_found(result, "code-unread")) == [
        (1, ("row 4: 7",)),
        (1, ("row 5: 9",)),
    ]


def test_a_last_day_that_is_given_is_not_widened(
    workspace: Workspace, write: Writer, reports: Reports
) -> None:
    mapping = (
        f'{_DATE}date_end = {{ column = "e", order = "ymd" }}\n'
        'date_precision = { column = "p", codes = "time" }\n[codes.time]\n3 = "week"\n'
    )
    _read(workspace, write, mapping, "d,e,p\n2024-02-12,2024-02-18,3\n")
    (report,) = reports()
    assert (report["date_start"], report["date_end"]) == ("2024-02-12", "2024-02-18")
    assert report["date_precision"] == "week"


def test_codes_become_words_and_intervals(
    workspace: Workspace, write: Writer, reports: Reports
) -> None:
    mapping = f"""
        {_DATE}
        tactics = {{ columns = ["f1", "f2"], codes = "form" }}
        claims_summary = {{ columns = ["c1", "c2"], codes = "form", joined_by = " and " }}
        size_low = {{ column = "n", codes = "n" }}
        size_high = {{ column = "n", codes = "n" }}
        registered_low = "told"
        n_killed = "dead"
        source_event_id = "id"
        [codes.form]
        1 = "march"
        02 = "strike"
        [codes.n]
        1 = [1, 9]
        7 = [1000001, -1]
    """
    rows = (
        "d,f1,f2,c1,c2,n,told,dead,id\n"
        "2024-02-01,1.0,,1,02,1,500,2,A\n2024-02-01,02,8,,02,7,,,A\n"
        "2024-02-01,1,1,1,,5,,,B\n"
    )
    result = _read(workspace, write, mapping, rows)
    first, second, third = reports()
    assert first["tactics"] == ["march"]
    assert second["tactics"] == ["strike", "8"]
    assert first["claims_summary"] == "march and strike"
    assert second["claims_summary"] == "strike"
    assert (first["size_low"], first["size_high"]) == (1, 9)
    assert (second["size_low"], second.get("size_high")) == (1_000_001, None)
    assert "size_low" not in third
    assert (first["registered_low"], first["registered_high"]) == (500, 500)
    assert (first["n_killed_low"], first["n_killed_high"]) == (2, 2)
    assert first["source_event_id"] == second["source_event_id"] == "A"
    unread = {
        words for _, examples in _found(result, "code-unread") for words in examples
    }
    assert unread == {"row 2: 8", "row 3: 5"}


def test_what_stands_between_two_texts(
    workspace: Workspace, write: Writer, reports: Reports
) -> None:
    mapping = (
        '[missing]\nalso = ["no report"]\n'
        f'{_DATE}size_text = {{ columns = ["tags", "notes"], '
        'between = ["size=", "]", ";"] }'
    )
    rows = (
        "d,tags,notes\n"
        "2024-02-01,,They came [size=around 300] and left [size=2].\n"
        "2024-02-01,crowd SIZE=between 20 and 30,[size=9]\n"
        "2024-02-01,size=no report,\n2024-02-01,,no words\n"
        "2024-02-01,,cut [size=about 40\n"
    )
    result = _read(workspace, write, mapping, rows)
    assert [report.get("size_text") for report in reports()] == [
        *("around 300", "between 20 and 30", None, None, "about 40"),
    ]
    assert not _found(result, "size-unread")


def test_codes_of_states_by_system_and_day(
    workspace: Workspace, write: Writer, reports: Reports
) -> None:
    mapping = f'{_DATE}country = {{ column = "c", system = "cow" }}'
    rows = "d,c\n1970-05-01,265\n2001-05-01,255\n1975-05-01,345\n2010-05-01,345\n"
    result = _read(workspace, write, mapping, rows + "2001-05-01,9999\n")
    found = [report.get("country") for report in reports()]
    assert found == ["DDR", "DEU", "YUG", "SRB", None]
    assert _found(result, "country-unknown") == [(1, ("row 5: 9999",))]


def test_names_of_states_by_day(
    workspace: Workspace, write: Writer, reports: Reports
) -> None:
    mapping = f'{_DATE}country = "c"'
    rows = "d,c\n1985-05-01,Russia (Soviet Union)\n2010-05-01,Russia (Soviet Union)\n"
    result = _read(workspace, write, mapping, rows + "soon,Russia (Soviet Union)\n")
    assert [report.get("country") for report in reports()] == ["SUN", "RUS", None]
    assert [n for n, _ in _found(result, "country-unknown")] == [1]


def test_rows_of_other_kinds_are_kept_as_records(
    workspace: Workspace, write: Writer, reports: Reports
) -> None:
    mapping = (
        f'{_DATE}[select]\ncolumn = "code"\nvalues = ["14*", "Riots"]\nlabel = "others"\n'
    )
    rows = "d,code\n2024-02-01,14\n2024-02-01,145\n2024-02-01,riots\n2024-02-01,\n"
    result = _read(workspace, write, mapping, rows + "2024-02-01,140 \n2024-02-01,214\n")
    assert [report["record_no"] for report in reports()] == [1, 2, 3, 5]
    (line,) = [line for line in result.rows.lines if line.reason == "not-selected"]
    assert (line.label, line.n) == ("others", 2)


def test_a_user_chooses_other_kinds(
    workspace: Workspace, write: Writer, reports: Reports
) -> None:
    mapping = f'{_DATE}[select]\ncolumn = "code"\nvalues = ["14*"]\n'
    rows = "d,code\n2024-02-01,14\n2024-02-01,18\n"
    _read(workspace, write, mapping, rows, select=("18", "19"))
    assert [report["record_no"] for report in reports()] == [2]
    with pytest.raises(UsageError, match="read with another"):
        _read(workspace, write, mapping, rows)
    with pytest.raises(UsageError, match="one kind alone"):
        _read(workspace, write, _DATE, rows.replace("18", "19"), select=("*",))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("tactics = { column = 'x', codes = 'none' }", "no table of that name"),
        ("size_low = { column = 'x', codes = 'w' }\n[codes.w]\n1 = 'a'", "other kind"),
        ("title = { column = 'x', codes = 'n' }\n[codes.n]\n1 = [1, 2]", "other kind"),
        ("date_precision = 'x'", "needs the codes"),
        (
            "date_precision = { column = 'x', codes = 'w' }\n[codes.w]\n1 = 'a'",
            "no preci",
        ),
        ("size_low = { column = 'x', codes = 'n' }\n[codes.n]\n1 = [2, 1]", "low, high"),
        ("size_low = { column = 'x', codes = 'n' }\n[codes.n]\n1 = [2]", "low, high"),
        ("country = { column = 'x', system = 'fifa' }", "fifa"),
        ("title = { column = 'x', system = 'cow' }", "system"),
        ("size_text = { column = 'x', between = '[' }", "two texts"),
        ("title = { column = 'x', items = [1, 0], separator = ',' }", "and a separator"),
        ("title = { column = 'x', items = [1], separator = ',' }", "and a separator"),
        ("title = { column = 'x', items = [1, 1] }", "and a separator"),
        ("title = { column = 'x', separator = ',' }", "which items"),
        ("title = { columns = ['x', 'y'], first = 'full' }", "filled"),
        (
            "n_killed_low = { column = 'x', codes = 'w' }\n[codes.w]\n1 = 'a'",
            "other kind",
        ),
        ("date_end = { columns = ['a','b','c','e'], order = 'parts' }", "more than year"),
        ("date_end = { columns = ['a'], order = 'parts', century = 19 }", "1900"),
        ("title = { column = 'x', paired = { value = 'w' } }", "column"),
        ("tactics = { column = 'x', paired = { column = 'y' } }", "paired"),
        ("title = { column = 'x', paired = { column = 'y', codes = 'w' } }", "no table"),
        ("title = { columns = ['x', 'y'], added = true }", "added"),
        ("n_killed_low = { columns = ['x', 'y'], added = 'yes' }", "true or false"),
        ("title = { column = 'x', when = { values = ['1'] } }", "column"),
        ("[select]\ncolumn = 'x'", "values"),
        ("[select]\nvalues = ['x']", "column"),
    ],
)
def test_wrong_codes_are_named(text: str, words: str) -> None:
    with pytest.raises(DefinitionError, match=words):
        parse_mapping(_DATE + text, name="mine.toml", is_shipped=False)


@pytest.mark.parametrize(
    ("cell", "detail", "town", "state"),
    [
        ("Pier 3, Eyrarfoss, OH", "Pier 3", "Eyrarfoss", "OH"),
        ("Hall, East Side, Eyrarfoss, OH", "Hall, East Side", "Eyrarfoss", "OH"),
        ("Eyrarfoss,OH", None, "Eyrarfoss", "OH"),
        ("Ohio", None, None, "OH"),
        (", OH", None, None, "OH"),
    ],
)
def test_items_of_a_cell(
    workspace: Workspace,
    write: Writer,
    reports: Reports,
    cell: str,
    detail: str | None,
    town: str | None,
    state: str,
) -> None:
    mapping = (
        f"{_DATE}country = {{ value = 'United States' }}\n"
        "place_detail = { column = 'at', separator = ',', items = [1, -3] }\n"
        "locality = { column = 'at', separator = ',', items = [-2, -2] }\n"
        "admin1 = { column = 'at', separator = ',', items = [-1, -1] }\n"
    )
    _read(workspace, write, mapping, f'd,at\n2020-02-03,"{cell}"\n')
    (report,) = reports()
    places = ("place_detail", "locality", "admin1")
    assert [report.get(name) for name in places] == [detail, town, state]


def test_the_first_cell_that_is_filled(
    workspace: Workspace, write: Writer, reports: Reports
) -> None:
    mapping = f"{_DATE}size_text = {{ columns = ['n', 'class'], first = 'filled' }}\n"
    rows = "d,n,class\n2020-02-03,1000s,>10000\n2020-02-03,,50-99\n2020-02-03,NA,\n"
    _read(workspace, write, mapping, rows)
    assert [row.get("size_text") for row in reports()] == ["1000s", "50-99", None]


def test_numbers_of_two_columns(
    workspace: Workspace, write: Writer, reports: Reports
) -> None:
    mapping = f"{_DATE}n_killed_low = 'low'\nn_killed_high = 'high'\n"
    rows = (
        "d,low,high\n2020-02-03,1,4\n2020-02-03,9,2\n2020-02-03,,3\n2020-02-03,lots,0\n"
    )
    result = _read(workspace, write, mapping, rows)
    ends = [(row.get("n_killed_low"), row.get("n_killed_high")) for row in reports()]
    assert ends == [(1, 4), (2, 9), (None, 3), (None, 0)]
    assert _found(result, "n-killed-low-above-high") == [(1, ("row 2: 9 and 2",))]
    assert _found(result, "number-unread") == [(1, ("row 4: lots",))]


def test_of_several_sources_the_one_that_covers_the_rows_is_chosen(
    workspace: Workspace, write: Writer
) -> None:
    mapping = (
        "source = ['scad-africa', 'scad-latin-america']\n"
        f"{_DATE}country = {{ column = 'c', system = 'cow' }}\n"
    )
    for codes, name in (
        (("501", "40", "501"), "scad-africa"),
        (("501", "40", "41"), "scad-latin-america"),
    ):
        rows = "".join(f"2020-02-0{n},{code}\n" for n, code in enumerate(codes, start=1))
        rows = rows.replace("2020", "2010")
        result = _read(workspace, write, mapping, f"d,c\n{rows}")
        assert result.snapshot.source.source_id == name


def test_cells_that_count_only_where_another_says_so(
    workspace: Workspace, write: Writer, reports: Reports
) -> None:
    mapping = (
        f'{_DATE}locality = {{ column = "name", separator = ", ", items = [1, 1], '
        'when = { column = "kind", values = ["3", "4"] } }'
    )
    rows = 'd,name,kind\n2024-02-01,"A, B",3\n2024-02-01,"A, B",2\n2024-02-01,"A, B",\n'
    _read(workspace, write, mapping, rows)
    assert [report.get("locality") for report in reports()] == ["A", None, None]


def test_each_code_with_what_another_column_says_of_it(
    workspace: Workspace, write: Writer, reports: Reports
) -> None:
    mapping = (
        f'{_DATE}claims_summary = {{ columns = ["claim#"], codes = "claim", '
        'joined_by = "; ", '
        'paired = { column = "val#", codes = "valence", value = "unsaid" } }\n'
        '[codes.claim]\n7 = "a tunnel"\n8 = "a bridge"\n'
        '[codes.valence]\n1 = "for"\n2 = "against"\n'
    )
    # the columns stand in another order, and the third claim has no valence at all
    rows = (
        "d,val2,val1,claim1,claim2,claim3\n"
        "2024-02-01,2,1,7,8,\n2024-02-01,,2,8,7,9\n2024-02-01,1,1,,,\n2024-02-01,4,,,7,\n"
    )
    result = _read(workspace, write, mapping, rows)
    assert [report.get("claims_summary") for report in reports()] == [
        "for: a tunnel; against: a bridge",
        "against: a bridge; unsaid: a tunnel; unsaid: 9",
        None,
        "4: a tunnel",
    ]
    assert sorted(_found(result, "code-unread")) == [
        (1, ("row 2: 9",)),
        (1, ("row 4: 4",)),
    ]
    becomes = {use.column: use.target for use in result.columns}
    assert becomes["val1"] == becomes["claim3"] == "claims_summary"


def test_nothing_is_said_of_a_value_that_stands_for_a_missing_cell(
    workspace: Workspace, write: Writer, reports: Reports
) -> None:
    paired = 'paired = { column = "val" }, value = "no claim"'
    mapping = f'{_DATE}claims_summary = {{ column = "claim", {paired} }}\n'
    _read(workspace, write, mapping, "d,claim,val\n2024-02-01,,for\n2024-02-01,a,for\n")
    found = [report["claims_summary"] for report in reports()]
    assert found == ["no claim", "for: a"]


def test_a_number_first_and_else_its_class(
    workspace: Workspace, write: Writer, reports: Reports
) -> None:
    mapping = f"{_DATE}" + "".join(
        f'{end} = [{{ column = "n" }}, {{ column = "class", codes = "people" }}]\n'
        for end in ("size_low", "size_high")
    )
    mapping += (
        'tactics = [{ columns = ["f#"], codes = "form" }, '
        '{ columns = ["a#"], codes = "act" }]\n'
        '[codes.form]\n1 = "march"\n[codes.act]\n1 = "singing"\n'
        "[codes.people]\n1 = [1, 9]\n6 = [10000, -1]\n"
    )
    rows = (
        "d,n,class,f1,f2,a1\n2024-02-01,40,6,1,,1\n2024-02-01,,6,,,1\n"
        "2024-02-01,NA,1,2,1,\n2024-02-01,some,1,,,\n2024-02-01,,9,,,\n"
    )
    result = _read(workspace, write, mapping, rows)
    found = [(r.get("size_low"), r.get("size_high")) for r in reports()]
    assert found == [(40, 40), (10_000, None), (1, 9), (None, None), (None, None)]
    forms = [report.get("tactics") for report in reports()]
    assert forms[:3] == [["march", "singing"], ["singing"], ["2", "march"]]
    assert set(_found(result, "number-unread")) == {(1, ("row 4: some",))}
    unread = {words for _, shown in _found(result, "code-unread") for words in shown}
    assert unread == {"row 3: 2", "row 5: 9"}


def test_numbers_of_several_columns_are_added(
    workspace: Workspace, write: Writer, reports: Reports
) -> None:
    columns = 'columns = ["p", "q"], added = true'
    guessed = 'codes = "middle", when = { columns = ["p_est", "q_est"], values = ["1"] }'
    mapping = f"{_DATE}" + "".join(
        f"n_killed_{end} = [{{ {columns}, {guessed} }}, {{ {columns} }}]\n"
        for end in ("low", "high")
    )
    mapping += "[codes.middle]\n5 = [1, 9]\n30 = [10, 49]\n"
    cells = ["2,,,", "2.0,3,0,0", ",,,", "5,,1,", "5,30,1,1", "5,2,1,0", "2,few,,"]
    rows = "".join(f"2024-02-01,{row}\n" for row in cells)
    result = _read(workspace, write, mapping, f"d,p,q,p_est,q_est\n{rows}")
    ends = [(r.get("n_killed_low"), r.get("n_killed_high")) for r in reports()]
    unknown = (None, None)
    assert ends == [(2, 2), (5, 5), unknown, (1, 9), (11, 58), unknown, unknown]
    unread = {words for _, shown in _found(result, "code-unread") for words in shown}
    assert unread == {"row 6: 2"}
    unread = {words for _, shown in _found(result, "number-unread") for words in shown}
    assert unread == {"row 7: cells that cannot be added"}


def test_further_places_are_counted_and_kept(
    workspace: Workspace, write: Writer, reports: Reports
) -> None:
    mapping = (
        f'{_DATE}country = {{ value = "United States" }}\n'
        'admin1 = { column = "s1", others = ["s2"] }\n'
        'locality = { column = "c1", others = ["c2", "c3"] }\n'
    )
    rows = "d,s1,s2,c1,c2\n2024-02-01,OH,Iowa,A,B\n2024-02-01,OH,,A,\n"
    result = _read(workspace, write, mapping, rows)
    assert [report["admin1"] for report in reports()] == ["OH", "OH"]
    assert _found(result, "further-places") == [(1, ("row 1: Iowa, B",))]


def test_kinds_that_no_row_is_of_are_refused(workspace: Workspace, write: Writer) -> None:
    mapping = f'{_DATE}[select]\ncolumn = "code"\nvalues = ["14*"]\n'
    rows = "d,code\n2024-02-01,14\n2024-02-01,18\n2024-02-01,18\n"
    with pytest.raises(UsageError, match="has that under code") as caught:
        _read(workspace, write, mapping, rows, select=("99",))
    assert caught.value.allowed == "18, 14 ..."
    assert workspace.snapshot_ids() == ()


@pytest.mark.parametrize("table", ["keep", "in"])
def test_tokens_of_a_column_that_is_not_there_are_refused(
    workspace: Workspace, write: Writer, table: str
) -> None:
    mapping = f'[missing.{table}]\nkountry = ["NA"]\n{_DATE}'
    with pytest.raises(InputError, match="no column kountry"):
        _read(workspace, write, mapping, "d,country\n2024-02-01,NA\n")
