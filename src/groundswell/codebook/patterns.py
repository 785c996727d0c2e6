"""One regular expression for many phrases, which finds all of them in one pass.

The phrases are laid out as a tree of characters, so that a text is compared with all of
them at once. At each word start the expression runs down the tree as far as the text
goes along and reports the longest phrase there; the shorter phrases that lie on the way
are known beforehand and looked up. Every occurrence of every phrase is thus found.
"""

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from groundswell.codebook.phrases import Phrase

WORD_END = -1
Found = tuple[int, int]
_REST_OF_WORD = re.compile(r"\w*")


@dataclass(slots=True)
class _Node:
    """A place in the tree: what may follow, and which phrases end here."""

    children: "dict[str, _Node]" = field(default_factory=dict)
    exact: int | None = None
    prefix: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Landing:
    """What is found where the expression stops at one literal.

    Attributes
    ----------
    at_end
        Phrases, by number and length, where the literal ends with the word.
    within
        The same where the word goes on, and empty where it cannot; `WORD_END` stands for
        a phrase that takes in the rest of it.
    """

    at_end: tuple[Found, ...]
    within: tuple[Found, ...]


class PhrasePattern:
    """The expression for a set of phrases, and what is found where it stops.

    Group 1 of a match of `expression` is the literal where it stopped: the longest phrase
    that starts there, without the rest of its word. `landings` says which phrases are
    found with it. A word at the very start of a text is not seen: a line break must stand
    before it.

    Parameters
    ----------
    phrases
        Distinct phrases; their places in the list are their numbers.
    """

    def __init__(self, phrases: "Sequence[Phrase]") -> None:
        root = _Node()
        for number, phrase in enumerate(phrases):
            _plant(root, phrase, number=number)
        literals = {phrase.words for phrase in phrases}
        self.landings = {words: _land(root, words) for words in literals}
        self.expression = re.compile(_write(root))


def end_of_word(text: str, place: int) -> int:
    """Return where the word that goes on at `place` ends; `place` where none does."""
    rest = _REST_OF_WORD.match(text, place)
    return rest.end() if rest else place


def _plant(root: _Node, phrase: "Phrase", *, number: int) -> None:
    node = root
    for char in phrase.words:
        node = node.children.setdefault(char, _Node())
    if phrase.is_prefix:
        node.prefix = number
    else:
        node.exact = number


def _land(root: _Node, words: str) -> Landing:
    """List the phrases on the way to a literal that are found along with it."""
    at_end: list[Found] = []
    within: list[Found] = []
    node = root
    for length, char in enumerate(words, start=1):
        node = node.children[char]
        if node.exact is not None:
            if length == len(words):
                at_end.append((node.exact, length))
            elif not _is_word(words[length]):
                at_end.append((node.exact, length))
                within.append((node.exact, length))
        if node.prefix is not None:
            end = end_of_word(words, length)
            at_end.append((node.prefix, end))
            within.append((node.prefix, WORD_END if end == len(words) else end))
    if node.prefix is None:
        within = []
    return Landing(at_end=tuple(at_end), within=tuple(within))


def _write(root: _Node) -> str:
    r"""Write the expression for a tree.

    It begins with the character before a word: a set of plain characters, which `re`
    skips to quickly; the look back drops letters of other scripts from it.
    """
    if not root.children:
        return "(?!)()"
    return rf"[^0-9a-z_](?<!\w)(?=({_write_node(root)}))"


def _write_node(node: _Node) -> str:
    text = ""
    while len(node.children) == 1 and node.exact is None and node.prefix is None:
        char, node = next(iter(node.children.items()))
        text += re.escape(char)
    ways = [
        re.escape(char) + _write_node(child)
        for char, child in sorted(node.children.items())
    ]
    if node.prefix is not None:
        ways.append("")
    elif node.exact is not None:
        ways.append(r"(?!\w)")
    return text + (ways[0] if len(ways) == 1 else f"(?:{'|'.join(ways)})")


def _is_word(char: str) -> bool:
    return char.isalnum() or char == "_"
