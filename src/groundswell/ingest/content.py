"""What a file is, by its first bytes, whatever its name says."""

import zipfile
from pathlib import Path
from typing import Literal

from groundswell.core.errors import InputError
from groundswell.core.text import is_utf8

Kind = Literal["text", "jsonl", "gzip", "xlsx", "parquet"]

READABLE = "CSV, TSV, JSONL, XLSX or Parquet, the text ones also as .gz"
_HEAD_BYTES = 1 << 16
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_SIGNATURES: tuple[tuple[bytes, str, str], ...] = (
    (b"\x89PNG", "a PNG image", ""),
    (b"\xff\xd8\xff", "a JPEG image", ""),
    (b"GIF8", "a GIF image", ""),
    (b"%PDF", "a PDF document", "export the table as CSV"),
    (b"SQLite format 3\x00", "an SQLite database", "export the table as CSV"),
    (b"\xd0\xcf\x11\xe0", "an old Excel or Word file", "save it as .xlsx or CSV"),
    (b"BZh", "a bzip2 archive", "unpack it first"),
    (b"\xfd7zXZ", "an xz archive", "unpack it first"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive", "unpack it first"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive", "unpack it first"),
    (b"Rar!", "a RAR archive", "unpack it first"),
    (b"RDX", "an R data file", "save it as CSV with write.csv"),
    (b"ARROW1", "an Arrow file", "save it as Parquet or CSV"),
    (b"\x89HDF", "an HDF5 file", "export the table as CSV"),
    (b"\x7fELF", "a program", ""),
    (b"MZ", "a program", ""),
)
_HTML = (b"<!doctype", b"<html", b"<head", b"<body", b"<script", b"<meta", b"<!--")
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\r\f\v\x1a\x1b\x00")) + b"\x7f"
_MAX_CONTROLS = 0.02
_MAX_NULS = 0.1


def file_state(path: Path) -> tuple[int, int]:
    """Make sure that a file can be read, and say what changes when it is written to.

    Parameters
    ----------
    path
        The file.

    Returns
    -------
    tuple
        Its size in bytes, and when it was last changed.

    Raises
    ------
    InputError
        If it does not exist, is no file, cannot be opened, or has a name that cannot be
        written down.
    """
    if not is_utf8(str(path)):
        raise InputError(
            f"{path} has a name that is not UTF-8.", allowed=READABLE, todo="rename it"
        )
    try:
        if not path.is_file():
            what = "is no file" if path.exists() else "does not exist"
            raise InputError(f"{path} {what}.", allowed=READABLE)
        state = path.stat()
        with path.open("rb"):
            return state.st_size, state.st_mtime_ns
    except OSError as error:
        raise InputError(
            f"{path} cannot be read: {error.strerror}.", allowed=READABLE
        ) from error


def find_kind(path: Path, *, name: str) -> Kind:
    """Find out what a file is.

    Parameters
    ----------
    path
        The file.
    name
        What to call it in an error.

    Returns
    -------
    Kind
        How it is to be read.

    Raises
    ------
    InputError
        If it is empty, or nothing that holds a table.
    """
    with path.open("rb") as file:
        head = file.read(_HEAD_BYTES)
    if not head.strip():
        raise InputError(f"{name} is empty.", allowed=READABLE)
    for signature, what, todo in _SIGNATURES:
        is_word = signature.isascii() and signature.rstrip(b"!").isalnum()
        if head.startswith(signature) and not (is_word and _reads_as_text(head)):
            raise InputError(f"{name} is {what}.", allowed=READABLE, todo=todo)
    if head.startswith(b"PAR1"):
        return "parquet"
    if head.startswith(b"\x1f\x8b"):
        return "gzip"
    if head.startswith(b"PK\x03\x04"):
        return _kind_of_archive(path, name=name)
    return _kind_of_text(head, name=name)


def _kind_of_archive(path: Path, *, name: str) -> Kind:
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise InputError(
            f"{name} is a damaged ZIP archive.", allowed=READABLE, todo="get it again"
        ) from error
    if "xl/workbook.xml" in members:
        return "xlsx"
    raise InputError(
        f"{name} is a ZIP archive.",
        allowed=READABLE,
        todo=f"unpack it; it holds {', '.join(members[:3]) or 'nothing'}",
    )


def _kind_of_text(head: bytes, *, name: str) -> Kind:
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if start[:512].lower().startswith(_HTML):
        raise InputError(
            f"{name} is a web page, not a table.",
            allowed=READABLE,
            todo="a page that asks to sign in is often saved under the name of the file: "
            "open it in a browser, and download the file itself",
        )
    if start.startswith(b"<?xml"):
        raise InputError(f"{name} is an XML file.", allowed=READABLE)
    if head.startswith(_UTF16_MARKS):
        return "text"
    if not _reads_as_text(head):
        raise InputError(
            f"{name} is a binary file, not a table.",
            allowed=f"{READABLE}; text in UTF-8, Windows-1252 or, with its mark, UTF-16",
        )
    if start.startswith(b"{"):
        return "jsonl"
    if start.startswith(b"["):
        raise InputError(
            f"{name} is one JSON array.",
            allowed=READABLE,
            todo="write one object per line (JSONL), for example with jq -c '.[]'",
        )
    return "text"


def _reads_as_text(head: bytes) -> bool:
    n_controls = len(head) - len(head.translate(None, _CONTROLS))
    return n_controls <= _MAX_CONTROLS * len(head) and head.count(0) <= _MAX_NULS * len(
        head
    )
