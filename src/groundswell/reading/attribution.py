"""Who is said to have counted: `according to X`, `X recorded`, `data from X`.

The name is taken as printed; nothing here knows any source. A person or a police force
that is only quoted (`X said`) counts as the source of what it says.
"""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_WORD = r"(?:(?:[A-Z]\.){2,}|[A-Z][\w&]*(?:\.[\w&]+)*(?:['-][A-Z]?\w+)*)"
_JOIN = r"(?:of|for|and|&|de|at)"
_NAME = (
    rf"(?:[Tt]he\s)?(?P<name>{_WORD}(?:\s(?:{_JOIN}\s(?:the\s)?)?{_WORD}){{0,9}}"
    r"(?:\s\([A-Z][\w&]{1,11}\))?)"
)
_GROUP = (
    r"(?P<group>(?:(?:local|city|federal|state|independent|the)\s)?(?:organi[sz]ers|police|"
    r"officials|researchers|analysts|monitors|authorities|scholars|academics|activists))"
)
_UNNAMED = (
    r"(?:the|its|a|one)\s(?:project|consortium|group|organi[sz]ation|monitor|nonprofit|"
    r"think\stank|institute|database|study|report|analysis|dataset|summary)"
)
_DATA = (
    r"(?:data|figures|numbers|counts?|tall(?:y|ies)|estimates?|records|reports?|research|"
    r"analys[ie]s|stud(?:y|ies)|databases?|statistics|information|datasets?|monitors?)"
)
_MADE = (
    r"(?:compiled|collected|published|gathered|released|kept|maintained|produced|cited|"
    r"issued|recorded|assembled|shared)"
)
_SHOW = (
    r"(?:shows?|showed|suggests?|suggested|indicates?|indicated|finds?|found|reveals?|has|"
    r"revealed|puts?|have|says?|said|records?|recorded|counts?|counted|contains?|holds?|lists?|"
    r"includes?)"
)
_COUNTED = (
    r"(?:recorded|records|counted|counts|documented|documents|logged|logs|registered|noted|"
    r"registers|tallied|tallies|tracked|tracks|catalogued|classified|classifies|coded|codes|"
    r"identified|found|finds|reported|reports|said|says|estimated|estimates|monitored|notes|"
    r"observed|puts?|showed|shows|wrote|calculated|concluded)"
)
_FEW = (
    r"(?:(?:the|a|an|its|their|new|latest|recent|own|fresh|official|public|one|\d{4})\s)"
    r"{0,3}"
)
_BY = r"(?:according\sto|based\son|citing|cited\sby|drawing\son|(?:as\s)?per)"
_ACTED = (
    rf"(?:{_MADE}|counted|documented|tracked|tallied|logged|registered|reported|classified|"
    r"monitored|coded)"
)
_PATTERNS: tuple[re.Pattern[str], ...] = tuple(
    re.compile(pattern)
    for pattern in (
        # according to [data compiled by] X['s figures]
        (
            rf"(?i:\b{_BY}\s{_FEW}(?:{_DATA}\s(?:{_MADE}\s)?(?:from|by|of|at)\s)?)"
            rf"(?:{_NAME}|{_GROUP})(?:'s?)?(?:\s(?:own\s|latest\s)?{_DATA})?"
        ),
        # data from X [show that]
        (
            rf"(?i:\b{_FEW}{_DATA}\s(?:{_MADE}\s)?(?:from|by|of)\s){_NAME}(?:'s?)?"
            rf"(?:\s(?i:{_SHOW}\b(?:\sthat\b)?))?"
        ),
        # by X's count
        rf"(?i:\bby\s){_NAME}'s?\s(?i:{_DATA}|reckoning)",
        # X['s] data show
        (
            rf"(?<![\w-]){_NAME}(?:'s?)?\s"
            rf"(?i:(?:own\s|latest\s)?{_DATA}\s{_SHOW}(?:\sthat)?)\b"
        ),
        # recorded by X
        rf"(?i:\b{_ACTED}\s(?:as\s)?by\s){_NAME}",
        # by ACRONYM
        r"(?i:\bby\s)(?P<name>[A-Z]{3,8})(?![\w-])",
        # said X
        rf"(?i:\b(?:said|says|reported|reports)\s){_NAME}(?=[.,;]|$)",
        # X[, a project of Y,] recorded
        (
            rf"(?<![\w-])(?:{_NAME}|{_GROUP})(?:,\s[^,.;]{{2,90}},)?\s"
            rf"(?:(?:has|have|had|also|since|itself)\s){{0,3}}(?=(?:{_COUNTED})\b)"
        ),
        # the project says: a source, but no name
        rf"(?i:\b{_UNNAMED}\s(?=(?:{_COUNTED})\b))",
        # (source: X), (X)
        r"\((?:(?i:sources?|data|figures?|via|by)\s?:?\s?)(?P<name>[A-Z][^()]{1,60})\)",
        r"\((?P<name>[A-Z]{3,8})\)",
        # according to one count
        rf"(?i:\b{_BY}\s{_FEW}{_DATA}\b)",
    )
)
# capitalised at the start of a sentence, and no names
_NO_NAME_TEXT = """
he she it they we you i this that these those there who what which but and or so yet
while when where as if in on at by since among most many some all both each nearly
almost about around over more fewer data figures numbers reports protests protesters
demonstrations demonstrators rallies marches events people monday tuesday wednesday
thursday friday saturday sunday january february march april may june july august
september october november december roughly approximately half of the a an percent sixty
seventy eighty ninety one two three four five six seven eight nine ten pro anti
according other others only even just still
"""
_NO_NAME = frozenset(_NO_NAME_TEXT.split())
_DANGLING = re.compile(r"(?:\s(?:of|for|and|&|de|at|the))+$")
_ARTICLE = re.compile(r"^(?:The|the|A|An)\s")
_SHORTEST_NAME = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceHit:
    """Words that say who counted.

    Attributes
    ----------
    start, end
        Half-open offsets in the smooth sentence.
    name
        The name as printed; empty where the words give none (`according to one count`).
    """

    start: int
    end: int
    name: str


def find_sources(
    text: str, *, taken: "Sequence[tuple[int, int]]" = ()
) -> tuple[SourceHit, ...]:
    """Find who is said to have counted.

    Parameters
    ----------
    text
        A smooth sentence.
    taken
        Stretches that are no names: windows, quantities, places, terms of a codebook.

    Returns
    -------
    tuple
        Hits in the order of the text; no two share a character.

    Examples
    --------
    >>> find_sources("Most were small, according to data from the Lee Institute.")[0].name
    'Lee Institute'
    """
    found: list[SourceHit] = []
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            hit = _hit(match, taken)
            if hit and not any(f.start < hit.end and hit.start < f.end for f in found):
                found.append(hit)
    return tuple(sorted(found, key=lambda h: h.start))


def _hit(match: re.Match[str], taken: "Sequence[tuple[int, int]]") -> SourceHit | None:
    groups = match.groupdict()
    part = next((group for group in ("name", "group") if groups.get(group)), "")
    if not part:
        return SourceHit(start=match.start(), end=match.end(), name="")
    start, end = match.span(part)
    name_start = _without_first_words(match, start, part=part)
    # a date or a place parts a name: of "In May ACLED" and "ACLED May" ACLED is left
    for taken_start, taken_end in sorted(taken):
        if taken_start <= name_start < taken_end:
            name_start = taken_end
        elif name_start < taken_start < end:
            end = taken_start
    name = _DANGLING.sub("", match.string[name_start:end].strip(" ,'-"))
    name = re.sub(r"'s?$", "", name)
    is_name = len(name) >= _SHORTEST_NAME and name[0].isalpha()
    if not is_name or name.lower() in _NO_NAME:
        return None
    opens = match.start() if name_start == start else name_start
    return SourceHit(start=opens, end=match.end(), name=_ARTICLE.sub("", name))


def _without_first_words(match: re.Match[str], start: int, *, part: str) -> int:
    """Return where a name starts, past words that are capitalised for their place."""
    name_start = start
    for word in re.finditer(r"\S+\s*", match[part]):
        bare = word[0].strip(" .,'").lower()
        if part == "group" or bare not in _NO_NAME:
            break
        name_start = start + word.end()
    return name_start
