"""Results made up for tests of how they are printed: a dam, two sides."""

from dataclasses import fields, is_dataclass, replace
from datetime import date
from itertools import product
from typing import TYPE_CHECKING

from groundswell.core.claims import (
    ArithmeticFinding,
    ClaimValue,
    FactualClaim,
    Reading,
    Region,
    Scope,
    ScopeWord,
    Span,
    UncheckedStatement,
)
from groundswell.core.codebooks import (
    Code,
    CodebookSummary,
    CodebookView,
    Dimension,
    Fold,
    PhraseList,
    PublishedUse,
    ReferenceUse,
    Rule,
    WordingSource,
)
from groundswell.core.codings import (
    CodeAccuracy,
    CodeHits,
    ConfusionCell,
    DimensionEvaluation,
    Evaluation,
    ExchangeProof,
    HitExample,
    Miss,
    PairedCount,
    Rate,
    SymmetryCheck,
    SymmetryFinding,
    Trial,
    UnmatchedPhrase,
    WordingEvaluation,
)
from groundswell.core.dates import Window
from groundswell.core.decisions import Decision, Option, Specification
from groundswell.core.doctor import Diagnosis, Fact
from groundswell.core.estimates import (
    Estimate,
    Interval,
    Neighbour,
    Range,
    SpecificationValue,
)
from groundswell.core.figures import Figure, FigureValue
from groundswell.core.ledger import Ledger, LedgerLine, Memo
from groundswell.core.measurements import MeasuredScope, Measurement, MeasurementSet
from groundswell.core.places import WORLD, Place
from groundswell.core.sources import (
    ColumnUse,
    Coverage,
    Finding,
    IngestResult,
    Snapshot,
    Source,
)
from groundswell.core.verdicts import (
    VERDICT_MEANING,
    ArticleCheck,
    FigureMatch,
    Flip,
    Needed,
    Verdict,
    VerdictKind,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

KINDS: tuple[VerdictKind, ...] = tuple(VERDICT_MEANING)
NORLAND = Place(path=("XNL",), name="Norland")
SPRING = Window(start=date(2031, 4, 3), end=date(2031, 4, 24), text="since 3 April")
YEAR = Window(start=date(2031, 1, 1), end=date(2031, 12, 31))
HOSTILE = (
    '</style></script><script>alert(1)</script><img src=x onerror="alert(1)">'
    "' onload='x {{ 7*7 }} {% raw %} [bold red]x[/] \x1b[31mred\x1b]8;;http://e.example\x07"
    "\u202eelpmas\u202c \u05e9\u05dc\u05d5 \u0645\u0631 \ud800 \x00\u2028&amp; <!--"
)
ARTICLE = (
    "The valley has made up its mind. Since the third of April, 86 percent of these "
    "protests were reportedly against the dam, and the majority of all protests in the "
    "world were about it. Organisers counted 2,301 gatherings; 38 percent (770) were "
    "marches and 631 (31 percent) were vigils. In Norland only 70 percent of the events "
    "were against the dam. Nobody has ever seen so much courage."
)


def span(text: str, *, after: str = "") -> Span:
    """Find words of the article where they first stand, or first after other words."""
    start = ARTICLE.index(after + text) + len(after)
    return Span(start=start, end=start + len(text), text=text)


DECISIONS = (
    Decision(
        decision_id="wording",
        question="Which words put an event on a side?",
        options=(
            Option(option_id="narrow", label="only words that name the dam"),
            Option(
                option_id="published",
                label="the list printed by the Street Ledger",
                used_by=("Street Ledger, dashboard of May 2031",),
            ),
            Option(option_id="broad", label="also words about the river"),
        ),
        declared_in="river-dam",
    ),
    Decision(
        decision_id="neutral-events",
        question="Do events that take no side belong in the denominator?",
        options=(
            Option(
                option_id="out",
                label="no, only events that take a side",
                used_by=("Street Ledger, dashboard of May 2031",),
            ),
            Option(
                option_id="in",
                label="yes, every event about the dam",
                used_by=("Norland Post, 26 April 2031", "Dam Watch"),
            ),
        ),
        declared_in="measures",
    ),
    Decision(
        decision_id="repeated-events",
        question="How is a weekly vigil counted?",
        options=(
            Option(option_id="each", label="every time", used_by=("Street Ledger",)),
            Option(option_id="series", label="once for the whole series"),
        ),
        declared_in="measures",
    ),
    Decision(
        decision_id="both-sides",
        question="Where does an event with both sides belong?",
        options=(
            Option(option_id="both", label="to both", used_by=("Street Ledger",)),
            Option(option_id="neither", label="to neither"),
            Option(option_id="own-class", label="to a class of its own"),
        ),
        declared_in="measures",
    ),
)
REFERENCE = Specification.of(
    {
        "wording": "published",
        "neutral-events": "out",
        "repeated-events": "each",
        "both-sides": "both",
        "online-events": "kept",
    }
)
_LIFT = {
    "narrow": -0.02,
    "published": 0.0,
    "broad": -0.045,
    "out": 0.0,
    "in": -0.023,
    "each": 0.0,
    "series": 0.071,
    "both": 0.0,
    "neither": 0.004,
    "own-class": -0.011,
}


def specification_values(
    centre: float, decisions: "Sequence[Decision]"
) -> tuple[SpecificationValue, ...]:
    """Give every combination of options a value round `centre`."""
    values = []
    ids = [decision.decision_id for decision in decisions]
    for options in product(*([o.option_id for o in d.options] for d in decisions)):
        lift = sum(_LIFT.get(option, 0.0012 * len(option) - 0.008) for option in options)
        value = min(max(centre + lift, 0.0), 1.0)
        denominator = 1_759 - 37 * len(options)
        values.append(
            SpecificationValue(
                specification=Specification.of(dict(zip(ids, options, strict=True))),
                value=value,
                numerator=round(value * denominator),
                denominator=denominator,
            )
        )
    return tuple(values)


def specification_range(
    centre: float = 0.897, *, decisions: "Sequence[Decision]" = DECISIONS
) -> Range:
    """Build the range over all combinations."""
    values = specification_values(centre, decisions)
    ordered = sorted(values, key=lambda value: value.value or 0.0)
    return Range(
        low=ordered[0].value,
        high=ordered[-1].value,
        low_at=ordered[0].specification,
        high_at=ordered[-1].specification,
        published_low=centre - 0.023,
        published_high=centre,
        median=ordered[len(ordered) // 2].value,
        n_specifications=len(values),
        n_undefined=0,
        decisions=tuple(decisions),
        without_effect=("online-events",),
        neighbours=(
            _neighbour(
                "repeated-events", "series", "a weekly vigil once", centre + 0.071
            ),
            _neighbour("wording", "broad", "also words about the river", centre - 0.045),
            _neighbour("neutral-events", "in", "neutral events included", centre - 0.023),
            _neighbour(
                "wording", "narrow", "only words that name the dam", centre - 0.02
            ),
            _neighbour("both-sides", "own-class", "both sides apart", centre - 0.011),
            _neighbour("both-sides", "neither", "both sides dropped", centre + 0.004),
        ),
        values=values,
    )


def _neighbour(decision: str, option: str, label: str, value: float) -> Neighbour:
    return Neighbour(
        decision_id=decision,
        option_id=option,
        label=label,
        value=value,
        numerator=round(value * 1_759),
        denominator=1_759,
    )


def wide_decisions(n: int = 7) -> tuple[Decision, ...]:
    """Build decisions whose combinations number 3 to the power `n`: 2,187 by default."""
    return tuple(
        Decision(
            decision_id=f"decision-{i}",
            question=f"Which way is choice {i} settled?",
            options=tuple(
                Option(option_id="x" * (1 + j * (i + 1)), label=f"way {j}")
                for j in range(3)
            ),
            declared_in="measures",
        )
        for i in range(n)
    )


LEDGER = Ledger(
    rows_in=4_492,
    unit="report",
    lines=(
        LedgerLine(reason="undated", label="no date that can be read", n=2, kind="left"),
        LedgerLine(
            reason="outside-window", label="outside the window", n=611, kind="left"
        ),
        LedgerLine(reason="outside-place", label="outside the place", n=0, kind="left"),
        LedgerLine(
            reason="after-snapshot", label="dated after the snapshot", n=184, kind="left"
        ),
        LedgerLine(reason="online", label="held online only", n=31, kind="left"),
        LedgerLine(reason="no-side", label="about something else", n=1_905, kind="left"),
        LedgerLine(reason="against", label="against the dam", n=1_578, kind="counted"),
        LedgerLine(reason="for", label="for the dam", n=181, kind="counted"),
    ),
    memos=(Memo(reason="twice", label="on both sides, so counted twice", n=3),),
)


def estimate(value: float | None = 0.897, **changes: object) -> Estimate:
    """Build the share at the reference specification."""
    made = Estimate(
        quantity="share of events that are against the dam",
        value=value,
        interval=None
        if value is None
        else Interval(
            low=max(value - 0.068, 0.0),
            high=min(value + 0.071, 1.0),
            kind="bounds",
            basis="smallest and largest value over all definitions",
        ),
        n=1_759,
        unit="share",
        counts=(("against-the-dam", 1_578), ("for-the-dam", 181)),
        specification=REFERENCE,
        ledger=LEDGER,
        snapshot_ids=("street-ledger-3f9a51c0",),
        receipt_id="6d1f0a2b4c3e",
    )
    return replace(made, **changes)  # type: ignore[arg-type]  # fields by name


def participants(value: float = 0.7) -> Estimate:
    """Build the same share by people."""
    return estimate(
        value,
        quantity="share of known participants at events against the dam",
        n=971_000,
        counts=(("against-the-dam", 680_000), ("for-the-dam", 291_000)),
        interval=Interval(
            low=0.61,
            high=0.78,
            kind="confidence",
            level=0.95,
            basis="bootstrap over events",
        ),
    )


def measured_scope(**changes: object) -> MeasuredScope:
    """Build what was asked for."""
    made = MeasuredScope(
        statistic="share",
        unit="events",
        code="against-the-dam",
        code_label="against the dam",
        among="topic",
        window=SPRING,
        place=NORLAND,
        where=(("locality", "Hafn"),),
    )
    return replace(made, **changes)  # type: ignore[arg-type]  # fields by name


def measurement(centre: float = 0.897, **changes: object) -> Measurement:
    """Build a measurement with its range."""
    made = Measurement(
        scope=measured_scope(),
        estimate=estimate(centre),
        range=specification_range(centre),
        reference_note="as the dashboard of the Street Ledger",
    )
    return replace(made, **changes)  # type: ignore[arg-type]  # fields by name


def measured(*measurements: Measurement, **changes: object) -> MeasurementSet:
    """Build what was measured: one measurement of everything, or those given."""
    made = MeasurementSet(
        quantity="share of events that are against the dam",
        scope=measured_scope(),
        settled=(("wording", "published"),),
        by="",
        measurements=measurements or (measurement(),),
        snapshots=(SNAPSHOT,),
        codebook=("river-dam", "2", "The river dam"),
        notes=("Weeks begin on Monday.",),
        receipt_id="0123456789ab",
    )
    return replace(made, **changes)  # type: ignore[arg-type]  # fields by name


def by_week() -> MeasurementSet:
    """Build what was measured week by week."""
    return measured(*weekly(), by="week")


def weekly(n: int = 9) -> tuple[Measurement, ...]:
    """Build one measurement for each week, the last one without any event."""
    made = [
        measurement(
            0.84 + 0.01 * week,
            estimate=estimate(
                0.84 + 0.01 * week, group=f"2031-W{14 + week}", n=120 + 31 * week
            ),
        )
        for week in range(n - 1)
    ]
    nothing = Range(
        low=None,
        high=None,
        low_at=None,
        high_at=None,
        published_low=None,
        published_high=None,
        median=None,
        n_specifications=36,
        n_undefined=36,
        decisions=DECISIONS,
        without_effect=(),
        neighbours=(),
        values=(),
    )
    empty = Ledger(rows_in=0, unit="report", lines=())
    last = Measurement(
        scope=measured_scope(),
        estimate=estimate(
            None, group=f"2031-W{13 + n}", n=0, ledger=empty, counts=(), receipt_id=""
        ),
        range=nothing,
        reference_note="as the dashboard of the Street Ledger",
    )
    return (*made, last)


def figure(**changes: object) -> Figure:
    """Build a registry entry."""
    made = Figure(
        figure_id="dam-watch-2031-04",
        statistic="share",
        codebook_id="river-dam",
        side="against-the-dam",
        among="topic",
        unit="events",
        window=SPRING,
        place=WORLD,
        values=(
            FigureValue(value=0.86, definition="as printed", printed=True),
            FigureValue(
                value=0.858,
                definition="3,761 of 4,385 classified gatherings",
                printed=False,
            ),
            FigureValue(
                value=0.877, definition="neutral gatherings left out", printed=False
            ),
        ),
        counts=(("against-the-dam", 3_761), ("for-the-dam", 529), ("neutral", 95)),
        producer="Dam Watch",
        publisher="Norland Post",
        published=date(2031, 4, 26),
        address="https://norland-post.example/2031/04/dam-in-numbers",
        archived="https://archive.example/2031/norland-post",
        read="repost",
        read_on=date(2031, 6, 2),
        scope_words="about 86 percent of the gatherings recorded from 3 to 24 April",
        note="The printed counts give 85.8%, which the Post rounded up.",
    )
    return replace(made, **changes)  # type: ignore[arg-type]  # fields by name


def matches() -> tuple[FigureMatch, ...]:
    """Build candidates of several scopes."""
    return (
        FigureMatch(
            figure=figure(),
            relation="inside",
            holds=True,
            is_probable_origin=True,
            missing_words=("from 3 to 24 April", "recorded by Dam Watch"),
        ),
        FigureMatch(
            figure=figure(
                figure_id="street-ledger-2031-05",
                producer="Street Ledger",
                publisher="Street Ledger",
                place=NORLAND,
                window=Window(start=date(2031, 4, 3), end=date(2031, 5, 26)),
                values=(FigureValue(value=0.812, definition="as printed", printed=True),),
                counts=(),
                read="original",
                archived="",
                note="",
                address="javascript:alert(1)",
            ),
            relation="overlaps",
            holds=False,
            is_probable_origin=False,
            missing_words=(),
        ),
        FigureMatch(
            figure=figure(
                figure_id="survey-2031", read="unread", read_on=None, counts=()
            ),
            relation="apart",
            holds=True,
            is_probable_origin=False,
            missing_words=("in an opinion poll",),
        ),
    )


def low_claim(number: int = 1) -> FactualClaim:
    """Build a claim that the records contradict."""
    return claim(
        number,
        sentence=span("In Norland only 70 percent of the events were against the dam."),
        value=ClaimValue(
            printed=0.7, comparator="equal", low=0.695, high=0.705, high_open=True
        ),
        words=(
            ScopeWord(part="place", span=span("In Norland")),
            ScopeWord(part="value", span=span("70 percent")),
            ScopeWord(part="unit", span=span("of the events")),
            ScopeWord(part="side", span=span("against the dam", after="events were ")),
        ),
        hedges=(),
    )


def claim(number: int = 1, **changes: object) -> FactualClaim:
    """Build the claim that the article makes about the events."""
    sentence = span(
        "Since the third of April, 86 percent of these protests were reportedly against "
        "the dam, and the majority of all protests in the world were about it."
    )
    words = (
        ScopeWord(part="window", span=span("Since the third of April")),
        ScopeWord(part="value", span=span("86 percent")),
        ScopeWord(part="statistic", span=span("percent of these protests")),
        ScopeWord(part="side", span=span("against the dam")),
        ScopeWord(part="source", span=span("Organisers")),
    )
    made = FactualClaim(
        claim_id=f"c{number}",
        sentence=sentence,
        value=ClaimValue(
            printed=0.86, comparator="equal", low=0.855, high=0.865, high_open=True
        ),
        scope=Scope(
            statistic="share",
            codebook_id="river-dam",
            side="against-the-dam",
            among="sided",
            unit="events",
            window=SPRING,
            place=WORLD,
            source="Organisers",
        ),
        words=words,
        hedges=("reportedly",),
        check_worthiness=0.91,
    )
    return replace(made, **changes)  # type: ignore[arg-type]  # fields by name


def count_verdict() -> Verdict:
    """Build the verdict on a count: more than 1,300 events."""
    stated = claim(
        value=ClaimValue(
            printed=1_300,
            comparator="more-than",
            low=1_300,
            high=float("inf"),
            low_open=True,
        ),
        scope=replace(claim().scope, statistic="count"),
    )
    values = tuple(
        replace(value, value=float(value.numerator), denominator=1)
        for value in specification_values(0.7, DECISIONS)
    )
    counts = [value.value or 0.0 for value in values]
    over = replace(
        specification_range(),
        low=min(counts),
        high=max(counts),
        published_low=1_100.0,
        published_high=1_128.0,
        median=1_130.0,
        neighbours=(),
        values=values,
    )
    reference = replace(
        estimate(None), quantity="events against the dam", unit="events", value=1_128.0
    )
    return replace(
        verdict("contradicted"),
        claim=stated,
        measurement=Measurement(
            scope=measured_scope(statistic="count"),
            estimate=reference,
            range=over,
            reference_note="as the Street Ledger",
        ),
        related=(),
        off_by=51.0,
        n_holds=0,
    )


NEEDED = (
    Needed(
        dataset="World Gatherings Archive, 2031",
        why="it covers every country since January 2031; these cover Norland only",
        command="groundswell fetch world-gatherings --from 2031-01-01",
    ),
)
_ANSWERS: dict[VerdictKind, str] = {
    "reproduced": "Recomputed from 1,759 events, the share is 86%, as printed.",
    "traced": "Dam Watch printed 86% for the same days and places.",
    "narrower": "The number fits Dam Watch's figure for 3 to 24 April only.",
    "depends": "The number holds if the broad wording is used, and fails if it is not.",
    "contradicted": "Every definition gives at least 11.3 points more than printed.",
    "inconsistent": "38 percent (770) and 631 (31 percent) cannot share the base 2,301.",
    "undecidable": "These records cover Norland, and the claim is about the whole world.",
}


def verdict(kind: VerdictKind, number: int = 1) -> Verdict:
    """Build a verdict of a kind, as full as that kind can be."""
    measured = measurement()
    stated = low_claim(number) if kind == "contradicted" else claim(number)
    allowed = stated.value
    made = Verdict(
        claim=stated,
        kind=kind,
        answer=_ANSWERS[kind],
        reasons=(
            f"The rows cover Norland, so the verdict on claim {number} rests on them.",
            "Two of the decisions change the share by more than two points.",
        ),
        measurement=measured,
        related=(participants(),),
        is_covered=kind in {"reproduced", "depends", "contradicted"},
        n_holds=sum(
            allowed.admits(v.value, v.value)
            for v in measured.range.values
            if v.value is not None
        ),
        n_specifications=measured.range.n_specifications,
        figures=matches(),
    )
    if kind in {"narrower", "undecidable"}:
        made = replace(
            made, needed=NEEDED, missing_words=("from 3 to 24 April", "by Dam Watch")
        )
    if kind == "depends":
        flip = Flip(
            decision_id="wording",
            question="Which words put an event on a side?",
            holds_with=("also words about the river",),
            fails_with=(
                "the list printed by the Street Ledger",
                "only words that name the dam",
            ),
        )
        made = replace(made, flips=(flip,))
    if kind == "contradicted":
        made = replace(made, off_by=0.113)
    if kind in {"traced", "inconsistent"}:
        made = replace(made, measurement=None, related=(), n_holds=0, n_specifications=0)
    return made


SOURCE = Source(
    source_id="street-ledger",
    title="Street Ledger, second series",
    producer="Street Ledger (made up)",
    citation="Street Ledger (2031), Gatherings in Norland, second series, version 4.",
    licence="free with citation",
    terms_address="https://street-ledger.example/terms",
    redistribution="aggregate",
    coverage=Coverage(
        places=(NORLAND,), window=YEAR, selection="all", note="Islands from May 2031."
    ),
    size_rule="interval",
    biases=("Small towns are reported late.", "Sizes come from organisers."),
    address="https://street-ledger.example/data",
    how_to_get=("groundswell fetch street-ledger", "groundswell ingest ledger-2031.csv"),
)
SNAPSHOT = Snapshot(
    snapshot_id="street-ledger-3f9a51c0",
    source=SOURCE,
    file_name="ledger-2031.csv",
    sha256="3f9a51c0" * 8,
    n_bytes=4_310_221,
    taken=date(2031, 6, 6),
    taken_from="manifest",
    coverage=SOURCE.coverage,
    n_records=4_492,
)


def reading(**changes: object) -> Reading:
    """Build the reading of the article."""
    made = Reading(
        title="The valley has made up its mind",
        name="valley.txt",
        sha256="ab" * 32,
        n_characters=len(ARTICLE),
        regions=(
            Region(kind="title", start=0, end=32),
            Region(kind="body", start=32, end=len(ARTICLE) - 60),
            Region(kind="footer", start=len(ARTICLE) - 60, end=len(ARTICLE)),
        ),
        claims=(claim(1),),
        unchecked=(
            UncheckedStatement(
                sentence=span("Nobody has ever seen so much courage."),
                words=span("so much courage"),
                why="courage is not something that records count",
            ),
        ),
        arithmetic=(
            ArithmeticFinding(
                spans=(span("2,301"), span("38 percent (770)"), span("631 (31 percent)")),
                explanation="770 is 33% of 2,301; both percentages fit a base of "
                "2,004 to 2,053.",
                claim_ids=("c1",),
            ),
        ),
        notes=("The page was plain text.",),
    )
    return replace(made, **changes)  # type: ignore[arg-type]  # fields by name


def check(kinds: "Sequence[VerdictKind]" = KINDS, **changes: object) -> ArticleCheck:
    """Build the check of an article with a claim for each kind."""
    verdicts = tuple(verdict(kind, i) for i, kind in enumerate(kinds, start=1))
    made = ArticleCheck(
        reading=reading(claims=tuple(v.claim for v in verdicts)),
        published=date(2031, 5, 5),
        verdicts=verdicts,
        snapshots=(SNAPSHOT,),
        codebooks=(("river-dam", "2", "The river dam"),),
        notes=("The article was checked against one file.",),
        receipt_id="0123456789ab",
    )
    return replace(made, **changes)  # type: ignore[arg-type]  # fields by name


def empty_check() -> ArticleCheck:
    """Build the check of an article that makes no claim, without any records."""
    return ArticleCheck(
        reading=Reading(
            title="",
            name="text",
            sha256="00" * 32,
            n_characters=0,
            regions=(),
            claims=(),
            unchecked=(),
            arithmetic=(),
            notes=(),
        ),
        published=None,
        verdicts=(),
        snapshots=(),
        codebooks=(),
        notes=(),
    )


def large_check(n_claims: int = 10) -> ArticleCheck:
    """Build a check of many claims with thousands of specifications each."""
    wide = specification_range(decisions=wide_decisions())
    holding = replace(
        verdict("depends"),
        measurement=measurement(range=wide),
        n_specifications=wide.n_specifications,
        n_holds=sum(
            claim().value.admits(v.value, v.value)
            for v in wide.values
            if v.value is not None
        ),
    )
    verdicts = tuple(
        replace(holding, claim=claim(number)) for number in range(1, n_claims + 1)
    )
    claims = tuple(verdict.claim for verdict in verdicts)
    return check((), verdicts=verdicts, reading=reading(claims=claims))


def ingest_result() -> IngestResult:
    """Build what reading the file did."""
    return IngestResult(
        snapshot=SNAPSHOT,
        is_new=True,
        rows=LEDGER,
        columns=(
            ColumnUse(column="date", target="date_text", n_filled=4_490),
            ColumnUse(column="town", target="locality", n_filled=4_401),
            ColumnUse(column="weather", target="", n_filled=12),
        ),
        findings=(
            Finding(
                kind="not-utf8",
                label="lines that are not UTF-8, read as Windows-1252",
                n=2,
                examples=("row 17: caf\u00e9", "row 2,210: na\u00efve"),
            ),
            Finding(kind="after-snapshot", label="rows dated later", n=184),
        ),
    )


def _poison(value: object) -> object:
    """Put hostile text into every string of a result that no type restricts."""
    if isinstance(value, tuple):
        return tuple(
            HOSTILE + item if isinstance(item, str) else _poison(item) for item in value
        )
    if not is_dataclass(value) or isinstance(value, type):
        return value
    changed = {}
    for field in fields(value):
        part = getattr(value, field.name)
        is_free = field.type in {str, "str"} and field.name != "unit"
        changed[field.name] = HOSTILE + part if is_free else _poison(part)
    return replace(value, **changed)


def hostile_measured() -> MeasurementSet:
    """Build measurements in which every free text is hostile."""
    return _poison(by_week())  # type: ignore[return-value]  # the same type as given


def hostile_check() -> ArticleCheck:
    """Build a check in which every free text is hostile."""
    return _poison(check())  # type: ignore[return-value]  # the same type as given


def diagnosis() -> Diagnosis:
    """Build what `doctor` finds where something is wrong."""
    return Diagnosis(
        facts=(
            Fact(name="duckdb", words="2.0", is_well=True),
            Fact(name="workspace", words="cannot be opened", is_well=False),
        )
    )


def codebook_view() -> CodebookView:
    """Build what a codebook declares."""
    codes = tuple(
        Code(
            code=code,
            label=label,
            meaning=f"An event {label} the dam.",
            role="side",
            article_terms=(f"{code}-dam",),
            counterpart=other,
            alone=False,
        )
        for code, label, other in (
            ("for-the-dam", "for", "against-the-dam"),
            ("against-the-dam", "against", "for-the-dam"),
        )
    )
    phrases = tuple(f"stop the dam {i}" for i in range(20))
    rules = (
        Rule(
            rule_id="stop",
            dimension="side",
            wordings=("published", "broad"),
            lists=(
                PhraseList(
                    code="against-the-dam", phrases=phrases, excepts=("never stop",)
                ),
                PhraseList(code="for-the-dam", phrases=("build the dam",)),
            ),
            is_exclusion=False,
            source="dam-watch",
            asymmetry="",
        ),
        Rule(
            rule_id="jokes",
            dimension="side",
            wordings=("published",),
            lists=(PhraseList(code="for-the-dam", phrases=("dam it",)),),
            is_exclusion=True,
            source="",
            asymmetry="the joke is told about one side only",
        ),
    )
    return CodebookView(
        summary=CODEBOOK,
        dimensions=(
            Dimension(
                dimension="side",
                title="Which side does the event take?",
                reads=("claims_summary", "claims_verbatim"),
                codes=codes,
                rules=rules,
            ),
        ),
        decisions=DECISIONS,
        folds=(
            Fold(
                decision_id="wording",
                option_id="broad",
                dimension="side",
                code="river-only",
                side="against-the-dam",
            ),
        ),
        topic_terms=("dam", "river wall"),
        wording_sources=(
            WordingSource(
                key="dam-watch",
                who="Dam Watch",
                what="its filter",
                address="https://dam-watch.example",
                date="2031-05-02",
            ),
        ),
        published_uses=(
            PublishedUse(
                use_id="ledger",
                who="Street Ledger",
                where="dashboard of May 2031",
                choices=(("wording", "published"),),
            ),
        ),
        reference=ReferenceUse(
            reference_id="ledger",
            label="as the Street Ledger",
            why="It is quoted most.",
            choices=(("wording", "published"),),
        ),
    )


CODEBOOK = CodebookSummary(
    codebook_id="river-dam",
    version="2",
    title="The river dam",
    summary="For and against a dam.",
    languages=("en", "no"),
    wordings=("narrow", "published", "broad"),
    dimensions=("side",),
    sides=("for-the-dam", "against-the-dam"),
    n_codes=2,
    n_phrases=22,
    sha256="cd" * 32,
)


def symmetry_check(*, is_symmetric: bool = False) -> SymmetryCheck:
    """Build what the check for symmetry found."""
    found: tuple[SymmetryFinding, ...] = (
        SymmetryFinding(kind="note", place="side.stop", message="20 phrases against 1."),
        SymmetryFinding(kind="declared", place="side.jokes", message="One side only."),
    )
    if not is_symmetric:
        planted = SymmetryFinding(
            kind="problem", place="side.planted", message="No counterpart."
        )
        found = (planted, *found)
    return SymmetryCheck(
        codebook_id="river-dam",
        version="2",
        sha256="cd" * 32,
        is_symmetric=is_symmetric,
        findings=found,
        pairs=(
            PairedCount(
                place="side.stop",
                wordings=("published",),
                is_exclusion=False,
                phrases=(("against-the-dam", 20), ("for-the-dam", 1)),
                excepts=(("against-the-dam", 1), ("for-the-dam", 0)),
            ),
        ),
        exchange=ExchangeProof(
            n_texts=400, n_comparisons=2_400, n_mirrored=2_399, seed=7, failures=("dam",)
        ),
    )


def trial() -> Trial:
    """Build what a codebook does with some texts."""
    text = "for many weeks people have come to stop the dam 3 and to sing about the river"
    start = text.index("stop")
    return Trial(
        codebook_id="river-dam",
        version="2",
        sha256="cd" * 32,
        n_texts=1_200,
        n_rows=4_492,
        n_on_topic_texts=310,
        n_on_topic_rows=1_801,
        hits=(
            CodeHits(
                dimension="side",
                codes=("against-the-dam",),
                wording="published",
                n_texts=280,
                n_rows=1_578,
            ),
        ),
        overlaps=(
            CodeHits(
                dimension="side",
                codes=("against-the-dam", "for-the-dam"),
                wording="published",
                n_texts=2,
                n_rows=3,
            ),
        ),
        examples=tuple(
            HitExample(
                dimension="side",
                code="against-the-dam",
                rule="stop",
                text=text,
                start=start,
                end=start + len("stop the dam"),
                n_rows=i,
            )
            for i in range(15)
        ),
        misses=(Miss(text="a walk along the dam", n_rows=12),),
        unmatched=(
            UnmatchedPhrase(
                phrase="walk along", is_whole_claim=False, n_texts=4, n_rows=19
            ),
        ),
    )


def evaluation(alpha: float | None = 0.61) -> Evaluation:
    """Build a codebook held against hand codes."""
    sharp = Interval(low=0.86, high=0.95, kind="confidence", level=0.95, basis="Wilson")
    code = CodeAccuracy(
        code="against-the-dam",
        n_truth=120,
        n_coded=118,
        n_both=110,
        sensitivity=Rate(value=0.917, interval=sharp, n=120),
        precision=Rate(value=0.932, interval=None, n=118),
    )
    silent = CodeAccuracy(
        code="for-the-dam",
        n_truth=0,
        n_coded=0,
        n_both=0,
        sensitivity=Rate(value=None, interval=None, n=0),
        precision=Rate(value=None, interval=None, n=0),
    )
    cells = (
        ConfusionCell(first="against-the-dam", second="none", n=10, weight=10.0),
        ConfusionCell(first="none", second="none", n=80, weight=80.0),
    )
    return Evaluation(
        codebook_id="river-dam",
        version="2",
        sha256="cd" * 32,
        dimensions=(
            DimensionEvaluation(
                dimension="side",
                coders=("first", "second"),
                n_texts=210,
                n_coded_twice=200,
                n_agreed=171,
                n_truth=181,
                alpha=alpha,
                is_reliable=False,
                reliability="not reliable",
                code_alphas=(("against-the-dam", 0.7), ("for-the-dam", None)),
                disagreements=cells[:1],
                wordings=(
                    WordingEvaluation(
                        wording="published", codes=(code, silent), confusion=cells
                    ),
                ),
            ),
        ),
    )
