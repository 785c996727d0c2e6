"""The cache: every file that was fetched, by address, with what its server said of it."""

import json
import os
import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from groundswell.core.errors import FetchError, MissingExtraError, WorkspaceError
from groundswell.core.hashes import SHORT, sha256_file, sha256_text
from groundswell.engine.lock import locked

_INDEX = "entry.json"
_PARTIAL = "partial"
_UNSAFE = re.compile(r"[^\w.()+ -]", re.ASCII)
_LONGEST_NAME = 120
_NOT_ON_WINDOWS = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Validators:
    """What a server said by which a file can be told from a later one."""

    etag: str = ""
    last_modified: str = ""

    @property
    def if_range(self) -> str:
        """What may head a request for the rest of a file; empty where nothing may."""
        if self.etag and not self.etag.startswith("W/"):
            return self.etag
        return self.last_modified

    @property
    def conditions(self) -> dict[str, str]:
        """Headers that ask for a file only if it is another."""
        headers = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in headers.items() if value}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A file in the cache.

    Attributes
    ----------
    address
        Where it came from.
    name
        Its own.
    file
        Its name in the cache.
    sha256, md5
        Of its bytes.
    n_bytes
        Its size.
    seen
        Day on which its server last said that this is the file.
    etag, last_modified
        What the server said of it.
    """

    address: str
    name: str
    file: str
    sha256: str
    md5: str
    n_bytes: int
    seen: date
    etag: str = ""
    last_modified: str = ""

    @property
    def validators(self) -> Validators:
        """By which the server tells it from a later file."""
        return Validators(etag=self.etag, last_modified=self.last_modified)


class Place:
    """Where the file of one address is kept.

    Parameters
    ----------
    folder
        Its own folder.
    address
        Where the file comes from.
    name
        What to call it.
    """

    def __init__(self, folder: Path, *, address: str, name: str) -> None:
        self.folder = folder
        self.address = address
        self.name = safe_name(name)

    @property
    def partial(self) -> Path:
        """What has come of a file that is on its way."""
        return self.folder / _PARTIAL

    def entry(self) -> Entry | None:
        """Find the newest whole file; `None` without one, or where it was damaged."""
        found = _read_json(self.folder / _INDEX)
        if found is None or found.get("address") != self.address:
            return None
        try:
            found["seen"] = date.fromisoformat(str(found["seen"]))
            entry = Entry(**found)  # type: ignore[arg-type] # of our own writing
        except (TypeError, KeyError, ValueError):
            return None
        path = self.path(entry)
        if not path.is_file() or path.stat().st_size != entry.n_bytes:
            return None
        return entry if sha256_file(path) == entry.sha256 else None

    def path(self, entry: Entry) -> Path:
        """Where the bytes of a file are."""
        return self.folder / entry.file

    def expected(self) -> Validators:
        """Of which file the bytes that have come are; without any, of none."""
        found = _read_json(self._partial_index) or {}
        if found.get("address") != self.address:
            return Validators()
        return Validators(
            etag=str(found.get("etag", "")),
            last_modified=str(found.get("last_modified", "")),
        )

    def expect(self, validators: Validators) -> None:
        """Note of which file the bytes are that are about to come."""
        self.folder.mkdir(parents=True, exist_ok=True)
        said = {"address": self.address, **asdict(validators)}
        _write_json(self._partial_index, said)

    def forget_partial(self) -> None:
        """Throw away what has come."""
        self.partial.unlink(missing_ok=True)
        self._partial_index.unlink(missing_ok=True)

    def keep(self, *, md5: str, seen: date, validators: Validators) -> Entry:
        """Make a whole file of what has come; earlier ones stay."""
        sha256 = sha256_file(self.partial)
        entry = Entry(
            address=self.address,
            name=self.name,
            file=f"{sha256[:SHORT]}-{self.name}",
            sha256=sha256,
            md5=md5,
            n_bytes=self.partial.stat().st_size,
            seen=seen,
            **asdict(validators),
        )
        self.partial.replace(self.path(entry))
        self._partial_index.unlink(missing_ok=True)
        self.confirm(entry)
        return entry

    def confirm(self, entry: Entry) -> None:
        """Note what is known of the newest file."""
        said = {**asdict(entry), "seen": entry.seen.isoformat()}
        _write_json(self.folder / _INDEX, said)

    @property
    def _partial_index(self) -> Path:
        return self.folder / f"{_PARTIAL}.json"


class Store:
    """The cache of one source.

    Parameters
    ----------
    folder
        Its folder; made where there is none.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def place(self, address: str, *, name: str) -> Place:
        """Find where the file of an address is kept."""
        key = sha256_text(address)[:SHORT]
        return Place(self.folder / key, address=address, name=name)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Keep other processes out for the length of a `with` block.

        Yields
        ------
        None
            While nobody else fetches into this cache.

        Raises
        ------
        FetchError
            If somebody does, or the cache cannot be written.
        """
        folder = self.folder.resolve()
        with ExitStack() as held:
            try:
                held.enter_context(locked(folder, keep_with=_INDEX, create=True))
            except WorkspaceError as error:
                raise FetchError(
                    f"The cache {self.folder} is in use, or cannot be written.",
                    allowed="one fetch of a source at a time",
                    todo="wait for the other, or name another folder with --cache",
                ) from error
            yield


def default_cache() -> Path:
    """Find the folder that the system has for the caches of its user.

    Raises
    ------
    MissingExtraError
        If platformdirs is not installed.
    """
    try:
        from platformdirs import user_cache_path
    except ImportError as error:
        raise MissingExtraError(
            "platformdirs", extra="fetch", purpose="Finding the cache"
        ) from error
    return user_cache_path("groundswell", appauthor=False) / "fetched"


def safe_name(name: str) -> str:
    r"""Make a name that a server gives one that is a name and nothing else.

    Examples
    --------
    >>> safe_name("../../etc/pass\nwd"), safe_name("con.csv"), safe_name("..")
    ('pass_wd', '_con.csv', 'file')
    """
    last = re.split(r"[/\\]", name.strip())[-1]
    last = _UNSAFE.sub("_", last).lstrip(". ").rstrip(". ")
    if len(last) > _LONGEST_NAME:
        stem, dot, suffix = last.rpartition(".")
        last = f"{stem[: _LONGEST_NAME - len(suffix) - 1]}{dot}{suffix}"[-_LONGEST_NAME:]
    if not last:
        return "file"
    return f"_{last}" if _NOT_ON_WINDOWS.match(last) else last


def _read_json(path: Path) -> dict[str, object] | None:
    try:
        found = json.loads(path.read_bytes())
    except (FileNotFoundError, ValueError):
        return None
    return found if isinstance(found, dict) else None


def _write_json(path: Path, value: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f"{path.name}.{os.getpid()}")
    beside.write_text(json.dumps(value), encoding="utf-8")
    beside.replace(path)
