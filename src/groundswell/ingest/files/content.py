"""What a file is, by its first bytes, whatever its name says."""

import re
import zipfile
from pathlib import Path
from typing import Literal

from groundswell.core.errors import InputError
from groundswell.core.text import is_utf8

Kind = Literal[
    "text",
    "json",
    "jsonl",
    "xlsx",
    "parquet",
    "stata",
    "rdata",
    "gzip",
    "bzip2",
    "xz",
    "zip",
]

PACKED: tuple[Kind, ...] = ("gzip", "bzip2", "xz", "zip")
READABLE = (
    "CSV, TSV, JSON, JSONL, XLSX, Parquet, Stata or R data, also packed as .zip or .gz"
)
_HEAD_BYTES = 1 << 16
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_SIGNATURES: tuple[tuple[bytes, str, str], ...] = (
    (b"\x89PNG", "a PNG image", ""),
    (b"\xff\xd8\xff", "a JPEG image", ""),
    (b"GIF8", "a GIF image", ""),
    (b"%PDF", "a PDF document", "export the table as CSV"),
    (b"SQLite format 3\x00", "an SQLite database", "export the table as CSV"),
    (b"\xd0\xcf\x11\xe0", "an old Excel or Word file", "save it as .xlsx or CSV"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive", "unpack it first"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive", "unpack it first"),
    (b"Rar!", "a RAR archive", "unpack it first"),
    (b"ARROW1", "an Arrow file", "save it as Parquet or CSV"),
    (b"\x89HDF", "an HDF5 file", "export the table as CSV"),
    (b"\x7fELF", "a program", ""),
    (b"MZ", "a program", ""),
)
_KINDS: tuple[tuple[bytes, Kind], ...] = (
    (rb"PAR1", "parquet"),
    (rb"\x1f\x8b", "gzip"),
    (rb"BZh[1-9](?:1AY&SY|\x17rE8P\x90)", "bzip2"),
    (rb"\xfd7zXZ\x00", "xz"),
    (rb"PK(?:\x03\x04|\x05\x06)", "zip"),
    # before release 117 a byte of version, of byte order, a one and a zero
    (rb"<stata_dta>|[\x66-\x73][\x01\x02]\x01\x00", "stata"),
    # in the binary format a version of the format, and of R, which has three bytes
    (rb"RD[AX][23]\r?\n|[XB]\r?\n\x00\x00\x00[\x02\x03]\x00|B\n[\x02\x03]\x00", "rdata"),
    (rb"A\r?\n[23]\r?\n[0-9]{6}\r?\n", "rdata"),
)
_SHEETS = (
    ("xl/workbook.bin", "a binary Excel file", "save it as .xlsx or CSV"),
    ("content.xml", "an OpenDocument file", "save it as .xlsx or CSV"),
    ("word/document.xml", "a Word document", "save its table as CSV"),
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
    kind = next((kind for mark, kind in _KINDS if re.match(mark, head)), None)
    if kind == "zip":
        return _kind_of_archive(path, name=name)
    return kind or _kind_of_text(head, name=name)


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
    for member, what, todo in _SHEETS:
        if member in members:
            raise InputError(f"{name} is {what}.", allowed=READABLE, todo=todo)
    return "zip"


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
        return _kind_of_objects(start)
    if re.match(rb"\[\s*(?:[{\[\]]|\Z)", start):
        return "json"
    return "text"


def _kind_of_objects(start: bytes) -> Kind:
    """Tell objects on lines of their own from one object over many lines, or one line.

    One line that goes on beyond what was read may be either, as may a line that is the
    only one: `groundswell.ingest.files.json_document` looks inside.
    """
    first, _, rest = start.partition(b"\n")
    is_open = first.rstrip().endswith((b"{", b"[", b",", b":"))
    return "json" if is_open or not rest.strip() else "jsonl"


def _reads_as_text(head: bytes) -> bool:
    n_controls = len(head) - len(head.translate(None, _CONTROLS))
    return n_controls <= _MAX_CONTROLS * len(head) and head.count(0) <= _MAX_NULS * len(
        head
    )
