"""Why ACLED gives no events, told apart step by step."""

from dataclasses import replace

from groundswell.core.doctor import Diagnosis, Fact
from groundswell.core.errors import FetchError
from groundswell.sources.fetch.acled import EMAIL, PASSWORD, TOKEN, Acled, AcledError
from groundswell.sources.fetch.acled_file import refuse_no_rows
from groundswell.sources.fetch.plan import Job
from groundswell.sources.fetch.web import Manners, Web

# the step that fails for each kind of trouble
_STEPS = {
    "no-credentials": "credentials",
    "no-network": "network",
    "bad-password": "password",
    "expired-token": "token",
    "no-access": "access",
    "no-rows": "rows",
    "not-yet": "rows",
}


def diagnose_acled(job: Job, manners: Manners) -> Diagnosis:
    """Ask ACLED for one row of the days, and say how far that came.

    Parameters
    ----------
    job
        The days, and the credentials.
    manners
        How patient to be.

    Returns
    -------
    Diagnosis
        What was looked at, in order; the first thing that is not well is the last.
    """
    since, until = job.days()
    well = [Fact(name="credentials", words=_given(job), is_well=True)]
    step = "network"
    try:
        with Web(replace(manners, attempts=min(manners.attempts, 2))) as web:
            acled = Acled(web, job)
            acled.log_in()
            well.append(_fact("network", f"{job.base} answers"))
            if not job.credentials.token:
                well.append(_fact("password", "ACLED accepts it"))
            step = "access"
            page = acled.page(limit=1, place={"cursor": "0"})
            well.append(_fact("access", _reach(page.last_day)))
            if not page.rows:
                refuse_no_rows(job, page.last_day)
            well.append(_fact("rows", f"there are rows for {since} to {until}"))
    except AcledError as error:
        step = _STEPS.get(error.trouble, step)
        well = [fact for fact in well if fact.name != step]
        return Diagnosis(facts=(*well, _odd(step, error)))
    except FetchError as error:
        return Diagnosis(facts=(*well, _odd(step, error)))
    return Diagnosis(facts=tuple(well))


def _given(job: Job) -> str:
    """Say what there is to ask with, without showing it."""
    if job.credentials.token:
        return f"a token in {TOKEN}"
    return f"an e-mail address and a password, as in {EMAIL} and {PASSWORD}"


def _reach(last_day: object) -> str:
    if last_day is None:
        return "the account may read events"
    return f"the account may read events up to {last_day}, and none after"


def _fact(name: str, words: str) -> Fact:
    return Fact(name=name, words=words, is_well=True)


def _odd(name: str, error: FetchError) -> Fact:
    return Fact(name=name, words=f"{error.what} Try: {error.todo}.", is_well=False)
