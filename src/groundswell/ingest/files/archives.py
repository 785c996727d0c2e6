"""Packed files, unpacked up to a size that no table is packed from."""

import bz2
import errno
import gzip
import lzma
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, cast

from groundswell.core.errors import InputError
from groundswell.ingest.files.content import PACKED, Kind, find_kind

MAX_RATIO = 100
MAX_UNPACKED = 8 << 30
MAX_DEPTH = 3
_SMALL = 64 << 20
_BLOCK = 1 << 20
_SHOWN = 20
_IS_ENCRYPTED = 1
_HIDDEN = ("__MACOSX/", ".")
_NO_TABLES = (".pdf", ".doc", ".docx", ".png", ".jpg", ".html", ".htm", ".md")
_OPENERS: dict[str, Callable[[Path], object]] = {
    "gzip": gzip.open,
    "bzip2": bz2.open,
    "xz": lzma.open,
}
_DAMAGED = (EOFError, OSError, zlib.error, lzma.LZMAError)
_DAMAGED_ZIP = (
    *(zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError),
    *(NotImplementedError, ValueError, lzma.LZMAError),
)


def unpack(path: Path, *, work: Path, sheet: str, name: str) -> tuple[Path, Kind, str]:
    """Unpack a file until it is no archive any more.

    What comes out is at most `MAX_RATIO` times the size of the file, or `_SMALL` bytes
    where that is more, and never more than `MAX_UNPACKED`.

    Parameters
    ----------
    path
        The file, packed or not.
    work
        Folder for what is unpacked.
    sheet
        Name of a member of a ZIP archive that holds several, or of a sheet in what was
        packed; empty where there is one.
    name
        What to call the file in an error.

    Returns
    -------
    tuple
        Where the table is, what kind of file that is, and the sheet of it: empty where
        `sheet` named a member.

    Raises
    ------
    InputError
        If an archive is damaged, locked, unpacks to more, or holds another one that holds
        another one.
    """
    most = min(max(path.stat().st_size * MAX_RATIO, _SMALL), MAX_UNPACKED)
    kind = find_kind(path, name=name)
    for depth in range(MAX_DEPTH):
        if kind not in PACKED:
            return path, kind, sheet
        target = work / f"unpacked-{depth}"
        if kind == "zip":
            sheet = _unpack_member(path, target=target, most=most, sheet=sheet, name=name)
        else:
            _unpack_stream(path, kind=kind, target=target, most=most, name=name)
        path, kind = target, find_kind(target, name=name)
    if kind in PACKED:
        raise InputError(
            f"{name} is an archive in an archive in an archive.",
            allowed="a packed table",
            todo="unpack it, and look whether it is the file that you want",
        )
    return path, kind, sheet


def _unpack_stream(path: Path, *, kind: Kind, target: Path, most: int, name: str) -> None:
    try:
        with cast("BinaryIO", _OPENERS[kind](path)) as source:
            _copy(source, target=target, most=most, name=name)
    except _DAMAGED as error:
        if _is_of_system(error):
            raise
        raise InputError(
            f"{name} is a {kind} file that is cut off or damaged.",
            allowed="a whole file",
            todo="download it again and compare its size",
        ) from error


def _unpack_member(path: Path, *, target: Path, most: int, sheet: str, name: str) -> str:
    # returns what is left of the sheet's name
    try:
        with zipfile.ZipFile(path) as archive:
            member = _choose_member(archive, sheet=sheet, name=name)
            with archive.open(member) as source:
                _copy(cast("BinaryIO", source), target=target, most=most, name=name)
    except _DAMAGED_ZIP as error:
        if _is_of_system(error):
            raise
        raise InputError(
            f"{name} is a ZIP archive that is cut off or damaged.",
            allowed="a whole file",
            todo="download it again and compare its size",
        ) from error
    return "" if sheet == member.filename else sheet


def _is_of_system(error: Exception) -> bool:
    """Tell a full disk from an archive that leads before its own start."""
    return isinstance(error, OSError) and error.errno not in (None, errno.EINVAL)


def _choose_member(archive: zipfile.ZipFile, *, sheet: str, name: str) -> zipfile.ZipInfo:
    files = [member for member in archive.infolist() if not member.is_dir()]
    if any(member.flag_bits & _IS_ENCRYPTED for member in files):
        raise InputError(
            f"{name} is locked with a password.",
            allowed="an archive without a password",
            todo="unpack it, and give the file that is inside",
        )
    named = [member for member in files if sheet and member.filename == sheet]
    if named:
        return named[0]
    shown = [m for m in files if not m.filename.startswith(_HIDDEN)]
    tables = [m for m in shown if not m.filename.lower().endswith(_NO_TABLES)]
    if len(tables) == 1:
        return tables[0]
    if not tables:
        raise InputError(
            f"{name} is a ZIP archive without a table in it.",
            allowed="an archive with one table",
            todo=f"it holds {_listed(shown)}",
        )
    raise InputError(
        f"{name} is a ZIP archive of {len(tables):,} files.",
        allowed=f"an archive with one table; this one holds {_listed(tables)}",
        todo="unpack it, or name the one that you want in a mapping, "
        f'[file] sheet = "{tables[0].filename}"',
    )


def _listed(members: list[zipfile.ZipInfo]) -> str:
    names = ", ".join(member.filename for member in members[:_SHOWN])
    more = f" and {len(members) - _SHOWN:,} more" if len(members) > _SHOWN else ""
    return names + more or "nothing"


def _copy(source: BinaryIO, *, target: Path, most: int, name: str) -> None:
    n_bytes = 0
    with target.open("wb") as out:
        while block := source.read(_BLOCK):
            n_bytes += len(block)
            if n_bytes > most:
                raise InputError(
                    f"{name} unpacks to more than {most:,} bytes.",
                    allowed=f"at most {MAX_RATIO} times the size of the packed file, "
                    f"and at most {MAX_UNPACKED >> 30} GiB",
                    todo="unpack it, and look whether it is the file that you want",
                )
            out.write(block)
