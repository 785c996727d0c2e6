"""The registry of published figures: what ships, what is derived, what is refused."""

import random
import re
from datetime import date
from hashlib import sha256
from importlib.resources import files
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundswell.checking.figure_values import Tally, derive_values
from groundswell.checking.registry import load_figures, registry_sha256
from groundswell.core.dates import Window
from groundswell.core.errors import DefinitionError, UsageError
from groundswell.core.figures import Figure
from groundswell.core.places import WORLD, Place

FIGURES = load_figures()
BY_ID = {figure.figure_id: figure for figure in FIGURES}
SHIPPED = sorted(Path(str(files("groundswell.checking") / "figures")).glob("*.toml"))
NEUTRAL = "neutral"

ENTRY = """
[common]
codebook = "road-tolls"
producer = "The Counters"
publisher = "The Morning Paper"
published = 2021-04-01
address = "https://example.org/tolls"
archived = ""
read = "original"
read_on = 2022-01-01
scope_words = "between 1 and 31 March"

[[figure]]
id = "tolls-against"
statistic = "share"
side = "against"
among = "topic"
unit = "events"
values = [{ value = 0.60, definition = "as printed: 60%" }]
counts = { for = 20, against = 60, neutral = 20 }
neutral = ["neutral"]
distinct = 96
window = { start = 2021-03-01, end = 2021-03-31 }
place = { path = ["FRA"], name = "France" }
note = "A made-up entry."
"""
COUNT = (
    ENTRY.replace('"share"', '"count"')
    .replace("0.60", "60")
    .replace("60%", "60")
    .replace("distinct = 96", "")
)


def read(text: str | bytes, *, folder: Path) -> Figure:
    path = folder / "mine.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return load_figures((path,))[-1]


def shares(figure: Figure) -> list[tuple[float, bool]]:
    return [(round(100 * value.value, 1), value.printed) for value in figure.values]


@pytest.mark.parametrize(
    ("figure_id", "expected"),
    [
        (
            "acled-2023-10-world-pro-palestine",
            [(86.0, True), (87.7, False), (85.8, False), (89.5, False)],
        ),
        ("acled-2023-10-world-pro-israel", [(12.3, False), (12.1, False), (12.6, False)]),
        ("acled-2023-10-world-of-all", [(38.0, True)]),
        ("acled-2023-10-world-pro-palestine-in-gr", [(90.0, True)]),
        ("ccc-2023-11-usa-pro-palestine", [(81.2, False)]),
        ("ccc-2023-11-usa-pro-israel", [(18.8, False)]),
        ("ccc-2023-11-usa-pro-palestine-participants", [(70.0, False)]),
        ("ccc-2024-06-usa-pro-palestine", [(86.1, False)]),
        ("ccc-2024-06-usa-pro-palestine-jpost", [(84.3, False)]),
        ("acled-2024-05-usa-students-pro-palestine", [(94.0, True)]),
        ("acled-2023-12-utah-pro-israel", [(38.5, False)]),
        ("acled-2020-08-usa-violent", [(5.0, True), (5.4, False)]),
        ("inss-2023-10-world-pro-israel", [(31.0, True)]),
    ],
)
def test_shares_are_those_of_the_printed_counts(
    figure_id: str, expected: list[tuple[float, bool]]
) -> None:
    assert shares(BY_ID[figure_id]) == expected


@pytest.mark.parametrize(
    ("figure_id", "window", "place", "value"),
    [
        (
            "acled-2023-10-world-count",
            Window(start=date(2023, 10, 7), end=date(2023, 10, 27)),
            WORLD,
            4200,
        ),
        (
            "ccc-2023-11-usa-pro-israel-count",
            Window(start=date(2023, 10, 7), end=date(2023, 11, 26)),
            Place(path=("USA",), name="the United States"),
            433,
        ),
        (
            "ccc-2024-06-usa-pro-palestine-count",
            Window(start=date(2023, 10, 7), end=date(2024, 6, 7)),
            Place(path=("USA",), name="the United States"),
            12400,
        ),
        (
            "ccc-2018-01-usa-count",
            Window(start=date(2018, 1, 1), end=date(2018, 1, 31)),
            Place(path=("USA",), name="the United States"),
            1040,
        ),
    ],
)
def test_counts_keep_their_scope(
    figure_id: str, window: Window, place: Place, value: float
) -> None:
    figure = BY_ID[figure_id]
    assert (figure.statistic, figure.window, figure.place) == ("count", window, place)
    assert figure.values[0].value == value


@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: figure.figure_id)
def test_every_shipped_entry_says_where_its_number_comes_from(figure: Figure) -> None:
    assert figure.codebook_id in {"israel-palestine", "us-abortion", ""}
    assert figure.scope_words
    assert figure.note
    assert figure.address.startswith("https://")
    assert (figure.read_on is None) is (figure.read == "unread")
    assert figure.place.path or figure.place == WORLD
    for value in figure.values:
        whole = re.fullmatch(
            r"([\d,]+) of ([\d,]+) (events|distinct|part).*", value.definition
        )
        if value.printed:
            assert whole is None
        else:
            assert whole is not None
            n, base = (int(number.replace(",", "")) for number in whole.groups()[:2])
            assert value.value == n / base
            assert n == dict(figure.counts)[figure.side]


def test_sides_are_treated_alike() -> None:
    """Where the counts give both sides' shares, both are entries, of the same base."""
    counted = [f for f in FIGURES if f.statistic == "share" and f.counts]
    assert len(counted) > 10
    scopes = {
        (f.codebook_id, f.side, f.among, f.unit, f.window, f.place.path, f.counts): f
        for f in counted
    }
    for figure in counted:
        for code in dict(figure.counts).keys() - {NEUTRAL, figure.side}:
            twin = scopes[
                figure.codebook_id,
                code,
                figure.among,
                figure.unit,
                figure.window,
                figure.place.path,
                figure.counts,
            ]
            bases = [
                re.sub(r"^[\d,]+ ", "", value.definition)
                for side in (figure, twin)
                for value in side.values
                if not value.printed
            ]
            assert bases[: len(bases) // 2] == bases[len(bases) // 2 :]


def test_the_registry_is_of_more_than_one_cause_place_and_reading() -> None:
    read_original = [f for f in FIGURES if f.read == "original"]
    assert len(read_original) > 24
    assert {f.read for f in FIGURES} == {"original", "repost", "unread"}
    assert len({f.codebook_id for f in FIGURES}) == 3
    assert {f.place.code for f in FIGURES} >= {"world", "USA", "USA/UT", "ISR"}
    assert {f.unit for f in FIGURES} == {"events", "participants"}


def test_hash_is_that_of_the_shipped_files() -> None:
    lines = [f"{sha256(p.read_bytes()).hexdigest()}  {p.name}\n" for p in SHIPPED]
    assert len(lines) > 5
    assert registry_sha256() == sha256("".join(lines).encode()).hexdigest()


def test_a_users_file_is_read_after_the_shipped_ones(tmp_path: Path) -> None:
    mine = read(ENTRY, folder=tmp_path)
    assert load_figures((tmp_path / "mine.toml",)) == (*FIGURES, mine)
    assert mine.codebook_id == "road-tolls"
    assert mine.counts == (("for", 20), ("against", 60), ("neutral", 20))
    assert [value.definition for value in mine.values] == [
        "as printed: 60%",
        "60 of 80 events that take a side",
        "60 of 100 events of all classes, neutral ones included",
        "60 of 96 distinct events",
    ]


def test_what_an_entry_says_goes_before_what_is_common(tmp_path: Path) -> None:
    entry = read(ENTRY.replace("note =", 'producer = "Others"\nnote ='), folder=tmp_path)
    assert entry.producer == "Others"
    assert entry.publisher == "The Morning Paper"


def test_a_noted_disagreement_ends_in_the_note(tmp_path: Path) -> None:
    text = ENTRY.replace("0.60", "0.70").replace("60%", "70%")
    entry = read(f'{text}disagreement = "Nobody knows."\n', folder=tmp_path)
    assert entry.note == "A made-up entry. Nobody knows."


def test_counts_of_people_and_events_are_whole_numbers(tmp_path: Path) -> None:
    assert [value.value for value in read(COUNT, folder=tmp_path).values] == [60]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("note =", "nota =", "figure[1].nota: the key 'nota' is not known"),
        ('"tolls-against"', '"Tolls against"', "'Tolls against' is not an identifier"),
        ('"tolls-against"', '"ccc-2023-11-usa-count"', "taken already, in ccc-2023-11"),
        ('"share"', '"shares"', "statistic: the value is 'shares'"),
        ('among = "topic"', "", "the key 'among' is missing"),
        ('unit = "events"', 'unit = "people"', "unit: the value is 'people'"),
        ("0.60", "60", "value: the value is 60"),
        ("0.60", "60.0", "value: the value is 60.0"),
        ("0.60", "1", "value: the value is 1"),
        ("0.60", "-0.60", "value: the value is -0.60"),
        ("0.60", "nan", "value: the value is NaN"),
        ("0.60", "true", "value: the value is True"),
        ("value = 0.60,", "", "the key 'value' is missing"),
        ("0.60", "0.06", "value: the value is 0.06"),
        (
            'definition = "as printed: 60%"',
            'definition = " "',
            "definition: the text is empty",
        ),
        ('60%" }', '60%", low = 0.5 }', "values[1].low: the key 'low' is not known"),
        ("against = 60", "against = 50", "none of the counts gives it"),
        ("against = 60", "agianst = 60", "counts: the side 'against' is missing"),
        ("against = 60", 'against = "60"', "counts.against: the value is '60'"),
        ("against = 60", "against = -60", "counts.against: the value is -60"),
        ("neutral = 20", "neutral = true", "counts.neutral: the value is True"),
        ('["neutral"]', '["nuetral"]', "neutral: 'nuetral' is not counted"),
        ('["neutral"]', '[["neutral"]]', "neutral: the value is [['neutral']]"),
        ("distinct = 96", "distinct = 59", "distinct: the value is 59"),
        (
            'note = "',
            'disagreement = "none',
            "disagreement: one is noted, and there is none",
        ),
        (
            "end = 2021-03-31",
            "end = 2021-02-28",
            "window.end: 2021-02-28 is before the start",
        ),
        (", end = 2021-03-31", "", "the key 'end' is missing"),
        ("2021-03-01,", "2021-03-01T10:00:00,", "window.start: the value is datetime"),
        ("2021-03-01,", "'2021-03-01',", "window.start: the value is '2021-03-01'"),
        ("= 2021-04-01", "= 2021-03-30", "published: 2021-03-30 is before"),
        ("= 2022-01-01", "= 2021-03-31", "read_on: 2021-03-31 is before"),
        ("read_on = 2022-01-01", "", "read_on: it does not fit read = 'original'"),
        ('"original"', '"unread"', "read_on: it does not fit read = 'unread'"),
        ('"original"', '"orignal"', "read: the value is 'orignal'"),
        ('"https://example.org/tolls"', '""', "address: the text is empty"),
        (
            '"https://example.org/tolls"',
            '"example.org"',
            "address: the value is 'example.org'",
        ),
        ('archived = ""', 'archived = "no copy"', "archived: the value is 'no copy'"),
        ('archived = ""', "", "the key 'archived' is missing"),
        ('"between 1 and 31 March"', '""', "scope_words: the text is empty"),
        (
            'scope_words = "between 1 and 31 March"',
            "",
            "the key 'scope_words' is missing",
        ),
        ("between 1 and", "word " * 24, "scope_words: 26 words are quoted"),
        ('path = ["FRA"]', 'path = "FRA"', "place.path: the value is 'FRA'"),
        (
            'path = ["FRA"]',
            'path = ["FRA", ""]',
            "place.path: text 2 of the list is empty",
        ),
        ('name = "France"', 'name = ""', "place.name: the text is empty"),
        ('"road-tolls"', "7", "codebook: the value is 7"),
        ("[[figure]]", "[[figures]]", "the key 'figures' is not known"),
        ("[common]", "[comon]", "comon: the key 'comon' is not known"),
        ("[[figure]]", "[figure]", "figure: the value is {"),
        ("[common]", "figure = [1]\n[common]", "figure: the value is [1"),
        ("96", "0x" + "f" * 9000, "distinct: the value is a very large int"),
        ("96", "9" * 9000, "not TOML"),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, old: str, new: str, said: str) -> None:
    assert old in ENTRY
    text = ENTRY.replace(old, new, 1)
    if said == "figure: the value is [1":
        text = text.split("[[figure]]")[0]
    with pytest.raises(DefinitionError) as caught:
        read(text, folder=tmp_path)
    assert said in caught.value.what
    assert "mine.toml" in caught.value.what
    assert caught.value.allowed or caught.value.todo


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("value = 60", "value = 60.0", "value: the value is 60.0"),
        ("value = 60", "value = -1", "value is -1"),
        (
            'values = [{ value = 60, definition = "as printed: 60" }]',
            "",
            "values: there is none",
        ),
    ],
)
def test_a_count_is_printed_and_whole(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    assert old in COUNT
    with pytest.raises(DefinitionError, match=re.escape(said)):
        read(COUNT.replace(old, new), folder=tmp_path)


def test_a_share_among_all_protests_needs_their_number(tmp_path: Path) -> None:
    among_all = ENTRY.replace('"topic"', '"all"').replace("0.60", "0.62")
    entry = read(among_all.replace("60%", "62%"), folder=tmp_path)
    assert [value.definition for value in entry.values] == [
        "as printed: 62%",
        "60 of 96 distinct events",
    ]


def test_a_file_that_is_not_there_or_empty(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be opened"):
        load_figures((tmp_path / "absent.toml",))
    with pytest.raises(UsageError, match="cannot be opened"):
        load_figures((tmp_path,))
    with pytest.raises(DefinitionError, match="the key 'figure' is missing"):
        read("", folder=tmp_path)


def mutate(text: bytes, *, rng: random.Random) -> bytes:
    """Damage a file as a slip of the hand, a bad tool or a broken disk would."""
    nasty = [b"", b"[", b"]", b'"', b"=", b"\n", b"\xff", b"\x00", b"0x" + b"f" * 5000]
    nasty += [b"nan", b"1e999999999", b"1e99999999999999999999", b"true", b"[" * 2000]
    nasty += [b"9999-12-31", b"{ }", b"''", b"-1", b"0.0000000000000001", b"[[figure]]"]
    tokens = re.split(rb"(\s+|[=,])", text)
    for _ in range(rng.randint(1, 3)):
        place = rng.randrange(len(tokens))
        match rng.randrange(4):
            case 0:
                tokens[place] = rng.choice(nasty)
            case 1:
                del tokens[place : place + rng.randint(1, 8)]
            case 2:
                other = rng.randrange(len(tokens))
                tokens[place], tokens[other] = tokens[other], tokens[place]
            case _:
                token = bytearray(tokens[place] or b"x")
                token[rng.randrange(len(token))] = rng.randrange(256)
                tokens[place] = bytes(token)
        tokens = tokens or [b""]
    return b"".join(tokens)


def test_damaged_files_are_refused_with_a_reason_or_read(tmp_path: Path) -> None:
    rng = random.Random(20261122)  # noqa: S311 (repeatable damage, no secrets)
    reasons: list[str] = []
    for _ in range(200):
        try:
            entry = read(mutate(ENTRY.encode(), rng=rng), folder=tmp_path)
        except DefinitionError as error:
            reasons.append(error.what)
        else:
            assert entry.values
    assert all("mine.toml" in reason for reason in reasons)
    assert 100 < len(reasons) < 200


CODES = st.lists(st.text(min_size=1), min_size=2, max_size=5, unique=True)


@given(codes=CODES, data=st.data())
def test_shares_do_not_depend_on_what_a_side_is_called(
    codes: list[str], data: st.DataObject
) -> None:
    numbers = data.draw(
        st.lists(st.integers(1, 10**6), min_size=len(codes), max_size=len(codes))
    )
    neutral = tuple(codes[data.draw(st.integers(2, len(codes))) :])

    def values(names: list[str], side: int) -> list[float]:
        tally = Tally(
            statistic="share",
            side=names[side],
            among="topic",
            unit="events",
            counts=dict(zip(names, numbers, strict=True)),
            neutral=tuple(names[codes.index(code)] for code in neutral),
            distinct=sum(numbers),
        )
        return [value.value for value in derive_values(tally)]

    renamed = [f"code {number}" for number in range(len(codes))]
    sided = [i for i, code in enumerate(codes) if code not in neutral]
    for side in sided:
        assert values(codes, side) == values(renamed, side)
    for one, other in combinations(sided, 2):
        assert (numbers[one] < numbers[other]) == (
            values(codes, one)[0] < values(codes, other)[0]
        )
    assert sum(values(codes, side)[0] for side in sided) == pytest.approx(1)
