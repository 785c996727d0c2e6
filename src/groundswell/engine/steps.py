"""Named SQL: one `SELECT`, the tables it reads, the table it makes."""

import re
from dataclasses import dataclass

_TEXT_OR_COMMENT = re.compile(
    r"""'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|/\*.*?\*/""", re.DOTALL
)
_PARAMETER = re.compile(
    r"""'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|/\*.*?\*/|(\$[A-Za-z_]\w*)""", re.DOTALL
)
_INEXACT = re.compile(
    r"\b(avg|mean|fsum|kahan_sum|sumkahan|stddev\w*|var_\w+|variance|corr|covar_\w+|"
    r"regr_\w+|any_value|arbitrary|approx_\w+|mode|random|setseed|uuid|"
    r"gen_random_uuid|now|today|get_current_\w+)\s*\(|"
    r"\b(current_date|current_time|current_timestamp)\b",
    re.IGNORECASE,
)
_ORDERED = re.compile(
    r"\b(list|array_agg|string_agg|group_concat|listagg|first|last)\s*\(", re.IGNORECASE
)
_ORDER_BY = re.compile(r"\bORDER\s+BY\b", re.IGNORECASE)
_IDENTIFIER = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One named query that makes one table.

    Attributes
    ----------
    name
        What it does, for errors and progress.
    inputs
        Tables and views that it reads, all of them.
    output
        Table that it makes.
    sql
        One `SELECT`; values are named parameters (`$window_start`).
    is_temporary
        Whether the table lives only as long as the workspace is open.

    Raises
    ------
    ValueError
        If the query could give another answer on another run: see `check_sql`.

    Examples
    --------
    >>> Step(name="mean", inputs=("report",), output="m", sql="SELECT avg(x) FROM report")
    Traceback (most recent call last):
    ...
    ValueError: 'avg' is not repeatable: sum integers and divide at the end
    """

    name: str
    inputs: tuple[str, ...]
    output: str
    sql: str
    is_temporary: bool = False

    def __post_init__(self) -> None:
        for name in (*self.inputs, self.output):
            check_name(name)
        check_sql(self.sql)


def check_sql(sql: str) -> None:
    """Refuse a query whose answer can differ from one run to the next.

    Threads add up floating numbers in any order, and so pick any value of a group. What
    is left to the caller: order by a key before a `LIMIT` and in a window.

    Parameters
    ----------
    sql
        One `SELECT`.

    Raises
    ------
    ValueError
        If it is not one `SELECT`, calls an inexact aggregate or a clock, or collects a
        list without an order.
    """
    plain = _TEXT_OR_COMMENT.sub("x", sql).strip().rstrip(";")
    if not re.match(r"(SELECT|WITH|FROM|VALUES)\b", plain, re.IGNORECASE):
        raise ValueError(f"a step is one SELECT, not {plain[:40]!r}")
    if ";" in plain:
        raise ValueError("a step is one SELECT, without a semicolon inside")
    if match := _INEXACT.search(plain):
        raise ValueError(
            f"{match[1] or match[2]!r} is not repeatable: sum integers and divide at the "
            "end"
        )
    for match in _ORDERED.finditer(plain):
        if not _ORDER_BY.search(_arguments(plain, start=match.end())):
            raise ValueError(f"{match[1]!r} needs an ORDER BY among its arguments")


def check_name(name: str) -> None:
    """Refuse a table or column name that is not a plain word.

    Raises
    ------
    ValueError
        If the name is not letters, digits and underscores, or starts with a digit.
    """
    if not _IDENTIFIER.fullmatch(name):
        raise ValueError(f"a table name is letters, digits and underscores, not {name!r}")


def quoted(name: str) -> str:
    """Quote an identifier, whatever it holds.

    Examples
    --------
    >>> quoted("Pro(2)/Anti(1)")
    '"Pro(2)/Anti(1)"'
    """
    return '"' + name.replace('"', '""') + '"'


def without_parameters(sql: str) -> str:
    """Put a null in the place of each parameter.

    Examples
    --------
    >>> without_parameters("SELECT '$a', $a FROM t")
    "SELECT '$a', NULL FROM t"
    """
    return _PARAMETER.sub(lambda match: "NULL" if match[1] else match[0], sql)


def literal(text: str) -> str:
    """Quote a text as an SQL string, for the few places that take no parameter.

    Examples
    --------
    >>> literal("k.A.'s")
    "'k.A.''s'"
    """
    return "'" + text.replace("'", "''") + "'"


def _arguments(sql: str, *, start: int) -> str:
    depth = 1
    for end in range(start, len(sql)):
        depth += (sql[end] == "(") - (sql[end] == ")")
        if depth == 0:
            return sql[start:end]
    return sql[start:]
