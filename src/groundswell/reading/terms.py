"""How a sentence names a side or the topic: a codebook's terms, and what follows.

A codebook lists how articles name its sides (`pro-choice`, `in support of abortion
rights`). From such a term follows who or what the side is for (`choice`, `abortion
rights`), and from that the common ways to say the same with another verb: `backed X`,
`sided with X`, `in favour of X`. Terms with `anti-` give what a side is against, and so
`opposed to X`. What stands for two sides at once is left out. Nothing here knows a cause.
"""

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from groundswell.core.text import fold, fold_words
from groundswell.reading.lexicon import one_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from groundswell.codebook.model import Vocabulary

Role = Literal[
    "side", "side-verb", "side-march", "side-passive", "topic", "topic-verb", "mention"
]

_BACKING = "(?:support|solidarity|sympathy|backing)"
_CAUSE = "(?:support|favou?r|defen[cs]e|solidarity|sympathy)"
_FOR = re.compile(
    one_of(
        rf"""
        pro[- ]
        (?:in |showing |expressing )?{_CAUSE}(?: of| for| with)?[ ]
        supporting[ ]
        supportive of[ ]
        backing[ ]
        for[ ]
        stand(?:ing)? with[ ]
        """
    )
    + r"(?:the )?(?P<who>\w[\w' -]*\*?)"
)
_AGAINST = re.compile(
    r"(?:anti[- ]|against |opposed to |opposing )(?:the )?(?P<who>\w[\w' -]*\*?)"
)
_SUPPORT = one_of(
    rf"""
    in (?:{_CAUSE}|aid|backing)(?: of| with| for)
    (?:showing|expressing|voicing|declaring|signalling) {_BACKING} (?:for|with|to|of)
    supportive of
    sympathetic (?:to|towards?)
    supporting
    backing
    favou?ring
    endorsing
    championing
    (?:aligned|siding|standing) with
    on the side of
    on behalf of
    friendly to(?:wards?)?
    """
)
_SUPPORT_VERB = one_of(
    rf"""
    support(?:s|ed)?
    back(?:s|ed)?
    favou?r(?:s|ed)?
    sided? with
    st(?:ood|ands?) with
    endorse[sd]?
    champion(?:s|ed)?
    sympathi[sz]ed? with
    stood up for
    (?:expressed|showed|voiced|declared|show|express) {_BACKING} (?:for|with|to|of)
    t(?:ook|ake|aken|aking) the side of
    (?:came|spoke) out (?:for|in favou?r of|in support of)
    """
)
_MARCH = one_of(
    rf"""
    rall(?:ied|ying) (?:\w+ly )?(?:for|behind|in {_CAUSE}(?: of| with| for)?)
    march(?:ed|ing) (?:\w+ly )?(?:for|behind|in {_CAUSE}(?: of| with| for)?)
    demonstrat(?:ed|ing) (?:\w+ly )?(?:for|in {_CAUSE}(?: of| with| for)?)
    protest(?:ed|ing) (?:\w+ly )?(?:for|in {_CAUSE}(?: of| with| for)?)
    (?:turned out|took to the streets|gathered) (?:for|in {_CAUSE}(?: of| with| for)?)
    """
)
_BACKED = (
    r"(?:is|are|was|were|has been|have been|had been) (?:\w+ly )?"
    r"(?:backed|supported|favou?red|endorsed|championed) (?:by|in|at)"
)
_OPPOSE = r"(?:in opposition to|opposed to|opposing|against|hostile to)"
_OPPOSE_VERB = r"(?:opposed?s?|rejected|rejects?|denounced?s?)"
_LINK = one_of(
    r"""
    (?:\w+ly )?(?:relat(?:ed|ing)|linked|connected|tied|devoted|dedicated) (?:to|with)
    pertaining to
    about
    over
    on
    concerning
    regarding
    surrounding
    addressing
    (?:focus(?:s?ed|s?ing)|cent(?:re|er)(?:e?d|ing)|centring) (?:on|around|upon)
    (?:having )?to do with
    in (?:response|reaction|relation|connection) (?:to|with)
    (?:sparked|triggered|prompted|driven|inspired) by
    dealing with
    touching on
    """
)
_LINK_VERB = one_of(
    r"""
    concern(?:s|ed)?
    address(?:es|ed)?
    deal(?:t|s)? with
    revolved around
    ha(?:d|ve) to do with
    focus(?:s?ed|es)? on
    cent(?:re|er)(?:e?d|s)? (?:on|around)
    """
)
_HEADS = (
    r"war|conflict|crisis|issue|question|fighting|violence|offensive|attacks?|hostilities|"
    r"debate|rulings?|decision|laws?|bans?|rights?|polic(?:y|ies)|cause|dispute|matter|"
    r"situation|access|bill|vote|referendum"
)
_GENERIC = rf"(?:the|this|that) (?:\w+ )?(?:{_HEADS}|topic|subject)"
_COMPANY = (
    r"people|peoples|cause|side|camp|movement|position|struggle|rights?|state|nation|"
    r"liberation|freedom|self-determination|statehood|solidarity|resistance"
)
# a noun phrase ends before these; before any other word a name is only its adjective
_STOPS = (
    r"and|or|nor|but|while|whereas|although|though|as|in|on|at|for|by|with|to|from|into|"
    r"across|throughout|around|during|since|between|over|after|before|amid|following|until|"
    r"through|within|than|versus|vs|against|of|about|were|was|are|is|have|has|had|be|been|"
    r"not|when|where|which|who|that|because|despite|so|did|also|compared|alone|according|"
    r"made|make|accounted?|took|take|reported|recorded|held|constituted?|represented?|"
    r"comprised?|outnumber(?:ed)?|support(?:ed|s)?|back(?:ed|s)?|opposed?|favou?r(?:ed|s)?|"
    r"sided|drew|turned|tend(?:ed)?|remain(?:ed)?|endorsed|stood|expressed|showed|voiced|"
    r"denounced|rejected|rallied|marched|protested|demonstrated|swept|rocked|gripped|roiled|"
    r"engulfed|shook|spread|continued?|broke|erupted|grew|rose|fell|doubled|tripled|halved|saw|"
    r"took|happened|occurred|unfolded|filled|hit|surged|began|started|ended|peaked|dominated"
)
_ENDS = re.compile(
    rf"(?= ?(?:[,.;:!?)\]\"\u2013\u2014%/]|$)| (?:-|{_STOPS}|\w+ly|\d[\d,.]*|worldwide|"
    r"nationwide|protests?|rall(?:y|ies)|demonstrations?|marches)(?![\w-]))"
)
_FILLER = rf"(?:(?!(?:{_STOPS}|the)\b)[\w'-]+ ){{0,3}}?"
_MORE_SIGNS = r"(?: ?[,/-] ?| )(?:and |or |in |on |between |with |against |of |the ){0,2}"
_INNER = rf"(?:(?:{_HEADS}) (?:in|over|on|between|with|against|of) (?:the )?)?"
# "the war in Ukraine" is another war; "the war in May" is this one
_ELSEWHERE = (
    r"(?! (?:over|on|of|with|against)\b)(?! (?:in|between|from)\b(?! (?:\d|january|"
    r"february|march|april|may|june|july|august|september|october|november|december|early|"
    r"mid|late|the (?:first|last|past))))(?!-)"
)
_WHOM = r"(?:the |all |their |fellow )?(?:(?:rights|people|cause) of (?:the )?)?"


@dataclass(frozen=True, slots=True, kw_only=True)
class TermHit:
    """Words that name a side or the topic.

    Attributes
    ----------
    start, end
        Half-open offsets in the smooth sentence.
    role
        What the words do; `mention` names the topic, or whom a side is for, and no more.
    code
        The side; empty for the topic.
    """

    start: int
    end: int
    role: Role
    code: str


@dataclass(frozen=True, slots=True)
class _Rule:
    role: Role
    code: str
    pattern: re.Pattern[str]
    is_whole_phrase: bool


class TermFinder:
    """A vocabulary made ready for sentences.

    Parameters
    ----------
    vocabulary
        Terms of a codebook.
    """

    def __init__(self, vocabulary: "Vocabulary") -> None:
        sides = {
            side.code: tuple(fold_words(t).strip() for t in side.terms)
            for side in vocabulary.sides
        }
        topics = tuple(fold_words(term).strip() for term in vocabulary.topic_terms)
        wanted = _entities(sides, _FOR)
        unwanted = _entities(sides, _AGAINST)
        self._rules: list[_Rule] = []
        for code, terms in sides.items():
            self._add("side", code, body=_any(terms))
            self._add_stances(
                code, wanted=_any(wanted[code]), unwanted=_any(unwanted[code])
            )
        names = _any([*topics, *(who for whos in wanted.values() for who in whos)])
        self._add_topics(names)
        place = f"(?: (?:in|of|from) (?:the )?{names})?" if names else ""
        self._company = re.compile(rf"(?:'s?)?(?: (?:{_COMPANY})(?!\w))?{place}")
        own_terms = [term for terms in sides.values() for term in terms]
        against = _any(who for whos in unwanted.values() for who in whos)
        bodies = [body for body in (names, _any(own_terms), against) if body]
        own = "|".join(bodies) or "(?!)"
        self._own = re.compile(rf"(?<![\w-])(?:{own})")
        self._quick = re.compile(rf"{own}|(?<!\w)(?:{_GENERIC})(?!\w)|-related")

    def is_of_interest(self, folded: str) -> bool:
        """Say whether a folded sentence can hold a hit at all."""
        return self._quick.search(folded) is not None

    def names_topic(self, folded: str) -> bool:
        """Say whether a folded text has words of this vocabulary, not just `the war`."""
        return self._own.search(folded) is not None

    def find(self, text: str) -> tuple[TermHit, ...]:
        """Find what names a side or the topic.

        Parameters
        ----------
        text
            A smooth sentence.

        Returns
        -------
        tuple
            The longest hit at each place, in the order of the text.
        """
        folded, back = fold(text)
        if not self.is_of_interest(folded):
            return ()
        found: list[TermHit] = []
        for rule in self._rules:
            for match in rule.pattern.finditer(folded):
                end = self._end(folded, match, rule=rule)
                if end < 0:
                    continue
                start, stop = back.to_raw(match.start(), end)
                found.append(
                    TermHit(start=start, end=stop, role=rule.role, code=rule.code)
                )
        return _longest(found)

    def _end(self, folded: str, match: re.Match[str], *, rule: _Rule) -> int:
        """Return where a hit ends, -1 where its last word belongs to another noun."""
        end = match.end()
        if not rule.is_whole_phrase:
            return end
        rest = self._company.match(folded, end)
        if rest:
            end = rest.end()
        return end if _ENDS.match(folded, end) else -1

    def _add_stances(self, code: str, *, wanted: str, unwanted: str) -> None:
        if wanted:
            whom = f"{_WHOM}{wanted}"
            self._add("side", code, body=f"{_SUPPORT} {whom}", whole=True)
            self._add("side-verb", code, body=f"{_SUPPORT_VERB} {whom}", whole=True)
            self._add("side-march", code, body=f"{_MARCH} {whom}", whole=True)
            own_side = rf"t(?:ook|ake|aken|aking) (?:the )?{wanted}(?:'s?)? side"
            self._add("side-verb", code, body=own_side)
            self._add("side-passive", code, body=f"(?:the )?{wanted} {_BACKED}")
        if unwanted:
            whom = f"{_WHOM}{unwanted}"
            self._add("side", code, body=f"{_OPPOSE} {whom}", whole=True)
            self._add("side-verb", code, body=f"{_OPPOSE_VERB} {whom}", whole=True)

    def _add_topics(self, entity: str) -> None:
        generic = f"{_GENERIC}{_ELSEWHERE}"
        about = generic
        if entity:
            more = rf"(?:(?:'s)?{_MORE_SIGNS}(?:{entity}|{_HEADS}))*"
            about = rf"(?:{_FILLER}{_INNER}{entity}(?:-\w+)?{more}|{generic})"
            related = "(?:[- ](?:related|linked|specific))?"
            self._add("mention", "", body=f"{entity}{related}")
        object_ = f"(?:the |this |that )?{about}"
        self._add("topic", "", body=f"{_LINK} {object_}", whole=True)
        self._add("topic-verb", "", body=f"{_LINK_VERB} {object_}", whole=True)
        self._add("mention", "", body=r"(?:conflict|war|crisis|issue)[- ]related")

    def _add(self, role: Role, code: str, *, body: str, whole: bool = False) -> None:
        if body:
            pattern = re.compile(rf"(?<![\w-])(?:{body})(?!\w)")
            self._rules.append(_Rule(role, code, pattern, whole))


def _entities(
    sides: "Mapping[str, tuple[str, ...]]", pattern: re.Pattern[str]
) -> dict[str, tuple[str, ...]]:
    """Take whom each side is for out of its terms; whom two sides share, nobody gets."""
    found: dict[str, set[str]] = {code: set() for code in sides}
    for code, terms in sides.items():
        for term in terms:
            match = pattern.fullmatch(term)
            if match:
                found[code].add(match["who"].strip())
    seen = Counter(who for whos in found.values() for who in whos)
    return {
        code: tuple(sorted(who for who in whos if seen[who] == 1))
        for code, whos in found.items()
    }


def _any(terms: "Iterable[str]") -> str:
    """Write terms as one alternation, the longest first; hyphen and space are alike."""
    bodies: list[str] = []
    for term in sorted(set(terms), key=lambda t: (-len(t), t)):
        words = re.split(r"[- ]+", term.removesuffix("*"))
        body = "[- ]".join(re.escape(word) for word in words if word)
        if body:
            bodies.append(body + (r"\w*" if term.endswith("*") else "s?"))
    return f"(?:{'|'.join(bodies)})" if bodies else ""


def _longest(found: list[TermHit]) -> tuple[TermHit, ...]:
    """Keep the longest hit wherever several overlap; of equal ones the first rule's."""
    kept: list[TermHit] = []
    for hit in sorted(found, key=lambda h: h.start - h.end):
        if not any(k.start < hit.end and hit.start < k.end for k in kept):
            kept.append(hit)
    return tuple(sorted(kept, key=lambda h: h.start))
