"""Locks are hashed, name no index, and lock what may be used; no path is a machine's."""

import re
from collections.abc import Iterator
from email.message import Message
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from house.source_trees import ROOT, text_files

LOCKS = sorted((ROOT / "requirements").glob("*.txt"))
BUILDING = ("requirements", "pyproject.toml", "Makefile", "tests/smoke", "mkdocs.yml")

PERMISSIVE = frozenset(
    {
        *("0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "ISC", "MIT"),
        *("CNRI-Python", "PSF-2.0", "Unlicense", "Zlib"),
        *("MPL-1.1", "MPL-2.0"),  # what binds is a file of theirs that is changed
        # as packages without an SPDX expression say it
        *("BSD License", "MIT License", "ISC License (ISCL)", "Apache Software License"),
        *("Mozilla Public License 2.0 (MPL 2.0)", "Python Software Foundation License"),
    }
)
_HASHED = re.compile(r"[\w.-]+==[\w.+!]+( ; [^#]+?)?( --hash=sha256:[0-9a-f]{64})+")
_INDEX = re.compile(
    r"(?<!no-emit-)(?:index-url|find-links)|default-index|--index\b|\[tool\.uv\.index|"
    r"(?:UV|PIP)_\w*INDEX|trusted-host|https?://\S*(?:pypi|simple|registry|nexus|"
    r"artifactory|devpi|files\.pythonhosted)",
    re.IGNORECASE,
)
_MACHINE = re.compile(r"(?<![\w.:/<~-])/(?:work|root|home|tmp|Users|mnt|opt|srv)\b")


def locked_lines(text: str) -> list[str]:
    """Lines of a lock, put together where they go on, without their comments."""
    bare = re.sub(r"(?m)^\s*#.*$", "", text)
    joined = re.sub(r"\s*\\\n\s*", " ", bare)
    return [line.strip() for line in joined.splitlines() if line.strip()]


def unhashed(text: str) -> list[str]:
    """Lines of a lock that are not a version with its hashes."""
    return [line for line in locked_lines(text) if not _HASHED.fullmatch(line)]


def addresses(text: str, *, pattern: re.Pattern[str]) -> list[str]:
    return [line.strip() for line in text.splitlines() if pattern.search(line)]


def requirements_of(text: str) -> Iterator[Requirement]:
    return (Requirement(line.partition(" --hash")[0]) for line in locked_lines(text))


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.stem)
def test_every_locked_line_has_its_hashes(lock: Path) -> None:
    text = lock.read_text(encoding="utf-8")
    assert len(locked_lines(text)) > 1
    assert unhashed(text) == []


def test_a_line_without_a_hash_is_found() -> None:
    good = f"a-b==1.0 ; x < '3' \\\n    --hash=sha256:{'0' * 64}\n    # via c\n"
    assert unhashed(good) == []
    for line in ("a==1.0", "-e .", "--index-url x", f"a>=1 --hash=sha256:{'0' * 64}"):
        assert unhashed(f"{good}{line}\n") == [line]


def test_no_lock_and_no_build_file_names_an_index() -> None:
    files = list(text_files(BUILDING))
    assert len(files) > len(LOCKS) + 3
    assert [(p, addresses(t, pattern=_INDEX)) for p, t in files] == [
        (path, []) for path, _ in files
    ]


def test_no_source_holds_a_path_of_a_machine() -> None:
    files = list(text_files(("src", "examples", "Makefile", "pyproject.toml")))
    assert len(files) > 200
    assert [(p, addresses(t, pattern=_MACHINE)) for p, t in files] == [
        (path, []) for path, _ in files
    ]


@pytest.mark.parametrize(
    ("line", "is_index", "is_machine"),
    [
        ("pip install --index-url https://a.example/b", True, False),
        ("--no-emit-index-url --no-emit-find-links", False, False),
        ("PIP_EXTRA_INDEX_URL=x", True, False),
        ("[[tool.uv.index]]", True, False),
        ("https://pypi.example/simple/a", True, False),
        ("open('/mnt/x')", False, True),
        ("cd /root", False, True),
        ("groundswell -w /home/ada/w", False, True),
        ("https://example.org/home/tmp", False, False),
        ("work/tmp, and/or", False, False),
    ],
)
def test_addresses_are_found(line: str, is_index: bool, is_machine: bool) -> None:
    text = f"first\n{line}\nlast"
    assert addresses(text, pattern=_INDEX) == [line] * is_index
    assert addresses(text, pattern=_MACHINE) == [line] * is_machine


def licences_of(about: Message) -> str:
    """The licence as an SPDX expression, or as a package says it by older rules."""
    classified = [
        line.rpartition(" :: ")[2]
        for line in about.get_all("Classifier", [])
        if line.startswith("License :: ") and line != "License :: OSI Approved"
    ]
    written = [about["License-Expression"], " AND ".join(classified), about["License"]]
    return next((words for words in written if words), "none stated")


def is_permissive(licences: str) -> bool:
    """Whether one alternative asks for nothing that a permissive licence does not."""
    return any(
        all(part in PERMISSIVE for part in alternative.split(" AND "))
        for alternative in licences.split(" OR ")
    )


def test_what_is_installed_to_run_is_permissive() -> None:
    text = (ROOT / "requirements" / "run.txt").read_text(encoding="utf-8")
    licences = {}
    for requirement in requirements_of(text):
        try:
            licences[requirement.name] = licences_of(metadata(requirement.name))
        except PackageNotFoundError:
            assert requirement.marker is not None, requirement
            assert not requirement.marker.evaluate(), requirement
    assert {"duckdb", "numpy", "trafilatura", "tld"} <= licences.keys()
    assert {n: words for n, words in licences.items() if not is_permissive(words)} == {}


@pytest.mark.parametrize(
    ("header", "licences", "good"),
    [
        ("License-Expression: MIT AND 0BSD", "MIT AND 0BSD", True),
        ("License-Expression: MPL-1.1 OR GPL-2.0-only", "MPL-1.1 OR GPL-2.0-only", True),
        ("License-Expression: MIT AND LGPL-3.0-only", "MIT AND LGPL-3.0-only", False),
        ("License-Expression: AGPL-3.0-or-later", "AGPL-3.0-or-later", False),
        ("License: GPL", "GPL", False),
        ("License: MIT\nClassifier: License :: GPLv3 (GPLv3)", "GPLv3 (GPLv3)", False),
        ("Name: nothing", "none stated", False),
    ],
)
def test_a_licence_that_binds_is_found(header: str, licences: str, good: bool) -> None:
    about = Message()
    for line in header.splitlines():
        name, _, words = line.partition(": ")
        about[name] = words
    assert licences_of(about) == licences
    assert is_permissive(licences) is good
