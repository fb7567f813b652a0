"""Fields that code reads one for another: `state.get("path") or state.get("_path")`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from wflint.assembly.function_summary import FunctionSummary
from wflint.source.code import Boolean
from wflint.source.walking import holds, nodes_in

OPTIONAL = "get"
"""How a field is read that may be missing."""


def stand_ins(summary: FunctionSummary) -> Mapping[str, frozenset[str]]:
    """The fields of which one is taken where the other is empty, for each that is read in no other way."""
    function = summary.function
    read = [access for access in summary.accesses if access.symbol.root is summary.root and access.symbol.access_path]
    if all(access.mode != OPTIONAL for access in read):
        return {}
    choices = [node.at for node in nodes_in((function.node,)) if isinstance(node, Boolean) and node.operator == "or"]
    choices.sort(key=lambda at: at[0] - at[1])  # the widest first
    beside: dict[str, set[str]] = defaultdict(set)
    alone: set[str] = set()
    for access in read:
        around = next((at for at in choices if holds(at, access.location.at)), None)
        name = access.symbol.access_path[0]
        if around is None or access.mode != OPTIONAL or access.location.module is not function.module:
            alone.add(name)
            continue
        beside[name] |= {
            other.symbol.access_path[0] for other in read if holds(around, other.location.at) and other is not access
        }
    return {name: frozenset(others - {name}) for name, others in beside.items() if name not in alone}
