"""Whom an agent's model may turn to without an edge: the framework offers its parent and its siblings."""

from __future__ import annotations

from typing import Final

from wflint.assembly.agents import part
from wflint.evaluate.expressions.comparing import truth_of
from wflint.evaluate.values import NONE, Object
from wflint.frontends.google_adk.parts import children, hidden, kind_of, name_of
from wflint.frontends.google_adk.table import AgentKind

TOOL: Final = "transfer_to_agent"
"""The tool by which every agent turns to another."""


class Kin:
    """The names of the agents that one agent holds, looked up once for all of them."""

    def __init__(self) -> None:
        self._held: dict[Object, tuple[str, ...]] = {}

    def of(self, parent: Object) -> tuple[str, ...]:
        """Those of one agent."""
        if parent not in self._held:
            names = (name_of(child) for child, _ in children(parent))
            self._held[parent] = tuple(name for name in names if name is not None)
        return self._held[parent]


def turns_to(agent: Object, parent: Object | None, kin: Kin) -> tuple[str, ...] | None:
    """The agents besides its own that it may turn to, after the tool for that; None where not all are known."""
    asked = parent if parent is not None and kind_of(parent) is AgentKind.MODEL else None
    if asked is not None and hidden(asked) and _allows(agent, "disallow_transfer_to_peers"):
        return None
    others = _others(agent, asked, kin) if asked is not None else ()
    return (TOOL, *others) if others or any(True for _ in children(agent)) else ()


def _others(agent: Object, parent: Object, kin: Kin) -> tuple[str, ...]:
    above = name_of(parent) if _allows(agent, "disallow_transfer_to_parent") else None
    beside = kin.of(parent) if _allows(agent, "disallow_transfer_to_peers") else ()
    alone = above is None and beside == (name_of(agent),)
    return () if alone else tuple(name for name in (above, *beside) if name is not None)


def _allows(agent: Object, switch: str) -> bool:
    """Whether a switch that forbids something is off, or may be."""
    return truth_of(part(agent, switch) or NONE) is not True
