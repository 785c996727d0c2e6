"""Why a number that fits a frame is still no claim: words that change what it is of."""

import re
from typing import TYPE_CHECKING

from groundswell.reading.crowds import find_single
from groundswell.reading.denials import find_denial
from groundswell.reading.quantity import Quantity
from groundswell.reading.terms import TermHit

if TYPE_CHECKING:
    from groundswell.reading.frames import Frame, Range
    from groundswell.reading.tagging import Tagged

_RESTRICTS = frozenset("xLBCNHyXM")
# what may follow a claim without narrowing it: dates, places, sources, another claim
_TAIL = re.compile(
    r"""
    [mbh]? (?:[pu](?:,?c[pu])*)?
    (?:[hwWlLVReEj] | iD?[wlLVbmh]*(?=[,;.-]|$))*
    (?: $ | [,;r-] | v[vh]*r
      | c[hDO]*[dbae]?[qQnmRs]
      | ic?[hD]*[qQnsm]
      | g
      | [iO][hDdbcaA]*(?:[xpnwlqQ]|$)
      | f
    )
    """,
    re.VERBOSE,
)
_RATIO = re.compile(r"(?i)\bfor\s(?:every|each)\s(?!kind|sort)")
_AND_SIDE = re.compile(r"[mpb]?c[hDd]*s")
_SHOWN = 4
_CLAUSE_ENDS = frozenset(",;-qQn")
_NEXT = frozenset("qQnsDm")
# what follows these tells of the circumstances and narrows nothing
_LOOSE = frozenset({"amid", "as", "than", "compared", "versus", "vs", "against", "which"})


def find_limit(frame: "Frame", tagged: "Tagged") -> str:
    """Say why a frame is no claim about a side or the topic as a whole.

    Parameters
    ----------
    frame
        The frame.
    tagged
        Its sentence.

    Returns
    -------
    str
        The reason, empty where there is none.
    """
    return (
        _limit_of_sentence(tagged)
        or _limit_of_quantity(frame, tagged)
        or _limit_of_mood(frame, tagged)
        or _limit_of_nouns(frame, tagged)
        or _limit_of_sides(frame, tagged)
        or find_single(frame, tagged)
        or _limit_of_tail(frame, tagged)
    )


def _limit_of_sentence(tagged: "Tagged") -> str:
    if tagged.is_question:
        return "It asks, and states nothing."
    denial = find_denial(tagged.text)
    if denial:
        return denial
    if _RATIO.search(tagged.text):
        return (
            "It sets one number against another as a ratio; this version reads shares "
            "and numbers only."
        )
    return ""


def _limit_of_quantity(frame: "Frame", tagged: "Tagged") -> str:
    quantity = tagged.tokens[frame.quantity].payload
    return quantity.problem if isinstance(quantity, Quantity) else ""


def _limit_of_mood(frame: "Frame", tagged: "Tagged") -> str:
    tags = tagged.tags
    opens = max(tags.rfind(mark, 0, frame.start) for mark in ";,") + 1
    if "C" in tags[opens : frame.end]:
        return "It is conditional, a forecast or a wish, and states nothing."
    if re.search("N[hD]*$", tags[: frame.quantity]):
        return "It is negated: it says what the number is not."
    if "B" in tags[max(0, frame.quantity - 1) : frame.quantity + 2]:
        return "It is a change or a difference, not a share or a number of protests."
    return ""


def _limit_of_nouns(frame: "Frame", tagged: "Tagged") -> str:
    for start, end in (frame.base, frame.subject):
        words = [
            tagged.words((place, place + 1))
            for place in range(start, end)
            if _restricts(tagged.tags[place], place, frame=frame)
        ]
        if words:
            return (
                "It is about a narrower set than the protests as a whole: "
                f"{', '.join(map(repr, words[:_SHOWN]))} is no part of a scope that "
                "records are measured in."
            )
        kinds = set(tagged.tags[start:end])
        if "P" in kinds and not kinds & set("pum"):
            return "It is about one kind of protest only."
    return ""


def _restricts(tag: str, place: int, *, frame: "Frame") -> bool:
    if frame.predicate[0] <= place < frame.predicate[1]:
        return False
    if tag == "H":
        return not frame.name.startswith("marched") and frame.name != "drew"
    return tag in _RESTRICTS


def _limit_of_sides(frame: "Frame", tagged: "Tagged") -> str:
    said = sides_in(tagged, frame.predicate) | sides_in(tagged, frame.subject)
    if len(said) > 1 or _AND_SIDE.match(tagged.tags, frame.predicate[1]):
        return "It speaks of several sides at once; the records are counted one by one."
    if len(sides_in(tagged, frame.base)) == 1 and frame.statistic == "share":
        return "It is a share within one side, not a share of a side."
    return ""


def sides_in(tagged: "Tagged", tokens: "Range") -> set[str]:
    """Return the sides that a run of tokens names.

    Parameters
    ----------
    tagged
        A sentence.
    tokens
        The run.

    Returns
    -------
    set
        Codes.
    """
    return {
        token.payload.code
        for token in tagged.tokens[slice(*tokens)]
        if isinstance(token.payload, TermHit) and token.payload.code
    }


def _narrows(tagged: "Tagged", start: int) -> bool:
    """Say whether unknown words follow before the clause ends: `by students`."""
    for place in range(start, len(tagged.tokens)):
        tag = tagged.tags[place]
        after = tagged.tags[place + 1 : place + 2]
        is_over = tag in _CLAUSE_ENDS or (tag == "c" and after in _NEXT)
        if is_over or tagged.words((place, place + 1)).lower() in _LOOSE:
            return False
        if tag == "x":
            return True
    return False


def _limit_of_tail(frame: "Frame", tagged: "Tagged") -> str:
    end = max(frame.end, frame.predicate[1])
    if frame.name == "brackets":
        return ""
    if _TAIL.match(tagged.tags, end) and not _narrows(tagged, end):
        return ""
    following = tagged.words((end, min(end + 4, len(tagged.tokens))))
    return (
        f"The words after it ({following!r}) may narrow what the number is of; a person "
        "has to read them."
    )
