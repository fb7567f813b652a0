"""What callers go on to use of a run's result, where the code around the call shows all of it."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Final

from msgspec import Struct

from wflint.evaluate.modules import Module
from wflint.evaluate.statements.bindings import bound_names
from wflint.evaluate.values import Location
from wflint.source.code import (
    AnnAssign,
    Assign,
    Attribute,
    Await,
    Call,
    Compare,
    Constant,
    ExprStmt,
    ExprT,
    FunctionDef,
    GlobalOrNonlocal,
    Lambda,
    Name,
    Node,
    Opaque,
    StmtT,
    Subscript,
    TextRange,
)
from wflint.source.walking import children, holds, nodes_in, structs

Test = Callable[[Node], bool]

_USING: Final = (Subscript, Call, Compare, ExprStmt, Assign, AnnAssign)
"""The nodes by which something is used."""
_TELLING: Final = (*_USING, Attribute, Name, GlobalOrNonlocal, Opaque)
"""These, and what else tells of uses."""


class UsedFields(Struct, frozen=True):
    """The fields of a result that its caller uses; `is_all` where the code shows that it uses no other."""

    fields: tuple[str, ...] = ()
    is_all: bool = False


class StateAttribute(Struct, frozen=True):
    """How an object keeps a state: as its attribute `name`, whose own attributes or keys are the `fields`.

    `others` are attributes of the object by which nobody gets at the state.
    """

    name: str
    fields: frozenset[str]
    others: frozenset[str]


class CallerUses:
    """The code around calls, each file of it looked through once."""

    def __init__(self) -> None:
        self._bodies: dict[str, dict[TextRange, Body]] = {}

    def uses_of_result(self, location: Location) -> UsedFields:
        """What becomes of the value of the call at a place: dropped, a field of it used, or kept under a name.

        Whatever else is done with it, printed, returned, handed on, may use any field.
        """
        body = self._around(location.module, location.at)
        nodes = body.nodes
        if body.is_opaque:
            return UsedFields()
        found = _used_fields(nodes, _at(location.at))
        name = _name_of(nodes, location.at)
        if name is None or _is_shared(nodes, name):
            return UsedFields(found.fields, found.is_all and name is None)
        return _used_fields(body.seeing(name), _named(name))

    def uses_of_state(self, location: Location, state_attribute: StateAttribute) -> UsedFields:
        """The fields that are used of the state of the object that the call at a place makes.

        What a module makes outside of its functions others may import.
        """
        body = self._around(location.module, location.at)
        nodes = body.nodes
        if body.is_opaque:
            return UsedFields()
        name = _name_of(nodes, location.at)
        nodes = nodes if name is None else body.seeing(name)
        is_it = _at(location.at) if name is None else _named(name)
        uses = _used_fields(nodes, is_it, state_attribute.others | {state_attribute.name})
        state = _used_fields(nodes, lambda node: _is_part(node, state_attribute.name, is_it), state_attribute.fields)
        open_name = name is not None and (body.is_module or _is_shared(nodes, name))
        return UsedFields(state.fields, uses.is_all and state.is_all and not open_name)

    def uses_of_argument(self, location: Location, fields: frozenset[str], taker: Location) -> UsedFields:
        """The fields that are used of the object that the call at a place makes, but by the call that takes it."""
        body = self._around(location.module, location.at)
        nodes = body.nodes
        if body.is_opaque:
            return UsedFields()
        name = _name_of(nodes, location.at)
        if name is None:
            inside = location.module is taker.module and holds(taker.at, location.at)
            return UsedFields(is_all=inside)
        seeing = body.seeing(name)
        takers = [node for node in seeing if _at(taker.at)(node)] if location.module is taker.module else []
        given = [value for node in takers if isinstance(node, Call) for value in _arguments(node)]
        found = _used_fields(seeing, _named(name), fields, known=sum(map(_named(name), given)))
        return UsedFields(found.fields, found.is_all and not body.is_module and not _is_shared(nodes, name))

    def _around(self, module: Module, at: TextRange) -> Body:
        """The innermost function that holds the call at a place of a module, or the module itself."""
        if module.path not in self._bodies:
            self._bodies[module.path] = _bodies(module.body)
        return self._bodies[module.path].get(at, Body(()))


class Body(Struct, dict=True):
    """What a function or module consists of."""

    statements: tuple[StmtT, ...]
    is_module: bool = False

    @cached_property
    def nodes(self) -> list[Node]:
        """What tells of uses, down to functions inside."""
        return [node for node in nodes_in([self.statements]) if isinstance(node, _TELLING)]

    def seeing(self, name: str) -> list[Node]:
        """The same without functions inside that have a variable of that name for themselves."""
        found: list[Node] = []
        pending = structs([self.statements])
        while pending:
            node = pending.pop()
            if isinstance(node, _TELLING):
                found.append(node)
            if isinstance(node, FunctionDef) and _has_own(node, name):
                pending += structs((node.parameters, node.decorators))
            elif isinstance(node, Lambda) and any(each.name == name for each in node.parameters):
                pending += structs(node.parameters)
            else:
                pending += children(node)
        return found

    @cached_property
    def is_opaque(self) -> bool:
        """Whether there is something in it that cannot be read."""
        return any(isinstance(node, Opaque) for node in self.nodes)


def _bodies(module: tuple[StmtT, ...]) -> dict[TextRange, Body]:
    """For each call of a module, by its place, the body it stands in."""
    found: dict[TextRange, Body] = {}
    bodies = [Body(module, is_module=True)]
    while bodies:
        body = bodies.pop()
        pending = structs(body.statements)
        while pending:
            node = pending.pop()
            if isinstance(node, Call):
                found[node.at] = body
            if isinstance(node, FunctionDef):
                bodies.append(Body(node.body))
                pending += structs((node.parameters, node.decorators))
            else:
                pending += children(node)
    return found


def _has_own(function: FunctionDef, name: str) -> bool:
    """Whether a name is a variable of the function itself."""
    shared = any(isinstance(each, GlobalOrNonlocal) and name in each.names for each in nodes_in([function.body]))
    bound = any(each.name == name for each in function.parameters) or name in bound_names(function.body)
    return bound and not shared


def _name_of(nodes: list[Node], at: TextRange) -> str | None:
    """The name that the value of the call at a place is kept under."""
    for node in nodes:
        match node:
            case Assign(targets=(Name(id=name),), value=value) | AnnAssign(target=Name(id=name), value=value):
                if value is not None and _bare(value).at == at:
                    return name
            case _:
                pass
    return None


def _is_shared(nodes: list[Node], name: str) -> bool:
    """Whether code elsewhere sees the name too."""
    return any(isinstance(node, GlobalOrNonlocal) and name in node.names for node in nodes)


def _arguments(call: Call) -> tuple[ExprT, ...]:
    return (*call.args, *(keyword.value for keyword in call.keywords))


def _named(name: str) -> Test:
    return lambda node: isinstance(node, Name) and node.id == name


def _at(at: TextRange) -> Test:
    return lambda node: isinstance(node, Call) and node.at == at


def _is_part(node: Node, name: str, is_whole: Test) -> bool:
    return isinstance(node, Attribute) and node.name == name and is_whole(_bare(node.value))


def _used_fields(
    nodes: list[Node], is_it: Test, attributes: frozenset[str] = frozenset(), known: int = 0
) -> UsedFields:
    """The fields that are used of it; all of them are known where every mention of it is understood.

    It has fields under keys, and the `attributes`. So many mentions are `known` to use nothing.
    """
    mentions = sum(is_it(node) for node in nodes)
    uses = [use for node in nodes if isinstance(node, _USING) for use in _uses(node, is_it)]
    uses += [n.name for n in nodes if isinstance(n, Attribute) and n.name in attributes and is_it(_bare(n.value))]
    return UsedFields(tuple(sorted({use for use in uses if use is not None})), len(uses) + known == mentions)


def _uses(node: Node, is_it: Test) -> list[str | None]:
    """The ways in which a node uses it that are understood: by a field's name, or not at all (None)."""
    match node:
        case Subscript(value=value, index=Constant(value=str(field))) if is_it(_bare(value)):
            return [field]
        case Call(func=Attribute(value=of, name="get"), args=(Constant(value=str(field)), *_)) if is_it(_bare(of)):
            return [field]
        case Compare(left=Constant(value=str(field)), operators=(operator,), rights=(value,)) if is_it(_bare(value)):
            return [field if operator != "not in" else None]
        case ExprStmt(value=value) if is_it(_bare(value)):
            return [None]
        case Assign(targets=targets, value=value):
            held = [target for target in targets if is_it(target)]
            kept = is_it(_bare(value)) and all(isinstance(target, Name) for target in targets) and not targets[1:]
            return [None] * (len(held) + kept)
        case AnnAssign(target=target, value=value):
            return [None] * (is_it(target) + (value is not None and is_it(_bare(value))))
        case _:
            return []


def _bare(value: ExprT) -> ExprT:
    """What is awaited."""
    return value.value if isinstance(value, Await) else value
