"""The built site: no warning, no request to anybody else."""

import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest

from docs.page_blocks import ROOT

_OUTSIDE = re.compile(r"^(https?:)?//")
_IN_STYLES = re.compile(r"(?:url\(|@import\s)\s*[\"']?(?:https?:)?//")
_LOADING = {"src", "srcset", "poster", "data", "action"}


class Requests(HTMLParser):
    """Collects what a page would load from elsewhere; links to be followed are fine."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            loads = name in _LOADING or (name == "href" and tag == "link")
            if loads and value and _OUTSIDE.match(value):
                self.found.append(f"<{tag} {name}={value}>")
            if name == "style" and value and _IN_STYLES.search(value):
                self.found.append(f"<{tag} style={value}>")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet"]
    done = subprocess.run(  # noqa: S603 (our own site)
        [*command, "--site-dir", str(folder)],
        cwd=ROOT,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return folder


def test_no_page_loads_anything_from_elsewhere(site: Path) -> None:
    pages = sorted(site.rglob("*.html"))
    assert len(pages) > 20
    for page in pages:
        requests = Requests()
        requests.feed(page.read_text(encoding="utf-8"))
        assert requests.found == [], page.name
    for style in site.rglob("*.css"):
        assert not _IN_STYLES.search(style.read_text(encoding="utf-8")), style.name


def test_the_site_holds_pages_schemas_and_data_and_no_scripts_of_ours(site: Path) -> None:
    assert (site / "reference" / "schemas" / "check.json").is_file()
    assert list((site / "reference" / "data").glob("*.csv"))
    assert not list(site.rglob("*.py"))
    assert not list(site.rglob("*.md"))


def test_what_would_be_loaded_is_noticed() -> None:
    requests = Requests()
    requests.feed(
        '<a href="https://a.example"></a><img src="x.png"><script src="//b.example/s.js">'
        '</script><link rel="stylesheet" href="https://c.example/f.css">'
        '<p style="background: url(https://d.example/p.png)"></p>'
    )
    assert len(requests.found) == 3
