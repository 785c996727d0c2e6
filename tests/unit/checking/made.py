"""Made-up records, snapshots, figures and claims: a dam, two sides, two countries."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from groundswell.checking.verdicts import Material
from groundswell.core.claims import COUNT_CEILING, ClaimValue, FactualClaim, Scope, Span
from groundswell.core.codebooks import ErrorRate
from groundswell.core.dates import Window
from groundswell.core.decisions import Decision, Option
from groundswell.core.figures import Figure, FigureValue
from groundswell.core.places import Place
from groundswell.core.sources import Coverage, Snapshot, Source
from groundswell.measures.attributes import Attributes
from groundswell.measures.decisions import MEASURE_DECISIONS
from groundswell.measures.estimands import CodeFrame
from groundswell.multiverse.measurement import Records
from groundswell.multiverse.plan import Definitions

MARCH = Window(start=date(2031, 3, 1), end=date(2031, 3, 31), text="in March 2031")
APRIL = Window(start=date(2031, 4, 1), end=date(2031, 4, 30), text="in April 2031")
SPRING = Window(start=date(2031, 3, 1), end=date(2031, 4, 30), text="this spring")
PUBLISHED = date(2031, 6, 1)
NORLAND = Place(path=("XNL",), name="Norland", text="in Norland")
NORTH = Place(path=("XNL", "N"), name="North Norland", text="in the north")
SUDLAND = Place(path=("XSL",), name="Sudland", text="in Sudland")
LEDGER = "Street Ledger Project (SLP)"

CODES = ("for", "against", "calm")
SIDES = ("for", "against")
WORDINGS = ("narrow", "broad")
FRAME = CodeFrame(
    codebook_id="dam",
    labels={code: code for code in CODES},
    bits={code: i for i, code in enumerate(CODES)},
    sides=SIDES,
    folds={},
)
WORDING = Decision(
    decision_id="wording",
    question="Which words count?",
    options=tuple(Option(option_id=w, label=f"{w} words") for w in WORDINGS),
    declared_in="dam",
)
REFERENCE = {
    "wording": "narrow",
    "both-sides": "own-class",
    "neutral-events": "left-out",
    "counter-protests": "kept",
    "online-events": "kept",
    "recurring-events": "each",
    "after-snapshot": "kept",
    "exact-duplicates": "each",
}
assert set(REFERENCE) == {d.decision_id for d in (WORDING, *MEASURE_DECISIONS)}


@dataclass(frozen=True, kw_only=True)
class Some:
    """So many reports that are alike.

    `code` is what both wordings find, unless `broad` says what the broad one finds.
    """

    n: int
    code: str = ""
    broad: str | None = None
    day: date | None = date(2031, 3, 15)
    country: str = "XNL"
    size: int | None = None
    online: bool = False
    counter: bool = False


def records(
    *groups: Some, rates: Mapping[str, tuple[float, float]] | None = None
) -> Records:
    """Code the reports; each stands alone in its place and series.

    `rates` gives the lowest precision and the lowest sensitivity of a side.
    """
    rows = [group for group in groups for _ in range(group.n)]
    n = len(rows)
    days = [((row.day or date(1970, 1, 1)) - date(1970, 1, 1)).days for row in rows]
    countries = (None, *sorted({row.country for row in rows}))
    alone = np.arange(n, dtype=np.int64)
    sizes = np.array([row.size or 0 for row in rows], dtype=np.int64)
    zeros, no = np.zeros(n, dtype=np.int64), np.zeros(n, dtype=np.bool_)

    def mask(codes: list[str]) -> np.ndarray:
        bits = [1 << CODES.index(code) if code else 0 for code in codes]
        return np.array(bits, dtype=np.uint64)

    attributes = Attributes(
        report=alone,
        day_first=np.array(days, dtype=np.int64),
        day_last=np.array(days, dtype=np.int64),
        is_dated=np.array([row.day is not None for row in rows], dtype=np.bool_),
        country=np.array([countries.index(row.country) for row in rows], dtype=np.int64),
        admin1=zeros,
        locality=zeros,
        source=zeros,
        is_online=np.array([row.online for row in rows], dtype=np.bool_),
        is_counter_protest=np.array([row.counter for row in rows], dtype=np.bool_),
        is_recurring=no,
        is_after_snapshot=no,
        is_duplicate=no,
        series=alone,
        place=alone,
        size_low=sizes,
        size_high=sizes,
        is_sized=np.array([row.size is not None for row in rows], dtype=np.bool_),
        masks={
            "narrow": mask([row.code for row in rows]),
            "broad": mask([row.code if row.broad is None else row.broad for row in rows]),
        },
        names={
            "country": countries,
            "admin1": (None,),
            "locality": (None,),
            "source": (None,),
        },
    )
    return Records(
        attributes=attributes,
        frame=FRAME,
        definitions=Definitions(decisions=(WORDING,), reference=REFERENCE, published=()),
        reference_note="as nobody",
        snapshot_ids=("made",),
        error_rates={
            (side, wording): ErrorRate(
                code=side,
                wording=wording,
                sensitivity=(rate[1], 1.0),
                precision=(rate[0], 1.0),
                n=200,
                where="",
            )
            for side, rate in (rates or {}).items()
            for wording in WORDINGS
        },
    )


def source(**changes: object) -> Source:
    made = Source(
        source_id="ledger",
        title="Street Ledger",
        producer=LEDGER,
        citation="",
        licence="",
        terms_address="",
        redistribution="none",
        coverage=Coverage(places=(NORLAND,), window=SPRING, selection="all"),
        size_rule="interval",
        biases=(),
        address="",
        how_to_get=(),
    )
    return replace(made, **changes)  # type: ignore[arg-type]  # fields by name


def snapshot(
    window: Window = SPRING,
    places: Sequence[Place] = (NORLAND,),
    *,
    selection: str = "all",
    producer: str = LEDGER,
) -> Snapshot:
    return Snapshot(
        snapshot_id="made",
        source=source(producer=producer, title=producer),
        file_name="made.csv",
        sha256="0" * 64,
        n_bytes=1,
        taken=None,
        taken_from="unknown",
        coverage=Coverage(
            places=tuple(places),
            window=window,
            selection=selection,  # type: ignore[arg-type]  # one of the literals
        ),
        n_records=1,
    )


def figure(*values: float | FigureValue, **changes: object) -> Figure:
    """Make a published figure of Norland in March; a bare number stood in print."""
    made = Figure(
        figure_id="made",
        statistic="share",
        codebook_id="dam",
        side="for",
        among="topic",
        unit="events",
        window=Window(start=MARCH.start, end=MARCH.end),
        place=Place(path=NORLAND.path, name=NORLAND.name),
        values=tuple(
            v
            if isinstance(v, FigureValue)
            else FigureValue(value=v, definition="as printed", printed=True)
            for v in values
        ),
        counts=(),
        producer=LEDGER,
        publisher="The Valley Post",
        published=date(2031, 5, 2),
        address="https://example.org",
        archived="",
        read="original",
        read_on=date(2031, 5, 3),
        scope_words="",
        note="",
    )
    return replace(made, **changes)  # type: ignore[arg-type]  # fields by name


def derived(value: float) -> FigureValue:
    return FigureValue(value=value, definition="3 of 4 events", printed=False)


def scope(**changes: object) -> Scope:
    """Make the scope of a share of events, in Norland in March."""
    made = Scope(
        statistic="share",
        codebook_id="dam",
        side="for",
        among="topic",
        unit="events",
        window=MARCH,
        place=NORLAND,
        source="",
        topic_label="the dam",
    )
    return replace(made, **changes)  # type: ignore[arg-type]  # fields by name


def claim(value: ClaimValue, **changes: object) -> FactualClaim:
    return FactualClaim(
        claim_id="c1",
        sentence=Span(start=0, end=1, text="x"),
        value=value,
        scope=scope(**changes),
        words=(),
        hedges=(),
        check_worthiness=1.0,
    )


def count_claim(value: ClaimValue, **changes: object) -> FactualClaim:
    return claim(value, **{"statistic": "count", **changes})


def material(
    found: Records | None = None,
    *figures: Figure,
    snapshots: Sequence[Snapshot] | None = None,
    sources: Sequence[Source] = (),
) -> Material:
    """Put together what claims are checked against; records come with a snapshot."""
    held = (snapshot(),) if found is not None else ()
    return Material(
        records={} if found is None else {"dam": found},
        snapshots=held if snapshots is None else snapshots,
        figures=figures,
        sources=sources,
        published=PUBLISHED,
    )


# What words allow, as the page of the verdicts prints it.


def percent(n: float) -> ClaimValue:
    return ClaimValue(
        printed=n / 100,
        comparator="equal",
        low=(n - 0.5) / 100,
        high=(n + 0.5) / 100,
        high_open=True,
    )


def about_percent(n: float) -> ClaimValue:
    ends = {"low": (n - 2) / 100, "high": (n + 2) / 100}
    return ClaimValue(printed=n / 100, comparator="about", **ends)


MAJORITY = ClaimValue(
    printed=0.5, comparator="majority", low=0.5, high=1.0, low_open=True
)


def exactly(n: int) -> ClaimValue:
    return ClaimValue(
        printed=n, comparator="equal", low=n - 0.5, high=n + 0.5, high_open=True
    )


def more_than(n: int) -> ClaimValue:
    return ClaimValue(
        printed=n, comparator="more-than", low=n, high=COUNT_CEILING, low_open=True
    )


def at_least(n: int) -> ClaimValue:
    return ClaimValue(printed=n, comparator="at-least", low=n, high=COUNT_CEILING)


def fewer_than(n: int) -> ClaimValue:
    return ClaimValue(printed=n, comparator="less-than", low=0, high=n, high_open=True)


def between(low: float, high: float) -> ClaimValue:
    return ClaimValue(printed=(low + high) / 2, comparator="about", low=low, high=high)
