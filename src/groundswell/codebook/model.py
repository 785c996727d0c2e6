"""A codebook as loaded: everything that its file declares, ready for matching."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from groundswell.core.codebooks import (
    CodebookSummary,
    CodebookView,
    Dimension,
    ErrorRate,
    Fold,
    PublishedUse,
    ReferenceUse,
    Rule,
    WordingSource,
)
from groundswell.core.decisions import Decision
from groundswell.core.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

STANDARD = "standard"
WORDING = "wording"
MAX_CODES = 63


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedDate:
    """A day that people call by words: `October 7`.

    Attributes
    ----------
    words
        What it is called.
    day
        The day that is meant.
    why
        Why these words mean that day.
    """

    words: tuple[str, ...]
    day: date
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SideTerms:
    """How articles name one code of the dimension that has sides."""

    code: str
    label: str
    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """What reading an article needs to know of a codebook.

    Attributes
    ----------
    codebook_id
        The codebook.
    topic_terms
        How articles name what it is about.
    sides
        Terms of each side, and of its neutral code where it has one.
    named_dates
        Days by the words that stand for them, as declared.
    title
        What the codebook calls itself; empty where not known.
    """

    codebook_id: str
    topic_terms: tuple[str, ...]
    sides: tuple[SideTerms, ...]
    named_dates: "Mapping[str, date]"
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Codebook:
    """A codebook whose file was read and found to be in order.

    Attributes
    ----------
    codebook_id, version, title, summary, languages
        As declared.
    file_name
        Name of the file that it came from, without its folder.
    sha256, source_text
        Of the file: the hash of its bytes, and its text.
    wordings
        Names of the wordings; one, `standard`, where the file declares none.
    wording_sources
        Where wordings were taken from.
    topic_terms
        How articles name what the codebook is about.
    record_terms
        Words that show that a record is about it.
    named_dates
        Days that people call by words.
    dimensions
        With their codes and rules.
    decisions
        Its own decisions; `wording` is the first where there are several wordings.
    folds
        What the options of its decisions fold into a side.
    reference
        Choices that results are printed under first; `None` where it names none.
    published_uses
        Choices that others made in print.
    error_rates
        How often its codes err, where a sample showed it.
    """

    codebook_id: str
    version: str
    title: str
    summary: str
    languages: tuple[str, ...]
    file_name: str
    sha256: str
    source_text: str
    wordings: tuple[str, ...]
    wording_sources: tuple[WordingSource, ...]
    topic_terms: tuple[str, ...]
    record_terms: tuple[str, ...]
    named_dates: tuple[NamedDate, ...]
    dimensions: tuple[Dimension, ...]
    decisions: tuple[Decision, ...]
    folds: tuple[Fold, ...]
    reference: ReferenceUse | None
    published_uses: tuple[PublishedUse, ...]
    error_rates: tuple[ErrorRate, ...] = ()

    @property
    def code_keys(self) -> tuple[tuple[str, str], ...]:
        """Dimension and code in declared order; the place of a key is its bit."""
        return tuple((d.dimension, c.code) for d in self.dimensions for c in d.codes)

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Rules and exclusions of all dimensions; evidence names them by their place."""
        return tuple(rule for d in self.dimensions for rule in d.rules)

    @property
    def fields(self) -> tuple[str, ...]:
        """Columns of the `report` table that some dimension reads, each once."""
        return tuple(dict.fromkeys(field for d in self.dimensions for field in d.reads))

    @property
    def side_dimension(self) -> Dimension | None:
        """The dimension that has sides; `None` where there is none."""
        return next((d for d in self.dimensions if d.sides), None)

    @property
    def vocabulary(self) -> Vocabulary:
        """What reading an article needs."""
        dimension = self.side_dimension
        codes = dimension.codes if dimension else ()
        return Vocabulary(
            codebook_id=self.codebook_id,
            topic_terms=self.topic_terms,
            sides=tuple(
                SideTerms(code=code.code, label=code.label, terms=code.article_terms)
                for code in codes
                if code.article_terms
            ),
            named_dates={w: named.day for named in self.named_dates for w in named.words},
            title=self.title,
        )

    @property
    def summary_line(self) -> CodebookSummary:
        """Name and size, as in the list of codebooks."""
        sides = self.side_dimension
        lists = [entry for rule in self.rules for entry in rule.lists]
        return CodebookSummary(
            codebook_id=self.codebook_id,
            version=self.version,
            title=self.title,
            summary=self.summary,
            languages=self.languages,
            wordings=self.wordings,
            dimensions=tuple(d.dimension for d in self.dimensions),
            sides=sides.sides if sides else (),
            n_codes=len(self.code_keys),
            n_phrases=sum(len(entry.phrases) for entry in lists),
            sha256=self.sha256,
        )

    @property
    def view(self) -> CodebookView:
        """Everything that it declares, for people to read."""
        return CodebookView(
            summary=self.summary_line,
            dimensions=self.dimensions,
            decisions=self.decisions,
            folds=self.folds,
            topic_terms=self.topic_terms,
            wording_sources=self.wording_sources,
            published_uses=self.published_uses,
            reference=self.reference,
            error_rates=self.error_rates,
        )

    def dimension(self, name: str) -> Dimension:
        """Find a dimension by its identifier.

        Parameters
        ----------
        name
            Identifier of one of the dimensions.

        Returns
        -------
        Dimension
            The dimension.

        Raises
        ------
        UsageError
            If there is no such dimension; the message lists those that there are.
        """
        for dimension in self.dimensions:
            if dimension.dimension == name:
                return dimension
        raise UsageError(
            f"The codebook {self.codebook_id!r} has no dimension {name!r}.",
            allowed=", ".join(d.dimension for d in self.dimensions),
        )

    def check_wording(self, wording: str) -> None:
        """Refuse a wording that the codebook does not have.

        Parameters
        ----------
        wording
            Name of a wording.

        Raises
        ------
        UsageError
            If there is no such wording; the message lists those that there are.
        """
        if wording not in self.wordings:
            raise UsageError(
                f"The codebook {self.codebook_id!r} has no wording {wording!r}.",
                allowed=", ".join(self.wordings),
            )
