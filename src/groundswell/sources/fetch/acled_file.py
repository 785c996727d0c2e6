"""Events of ACLED as a file: the rows of all answers, as CSV."""

import csv
import hashlib
import json
from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import IO, NoReturn

from groundswell.core.phrases import join_words
from groundswell.language.places import country_of, place_of
from groundswell.sources.fetch.acled import Acled, AcledError, Row, read_address
from groundswell.sources.fetch.deliver import Stated
from groundswell.sources.fetch.getting import Getter, Held, Part, refuse_not_held
from groundswell.sources.fetch.plan import Job
from groundswell.sources.fetch.store import Place, Validators

_ID = "event_id_cnty"
# from then on ACLED covers every country, as its manifest says
_ALL_COUNTRIES = date(2021, 1, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """A file of events.

    Attributes
    ----------
    held
        The file, in the cache.
    stated
        What its manifest says: a file of ACLED covers what was asked for.
    notes
        What somebody who uses it should know.
    """

    held: Held
    stated: Stated
    notes: tuple[str, ...]


@dataclass(slots=True, kw_only=True)
class _Count:
    """What came, counted on the way."""

    columns: dict[str, None]
    seen: dict[str, str]
    n_rows: int = 0
    n_repeated: int = 0
    revised: Counter[str]
    last_day: date | None = None


def part(job: Job) -> Part:
    """Say what is asked for, and what the file is to be called."""
    since, until = job.days()
    names = "".join(f"-{name.casefold()}" for name in job.countries)
    address = read_address(job)
    name = f"acled-{since}-{until}{names}.csv".replace(" ", "_")
    return Part(address=address, name=name)


def log_in_address(job: Job) -> tuple[str, ...]:
    """Say where a token is asked for; empty where the user has brought one."""
    if job.credentials.token:
        return ()
    return (f"{job.base}/{job.recipe.login}",)


def gather(job: Job, getter: Getter) -> Gathered:
    """Get the events that a user wants into one file.

    Parameters
    ----------
    job
        What is wanted, and the credentials.
    getter
        The client and the cache.

    Returns
    -------
    Gathered
        The file.
    """
    wanted = part(job)
    if getter.web is None:
        found = getter.held(wanted)
        if found is None:
            refuse_not_held(wanted.address, folder=getter.store.folder)
        return Gathered(held=found, stated=_stated(job, None), notes=_notes(job, None))
    acled = Acled(getter.web, job)
    acled.log_in()
    getter.asked.extend(log_in_address(job))
    place = getter.store.place(wanted.address, name=wanted.name)
    before = place.entry()
    count = _receive(acled, getter=getter, place=place, wanted=wanted)
    if not count.n_rows:
        place.forget_partial()
        refuse_no_rows(job, count.last_day)
    with place.partial.open("rb") as file:
        md5 = hashlib.file_digest(
            file, lambda: hashlib.md5(usedforsecurity=False)
        ).hexdigest()
    entry = place.keep(md5=md5, seen=getter.today, validators=Validators())
    is_other = before is not None and before.sha256 != entry.sha256
    held = Held(
        part=wanted,
        path=place.path(entry),
        entry=entry,
        outcome="changed" if is_other else "unchanged" if before else "fetched",
    )
    return Gathered(
        held=held, stated=_stated(job, count.last_day), notes=_notes(job, count)
    )


def refuse_no_rows(job: Job, last_day: date | None) -> NoReturn:
    """Refuse to go on without rows, and say whether there are none or none to be read.

    Raises
    ------
    AcledError
        Always.
    """
    since, until = job.days()
    if last_day is not None and since > last_day:
        raise AcledError(
            f"The account may read events up to {last_day}, and {since} to {until} is "
            "later: ACLED answers without rows.",
            trouble="not-yet",
            todo=f"ask for days up to {last_day}, or for a wider access at "
            "https://acleddata.com/myacled-faqs",
        )
    where = f" of {join_words(job.countries)}" if job.countries else ""
    raise AcledError(
        f"ACLED has no rows{where} for {since} to {until}.",
        trouble="no-rows",
        todo="look at the names of the countries, which are ACLED's own, and at the "
        "first day that it covers of each: "
        "https://acleddata.com/methodology/country-time-period-coverage",
    )


def _receive(acled: Acled, *, getter: Getter, place: Place, wanted: Part) -> _Count:
    """Receive all rows and write them as CSV to where a file on its way is kept."""
    count = _Count(columns={}, seen={}, revised=Counter())
    place.forget_partial()
    place.expect(Validators())
    spool = place.folder / "rows"
    try:
        with spool.open("w", encoding="utf-8") as file:
            for page in acled.pages():
                getter.asked.append(wanted.address)
                count.last_day = page.last_day or count.last_day
                for row in page.rows:
                    _spool(row, file=file, count=count)
                getter.progress(wanted.name, count.n_rows, 0)
        _write_csv(spool, to=place.partial, columns=list(count.columns))
    finally:
        spool.unlink(missing_ok=True)
    return count


def _spool(row: Row, *, file: IO[str], count: _Count) -> None:
    """Keep a row, unless the very same one has come before.

    Rows that ACLED enters while it is being asked move others from one answer to the
    next, so that these come twice.
    """
    line = json.dumps(row)
    event_id, digest = str(row.get(_ID, "")), hashlib.sha256(line.encode()).hexdigest()
    if event_id and event_id in count.seen:
        if count.seen[event_id] == digest:
            count.n_repeated += 1
            return
        count.revised[event_id] += 1
    count.seen[event_id] = digest
    count.columns.update(dict.fromkeys(row))
    count.n_rows += 1
    file.write(f"{line}\n")


def _write_csv(spool: Path, *, to: Path, columns: list[str]) -> None:
    with (
        spool.open(encoding="utf-8") as rows,
        # JSON can hold halves of characters, which no file can
        to.open("w", encoding="utf-8", errors="backslashreplace", newline="") as file,
    ):
        writer = csv.writer(file)
        writer.writerow(columns)
        for line in rows:
            row = json.loads(line)
            writer.writerow([_cell(row.get(column)) for column in columns])


def _cell(value: object) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _stated(job: Job, last_day: date | None) -> Stated:
    """State what a file covers: what was asked for, as far as the account sees it."""
    since, until = job.days()
    end = min(until, last_day) if last_day else until
    lines = ["", "[coverage]"]
    if places := _places(job):
        lines.append(f"places = [{', '.join(json.dumps(p) for p in places)}]")
    lines += [
        f"start = {since.isoformat()}",
        f"end = {end.isoformat()}",
        'selection = "all"',
    ]
    return Stated(source_id=job.recipe.source_id, lines=tuple(lines))


def _places(job: Job) -> tuple[str, ...]:
    """Name the places that a file covers; none where that is not known."""
    since, _ = job.days()
    if not job.countries:
        return ("world",) if since >= _ALL_COUNTRIES else ()
    named = [_named(country) for country in job.countries]
    return tuple(named) if all(named) else ()


def _named(country: str) -> str:
    """Name a country as a manifest may: by its code, where its name is a state's, too."""
    if place_of(country):
        return country
    found = country_of(country)
    return found.path[0] if found else ""


def _notes(job: Job, count: _Count | None) -> tuple[str, ...]:
    notes = [f"asked for the event types {join_words(job.recipe.event_types)}"]
    _, until = job.days()
    if count is not None:
        notes.append(f"{count.n_rows:,} rows came")
        if count.last_day is not None and count.last_day < until:
            notes.append(
                f"the account may read events up to {count.last_day}: later days are "
                "missing from the file"
            )
        if count.n_repeated:
            notes.append(f"{count.n_repeated:,} rows came twice and are kept once")
        if count.revised:
            n_revised = len(count.revised)
            notes.append(f"{n_revised:,} events came with different values; all are kept")
    if not _places(job):
        notes.append(
            "the manifest beside the file states no place: write into it which places "
            "the file covers"
        )
    return tuple(notes)
