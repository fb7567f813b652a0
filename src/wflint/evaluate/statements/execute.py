"""What every kind of statement does."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from wflint.evaluate.class_values import FieldDecl
from wflint.evaluate.dependencies import depends_on
from wflint.evaluate.events import Completion, ReturnSite
from wflint.evaluate.expressions import conditions
from wflint.evaluate.expressions.attributes import delete_attribute
from wflint.evaluate.expressions.complements import holds_otherwise
from wflint.evaluate.expressions.items import delete_item
from wflint.evaluate.expressions.iteration import bind_target, elements
from wflint.evaluate.expressions.slices import cut_of, delete_slice
from wflint.evaluate.statements import contexts, definitions, imports, loops, matching, try_except
from wflint.evaluate.statements.module_constants import is_constant_test
from wflint.evaluate.values import (
    NONE,
    HeapObject,
    Location,
    Mapping,
    Object,
    Sequence,
    TrackedValue,
    Unknown,
    Value,
)
from wflint.source import code

if TYPE_CHECKING:
    from wflint.evaluate.interpreter import Interpreter
    from wflint.evaluate.scope import Scope


def run_block(interp: Interpreter, body: tuple[code.StmtT, ...], scope: Scope) -> Completion:
    """Run statements until one does not fall through."""
    before: code.StmtT | None = None
    for statement in body:
        if not interp.budget.spend():
            return Completion.NORMAL
        if isinstance(statement, code.If) and before is not None and _must_hold(before, statement):
            completion = run_block(interp, statement.body, scope)
        else:
            completion = _TABLE[type(statement)](interp, statement, scope)
        if completion is not Completion.NORMAL:
            return completion
        before = statement
    return Completion.NORMAL


def _must_hold(before: code.StmtT, statement: code.If) -> bool:
    """Whether the test of an `if` is no question, as the `if` before it leaves wherever it does not hold."""
    match before:
        case code.If(test=test, body=(*_, code.Return() | code.Raise()), orelse=()):
            return holds_otherwise(test, statement.test)
        case _:
            return False


def _expression(interp: Interpreter, node: code.ExprStmt, scope: Scope) -> Completion:
    value = interp.evaluate(node.value, scope)
    return Completion.EXIT if isinstance(value, Object) and value.path in ENDING else Completion.NORMAL


ENDING = frozenset({"sys.exit", "os._exit", "os.abort", "builtins.exit", "builtins.quit"})
"""Calls after which nothing follows."""


def _assign(interp: Interpreter, node: code.Assign, scope: Scope) -> Completion:
    value = interp.evaluate(node.value, scope)
    for target in node.targets:
        bind_target(interp, target, value, scope)
    return Completion.NORMAL


def _augment(interp: Interpreter, node: code.AugAssign, scope: Scope) -> Completion:
    from wflint.evaluate.expressions.operators import binary
    from wflint.evaluate.python.entries import spread_into

    old = interp.evaluate(node.target, scope)
    value = interp.evaluate(node.value, scope)
    location = interp.location(node.at)
    match old:
        case Sequence(kind="list" | "set") if node.operator in ("+", "|"):
            interp.heap.snapshot_before_write(old)
            old.content = interp.bounded([*old.content, *elements(interp, value).content])
        case Mapping() if node.operator == "|":
            interp.heap.snapshot_before_write(old)
            spread_into(old, value, location)
        case TrackedValue(access_path=path) if path:
            interp.record_access(old, "set" if len(path) == 1 else "nested", location)
            bind_target(interp, node.target, Unknown("computed", location, depends_on(old, value)), scope)
        case _:
            bind_target(interp, node.target, binary(interp, node.operator, old, value, location), scope)
    return Completion.NORMAL


def _declare(interp: Interpreter, node: code.AnnAssign, scope: Scope) -> Completion:
    value = interp.evaluate(node.value, scope) if node.value is not None else None
    if value is not None:
        bind_target(interp, node.target, value, scope)
    if scope.kind == "class" and isinstance(node.target, code.Name):
        location = interp.location(node.at)
        scope.fields[node.target.id] = FieldDecl(node.target.id, node.annotation, value, scope, location)
    return Completion.NORMAL


def _return(interp: Interpreter, node: code.Return, scope: Scope) -> Completion:
    value = interp.evaluate(node.value, scope) if node.value is not None else NONE
    frame = interp.frames[-1]
    if interp.heap.in_branch(frame.layers):
        value = _kept(interp, value, frame.started_at, 4)
    value = interp.resolved(value)
    certain, location = interp.certain_since(frame.path_condition), interp.location(node.at)
    frame.returns.append(ReturnSite(value, location, certain, interp.narrowing, interp.path_condition))
    return Completion.RETURN


def _kept(interp: Interpreter, value: Value, birth: int, depth: int) -> Value:
    """What is returned from inside an arm, as it is now: what the arm did to local boxes is about to be undone."""
    if not depth or not isinstance(value, HeapObject) or value.allocated_at < birth:
        return value
    match value:
        case Sequence():
            kept = interp.list_of([_kept(interp, item, birth, depth - 1) for item in value.content], value.kind)
            kept.location = value.location
            return kept
        case Mapping():
            copy = interp.dict_of(value.location)
            copy.content.update({key: _kept(interp, v, birth, depth - 1) for key, v in value.content.items()})
            copy.locations.update(value.locations)
            return copy
        case _:
            return value


def _raise(interp: Interpreter, node: code.Raise, scope: Scope) -> Completion:
    if node.value is not None:
        interp.evaluate(node.value, scope)
    return Completion.RAISE


def _if(interp: Interpreter, node: code.If, scope: Scope) -> Completion:
    value = interp.evaluate(node.test, scope)
    outcome = conditions.truth(interp, value)
    if outcome is not None and not is_constant_test(node.test, scope):
        return run_block(interp, node.body if outcome else node.orelse, scope)

    def arm(body: tuple[code.StmtT, ...], *, holds: bool) -> Completion:
        if outcome is None:
            interp.control_dependences.add_test(interp.path_condition, value, interp.location(node.test.at))
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


def _jump(interp: Interpreter, node: code.BreakOrContinue, _scope: Scope) -> Completion:
    completion = Completion.BREAK if node.kind == "break" else Completion.CONTINUE
    interp.frames[-1].jumps.append((completion, interp.narrowing))
    return completion


def _delete(interp: Interpreter, node: code.Delete, scope: Scope) -> Completion:
    for target in node.targets:
        _delete_one(interp, target, interp.location(node.at), scope)
    return Completion.NORMAL


def _delete_one(interp: Interpreter, target: code.ExprT, location: Location, scope: Scope) -> None:
    match target:
        case code.Subscript(value=value, index=code.Slice() as cut):
            delete_slice(interp, interp.evaluate(value, scope), cut_of(interp, cut, scope))
        case code.Subscript(value=value, index=index):
            delete_item(interp, interp.evaluate(value, scope), interp.evaluate(index, scope), location)
        case code.Attribute(value=value, name=name):
            delete_attribute(interp, interp.evaluate(value, scope), name)
        case code.Name(id=name) if name in (holder := scope.target(name)).content:
            interp.heap.snapshot_before_write(holder)
            del holder.content[name]
        case code.Display(items=parts):
            for part in parts:
                _delete_one(interp, part, location, scope)
        case _:
            pass


def _scope(_interp: Interpreter, node: code.GlobalOrNonlocal, scope: Scope) -> Completion:
    scope.borrow(node.kind, node.names)
    return Completion.NORMAL


def _assert(interp: Interpreter, node: code.Assert, scope: Scope) -> Completion:
    interp.evaluate(node.test, scope)
    conditions.assume(interp, node.test, scope, holds=True)
    return Completion.NORMAL


_TABLE: dict[type, Callable[[Interpreter, Any, Scope], Completion]] = {
    code.ExprStmt: _expression,
    code.Assign: _assign,
    code.AugAssign: _augment,
    code.AnnAssign: _declare,
    code.Return: _return,
    code.Raise: _raise,
    code.If: _if,
    code.For: loops.run_loop,
    code.While: loops.run_loop,
    code.Try: try_except.run_try,
    code.With: contexts.run_with,
    code.FunctionDef: definitions.define_function,
    code.ClassDef: definitions.define_class,
    code.Import: imports.run_import,
    code.ImportFrom: imports.run_import_from,
    code.Match: matching.run_match,
    code.BreakOrContinue: _jump,
    code.Delete: _delete,
    code.GlobalOrNonlocal: _scope,
    code.Assert: _assert,
}
