"""The codebook commands: list, show, start, try on records, check, evaluate."""

import csv
import io
from typing import TYPE_CHECKING

from groundswell.api.coded import choose_snapshots
from groundswell.api.recording import RecordFiles, ingest_all
from groundswell.codebook.drafting import draft_codebook
from groundswell.codebook.evaluation import RecordTexts
from groundswell.codebook.evaluation import evaluate_codebook as evaluate
from groundswell.codebook.hand_codes import HandCoded, read_label
from groundswell.codebook.load import list_codebooks as list_shipped
from groundswell.codebook.load import load_codebook
from groundswell.codebook.symmetry import check_codebook as check
from groundswell.codebook.trial import try_codebook as try_on
from groundswell.core.codebooks import CodebookList
from groundswell.core.disclosure import WITHHELD
from groundswell.core.errors import DefinitionError, InputError, UsageError
from groundswell.engine import Workspace
from groundswell.measures.record_texts import text_counts, texts_by_row_key

if TYPE_CHECKING:
    from collections.abc import Sequence
    from contextlib import AbstractContextManager
    from pathlib import Path

    from groundswell.api.coded import Progress
    from groundswell.codebook.model import Codebook
    from groundswell.core.codebooks import CodebookView, Dimension
    from groundswell.core.codings import Evaluation, SymmetryCheck, Trial

_NOT_CODERS = frozenset({"text", "row_sha256", "weight", "stratum"})


def list_codebooks() -> CodebookList:
    """List the codebooks that come with the package."""
    return CodebookList(codebooks=list_shipped())


def show_codebook(name_or_path: "str | Path") -> "CodebookView":
    """Show everything that a codebook declares."""
    return load_codebook(name_or_path).view


def new_codebook(codebook_id: str, *, sides: "Sequence[str]", title: str) -> str:
    """Write the draft of a codebook: TOML with comments that passes the check."""
    return draft_codebook(codebook_id, sides=sides, title=title)


def check_codebook(name_or_path: "str | Path") -> "SymmetryCheck":
    """Prove that the sides of a codebook are treated alike, or say where they are not."""
    return check(load_codebook(name_or_path))


def try_codebook(
    name_or_path: "str | Path",
    workspace: "Path",
    *,
    records: RecordFiles,
    with_names: bool = False,
    progress: "Progress | None" = None,
) -> "Trial":
    """Show what a codebook finds in records, what it misses, and what is never matched.

    Parameters
    ----------
    name_or_path
        The codebook.
    workspace
        Where records are, or are ingested into.
    records
        Files to try it on; the whole workspace where there is none.
    with_names
        Whether to show texts that can name private persons or exact places.
    progress
        Called with a stage, how much of it is done, and how much there is.

    Returns
    -------
    Trial
        On the first column that the codebook reads.
    """
    codebook = load_codebook(name_or_path)
    field = codebook.fields[0]
    with _open(workspace, records) as opened:
        ids = _snapshot_ids(opened, records, progress=progress)
        texts = text_counts(opened, field=field, snapshot_ids=ids)
        with_texts = with_names or field not in WITHHELD
        return try_on(codebook, texts, field=field, with_texts=with_texts)


def evaluate_codebook(
    name_or_path: "str | Path",
    workspace: "Path",
    *,
    hand_codes: "Path",
    dimension: str = "",
    records: RecordFiles,
    progress: "Progress | None" = None,
) -> "Evaluation":
    """Hold a codebook against texts that people coded by hand.

    Parameters
    ----------
    name_or_path
        The codebook.
    workspace
        Where records are, or are ingested into.
    hand_codes
        CSV with a column `text`, or `row_sha256` where the texts are in the records, one
        column a coder, and optional columns `weight` and `stratum`.
    dimension
        What was coded; the dimension with sides where it is left out.
    records
        Files that hold the rows; the whole workspace where there is none.
    progress
        Called with a stage, how much of it is done, and how much there is.

    Returns
    -------
    Evaluation
        Agreement, sensitivity and precision.
    """
    codebook = load_codebook(name_or_path)
    chosen = _dimension(codebook, dimension)
    lines = _read_lines(hand_codes)
    drawn_from = None
    if "text" not in lines[0]:
        keys = [line["row_sha256"] for line in lines]
        with _open(workspace, records) as opened:
            ids = _snapshot_ids(opened, records, progress=progress)
            texts = _texts_of(opened, keys, field=chosen.reads[0], snapshots=ids)
            drawn_from = _record_texts(opened, field=chosen.reads[0], snapshots=ids)
        lines = [{**line, "text": texts[line["row_sha256"]]} for line in lines]
    coders = [name for name in lines[0] if name not in _NOT_CODERS]
    coded = [
        HandCoded(
            text=line["text"],
            dimension=chosen.dimension,
            codes=tuple(
                (coder, read_label(line[coder], dimension=chosen))
                for coder in coders
                if line[coder].strip()
            ),
            weight=_weight(line.get("weight", "")),
            stratum=line.get("stratum", "").strip(),
        )
        for line in lines
    ]
    return evaluate(codebook, coded, field=chosen.reads[0], records=drawn_from)


def _open(workspace: "Path", records: RecordFiles) -> "AbstractContextManager[Workspace]":
    is_given = bool(records.files)
    return Workspace.open(workspace, create=is_given, keeps=is_given)


def _snapshot_ids(
    workspace: Workspace, records: RecordFiles, *, progress: "Progress | None"
) -> tuple[str, ...]:
    ingested = ingest_all(workspace, records, progress=progress)
    named = dict.fromkeys(result.snapshot.snapshot_id for result in ingested)
    return tuple(s.snapshot_id for s in choose_snapshots(workspace, tuple(named)))


def _dimension(codebook: "Codebook", name: str) -> "Dimension":
    if name:
        return codebook.dimension(name)
    return codebook.side_dimension or codebook.dimensions[0]


def _read_lines(path: "Path") -> list[dict[str, str]]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(
            f"The hand codes {path} cannot be read: {error}.", allowed="CSV as UTF-8"
        ) from error
    reader = csv.DictReader(io.StringIO(text))
    lines = list(reader)
    names = reader.fieldnames or []
    if not lines or not {"text", "row_sha256"} & set(names):
        raise InputError(
            f"{path.name} has no hand codes.",
            allowed="a CSV with a column text or row_sha256, and one column a coder",
        )
    if not set(names) - _NOT_CODERS or any(None in line for line in lines):
        raise InputError(
            f"{path.name} has no column of a coder, or rows of other length."
        )
    return lines


def _texts_of(
    workspace: Workspace, keys: list[str], *, field: str, snapshots: "Sequence[str]"
) -> dict[str, str]:
    texts = texts_by_row_key(workspace, keys, field=field, snapshot_ids=snapshots)
    missing = [key for key in keys if key not in texts]
    if missing:
        raise UsageError(
            f"{len(missing)} of {len(keys)} hand-coded rows are not in these records.",
            allowed="the file that the rows were drawn from",
            todo="give it with --events",
        )
    return texts


def _record_texts(
    workspace: Workspace, *, field: str, snapshots: "Sequence[str]"
) -> RecordTexts:
    rows = [s.n_records for s in choose_snapshots(workspace, tuple(snapshots))]
    return RecordTexts(
        counts=text_counts(workspace, field=field, snapshot_ids=snapshots),
        n_rows=sum(rows),
    )


def _weight(text: str) -> float:
    try:
        return float(text) if text.strip() else 1.0
    except ValueError as error:
        raise DefinitionError(f"The weight {text!r} is no number.") from error
