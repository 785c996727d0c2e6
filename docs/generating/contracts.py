"""Pages of contracts: tables, exit codes, JSON schemas, crowd-size words."""

import inspect
import json
import tomllib
from collections.abc import Iterator
from importlib.resources import files

from generating.fields import list_types, type_section
from generating.markdown import code, page, phrase, plain, prose, table
from groundswell.api.rendering import LISTS, SCHEMAS, schema_text
from groundswell.core import errors
from groundswell.core.errors import EXIT_CODES, GroundswellError
from groundswell.core.mention_tables import MENTION
from groundswell.core.tables import TABLES
from groundswell.core.vote_tables import VOTE_TABLES

_PRINTED_BY = {
    "check": "check",
    "measure": "measure share`, `measure count",
    "ingest": "ingest",
    "rows": "rows",
    "export": "export",
    "replay": "replay",
    "codebooks": "codebook list",
    "codebook": "codebook show",
    "codebook-try": "codebook try",
    "codebook-check": "codebook check",
    "codebook-evaluate": "codebook evaluate",
    "compare": "sources compare",
    "sources": "sources",
    "source": "sources show",
    "fetch": "fetch NAME",
    "fetchable": "fetch",
    "figures": "figures",
    "places": "places",
    "doctor": "doctor",
}
_TABLES_INTRO = """\
Stages meet in these tables. They are in the `workspace.duckdb` of a workspace, where any
DuckDB client can read them. A missing value is null; it is never 0, -99 or an empty text.

`record` is not listed here: it has the columns that the source gave it, all as text, one
`record.parquet` for each snapshot; its key (`record_no`) is the place of the row in the
file, from 1."""
_EXIT_INTRO = """\
Every error says on standard error what was wrong, what was allowed, and what to do. The
exit code says it to a script."""
_JSON_INTRO = """\
Most commands take `--json` and then print one JSON object and nothing else:

```json
{"schema": "groundswell/measure/1", "result": {}}
```

`schema` names the schema with its version; `result` is described by it. Every field is
always there; a field that can be empty is `null`, an empty text or an empty list. Days
are `YYYY-MM-DD`, shares are fractions of one. A change that could break a reader raises
the version. `groundswell schema NAME` prints the same files, in JSON Schema, draft
2020-12."""


def tables_page() -> str:
    """Write `reference/tables.md`."""
    parts = []
    for one in (*TABLES.values(), MENTION, *VOTE_TABLES.values()):
        keys = ", ".join(code(name) for name in one.key)
        rows = [
            (code(column.name), code(column.sql_type), plain(column.meaning))
            for column in one.columns
        ]
        parts += [f"## {one.name}", f"A row is known by {keys}."]
        parts.append(table(("column", "type", "meaning"), rows))
    return page("Tables", _TABLES_INTRO, *parts, source="groundswell.core.tables")


def exit_codes_page() -> str:
    """Write `reference/exit-codes.md`."""
    rows = [
        (str(number), plain(words), ", ".join(code(name) for name in _raised(number)))
        for number, words in EXIT_CODES.items()
    ]
    rows.append(("130", "interrupted; what was there before is unchanged", ""))
    listed = table(("exit code", "meaning", "error in Python"), rows)
    example = (
        "```console\n$ groundswell replay 3f2a9c -w /home/ada/nowhere\n"
        "groundswell: There is no workspace at /home/ada/nowhere.\n"
        "Allowed: a folder that holds workspace.duckdb\n"
        "Try: groundswell ingest FILE -w /home/ada/nowhere\n$ echo $?\n5\n```"
    )
    return page("Exit codes", _EXIT_INTRO, listed, example, source="core.errors")


def _raised(number: int) -> Iterator[str]:
    for name, one in inspect.getmembers(errors, inspect.isclass):
        is_ours = issubclass(one, GroundswellError) and one is not GroundswellError
        if is_ours and getattr(one, "exit_code", None) == number:
            yield name


def json_page() -> str:
    """Write `reference/json.md`."""
    rows = [
        (
            code(f"groundswell/{name}/1"),
            f"`{_PRINTED_BY[name]}`",
            _result(name, kind),
            f"[{name}.json](schemas/{name}.json)",
        )
        for name, kind in SCHEMAS.items()
    ]
    listed = table(("schema", "printed by", "result", "file"), rows)
    sections = [type_section(kind) for kind in list_types(SCHEMAS.values())]
    return page(
        "JSON",
        _JSON_INTRO,
        listed,
        "## Types",
        "What the results are made of, in the order in which they are first met.",
        *sections,
        source="the result types",
    )


def _result(name: str, kind: type) -> str:
    link = f"[{kind.__name__}](#{kind.__name__.lower()})"
    return f"a list of {link}" if name in LISTS else link


def schema_files() -> dict[str, str]:
    """Write the schemas, by file name."""
    texts = {f"{name}.json": schema_text(name) + "\n" for name in SCHEMAS}
    for text in texts.values():
        json.loads(text)
    return texts


def sizes_tables() -> str:
    """Write the tables of crowd-size words for `explanation/crowd-sizes.md`."""
    path = files("groundswell.language").joinpath("size_words.toml")
    content = tomllib.loads(path.read_text(encoding="utf-8"))
    rules = list(content["rules"])
    rows = [
        (
            ", ".join(phrase(word) for word in entry["phrases"]),
            _interval(entry["low"], entry["high"]),
            *(
                " or ".join(f"{n:,}" for n in entry["points"].get(rule, ())) or "none"
                for rule in rules
                if rule != "interval"
            ),
        )
        for entry in content["word"]
    ]
    names = [code(rule) for rule in rules if rule != "interval"]
    of_rules = [
        (code(rule), prose(row["title"]), _of_range(row["of_range"]), str(row["dozen"]))
        for rule, row in content["rules"].items()
    ]
    return "\n\n".join(
        [
            table(("rule", "whose", "a range or several accounts", "a dozen"), of_rules),
            table(("words", "interval, the same under every rule", *names), rows),
        ]
    )


def _of_range(choice: str) -> str:
    return {"mean": "their mean", "low": "the lowest", "none": "no number"}[choice]


def _interval(low: int, high: int) -> str:
    return f"{low:,}" if low == high else f"{low:,} to {high:,}"
