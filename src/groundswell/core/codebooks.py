"""What codebooks declare: codes, rules, folds and uses, and how they are listed."""

from dataclasses import dataclass
from typing import Literal

from groundswell.core.decisions import Decision

CodeRole = Literal["side", "neutral", "other"]


@dataclass(frozen=True, slots=True, kw_only=True)
class WordingSource:
    """Where a wording was taken from.

    Attributes
    ----------
    key
        The name by which rules refer to it.
    who, what
        Who printed it, and what it is.
    address, date
        Where and when it was read, as the codebook states them; empty where it does not.
    """

    key: str
    who: str
    what: str
    address: str
    date: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """One code of a dimension.

    Attributes
    ----------
    code
        Stable identifier, unique in its dimension.
    label, meaning
        The code in words, and what a coder should take it to mean.
    role
        `side`: exchangeable with the other sides of the dimension; `neutral`: the topic
        without a side; `other`: a code of its own.
    article_terms
        How articles name what is coded, `pro-choice`.
    counterpart
        The code that stands where this one does when the sides change places; empty where
        there is none.
    alone
        Whether it counts only where the same text has no side.
    """

    code: str
    label: str
    meaning: str
    role: CodeRole
    article_terms: tuple[str, ...]
    counterpart: str
    alone: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PhraseList:
    """The phrases of one rule for one code, as written.

    Attributes
    ----------
    code
        The code that the phrases stand for.
    phrases
        Words, the last of which may end in `*`.
    excepts
        Longer phrases that mask a match which lies in them.
    """

    code: str
    phrases: tuple[str, ...]
    excepts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One idea, in the words of each code that it applies to.

    Attributes
    ----------
    rule_id
        Stable identifier, unique in its dimension.
    dimension
        The dimension that it belongs to.
    wordings
        Wordings in which it counts.
    lists
        Its phrases, code by code.
    is_exclusion
        False: a text with such a phrase is given the code. True: it is not, whatever
        else it says.
    source
        Key of the wording source; empty where the rule was written for the codebook.
    asymmetry
        Why a side has no counterpart here, on purpose; empty where all sides have one.
    """

    rule_id: str
    dimension: str
    wordings: tuple[str, ...]
    lists: tuple[PhraseList, ...]
    is_exclusion: bool
    source: str
    asymmetry: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Dimension:
    """One question that a text is coded for.

    Attributes
    ----------
    dimension
        Stable identifier.
    title
        The question in words.
    reads
        Columns of the `report` table whose text is matched.
    codes
        In declared order.
    rules
        Rules, then exclusions, in declared order.
    """

    dimension: str
    title: str
    reads: tuple[str, ...]
    codes: tuple[Code, ...]
    rules: tuple[Rule, ...]

    @property
    def sides(self) -> tuple[str, ...]:
        """Codes that are exchangeable sides; empty where the dimension has none."""
        return tuple(code.code for code in self.codes if code.role == "side")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fold:
    """Under one option of a decision, a code counts as a side.

    Attributes
    ----------
    decision_id, option_id
        The option that says so.
    dimension, code, side
        `code` is counted as `side`.
    """

    decision_id: str
    option_id: str
    dimension: str
    code: str
    side: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceUse:
    """The choices of the specification that results are printed under first.

    Attributes
    ----------
    reference_id, label, why
        Its name, the same in words, and the reason for it.
    choices
        Option by decision, of the codebook's own decisions and of measures.
    """

    reference_id: str
    label: str
    why: str
    choices: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedUse:
    """Choices that somebody made in print; those left out are not known.

    Attributes
    ----------
    use_id, who, where
        Its name, who uses it, and where that is printed.
    choices
        Option by decision, of the codebook's own decisions and of measures.
    """

    use_id: str
    who: str
    where: str
    choices: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorRate:
    """How often a code is missed or given wrongly, as a hand-coded sample showed.

    Attributes
    ----------
    code, wording
        What was held against the sample.
    sensitivity, precision
        Ends of a 95 % confidence interval each, as fractions of one.
    n
        Texts of the sample.
    where
        Where the sample and the coders are described.
    """

    code: str
    wording: str
    sensitivity: tuple[float, float]
    precision: tuple[float, float]
    n: int
    where: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CodebookSummary:
    """One line of the list of codebooks.

    Attributes
    ----------
    codebook_id, version, title, summary
        As declared.
    languages
        Languages of its phrases, as two or three letters.
    wordings, dimensions, sides
        What it offers.
    n_codes, n_phrases
        Its size.
    sha256
        Hash of the bytes of the file.
    """

    codebook_id: str
    version: str
    title: str
    summary: str
    languages: tuple[str, ...]
    wordings: tuple[str, ...]
    dimensions: tuple[str, ...]
    sides: tuple[str, ...]
    n_codes: int
    n_phrases: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CodebookList:
    """The codebooks that come with the package."""

    codebooks: tuple[CodebookSummary, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CodebookView:
    """Everything that a codebook declares, for people to read.

    Attributes
    ----------
    summary
        Its name and size.
    dimensions
        With their codes and rules.
    decisions, folds
        Its own decisions, and what their options fold.
    topic_terms
        How articles name what the codebook is about.
    wording_sources, published_uses
        Where wordings come from, and who uses which choices in print.
    reference
        Choices that are printed first; `None` where the codebook names none.
    error_rates
        How often its codes err, where a sample showed it.
    """

    summary: CodebookSummary
    dimensions: tuple[Dimension, ...]
    decisions: tuple[Decision, ...]
    folds: tuple[Fold, ...]
    topic_terms: tuple[str, ...]
    wording_sources: tuple[WordingSource, ...]
    published_uses: tuple[PublishedUse, ...]
    reference: ReferenceUse | None
    error_rates: tuple[ErrorRate, ...] = ()
