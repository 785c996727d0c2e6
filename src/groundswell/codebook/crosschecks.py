"""Checks of a codebook that need all of its rules at once."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from groundswell.codebook.phrases import read_phrase

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from groundswell.codebook.phrases import Phrase
    from groundswell.core.codebooks import Code, Dimension
    from groundswell.core.toml_tables import TomlTable


@dataclass(frozen=True, slots=True, kw_only=True)
class _Use:
    """One phrase in one list."""

    phrase: str
    code: "Code"
    rule_no: int
    is_exclusion: bool
    wordings: tuple[str, ...]
    rule_id: str

    @property
    def key(self) -> str:
        return "exclude" if self.is_exclusion else "rule"


def check_phrases(root: "TomlTable", *, dimensions: "Sequence[Dimension]") -> None:
    """Refuse a phrase that stands in two lists which contradict or repeat each other.

    Parameters
    ----------
    root
        The parsed file, for messages.
    dimensions
        Its dimensions.

    Notes
    -----
    Refused under one wording: a phrase twice for the same code, or for two codes of which
    neither gives way to the other, or in a rule and an exclusion of the same code.
    """
    for dimension in dimensions:
        seen: dict[tuple[Phrase, str], list[_Use]] = {}
        for use in _uses(dimension):
            for wording in use.wordings:
                earlier = seen.setdefault((read_phrase(use.phrase), wording), [])
                for other in earlier:
                    if fault := _find_clash(use, other):
                        table = root.table("dimension").table(dimension.dimension)
                        raise table.tables(use.key)[use.rule_no].error(
                            use.code.code,
                            f"the phrase {use.phrase!r} {fault} in {other.rule_id!r} "
                            f"for {other.code.code!r} (wording {wording}).",
                            todo="remove one of the two",
                            quoting=use.phrase,
                        )
                earlier.append(use)


def _uses(dimension: "Dimension") -> "Iterator[_Use]":
    codes = {code.code: code for code in dimension.codes}
    counts = {False: 0, True: 0}
    for rule in dimension.rules:
        rule_no = counts[rule.is_exclusion]
        counts[rule.is_exclusion] += 1
        for entry in rule.lists:
            for phrase in entry.phrases:
                yield _Use(
                    phrase=phrase,
                    code=codes[entry.code],
                    rule_no=rule_no,
                    is_exclusion=rule.is_exclusion,
                    wordings=rule.wordings,
                    rule_id=rule.rule_id,
                )


def _find_clash(use: _Use, other: _Use) -> str:
    is_same_code = use.code is other.code
    if use.is_exclusion is not other.is_exclusion:
        return "both gives and takes the code: it stands" if is_same_code else ""
    if is_same_code:
        return "is declared twice: it also stands"
    gives_way = use.code.alone or other.code.alone
    if use.is_exclusion or gives_way:
        return ""
    return "stands for two codes: it is also"
