"""Sources from where their producers keep them, whole, checked and with their terms."""

from groundswell.sources.fetch.acled_doctor import diagnose_acled
from groundswell.sources.fetch.fetch import Settings, fetch_source
from groundswell.sources.fetch.plan import Credentials, Job
from groundswell.sources.fetch.recipe import Recipe, list_recipes, load_recipe
from groundswell.sources.fetch.store import default_cache
from groundswell.sources.fetch.web import Manners, quiet_retries

__all__ = [
    "Credentials",
    "Job",
    "Manners",
    "Recipe",
    "Settings",
    "default_cache",
    "diagnose_acled",
    "fetch_source",
    "list_recipes",
    "load_recipe",
    "quiet_retries",
]
