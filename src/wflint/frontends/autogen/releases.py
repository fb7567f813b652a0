"""What AutoGen is installed as."""

from __future__ import annotations

from wflint.assembly.changes import Changed
from wflint.assembly.releases import Package

PACKAGE = Package(("autogen-agentchat", "autogen-core"))
CHANGED = Changed(
    PACKAGE,
    older="0.6.4",
    newest="0.7.5",
    new_arguments={
        "autogen_agentchat.CodeExecutorAgent": "approval_func",
        "autogen_agentchat.RoundRobinGroupChat": "description name",
        "autogen_agentchat.SelectorGroupChat": "description name",
        "autogen_agentchat.Swarm": "description name",
        "autogen_agentchat.MagenticOneGroupChat": "description name",
        "autogen_agentchat.GraphFlow": "description name",
    },
)
"""What only one of the two releases has that were looked at."""
