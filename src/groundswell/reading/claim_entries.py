"""One `[[claim]]` of a claims file: its keys, what they may hold, how it is written."""

import json
import re
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, get_args

from groundswell.core.claims import ClaimAmong, FactualClaim, Scope, ScopePart, Span, Unit
from groundswell.core.dates import Window
from groundswell.core.errors import DefinitionError
from groundswell.core.places import WORLD, Place
from groundswell.language.places import place_of
from groundswell.reading.quantities import find_quantities

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from groundswell.codebook.model import Vocabulary
    from groundswell.core.claims import ClaimValue, Statistic

_SCOPE_KEYS = ("codebook", "side", "among", "unit", "window", "place", "source")
_KEYS = ("id", "expect", "sentence", "drop", "value", *_SCOPE_KEYS)
_NEEDED_TO_ADD = ("value", "codebook", "side", "among", "unit")
_WINDOW = re.compile(r"(\d{4}-\d\d-\d\d)?\.\.(\d{4}-\d\d-\d\d)?")
_CHOICES = {"among": get_args(ClaimAmong), "unit": get_args(Unit)}
_ADDED_WORTH = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimEntry:
    """A `[[claim]]` as read.

    Attributes
    ----------
    where
        How to name it in an error.
    claim_id, expect, drop
        The claim that it corrects and the sentence that it expects; or what it adds:
    sentence
        The sentence of an added claim.
    value
        Words of the number and what they allow; `None` where left out.
    statistic
        Share or count, as the value says.
    scope
        The keys of the scope that are given, with their values.
    """

    where: str
    claim_id: str
    expect: str
    drop: bool
    sentence: str
    value: "ClaimValue | None"
    statistic: "Statistic | None"
    scope: "Mapping[str, object]"

    def corrected(self, claim: FactualClaim) -> tuple[FactualClaim, list[ScopePart]]:
        """Return the claim with what the entry says, and the parts that it changed."""
        scope = replace(claim.scope, **self._changes())  # type: ignore[arg-type]  # checked by key
        value = claim.value if self.value is None else self.value
        if self.statistic:
            scope = replace(scope, statistic=self.statistic)
        changed: list[ScopePart] = [
            part
            for part in get_args(ScopePart)
            if part != "value" and _part(scope, part) != _part(claim.scope, part)
        ]
        scope = _keep_words(scope, claim.scope, changed=changed)
        if value != claim.value:
            changed.insert(0, "value")
        words = tuple(w for w in claim.words if w.part not in changed)
        after = replace(claim, scope=scope, value=value, words=words)
        return after, changed

    def added(self, sentence: Span, *, number: int) -> FactualClaim:
        """Return a claim that the reader did not find; `read_entry` saw to its keys.

        Parameters
        ----------
        sentence
            Where it stands.
        number
            Its number among the added ones.

        Returns
        -------
        FactualClaim
            The claim.

        Raises
        ------
        ValueError
            If the entry corrects a claim and adds none.
        """
        if self.value is None or self.statistic is None:
            raise ValueError(f"{self.where} adds no claim")
        scope = Scope(
            statistic=self.statistic,
            codebook_id="",
            side="",
            among="topic",
            unit="events",
            window=None,
            place=None,
            source="",
        )
        return FactualClaim(
            claim_id=f"h{number}",
            sentence=sentence,
            value=self.value,
            scope=replace(scope, **self._changes()),  # type: ignore[arg-type]  # checked by key
            words=(),
            hedges=(),
            check_worthiness=_ADDED_WORTH,
        )

    def _changes(self) -> dict[str, object]:
        return {
            ("codebook_id" if key == "codebook" else key): value
            for key, value in self.scope.items()
        }


def _part(scope: Scope, part: ScopePart) -> object:
    value = getattr(scope, part)
    if isinstance(value, Window):
        return value.start, value.end
    return value.path if isinstance(value, Place) else value


def _keep_words(after: Scope, before: Scope, *, changed: list[ScopePart]) -> Scope:
    """Keep the window and place with their words where only the same was repeated."""
    return replace(
        after,
        window=after.window if "window" in changed else before.window,
        place=after.place if "place" in changed else before.place,
    )


def write_entry(claim: FactualClaim) -> str:
    """Write a claim as a `[[claim]]` table.

    Parameters
    ----------
    claim
        A claim.

    Returns
    -------
    str
        TOML with a line for every part of its scope.
    """
    scope = claim.scope
    printed = next((w.span.text for w in claim.words if w.part == "value"), "")
    lines = [
        "[[claim]]",
        f"id = {_quoted(claim.claim_id)}",
        f"expect = {_quoted(claim.sentence.text)}",
        f"# value = {_quoted(printed)}" if printed else "",
        f"codebook = {_quoted(scope.codebook_id)}",
        f"side = {_quoted(scope.side)}",
        f"among = {_quoted(scope.among)}",
        f"unit = {_quoted(scope.unit)}",
        f"window = {_quoted(_window_text(scope.window))}",
        f"place = {_quoted(scope.place.code if scope.place else '')}",
        f"source = {_quoted(scope.source)}",
    ]
    return "\n".join(line for line in lines if line) + "\n"


def _quoted(text: str) -> str:
    safe = "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in text)
    return json.dumps(safe, ensure_ascii=False).replace("\x7f", "\\u007f")


def _window_text(window: Window | None) -> str:
    if window is None:
        return ""
    start, end = (d.isoformat() if d else "" for d in (window.start, window.end))
    return f"{start}..{end}"


def read_entry(
    table: object, *, number: int, vocabularies: "Sequence[Vocabulary]"
) -> ClaimEntry:
    """Read a `[[claim]]` table.

    Parameters
    ----------
    table
        What TOML gave.
    number
        Its place in the file, from 1, for errors.
    vocabularies
        Where given, codebooks and sides are held against them.

    Returns
    -------
    ClaimEntry
        The entry.

    Raises
    ------
    DefinitionError
        If a key is unknown or missing, or a value is none of those allowed.
    """
    where = f"claim {number} of the claims file"
    if not isinstance(table, dict):
        raise DefinitionError(f"{where} is no table.", allowed="[[claim]] tables only")
    _check_keys(table, where)
    scope = {
        key: _read_part(key, table[key], where=f"{where}, key {key}")
        for key in _SCOPE_KEYS
        if key in table
    }
    _check_codes(scope, where, vocabularies=vocabularies)
    value, statistic = _value(table.get("value"), where)
    return ClaimEntry(
        where=where,
        claim_id=table.get("id", ""),
        expect=table.get("expect", ""),
        drop=table.get("drop", False),
        sentence=table.get("sentence", ""),
        value=value,
        statistic=statistic,
        scope=scope,
    )


def _check_keys(table: "dict[str, object]", where: str) -> None:
    unknown = sorted(set(table) - set(_KEYS))
    if unknown:
        raise DefinitionError(
            f"{where} has the unknown key {unknown[0]!r}.", allowed=", ".join(_KEYS)
        )
    for key, value in table.items():
        wanted = bool if key == "drop" else str
        if not isinstance(value, wanted):
            raise DefinitionError(
                f"{where}, key {key}: {value!r} is not allowed.",
                allowed="true, false" if key == "drop" else "a text in quotation marks",
            )
    is_addition = "id" not in table
    needed = ("sentence", *_NEEDED_TO_ADD) if is_addition else ("id", "expect")
    missing = [key for key in needed if not table.get(key) and key != "side"]
    missing += ["side"] if is_addition and "side" not in table else []
    if missing:
        raise DefinitionError(
            f"{where} lacks {', '.join(missing)}.",
            allowed="id and expect to correct a claim; "
            f"sentence, {', '.join(_NEEDED_TO_ADD)} to add one",
        )


def _check_codes(
    scope: "dict[str, object]", where: str, *, vocabularies: "Sequence[Vocabulary]"
) -> None:
    if not vocabularies:
        return
    known = {v.codebook_id: [side.code for side in v.sides] for v in vocabularies}
    codebook = scope.get("codebook")
    if codebook is not None and codebook not in known:
        raise DefinitionError(
            f"{where}: there is no codebook {codebook!r} here.", allowed=", ".join(known)
        )
    sides = (
        known[str(codebook)]
        if codebook
        else [c for codes in known.values() for c in codes]
    )
    if scope.get("side") and scope["side"] not in sides:
        raise DefinitionError(
            f"{where}: there is no side {scope['side']!r}.", allowed=", ".join(sides)
        )


def _value(words: object, where: str) -> "tuple[ClaimValue | None, Statistic | None]":
    if words is None:
        return None, None
    found = find_quantities(f"{words} of")
    if len(found) != 1 or found[0].kind == "points":
        raise DefinitionError(
            f"{where}, key value: {words!r} is not one number.",
            allowed='words such as "86 percent", "about 1,869", "a majority"',
        )
    return found[0].value, "share" if found[0].kind == "share" else "count"


def _read_part(key: str, value: str, *, where: str) -> object:
    if key == "window":
        return _read_window(value, where)
    if key == "place":
        return _read_place(value, where)
    options = _CHOICES.get(key)
    if options and value not in options:
        raise DefinitionError(f"{where}: {value!r}.", allowed=", ".join(options))
    return value


def _read_window(value: str, where: str) -> Window | None:
    match = _WINDOW.fullmatch(value.strip())
    if value.strip() in {"", ".."}:
        return None
    wrong = DefinitionError(
        f"{where}: {value!r} is no stretch of days.",
        allowed='"2023-10-07..2023-10-27", "2023-10-07..", "..2023-10-27", ""',
    )
    if match is None:
        raise wrong
    try:
        start, end = (date.fromisoformat(day) if day else None for day in match.groups())
        return Window(start=start, end=end)
    except ValueError:
        raise wrong from None


def _read_place(value: str, where: str) -> Place | None:
    if value.strip() in {"", "world"}:
        return WORLD if value.strip() else None
    country, *rest = value.strip().split("/")
    place = place_of(country)
    if place and rest and rest[0]:
        place = place_of(rest[0], within=place.path)
    if place and len(rest) > 1:
        town = "/".join(rest[1:])
        place = Place(path=(*place.path, town), name=town)
    if place is None:
        raise DefinitionError(
            f"{where}: {value!r} is no place of the tables.",
            allowed='"world", a country ("USA"), one of its states ("USA/CA"), ""',
        )
    return place
