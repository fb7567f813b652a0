"""Values of the session that code takes out, changes and never sets again: the change is in nobody's state."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from wflint.evaluate.values import Function, Location
from wflint.model.loss import Loss, LossKind
from wflint.source import code
from wflint.source.code import TextRange
from wflint.source.walking import called_name, nodes_in

STATE = "state"
COPYING = frozenset({"list", "dict", "set", "copy", "deepcopy"})
EDITING = frozenset({"append", "extend", "insert", "add", "update", "pop", "remove", "setdefault", "discard"})
COUNTING = frozenset({"len", "bool", "any", "all"})
"""Calls that look at how much there is only."""
OTHERWISE = frozenset({"update", "setdefault"})
"""How code sets keys of the state, whatever keys."""


class TakenOut(Struct, frozen=True):
    """A name that holds a copy of what a key of the state holds, and where it is made."""

    name: str
    key: str
    at: TextRange


def lost_edits(function: Function, agent: str) -> Iterator[Loss]:
    """The copies of values of the state that a tool changes, looks no further at, and never sets."""
    node = function.node
    if not isinstance(node, code.FunctionDef):
        return
    kept = _set(node.body)
    for taken in _taken(node.body):
        edit = _edited(node.body, taken) if kept is not None and taken.key not in kept else None
        if edit is not None:
            yield Loss(
                LossKind.UPDATE,
                f'"{function.name}", a tool of agent "{agent}",',
                Location(function.module, edit).span,
                f'changes a copy of "{taken.key}" and does not set it: the change is lost',
                f'set `state["{taken.key}"]` to the new value',
                Location(function.module, taken.at).span,
                agent,
            )


def _set(body: Sequence[code.StmtT]) -> frozenset[str] | None:
    """The keys of the state that code sets; None where it may set any."""
    found: set[str] = set()
    for node in nodes_in(body):
        match node:
            case code.Assign(targets=targets):
                for target in targets:
                    if isinstance(target, code.Subscript) and _is_state(target.value):
                        if not isinstance(target.index, code.Constant):
                            return None
                        found.add(str(target.index.value))
            case code.Call(func=code.Attribute(value=owner, name=name)) if name in OTHERWISE and _is_state(owner):
                return None
            case code.Name(id=name) | code.Attribute(name=name) if name in ("state_delta", "EventActions"):
                return None
            case _:
                pass
    return frozenset(found)


def _is_state(value: code.ExprT) -> bool:
    return isinstance(value, code.Attribute) and value.name == STATE


def _taken(body: Sequence[code.StmtT]) -> Iterator[TakenOut]:
    """The names that are set once, to a copy."""
    assigned = [node for node in nodes_in(body) if isinstance(node, code.Assign)]
    names = [target.id for node in assigned for target in node.targets if isinstance(target, code.Name)]
    for node in assigned:
        match node:
            case code.Assign(targets=(code.Name(id=name),), value=code.Call(args=(inner, *_)) as made):
                key = _key(inner) if called_name(made) in COPYING else None
                if key is not None and names.count(name) == 1:
                    yield TakenOut(name, key, node.at)
            case _:
                pass


def _key(value: code.ExprT) -> str | None:
    """The key of the state that an expression reads, be it with a default."""
    match value:
        case code.Call(func=code.Attribute(value=owner, name="get"), args=(code.Constant(value=str(key)), *_)):
            return key if _is_state(owner) else None
        case code.Subscript(value=owner, index=code.Constant(value=str(key))):
            return key if _is_state(owner) else None
        case code.Boolean(operator="or", left=left):
            return _key(left)
        case _:
            return None


def _edited(body: Sequence[code.StmtT], taken: TakenOut) -> TextRange | None:
    """Where a copy is first changed, if nothing of it is used after that."""
    edits = [at for node in nodes_in(body) if (at := _edit(node, taken.name)) is not None]
    if not edits:
        return None
    first = min(edits)
    counted = [part for node in nodes_in(body) if _counts(node) for part in nodes_in([node])]
    allowed = {id(part) for part in counted}
    later = (
        node
        for node in nodes_in(body)
        if isinstance(node, code.Name) and node.id == taken.name and node.at > first and id(node) not in allowed
    )
    used = [node for node in later if not any(edit[0] <= node.at[0] < edit[1] for edit in edits)]
    return None if used else first


def _edit(node: code.Node, name: str) -> TextRange | None:
    match node:
        case code.ExprStmt(value=code.Call(func=code.Attribute(value=code.Name(id=found), name=method))):
            return node.at if found == name and method in EDITING else None
        case code.Assign(targets=(code.Subscript(value=code.Name(id=found)),)):
            return node.at if found == name else None
        case code.AugAssign(target=code.Name(id=found) | code.Subscript(value=code.Name(id=found))):
            return node.at if found == name else None
        case _:
            return None


def _counts(node: code.Node) -> bool:
    return isinstance(node, code.Call) and called_name(node) in COUNTING
