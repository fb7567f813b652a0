"""Whom an agent's model may turn to without an edge: the framework offers its parent and its siblings."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from wflint.assembly.agents import part
from wflint.evaluate.expressions.comparing import truth_of
from wflint.evaluate.values import NONE, Object
from wflint.frontends.google_adk.parts import children, hidden, kind_of, name_of
from wflint.frontends.google_adk.table import AgentKind

TOOL: Final = "transfer_to_agent"
"""The tool by which every agent turns to another."""


def turns_to(agent: Object, parent: Object | None) -> tuple[str, ...] | None:
    """The agents besides its own that it may turn to, after the tool for that; None where not all are known."""
    asked = parent if parent is not None and kind_of(parent) is AgentKind.MODEL else None
    if asked is not None and hidden(asked) and _allows(agent, "disallow_transfer_to_peers"):
        return None
    others = tuple(_others(agent, asked)) if asked is not None else ()
    return (TOOL, *others) if others or any(True for _ in children(agent)) else ()


def _others(agent: Object, parent: Object) -> Iterator[str]:
    kin = [parent] if _allows(agent, "disallow_transfer_to_parent") else []
    if _allows(agent, "disallow_transfer_to_peers"):
        kin += [child for child, _ in children(parent) if child is not agent]
    yield from (name for name in map(name_of, kin) if name is not None)


def _allows(agent: Object, switch: str) -> bool:
    """Whether a switch that forbids something is off, or may be."""
    return truth_of(part(agent, switch) or NONE) is not True
