"""Text files in whatever encoding, as UTF-8 without marks and NULs.

A file that is in order already is left where it is. Bytes that are not UTF-8 are read as
Windows-1252, each for itself, so that a line that mixes both encodings is read right.
"""

import codecs
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from groundswell.core.errors import InputError

MAX_LINE_BYTES = 16 * 1024 * 1024
MAX_MARKS = 1000
_BLOCK = 1024 * 1024
_UTF8_MARK = b"\xef\xbb\xbf"
_UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_SNIPPET = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class OddLine:
    """A line that held bytes which had to be mended.

    Attributes
    ----------
    line
        Its number in the file, from 1.
    raw_offset
        First such byte, counted from the start of the file.
    clean_offset
        Start of the line in the mended file.
    words
        The mended text around that byte.
    """

    line: int
    raw_offset: int
    clean_offset: int
    words: str


@dataclass(slots=True, kw_only=True)
class CleanText:
    """A text file as UTF-8, and what was mended.

    Attributes
    ----------
    path
        The file to read from now on.
    encoding
        What the file was in.
    n_not_utf8, n_nul
        Lines with bytes that are not UTF-8, and with NUL bytes.
    not_utf8, nul
        The first of them, at most `MAX_MARKS`.
    """

    path: Path
    encoding: str = "utf-8"
    n_not_utf8: int = 0
    n_nul: int = 0
    not_utf8: list[OddLine] = field(default_factory=list)
    nul: list[OddLine] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class _Place:
    """How far the mending has come: lines, and bytes of both files."""

    line: int
    raw: int
    clean: int


def clean_text(
    path: Path, *, target: Path, name: str, encoding: str = "", end: bytes = b"\n"
) -> CleanText:
    """Bring a text file into order.

    Parameters
    ----------
    path
        A text file.
    target
        Where to write a mended copy, if one is needed.
    name
        What to call the file in an error.
    encoding
        A name that Python knows, where the user states one; empty to find out.
    end
        What ends a row: a JSON document can be one line.

    Returns
    -------
    CleanText
        Where to read it, and what was mended.
    """
    with path.open("rb") as file:
        head = file.read(4)
    if head.startswith(_UTF16_MARKS):
        encoding = "utf-16"
    if encoding and codecs.lookup(encoding).name != "utf-8":
        _recode(path, target=target, name=name, encoding=encoding)
        found = clean_text(target, target=target.with_suffix(".2"), name=name, end=end)
        found.encoding = encoding
        return found
    if not head.startswith(_UTF8_MARK) and _is_clean(path, name=name, end=end):
        return CleanText(path=path)
    found = CleanText(path=target)
    with path.open("rb") as source, target.open("wb") as out:
        _mend(source, out=out, found=found, name=name, end=end)
    return found


def decode_mixed(data: bytes) -> str:
    """Decode UTF-8, and bytes that are not as Windows-1252.

    Examples
    --------
    >>> decode_mixed("Köln, ".encode("latin-1") + "Köln".encode())
    'Köln, Köln'
    """
    return data.decode("utf-8", _WINDOWS)


def _recode(path: Path, *, target: Path, name: str, encoding: str) -> None:
    decoder = codecs.getincrementaldecoder(encoding)()
    n_read = 0
    with path.open("rb") as source, target.open("wb") as out:
        while True:
            block = source.read(_BLOCK)
            try:
                text = decoder.decode(block, final=not block)
                out.write(text.encode("utf-8"))
            except UnicodeError as error:
                raise InputError(
                    f"{name} is not {encoding} near byte {n_read:,}.",
                    allowed="text in UTF-8, Windows-1252 or, with its mark, UTF-16",
                ) from error
            if not block:
                return
            n_read += len(block)


def _is_clean(path: Path, *, name: str, end: bytes) -> bool:
    with path.open("rb") as file:
        for block in _blocks(file, name=name, end=end):
            if 0 in block or _first_bad(block) is not None:
                return False
    return True


def _blocks(file: BinaryIO, *, name: str, end: bytes) -> Iterator[bytes]:
    # blocks of whole rows; a row that is too long is an error
    rest = b""
    while block := file.read(_BLOCK):
        stop = block.rfind(end) + 1
        if not stop:
            rest += block
            if len(rest) > MAX_LINE_BYTES:
                before = file.tell() - len(rest)
                file.seek(0)
                raise InputError(
                    f"{name}: line {_n_ends(file, until=before) + 1:,} is longer than "
                    f"{MAX_LINE_BYTES >> 20} MiB, so this is no table of rows.",
                    allowed="one row per line",
                    todo="look whether the file has line ends at all",
                )
            continue
        whole = rest + block[:stop]
        yield whole
        rest = block[stop:]
    if rest:
        yield rest


def _n_ends(file: BinaryIO, *, until: int) -> int:
    n_ends = 0
    for start in range(0, until, _BLOCK):
        n_ends += file.read(min(_BLOCK, until - start)).count(b"\n")
    return n_ends


def _mend(
    source: BinaryIO, *, out: BinaryIO, found: CleanText, name: str, end: bytes
) -> None:
    at = _Place(line=0, raw=0, clean=0)
    for block in _blocks(source, name=name, end=end):
        if at.raw == 0 and block.startswith(_UTF8_MARK):
            found.encoding = "utf-8 with a mark"
            at.raw = len(_UTF8_MARK)
            lines = block[at.raw :]
        else:
            lines = block
        if 0 in lines:
            for line in io.BytesIO(lines):
                _pass_on(
                    line, is_odd=_mend_line(line) != line, out=out, found=found, at=at
                )
        else:
            _mend_block(lines, out=out, found=found, at=at, end=end)


def _mend_block(
    lines: bytes, *, out: BinaryIO, found: CleanText, at: _Place, end: bytes
) -> None:
    """Mend the rows with bytes that are not UTF-8, and pass on those between them."""
    view = memoryview(lines)
    done = 0
    while (bad := _first_bad(view[done:])) is not None:
        start = lines.rfind(end, done, done + bad) + 1 or done
        stop = lines.find(end, done + bad) + 1 or len(lines)
        _pass_on(lines[done:start], is_odd=False, out=out, found=found, at=at)
        _pass_on(lines[start:stop], is_odd=True, out=out, found=found, at=at)
        done = stop
    _pass_on(lines[done:], is_odd=False, out=out, found=found, at=at)


def _pass_on(
    lines: bytes, *, is_odd: bool, out: BinaryIO, found: CleanText, at: _Place
) -> None:
    mended = _mend_line(lines) if is_odd else lines
    if is_odd:
        _note(found, lines, at=at)
    out.write(mended)
    at.line += _n_lines(lines)
    at.raw += len(lines)
    at.clean += len(mended)


def _mend_line(line: bytes) -> bytes:
    return decode_mixed(line.replace(b"\0", b"")).encode("utf-8")


def _note(found: CleanText, line: bytes, *, at: _Place) -> None:
    if 0 in line:
        found.n_nul += 1
        if len(found.nul) < MAX_MARKS:
            found.nul.append(_odd_line(line, first=line.index(0), at=at))
    first = _first_bad(line)
    if first is not None:
        found.n_not_utf8 += 1
        if len(found.not_utf8) < MAX_MARKS:
            found.not_utf8.append(_odd_line(line, first=first, at=at))


def _odd_line(line: bytes, *, first: int, at: _Place) -> OddLine:
    text = _mend_line(line).decode("utf-8")
    middle = len(_mend_line(line[:first]).decode("utf-8"))
    return OddLine(
        line=at.line + 1 + _n_lines(line[:first]),
        raw_offset=at.raw + first,
        clean_offset=at.clean,
        words=text[max(0, middle - _SNIPPET) : middle + _SNIPPET].strip(),
    )


def _n_lines(text: bytes) -> int:
    """Count line ends of all kinds, as a text file opened in Python does."""
    return text.count(b"\n") + text.count(b"\r") - text.count(b"\r\n")


def _first_bad(text: bytes | memoryview) -> int | None:
    try:
        str(text, "utf-8")
    except UnicodeDecodeError as error:
        return error.start
    return None


def _as_windows_1252(error: UnicodeError) -> tuple[str, int]:
    """Read the bytes that are not UTF-8 one by one; five of 256 stand for themselves."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    bad = error.object[error.start : error.end]
    return "".join(_WINDOWS_1252[byte] for byte in bad), error.end


_WINDOWS = "groundswell-windows-1252"
_WINDOWS_1252 = [bytes([b]).decode("cp1252", "ignore") or chr(b) for b in range(256)]
codecs.register_error(_WINDOWS, _as_windows_1252)
