"""Small files of R, written byte by byte as R serialises its objects."""

import struct
from collections.abc import Mapping, Sequence

LATIN, UTF8 = 1 << 2, 1 << 3
NA_INT = -(1 << 31)
NA_REAL = struct.unpack(">d", bytes.fromhex("7ff00000000007a2"))[0]
_SYMBOL, _PAIRS, _CHAR, _LOGICAL, _INT, _REAL = 1, 2, 9, 10, 13, 14
_TEXT, _LIST, _END = 16, 19, 254
_OBJECT, _ATTRIBUTES, _TAG = 1 << 8, 1 << 9, 1 << 10
NULL = struct.pack(">i", _END)
_NOTHING: Mapping[str, bytes] = {}


def _n(*numbers: int) -> bytes:
    return struct.pack(f">{len(numbers)}i", *numbers)


def word(text: str | bytes | None, *, marked: int = UTF8) -> bytes:
    """Write one string, or that it is missing."""
    if text is None:
        return _n(_CHAR, -1)
    data = text if isinstance(text, bytes) else text.encode()
    return _n(_CHAR | marked << 12, len(data)) + data


def _vector(kind: int, body: bytes, *, n: int, about: Mapping[str, bytes]) -> bytes:
    flags = kind | (_ATTRIBUTES if about else 0) | (_OBJECT if "class" in about else 0)
    return _n(flags, n) + body + (pairs(about) if about else b"")


def pairs(members: Mapping[str, bytes]) -> bytes:
    """Write objects and their names."""
    written = (
        _n(_PAIRS | _TAG, _SYMBOL) + word(name) + value for name, value in members.items()
    )
    return b"".join(written) + _n(_END)


def texts(*values: str | bytes | None, marked: int = UTF8, **about: bytes) -> bytes:
    """Write strings."""
    body = b"".join(word(value, marked=marked) for value in values)
    return _vector(_TEXT, body, n=len(values), about=about)


def ints(*values: int, about: Mapping[str, bytes] = _NOTHING) -> bytes:
    """Write whole numbers."""
    return _vector(_INT, _n(*values), n=len(values), about=about)


def logicals(*values: int) -> bytes:
    """Write 0, 1 and `NA_INT`."""
    return _vector(_LOGICAL, _n(*values), n=len(values), about={})


def reals(*values: float, about: Mapping[str, bytes] = _NOTHING) -> bytes:
    """Write numbers."""
    body = struct.pack(f">{len(values)}d", *values)
    # packing a float loses the payload of NA
    marked = bytes.fromhex("7ff00000000007a2")
    cells = [body[i : i + 8] for i in range(0, len(body), 8)]
    cells = [marked if v is NA_REAL else c for v, c in zip(values, cells, strict=True)]
    return _vector(_REAL, b"".join(cells), n=len(values), about=about)


def listed(values: Sequence[bytes], **about: bytes) -> bytes:
    """Write a list."""
    return _vector(_LIST, b"".join(values), n=len(values), about=about)


def frame(columns: Mapping[str, bytes], *, rows: bytes = b"") -> bytes:
    """Write a data frame."""
    about = {
        "names": texts(*columns),
        "row.names": rows or ints(NA_INT, -3),
        "class": texts("tbl_df", "tbl", "data.frame"),
    }
    return _vector(_LIST, b"".join(columns.values()), n=len(columns), about=about)


def rds(found: bytes) -> bytes:
    """Write one object, as `saveRDS` does."""
    return b"X\n" + _n(3, 0x040301, 0x030500, 5) + b"UTF-8" + found


def rda(**members: bytes) -> bytes:
    """Write named objects, as `save` does."""
    return b"RDX3\n" + rds(pairs(members))
