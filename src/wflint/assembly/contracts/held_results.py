"""The code around a call, and the names that hold what the call gives."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from wflint.evaluate.events import ApiCall
from wflint.evaluate.statements.bindings import names_of
from wflint.source import code
from wflint.source.walking import body_of, called_name, nodes_in


class HeldResult(Struct, frozen=True):
    """A call in the code of the function, or module, that it is written in.

    `nodes` are all pieces of that code, `names` hold what the call gives and nothing else, `is_awaited` is true where
    it is awaited on the spot.
    """

    call: code.Call
    nodes: tuple[code.Node, ...]
    names: frozenset[str]
    is_awaited: bool

    def holds(self, node: object) -> bool:
        """Whether a piece of code is the result, by name or the call itself, awaited where it is."""
        match node:
            case code.Name(id=name):
                return name in self.names
            case code.Await(value=value):
                return self.is_awaited and value is self.call
            case _:
                return node is self.call and not self.is_awaited

    def parts(self, name: str) -> Iterator[code.Attribute]:
        """Where an attribute of the result is read."""
        for node in self.nodes:
            if isinstance(node, code.Attribute) and node.name == name and self.holds(node.value):
                yield node


def held_result(api_call: ApiCall) -> HeldResult | None:
    """A call with the code around it; None where it is not written there as a call of its own."""
    return held_in(_around(api_call), api_call.location.at)


def held_in(body: Sequence[code.StmtT | code.ExprT], at: code.TextRange) -> HeldResult | None:
    """The call at a place of some code, with that code."""
    nodes = tuple(nodes_in(body))
    call = next((each for each in nodes if isinstance(each, code.Call) and _is_at(each, at)), None)
    if call is None:
        return None
    awaited = any(isinstance(node, code.Await) and node.value is call for node in nodes)
    return HeldResult(call, nodes, names_of(nodes, lambda value: _gives(value, call)), awaited)


def _is_at(call: code.Call, at: code.TextRange) -> bool:
    """Whether a call is the one at a place; that of a method of what another call gives begins with its name."""
    name = call.func.at[1] - len(called_name(call)) if isinstance(call.func, code.Attribute) else call.at[0]
    return call.at[1] == at[1] and at[0] in (call.at[0], name)


def _around(api_call: ApiCall) -> Sequence[code.StmtT | code.ExprT]:
    """The body of the innermost function of the source that the call is written in, else that of the module."""
    module = api_call.location.module
    frame = next((each for each in reversed(api_call.stack) if each.function is not None), None)
    function = frame.function if frame is not None else None
    if function is not None and function.module is module:
        return body_of(function.node)
    return module.lowered.body if module.lowered is not None else ()


def _gives(value: code.ExprT, call: code.Call) -> bool:
    """Whether an expression is the call, awaited or not."""
    return value is call or (isinstance(value, code.Await) and value.value is call)
