"""What tools refuse when they are made of a function (haystack-ai 3.4)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from wflint.assembly.sequences import elements
from wflint.assembly.signatures import parameters_of
from wflint.evaluate.expressions.calls import path_of
from wflint.evaluate.values import NONE, Function, Mapping, Object, Value, last_of, text_of
from wflint.model.span import Span
from wflint.model.workflow import Fault, FaultKind
from wflint.source.code import FunctionDef, Parameter

MAKING = "create_tool_from_function"
TOOL = "Tool"
DECORATOR = "tool"
ROOT = "haystack"
SELF = frozenset({"self", "cls"})


def refused_tools(agent: Object) -> Iterator[Fault]:
    """Parameters without a type, keys of the state for parameters that are not there, coroutines as plain functions."""
    for entry in elements(agent.arguments.get("tools")):
        given = entry.value
        if isinstance(given, Function):
            yield from _decorated(given)
        elif isinstance(given, Object) and (given.path or "").startswith(f"{ROOT}.") and given.cls is None:
            made = last_of(given.path) == MAKING
            function = given.arguments.get("function", 0 if made else None)
            if isinstance(function, Function) and (made or last_of(given.path) == TOOL):
                yield from _refused(given, function, of_its_own=made)


OWN_STATE = frozenset({"messages", "step_count", "token_usage", "tool_call_counts", "exit_reason", "tools"})
"""Keys of its state that an agent brings along."""


def unstated(agent: Object) -> Iterator[Fault]:
    """Tools that take from the state, or put there, what the schema of their agent does not have."""
    schema = agent.arguments.get("state_schema")
    if agent.arguments.open or (schema is not None and not isinstance(schema, Mapping) and schema != NONE):
        return
    if isinstance(schema, Mapping) and not schema.closed:
        return
    keys = OWN_STATE | {str(key) for key, _ in (schema.known() if isinstance(schema, Mapping) else ())}
    for entry in elements(agent.arguments.get("tools")):
        for tool, function in _made_of(entry.value):
            needed = {each.name for each in function.node.parameters if each.default is None}
            inputs = tool.arguments.get("inputs_from_state")
            for key, name in inputs.known() if isinstance(inputs, Mapping) else ():
                if str(key) not in keys and text_of(name) in needed:
                    yield _unstated(f'takes "{text_of(name)}" from "{key}"', tool, function, agent)
            outputs = tool.arguments.get("outputs_to_state")
            for key, _ in outputs.known() if isinstance(outputs, Mapping) else ():
                if str(key) not in keys:
                    yield _unstated(f'puts its result to "{key}"', tool, function, agent)


def _made_of(tool: Value) -> Iterator[tuple[Object, Function]]:
    """What says of a tool how it goes with the state, and the function that it runs."""
    if isinstance(tool, Function):
        marks = [each for each in tool.unmodelled_decorators if isinstance(each, Object)]
        if len(marks) == 1 and last_of(marks[0].path or "") == DECORATOR:
            yield marks[0], tool
    elif isinstance(tool, Object) and tool.cls is None:
        function = tool.arguments.get("function", 0 if last_of(tool.path or "") == MAKING else None)
        if isinstance(function, Function):
            yield tool, function


def _unstated(what: str, tool: Object, function: Function, agent: Object) -> Fault:
    subject = f'tool "{function.name}" {what} of the state, a key that the `state_schema` of its agent does not have'
    return Fault(FaultKind.FAILING, subject, tool.site.span, agent.site.span, may_be=True)


def _decorated(function: Function) -> Iterator[Fault]:
    """A function with the decorator of tools, of whose parameters one has no type."""
    marks = [path_of(mark) or "" for mark in function.unmodelled_decorators]
    if len(marks) == 1 and marks[0].startswith(f"{ROOT}.") and last_of(marks[0]) == DECORATOR:
        untyped = _untyped(function.node.parameters)
        if untyped is not None:
            yield _untold(function, untyped, function.location.span)


def _untyped(parameters: Iterable[Parameter]) -> str | None:
    named = (each for each in parameters if each.kind not in ("args", "kwargs") and each.name not in SELF)
    return next((each.name for each in named if each.annotation is None), None)


def _untold(function: Function, name: str, span: Span) -> Fault:
    why = "its type tells what the model has to give; annotate it"
    return Fault(FaultKind.REFUSED, f'parameter "{name}" of tool "{function.name}"', span, detail=why)


def _refused(made: Object, function: Function, *, of_its_own: bool) -> Iterator[Fault]:
    """`of_its_own` where the schema is made of the function's parameters."""
    taken = parameters_of(function)
    plain = [each for each in taken or () if each.kind not in ("args", "kwargs") and each.name not in SELF]
    untyped = _untyped(plain)
    if of_its_own and untyped is not None:
        yield _untold(function, untyped, made.site.span)
    if not of_its_own and isinstance(function.node, FunctionDef) and function.node.is_async:
        yield _fault(f'the coroutine "{function.name}" as `function` of a tool', made, "it goes into `async_function`")
    strange = next(_strangers(made.arguments.get("inputs_from_state"), plain), None) if taken is not None else None
    if strange is not None and of_its_own and all(each.kind != "kwargs" for each in taken or ()):
        key, name = strange
        yield _fault(f'"{key}" of the state for "{name}"', made, f'"{function.name}" has no such parameter')


def _strangers(given: Value | None, plain: list[Parameter]) -> Iterator[tuple[str, str]]:
    """The keys of the state that go to parameters which a function does not have."""
    names = {each.name for each in plain}
    for key, value in given.known() if isinstance(given, Mapping) else ():
        name = text_of(value)
        if name is not None and name not in names:
            yield str(key), name


def _fault(subject: str, made: Object, why: str) -> Fault:
    return Fault(FaultKind.REFUSED, subject, made.site.span, detail=why)
