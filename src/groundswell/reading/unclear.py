"""Words beside a number that may narrow it, and that no part of a scope takes in.

The list of what is understood is closed: dates, places and sources that were read, and a
few words that restrict nothing. Whatever else opens a clause, leaves something out or
names a region makes the scope unclear, and the number no claim.
"""

import re
from typing import TYPE_CHECKING

from groundswell.language.places import PlaceSpan, find_places
from groundswell.reading.lexicon import one_of

if TYPE_CHECKING:
    from groundswell.core.places import Place
    from groundswell.reading.frames import Range
    from groundswell.reading.tagging import Tagged

_TIME = re.compile(
    r"(?:January|February|March|April|May|June|July|August|September|October|November|"
    r"December|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)s?|(?:19|20)\d\d|(?i:yesterday|"
    r"today|tonight|spring|summer|autumn|winter|weeks?|weekends?|months?|years?|decades?)"
)
_EXCEPTION = re.compile(
    r"(?i)\b"
    + one_of(
        r"""
        with\s(?:the\s)?exceptions?\sof
        except(?:ing|ions?)?(?!\sto\sthe\srule)
        exclud(?:ing|es|ed|e)
        apart\sfrom
        aside\sfrom
        other\sthan
        besides(?=\s\w)
        save\s(?:for|in)
        barring
        but\sfor
        unlike
        not\s(?:counting|including)
        leaving\s(?:out|aside)
        omitting
        minus
        everywhere\sbut
        all\sbut
        (?:every|all|any|each|no)\s(?:\w+\s){1,2}but
        outside(?:\sof)?(?=\s(?:the\s)?[A-Z])
        """
    )
    + r"(?!\w)[^,;.]{0,40}"
)
_TIMES = frozenset(
    {"after", "before", "since", "until", "till", "following", "when", "once", "upon"}
    | {"during", "within", "throughout"}
)
_NARROWING = frozenset(
    {"in", "on", "at", "over", "across", "among", "for", "under", "by", "of", "inside"}
    | {"outside", "near", "around", "from", "between", "behind", "like", "to"}
)
# from these on an opening tells who counted, or is a clause of its own
_TOLD = re.compile("[RjvkrSMTXYqQ]")
_SAYS_SOMETHING = frozenset("vkrMSTXjRqQnpuPsBNYIyCt")
_RESTRICTS_NOTHING = frozenset("hc,bodODAmeEg")
_LONGEST_FRAGMENT = 6
_COMPARED = re.compile("h*(?:f[wl]|Nh*[wl])")  # "as in 2023", "not until 2023"
_LOOSE_TIME = frozenset({"recent", "subsequent"})
_COUNTRY = re.compile(
    r"(?i)(?:nationwide|nationally|.*\sthe\s(?:(?:whole|entire)\s)?(?:country|nation))"
)
_STATE = re.compile(r"(?i)(?:statewide|.*\sthe\s(?:(?:whole|entire)\s)?state)")


def find_unclear_words(tagged: "Tagged", clause: "Range", *, start: int) -> str:
    """Say which words of a clause may narrow what its number is of.

    Parameters
    ----------
    tagged
        The sentence.
    clause
        Tokens of the clause.
    start
        Where the number's own words start in it.

    Returns
    -------
    str
        The reason, empty where every word is understood.
    """
    return (
        find_exception(tagged)
        or _unknown_place(tagged, clause)
        or _narrow_opening(tagged, (clause[0], start))
        or _fragment(tagged, clause[0])
        or _unread_time(tagged, clause)
    )


def find_exception(tagged: "Tagged") -> str:
    """Say what a sentence leaves out: `except in X`, `apart from X`."""
    match = _EXCEPTION.search(tagged.text)
    if match is None:
        return ""
    return f"{match[0].strip()!r} leaves something out of what the number is of"


def _unknown_place(tagged: "Tagged", clause: "Range") -> str:
    place = tagged.tags.find("L", *clause)
    if place < 0:
        return ""
    words = tagged.words((place, place + 1))
    return f"{words!r} names a place that the tables of places do not hold"


def _narrow_opening(tagged: "Tagged", opening: "Range") -> str:
    """Return words that open the clause and may narrow it: `In its first month`."""
    place = opening[0]
    for segment in tagged.tags[slice(*opening)].split(","):
        end = place + len(segment)
        opens = tagged.words((place, end)).lower().split(maxsplit=1)[0] if segment else ""
        told = _TOLD.search(segment)
        if told and told[0] in "qQ" and opens in _NARROWING:
            return _opening(tagged.words((place, end)))
        stretch = segment[: told.start()] if told else segment
        has_noun = bool(set(stretch) & set("puP"))
        is_unknown = "x" in stretch or (not has_noun and bool(set(stretch) & set("Gn")))
        if _COMPARED.match(segment):
            return _opening(tagged.words((place, end)))
        if is_unknown and opens in _TIMES:
            return f"{tagged.words((place, end))!r} names a time that could not be read"
        is_told = told is not None and told[0] in "Rj" and "n" not in stretch
        if is_unknown and opens in _NARROWING and not is_told:
            return _opening(tagged.words((place, end)))
        place = end + 1
    return ""


def _opening(words: str) -> str:
    return f"the opening words {words!r} may narrow what the number is of"


def find_lost_opening(tagged: "Tagged", first: int) -> str:
    """Say where a sentence opens with a time or place that another clause cuts off.

    Parameters
    ----------
    tagged
        The sentence.
    first
        First token of the number's clause.

    Returns
    -------
    str
        The reason, empty where there is none.
    """
    opens = max(tagged.tags.rfind(mark, 0, first) for mark in ";-") + 1
    end = tagged.tags.find(",", opens, first)
    words = tagged.words((opens, end)) if end > 0 else ""
    is_told = _TOLD.search(tagged.tags, opens, max(opens, end)) is not None
    is_adverbial = words.lower().split(" ", 1)[0] in (_TIMES | _NARROWING) - {"of"}
    is_scope = is_adverbial or tagged.tags[opens : opens + 1] in {"w", "l"}
    return _opening(words) if words and is_scope and not is_told else ""


def find_lost_ending(tagged: "Tagged", last: int) -> str:
    """Say where a sentence ends with a time or place that another clause cuts off.

    Parameters
    ----------
    tagged
        The sentence.
    last
        One past the last token of the number's clause.

    Returns
    -------
    str
        The reason, empty where there is none: `..., most of them in X, in May`.
    """
    ends = min(
        (end for mark in ";-" if (end := tagged.tags.find(mark, last)) >= 0),
        default=len(tagged.tags),
    )
    place = last
    for segment in tagged.tags[last:ends].split(","):
        end = place + len(segment)
        if place > last and segment[:1] in {"w", "l"}:
            return f"{tagged.words((place, end))!r} stands apart from its number"
        place = end + 1
    return ""


def _fragment(tagged: "Tagged", first: int) -> str:
    """Return words before the clause that are no clause of their own: `Elsewhere,`."""
    opens = max(tagged.tags.rfind(mark, 0, first) for mark in ";-") + 1
    if opens and tagged.words((opens - 1, opens)).isalpha():
        return ""  # "although many stayed home"
    tags = tagged.tags[opens:first].strip(",")
    says = set(tags) & _SAYS_SOMETHING or len(tags) > _LONGEST_FRAGMENT
    if not tags or says or set(tags) <= _RESTRICTS_NOTHING:
        return ""
    return _opening(tagged.words((opens, first)).strip(" ,"))


def _unread_time(tagged: "Tagged", clause: "Range") -> str:
    """Return a month, weekday or year of the clause that no window took."""
    for place in range(*clause):
        word = tagged.words((place, place + 1))
        is_of_report = "j" in tagged.tags[max(clause[0], place - 2) : place]
        is_time = tagged.tags[place] in "xn" and _TIME.fullmatch(word) is not None
        if (is_time or word.lower() in _LOOSE_TIME) and not is_of_report:
            return f"{word!r} names a time that could not be read"
    return ""


def find_unnamed_region(
    tagged: "Tagged", clause: "Range", *, place: "Place | None"
) -> str:
    """Say where words speak of a region that the place of the claim does not settle.

    Parameters
    ----------
    tagged
        The sentence.
    clause
        Tokens of the clause.
    place
        The place that was read.

    Returns
    -------
    str
        The reason, empty where there is none.
    """
    for index in range(*clause):
        if tagged.tags[index] != "V":
            continue
        words = tagged.words((index, index + 1))
        depth = len(place.path) if place else 0
        if depth == 0:
            return "it speaks of a country or region without its name"
        is_country = _COUNTRY.fullmatch(words) is not None
        if not is_country and not (depth > 1 and _STATE.fullmatch(words)):
            return f"{words!r} names a region that the tables of places do not hold"
    return ""


def find_loose_place(tagged: "Tagged", clause: "Range") -> str:
    """Return a country or state of a clause that was not read as its place.

    Parameters
    ----------
    tagged
        The sentence.
    clause
        Tokens of the clause.

    Returns
    -------
    str
        The reason, empty where there is none; `swept California campuses` is one too.
    """
    for index in range(*clause):
        payload, tag = tagged.tokens[index].payload, tagged.tags[index]
        if tag == "l" and tagged.tags[index + 1 : index + 2] == "x":
            return f"{tagged.words((index, index + 2))!r} may narrow them"
        if tag == "x" and isinstance(payload, PlaceSpan) and find_places(payload.text):
            return f"{payload.text!r} may narrow them"
    return ""
