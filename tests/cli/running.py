"""Ways to run a command as a user does, and to see what it left."""

import io
import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from unittest.mock import patch

from jsonschema import Draft202012Validator, FormatChecker

from groundswell.cli import main

Json = Any  # what json.loads gives; its form is held against the schema
EXAMPLES = Path(__file__).parents[2] / "examples"
ARTICLE = EXAMPLES / "article.txt"
RECORDS = EXAMPLES / "simulated-records.csv"
CODEBOOK = EXAMPLES / "harbour-tunnel.toml"
MAPPING = ("--mapping", EXAMPLES / "records.mapping.toml")
EVENTS = ("--events", RECORDS, *MAPPING, "--manifest", EXAMPLES / "records.manifest.toml")
FIGURES = ("--figures", EXAMPLES / "figures.toml")
OURS = ("--codebook", CODEBOOK)
PUBLISHED = ("--published", "2024-06-20")
SENTENCE = "86 percent of these protests were pro-Palestine."
N_ROWS = 1_095


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How a command ended, and what it wrote."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Json:
        return json.loads(self.out)["result"]


def run(*arguments: object) -> Outcome:
    """Run a command in this process."""
    out, err = _stream("strict"), _stream("backslashreplace")
    argv = ["groundswell", *map(str, arguments)]
    with (
        patch.object(sys, "argv", argv),
        patch.object(sys, "stdout", out),
        patch.object(sys, "stderr", err),
    ):
        try:
            main()
            code = 0
        except SystemExit as stop:
            code = stop.code if isinstance(stop.code, int) else int(stop.code is not None)
    return Outcome(code=code, out=_text(out), err=_text(err))


def done(*arguments: object) -> Outcome:
    """Run a command that has to succeed."""
    outcome = run(*arguments)
    assert outcome.code == 0, outcome
    return outcome


def checked_json(name: str, outcome: Outcome) -> Json:
    """Hold printed JSON against the schema that the program itself prints."""
    whole = json.loads(outcome.out)
    assert whole["schema"] == f"groundswell/{name}/1"
    _validator(name).validate(whole)
    return whole["result"]


@cache
def _validator(name: str) -> Draft202012Validator:
    schema = json.loads(done("schema", name).out)
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema, format_checker=FormatChecker())


def files_of(folder: Path) -> Mapping[str, bytes]:
    """Read every file of a folder but the database, whose bytes are not ours."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and "workspace.duckdb" not in path.name
    }


def _stream(errors: str) -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(), encoding="utf-8", errors=errors, newline="\n")


def _text(stream: io.TextIOWrapper) -> str:
    stream.flush()
    buffer = stream.buffer
    assert isinstance(buffer, io.BytesIO)
    return buffer.getvalue().decode()
