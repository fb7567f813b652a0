"""Fields that code reads one for another: `state.get("path") or state.get("_path")`, `get("path", get("_path"))`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from msgspec import Struct, field

from wflint.assembly.function_summary import FunctionSummary
from wflint.assembly.recording import once
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.modules import Module
from wflint.source.code import Attribute, Boolean, Call, Constant, ExprT, TextRange
from wflint.source.walking import glimpsed_in

OPTIONAL = "get"
"""How a field is read that may be missing."""
READS = frozenset({"index", "get", "attribute", "test", "probe", "nested"})
"""What code does to look at a field; what it does with the value then is none of it."""

_Choice = Mapping[TextRange, str | None]
"""Where the operands of one choice stand, each with the key that is looked up there."""


class StandIns(Struct):
    """What code takes where a field is empty, of each field that it reads in no other way.

    `fields` are those of which it takes one for another, `elsewhere` those that it looks up by the same name in
    something else.
    """

    fields: Mapping[str, frozenset[str]] = field(default_factory=dict)
    elsewhere: frozenset[str] = frozenset()

    @classmethod
    def of(cls, summary: FunctionSummary, interp: Interpreter) -> StandIns:
        """Only places where code was seen to read are looked at, which stand in functions that were run."""
        own = (access for access in summary.accesses if access.symbol.root is summary.root)
        read = [access for access in own if access.symbol.access_path and access.mode in READS]
        if all(access.mode != OPTIONAL for access in read):
            return cls()
        named: dict[tuple[Module, TextRange], set[str]] = defaultdict(set)
        for access in read:
            if access.mode == OPTIONAL:
                named[access.location.module, access.location.at].add(access.symbol.access_path[0])
        beside: dict[str, set[str]] = defaultdict(set)
        alone, elsewhere = set[str](), set[str]()
        for access in read:
            name, module = access.symbol.access_path[0], access.location.module
            around = _choices_of(interp, module).get(access.location.at) if access.mode == OPTIONAL else None
            if around is None:
                alone.add(name)
                continue
            beside[name].update(*(named[module, place] for place in around if (module, place) in named))
            if any(key == name and (module, place) not in named for place, key in around.items()):
                elsewhere.add(name)
        fields = {name: frozenset(others - {name}) for name, others in beside.items() if name not in alone}
        return cls(fields, frozenset(elsewhere - alone))


def _choices_of(interp: Interpreter, module: Module) -> Mapping[TextRange, _Choice]:
    """The choices of a module, by the place of each operand."""
    return once(interp, ("choices", module), lambda: {place: each for each in _choices(module) for place in each})


def _choices(module: Module) -> Iterator[_Choice]:
    """What each `or` and each default chooses among; a choice in another one is no choice of its own."""
    inner: set[TextRange] = set()
    for node in glimpsed_in(module.body):
        if isinstance(node, Boolean | Call) and node.at not in inner and _alternatives(node):
            places: dict[TextRange, str | None] = {}
            pending: list[ExprT] = [node]
            while pending:
                operand = pending.pop()
                others = _alternatives(operand)
                pending += others
                if others:
                    inner.add(operand.at)
                if not isinstance(operand, Boolean):
                    places[operand.at] = _key(operand)
            yield places


def _alternatives(node: ExprT) -> tuple[ExprT, ...]:
    """What an expression chooses among: the sides of an `or`, a `get` and its default that is a choice or a read."""
    match node:
        case Boolean(operator="or", left=left, right=right):
            return left, right
        case Call(func=Attribute(name="get"), args=(_, Call(func=Attribute(name="get")) | Boolean() as default)):
            return (default,)
        case _:
            return ()


def _key(node: ExprT) -> str | None:
    match node:
        case Call(func=Attribute(name="get"), args=(Constant(value=str(key)), *_)):
            return key
        case _:
            return None
