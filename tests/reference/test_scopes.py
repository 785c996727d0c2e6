"""Sentences of many scopes against the real file: what the printed table says of each.

The numbers that decide are counts of rows of the file: 577 of 1,981 events in February
2025; 1,394 in January and February; 27,907 to 29,291 people in events of known size.
"""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from groundswell import api
from groundswell.core.verdicts import Verdict

pytestmark = pytest.mark.reference

RECORDS = "ccc/phase3/ccc-phase3-2025-q1.csv"
PUBLISHED = date(2025, 4, 5)
KNOWN = "in events whose size is known"
BY = "according to Crowd Counting Consortium"
DAYS = "In January and February 2025, "
TOPIC = "protests over Israel and Gaza"
USA = "in the United States"
CCC = ", according to the Crowd Counting Consortium"


@dataclass(frozen=True, kw_only=True)
class Said:
    """A sentence and what the table makes of it."""

    text: str
    kind: str
    missing: tuple[str, ...] = ()
    off_by: float | None = None
    answer: str = ""


SENTENCES = [
    # among all protests, which the words leave open in the first
    Said(
        text=f"In February 2025, 29 percent of protests {USA} were pro-Palestine.",
        kind="depends",
    ),
    Said(
        text=f"In February 2025, 29 percent of all protests {USA} were pro-Palestine.",
        kind="depends",
    ),
    Said(
        text=f"{DAYS}fewer than half of all protests {USA} were pro-Palestine.",
        kind="reproduced",
    ),
    Said(
        text=f"{DAYS}at least 5 percent of all protests {USA} were pro-Palestine.",
        kind="reproduced",
    ),
    Said(
        text=f"{DAYS}the majority of all protests {USA} were pro-Palestine.",
        kind="contradicted",
        off_by=0.154,
    ),
    # among those on the topic, of either side, and who counted
    Said(text=f"{DAYS}most {TOPIC} {USA} were pro-Palestine{CCC}.", kind="reproduced"),
    Said(text=f"{DAYS}a minority of {TOPIC} {USA} were pro-Israel.", kind="reproduced"),
    Said(
        text=f"{DAYS}most {TOPIC} {USA} were pro-Palestine, according to ACLED.",
        kind="undecidable",
    ),
    # a part of the place that is covered, and a place of which the file is a part
    Said(text=f"{DAYS}most {TOPIC} in California were pro-Palestine.", kind="reproduced"),
    Said(
        text=f"{DAYS}60 percent of {TOPIC} in California were pro-Palestine.",
        kind="contradicted",
        off_by=0.324,
    ),
    Said(
        text=f"{DAYS}about 90 percent of {TOPIC} worldwide were pro-Palestine.",
        kind="narrower",
        missing=("in the United States",),
    ),
    # counts: floors, unless it is said who counted
    Said(
        text=f"{DAYS}more than 2,000 pro-Palestine protests took place {USA}.",
        kind="undecidable",
        answer="less than the claim says",
    ),
    Said(
        text=f"{DAYS}more than 2,000 pro-Palestine protests took place {USA}{CCC}.",
        kind="contradicted",
        off_by=2_001 - 1_402,
    ),
    Said(
        text=f"{DAYS}1,394 pro-Palestine protests took place {USA}.",
        kind="narrower",
        missing=(BY,),
    ),
    Said(
        text=f"{DAYS}1,394 pro-Palestine protests took place {USA}{CCC}.",
        kind="depends",
    ),
    Said(
        text=f"{DAYS}1,394 pro-Palestine protests took place worldwide.",
        kind="narrower",
        missing=("in the United States", BY),
    ),
    Said(
        text=f"{DAYS}100 pro-Palestine protests took place worldwide.",
        kind="contradicted",
        off_by=129,
    ),
    # people: most events have no known size
    Said(
        text=f"{DAYS}more than 100,000 people took part in pro-Palestine protests {USA}.",
        kind="undecidable",
    ),
    Said(
        text=f"{DAYS}more than 10,000 people took part in pro-Palestine protests {USA}.",
        kind="reproduced",
    ),
    Said(
        text=f"{DAYS}fewer than 1,000 people took part in pro-Palestine protests {USA}.",
        kind="contradicted",
        off_by=26_908,
    ),
    Said(
        text=f"{DAYS}most protesters over Israel and Gaza {USA} were pro-Palestine.",
        kind="narrower",
        missing=(KNOWN,),
    ),
    # published figures
    Said(
        text="Between 7 and 27 October 2023, 87 percent of demonstrations worldwide over "
        "Israel and Palestine were pro-Palestine, according to ACLED.",
        kind="depends",
        answer="lies between",
    ),
    Said(
        text="Between 7 and 27 October 2023, 70 percent of demonstrations worldwide over "
        "Israel and Palestine were pro-Palestine, according to ACLED.",
        kind="contradicted",
        off_by=0.153,
        answer="nearest",
    ),
]


@pytest.fixture(scope="module")
def verdicts(
    reference_data: Path, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Verdict]:
    """Check all of them as one article; each is its own paragraph."""
    workspace = tmp_path_factory.mktemp("scopes") / "w"
    api.ingest(api.RecordFiles(files=(reference_data / RECORDS,)), workspace)
    text = "\n\n".join(said.text for said in SENTENCES)
    check = api.check_article(
        api.Article(content=text.encode(), name="scopes.txt", is_sentence=False),
        workspace,
        against=api.Against(
            codebooks=("israel-palestine",), use_workspace=True, published=PUBLISHED
        ),
    )
    return {v.claim.sentence.text: v for v in check.verdicts}


@pytest.mark.parametrize("said", SENTENCES, ids=lambda said: said.text)
def test_a_sentence_has_the_verdict_of_the_table(
    verdicts: dict[str, Verdict], said: Said
) -> None:
    found = verdicts[said.text]
    assert found.kind == said.kind, found.answer
    assert found.missing_words == said.missing
    assert said.answer in found.answer
    if said.off_by is None:
        assert found.off_by is None
    else:
        assert found.off_by == pytest.approx(said.off_by, abs=1e-3)


def test_the_bare_share_of_february_rests_on_counts_of_the_file(
    verdicts: dict[str, Verdict],
) -> None:
    found = verdicts[SENTENCES[0].text]
    assert (found.claim.scope.among, found.is_covered) == ("all", True)
    assert found.measurement is not None
    values = {
        (v.numerator, v.denominator)
        for v in found.measurement.range.values
        if v.value is not None and found.claim.value.admits(v.value, v.value)
    }
    assert (577, 1_981) in values
