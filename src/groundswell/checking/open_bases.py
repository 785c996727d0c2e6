"""Shares whose words leave open among which protests: two readings, one verdict.

`90 percent of protests were ...` can mean the protests on the topic, or all of them, and
the two can be far apart. The literal one is of all protests.
"""

from dataclasses import replace
from typing import TYPE_CHECKING

from groundswell.checking.candidates import may_decide
from groundswell.core.verdicts import Flip

if TYPE_CHECKING:
    from groundswell.core.verdicts import Verdict

# The first line that applies says which of the two verdicts is worked with.
_ORDER = (
    ("all", {"reproduced", "traced"}),
    ("topic", {"reproduced", "traced", "narrower"}),
    ("all", {"narrower"}),
    ("topic", {"depends"}),
    ("all", {"depends"}),
    ("topic", {"undecidable"}),
    ("all", {"undecidable"}),
)
_SAME = "The verdict is the same for both."
_LOWER = "Among all of them the share is lower still."


def settle_open_base(topic: "Verdict", literal: "Verdict") -> "Verdict":
    """Make one verdict of those on the two readings.

    Where both readings have the same verdict, it is that. A claim that holds among all
    protests holds as it is written. One that is supported among those on the topic alone
    is `narrower`: the words that name the topic are missing. They are missing too, but
    the claim is `traced`, where it names who counted and that is who printed the number
    for the topic. Otherwise it depends on the reading if it depends on anything, and is
    contradicted only if it is on both.

    Parameters
    ----------
    topic, literal
        The verdicts on the claim among the protests on the topic, and among all.

    Returns
    -------
    Verdict
        The one on which it rests, with the other among its reasons.

    Notes
    -----
    A share among all protests is at most that among those on the topic, since the same
    protests are counted over more. So what lies above the latter lies above both.
    """
    if topic.kind == literal.kind:
        return _with_reason(min(topic, literal, key=lambda v: v.off_by or 0.0), _SAME)
    if topic.kind == "contradicted" and _lies_above(topic):
        return _with_reason(topic, _LOWER)
    of_base = {"topic": topic, "all": literal}
    base = next(base for base, kinds in _ORDER if of_base[base].kind in kinds)
    verdict, other = of_base[base], of_base["all" if base == "topic" else "topic"]
    if base == "topic" and verdict.kind not in {"depends", "undecidable"}:
        return _supported_on_topic(verdict, other)
    if verdict.kind == "depends":
        verdict = replace(verdict, flips=(_flip(base), *verdict.flips))
    said = f"If {_meant(other)} are meant, the verdict is {other.kind}: "
    return _with_reason(verdict, said + _lower(other.answer))


def _supported_on_topic(topic: "Verdict", literal: "Verdict") -> "Verdict":
    is_named = topic.kind == "traced" and bool(topic.claim.scope.source)
    answers = [f"If {_meant(v)} are meant: {_lower(v.answer)}" for v in (topic, literal)]
    words = _meant(topic).removeprefix("protests ")
    changed = replace(
        topic,
        kind="traced" if is_named else "narrower",
        answer=" ".join(answers),
        missing_words=(words, *topic.missing_words),
    )
    return _with_reason(changed, "Both were checked.")


def _flip(base: str) -> Flip:
    words = {"topic": "those on the topic", "all": "all, whatever their cause"}
    other = "all" if base == "topic" else "topic"
    return Flip(
        decision_id="among",
        question="Of which protests is it a share?",
        holds_with=(words[base],),
        fails_with=(words[other],),
    )


def _meant(verdict: "Verdict") -> str:
    scope = verdict.claim.scope
    if scope.among == "all":
        return "all protests"
    return f"protests on {scope.topic_label or 'the topic'}"


def _with_reason(verdict: "Verdict", said: str) -> "Verdict":
    label = verdict.claim.scope.topic_label or "the topic"
    reason = (
        f"The words do not say whether all protests are meant or those on {label}. {said}"
    )
    return replace(verdict, reasons=(reason, *verdict.reasons))


def _lies_above(topic: "Verdict") -> bool:
    known: list[float] = []
    if topic.is_covered and topic.measurement is not None:
        known = [v.value for v in topic.measurement.range.values if v.value is not None]
    if not known:
        known = [
            value.value
            for match in topic.figures
            if match.relation == "same" and may_decide(topic.claim, match)
            for value in match.figure.values
        ]
    return bool(known) and topic.claim.value.low >= max(known)


def _lower(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]
