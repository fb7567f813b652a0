"""Link-time optimisation for agent workflows.

What a program needs of wflint is here, loaded when first asked for, so that the command line starts quickly:
`wflint.audit(...)`, the types of what it returns, the errors it raises, and what a package of rules or front ends is
made of.
"""

from wflint.import_path import leave_working_folder

leave_working_folder()

import sys  # noqa: E402 (what is imported from here on is what the interpreter brings)
from importlib import import_module  # noqa: E402
from types import ModuleType  # noqa: E402
from typing import TYPE_CHECKING  # noqa: E402

if TYPE_CHECKING:
    import os
    from typing import Unpack

    from wflint.analyses.facts import Facts
    from wflint.assembly.frontend import FrontEnd
    from wflint.errors import ConfigError, UsageError, WflintError
    from wflint.library import Report, Settings, audit
    from wflint.model.finding import EdgeLabel, Finding, Level, Observation, Persona, Related
    from wflint.model.program import Program
    from wflint.model.span import Span
    from wflint.model.workflow import Edge, Step, Workflow
    from wflint.plugins import RulePlugin
    from wflint.rulebook import Rule

__version__ = "0.1.0"
__all__ = [
    "ConfigError",
    "Edge",
    "EdgeLabel",
    "Facts",
    "Finding",
    "FrontEnd",
    "Level",
    "Observation",
    "Persona",
    "Program",
    "Related",
    "Report",
    "Rule",
    "RulePlugin",
    "Span",
    "Step",
    "UsageError",
    "WflintError",
    "Workflow",
    "__version__",
    "audit",
]

_HOMES = {
    "analyses.facts": ("Facts",),
    "assembly.frontend": ("FrontEnd",),
    "errors": ("ConfigError", "UsageError", "WflintError"),
    "library": ("Report", "audit"),
    "model.finding": ("EdgeLabel", "Finding", "Level", "Observation", "Persona", "Related"),
    "model.program": ("Program",),
    "model.span": ("Span",),
    "model.workflow": ("Edge", "Step", "Workflow"),
    "plugins": ("RulePlugin",),
    "rulebook": ("Rule",),
}


def __getattr__(name: str) -> object:
    for home, names in _HOMES.items():
        if name in names:
            return getattr(import_module(f"wflint.{home}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


class _AuditModule(ModuleType):
    """The module `wflint.audit`, which stands in the place of the function of that name once it is loaded."""

    def __call__(self, *paths: "str | os.PathLike[str]", **settings: "Unpack[Settings]") -> "Report":
        from wflint import library

        return library.audit(*paths, **settings)


class _Package(ModuleType):
    """This package: what the import system puts into it under the name of a function is called like that."""

    def __setattr__(self, name: str, value: object) -> None:
        if name == "audit" and isinstance(value, ModuleType):
            value.__class__ = _AuditModule
        super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package
