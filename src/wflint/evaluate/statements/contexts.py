"""`with`: what its contexts give, and what they do at the end."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from msgspec import Struct

from wflint.evaluate.events import Completion
from wflint.evaluate.expressions.attributes import bind
from wflint.evaluate.expressions.conditions import truth
from wflint.evaluate.expressions.iteration import bind_target
from wflint.evaluate.forking import rejoin
from wflint.evaluate.statements import try_except
from wflint.evaluate.values import (
    NONE,
    Arguments,
    Function,
    Location,
    Object,
    RepeatedElement,
    Sequence,
    Unknown,
    Value,
    bound_part,
)
from wflint.source import code
from wflint.source.walking import children

if TYPE_CHECKING:
    from wflint.evaluate.interpreter import Interpreter
    from wflint.evaluate.scope import Scope


def run_with(interp: Interpreter, node: code.With, scope: Scope) -> Completion:
    """`with`: the contexts are entered, the body is run, and they are left the other way round."""
    location, start, condition = interp.location(node.at), len(interp.heap.layers), interp.path_condition
    contexts: list[Value] = []
    for item in node.items:
        context = interp.evaluate(item.context, scope)
        contexts.append(context)
        given = entered(interp, context, location)
        if item.target is not None:
            bind_target(interp, item.target, given, scope)
    completion = _body(interp, node, contexts, scope)
    if any(isinstance(context, Object) and _leaving(interp, context, location) for context in contexts):
        rejoin(interp, start, condition)
    for context in reversed(contexts):
        completion = _left(interp, context, completion, location)
    return completion


def _body(interp: Interpreter, node: code.With, contexts: list[Value], scope: Scope) -> Completion:
    """The body; one whose exceptions a context may suppress is as in a `try` that passes."""
    if not any(isinstance(context, Object) and _suppresses(context) for context in contexts):
        return interp.run(node.body, scope)
    passing = code.ExceptHandler(None, None, (), node.at)
    return try_except.run_try(interp, code.Try(node.at, node.body, (passing,), (), ()), scope)


def _suppresses(context: Object) -> bool:
    """Whether a context may make exceptions as if they had never been: its `__exit__` returns something."""
    if context.cls is None:
        return context.path == "contextlib.suppress"
    leave = context.cls.find("__exit__") or context.cls.find("__aexit__")
    return isinstance(leave, Function) and any(_tells(node) for node in children(leave.node))


def _tells(node: Struct) -> bool:
    """Whether something other than a plain no is returned in a statement."""
    match node:
        case code.Return(value=None | code.Constant(value=None | False)) | code.FunctionDef() | code.Lambda():
            return False
        case code.Return():
            return True
        case _:
            return any(_tells(inner) for inner in children(node))


def entered(interp: Interpreter, context: Value, location: Location) -> Value:
    """What `with context as x` binds: what `__enter__` gives, what a generator yields first, or the thing itself."""
    match context:
        case Object(cls=None, path="contextlib.closing" | "contextlib.aclosing" | "contextlib.nullcontext"):
            return context.arguments.positional[0] if context.arguments.positional else NONE
        case Object():
            enter = _method(interp, context, "__enter__", location) or _method(interp, context, "__aenter__", location)
            return enter(Arguments()) if enter is not None else context
        case Sequence(kind="list", content=[first, *_]):
            return first.value if isinstance(first, RepeatedElement) else bound_part(first) or Unknown("a context")
        case _:
            return context


def _method(interp: Interpreter, context: Object, name: str, location: Location) -> Callable[[Arguments], Value] | None:
    found = context.cls.find(name) if context.cls is not None else None
    if context.cls is None or not isinstance(found, Function):
        return None
    method = bind(interp, found, context, context.cls, location)
    return lambda arguments: interp.call(method, arguments, location)


def _leaving(interp: Interpreter, context: Object, location: Location) -> Callable[[Arguments], Value] | None:
    """What runs when a context is left."""
    return _method(interp, context, "__exit__", location) or _method(interp, context, "__aexit__", location)


def _left(interp: Interpreter, context: Value, completion: Completion, location: Location) -> Completion:
    """How the body ends once the context is left, which may make an exception as if it had never been."""
    if not isinstance(context, Object):
        return completion
    leave = _leaving(interp, context, location)
    if leave is None:
        return completion
    raised = completion is Completion.RAISE
    told = leave(Arguments((Unknown("an exception"),) * 3 if raised else (NONE,) * 3))
    return Completion.NORMAL if raised and truth(interp, told) is not False else completion


def enter_context(interp: Interpreter, arguments: Arguments, location: Location) -> Value:
    """`stack.enter_context(context)`; what happens when the stack is left is not followed."""
    return (
        entered(interp, arguments.positional[0], location) if arguments.positional else Unknown("a context", location)
    )
