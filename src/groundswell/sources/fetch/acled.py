"""Events of ACLED, with the account of whoever asks for them.

What is known of the interface, as of November 2026, none of it tried without an account:

- A token comes from a POST to `/oauth/token` with `grant_type=password`,
  `client_id=acled`, `scope=authenticated` and the e-mail address and password of a
  myACLED account, and is valid for 24 hours
  (<https://acleddata.com/api-documentation/getting-started>). Keys of the interface that
  ended in September 2025 are of no use.
- `/api/acled/read?_format=json` answers with `status`, `success`, `messages`, `data`, and
  `data_query_restrictions`, in which `date_recency` has the last day that the account
  may read: accounts of many kinds do not see the last twelve months, and get an answer
  without rows and without an error.
- At most 5,000 rows come at once. The first request has `cursor=0` and each answer a
  `next_cursor`, which is null in the last (announced in September 2026, with the end of
  `page` on 27 October 2026). Where an answer says nothing of cursors, pages are numbered
  as before.
- An account without access to events gets a token and then status 403
  (<https://github.com/calesthio/Crucix/issues/33>, 17 March 2026).
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal
from urllib.parse import urlencode

from groundswell.core.errors import FetchError
from groundswell.sources.fetch.plan import Job
from groundswell.sources.fetch.web import Answer, Ask, UnreachableError, Web

ROWS_AT_ONCE = 5_000
EMAIL = "GROUNDSWELL_ACLED_EMAIL"
PASSWORD = "GROUNDSWELL_ACLED_PASSWORD"  # noqa: S105 (the name of a variable)
TOKEN = "GROUNDSWELL_ACLED_TOKEN"  # noqa: S105 (as above)
Trouble = Literal[
    "no-credentials",
    "no-network",
    "bad-password",
    "expired-token",
    "no-access",
    "no-rows",
    "not-yet",
    "else",
]
Row = dict[str, object]

_OK, _BAD, _UNAUTHORISED, _FORBIDDEN = 200, 400, 401, 403
_MOST_ASKS = 2_000
_SHOWN = 200
_TOKEN_CHARACTERS = re.compile(r"[!-~]+")  # what a header can hold


class AcledError(FetchError):
    """ACLED gave no events, and what it gave says why.

    Parameters
    ----------
    what, todo
        As of every error.
    trouble
        Of which kind it is.
    """

    def __init__(self, what: str, *, trouble: Trouble, todo: str) -> None:
        super().__init__(what, todo=todo)
        self.trouble = trouble


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Some of the rows that were asked for.

    Attributes
    ----------
    rows
        As they came, every value a text, a truth or null.
    has_cursor
        Whether the answer says where the next rows are, or that there are none.
    cursor
        Where the next rows are; empty where there are none.
    last_day
        Last day that the account may read; `None` where it may read all.
    """

    rows: tuple[Row, ...]
    has_cursor: bool
    cursor: str
    last_day: date | None


class Acled:
    """ACLED, asked with the account of a user.

    Parameters
    ----------
    web
        The client.
    job
        What is wanted, and the credentials.
    """

    def __init__(self, web: Web, job: Job) -> None:
        self._web = web
        self._job = job
        self._token = job.credentials.token

    def log_in(self) -> None:
        """Get a token, unless the user has brought one.

        Raises
        ------
        AcledError
            If there are no credentials, or ACLED refuses them.
        """
        secrets = self._job.credentials
        if not secrets.is_complete:
            raise AcledError(
                "There are no credentials for ACLED.",
                trouble="no-credentials",
                todo=f"set {EMAIL} and {PASSWORD} to those of your myACLED account "
                "(https://acleddata.com/register)",
            )
        if self._token:
            if not _TOKEN_CHARACTERS.fullmatch(self._token):
                raise AcledError(
                    f"What {TOKEN} holds is no token.",
                    trouble="expired-token",
                    todo=f"unset {TOKEN}, and set {EMAIL} and {PASSWORD}",
                )
            return
        form = {
            "username": secrets.email,
            "password": secrets.password,
            "grant_type": "password",
            "client_id": "acled",
            "scope": "authenticated",
        }
        address = f"{self._job.base}/{self._job.recipe.login}"
        answer = self._ask(Ask(address=address, form=form))
        found = _object(answer)
        token = found.get("access_token")
        is_token = isinstance(token, str) and _TOKEN_CHARACTERS.fullmatch(token)
        if answer.status == _OK and is_token:
            self._token = str(token)
            return
        raise self._refused_login(answer, found)

    def page(self, *, limit: int, place: dict[str, str]) -> Page:
        """Ask for some rows; a token that has expired on the way is renewed once.

        Parameters
        ----------
        limit
            How many rows at most.
        place
            Where they begin: `cursor`, or `page`.

        Returns
        -------
        Page
            They.
        """
        answer = self._read(limit=limit, place=place)
        if answer.status == _UNAUTHORISED and self._can_renew:
            self._token = ""
            self.log_in()
            answer = self._read(limit=limit, place=place)
        return self._page(answer)

    def pages(self) -> Iterator[Page]:
        """Ask for all rows, a page at a time.

        Yields
        ------
        Page
            Rows that did not come before.

        Raises
        ------
        AcledError
            If the pages do not come to an end, or repeat.
        """
        page = self.page(limit=ROWS_AT_ONCE, place={"cursor": "0"})
        by_cursor, cursors = page.has_cursor, {"0"}
        first: object = page.rows[:1]
        for number in range(2, _MOST_ASKS):
            yield page
            is_last = not page.cursor if by_cursor else len(page.rows) < ROWS_AT_ONCE
            if is_last:
                return
            place = {"cursor": page.cursor} if by_cursor else {"page": str(number)}
            if by_cursor and page.cursor in cursors:
                break
            cursors.add(page.cursor)
            page = self.page(limit=ROWS_AT_ONCE, place=place)
            if (page.rows[:1] == first and page.rows) or page.has_cursor != by_cursor:
                break
        raise AcledError(
            "ACLED sends the same rows again in place of the next ones.",
            trouble="else",
            todo="ask for fewer days at once with --since and --until",
        )

    @property
    def _can_renew(self) -> bool:
        secrets = self._job.credentials
        return bool(secrets.email and secrets.password)

    def _read(self, *, limit: int, place: dict[str, str]) -> Answer:
        address = read_address(self._job, limit=limit, place=place)
        return self._ask(Ask(address=address, bearer=self._token))

    def _ask(self, ask: Ask) -> Answer:
        try:
            return self._web.ask(ask)
        except UnreachableError as error:
            raise AcledError(
                self._job.credentials.redact(error.what),
                trouble="no-network",
                todo="look at your connection, and whether a proxy lets you through to "
                f"{self._job.base}",
            ) from None

    def _refused_login(self, answer: Answer, found: dict[str, Any]) -> AcledError:
        said = self._said(found)
        code = str(found.get("error", ""))
        is_password = code in {"", "invalid_grant", "access_denied"}
        if answer.status in {_BAD, _UNAUTHORISED} and is_password:
            return AcledError(
                f"ACLED does not accept the e-mail address and password{said}.",
                trouble="bad-password",
                todo=f"log in at https://acleddata.com with them; then set {EMAIL} and "
                f"{PASSWORD} anew",
            )
        if answer.status == _FORBIDDEN:
            return self._no_access(said)
        return self._odd(answer, said)

    def _page(self, answer: Answer) -> Page:
        found = _object(answer)
        said = self._said(found)
        status = answer.status
        if status == _OK:  # the answer can have a status of its own
            own = str(found.get("status", _OK))
            status = int(own) if own.isdigit() and own != "0" else status
        if status == _UNAUTHORISED:
            raise AcledError(
                f"ACLED does not accept the token any more{said}.",
                trouble="expired-token",
                todo=f"unset {TOKEN}: with {EMAIL} and {PASSWORD} a new token is asked "
                "for; a token is valid for 24 hours",
            )
        if status == _FORBIDDEN:
            raise self._no_access(said)
        data = found.get("data")
        if status != _OK or not isinstance(data, list) or found.get("success") is False:
            raise self._odd(answer, said)
        if not all(isinstance(row, dict) for row in data):
            raise self._odd(answer, said)
        cursor = found.get("next_cursor")
        return Page(
            rows=tuple(data),
            has_cursor="next_cursor" in found,
            cursor="" if cursor is None else str(cursor),
            last_day=_last_day(found),
        )

    def _no_access(self, said: str) -> AcledError:
        return AcledError(
            f"The account may log in and may not read events{said}.",
            trouble="no-access",
            todo="see at https://acleddata.com/myacled-faqs which access your account "
            "has, accept the terms in your profile, or ask access@acleddata.com",
        )

    def _odd(self, answer: Answer, said: str) -> AcledError:
        is_page = answer.body.lstrip()[:1] == b"<"
        what = "a web page" if is_page else f"status {answer.status}"
        return AcledError(
            f"ACLED answers with {what} in place of data{said}.",
            trouble="else",
            todo="see at https://acleddata.com whether its interface has changed, and "
            "export a file by hand: groundswell sources show acled",
        )

    def _said(self, found: dict[str, Any]) -> str:
        """Quote what a server says, without what must not be shown."""
        messages = found.get("messages")
        listed = messages[0] if isinstance(messages, list) and messages else ""
        for words in (found.get("error_description"), found.get("message"), listed):
            if isinstance(words, str) and words.strip():
                shown = self._job.credentials.redact(words.strip())[:_SHOWN]
                return f" and says: {shown.rstrip('.')}"
        return ""


def read_address(
    job: Job, *, limit: int | None = None, place: dict[str, str] | None = None
) -> str:
    """Write the address of some rows; it holds no credentials.

    Parameters
    ----------
    job
        What is wanted.
    limit
        How many rows at most; `None` for the address of all of them.
    place
        Where they begin.

    Returns
    -------
    str
        The address.
    """
    since, until = job.days()
    fields = {
        "_format": "json",
        "event_date": f"{since}|{until}",
        "event_date_where": "BETWEEN",
        "event_type": ":OR:event_type=".join(job.recipe.event_types),
        "country": ":OR:country=".join(job.countries),
        "limit": "" if limit is None else str(limit),
        **(place or {}),
    }
    # what stands between alternatives is part of the query and not of a value
    query = urlencode({k: v for k, v in fields.items() if v}, safe=":=|")
    return f"{job.base}/{job.recipe.path}?{query}"


def _object(answer: Answer) -> dict[str, Any]:
    """Read a JSON object, numbers as they are written; empty where it is none."""
    try:
        found = json.loads(answer.body, parse_int=str, parse_float=str)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _last_day(found: dict[str, Any]) -> date | None:
    """Read up to which day an account may read; `None` where it may read all."""
    restrictions = found.get("data_query_restrictions")
    recency = restrictions.get("date_recency") if isinstance(restrictions, dict) else None
    said = recency.get("date") if isinstance(recency, dict) else None
    try:
        return date.fromisoformat(str(said)[:10])
    except ValueError:
        return None
