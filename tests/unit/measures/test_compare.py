"""Two sources side by side: every count against a plain one, over random tables."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import quantiles

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from groundswell.core.comparisons import Comparison
from groundswell.core.dates import Window
from groundswell.core.places import Place
from groundswell.core.sources import Coverage, Snapshot, Source
from groundswell.core.tables import REPORT
from groundswell.engine import Step
from groundswell.engine.tables import Tables, passing_tables
from groundswell.measures.comparing import Side, compare_reports

DAY_ZERO = date(2025, 1, 1)
TOWNS = ("Upton", "UPTÓN", "Down-Ton", "down ton", "", None)
FOLDED = {"Upton": "up", "UPTÓN": "up", "Down-Ton": "down", "down ton": "down"}


@dataclass(frozen=True)
class Row:
    """A report as a person would write it down."""

    first: int | None
    spread: int
    precision: str
    country: str | None
    state: str | None
    town: str | None
    online: bool
    copy: bool
    low: int | None
    high: int | None
    tactics: tuple[str, ...]


rows = st.builds(
    Row,
    first=st.sampled_from([None, *range(5)]),
    spread=st.sampled_from([0, 0, 0, 1, 6]),
    precision=st.sampled_from(["day", "day", "day", "week"]),
    country=st.sampled_from(["AAA", "AAA", "AAA", "BBB", None]),
    state=st.sampled_from(["N", "N", "S", None]),
    town=st.sampled_from(TOWNS),
    online=st.sampled_from([False, False, True]),
    copy=st.sampled_from([False, False, True]),
    low=st.none() | st.integers(0, 9),
    high=st.none() | st.integers(9, 20),
    tactics=st.lists(st.sampled_from("xyz"), max_size=3).map(tuple),
)
tables_of_rows = st.lists(rows, max_size=25)
windows = st.tuples(st.sampled_from([None, 0, 1]), st.sampled_from([None, 3, 4])).map(
    lambda ends: Window(
        start=None if ends[0] is None else DAY_ZERO + timedelta(days=ends[0]),
        end=None if ends[1] is None else DAY_ZERO + timedelta(days=ends[1]),
    )
)
places = st.sampled_from(
    [None, Place(path=("AAA",), name="Aaa"), Place(path=("AAA", "N"), name="North")]
)


def side(name: str) -> Side:
    coverage = Coverage(places=(), window=Window(), selection="unknown")
    texts = ("title", "producer", "citation", "licence", "terms_address", "address")
    source = Source(
        source_id=name,
        redistribution="rows",
        coverage=coverage,
        size_rule="interval",
        biases=(),
        how_to_get=(),
        **dict.fromkeys(texts, ""),
    )
    snapshot = Snapshot(
        snapshot_id=name,
        source=source,
        file_name=name,
        sha256="",
        n_bytes=0,
        taken=None,
        taken_from="unknown",
        coverage=coverage,
        n_records=0,
    )
    return Side(name=name, snapshots=(snapshot,))


SIDES = (side("one"), side("other"))


@pytest.fixture(name="tables", scope="module")
def _tables() -> Iterator[Tables]:
    with passing_tables() as tables:
        tables.declare(REPORT)
        yield tables


def compare(
    tables: Tables,
    ones: Sequence[Row],
    others: Sequence[Row],
    *,
    window: Window,
    place: Place | None,
) -> Comparison:
    pairs = [(s.name, r) for s, t in zip(SIDES, (ones, others), strict=True) for r in t]
    days = [None if r.first is None else day(r.first) for _, r in pairs]
    ends = [None if r.first is None else day(r.first + r.spread) for _, r in pairs]
    columns = {
        "snapshot_id": [name for name, _ in pairs],
        "record_no": list(range(len(pairs))),
        "date_start": days,
        "date_end": ends,
        "date_precision": [r.precision for _, r in pairs],
        "country": [r.country for _, r in pairs],
        "admin1": [r.state for _, r in pairs],
        "locality": [r.town for _, r in pairs],
        "is_online": [r.online for _, r in pairs],
        "duplicate_of": [0 if r.copy else None for _, r in pairs],
        "size_low": [r.low for _, r in pairs],
        "size_high": [r.high for _, r in pairs],
        "tactics": [" ".join(r.tactics) for _, r in pairs],
    }
    kinds = {c.name: c.sql_type for c in REPORT.columns}
    tables.put("row", columns, types={n: kinds[n] for n in columns if n != "tactics"})
    split = "list_filter(string_split(tactics, ' '), lambda x: x <> '')"
    tables.drop("report")
    tables.declare(REPORT)
    step = Step(
        name="put rows",
        inputs=("row",),
        output="report",
        sql=f"SELECT * REPLACE ({split} AS tactics) FROM row",  # noqa: S608 (our own)
    )
    tables.append(step)
    return compare_reports(tables, SIDES, window=window, place=place)


def day(number: int) -> date:
    return DAY_ZERO + timedelta(days=number)


def fate(row: Row, *, window: Window, place: Place | None) -> str:
    """Charge a report to the first reason, written as the labels read."""
    spread = 0 if row.precision == "day" else row.spread
    days = {day((row.first or 0) + n) for n in range(spread + 1)}
    inside = {d for d in days if window.covers(Window(start=d, end=d))}
    path = place.path if place else ()
    given = (row.country, row.state)[: len(path)]
    reasons = {
        "exact-copy": row.copy,
        "undated": row.first is None,
        "outside-window": not inside,
        "date-too-coarse": inside != days,
        "outside-place": any(
            one not in {None, two} for one, two in zip(given, path, strict=True)
        ),
        "place-unknown": None in given,
        "no-day": row.precision != "day",
        "no-town": row.online or row.town not in FOLDED,
        "city-day": True,
    }
    return next(reason for reason, applies in reasons.items() if applies)


Town = tuple[str | None, str | None, str]
CityDays = dict[Town, dict[int, list[Row]]]


def city_days(table: Sequence[Row], fates: Sequence[str]) -> CityDays:
    found: CityDays = {}
    for row, one in zip(table, fates, strict=True):
        if one == "city-day":
            town = (row.country, row.state, FOLDED[row.town or ""])
            assert row.first is not None
            found.setdefault(town, {}).setdefault(row.first, []).append(row)
    return found


def met(ones: CityDays, others: CityDays, *, slack: int) -> tuple[int, int]:
    """City-days of one side that the other has, and their reports."""
    pairs = [
        rows
        for town, days in ones.items()
        for number, rows in days.items()
        if any(number + s in others.get(town, {}) for s in range(-slack, slack + 1))
    ]
    return len(pairs), sum(map(len, pairs))


@given(ones=tables_of_rows, others=tables_of_rows, window=windows, place=places)
def test_every_count_is_the_plain_one(
    tables: Tables,
    ones: list[Row],
    others: list[Row],
    window: Window,
    place: Place | None,
) -> None:
    found = compare(tables, ones, others, window=window, place=place)
    cells, by_day = [], []
    for table, compared in ((ones, found.a), (others, found.b)):
        fates = [fate(row, window=window, place=place) for row in table]
        lines = {line.reason: line.n for line in compared.ledger.lines if line.n}
        assert lines == Counter(fates)
        kept = [
            row
            for row, one in zip(table, fates, strict=True)
            if one in {"no-day", "no-town", "city-day"}
        ]
        assert compared.ledger.counted == len(kept)
        assert compared.n_sized == sum(
            row.low is not None or row.high is not None for row in kept
        )
        precision = {one.value: one.n for one in compared.date_precision}
        assert precision == Counter(row.precision for row in kept)
        labels = Counter(label for row in kept for label in set(row.tactics))
        assert {one.value: one.n for one in compared.tactics.most} == {
            label: n for label, n in labels.items() if n > 1
        }
        assert compared.tactics.n_labels == len(labels)
        assert compared.tactics.n_reports == sum(bool(row.tactics) for row in kept)
        exact = [row.first or 0 for row in kept if row.precision == "day"]
        by_day.append(Counter(map(day, exact)))
        assert compared.first_day == (day(min(exact)) if exact else None)
        assert compared.last_day == (day(max(exact)) if exact else None)
        cells.append(city_days(table, fates))
        assert compared.n_towns == len(cells[-1])
        assert compared.n_city_days == sum(map(len, cells[-1].values()))
    assert {one.day: (one.n_a, one.n_b) for one in found.by_day} == {
        number: (by_day[0][number], by_day[1][number])
        for number in sorted({*by_day[0], *by_day[1]})
    }
    check_days(found, by_day, window=window)
    for overlap in found.overlaps:
        for pair, ledger, n in (
            (cells, overlap.of_a, overlap.n_reports_a),
            (cells[::-1], overlap.of_b, overlap.n_reports_b),
        ):
            assert (ledger.counted, n) == met(*pair, slack=overlap.slack_days)
            assert ledger.rows_in == sum(map(len, pair[0].values()))
    check_sizes(found, *cells)


def check_days(found: Comparison, by_day: list[Counter[date]], *, window: Window) -> None:
    seen = sorted({*by_day[0], *by_day[1]})
    start, end = window.start or (seen or [None])[0], window.end or (seen or [None])[-1]
    days = set(seen)
    if start and end:
        days |= {start + timedelta(days=n) for n in range((end - start).days + 1)}
    fates = Counter(
        ("neither", "only-a", "only-b", "both")[
            (by_day[0][one] > 0) + 2 * (by_day[1][one] > 0)
        ]
        for one in days
    )
    assert {x.reason: x.n for x in found.days.lines if x.n} == fates
    weeks: Counter[tuple[date, int]] = Counter()
    for number, counts in enumerate(by_day):
        for one, n in counts.items():
            weeks[one - timedelta(days=one.weekday()), number] += n
    assert {
        (w.day, i): n for w in found.by_week for i, n in enumerate((w.n_a, w.n_b)) if n
    } == {key: n for key, n in weeks.items() if n}


def check_sizes(found: Comparison, ones: CityDays, others: CityDays) -> None:
    pairs = [
        (mine, others[town][number])
        for town, days in ones.items()
        for number, mine in days.items()
        if number in others.get(town, {})
    ]
    fates = Counter(size_fate(*pair) for pair in pairs)
    assert {x.reason: x.n for x in found.sizes.ledger.lines if x.n} == fates
    ends = [
        ((mine[0].low, mine[0].high), (theirs[0].low, theirs[0].high))
        for mine, theirs in pairs
        if size_fate(mine, theirs) == "both-sized"
    ]
    assert found.sizes.n_equal == sum(one == two for one, two in ends)
    assert found.sizes.n_meeting == sum(
        (one[0] or 0) <= (10**9 if two[1] is None else two[1])
        and (two[0] or 0) <= (10**9 if one[1] is None else one[1])
        for one, two in ends
    )
    ratios = [middle(one) / middle(two) for one, two in ends]
    assert found.sizes.n_within_two == sum(0.5 <= ratio <= 2 for ratio in ratios)
    shown = {q.level: q.ratio for q in found.sizes.ratios}
    if len(ratios) > 1:
        quarters = quantiles(ratios, n=4, method="inclusive")
        assert [shown[0.25], shown[0.5], shown[0.75]] == pytest.approx(quarters)
    else:
        assert set(shown.values()) == set(ratios)


def size_fate(mine: Sequence[Row], theirs: Sequence[Row]) -> str:
    if len(mine) != 1 or len(theirs) != 1:
        return "several-reports"
    ends = [(row.low, row.high) for row in (mine[0], theirs[0])]
    match [pair != (None, None) for pair in ends]:
        case [True, True]:
            return "both-sized" if all(map(middle, ends)) else "size-zero"
        case [True, False]:
            return "only-a-sized"
        case [False, True]:
            return "only-b-sized"
    return "neither-sized"


def middle(ends: tuple[int | None, int | None]) -> float:
    given = [end for end in ends if end is not None]
    return sum(given) / len(given)


@settings(max_examples=settings.default.max_examples // 10)
@given(ones=tables_of_rows, others=tables_of_rows)
def test_the_sides_are_treated_alike(
    tables: Tables, ones: list[Row], others: list[Row]
) -> None:
    window = Window(start=day(0), end=day(4))
    there = compare(tables, ones, others, window=window, place=None)
    back = compare(tables, others, ones, window=window, place=None)
    assert there.a.ledger == back.b.ledger
    assert there.a.tactics == back.b.tactics
    assert [o.of_a for o in there.overlaps] == [o.of_b for o in back.overlaps]
    assert [o.n_reports_b for o in there.overlaps] == [
        o.n_reports_a for o in back.overlaps
    ]
    assert there.sizes.n_meeting == back.sizes.n_meeting
    same = compare(tables, ones, ones, window=window, place=None)
    for overlap in same.overlaps:
        assert overlap.of_a.left == overlap.of_b.left == 0
    assert same.sizes.n_equal == same.sizes.ledger.counted
