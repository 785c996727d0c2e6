"""What each folder imports is what is declared for it, and for the package."""

import ast
import re
import sys
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import packages_distributions

import pytest
from packaging.requirements import Requirement

from house.source_trees import MODULES, ROOT, Function, Module, parsed

NOTHING: frozenset[str] = frozenset()
ALLOWED: Mapping[str, frozenset[str]] = {
    "core": NOTHING,
    "codebook": NOTHING,
    "language": NOTHING,
    "engine": frozenset({"duckdb", "numpy"}),
    "sources": frozenset({"httpx", "numpy", "platformdirs", "stamina"}),
    "ingest": frozenset({"numpy", "pyreadstat", "python_calamine", "rdata"}),
    "reading": frozenset({"trafilatura"}),
    "measures": frozenset({"numpy"}),
    "multiverse": frozenset({"numpy"}),
    "checking": NOTHING,
    "reports": frozenset({"jinja2", "rich"}),
    "api": frozenset({"numpy"}),
    "cli": frozenset({"rich", "typer"}),
    "__init__.py": NOTHING,
    "__main__.py": NOTHING,
}
OURS = "groundswell"
DISTRIBUTIONS = packages_distributions()
UNKNOWN = "a name that is not written out"


@dataclass(frozen=True, slots=True, kw_only=True)
class Import:
    """A third-party import: of which package, where, and whether inside a function."""

    package: str
    where: str
    is_local: bool


def names_of(node: ast.AST) -> list[str]:
    """Modules that a node imports, by a statement or by a call."""
    match node:
        case ast.Import(names=names):
            return [name.name for name in names]
        case ast.ImportFrom(module=str(module), level=0):
            return [module]
        case ast.Call(
            func=ast.Name(id="import_module" | "__import__")
            | ast.Attribute(attr="import_module"),
            args=[name, *_],
        ):
            match name:
                case ast.Constant(value=str(written)):
                    return [written]
                case ast.JoinedStr(values=[ast.FormattedValue(value=start), *_]):
                    return [OURS if ast.unparse(start) == "__name__" else UNKNOWN]
            return [UNKNOWN]
    return []


def imports_of(module: Module) -> Iterator[Import]:
    """Third-party imports of a module: at its top, inside functions, for types."""

    def walk(node: ast.AST, *, is_local: bool) -> Iterator[Import]:
        for name in names_of(node):
            package = name.partition(".")[0]
            if package not in sys.stdlib_module_names and package != OURS:
                where = f"{module.path}:{getattr(node, 'lineno', 0)}"
                yield Import(package=package, where=where, is_local=is_local)
        inside = is_local or isinstance(node, Function)
        for child in ast.iter_child_nodes(node):
            yield from walk(child, is_local=inside)

    return walk(module.tree, is_local=False)


def undeclared(
    modules: Iterable[Module], allowed: Mapping[str, frozenset[str]]
) -> list[str]:
    """Imports that a folder is not allowed, and permissions that nothing uses."""
    unused = {(folder, package) for folder in allowed for package in allowed[folder]}
    faults = []
    for module in modules:
        if module.folder not in allowed:
            faults.append(f"{module.path}: its folder is not in the list")
        for found in imports_of(module):
            unused.discard((module.folder, found.package))
            if found.package not in allowed.get(module.folder, NOTHING):
                faults.append(f"{found.where}: imports {found.package}")
    return faults + [f"{folder}: {package} is not used" for folder, package in unused]


def test_each_folder_imports_what_is_declared_for_it() -> None:
    assert undeclared(MODULES, ALLOWED) == []


@pytest.mark.parametrize(
    ("text", "package"),
    [
        ("import os, pandas.io", "pandas"),
        ("def f():\n    from numpy import array", "numpy"),
        ("if TYPE_CHECKING:\n    import numpy as np", "numpy"),
        ("importlib.import_module('duckdb')", "duckdb"),
        ("import_module(f'{name}.x')", UNKNOWN),
        ("__import__(name)", UNKNOWN),
    ],
)
def test_an_import_is_found_wherever_it_hides(text: str, package: str) -> None:
    planted = parsed("core/planted.py", text)
    line = len(text.splitlines())
    said = [f"core/planted.py:{line}: imports {package}"]
    assert undeclared([planted], {"core": NOTHING}) == said
    assert undeclared([planted], {"core": frozenset({package})}) == []
    assert undeclared([], {"core": frozenset({package})}) == [
        f"core: {package} is not used"
    ]
    assert undeclared([parsed("utils/a.py", "")], {"core": NOTHING}) == [
        "utils/a.py: its folder is not in the list"
    ]
    first_party = "import os\nfrom . import x\nimport_module(f'{__name__}.{home}')"
    assert undeclared([parsed("core/a.py", first_party)], {"core": NOTHING}) == []


def faults_of_dependencies(
    modules: Iterable[Module], project: Mapping[str, object]
) -> list[str]:
    """Where `pyproject.toml` and the imports of the package disagree."""
    base = names_in(project["dependencies"])
    extras = names_in(project.get("optional-dependencies", {})) - {OURS}
    imported: dict[str, Import] = {}
    faults = []
    for module in modules:
        for found in imports_of(module):
            name = normal(DISTRIBUTIONS.get(found.package, [found.package])[0])
            imported[name] = found
            if name in extras and not found.is_local:
                faults.append(f"{found.where}: {name} is optional: import it where used")
    declared = base | extras
    faults += [f"{name}: declared, not imported" for name in declared - imported.keys()]
    missing = imported.keys() - declared
    faults += [f"{imported[name].where}: {name} is not declared" for name in missing]
    return sorted(faults)


def names_in(declared: object) -> set[str]:
    if isinstance(declared, Mapping):
        return set[str]().union(*(names_in(lines) for lines in declared.values()))
    assert isinstance(declared, list)
    return {normal(Requirement(line).name) for line in declared}


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def test_what_is_imported_is_declared_and_the_reverse() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert faults_of_dependencies(MODULES, tomllib.loads(text)["project"]) == []


def test_a_missing_and_a_needless_dependency_are_found() -> None:
    text = "import numpy, jinja2\ndef f():\n    import python_calamine"
    planted = [parsed("a.py", text)]
    project = {
        "dependencies": ["NumPy>=2", "Jinja2"],
        "optional-dependencies": {
            "xlsx": ["python-calamine"],
            "all": ["groundswell[xlsx]"],
        },
    }
    assert faults_of_dependencies(planted, project) == []
    at_the_top = [*planted, parsed("b.py", "import python_calamine")]
    assert faults_of_dependencies(at_the_top, project) == [
        "b.py:1: python-calamine is optional: import it where used"
    ]
    assert faults_of_dependencies(planted, {"dependencies": ["numpy", "duckdb"]}) == [
        "a.py:1: jinja2 is not declared",
        "a.py:3: python-calamine is not declared",
        "duckdb: declared, not imported",
    ]
