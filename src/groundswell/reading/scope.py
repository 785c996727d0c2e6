"""From a frame to a scope: what is counted, for which side, among what, when, where.

Among what: `all` where the words say all protests (`all demonstrations`, `global
protests`), or where the claim is the share of the topic itself; `sided` where the base
names two sides; `open` where the base is bare (`protests in Italy`), or goes back to
protests of which no words name a topic, and could mean both all protests and those in
question; else `topic`, since a share of a side is said of the protests in question. For
a count it carries no meaning and is `topic`.
"""

from typing import TYPE_CHECKING

from groundswell.core.claims import ClaimAmong, Scope, Unit
from groundswell.core.dates import Window
from groundswell.core.places import Place
from groundswell.language.places import PlaceSpan
from groundswell.reading.anaphora import (
    find_antecedent,
    find_unclear_reference,
    reference_of,
)
from groundswell.reading.cases import Case, Refused, Resolved, Words
from groundswell.reading.evidence import Evidence, gather
from groundswell.reading.limits import find_limit, sides_in
from groundswell.reading.quantity import Quantity
from groundswell.reading.unclear import (
    find_lost_ending,
    find_lost_opening,
    find_unclear_words,
    find_unnamed_region,
)

if TYPE_CHECKING:
    from groundswell.reading.tagging import Token

_NOUNS = frozenset("puP")
_PEOPLE = frozenset("uH")
_NOTHING = (0, 0)


def resolve_frame(case: Case) -> Resolved | Refused:
    """Work out the scope of a frame, or why it has none.

    Parameters
    ----------
    case
        The frame with what it may go back to.

    Returns
    -------
    Resolved or Refused
        A claim, or the reason why it is none.
    """
    why = find_limit(case.frame, case.tagged) or _mixed_units(case)
    if why:
        return case.refused(why)
    reference = reference_of(case)
    earlier = None
    if reference in {"zero", "pronoun", "pointing"} and case.claims_before:
        # a claim about the whole topic is the antecedent's own clause: look there instead
        last = case.claims_before[-1]
        earlier = last if last.scope.side else None
    antecedent = None
    if reference != "none" and earlier is None:
        antecedent = find_antecedent(case)
        why = find_unclear_reference(case, reference, found=antecedent)
    evidence = gather(case, antecedent, earlier=earlier)
    why = why or _unclear_scope(case, evidence)
    return case.refused(why) if why else _claim(case, evidence)


def _mixed_units(case: Case) -> str:
    base, subject = set(case.base_tags), set(case.subject_tags)
    has_both = bool(base & set("pu")) and bool(subject & set("pu"))
    if case.frame.name != "drew" and has_both and ("u" in base) != ("u" in subject):
        return "It sets protests on one side against people on the other."
    return ""


def _unclear_scope(case: Case, evidence: Evidence) -> str:
    tagged, start = case.tagged, case.frame.start
    why = evidence.problem
    before = case.tokens((max(0, start - 2), start))
    if any(tagged.text[t.start : t.end].lower() == "where" for t in before):
        why = "'where' goes back to a place that is not read"
    clauses = [clause for clause in evidence.ranges if clause[0] < clause[1]]
    for clause in clauses:
        why = why or find_unclear_words(tagged, clause, start=min(start, clause[1]))
    place, _ = evidence.take("place")
    named = place if isinstance(place, Place) else None
    for clause in clauses:
        why = why or find_unnamed_region(tagged, clause, place=named)
    goes_back = evidence.antecedent is not None and evidence.antecedent.line is case.line
    if not why and not goes_back and not case.claims_before and not _has_lead(evidence):
        why = find_lost_opening(tagged, evidence.ranges[1][0])
    if not why and not any(other.quantity > start for other in case.others):
        why = find_lost_ending(tagged, evidence.ranges[1][1])
    return f"The scope is not clear: {why}." if why else ""


def _has_lead(evidence: Evidence) -> bool:
    return evidence.ranges[0][0] < evidence.ranges[0][1]


def _claim(case: Case, evidence: Evidence) -> Resolved:
    quantity, said = _quantity(case)
    side = next(iter(sides_in(case.tagged, case.frame.predicate)), "")
    window, window_words = evidence.take("window")
    place, place_words = evidence.take("place")
    source, source_words = evidence.take("source")
    return Resolved(
        frame=case.frame,
        line=case.line,
        value=quantity.value,
        scope=Scope(
            statistic=case.frame.statistic,
            codebook_id=case.codebook_id,
            side=side,
            among=_among(case, evidence, side=side),
            unit=_unit(case, evidence),
            window=window if isinstance(window, Window) else None,
            place=place if isinstance(place, Place) else None,
            source=source if isinstance(source, str) else "",
        ),
        words=(
            *said,
            *_base_words(case, evidence),
            *window_words,
            *place_words,
            *source_words,
        ),
        note=evidence.note,
    )


def _quantity(case: Case) -> tuple[Quantity, tuple[Words, ...]]:
    # a number in brackets is nearer than a word before it
    frame, tokens = case.frame, case.tagged.tokens
    token = tokens[frame.quantity]
    is_word = isinstance(token.payload, Quantity) and token.payload.form in {
        "majority",
        "adverb",
    }
    places = (frame.quantity, frame.quantity + 1, frame.predicate[1])
    near = [tokens[i] for i in places if i < len(tokens) and tokens[i].tag == "E"]
    if near and (is_word or token.tag == "E"):
        token = next(t for t in near[0].inner if t.tag in "qQ")
    if not isinstance(token.payload, Quantity):
        raise TypeError(f"the frame {frame.name} holds no quantity")
    said = [Words(part="value", line=case.line, start=token.start, end=token.end)]
    if frame.predicate != _NOTHING:
        said.append(case.words("side", frame.predicate))
    return token.payload, tuple(said)


def _among(case: Case, evidence: Evidence, *, side: str) -> ClaimAmong:
    if case.frame.statistic == "count":
        return "topic"
    if not side:
        return "all"
    if len(sides_in(case.tagged, case.frame.base)) > 1:
        return "sided"
    if evidence.earlier:
        return evidence.earlier.scope.among
    return _among_one_side(case, evidence)


def _among_one_side(case: Case, evidence: Evidence) -> ClaimAmong:
    tags, antecedent = set(case.base_tags), evidence.antecedent
    if tags & set("tG"):
        return "topic"
    if "A" in tags or any(_is_global(token) for token in case.tokens(case.frame.base)):
        return "all"
    if antecedent is not None:
        return "topic" if antecedent.is_on_topic else "open"
    # `these protests` of a sentence alone are those in question
    return "topic" if tags & set("dD") or not tags & _NOUNS else "open"


def _is_global(token: "Token") -> bool:
    """Say whether the world stands before the noun: `global protests`."""
    place = token.payload
    return token.tag == "a" and isinstance(place, PlaceSpan) and not place.place.path


def _unit(case: Case, evidence: Evidence) -> Unit:
    for tags in (set(case.base_tags), set(case.subject_tags)):
        if tags & _PEOPLE:
            return "participants"
        if tags & _NOUNS:
            return "events"
    if evidence.earlier:
        return evidence.earlier.scope.unit
    is_people = evidence.antecedent is not None and evidence.antecedent.tag == "u"
    return "participants" if is_people else "events"


def _base_words(case: Case, evidence: Evidence) -> tuple[Words, ...]:
    base, found = case.frame.base, evidence.antecedent
    if base != _NOTHING:
        nouns = [
            Words(part="unit", line=case.line, start=token.start, end=token.end)
            for token in case.tokens(base)
            if token.tag in _NOUNS | _PEOPLE
        ]
        return (case.words("among", base), *nouns[:1])
    if found:
        noun = found.line.tagged.tokens[found.noun]
        return (Words(part="among", line=found.line, start=noun.start, end=noun.end),)
    if evidence.earlier:
        return tuple(w for w in evidence.earlier.words if w.part == "among")
    return ()
