"""Every command and every script on the pages does what the page says."""

import shutil
from pathlib import Path

import pytest

from docs.page_blocks import DOCS, Runner, blocks_of

PAGES = sorted(
    page
    for folder in ("tutorials", "how-to", "explanation")
    for page in (DOCS / folder).glob("*.md")
)
PAGES += [DOCS / "index.md", DOCS / "reference" / "python.md"]


@pytest.mark.skipif(shutil.which("sh") is None, reason="the pages show shell commands")
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_what_a_page_shows_happens(page: Path, tmp_path: Path) -> None:
    runner = Runner(tmp_path)
    for block in blocks_of(page):
        runner.run(block)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_what_is_not_run_says_why(page: Path) -> None:
    for block in blocks_of(page):
        if block.note.startswith("not run"):
            reason = block.note.removeprefix("not run: ")
            assert reason, f"{page.name}, line {block.line}"
