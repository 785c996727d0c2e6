"""Files that are damaged, by their bytes and by what their format makes of them."""

import csv
import io
import json
import random
from collections.abc import Callable
from typing import Any

N_MUTATIONS = 200
N_PARTS = 4  # so that workers share the time
Change = Callable[[bytes, random.Random], bytes]
Rows = list[list[str]]
_INSERTED = (b'"', b"\0", b"\r", b"\n", b",", b";", b"\t", b"\xff", b"\xe2\x80", b"{")
_OTHER_CODES = ("latin-1", "cp1252", "utf-16", "utf-16-be", "cp437")
_DELIMITERS = ",;\t|"
ABSURD = (
    *("", " ", "\0", "\ufeff", "\u202e", "\u00a0", "\x1f", "'", '"', "\\", "=1+1"),
    *("0", "-0", "-1", "1e308", "1e-400", "NaN", "inf", "9" * 40, "1,000.5", "1.000.000"),
    *("9223372036854775808", "-9223372036854775809", "٣", "𝟙", "½", "1_000", "0x10"),
    *("0000-00-00", "2025-13-45", "31/02/2024", "99999-01-01", "00000000", "1900-02-29"),
    *("20240230", "44927", "12/31/9999", "0001-01-01", "yesterday", "2024-02-30T25:61Z"),
    *("-91", "181,5", "Atlantis", "n/a", "-99", "[]", "{}", "null", "[size=]", "a;b;;"),
)
LONG = "very long " * 7_000


def mutate(data: bytes, rng: random.Random) -> bytes:
    """Damage bytes, whatever they are."""
    return _some(data, rng, changes=_OF_BYTES)


def mutate_as(suffix: str, data: bytes, rng: random.Random) -> bytes:
    """Damage a file of a kind: two times in three by what the kind makes of it."""
    changes = {".json": _OF_JSON, ".jsonl": _OF_JSON}.get(suffix, _OF_TABLES)
    if suffix not in _TEXTS or rng.random() < 1 / 3:
        return mutate(data, rng)
    return _some(data, rng, changes=changes)


def _some(data: bytes, rng: random.Random, *, changes: tuple[Change, ...]) -> bytes:
    for _ in range(rng.choice([1, 1, 1, 2, 4])):
        if data:
            data = rng.choice(changes)(data, rng)
    return data


def _flip(data: bytes, rng: random.Random) -> bytes:
    at = rng.randrange(len(data))
    return data[:at] + bytes([data[at] ^ (1 << rng.randrange(8))]) + data[at + 1 :]


def _cut(data: bytes, rng: random.Random) -> bytes:
    return data[: rng.randrange(len(data))]


def _span(data: bytes, rng: random.Random) -> tuple[int, int]:
    start, end = sorted(rng.randrange(len(data)) for _ in range(2))
    return start, end


def _cut_out(data: bytes, rng: random.Random) -> bytes:
    start, end = _span(data, rng)
    return data[:start] + data[end:]


def _repeat(data: bytes, rng: random.Random) -> bytes:
    start, end = _span(data, rng)
    return data[:end] + data[start:end] + data[end:]


def _insert(data: bytes, rng: random.Random) -> bytes:
    at = rng.randrange(len(data))
    return data[:at] + rng.choice(_INSERTED) + data[at:]


def _recode_lines(data: bytes, rng: random.Random) -> bytes:
    """Write single lines in another encoding, or all of them."""
    lines = data.splitlines(keepends=True)
    share = rng.choice([0.2, 0.2, 0.2, 1.0])
    for number, line in enumerate(lines):
        if rng.random() < share:
            text = line.decode("utf-8", "replace")
            lines[number] = text.encode(rng.choice(_OTHER_CODES), "replace")
    return b"".join(lines)


def _of_rows(change: Callable[[Rows, random.Random], None]) -> Change:
    """Make a change of the rows of a table one of its bytes."""

    def changed(data: bytes, rng: random.Random) -> bytes:
        text = data.decode("utf-8", "surrogateescape")
        first = text.partition("\n")[0]
        delimiter = max(_DELIMITERS, key=first.count)
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        try:
            rows = list(reader)
        except csv.Error:
            return _flip(data, rng)
        if not any(rows):
            return _flip(data, rng)
        change(rows, rng)
        out = io.StringIO(newline="")
        csv.writer(out, delimiter=delimiter).writerows(rows)
        return out.getvalue().encode("utf-8", "surrogateescape")

    return changed


def _drop_column(rows: Rows, rng: random.Random) -> None:
    at = rng.randrange(max(map(len, rows)))
    for row in rows:
        del row[at : at + 1]


def _swap_columns(rows: Rows, rng: random.Random) -> None:
    """Exchange two columns, with their names or without."""
    one, other = (rng.randrange(max(map(len, rows))) for _ in range(2))
    for row in rows[rng.randrange(2) :]:
        if max(one, other) < len(row):
            row[one], row[other] = row[other], row[one]


def _double_column(rows: Rows, rng: random.Random) -> None:
    at, to = (rng.randrange(max(map(len, rows))) for _ in range(2))
    for row in rows:
        row[to:to] = row[at : at + 1]


def _rename(rows: Rows, rng: random.Random) -> None:
    names = rows[0]
    if names:
        at = rng.randrange(len(names))
        old = names[at]
        news = ("", old.upper(), f" {old}. ", rng.choice(names), old[:-1], "x", LONG)
        names[at] = rng.choice(news)


def _cut_rows(rows: Rows, rng: random.Random) -> None:
    start, end = sorted(rng.randrange(len(rows) + 1) for _ in range(2))
    del rows[start:end]


def _shuffle(rows: Rows, rng: random.Random) -> None:
    rest = rows[1:]
    rng.shuffle(rest)
    rows[1:] = rest


def _shorten(rows: Rows, rng: random.Random) -> None:
    for row in rows:
        if rng.random() < 1 / 3:
            del row[rng.randrange(len(row) + 1) :]


def _write_cells(rows: Rows, rng: random.Random) -> None:
    """Write what cannot be into some cells, or down a whole column."""
    value = rng.choice((*ABSURD, rng.choice((LONG, "a\r\nb", "a\n\nb"))))
    at = rng.randrange(max(map(len, rows)))
    share = rng.choice([0.1, 0.5, 1.0])
    for row in rows[rng.randrange(2) :]:
        if at < len(row) and rng.random() < share:
            row[at] = value if rng.random() < share else rng.choice(ABSURD)


def _add_row(rows: Rows, rng: random.Random) -> None:
    """Put a row among the others: the header again, a title, blank, or all absurd."""
    absurd = [rng.choice(ABSURD) for _ in rows[0]]
    row = rng.choice(([*rows[0]], ["Title"], [], [""] * len(rows[0]), absurd))
    rows.insert(rng.randrange(len(rows) + 1), row)


def _other_delimiter(data: bytes, rng: random.Random) -> bytes:
    lines = data.splitlines(keepends=True)
    old, new = (rng.choice(_DELIMITERS).encode() for _ in range(2))
    share = rng.choice([0.2, 0.5, 1.0])
    return b"".join(
        line.replace(old, new) if rng.random() < share else line for line in lines
    )


def _of_values(data: bytes, rng: random.Random) -> bytes:
    """Change one place of a JSON document, or of one line of several."""
    lines = data.splitlines(keepends=True)
    at = rng.randrange(len(lines))
    for text, put in (
        (data, lambda new: new),
        (lines[at], lambda new: b"".join([*lines[:at], new, b"\n", *lines[at + 1 :]])),
    ):
        try:
            document = json.loads(text)
        except ValueError:
            continue
        changed = _change_value(document, rng)
        ascii_only = rng.random() < 1 / 2
        return put(
            json.dumps(changed, ensure_ascii=ascii_only).encode("utf-8", "surrogatepass")
        )
    return _flip(data, rng)


def _change_value(value: Any, rng: random.Random) -> Any:  # noqa: ANN401 (any JSON)
    """Go down to some value, and drop, rename, nest, repeat or replace it."""
    if not isinstance(value, dict | list) or not value or rng.random() < 1 / 8:
        long = rng.choice((LONG, "\ud800", 10**400))
        return rng.choice(
            (*ABSURD, None, True, 0.1, -5, 10**30, [value], {"a": value}, long)
        )
    keys = list(value) if isinstance(value, dict) else list(range(len(value)))
    key = rng.choice(keys)
    what = rng.randrange(8)
    if what == 0:
        del value[key]
    elif what == 1 and isinstance(value, dict):
        value[rng.choice((str(key).upper(), "", " x ", str(rng.choice(keys))))] = (
            value.pop(key)
        )
    elif what == 1:
        rng.shuffle(value)
    elif what == 2 and isinstance(value, list):
        value.append(rng.choice((value[key], None, [], "row", {"other": 1})))
    else:
        value[key] = _change_value(value[key], rng)
    return value


_TEXTS = (".csv", ".tab", ".tsv", ".json", ".jsonl")
_OF_BYTES: tuple[Change, ...] = (
    *(_flip, _flip, _cut, _cut_out, _repeat, _insert, _insert, _insert),
)
_OF_TABLES: tuple[Change, ...] = (
    *(_of_rows(change) for change in (_drop_column, _swap_columns, _double_column)),
    *(_of_rows(change) for change in (_rename, _cut_rows, _shuffle, _shorten)),
    *(_of_rows(change) for change in (_write_cells, _write_cells, _write_cells)),
    *(_of_rows(_add_row), _recode_lines, _other_delimiter),
)
_OF_JSON: tuple[Change, ...] = (_of_values, _of_values, _of_values, _recode_lines)
