"""Every name and code of the roll-call files of the reference data, and who was a member.

The files give the month of a vote; before the 1990s their day is not that of the meeting.
"""

import csv
from calendar import monthrange
from datetime import date
from functools import cache
from pathlib import Path

import duckdb
import pytest

from groundswell.core.places import Place
from groundswell.language.blocs import bloc_members
from groundswell.language.places import country_of
from groundswell.language.states import state_of_code

pytestmark = pytest.mark.reference

# One file writes the present name for the former state, and the former for the present.
NAMED_FOR = {"RUS": {"SUN"}, "YUG": {"SCG", "SRB"}}
# A vote of a member admitted on 13 October 1970.
BEFORE_ITS_MONTH = ("FJI", date(1970, 9, 1))
# No code of ISO 3166; the file gives it to both former states of Yemen.
NO_ISO_CODE = {"YAR"}


def end_of_month(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


@cache
def members_in(month: date) -> frozenset[str]:
    """Members on the first or the last day of the month that ends on a day."""
    first = bloc_members("un", on=month.replace(day=1))
    return frozenset((*first, *bloc_members("un", on=month)))


def code_of(place: Place | None) -> str | None:
    return place.code if place else None


def test_names_and_codes_of_unvotes_mean_one_place_each(reference_data: Path) -> None:
    file = str(reference_data / "unga" / "un_votes.parquet")
    query = "SELECT DISTINCT country, country_code FROM read_parquet($1)"
    found = duckdb.execute(query, [file]).fetchall()
    assert len(found) == 200
    for name, code in found:
        place = country_of(name)
        assert place is not None, name
        if code == "CS":
            assert (
                code_of(state_of_code(code, system="iso2", on=date(1980, 1, 1))) == "CSK"
            )
        elif code:
            assert code_of(state_of_code(code, system="iso2")) == place.code


def test_whoever_votes_in_unvotes_is_a_member_in_that_month(
    reference_data: Path,
) -> None:
    folder = reference_data / "unga"
    found = duckdb.execute(
        "SELECT DISTINCT country, date::DATE FROM read_parquet($1)"
        " JOIN read_parquet($2) USING (rcid)",
        [str(folder / "un_votes.parquet"), str(folder / "un_roll_calls.parquet")],
    ).fetchall()
    assert len(found) > 100_000
    strangers = set()
    for name, day in found:
        code = code_of(country_of(name))
        assert code is not None
        if name == "Zanzibar":
            code = code_of(country_of(name, on=end_of_month(day)))
        if code not in members_in(end_of_month(day)) and (code, day) != BEFORE_ITS_MONTH:
            strangers.add(code)
            assert NAMED_FOR[str(code)] & members_in(end_of_month(day)), day
    assert strangers == set(NAMED_FOR)


def test_numbers_of_voeten_mean_one_state_on_each_day(reference_data: Path) -> None:
    file = str(reference_data / "unga" / "UNVotesPublished.parquet")
    found = duckdb.execute(
        "SELECT ccode, strptime(date, '%m/%d/%Y')::DATE AS day, min(vote)"
        " FROM read_parquet($1) WHERE date IS NOT NULL GROUP BY ALL",
        [file],
    ).fetchall()
    assert len(found) > 100_000
    for number, day, vote in found:
        place = state_of_code(str(number), system="cow", on=day)
        assert place is not None, (number, day)
        if vote < 8 and (place.code, day) != BEFORE_ITS_MONTH:
            assert place.code in members_in(end_of_month(day)), (number, day)


@pytest.mark.parametrize(
    "name",
    ["IdealpointestimatesAll_Apr2020.csv", "IdealpointestimatesMiddleEast_Apr2020.csv"],
)
def test_names_and_codes_of_ideal_points_agree(reference_data: Path, name: str) -> None:
    with (reference_data / "unga" / name).open(encoding="cp1252", newline="") as lines:
        rows = {
            (row["ccode"], row["iso3c"], row["Countryname"])
            for row in csv.DictReader(lines)
        }
    assert len(rows) > 190
    for number, iso3, written in rows:
        place = country_of(written)
        assert place is not None, written
        by_number = state_of_code(number, system="cow") or state_of_code(
            number, system="cow", on=date(2000, 1, 1)
        )
        assert code_of(by_number) == place.code, written
        by_iso = code_of(state_of_code(iso3, system="iso3"))
        assert by_iso == (None if iso3 in NO_ISO_CODE else place.code), written
