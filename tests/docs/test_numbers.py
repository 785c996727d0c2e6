"""Numbers of real records that pages print are what the records give."""

from pathlib import Path

import pytest

from docs.page_blocks import DOCS
from groundswell import api

RECORDS = "ccc/phase3/ccc-phase3-2025-q1.csv"


@pytest.mark.reference
def test_the_tutorial_prints_what_the_records_give(
    reference_data: Path, tmp_path: Path
) -> None:
    files = (reference_data / RECORDS,)
    (read,) = api.ingest(api.RecordFiles(files=files), tmp_path / "w")
    measured = api.measure(
        tmp_path / "w",
        statistic="share",
        codebook="israel-palestine",
        code="pro-palestine",
    )
    (share,) = measured.measurements
    without = next(
        n
        for n in share.range.neighbours
        if (n.decision_id, n.option_id) == ("recurring-events", "left-out")
    )
    low, value = share.range.low, share.estimate.value
    assert low is not None
    assert value is not None
    side, other = (
        share.estimate.count("pro-Palestine"),
        share.estimate.count("pro-Israel"),
    )
    text = (DOCS / "tutorials" / "measure-a-share.md").read_text(encoding="utf-8")
    for words in (
        f"{read.snapshot.n_records:,} rows",
        f"{share.range.n_specifications:,} definitions",
        f"{low * 100:.0f} % to over 99 %",
        f"{value * 100:.1f} %",
        f"{side:,} events for one side, {other:,} for the other",
        f"({without.numerator} of {without.denominator})",
    ):
        assert words in " ".join(text.split()), words
    assert share.range.high is not None
    assert 0.99 < share.range.high < 1
