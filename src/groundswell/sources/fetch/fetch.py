"""Fetch a source: plan it, get it, leave it in a folder."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from groundswell.core.errors import FetchError
from groundswell.core.fetching import Fetch, FetchedFile, FetchMode
from groundswell.sources.fetch import acled_file, dataverse, gdelt
from groundswell.sources.fetch.acled import ROWS_AT_ONCE
from groundswell.sources.fetch.deliver import Stated, deliver
from groundswell.sources.fetch.getting import Getter, Part, Progress
from groundswell.sources.fetch.plan import Job, Plan, Target
from groundswell.sources.fetch.store import Store
from groundswell.sources.fetch.web import Manners, Web
from groundswell.sources.manifest import load_source


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How a fetch is made.

    Attributes
    ----------
    mode
        Whether servers are asked, only the cache is, or nothing is.
    cache
        Folder of the cache; each source has its own within.
    manners
        How patient and how polite to be.
    today
        The day.
    most_bytes
        Largest file that is taken; `None` for what the recipe says.
    progress
        Called with a stage, how much of it is done, and how much there is.
    """

    mode: FetchMode
    cache: Path
    manners: Manners
    today: date
    most_bytes: int | None
    progress: Progress


def fetch_source(job: Job, settings: Settings) -> Fetch:
    """Fetch the files of a source, or say what would be asked.

    Parameters
    ----------
    job
        What is wanted.
    settings
        How it is to be got.

    Returns
    -------
    Fetch
        The files, with the terms of the source.
    """
    store = Store(settings.cache / job.recipe.name)
    if settings.mode == "dry-run":
        return _planned(job, _getter(store, None, settings=settings, job=job))
    if settings.mode == "offline":
        return _fetched(job, _getter(store, None, settings=settings, job=job))
    with Web(settings.manners) as web, store.alone():
        return _fetched(job, _getter(store, web, settings=settings, job=job))


def _getter(store: Store, web: Web | None, *, settings: Settings, job: Job) -> Getter:
    return Getter(
        store=store,
        web=web,
        today=settings.today,
        most_bytes=settings.most_bytes or job.recipe.most_bytes,
        progress=settings.progress,
        asked=[],
    )


def _fetched(job: Job, getter: Getter) -> Fetch:
    mode: FetchMode = "offline" if getter.web is None else "online"
    stated = Stated(source_id=job.recipe.source_id)
    if job.recipe.kind == "acled":
        gathered = acled_file.gather(job, getter)
        target = Target(name=gathered.held.entry.name, parts=(gathered.held.part,))
        file = deliver(
            target,
            (gathered.held,),
            folder=job.folder,
            most_bytes=getter.most_bytes,
            stated=gathered.stated,
        )
        return _result(job, (file,), mode=mode, asked=getter.asked, notes=gathered.notes)
    plan = _plan(job, getter)
    files = tuple(
        deliver(
            target,
            tuple(getter.get(part) for part in target.parts),
            folder=job.folder,
            most_bytes=getter.most_bytes,
            stated=stated,
        )
        for target in plan.targets
    )
    return _result(job, files, mode=mode, asked=getter.asked, notes=plan.notes)


def _plan(job: Job, getter: Getter) -> Plan:
    match job.recipe.kind:
        case "dataverse":
            return dataverse.plan(job, getter)
        case "gdelt-1" | "gdelt-2":
            return gdelt.plan(job, getter)
    return Plan(targets=(_single(job),))


def _single(job: Job) -> Target:
    """Find the one file of a recipe that has one; an archive names it itself."""
    edition = (job.edition or job.recipe.edition).replace(".", "")
    path = job.recipe.path.format(edition=edition)
    name = path.rpartition("/")[2]
    part = Part(address=f"{job.base}/{path}", name=name)
    unpack = job.recipe.unpack
    return Target(name="" if unpack else name, parts=(part,), unpack=unpack)


def _planned(job: Job, getter: Getter) -> Fetch:
    """Say what would be asked; nothing is."""
    recipe = job.recipe
    if recipe.kind == "acled":
        wanted = acled_file.part(job)
        requests = (*acled_file.log_in_address(job), wanted.address)
        file = _file(Target(name=wanted.name, parts=(wanted,)))
        note = f"events come in answers of at most {ROWS_AT_ONCE:,} rows"
        return _dry(job, (file,), requests=requests, notes=(note,))
    try:
        plan = _plan(job, getter)
    except FetchError:  # the list of files is not in the cache
        listing = (dataverse if recipe.kind == "dataverse" else gdelt).listing(job)
        asked = [listing.address]
        if recipe.kind == "dataverse":
            wanted_files = ", ".join(job.files or recipe.files)
            note = f"then the files of the list that are called {wanted_files}"
        else:
            asked += gdelt.planned(job)
            note = "the list is asked first: it says which of these there are"
        return _dry(job, (), requests=tuple(asked), notes=(note,))
    files = tuple(_file(target) for target in plan.targets)
    parts = [part.address for target in plan.targets for part in target.parts]
    return _dry(job, files, requests=tuple(parts), notes=plan.notes)


def _file(target: Target) -> FetchedFile:
    sizes = [part.n_bytes for part in target.parts if part.n_bytes is not None]
    return FetchedFile(
        name=target.name,
        outcome="planned",
        address=target.parts[0].address,
        n_parts=len(target.parts),
        n_bytes=sum(sizes) if len(sizes) == len(target.parts) else None,
        sha256="",
        held_against="",
        beside="",
    )


def _dry(
    job: Job,
    files: tuple[FetchedFile, ...],
    *,
    requests: tuple[str, ...],
    notes: tuple[str, ...] = (),
) -> Fetch:
    return _result(job, files, mode="dry-run", asked=list(requests), notes=notes)


def _result(
    job: Job,
    files: tuple[FetchedFile, ...],
    *,
    mode: FetchMode,
    asked: list[str],
    notes: tuple[str, ...],
) -> Fetch:
    source = load_source(job.recipe.source_id)
    own = (job.recipe.note,) if job.recipe.note else ()
    return Fetch(
        name=job.recipe.name,
        source_id=job.recipe.source_id,
        title=source.title,
        licence=source.licence,
        terms_address=source.terms_address,
        citation=source.citation,
        mode=mode,
        folder=str(job.folder),
        files=files,
        requests=tuple(dict.fromkeys(asked)),
        notes=(*notes, *own),
    )
