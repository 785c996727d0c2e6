"""Countries, their former names, and the states of the United States, as places.

Codes follow ISO 3166, which takes no position on any territory and neither do we: a
dispute is stated in the note. A name of several places is never settled silently.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import NamedTuple

from groundswell.core.places import WORLD, Place
from groundswell.core.text import fold, fold_words
from groundswell.language.numbers import find_numbers
from groundswell.language.place_tables import (
    Ambiguous,
    Entry,
    ambiguous_cells,
    cell_key,
    cells,
    codes,
    entries,
    passed_cells,
    place_words,
)

_CUE_DISTANCE = 200
_REACH = 120  # characters that hold the longest name, however it is spaced
_POSTAL = 2  # letters of a postal code, which no column of countries holds
_HYPHENS = ("-", "\u2010", "\u2011", "\u2012", "\u2013")
_WORD = re.compile(r"(?<![^\W_])(?:[A-Z]|[^\W\d_a-z])[^\W_]*")
_COUNTRIES = re.compile(
    r"(?i)\bin\s(?:(?:almost|nearly|about|around|some|over|at\sleast|more\sthan|roughly"
    r"|approximately|close\sto|up\sto)\s)?(?P<n>[0-9][0-9,]*|[a-z]+(?:[\s-][a-z]+)?)"
    r"\s(?:different\s)?(?:countries|nations)\b"
)
_AFTER_COMMA = re.compile(r"[^\W\d_][\w.'\u2019]*,\s{1,2}$")
_COMPOUND = re.compile("[-\u2010-\u2013](?=[^\\W\\d_])")


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceSpan:
    """A place that a text names, and where it stands.

    Attributes
    ----------
    place
        The place; its `text` holds the words. Where `others` is not empty it is only one
        of those that the name can mean.
    start, end
        Half-open offsets in the text as it was given.
    text
        The characters there, exactly.
    note
        What a reader should know: a dispute, a former name, an ambiguity.
    others
        The other places that the name can mean; empty where it is settled.
    """

    place: Place
    start: int
    end: int
    text: str
    note: str = ""
    others: tuple[Place, ...] = ()


class _Phrase(NamedTuple):
    """A name to look for in running text, folded; without entries it is no place."""

    folded: str
    entries: tuple[Entry, ...] = ()
    row: Ambiguous | None = None
    is_capitals: bool = False
    is_after_comma: bool = False
    is_adjective: bool = False
    is_given_name: bool = False


def find_places(text: str, *, with_adjectives: bool = False) -> tuple[PlaceSpan, ...]:
    """Find the countries and US states that a text names, in the order of the text.

    Names count only when capitalised, abbreviations such as `US` only in capitals, postal
    codes and old abbreviations (`Calif.`) only after a comma. Parts of compounds
    (`pro-Israel`) and of other names (`Times of India`) are no places.

    Parameters
    ----------
    text
        Any text.
    with_adjectives
        Whether `British` or `Kenyans` name their country too.

    Returns
    -------
    tuple
        The longest names; words for the whole world give `WORLD` with its words.

    Examples
    --------
    >>> for span in find_places("In the U.S. and Türkiye, as worldwide, let us march."):
    ...     print(span.text, span.place.code)
    U.S. USA
    Türkiye TUR
    worldwide world
    >>> (georgia,) = find_places("Protests in Georgia grew.")
    >>> georgia.place.code, [other.code for other in georgia.others]
    ('GEO', ['USA/GA'])
    """
    named = list(_named(text, with_adjectives=with_adjectives))
    kept = [
        span
        for index, span in enumerate(named)
        if not _is_town(text, span, following=named[index + 1 : index + 2])
    ]
    spans = [*kept, *_world(text)]
    return tuple(sorted(spans, key=lambda span: (span.start, span.end)))


def place_of(
    name: str, *, on: date | None = None, within: tuple[str, ...] = ()
) -> Place | None:
    """Find the place that a record's cell names.

    Spelling is forgiving (case, accents, apostrophes, `St.`), meaning is not. Two letters
    are a postal code of the United States and never a country's code, since `CA` would be
    both and `NA` is mostly a missing value; codes count only in capitals, unless `within`
    says where to look.

    Parameters
    ----------
    name
        The cell.
    on
        Day of the record, where a name depends on it.
    within
        Path of the place that holds it, `("USA",)` for a column of states.

    Returns
    -------
    Place or None
        `None` where the name is unknown, ambiguous, or of a state that did not exist on
        the day.

    Examples
    --------
    >>> place_of("Cote d'Ivoire").code, place_of("Burma").name, place_of("TX").code
    ('CIV', 'Myanmar', 'USA/TX')
    >>> place_of("Georgia") is None, place_of("Georgia", within=("USA",)).code
    (True, 'USA/GA')
    """
    cell = name.strip()
    found = _named_by(cell.upper() if within else cell, on=on, within=within)
    fitting = [
        entry
        for entry in found
        if entry.existed(on) and entry.path[: len(within)] == within != entry.path
    ]
    return fitting[0].place(name) if len(fitting) == 1 else None


def country_of(name: str, *, on: date | None = None) -> Place | None:
    """Find the country or territory that a cell of a column of countries names.

    As `place_of`, and no state of the United States is in question, so that a name which
    a country shares with one is the country's. Their territories with an ISO code are.

    Parameters
    ----------
    name
        The cell: a name, or an ISO alpha-3 code in capitals.
    on
        Day of the record, where a name depends on it.

    Examples
    --------
    >>> country_of("Georgia").code, country_of("Puerto Rico").code, country_of("Texas")
    ('GEO', 'USA/PR', None)
    """
    cell = name.strip()
    found = _named_by(cell, on=on, within=())
    if len(cell) == _POSTAL and cell in codes():
        found = ()
    fitting = [entry for entry in found if entry.existed(on) and not _is_state(entry)]
    return fitting[0].place(name) if len(fitting) == 1 else None


def _named_by(
    cell: str, *, on: date | None, within: tuple[str, ...]
) -> tuple[Entry, ...]:
    """Return the places that a cell can mean on a day."""
    key = cell_key(cell)
    if cell in codes():
        return (codes()[cell],)
    if not within and key in passed_cells():
        held = passed_cells()[key]
        now = held[-1:] if on is None else [one for one in held if one.held(on)]
        return tuple(holder.entry for holder in now)
    if not within and key in ambiguous_cells():
        return ambiguous_cells()[key].on(on)
    return cells().get(key, ())


def _is_state(entry: Entry) -> bool:
    """Say whether a place has the code of a postal service alone, as `TX`."""
    return len(entry.path) > 1 and len(entry.codes) == 1


@cache
def _index() -> dict[str, tuple[_Phrase, ...]]:
    """Return the phrases by their first word, longest first."""
    by_word: dict[str, list[_Phrase]] = {}
    for phrase in _all_phrases():
        first = re.match(r"[^\W_]+", phrase.folded)
        if first:
            by_word.setdefault(first[0], []).append(phrase)
    return {
        word: tuple(sorted(phrases, key=lambda phrase: -len(phrase.folded)))
        for word, phrases in by_word.items()
    }


def _all_phrases() -> Iterator[_Phrase]:
    words = place_words()
    ambiguous = {name for row in words.ambiguous for name in row.names}
    for name in words.no_place:
        yield _Phrase(fold_words(name))
    for row in words.ambiguous:
        for name in row.names:
            yield _Phrase(fold_words(name), row.entries, row)
    for entry in entries():
        former = [name for name, _, _ in entry.former]
        for name in {*entry.names, *former} - ambiguous:
            phrase = _Phrase(
                fold_words(name),
                (entry,),
                is_capitals=name.isupper(),
                is_given_name=name in words.given_names,
            )
            yield phrase
            if name.endswith("."):
                yield phrase._replace(folded=phrase.folded.rstrip("."))
        yield from _short_phrases(entry)


def _short_phrases(entry: Entry) -> Iterator[_Phrase]:
    for name in entry.adjectives:
        yield _Phrase(fold_words(name), (entry,), is_adjective=True)
    for name in entry.abbreviations:
        yield _Phrase(fold_words(name), (entry,), is_after_comma=True)
    if len(entry.path) > 1 and entry.codes:
        code = entry.codes[0].lower()
        yield _Phrase(code, (entry,), is_capitals=True, is_after_comma=True)


def _named(text: str, *, with_adjectives: bool) -> Iterator[PlaceSpan]:
    index = _index()
    position = 0
    for match in _WORD.finditer(text):
        start = match.start()
        is_upper = match[0].isupper()
        phrases = [
            phrase
            for phrase in index.get(fold_words(match[0]), ())
            if (is_upper or not phrase.is_capitals)
            and (with_adjectives or not phrase.is_adjective)
        ]
        if not phrases or start < position or _is_second_half(text, start):
            continue
        folded, back = fold(text[start : start + _REACH])
        for phrase in phrases:
            if not folded.startswith(phrase.folded):
                continue
            end = start + back.to_raw(0, len(phrase.folded))[1]
            if _is_meant(text, phrase, start=start, end=end):
                position = end
                if phrase.entries:
                    yield _span(text, phrase, start=start, end=end)
                break


def _is_second_half(text: str, start: int) -> bool:
    """Say whether a word ends a compound, as in `pro-Israel`."""
    before = text[max(0, start - 2) : start]
    return before[-1:] in _HYPHENS and before[:1].isalnum()


def _is_meant(text: str, phrase: _Phrase, *, start: int, end: int) -> bool:
    """Say whether the words name the place here, by their letters and neighbours."""
    if text[end : end + 1].isalnum() or _COMPOUND.match(text, end):
        return False
    words = text[start:end]
    if phrase.is_capitals and not words.isupper():
        return False
    if phrase.is_after_comma:
        return bool(_AFTER_COMMA.search(text, max(0, start - 30), start))
    if phrase.is_capitals and _is_shouted(text, start=start, end=end):
        return False
    if phrase.is_given_name:
        before = text[max(0, start - 14) : start].lower().split()
        return bool(before) and before[-1] in place_words().locative
    return True


def _is_shouted(text: str, *, start: int, end: int) -> bool:
    """Say whether a line is all in capitals, where `US` can be the pronoun."""
    before, after = text[max(0, start - 20) : start], text[end : end + 20]
    neighbours = [*before.split()[-1:], *after.split()[:1]]
    return bool(neighbours) and all(
        len(word) > 1 and word.isalpha() and word.isupper() for word in neighbours
    )


def _span(text: str, phrase: _Phrase, *, start: int, end: int) -> PlaceSpan:
    words, found, note = text[start:end], phrase.entries, ""
    if phrase.row:
        near = text[max(0, start - _CUE_DISTANCE) : end + _CUE_DISTANCE]
        found, note = _settled(phrase.row, near)
    if len(found) == 1:
        note = f"{note} {found[0].note_on(words)}".strip()
    return PlaceSpan(
        place=found[0].place(words),
        start=start,
        end=end,
        text=words,
        note=note,
        others=tuple(other.place(words) for other in found[1:]),
    )


def _settled(row: Ambiguous, near: str) -> tuple[tuple[Entry, ...], str]:
    """Settle an ambiguous name by the words near it, and say by which."""
    cued = []
    for entry in row.entries:
        cues = row.cues.get("/".join(entry.path), ())
        cued += [(entry, cue) for cue in cues if cue in near][:1]
    if len(cued) == 1:
        ((entry, cue),) = cued
        return (entry,), f"Read as {_described(entry)}, since {cue!r} stands near."
    if len(row.entries) == 1:
        return row.entries, row.note
    return row.entries, f"Can mean {' or '.join(map(_described, row.entries))}."


def _described(entry: Entry) -> str:
    return f"{entry.name} ({'/'.join(entry.path)})"


def _is_town(text: str, span: PlaceSpan, *, following: list[PlaceSpan]) -> bool:
    """Say whether a country's name is that of a town here, as in `Lebanon, Pa.`."""
    return len(span.place.path) == 1 and any(
        text[span.end : after.start] == ", "
        and len(after.place.path) > 1
        and after.place.path[0] == "USA"
        for after in following
    )


@cache
def _world_pattern() -> re.Pattern[str]:
    words = sorted(place_words().world, key=len, reverse=True)
    joined = "|".join(re.escape(word).replace(r"\ ", r"\s{1,3}") for word in words)
    # "Global Affairs Canada" and "the Global South" are names
    first = "".join(sorted({word[0] for word in words}))
    return re.compile(
        rf"(?<![\w-])(?=[{first}{first.upper()}])(?!Global\s[A-Z])(?i:{joined})(?![\w-])"
    )


def _world(text: str) -> Iterator[PlaceSpan]:
    for match in _world_pattern().finditer(text):
        yield _world_span(match[0], start=match.start(), note="")
    many = place_words().many_countries
    for match in _COUNTRIES.finditer(text):
        numbers = find_numbers(match["n"])
        if len(numbers) == 1 and numbers[0].value >= many:
            note = f"{many} countries or more are read as the world."
            yield _world_span(match[0], start=match.start(), note=note)


def _world_span(words: str, *, start: int, note: str) -> PlaceSpan:
    place = Place(path=WORLD.path, name=WORLD.name, text=words)
    return PlaceSpan(
        place=place, start=start, end=start + len(words), text=words, note=note
    )
