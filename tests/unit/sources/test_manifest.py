from datetime import date
from pathlib import Path

import pytest

from groundswell.core.errors import DefinitionError, UsageError
from groundswell.core.places import WORLD
from groundswell.core.sources import RESTRICTED, ColumnCaveat
from groundswell.language.sizes import SIZE_RULES
from groundswell.sources.fetch import list_recipes
from groundswell.sources.manifest import (
    covers_as_stated,
    known_snapshot,
    list_sources,
    load_source,
    read_manifest,
    usual_rate,
)

PHASE3 = "aba4241294aa9e1dd557446f10c6518df5096ed75cbfa1f4d2643e943fc60116"


def test_shipped_sources_are_complete() -> None:
    sources = list_sources()
    ids = [source.source_id for source in sources]
    assert ids == sorted(ids)
    assert {"acled", "ccc-phase1", "ccc-phase2", "ccc-phase3", "own"} < set(ids)
    for source in sources:
        assert source == load_source(source.source_id)
        assert source.size_rule in SIZE_RULES
        for words in (source.title, source.producer, source.citation, source.licence):
            assert words
        assert any("groundswell ingest" in line for line in source.how_to_get)
        assert source.biases
        assert all(line == line.strip() for line in source.how_to_get)
        if source.source_id != "own":
            assert source.address.startswith("https://")
            assert source.terms_address.startswith("https://")
            assert source.row
            assert source.caveats
            assert source.coverage.places
            assert source.coverage.note


@pytest.mark.parametrize(
    ("subject", "source_ids"),
    [
        ("protests", ["ccc-phase3", "count-love", "doca", "mass-mobilization"]),
        ("wider", ["acled", "scad-africa", "scad-latin-america"]),
        ("mentions", ["gdelt-events", "gdelt-mentions", "icews", "polecat"]),
        (
            "announcements",
            [f"assembly-registrations-{city}" for city in ("berlin", "bremen", "koeln")],
        ),
        (
            "other",
            [
                *("ucdp-ged", "unvotes", "unga-voeten"),
                *("un-digital-library", "un-ideal-points"),
            ],
        ),
    ],
)
def test_a_source_says_what_its_rows_are_of(subject: str, source_ids: list[str]) -> None:
    sources = [load_source(source_id) for source_id in source_ids]
    assert {source.subject for source in sources} == {subject}
    for source in sources:
        assert source.records_protests == (subject in {"protests", "wider"})


def test_what_can_be_fetched_is_fetched_by_its_name() -> None:
    recipes = {recipe.name: recipe.source_id for recipe in list_recipes()}
    named = set()
    for source in list_sources():
        for line in source.how_to_get:
            if line.startswith("groundswell fetch "):
                named.add(line.split()[2])
                assert recipes[line.split()[2]] in {source.source_id, "unga-voeten"}
    assert named == set(recipes)


def test_a_restricted_source_says_to_what() -> None:
    restricted = [s for s in list_sources() if s.coverage.selection in RESTRICTED]
    assert [source.source_id for source in restricted] == ["mass-mobilization"]
    assert all(source.coverage.restricted_to for source in restricted)


@pytest.mark.parametrize(
    ("source_id", "start", "end"),
    [
        ("ccc-phase1", date(2017, 1, 1), date(2020, 12, 31)),
        ("ccc-phase2", date(2021, 1, 1), date(2024, 12, 31)),
        ("ccc-phase3", date(2025, 1, 1), None),
    ],
)
def test_phases_cover_the_united_states_one_after_the_other(
    source_id: str, start: date, end: date | None
) -> None:
    coverage = load_source(source_id).coverage
    assert (coverage.window.start, coverage.window.end) == (start, end)
    assert [place.path for place in coverage.places] == [("USA",)]
    assert coverage.selection == "all"
    assert not covers_as_stated(source_id)


@pytest.mark.parametrize("source_id", ["ccc-phase1", "ccc-phase2", "ccc-phase3"])
def test_a_phase_has_a_usual_rate_for_all_its_places(
    tmp_path: Path, source_id: str
) -> None:
    source = load_source(source_id)
    rate = usual_rate(source)
    assert rate
    assert 0 < rate.fewest < rate.usual
    assert rate.note
    of_a_part = read_manifest(_write(tmp_path, '[coverage]\nplaces = ["Ohio"]\n'))
    assert not of_a_part.states_selection
    assert usual_rate(of_a_part.describe(source)) is None


def test_what_a_user_exports_has_no_usual_rate() -> None:
    assert usual_rate(load_source("acled")) is None
    assert usual_rate(load_source("own")) is None
    assert usual_rate(load_source("mass-mobilization")) is None


def test_what_a_user_exports_covers_only_what_is_stated() -> None:
    assert load_source("acled").coverage.places == (WORLD,)
    assert covers_as_stated("acled")
    assert covers_as_stated("own")
    assert covers_as_stated("never heard of")
    assert load_source("own").coverage.places == ()
    assert load_source("own").coverage.selection == "unknown"


def test_known_files_know_their_day() -> None:
    assert known_snapshot(PHASE3) == date(2025, 3, 6)
    assert known_snapshot("0" * 64) is None


def test_unknown_sources_are_met_with_the_known() -> None:
    with pytest.raises(UsageError) as caught:
        load_source("ccc-phase-3")
    assert "ccc-phase3" in caught.value.allowed
    assert "ccc-phase3" in caught.value.todo


def _write(tmp_path: Path, text: str | bytes) -> Path:
    path = tmp_path / "x.manifest.toml"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def test_a_manifest_states_what_it_knows_better(tmp_path: Path) -> None:
    path = _write(
        tmp_path,
        """
        taken = 2025-04-01
        title = "An export"
        redistribution = "none"
        biases = ["weekends only"]
        version = "3.1"
        subject = "wider"
        row = "a line of a list"
        [coverage]
        places = ["Germany", "CA", "world"]
        end = 2025-03-31
        selection = "one-topic"
        topics = ["housing", "rent"]
        [caveats]
        size = "Guessed."
        "day of week" = "Often wrong."
        """,
    )
    manifest = read_manifest(path)
    known = load_source("ccc-phase3")
    source = manifest.describe(known)
    assert manifest.taken == date(2025, 4, 1)
    assert manifest.source_id == ""
    assert manifest.states_coverage
    assert manifest.states_selection
    assert source.title == "An export"
    assert source.redistribution == "none"
    assert source.biases == ("weekends only",)
    assert source.citation == known.citation
    assert source.size_rule == known.size_rule
    assert [place.path for place in source.coverage.places] == [
        ("DEU",),
        ("USA", "CA"),
        (),
    ]
    assert source.coverage.window.start == known.coverage.window.start
    assert source.coverage.window.end == date(2025, 3, 31)
    assert source.coverage.selection == "one-topic"
    assert source.coverage.restricted_to == ("housing", "rent")
    assert source.coverage.note == ""
    assert (source.version, source.subject, source.row) == (
        "3.1",
        "wider",
        "a line of a list",
    )
    assert source.caveats == (
        ColumnCaveat(column="size", words="Guessed."),
        ColumnCaveat(column="day of week", words="Often wrong."),
    )
    whole = _write(tmp_path, '[coverage]\nselection = "all"\n')
    assert read_manifest(whole).describe(source).coverage.restricted_to == ()


def test_an_empty_manifest_changes_nothing(tmp_path: Path) -> None:
    manifest = read_manifest(_write(tmp_path, ""))
    known = load_source("ccc-phase2")
    assert manifest.describe(known) == known
    assert manifest.taken is None
    assert not manifest.states_coverage


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("taken = '6 March'", "line 1"),
        ("taken = 2025-03-06T10:00:00", "taken"),
        ("tittle = 'x'", "tittle"),
        ("size_rule = 'guess'", "guess"),
        ("redistribution = 'yes'", "yes"),
        ("source_id = 'My Data'", "identifier"),
        ("[coverage]\nplaces = ['Atlantis']", "Atlantis"),
        ("[coverage]\nselection = 'some'", "some"),
        ("[coverage]\nstart = 2025-01-02\nend = 2025-01-01", "before it starts"),
        ("[coverage]\nplace = ['Germany']", "place"),
        ("subject = 'football'", "football"),
        ("[caveats]\nsize = 3", "size"),
        ("[coverage]\nselection = 'one-side'\nsides = []", "at least one|is empty"),
        ("[coverage]\nselection = 'one-topic'\nsides = ['us']", "sides"),
        ("[coverage]\nkinds = ['large']", "kinds"),
        ("title = ", "TOML"),
        (b"title = '\xff'", "not UTF-8"),
        (b"#" * 1_000_001, "bytes"),
    ],
)
def test_a_wrong_manifest_is_named(tmp_path: Path, text: str | bytes, words: str) -> None:
    with pytest.raises(DefinitionError, match=words) as caught:
        read_manifest(_write(tmp_path, text))
    assert "x.manifest.toml" in caught.value.what


def test_a_missing_manifest_is_named(tmp_path: Path) -> None:
    with pytest.raises(DefinitionError, match="cannot be read"):
        read_manifest(tmp_path / "none.toml")
