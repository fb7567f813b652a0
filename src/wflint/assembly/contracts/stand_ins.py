"""Fields that code reads one for another: `state.get("path") or state.get("_path")`, `get("path", get("_path"))`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from wflint.assembly.function_summary import FunctionSummary
from wflint.assembly.recording import once
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.modules import Module
from wflint.source.code import Attribute, Boolean, Call, ExprT, TextRange
from wflint.source.walking import glimpsed_in

OPTIONAL = "get"
"""How a field is read that may be missing."""


def stand_ins(summary: FunctionSummary, interp: Interpreter) -> Mapping[str, frozenset[str]]:
    """The fields of which one is taken where the other is empty, for each that is read in no other way.

    Only places where code was seen to read are looked at, which stand in functions that were run.
    """
    read = [access for access in summary.accesses if access.symbol.root is summary.root and access.symbol.access_path]
    if all(access.mode != OPTIONAL for access in read):
        return {}
    named: dict[tuple[Module, TextRange], set[str]] = defaultdict(set)
    for access in read:
        if access.mode == OPTIONAL:
            named[access.location.module, access.location.at].add(access.symbol.access_path[0])
    beside: dict[str, set[str]] = defaultdict(set)
    alone: set[str] = set()
    for access in read:
        name, module = access.symbol.access_path[0], access.location.module
        around = _choices_of(interp, module).get(access.location.at) if access.mode == OPTIONAL else None
        if around is None:
            alone.add(name)
        else:
            beside[name].update(*(named[module, place] for place in around if (module, place) in named))
    return {name: frozenset(others - {name}) for name, others in beside.items() if name not in alone}


def _choices_of(interp: Interpreter, module: Module) -> Mapping[TextRange, frozenset[TextRange]]:
    """Where the operands of each choice of a module stand, by each of them."""
    return once(interp, ("choices", module), lambda: {place: each for each in _choices(module) for place in each})


def _choices(module: Module) -> Iterator[frozenset[TextRange]]:
    """Where the operands of each `or` and each default stand; a choice in another one is no choice of its own."""
    inner: set[TextRange] = set()
    for node in glimpsed_in(module.body):
        if isinstance(node, Boolean | Call) and node.at not in inner and _alternatives(node):
            places: set[TextRange] = set()
            pending: list[ExprT] = [node]
            while pending:
                operand = pending.pop()
                others = _alternatives(operand)
                pending += others
                if others:
                    inner.add(operand.at)
                if not isinstance(operand, Boolean):
                    places.add(operand.at)
            yield frozenset(places)


def _alternatives(node: ExprT) -> tuple[ExprT, ...]:
    """What an expression chooses among: the sides of an `or`, the default of a `get` that is such a choice or a read."""
    match node:
        case Boolean(operator="or", left=left, right=right):
            return left, right
        case Call(func=Attribute(name="get"), args=(_, Call(func=Attribute(name="get")) | Boolean() as default)):
            return (default,)
        case _:
            return ()
