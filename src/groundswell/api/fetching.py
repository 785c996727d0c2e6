"""`fetch` and `doctor acled`: files of a source from where their producer keeps them."""

import os
import re
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from groundswell.core.errors import UsageError
from groundswell.core.fetching import Fetchable
from groundswell.sources.fetch import (
    Credentials,
    Job,
    Manners,
    Settings,
    default_cache,
    diagnose_acled,
    fetch_source,
    list_recipes,
    load_recipe,
    quiet_retries,
)
from groundswell.sources.fetch.acled import EMAIL, PASSWORD, TOKEN

if TYPE_CHECKING:
    from groundswell.api.coded import Progress
    from groundswell.core.doctor import Diagnosis
    from groundswell.core.fetching import Fetch, FetchMode

__all__ = [
    "Credentials",
    "FetchRequest",
    "Manners",
    "credentials_from_environment",
    "diagnose_acled_access",
    "fetch",
    "list_fetchable",
    "quiet_retries",
]

_LOOK_BACK = timedelta(days=30)
_EDITION = re.compile(r"(?a)(?:[0-9]{1,3}(?:\.[0-9]{1,3})?)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchRequest:
    """What is wanted of a source, and how it is to be got.

    Attributes
    ----------
    to
        Folder for the files; made where there is none.
    since, until
        First and last day, for sources that are fetched by days.
    countries
        Of ACLED: names of countries, as it writes them; none for all.
    files
        Patterns of names of files of a dataset, in place of those of the recipe.
    edition
        Of a source with editions, in place of the newest that is known.
    mode
        `online` asks servers; `offline` takes what the cache has; `dry-run` says what
        would be asked, and asks nothing.
    cache
        Folder of the cache; `None` for the one that the system has for its user.
    most_bytes
        Largest file that is taken; `None` for what the recipe says.
    credentials
        Of ACLED; `None` for those in the environment.
    base
        Another server to ask, as `https://dataverse.example.org`: one that serves the
        same data, or a test.
    manners
        How patient and how polite to be.
    today
        The day that manifests have as the day of taking; `None` for today.
    """

    to: Path = Path()
    since: date | None = None
    until: date | None = None
    countries: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    edition: str = ""
    mode: "FetchMode" = "online"
    cache: Path | None = None
    most_bytes: int | None = None
    credentials: Credentials | None = field(default=None, repr=False)
    base: str = ""
    manners: Manners = field(default_factory=Manners)
    today: date | None = None


def list_fetchable() -> tuple[Fetchable, ...]:
    """List what can be fetched, by name."""
    return tuple(
        Fetchable(
            name=recipe.name,
            source_id=recipe.source_id,
            about=recipe.about,
            by_days=recipe.takes_days,
        )
        for recipe in list_recipes()
    )


def fetch(
    name: str, request: FetchRequest, *, progress: "Progress | None" = None
) -> "Fetch":
    """Fetch the files of a source, each with a manifest that `ingest` finds beside it.

    Parameters
    ----------
    name
        What to fetch, as `ccc-phase3` or `gdelt-1`.
    request
        What is wanted of it.
    progress
        Called with a stage, how much of it is done, and how much there is.

    Returns
    -------
    Fetch
        The files, with the terms of the source.
    """
    _refuse_idle(name, request)
    settings = Settings(
        mode=request.mode,
        cache=request.cache or default_cache(),
        manners=request.manners,
        today=request.today or _today(),
        most_bytes=request.most_bytes,
        progress=progress or _quiet,
    )
    return fetch_source(_job(name, request), settings)


def diagnose_acled_access(request: FetchRequest) -> "Diagnosis":
    """Ask ACLED for one row, and say why none comes where none does.

    Parameters
    ----------
    request
        The days, without which the last thirty are asked for; the countries and the
        credentials.

    Returns
    -------
    Diagnosis
        What was looked at, in order; the first thing that is not well is the last.
    """
    until = request.until or request.today or _today()
    since = request.since or until - _LOOK_BACK
    asked = replace(request, since=since, until=until)
    return diagnose_acled(_job("acled", asked), request.manners)


def credentials_from_environment() -> Credentials:
    """Take the credentials of ACLED from the environment, as far as they are there."""
    return Credentials(
        email=os.environ.get(EMAIL, "").strip(),
        password=os.environ.get(PASSWORD, ""),
        token=os.environ.get(TOKEN, "").strip(),
    )


def _job(name: str, request: FetchRequest) -> Job:
    recipe = load_recipe(name)
    return Job(
        recipe=recipe,
        base=(request.base or recipe.base).rstrip("/"),
        since=request.since,
        until=request.until,
        countries=request.countries,
        files=request.files,
        edition=request.edition,
        folder=request.to,
        credentials=request.credentials or credentials_from_environment(),
    )


def _refuse_idle(name: str, request: FetchRequest) -> None:
    """Refuse what has no meaning for a source, in place of leaving it out.

    Raises
    ------
    UsageError
        If something is asked for that the source does not have.
    """
    recipe = load_recipe(name)
    idle = {
        "days": (request.since or request.until) and not recipe.takes_days,
        "countries": request.countries and recipe.kind != "acled",
        "names of files": request.files and recipe.kind != "dataverse",
        "an edition": request.edition and not recipe.edition,
    }
    if not _EDITION.fullmatch(request.edition):
        raise UsageError(
            f"--edition {request.edition!r} is no edition.", allowed="a number, as 24.1"
        )
    for what, is_idle in idle.items():
        if is_idle:
            raise UsageError(
                f"{name} cannot be fetched by {what}.",
                todo=f"groundswell fetch {name} --dry-run",
            )


def _today() -> date:
    return datetime.now(tz=UTC).date()


def _quiet(_stage: str, _done: int, _total: int, /) -> None:
    return
