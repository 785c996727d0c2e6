"""Hold a codebook against texts that people coded by hand."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from groundswell.codebook.accuracy import class_name, evaluate_wording, tabulate
from groundswell.codebook.agreement import krippendorff_alpha
from groundswell.codebook.coding import code_texts
from groundswell.codebook.hand_codes import check_hand_codes
from groundswell.core.codings import (
    ConfusionCell,
    DimensionEvaluation,
    DrawnStratum,
    Evaluation,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from groundswell.codebook.coding import Coding
    from groundswell.codebook.hand_codes import HandCoded
    from groundswell.codebook.model import Codebook
    from groundswell.core.codebooks import Dimension

RELIABLE = 0.667
CONCLUSIVE = 0.8
_SAME_SIZE = 0.005  # weights are rounded, so sizes of strata add up nearly


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordTexts:
    """The records that a sample was drawn from.

    Attributes
    ----------
    counts
        Texts, each with the number of rows that hold it; rows without text left out.
    n_rows
        Rows, with and without text.
    """

    counts: "Sequence[tuple[str, int]]"
    n_rows: int


def evaluate_codebook(
    codebook: "Codebook",
    hand_codes: "Sequence[HandCoded]",
    *,
    field: str | None = None,
    records: RecordTexts | None = None,
) -> Evaluation:
    """Measure how well coders agree, and how well each wording finds what they agree on.

    The codebook is held against the texts on which all who coded them agree; where they
    do not, the rates are given once more with those texts resolved either way. A sample
    that was drawn by what a codebook finds measures precision, not sensitivity, unless
    its strata are named and weighted back.

    Parameters
    ----------
    codebook
        The codebook.
    hand_codes
        Texts with the codes that people gave them, for one or more dimensions.
    field
        Column of the `report` table that they come from; may be left out where all
        dimensions of the codebook read the same columns.
    records
        What the sample was drawn from. Where it has as many rows as the strata together,
        the number of rows that get a code is counted in it, which bounds precision.

    Returns
    -------
    Evaluation
        For each dimension that was coded by hand: alpha, disagreements, and for each
        wording sensitivity, precision and the table of confusions.

    See Also
    --------
    groundswell.codebook.rates.estimate_rate : How the intervals come about.
    groundswell.codebook.hand_codes.check_hand_codes : What is refused.
    """
    check_hand_codes(codebook, hand_codes)
    by_dimension: defaultdict[str, list[HandCoded]] = defaultdict(list)
    for row in hand_codes:
        by_dimension[row.dimension].append(row)
    return Evaluation(
        codebook_id=codebook.codebook_id,
        version=codebook.version,
        sha256=codebook.sha256,
        dimensions=tuple(
            _evaluate_dimension(
                codebook,
                dimension,
                rows=by_dimension[dimension.dimension],
                field=field,
                records=records,
            )
            for dimension in codebook.dimensions
            if dimension.dimension in by_dimension
        ),
    )


def _evaluate_dimension(
    codebook: "Codebook",
    dimension: "Dimension",
    *,
    rows: "Sequence[HandCoded]",
    field: str | None,
    records: RecordTexts | None,
) -> DimensionEvaluation:
    several = [row for row in rows if len(row.codes) > 1]
    agreed = [row for row in rows if len(row.classes) == 1]
    alpha = krippendorff_alpha([[class_name(c) for _, c in r.codes] for r in rows])
    coding = code_texts(codebook, [row.text for row in rows], workers=1, field=field)
    strata = _strata(rows)
    if records is not None and not _is_frame(records, strata):
        records = None
    coded = None
    if records is not None:
        texts = [text for text, _ in records.counts]
        coded = code_texts(codebook, texts, workers=1, field=field)
    wordings = []
    for wording in codebook.wordings:
        totals = None
        if records is not None and coded is not None:
            totals = _count_codes(coded, dimension, wording=wording, records=records)
        found = [
            _codes(coding, number, dimension=dimension, wording=wording)
            for number in range(len(rows))
        ]
        wordings.append(
            evaluate_wording(dimension, wording, rows=rows, found=found, totals=totals)
        )
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
        strata=strata,
        assumptions=_assumptions(
            rows, is_stratified=bool(strata), is_frame=records is not None
        ),
    )


def _strata(rows: "Sequence[HandCoded]") -> tuple[DrawnStratum, ...]:
    drawn = Counter(row.stratum for row in rows if row.stratum)
    sizes: defaultdict[str, float] = defaultdict(float)
    for row in rows:
        sizes[row.stratum] += row.weight
    return tuple(
        DrawnStratum(stratum=name, n_drawn=n, n_rows=round(sizes[name]))
        for name, n in sorted(drawn.items())
    )


def _is_frame(records: RecordTexts, strata: "Sequence[DrawnStratum]") -> bool:
    """Say whether the strata are all of the records."""
    rows = sum(stratum.n_rows for stratum in strata)
    return bool(strata) and abs(rows - records.n_rows) <= _SAME_SIZE * records.n_rows


def _count_codes(
    coding: "Coding", dimension: "Dimension", *, wording: str, records: RecordTexts
) -> dict[str, int]:
    totals: Counter[str] = Counter()
    for number, (_, n) in enumerate(records.counts):
        for code in _codes(coding, number, dimension=dimension, wording=wording):
            totals[code] += n
    return dict(totals)


def _codes(
    coding: "Coding", number: int, *, dimension: "Dimension", wording: str
) -> frozenset[str]:
    return frozenset(
        code
        for name, code in coding.codes(number, wording=wording)
        if name == dimension.dimension
    )


def _assumptions(
    rows: "Sequence[HandCoded]", *, is_stratified: bool, is_frame: bool
) -> tuple[str, ...]:
    """Say what the intervals take for granted."""
    of_what = "within each stratum" if is_stratified else "from the records"
    drawn = f"Texts were drawn at random {of_what} and are independent of one another"
    given = [
        f"{drawn}; rows that repeat one text are not.",
        "The hand codes are right where all coders agree.",
    ]
    is_weighted = len({row.weight for row in rows}) > 1
    if is_weighted and not is_stratified:
        given.append(
            "No group of texts with a high weight hides misses: without a column stratum "
            "the intervals (Wilson, at Kish's effective number) do not see what was not "
            "drawn, and are too narrow where one does."
        )
    if is_frame:
        given.append(
            "The strata are all rows of the records, so how many rows get a code is "
            "counted, and bounds precision from below."
        )
    if is_weighted:
        given.append("Alpha is unweighted: it describes the texts drawn.")
    return tuple(given)


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
                first, second = sorted((class_name(one), class_name(other)))
                pairs.append((first, second, row.weight))
    return tabulate(pairs)
