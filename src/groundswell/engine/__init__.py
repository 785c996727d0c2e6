"""Tables and arrays: the only part that names a database."""

from groundswell.engine.steps import Step
from groundswell.engine.workspace import Workspace

__all__ = ["Step", "Workspace"]
