"""The shape of modules, as far as ruff does not hold it."""

import ast
import io
import re
import tokenize

import pytest

from house.source_trees import MODULES, Module, functions_of, parsed

MOST_LINES = 400
MOST_LINES_OF_A_FUNCTION = 50
UNFINISHED = re.compile(r"\b(?:TODO|FIXME|XXX|HACK)\b")
EVERYTHING = {"Exception", "BaseException"}
LAST_RESORT = "cli/__init__.py"  # turns what nobody foresaw into a message and a code


def length_of(body: list[ast.stmt]) -> int:
    return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0


def without_docstring(body: list[ast.stmt]) -> list[ast.stmt]:
    match body:
        case [ast.Expr(value=ast.Constant(value=str())), *others]:
            return others
    return body


def too_long(module: Module) -> list[str]:
    """A module, and bodies of functions without their docstrings, beyond the limits."""
    n_lines = len(module.text.splitlines())
    faults = [f"{module.path}: {n_lines} lines"] if n_lines > MOST_LINES else []
    for function in functions_of(module.tree):
        n_lines = length_of(without_docstring(function.body))
        if n_lines > MOST_LINES_OF_A_FUNCTION:
            faults.append(f"{module.path}:{function.lineno}: {n_lines} lines")
    return faults


def unfinished(module: Module) -> list[str]:
    """Promises of later work: words in comments, errors that say so, empty bodies."""
    tokens = tokenize.generate_tokens(io.StringIO(module.text).readline)
    comments = [token for token in tokens if token.type == tokenize.COMMENT]
    lines = [token.start[0] for token in comments if UNFINISHED.search(token.string)]
    for node in ast.walk(module.tree):
        match node:
            case ast.Raise() if "NotImplemented" in ast.unparse(node):
                lines.append(node.lineno)
            case ast.FunctionDef(body=body) | ast.AsyncFunctionDef(body=body):
                if all(is_empty(statement) for statement in without_docstring(body)):
                    lines.append(node.lineno)
    return [f"{module.path}:{line}: unfinished" for line in sorted(lines)]


def is_empty(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Pass) or (
        isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
    )


def swallowed(module: Module) -> list[str]:
    """Where every error is caught, whatever it is, and not raised again."""
    lines = []
    for node in ast.walk(module.tree):
        match node:
            case ast.ExceptHandler(body=[*_, ast.Raise(exc=None)]):
                pass
            case ast.ExceptHandler(type=caught) if caught is None or names(caught):
                lines.append(node.lineno)
            case ast.Call(func=called, args=args):
                is_suppress = ast.unparse(called).endswith("suppress")
                if is_suppress and any(names(argument) for argument in args):
                    lines.append(node.lineno)
    return [f"{module.path}:{line}: catches everything" for line in sorted(lines)]


def names(caught: ast.expr) -> set[str]:
    inside = (node for node in ast.walk(caught) if isinstance(node, ast.Name))
    return {node.id for node in inside} & EVERYTHING


def test_modules_and_functions_end_in_time() -> None:
    assert [fault for module in MODULES for fault in too_long(module)] == []


def test_nothing_is_left_for_later() -> None:
    assert [fault for module in MODULES for fault in unfinished(module)] == []


def test_only_the_last_resort_catches_everything() -> None:
    faults = [fault for module in MODULES for fault in swallowed(module)]
    assert [fault.partition(":")[0] for fault in faults] == [LAST_RESORT]


def test_length_is_counted_without_signature_and_docstring() -> None:
    head = "def f(\n    a,\n):\n    '''\n    Does.\n    '''\n"
    longest = head + "    a += 1\n" * MOST_LINES_OF_A_FUNCTION
    assert too_long(parsed("a.py", longest)) == []
    assert too_long(parsed("a.py", f"\n{longest}    a += 1")) == ["a.py:2: 51 lines"]
    assert too_long(parsed("a.py", "\n" * MOST_LINES)) == []
    assert too_long(parsed("a.py", "\n" * MOST_LINES + "a = 1")) == ["a.py: 401 lines"]


@pytest.mark.parametrize(
    ("text", "is_unfinished"),
    [
        ("x = 1  # TODO(ada): more", True),
        ("# FIXME", True),
        ("x = 'TODO'", False),
        ("raise NotImplementedError", True),
        ("raise NotImplementedError('later')", True),
        ("except_ = (OSError, NotImplementedError)", False),
        ("def f(): ...", True),
        ("def f():\n    'Says.'", True),
        ("def f():\n    'Says.'\n    pass", True),
        ("def f():\n    'Says.'\n    return 1", False),
        ("class Gone(OSError):\n    'Says.'", False),
    ],
)
def test_what_is_unfinished_is_found(text: str, is_unfinished: bool) -> None:
    expected = ["a.py:1: unfinished"] if is_unfinished else []
    assert unfinished(parsed("a.py", text)) == expected


@pytest.mark.parametrize(
    ("text", "is_caught"),
    [
        ("try:\n    f()\nexcept:\n    pass", True),
        ("try:\n    f()\nexcept Exception:\n    pass", True),
        ("try:\n    f()\nexcept (OSError, BaseException) as e:\n    g(e)", True),
        ("try:\n    f()\nexcept OSError:\n    pass", False),
        ("try:\n    f()\nexcept BaseException:\n    g()\n    raise", False),
        ("\n\ncontextlib.suppress(Exception)", True),
        ("\n\nsuppress(OSError)", False),
    ],
)
def test_what_catches_everything_is_found(text: str, is_caught: bool) -> None:
    expected = ["a.py:3: catches everything"] if is_caught else []
    assert swallowed(parsed("a.py", text)) == expected
