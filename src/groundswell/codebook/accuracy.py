"""How well one wording finds what people coded by hand."""

from collections import Counter, defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from groundswell.codebook.hand_codes import NONE
from groundswell.codebook.rates import LEVEL, Drawn, estimate_rate
from groundswell.core.codings import CodeAccuracy, ConfusionCell, WordingEvaluation
from groundswell.core.estimates import Interval

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from groundswell.codebook.hand_codes import HandCoded
    from groundswell.codebook.rates import Outcome
    from groundswell.core.codebooks import Dimension
    from groundswell.core.codings import Rate

_JOIN = " + "
_Codes = frozenset[str]
_Case = tuple["HandCoded", bool, bool]  # a text, has it the code, does it get it


def evaluate_wording(
    dimension: "Dimension",
    wording: str,
    *,
    rows: "Sequence[HandCoded]",
    found: "Sequence[_Codes]",
    totals: "Mapping[str, int] | None",
) -> WordingEvaluation:
    """Hold the codes of one wording against hand codes.

    Parameters
    ----------
    dimension
        What was coded.
    wording
        Its name.
    rows
        Texts with their hand codes.
    found
        The codes that the codebook gives each of them.
    totals
        Rows of all records that get a code, where they are known.

    Returns
    -------
    WordingEvaluation
        Accuracy by code, and the table of confusions, on the texts all coders agree on.
    """
    pairs = list(zip(rows, found, strict=True))
    return WordingEvaluation(
        wording=wording,
        codes=tuple(
            _measure_accuracy(
                code.code,
                pairs=pairs,
                total=None if totals is None else totals.get(code.code, 0),
            )
            for code in dimension.codes
        ),
        confusion=tabulate(
            (class_name(row.classes[0]), class_name(codes), row.weight)
            for row, codes in pairs
            if len(row.classes) == 1
        ),
    )


def _measure_accuracy(
    code: str, *, pairs: "Sequence[tuple[HandCoded, _Codes]]", total: int | None
) -> CodeAccuracy:
    agreed = [
        (row, code in row.classes[0], code in codes)
        for row, codes in pairs
        if len(row.classes) == 1
    ]
    sensitivity = _sensitivity(agreed)
    precision = _precision(agreed, total=total)
    if len(agreed) < len(pairs):
        worst, best = (
            [
                (row, _resolve(row, code, gets=code in codes, well=well), code in codes)
                for row, codes in pairs
            ]
            for well in (False, True)
        )
        sensitivity = _either_way(
            sensitivity, worst=_sensitivity(worst), best=_sensitivity(best)
        )
        precision = _either_way(
            precision,
            worst=_precision(worst, total=total),
            best=_precision(best, total=total),
        )
    return CodeAccuracy(
        code=code,
        n_truth=sum(has for _, has, _ in agreed),
        n_coded=sum(gets for _, _, gets in agreed),
        n_both=sum(has and gets for _, has, gets in agreed),
        sensitivity=sensitivity,
        precision=precision,
    )


def _resolve(row: "HandCoded", code: str, *, gets: bool, well: bool) -> bool:
    """Say whether a text has a code, for or against the codebook where coders differ."""
    said = {code in codes for codes in row.classes}
    return gets is well if len(said) > 1 else said.pop()


def _sensitivity(cases: "Sequence[_Case]") -> "Rate":
    return _rate([(row, gets if has else None) for row, has, gets in cases])


def _precision(cases: "Sequence[_Case]", *, total: int | None) -> "Rate":
    return _rate([(row, has if gets else None) for row, has, gets in cases], total=total)


def _rate(
    cases: "Sequence[tuple[HandCoded, bool | None]]", *, total: int | None = None
) -> "Rate":
    outcomes: dict[bool | None, Outcome] = {True: "hit", False: "miss", None: "neither"}
    sample = [
        Drawn(stratum=row.stratum, weight=row.weight, outcome=outcomes[is_hit])
        for row, is_hit in cases
    ]
    return estimate_rate(sample, total=total)


def _either_way(agreed: "Rate", *, worst: "Rate", best: "Rate") -> "Rate":
    """Add to a rate what it is with disagreements resolved against it, and for it."""
    values = [r.value for r in (worst, best) if r.value is not None]
    intervals = [r.interval for r in (worst, best) if r.interval is not None]
    if not values:
        return agreed
    return replace(
        agreed,
        either_way=Interval(
            low=min(values),
            high=max(values),
            kind="bounds",
            basis="disagreements of the coders, resolved either way",
        ),
        either_way_interval=Interval(
            low=min(interval.low for interval in intervals),
            high=max(interval.high for interval in intervals),
            kind="confidence",
            level=LEVEL,
            basis=f"{intervals[0].basis}; disagreements resolved either way",
        ),
    )


def class_name(codes: _Codes) -> str:
    """Name a set of codes: joined by ` + `, or `none`."""
    return _JOIN.join(sorted(codes)) or NONE


def tabulate(cases: "Iterable[tuple[str, str, float]]") -> tuple[ConfusionCell, ...]:
    """Count pairs of classes and sum their weights, the most frequent first."""
    counts: Counter[tuple[str, str]] = Counter()
    weights: defaultdict[tuple[str, str], float] = defaultdict(float)
    for first, second, weight in cases:
        counts[first, second] += 1
        weights[first, second] += weight
    return tuple(
        ConfusionCell(first=first, second=second, n=n, weight=weights[first, second])
        for (first, second), n in sorted(counts.items(), key=lambda c: (-c[1], c[0]))
    )
