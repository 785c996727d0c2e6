"""Files from the cache into a folder: unpacked, whole, and never over another file."""

import os
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from fnmatch import fnmatchcase
from importlib.metadata import version
from pathlib import Path
from typing import IO

from groundswell.core.errors import FetchError, OutputError
from groundswell.core.fetching import FetchedFile, Outcome
from groundswell.core.hashes import SHORT, sha256_file
from groundswell.core.phrases import join_words
from groundswell.sources.fetch.getting import Held
from groundswell.sources.fetch.plan import Target
from groundswell.sources.fetch.store import safe_name

MANIFEST_SUFFIX = ".manifest.toml"
_CHUNK = 1 << 20
_LINE_END = b"\n"
# what zipfile raises over bytes that are no archive, or one that is encrypted
_BROKEN = (
    *(zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError),
    *(ValueError, struct.error),
)
_OUTCOMES: tuple[Outcome, ...] = ("changed", "fetched", "unchanged", "from-cache")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """What the manifest beside a file says.

    Attributes
    ----------
    source_id
        The source that it is of.
    lines
        Further lines of TOML.
    """

    source_id: str
    lines: tuple[str, ...] = ()


def deliver(
    target: Target,
    held: tuple[Held, ...],
    *,
    folder: Path,
    most_bytes: int,
    stated: Stated,
) -> FetchedFile:
    """Leave a file in a folder, with a manifest beside it.

    A file of that name with other bytes stays as it is: the new one gets a name of its
    own, and is found there the next time.

    Parameters
    ----------
    target
        The file.
    held
        Its parts, in order.
    folder
        Where it goes; made where there is none.
    most_bytes
        Largest file that is unpacked.
    stated
        What its manifest says.

    Returns
    -------
    FetchedFile
        What was done.

    Raises
    ------
    OutputError
        If the folder cannot be written.
    """
    name = safe_name(target.name or _name_within(target, held[0]))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with _beside(folder / name) as new:
            _write(target, held, to=new, most_bytes=most_bytes)
            sha256 = sha256_file(new)
            n_bytes = new.stat().st_size
            path, is_new = _settle(new, folder / name, sha256=sha256)
    except OSError as error:
        raise OutputError(
            f"{folder / name} cannot be written: {error.strerror or error}.",
            todo="name another folder with --to, or make room",
        ) from error
    outcome = next(o for o in _OUTCOMES if any(h.outcome == o for h in held))
    is_beside = path.name != name
    if is_beside and is_new:
        outcome = "changed"
    elif outcome == "changed" and not is_new:
        outcome = "unchanged"
    _write_manifest(path, held=held, sha256=sha256, stated=stated, is_new=is_new)
    return FetchedFile(
        name=path.name,
        outcome=outcome,
        address=held[0].part.address,
        n_parts=len(held),
        n_bytes=n_bytes,
        sha256=sha256,
        held_against=_held_against(held),
        beside=name if is_beside else "",
    )


@contextmanager
def _beside(path: Path) -> Iterator[Path]:
    """Yield a name for a file that is being written; nothing is left of it in the end."""
    new = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        yield new
    finally:
        new.unlink(missing_ok=True)


def _settle(new: Path, path: Path, *, sha256: str) -> tuple[Path, bool]:
    """Give a file its name; return it, and whether it was not there before.

    Raises
    ------
    OutputError
        If other files have both names that it may have.
    """
    for place in (path, path.with_name(f"{path.stem}-{sha256[:SHORT]}{path.suffix}")):
        if not place.exists():
            new.replace(place)
            return place, True
        if place.is_file() and sha256_file(place) == sha256:
            return place, False
    raise OutputError(
        f"{path.name} and the name beside it are taken in {path.parent}.",
        todo="name another folder with --to",
    )


def _write(target: Target, held: tuple[Held, ...], *, to: Path, most_bytes: int) -> None:
    n_written = 0
    with to.open("wb") as file:
        for one in held:
            for chunk in _bytes_of(target, one):
                n_written += len(chunk)
                if n_written > most_bytes:
                    raise FetchError(
                        f"{one.part.name} unpacks to more than {most_bytes:,} bytes.",
                        todo="allow more with --max-mb, if the file is what you want",
                    )
                file.write(chunk)
        file.flush()
        os.fsync(file.fileno())


def _bytes_of(target: Target, held: Held) -> Iterator[bytes]:
    """Yield the bytes of a part, unpacked, a last line always ended if others follow.

    Raises
    ------
    FetchError
        If an archive is none, or is broken.
    """
    if not target.unpack:
        with held.path.open("rb") as file:
            yield from _chunks(file)
        return
    try:
        with (
            zipfile.ZipFile(held.path) as archive,
            archive.open(_info(archive, target=target, held=held)) as file,
        ):
            last = b""
            for chunk in _chunks(file):
                yield chunk
                last = chunk[-1:]
            if last not in {b"", _LINE_END} and len(target.parts) > 1:
                yield _LINE_END
    except _BROKEN as error:
        held.path.unlink(missing_ok=True)
        raise FetchError(
            f"{held.part.name} is no ZIP archive that can be read: {error}.",
            todo="run the same command again: it is asked for anew",
        ) from error


def _chunks(file: IO[bytes]) -> Iterator[bytes]:
    while chunk := file.read(_CHUNK):
        yield chunk


def _info(archive: zipfile.ZipFile, *, target: Target, held: Held) -> zipfile.ZipInfo:
    """Find the one file of an archive that is wanted.

    Raises
    ------
    FetchError
        If there is none, or more than one.
    """
    infos = [i for i in archive.infolist() if not i.is_dir()]
    wanted = [
        i
        for i in infos
        if any(fnmatchcase(i.filename.casefold(), p.casefold()) for p in target.unpack)
    ]
    if len(wanted) != 1:
        names = join_words([i.filename for i in infos]) or "nothing"
        raise FetchError(
            f"{held.part.name} holds {names}, of which one file was expected to be "
            f"called {join_words(target.unpack)}.",
            todo="download and unpack it by hand",
        )
    return wanted[0]


def _name_within(target: Target, held: Held) -> str:
    """Name a file as its archive does.

    Raises
    ------
    FetchError
        If it is no archive.
    """
    try:
        with zipfile.ZipFile(held.path) as archive:
            return _info(archive, target=target, held=held).filename
    except _BROKEN as error:
        with suppress(OSError):
            held.path.unlink()
        raise FetchError(
            f"{held.part.address} gives something else than a ZIP archive.",
            todo="run the same command again: it is asked for anew",
        ) from error


def _held_against(held: tuple[Held, ...]) -> str:
    has_md5 = all(one.part.md5 for one in held)
    has_size = all(one.part.n_bytes is not None for one in held)
    return " and ".join(["MD5"] * has_md5 + ["size"] * has_size)


def _write_manifest(
    path: Path, *, held: tuple[Held, ...], sha256: str, stated: Stated, is_new: bool
) -> None:
    """Write the manifest of a new file, or of one that has none; an older one stays.

    Somebody may have written in it, and it may be of another file that was here.
    """
    manifest = path.with_name(f"{path.name}{MANIFEST_SUFFIX}")
    if manifest.exists():
        if not is_new:
            return
        digest = sha256_file(manifest)[:SHORT]
        manifest.replace(path.with_name(f"{path.name}.manifest-{digest}.toml"))
    taken = min(one.entry.seen for one in held)
    addresses = [f"# address: {one.part.address}" for one in held[:1]]
    if len(held) > 1:
        addresses.append(f"# and {len(held) - 1} more, the last: {held[-1].part.address}")
    published = [f"# published MD5: {one.part.md5}" for one in held if one.part.md5]
    lines = [
        f"# Written by groundswell fetch, version {version('groundswell')}.",
        *addresses,
        f"# sha256: {sha256}",
        *(published if len(held) == 1 else ()),
        f'source_id = "{stated.source_id}"',
        f"taken = {taken.isoformat()}",
        *stated.lines,
    ]
    with _beside(manifest) as new:
        new.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
        new.replace(manifest)
