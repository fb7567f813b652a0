"""What the code around calls says about them: who takes what comes back, and what they are given by name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct, field

from wflint.evaluate.modules import Module
from wflint.evaluate.values import Location
from wflint.model.patterns import pattern
from wflint.source.code import (
    AnnAssign,
    Assign,
    Attribute,
    AugAssign,
    Call,
    Constant,
    ExprT,
    Name,
    NamedExpr,
    Node,
    Subscript,
)
from wflint.source.walking import nodes_in

PROMPT = pattern(r"prompt|template|instruction", re.IGNORECASE)
"""Names of prompts; other names within what a model is given are those of its subject."""

FILLING = frozenset({"append", "extend", "insert", "add"})
"""Methods that put something into a collection."""


class CallSite(Struct, frozen=True):
    """A call: the variable that takes its result, and the name of the prompt that it is given."""

    taker: str | None = None
    given: str | None = None


class CallSites(Struct):
    """Finds calls by their places; a module is gone through once, when it is first asked about."""

    known: dict[Module, dict[tuple[int, int], CallSite]] = field(default_factory=dict)

    def at(self, location: Location) -> CallSite:
        """The call at a place."""
        if location.module not in self.known:
            self.known[location.module] = _sites(location.module)
        return self.known[location.module].get(location.at, CallSite())


def _sites(module: Module) -> dict[tuple[int, int], CallSite]:
    takers: dict[tuple[int, int], str] = {}
    calls: list[Call] = []
    for node in nodes_in(module.body):
        if isinstance(node, Call):
            calls.append(node)
        for name, value in _taken(node):
            takers |= {call.at: name for call in _calls(value) if call.at not in takers}
    return {call.at: CallSite(takers.get(call.at), _given(call)) for call in calls}


def _taken(node: Node) -> Iterator[tuple[str, ExprT]]:
    """What a piece of code gives a name to, or puts into something that has one."""
    match node:
        case (
            Assign(targets=(target,), value=value)
            | AnnAssign(target=target, value=value)
            | AugAssign(target=target, value=value)
        ):
            name = named(target)
            if name is not None and value is not None:
                yield name, value
        case NamedExpr(name=name, value=value):
            yield name, value
        case Call(func=Attribute(value=held, name=method), args=args) if method in FILLING and named(held):
            yield from ((named(held) or "", value) for value in args)
        case _:
            pass


def _calls(value: Struct) -> Iterator[Call]:
    return (node for node in nodes_in((value,)) if isinstance(node, Call))


def _given(call: Call) -> str | None:
    """The name of the prompt: of `llm.invoke(PROMPT.format(topic=topic))`, or deep within messages, `PROMPT`."""
    first = next(iter((*call.args, *(keyword.value for keyword in call.keywords))), None)
    match first:
        case None:
            return None
        case Call(func=Attribute(value=receiver)) if named(receiver):
            return named(receiver)
        case _:
            found = (named(node) for node in nodes_in((first,)))
            return named(first) or next((name for name in found if name is not None and PROMPT.search(name)), None)


def named(node: object) -> str | None:
    """What a name, an attribute or an entry under a written key is called."""
    match node:
        case Name(id=name) | Attribute(name=name) | Subscript(index=Constant(value=str(name))):
            return name
        case _:
            return None
