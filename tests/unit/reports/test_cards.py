"""Sheets for the terminal: their width, their plainness, and what they say."""

import re
import subprocess
import sys
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import pytest
from rich.cells import cell_len

import groundswell.reports
from groundswell import reports
from groundswell.core.codebooks import CodebookList
from groundswell.core.receipts import Replay, RowSet
from groundswell.core.sources import (
    ColumnCaveat,
    ColumnTarget,
    Finding,
    MappingDetail,
    SourceDetail,
)
from groundswell.core.verdicts import VERDICT_MEANING
from unit.reports import factories
from unit.reports.pages import Page

if TYPE_CHECKING:
    from collections.abc import Callable

    from groundswell.core.claims import Statistic
    from groundswell.core.estimates import Estimate
    from groundswell.core.verdicts import VerdictKind

ROWS = RowSet(
    snapshots=(factories.SNAPSHOT,),
    receipt_id="6d1f0a2b4c3e",
    n_rows=1_759,
    columns=("date", "town", "side"),
    rows=(("2031-04-03", "Hafn", "against"), ("2031-04-04", "", "for")),
    withheld=("place_detail", "actors"),
)
MANY = replace(ROWS, columns=tuple("abcdefghi"), rows=((*"12345678", ""),))
CHANGED = Replay(
    receipt_id="6d1f0a2b4c3e", is_same=False, changes=("The codebook has changed.",)
)
FACTS = (("Python", "3.11"), (factories.HOSTILE, "x" * 900))
FIGURES = (factories.figure(), factories.figure(values=(), counts=()))
CODEBOOKS = CodebookList(codebooks=(factories.CODEBOOK,))
DETAIL = SourceDetail(
    source=replace(
        factories.SOURCE,
        version="4",
        row="a gathering",
        caveats=(
            ColumnCaveat(column="crowd", words="Guessed from a tower."),
            ColumnCaveat(column="mood", words=factories.HOSTILE),
        ),
        coverage=replace(
            factories.SOURCE.coverage,
            selection="one-side",
            restricted_to=("against the dam", "for the river"),
        ),
    ),
    mappings=(
        MappingDetail(
            name="ledger",
            table="report",
            recognised_by=("day", "crowd"),
            chosen="kind is gathering",
            columns=(
                ColumnTarget(
                    column="day", targets=("date_start", "date_end"), how="", caveat=""
                ),
                ColumnTarget(
                    column="crowd",
                    targets=("size_low",),
                    how="codes: 1 = 1 to 9",
                    caveat="Guessed from a tower.",
                ),
                *(
                    ColumnTarget(column=name, targets=(), how="as told", caveat="")
                    for name in ("kind", "x" * 60)
                ),
            ),
            missing=("k.A.",),
        ),
    ),
)
CARDS: "dict[str, Callable[..., str]]" = {
    "check": partial(reports.render_check_card, factories.check()),
    "hostile": partial(reports.render_check_card, factories.hostile_check()),
    "count": partial(
        reports.render_check_card,
        factories.check((), verdicts=(factories.count_verdict(),)),
    ),
    "empty": partial(reports.render_check_card, factories.empty_check()),
    "measurement": partial(reports.render_measurement_card, factories.measured()),
    "weekly": partial(reports.render_measurement_card, factories.by_week()),
    "no group": partial(
        reports.render_measurement_card, factories.measured(measurements=())
    ),
    "no value": partial(
        reports.render_measurement_card, factories.measured(factories.weekly()[-1])
    ),
    "hostile weekly": partial(
        reports.render_measurement_card, factories.hostile_measured()
    ),
    "ingest": partial(reports.render_ingest_card, factories.ingest_result()),
    "reading": partial(reports.render_reading_card, factories.hostile_check().reading),
    "rows": partial(reports.render_rows_card, ROWS),
    "many columns": partial(reports.render_rows_card, MANY),
    "replay": partial(reports.render_replay_card, CHANGED),
    "sources": partial(reports.render_sources_card, [factories.SOURCE]),
    "source": partial(reports.render_source_card, DETAIL),
    "source without mapping": partial(
        reports.render_source_card, replace(DETAIL, mappings=())
    ),
    "figures": partial(reports.render_figures_card, FIGURES),
    "doctor": partial(reports.render_doctor_card, factories.diagnosis()),
    "facts": partial(reports.render_facts_card, "Doctor", FACTS),
    "codebooks": partial(reports.render_codebooks_card, CODEBOOKS),
    "codebook": partial(reports.render_codebook_card, factories.codebook_view()),
    "symmetry": partial(reports.render_symmetry_card, factories.symmetry_check()),
    "trial": partial(reports.render_trial_card, factories.trial()),
    "evaluation": partial(reports.render_evaluation_card, factories.evaluation()),
}


def flat(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("width", [80, 100])
@pytest.mark.parametrize("name", CARDS)
def test_no_line_is_wider_than_the_terminal(name: str, width: int) -> None:
    for line in CARDS[name](width=width, colour=False).splitlines():
        assert cell_len(line) <= width or re.search(r"groundswell |  https?://", line)
        assert line == line.rstrip()


@pytest.mark.parametrize("name", CARDS)
def test_without_colour_there_is_no_escape_and_with_it_the_same_words(name: str) -> None:
    plain = CARDS[name](width=80, colour=False)
    coloured = CARDS[name](width=80, colour=True)
    assert not set(plain) & {"\x1b", "\x9b", "\x07", "\x00", "\r", "\u202e", "\ud800"}
    sequences = re.findall(r"\x1b[^m]*m", coloured)
    assert all(re.fullmatch(r"\x1b\[[0-9;]*m", sequence) for sequence in sequences)
    bare = re.sub(r"\x1b\[[0-9;]*m", "", coloured)
    # without colour, brackets stand for the weight of matched words
    assert flat(bare).replace("[", "").replace("]", "") == flat(plain).replace(
        "[", ""
    ).replace("]", "")


@pytest.mark.parametrize("name", CARDS)
def test_the_environment_changes_nothing(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = CARDS[name](width=80, colour=True), CARDS[name](width=80, colour=False)
    for variable, value in {
        "NO_COLOR": "1",
        "FORCE_COLOR": "1",
        "COLUMNS": "33",
        "TERM": "dumb",
    }.items():
        monkeypatch.setenv(variable, value)
    assert (
        CARDS[name](width=80, colour=True),
        CARDS[name](width=80, colour=False),
    ) == before


@pytest.mark.parametrize("kind", VERDICT_MEANING)
def test_card_and_page_say_the_same(kind: "VerdictKind") -> None:
    check = factories.check((kind,))
    verdict = check.verdicts[0]
    card = flat(
        reports.render_check_card(check, width=10_000, colour=False, details=True)
    )
    wide = flat(reports.render_check_card(check, width=80, colour=False, details=True))
    page = Page(reports.render_check_html(check)).text
    said = [
        "What the records say about one claim",
        f"The verdict: {kind}.",
        verdict.claim.sentence.text,
        VERDICT_MEANING[kind].replace("'", "’"),
        verdict.answer,
        *verdict.reasons,
        *verdict.missing_words,
        *(needed.command for needed in verdict.needed),
        *(match.figure.scope_words for match in verdict.figures),
        "86%; the words allow 85.5% to just under 86.5%"
        if kind != "contradicted"
        else "70%; the words allow 69.5% to just under 70.5%",
        "Nobody has ever seen so much courage.",
        "courage is not something that records count",
        "770 is 33% of 2,301; both percentages fit a base of 2,004 to 2,053.",
        factories.SOURCE.citation,
        "groundswell replay 0123456789ab",
    ]
    if verdict.measurement is not None:
        said += [
            "36 definitions give 82% to 97%.",
            "Those that somebody uses in print give 87% to 90%.",
            "The records cover the claim’s own scope."
            if verdict.is_covered
            else "These are the nearest numbers that they give.",
            "The claimed value fits under 3 of 36 definitions."
            if kind != "contradicted"
            else "is 11.3 points from what the words allow (69.5% to just under 70.5%)",
        ]
    for sentence in said:
        assert sentence in page
        assert sentence in card or sentence in wide


@pytest.mark.parametrize("by", ["", "week"])
def test_what_was_asked_for_stands_at_the_top_of_card_and_page(by: str) -> None:
    measured = factories.by_week() if by else factories.measured()
    card = flat(reports.render_measurement_card(measured, width=100, colour=False))
    page = Page(reports.render_measurement_html(measured)).text
    asked = (
        "Among all on the topic (whether neutral ones belong is a decision)",
        "When 3 to 24 April 2031",
        "Where Norland",
        "Only where locality=Hafn",
        "Settled wording=published",
        *([f"Grouped by {by}"] if by else []),
        "Records ledger-2031.csv (Norland, 1 January to 31 December 2031)",
        "Codebook The river dam (river-dam, version 2)",
    )
    for text in (card, page):
        places = [
            text.index(words) for words in (*asked, "2031-W14" if by else "The reference")
        ]
        assert places == sorted(places)
    assert "(Norland, 3 to 24 April 2031, locality=Hafn)" in page


@pytest.mark.parametrize(
    ("by", "groups", "marked"),
    [
        ("day", ("2031-06-06", "2031-06-07"), ("", "*")),
        ("week", ("2031-05-26", "2031-06-02", "2031-06-09"), ("", "+", "*")),
        ("month", ("2031-05", "2031-06", "2031-07"), ("", "+", "*")),
        ("year", ("2030", "2031", "2032"), ("", "+", "*")),
        ("week", ("(date too coarse)", "(not dated)"), ("", "")),
        ("place", ("2031-07",), ("",)),
    ],
)
def test_groups_after_the_day_of_taking_are_marked(
    by: str, groups: tuple[str, ...], marked: tuple[str, ...]
) -> None:
    measurements = [
        factories.measurement(estimate=factories.estimate(group=group))
        for group in groups
    ]
    measured = factories.measured(*measurements, by=by)
    card = reports.render_measurement_card(measured, width=80, colour=False)
    page = Page(reports.render_measurement_html(measured)).text
    for group, mark in zip(groups, marked, strict=True):
        assert f"{group} {mark}".rstrip() + "  " in card
        words = {"": "", "+": " partly after the records", "*": " after the records"}
        assert f" {group}{words[mark]}" in page
    note = "After 6 June 2031, when the records were taken: "
    assert (note in flat(card)) is (note in page) is any(marked)
    unknown = replace(measured, snapshots=(replace(factories.SNAPSHOT, taken=None),))
    assert note not in Page(reports.render_measurement_html(unknown)).text


def test_a_table_of_groups_keeps_to_one_line_a_group() -> None:
    long = tuple(
        replace(m, estimate=replace(m.estimate, group=f"Hafn-under-the-Hill {i} (XNL)"))
        for i, m in enumerate(factories.weekly())
    )
    measured = factories.measured(*long, by="locality")
    for width in (60, 80, 100):
        card = reports.render_measurement_card(measured, width=width, colour=False)
        lines = card[card.index("Group  ") : card.index("Decisions and")].splitlines()
        groups = [line for line in lines if line.startswith("Hafn")]
        assert len(groups) == len(long)
        assert not [line for line in lines[1:] if line.startswith(" ")]
        assert ("●" in card) is (width >= 80)


@pytest.mark.parametrize(
    ("estimate", "said"),
    [
        (
            factories.estimate(1_578 / 1_759),
            "1,578 of 1,759: 1,578 against the dam, 181 for the dam, 3 on both sides",
        ),
        (
            factories.estimate(0.897, unit="events"),
            "1,578 against the dam, 181 for the dam, 3 on both sides",
        ),
        (
            factories.estimate(
                0.7,
                counts=(
                    ("against, lowest", 10),
                    ("against, highest", 30),
                    ("for, lowest", 9),
                    ("for, highest", 9),
                ),
            ),
            "10 to 30 against, 9 for",
        ),
    ],
)
def test_a_number_says_what_it_was_made_from(estimate: "Estimate", said: str) -> None:
    measured = factories.measured(factories.measurement(estimate=estimate))
    page = Page(reports.render_measurement_html(measured)).text
    assert said in page


@pytest.mark.parametrize(
    ("statistic", "said"),
    [
        (
            "share",
            (
                "680,000 to 700,000 of 971,000 to 999,000: 680,000 against-the-dam",
                " 690,000 to 710,000 of 971,000 to 999,000 ",
            ),
        ),
        ("count", (" 680,000 to 700,000 ", " 690,000 to 710,000 ")),
    ],
)
def test_participants_are_made_of_lowest_and_highest_sizes(
    statistic: "Statistic", said: tuple[str, ...]
) -> None:
    made = factories.measurement()
    sums = {"numerator": 680_000, "denominator": 971_000, "highest": (700_000, 999_000)}
    value = replace(made.range.values[0], specification=factories.REFERENCE, **sums)
    change = {**sums, "numerator": 690_000, "highest": (710_000, 999_000)}
    counts = tuple(
        (f"{name}, {end}", n)
        for name, n in factories.participants().counts
        for end in ("lowest", "highest")
    )
    measurement = replace(
        made,
        scope=factories.measured_scope(statistic=statistic, unit="participants"),
        estimate=factories.estimate(counts=counts),
        range=replace(
            made.range,
            values=(value,),
            neighbours=(replace(made.range.neighbours[0], **change),),
        ),
    )
    page = Page(reports.render_measurement_html(factories.measured(measurement))).text
    for words in said:
        assert words in page
    assert ("291,000" in page) is (statistic == "share")


def test_findings_suit_one_row_and_many() -> None:
    found = (
        Finding(kind="days-without-a-row", label="days have no row", n=1),
        Finding(kind="snapshot-day-unknown", label="nobody says when", n=1),
    )
    result = replace(factories.ingest_result(), findings=found)
    card = reports.render_ingest_card(result, width=80, colour=False)
    assert "  Days have no row: 1\n  Nobody says when.\n" in card


def test_what_was_not_limited_says_so() -> None:
    scope = factories.measured_scope(window=None, place=None, where=())
    many = replace(
        factories.measured(measurements=()),
        scope=scope,
        settled=(),
        snapshots=(factories.SNAPSHOT,) * 21,
    )
    card = flat(reports.render_measurement_card(many, width=100, colour=False))
    assert "When any day: not limited Where any place: not limited Records" in card
    assert f"21 files with {21 * factories.SNAPSHOT.n_records:,} rows" in card
    assert "Only where" not in card
    page = reports.render_measurement_html(many)
    assert "(all rows of the records)</title>" in page


def test_the_ledger_stands_to_the_right_over_a_sum() -> None:
    card = reports.render_measurement_card(factories.measured(), width=60, colour=False)
    lines = card[card.index("Every report") :].splitlines()
    start = lines.index("                            ───────")
    ends = {len(line) for line in lines[1 : start + 2]}
    assert ends == {35}
    assert "  All reports read            4,492" in lines
    assert "  Looked for, and none found: outside the place." in lines


def test_verdicts_have_a_shape_each() -> None:
    card = reports.render_check_card(
        factories.check(), width=80, colour=False, details=True
    )
    shapes = re.findall(r"^(\S) (\w+)  \w", card, re.MULTILINE)
    assert [word.lower() for _, word in shapes] == list(VERDICT_MEANING)
    assert len({shape for shape, _ in shapes}) == len(VERDICT_MEANING)


def test_what_a_card_leaves_out_is_said() -> None:
    measured = factories.measurement()
    many = replace(
        measured,
        range=replace(measured.range, neighbours=measured.range.neighbours * 3),
    )
    verdict = replace(
        factories.verdict("depends"),
        measurement=many,
        figures=factories.matches() * 2,
    )
    card = reports.render_check_card(
        factories.check((), verdicts=(verdict,)), width=80, colour=False
    )
    assert "15 more definitions: see --details." in card
    assert "5 more figures: see --details." in card


def test_rows_are_a_table_where_they_fit_and_a_list_where_not() -> None:
    table = reports.render_rows_card(ROWS, width=80, colour=False)
    assert "date        town  side\n2031-04-03  Hafn  against\n" in table
    assert "1,759 rows behind 6d1f0a2b4c3e\n2 rows of them shown." in table
    assert "place_detail and actors" in flat(table)
    listed = reports.render_rows_card(MANY, width=80, colour=False)
    assert "\n1\n  a  1\n  b  2\n" in listed
    assert "\n  i" not in listed


@pytest.mark.parametrize(
    ("card", "said"),
    [
        ("replay", ("not the same bytes", "- The codebook has changed.")),
        (
            "ingest",
            (
                "Lines that are not UTF-8, read as Windows-1252: 2",
                "- row 17: café",
                "3 columns, 2 of them used",
                "not used: weather",
                "All reports read",
            ),
        ),
        ("sources", ("street-ledger", "totals", "groundswell sources show")),
        (
            "source",
            (
                "a gathering",
                "protests of one side only (against the dam and for the river)",
                "date_start and date_end",
                "crowd: codes: 1 = 1 to 9. Guessed from a tower.",
                f"kind and {'x' * 60}: as told.",
                "Rows that are read: kind is gathering",
                "What to know of other columns",
            ),
        ),
        ("source without mapping", ("a mapping of your own", "Guessed from a tower.")),
        ("figures", ("Dam Watch: 86%", "Dam Watch: no value", "read in a repost")),
        ("weekly", ("2031-W14", "76% to 92%", "no value", "groundswell replay")),
        ("no value", ("None of 36 definitions gives a value", "no value")),
        ("no group", ("There is no group to measure.",)),
        ("doctor", ("Not as it should be: workspace", "duckdb 2.0")),
        ("codebooks", ("river-dam", "2 codes, 22 phrases", "narrow, published, broad")),
        (
            "codebook",
            (
                "and 8 more phrases",
                "not never stop",
                "No counterpart, on purpose",
                "river-only counts as against-the-dam",
                "used by nobody known",
                "https://dam-watch.example",
            ),
        ),
        (
            "symmetry",
            (
                "does not treat its sides alike",
                "2,399 of 2,400 results mirror",
                "- side.planted: No counterpart.",
                "- side.jokes: One side only.",
            ),
        ),
        (
            "trial",
            (
                "310 of them (1,801 rows) name the topic",
                "[stop the dam]",
                "3 more examples",
                "walk along",
                "a walk along the dam",
            ),
        ),
        (
            "evaluation",
            (
                "alpha 0.610, not reliable",
                "92% (86% to 95%)",
                "no text",
                "171 of 200 texts coded twice",
                "undefined",
            ),
        ),
    ],
)
def test_a_card_says(card: str, said: tuple[str, ...]) -> None:
    text = flat(CARDS[card](width=80, colour=False))
    for words in said:
        assert words in text


def test_a_codebook_that_treats_its_sides_alike_is_said_to() -> None:
    card = reports.render_symmetry_card(
        factories.symmetry_check(is_symmetric=True), width=80, colour=False
    )
    assert card.startswith("river-dam 2 treats its sides alike\n")
    assert "Problems" not in card


def test_a_replay_that_is_the_same_is_said_to_be() -> None:
    same = Replay(receipt_id="ab", is_same=True, changes=())
    card = reports.render_replay_card(same, width=80, colour=False)
    assert card == "Receipt ab: the same bytes\n"


def test_importing_the_package_needs_neither_jinja_nor_rich() -> None:
    code = (
        "import sys, groundswell.reports; "
        "print([name for name in ('jinja2', 'rich', 'numpy') if name in sys.modules])"
    )
    done = subprocess.run(  # noqa: S603 (this interpreter, our own code)
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_the_package_has_what_it_lists_and_nothing_else() -> None:
    names = groundswell.reports.__all__
    assert names == sorted(names)
    assert all(callable(getattr(groundswell.reports, name)) for name in names)
    with pytest.raises(AttributeError, match="render_nothing"):
        groundswell.reports.render_nothing  # noqa: B018 (the access is the test)
