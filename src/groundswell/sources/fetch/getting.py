"""One file from its address into the cache: asked for, resumed, checked."""

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import NoReturn

from groundswell.core.errors import FetchError
from groundswell.core.fetching import Outcome
from groundswell.sources.fetch.store import Entry, Place, Store, Validators
from groundswell.sources.fetch.web import AgainError, Ask, Response, Web

Progress = Callable[[str, int, int], None]

_OK, _PART, _SAME, _NO_RANGE = 200, 206, 304, 416
_CHUNK = 1 << 16
_RANGE = re.compile(r"bytes (\d+)-\d+/(\d+|\*)")
_PAGE = re.compile(rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype html|html)\b", re.IGNORECASE)
_LOOK = 512
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_MESSAGE = re.compile(rb'"(?:message|error_description)"\s*:\s*"([^"\\]{1,200})"')


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A file to be asked for, and what its producer publishes of it.

    Attributes
    ----------
    address
        Where it is.
    name
        Its own; what to call it in the cache.
    md5
        Published with it; empty where none is.
    n_bytes
        Published with it; `None` where nobody says.
    """

    address: str
    name: str
    md5: str = ""
    n_bytes: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A whole file in the cache.

    Attributes
    ----------
    part
        What was asked for.
    path
        Its bytes.
    entry
        What is known of it.
    outcome
        Whether it came anew, is the same as before, or another one of that name.
    """

    part: Part
    path: Path
    entry: Entry
    outcome: Outcome


def _no_progress(_stage: str, _done: int, _total: int, /) -> None:
    return


@dataclass(frozen=True, slots=True, kw_only=True)
class Getter:
    """What is needed to get files.

    Attributes
    ----------
    store
        The cache.
    web
        The client; `None` to take what the cache has.
    today
        The day.
    most_bytes
        Largest file that is taken.
    progress
        Called with a stage, how much of it is done, and how much there is.
    asked
        Addresses that were asked, in order; filled on the way.
    """

    store: Store
    web: Web | None
    today: date
    most_bytes: int
    progress: Progress = _no_progress
    asked: list[str]

    def get(self, part: Part) -> Held:
        """Get a file: from the cache where it is known to be the newest, else asked for.

        Parameters
        ----------
        part
            The file.

        Returns
        -------
        Held
            The file.

        """
        place = self.store.place(part.address, name=part.name)
        entry = place.entry()
        if self.web is None:
            found = self.held(part)
            if found is None:
                refuse_not_held(part.address, folder=self.store.folder)
            return found
        if entry is not None and part.md5 and part.md5 == entry.md5:
            return self._same(part, place=place, entry=entry)
        if part.n_bytes is not None and part.n_bytes > self.most_bytes:
            raise self._too_large(part.address, part.n_bytes)
        self.asked.append(part.address)
        known = entry.validators if entry and not part.md5 else Validators()
        validators = self._receive(self.web, part, place=place, known=known)
        if validators is None and entry is not None:
            return self._same(part, place=place, entry=entry)
        md5 = self._check(part, place=place)
        new = place.keep(md5=md5, seen=self.today, validators=validators or Validators())
        outcome: Outcome = "fetched"
        if entry is not None:
            outcome = "changed" if entry.sha256 != new.sha256 else "unchanged"
        return Held(part=part, path=place.path(new), entry=new, outcome=outcome)

    def held(self, part: Part) -> Held | None:
        """Find what the cache has of a file, asking nobody; `None` without it."""
        place = self.store.place(part.address, name=part.name)
        entry = place.entry()
        if entry is None:
            return None
        return Held(part=part, path=place.path(entry), entry=entry, outcome="from-cache")

    def _same(self, part: Part, *, place: Place, entry: Entry) -> Held:
        entry = replace(entry, seen=self.today)
        place.confirm(entry)
        return Held(part=part, path=place.path(entry), entry=entry, outcome="unchanged")

    def _receive(
        self, web: Web, part: Part, *, place: Place, known: Validators
    ) -> Validators | None:
        """Receive a file; `None` where the server says that it is the one we know."""
        return web.repeated(
            lambda: self._attempt(web, part, place=place, known=known),
            address=part.address,
        )

    def _attempt(
        self, web: Web, part: Part, *, place: Place, known: Validators
    ) -> Validators | None:
        n_held = place.partial.stat().st_size if place.partial.is_file() else 0
        if_range = place.expected().if_range
        is_rest = bool(n_held and if_range)
        headers = (
            {"Range": f"bytes={n_held}-", "If-Range": if_range}
            if is_rest
            else known.conditions
        )
        with web.opened(Ask(address=part.address), headers) as response:
            status = response.status
            if status == _SAME and not is_rest and known.conditions:
                return None
            if status == _NO_RANGE and is_rest:
                place.forget_partial()
                raise AgainError("does not have the rest of the file")
            if status not in {_OK, _PART} or (status == _PART and not is_rest):
                raise _refusal(response, part.address)
            _refuse_endless(response, part)
            total = None
            if status == _PART:
                total = _check_range(response, n_held=n_held, place=place)
            validators = _validators(response)
            if status == _OK:
                place.forget_partial()
                place.expect(validators)
                n_held = 0
            n_held = self._write(response, part, place=place, n_held=n_held)
            if total is not None and n_held != total:
                place.forget_partial()
                raise AgainError("sends another number of bytes than it says")
            return validators

    def _write(self, response: Response, part: Part, *, place: Place, n_held: int) -> int:
        said = response.headers.get("content-length", "")
        total = n_held + int(said) if said.isdigit() else part.n_bytes or 0
        if total > self.most_bytes:
            raise self._too_large(part.address, total)
        head = b"" if not n_held else None
        with place.partial.open("ab") as file:
            for chunk in response.chunks:
                if head is not None and len(head) < _LOOK:
                    head += chunk
                    _refuse_page(response, head, part=part)
                n_held += len(chunk)
                if n_held > self.most_bytes:
                    file.close()
                    place.forget_partial()
                    raise self._too_large(part.address, n_held)
                file.write(chunk)
                self.progress(part.name, n_held, total)
        return n_held

    def _check(self, part: Part, *, place: Place) -> str:
        """Hold what came against what is published; return its MD5.

        Raises
        ------
        FetchError
            If it is something else; what came is thrown away.
        """
        n_bytes = place.partial.stat().st_size
        with place.partial.open("rb") as file:
            md5 = hashlib.file_digest(file, _md5).hexdigest()
        odd = [] if n_bytes else ["it is empty"]
        if part.n_bytes is not None and n_bytes != part.n_bytes:
            odd.append(f"{n_bytes:,} bytes came where {part.n_bytes:,} are published")
        if part.md5 and md5 != part.md5:
            odd.append(f"its MD5 is {md5} where {part.md5} is published")
        if odd:
            place.forget_partial()
            raise FetchError(
                f"{part.address} is not the file that it should be: {', '.join(odd)}.",
                todo="try again later; if it stays so, tell the producer of the source",
            )
        return md5

    def _too_large(self, address: str, n_bytes: int) -> FetchError:
        return FetchError(
            f"{address} has {n_bytes:,} bytes or more.",
            allowed=f"{self.most_bytes:,} bytes a file",
            todo="allow more with --max-mb, if the file is what you want",
        )


def _md5() -> "hashlib._Hash":
    # producers publish MD5: it tells a broken file, and keeps nothing safe
    return hashlib.md5(usedforsecurity=False)


def refuse_not_held(address: str, *, folder: Path) -> NoReturn:
    """Refuse to go on without a file that the cache lacks where nobody may be asked.

    Raises
    ------
    FetchError
        Always.
    """
    raise FetchError(
        f"{address} is not in the cache {folder}.",
        todo="run the same command once without --offline",
    )


def _refusal(response: Response, address: str) -> FetchError:
    """Say that a server refused, with what it says itself, where that is short."""
    status = response.status
    body = b""
    for chunk in response.chunks:
        body += chunk
        if len(body) > _CHUNK:
            break
    said = _MESSAGE.search(body)
    words = f" and says: {said[1].decode('utf-8', 'replace')}" if said else ""
    todo = "see on the page of the source whether its address has changed"
    if status in {401, 403}:
        todo = "see on the page of the source who may have the file"
    return FetchError(f"{address} answers with status {status}{words}.", todo=todo)


def _refuse_endless(response: Response, part: Part) -> None:
    """Refuse a body of which nobody could tell whether all of it came.

    Raises
    ------
    FetchError
        If neither the server nor the producer says how long it is.
    """
    is_framed = (
        "content-length" in response.headers
        or "chunked" in response.headers.get("transfer-encoding", "").lower()
    )
    if not (is_framed or part.md5 or part.n_bytes is not None):
        raise FetchError(
            f"{part.address} does not say how long the file is, so nobody could tell "
            "whether all of it came.",
            todo="download it by hand and look at its end",
        )


def _check_range(response: Response, *, n_held: int, place: Place) -> int | None:
    """Throw away what has come where the rest does not continue it; return the size.

    Raises
    ------
    AgainError
        If it does not.
    """
    found = _RANGE.fullmatch(response.headers.get("content-range", "").strip())
    etag = response.headers.get("etag", "")
    if (
        found is None
        or int(found[1]) != n_held
        or (etag and etag != place.expected().etag)
    ):
        place.forget_partial()
        raise AgainError("sends another part of the file than was asked for")
    return None if found[2] == "*" else int(found[2])


def _validators(response: Response) -> Validators:
    if response.headers.get("content-encoding", "identity") != "identity":
        return Validators()  # what is counted on the way is not what is kept
    return Validators(
        etag=response.headers.get("etag", ""),
        last_modified=response.headers.get("last-modified", ""),
    )


def _refuse_page(response: Response, start: bytes, *, part: Part) -> None:
    """Refuse a web page in place of data, as where one has to log in.

    Raises
    ------
    FetchError
        If the answer is one.
    """
    head = start[:_LOOK].removeprefix(_BYTE_ORDER_MARK)
    kind = response.headers.get("content-type", "")
    if _PAGE.match(head) or kind.lower().startswith("text/html"):
        raise FetchError(
            f"{part.address} answers with a web page in place of the file.",
            todo="open the address in a browser: it may ask to log in, or have moved",
        )
