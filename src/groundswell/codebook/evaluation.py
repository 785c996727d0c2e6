"""Hold a codebook against texts that people coded by hand."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import combinations
from math import isfinite, sqrt
from statistics import NormalDist
from typing import TYPE_CHECKING

from groundswell.codebook.agreement import krippendorff_alpha
from groundswell.codebook.coding import code_texts
from groundswell.core.codings import (
    CodeAccuracy,
    ConfusionCell,
    DimensionEvaluation,
    Evaluation,
    Rate,
    WordingEvaluation,
)
from groundswell.core.errors import UsageError
from groundswell.core.estimates import Interval

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from groundswell.codebook.model import Codebook
    from groundswell.core.codebooks import Dimension

RELIABLE = 0.667
CONCLUSIVE = 0.8
NONE = "none"
BOTH = "both"
_LEVEL = 0.95
_JOIN = " + "
_Codes = frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class HandCoded:
    """A text as people coded it on one dimension.

    Attributes
    ----------
    text
        The text.
    dimension
        The dimension of the codebook.
    codes
        For each coder who coded the text, the codes given; none is a coding too.
    weight
        How many rows it stands for, where the sample is stratified.
    """

    text: str
    dimension: str
    codes: tuple[tuple[str, frozenset[str]], ...]
    weight: float = 1.0


def read_label(label: str, *, dimension: "Dimension") -> frozenset[str]:
    """Read one cell of a hand-coded file: a code, several joined by `+`, or a word.

    Parameters
    ----------
    label
        A code of the dimension, `pro-a + pro-b`, `none`, or `both` where the dimension
        has two sides.
    dimension
        The dimension.

    Returns
    -------
    frozenset
        The codes; empty for `none`.

    Raises
    ------
    UsageError
        If the label is none of these.

    Examples
    --------
    >>> from groundswell.codebook.load import load_codebook
    >>> side = load_codebook("us-abortion").side_dimension
    >>> sorted(read_label("both", dimension=side))
    ['abortion-rights', 'anti-abortion']
    """
    word = label.strip()
    if word == NONE:
        return frozenset()
    if word == BOTH and len(dimension.sides) == 2:  # noqa: PLR2004 (both of two)
        return frozenset(dimension.sides)
    codes = frozenset(part.strip() for part in word.split("+"))
    known = [code.code for code in dimension.codes]
    if not codes <= set(known):
        raise UsageError(
            f"{label!r} is not a label of the dimension {dimension.dimension!r}.",
            allowed=f"{', '.join(known)}, several of them joined by +, {NONE}, {BOTH}",
        )
    return codes


def evaluate_codebook(
    codebook: "Codebook",
    hand_codes: "Sequence[HandCoded]",
    *,
    field: str | None = None,
) -> Evaluation:
    """Measure how well coders agree, and how well each wording finds what they agree on.

    The codebook is held against the texts on which all who coded them agree; the others
    are counted and listed. A sample that was drawn by what a codebook finds measures
    precision, not sensitivity, unless its strata are weighted back.

    Parameters
    ----------
    codebook
        The codebook.
    hand_codes
        Texts with the codes that people gave them, for one or more dimensions.
    field
        Column of the `report` table that they come from; may be left out where all
        dimensions of the codebook read the same columns.

    Returns
    -------
    Evaluation
        For each dimension that was coded by hand: alpha, disagreements, and for each
        wording sensitivity, precision and the table of confusions.

    Raises
    ------
    UsageError
        If nothing was coded, or a weight is not a positive number.
    """
    if not hand_codes:
        raise UsageError(
            "There are no hand codes.", allowed="one or more texts with codes"
        )
    by_dimension: defaultdict[str, list[HandCoded]] = defaultdict(list)
    for row in hand_codes:
        _check_row(codebook, row)
        by_dimension[row.dimension].append(row)
    return Evaluation(
        codebook_id=codebook.codebook_id,
        version=codebook.version,
        sha256=codebook.sha256,
        dimensions=tuple(
            _evaluate_dimension(
                codebook, dimension, rows=by_dimension[dimension.dimension], field=field
            )
            for dimension in codebook.dimensions
            if dimension.dimension in by_dimension
        ),
    )


def _check_row(codebook: "Codebook", row: HandCoded) -> None:
    known = {code.code for code in codebook.dimension(row.dimension).codes}
    if not isfinite(row.weight) or row.weight <= 0:
        raise UsageError(
            f"The weight {row.weight} is not a positive number.", allowed="such as 1"
        )
    coders = [coder for coder, _ in row.codes]
    if not coders or len(set(coders)) < len(coders):
        raise UsageError(
            f"The text {row.text[:60]!r} has no coder, or one coder twice.",
            allowed="each coder once",
        )
    unknown = sorted({code for _, codes in row.codes for code in codes} - known)
    if unknown:
        raise UsageError(
            f"The dimension {row.dimension!r} has no code {unknown[0]!r}.",
            allowed=", ".join(sorted(known)),
        )


def _evaluate_dimension(
    codebook: "Codebook",
    dimension: "Dimension",
    *,
    rows: "Sequence[HandCoded]",
    field: str | None,
) -> DimensionEvaluation:
    several = [row for row in rows if len(row.codes) > 1]
    agreed = [row for row in rows if len({codes for _, codes in row.codes}) == 1]
    alpha = krippendorff_alpha([[_name(c) for _, c in row.codes] for row in rows])
    coding = code_texts(codebook, [row.text for row in agreed], workers=1, field=field)
    wordings = []
    for wording in codebook.wordings:
        found = [
            frozenset(
                code
                for name, code in coding.codes(number, wording=wording)
                if name == dimension.dimension
            )
            for number in range(len(agreed))
        ]
        wordings.append(_evaluate_wording(dimension, wording, rows=agreed, found=found))
    return DimensionEvaluation(
        dimension=dimension.dimension,
        coders=tuple(sorted({coder for row in rows for coder, _ in row.codes})),
        n_texts=len(rows),
        n_coded_twice=len(several),
        n_agreed=sum(1 for row in agreed if len(row.codes) > 1),
        n_truth=len(agreed),
        alpha=alpha,
        is_reliable=alpha is not None and alpha >= RELIABLE,
        reliability=_say_reliability(alpha),
        code_alphas=tuple(
            (code.code, _alpha_of_code(code.code, rows)) for code in dimension.codes
        ),
        disagreements=_list_disagreements(several),
        wordings=tuple(wordings),
    )


def _alpha_of_code(code: str, rows: "Sequence[HandCoded]") -> float | None:
    return krippendorff_alpha(
        [[int(code in codes) for _, codes in row.codes] for row in rows]
    )


def _say_reliability(alpha: float | None) -> str:
    if alpha is None:
        return "undefined: no text was coded twice, or all got the same codes"
    if alpha < RELIABLE:
        return "not reliable"
    if alpha < CONCLUSIVE:
        return "reliable enough for tentative conclusions"
    return "reliable"


def _list_disagreements(rows: "Iterable[HandCoded]") -> tuple[ConfusionCell, ...]:
    pairs = []
    for row in rows:
        for (_, one), (_, other) in combinations(row.codes, 2):
            if one != other:
                first, second = sorted((_name(one), _name(other)))
                pairs.append((first, second, row.weight))
    return _tabulate(pairs)


def _evaluate_wording(
    dimension: "Dimension",
    wording: str,
    *,
    rows: "Sequence[HandCoded]",
    found: "Sequence[_Codes]",
) -> WordingEvaluation:
    truth = [row.codes[0][1] for row in rows]
    weights = [row.weight for row in rows]
    return WordingEvaluation(
        wording=wording,
        codes=tuple(
            _measure_accuracy(code.code, truth=truth, found=found, weights=weights)
            for code in dimension.codes
        ),
        confusion=_tabulate(
            (_name(one), _name(other), weight)
            for one, other, weight in zip(truth, found, weights, strict=True)
        ),
    )


def _measure_accuracy(
    code: str,
    *,
    truth: "Sequence[_Codes]",
    found: "Sequence[_Codes]",
    weights: "Sequence[float]",
) -> CodeAccuracy:
    cases = [
        (code in one, code in other, weight)
        for one, other, weight in zip(truth, found, weights, strict=True)
    ]
    return CodeAccuracy(
        code=code,
        n_truth=sum(has for has, _, _ in cases),
        n_coded=sum(gets for _, gets, _ in cases),
        n_both=sum(has and gets for has, gets, _ in cases),
        sensitivity=_rate([(gets, weight) for has, gets, weight in cases if has]),
        precision=_rate([(has, weight) for has, gets, weight in cases if gets]),
    )


def _rate(cases: "Sequence[tuple[bool, float]]") -> Rate:
    """Estimate a share, with Wilson's interval at the effective number of texts.

    The effective number is that of Kish: with equal weights, the number itself.
    """
    if not cases:
        return Rate(value=None, interval=None, n=0)
    total = sum(weight for _, weight in cases)
    share = sum(weight for is_hit, weight in cases if is_hit) / total
    n = total**2 / sum(weight**2 for _, weight in cases)
    z = NormalDist().inv_cdf((1 + _LEVEL) / 2)
    centre = (share + z**2 / (2 * n)) / (1 + z**2 / n)
    half = z * sqrt(share * (1 - share) / n + z**2 / (4 * n**2)) / (1 + z**2 / n)
    interval = Interval(
        low=max(0.0, min(centre - half, share)),
        high=min(1.0, max(centre + half, share)),
        kind="confidence",
        level=_LEVEL,
        basis=f"sampling of texts; Wilson, effective number of texts {n:.1f}",
    )
    return Rate(value=share, interval=interval, n=len(cases))


def _tabulate(
    cases: "Iterable[tuple[str, str, float]]",
) -> tuple[ConfusionCell, ...]:
    counts: Counter[tuple[str, str]] = Counter()
    weights: defaultdict[tuple[str, str], float] = defaultdict(float)
    for first, second, weight in cases:
        counts[first, second] += 1
        weights[first, second] += weight
    return tuple(
        ConfusionCell(first=first, second=second, n=n, weight=weights[first, second])
        for (first, second), n in sorted(counts.items(), key=lambda c: (-c[1], c[0]))
    )


def _name(codes: _Codes) -> str:
    return _JOIN.join(sorted(codes)) or NONE
