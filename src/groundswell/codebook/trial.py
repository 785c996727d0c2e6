"""Try a codebook on texts: what it finds, what it misses, and what those misses say."""

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from groundswell.codebook.coding import code_texts
from groundswell.codebook.patterns import PhrasePattern
from groundswell.codebook.phrases import is_stop_word, read_phrase
from groundswell.core.codings import CodeHits, HitExample, Miss, Trial, UnmatchedPhrase
from groundswell.core.disclosure import FEWEST_TEXTS
from groundswell.core.text import fold_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from groundswell.codebook.coding import Coding
    from groundswell.codebook.model import Codebook

_CLAIM_ENDS = re.compile(r"[;,\n]")
_WORD = re.compile(r"\w+(?:['.-]\w+)*")
_SHORTEST, _LONGEST = 2, 5


@dataclass(slots=True)
class _Tally:
    """Distinct texts, and rows that hold them."""

    texts: int = 0
    rows: int = 0

    def add(self, n_rows: int) -> None:
        self.texts += 1
        self.rows += n_rows


def try_codebook(
    codebook: "Codebook",
    texts: "Iterable[tuple[str, int]]",
    *,
    field: str | None = None,
    n_examples: int = 3,
    n_listed: int = 25,
    with_texts: bool = True,
) -> Trial:
    """Try a codebook on texts.

    Parameters
    ----------
    codebook
        The codebook.
    texts
        Texts, each with the number of rows that hold it.
    field
        Column of the `report` table that they come from; may be left out where all
        dimensions of the codebook read the same columns.
    n_examples
        Texts to show for each rule and code.
    n_listed
        Misses, and unmatched phrases, to list.
    with_texts
        Whether to show whole texts. Otherwise an example is the matched words alone, no
        misses are listed, and unmatched phrases only if several texts have them.

    Returns
    -------
    Trial
        Hits and overlaps by wording, examples, misses, and frequent unmatched phrases.

    Examples
    --------
    >>> from groundswell.codebook.load import load_codebook
    >>> texts = [("for abortion rights", 3), ("for abortion on demand", 2)]
    >>> trial = try_codebook(load_codebook("us-abortion"), texts)
    >>> [(miss.text, miss.n_rows) for miss in trial.misses]
    [('for abortion on demand', 2)]
    """
    rows: Counter[str] = Counter()
    for text, n_rows in texts:
        if text.strip():
            rows[text] += n_rows
    distinct = sorted(rows, key=lambda text: (-rows[text], text))
    coding = code_texts(codebook, distinct, workers=1, field=field)
    uncoded = [
        not any(coding.masks[wording][number] for wording in codebook.wordings)
        for number in range(len(distinct))
    ]
    on_topic = _find_topic(codebook, distinct)
    missed = [
        text
        for text, is_on, is_bare in zip(distinct, on_topic, uncoded, strict=True)
        if is_on and is_bare
    ]
    hits, overlaps = _count_codes(codebook, coding, texts=distinct, rows=rows)
    return Trial(
        codebook_id=codebook.codebook_id,
        version=codebook.version,
        sha256=codebook.sha256,
        n_texts=len(distinct),
        n_rows=rows.total(),
        n_on_topic_texts=sum(on_topic),
        n_on_topic_rows=sum(
            rows[text] for text, is_on in zip(distinct, on_topic, strict=True) if is_on
        ),
        hits=hits,
        overlaps=overlaps,
        examples=_pick_examples(coding, texts=distinct, rows=rows, most=n_examples)
        if with_texts
        else _pick_words(coding, texts=distinct, rows=rows, most=n_examples),
        misses=tuple(Miss(text=text, n_rows=rows[text]) for text in missed[:n_listed])
        if with_texts
        else (),
        unmatched=_list_unmatched(
            missed, rows=rows, most=n_listed, fewest=1 if with_texts else FEWEST_TEXTS
        ),
        withheld=() if with_texts else (field or codebook.fields[0],),
    )


def _find_topic(codebook: "Codebook", texts: "Sequence[str]") -> list[bool]:
    if not codebook.record_terms:
        return [True] * len(texts)
    terms = PhrasePattern([read_phrase(term) for term in codebook.record_terms])
    return [bool(terms.expression.search("\n" + fold_words(text))) for text in texts]


def _count_codes(
    codebook: "Codebook",
    coding: "Coding",
    *,
    texts: "Sequence[str]",
    rows: "Counter[str]",
) -> tuple[tuple[CodeHits, ...], tuple[CodeHits, ...]]:
    """Count single codes, then combinations of codes of one dimension."""
    hits: dict[tuple[str, str, tuple[str, ...]], _Tally] = {}
    overlaps: dict[tuple[str, str, tuple[str, ...]], _Tally] = {}
    for wording in codebook.wordings:
        for dimension, code in coding.code_keys:
            hits[dimension, wording, (code,)] = _Tally()
        for number, text in enumerate(texts):
            given = coding.codes(number, wording=wording)
            for dimension in {dimension for dimension, _ in given}:
                codes = tuple(sorted(code for d, code in given if d == dimension))
                for code in codes:
                    hits[dimension, wording, (code,)].add(rows[text])
                if len(codes) > 1:
                    key = dimension, wording, codes
                    overlaps.setdefault(key, _Tally()).add(rows[text])
    return _as_hits(hits), tuple(sorted(_as_hits(overlaps), key=lambda h: -h.n_rows))


def _as_hits(
    tallies: "dict[tuple[str, str, tuple[str, ...]], _Tally]",
) -> tuple[CodeHits, ...]:
    return tuple(
        CodeHits(
            dimension=dimension,
            codes=codes,
            wording=wording,
            n_texts=tally.texts,
            n_rows=tally.rows,
        )
        for (dimension, wording, codes), tally in tallies.items()
    )


def _pick_examples(
    coding: "Coding", *, texts: "Sequence[str]", rows: "Counter[str]", most: int
) -> tuple[HitExample, ...]:
    """Pick the most frequent texts of each rule and code, one match of each."""
    evidence = coding.evidence
    chosen: defaultdict[tuple[int, int], dict[int, int]] = defaultdict(dict)
    for place, text_no in enumerate(evidence.text):
        picks = chosen[evidence.rule[place], evidence.code[place]]
        if len(picks) < most:
            picks.setdefault(text_no, place)
    return tuple(
        HitExample(
            dimension=coding.code_keys[code_no][0],
            code=coding.code_keys[code_no][1],
            rule=coding.rule_keys[rule_no][1],
            text=texts[text_no],
            start=evidence.start[place],
            end=evidence.end[place],
            n_rows=rows[texts[text_no]],
        )
        for (rule_no, code_no), picks in sorted(chosen.items())
        for text_no, place in picks.items()
    )


def _pick_words(
    coding: "Coding", *, texts: "Sequence[str]", rows: "Counter[str]", most: int
) -> tuple[HitExample, ...]:
    """Pick the words that each rule and code matches most, without their texts."""
    evidence = coding.evidence
    found: defaultdict[tuple[int, int], dict[str, set[int]]] = defaultdict(dict)
    for place, text_no in enumerate(evidence.text):
        words = texts[text_no][evidence.start[place] : evidence.end[place]]
        holders = found[evidence.rule[place], evidence.code[place]]
        holders.setdefault(fold_words(words), set()).add(text_no)
    examples = []
    for (rule_no, code_no), by_words in sorted(found.items()):
        counts = [
            (-sum(rows[texts[number]] for number in holders), words)
            for words, holders in by_words.items()
        ]
        dimension, code = coding.code_keys[code_no]
        examples += [
            HitExample(
                dimension=dimension,
                code=code,
                rule=coding.rule_keys[rule_no][1],
                text=words,
                start=0,
                end=len(words),
                n_rows=-minus_rows,
            )
            for minus_rows, words in sorted(counts)[:most]
        ]
    return tuple(examples)


def _list_unmatched(
    texts: "Sequence[str]", *, rows: "Counter[str]", most: int, fewest: int
) -> tuple[UnmatchedPhrase, ...]:
    """List whole claims and runs of words in them, the most frequent first.

    Claims that fewer than `fewest` distinct texts have are left out.
    """
    claims: defaultdict[str, _Tally] = defaultdict(_Tally)
    runs: defaultdict[str, _Tally] = defaultdict(_Tally)
    for text in texts:
        parts = {part.strip() for part in _CLAIM_ENDS.split(fold_words(text))} - {""}
        for part in parts:
            claims[part].add(rows[text])
        for run in {run for part in parts for run in _runs(part)}:
            runs[run].add(rows[text])
    frequent = {
        run: tally
        for run, tally in runs.items()
        if tally.texts >= FEWEST_TEXTS and run not in claims
    }
    claims_shown = {c: tally for c, tally in claims.items() if tally.texts >= fewest}
    phrases = [
        *_as_phrases(claims_shown, is_whole_claim=True),
        *_as_phrases(_drop_contained(frequent), is_whole_claim=False),
    ]
    phrases.sort(key=lambda p: (-p.n_rows, -p.n_texts, -len(p.phrase), p.phrase))
    return tuple(phrases[:most])


def _runs(claim: str) -> "Iterator[str]":
    """Yield the runs of words that neither begin nor end with a stop word."""
    words = _WORD.findall(claim)
    for first, word in enumerate(words):
        if is_stop_word(word):
            continue
        for length in range(_SHORTEST, _LONGEST + 1):
            run = words[first : first + length]
            if len(run) == length and not is_stop_word(run[-1]):
                yield " ".join(run)


def _drop_contained(runs: "dict[str, _Tally]") -> "dict[str, _Tally]":
    """Drop a run that occurs only as part of a longer one."""
    kept = dict(runs)
    for run, tally in runs.items():
        words = run.split(" ")
        for shorter in (words[1:], words[:-1]):
            part = " ".join(shorter)
            if part in kept and kept[part] == tally:
                del kept[part]
    return kept


def _as_phrases(
    tallies: "dict[str, _Tally]", *, is_whole_claim: bool
) -> "Iterator[UnmatchedPhrase]":
    for phrase, tally in tallies.items():
        yield UnmatchedPhrase(
            phrase=phrase,
            is_whole_claim=is_whole_claim,
            n_texts=tally.texts,
            n_rows=tally.rows,
        )
