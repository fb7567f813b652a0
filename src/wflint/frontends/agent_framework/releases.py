"""What Agent Framework is installed as, and how it limits runs."""

from __future__ import annotations

from wflint.assembly.changes import Changed
from wflint.assembly.releases import Held, Limited, Package
from wflint.model.limits import RunLimit

PACKAGE = Package(("agent-framework-core", "agent-framework"))
LIMITS = (
    Limited(RunLimit(100, "max_iterations", in_supersteps=True), Held(PACKAGE, "1.13")),
    Limited(RunLimit(100, "max_iterations", in_supersteps=True), Held(PACKAGE, until="1.13"), beyond=1),
)
"""So many supersteps a run has where the builder is not told otherwise; the first step's own was not counted."""
BUILT = Held(PACKAGE, "1.14")
"""`@workflow` gives what has to be built before it is run; earlier releases give the workflow itself."""
CHANGED = Changed(
    PACKAGE,
    older="1.0.1",
    newest="1.23.0",
    new=(
        "agent_framework.step",
        "agent_framework.workflow",
    ),
    new_arguments={
        "agent_framework.AgentExecutor": "ensure_trailing_user_turn",
        "agent_framework.WorkflowBuilder": "intermediate_output_from output_from",
    },
)
"""What only one of the two releases has that were looked at."""
