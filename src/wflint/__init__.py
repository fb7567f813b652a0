"""Link-time optimisation for agent workflows.

The types that a reader of results meets are here, loaded when first asked for, so that the command line starts
quickly. An audit is run by `wflint.audit.audit`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wflint.model.finding import Finding
    from wflint.model.program import Program
    from wflint.model.workflow import Workflow

__version__ = "0.1.0"
__all__ = ["Finding", "Program", "Workflow", "__version__"]


def __getattr__(name: str) -> object:
    match name:
        case "Finding":
            from wflint.model import finding

            return finding.Finding
        case "Program" | "Workflow":
            from wflint.model import workflow

            return getattr(workflow, name)
        case _:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
