"""A sentence as tagged tokens: dates, quantities, sources, terms, places, plain words.

What is longer and surer comes first: a window is settled before the number in it, a
codebook's term before the word it is made of. A place becomes part of the scope only
where the words put the protests there (`in the United States`, `German protests`); one
that stands before another noun (`the US consulate`) stays a plain word.
"""

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from groundswell.core.places import WORLD
from groundswell.language.places import PlaceSpan, find_places
from groundswell.language.windows import WindowSpan
from groundswell.reading.attribution import SourceHit, find_sources
from groundswell.reading.lexicon import (
    LOCAL_PLACES,
    NO_ADVERBS,
    PHRASE_TAGS,
    PHRASES,
    WORD_TAGS,
)
from groundswell.reading.quantities import find_quantities
from groundswell.reading.quantity import Quantity
from groundswell.reading.smoothing import smooth
from groundswell.reading.terms import TermFinder, TermHit
from groundswell.reading.windows import find_claim_windows

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from groundswell.core.text import TextMap
    from groundswell.reading.frames import Range

Payload = WindowSpan | PlaceSpan | SourceHit | TermHit | Quantity | None

_ROLE_TAGS = {
    "side": "s",
    "side-verb": "S",
    "side-march": "Y",
    "side-passive": "I",
    "topic": "t",
    "topic-verb": "T",
    "mention": "G",
}
_WORD = re.compile(
    r"\d+(?:[.,]\d+)*|'s(?!\w)|[^\W_]+(?:[-'.][^\W_]+)*(?:'(?=\s|$))?|[^\s]"
)
_BRACKETS = re.compile(
    r"\([^()]*\)|\[[^\[\]]*\]|(?:\s[-\u2013]\s|\s?\u2014\s?)[^-\u2013\u2014()]{1,120}"
    r"(?:\s[-\u2013](?=\s)|\s?\u2014)"
)
_LOCATIVE = re.compile(
    r"(?i)(?<![\w-])(?:(?:in|across|throughout|within|inside|all\sover|in\sand\saround|"
    r"(?:swept|rocked|gripped|roiled|engulfed)(?:\s(?:across|through))?)\s)"
    r"(?:(?:all\sof|mainland|cities\sacross|cities\sin)\s)?(?:the\s)?$"
)
_WORLD_ADVERB = re.compile(
    r"(?i)(?:worldwide|globally|(?:in|across|around|throughout|all\sover)\s.+|world-wide|"
    r"internationally)$"
)
_OF_THE_WORLD = re.compile(r"(?i)(?<![\w-])the\s(?:entire\s|whole\s)?world's(?!\w)")
_NOWHERE = re.compile(
    r"(?<![\w-])(?i:in|at|across|throughout|outside|on|near|around|inside|over|from)\s"
    rf"(?:(?:[\w.'-]+\s){{0,3}}?(?i:{LOCAL_PLACES})(?![\w-])|"
    r"(?:(?i:the|downtown|central|nearby|western|eastern|northern|southern)\s)?"
    r"(?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)[A-Z][\w.-]+(?:\s[A-Z][\w-]+)*)"
)
_NATIONWIDE = re.compile(
    r"(?i)(?<![\w-])(?:nationwide|statewide|citywide|nationally|elsewhere|abroad|overseas|"
    r"at\shome|locally|regionally|domestically|"
    r"(?:in|across|around|throughout)\sthe\s(?:\w+\s)?(?:country|nation|state|region|continent|"
    r"city|world|west|east|north|south))(?![\w-])"
)
_REPORT_DATE = re.compile(
    r"(?i)(?:\b(?:said|says|told|wrote|announced|published|released|updated|dated|issued|"
    r"posted|reported|interview|speaking|accessed|retrieved|report|study|article|"
    r"statement|analysis|dataset)(?:\s(?:on|in|from|of|last))?\s)$"
)
_REPORT_NOUN = re.compile(
    r"(?i)\s(?:\w+\s)?(?:report|study|survey|poll|analysis|article|interview|statement|"
    r"press|release|edition|issue|paper|briefing)\b"
)
_REPORT_VERB = re.compile(
    r",?\s(?:[\w&'().-]+\s){0,6}?(?i:said|reported|noted|announced|wrote|told|stated|says|"
    r"reports|found)\s(?:that\s)?"
)
# "protests spread across X": the place is that of the protests
_HAPPENED = re.compile(
    r"(?:continued?|continuing|spread|spreading|swept|began|begun|started|resumed|returned|"
    r"intensified|escalated|flared|surged|swelled|multiplied|popped|sprang|ended|peaked)"
)
_LOOK_BACK = 40
_SHORTEST_ADVERB = 4
_LONGEST_BRACKET = 3
_SIGN_TAGS = {
    "\u2014": "-",
    "\u2013": "-",
    "-": "-",
    ":": ";",
    ";": ";",
    "|": ";",
    ",": ",",
}


@dataclass(frozen=True, slots=True)
class Token:
    """One word or a stretch that works like one; offsets in the smooth sentence."""

    tag: str
    start: int
    end: int
    payload: Payload = None
    inner: tuple["Token", ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Tagged:
    """A sentence ready for frames.

    Attributes
    ----------
    text
        The smooth sentence.
    to_printed
        Way from it to the sentence as printed.
    tokens
        In the order of the text.
    tags
        One letter for each token.
    is_question
        Whether it ends in a question mark.
    """

    text: str
    to_printed: "TextMap"
    tokens: tuple[Token, ...]
    tags: str = field(default="")
    is_question: bool = False

    def words(self, tokens: "Range") -> str:
        """Return the smooth words of a run of tokens."""
        first, last = tokens
        if first >= last:
            return ""
        return self.text[self.tokens[first].start : self.tokens[last - 1].end]


@dataclass(frozen=True, slots=True, kw_only=True)
class TagContext:
    """What tagging needs beside the sentence."""

    finder: TermFinder
    published: "date | None"
    named_dates: "Mapping[str, date]"
    looked_for: str = ""


def tag_sentence(printed: str, *, context: TagContext) -> Tagged:
    """Tag a sentence.

    Parameters
    ----------
    printed
        The sentence as printed.
    context
        Terms, day of publication, named dates.

    Returns
    -------
    Tagged
        Its tokens; brackets are one token each, with their own tokens inside.
    """
    text, back = smooth(printed)
    spans = _spans(text, context)
    tokens = _close_brackets(text, _settle_places(text, _fill(text, spans)))
    return Tagged(
        text=text,
        to_printed=back,
        tokens=tuple(tokens),
        tags="".join(token.tag for token in tokens),
        is_question=text.rstrip("\"') ").endswith("?"),
    )


def _spans(text: str, context: TagContext) -> list[Token]:
    windows = find_claim_windows(
        text, published=context.published, named_dates=context.named_dates
    )
    kept: list[Token] = []
    _keep(kept, (Token(_window_tag(text, w), w.start, w.end, w) for w in windows))
    quantities = find_quantities(text, taken=[(w.start, w.end) for w in windows])
    shares = [q for q in quantities if q.form != "number"]
    _keep(kept, (Token(_share_tag(q, text), q.start, q.end, q) for q in shares))
    places = find_places(text, with_adjectives=True)
    _keep(kept, (t for t in _place_tokens(text, places, hits=()) if _is_world(t)))
    hits = context.finder.find(text)
    _keep(kept, _sources(text, kept, places=places, hits=hits))
    _keep(
        kept,
        (
            Token(_ROLE_TAGS[h.role], h.start, h.end, h)
            for h in hits
            if h.role != "mention"
        ),
    )
    counts = [q for q in quantities if q.form == "number"]
    _keep(kept, (Token("n", q.start, q.end, q) for q in counts))
    _keep(kept, _place_tokens(text, places, hits=hits))
    _keep(kept, (Token(_ROLE_TAGS[h.role], h.start, h.end, h) for h in hits))
    _keep(kept, _phrases(text))
    _keep(kept, (Token("V", m.start(), m.end()) for m in _NATIONWIDE.finditer(text)))
    _keep(kept, (Token("L", m.start(), m.end()) for m in _NOWHERE.finditer(text)))
    return kept


def _keep(kept: list[Token], tokens: "Iterable[Token]") -> None:
    for token in tokens:
        if not any(k.start < token.end and token.start < k.end for k in kept):
            kept.append(token)


def _window_tag(text: str, window: WindowSpan) -> str:
    before = text[max(0, window.start - _LOOK_BACK) : window.start]
    is_day = window.window.start == window.window.end
    is_report = (
        _REPORT_DATE.search(before) is not None
        or _REPORT_NOUN.match(text, window.end) is not None
        or (is_day and _REPORT_VERB.match(text, window.end) is not None)
    )
    return "W" if is_report and "between" not in window.text.lower() else "w"


def _share_tag(quantity: Quantity, text: str) -> str:
    if quantity.kind != "share":
        return "B" if quantity.kind == "points" else "n"
    if quantity.form == "adverb":
        return "U"
    words = text[quantity.start : quantity.end].lower()
    return "Q" if quantity.form == "parts" or words.endswith(("most", "half")) else "q"


def _sources(
    text: str,
    kept: list[Token],
    *,
    places: tuple[PlaceSpan, ...],
    hits: tuple[TermHit, ...],
) -> list[Token]:
    taken = [(token.start, token.end) for token in kept]
    taken += [(place.start, place.end) for place in places]
    taken += [(hit.start, hit.end) for hit in hits if hit.role != "mention"]
    mentions = {text[hit.start : hit.end].lower() for hit in hits}
    return [
        Token("R", source.start, source.end, source)
        for source in find_sources(text, taken=taken)
        if source.name.lower() not in mentions
    ]


def _place_tokens(
    text: str, places: tuple[PlaceSpan, ...], *, hits: tuple[TermHit, ...]
) -> list[Token]:
    """Take places with their preposition; the others wait for their neighbours (`K`)."""
    tokens: list[Token] = [
        Token(
            "K",
            m.start(),
            m.end(),
            PlaceSpan(place=WORLD, start=m.start(), end=m.end(), text=m[0]),
        )
        for m in _OF_THE_WORLD.finditer(text)
    ]
    mentions = [(h.start, h.end) for h in hits if h.role == "mention"]
    for place in places:
        opening = _LOCATIVE.search(text, max(0, place.start - _LOOK_BACK), place.start)
        if not place.place.path and _WORLD_ADVERB.match(place.text):
            tokens.append(Token("l", place.start, place.end, place))
        elif opening and not text[place.end :].startswith("'s"):
            tokens.append(Token("l", opening.start(), place.end, place))
        elif not any(s < place.end and place.start < e for s, e in mentions):
            tokens.append(Token("K", place.start, place.end, place))
    return tokens


def _is_world(token: Token) -> bool:
    payload = token.payload
    return token.tag == "l" and isinstance(payload, PlaceSpan) and not payload.place.path


def _phrases(text: str) -> list[Token]:
    return [
        Token(PHRASE_TAGS[match.lastgroup], match.start(), match.end())
        for match in PHRASES.finditer(text)
        if match.lastgroup
    ]


def _fill(text: str, spans: list[Token]) -> list[Token]:
    """Put the plain words between the spans."""
    tokens: list[Token] = []
    last = 0
    for span in [*sorted(spans, key=lambda t: t.start), None]:
        stop = len(text) if span is None else span.start
        tokens.extend(
            Token(tag, match.start(), match.end())
            for match in _WORD.finditer(text, last, stop)
            if (tag := _word_tag(match[0]))
        )
        if span is not None:
            tokens.append(span)
            last = span.end
    return tokens


def _word_tag(word: str) -> str:
    lower = word.lower().rstrip("'")
    tag = WORD_TAGS.get(lower) or _SIGN_TAGS.get(lower)
    if tag:
        return tag
    if not lower or not lower[0].isalnum():
        return ""
    if lower.endswith("n't"):
        return "N"
    is_adverb = lower.endswith("ly") and len(lower) > _SHORTEST_ADVERB
    return "h" if is_adverb and lower not in NO_ADVERBS else "x"


def _settle_places(text: str, tokens: list[Token]) -> list[Token]:
    """Decide from its neighbours what a bare place does."""
    settled: list[Token] = []
    for index, token in enumerate(tokens):
        tag = token.tag
        if tag == "K":
            after = "".join(t.tag for t in tokens[index + 1 : index + 8])
            before = "".join(t.tag for t in settled[-2:])
            tag = _place_tag(before, after)
        elif tag == "l" and _is_of_other_noun(text, settled, place=token):
            after = "".join(t.tag for t in tokens[index + 1 : index + 4])
            # "police in X recorded": the place of what they recorded
            tag = "l" if re.match(r"[vh]*r", after) else "x"
        elif tag == "l" and settled and settled[-1].tag == "j":
            tag = "W"  # "published in X" is where the report stands
        settled.append(
            token
            if tag == token.tag
            else Token(tag, token.start, token.end, token.payload)
        )
    return settled


def _place_tag(before: str, after: str) -> str:
    if before.endswith(("lc", "l,")):
        return "l"
    if re.match(r"[vh]*r", after) and not before.endswith(("x", "i")):
        return "l"
    return "a" if re.match(r"[abGhswnD]*[puP]", after) else "x"


def _is_of_other_noun(text: str, settled: list[Token], *, place: Token) -> bool:
    """Say whether `in X` belongs to the noun before it: `the war in X`."""
    span = place.payload
    is_country = isinstance(span, PlaceSpan) and bool(span.place.path)
    if not is_country or not settled or settled[-1].tag not in {"x", "G"}:
        return False
    return not _HAPPENED.fullmatch(text, settled[-1].start, settled[-1].end)


def _close_brackets(text: str, tokens: list[Token]) -> list[Token]:
    """Make each bracket one token, `E` where it holds one share."""
    closed: list[Token] = []
    position = 0
    for match in _BRACKETS.finditer(text):
        inside = [t for t in tokens if match.start() <= t.start and t.end <= match.end()]
        crossing = [t for t in tokens if t.start < match.end() and match.start() < t.end]
        if len(inside) != len(crossing):
            continue
        closed.extend(t for t in tokens if position <= t.start < match.start())
        position = match.end()
        inner = tuple(t for t in inside if t.tag != "-")
        shares = sum(t.tag == "q" for t in inner)
        is_share = shares == 1 and len(inner) <= _LONGEST_BRACKET
        tag = "E" if is_share else "e"
        closed.append(Token(tag, match.start(), match.end(), None, inner))
    closed.extend(t for t in tokens if position <= t.start)
    return closed
