"""Files of a dataset on a Dataverse, by its native API.

`/api/datasets/:persistentId/` lists the files of the latest published version with their
checksums; `/api/access/datafile/ID` gives one. A table that the Dataverse has taken in
is listed under a name that ends with `.tab`, and given as tab-separated text; what its
producer uploaded is given for `?format=original`, which files of other kinds do not know.
The checksum that is listed for such a table is that of the original file, as a developer
of Dataverse wrote on 19 October 2020, <https://github.com/IQSS/dataverse/issues/7275>.
"""

import json
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote

from groundswell.core.errors import FetchError, UsageError
from groundswell.core.phrases import join_words
from groundswell.sources.fetch.getting import Getter, Part
from groundswell.sources.fetch.plan import Job, Plan, Target
from groundswell.sources.fetch.store import safe_name

_LONGEST_LISTING = 16_000_000
_SUFFIXES = {
    "text/csv": ".csv",
    "text/tsv": ".tsv",
    "text/tab-separated-values": ".tab",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    "application/x-rlang-transport": ".RData",
}
_STATA = "application/x-stata"
_SHOWN = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class _Listed:
    """A file of a dataset."""

    label: str
    name: str
    part: Part
    is_open: bool


def listing(job: Job) -> Part:
    """Say where the list of files is."""
    dataset = quote(job.recipe.dataset, safe=":/")
    address = f"{job.base}/api/datasets/:persistentId/?persistentId={dataset}"
    return Part(address=address, name="dataset.json")


def plan(job: Job, getter: Getter) -> Plan:
    """Find the files of a dataset that a user wants.

    Parameters
    ----------
    job
        What is wanted.
    getter
        Gets the list of files.

    Returns
    -------
    Plan
        The files, and of which version of the dataset they are.

    Raises
    ------
    UsageError
        If no file has such a name.
    FetchError
        If the list is none, or a file is not open.
    """
    held = getter.get(listing(job))
    if held.entry.n_bytes > _LONGEST_LISTING:
        raise FetchError(f"The list at {held.part.address} is too long to be one.")
    version = _latest(held.path.read_bytes(), address=held.part.address)
    files = [_listed(one, base=job.base) for one in version.get("files", [])]
    chosen = _chosen(job, files)
    if not chosen:
        words = join_words(job.files or job.recipe.files)
        raise UsageError(
            f"{job.recipe.dataset} has no file called {words}.",
            allowed=_names(files),
            todo="name a file of it with --file",
        )
    closed = [f.name for f in chosen if not f.is_open]
    if closed:
        raise FetchError(
            f"{join_words(closed)} of {job.recipe.dataset} can only be had on request.",
            todo=f"open https://doi.org/{job.recipe.dataset.removeprefix('doi:')}",
        )
    targets = tuple(Target(name=f.name, parts=(f.part,)) for f in chosen)
    return Plan(targets=targets, notes=_notes(job, version))


def _latest(body: bytes, *, address: str) -> dict[str, Any]:
    try:
        version = json.loads(body)["data"]["latestVersion"]
        if isinstance(version["files"], list):
            return dict(version)
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise FetchError(
            f"{address} answers with something else than the list of a dataset.",
            todo="see on the page of the dataset whether it has moved",
        ) from error
    raise FetchError(f"{address} lists no files.")


def _listed(one: Any, *, base: str) -> _Listed:  # noqa: ANN401 (JSON of a stranger)
    """Read what a Dataverse says of a file.

    Raises
    ------
    FetchError
        If something is missing.
    """
    try:
        file = one["dataFile"]
        original = str(file.get("originalFileFormat", ""))
        label = str(one.get("label") or file["filename"])
        given = str(file.get("originalFileName", ""))
        name = safe_name(given or _original_name(label, original))
        address = f"{base}/api/access/datafile/{int(file['id'])}"
        checksum = file.get("checksum") or {}
        is_md5 = str(checksum.get("type", "")).upper() == "MD5"
        md5 = str(file.get("md5") or (checksum["value"] if is_md5 else ""))
        n_bytes = file.get("originalFileSize" if original else "filesize")
        part = Part(
            address=f"{address}?format=original" if original else address,
            name=name,
            md5=md5.lower(),
            n_bytes=int(n_bytes) if n_bytes is not None else None,
        )
        return _Listed(
            label=label, name=name, part=part, is_open=not one.get("restricted", False)
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise FetchError(
            f"{base} lists a file without its {error}.",
            todo="download it by hand from the page of the dataset",
        ) from error


def _original_name(label: str, original: str) -> str:
    suffix = ".dta" if original.startswith(_STATA) else _SUFFIXES.get(original, "")
    return str(PurePosixPath(label).with_suffix(suffix)) if suffix else label


def _chosen(job: Job, files: list[_Listed]) -> list[_Listed]:
    """Choose the files that a user names, or those of the first pattern that has any."""
    if job.files:
        return [f for f in files if _matches(f, job.files)]
    left = [f for f in files if not _matches(f, job.recipe.leave_out)]
    for pattern in job.recipe.files:
        if chosen := [f for f in left if _matches(f, (pattern,))]:
            return chosen
    return []


def _matches(file: _Listed, patterns: tuple[str, ...]) -> bool:
    """Say whether a file is called so, by its present name or the one it came with."""
    names = {file.label.casefold(), file.name.casefold()}
    return any(fnmatchcase(n, p.casefold()) for n in names for p in patterns)


def _names(files: list[_Listed]) -> str:
    names = [f.name for f in files]
    more = [f"{len(names) - _SHOWN} more"] if len(names) > _SHOWN else []
    return ", ".join([*names[:_SHOWN], *more]) or "none: the dataset is empty"


def _notes(job: Job, version: dict[str, Any]) -> tuple[str, ...]:
    number = (
        f"{version.get('versionNumber', '?')}.{version.get('versionMinorNumber', '?')}"
    )
    day = str(version.get("releaseTime", ""))[:10]
    released = f", released on {day}" if day else ""
    return (f"{job.recipe.dataset}, version {number}{released}",)
