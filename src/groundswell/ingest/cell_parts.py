"""SQL for the value of a use: parts of cells, lists, dates, sums, pairs."""

from collections.abc import Iterable, Sequence

from groundswell.engine.steps import literal
from groundswell.ingest.mapping import Use

SPACES = " \t\r\n\f\v\u00a0\u200b\u202f\ufeff"
SPACE = literal(SPACES)
_NO_SUM = "cells that cannot be added"
_NO_PART = ("0", "00", "99", "-9", "-99", "-999")
_TRUE = ("1", "1.0", "true", "yes", "y", "t", "x")
_FALSE = ("0", "0.0", "false", "no", "n", "f")


def listed(tokens: Iterable[str]) -> str:
    """Write texts as a list of SQL strings."""
    return ", ".join(literal(token) for token in tokens)


def single(cells: Sequence[str], *, use: Use) -> str:
    """Write one value of the cells of a use."""
    if use.target == "recurrence_text":
        return _note(cells, words=use.words)
    if use.words:
        text = f"concat_ws(' ; ', {', '.join(cells)})"
        return f"CASE WHEN {text} <> '' THEN {_matches(text, words=use.words)} END"
    if use.is_parts:
        return _date_of_parts(cells, century=use.century)
    if use.is_sum or use.joined_by:
        return _sum(cells) if use.is_sum else _text(cells, between=use.joined_by)
    one = f"coalesce({', '.join(cells)})" if len(cells) > 1 else cells[0]
    if use.target == "is_online":
        return (
            f"CASE WHEN lower({one}) IN ({listed(_TRUE)}) THEN true "
            f"WHEN lower({one}) IN ({listed(_FALSE)}) THEN false END"
        )
    return one


def _date_of_parts(cells: Sequence[str], *, century: int) -> str:
    """Write a date as text, as far as its year, month and day are known."""
    year, *parts = (
        f"coalesce(CAST({_whole(cell)} AS VARCHAR), {cell})" for cell in cells
    )
    if century:
        short = _whole(cells[0])
        year = (
            f"CASE WHEN {short} BETWEEN 0 AND 99 "
            f"THEN CAST({century} + {short} AS VARCHAR) ELSE {year} END"
        )
    text = year
    if parts:
        is_known = [f"{cell} NOT IN ({listed(_NO_PART)})" for cell in cells[1:]]
        month, *days = parts
        days = [f"CASE WHEN {is_known[-1]} THEN {day} END" for day in days]
        whole = f"concat_ws('-', {', '.join([year, month, *days])})"
        # a day without a month says nothing
        text = f"CASE WHEN {is_known[0]} THEN {whole} ELSE {year} END"
    return f"CASE WHEN {cells[0]} IS NOT NULL THEN {text} END"


def _whole(cell: str) -> str:
    return f"TRY_CAST({cell} AS INTEGER)"


def _note(cells: Sequence[str], *, words: Sequence[str]) -> str:
    notes = ", ".join(f"CASE WHEN {_matches(c, words=words)} THEN {c} END" for c in cells)
    return f"nullif(concat_ws('; ', {notes}), '')"


def items_of(cells: Sequence[str], *, separator: str) -> str:
    """Write the items of cells as one list, never null."""
    if not separator and len(cells) == 1:
        return f"CASE WHEN ({cells[0]}) IS NULL THEN [] ELSE [{cells[0]}] END"
    if not separator:
        return f"list_filter([{', '.join(cells)}], lambda item: item IS NOT NULL)"
    mark = _regex(separator)
    ends = literal(rf"^(?:\s|{mark})+|(?:\s|{mark})+$")
    between = literal(rf"\s*{mark}(?:\s|{mark})*")
    splits = [
        f"coalesce(regexp_split_to_array(nullif(regexp_replace({cell}, {ends}, '', 'g'), "
        f"''), {between}), [])"
        for cell in cells
    ]
    return splits[0] if len(splits) == 1 else f"list_concat({', '.join(splits)})"


def joined(lists: Sequence[str]) -> str:
    """Write several lists as one."""
    return lists[0] if len(lists) == 1 else f"flatten([{', '.join(lists)}])"


def _matches(text: str, *, words: Sequence[str]) -> str:
    edge = r"[^\pL\pN_]"
    among = "|".join(_regex(word) for word in words)
    pattern = rf"(?i)(?:^|{edge})(?:{among})(?:{edge}|$)"
    return f"regexp_matches({text}, {literal(pattern)})"


def _regex(word: str) -> str:
    return "".join(c if c.isalnum() or c == " " else f"\\{c}" for c in word)


def part_of(cell: str, *, use: Use) -> str:
    """Write the part of a cell that a use takes; the cell itself where it takes all."""
    part = cell
    if use.between:
        opening, *closings = (_regex(end) for end in use.between)
        pattern = f"(?is){opening}(.*?)(?:{'|'.join(closings)}|$)"
        part = f"regexp_extract({cell}, {literal(pattern)}, 1)"
    if use.after:
        part = f"string_split({part}, {literal(use.after)})[-1]"
    if use.before:
        part = f"regexp_extract({part}, {literal(f'(?s)^(.*){_regex(use.before)}')}, 1)"
    if use.items:
        part = _between_items(part, use=use)
    return cell if part == cell else f"nullif(trim({part}, {SPACE}), '')"


def _between_items(cell: str, *, use: Use) -> str:
    """Write some items of a cell as they stand in it, null where it has none of them."""
    items = f"string_split({cell}, {literal(use.separator)})"
    if use.items[0] == use.items[1]:
        return f"{items}[{use.items[0]}]"
    first, last = (
        str(end) if end > 0 else f"len({items}) + 1 - {-end}" for end in use.items
    )
    taken = f"array_to_string({items}[{first}:{last}], {literal(use.separator)})"
    return f"CASE WHEN {first} BETWEEN 1 AND {last} THEN {taken} END"


def first_of(values: Sequence[tuple[str, str]]) -> str:
    """Write the value of the first cell that is filled, of cells and their values."""
    if len(values) == 1:
        return values[0][1]
    cases = " ".join(f"WHEN ({cell}) IS NOT NULL THEN {value}" for cell, value in values)
    return f"CASE {cases} END"


def paired(cell: str, *, with_word: str) -> str:
    """Write a cell after the word that says something of it, null where it is empty."""
    return f"CASE WHEN ({cell}) IS NOT NULL THEN concat_ws(': ', {with_word}, {cell}) END"


def _text(cells: Sequence[str], *, between: str) -> str:
    return f"nullif(concat_ws({literal(between)}, {', '.join(cells)}), '')"


def _sum(cells: Sequence[str]) -> str:
    """Write the sum of cells, and words where one of them holds no number."""
    given = f"list_filter([{', '.join(cells)}], lambda item: item IS NOT NULL)"
    numbers = f"list_transform({given}, lambda item: TRY_CAST(item AS DOUBLE))"
    total = f"regexp_replace(CAST(list_sum({numbers}) AS VARCHAR), '\\.0$', '')"
    return (
        f"CASE WHEN len({given}) = 0 THEN NULL "
        f"WHEN list_contains({given}, '') THEN '' "
        f"WHEN len(list_filter({numbers}, lambda item: item IS NULL)) = 0 THEN {total} "
        f"ELSE {literal(_NO_SUM)} END"
    )
