"""Find and read codebooks: those that come with the package, and a user's own file."""

from functools import lru_cache
from pathlib import Path

from groundswell.codebook.model import Codebook
from groundswell.codebook.parse import parse_codebook
from groundswell.core.codebooks import CodebookSummary
from groundswell.core.errors import DefinitionError, UsageError
from groundswell.core.hashes import sha256_bytes
from groundswell.core.toml_tables import parse_toml, suggest

MAX_BYTES = 2_000_000
_SHIPPED = Path(__file__).parent / "shipped"
_SUFFIX = ".toml"


def list_codebooks() -> tuple[CodebookSummary, ...]:
    """List the codebooks that come with the package, by identifier.

    Examples
    --------
    >>> "israel-palestine" in [line.codebook_id for line in list_codebooks()]
    True
    """
    return tuple(load_codebook(name).summary_line for name in _shipped_names())


def load_codebook(name_or_path: str | Path) -> Codebook:
    """Load a codebook by the name of a shipped one, or by the path of a file.

    A text that is the name of a shipped codebook means that codebook; write `./NAME` for
    a file of the same name. A file that is not in order is refused with a
    `DefinitionError` that names the line and the key.

    Parameters
    ----------
    name_or_path
        `israel-palestine`, or `my/codebook.toml`.

    Returns
    -------
    Codebook
        Read and found to be in order.

    Raises
    ------
    UsageError
        If there is no such codebook and no such file.

    Examples
    --------
    >>> load_codebook("us-abortion").side_dimension.sides
    ('abortion-rights', 'anti-abortion')
    """
    names = _shipped_names()
    if isinstance(name_or_path, str) and name_or_path in names:
        return _read_file(_SHIPPED / f"{name_or_path}{_SUFFIX}")
    path = Path(name_or_path)
    if not _is_file(path):
        raise UsageError(
            f"There is no codebook {str(name_or_path)!r}, and no file of that name.",
            allowed=f"{', '.join(names)}, or the path of a TOML file",
            todo=suggest(str(name_or_path), names) or "groundswell codebook list",
        )
    return _read_file(path)


@lru_cache(maxsize=16)
def read_codebook(data: bytes, *, file_name: str) -> Codebook:
    """Read a codebook from the bytes of its file, once for the same bytes.

    Parameters
    ----------
    data
        The whole file.
    file_name
        Its name, for messages.

    Returns
    -------
    Codebook
        Read and found to be in order.
    """
    text = _decode(data, file_name=file_name)
    return parse_codebook(parse_toml(text, name=file_name), sha256=sha256_bytes(data))


def _shipped_names() -> tuple[str, ...]:
    return tuple(sorted(path.stem for path in _SHIPPED.glob(f"*{_SUFFIX}")))


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):  # a name that no file can have
        return False


def _read_file(path: Path) -> Codebook:
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise DefinitionError(
            f"{path}: the file cannot be read: {error.strerror}.",
            todo="look at its permissions",
        ) from error
    return read_codebook(data, file_name=path.name)


def _decode(data: bytes, *, file_name: str) -> str:
    if len(data) > MAX_BYTES:
        raise DefinitionError(
            f"{file_name}: the file is too large for a codebook.",
            allowed=f"at most {MAX_BYTES:,} bytes",
        )
    if not data.strip():
        raise DefinitionError(
            f"{file_name}: the file is empty.",
            allowed="a codebook in TOML",
            todo="groundswell codebook new",
        )
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise DefinitionError(
            f"{file_name}, line {line}: byte {error.start} is not UTF-8.",
            allowed="a TOML file saved as UTF-8",
            todo="save the file as UTF-8; a spreadsheet or an archive is no codebook",
        ) from error
