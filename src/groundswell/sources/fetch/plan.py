"""What a fetch is asked to do, and the files that it is to leave."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from groundswell.core.errors import UsageError
from groundswell.sources.fetch.getting import Part
from groundswell.sources.fetch.recipe import Recipe

_MOST_DAYS = 366


@dataclass(frozen=True, slots=True, kw_only=True)
class Credentials:
    """What gives a user access to a source. It is never written, printed or logged.

    Attributes
    ----------
    email, password
        Of the account.
    token
        In their place, where the user has one already.
    """

    email: str = field(default="", repr=False)
    password: str = field(default="", repr=False)
    token: str = field(default="", repr=False)

    @property
    def is_complete(self) -> bool:
        """Whether there is enough to ask with."""
        return bool(self.token or (self.email and self.password))

    def redact(self, text: str) -> str:
        """Take out of a text whatever must not be shown."""
        for secret in (self.password, self.token, self.email):
            if secret:
                text = text.replace(secret, "…")
        return text


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What a user wants of a source.

    Attributes
    ----------
    recipe
        Where it is to be had.
    base
        Scheme and host to ask.
    since, until
        First and last day; `None` where the user names none.
    countries
        Names of countries, as the source writes them; none for all.
    files
        Patterns of names of files, in place of those of the recipe.
    edition
        In place of that of the recipe.
    folder
        Where the files go.
    credentials
        Of the user.
    """

    recipe: Recipe
    base: str
    since: date | None
    until: date | None
    countries: tuple[str, ...]
    files: tuple[str, ...]
    edition: str
    folder: Path
    credentials: Credentials

    def days(self) -> tuple[date, date]:
        """Return the first and the last day that are asked for.

        Raises
        ------
        UsageError
            If they are missing, or the wrong way round.
        """
        name = self.recipe.name
        if self.since is None or self.until is None:
            raise UsageError(
                f"{name} is fetched by days, and they are not all given.",
                allowed="--since and --until, each as 2024-03-05",
                todo=f"groundswell fetch {name} --since 2024-03-01 --until 2024-03-05",
            )
        if self.until < self.since:
            raise UsageError(
                f"--since {self.since} is after --until {self.until}.",
                allowed="a first day that is not after the last",
            )
        return self.since, self.until

    def each_day(self) -> tuple[date, ...]:
        """List the days that are asked for.

        Raises
        ------
        UsageError
            If there are more than a polite client asks for at once.
        """
        since, until = self.days()
        n_days = (until - since).days + 1
        if n_days > _MOST_DAYS:
            raise UsageError(
                f"{n_days:,} days are asked for at once.",
                allowed=f"at most {_MOST_DAYS} days",
                todo="fetch a year at a time; what the cache has is not asked for again",
            )
        return tuple(since + timedelta(days=n) for n in range(n_days))


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A file to be left in the folder.

    Attributes
    ----------
    name
        Its name; empty to take that of the one file in its archive.
    parts
        What it is put together from, in order.
    unpack
        Patterns of the names that are taken out of each part; without any the part is
        taken as it is.
    """

    name: str
    parts: tuple[Part, ...]
    unpack: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The files to be left, and what to know of them."""

    targets: tuple[Target, ...]
    notes: tuple[str, ...] = ()
