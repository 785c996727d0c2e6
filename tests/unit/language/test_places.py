"""Countries, former names and US states, in running text and in cells."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundswell.core.places import WORLD
from groundswell.language.place_tables import (
    Entry,
    ambiguous_cells,
    cell_key,
    entries,
    entries_by_path,
    load_table,
    passed_cells,
)
from groundswell.language.places import country_of, find_places, place_of

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
    ("cell", "code"),
    [
        ("Swaziland", "SWZ"),
        ("Congo-Kinshasa", "COD"),
        ("Congo - Kinshasa", "COD"),
        ("Congo (Brazzaville)", "COG"),
        ("Congo, Rep.", "COG"),
        ("Congo, Dem. Rep.", "COD"),
        ("Zaire", "COD"),
        ("DR Congo (Zaire)", "COD"),
        ("Congo (Democratic Republic of)", "COD"),
        ("Myanmar (Burma)", "MMR"),
        ("Russia (Soviet Union)", "RUS"),
        ("Serbia (Yugoslavia)", "SRB"),
        ("Yemen (North Yemen)", "YEM"),
        ("YEMEN ARAB REPUBLIC", "YEM"),
        ("Yemen People's Republic", "YMD"),
        ("Bosnia-Herzegovina", "BIH"),
        ("Kingdom of eSwatini (Swaziland)", "SWZ"),
        ("Zimbabwe (Rhodesia)", "ZWE"),
        ("Cambodia (Kampuchea)", "KHM"),
        ("Madagascar (Malagasy)", "MDG"),
        ("Sri Lanka (Ceylon)", "LKA"),
        ("Turkey (Ottoman Empire)", "TUR"),
        ("Vietnam, Democratic Republic of", "VNM"),
        ("Vietnam, Republic of", "RVN"),
        ("Korea, People's Republic of", "PRK"),
        ("Korea, Republic of", "KOR"),
        ("Democratic People's Republic of Korea", "PRK"),
        ("DEMOCRATIC PEOPLE\u2019S REPUBLIC OF KOREA", "PRK"),
        ("Ceylon", "LKA"),
        ("Upper Volta", "BFA"),
        ("UKRAINIAN SSR", "UKR"),
        ("BYELORUSSIAN SSR", "BLR"),
        ("USSR", "SUN"),
        ("Soviet Union", "SUN"),
        ("Yugoslavia", "YUG"),
        ("Serbia and Montenegro", "SCG"),
        ("Kosovo", "XKX"),
        ("Palestine", "PSE"),
        ("State of Palestine", "PSE"),
        ("Palestinian territories", "PSE"),
        ("West Bank & Gaza", "PSE"),
        ("Turkey", "TUR"),
        ("Türkiye", "TUR"),
        ("Turkiye", "TUR"),
        ("Taiwan", "TWN"),
        ("Taiwan, Province of China", "TWN"),
        ("Cape Verde", "CPV"),
        ("Cabo Verde", "CPV"),
        ("Czechia", "CZE"),
        ("Czech Republic", "CZE"),
        ("North Macedonia", "MKD"),
        ("THE FORMER YUGOSLAV REPUBLIC OF MACEDONIA", "MKD"),
        ("East Germany", "DDR"),
        ("Germany East", "DDR"),
        ("German Federal Republic", "DEU"),
        ("GERMANY, FEDERAL REPUBLIC OF", "DEU"),
        ("Iran (Islamic Republic of)", "IRN"),
        ("UNITED STATES", "USA"),
        ("Viet Nam", "VNM"),
        ("Lao People's Democratic Republic", "LAO"),
        ("Micronesia", "FSM"),
        ("Micronesia (Federated States of)", "FSM"),
        ("St. Kitts & Nevis", "KNA"),
        ("SAINT CHRISTOPHER AND NEVIS", "KNA"),
        ("St. Vincent & Grenadines", "VCT"),
        ("São Tomé & Príncipe", "STP"),
        ("Hong Kong SAR China", "HKG"),
        ("Zanzibar", "TZA/Zanzibar"),
        ("Republic of Kenya", "KEN"),
        ("Virgin Islands, U.S.", "USA/VI"),
    ],
)
def test_names_as_sources_write_them(cell: str, code: str) -> None:
    place = place_of(cell)
    assert (place.code if place else None) == code


@pytest.mark.parametrize(
    "apostrophe", [*"'`\u2018\u2019\u201b\u2032\u02bb\u02bc\u00b4\uff07", "", " "]
)
@pytest.mark.parametrize(
    "name", ["Côte d{}Ivoire", "COTE D{}IVOIRE", "Co\u0302te d{}Ivoire"]
)
def test_an_apostrophe_makes_no_difference(name: str, apostrophe: str) -> None:
    place = place_of(name.format(apostrophe))
    assert place is not None
    assert place.code == "CIV"


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("Georgia", "GEO"),
        ("Puerto Rico", "USA/PR"),
        ("Northern Ireland", "GBR/NIR"),
        ("Jordan", "JOR"),
        ("PSE", "PSE"),
        ("Texas", None),
        ("Washington", None),
        ("District of Columbia", None),
        ("CA", None),
        ("AS", None),
        ("US", "USA"),
        ("UK", "GBR"),
        ("Congo", None),
        ("Korea", None),
    ],
)
def test_a_column_of_countries_holds_no_states(cell: str, code: str | None) -> None:
    place = country_of(cell)
    assert (place.code if place else None) == code


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
        ("USSR", date(1991, 12, 1), "SUN"),
        ("Russia (Soviet Union)", date(1989, 1, 1), "SUN"),
        ("Russia (Soviet Union)", date(1994, 12, 11), "RUS"),
        ("Serbia (Yugoslavia)", date(1999, 3, 24), "YUG"),
        ("Serbia (Yugoslavia)", date(2004, 3, 24), "SCG"),
        ("Serbia (Yugoslavia)", date(2010, 3, 24), "SRB"),
        ("Serbia and Montenegro", date(1999, 3, 24), "YUG"),
        ("Serbia and Montenegro", date(2005, 3, 24), "SCG"),
        ("Serbia and Montenegro", date(2010, 3, 24), None),
        ("Yugoslavia", date(1970, 1, 1), "YUG"),
        ("Czechoslovakia", date(1992, 12, 31), "CSK"),
        ("Czechoslovakia", date(1993, 1, 1), None),
        ("East Germany", date(1990, 10, 3), None),
        ("Zanzibar", date(1963, 12, 16), "ZAN"),
        ("Zanzibar", date(2020, 10, 28), "TZA/Zanzibar"),
        ("South Yemen", date(1986, 1, 13), "YMD"),
        ("South Vietnam", date(1963, 11, 1), "RVN"),
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


def further_spellings() -> list[tuple[str, str]]:
    table = load_table("spellings.toml")["of"]
    return [(path, name) for path, names in table.items() for name in names]


def test_no_name_means_two_places_unless_listed_as_ambiguous() -> None:
    listed = set(ambiguous_cells()) | set(passed_cells())
    owners: dict[str, set[str]] = {}
    for entry in entries():
        former = [name for name, _, _ in entry.former]
        for name in (*entry.names, *former):
            owners.setdefault(cell_key(name), set()).add("/".join(entry.path))
    for path, name in further_spellings():
        owners.setdefault(cell_key(name), set()).add(path)
    assert {name for name, paths in owners.items() if len(paths) > 1} <= listed
    assert not set(ambiguous_cells()) & set(passed_cells())


def test_further_spellings_are_needed_and_found() -> None:
    keys = [cell_key(name) for _, name in further_spellings()]
    assert len(keys) == len(set(keys))
    paths = [path for path, _ in further_spellings()]
    assert paths == sorted(paths)
    for path, name in further_spellings():
        entry = entries_by_path()[path]
        former = [other for other, _, _ in entry.former]
        assert cell_key(name) not in {cell_key(n) for n in (*entry.names, *former)}, name
        place = place_of(name)
        assert place is not None, name
        assert place.code == path


def test_former_states_name_their_successors_and_days() -> None:
    by_path = entries_by_path()
    former = [entry for entry in entries() if entry.last is not None]
    assert len(former) == 9
    for entry in former:
        assert entry.first is not None
        assert entry.first < entry.last
        assert entry.successors
        assert all(by_path[code].last is None for code in entry.successors)
    assert not [entry for entry in entries() if entry.successors and not entry.last]


def test_a_disputed_status_is_documented_in_neutral_words() -> None:
    claims = ("claim", "disputed", "ecognise", "Declared independence")
    disputed = [e for e in entries() if any(word in e.note for word in claims)]
    assert {"XKX", "TWN", "ESH", "PSE", "ISR"} <= {e.path[0] for e in disputed}
    by_hand = {"SUN"}
    assert not [e.path for e in disputed if not e.sources and e.path[0] not in by_hand]
    assert all(", http" in source for e in entries() for source in e.sources)
    sided = ("regime", "illegal", "occupied by", "so-called", "breakaway", "terror")
    assert not [e.path for e in entries() if any(word in e.note for word in sided)]


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
    for place in (place_of(text), country_of(text)):
        assert place is None or place.text == text
