"""Requests over HTTP: repeated where that helps, resumed, bounded, and never chatty.

Nothing is sent but the request itself: no cookie, no credentials to another host, and a
User-Agent that names this package and its version.
"""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http.cookiejar import CookieJar, DefaultCookiePolicy
from importlib.metadata import version
from typing import NoReturn, Self, TypeVar
from urllib.parse import urlsplit

from groundswell.core.errors import FetchError, MissingExtraError
from groundswell.sources.fetch.redirects import joined, refuse_unsafe

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_MOST_REDIRECTS = 5
_TOO_MANY = 429
_SERVER_FAULT = 500
_SHORT_BODY = 64_000_000
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Manners:
    """How patient and how polite a client is.

    Attributes
    ----------
    attempts
        How often a request is made at most.
    first_wait_s, most_wait_s
        Wait before the second attempt, doubled before each further one, up to the latter.
        A server that asks for more than the latter is left alone.
    timeout_s
        How long to wait for a connection, or for the next bytes.
    pause_s
        Least time between two requests to one host.
    """

    attempts: int = 5
    first_wait_s: float = 1.0
    most_wait_s: float = 120.0
    timeout_s: float = 60.0
    pause_s: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """A request.

    Attributes
    ----------
    address
        Where to.
    form
        Fields to be posted; without them the request is a GET. Never shown.
    bearer
        Token that gives access. Never shown.
    """

    address: str
    form: Mapping[str, str] = field(default_factory=dict, repr=False)
    bearer: str = field(default="", repr=False)

    @property
    def is_secret(self) -> bool:
        """Whether it carries what no other host may see."""
        return bool(self.form or self.bearer)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A short answer, whatever its status."""

    status: int
    body: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """An answer while it arrives.

    Attributes
    ----------
    status
        What it says it is.
    headers
        By names in any case.
    chunks
        Its body, to be read once.
    """

    status: int
    headers: Mapping[str, str]
    chunks: Iterator[bytes]


class UnreachableError(FetchError):
    """No answer came: no network, no such host, a connection that breaks or stalls."""


class AgainError(Exception):
    """A request is worth another attempt, after `wait_s` where the server says so."""

    def __init__(self, words: str, *, wait_s: float | None = None) -> None:
        super().__init__(words)
        self.wait_s = wait_s


class Web:
    """A client for a handful of requests; use it as a context manager.

    Parameters
    ----------
    manners
        How patient and how polite it is.
    """

    def __init__(self, manners: Manners) -> None:
        _need_packages()
        import httpx

        self.manners = manners
        self._last: dict[str, float] = {}
        self._client = httpx.Client(
            headers={
                "User-Agent": f"groundswell/{version('groundswell')}",
                "Accept": "*/*",
                # lengths, ranges and checksums are those of the file itself
                "Accept-Encoding": "identity",
            },
            cookies=CookieJar(policy=DefaultCookiePolicy(allowed_domains=[])),
            timeout=manners.timeout_s,
            follow_redirects=False,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    def ask(self, ask: Ask) -> Answer:
        """Ask for a short answer; only faults of the server and of the network raise."""

        def once() -> Answer:
            with self.opened(ask, {}) as response:
                chunks, n_bytes = [], 0
                for chunk in response.chunks:
                    chunks.append(chunk)
                    n_bytes += len(chunk)
                    if n_bytes > _SHORT_BODY:
                        raise FetchError(
                            f"{ask.address} sends more than {_SHORT_BODY:,} bytes."
                        )
                return Answer(status=response.status, body=b"".join(chunks))

        return self.repeated(once, address=ask.address)

    def repeated(self, once: Callable[[], _T], *, address: str) -> _T:
        """Call a function, again where another attempt may help.

        Parameters
        ----------
        once
            One attempt. It may raise `AgainError`.
        address
            What is asked for, to be named in an error.

        Returns
        -------
        object
            What the function returned.

        Raises
        ------
        UnreachableError
            If the last attempt gave no answer either. `FetchError` if the server asks for
            a long wait, or does not get over its faults.
        """
        import httpx
        import stamina

        attempts = stamina.retry_context(
            on=self._wait,
            attempts=self.manners.attempts,
            timeout=None,
            wait_initial=self.manners.first_wait_s,
            wait_max=self.manners.most_wait_s,
            wait_jitter=min(1.0, self.manners.first_wait_s),
        )
        try:
            for attempt in attempts:
                with attempt:
                    return once()
        except AgainError as error:
            self._give_up(error, address)
        except (httpx.TransportError, httpx.InvalidURL) as error:
            # what HTTPX says of a failed request can hold what was sent with it
            raise UnreachableError(
                f"{address} gave no whole answer: {_words_of(error)}.",
                todo="look at your connection and try again: what has come is kept",
            ) from None
        raise UnreachableError(f"{address} was not asked.")

    def _wait(self, error: Exception) -> bool | float:
        import httpx

        if isinstance(error, AgainError):
            if error.wait_s is None:
                return True
            return error.wait_s <= self.manners.most_wait_s and error.wait_s
        hopeless = (httpx.UnsupportedProtocol, httpx.LocalProtocolError)
        return isinstance(error, httpx.TransportError) and not isinstance(error, hopeless)

    def _give_up(self, error: AgainError, address: str) -> NoReturn:
        if error.wait_s is not None and error.wait_s > self.manners.most_wait_s:
            raise FetchError(
                f"{address} {error} and asks to wait {error.wait_s:,.0f} seconds.",
                todo="try again after that time",
            ) from None
        raise FetchError(
            f"{address} {error}, {self.manners.attempts} times.",
            todo="try again later: what has come is kept",
        ) from None

    @contextmanager
    def opened(self, ask: Ask, headers: Mapping[str, str]) -> Iterator[Response]:
        """Send a request, follow safe redirects, and yield the answer as it arrives.

        Parameters
        ----------
        ask
            The request.
        headers
            Further headers.

        Yields
        ------
        Response
            Any answer but a redirect, 429 or a fault of the server.

        Raises
        ------
        FetchError
            If a redirect is not safe to follow, or there are too many.
        """
        address = ask.address
        for _ in range(_MOST_REDIRECTS + 1):
            self._be_polite(address)
            with self._client.stream(
                "POST" if ask.form else "GET",
                address,
                headers={**headers, **_authority(ask)},
                data=dict(ask.form) or None,
            ) as answer:
                response = Response(
                    status=answer.status_code,
                    headers=answer.headers,
                    chunks=answer.iter_bytes(),
                )
                location = response.headers.get("location", "")
                if response.status not in _REDIRECTS or not location:
                    _raise_if_busy(response)
                    yield response
                    return
            target = joined(address, location)
            refuse_unsafe(
                address, target, is_secret=ask.is_secret, is_post=bool(ask.form)
            )
            address = target
        raise FetchError(f"{ask.address} redirects more than {_MOST_REDIRECTS} times.")

    def _be_polite(self, address: str) -> None:
        host = urlsplit(joined(address, "")).netloc
        since = time.monotonic() - self._last.get(host, float("-inf"))
        if since < self.manners.pause_s:
            time.sleep(self.manners.pause_s - since)
        self._last[host] = time.monotonic()


def quiet_retries() -> None:
    """Log no attempt that is made again; for a program that owns its process."""
    _need_packages()
    from stamina import instrumentation

    instrumentation.set_on_retry_hooks([])


def _need_packages() -> None:
    """Say which extra is missing, if one is.

    Raises
    ------
    MissingExtraError
        If HTTPX or stamina is not installed.
    """
    try:
        import httpx
        import stamina
    except ImportError as error:
        name = error.name or "httpx"
        raise MissingExtraError(name, extra="fetch", purpose="Fetching") from error
    del httpx, stamina


def _authority(ask: Ask) -> dict[str, str]:
    return {"Authorization": f"Bearer {ask.bearer}"} if ask.bearer else {}


def _raise_if_busy(response: Response) -> None:
    status = response.status
    if status != _TOO_MANY and status < _SERVER_FAULT:
        return
    words = "says that it is asked too often" if status == _TOO_MANY else "has a fault"
    wait_s = _seconds(response.headers.get("retry-after", ""))
    raise AgainError(f"{words} (status {status})", wait_s=wait_s)


def _seconds(retry_after: str) -> float | None:
    """Read `Retry-After`: seconds, or the time until which to wait."""
    if retry_after.strip().isascii() and retry_after.strip().isdigit():
        return float(retry_after)
    try:
        until = parsedate_to_datetime(retry_after)
    except ValueError:
        return None
    until = until if until.tzinfo else until.replace(tzinfo=UTC)
    return max(0.0, (until - datetime.now(tz=UTC)).total_seconds())


def _words_of(error: Exception) -> str:
    name = type(error).__name__
    said = str(error).rstrip(".")
    return f"{name}: {said}" if said else name
