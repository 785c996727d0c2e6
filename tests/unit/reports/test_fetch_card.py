"""What was fetched, on a terminal of any width."""

from dataclasses import replace
from functools import partial
from typing import get_args

import pytest

from groundswell import reports
from groundswell.core.fetching import Fetch, Fetchable, FetchedFile, Outcome
from unit.reports import factories

FILE = FetchedFile(
    name="20310403.export.CSV",
    outcome="fetched",
    address="https://data.example/20310403.export.CSV.zip",
    n_parts=1,
    n_bytes=4_310_000,
    sha256="ab" * 32,
    held_against="MD5 and size",
    beside="",
)
RESULT = Fetch(
    name="gdelt-1",
    source_id="gdelt-events",
    title="Events",
    licence="open",
    terms_address="https://data.example/terms",
    citation="Doe (2031)",
    mode="online",
    folder="my data",
    files=(FILE,),
    requests=(FILE.address,),
    notes=("one day is missing",),
)
EVIL = replace(
    FILE, name=factories.HOSTILE, beside=factories.HOSTILE, address=factories.HOSTILE
)
PLANNED = replace(FILE, name="", outcome="planned", n_bytes=None, held_against="")
card = partial(reports.render_fetch_card, width=80, colour=False)


def test_a_file_is_shown_with_size_check_and_next_step() -> None:
    text = card(RESULT)
    assert text.startswith("gdelt-1: 1 file in my data, 4.3 MB\n")
    assert "MD5 and size" in text
    assert "One day is missing" in text
    assert "groundswell ingest 'my data/20310403.export.CSV' -w WORKSPACE" in text


def test_a_plan_shows_addresses_and_no_next_step() -> None:
    many = tuple(f"https://data.example/{n}" for n in range(30))
    plan = replace(RESULT, mode="dry-run", files=(PLANNED,), requests=many)
    text = card(plan)
    assert "gdelt-1: nothing was asked" in text
    assert "as in the archive" in text
    assert "not known" in text
    assert "and 10 more" in text
    assert "ingest" not in text


@pytest.mark.parametrize("outcome", get_args(Outcome))
def test_every_outcome_has_words(outcome: Outcome) -> None:
    assert card(replace(RESULT, files=(replace(FILE, outcome=outcome, n_parts=96),)))


@pytest.mark.parametrize("width", [20, 40, 60, 110])
def test_nothing_that_a_stranger_says_steers_the_terminal(width: int) -> None:
    evil = replace(RESULT, files=(EVIL,) * 25, notes=(factories.HOSTILE,))
    what = Fetchable(name="x", source_id="x", about=factories.HOSTILE, by_days=True)
    for text in (
        reports.render_fetch_card(evil, width=width, colour=False),
        reports.render_fetchable_card([what], width=width, colour=False),
    ):
        assert "\x1b" not in text
        assert "\u202e" not in text
