"""The table of verdicts: every combination of evidence, and the page that prints it."""

import re
from dataclasses import fields
from itertools import product
from pathlib import Path
from typing import get_args

import pytest

from groundswell.checking.coverage import RowsRelation
from groundswell.checking.table import Evidence, FigureHolds, Holds, decide
from groundswell.core.verdicts import VERDICT_MEANING, VerdictKind

PAGE = Path(__file__).parents[3] / "docs" / "explanation" / "verdicts.md"

# The printed table, line by line: the condition, written anew, and its verdict.
LINES = [
    (lambda e: e.is_inconsistent, "inconsistent"),
    (
        lambda e: e.rows == "covers" and e.rows_hold == "all" and e.survives_errors,
        "reproduced",
    ),
    (lambda e: e.rows == "covers" and e.rows_hold == "all", "depends"),
    (lambda e: e.rows == "covers" and e.rows_hold == "some", "depends"),
    (lambda e: e.rows == "covers" and e.is_within_budget, "depends"),
    (lambda e: e.rows == "covers" and e.is_above_record, "undecidable"),
    (lambda e: e.rows == "covers", "contradicted"),
    (lambda e: e.same_figure == "printed", "traced"),
    (lambda e: e.same_figure == "derived", "depends"),
    (lambda e: e.same_figure == "between", "depends"),
    (lambda e: e.same_figure == "fails" and not e.is_above_record, "contradicted"),
    (lambda e: e.rows == "inside" and e.is_below_part, "contradicted"),
    (
        lambda e: e.rows == "inside" and (e.rows_hold == "all" or e.reference_holds),
        "narrower",
    ),
    (lambda e: e.inside_figure_holds, "narrower"),
    (lambda _: True, "undecidable"),
]


def all_evidence() -> list[Evidence]:
    options: dict[str, tuple[object, ...]] = {
        "rows": get_args(RowsRelation),
        "rows_hold": get_args(Holds),
        "same_figure": get_args(FigureHolds),
    }
    names = [field.name for field in fields(Evidence)]
    choices = [options.get(name, (False, True)) for name in names]
    return [
        Evidence(**dict(zip(names, chosen, strict=True)))  # type: ignore[arg-type]
        for chosen in product(*choices)
    ]


def test_every_combination_follows_the_first_line_that_applies() -> None:
    seen = set()
    for evidence in all_evidence():
        expected = next(verdict for applies, verdict in LINES if applies(evidence))
        assert decide(evidence) == expected, evidence
        seen.add(expected)
    assert seen == set(get_args(VerdictKind)) == set(VERDICT_MEANING)


def test_the_page_prints_the_lines_of_the_table_in_their_order() -> None:
    text = PAGE.read_text(encoding="utf-8").split("## The table")[1].split("\n## ")[0]
    rows = [line for line in text.splitlines() if line.startswith("|")][2:]
    printed = [re.findall(r"`(\w+)`", row.split("|")[3])[0] for row in rows]
    assert printed == [verdict for _, verdict in LINES]


@pytest.mark.parametrize("kind", get_args(VerdictKind))
def test_the_page_names_every_verdict(kind: str) -> None:
    assert f"`{kind}`" in PAGE.read_text(encoding="utf-8")
