"""Made-up reports, the codebook frame they are coded with, and a plain oracle."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
from hypothesis import strategies as st

from groundswell.core.dates import Window
from groundswell.core.decisions import Decision, Option, Specification
from groundswell.core.places import Place
from groundswell.measures.attributes import Attributes
from groundswell.measures.decisions import MEASURE_DECISIONS
from groundswell.measures.estimands import CodeFrame, Estimand

DAY_ZERO = date(2025, 1, 1)
COUNTRIES = (None, "AAA", "BBB")
STATES = (None, "N", "S")
TOWNS = (None, "Upton", "Downton")
CODES = ("red", "blue", "calm", "extra")
SIDES = ("red", "blue")
WORDINGS = ("narrow", "broad")

FRAME = CodeFrame(
    codebook_id="made-up",
    labels={code: code for code in CODES},
    bits={code: 3 + i for i, code in enumerate(CODES)},
    sides=SIDES,
    folds={
        ("extra", "red"): (("extra", "red"),),
        ("extra", "blue"): (("extra", "blue"),),
    },
)

CODEBOOK_DECISIONS = (
    Decision(
        decision_id="wording",
        question="Which wording?",
        options=tuple(Option(option_id=w, label=w) for w in WORDINGS),
        declared_in="made-up",
    ),
    Decision(
        decision_id="extra",
        question="Is extra a side?",
        options=tuple(Option(option_id=o, label=o) for o in ("own", "red", "blue")),
        declared_in="made-up",
    ),
)
DECISIONS = (*CODEBOOK_DECISIONS, *MEASURE_DECISIONS)
REFERENCE = {d.decision_id: d.options[0].option_id for d in DECISIONS}


@dataclass(frozen=True)
class Row:
    """One report as a person would write it down."""

    first: int | None
    spread: int
    country: str | None
    state: str | None
    town: str | None
    online: bool
    counter: bool
    recurring: bool
    later: bool
    copy: bool
    series: int | None
    size: tuple[int, int] | None
    codes: tuple[frozenset[str], frozenset[str]]  # by wording


code_sets = st.frozensets(st.sampled_from(CODES))
rows = st.builds(
    Row,
    first=st.none() | st.integers(0, 20),
    spread=st.sampled_from([0, 0, 0, 6]),
    country=st.sampled_from(COUNTRIES),
    state=st.sampled_from(STATES),
    town=st.sampled_from(TOWNS),
    online=st.booleans(),
    counter=st.booleans(),
    recurring=st.booleans(),
    later=st.booleans(),
    copy=st.booleans(),
    series=st.none() | st.integers(0, 2),
    size=st.none()
    | st.tuples(st.integers(1, 50), st.integers(0, 9)).map(lambda p: (p[0], p[0] + p[1])),
    codes=st.tuples(code_sets, code_sets),
)
tables = st.lists(rows, max_size=30)
specifications = st.fixed_dictionaries(
    {d.decision_id: st.sampled_from([o.option_id for o in d.options]) for d in DECISIONS}
).map(Specification.of)
windows = st.none() | st.tuples(st.integers(0, 20), st.integers(0, 20)).map(
    lambda ends: Window(
        start=DAY_ZERO + timedelta(days=min(ends)),
        end=DAY_ZERO + timedelta(days=max(ends)),
    )
)
places = st.sampled_from(
    [
        None,
        Place(path=(), name="the world"),
        Place(path=("AAA",), name="Aaa"),
        Place(path=("AAA", "N"), name="North"),
        Place(path=("AAA", "N", "Upton"), name="Upton"),
    ]
)
estimands = st.builds(
    Estimand,
    statistic=st.sampled_from(["share", "count"]),
    code=st.sampled_from(["red", "blue", "calm", ""]),
    among=st.sampled_from(["sided", "topic", "all"]),
    unit=st.sampled_from(["events", "participants"]),
    window=windows,
    place=places,
)


def as_attributes(table: list[Row]) -> Attributes:
    """Lay the rows out as the columns that measures read."""
    day_zero = (DAY_ZERO - date(1970, 1, 1)).days

    def ints(values: list[int]) -> np.ndarray:
        return np.array(values, dtype=np.int64)

    def flags(values: list[bool]) -> np.ndarray:
        return np.array(values, dtype=np.bool_)

    first = [day_zero + (row.first or 0) for row in table]
    place_ids = {p: i for i, p in enumerate(sorted({_place(r) for r in table}, key=str))}
    # what is not known is never the same
    places = [
        len(table) + i if row.town is None else place_ids[_place(row)]
        for i, row in enumerate(table)
    ]
    series = [3 + i if row.series is None else row.series for i, row in enumerate(table)]
    return Attributes(
        report=ints(list(range(len(table)))),
        day_first=ints(first),
        day_last=ints([day + row.spread for day, row in zip(first, table, strict=True)]),
        is_dated=flags([row.first is not None for row in table]),
        country=ints([COUNTRIES.index(row.country) for row in table]),
        admin1=ints([STATES.index(row.state) for row in table]),
        locality=ints([TOWNS.index(row.town) for row in table]),
        source=ints([1 for _ in table]),
        is_online=flags([row.online for row in table]),
        is_counter_protest=flags([row.counter for row in table]),
        is_recurring=flags([row.recurring for row in table]),
        is_after_snapshot=flags([row.later for row in table]),
        is_duplicate=flags([row.copy for row in table]),
        series=ints(series),
        place=ints(places),
        size_low=ints([row.size[0] if row.size else 0 for row in table]),
        size_high=ints([row.size[1] if row.size else 0 for row in table]),
        is_sized=flags([row.size is not None for row in table]),
        masks={
            wording: np.array(
                [sum(1 << FRAME.bits[c] for c in row.codes[i]) for row in table],
                dtype=np.uint64,
            )
            for i, wording in enumerate(WORDINGS)
        },
        names={
            "country": COUNTRIES,
            "admin1": STATES,
            "locality": TOWNS,
            "source": (None, "made-up"),
        },
    )


def _place(row: Row) -> tuple[str | None, ...]:
    return row.country, row.state, row.town


def oracle(
    table: list[Row], estimand: Estimand, specification: Mapping[str, str]
) -> tuple[int, int]:
    """Count numerator and denominator row by row, in the plainest way.

    Participants are counted twice (low end plus high end), so that they stay integers.
    """
    numerator = denominator = 0
    seen: set[object] = set()
    for row in table:
        if _in_scope(row, estimand):
            added = _counts(row, estimand, specification, seen=seen)
            numerator += added[0]
            denominator += added[1]
    return numerator, denominator


def _counts(
    row: Row,
    estimand: Estimand,
    specification: Mapping[str, str],
    *,
    seen: set[object],
) -> tuple[int, int]:
    if _filtered(row, specification):
        return 0, 0
    codes = set(row.codes[WORDINGS.index(specification["wording"])])
    sides = {c for c in codes if c in SIDES}
    if "extra" in codes and specification["extra"] != "own":
        sides.add(specification["extra"])
    on_topic = bool(codes)
    if estimand.unit == "participants" and on_topic and row.size is None:
        return 0, 0
    weight = 1 if estimand.unit == "events" else sum(row.size or (0, 0))
    kind = _kind(estimand.code, codes=codes, sides=sides)
    is_candidate = on_topic or estimand.among == "all"
    if is_candidate and _is_repeat(row, specification, seen=seen, kind=kind):
        return 0, 0
    added = _adds(kind, n_sides=len(sides), specification=specification)
    if estimand.among == "all":
        return weight * added[0], weight
    if kind == "none" and estimand.among != "topic":
        return 0, 0
    return weight * added[0], weight * added[1]


def doubt_oracle(
    table: list[Row], estimand: Estimand, specification: Mapping[str, str]
) -> tuple[int, int]:
    """Count row by row what may add to the numerator, and to the denominator alone.

    A row may add where it is not in scope, and could be with a date and a place that do
    not contradict what it gives.
    """
    numerator = rest = 0
    seen: set[object] = set()
    for row in table:
        if _in_scope(row, estimand) or not _may_be_in_scope(row, estimand):
            continue
        added = _counts(row, estimand, specification, seen=seen)
        numerator += added[0]
        rest += max(added[1] - added[0], 0)
    return numerator, rest


def _adds(
    kind: str, *, n_sides: int, specification: Mapping[str, str]
) -> tuple[int, int]:
    each_side = specification["both-sides"] == "each-side"
    kept = specification["both-sides"] != "left-out"
    neutral = int(specification["neutral-events"] == "in-denominator")
    return {
        "off": (0, 0),
        "none": (0, neutral),
        "target": (1, 1),
        "other": (0, 1),
        "both": (int(each_side), n_sides if each_side else int(kept)),
        "several": (0, n_sides if each_side else int(kept)),
    }[kind]


def mirror(table: list[Row]) -> list[Row]:
    """Exchange the two sides in every row."""
    swap = {"red": "blue", "blue": "red"}

    def exchanged(codes: frozenset[str]) -> frozenset[str]:
        return frozenset(swap.get(code, code) for code in codes)

    return [
        replace(row, codes=(exchanged(row.codes[0]), exchanged(row.codes[1])))
        for row in table
    ]


def _kind(code: str, *, codes: set[str], sides: set[str]) -> str:
    if not codes:
        return "off"
    if not code:
        return "target"
    if code not in SIDES:
        return "target" if code in codes else "other"
    if not sides:
        return "none"
    if code in sides:
        return "target" if len(sides) == 1 else "both"
    return "other" if len(sides) == 1 else "several"


def _in_scope(row: Row, estimand: Estimand) -> bool:
    if estimand.window is not None:
        if row.first is None:
            return False
        start = DAY_ZERO + timedelta(days=row.first)
        end = start + timedelta(days=row.spread)
        assert estimand.window.start
        assert estimand.window.end
        if start < estimand.window.start or end > estimand.window.end:
            return False
    path = estimand.place.path if estimand.place else ()
    return _place(row)[: len(path)] == path


def _may_be_in_scope(row: Row, estimand: Estimand) -> bool:
    if estimand.window is not None and row.first is not None:
        start = DAY_ZERO + timedelta(days=row.first)
        end = start + timedelta(days=row.spread)
        assert estimand.window.start
        assert estimand.window.end
        if end < estimand.window.start or start > estimand.window.end:
            return False
    path = estimand.place.path if estimand.place else ()
    return all(
        given in {None, wanted} for given, wanted in zip(_place(row), path, strict=False)
    )


def _filtered(row: Row, specification: Mapping[str, str]) -> bool:
    return (
        (row.later and specification["after-snapshot"] == "left-out")
        or (row.online and specification["online-events"] == "left-out")
        or (row.counter and specification["counter-protests"] == "left-out")
        or (row.copy and specification["exact-duplicates"] == "once")
        or (row.recurring and specification["recurring-events"] == "left-out")
    )


def _is_repeat(
    row: Row, specification: Mapping[str, str], *, seen: set[object], kind: str
) -> bool:
    how = specification["recurring-events"]
    if how == "series" and row.recurring and row.series is not None:
        key: object = ("series", row.series, kind)
    elif how == "place" and row.town is not None:
        key = ("place", _place(row), kind)
    else:
        return False
    repeat = key in seen
    seen.add(key)
    return repeat
