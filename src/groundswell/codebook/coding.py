"""Code many texts at once, on several processes where that pays."""

import multiprocessing
from array import array
from bisect import bisect_left, bisect_right
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from groundswell.codebook.masks import unpack_mask
from groundswell.codebook.scanning import Scanner, scanner_of
from groundswell.core.errors import UsageError
from groundswell.core.text import IDENTITY, TextMap, fold, fold_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from groundswell.codebook.model import Codebook

_CHUNK = 10_000
_BATCH = 250
_WORTH_WORKERS = 40_000
_MOST_WORKERS = 61  # more than Windows can wait for raise an error
_TYPOGRAPHIC = str.maketrans({mark: fold_words(mark) for mark in "‘’“”–—"})
_WORKER: dict[str, Scanner] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Matched words of many texts, one element a match in each array.

    It holds what rules matched, whether or not an exclusion took the code away under some
    wording: which codes a text has is in the masks of its `Coding` alone.

    Attributes
    ----------
    text
        Place of the text, non-decreasing.
    code, rule
        Places in `code_keys` and `rule_keys` of the `Coding`.
    start, end
        Half-open span of the matched words in the text as given.
    """

    text: "array[int]"
    code: "array[int]"
    rule: "array[int]"
    start: "array[int]"
    end: "array[int]"

    @classmethod
    def of_rows(cls, rows: "Iterable[tuple[int, ...]]") -> "Evidence":
        """Build evidence from rows of text, code, rule, start and end."""
        text, code, rule, start, end = tuple(zip(*rows, strict=True)) or ((),) * 5
        return cls(
            text=array("I", text),
            code=array("H", code),
            rule=array("H", rule),
            start=array("I", start),
            end=array("I", end),
        )

    def of_text(self, text_no: int) -> range:
        """Return where the matches of one text stand in the arrays."""
        return range(bisect_left(self.text, text_no), bisect_right(self.text, text_no))


@dataclass(frozen=True, slots=True, kw_only=True)
class Coding:
    """The codes of many texts, and the words behind them, as compact arrays.

    Attributes
    ----------
    codebook_id, version, sha256
        The codebook.
    code_keys
        Dimension and code of each bit.
    rule_keys
        Dimension and rule, as the evidence numbers them.
    n_texts
        Texts that were coded.
    masks
        For each wording, one unsigned 64-bit integer a text: bit `i` says that the text
        has the code `code_keys[i]`.
    evidence
        The matched words.
    """

    codebook_id: str
    version: str
    sha256: str
    code_keys: tuple[tuple[str, str], ...]
    rule_keys: tuple[tuple[str, str], ...]
    n_texts: int
    masks: "dict[str, array[int]]"
    evidence: Evidence

    def codes(self, text_no: int, *, wording: str) -> frozenset[tuple[str, str]]:
        """Return dimension and code of each code that a text has under a wording."""
        return unpack_mask(self.masks[wording][text_no], keys=self.code_keys)


_Part = tuple["list[array[int]]", Evidence]


def code_texts(
    codebook: "Codebook",
    texts: "Sequence[str]",
    *,
    workers: int,
    field: str | None = None,
) -> Coding:
    """Code many texts.

    Pass distinct texts: a text that occurs twice is coded twice. The result is the same
    for any number of workers. In a script, call it with several workers only below
    `if __name__ == "__main__":`, since each worker imports the script anew.

    Parameters
    ----------
    codebook
        The codebook.
    texts
        The texts; an empty one gets no code.
    workers
        Processes to use, at least 1. Few texts are coded in this one whatever it says.
    field
        Column of the `report` table that the texts come from; may be left out where all
        dimensions of the codebook read the same columns.

    Returns
    -------
    Coding
        Codes and evidence of every text.

    Raises
    ------
    UsageError
        If there is less than one worker.

    Examples
    --------
    >>> from groundswell.codebook.load import load_codebook
    >>> texts = ["for abortion rights", "for better roads"]
    >>> coding = code_texts(load_codebook("us-abortion"), texts, workers=1)
    >>> [len(coding.codes(number, wording="narrow")) for number in (0, 1)]
    [1, 0]
    """
    if workers < 1:
        raise UsageError(f"{workers} workers cannot code texts.", allowed="1 or more")
    scanner = scanner_of(codebook, field=field)
    if workers == 1 or len(texts) < _WORTH_WORKERS:
        parts = (_code_chunk(scanner, chunk, first=n) for n, chunk in _cut(texts))
        masks, evidence = _join(parts, n_wordings=scanner.n_wordings)
    else:
        masks, evidence = _code_in_processes(
            codebook, texts, workers=workers, field=field
        )
    return Coding(
        codebook_id=codebook.codebook_id,
        version=codebook.version,
        sha256=codebook.sha256,
        code_keys=codebook.code_keys,
        rule_keys=tuple((rule.dimension, rule.rule_id) for rule in codebook.rules),
        n_texts=len(texts),
        masks=dict(zip(codebook.wordings, masks, strict=True)),
        evidence=evidence,
    )


def _cut(texts: "Sequence[str]") -> "Iterator[tuple[int, Sequence[str]]]":
    for first in range(0, len(texts), _CHUNK):
        yield first, texts[first : first + _CHUNK]


def _code_in_processes(
    codebook: "Codebook", texts: "Sequence[str]", *, workers: int, field: str | None
) -> _Part:
    with ProcessPoolExecutor(
        min(workers, _MOST_WORKERS),
        mp_context=multiprocessing.get_context("spawn"),
        initializer=_start_worker,
        initargs=(codebook, field),
    ) as pool:
        try:
            parts = pool.map(_code_in_worker, _cut(texts))
            return _join(parts, n_wordings=len(codebook.wordings))
        except BrokenProcessPool as error:
            raise UsageError(
                "The worker processes ended before their work was done.",
                allowed="workers, where the calling script can be imported again and "
                "there is enough memory",
                todo='call it below `if __name__ == "__main__":`, or use one worker',
            ) from error


def _start_worker(codebook: "Codebook", field: str | None) -> None:
    _WORKER["scanner"] = scanner_of(codebook, field=field)


def _code_in_worker(chunk: "tuple[int, Sequence[str]]") -> _Part:
    first, texts = chunk
    return _code_chunk(_WORKER["scanner"], texts, first=first)


def _code_chunk(scanner: Scanner, texts: "Sequence[str]", *, first: int) -> _Part:
    masks = [array("Q", bytes(8 * len(texts))) for _ in range(scanner.n_wordings)]
    rows: list[tuple[int, ...]] = []
    for base in range(0, len(texts), _BATCH):
        folded, maps = _fold_all(texts[base : base + _BATCH])
        for number, hits in scanner.scan(folded):
            place = base + number
            codes = scanner.masks([list_no for _, _, list_no in hits])
            for column, mask in zip(masks, codes, strict=True):
                column[place] = mask
            back = maps.get(number)
            for start, end, list_no in hits:
                if scanner.is_exclusion[list_no]:
                    continue
                span = back.to_raw(start, end) if back else (start, end)
                rows.append((first + place, *scanner.lists[list_no], *span))
    return masks, Evidence.of_rows(rows)


def _fold_all(texts: "Sequence[str]") -> tuple[list[str], dict[int, TextMap]]:
    """Fold texts; only those whose characters move have a map.

    Printable ASCII with single spaces folds to its lower case, and typographic marks to
    one plain mark each: asking for that is much faster than `fold`, which would take as
    long as matching does.
    """
    folded = []
    maps = {}
    for number, text in enumerate(texts):
        plain = text if text.isascii() else text.translate(_TYPOGRAPHIC)
        if plain.isascii() and plain.isprintable() and "  " not in plain:
            folded.append(plain.lower())
            continue
        changed, back = fold(text)
        folded.append(changed)
        if back is not IDENTITY:
            maps[number] = back
    return folded, maps


def _join(parts: "Iterable[_Part]", *, n_wordings: int) -> _Part:
    masks = [array("Q") for _ in range(n_wordings)]
    evidence = Evidence.of_rows(())
    for part_masks, part in parts:
        for column, more in zip(masks, part_masks, strict=True):
            column.extend(more)
        for name in fields(Evidence):
            getattr(evidence, name.name).extend(getattr(part, name.name))
    return masks, evidence
