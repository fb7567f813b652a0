"""Fields that code reads one for another: `state.get("path") or state.get("_path")`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from wflint.assembly.function_summary import FunctionSummary
from wflint.source.code import Boolean, ExprT, Node, TextRange
from wflint.source.walking import nodes_in

OPTIONAL = "get"
"""How a field is read that may be missing."""


def stand_ins(summary: FunctionSummary) -> Mapping[str, frozenset[str]]:
    """The fields of which one is taken where the other is empty, for each that is read in no other way."""
    function = summary.function
    read = [access for access in summary.accesses if access.symbol.root is summary.root and access.symbol.access_path]
    if all(access.mode != OPTIONAL for access in read):
        return {}
    choices = list(_choices(function.node))
    named: dict[TextRange, set[str]] = defaultdict(set)
    for access in read:
        if access.mode == OPTIONAL and access.location.module is function.module:
            named[access.location.at].add(access.symbol.access_path[0])
    beside: dict[str, set[str]] = defaultdict(set)
    alone: set[str] = set()
    for access in read:
        name = access.symbol.access_path[0]
        around = next((places for places in choices if access.location.at in places), None)
        if around is None or access.mode != OPTIONAL:
            alone.add(name)
        else:
            beside[name].update(*(named[place] for place in around if place in named))
    return {name: frozenset(others - {name}) for name, others in beside.items() if name not in alone}


def _choices(code: Node) -> Iterator[frozenset[TextRange]]:
    """Where the operands of each `or` stand; an `or` in another one is no choice of its own."""
    inner: set[TextRange] = set()
    for node in nodes_in((code,)):
        if isinstance(node, Boolean) and node.operator == "or" and node.at not in inner:
            places: set[TextRange] = set()
            pending: list[ExprT] = [node]
            while pending:
                operand = pending.pop()
                if isinstance(operand, Boolean) and operand.operator == "or":
                    inner.add(operand.at)
                    pending += (operand.left, operand.right)
                else:
                    places.add(operand.at)
            yield frozenset(places)
