"""Crowd-size phrases as an interval, and as a point under a named rule."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from groundswell.core.errors import UsageError
from groundswell.language.numbers import find_numbers

SizeKind = Literal["number", "range", "words", "evidence-only", "missing", "unread"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SizeRule:
    """A source's way of turning crowd-size words into numbers.

    Attributes
    ----------
    rule_id
        `ccc`, `count-love`, `mpeds` or `interval`.
    title
        Whose rule it is.
    """

    rule_id: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """A crowd size as a source wrote it.

    Attributes
    ----------
    low, high
        Fewest and most people that the words allow; `None` where an end is unknown.
    point
        The number that the rule gives; `None` where it gives none.
    points
        Every number that the rule allows, the first of them being `point`.
    text
        The phrase itself.
    rule
        Identifier of the rule.
    kind
        What the phrase was.
    problem
        Why there is no size; empty where there is one.
    """

    low: int | None
    high: int | None
    point: int | None
    points: tuple[int, ...]
    text: str
    rule: str
    kind: SizeKind
    problem: str = ""


SIZE_RULES: Mapping[str, SizeRule] = MappingProxyType(
    {
        "ccc": SizeRule(rule_id="ccc", title="Crowd Counting Consortium"),
        "count-love": SizeRule(rule_id="count-love", title="Count Love"),
        "mpeds": SizeRule(rule_id="mpeds", title="MPEDS / Elephrame"),
        "interval": SizeRule(rule_id="interval", title="interval only, no point"),
    }
)


def read_size(text: str, *, rule: str) -> Size:
    """Read a crowd-size phrase under a named rule."""
    if rule not in SIZE_RULES:
        raise UsageError(
            f"There is no size rule {rule!r}.", allowed=", ".join(SIZE_RULES)
        )
    values = [int(number.value) for number in find_numbers(text)]
    if not values:
        return Size(
            low=None,
            high=None,
            point=None,
            points=(),
            text=text,
            rule=rule,
            kind="unread" if text.strip() else "missing",
            problem="no size could be read" if text.strip() else "no size given",
        )
    point = None if rule == "interval" else min(values)
    return Size(
        low=min(values),
        high=max(values),
        point=point,
        points=() if point is None else (point,),
        text=text,
        rule=rule,
        kind="number" if len(values) == 1 else "range",
    )
