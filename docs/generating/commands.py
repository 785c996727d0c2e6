"""`reference/commands.md`: every command with its options, help and example."""

import inspect
import re
from collections.abc import Callable, Iterator
from typing import Any, Literal, get_args, get_origin, get_type_hints

import typer

from generating.markdown import code, page, plain, table
from groundswell.cli import app

_PROGRAM = "groundswell"
_EXAMPLE = re.compile(r"^Example: (.+)", re.MULTILINE | re.DOTALL)
_INTRO = """\
`groundswell COMMAND --help` prints the same. Results go to standard output, progress and
notes to standard error. `--json` prints [JSON with a schema](json.md). Commands end with
an [exit code](exit-codes.md) that says what went wrong.

Environment: `NO_COLOR` switches colours off; `GROUNDSWELL_DEBUG=1` shows where a fault in
Groundswell itself happened; `GROUNDSWELL_ACLED_EMAIL` and `GROUNDSWELL_ACLED_PASSWORD`,
or `GROUNDSWELL_ACLED_TOKEN`, are your account of
[ACLED](../how-to/fetch-a-source.md#acled)."""


def commands_page() -> str:
    """Write the page."""
    parts = []
    for names, command in list_commands():
        parts += [f"## {' '.join(names)}", *_command(command)]
    return page("Commands", _INTRO, *parts, source="the command line itself")


def list_commands() -> Iterator[tuple[tuple[str, ...], Any]]:
    """List every command that does something, with the words that call it."""
    yield from _walk((_PROGRAM,), typer.main.get_command(app))


def _walk(names: tuple[str, ...], command: Any) -> Iterator[tuple[tuple[str, ...], Any]]:  # noqa: ANN401 (typer's own class differs from version to version)
    inner = getattr(command, "commands", {})
    if not inner or (command.invoke_without_command and len(names) > 1):
        yield names, command
    for name in command.list_commands(None) if inner else ():
        yield from _walk((*names, name), inner[name])


def _command(command: Any) -> Iterator[str]:  # noqa: ANN401 (as above)
    help_text = inspect.cleandoc(command.help or "")
    found = _EXAMPLE.search(help_text)
    yield from (plain(p) for p in _EXAMPLE.sub("", help_text).split("\n\n") if p.strip())
    if found:
        yield f"```sh\n{' '.join(found[1].split())}\n```"
    hints = _hints(command.callback)
    rows = [_row(one, hints[one.name]) for one in command.params if one.name in hints]
    arguments = [row for kind, row in rows if kind == "argument"]
    options = [row for kind, row in rows if kind == "option"]
    yield table(("argument", "meaning"), [(a, m) for a, _, m, _ in arguments])
    yield table(("option", "value", "meaning", "default"), options)


def _hints(callback: Callable[..., object]) -> dict[str, object]:
    return get_type_hints(callback)


def _row(one: Any, hint: object) -> tuple[str, tuple[str, str, str, str]]:  # noqa: ANN401 (as above)
    names = ", ".join(code(name) for name in (*one.opts, *one.secondary_opts))
    if one.param_type_name == "argument":
        names = code(one.metavar or one.name.upper())
        names += "" if one.required else " (optional)"
    default = code(str(one.default)) if one.default not in {None, "", False, ()} else ""
    if one.required and one.param_type_name == "option":
        default = "required"
    meaning = plain(one.help or "")
    return one.param_type_name, (names, _value(one, hint), meaning, default)


def _value(one: Any, hint: object) -> str:  # noqa: ANN401 (as above)
    if one.metavar:
        return code(one.metavar)
    choices = [a for a in get_args(hint) if a is not type(None)]
    if get_origin(hint) is Literal:
        return ", ".join(code(str(choice)) for choice in choices)
    return "" if hint is bool else code(one.name.upper())
