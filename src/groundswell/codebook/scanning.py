"""From folded texts to settled hits and codes: masks, overlaps, exclusions, `alone`."""

from bisect import bisect_right
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING

from groundswell.codebook.masks import settle_alone, side_bits
from groundswell.codebook.patterns import WORD_END, PhrasePattern, end_of_word
from groundswell.codebook.phrases import read_phrase
from groundswell.core.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from groundswell.codebook.model import Codebook
    from groundswell.codebook.patterns import Found
    from groundswell.codebook.phrases import Phrase
    from groundswell.core.codebooks import Dimension

_WIDTH = 64
_ONE_WORDING = (1 << _WIDTH) - 1
_Spans = dict[int, list[tuple[int, int]]]
_Found = tuple[int, tuple[int, ...]]


Hit = tuple[int, int, int]
"""A settled match: start and end in the folded text, and the number of the list."""


class Scanner:
    """A codebook made ready for the texts of one column.

    A list of phrases (one rule, one code) has a number; its list of masks has the bitwise
    complement of that number. Codes under all wordings are one long integer, 64 bits for
    each wording.

    Parameters
    ----------
    codebook
        The codebook.
    field
        Column of the `report` table that the texts come from: only dimensions that read
        it are matched. `None` where all dimensions read the same columns.

    Attributes
    ----------
    lists
        For each list, the places of its code in `code_keys` and of its rule in `rules`.
    is_exclusion
        For each list, whether it takes the code away.
    n_wordings
        Number of wordings.
    """

    def __init__(self, codebook: "Codebook", *, field: str | None) -> None:
        dimensions = {d.dimension for d in choose_dimensions(codebook, field=field)}
        self.lists: list[tuple[int, int]] = []
        self.is_exclusion: list[bool] = []
        self.n_wordings = len(codebook.wordings)
        self._gives: list[int] = []
        self._takes: list[int] = []
        self._sides, self._alone = side_bits(codebook)
        self._settled: dict[int, tuple[int, ...]] = {}
        users = self._number_lists(codebook, dimensions=dimensions)
        pattern = PhrasePattern(list(users))
        numbers = list(users.values())
        self._expression = pattern.expression
        self._landings = {
            words: (_spread(landing.at_end, numbers), _spread(landing.within, numbers))
            for words, landing in pattern.landings.items()
        }

    def _number_lists(
        self, codebook: "Codebook", *, dimensions: set[str]
    ) -> "dict[Phrase, list[int]]":
        codes = {key: number for number, key in enumerate(codebook.code_keys)}
        users: dict[Phrase, list[int]] = {}
        for rule_no, rule in enumerate(codebook.rules):
            if rule.dimension not in dimensions:
                continue
            in_wordings = sum(
                1 << _WIDTH * codebook.wordings.index(name) for name in rule.wordings
            )
            for entry in rule.lists:
                number = len(self.lists)
                code_no = codes[rule.dimension, entry.code]
                self.lists.append((code_no, rule_no))
                self.is_exclusion.append(rule.is_exclusion)
                self._gives.append(0 if rule.is_exclusion else in_wordings << code_no)
                self._takes.append(in_wordings << code_no if rule.is_exclusion else 0)
                for text in entry.phrases:
                    users.setdefault(read_phrase(text), []).append(number)
                for text in entry.excepts:
                    users.setdefault(read_phrase(text), []).append(~number)
        return users

    def scan(self, folded: "Sequence[str]") -> "Iterator[tuple[int, list[Hit]]]":
        """Find the settled hits of each text; texts without any are passed over.

        Parameters
        ----------
        folded
            Folded texts. They are matched as one, joined by line breaks, which can occur
            neither in a folded text nor in a phrase.

        Yields
        ------
        tuple
            Place of the text, and its hits by start, end and list.
        """
        joined = "\n" + "\n".join(folded)
        ends = list(accumulate((len(text) + 1 for text in folded), initial=1))
        landings = self._landings
        text_no, offset, limit = -1, 0, 0
        spans: _Spans = {}
        for match in self._expression.finditer(joined):
            start, stop = match.span(1)
            if start >= limit:
                if spans:
                    yield text_no, self._settle(spans)
                    spans = {}
                text_no = bisect_right(ends, start) - 1
                offset, limit = ends[text_no], ends[text_no + 1]
            found, within = landings[match[1]]
            end = end_of_word(joined, stop) if within else stop
            chosen = within if end > stop else found
            _add(spans, chosen, start=start - offset, end=end - offset)
        if spans:
            yield text_no, self._settle(spans)

    def _settle(self, spans: _Spans) -> list[Hit]:
        hits: list[Hit] = []
        for list_no, found in spans.items():
            if list_no < 0:
                continue
            kept = found
            if ~list_no in spans:
                kept = _drop_masked(found, spans[~list_no])
            if len(kept) > 1:
                kept = _leftmost_longest(kept)
            for start, end in kept:
                hits.append((start, end, list_no))
        hits.sort()
        return hits

    def masks(self, list_numbers: "Iterable[int]") -> tuple[int, ...]:
        """Work out the codes of a text.

        Parameters
        ----------
        list_numbers
            The lists of all its settled hits; repeats make no difference.

        Returns
        -------
        tuple
            For each wording, a bit mask over the codebook's `code_keys`.
        """
        given = taken = 0
        for number in list_numbers:
            given |= self._gives[number]
            taken |= self._takes[number]
        left = given & ~taken
        if left not in self._settled:
            self._settled[left] = tuple(
                settle_alone(
                    left >> _WIDTH * number & _ONE_WORDING,
                    sides=self._sides,
                    alone=self._alone,
                )
                for number in range(self.n_wordings)
            )
        return self._settled[left]


@lru_cache(maxsize=8)
def scanner_of(codebook: "Codebook", *, field: str | None) -> Scanner:
    """Return the scanner of a codebook, built once: it takes as long as many texts.

    Parameters
    ----------
    codebook, field
        As for `Scanner`.

    Returns
    -------
    Scanner
        The same for codebooks that are alike.
    """
    return Scanner(codebook, field=field)


def choose_dimensions(
    codebook: "Codebook", *, field: str | None
) -> "tuple[Dimension, ...]":
    """Choose the dimensions that read a column of the `report` table.

    Parameters
    ----------
    codebook
        The codebook.
    field
        The column; `None` where all dimensions read the same ones.

    Returns
    -------
    tuple
        At least one dimension.

    Raises
    ------
    UsageError
        If no dimension reads the column, or `None` leaves open which ones are meant.
    """
    allowed = ", ".join(codebook.fields)
    if field is None:
        if len({frozenset(d.reads) for d in codebook.dimensions}) == 1:
            return codebook.dimensions
        raise UsageError(
            f"The dimensions of {codebook.codebook_id} read different columns, so the "
            "column of the texts must be named.",
            allowed=allowed,
        )
    chosen = tuple(d for d in codebook.dimensions if field in d.reads)
    if not chosen:
        raise UsageError(
            f"No dimension of {codebook.codebook_id} reads {field!r}.", allowed=allowed
        )
    return chosen


def _add(spans: _Spans, found: "Sequence[_Found]", *, start: int, end: int) -> None:
    for length, lists in found:
        span = start, end if length == WORD_END else start + length
        for list_no in lists:
            if list_no in spans:
                spans[list_no].append(span)
            else:
                spans[list_no] = [span]


def _spread(
    found: "Sequence[Found]", users: "Sequence[Sequence[int]]"
) -> tuple[_Found, ...]:
    """Replace the numbers of phrases by the lists that they stand in."""
    return tuple((length, tuple(users[number])) for number, length in found)


def _drop_masked(
    found: list[tuple[int, int]], masks: list[tuple[int, int]]
) -> list[tuple[int, int]]:
    """Drop the spans that lie in a mask: one that starts no later and reaches as far."""
    masks = sorted(masks)
    starts = [start for start, _ in masks]
    reaches = [-1, *accumulate((end for _, end in masks), max)]
    return [
        (start, end) for start, end in found if reaches[bisect_right(starts, start)] < end
    ]


def _leftmost_longest(found: list[tuple[int, int]]) -> list[tuple[int, int]]:
    kept: list[tuple[int, int]] = []
    reached = -1
    for start, end in sorted(found, key=lambda span: (span[0], -span[1])):
        if start >= reached:
            kept.append((start, end))
            reached = end
    return kept
