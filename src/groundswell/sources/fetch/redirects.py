"""Redirects: which of them are followed."""

from urllib.parse import urljoin, urlsplit

from groundswell.core.errors import FetchError

_PORTS = {"http": 80, "https": 443}


def refuse_unsafe(address: str, target: str, *, is_secret: bool, is_post: bool) -> None:
    """Refuse a redirect out of encryption, to other hosts in the clear, or with secrets.

    Parameters
    ----------
    address
        What was asked.
    target
        Where its answer points.
    is_secret
        Whether the request carries credentials: they go to no other address.
    is_post
        Whether it posts them: then it is not redirected at all.

    Raises
    ------
    FetchError
        If it does.
    """
    is_same = _origin(address) == _origin(target)
    if is_secret and (is_post or not is_same):
        why = "credentials are sent to no other address"
    elif urlsplit(target).scheme != "https" and not is_same:
        why = "only https, or the same host, is followed"
    else:
        return
    raise FetchError(
        f"{_plain(address)} redirects to {_plain(target)}, which is not followed: {why}.",
        todo="see on the page of the source whether its address has changed",
    )


def joined(address: str, location: str) -> str:
    """Read an address relative to another.

    Parameters
    ----------
    address
        The one that was asked.
    location
        What its answer says.

    Returns
    -------
    str
        The whole address.

    Raises
    ------
    FetchError
        If it is none.
    """
    try:
        whole = urljoin(address, location)
        _origin(whole)
    except ValueError as error:
        raise FetchError(f"{location or address} is no address: {error}.") from None
    return whole


def _origin(address: str) -> tuple[str, str | None, int | None]:
    parts = urlsplit(address)
    return parts.scheme, parts.hostname, parts.port or _PORTS.get(parts.scheme)


def _plain(address: str) -> str:
    # a query can hold a signature that gives access
    return address.partition("?")[0]
