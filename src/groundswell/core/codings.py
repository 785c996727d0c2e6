"""What the codebook commands find out: symmetry, trials on records, evaluations."""

from dataclasses import dataclass
from typing import Literal

from groundswell.core.estimates import Interval

FindingKind = Literal["problem", "declared", "note"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SymmetryFinding:
    """Something that the check for symmetry has to say.

    Attributes
    ----------
    kind
        `problem`: a side is treated differently without a declared reason. `declared`:
        the same, with the reason that the codebook gives. `note`: a difference that is
        no fault, such as lists of unequal length.
    place
        The rule, code or decision, `dimension.rule`.
    message
        What was found, in a sentence.
    """

    kind: FindingKind
    place: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PairedCount:
    """How many phrases a rule has for each code.

    Attributes
    ----------
    place
        The rule, `dimension.rule`.
    wordings
        Wordings in which it counts.
    is_exclusion
        Whether it takes codes away.
    phrases, excepts
        Number of phrases and of masks, by code.
    """

    place: str
    wordings: tuple[str, ...]
    is_exclusion: bool
    phrases: tuple[tuple[str, int], ...]
    excepts: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExchangeProof:
    """What happened when the sides changed places.

    Attributes
    ----------
    n_texts
        Texts made from the codebook's own phrases and coded both ways.
    n_comparisons, n_mirrored
        Results compared (text, wording and folding), and how many of them mirror.
    seed
        Seed of the random mixtures.
    failures
        Examples of results that do not mirror.
    """

    n_texts: int
    n_comparisons: int
    n_mirrored: int
    seed: int
    failures: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SymmetryCheck:
    """Whether a codebook treats its sides alike.

    Attributes
    ----------
    codebook_id, version, sha256
        What was checked.
    is_symmetric
        No problem was found, and every exchanged result mirrors.
    findings
        Problems first, then declared asymmetries, then notes.
    pairs
        The length of every list, rule by rule.
    exchange
        Proof by exchange of the sides; `None` where there are no sides.
    """

    codebook_id: str
    version: str
    sha256: str
    is_symmetric: bool
    findings: tuple[SymmetryFinding, ...]
    pairs: tuple[PairedCount, ...]
    exchange: ExchangeProof | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeHits:
    """How often a code, or several at once, was given.

    Attributes
    ----------
    dimension, codes, wording
        What was given, under which wording.
    n_texts, n_rows
        Distinct texts, and the rows that hold them.
    """

    dimension: str
    codes: tuple[str, ...]
    wording: str
    n_texts: int
    n_rows: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HitExample:
    """A text that a rule matched, and where.

    Attributes
    ----------
    dimension, code, rule
        What matched.
    text, start, end
        The text and the half-open span of the matched words in it; the matched words
        alone where texts are withheld.
    n_rows
        Rows that hold the text.
    """

    dimension: str
    code: str
    rule: str
    text: str
    start: int
    end: int
    n_rows: int


@dataclass(frozen=True, slots=True, kw_only=True)
class UnmatchedPhrase:
    """Words that occur often in texts that name the topic and got no code.

    Attributes
    ----------
    phrase
        The words, folded.
    is_whole_claim
        Whether they are a whole claim, or a run of words within claims.
    n_texts, n_rows
        Distinct texts, and the rows that hold them.
    """

    phrase: str
    is_whole_claim: bool
    n_texts: int
    n_rows: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Miss:
    """A text that names the topic and got no code under any wording."""

    text: str
    n_rows: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What a codebook does with given texts.

    Attributes
    ----------
    codebook_id, version, sha256
        What was tried.
    n_texts, n_rows
        Distinct texts, and the rows that hold them.
    n_on_topic_texts, n_on_topic_rows
        Those that have one of the codebook's topic words; all texts where it names none.
    hits
        By code and wording.
    overlaps
        Texts with several codes of one dimension, by combination and wording.
    examples
        A few texts for each rule and code.
    misses
        Texts on the topic without a code, the most frequent first; none where texts are
        withheld.
    unmatched
        What those texts say, the most frequent first.
    withheld
        Columns whose texts are left out by default since they can name private persons or
        exact places.
    """

    codebook_id: str
    version: str
    sha256: str
    n_texts: int
    n_rows: int
    n_on_topic_texts: int
    n_on_topic_rows: int
    hits: tuple[CodeHits, ...]
    overlaps: tuple[CodeHits, ...]
    examples: tuple[HitExample, ...]
    misses: tuple[Miss, ...]
    unmatched: tuple[UnmatchedPhrase, ...]
    withheld: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """A share of hand-coded texts, weighted.

    Attributes
    ----------
    value
        The share; `None` where no text can speak to it.
    interval
        Confidence interval; `None` where the value is.
    n
        Texts in its denominator.
    either_way
        Lowest and highest value where the texts on which coders disagree count, too, and
        are resolved either way; `None` where coders agree on all.
    either_way_interval
        From the lower confidence limit of the one to the upper of the other.
    """

    value: float | None
    interval: Interval | None
    n: int
    either_way: Interval | None = None
    either_way_interval: Interval | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeAccuracy:
    """How well the codebook finds one code, held against hand codes.

    Attributes
    ----------
    code
        The code.
    n_truth, n_coded, n_both
        Texts that have it by hand, by the codebook, and by both.
    sensitivity
        Share of the texts that have it which the codebook finds.
    precision
        Share of the texts that the codebook gives it to which have it.
    """

    code: str
    n_truth: int
    n_coded: int
    n_both: int
    sensitivity: Rate
    precision: Rate


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfusionCell:
    """Texts that two codings put in a given pair of classes.

    Attributes
    ----------
    first, second
        The two classes, each a set of codes joined by ` + `, or `none`.
    n
        Texts.
    weight
        The sum of their weights.
    """

    first: str
    second: str
    n: int
    weight: float


@dataclass(frozen=True, slots=True, kw_only=True)
class WordingEvaluation:
    """How well one wording does.

    Attributes
    ----------
    wording
        The wording.
    codes
        Accuracy by code.
    confusion
        Class by hand (`first`) against class by the codebook (`second`), empty cells
        left out.
    """

    wording: str
    codes: tuple[CodeAccuracy, ...]
    confusion: tuple[ConfusionCell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnStratum:
    """A part of the records, and how much of it was coded by hand.

    Attributes
    ----------
    stratum
        Its name.
    n_drawn
        Texts drawn from it.
    n_rows
        Rows that it has: weight times texts drawn, to the nearest whole number.
    """

    stratum: str
    n_drawn: int
    n_rows: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DimensionEvaluation:
    """Agreement of the coders on one dimension, and how the codebook compares.

    Attributes
    ----------
    dimension
        The dimension.
    coders
        Who coded by hand.
    n_texts
        Texts with at least one hand code.
    n_coded_twice
        Texts with at least two coders.
    n_agreed
        Of those, texts on which all coders agree.
    n_truth
        Texts that the codebook is held against: all coders agree, or only one coded it.
    alpha
        Krippendorff's alpha (nominal) on the class of each text; `None` where it is
        undefined. Unweighted: it describes the texts drawn, not the records.
    is_reliable
        Whether alpha reaches the customary minimum.
    reliability
        The same in words.
    code_alphas
        Alpha on the presence of each code, unweighted too.
    disagreements
        Pairs of classes that two coders gave the same text.
    wordings
        Accuracy, wording by wording.
    strata
        What the sample was drawn from; empty where no strata are named.
    assumptions
        What the intervals take for granted, a sentence each.
    """

    dimension: str
    coders: tuple[str, ...]
    n_texts: int
    n_coded_twice: int
    n_agreed: int
    n_truth: int
    alpha: float | None
    is_reliable: bool
    reliability: str
    code_alphas: tuple[tuple[str, float | None], ...]
    disagreements: tuple[ConfusionCell, ...]
    wordings: tuple[WordingEvaluation, ...]
    strata: tuple[DrawnStratum, ...] = ()
    assumptions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """A codebook held against texts that people coded by hand."""

    codebook_id: str
    version: str
    sha256: str
    dimensions: tuple[DimensionEvaluation, ...]
