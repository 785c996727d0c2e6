"""Whether people are told of all protests together, or of single ones: `no rally drew`.

`Protests drew 20,000 people` gives a total. One protest, a number or part of them before
the verb, or a word such as `usually` makes it the size of single protests, which no total
can be held against. Where the words allow both, as `100 protests drew`, the number is no
claim.
"""

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from groundswell.reading.frames import Frame
    from groundswell.reading.tagging import Tagged

_SINGLE = "It is, or may be, about single protests, not about all of them together."
_NOUNS = re.compile("[puPm]")
# what may stand before the noun or the side, and what makes it a part or a number of them
_BEFORE = frozenset("DdAabGwxhoOnNBqQUEmHu")
_PARTS = frozenset("OnNBqQUEmHu")
_PART_WORD_TEXT = """
    a an both each every either neither some many only just even one this that
"""
_PART_WORDS = frozenset(_PART_WORD_TEXT.split())
_COUNT_PEOPLE = frozenset({"drew", "numbered"})
_TOGETHER = re.compile(
    r"(?i)\b(?:together|altogether|combined|jointly|collectively|overall|in\s(?:all|total|sum))\b"
)
_FLOATING = re.compile("[AN]h*v*h*$")
_PARTICIPLE = re.compile(r"(?i)\w+ing\b")
_RELATIVE = re.compile("(?<!,)gh*v*h*$")
_USUALLY = re.compile(
    r"(?i)\b(?:typically|usually|often|oftentimes|generally|normally|commonly|frequently|"
    r"routinely|regularly|repeatedly|occasionally|sometimes|rarely|seldom|hardly|scarcely|"
    r"barely|never|always|invariably|consistently|mostly|largely|mainly|each|every|"
    r"individually|at\s(?:a|one)\stime|at\stimes|if\sany|as\sa\srule|in\s(?:general|most\scases))\b"
)
_ONE_PROTEST = re.compile(
    r"(?i)\s(?:[\w-]+\s){0,2}?(?:protest|demonstration|rally|march|gathering|event|action|"
    r"vigil|sit-?in|walk-?out|encampment|picket|strike|die-?in|procession|parade|blockade|"
    r"demo|mobili[sz]ation)(?![\w-])"
)


def find_single(frame: "Frame", tagged: "Tagged") -> str:
    """Say where a number of people is the size of single protests, or may be.

    Parameters
    ----------
    frame
        The frame.
    tagged
        Its sentence.

    Returns
    -------
    str
        The reason, empty where the number is of all of them together.
    """
    if frame.name.startswith("marched"):
        side_ends = tagged.tokens[max(0, frame.predicate[1] - 1)].end
        return _SINGLE if _ONE_PROTEST.match(tagged.text, side_ends) else ""
    if frame.name not in _COUNT_PEOPLE or frame.base == (0, 0):
        return ""
    is_single = (
        _USUALLY.search(tagged.text) is not None
        or _NOUNS.search(tagged.tags, *frame.subject) is None
        or _is_part(frame, tagged)
        or _is_narrowed(frame, tagged)
    )
    return _SINGLE if is_single else ""


def _is_part(frame: "Frame", tagged: "Tagged") -> bool:
    """Say whether the noun follows a number, a part or a negation: `none of the`."""
    noun = _NOUNS.search(tagged.tags, *frame.subject)
    first = min(noun.start() if noun else frame.subject[1], frame.predicate[0])
    for place in range(first - 1, -1, -1):
        tag = tagged.tags[place]
        if tag not in _BEFORE:
            return False
        words = tagged.words((place, place + 1)).lower()
        if tag == "A" and not _TOGETHER.search(tagged.text):
            return True
        is_of_all = tagged.tags[max(0, place - 1) : place] == "A"
        if tag in _PARTS or words in _PART_WORDS or (tag == "o" and not is_of_all):
            return True
    return False


def _is_narrowed(frame: "Frame", tagged: "Tagged") -> bool:
    """Say whether the verb picks some: `marches that drew`, `marches all drew`."""
    verb = tagged.tags.find("X", frame.subject[1], frame.quantity)
    if verb < 0:
        return False
    before = tagged.tags[frame.start : verb]
    words = tagged.words((verb, verb + 1))
    return (
        _FLOATING.search(before) is not None
        or _RELATIVE.search(before) is not None
        or _PARTICIPLE.match(words) is not None
    )
