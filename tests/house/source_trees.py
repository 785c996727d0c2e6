"""The package's own modules as text and as syntax trees."""

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "groundswell"

Function = ast.FunctionDef | ast.AsyncFunctionDef
Documented = ast.Module | ast.ClassDef | Function


@dataclass(frozen=True, slots=True, kw_only=True)
class Module:
    """One module; its path is relative to the package."""

    path: str
    text: str
    tree: ast.Module

    @property
    def folder(self) -> str:
        """Folder of the package that holds it, or its own name beside the folders."""
        return self.path.partition("/")[0]


def parsed(path: str, text: str) -> Module:
    return Module(path=path, text=text, tree=ast.parse(text))


def modules() -> tuple[Module, ...]:
    """Every module of the package."""
    files = sorted(SOURCE.rglob("*.py"))
    return tuple(
        parsed(file.relative_to(SOURCE).as_posix(), file.read_text(encoding="utf-8"))
        for file in files
    )


def functions_of(tree: ast.AST) -> Iterator[Function]:
    return (node for node in ast.walk(tree) if isinstance(node, Function))


def docstrings_of(tree: ast.AST) -> Iterator[ast.Constant]:
    for node in ast.walk(tree):
        if isinstance(node, Documented) and ast.get_docstring(node) is not None:
            statement = node.body[0]
            assert isinstance(statement, ast.Expr)
            assert isinstance(statement.value, ast.Constant)
            yield statement.value


def text_files(places: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Path from the root and text of every file at these places, compiled ones apart."""
    for place in places:
        path = ROOT / place
        assert path.exists(), place
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if file.is_file() and "__pycache__" not in file.parts:
                text = file.read_text(encoding="utf-8", errors="replace")
                yield file.relative_to(ROOT).as_posix(), text


MODULES = modules()
