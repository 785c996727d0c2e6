"""Match single texts against a codebook, with evidence; `code_texts` does many."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from groundswell.codebook.coding import Coding, Evidence, code_texts
from groundswell.codebook.masks import unpack_mask
from groundswell.codebook.scanning import scanner_of
from groundswell.core.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from groundswell.codebook.model import Codebook
    from groundswell.codebook.scanning import Hit
    from groundswell.core.text import TextMap

__all__ = ["Coding", "Evidence", "Match", "Matcher", "code_texts"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """Words of a text that a rule applies to.

    Attributes
    ----------
    dimension, code, rule
        What they stand for, by which rule.
    wordings
        Wordings in which the rule counts.
    is_exclusion
        False: the words give the code. True: they take it away.
    start, end
        Half-open span in the text as given.
    words
        The characters there.
    """

    dimension: str
    code: str
    rule: str
    wordings: tuple[str, ...]
    is_exclusion: bool
    start: int
    end: int
    words: str


class Matcher:
    r"""A codebook ready to match single texts.

    Parameters
    ----------
    codebook
        The codebook.
    field
        Column of the `report` table that the texts come from; may be left out where all
        dimensions of the codebook read the same columns.

    Examples
    --------
    >>> from groundswell.codebook.load import load_codebook
    >>> matcher = Matcher(load_codebook("us-abortion"))
    >>> matches = matcher.match("Rally for ABORTION\u00a0RIGHTS")
    >>> [(match.code, match.words, match.start) for match in matches]
    [('abortion-rights', 'ABORTION\xa0RIGHTS', 10)]
    >>> matcher.codes(matches, "narrow")
    frozenset({('side', 'abortion-rights')})
    """

    def __init__(self, codebook: "Codebook", *, field: str | None = None) -> None:
        self._codebook = codebook
        self._scanner = scanner_of(codebook, field=field)
        self._rules = codebook.rules
        self._keys = codebook.code_keys
        self._numbers = {
            (*self._keys[code_no], self._rules[rule_no].rule_id): number
            for number, (code_no, rule_no) in enumerate(self._scanner.lists)
        }

    def match(self, text: str) -> tuple[Match, ...]:
        """Find everything in a text that a rule or an exclusion applies to.

        Parameters
        ----------
        text
            The text as given.

        Returns
        -------
        tuple
            For each rule and code the leftmost-longest matches that do not overlap, by
            place in the text.
        """
        folded, back = fold(text)
        hits = [hit for _, found in self._scanner.scan([folded]) for hit in found]
        return tuple(self._name(hit, text=text, back=back) for hit in hits)

    def codes(
        self, matches: "Iterable[Match]", wording: str
    ) -> frozenset[tuple[str, str]]:
        """Work out the codes of a text from its matches.

        Parameters
        ----------
        matches
            All matches of one text.
        wording
            Which wording counts.

        Returns
        -------
        frozenset
            Dimension and code of each code that some rule gives and no exclusion takes
            away; codes that count alone only where no side is left.
        """
        self._codebook.check_wording(wording)
        lists = [self._numbers[m.dimension, m.code, m.rule] for m in matches]
        mask = self._scanner.masks(lists)[self._codebook.wordings.index(wording)]
        return unpack_mask(mask, keys=self._keys)

    def _name(self, hit: "Hit", *, text: str, back: "TextMap") -> Match:
        first, last, list_no = hit
        code_no, rule_no = self._scanner.lists[list_no]
        rule = self._rules[rule_no]
        dimension, code = self._keys[code_no]
        start, end = back.to_raw(first, last)
        return Match(
            dimension=dimension,
            code=code,
            rule=rule.rule_id,
            wordings=rule.wordings,
            is_exclusion=rule.is_exclusion,
            start=start,
            end=end,
            words=text[start:end],
        )
