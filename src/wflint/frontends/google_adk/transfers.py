"""What the framework offers an agent's model besides its own tools: its parent, its siblings, a tool to answer with."""

from __future__ import annotations

from typing import Final

from wflint.assembly.agents import part
from wflint.evaluate.expressions.comparing import truth_of
from wflint.evaluate.values import NONE, Object
from wflint.frontends.google_adk.parts import children, hidden, kind_of, name_of, tools
from wflint.frontends.google_adk.table import AgentKind

TOOL: Final = "transfer_to_agent"
"""The tool by which every agent turns to another."""
ANSWERING: Final = "set_model_response"
"""The tool by which an agent with tools gives an answer in a declared form; some models do without."""


class Kin:
    """The names of the agents that one agent holds, and whether it may hold others; looked up once for all of them."""

    def __init__(self) -> None:
        self._held: dict[Object, tuple[str, ...]] = {}
        self._hiding: dict[Object, bool] = {}

    def may_be_more(self, parent: Object) -> bool:
        """Whether one agent may hold agents that the source does not show."""
        if parent not in self._hiding:
            self._hiding[parent] = hidden(parent)
        return self._hiding[parent]

    def of(self, parent: Object) -> tuple[str, ...]:
        """Those of one agent."""
        if parent not in self._held:
            names = (name_of(child) for child, _ in children(parent))
            self._held[parent] = tuple(name for name in names if name is not None)
        return self._held[parent]


def turns_to(agent: Object, parent: Object | None, kin: Kin) -> tuple[str, ...] | None:
    """The agents besides its own that it may turn to, after the tools for that; None where not all are known."""
    asked = parent if parent is not None and kind_of(parent) is AgentKind.MODEL else None
    if asked is not None and kin.may_be_more(asked) and _allows(agent, "disallow_transfer_to_peers"):
        return None
    others = _others(agent, asked, kin) if asked is not None else ()
    answering = (ANSWERING,) if part(agent, "output_schema") is not None and any(True for _ in tools(agent)) else ()
    return (*answering, TOOL, *others) if others or any(True for _ in children(agent)) else answering


def _others(agent: Object, parent: Object, kin: Kin) -> tuple[str, ...]:
    above = name_of(parent) if _allows(agent, "disallow_transfer_to_parent") else None
    beside = kin.of(parent) if _allows(agent, "disallow_transfer_to_peers") else ()
    alone = above is None and beside == (name_of(agent),)
    return () if alone else tuple(name for name in (above, *beside) if name is not None)


def _allows(agent: Object, switch: str) -> bool:
    """Whether a switch that forbids something is off, or may be."""
    return truth_of(part(agent, switch) or NONE) is not True
