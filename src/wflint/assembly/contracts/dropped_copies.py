"""Copies of a whole state that code changes and lets go: the change is in nobody's state."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from msgspec import Struct

from wflint.evaluate.values import Function, Location
from wflint.model.loss import Loss, LossKind
from wflint.source import code
from wflint.source.code import TextRange
from wflint.source.walking import around, called_name, holds, nodes_in

COPYING: Final = frozenset({"copy", "deepcopy", "model_copy", "replace"})
"""Functions, and methods of a copy, that copy it once more."""
DEEP: Final = "deep"
EDITING: Final = frozenset({"append", "extend", "insert", "add", "update", "pop", "remove", "setdefault", "discard"})
Of = Callable[[code.ExprT], bool]
"""Whether an expression asks for a copy of the state."""


class _Copy(Struct, frozen=True):
    """A name that is set once, to a copy; `whole` where what is in the fields is copied as well."""

    name: str
    whole: bool
    at: TextRange


def dropped_copies(function: Function, step: str, *, gives_copy: Of, advice: str) -> Iterator[Loss]:
    """The copies of the state of which a step sets a field, and makes no use of after that."""
    node = function.node
    if not isinstance(node, code.FunctionDef):
        return
    for copy in _copies(node.body, gives_copy):
        edit = _edited(node.body, copy)
        if edit is not None:
            field, at = edit
            yield Loss(
                LossKind.UPDATE,
                f'step "{step}"',
                Location(function.module, at).span,
                f'changes "{field}" of a copy of the state and lets go of the copy: the change is lost',
                advice,
                Location(function.module, copy.at).span,
                step,
            )


def _copies(body: Sequence[code.StmtT], gives_copy: Of) -> Iterator[_Copy]:
    assigned = [node for node in nodes_in(body) if isinstance(node, code.Assign | code.AnnAssign | code.AugAssign)]
    names = [name for node in assigned for name in _targets(node)]
    for node in assigned:
        match node:
            case code.Assign(targets=(code.Name(id=name),), value=value):
                whole = _is_whole(value, gives_copy)
                if whole is not None and names.count(name) == 1:
                    yield _Copy(name, whole, node.at)
            case _:
                pass


def _targets(node: code.Assign | code.AnnAssign | code.AugAssign) -> list[str]:
    targets = node.targets if isinstance(node, code.Assign) else (node.target,)
    return [target.id for target in targets if isinstance(target, code.Name)]


def _is_whole(value: code.ExprT, gives_copy: Of) -> bool | None:
    """Whether a copy of the state is one of all that is in it; None where it is no copy."""
    if gives_copy(value):
        return False
    if not isinstance(value, code.Call) or called_name(value) not in COPYING:
        return None
    method = isinstance(value.func, code.Attribute) and not value.args
    copied = value.func.value if method and isinstance(value.func, code.Attribute) else next(iter(value.args), None)
    if copied is None or not gives_copy(copied):
        return None
    return called_name(value) == "deepcopy" or any(keyword.name == DEEP for keyword in value.keywords)


def _edited(body: Sequence[code.StmtT], copy: _Copy) -> tuple[str, TextRange] | None:
    """The field of a copy that is set first, and where; None where the copy, or what is in it, is used after that."""
    edits = {node.at: field for node in nodes_in(body) if (field := _edit(node, copy)) is not None}
    if not edits:
        return None
    first = min(edits)
    loops = (node.at for node in around(body, first) if isinstance(node, code.For | code.While))
    again = [loop for loop in loops if not holds(loop, copy.at)]
    used = (node.at for node in nodes_in(body) if isinstance(node, code.Name) and node.id == copy.name)
    others = [
        at for at in used if at > copy.at and not holds(copy.at, at) and not any(holds(each, at) for each in edits)
    ]
    plain = {node.value.at for node in nodes_in(body) if isinstance(node, code.Attribute)}
    lent = any(at not in plain for at in others)
    read = any(at > first or any(holds(loop, at) for loop in again) for at in others)
    return None if lent or read else (edits[first], first)


def _edit(node: code.Node, copy: _Copy) -> str | None:
    """The field of a copy that a statement sets, or in which it changes something that only the copy has."""
    match node:
        case code.Assign(targets=(code.Attribute(value=code.Name(id=name), name=field),)) if name == copy.name:
            return field
        case code.AugAssign(target=code.Attribute(value=code.Name(id=name), name=field)) if name == copy.name:
            return field
        case code.ExprStmt(value=code.Call(func=code.Attribute(value=code.Attribute() as held, name=method))) if (
            copy.whole and method in EDITING and isinstance(held.value, code.Name) and held.value.id == copy.name
        ):
            return held.name
        case _:
            return None
