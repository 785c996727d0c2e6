"""The real opinion piece against the real file, line by line of what is promised."""

from datetime import date
from pathlib import Path

import pytest

from groundswell import api
from groundswell.core.hashes import sha256_bytes
from groundswell.core.verdicts import ArticleCheck

pytestmark = pytest.mark.reference

RECORDS = "ccc/phase3/ccc-phase3-2025-q1.csv"
ARTICLE = "articles/opinion-2024-03-solidarity.txt"
PUBLISHED = date(2024, 3, 5)


@pytest.fixture(scope="module")
def workspace(reference_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("article") / "w"
    api.ingest(api.RecordFiles(files=(reference_data / RECORDS,)), folder)
    return folder


def check(workspace: Path, article: api.Article, **against: object) -> ArticleCheck:
    return api.check_article(
        article,
        workspace,
        against=api.Against(codebooks=("israel-palestine",), **against),  # type: ignore[arg-type]
    )


@pytest.fixture(scope="module")
def whole(workspace: Path, reference_data: Path) -> ArticleCheck:
    article = api.Article.from_file(reference_data / ARTICLE)
    return check(workspace, article, published=PUBLISHED, use_workspace=True)


def test_the_claim_is_narrower_and_says_which_words_are_missing(
    whole: ArticleCheck,
) -> None:
    first = whole.verdicts[0]
    assert "\u00a086 percent\u00a0of these protests" in first.claim.sentence.text
    assert first.kind == "narrower"
    assert first.missing_words == ("7 to 27 October 2023", "according to ACLED")
    assert any(m.is_probable_origin for m in first.figures)
    scope = first.claim.scope
    assert (scope.statistic, scope.side, scope.among) == (
        "share",
        "pro-palestine",
        "topic",
    )
    assert scope.window is not None
    assert (scope.window.start, scope.window.end) == (date(2023, 10, 7), PUBLISHED)
    assert scope.place is not None
    assert scope.place.code == "world"
    assert not first.is_covered
    assert "the United States" in " ".join(first.reasons)
    assert "1 January to 6 March 2025" in " ".join(first.reasons)


def test_the_nearest_numbers_are_those_of_the_file(whole: ArticleCheck) -> None:
    measured = whole.verdicts[0].measurement
    assert measured is not None
    counts = dict(measured.estimate.counts)
    assert (counts["pro-Palestine"], counts["pro-Israel"]) == (1_578, 181)
    assert measured.estimate.value == pytest.approx(0.897, abs=5e-4)
    neighbours = {(n.decision_id, n.option_id): n for n in measured.range.neighbours}
    one_off = neighbours["recurring-events", "left-out"]
    assert (one_off.numerator, one_off.denominator) == (401, 413)
    assert one_off.value == pytest.approx(0.97, abs=5e-3)
    (people,) = whole.verdicts[0].related
    assert people.value == pytest.approx(0.95, abs=5e-3)
    assert measured.estimate.ledger.rows_in == 4_492


def test_the_majority_is_its_own_claim_among_all_protests(whole: ArticleCheck) -> None:
    second = whole.verdicts[1]
    assert second.claim.value.comparator == "majority"
    assert (second.claim.scope.side, second.claim.scope.among) == ("", "all")
    nearest = second.figures[0]
    assert nearest.figure.values[0].value == 0.38
    assert nearest.relation == "inside"
    assert "38%" in second.answer
    assert second.kind == "undecidable"
    assert second.needed


def test_nothing_is_claimed_by_caption_bio_footer_or_comments(
    whole: ArticleCheck,
) -> None:
    assert len(whole.verdicts) == 2
    kinds = {region.kind for region in whole.reading.regions}
    assert {"title", "caption", "byline", "body", "bio", "comments"} <= kinds
    bodies = [r for r in whole.reading.regions if r.kind == "body"]
    for verdict in whole.verdicts:
        span = verdict.claim.sentence
        assert any(r.start <= span.start and span.end <= r.end for r in bodies)


@pytest.mark.parametrize(
    ("sentence", "published", "kind"),
    [
        (
            "Between 7 and 27 October 2023, 86 percent of demonstrations worldwide over "
            "Israel and Palestine were pro-Palestine, according to ACLED.",
            date(2024, 3, 5),
            "traced",
        ),
        (
            "In the United States in January and February 2025, about 90 percent of "
            "protests over Israel and Gaza were pro-Palestine.",
            date(2025, 4, 5),
            "depends",
        ),
        (
            "In the United States in January and February 2025, 70 percent of protests "
            "over Israel and Gaza were pro-Palestine.",
            date(2025, 4, 5),
            "contradicted",
        ),
        (
            "In the United States in January and February 2025, most protests over "
            "Israel and Gaza were pro-Palestine.",
            date(2025, 4, 5),
            "reproduced",
        ),
    ],
)
def test_single_sentences(
    workspace: Path, sentence: str, published: date, kind: str
) -> None:
    article = api.Article.from_sentence(sentence)
    found = check(workspace, article, published=published, use_workspace=True)
    (verdict,) = found.verdicts
    assert verdict.kind == kind
    if kind == "depends":
        assert verdict.measurement is not None
        counts = dict(verdict.measurement.estimate.counts)
        assert (counts["pro-Palestine"], counts["pro-Israel"]) == (1_394, 147)
        assert verdict.flips[0].decision_id == "recurring-events"
    if kind == "contradicted":
        assert verdict.off_by == pytest.approx(0.177, abs=1e-3)


def test_without_records_only_the_registry_answers(
    tmp_path: Path, reference_data: Path
) -> None:
    article = api.Article.from_file(reference_data / ARTICLE)
    found = check(tmp_path / "w", article, published=PUBLISHED)
    assert [v.kind for v in found.verdicts] == ["narrower", "undecidable"]
    assert all(v.measurement is None for v in found.verdicts)


def test_replay_gives_the_same_bytes_and_rows_are_those_counted(
    workspace: Path, whole: ArticleCheck
) -> None:
    assert api.replay(whole.receipt_id, workspace).is_same
    measured = whole.verdicts[0].measurement
    assert measured is not None
    receipt = measured.estimate.receipt_id
    assert api.replay(receipt, workspace).is_same
    rows = api.rows(receipt, workspace, sample=20)
    assert rows.n_rows == measured.estimate.ledger.counted == 1_759
    assert len(rows.rows) == 20
    assert rows == api.rows(receipt, workspace, sample=20)
    assert "claims_verbatim" in rows.withheld
    words = rows.columns.index("matched_words")
    assert all(row[words] for row in rows.rows)


def test_no_article_text_or_hash_is_in_the_source(reference_data: Path) -> None:
    raw = (reference_data / ARTICLE).read_bytes()
    words = raw.decode().split()
    phrases = [" ".join(words[i : i + 6]) for i in range(0, len(words) - 6, 3)]
    marks = [sha256_bytes(raw)[:16], *phrases]
    for path in Path(api.__file__).parents[1].rglob("*"):
        if path.suffix in {".py", ".toml", ".html", ".css"}:
            text = path.read_text(encoding="utf-8")
            assert not [mark for mark in marks if mark in text], path
