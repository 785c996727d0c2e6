"""The site holds together: pages, links, commands, schemas, and what code generates."""

import importlib.util
import json
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from urllib.parse import unquote

import pytest
import typer
from jsonschema import Draft202012Validator

import groundswell
from docs.page_blocks import DOCS, ROOT
from groundswell.api import rendering
from groundswell.cli import app
from groundswell.language.sizes import read_size

PAGES = sorted(DOCS.rglob("*.md"))
OUTSIDE = [ROOT / "README.md", ROOT / "CONTRIBUTING.md"]
_LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
_FENCED = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
_CODE = re.compile(r"`[^`\n]*`")
_HEADING = re.compile(r"^#{1,6} (.+)$", re.MULTILINE)
_NAV = re.compile(r": (\S+\.md)$", re.MULTILINE)


def test_generated_pages_are_what_the_code_says() -> None:
    script = [sys.executable, "-W", "error", str(DOCS / "generate.py"), "--check"]
    done = subprocess.run(script, capture_output=True, text=True, check=False)  # noqa: S603 (our own script)
    assert done.returncode == 0, done.stderr


def test_the_nav_names_every_page_and_no_other() -> None:
    named = _NAV.findall((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))
    assert len(named) == len(set(named))
    assert set(named) == {str(page.relative_to(DOCS)) for page in PAGES}


@pytest.mark.parametrize("page", [*PAGES, *OUTSIDE], ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    text = _CODE.sub("", _FENCED.sub("", page.read_text(encoding="utf-8")))
    for link in _LINK.findall(text):
        if link.startswith(("https://", "http://", "mailto:")):
            continue
        path, _, anchor = unquote(link).partition("#")
        target = (page.parent / path).resolve() if path else page
        assert target.exists(), f"{page.name}: {link}"
        if anchor:
            assert anchor in anchors_of(target), f"{page.name}: {link}"


def anchors_of(page: Path) -> set[str]:
    """Headings as the table of contents names them; repeats get a number."""
    text = _FENCED.sub("", page.read_text(encoding="utf-8"))
    seen: dict[str, int] = {}
    anchors: set[str] = set()
    for heading in _HEADING.findall(text):
        plain = re.sub(r"[^\w\s-]", "", heading.replace("\\", "")).strip().lower()
        slug = re.sub(r"[-\s]+", "-", plain)
        number = seen.get(slug, 0)
        seen[slug] = number + 1
        anchors.add(f"{slug}_{number}" if number else slug)
    return anchors


def test_every_command_is_documented() -> None:
    text = (DOCS / "reference" / "commands.md").read_text(encoding="utf-8")
    for words, command in commands_below(("groundswell",), typer.main.get_command(app)):
        section = text.partition(f"## {' '.join(words)}\n")[2].partition("\n## ")[0]
        assert section, words
        assert "```sh\ngroundswell" in section, f"{words} has no example"
        for parameter in command.params:
            for name in parameter.opts:
                known = name.startswith("-") and name not in {"--help", "-h"}
                assert not known or f"`{name}`" in section, (words, name)


def commands_below(words: tuple[str, ...], command: object) -> list[tuple]:
    inner = getattr(command, "commands", {})
    found = [] if inner and not command.invoke_without_command else [(words, command)]
    for name, one in inner.items():
        found += commands_below((*words, name), one)
    return [entry for entry in found if entry[0] != ("groundswell",)]


def test_every_public_name_is_documented() -> None:
    text = (DOCS / "reference" / "python.md").read_text(encoding="utf-8")
    documented = re.findall(r"^::: groundswell\.api\.(\w+)$", text, re.MULTILINE)
    assert sorted(documented) == sorted(groundswell.__all__)


def test_the_schemas_are_schemas() -> None:
    files = sorted((DOCS / "reference" / "schemas").glob("*.json"))
    assert {file.stem for file in files} == set(rendering.SCHEMAS)
    for file in files:
        schema = json.loads(file.read_text(encoding="utf-8"))
        Draft202012Validator.check_schema(schema)
        assert schema["title"] == f"groundswell/{file.stem}/1"


@pytest.fixture(scope="module")
def generator() -> ModuleType:
    sys.path.insert(0, str(DOCS))
    try:
        spec = importlib.util.spec_from_file_location("generate", DOCS / "generate.py")
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
    finally:
        sys.path.remove(str(DOCS))
    return module


def test_a_page_that_was_changed_by_hand_is_noticed(generator: ModuleType) -> None:
    pages = generator.generated_pages()
    assert generator.stale_pages(pages) == []
    changed = {**pages, "reference/tables.md": pages["reference/tables.md"] + "\n"}
    assert generator.stale_pages(changed) == ["reference/tables.md"]
    fewer = {name: text for name, text in pages.items() if "doctor.json" not in name}
    assert generator.stale_pages(fewer) == ["reference/schemas/doctor.json"]


def test_what_is_generated_escapes_markdown(generator: ModuleType) -> None:
    from generating.markdown import phrase, plain, table

    assert generator.DOCS == DOCS
    assert plain("a*b_c [d] <e> & | f") == (r"a\*b\_c \[d\] &lt;e&gt; &amp; \| f")
    assert phrase("וקף") == "<bdi>וקף</bdi>"
    assert table(("x",), []) == ""
    assert table(("x", "y"), [("1", "2")]) == "| x | y |\n| --- | --- |\n| 1 | 2 |"


def test_the_crowd_sizes_of_the_page_are_read_so() -> None:
    text = (DOCS / "explanation" / "crowd-sizes.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([^`]+)` \| (\S+) \| (\S+) \| .+\|$", text, re.MULTILINE)
    assert len(rows) == 11
    for phrase, fewest, most in rows:
        size = read_size(phrase, rule="ccc")
        assert (size.low, size.high) == (number(fewest), number(most)), phrase


def number(cell: str) -> int | None:
    return None if cell in {"none", "open"} else int(cell.replace(",", ""))
