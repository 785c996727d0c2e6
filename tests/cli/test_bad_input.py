"""Bad input: a documented exit code, a message to go by, and nothing left behind."""

import errno
import gzip
import os
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import pytest

from cli.running import (
    ARTICLE,
    CODEBOOK,
    EVENTS,
    FIGURES,
    MAPPING,
    OURS,
    RECORDS,
    SENTENCE,
    Outcome,
    checked_json,
    done,
    files_of,
    run,
)

HEADER, FIRST, *_ = RECORDS.read_text(encoding="utf-8").splitlines()
ROW = "{},South,Town,march,for the tunnel,,900,,no,"
TOML = CODEBOOK.read_text(encoding="utf-8")
PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8
BINARY = bytes(range(256)) * 40
PAGE = b"<!DOCTYPE html><html><head><title>Sign in</title></head><body>x</body></html>"
TEXT = ("--text", SENTENCE)
TITLE = ("--title", "t")
SHARE = ("measure", "share", *OURS, "--side", "pro-tunnel")


def table(*rows: str) -> bytes:
    return "\n".join([HEADER, *rows, ""]).encode()


FILES: dict[str, bytes] = {
    "empty.csv": b"",
    "blank.csv": b"\n \n\n",
    "picture.csv": PNG,
    "page.csv": PAGE,
    "cut.csv.gz": gzip.compress(RECORDS.read_bytes())[:9_000],
    "header.csv": table(),
    "few.csv": b"date,town\n2024-01-01,A\n",
    "strange.csv": b"alpha,beta\n1,2\n",
    "binary.csv": BINARY,
    "good.csv": table(FIRST),
    "typo.toml": TOML.replace("[reference]", "[refrence]").encode(),
    "hopeless.toml": TOML.replace('"for the tunnel",\n', '"*",\n').encode(),
    "star.toml": TOML.replace('"for the tunnel",\n', '"f* the tunnel",\n').encode(),
    "no.toml": b"this is no TOML\n",
    "binary.toml": BINARY,
    "empty.toml": b"",
    "picture.png": PNG,
    "nothing.txt": b"",
    "blank.txt": b" \n\t\n",
    "binary.txt": BINARY,
    "hand.csv": b"text,ann\n",
    "hand-latin.csv": "text,ann\ncaf\u00e9,neutral\n".encode("latin-1"),
}

# arguments, exit code, what is said was wrong, what is said to be allowed or to do
Case = tuple[tuple[object, ...], int, str, str]
WRONG_FILES: list[Case] = [
    *[
        (("ingest", name, *MAPPING), 3, wrong, right)
        for name, wrong, right in [
            ("nowhere.csv", "nowhere.csv does not exist", "CSV, TSV"),
            ("folder", "folder is no file", "CSV, TSV"),
            ("empty.csv", "empty.csv is empty", "CSV, TSV"),
            ("blank.csv", "blank.csv is empty", "CSV, TSV"),
            ("picture.csv", "a PNG image", "CSV, TSV"),
            ("page.csv", "a web page, not a table", "download the file itself"),
            ("cut.csv.gz", "cut off or damaged", "download it again"),
            ("header.csv", "has a header and no rows", "a row for each event"),
            ("few.csv", "has no column region", "--draft-mapping few.csv"),
            ("binary.csv", "binary.csv", "CSV, TSV"),
        ]
    ],
    (("ingest", "strange.csv"), 3, "known source. It has alpha, beta", "--mapping"),
    (("ingest", "good.csv"), 3, "known source. Nearest is", "--draft-mapping good.csv"),
    (("ingest", "good.csv", "--mapping", "no.toml"), 4, "no.toml", "TOML"),
    (("ingest", "good.csv", "--mapping", "nowhere"), 4, "nowhere", "TOML"),
    (
        ("ingest", "good.csv", *MAPPING, "--manifest", "no.toml"),
        *(4, "no.toml", "TOML"),
    ),
    (
        ("ingest", "good.csv", *MAPPING, "--corrections", "binary.toml"),
        *(4, "binary.toml", "UTF-8"),
    ),
    (("ingest", "--draft-mapping", "nowhere.csv"), 3, "does not exist", "CSV, TSV"),
    (("ingest", "--draft-mapping", "picture.csv"), 3, "a PNG image", "CSV, TSV"),
    (("check", "nowhere.txt"), 3, "cannot be opened", "an HTML or text file"),
    (("check", "folder"), 3, "folder cannot be opened", "an HTML or text file"),
    (("check", "nothing.txt"), 3, "nothing.txt holds no text", "--text"),
    (("check", "blank.txt"), 3, "blank.txt holds no text", "--text"),
    (("check", "binary.txt"), 3, "binary.txt is not text", "as plain text or HTML"),
    (("check", "picture.png"), 3, "is an image, not an article", "plain text or HTML"),
    (("check", *TEXT, "--events", "page.csv"), 3, "a web page", "CSV, TSV"),
    (("check", *TEXT, "--claims", "nowhere"), 2, "cannot be opened", "claims"),
    (("check", *TEXT, "--claims", "no.toml"), 4, "is not TOML", "--write-claims"),
    (("check", *TEXT, "--claims", "binary.toml"), 4, "byte", "UTF-8"),
    (("check", *TEXT, "--figures", "nowhere"), 2, "cannot be opened", "figures"),
    (("check", *TEXT, "--figures", "no.toml"), 4, "no.toml: this is not TOML", "TOML"),
    (("check", *TEXT, "--codebook", "nowhere"), 2, "no codebook 'nowhere'", "tactics"),
    (("check", *TEXT, "--codebook", "typo.toml"), 4, "refrence", "'reference'"),
    (("figures", "--figures", "binary.toml"), 4, "binary.toml", "TOML"),
    (("codebook", "show", "nowhere"), 2, "no codebook 'nowhere'", "codebook list"),
    (("codebook", "show", "tactic"), 2, "no codebook 'tactic'", "'tactics'"),
    (("codebook", "show", "folder"), 2, "no codebook 'folder'", "the path of a TOML"),
    (("codebook", "show", "typo.toml"), 4, "line 65", "write 'reference'"),
    (("codebook", "check", "hopeless.toml"), 4, "line 46", "has no word in it"),
    (("codebook", "check", "star.toml"), 4, "'f* the tunnel'", "the last of which"),
    (("codebook", "check", "no.toml"), 4, "this is not TOML", "at line 1"),
    (("codebook", "check", "binary.toml"), 4, "not UTF-8", "save the file as UTF-8"),
    (("codebook", "check", "empty.toml"), 4, "the file is empty", "codebook new"),
    *[
        (("codebook", "evaluate", CODEBOOK, name), 3, name, "CSV")
        for name in ("nowhere.csv", "picture.csv", "hand.csv", "hand-latin.csv", "folder")
    ],
]
WRONG_ARGUMENTS: list[Case] = [
    ((), 2, "Usage: groundswell", "check"),
    (("nonsense",), 2, "No such command 'nonsense'", "groundswell -h"),
    (("chek",), 2, "No such command 'chek'", "'check'"),
    (("measure",), 2, "Usage: groundswell measure", "share"),
    (("check",), 2, "Neither an article nor --text", "groundswell check ARTICLE"),
    (("check", ARTICLE, *TEXT), 2, "An article and also --text", "--text"),
    (("check", "--text", " "), 2, "--text is empty", '--text "SENTENCE"'),
    (("check", "--text", "86 \udcff"), 3, "no character at place 4", "UTF-8"),
    (("check", *TEXT, "--published", "yesterday"), 2, "not a day", "YYYY-MM-DD"),
    (("check", *TEXT, "--published", "2024-02-30"), 2, "not a day", "YYYY-MM-DD"),
    (("check", *TEXT, *MAPPING), 2, "--mapping without a file", "--events"),
    (("check", *TEXT, "--taken", "2024-01-01"), 2, "--taken without", "--events"),
    (("check", *TEXT, "--sample", "3"), 2, "No such option: --sample", "check -h"),
    (
        ("check", *TEXT, "--write-claims", "c.toml", "--json"),
        *(2, "--write-claims stops", "without --claims, --html and --json"),
    ),
    (("ingest",), 2, "No FILE was given", "groundswell ingest FILE"),
    (
        ("ingest", "good.csv", "--draft-mapping", "good.csv"),
        *(2, "reads no FILE", "--draft-mapping FILE > mapping.toml"),
    ),
    (("ingest", "good.csv", "--taken", "x"), 2, "--taken 'x' is not a day", "YYYY"),
    (("measure", "share"), 2, "Missing option '--codebook'", "measure share -h"),
    (("measure", "count", "--among", "all"), 2, "--among", "measure count -h"),
    ((*SHARE, "--from", "2024-05-01", "--to", "2024-04-01"), 2, "is before", "--from"),
    ((*SHARE, "--from", "May"), 2, "--from 'May' is not a day", "YYYY-MM-DD"),
    ((*SHARE, "--among", "some"), 2, "'some' is not one of", "'sided'"),
    ((*SHARE, "--unit", "cows"), 2, "'cows' is not one of", "'participants'"),
    ((*SHARE, "--set", "wording"), 2, "--set 'wording' cannot be read", "NAME=VALUE"),
    ((*SHARE, "--set", "a=1", "--set", "a=2"), 2, "'a=2'", "each name once"),
    ((*SHARE, "--place", "Atlantis"), 2, "'Atlantis' names no place", "a country"),
    ((*SHARE, "--place", "Georgia"), 2, "or more than one", "United States"),
    (("measure", "share", *OURS), 2, "share of the topic", "--side pro-tunnel"),
    (("rows", "feed", "--sample", "0"), 2, "sample of 0 rows", "1 or more"),
    (("rows", "feed", "--sample", "x"), 2, "--sample", "rows -h"),
    (("rows", "feed", "--sample", "3", "--all"), 2, "contradict", "one of the two"),
    (("sources", "show", "nobody"), 2, "no source 'nobody'", "ccc-phase3"),
    (("figures", "--codebook", "nowhere"), 2, "'nowhere'", "israel-palestine"),
    (("schema", "nothing"), 2, "no schema 'nothing'", "codebook-try"),
    (("codebook", "new", "x", "--side", "a", "--side", "b"), 2, "--title", "new -h"),
    (
        ("codebook", "new", "No Id", *TITLE, "--side", "a", "--side", "b"),
        *(2, "'No Id' cannot name", "lower-case letters"),
    ),
    (
        ("codebook", "new", "x", *TITLE, "--side", "a", "--side", "a"),
        *(2, "the sides a, a", "two or more different sides"),
    ),
    (
        ("codebook", "new", "x", "--title", " ", "--side", "a", "--side", "b"),
        *(2, "The title ' '", "a few words"),
    ),
    *[
        (
            ("codebook", "new", "x", *TITLE, "--side", "a", "--side", "b", "--out", out),
            *(2, wrong, "another"),
        )
        for out, wrong in [
            ("good.csv", "exists already"),
            ("nowhere/x.toml", "there is no folder nowhere"),
        ]
    ],
]


@pytest.fixture(name="here")
def _here(tmp_path: Path) -> Path:
    """The working folder, with all the bad files in it."""
    for name, data in FILES.items():
        (tmp_path / name).write_bytes(data)
    (tmp_path / "folder").mkdir()
    return tmp_path


def assert_explained(outcome: Outcome, code: int, wrong: str, right: str) -> None:
    assert outcome.code == code, outcome
    assert outcome.out == ""
    assert wrong in outcome.err
    assert right in outcome.err
    assert "Traceback" not in outcome.err
    if outcome.err.startswith("Usage: groundswell"):
        return
    assert "fault in Groundswell" not in outcome.err
    what, *rest = outcome.err.splitlines()
    assert what.startswith("groundswell: ")
    assert what.rstrip().endswith((".", "!")), what
    assert all(line.startswith(("Allowed: ", "Try: ")) for line in rest), rest
    assert rest


def name_of(case: Case) -> str:
    words = (Path(a).name if isinstance(a, Path) else str(a) for a in case[0])
    return ascii(" ".join(words).replace(SENTENCE, "..."))[1:-1] or "nothing"


@pytest.mark.parametrize("case", [*WRONG_FILES, *WRONG_ARGUMENTS], ids=name_of)
def test_bad_input_is_explained_and_leaves_nothing(here: Path, case: Case) -> None:
    arguments, code, wrong, right = case
    before = sorted(here.rglob("*"))
    assert_explained(run(*arguments), code, wrong, right)
    assert sorted(here.rglob("*")) == before


WORKSPACE_CASES: list[Case] = [
    ((*SHARE, "--by", "decade"), 2, "grouping by 'decade'", "day, week, month"),
    ((*SHARE, "--set", "x=y"), 2, "no decision 'x'", "recurring-events"),
    ((*SHARE, "--set", "wording=loud"), 2, "no option 'loud'", "narrow, broad"),
    ((*SHARE, "--where", "town=X"), 2, "no condition on 'town'", "locality"),
    ((*SHARE, "--where", "locality=X"), 2, "No row has locality 'X'", "Sandv\u00edk"),
    ((*SHARE, "--where", "is_online=1"), 2, "is_online is '1'", "yes, no"),
    ((*SHARE, "--snapshot", "nothing"), 5, "no snapshot 'nothing'", "own-"),
    (
        ("measure", "share", *OURS, "--side", "nobody"),
        *(2, "no code 'nobody'", "pro-tunnel, anti-tunnel"),
    ),
    (("measure", "share", "--codebook", "nowhere"), 2, "'nowhere'", "tactics"),
    (("rows", "none"), 5, "no receipt begins with 'none'", "-w"),
    (("rows", ""), 5, "receipts begin with ''", " more"),
    (("replay", "../../x"), 5, "no receipt begins", "-w"),
    (("check", "nothing.txt"), 3, "holds no text", "--text"),
    (("check", *TEXT, "--figures", "no.toml"), 4, "this is not TOML", "TOML"),
    (("check", *TEXT, "--html", "folder"), 2, "is a folder", "a file to write"),
    (("check", *TEXT, "--html", "nowhere/x.html"), 2, "no folder nowhere", "make"),
    (
        ("check", ARTICLE, "--html", ARTICLE),
        *(2, "would write over a file that is read", "another file"),
    ),
    (
        ("check", *TEXT, "--events", "good.csv", *MAPPING, "--html", "./good.csv"),
        *(2, "would write over a file that is read", "another file"),
    ),
    ((*SHARE, "--html", "folder"), 2, "is a folder", "a file to write"),
    ((*SHARE, "--html", "good.csv"), 2, "no page of Groundswell", "a new file, or"),
    (("check", *TEXT, "--html", "good.csv"), 2, "not written over", "a new file, or"),
    (
        ("check", *TEXT, "--write-claims", "nowhere/c.toml"),
        *(2, "no folder nowhere", "make the folder first"),
    ),
    (
        ("ingest", RECORDS, *MAPPING, "--taken", "2024-06-16"),
        *(2, "is in the workspace already", "use another workspace"),
    ),
    (("ingest", "cut.csv.gz", *MAPPING), 3, "cut off or damaged", "again"),
]


@pytest.mark.parametrize("case", WORKSPACE_CASES, ids=name_of)
def test_a_workspace_is_as_it_was(here: Path, own_workspace: Path, case: Case) -> None:
    arguments, code, wrong, right = case
    before = files_of(here)
    known = done("doctor", "-w", own_workspace)
    assert_explained(run(*arguments, "-w", own_workspace), code, wrong, right)
    assert files_of(here) == before
    assert done("doctor", "-w", own_workspace) == known


def damage(folder: Path) -> None:
    (folder / "workspace.duckdb").write_bytes(BINARY)


def lose_a_snapshot(folder: Path) -> None:
    (snapshot,) = (folder / "snapshots").iterdir()
    snapshot.rename(folder.parent / "lost")


@pytest.mark.parametrize(
    ("spoil", "wrong"),
    [(damage, "cannot be read"), (lose_a_snapshot, "has lost own-")],
)
@pytest.mark.parametrize("command", [SHARE, ("check", *TEXT), ("replay", "a")])
def test_a_damaged_workspace_is_left_alone(
    own_workspace: Path,
    spoil: Callable[[Path], None],
    wrong: str,
    command: tuple[str, ...],
) -> None:
    spoil(own_workspace)
    before = files_of(own_workspace.parent)
    outcome = run(*command, "-w", own_workspace)
    assert_explained(outcome, 5, wrong, "new workspace and ingest again")
    assert files_of(own_workspace.parent) == before


@pytest.mark.parametrize(
    ("folder", "wrong", "right"),
    [
        ("good.csv", "is a file, and a workspace is a folder", "another folder with -w"),
        ("folder", "holds notes.txt, so no workspace", "another folder with -w"),
        ("good.csv/w", "cannot be made", "another folder with -w"),
        ("w\udcff", "is not UTF-8", "another folder with -w"),
    ],
)
def test_what_cannot_become_a_workspace(
    here: Path, folder: str, wrong: str, right: str
) -> None:
    (here / "folder" / "notes.txt").touch()
    before = files_of(here)
    for command in (("check", *TEXT), ("ingest", "good.csv", *MAPPING)):
        assert_explained(run(*command, "-w", folder), 5, wrong, right)
    assert files_of(here) == before


@pytest.mark.parametrize("command", [SHARE, ("rows", "a"), ("replay", "a")])
def test_a_workspace_that_is_not_there(here: Path, command: tuple[str, ...]) -> None:
    before = sorted(here.rglob("*"))
    outcome = run(*command, "-w", "nowhere")
    assert_explained(outcome, 5, "There is no workspace at", "groundswell ingest FILE -w")
    at_default = run(*command)
    assert_explained(at_default, 5, ".groundswell", "name the workspace with -w")
    assert sorted(here.rglob("*")) == before


def test_dates_encodings_and_sizes_are_counted_and_reported(here: Path) -> None:
    rows = [
        ("1,2917-01-03,A,South,march,for the tunnel,,900,,no,", "utf-8"),
        ("2,0208-01-03,A,South,march,for the tunnel,,9,,no,", "utf-8"),
        ("3,2024-01-03,Caf\u00e9,South,march,for the tunnel,,9,,no,", "utf-8"),
        ("4,2024-01-03,Caf\u00e9,South,march,for the tunnel,,9,,no,", "latin-1"),
    ]
    (here / "odd.csv").write_bytes(
        b"\n".join([HEADER.encode(), *(row.encode(code) for row, code in rows), b""])
    )
    found = done("ingest", "odd.csv", *MAPPING, "-w", "w", "--json")
    (result,) = checked_json("ingest", found)
    kinds = {f["kind"]: f["n"] for f in result["findings"]}
    assert sum(line["n"] for line in result["rows"]["lines"]) == len(rows)
    said = done("ingest", "odd.csv", *MAPPING, "-w", "w2").out
    assert "2917-01-03" in said
    assert "0208-01-03" in said
    assert "row 4" in said
    assert "UTF-8" in said
    assert 2 in kinds.values()


def test_low_above_high_is_put_right_and_reported(here: Path) -> None:
    (here / "sizes.csv").write_text("date,low,high\n2024-01-01,900,90\n", "utf-8")
    (here / "sizes.toml").write_text(
        '[report]\ndate = { column = "date", order = "ymd" }\n'
        'size_low = "low"\nsize_high = "high"\n',
        encoding="utf-8",
    )
    said = done("ingest", "sizes.csv", "--mapping", "sizes.toml", "-w", "w").out
    assert "900" in said
    assert "row 1" in said


def test_an_article_of_many_pages_is_read(tmp_path: Path) -> None:
    filler = "The bridge was painted in a warm shade of red by two apprentices.\n\n"
    claim = "Some 64 percent of protests over the tunnel are anti-tunnel, they say.\n\n"
    text = "On paint\n\n" + filler * 1_000 + claim + filler * 1_000
    (tmp_path / "long.txt").write_text(text, encoding="utf-8")
    found = done("check", "long.txt", *OURS, *FIGURES, "-w", "w", "--json")
    (verdict,) = checked_json("check", found)["verdicts"]
    assert verdict["claim"]["sentence"]["text"] == claim.strip()


@pytest.mark.slow
def test_a_line_of_200_megabytes_is_refused(here: Path) -> None:
    with (here / "long.csv").open("wb") as file:
        file.write(HEADER.encode() + b"\n1,2024-01-03,A,South,march,")
        for _ in range(200):
            file.write(b"for the tunnel " * 69_905)
        file.write(b",,900,,no,\n")
    outcome = run("ingest", "long.csv", *MAPPING, "-w", "w")
    assert_explained(outcome, 3, "line 2 is longer than 16 MiB", "line ends")
    assert not (here / "w").exists()


@pytest.mark.slow
def test_an_article_of_10_megabytes_is_read(tmp_path: Path) -> None:
    filler = "The bridge was painted in a warm shade of red by two apprentices.\n\n"
    (tmp_path / "long.txt").write_text(filler * 156_000, encoding="utf-8")
    assert (tmp_path / "long.txt").stat().st_size > 10_000_000
    found = done("check", "long.txt", *OURS, "-w", "w", "--json")
    assert checked_json("check", found)["reading"]["n_characters"] > 10_000_000


def full_disk(*_: object, **__: object) -> NoReturn:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "somewhere")


def test_a_full_disk_leaves_the_page_that_was_there(
    own_workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = tmp_path / "share.html"
    command = (*SHARE, "-w", own_workspace, "--html", page)
    printed = done(*command)
    before = page.read_bytes()
    monkeypatch.setattr(Path, "write_text", full_disk)
    outcome = run(*command)
    assert outcome.code == 8
    assert outcome.out == printed.out
    assert "share.html cannot be written: No space left" in outcome.err
    assert "the disk is not full" in outcome.err
    assert page.read_bytes() == before
    assert not list(tmp_path.glob(".*"))


@pytest.mark.parametrize(
    "command",
    [
        ("check", *TEXT),
        ("check", ARTICLE, *EVENTS, *OURS),
        ("ingest", *EVENTS[1:]),
    ],
    ids=["a sentence", "an article", "a file"],
)
def test_a_full_disk_leaves_no_workspace(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: tuple[object, ...]
) -> None:
    monkeypatch.setattr(Path, "write_bytes", full_disk)
    monkeypatch.setattr("shutil.copyfile", full_disk)
    outcome = run(*command, "-w", "w")
    assert_explained(outcome, 8, "No space left on device", "the disk is not full")
    assert not list(tmp_path.iterdir())


def test_a_fault_of_ours_is_called_one(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> NoReturn:
        raise RuntimeError("what nobody thought of")

    monkeypatch.setattr("groundswell.api.list_figures", fail)
    outcome = run("figures")
    assert outcome.code == 1
    assert outcome.out == ""
    assert "RuntimeError: what nobody thought of" in outcome.err
    assert "Please report it" in outcome.err
    assert "Traceback" not in outcome.err
    monkeypatch.setenv("GROUNDSWELL_DEBUG", "1")
    assert "Traceback" in run("figures").err


def test_words_of_strangers_cannot_steer_the_terminal(here: Path) -> None:
    (here / "evil.csv").write_bytes("\x1b[2Ja,\u202eb,c\n1,2,3\n".encode())
    outcome = run("ingest", "evil.csv", "-w", "w")
    assert outcome.code == 3
    assert "\x1b" not in outcome.err
    assert "\u202e" not in outcome.err
