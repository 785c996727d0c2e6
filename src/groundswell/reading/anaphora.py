"""What `these protests`, `of which` or a number without a noun goes back to.

The nearest protests before it are taken: in the sentence itself, else in one of the two
sentences before. They hand on what their own clause says of time and place; where they
are a narrower kind of protests than any scope can say, that is said instead.
"""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from groundswell.reading.clauses import clause_of
from groundswell.reading.frames import find_frames
from groundswell.reading.limits import sides_in
from groundswell.reading.unclear import find_loose_place, find_unclear_words

if TYPE_CHECKING:
    from groundswell.reading.cases import Case, Line
    from groundswell.reading.frames import Range
    from groundswell.reading.tagging import Tagged, Token

Reference = Literal["none", "zero", "pronoun", "pointing", "definite"]

_SENTENCES_BACK = 2
_OTHER_PEOPLE = re.compile(
    r"(?i)\b(?:polls?|polled|surveys?|surveyed|respondents|voters|adults|interviewed|"
    r"members|residents|citizens)\b"
)
_OWN_WORDS = frozenset("tGwlasRnx")
_NOUNS = frozenset("puP")
_TOPIC = frozenset("tTGsSYI")
_POINTS = frozenset({"pronoun", "pointing"})
_ONE_SIDE = "It is a share within one side, not a share of a side."


@dataclass(frozen=True, slots=True, kw_only=True)
class Antecedent:
    """Protests that a number goes back to.

    Attributes
    ----------
    line, noun
        Their sentence, and the token of the noun in it.
    tokens
        Their clause.
    is_on_topic
        Whether the words up to there name a topic or a side, or they are `the protests`:
        those in question.
    problem
        Why they cannot stand in for a scope.
    """

    line: "Line"
    noun: int
    tokens: tuple["Token", ...]
    is_on_topic: bool
    problem: str = ""

    @property
    def tag(self) -> str:
        """Whether they are protests (`p`) or protesters (`u`)."""
        return self.line.tagged.tags[self.noun]


def reference_of(case: "Case") -> Reference:
    """Say how the noun phrase of a frame points back.

    Parameters
    ----------
    case
        The frame in its sentence.

    Returns
    -------
    Reference
        `none` where it says itself what it is about.
    """
    tags = case.base_tags
    if case.frame.statistic == "count":
        if case.frame.name == "gapped-count":
            return "zero"
        return "pointing" if "d" in tags else "none"
    if not tags:
        inside = case.tagged.tags[case.frame.quantity : case.frame.end]
        return "pronoun" if re.search(r"o[dD]?[gdm]", inside) else "zero"
    if not _NOUNS & set(tags):
        return "pronoun"
    if "d" in tags:
        return "pointing"
    return "definite" if tags[0] == "D" and not _OWN_WORDS & set(tags) else "none"


def find_antecedent(case: "Case") -> Antecedent | None:
    """Find the protests that a frame goes back to.

    Parameters
    ----------
    case
        The frame in its sentence.

    Returns
    -------
    Antecedent or None
        `None` where there are none near enough.
    """
    found = _last_noun(case.line, end=case.frame.start)
    for earlier in reversed(case.before[-_SENTENCES_BACK:]):
        found = found or _last_noun(earlier, end=len(earlier.tagged.tokens))
    return found


def find_unclear_reference(
    case: "Case", reference: Reference, *, found: Antecedent | None
) -> str:
    """Say why a reference does not settle what the number is a share of.

    Parameters
    ----------
    case
        The frame in its sentence.
    reference
        How it points back.
    found
        What it points to.

    Returns
    -------
    str
        The reason, empty where there is none.
    """
    if found and found.problem and reference != "zero":
        return found.problem
    if found and reference in {"pronoun", "pointing"} and _is_one_side(found):
        return _ONE_SIDE
    says_what = case.frame.subject != (0, 0) or case.frame.name == "brackets"
    if found is None and reference in _POINTS and _has_scope_before(case):
        return "It does not say which protests it goes back to."
    if reference not in {"zero", "pronoun"} or says_what:
        return ""
    predicate = case.tagged.tags[slice(*case.frame.predicate)]
    is_of_people = reference == "zero" and predicate in {"S", "Y"}
    if found is None or is_of_people or _may_be_a_poll(case):
        return "It does not say what the number is a share of."
    return ""


def _last_noun(line: "Line", *, end: int) -> Antecedent | None:
    tagged = line.tagged
    noun = max(tagged.tags.rfind("p", 0, end), tagged.tags.rfind("u", 0, end))
    if noun < 0:
        return None
    first, last = clause_of(tagged, (noun, noun + 1))
    # a clause with a number of its own (a poll) hands nothing on
    framed = {frame.quantity for frame in find_frames(tagged)}
    has_number = any(
        tagged.tags[i] in "qQ" and i not in framed for i in range(first, last)
    )
    return Antecedent(
        line=line,
        noun=noun,
        tokens=() if has_number else tagged.tokens[first : min(last, end)],
        is_on_topic=bool(_TOPIC & set(tagged.tags[:end]))
        or tagged.tags[max(0, noun - 1)] in "dD",
        problem="" if has_number else _problem(tagged, noun, clause=(first, last)),
    )


def _problem(tagged: "Tagged", noun: int, *, clause: "Range") -> str:
    if noun > 0 and tagged.tags[noun - 1] == "x":
        unknown = tagged.words((noun - 1, noun))
        return (
            f"It goes back to a narrower set of protests ({unknown!r}), which no scope "
            "of records can say."
        )
    if "L" in tagged.tags[slice(*clause)]:
        return (
            "It goes back to protests in a place that the tables of places do not hold."
        )
    why = find_unclear_words(tagged, clause, start=noun)
    why = why or find_loose_place(tagged, clause)
    return (
        f"The scope of the protests that it goes back to is not clear: {why}."
        if why
        else ""
    )


def _is_one_side(found: Antecedent) -> bool:
    """Say whether the antecedent is itself the protests of one side."""
    tagged, noun = found.line.tagged, found.noun
    return len(sides_in(tagged, (max(0, noun - 2), noun + 2))) == 1


def _has_scope_before(case: "Case") -> bool:
    """Say whether a sentence before names a time or place that may be meant."""
    lines = case.before[-_SENTENCES_BACK:]
    return any(set("wl") & set(line.tagged.tags) for line in lines)


def _may_be_a_poll(case: "Case") -> bool:
    """Say whether a number without a noun may be a share of people who were asked."""
    lines = [*case.before[-_SENTENCES_BACK:], case.line]
    return any(_OTHER_PEOPLE.search(line.tagged.text) for line in lines)
