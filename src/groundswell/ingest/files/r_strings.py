"""A parser of R files that reads strings once: a million rows repeat a few words.

The parser of `rdata` makes an object with all its parts for every cell, which took a
minute and a gigabyte for the country of 870,109 votes. Equal strings share one here.
"""

import struct
from typing import Any

_BINARY = (b"RDX2\nX\n", b"RDX3\nX\n", b"X\n")
_HEAD = struct.Struct(">ii")
_CHAR = 9
_OF_TYPE, _HAS_MORE = 0xFF, 0x600
_MAX_KNOWN = 1_000_000


def parse_r(data: bytes, *, extension: str) -> Any:  # noqa: ANN401 (objects of R)
    """Parse the object of an R file.

    Parameters
    ----------
    data
        The file, unpacked.
    extension
        `.rda` or `.rds`, as its first bytes tell.

    Returns
    -------
    Any
        The object, as `rdata` represents it; where strings are equal they may be one.
    """
    from rdata import parser

    magic = next((magic for magic in _BINARY if data.startswith(magic)), b"")
    if not magic:
        return parser.parse_data(data, extension=extension).object
    from rdata.parser._xdr import ParserXDR

    class Parser(ParserXDR):
        """The parser of the package, but for lists of strings."""

        def _parse_vector_value(self, *references: Any) -> list[parser.RObject]:  # noqa: ANN401 (passed on as they come)
            found = []
            for _ in range(self.parse_int()):
                start = self.file.tell()
                head = self.file.read(_HEAD.size)
                # what has no length, such as NULL, may be all that is left
                flags, n_bytes = _HEAD.unpack(head) if len(head) == _HEAD.size else (0, 0)
                if flags & _OF_TYPE != _CHAR or flags & _HAS_MORE:
                    self.file.seek(start)
                    found.append(self.parse_R_object(*references))
                    continue
                key = head + self.file.read(max(n_bytes, 0))
                if key not in known:
                    if len(known) > _MAX_KNOWN:
                        known.clear()
                    self.file.seek(start)
                    known[key] = self.parse_R_object(*references)
                found.append(known[key])
            return found

    known: dict[bytes, parser.RObject] = {}
    reader = Parser(
        memoryview(data)[len(magic) :],
        expand_altrep=True,
        altrep_constructor_dict=parser.DEFAULT_ALTREP_MAP,
    )
    parsed = reader.parse_all()
    reader.check_complete()
    return parsed.object
