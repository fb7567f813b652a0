"""Calls of functions of the source: running their bodies, and what comes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from wflint.evaluate.class_values import Class
from wflint.evaluate.dependencies import depends_on
from wflint.evaluate.events import Completion, Frame, Narrowing, ReturnSite, common
from wflint.evaluate.expressions.parameters import bind_parameters
from wflint.evaluate.havoc import cut_call, leave_out_call
from wflint.evaluate.heap import NEVER
from wflint.evaluate.recording import call_record, escape, record_source_call
from wflint.evaluate.values import (
    NONE,
    Arguments,
    Bound,
    Function,
    Location,
    Object,
    Partial,
    Unknown,
    Value,
    join,
)
from wflint.source.code import Lambda

if TYPE_CHECKING:
    from wflint.evaluate.interpreter import Interpreter
    from wflint.evaluate.scope import Scope

from wflint.evaluate.expressions.inlining_policy import (
    Outset,
    exceeds_recursion_limit,
    is_irrelevant,
    is_unproductive,
)


class CallResult(Struct, frozen=True):
    """What a call of a function of the source came to; `falls_through` where it can end without a `return`.

    `narrowing` is what holds of tracked inputs on every way out, None where no way out is known.
    """

    value: Value
    returns: tuple[ReturnSite, ...] = ()
    falls_through: bool = False
    narrowing: Narrowing | None = None


def inline(interp: Interpreter, callee: Value, arguments: Arguments, location: Location | None) -> CallResult:
    """Run a function of the source (or a method with its object)."""
    receiver = callee.receiver if isinstance(callee, Bound) else None
    function = callee.function if isinstance(callee, Bound) else callee
    assert isinstance(function, Function)
    _note_entered(interp, function, receiver, location)
    unproductive = is_unproductive(interp, function)
    if (
        exceeds_recursion_limit(interp, function)
        or len(interp.frames) >= interp.budget.depth
        or interp.budget.exhausted
        or is_irrelevant(interp, function, receiver, arguments)
        or unproductive
    ):
        interp.memory.unrepeatable += 1
        if unproductive and not interp.speculative and id(function.node) in interp.changing:
            leave_out_call(interp, function, arguments if receiver is None else arguments.after(receiver), location)
        escape(interp, arguments, location) if location is not None else None
        return CallResult(Unknown("a call not followed", location, depends_on(*arguments)))
    outset = Outset.of(interp, arguments)
    if outset.tells_no_more(function):
        return CallResult(NONE, falls_through=True, narrowing=interp.narrowing)
    yields = None if isinstance(function.node, Lambda) or not function.node.yields else interp.list_of([])
    frame = Frame(
        function,
        function.module,
        location,
        interp.path_condition,
        interp.heap.tick(),
        len(interp.heap.layers),
        receiver=receiver,
    )
    frame.yields = yields
    frame.cls = function.owner
    frame.call_record = call_record(interp, function, receiver, arguments, location)
    scope = interp.scope_under(function.scope, "function")
    given = arguments.after(receiver) if receiver is not None else arguments
    if frame.receiver is None and frame.cls is not None and given.positional:
        frame.receiver = given.positional[0]
    assumed = interp.narrowing
    limit = interp.budget.allot()
    written, interp.heap.oldest_written = interp.heap.oldest_written, NEVER
    interp.frames.append(frame)
    bind_parameters(interp, function, given, scope)
    outcome = _run(interp, function, frame, scope)
    interp.join_early_exits(frame.layers)
    interp.frames.pop()
    interp.path_condition = frame.path_condition
    steps = interp.budget.spent - outset.spent
    if interp.speculative and interp.budget.exhausted and steps < interp.budget.afresh:
        interp.analyzed.discard(id(function.node))
    if interp.budget.settle(limit):
        cut_call(interp, function, arguments if receiver is None else arguments.after(receiver), location, steps)
        value = join(*(site.value for site in outcome.returns), Unknown(f'"{function.name}" was cut short', location))
        outcome = CallResult(value, outcome.returns, outcome.falls_through)
    interp.narrowing = outcome.narrowing if outcome.narrowing is not None and yields is None else assumed
    is_changing = interp.heap.oldest_written < frame.started_at
    outset.settle(interp, function, is_changing=is_changing, gives_nothing=outcome.value == NONE)
    interp.heap.oldest_written = min(written, interp.heap.oldest_written)
    sites = outcome.returns
    if len({site.location for site in sites}) == 1 and not outcome.falls_through and not any(s.certain for s in sites):
        interp.path_condition = interp.control_dependences.after_guard(
            frame.path_condition, sites[0].path_condition[len(frame.path_condition) :]
        )
    return outcome


def _note_entered(interp: Interpreter, function: Function, receiver: Value | None, location: Location | None) -> None:
    """Remember that a function is called, on whose object, and for whom."""
    if not interp.budget.exhausted:
        interp.analyzed.add(id(function.node))
        if isinstance(receiver, Object) and receiver.cls is not None and receiver.cls is not function.owner:
            interp.received.add((id(function.node), receiver.cls))
    if interp.recorder is not None:
        interp.summarized.add(id(function.node))
        record_source_call(interp, function, location)


def _run(interp: Interpreter, function: Function, frame: Frame, scope: Scope) -> CallResult:
    node = function.node
    if isinstance(node, Lambda):
        value = interp.resolved(interp.evaluate(node.body, scope))
        at = Location(function.module, node.body.at)
        site = ReturnSite(value, at, interp.certain_since(frame.path_condition), interp.narrowing)
        return CallResult(value, (site,), narrowing=interp.narrowing)
    completion = interp.run(node.body, scope)
    falls = completion is Completion.NORMAL
    exits = [*(site.narrowing for site in frame.returns), *([interp.narrowing] if falls else [])]
    known = common(exits) if exits and not interp.budget.exhausted else None
    if node.yields and frame.yields is not None:
        return CallResult(frame.yields, tuple(frame.returns), narrowing=known)
    values = [site.value for site in frame.returns]
    if falls:
        values.append(NONE)
    if not values:
        values.append(Unknown(f"`{function.name}` never returns"))
    return CallResult(join(*values), tuple(frame.returns), falls, known)


def function_of(value: Value) -> Function | None:
    """The function of the source behind a callable, through methods, partials and callable objects."""
    match value:
        case Function():
            return value
        case Bound(function=function) | Partial(function=function):
            return function_of(function)
        case Object(cls=Class() as cls):
            found = cls.find("__call__")
            return found if isinstance(found, Function) else None
        case _:
            return None
