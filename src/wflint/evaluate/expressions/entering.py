"""Calls of functions of the source: running their bodies, and what comes of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wflint.evaluate.class_values import Class
from wflint.evaluate.events import Assumed, Flow, Frame, ReturnSite, common
from wflint.evaluate.expressions.parameters import bind_parameters
from wflint.evaluate.observing import entered, escape
from wflint.evaluate.sources import sources_of
from wflint.evaluate.values import (
    NONE,
    Arguments,
    Bound,
    Function,
    Object,
    Partial,
    Place,
    Unknown,
    Value,
    unite,
)
from wflint.source.code import Lambda

if TYPE_CHECKING:
    from wflint.evaluate.interpreter import Interpreter
    from wflint.evaluate.scope import Scope

from wflint.evaluate.expressions.worth import is_aside, is_barren, is_too_deep, made_so_far


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a call of a function of the source came to; `falls_through` where it can end without a `return`.

    `assumed` is what holds of tracked inputs on every way out, None where no way out is known.
    """

    value: Value
    returns: tuple[ReturnSite, ...] = ()
    falls_through: bool = False
    assumed: Assumed | None = None


def enter(interp: Interpreter, callee: Value, arguments: Arguments, place: Place | None) -> Outcome:
    """Run a function of the source (or a method with its object)."""
    receiver = callee.receiver if isinstance(callee, Bound) else None
    function = callee.function if isinstance(callee, Bound) else callee
    assert isinstance(function, Function)
    if not interp.budget.exhausted:
        interp.entered.add(id(function.node))
    if interp.observer is not None:
        interp.watched.add(id(function.node))
    if (
        is_too_deep(interp, function)
        or len(interp.frames) >= interp.budget.depth
        or interp.budget.exhausted
        or is_aside(interp, function, receiver, arguments)
        or is_barren(interp, function)
    ):
        escape(interp, arguments, place) if place is not None else None
        return Outcome(Unknown("a call not followed", place, sources_of(*arguments)))
    yields = None if isinstance(function.node, Lambda) or not function.node.yields else interp.list_of([])
    frame = Frame(
        function, function.module, place, interp.taken, interp.heap.tick(), len(interp.heap.layers), receiver=receiver
    )
    frame.yields = yields
    frame.cls = function.owner
    frame.entered = entered(interp, function, receiver, arguments, place)
    scope = interp.scope_under(function.scope, "function")
    given = arguments.after(receiver) if receiver is not None else arguments
    if frame.receiver is None and frame.cls is not None and given.positional:
        frame.receiver = given.positional[0]
    assumed = interp.assumed
    spent, made = interp.budget.spent, made_so_far(interp)
    interp.frames.append(frame)
    bind_parameters(interp, function, given, scope)
    outcome = _run(interp, function, frame, scope)
    interp.close_rests(frame.layers)
    interp.frames.pop()
    interp.taken = frame.taken
    interp.assumed = outcome.assumed if outcome.assumed is not None and yields is None else assumed
    if interp.synthetic and interp.budget.exhausted:
        interp.entered.discard(id(function.node))
    if interp.synthetic and made_so_far(interp) == made:
        interp.in_vain[id(function.node)] += interp.budget.spent - spent
    sites = outcome.returns
    if len({site.place for site in sites}) == 1 and not outcome.falls_through and not any(s.certain for s in sites):
        interp.taken = interp.grounds.passed(frame.taken, sites[0].taken[len(frame.taken) :])
    return outcome


def _run(interp: Interpreter, function: Function, frame: Frame, scope: Scope) -> Outcome:
    node = function.node
    if isinstance(node, Lambda):
        value = interp.resolved(interp.evaluate(node.body, scope))
        at = Place(function.module, node.body.at)
        site = ReturnSite(value, at, interp.certain_since(frame.taken), interp.assumed)
        return Outcome(value, (site,), assumed=interp.assumed)
    flow = interp.run(node.body, scope)
    falls = flow is Flow.NEXT
    exits = [*(site.assumed for site in frame.returns), *([interp.assumed] if falls else [])]
    known = common(exits) if exits and not interp.budget.exhausted else None
    if node.yields and frame.yields is not None:
        return Outcome(frame.yields, tuple(frame.returns), assumed=known)
    values = [site.value for site in frame.returns]
    if falls:
        values.append(NONE)
    if not values:
        values.append(Unknown(f"`{function.name}` never returns"))
    return Outcome(unite(*values), tuple(frame.returns), falls, known)


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
