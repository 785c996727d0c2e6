"""`sources`, `figures`, `doctor`: what is known, and what works here."""

import platform
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from typing import TYPE_CHECKING

from groundswell.checking.registry import load_figures
from groundswell.codebook.load import list_codebooks
from groundswell.core.doctor import Diagnosis, Fact
from groundswell.core.errors import UsageError, WorkspaceError
from groundswell.engine import Workspace
from groundswell.sources.manifest import list_sources, load_source

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from groundswell.core.figures import Figure

__all__ = ["doctor", "list_figures", "list_sources", "load_source"]

_BASE = ("duckdb", "numpy", "typer", "rich", "jinja2")
_EXTRAS = (
    ("trafilatura", "read", "HTML articles"),
    ("python_calamine", "xlsx", "spreadsheets"),
    ("httpx", "fetch", "sources from their servers"),
    ("pyreadstat", "stata", "Stata files"),
    ("rdata", "rdata", "R files"),
)


def list_figures(
    *, codebook: str = "", own: "Sequence[Path]" = ()
) -> "tuple[Figure, ...]":
    """List the published figures, those of one codebook or all.

    Parameters
    ----------
    codebook
        Identifier of a codebook; empty for all.
    own
        The user's own files of figures.

    Returns
    -------
    tuple
        Registry entries.

    Raises
    ------
    UsageError
        If nothing is known of that codebook, as where its name is mistyped.
    """
    figures = load_figures(own)
    known = {f.codebook_id for f in figures} | {b.codebook_id for b in list_codebooks()}
    if codebook and codebook not in known:
        raise UsageError(
            f"No published figure is of a codebook {codebook!r}.",
            allowed=", ".join(sorted(known - {""})),
            todo="groundswell figures, which lists all of them",
        )
    return tuple(f for f in figures if not codebook or f.codebook_id == codebook)


def doctor(workspace: "Path | None" = None) -> Diagnosis:
    """Say which version runs, what is installed, and what can be done with it.

    Parameters
    ----------
    workspace
        A workspace to look into as well.

    Returns
    -------
    Diagnosis
        Facts, each with whether it is as it should be.
    """
    facts = [
        Fact(name="groundswell", words=version("groundswell"), is_well=True),
        Fact(name="python", words=platform.python_version(), is_well=True),
        *(Fact(name=name, words=version(name), is_well=True) for name in _BASE),
        *(_extra(module, extra=extra, purpose=p) for module, extra, p in _EXTRAS),
        Fact(name="codebooks", words=_names_of_codebooks(), is_well=True),
        Fact(name="figures", words=f"{len(load_figures())} entries", is_well=True),
    ]
    if workspace is not None:
        facts.append(_workspace_fact(workspace))
    return Diagnosis(facts=tuple(facts))


def _extra(module: str, *, extra: str, purpose: str) -> Fact:
    if find_spec(module) is None:
        words = f"not installed: pip install 'groundswell[{extra}]' to read {purpose}"
        return Fact(name=module, words=words, is_well=True)
    try:
        words = f"{version(module)}, reads {purpose}"
    except PackageNotFoundError:
        words = f"reads {purpose}"
    return Fact(name=module, words=words, is_well=True)


def _names_of_codebooks() -> str:
    return ", ".join(f"{book.codebook_id} {book.version}" for book in list_codebooks())


def _workspace_fact(path: "Path") -> Fact:
    try:
        with Workspace.open(path, create=False, keeps=False) as opened:
            n_reports = opened.count("report") if "report" in opened.tables() else 0
            words = (
                f"{len(opened.snapshot_ids())} snapshots, {n_reports:,} reports, "
                f"{len(opened.receipt_ids())} receipts"
            )
            if not opened.can_keep:
                words += "; nothing can be written in it, so it can be read only"
            return Fact(name="workspace", words=words, is_well=True)
    except WorkspaceError as error:
        return Fact(name="workspace", words=str(error), is_well=False)
