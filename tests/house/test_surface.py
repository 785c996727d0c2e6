"""The public surface: names that exist, imports that cost little, help that helps."""

import re
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from importlib import import_module
from typing import Annotated

import pytest
import typer
from typer.testing import CliRunner

import groundswell
from groundswell.cli import app
from groundswell.cli.help import Command
from house.source_trees import MODULES, Module

OURS = "groundswell"
HEAVY = frozenset(
    {"duckdb", "httpx", "jinja2", "numpy", "python_calamine", "stamina", "trafilatura"}
)


def names_missing(module: str, listed: Iterable[str]) -> list[str]:
    loaded = import_module(module)
    return [f"{module}.{name}" for name in listed if not hasattr(loaded, name)]


LISTING = [m for m in MODULES if re.search(r"^__all__\b", m.text, re.MULTILINE)]


@pytest.mark.parametrize("module", LISTING, ids=lambda module: module.path)
def test_every_public_name_exists(module: Module) -> None:
    inner = module.path.removesuffix(".py").removesuffix("__init__").strip("/")
    name = f"{OURS}.{inner}".replace("/", ".").strip(".")
    listed = import_module(name).__all__
    assert listed
    assert len(listed) == len(set(listed))
    assert names_missing(name, listed) == []


def test_a_public_name_that_is_gone_is_found() -> None:
    assert {module.path for module in LISTING} > {"__init__.py", "api/__init__.py"}
    assert names_missing(OURS, [*groundswell.__all__, "chekc"]) == ["groundswell.chekc"]


def packages_loaded(*arguments: str) -> set[str]:
    """Top-level packages that a fresh interpreter has loaded in the end."""
    command = [sys.executable, "-X", "importtime", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603 (our own program)
    lines = re.findall(r"^import time:.*\|\s*([\w.]+)$", done.stderr, re.MULTILINE)
    return {line.partition(".")[0] for line in lines}


def test_an_import_of_the_package_loads_nothing_else() -> None:
    loaded = packages_loaded("-c", "import groundswell")
    assert OURS in loaded
    assert loaded & (HEAVY | {"rich", "typer"}) == set()


@pytest.mark.parametrize(
    "arguments", [("--help",), ("--version",), ("check", "--help")], ids=" ".join
)
def test_help_loads_nothing_heavy(arguments: tuple[str, ...]) -> None:
    loaded = packages_loaded("-m", OURS, *arguments)
    assert {OURS, "typer"} <= loaded
    assert loaded & HEAVY == set()


def test_a_heavy_package_is_seen() -> None:
    assert packages_loaded("-c", "import jinja2, numpy.linalg") & HEAVY == {
        "jinja2",
        "numpy",
    }


def commands_of(command: object, *words: str) -> Iterator[tuple[tuple[str, ...], object]]:
    """Every command that does something, with the words that call it."""
    inner: Mapping[str, object] = getattr(command, "commands", {})
    if not inner or command.invoke_without_command:
        yield words, command
    for name, one in inner.items():
        yield from commands_of(one, *words, name)


def faults_of_help(program: typer.Typer) -> list[str]:
    """Commands whose help shows no example, and parameters that nothing explains."""
    faults = []
    for words, command in commands_of(typer.main.get_command(program)):
        called = " ".join(words)
        shown = CliRunner().invoke(program, [*words, "--help"]).output
        example = re.search(r"\nExamples?:\s+\S.*", shown)
        if example is None or called not in example[0]:
            faults.append(f"{called}: no example")
        bare = [one for one in command.params if not (one.help or "").strip()]
        faults += [f"{called} {parameter.name}: no help" for parameter in bare]
    return faults


def test_every_command_shows_an_example_and_explains_its_options() -> None:
    assert len(list(commands_of(typer.main.get_command(app)))) > 12
    assert faults_of_help(app) == []


def test_help_without_an_example_or_an_explanation_is_found() -> None:
    program = typer.Typer(add_completion=False, rich_markup_mode=None)

    @program.command(cls=Command)
    def good(name: Annotated[str, typer.Option(help="Whom.")]) -> None:
        """Greet.

        Example: good --name Ada
        """

    @program.command(cls=Command)
    def bad(name: str, place: Annotated[str, typer.Option(help=" ")]) -> None:
        """Greet."""

    assert faults_of_help(program) == [
        "bad: no example",
        "bad name: no help",
        "bad place: no help",
    ]
