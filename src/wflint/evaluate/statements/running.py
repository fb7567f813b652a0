"""What every kind of statement does."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from wflint.evaluate.class_values import FieldDecl
from wflint.evaluate.events import Flow, ReturnSite
from wflint.evaluate.expressions import conditions
from wflint.evaluate.expressions.attributes import delete_attribute
from wflint.evaluate.expressions.complements import holds_otherwise
from wflint.evaluate.expressions.items import delete_item
from wflint.evaluate.expressions.iteration import bind_target, elements
from wflint.evaluate.expressions.slices import cut_of, delete_slice
from wflint.evaluate.sources import sources_of
from wflint.evaluate.statements import contexts, definitions, handlers, imports, loops, matching
from wflint.evaluate.statements.switches import is_switch
from wflint.evaluate.values import (
    NONE,
    Box,
    Mapping,
    Object,
    Place,
    Sequence,
    Symbol,
    Unknown,
    Value,
)
from wflint.source import code

if TYPE_CHECKING:
    from wflint.evaluate.interpreter import Interpreter
    from wflint.evaluate.scope import Scope


def run_block(interp: Interpreter, body: tuple[code.StmtT, ...], scope: Scope) -> Flow:
    """Run statements until one does not fall through."""
    for statement in body:
        if not interp.budget.spend():
            return Flow.NEXT
        flow = _TABLE[type(statement)](interp, statement, scope)
        if flow is not Flow.NEXT:
            return flow
    return Flow.NEXT


def _expression(interp: Interpreter, node: code.Evaluate, scope: Scope) -> Flow:
    value = interp.evaluate(node.value, scope)
    return Flow.EXIT if isinstance(value, Object) and value.path in ENDING else Flow.NEXT


ENDING = frozenset({"sys.exit", "os._exit", "os.abort", "builtins.exit", "builtins.quit"})
"""Calls after which nothing follows."""


def _assign(interp: Interpreter, node: code.Assign, scope: Scope) -> Flow:
    value = interp.evaluate(node.value, scope)
    for target in node.targets:
        bind_target(interp, target, value, scope)
    return Flow.NEXT


def _augment(interp: Interpreter, node: code.Augment, scope: Scope) -> Flow:
    from wflint.evaluate.expressions.operators import binary
    from wflint.evaluate.python.entries import spread_into

    old = interp.evaluate(node.target, scope)
    value = interp.evaluate(node.value, scope)
    place = interp.place(node.at)
    match old:
        case Sequence(kind="list" | "set") if node.operator in ("+", "|"):
            interp.heap.touch(old)
            old.content = interp.bounded([*old.content, *elements(interp, value).content])
        case Mapping() if node.operator == "|":
            interp.heap.touch(old)
            spread_into(old, value, place)
        case Symbol(path=path) if path:
            interp.note(old, "set" if len(path) == 1 else "nested", place)
            bind_target(interp, node.target, Unknown("computed", place, sources_of(old, value)), scope)
        case _:
            bind_target(interp, node.target, binary(interp, node.operator, old, value, place), scope)
    return Flow.NEXT


def _declare(interp: Interpreter, node: code.Declare, scope: Scope) -> Flow:
    value = interp.evaluate(node.value, scope) if node.value is not None else None
    if value is not None:
        bind_target(interp, node.target, value, scope)
    if scope.kind == "class" and isinstance(node.target, code.Name):
        place = interp.place(node.at)
        scope.fields[node.target.id] = FieldDecl(node.target.id, node.annotation, value, scope, place)
    return Flow.NEXT


def _return(interp: Interpreter, node: code.Return, scope: Scope) -> Flow:
    value = interp.evaluate(node.value, scope) if node.value is not None else NONE
    frame = interp.frames[-1]
    if interp.heap.in_arm(frame.layers):
        value = _kept(interp, value, frame.birth, 4)
    value = interp.resolved(value)
    certain, place = interp.certain_since(frame.taken), interp.place(node.at)
    frame.returns.append(ReturnSite(value, place, certain, interp.assumed, interp.taken))
    return Flow.RETURN


def _kept(interp: Interpreter, value: Value, birth: int, depth: int) -> Value:
    """What is returned from inside an arm, as it is now: what the arm did to local boxes is about to be undone."""
    if not depth or not isinstance(value, Box) or value.birth < birth:
        return value
    match value:
        case Sequence():
            kept = interp.list_of([_kept(interp, item, birth, depth - 1) for item in value.content], value.kind)
            kept.place = value.place
            return kept
        case Mapping():
            copy = interp.dict_of(value.place)
            copy.content.update({key: _kept(interp, v, birth, depth - 1) for key, v in value.content.items()})
            copy.places.update(value.places)
            return copy
        case _:
            return value


def _raise(interp: Interpreter, node: code.Raise, scope: Scope) -> Flow:
    if node.value is not None:
        interp.evaluate(node.value, scope)
    return Flow.RAISE


def _if(interp: Interpreter, node: code.If, scope: Scope) -> Flow:
    value = interp.evaluate(node.test, scope)
    outcome = conditions.truth(interp, value)
    if outcome is not None and not is_switch(node.test, scope):
        return run_block(interp, node.body if outcome else node.orelse, scope)

    def arm(body: tuple[code.StmtT, ...], *, holds: bool) -> Flow:
        if outcome is None:
            interp.grounds.test(interp.taken, value, interp.place(node.test.at))
            conditions.assume(interp, node.test, scope, holds=holds)
        return run_block(interp, body, scope)

    return interp.fork(lambda: arm(node.body, holds=True), lambda: arm(_otherwise(node), holds=False))


def _otherwise(node: code.If) -> tuple[code.StmtT, ...]:
    """What is run where the test does not hold; an `elif` that must hold then is no question."""
    match node.orelse:
        case (code.If(test=test, body=body),) if holds_otherwise(node.test, test):
            return body
        case _:
            return node.orelse


def _jump(interp: Interpreter, node: code.Jump, _scope: Scope) -> Flow:
    flow = Flow.BREAK if node.kind == "break" else Flow.CONTINUE
    interp.frames[-1].jumps.append((flow, interp.assumed))
    return flow


def _delete(interp: Interpreter, node: code.Delete, scope: Scope) -> Flow:
    for target in node.targets:
        _delete_one(interp, target, interp.place(node.at), scope)
    return Flow.NEXT


def _delete_one(interp: Interpreter, target: code.ExprT, place: Place, scope: Scope) -> None:
    match target:
        case code.Subscript(value=value, index=code.Slice() as cut):
            delete_slice(interp, interp.evaluate(value, scope), cut_of(interp, cut, scope))
        case code.Subscript(value=value, index=index):
            delete_item(interp, interp.evaluate(value, scope), interp.evaluate(index, scope), place)
        case code.Attribute(value=value, name=name):
            delete_attribute(interp, interp.evaluate(value, scope), name)
        case code.Name(id=name) if name in (holder := scope.target(name)).content:
            interp.heap.touch(holder)
            del holder.content[name]
        case code.Display(items=parts):
            for part in parts:
                _delete_one(interp, part, place, scope)
        case _:
            pass


def _scope(_interp: Interpreter, node: code.Scope, scope: Scope) -> Flow:
    scope.borrow(node.kind, node.names)
    return Flow.NEXT


def _assert(interp: Interpreter, node: code.Assert, scope: Scope) -> Flow:
    interp.evaluate(node.test, scope)
    conditions.assume(interp, node.test, scope, holds=True)
    return Flow.NEXT


_TABLE: dict[type, Callable[[Interpreter, Any, Scope], Flow]] = {
    code.Evaluate: _expression,
    code.Assign: _assign,
    code.Augment: _augment,
    code.Declare: _declare,
    code.Return: _return,
    code.Raise: _raise,
    code.If: _if,
    code.For: loops.run_for,
    code.While: loops.run_while,
    code.Try: handlers.run_try,
    code.With: contexts.run_with,
    code.FunctionDef: definitions.define_function,
    code.ClassDef: definitions.define_class,
    code.Import: imports.run_import,
    code.ImportFrom: imports.run_import_from,
    code.Match: matching.run_match,
    code.Jump: _jump,
    code.Delete: _delete,
    code.Scope: _scope,
    code.Assert: _assert,
}
