"""What cells of roll-call files say: votes, and states by code and name on a day."""

from collections.abc import Mapping as MappingABC
from datetime import date
from functools import cache
from typing import Literal

from groundswell.core.vote_tables import VOTE_WORDS
from groundswell.language.places import country_of
from groundswell.language.states import System, state_of_code

_WORDS: MappingABC[str, str] = {
    **{word: word for word in VOTE_WORDS},
    **dict.fromkeys(("y", "in favour", "for"), "yes"),
    **dict.fromkeys(("n", "against"), "no"),
    **dict.fromkeys(("a", "abstention", "abstained", "abstaining"), "abstain"),
    **dict.fromkeys(("x", "non-voting", "not voting", "did not vote"), "absent"),
    **dict.fromkeys(("not a member", "non-member"), "not-member"),
}
_FIRST_YEAR = 1945
_MONTH = 10


def vote_of(text: str, *, codes: MappingABC[str, str] | None = None) -> str | None:
    """Read the cell of a vote.

    Parameters
    ----------
    text
        The cell.
    codes
        What its words or numbers mean; left out, the usual English words and letters.

    Returns
    -------
    str or None
        `yes`, `no`, `abstain`, `absent`, `not-member`; `None` where it is none of them.

    Examples
    --------
    >>> vote_of("Y"), vote_of("8.0", codes={"8": "absent"}), vote_of("8")
    ('yes', 'absent', None)
    """
    if codes is None:
        return _WORDS.get(text.casefold())
    return codes.get(text) or codes.get(text.removesuffix(".0"))


@cache
def read_state(
    code: str, name: str, *, system: System | Literal[""], on: date | None
) -> tuple[str | None, str | None]:
    """Find a state by its code and by its name.

    Parameters
    ----------
    code, name
        As the record writes them; empty for none.
    system
        Of the code; empty where it is of no known system.
    on
        Day of the record, if it is known.

    Returns
    -------
    tuple
        ISO 3166 alpha-3 by code and by name; `None` for what is not known.

    Examples
    --------
    >>> read_state("NA", "Namibia", system="iso2", on=None)
    ('NAM', 'NAM')
    """
    by_code = state_of_code(code, system=system, on=on) if code and system else None
    return (by_code.path[0] if by_code else None, state_named(name, on=on))


def state_named(name: str, *, on: date | None = None) -> str | None:
    """Find a state by its name alone; a part of a state is none.

    Parameters
    ----------
    name
        As the record writes it; empty for none.
    on
        Day of the record, if it is known.

    Returns
    -------
    str or None
        ISO 3166 alpha-3; `None` where it is no state.

    Examples
    --------
    >>> state_named("Georgia"), state_named("Puerto Rico")
    ('GEO', None)
    """
    found = country_of(name, on=on) if name else None
    return found.path[0] if found and len(found.path) == 1 else None


def day_of_session(text: str) -> date | None:
    """Find a day within a session of the General Assembly: sessions begin in September.

    Examples
    --------
    >>> day_of_session("74")
    datetime.date(2019, 10, 1)
    """
    number = text.removesuffix(".0")
    if not number.isdecimal() or not 0 < int(number) < date.max.year - _FIRST_YEAR:
        return None
    return date(_FIRST_YEAR + int(number), _MONTH, 1)
