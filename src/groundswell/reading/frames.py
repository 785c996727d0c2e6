"""Sentence frames: which quantity is said of which protests, and with which predicate.

A frame is a regular expression over the tags of a sentence (see
`groundswell.reading.lexicon`), in which one letter is one word or one stretch. `x`, an
unknown word, is let through inside noun phrases so that the frame is seen; a later step
(`groundswell.reading.limits`) refuses the claim, since an unknown word may restrict what
the number is about.
"""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from groundswell.core.claims import Statistic

if TYPE_CHECKING:
    from groundswell.reading.tagging import Tagged

Range = tuple[int, int]

# the noun phrase that a number is of: what stands before its noun, the noun, what follows
_PRE = "[dDAabwWGhsnxcP,]{0,12}?"
_HEAD = "[puP](?:,?c?[dDAab]{0,2}[puP])*"
_POST = "(?:no[dD]?m|[wWlLVtRrjehGbaiDdoHxncs,EPZf]|g[vh]*[rRtTsj]?|vr){0,25}?"
# where nothing of the frame follows, all that may narrow the noun is taken in
_POST_TO_END = "s?(?:[wWlLVtRrjehGbaDdoHxnEPZ]|i(?![hD]*[sqQn])|g[vh]*[rRtTsj]?){0,25}"
_BASE = f"{_PRE}{_HEAD}{_POST}"
_NOUN = f"(?P<base>{_BASE}|[DdA]{{0,2}}m)"
_NOUN_TO_END = f"(?P<base>{_PRE}{_HEAD}{_POST_TO_END}|[DdA]{{0,2}}m)"
# ... were [classified as] ...
_BE = "[,ehRj]*(?:g?v)[vh]*(?:[yrj]h*f?v*h*)?[Dbh]*"
_SIDE = (
    f"(?:{_BE}(?P<side>s)|[,ehRj]*v*h*(?P<verb>[SY])|{_BE}(?P<topic>t)|"
    "[,ehRj]*v*h*(?P<about>T))"
)
_SIDED = (
    "(?P<subject>[dDAabhnwxGP]{0,8}?(?P<side>s)(?:c[Dd]?s)*[abxhP]{0,3}[pum]?(?:c[puP])*"
    f"{_POST}|[dDAabhnwxGP]{{0,8}}?(?P<head>[pumH])(?:[wlVRrha,]|iD|gv?h*)*(?P<after>s){_POST})"
)
_TOPICAL = (
    f"(?P<subject>[dDAabhnwxP]{{0,8}}?(?:(?P<topic>G)[abh]{{0,2}}[pu]{_POST}|"
    f"[pu](?:c[pu])*(?:[wlVRrha]|iD)*(?P<about>t){_POST}))"
)
_OF = "(?:[eE]?h*o|(?<=Q)E?)"
_OF_NOUN = f"(?:Z)?(?:[eE]?(?:o|O)h*{_NOUN_TO_END})?"
_MAKE = "[,eRhj]*(?:v*h*k|v[vh]*)[hDi]*"

_SHARES: tuple[tuple[str, str], ...] = (
    (
        "of-which",
        (
            f"(?:^|(?<=[;,hRj-]))[oO](?P<base>{_BASE}),(?:[ehRj]*,)?[hDc]*(?P<q>[qQ])E?"
            f"(?:o[dD]?[gdm]?)?{_SIDE}"
        ),
    ),
    ("classified", f"[yr][hRej]*(?P<q>[qQ]){_OF}(?P<base>{_BASE})fh*(?P<side>s)"),
    ("plain", f"(?P<q>[qQ]){_OF}{_NOUN}{_SIDE}"),
    ("pronoun", f"(?P<q>[qQ])E?(?:o[dD]?[gdm])?{_SIDE}"),
    ("headline", f"(?P<q>[qQ]){_OF}{_NOUN}h*(?P<side>s)(?=[,;RjwlV-]|$)"),
    ("made-up", f"(?:^|(?<=[^oixHaG])){_SIDED}{_MAKE}(?P<q>[qQ]){_OF_NOUN}"),
    (
        "topic-made-up",
        f"(?:^|(?<=[^oixHaGs])){_TOPICAL}{_MAKE}(?P<q>[qQ])[eE]?oh*{_NOUN_TO_END}",
    ),
    ("share-of-side", f"Zo{_SIDED}(?:{_MAKE}|ih*)(?P<q>[qQ]){_OF_NOUN}"),
    ("side-share", f"(?P<side>s)[xm]?Z(?:o{_NOUN})?{_MAKE}(?P<q>[qQ])"),
    ("share-that", f"Zo(?P<base>{_BASE})gv[vh]*(?P<side>s){_MAKE}(?P<q>[qQ])"),
    ("are-mostly", f"(?:^|(?<=[^oixHaGpPu])){_NOUN}[,ehRj]*v[vh]*(?P<q>[qU])(?P<side>s)"),
    ("backed-by", f"(?P<side>I)h*(?P<q>[qQ]){_OF}{_NOUN_TO_END}"),
    ("brackets", "(?P<side>s)[abx]?[puPm][wl]*(?P<q>E)"),
    ("gapped", "(?:^|(?<=[,;cieR-]))(?P<q>[qQ])(?P<side>s)(?=[,;cwlRV-]|$)"),
    ("gapped-for", "(?P<side>s)[xm]?[puPm]?i[hD]*(?P<q>[qQ])(?=[,;cwlRVh-]|$)"),
    ("for-gapped", "(?P<q>[qQ])i(?P<side>s)[puPm]?(?=[,;cwlRVhe-]|$)"),
)
_COUNTED = "(?P<n>n)[habDwxGaeP]{0,4}?"
_COUNTS: tuple[tuple[str, str], ...] = (
    (
        "count-of-which",
        (
            f"(?:^|(?<=[;,hRj-]))[oO](?P<base>{_BASE}),(?:[ehRj]*,)?[hDc]*(?P<n>n)E?"
            f"(?:o[dD]?[gdm]?)?{_SIDE}"
        ),
    ),
    ("part", f"(?P<n>n)o[dDh]?{_NOUN}{_SIDE}"),
    ("marched-at", "(?P<n>n)(?P<base>[Hu])g?[vh]*M[iDdh]*(?P<side>s)[ab]*[puP]"),
    (
        "marched",
        "(?P<n>n)(?P<base>[Hu])g?[vh]*(?:M(?:[wlLVWRehi,D])*(?P<side>s)|(?P<verb>Y))",
    ),
    (
        "sided-noun",
        (
            f"{_COUNTED}(?P<side>s)(?P<base>[abxhP]{{0,2}}[pum](?:,?c[puP])*{_POST}"
            "|(?=c[hD]?n[hab]*s[abx]*[pum]))"
        ),
    ),
    (
        "noun-sided",
        f"{_COUNTED}(?P<base>[pu](?:,?c[puP])*(?:[wlVRreh,]|iD)*?(?:gv?)?h*(?:(?P<side>s)|(?P<topic>t)))",
    ),
    (
        "noun-were",
        f"(?:^|(?<=[,;chRj-])){_COUNTED}(?P<base>[habG]{{0,2}}[pu](?:,?c[puP])*{_POST}){_BE}(?P<side>s)",
    ),
    (
        "topic-noun",
        f"(?P<n>n)[habwxae]{{0,4}}?(?P<topic>G)(?P<base>[ab]{{0,2}}[pu](?:,?c[puP])*{_POST})",
    ),
    ("number-of", f"zo{_SIDED}{_MAKE}(?P<n>n)"),
    (
        "numbered",
        f"(?:^|(?<=[^oixHaG])){_SIDED}[,eRhj]*v*h*k[hD]*(?P<n>n)(?P<people>[Hu])?",
    ),
    ("drew", f"(?:^|(?<=[^oixHaG])){_SIDED}[,eRhj]*v*h*X[hD]*(?P<n>n)(?P<people>[Hu])"),
    ("gapped-count", "(?:^|(?<=[,;ce-]))h*(?P<n>n)E?v*(?P<side>s)(?=[,;cwlRV-]|$)"),
)
_NEED_FRAME_BEFORE = frozenset({"gapped-for", "for-gapped", "gapped-count"})
_COUNTED_BY_CONTEXT = frozenset({"sided-noun", "noun-sided", "topic-noun"})
_ALL = tuple(
    (name, statistic, re.compile(pattern))
    for statistic, patterns in (("share", _SHARES), ("count", _COUNTS))
    for name, pattern in patterns
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """A quantity, what it is of, and what is said; ranges count tokens.

    Attributes
    ----------
    name
        Which frame matched.
    statistic
        Share or count.
    quantity
        Token of the quantity; a bracket where it stands inside one.
    base
        The noun phrase that the number is of; empty range where the words give none.
    subject
        The noun phrase that the number is said of, where it is not `base`.
    predicate
        Tokens that name the side or the topic.
    start, end
        All tokens of the frame.
    """

    name: str
    statistic: Statistic
    quantity: int
    base: Range
    subject: Range
    predicate: Range
    start: int
    end: int


def find_frames(tagged: "Tagged") -> tuple[Frame, ...]:
    """Find the frames of a sentence, at most one for each quantity.

    Parameters
    ----------
    tagged
        The sentence.

    Returns
    -------
    tuple
        Frames in the order of their quantities.
    """
    found: dict[int, Frame] = {}
    for name, statistic, pattern in _ALL:
        for match in pattern.finditer(tagged.tags):
            frame = _frame(
                match, name, statistic="share" if statistic == "share" else "count"
            )
            is_first = frame.quantity not in found
            if is_first and _is_allowed(frame, tagged.tags, found=found):
                found[frame.quantity] = frame
    return tuple(found[place] for place in sorted(found))


def _frame(match: re.Match[str], name: str, *, statistic: Statistic) -> Frame:
    groups = match.groupdict()
    quantity = match.start("q" if groups.get("q") else "n")
    said = [g for g in ("side", "verb", "topic", "about", "after") if groups.get(g)]
    subject = match.span("subject") if groups.get("subject") else (0, 0)
    base = match.span("base") if groups.get("base") else (0, 0)
    if groups.get("people"):
        base = match.span("people")
    return Frame(
        name=name,
        statistic=statistic,
        quantity=quantity,
        base=base,
        subject=subject,
        predicate=match.span(said[0]) if said else (0, 0),
        start=match.start(),
        end=match.end(),
    )


def _is_allowed(frame: Frame, tags: str, *, found: dict[int, Frame]) -> bool:
    before = tags[: frame.start]
    if frame.name in _NEED_FRAME_BEFORE:
        return any(f.quantity < frame.quantity for f in found.values())
    if frame.name == "gapped":
        return any(noun in before for noun in "puP") or bool(found)
    if frame.name == "made-up":
        # "pro-X marches were 86 percent" says nothing of what; "were the majority" does
        has_base = frame.base != (0, 0)
        return has_base or "k" in tags[frame.subject[1] : frame.quantity]
    if frame.name in _COUNTED_BY_CONTEXT:
        return _is_counted(frame, tags)
    return True


def _is_counted(frame: Frame, tags: str) -> bool:
    """Say whether the words around a noun phrase count it, rather than tell of it.

    `1,869 marches were recorded`, `recorded 1,869 marches`, `there were 1,869 marches`, a
    headline without a verb; but not `police broke up 1,869 marches`.
    """
    before, after = tags[: frame.start], tags[frame.end :]
    if (
        re.search(r"r[hiDdewlVWRj,cnsabpu]*$", before)
        or "r" in tags[frame.start : frame.end]
    ):
        return True
    if re.match(r"[,eRhwlVWicnsabpuDm]*v?[vh]*r", after):
        return True
    clause_before = re.split(r"[;-]", before)[-1]
    clause_after = re.split(r"[;-]", after)[0]
    return not re.search(r"[vkSTMXxBNC]", clause_before + clause_after)
