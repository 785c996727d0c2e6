"""Countries, former names and US states, in running text and in cells."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundswell.core.places import WORLD
from groundswell.language.place_tables import Entry, ambiguous_cells, cell_key, entries
from groundswell.language.places import find_places, place_of

US = ("USA",)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("in the U.S., the US, USA and the United\nStates", ["USA"] * 4),
        ("join us in the US", ["USA"]),
        ("JOIN US NOW", []),
        ("the US NATO envoy", ["USA"]),
        ("Turkey, Türkiye, TURKEY but turkey, china, chad", ["TUR", "TUR", "TUR"]),
        ("Michael Jordan in Jordan; Chad Wolf across Chad", ["JOR", "TCD"]),
        ("Côte d\u2019Ivoire, Ivory Coast, Cote d'Ivoire", ["CIV", "CIV", "CIV"]),
        ("Niger, Nigeria, Guinea-Bissau, Papua New Guinea", ["NER", "NGA", "GNB", "PNG"]),
        ("South Africa and Congo-Kinshasa", ["ZAF", "COD"]),
        ("Portland, Ore., Oakland, CA, but OR and Mass.", ["USA/OR", "USA/CA"]),
        (
            "Washington, D.C., Washington DC, Washington state",
            ["USA/DC"] * 2 + ["USA/WA"],
        ),
        ("Lebanon, Pennsylvania; Lebanon", ["USA/PA", "LBN"]),
        ("Kosovo, Taiwan, Western Sahara", ["XKX", "TWN", "ESH"]),
        (
            "Northern Cyprus, Crimea, Gaza",
            ["CYP/Northern Cyprus", "UKR/43", "PSE/Gaza Strip"],
        ),
        ("Burma, Zaire, the Soviet Union", ["MMR", "COD", "SUN"]),
        ("pro-Israel and pro\u2011Palestine, the Israel-Hamas war", []),
        ("The Washington Post, Latin America, Times of India", []),
        ("Israel\u2019s, Palestine's", ["ISR", "PSE"]),
        ("worldwide, around the\u00a0world, across the globe", ["world"] * 3),
        ("global protests, Globally, the Global South", ["world"] * 2),
        ("in almost 100 countries, in three countries", ["world"]),
        ("in more than one hundred countries", ["world"]),
        ("British and Kenyans", []),
    ],
)
def test_places_in_running_text(text: str, codes: list[str]) -> None:
    found = find_places(text)
    assert [span.place.code for span in found] == codes
    assert all(span.place.text == text[span.start : span.end] for span in found)
    assert not any(span.others for span in found)


def test_adjectives_only_on_request() -> None:
    found = find_places("British and Kenyans", with_adjectives=True)
    assert [span.place.code for span in found] == ["GBR", "KEN"]


@pytest.mark.parametrize(
    ("text", "codes", "words"),
    [
        ("in Georgia", ["GEO", "USA/GA"], "Can mean"),
        ("in Washington", ["USA/DC", "USA/WA"], "Can mean"),
        ("in the Congo", ["COD", "COG"], "Can mean"),
        ("in Korea", ["KOR", "PRK"], "Can mean"),
        ("in Georgia, and in Atlanta above all", ["USA/GA"], "'Atlanta' stands near"),
        ("in Tbilisi and all of Georgia", ["GEO"], "'Tbilisi' stands near"),
        ("Seattle, Washington", ["USA/WA"], "'Seattle' stands near"),
        ("in Tbilisi and Atlanta, Georgia", ["GEO", "USA/GA"], "Can mean"),
        ("across America", ["USA"], "or the continent"),
        ("in New York", ["USA/NY"], "same name"),
        ("in Burma", ["MMR"], "former name of Myanmar, official until 1989-06-18"),
        ("in Yugoslavia", ["YUG"], "Existed from 1918-12-01 to 2003-02-04"),
        ("in Kosovo", ["XKX"], "user-assigned"),
    ],
)
def test_ambiguity_dispute_and_former_names_are_said(
    text: str, codes: list[str], words: str
) -> None:
    span = find_places(text)[-1]
    assert [place.code for place in (span.place, *span.others)] == codes
    assert words in span.note


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("US", "USA"),
        ("Us ", "USA"),
        ("U.S.A.", "USA"),
        ("the United States", "USA"),
        ("GBR", "GBR"),
        ("Namibia", "NAM"),
        ("NAM", "NAM"),
        ("TÜRKIYE", "TUR"),
        ("Cote dIvoire", "CIV"),
        ("Gambia, The", "GMB"),
        ("Korea, South", "KOR"),
        ("St. Lucia", "LCA"),
        ("Trinidad & Tobago", "TTO"),
        ("Bolivia (Plurinational State of)", "BOL"),
        ("Burma", "MMR"),
        ("Swaziland", "SWZ"),
        ("Macedonia", "MKD"),
        ("Rhodesia", "ZWE"),
        ("West Germany", "DEU"),
        ("Czechoslovakia", "CSK"),
        ("CA", "USA/CA"),
        ("Calif.", "USA/CA"),
        ("D.C.", "USA/DC"),
        ("Puerto Rico", "USA/PR"),
        ("PRI", "USA/PR"),
        ("England", "GBR/ENG"),
    ],
)
def test_cells(cell: str, code: str) -> None:
    place = place_of(cell)
    assert place is not None
    assert (place.code, place.text) == (code, cell)


@pytest.mark.parametrize(
    "cell",
    [
        *("", "NA", "N/A", "na", "IA/IL", "US and 26 others", "UW", "usa and", "ca"),
        *("Georgia", "Washington", "Congo", "Korea", "America", "Virgin Islands"),
        *("Atlantis", "world"),
    ],
)
def test_unknown_and_ambiguous_cells_give_nothing(cell: str) -> None:
    assert place_of(cell) is None


@pytest.mark.parametrize(
    ("cell", "code"),
    [("CA", "CA"), ("Fl", "FL"), ("Georgia", "GA"), ("Washington", "WA"), ("GU", "GU")],
)
def test_a_column_of_states_settles_names_and_case(cell: str, code: str) -> None:
    place = place_of(cell, within=US)
    assert place is not None
    assert place.path == (*US, code)


def test_a_column_of_states_holds_no_countries() -> None:
    assert place_of("France", within=US) is None
    assert place_of("USA", within=US) is None


@pytest.mark.parametrize(
    ("cell", "on", "code"),
    [
        ("USSR", date(1980, 1, 1), "SUN"),
        ("USSR", date(2000, 1, 1), None),
        ("Yugoslavia", date(2003, 2, 4), "YUG"),
        ("Yugoslavia", date(2003, 2, 5), None),
        ("Burma", date(2020, 1, 1), "MMR"),
        ("Congo", date(1980, 1, 1), "COG"),
        ("Congo", date(2000, 1, 1), None),
    ],
)
def test_the_day_decides_where_a_name_depends_on_it(
    cell: str, on: date, code: str | None
) -> None:
    place = place_of(cell, on=on)
    assert (place.code if place else None) == code


def test_the_tables_are_whole() -> None:
    countries = [entry for entry in entries() if len(entry.path) == 1]
    states = [entry for entry in entries() if entry.path[0] == "USA" and entry.codes]
    assert len({entry.path for entry in entries()}) == len(entries())
    assert all(len(entry.path[0]) == 3 and entry.path[0].isupper() for entry in countries)
    assert len(states) - 1 == 50 + 1 + 5
    assert {"PSE", "VAT", "XKX", "TWN", "ESH", "SUN", "YUG", "CSK", "DDR"} <= {
        entry.path[0] for entry in countries
    }


def test_no_name_means_two_places_unless_listed_as_ambiguous() -> None:
    listed = set(ambiguous_cells())
    owners: dict[str, set[tuple[str, ...]]] = {}
    for entry in entries():
        former = [name for name, _, _ in entry.former]
        for name in (*entry.names, *former):
            owners.setdefault(cell_key(name), set()).add(entry.path)
    assert {name for name, paths in owners.items() if len(paths) > 1} <= listed


@given(st.sampled_from(entries()), st.booleans())
def test_every_printed_name_comes_back(entry: Entry, shout: bool) -> None:
    name = entry.name.upper() if shout else entry.name
    place = place_of(name, within=entry.path[:-1])
    if len(entry.path) == 1 and cell_key(name) in ambiguous_cells():
        assert place is None
    else:
        assert place is not None
        assert place.path == entry.path


_NAMES = sorted({name for entry in entries() for name in entry.names})
_JOINTS = ["in", "the", "pro-", "-", ",", ", ", "\u00a0", "'s", "global", "\u0130", "ß"]
_OTHERS = ["in almost 100 countries", "around the\nworld", "D", "Ga.", "CA", "\ufb01"]
_PIECES = st.sampled_from([*_NAMES, *_JOINTS * 10, *_OTHERS * 10])


@given(st.one_of(st.text(), st.lists(_PIECES, max_size=8).map(" ".join)), st.booleans())
def test_any_text_is_read_and_spans_are_exact(text: str, with_adjectives: bool) -> None:
    found = find_places(text, with_adjectives=with_adjectives)
    assert all(text[s.start : s.end] == s.text == s.place.text for s in found)
    assert all(s.text for s in found)
    assert all(s.place.name == WORLD.name for s in found if not s.place.path)
    place = place_of(text)
    assert place is None or place.text == text
