"""The words for what results say, the same on paper and in the terminal."""

from typing import TYPE_CHECKING

from groundswell.core.claims import COUNT_CEILING
from groundswell.core.phrases import (
    format_count,
    format_date,
    format_ends,
    format_exact_share,
    format_points,
    format_value,
    join_words,
)
from groundswell.core.verdicts import VERDICT_MEANING
from groundswell.reports.formatting import full_stop, in_words, plural, sentence_case

if TYPE_CHECKING:
    from collections.abc import Sequence

    from groundswell.core.claims import (
        ClaimAmong,
        ClaimValue,
        Comparator,
        ScopePart,
        Statistic,
        Unit,
    )
    from groundswell.core.decisions import Decision, Specification
    from groundswell.core.estimates import Interval, Range
    from groundswell.core.figures import Figure
    from groundswell.core.sources import Redistribution, Selection, Subject
    from groundswell.core.verdicts import (
        ArticleCheck,
        Flip,
        ScopeRelation,
        Verdict,
        VerdictKind,
    )

COMPARATOR_WORDS: "dict[Comparator, str]" = {
    "equal": "",
    "about": "about ",
    "nearly": "nearly ",
    "more-than": "more than ",
    "at-least": "at least ",
    "less-than": "less than ",
    "at-most": "at most ",
    "majority": "a majority, more than ",
    "minority": "a minority, less than ",
}
AMONG_WORDS: "dict[ClaimAmong, str]" = {
    "sided": "those that take one of the sides",
    "topic": "all on the topic (whether neutral ones belong is a decision)",
    "all": "all protests, whatever their cause",
    "open": "all protests or those on the topic: the words do not say",
}
FIGURE_AMONG_WORDS: "dict[ClaimAmong, str]" = {
    **AMONG_WORDS,
    "topic": "all on the topic, neutral ones included",
}
PART_WORDS: "dict[ScopePart, str]" = {
    "value": "The number",
    "statistic": "Of what",
    "unit": "Counted in",
    "side": "Side",
    "among": "Among",
    "window": "When",
    "place": "Where",
    "source": "According to",
}
RELATION_WORDS: "dict[ScopeRelation, str]" = {
    "same": "the same scope as the claim",
    "inside": "a narrower scope than the claim",
    "wider": "a wider scope than the claim",
    "overlaps": "a scope that overlaps the claim’s",
    "apart": "another scope than the claim’s",
}
SELECTION_WORDS: "dict[Selection, str]" = {
    "all": "every protest, whatever its cause",
    "one-topic": "protests of one topic only",
    "one-side": "protests of one side only",
    "one-kind": "protests of one kind only",
    "unknown": "not known which protests were looked for",
}
SUBJECT_WORDS: "dict[Subject, str]" = {
    "protests": "protests",
    "wider": "protests among other events, from which they are chosen",
    "mentions": "what a program took from news for an event, often repeated or false",
    "announcements": "announcements of protests, held or not",
    "other": "no protests",
}
REDISTRIBUTION_WORDS: "dict[Redistribution, str]" = {
    "rows": "rows may be passed on",
    "aggregate": "only totals may be passed on, no rows",
    "none": "nothing may be passed on",
}
NOT_COVERED = (
    "The records do not cover the claim’s own scope. "
    "These are the nearest numbers that they give."
)
COVERED = "The records cover the claim’s own scope."
_CHOICES = (
    "Each claim is answered from records of single events, or from figures that others "
    "have published, or from both. Neither can be read without choices: which words put "
    "an event on a side, whether neutral events belong in the denominator, whether a "
    "weekly vigil is one event or many. Every such choice is declared, and the number is "
    "computed under all combinations of them. One combination is called a definition "
    "here. The range over definitions comes before any single number, and percentages "
    "are rounded to what that range supports."
)
_VERDICTS = (
    "A claim holds under a definition if the number under it is one that the words of "
    "the claim allow. Records that cover its scope decide it: it is reproduced "
    "if it holds under every definition, depends if it holds under some, and is "
    "contradicted if it holds under none. Where they do not cover it, published figures "
    "may speak, each for its own scope alone; one can be the probable origin only if it "
    "is older than the article. The ledger beneath each number charges every row to the "
    "first reason that applies; it adds up, or the number is not printed."
)
_NEUTRAL = (
    "No verdict says that an article is true or false, and the same rules apply to every "
    "side."
)
METHOD = (_CHOICES, _VERDICTS, _NEUTRAL)


def verdict_meaning(kind: "VerdictKind") -> str:
    """Say what a kind of verdict means."""
    return VERDICT_MEANING[kind].replace("'", "’")


def headline(check: "ArticleCheck") -> str:
    """Write the headline of a check."""
    n = len(check.verdicts)
    if n == 0:
        return "No claim here that records can speak to"
    speaker = "the records say" if check.snapshots else "published figures say"
    return f"What {speaker} about {in_words(n)} claim{'' if n == 1 else 's'}"


def tally(verdicts: "Sequence[Verdict]") -> str:
    """Count verdicts by kind, in the order in which the kinds are declared."""
    if len(verdicts) == 1:
        return f"the verdict: {verdicts[0].kind}"
    kinds = [verdict.kind for verdict in verdicts]
    present = [kind for kind in VERDICT_MEANING if kind in kinds]
    counts = [f"{in_words(kinds.count(kind))} {kind}" for kind in present]
    return f"the verdicts: {join_words(counts)}" if counts else ""


def claim_value(value: "ClaimValue", *, statistic: "Statistic") -> str:
    """Print what a claim says the number is: `about 90%`."""
    printed = (
        format_exact_share(value.printed)
        if statistic == "share"
        else format_count(value.printed)
    )
    return f"{COMPARATOR_WORDS[value.comparator]}{printed}"


def allowed_values(value: "ClaimValue", *, statistic: "Statistic") -> str:
    """Print the values that the words of a claim allow."""
    is_share = statistic == "share"
    show = format_exact_share if is_share else format_count
    if value.low == value.high:
        return f"{show(value.low)} only"
    if value.high >= (1 if is_share else COUNT_CEILING):
        return f"{'more than' if value.low_open else 'at least'} {show(value.low)}"
    if value.low <= 0:
        return f"{'less than' if value.high_open else 'at most'} {show(value.high)}"
    low = f"{'just over ' if value.low_open else ''}{show(value.low)}"
    return f"{low} to {'just under ' if value.high_open else ''}{show(value.high)}"


def flip_heads(flips: "Sequence[Flip]") -> tuple[str, str]:
    """Head the options with which a claim holds and fails, or does so more often."""
    if all(flip.is_alone for flip in flips):
        return "Holds with", "Fails with"
    return "Holds with, or more often", "Fails with, or more often"


def counted(statistic: "Statistic", unit: "Unit") -> str:
    """Print what a claim counts: `share of events`."""
    return f"{'share' if statistic == 'share' else 'number'} of {unit}"


def range_sentence(over: "Range", *, unit: str) -> str:
    """Say how far the definitions reach.

    Parameters
    ----------
    over
        The range over specifications.
    unit
        Unit of its values.

    Returns
    -------
    str
        One to three sentences.
    """
    definitions = plural(over.n_specifications, "definition")
    if over.low is None or over.high is None:
        return f"None of {definitions} gives a value: the denominator is empty."
    if over.n_specifications == 1:
        return f"The one definition gives {format_ends(over.low, over.high, unit=unit)}."
    ends = format_ends(over.low, over.high, unit=unit)
    said = [f"{definitions} give {ends}."]
    if over.published_low is not None and over.published_high is not None:
        printed = published_ends(over, unit=unit)
        said.append(f"Those that somebody uses in print give {printed}.")
    if over.n_undefined:
        said.append(f"{over.n_undefined:,} of them have an empty denominator.")
    return " ".join(said)


def published_ends(over: "Range", *, unit: str) -> str:
    """Print the range over published uses with the precision of the whole range."""
    width = (over.high or 0.0) - (over.low or 0.0)
    ends = [
        format_value(end, unit=unit, width=width)
        for end in (over.published_low, over.published_high)
    ]
    return ends[0] if ends[0] == ends[1] else " to ".join(ends)


def holds_sentence(verdict: "Verdict") -> str:
    """Say under how many definitions a claim holds; empty where none was computed."""
    n = verdict.n_specifications
    if n == 0:
        return ""
    if verdict.n_holds in {0, n}:
        whole = "no definition" if verdict.n_holds == 0 else "every definition"
        return f"The claimed value fits under {whole} of {n:,}."
    return f"The claimed value fits under {verdict.n_holds:,} of {n:,} definitions."


def off_by_sentence(verdict: "Verdict") -> str:
    """Say by how much the records miss the claim; empty where they do not."""
    if verdict.off_by is None:
        return ""
    scope, value = verdict.claim.scope, verdict.claim.value
    off = (
        format_points(verdict.off_by)
        if scope.statistic == "share"
        else f"{format_count(verdict.off_by)} {scope.unit}"
    )
    allowed = allowed_values(value, statistic=scope.statistic)
    return f"The nearest definition is {off} from what the words allow ({allowed})."


def interval_sentence(interval: "Interval | None", *, unit: str) -> str:
    """Print an interval with what it means; empty where there is none to speak of."""
    if interval is None or (interval.level is None and interval.low == interval.high):
        return ""
    ends = format_ends(interval.low, interval.high, unit=unit)
    if interval.level is None:
        return f"bounds {ends}: {interval.basis}"
    level = format_exact_share(interval.level)
    return f"{level} {interval.kind} interval {ends}: {interval.basis}"


def specification_words(
    specification: "Specification | None",
    *,
    reference: "Specification",
    decisions: "Sequence[Decision]",
) -> str:
    """Describe a specification by what sets it apart from the reference.

    Parameters
    ----------
    specification
        The one to describe; `None` for none.
    reference
        The one that it is held against.
    decisions
        Those that were varied.

    Returns
    -------
    str
        Each choice as its question and answer.
    """
    if specification is None:
        return "none"
    taken, usual = dict(specification.choices), dict(reference.choices)
    choices = [
        full_stop(choice_words(decision, taken[decision.decision_id]))
        for decision in decisions
        if decision.decision_id in taken
        and taken[decision.decision_id] != usual.get(decision.decision_id)
    ]
    return " ".join(choices) or "as the reference"


def choice_words(decision: "Decision", option_id: str) -> str:
    """Name a choice so that it can be read alone: the question, and its answer."""
    return f"{decision.question} {sentence_case(decision.option(option_id).label)}"


def figure_read(figure: "Figure") -> str:
    """Say how an entry of the registry was read."""
    if figure.read == "unread":
        return "not read yet, so it supports no verdict"
    where = "in the original" if figure.read == "original" else "in a repost"
    return f"read {where}" + (
        f" on {format_date(figure.read_on)}" if figure.read_on else ""
    )


def fits(*, holds: bool) -> str:
    """Say whether a published value is one that the claim's words allow."""
    return "its value fits the claim" if holds else "its value does not fit the claim"
