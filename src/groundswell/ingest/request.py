"""What a file is read with: mapping, manifest, corrections, day of taking."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from groundswell.core.hashes import sha256_text
from groundswell.core.serialise import canonical
from groundswell.ingest.corrections import Correction, read_corrections
from groundswell.ingest.mapping import Mapping
from groundswell.ingest.mapping_file import read_mapping
from groundswell.sources.manifest import Manifest, read_manifest

MANIFEST_SUFFIX = ".manifest.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What a user gives with a file.

    Attributes
    ----------
    mapping
        The user's mapping; `None` to recognise the file.
    manifest
        What a manifest says of the file; `None` without one.
    corrections
        Known errors of the source.
    taken
        Day of taking, as an option says.
    select
        Kinds of rows that become reports, instead of those of the mapping.
    digest
        Hash of it all, to tell whether a file was read in the same way before.
    """

    mapping: Mapping | None
    manifest: Manifest | None
    corrections: tuple[Correction, ...]
    taken: date | None
    select: tuple[str, ...]
    digest: str


def read_request(
    path: Path,
    *,
    mapping: Path | None,
    manifest: Path | None,
    corrections: Path | None,
    taken: date | None,
    select: tuple[str, ...] = (),
) -> Request:
    """Read the files that a user gives with a file of records.

    Parameters
    ----------
    path
        The file of records; a manifest may lie beside it.
    mapping, manifest, corrections
        TOML files.
    taken
        Day of taking.
    select
        Kinds of rows that become reports; empty for those of the mapping.

    Returns
    -------
    Request
        All of it, in order.
    """
    beside = path.with_name(f"{path.name}{MANIFEST_SUFFIX}")
    if manifest is None and beside.is_file():
        manifest = beside
    read_map = read_mapping(mapping) if mapping else None
    read_man = read_manifest(manifest) if manifest else None
    listed, corrections_sha256 = (
        read_corrections(corrections) if corrections else ((), "")
    )
    digest = canonical(
        {
            "mapping": read_map.sha256 if read_map else "",
            "manifest": sha256_text(read_man.table.source.text) if read_man else "",
            "corrections": corrections_sha256,
            "taken": taken,
            **({"select": select} if select else {}),
        }
    )
    return Request(
        mapping=read_map,
        manifest=read_man,
        corrections=listed,
        taken=taken,
        select=select,
        digest=sha256_text(digest),
    )
