"""Votes against the list of members: of states that were none, and states that lack."""

# ruff: noqa: S608 (names of our own tables and columns)

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

from groundswell.core.blocs import Membership
from groundswell.core.sources import Finding
from groundswell.core.vote_tables import ROLL_CALL, VOTE
from groundswell.engine.workspace import Workspace
from groundswell.ingest.files.table import RECORD_NO
from groundswell.ingest.plain.layout import Laid
from groundswell.ingest.plain.steps import merged
from groundswell.ingest.plain.values import typed
from groundswell.language.blocs import find_bloc

MEMBER = "plain_member"
_CAST = "('yes', 'no', 'abstain')"
_SHOWN = 5
# fewer roll calls in a year, or in a row, say little about who took no part in them
_ENOUGH = 20
_BLOCK = 100


class _Gap(NamedTuple):
    """A state that has no vote from one year or roll call to another."""

    state: str
    first: str
    last: str
    n: int


def membership_findings(
    workspace: Workspace, *, laid: Mapping[str, Laid]
) -> tuple[Finding, ...]:
    """Hold the votes of a file against the list of members of the United Nations.

    Where the file has the days of its roll calls, votes of states that were no members on
    the day are found, and members without a vote in all the roll calls of a year. Where
    it has not, states without a vote in many roll calls in a row between votes of theirs.

    Parameters
    ----------
    workspace
        Where the typed and merged rows are.
    laid
        The tables that the file feeds, by name.

    Returns
    -------
    tuple
        Findings `vote-of-no-member` and `state-missing`, those that apply.
    """
    votes, calls = laid.get(VOTE.name), laid.get(ROLL_CALL.name)
    if votes is None:
        return ()
    if calls is None or not calls.has("date"):
        gaps = list(_gaps_in_a_row(workspace, votes))
        label = (
            f"states have no vote in {_BLOCK} roll calls in a row or more, between votes "
            "of theirs; counted by hundreds of roll calls"
        )
        return _missing(gaps, label=label)
    _put_members(workspace)
    found = _not_members(workspace, votes, calls=calls)
    label = "members have no vote in any roll call of a year; counted by years"
    gaps = list(_gaps_in_years(workspace, votes, calls=calls))
    return (*found, *_missing(gaps, label=label))


@cache
def un_seats() -> Mapping[str, tuple[Membership, ...]]:
    """List the seats of the United Nations, past and present, and who held each.

    Returns
    -------
    Mapping
        Memberships in the order of their days, by the code that held the seat last.

    Examples
    --------
    >>> [(one.state, str(one.days.first)) for one in un_seats()["RUS"]]
    [('SUN', '1945-10-24'), ('RUS', '1991-12-24')]
    """
    un = find_bloc("un")
    seat_of = {code: codes[0] for codes in un.seats for code in codes}
    seats: dict[str, tuple[Membership, ...]] = {}
    for one in sorted(un.memberships, key=lambda one: one.days.first or date.min):
        seat = seat_of.get(one.state, one.state)
        seats[seat] = (*seats.get(seat, ()), one)
    return seats


def takes_part(held: Sequence[Membership], *, year: int) -> bool:
    """Say whether a seat was held, and by no suspended member, on all days of a year.

    Parameters
    ----------
    held
        Its memberships, one after another.
    year
        The year.

    Examples
    --------
    >>> [takes_part(un_seats()["SSD"], year=year) for year in (2011, 2012)]
    [False, True]
    """
    day, end = date(year, 1, 1), date(year, 12, 31)
    for pause in (pause for one in held for pause in one.suspended):
        if (pause.first or day) <= end and day <= (pause.last or end):
            return False
    for one in held:
        if not one.days.hold(day):
            continue
        if one.days.hold(end):
            return True
        day = (one.days.last or end) + timedelta(days=1)
    return False


def _put_members(workspace: Workspace) -> None:
    """Write who was a member when: `plain_member`.

    A code that holds a seat now stands for those that held it before as well, as sources
    differ in which of them they write; a code of the past stands for its own days alone.
    """
    rows = [
        (code, seat, one.days)
        for seat, held in un_seats().items()
        for one in held
        for code in sorted({one.state, seat})
    ]
    workspace.put(
        MEMBER,
        {
            "country": [code for code, _, _ in rows],
            "seat": [seat for _, seat, _ in rows],
            "first": [days.first for _, _, days in rows],
            "last": [days.last for _, _, days in rows],
        },
        types={"first": "DATE", "last": "DATE"},
    )


def _not_members(
    workspace: Workspace, votes: Laid, *, calls: Laid
) -> tuple[Finding, ...]:
    found = workspace.arrays(
        f"SELECT v.{RECORD_NO}, concat(v.country, ' on ', c.date) AS words, "
        f"count(*) OVER () AS n FROM {typed(votes)} AS v "
        f"JOIN {merged(calls)} AS c ON c.rcid = v.rcid "
        f"LEFT JOIN {MEMBER} AS m ON m.country = v.country "
        "AND c.date >= m.first AND (m.last IS NULL OR c.date <= m.last) "
        f"WHERE v.vote IN {_CAST} AND v.country IS NOT NULL AND c.date IS NOT NULL "
        f"AND m.country IS NULL ORDER BY v.{RECORD_NO}, words LIMIT {_SHOWN}"
    )
    if not len(found["n"]):
        return ()
    rows = zip(found[RECORD_NO], found["words"], strict=True)
    return (
        Finding(
            kind="vote-of-no-member",
            label="states voted on a day on which they were no member of the United "
            "Nations, by its list of members; kept",
            n=int(found["n"][0]),
            examples=tuple(f"row {int(n):,}: {words}" for n, words in rows),
        ),
    )


def _gaps_in_years(workspace: Workspace, votes: Laid, *, calls: Laid) -> Iterator[_Gap]:
    """Find the members without a vote in a year with roll calls."""
    held = workspace.arrays(
        f"SELECT year(date) AS year, count(*) AS n FROM {merged(calls)} AS c "
        f"WHERE date IS NOT NULL AND EXISTS (FROM {typed(votes)} AS v "
        "WHERE v.rcid = c.rcid) GROUP BY year HAVING count(*) >= $enough ORDER BY year",
        enough=_ENOUGH,
    )
    told = workspace.arrays(
        f"SELECT DISTINCT m.seat, year(c.date) AS year FROM {typed(votes)} AS v "
        f"JOIN {merged(calls)} AS c ON c.rcid = v.rcid "
        f"JOIN (SELECT DISTINCT country, seat FROM {MEMBER}) AS m "
        f"ON m.country = v.country WHERE v.vote IN {_CAST} AND c.date IS NOT NULL"
    )
    with_votes = set(zip(told["seat"], told["year"].tolist(), strict=True))
    years = held["year"].tolist()
    for seat, memberships in sorted(un_seats().items()):
        missing = [
            year
            for year in years
            if (seat, year) not in with_votes and takes_part(memberships, year=year)
        ]
        for first, last in _runs(missing, among=years):
            n = sum(first <= year <= last for year in missing)
            yield _Gap(seat, str(first), str(last), n)


def _runs(missing: list[int], *, among: list[int]) -> list[tuple[int, int]]:
    """Join what follows on each other among all to runs: their first and last.

    Examples
    --------
    >>> _runs([1964, 1966, 1970], among=[1963, 1964, 1966, 1969, 1970])
    [(1964, 1966), (1970, 1970)]
    """
    places = {value: place for place, value in enumerate(among)}
    runs: list[tuple[int, int]] = []
    for value in missing:
        if runs and places[value] == places[runs[-1][1]] + 1:
            runs[-1] = (runs[-1][0], value)
        else:
            runs.append((value, value))
    return runs


def _gaps_in_a_row(workspace: Workspace, votes: Laid) -> Iterator[_Gap]:
    """Find the states that lack in whole blocks of roll calls, between others."""
    found = workspace.arrays(
        f"WITH calls AS (SELECT rcid, row_number() OVER (ORDER BY min({RECORD_NO})) - 1 "
        f"AS place FROM {typed(votes)} GROUP BY rcid), "
        f"blocks AS (SELECT DISTINCT v.state, c.place // {_BLOCK} AS block "
        f"FROM {typed(votes)} AS v JOIN calls AS c ON c.rcid = v.rcid "
        f"WHERE v.vote IN {_CAST} AND v.state IS NOT NULL) "
        "SELECT state, block FROM blocks ORDER BY state, block"
    )
    before: tuple[str, int] | None = None
    for state, block in zip(found["state"], found["block"].tolist(), strict=True):
        if before and before[0] == state and block > before[1] + 1:
            first, last = (before[1] + 1) * _BLOCK + 1, block * _BLOCK
            n = block - before[1] - 1
            yield _Gap(state, f"roll call {first:,} of the file", f"{last:,}", n)
        before = (state, block)


def _missing(gaps: list[_Gap], *, label: str) -> tuple[Finding, ...]:
    if not gaps:
        return ()
    longest = sorted(gaps, key=lambda gap: (-gap.n, gap.state, gap.first))
    return (
        Finding(
            kind="state-missing",
            label=label,
            n=sum(gap.n for gap in gaps),
            examples=tuple(
                f"{gap.state}: {gap.first}"
                + (f" to {gap.last}" if gap.last != gap.first else "")
                for gap in longest[:_SHOWN]
            ),
        ),
    )
