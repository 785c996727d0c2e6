import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from groundswell.core.errors import DefinitionError
from groundswell.engine import Workspace
from groundswell.ingest import draft_mapping, ingest_file
from groundswell.ingest.mapping import TARGETS
from groundswell.ingest.mapping_file import parse_mapping, shipped_mappings
from groundswell.sources.manifest import list_sources
from unit.ingest.workbooks import cell, sheet_of, workbook

Reports = Callable[[], list[dict[str, object]]]
Writer = Callable[[str, str | bytes], Path]
_DATE = '[report]\ndate = { column = "d", order = "ymd" }\n'


def test_shipped_mappings_name_what_they_are_known_by() -> None:
    known_sources = {source.source_id for source in list_sources()}
    for mapping in shipped_mappings():
        assert mapping.is_shipped
        assert known_sources.issuperset(mapping.source_ids), mapping.name
        named = [name for use in mapping.uses for name in use.columns]
        if mapping.selection:
            named.append(mapping.selection.column)
        if mapping.plain:
            named += [name for group in mapping.plain.columns for name in group]
            if not mapping.plain.tables:
                continue
        used = {name.rstrip("#").casefold() for name in named}
        known = {name.rstrip("0123456789").casefold() for name in mapping.recognised_by}
        # what a file is known by is mostly what it is read for
        assert len(known - used) <= len(known) / 2, (mapping.name, known - used)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "nothing feeds 'date'"),
        ("[report]\ntitle = 'x'", "nothing feeds 'date'"),
        ("[report]\ndate = 'd'", "day of March or of April"),
        ("[report]\ndate = { column = 'd', order = '' }", "day of March or of April"),
        ("[report]\ndate = { column = 'd', order = 'dym' }", "'dym' is not known"),
        (_DATE + "tittle = 'x'", "tittle"),
        (_DATE + "title = 3", "title"),
        (_DATE + "title = { colunm = 'x' }", "colunm"),
        (_DATE + "title = { separator = ';', column = 'x' }", "separator"),
        (_DATE + "title = { before = ',' }", "names no column"),
        (_DATE + "actors = 'who'", "role"),
        (_DATE + "recurrence_text = 'notes'", "needs the words"),
        (_DATE + "country = [{ column = 'a' }, { column = 'b' }]", "given twice"),
        (_DATE + "urls = { column = 'a', separator = 3 }", "not a text"),
        ("[file]\ndelimiter = ';;'\n" + _DATE, "not one character"),
        ("[file]\ndelimiter = '\"'\n" + _DATE, "no delimiter"),
        ("[file]\nencoding = 'klingon'\n" + _DATE, "klingon"),
        ("[file]\nsheat = 'x'\n" + _DATE, "sheat"),
        ("source = 'Big Data'\n" + _DATE, "identifier"),
        ("size_rule = 'guess'\n" + _DATE, "guess"),
        ("[alias.locality]\nA = 'B'\n" + _DATE, "locality"),
        ("[missing]\nalso = 'x'\n" + _DATE, "list of texts"),
        ("[not_counted]\ncolumn = 'x'\n" + _DATE, "values"),
        ("[report\n", "not TOML"),
    ],
)
def test_a_wrong_mapping_is_named_by_file_and_key(text: str, words: str) -> None:
    with pytest.raises(DefinitionError, match=words) as caught:
        parse_mapping(text, name="mine.toml", is_shipped=False)
    assert "mine.toml" in caught.value.what


def test_a_missing_mapping_says_how_to_draft_one(
    workspace: Workspace, write: Writer, tmp_path: Path
) -> None:
    path = write("x.csv", "d,t\n2025-01-01,a\n")
    with pytest.raises(DefinitionError, match="cannot be read") as caught:
        ingest_file(workspace, path, mapping=tmp_path / "none.toml")
    assert "--draft-mapping" in caught.value.todo


def test_a_mapping_can_do_all_that_targets_need(
    workspace: Workspace, write: Writer, reports: Reports
) -> None:
    mapping = write(
        "m.toml",
        """
        size_rule = "mpeds"
        [missing]
        also = ["weiß nicht"]
        in = { Town = ["Berlin"] }
        [report]
        date = { column = "When", order = "dmy" }
        published_at = { column = "Published", order = "mdy" }
        country = { value = "United States" }
        admin1 = { column = "Town, State", after = "," }
        locality = { column = "Town, State", before = "," }
        title = ["Name", "Town"]
        is_online = { columns = ["Town", "Form"], words = ["online", "im Netz"] }
        tactics = { column = "Form", separator = "+" }
        is_counter_protest = { column = "Form", words = ["counter (protest)"] }
        recurrence_text = { columns = ["Note", "Note 2"], words = ["weekly"] }
        issues = ["Issue", "issue#"]
        actors = [
            { column = "Who", role = "organisation", separator = ";" },
            { column = "Whom", role = "target" },
        ]
        size_text = "Size"
        n_arrests = "Arrests"
        urls = { column = "Links", separator = "|" }
        """,
    )
    path = write(
        "x.csv",
        '"When","Published","Town, State","Town","Form","Note","Note 2","Issue","issue1",'
        '"issue 12","Who","Whom","Size","Arrests","Links"\n'
        '"3.4.2025","4/5/2025","St. Paul, Ramsey, MN"," Berlin ",'
        '"march + counter (protest)","Weekly!","biweekly","a","NA","c","X; Y ;;","Z; Z",'
        '"hundreds","3-5",'
        '" http://a | |http://b "\n'
        '"4.4.2025","","weiß nicht","Im Netz","","see above","","","","","","","","",""'
        "\n",
    )
    ingest_file(workspace, path, mapping=mapping)
    first, second = reports()
    assert first["date_start"] == "2025-04-03"
    assert first["published_at"] == "2025-04-05"
    assert (first["country"], first["admin1"]) == ("USA", "MN")
    assert first["locality"] == "St. Paul, Ramsey"
    assert "title" not in first
    assert first["is_online"] is False
    assert first["tactics"] == ["march", "counter (protest)"]
    assert first["is_counter_protest"] is True
    assert first["recurrence_text"] == "Weekly!"
    assert first["issues"] == ["a", "c"]
    assert first["actors"] == [
        {"name": "X", "role": "organisation"},
        {"name": "Y", "role": "organisation"},
        {"name": "Z; Z", "role": "target"},
    ]
    assert (first["size_low"], first["size_high"], first["size_rule"]) == (
        150,
        150,
        "mpeds",
    )
    assert (first["n_arrests_low"], first["n_arrests_high"]) == (3, 5)
    assert first["urls"] == ["http://a", "http://b"]
    assert second["is_online"] is True
    assert "is_counter_protest" not in second
    assert "recurrence_text" not in second
    assert "locality" not in second
    assert second["place_precision"] == "country"


@pytest.mark.parametrize(
    ("token", "is_kept"),
    [
        *(("NA", False), ("na", False), ("N/A", False), ("n/a ", False), ("", False)),
        *(("see above", False), ("(see above)", False), ("--", False), ("k.A.", False)),
        *((" -99", False), ("\u00a0", False), ("\t", False)),
        *(("Na!", True), ("0", True), ("-", True), ("nana", True)),
    ],
)
def test_missing_tokens(
    workspace: Workspace, write: Writer, reports: Reports, token: str, is_kept: bool
) -> None:
    toml = write("m.toml", _DATE + "title = 't'\n[missing]\nkeep = { kept = ['NA'] }\n")
    path = write("x.csv", f'd,t,kept\n2025-01-01,"{token}","{token}"\n')
    result = ingest_file(workspace, path, mapping=toml)
    (report,) = reports()
    assert ("title" in report) is is_kept
    assert not is_kept or report["title"] == token.strip()
    _, filled, kept = result.columns
    assert filled.n_filled == is_kept
    assert kept.n_filled == (is_kept or token == "NA")  # noqa: S105 (no password)


def test_namibia_is_no_missing_value(
    workspace: Workspace, write: Writer, reports: Reports
) -> None:
    toml = write(
        "m.toml",
        _DATE + "country = 'c'\n[missing]\nkeep = { c = ['NA'] }\n"
        "[alias.country]\nNA = 'Namibia'\n",
    )
    ingest_file(workspace, write("x.csv", "d,c\n2025-01-01,NA\n"), mapping=toml)
    (report,) = reports()
    assert report["country"] == "NAM"


@pytest.mark.parametrize(
    ("country", "unit", "path"),
    [
        ("Georgia", "", ("GEO", None)),
        ("United States", "Georgia", ("USA", "GA")),
        ("US", "ga", ("USA", "GA")),
        ("", "Ohio", ("USA", "OH")),
        ("DE", "", (None, None)),
        ("England", "", ("GBR", "ENG")),
        ("Germany", "Hessen", ("DEU", "Hessen")),
        ("Atlantis", "", (None, None)),
        ("Congo", "", (None, None)),
    ],
)
def test_countries_are_read_as_countries(
    workspace: Workspace,
    write: Writer,
    reports: Reports,
    country: str,
    unit: str,
    path: tuple[str | None, str | None],
) -> None:
    toml = write("m.toml", _DATE + "country = 'c'\nadmin1 = 'a'\n")
    file = write("x.csv", f"d,c,a\n2025-01-01,{country},{unit}\n")
    result = ingest_file(workspace, file, mapping=toml)
    (report,) = reports()
    assert (report.get("country"), report.get("admin1")) == path
    kinds = {finding.kind for finding in result.findings}
    assert ("country-unknown" in kinds) is (bool(country) and path[0] is None)


def test_dates_of_two_columns(
    workspace: Workspace, write: Writer, reports: Reports
) -> None:
    toml = write("m.toml", _DATE + "date_end = { column = 'e', order = 'ymd' }\n")
    rows = ["2025-01-01,2025-01-03", "2025-02-01,2025-01-01", "2025-03,", ",2025-04-01"]
    file = write("x.csv", "d,e\n" + "\n".join(rows) + "\n")
    ingest_file(workspace, file, mapping=toml)
    found = [
        (r.get("date_start"), r.get("date_end"), r["date_precision"]) for r in reports()
    ]
    assert found == [
        ("2025-01-01", "2025-01-03", "day"),
        ("2025-02-01", "2025-02-01", "day"),
        ("2025-03-01", "2025-03-31", "month"),
        (None, None, "unknown"),
    ]


def test_a_row_without_date_or_content_is_left_only_if_content_is_asked_for(
    workspace: Workspace, write: Writer
) -> None:
    body = "d,t,n\n2025-01-01,march,1\n,,7\n,,\n,walk,\n"
    without = write("without.toml", _DATE + "size_text = 'n'\n")
    found = ingest_file(workspace, write("x.csv", body), mapping=without)
    assert {line.reason: line.n for line in found.rows.lines} == {
        "misfit": 0,
        "blank": 1,
        "heading": 0,
        "report": 3,
    }
    with_content = write("with.toml", _DATE + "size_text = 'n'\ntitle = 't'\n")
    found = ingest_file(workspace, write("y.csv", body + "\n"), mapping=with_content)
    assert {line.reason: line.n for line in found.rows.lines} == {
        "misfit": 0,
        "blank": 2,
        "heading": 1,
        "report": 2,
    }


def _xlsx(rows: list[list[object]]) -> bytes:
    lines = [f"<row>{''.join(cell(v) for v in row)}</row>" for row in rows]
    return workbook(sheet_of(*lines))


@pytest.mark.parametrize("kind", ["csv", "jsonl", "parquet", "xlsx"])
def test_any_kind_of_table_gives_the_same_reports(
    workspace: Workspace, write: Writer, reports: Reports, tmp_path: Path, kind: str
) -> None:
    rows: list[list[object]] = [
        ["d", "t", "n"],
        ["2025-01-01", 'say "no"', 300],
        ["2025-01-02", "Köln\nDeutz", 12],
    ]
    path = tmp_path / f"x.{kind}"
    if kind == "csv":
        path = write(path.name, 'd,t,n\n2025-01-01,"say ""no""",300\n')
        with path.open("a", encoding="utf-8") as file:
            file.write('2025-01-02,"Köln\nDeutz",12\n')
    elif kind == "jsonl":
        objects = [dict(zip(map(str, rows[0]), row, strict=True)) for row in rows[1:]]
        write(path.name, "\n".join(json.dumps(one) for one in objects))
    elif kind == "xlsx":
        write(path.name, _xlsx([[], *rows]))
    else:
        columns = zip(*rows[1:], strict=True)
        workspace.put("t", dict(zip("dtn", map(list, columns), strict=True)))  # type: ignore[arg-type]
        workspace.write_parquet("SELECT * FROM t", path)
    sheet = '[file]\nsheet = "Tally"\n' if kind == "xlsx" else ""
    toml = write("m.toml", sheet + _DATE + "title = 't'\nsize_text = 'n'\n")
    result = ingest_file(workspace, path, mapping=toml)
    found = [(r["date_start"], r["title"], r["size_low"]) for r in reports()]
    assert found == [
        ("2025-01-01", 'say "no"', 300),
        ("2025-01-02", "Köln\nDeutz", 12),
    ]
    assert result.snapshot.source.source_id == "own"
    assert result.snapshot.coverage.places == ()


@pytest.mark.parametrize(
    ("content", "lines"),
    [
        (
            "event_date,city,state,claims,attendees,organizations,source_url,lat,lon\n"
            "2025-01-31,Akron,OH,a; b,40,X;Y,http://x,1.5,2\n"
            "2025-02-01,Akron,OH,c,NA,Z;W,http://y,1.5,2\n",
            [
                'date = { column = "event_date", order = "ymd" }',
                'locality = "city"',
                'admin1 = "state"',
                'claims_summary = "claims"',
                'size_low = "attendees"',
                'actors = { column = "organizations", separator = ";", '
                'role = "organisation" }',
                'urls = { column = "source_url" }',
            ],
        ),
        (
            'Datum;Ort;Thema;Teilnehmer\n31.01.2025;Köln;"Mieten";ca. 50\n',
            [
                'delimiter = ";"',
                'date = { column = "Datum", order = "dmy" }',
                'locality = "Ort"',
                'size_text = "Teilnehmer"',
            ],
        ),
    ],
)
def test_a_draft_is_accepted_as_it_is(
    workspace: Workspace, write: Writer, content: str, lines: list[str]
) -> None:
    path = write("x.csv", content)
    draft = draft_mapping(path)
    for line in lines:
        assert f"\n{line}\n" in draft
    result = ingest_file(workspace, path, mapping=write("m.toml", draft))
    assert result.rows.counted == content.count("\n") - 1


def test_a_draft_leaves_open_what_values_do_not_tell(
    workspace: Workspace, write: Writer
) -> None:
    path = write("x.csv", "date,city\n3/4/2025,Akron\n5/6/2025,Akron\n")
    draft = draft_mapping(path)
    assert 'order = "" }  # "mdy" or "dmy"' in draft
    toml = write("m.toml", draft)
    with pytest.raises(DefinitionError, match="March or of April"):
        ingest_file(workspace, path, mapping=toml)
    toml.write_text(draft.replace('order = ""', 'order = "mdy"'), "utf-8")
    window = ingest_file(workspace, path, mapping=toml).snapshot.coverage.window
    assert window.start == date(2025, 3, 4)


def test_a_draft_of_odd_headers_is_toml(write: Writer) -> None:
    path = write("x.csv", 'date,"a ""b"" \\ \n c",,TITLE\n2025-01-01,1,2,x\n')
    draft = draft_mapping(path)
    mapping = parse_mapping(draft, name="draft.toml", is_shipped=False)
    assert [use.target for use in mapping.uses] == ["date", "title"]
    assert set(TARGETS) >= {use.target for use in mapping.uses}
    without = draft_mapping(write("y.csv", "a,b\n1,2\n"))
    assert "# date = " in without
