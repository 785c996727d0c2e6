"""Fixtures that every tier shares."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

# The same examples on every run, so that a change fails for what it changed; the full run
# looks for new ones.
settings.register_profile("same", deadline=None, derandomize=True)
settings.register_profile("new", deadline=None, max_examples=1_000)
settings.load_profile(os.environ.get("GROUNDSWELL_EXAMPLES", "same"))

_VARIABLE = "GROUNDSWELL_REFERENCE_DATA"


@pytest.fixture(scope="session")
def reference_data() -> Path:
    """Folder of the reference data; without it the test is skipped, or fails in CI."""
    named = os.environ.get(_VARIABLE)
    if named:
        folder = Path(named).resolve()
        assert folder.is_dir(), f"{_VARIABLE} names {named}, which is not a folder"
        return folder
    if os.environ.get("GROUNDSWELL_REQUIRE_REFERENCE"):
        pytest.fail(f"{_VARIABLE} is not set, and this run requires it")
    pytest.skip(f"{_VARIABLE} is not set")
