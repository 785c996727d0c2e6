"""What fetching a source did, or would do."""

from dataclasses import dataclass
from typing import Literal

FetchMode = Literal["online", "offline", "dry-run"]
Outcome = Literal["fetched", "unchanged", "changed", "from-cache", "planned"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetchable:
    """Something that can be fetched.

    Attributes
    ----------
    name
        What to ask for.
    source_id
        The source that its files are of.
    about
        What comes, in a sentence.
    by_days
        Whether the days have to be named.
    """

    name: str
    source_id: str
    about: str
    by_days: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchedFile:
    """One file of a source in the folder that was named.

    Attributes
    ----------
    name
        In the folder; empty where it is known only once the file is there.
    outcome
        `changed`: a file of this name lay there with other bytes, or was fetched before
        with others; the older one stays, and this one has a name of its own.
    address
        Where it was asked for; of several parts, the first one.
    n_parts
        From how many answers it was put together.
    n_bytes
        Its size; of a planned one what is to be asked for. `None` where nobody says.
    sha256
        Of the file; empty where it is planned.
    held_against
        What the producer publishes of it and it was held against: `MD5 and size`, `size`;
        empty where nothing is published.
    beside
        Name of the file with other bytes that lay there before; empty where none did.
    """

    name: str
    outcome: Outcome
    address: str
    n_parts: int
    n_bytes: int | None
    sha256: str
    held_against: str
    beside: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetch:
    """Files of a source, fetched or planned, with its terms.

    Attributes
    ----------
    name
        What was asked for.
    source_id
        The source that the files are of.
    title, licence, terms_address, citation
        Of the source.
    mode
        Whether servers were asked, only the cache was, or nothing was.
    folder
        Where the files are.
    files
        In the order of their days or names.
    requests
        Addresses that were asked, or would be, each once and in order; what goes with
        them, such as a password, is not among them.
    notes
        What somebody who uses the files should know.
    """

    name: str
    source_id: str
    title: str
    licence: str
    terms_address: str
    citation: str
    mode: FetchMode
    folder: str
    files: tuple[FetchedFile, ...]
    requests: tuple[str, ...]
    notes: tuple[str, ...]
