"""A workspace in which the shipped article was checked, made once."""

import shutil
from pathlib import Path

import pytest

from cli.running import (
    ARTICLE,
    EVENTS,
    FIGURES,
    OURS,
    PUBLISHED,
    Json,
    Outcome,
    checked_json,
    done,
)


@pytest.fixture(name="checked", scope="session")
def _checked(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Outcome]:
    folder = tmp_path_factory.mktemp("cli") / "w"
    outcome = done(
        *("check", ARTICLE, *EVENTS, *OURS, *FIGURES, *PUBLISHED, "-w", folder, "--json")
    )
    return folder, outcome


@pytest.fixture(name="check_result", scope="session")
def _check_result(checked: tuple[Path, Outcome]) -> Json:
    """What `check --json` printed for the shipped article."""
    return checked_json("check", checked[1])


@pytest.fixture(name="workspace", scope="session")
def _workspace(checked: tuple[Path, Outcome]) -> Path:
    """The workspace, to be read and not changed."""
    return checked[0]


@pytest.fixture(name="own_workspace")
def _own_workspace(workspace: Path, tmp_path: Path) -> Path:
    """A copy of it that a test may change."""
    return Path(shutil.copytree(workspace, tmp_path / "own"))


@pytest.fixture(name="receipt", scope="session")
def _receipt(check_result: Json) -> str:
    """Receipt of a number that the check measured."""
    measured = (v["measurement"] for v in check_result["verdicts"])
    return next(m["estimate"]["receipt_id"] for m in measured if m)


@pytest.fixture(autouse=True)
def _somewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Start in a folder of the test's own, as a user does."""
    monkeypatch.chdir(tmp_path)
