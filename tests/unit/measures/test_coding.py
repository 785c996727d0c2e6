"""Codes are kept for the version of the package that made them, and for no other."""

from pathlib import Path

import pytest

from groundswell.codebook.load import load_codebook
from groundswell.engine import Workspace
from groundswell.ingest import ingest_file
from groundswell.measures import coding
from groundswell.measures.loading import load_attributes

GOLDEN = Path(__file__).parents[2] / "golden" / "ingest" / "ccc-phase3.csv"
CODEBOOKS = ("us-abortion", "tactics")


def _code(workspace: Workspace, name: str) -> list[int]:
    """Code the records; return a mask for each report."""
    codebook = load_codebook(name)
    coding.code_reports(workspace, codebook, workers=1)
    found = load_attributes(
        workspace,
        codebook,
        dimension=codebook.dimensions[0],
        snapshot_ids=workspace.snapshot_ids(),
    )
    return [int(mask) for mask in next(iter(found.masks.values()))]


def _derived(workspace: Workspace) -> set[str]:
    return {t for t in workspace.tables() if t.startswith(coding.DERIVED)}


@pytest.mark.parametrize("what", ["version", "LAYOUT"])
def test_codes_of_another_version_are_not_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    with Workspace.open(tmp_path / "w", create=True) as workspace:
        ingest_file(workspace, GOLDEN)
        before = [_code(workspace, name) for name in CODEBOOKS]
        assert any(any(masks) for masks in before)
        kept = _derived(workspace)

        def find_nothing(codebook: object, texts: list[str], **options: object) -> object:
            return real(codebook, ["" for _ in texts], **options)  # type: ignore[arg-type]

        real = coding.code_texts
        monkeypatch.setattr(coding, "code_texts", find_nothing)
        # the same version uses what it kept, and codes nothing
        assert [_code(workspace, name) for name in CODEBOOKS] == before
        assert _derived(workspace) == kept
        other = {"version": lambda _: "99.0", "LAYOUT": coding.LAYOUT + 1}
        monkeypatch.setattr(coding, what, other[what])
        for name, masks in zip(CODEBOOKS, before, strict=True):
            assert _code(workspace, name) == [0] * len(masks)
        # nothing is left of the other version, and both codebooks have their tables
        assert not _derived(workspace) & kept
        assert len(_derived(workspace)) == len(kept)
