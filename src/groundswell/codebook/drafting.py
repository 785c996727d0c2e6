"""The draft of a codebook for another movement: valid, even-handed, to be filled in."""

import json
from typing import TYPE_CHECKING

from groundswell.core.errors import UsageError
from groundswell.core.toml_tables import IDENTIFIER, is_identifier

if TYPE_CHECKING:
    from collections.abc import Sequence

_RESERVED = frozenset(
    ("neutral", "id", "wordings", "except", "source", "asymmetry", "standard")
)
_HEAD = """\
# A draft: replace every phrase that begins with "example". Then run
#
#     groundswell codebook check {file}
#     groundswell codebook try {file} --events YOUR-RECORDS
#
# The first proves that no side is treated differently, the second shows what the phrases
# find, what they miss, and which words are frequent where they find nothing.
format = 1
id = {id}
version = "0.1.0"
title = {title}
summary = {summary}
languages = ["en"]

# Each rule says in which wordings it counts. With one wording, leave these lines out.
wordings = ["narrow", "broad"]

[wording.narrow]
label = "narrow: says that it is for one side"

[wording.broad]
label = "broad: all that a careful coder would read as taking a side"

[topic]
# How articles name what the codebook is about, without words such as "about".
article_terms = [{title}]
# Words that show that a record is about it; `codebook try` looks there for misses.
record_terms = ["example word of the topic"]

# Days that people call by words, if there are any.
# [[named_date]]
# words = ["the day of the march"]
# date = 2020-01-31
# why = "who calls it so"

[dimension.side]
title = "Which side does the protest take?"
reads = ["claims_summary"]
sides = [{sides}]
neutral = "neutral"
"""
_CODE = """
[dimension.side.code.{code}]
label = {label}
meaning = {meaning}
article_terms = [{terms}]
"""
_NEUTRAL = """
[dimension.side.code.neutral]
label = "neutral"
meaning = "on the topic, without taking a side"
alone = true
"""
_RULE = """
# {comment}
[[dimension.side.rule]]
id = "{rule}"
wordings = [{wordings}]
{lists}
"""
_TAIL = """
[[dimension.side.rule]]
id = "neutral"
wordings = ["narrow", "broad"]
neutral = ["example of words that take no side"]

# The choices that results are printed under first. Say why.
[reference]
id = "narrow-as-recorded"
label = "in the narrow wording, every event as recorded"
why = "it rests on the fewest judgements"

[reference.choices]
wording = "narrow"
both-sides = "own-class"
neutral-events = "left-out"
counter-protests = "kept"
online-events = "kept"
recurring-events = "each"
after-snapshot = "kept"
exact-duplicates = "each"
"""


def draft_codebook(codebook_id: str, *, sides: "Sequence[str]", title: str) -> str:
    """Write the draft of a codebook.

    It loads and passes `check_codebook` as it is; the comments in it say what to replace.

    Parameters
    ----------
    codebook_id
        Its identifier: lower-case letters, digits and hyphens.
    sides
        Identifiers of two or more sides, of the same form.
    title
        What it is about, in words; articles are searched for them.

    Returns
    -------
    str
        The text of a TOML file.

    Raises
    ------
    UsageError
        If an identifier has another form, there are not two different sides, or the title
        is no words.

    Examples
    --------
    >>> text = draft_codebook("bikes", sides=["pro-bike", "pro-car"], title="Bike lanes")
    >>> "[dimension.side.code.pro-car]" in text
    True
    """
    _check_ids((codebook_id, *sides))
    if len(sides) < 2 or len(set(sides)) < len(sides):  # noqa: PLR2004 (two sides)
        raise UsageError(
            f"A codebook cannot have the sides {', '.join(sides) or '(none)'}.",
            allowed="two or more different sides",
        )
    if "*" in title or not any(char.isalnum() for char in title):
        raise UsageError(
            f"The title {title!r} is not what an article could call the topic.",
            allowed="a few words, without `*`",
        )
    head = _HEAD.format(
        file=f"{codebook_id}.toml",
        id=_quote(codebook_id),
        title=_quote(title),
        summary=_quote(f"Which side a protest takes: {title}."),
        sides=", ".join(_quote(side) for side in sides),
    )
    return head + "".join(_draft_code(side) for side in sides) + _draft_rules(sides)


def _check_ids(identifiers: "Sequence[str]") -> None:
    for identifier in identifiers:
        if not is_identifier(identifier) or identifier in _RESERVED:
            raise UsageError(
                f"{identifier!r} cannot name a codebook or a side.",
                allowed=f"{IDENTIFIER}, and none of {', '.join(sorted(_RESERVED))}",
            )


def _draft_code(side: str) -> str:
    return _CODE.format(
        code=side,
        label=_quote(side),
        meaning=_quote(f"takes the side of {side}"),
        terms=_quote(side),
    )


def _draft_rules(sides: "Sequence[str]") -> str:
    support = _RULE.format(
        comment="One rule, one idea, in the words of every side.",
        rule="support",
        wordings='"narrow", "broad"',
        lists=_lists(sides, what="support"),
    )
    opposition = _RULE.format(
        comment="Against the acts of the other side: counts in the broad wording only.",
        rule="opposition",
        wordings='"broad"',
        lists=_lists(sides, what="opposition"),
    )
    return _NEUTRAL + support + opposition + _TAIL


def _lists(sides: "Sequence[str]", *, what: str) -> str:
    return "\n".join(
        f"{side} = [{_quote(f'example of {what} by {side}')}]" for side in sides
    )


def _quote(text: str) -> str:
    """Write a text as a TOML string: as in JSON, except for one control character."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
