"""Phrases: how they are written, and which of them are hopeless."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from groundswell.core.text import fold_words

if TYPE_CHECKING:
    from groundswell.core.toml_tables import TomlTable

MAX_LENGTH = 200
_MIN_LETTERS = 2
_MIN_STEM = 4
_MARKS = "'\".,;:!?()[]#-"

# Words that stand in almost every claim of some language: alone they say nothing.
_STOP_TEXT = """
a about against all an and any are as at be but by can do for from has have he her his i
if in into is it its me my no not now of on or our out over she so some than that the
their them they this those to too up us was we were what when who will with you your
al con contra de del el en es la las lo los mas no para por que se sin su un una y
au aux avec ce contre dans des du est et la le les leur nous on ou pas pour qui sans sur
un une vous am auf aus bei das dem den der die ein eine einen fur gegen im ist mit nicht
nach oder sich sie sind und uns unter von wir zu zum zur
من في على الى عن مع هذا هذه لا ما كل
"""
_STOP_WORDS = frozenset(_STOP_TEXT.split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """A phrase, ready to be matched on folded text.

    Attributes
    ----------
    words
        The folded words, without the `*`.
    is_prefix
        Whether the last word may go on: the phrase ended in `*`.
    """

    words: str
    is_prefix: bool


def read_phrase(text: str) -> Phrase:
    """Read a phrase as a codebook writes it; `*` is allowed at its very end.

    Parameters
    ----------
    text
        A phrase that `find_fault` has nothing to say about.

    Returns
    -------
    Phrase
        The folded phrase.

    Examples
    --------
    >>> read_phrase("Palästinens*")
    Phrase(words='palastinens', is_prefix=True)
    """
    folded = fold_words(text).strip()
    is_prefix = folded.endswith("*")
    return Phrase(words=folded.removesuffix("*"), is_prefix=is_prefix)


def find_fault(text: str) -> str:
    """Say what is wrong with a phrase; empty where nothing is.

    A phrase is refused where it could not match anything or would match nearly anything.

    Parameters
    ----------
    text
        A phrase as written.

    Returns
    -------
    str
        The fault, as the end of a sentence that begins with the phrase.

    Examples
    --------
    >>> find_fault("a*")
    'would match too much: its stem needs at least 4 letters'
    >>> find_fault("free palestine")
    ''
    """
    if len(text) > MAX_LENGTH:
        return f"is longer than {MAX_LENGTH} characters"
    phrase = read_phrase(text)
    words = [word.strip(_MARKS) for word in phrase.words.split(" ")]
    if "*" in phrase.words:
        return "has a `*` that is not at its very end"
    if not any(char.isalnum() for char in phrase.words):
        return "has no word in it"
    if phrase.is_prefix and not phrase.words[-1].isalnum():
        return "has a `*` that does not follow a letter"
    fault = _find_fault_of_stem if phrase.is_prefix else _find_fault_of_words
    return fault(words)


def _find_fault_of_words(words: list[str]) -> str:
    if all(word in _STOP_WORDS for word in words):
        return "has only words that stand in nearly every text"
    if len("".join(words)) < _MIN_LETTERS:
        return f"would match too much: it needs at least {_MIN_LETTERS} letters"
    return ""


def read_article_terms(table: "TomlTable") -> tuple[str, ...]:
    """Read how articles name something: whole words, never the beginning of one."""
    terms = table.texts("article_terms", required=False)
    for term in terms:
        if "*" in term or not any(char.isalnum() for char in term):
            raise table.error(
                "article_terms",
                f"{term!r} is not what an article prints.",
                allowed="whole words, without `*`",
                quoting=term,
            )
    return terms


def _find_fault_of_stem(words: list[str]) -> str:
    if any(word not in _STOP_WORDS for word in words[:-1]):
        return ""
    stem = words[-1]
    shortest = _MIN_STEM if stem.isascii() else _MIN_LETTERS
    if len(stem) < shortest:
        return f"would match too much: its stem needs at least {shortest} letters"
    if any(word.startswith(stem) for word in _STOP_WORDS):
        return "would match words that stand in nearly every text"
    return ""


def is_stop_word(word: str) -> bool:
    """Say whether a folded word stands in nearly every text of some language."""
    return word in _STOP_WORDS
