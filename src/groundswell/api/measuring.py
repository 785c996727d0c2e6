"""`measure`: a share or a count over all declared definitions."""

from dataclasses import replace
from typing import TYPE_CHECKING, TypedDict

from groundswell.api.coded import (
    choose_snapshots,
    dimension_of,
    records_of,
)
from groundswell.api.limits import (
    is_restricted,
    refuse_restricted,
    share_limits,
    subject_notes,
)
from groundswell.api.receipts import codebook_input, records_input, write_receipt
from groundswell.api.requests import MeasureRequest
from groundswell.codebook.load import load_codebook
from groundswell.core.errors import UsageError
from groundswell.core.measurements import MeasurementSet
from groundswell.core.phrases import join_words
from groundswell.engine import Workspace
from groundswell.language.places import place_of
from groundswell.measures.estimands import Estimand
from groundswell.measures.estimates import describe
from groundswell.measures.loading import code_frame
from groundswell.measures.scopes import namesakes
from groundswell.measures.shared_events import count_shared_events
from groundswell.multiverse.measurement import measure as measure_records
from groundswell.multiverse.measurement import measured_scope
from groundswell.sources.coverage import extract_note

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path
    from typing import Required, Unpack

    from groundswell.api.coded import Progress
    from groundswell.codebook.model import Codebook
    from groundswell.core.claims import Among, Statistic, Unit
    from groundswell.core.dates import Window
    from groundswell.core.measurements import Measurement
    from groundswell.core.places import Place
    from groundswell.core.receipts import Receipt
    from groundswell.core.sources import Snapshot
    from groundswell.measures.attributes import Attributes


_LISTED = 5


class MeasureArguments(TypedDict, total=False):
    """What can be asked of `measure`; only the codebook must be.

    `codebook` is the name of a shipped codebook or a path; `code` the code whose events
    are the numerator, empty for all events of the topic; `among` the denominator of a
    share (events of the `topic`, those that take a side (`sided`), or `all`); `unit`
    events, or participants of the events whose size is known; `window` and `place` limit
    the scope, `where` adds conditions (column to value), `by` groups (day, week, month,
    year, country, place, locality, source); `pinned` settles decisions, which are then
    not varied; `snapshots` chooses among those of the workspace; `insist` measures a
    share over records of one topic, side or kind, which is refused otherwise.
    """

    codebook: "Required[str | Path]"
    code: str
    among: "Among"
    unit: "Unit"
    window: "Window | None"
    place: str
    where: "Mapping[str, str]"
    by: str
    pinned: "Mapping[str, str]"
    snapshots: "Sequence[str]"
    insist: bool


def measure(
    workspace: "Path",
    *,
    statistic: "Statistic",
    progress: "Progress | None" = None,
    **arguments: "Unpack[MeasureArguments]",
) -> MeasurementSet:
    """Measure a share or a count over all declared definitions.

    Parameters
    ----------
    workspace
        Folder made by `ingest`.
    statistic
        `share` or `count`.
    arguments
        See `MeasureArguments`.
    progress
        Called with a stage, how much of it is done, and how much there is.

    Returns
    -------
    MeasurementSet
        One measurement, or one a group; a receipt was written.
    """
    book = load_codebook(arguments["codebook"])
    if statistic == "share" and not arguments.get("code"):
        _check_denominator(arguments.get("among", "topic"), codebook=book)
    estimand = Estimand(
        statistic=statistic,
        code=arguments.get("code", ""),
        among=arguments.get("among", "topic"),
        unit=arguments.get("unit", "events"),
        window=arguments.get("window"),
        place=_place(arguments.get("place", "")),
        where=tuple(sorted(arguments.get("where", {}).items())),
    )
    with Workspace.open(workspace, create=False) as opened:
        chosen = choose_snapshots(opened, arguments.get("snapshots", ()))
        if statistic == "share" and not arguments.get("insist", False):
            refuse_restricted(chosen)
        request = _request(
            estimand,
            codebook=book,
            snapshots=chosen,
            by=arguments.get("by", ""),
            pinned=arguments.get("pinned", {}),
        )
        result = run_measure(opened, request, codebook=book, progress=progress)
        opened.keep_input(book.source_text.encode())
        receipt = _write(opened, request, result=result, codebook=book)
        return with_receipt(result, receipt.receipt_id)


def write_measure_receipt(
    workspace: Workspace,
    estimand: Estimand,
    *,
    codebook: "Codebook",
    snapshots: "Sequence[Snapshot]",
    measurements: "tuple[Measurement, ...]",
) -> "Receipt":
    """Write the receipt of a measurement that was made on the way to a verdict.

    Parameters
    ----------
    workspace
        Where the records are.
    estimand
        What was measured.
    codebook
        With what.
    snapshots
        The records.
    measurements
        What came out, without receipts.

    Returns
    -------
    Receipt
        By which `rows` finds the rows, and `replay` the same bytes.
    """
    request = _request(estimand, codebook=codebook, snapshots=snapshots, by="", pinned={})
    result = _result(
        request, measurements=measurements, codebook=codebook, snapshots=snapshots
    )
    return _write(workspace, request, result=result, codebook=codebook)


def _request(
    estimand: Estimand,
    *,
    codebook: "Codebook",
    snapshots: "Sequence[Snapshot]",
    by: str,
    pinned: "Mapping[str, str]",
) -> MeasureRequest:
    window, place = estimand.window, estimand.place
    return MeasureRequest(
        codebook_id=codebook.codebook_id,
        codebook_sha256=codebook.sha256,
        dimension=dimension_of(codebook, estimand.code).dimension,
        code=estimand.code,
        statistic=estimand.statistic,
        among=estimand.among,
        unit=estimand.unit,
        start=window.start if window else None,
        end=window.end if window else None,
        place=place.path if place else None,
        place_name=place.name if place else "",
        where=estimand.where,
        by=by,
        pinned=tuple(sorted(pinned.items())),
        snapshot_ids=tuple(snapshot.snapshot_id for snapshot in snapshots),
    )


def _write(
    workspace: Workspace,
    request: MeasureRequest,
    *,
    result: MeasurementSet,
    codebook: "Codebook",
) -> "Receipt":
    first = result.measurements[0] if result.measurements else None
    return write_receipt(
        workspace,
        verb="measure",
        request=request,
        result=result,
        inputs=[*map(records_input, result.snapshots), codebook_input(codebook)],
        specification=first.estimate.specification if first else None,
    )


def run_measure(
    workspace: Workspace,
    request: MeasureRequest,
    *,
    codebook: "Codebook",
    progress: "Progress | None" = None,
) -> MeasurementSet:
    """Do what a request says; the same request gives the same result."""
    chosen = choose_snapshots(workspace, request.snapshot_ids)
    records = records_of(
        workspace,
        codebook,
        dimension=codebook.dimension(request.dimension),
        snapshots=chosen,
        progress=progress,
    )
    measurements = measure_records(
        records,
        request.estimand,
        pinned=dict(request.pinned),
        by=request.by,
        progress=_specifications(progress),
    )
    return _result(
        request,
        measurements=measurements,
        codebook=codebook,
        snapshots=chosen,
        notes=(
            *_namesake_notes(records.attributes, request),
            *_shared_event_notes(workspace, request, snapshots=chosen),
        ),
    )


def _result(
    request: MeasureRequest,
    *,
    measurements: "tuple[Measurement, ...]",
    codebook: "Codebook",
    snapshots: "Sequence[Snapshot]",
    notes: tuple[str, ...] = (),
) -> MeasurementSet:
    frame = code_frame(codebook, codebook.dimension(request.dimension))
    return MeasurementSet(
        quantity=describe(request.estimand, frame),
        scope=measured_scope(request.estimand, frame),
        settled=request.pinned,
        by=request.by,
        measurements=measurements,
        snapshots=tuple(snapshots),
        codebook=(codebook.codebook_id, codebook.version, codebook.title),
        notes=(*_notes(request, snapshots), *notes),
        restricted=_restricted(request, snapshots),
    )


def _restricted(
    request: MeasureRequest, snapshots: "Sequence[Snapshot]"
) -> tuple[str, ...]:
    is_share = request.statistic == "share"
    return tuple(s.snapshot_id for s in snapshots if is_share and is_restricted(s))


def with_receipt(result: MeasurementSet, receipt_id: str) -> MeasurementSet:
    """Return the same result with the receipt that repeats it."""
    measurements = tuple(
        replace(m, estimate=replace(m.estimate, receipt_id=receipt_id))
        for m in result.measurements
    )
    return replace(result, measurements=measurements, receipt_id=receipt_id)


def _check_denominator(among: "Among", *, codebook: "Codebook") -> None:
    if among == "all":
        return
    codes = [code.code for dimension in codebook.dimensions for code in dimension.codes]
    raise UsageError(
        "The share of the topic in the topic is all of it: a side, or another "
        "denominator, is wanted.",
        allowed=f"--side {' or '.join(codes[:3])}; --among all, for the share of the "
        "topic in all events",
    )


def _place(name: str) -> "Place | None":
    if not name:
        return None
    found = place_of(name)
    if found is None:
        raise UsageError(
            f"{name!r} names no place that is known here, or more than one.",
            allowed="a country, a state of the United States, or world",
            todo="--where locality=NAME, for a town as the records spell it, with "
            "--where admin1=CODE where there are several of that name",
        )
    return found


def _notes(request: MeasureRequest, snapshots: "Sequence[Snapshot]") -> tuple[str, ...]:
    limits = share_limits(snapshots) if request.statistic == "share" else ()
    return (*limits, *subject_notes(snapshots), *unsure_notes(snapshots))


def unsure_notes(snapshots: "Sequence[Snapshot]") -> tuple[str, ...]:
    """Say of which files it is not sure what they hold, and what to do about it."""
    extracts = (extract_note(snapshot) for snapshot in snapshots)
    return (*filter(None, extracts), *_untaken_notes(snapshots))


def _untaken_notes(snapshots: "Sequence[Snapshot]") -> tuple[str, ...]:
    names = [snapshot.file_name for snapshot in snapshots if snapshot.taken is None]
    if not names:
        return ()
    if len(names) == 1:
        files = f"{names[0]} was taken"
    elif len(names) == len(snapshots):
        files = f"the {len(names)} files were taken"
    else:
        files = f"{len(names)} of the {len(snapshots)} files were taken"
        files += f" ({join_words(_first_and_last(names))})"
    note = (
        f"Nobody says on which day {files}, so rows that were entered in advance cannot "
        "be told apart, and no claim is decided by them: give --taken YYYY-MM-DD and a "
        "new workspace."
    )
    return (note,)


def _first_and_last(names: "Sequence[str]") -> "Sequence[str]":
    return names if len(names) <= _LISTED else (*names[:2], "...", names[-1])


def _shared_event_notes(
    workspace: Workspace, request: MeasureRequest, *, snapshots: "Sequence[Snapshot]"
) -> tuple[str, ...]:
    """Say where a source has several rows of one event, which are all counted."""
    shared = count_shared_events(workspace, [s.snapshot_id for s in snapshots])
    if not shared.n_events:
        return ()
    counted = "people are added up" if request.unit == "participants" else "it is counted"
    events = f"{shared.n_events:,} event{'s' if shared.n_events > 1 else ''}"
    note = (
        f"By the source's own identifiers {shared.n_reports:,} reports tell of {events}, "
        f"at several places or on several days: {counted} once for each report."
    )
    return (note,)


def _namesake_notes(attributes: "Attributes", request: MeasureRequest) -> tuple[str, ...]:
    """Say where a name that was asked for names several places."""
    wanted = dict(request.where)
    return tuple(
        f"{column}={wanted[column]} is {len(names)} places in these records, which are "
        f"counted together: {'; '.join(names[:_LISTED])}"
        f"{'; ...' if len(names) > _LISTED else ''}. A further --where narrows it."
        for column, names in namesakes(attributes, request.where).items()
    )


def _specifications(
    progress: "Progress | None",
) -> "Callable[[int, int], None] | None":
    if progress is None:
        return None
    return lambda done, total: progress("specifications", done, total)
