"""The dimensions of a codebook file: codes, rules, exclusions and their phrases."""

import re
from typing import TYPE_CHECKING

from groundswell.codebook.model import MAX_CODES
from groundswell.codebook.phrases import find_fault, read_article_terms, read_phrase
from groundswell.core.codebooks import Code, Dimension, PhraseList, Rule
from groundswell.core.tables import REPORT
from groundswell.core.toml_tables import shorten, suggest

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from groundswell.codebook.phrases import Phrase
    from groundswell.core.codebooks import CodeRole
    from groundswell.core.toml_tables import TomlTable

_DIMENSION = ("title", "reads", "sides", "neutral", "code", "rule", "exclude")
_CODE = ("label", "meaning", "article_terms", "counterpart", "alone")
_RULE = ("id", "wordings", "except", "source", "asymmetry")
_TEXT_COLUMNS = tuple(
    column.name
    for column in REPORT.columns
    if column.sql_type in {"VARCHAR", "VARCHAR[]"}
)


def parse_dimensions(
    root: "TomlTable", *, wordings: "Sequence[str]", source_keys: "Collection[str]"
) -> tuple[Dimension, ...]:
    """Read all dimensions of a codebook file.

    Parameters
    ----------
    root
        The parsed file.
    wordings
        Names of its wordings.
    source_keys
        Keys of its wording sources.

    Returns
    -------
    tuple
        The dimensions, in their order in the file.
    """
    table = root.table("dimension")
    dimensions = []
    for name in table.data:
        root.check_identifier(name, key="dimension")
        parser = _DimensionParser(
            table.table(name), name=name, wordings=wordings, source_keys=source_keys
        )
        dimensions.append(parser.parse())
    if not dimensions:
        raise root.error("", "no dimension is declared.", todo="add [dimension.side]")
    if sum(len(d.codes) for d in dimensions) > MAX_CODES:
        raise table.error("", f"there are more than {MAX_CODES} codes in all.")
    sided = [d.dimension for d in dimensions if d.sides]
    if len(sided) > 1:
        raise table.error(
            sided[1],
            f"the dimensions {' and '.join(sided)} both have sides.",
            allowed="one dimension with sides in a codebook",
            todo="make two codebooks, or leave out `sides` where codes are no sides",
        )
    return tuple(dimensions)


class _DimensionParser:
    """Reads one `[dimension.X]` with what the rest of the file says about it."""

    def __init__(
        self,
        table: "TomlTable",
        *,
        name: str,
        wordings: "Sequence[str]",
        source_keys: "Collection[str]",
    ) -> None:
        self._table = table
        self._name = name
        self._wordings = wordings
        self._source_keys = source_keys
        self._code_names = tuple(table.table("code").data)
        self._sides = table.texts("sides", required=False)

    def parse(self) -> Dimension:
        table = self._table
        table.refuse_unknown(_DIMENSION)
        dimension = Dimension(
            dimension=self._name,
            title=table.text("title"),
            reads=self._parse_reads(),
            codes=self._parse_codes(),
            rules=(
                *self._parse_rules("rule", is_exclusion=False),
                *self._parse_rules("exclude", is_exclusion=True),
            ),
        )
        self._check_ids(dimension)
        self._check_coverage(dimension)
        return dimension

    def _parse_reads(self) -> tuple[str, ...]:
        reads = self._table.texts("reads", required=True)
        for column in reads:
            if column not in _TEXT_COLUMNS:
                raise self._table.error(
                    "reads",
                    f"the table `report` has no text column {shorten(column)!r}.",
                    allowed=", ".join(_TEXT_COLUMNS),
                    todo=suggest(column, _TEXT_COLUMNS),
                    quoting=column,
                )
        return reads

    def _parse_codes(self) -> tuple[Code, ...]:
        table = self._table
        if not self._code_names:
            raise table.error("", "no code is declared.", todo="add a [...code.NAME]")
        if len(self._sides) == 1:
            raise table.error("sides", "there is one side.", allowed="two or more sides")
        for side in self._sides:
            self._check_code(table, code=side, key="sides")
        neutral = table.text("neutral", default="")
        if neutral:
            self._check_code(table, code=neutral, key="neutral")
        if neutral in self._sides:
            raise table.error("neutral", f"{neutral!r} is a side and neutral at once.")
        codes = tuple(self._parse_code(name, neutral) for name in self._code_names)
        self._check_counterparts(codes)
        return codes

    def _parse_code(self, name: str, neutral: str) -> Code:
        table = self._table.table("code").table(name)
        table.refuse_unknown(_CODE)
        table.check_identifier(name, key="")
        if name in _RULE:
            raise table.error("", f"the name {name!r} means something else in rules.")
        role: CodeRole = "other"
        if name in self._sides:
            role = "side"
        elif name == neutral:
            role = "neutral"
        alone = table.flag("alone")
        if alone and (role == "side" or not self._sides):
            raise table.error("alone", "only a code beside sides can count alone.")
        return Code(
            code=name,
            label=table.text("label"),
            meaning=table.text("meaning"),
            role=role,
            article_terms=read_article_terms(table),
            counterpart=table.text("counterpart", default=""),
            alone=alone,
        )

    def _check_counterparts(self, codes: "Sequence[Code]") -> None:
        by_name = {code.code: code for code in codes}
        for code in codes:
            if not code.counterpart:
                continue
            table = self._table.table("code").table(code.code)
            other = by_name.get(code.counterpart)
            if other is None or other is code or (other.role != code.role):
                same = [c.code for c in codes if c.role == code.role and c is not code]
                raise table.error(
                    "counterpart",
                    f"{code.counterpart!r} cannot stand where {code.code!r} does.",
                    allowed=", ".join(same) or "no counterpart",
                )
            if other.counterpart != code.code:
                raise table.error(
                    "counterpart",
                    f"{other.code!r} does not name {code.code!r} as its counterpart.",
                    todo=f'write `counterpart = "{code.code}"` under {other.code}',
                )
            if len(self._sides) != 2:  # noqa: PLR2004 (else it is unclear who swaps)
                raise table.error(
                    "counterpart", "counterparts need a dimension with two sides."
                )

    def _parse_rules(self, key: str, *, is_exclusion: bool) -> tuple[Rule, ...]:
        return tuple(
            self._parse_rule(table, is_exclusion=is_exclusion)
            for table in self._table.tables(key)
        )

    def _parse_rule(self, table: "TomlTable", *, is_exclusion: bool) -> Rule:
        known = [key for key in _RULE if not (is_exclusion and key == "except")]
        table.refuse_unknown((*known, *self._code_names))
        masks = table.table("except")
        lists = tuple(
            self._parse_list(table, code=code, masks=masks)
            for code in self._code_names
            if code in table
        )
        if not lists:
            raise table.error(
                "",
                "the rule has no phrases.",
                allowed="a list of phrases for one or more of the codes "
                f"{', '.join(self._code_names)}",
            )
        for code in masks.data:
            if code not in table:
                raise masks.error(code, f"the rule has no phrases for {code!r} to mask.")
        return Rule(
            rule_id=table.identifier("id"),
            dimension=self._name,
            wordings=self._parse_rule_wordings(table),
            lists=lists,
            is_exclusion=is_exclusion,
            source=self._parse_source(table),
            asymmetry=table.text("asymmetry", default=""),
        )

    def _parse_list(
        self, table: "TomlTable", *, code: str, masks: "TomlTable"
    ) -> PhraseList:
        phrases = _parse_phrases(table, key=code)
        excepts = _parse_phrases(masks, key=code) if code in masks else ()
        for mask in excepts:
            if not any(_lies_in(phrase, mask) for phrase in phrases):
                raise masks.error(
                    code,
                    f"the phrase {mask!r} masks nothing.",
                    allowed="a longer phrase that has one of the rule's phrases in it",
                    quoting=mask,
                )
        return PhraseList(code=code, phrases=phrases, excepts=excepts)

    def _parse_rule_wordings(self, table: "TomlTable") -> tuple[str, ...]:
        several = len(self._wordings) > 1
        named = table.texts("wordings", required=several) or tuple(self._wordings)
        for wording in named:
            if wording not in self._wordings:
                raise table.error(
                    "wordings",
                    f"the wording {shorten(wording)!r} is not declared.",
                    allowed=", ".join(self._wordings),
                    todo=suggest(wording, self._wordings),
                    quoting=wording,
                )
        return tuple(wording for wording in self._wordings if wording in named)

    def _parse_source(self, table: "TomlTable") -> str:
        source = table.text("source", default="")
        if source and source not in self._source_keys:
            raise table.error(
                "source",
                f"the wording source {shorten(source)!r} is not declared.",
                allowed=", ".join(sorted(self._source_keys)) or "no source",
                todo=suggest(source, self._source_keys),
            )
        return source

    def _check_code(self, table: "TomlTable", *, code: str, key: str) -> None:
        if code not in self._code_names:
            raise table.error(
                key,
                f"the code {shorten(code)!r} is not declared.",
                allowed=", ".join(self._code_names) or "codes that are declared",
                todo=suggest(code, self._code_names) or f"add [...code.{shorten(code)}]",
                quoting=code,
            )

    def _check_ids(self, dimension: Dimension) -> None:
        seen: set[str] = set()
        for rule in dimension.rules:
            if rule.rule_id in seen:
                raise self._table.error(
                    "", f"the rule {rule.rule_id!r} is declared twice."
                )
            seen.add(rule.rule_id)

    def _check_coverage(self, dimension: Dimension) -> None:
        given = {
            entry.code
            for rule in dimension.rules
            if not rule.is_exclusion
            for entry in rule.lists
        }
        for code in dimension.codes:
            if code.code not in given:
                raise self._table.table("code").error(
                    code.code,
                    "no rule has a phrase for this code, so no text can get it.",
                    todo="add phrases for it to a rule, or remove it",
                )


def _parse_phrases(table: "TomlTable", *, key: str) -> tuple[str, ...]:
    phrases = table.texts(key, required=True)
    seen: dict[Phrase, str] = {}
    for phrase in phrases:
        if fault := find_fault(phrase):
            raise table.error(
                key,
                f"the phrase {shorten(phrase)!r} {fault}.",
                allowed="words, the last of which may end in `*`",
                quoting=phrase,
            )
        read = read_phrase(phrase)
        if read in seen:
            raise table.error(
                key,
                f"the phrases {seen[read]!r} and {phrase!r} are the same.",
                todo="remove one of the two: case, accents and spaces make no difference",
                quoting=phrase,
            )
        seen[read] = phrase
    return phrases


def _lies_in(phrase: str, mask: str) -> bool:
    """Say whether a longer phrase has another in it, on word boundaries."""
    short, long = read_phrase(phrase), read_phrase(mask)
    if short.words == long.words or short.words not in long.words:
        return False
    end = "" if short.is_prefix else r"(?!\w)"
    pattern = rf"(?<!\w){re.escape(short.words)}{end}"
    return bool(re.search(pattern, long.words))
