"""From reports to codes: each distinct text is coded once and kept."""

from dataclasses import dataclass
from importlib.metadata import version
from typing import TYPE_CHECKING

import numpy as np

from groundswell.codebook.coding import Coding, code_texts
from groundswell.core.hashes import SHORT, sha256_text
from groundswell.core.tables import REPORT
from groundswell.engine import Step

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from groundswell.codebook.model import Codebook
    from groundswell.engine import Workspace

    Progress = Callable[[str, int, int], None]


DERIVED = ("coded_", "attribute_")
# to be raised whenever the tables below, or what is in them, come to look different
LAYOUT = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class CodedTables:
    """Names of the tables in which the codes of one codebook are kept.

    Attributes
    ----------
    texts
        One row a distinct text and field, with a number and a bit mask for each wording.
    matches
        One row for each match of a rule in a text, which it names by number: the
        evidence.
    snapshots
        The snapshots whose reports are all coded.
    """

    texts: str
    matches: str
    snapshots: str


def coded_tables(codebook: "Codebook") -> CodedTables:
    """Name the tables of a codebook; another version of it or the coder has others."""
    key = f"{coder_key()}_{codebook.sha256[:SHORT]}"
    return CodedTables(
        texts=f"coded_{key}_text",
        matches=f"coded_{key}_match",
        snapshots=f"coded_{key}_snapshot",
    )


def coder_key() -> str:
    """Name what codes: this version of the package, and the layout of what it keeps."""
    return sha256_text(f"{version('groundswell')}|{LAYOUT}")[:SHORT]


def mask_column(codebook: "Codebook", wording: str) -> str:
    """Name the column that holds the bit mask of a wording."""
    return f"mask_{codebook.wordings.index(wording)}"


def text_sql(field: str) -> str:
    """Write the text of a column of `report`; a list is joined with semicolons."""
    kinds = {column.name: column.sql_type for column in REPORT.columns}
    if kinds[field].endswith("[]"):
        return f"array_to_string(\"{field}\", '; ')"
    return f'"{field}"'


def code_reports(
    workspace: "Workspace",
    codebook: "Codebook",
    *,
    workers: int,
    progress: "Progress | None" = None,
) -> CodedTables:
    """Code every text of the workspace's reports that this codebook has not yet coded.

    Codes of another version of the coder are removed first: they may be other codes.

    Parameters
    ----------
    workspace
        Holds the table `report`.
    codebook
        What to code with.
    workers
        Processes to use; see `groundswell.codebook.coding.code_texts`.
    progress
        Called with what is done, how many texts are coded, and how many there are.

    Returns
    -------
    CodedTables
        Where the codes are.
    """
    names = coded_tables(codebook)
    _forget_others(workspace)
    if _all_are_coded(workspace, names):
        return names
    for field in codebook.fields:
        texts = _texts_to_code(workspace, field=field, names=names)
        if progress is not None:
            progress(f"coding {field}", 0, len(texts))
        if not texts and names.texts in workspace.tables():
            continue
        coding = code_texts(codebook, texts, workers=workers, field=field)
        with workspace.transaction():
            _keep(workspace, coding, texts=texts, field=field, names=names)
        workspace.drop("new_text", "new_match")
        if progress is not None:
            progress(f"coding {field}", len(texts), len(texts))
    workspace.create(
        Step(
            name="remember which snapshots are coded",
            inputs=("snapshot",),
            output=names.snapshots,
            sql="SELECT snapshot_id FROM snapshot ORDER BY snapshot_id",
        )
    )
    return names


def forget_codes(workspace: "Workspace") -> None:
    """Remove all codes, and all that was made of them, so that they are made anew."""
    made = [t for t in workspace.tables() if t.startswith(DERIVED)]
    workspace.drop(*made)


def _forget_others(workspace: "Workspace") -> None:
    ours = tuple(f"{kind}{coder_key()}_" for kind in DERIVED)
    made = [t for t in workspace.tables() if t.startswith(DERIVED)]
    workspace.drop(*(t for t in made if not t.startswith(ours)))


def _all_are_coded(workspace: "Workspace", names: CodedTables) -> bool:
    """Whether no snapshot was added since: to compare all texts would take longer."""
    if names.snapshots not in workspace.tables():
        return False
    coded = workspace.arrays(f"SELECT snapshot_id FROM {names.snapshots} ORDER BY 1")  # noqa: S608 (our own table)
    return set(workspace.snapshot_ids()) <= set(coded["snapshot_id"])


def _texts_to_code(
    workspace: "Workspace", *, field: str, names: CodedTables
) -> list[str]:
    distinct = (
        f"SELECT DISTINCT {text_sql(field)} AS text FROM report "  # noqa: S608 (a column)
        f"WHERE {text_sql(field)} <> ''"
    )
    if names.texts in workspace.tables():
        known = f"SELECT text FROM {names.texts} WHERE field = '{field}'"  # noqa: S608
        distinct = f"SELECT text FROM ({distinct}) WHERE text NOT IN ({known})"  # noqa: S608
    return list(workspace.arrays(f"{distinct} ORDER BY text")["text"])


def _keep(
    workspace: "Workspace",
    coding: Coding,
    *,
    texts: list[str],
    field: str,
    names: CodedTables,
) -> None:
    first = workspace.count(names.texts) if names.texts in workspace.tables() else 0
    masks = {
        f"mask_{i}": np.frombuffer(mask, dtype=np.uint64).astype(np.int64)
        for i, mask in enumerate(coding.masks.values())
    }
    numbers = np.arange(first, first + len(texts))
    workspace.put(
        "new_text",
        {"text_no": numbers, "text": texts, **masks},
        types={"text": "VARCHAR"},
    )
    evidence = coding.evidence
    columns: dict[str, NDArray[np.unsignedinteger]] = {
        "code_no": np.frombuffer(evidence.code, dtype=np.uint16),
        "rule_no": np.frombuffer(evidence.rule, dtype=np.uint16),
        "match_start": np.frombuffer(evidence.start, dtype=np.uint32),
        "match_end": np.frombuffer(evidence.end, dtype=np.uint32),
    }
    of_text = np.frombuffer(evidence.text, dtype=np.uint32).astype(np.int64) + first
    workspace.put(
        "new_match",
        {"text_no": of_text, **{n: v.astype(np.int64) for n, v in columns.items()}},
    )
    _add(
        workspace,
        Step(
            name="keep coded texts",
            inputs=("new_text",),
            output=names.texts,
            sql=f"SELECT '{field}' AS field, * FROM new_text",  # noqa: S608 (a column of the contract)
        ),
    )
    _add(
        workspace,
        Step(
            name="keep the matched words",
            inputs=("new_match",),
            output=names.matches,
            sql="SELECT * FROM new_match",
        ),
    )


def _add(workspace: "Workspace", step: Step) -> None:
    if step.output in workspace.tables():
        workspace.append(step)
    else:
        workspace.create(step)
