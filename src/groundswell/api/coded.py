"""Coded records, ready to be measured: the way from a workspace to `Records`."""

import os
from typing import TYPE_CHECKING

from groundswell.codebook.load import read_codebook
from groundswell.core.errors import DefinitionError, UsageError, WorkspaceError
from groundswell.ingest.snapshots import feeds_reports, read_snapshots
from groundswell.measures.coding import code_reports
from groundswell.measures.loading import code_frame, load_attributes
from groundswell.multiverse.measurement import Records
from groundswell.multiverse.plan import Definitions

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from groundswell.codebook.model import Codebook
    from groundswell.core.codebooks import Dimension
    from groundswell.core.places import Place
    from groundswell.core.sources import Snapshot
    from groundswell.engine import Workspace

    Progress = Callable[[str, int, int], None]

_LISTED = 8


def kept_codebook(workspace: "Workspace", sha256: str, *, name: str) -> "Codebook":
    """Load a codebook from the bytes that were kept."""
    return read_codebook(workspace.input_bytes(sha256), file_name=f"{name}.toml")


def dimension_of(codebook: "Codebook", code: str) -> "Dimension":
    """Find the dimension of a code: the one with sides first.

    Parameters
    ----------
    codebook
        The codebook.
    code
        One of its codes, or empty for the topic as a whole.

    Returns
    -------
    Dimension
        The dimension that has it.

    Raises
    ------
    UsageError
        If no dimension has it; the message lists the codes that there are.
    """
    ordered = sorted(codebook.dimensions, key=lambda d: not d.sides)
    for dimension in ordered:
        if not code or any(c.code == code for c in dimension.codes):
            return dimension
    raise UsageError(
        f"The codebook {codebook.codebook_id!r} has no code {code!r}.",
        allowed=", ".join(c.code for d in ordered for c in d.codes),
    )


def definitions_of(codebook: "Codebook") -> Definitions:
    """Take from a codebook what the multiverse needs of it.

    Parameters
    ----------
    codebook
        The codebook.

    Returns
    -------
    Definitions
        Decisions, reference and uses in print.

    Raises
    ------
    DefinitionError
        If it names no reference specification.
    """
    if codebook.reference is None:
        raise DefinitionError(
            f"The codebook {codebook.codebook_id!r} names no reference specification.",
            allowed="a table [reference] with an option for each decision",
            todo="groundswell codebook new, which writes one for an example",
        )
    return Definitions(
        decisions=codebook.decisions,
        reference=dict(codebook.reference.choices),
        published=tuple(dict(use.choices) for use in codebook.published_uses),
    )


def choose_snapshots(
    workspace: "Workspace", snapshot_ids: "Sequence[str]" = ()
) -> "tuple[Snapshot, ...]":
    """Choose the snapshots to measure: those named, or all of the workspace.

    Two snapshots that cover the same place on the same days record the same events twice,
    and of two whose places are not known nobody can tell. Until reports are linked into
    events, they are not measured together.

    Parameters
    ----------
    workspace
        Where they are.
    snapshot_ids
        Which to take: identifiers, their beginnings, or sources, which name all of
        theirs; all that hold reports where none is named.

    Returns
    -------
    tuple
        In the order in which they were taken.

    Raises
    ------
    UsageError
        If two of them overlap, or one that is named holds no reports.
    """
    named = _find_snapshots(workspace, snapshot_ids)
    chosen = tuple(
        snapshot
        for snapshot in read_snapshots(workspace, named)
        if feeds_reports(workspace, snapshot.snapshot_id)
    )
    if lacking := set(named) - {snapshot.snapshot_id for snapshot in chosen}:
        raise UsageError(
            f"{', '.join(sorted(lacking))} "
            f"{'hold' if len(lacking) > 1 else 'holds'} no reports.",
            allowed=", ".join(
                one for one in workspace.snapshot_ids() if feeds_reports(workspace, one)
            )
            or "it holds no snapshot with reports yet",
        )
    for number, one in enumerate(chosen):
        for other in chosen[number + 1 :]:
            if common := _overlap(one, other):
                raise UsageError(
                    f"{one.file_name} ({one.snapshot_id}) and {other.file_name} "
                    f"({other.snapshot_id}) {common}.",
                    allowed="snapshots that do not overlap",
                    todo=f"choose one of them, as in --snapshot {one.snapshot_id}",
                )
    return chosen


def _overlap(one: "Snapshot", other: "Snapshot") -> str:
    """Say how two snapshots overlap; empty where they are known not to."""
    if not one.coverage.window.intersects(other.coverage.window):
        return ""
    places, others = _places(one), _places(other)
    if not places or not others:
        return (
            "hold the same days, and nobody says which places each of them covers, so "
            "their events may be counted twice"
        )
    if any(a.overlaps(b) for a in places for b in others):
        return "cover the same place and days, so their events would be counted twice"
    return ""


def _find_snapshots(workspace: "Workspace", names: "Sequence[str]") -> tuple[str, ...]:
    ids = workspace.snapshot_ids()
    if all(name in ids for name in names):
        return tuple(names)
    source_of = {
        snapshot.snapshot_id: snapshot.source.source_id
        for snapshot in read_snapshots(workspace)
    }
    found: list[str] = []
    for name in names:
        # a source names all of its snapshots
        of_source = [one for one in ids if source_of[one] == name]
        begins = [one for one in ids if one.startswith(name)]
        one_of = [name] if name in ids else of_source or begins
        if not one_of or (len(one_of) > 1 and not of_source):
            which = f"{len(one_of)} snapshots whose names begin with" if one_of else "no"
            kind = "" if one_of else "snapshot "
            raise WorkspaceError(
                f"This workspace has {which} {kind}{name!r}.",
                allowed=", ".join([*dict.fromkeys(source_of.values()), *ids][:_LISTED]),
                todo="name a source, or a snapshot as `ingest` prints it",
            )
        found += one_of
    return tuple(dict.fromkeys(found))


def _places(snapshot: "Snapshot") -> "tuple[Place, ...]":
    # a file that covers no place for sure can still hold events of all of its source's
    return snapshot.coverage.places or snapshot.source.coverage.places


def records_of(
    workspace: "Workspace",
    codebook: "Codebook",
    *,
    dimension: "Dimension",
    snapshots: "Sequence[Snapshot]",
    progress: "Progress | None" = None,
) -> Records:
    """Code what is not coded yet and lay out what measures read.

    Parameters
    ----------
    workspace
        Where the reports are.
    codebook, dimension
        What to code with.
    snapshots
        Whose reports to measure.
    progress
        Called with a stage, how much of it is done, and how much there is.

    Returns
    -------
    Records
        Ready to be measured.
    """
    ids = tuple(snapshot.snapshot_id for snapshot in snapshots)
    code_reports(workspace, codebook, workers=os.cpu_count() or 1, progress=progress)
    return Records(
        attributes=load_attributes(
            workspace, codebook, dimension=dimension, snapshot_ids=ids
        ),
        frame=code_frame(codebook, dimension),
        definitions=definitions_of(codebook),
        reference_note=codebook.reference.label if codebook.reference else "",
        snapshot_ids=ids,
        error_rates={(rate.code, rate.wording): rate for rate in codebook.error_rates},
    )
