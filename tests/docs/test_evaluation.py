"""The page on the evaluation of a codebook prints what a fresh run gives."""

import csv
import json
import math
from collections import Counter, defaultdict
from datetime import date
from pathlib import Path

import pytest

from docs.page_blocks import DOCS
from groundswell import api
from groundswell.api.coded import choose_snapshots
from groundswell.codebook.rates import LEVEL, Drawn, estimate_rate, exact_limits
from groundswell.core.codebooks import ErrorRate
from groundswell.core.codings import CodeAccuracy, DimensionEvaluation, Rate
from groundswell.engine import Workspace
from groundswell.measures.record_texts import texts_by_row_key

PAGE = DOCS / "reference" / "evaluation.md"
HAND_CODES = DOCS / "reference" / "data" / "israel-palestine-hand-codes.csv"
RECOVERY = DOCS.parent / "tests" / "recovery" / "results.json"
RECORDS = "ccc/phase3/ccc-phase3-2025-q1.csv"
CODEBOOK = "israel-palestine"
STRATA = {"A1": (188, 100), "A2": (1_676, 300), "B": (2_628, 300)}


def hand_codes() -> list[dict[str, str]]:
    with HAND_CODES.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_published_codes_are_those_of_the_page() -> None:
    rows = hand_codes()
    assert len({row["row_sha256"] for row in rows}) == len(rows) == 700
    assert all(row["coder_one"] == row["coder_two"] for row in rows)
    text = PAGE.read_text(encoding="utf-8")
    labels = Counter((row["stratum"], row["coder_one"]) for row in rows)
    for stratum, (size, drawn) in STRATA.items():
        of_it = [row for row in rows if row["stratum"] == stratum]
        assert len(of_it) == drawn
        assert {float(row["weight"]) for row in of_it} == {round(size / drawn, 4)}
    for label in dict.fromkeys(label for _, label in labels):
        counts = [labels[stratum, label] for stratum in STRATA]
        cells = [f"`{label}`", *map(str, counts), str(sum(counts))]
        assert f"| {' | '.join(cells)} |" in text


@pytest.fixture(scope="module")
def workspace(reference_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("evaluation") / "w"
    files = (reference_data / RECORDS,)
    api.ingest(api.RecordFiles(files=files), folder)
    return folder


@pytest.fixture(scope="module")
def side(workspace: Path) -> DimensionEvaluation:
    found = api.evaluate_codebook(
        CODEBOOK,
        workspace,
        hand_codes=HAND_CODES,
        records=api.RecordFiles(),
    )
    (dimension,) = found.dimensions
    return dimension


@pytest.mark.reference
def test_the_page_prints_a_fresh_run(side: DimensionEvaluation) -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert f"Krippendorff's alpha {side.alpha:.3f}" in text
    assert f"{side.n_agreed} of {side.n_coded_twice} rows" in text
    for wording in side.wordings:
        _, _, rest = text.partition(f"### Wording `{wording.wording}`")
        section = rest.partition("###")[0]
        for code in wording.codes:
            assert row_of(code) in section, row_of(code)
        for cell in wording.confusion:
            if cell.first != cell.second:
                line = f"| {cell.first} | {cell.second} | {cell.n} |"
                assert line in section, line


def test_the_page_says_what_the_draws_leave_open() -> None:
    page = " ".join(PAGE.read_text(encoding="utf-8").split())
    size, drawn = STRATA["B"]
    open_part = exact_limits(0, n=drawn)[1]
    assert f"For stratum B that is {open_part:.1%}".replace("%", " %") in page
    assert f"some {open_part * size:.0f} rows" in page
    first = Drawn(stratum="A1", weight=1.88, outcome="hit")
    rest = [
        *[Drawn(stratum="A2", weight=1_676 / 110, outcome="neither")] * 110,
        *[Drawn(stratum="B", weight=2_628 / 40, outcome="neither")] * 40,
        *[Drawn(stratum="A1", weight=1.88, outcome="neither")] * 7,
    ]
    interval = estimate_rate([first] * 93 + rest).interval
    assert interval is not None
    assert (
        f"With the 40 rows of the first step it was {interval.low:.2f}".replace("0.", ".")
        in page
    )


def test_the_page_prints_the_stored_coverage() -> None:
    page = PAGE.read_text(encoding="utf-8")
    stored = json.loads(RECOVERY.read_text(encoding="utf-8"))["strata"]
    of_case = {case["case"]: case for case in stored}
    for missed in (60, 80, 120, 180):
        case = of_case[f"common side, {missed} missed in B"]
        row = (
            f"| {missed} | {1_542 / (1_542 + missed):.3f} "
            f"| {case['unstratified sensitivity']:.3f} | {case['sensitivity']:.3f} "
            f"| {case['sensitivity width']:.2f} |"
        )
        assert row in page, row
    assert min(case["sensitivity"] for case in stored) >= LEVEL


@pytest.mark.reference
def test_the_page_says_what_a_check_makes_of_it(workspace: Path) -> None:
    page = PAGE.read_text(encoding="utf-8")
    for value, kind in (("70", "contradicted"), ("85", "depends")):
        sentence = (
            f"In the United States in January and February 2025, {value} percent of "
            "protests over Israel and Gaza were pro-Palestine."
        )
        found = api.check_article(
            api.Article.from_sentence(sentence),
            workspace,
            against=api.Against(
                codebooks=(CODEBOOK,), published=date(2025, 4, 5), use_workspace=True
            ),
        )
        (verdict,) = found.verdicts
        assert verdict.kind == kind
        said = " ".join((verdict.answer, *verdict.reasons))
        assert "The rows give 88% to 99%" in said
        assert "84% to over 99%" in said
    assert "88 to 99 %, and the known errors widen that to 84\nto over 99 %" in page


def row_of(code: CodeAccuracy) -> str:
    numbers = (code.n_truth, code.n_coded, code.n_both)
    rates = (rate_words(code.sensitivity), rate_words(code.precision))
    return f"| `{code.code}` | {' | '.join(map(str, (*numbers, *rates)))} |"


def rate_words(rate: Rate) -> str:
    if rate.value is None or rate.interval is None:
        return "no row"
    return f"{rate.value:.3f} ({rate.interval.low:.3f} to {rate.interval.high:.3f})"


@pytest.mark.reference
def test_the_page_says_how_few_texts_there_are(workspace: Path) -> None:
    rows = hand_codes()
    with Workspace.open(workspace, create=False) as opened:
        texts = texts_by_row_key(
            opened,
            [row["row_sha256"] for row in rows],
            field="claims_summary",
            snapshot_ids=tuple(s.snapshot_id for s in choose_snapshots(opened)),
        )
    by_label: defaultdict[str, list[str]] = defaultdict(list)
    for row in rows:
        by_label[row["coder_one"]].append(texts[row["row_sha256"]])
    page = PAGE.read_text(encoding="utf-8")
    for label in ("pro-palestine", "pro-israel", "none"):
        same = Counter(by_label[label])
        most = same.most_common(1)[0][1]
        assert f"| `{label}` | {same.total()} | {len(same)} | {most} |" in page


@pytest.mark.reference
def test_the_codebook_carries_these_error_rates(side: DimensionEvaluation) -> None:
    measured = {
        (code.code, wording.wording): code
        for wording in side.wordings
        for code in wording.codes
    }
    rates = api.show_codebook(CODEBOOK).error_rates
    assert rates
    for rate in rates:
        check_rate(rate, measured[rate.code, rate.wording])


def check_rate(rate: ErrorRate, code: CodeAccuracy) -> None:
    """The declared ends hold the measured ones and are at most .001 further out."""
    for (low, high), found in (
        (rate.sensitivity, code.sensitivity.interval),
        (rate.precision, code.precision.interval),
    ):
        assert found is not None
        assert low <= found.low < low + 0.001
        assert math.isclose(high, found.high, abs_tol=0.001)
        assert high >= round(found.high, 4)
