"""The run's context, as the functions of an agent are handed it: its instructions and its tools."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from wflint.assembly.coded_step import parameter_type
from wflint.assembly.contracts.typed_inputs import typed_input
from wflint.assembly.function_summary import summarize
from wflint.assembly.recording import once
from wflint.assembly.sequences import elements
from wflint.evaluate.expressions.inline_call import function_of
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.types import bare, name_of
from wflint.evaluate.values import (
    Arguments,
    Function,
    Generic,
    InputSource,
    Object,
    TrackedValue,
    Value,
    alternatives,
)
from wflint.model.contract import TypedInput

WRAPPERS = frozenset({"RunContextWrapper", "ToolContext"})
CONTEXT = "context"


def contexts_of(interp: Interpreter, agent: Object) -> tuple[TypedInput, ...]:
    """What each function takes of the context, by the class that it declares it to be."""
    return tuple(_read(interp, agent))


def _read(interp: Interpreter, agent: Object) -> Iterator[TypedInput]:
    for function in _functions(agent):
        for parameter in function.node.parameters:
            held = _held(parameter_type(interp, function, parameter))
            if held is None:
                continue
            make = partial(InputSource, CONTEXT, held, None, function.location)
            root = once(interp, (CONTEXT, function, held), make)
            summary = summarize(
                interp,
                function,
                held,
                function.location,
                presented=partial(_wrapped, interp, root),
                taking=parameter.name,
            )
            if summary is not None and summary.complete:
                yield typed_input(interp, summary, root)


def _functions(agent: Object) -> Iterator[Function]:
    tools = agent.content.get("tools")
    given = (*alternatives(agent.content.get("instructions")), *(entry.value for entry in elements(tools)))
    for value in given:
        function = function_of(value)
        if function is not None:
            yield function


def _held(type_: Value | None) -> Value | None:
    """The class of the context in `RunContextWrapper[Class]`."""
    if isinstance(type_, Generic) and name_of(type_.base).rpartition(".")[2] in WRAPPERS and type_.arguments:
        return bare(type_.arguments[0])
    return None


def _wrapped(interp: Interpreter, root: InputSource, _: TrackedValue) -> Object:
    wrapper = interp.object_of("agents.RunContextWrapper", Arguments(), root.location)
    wrapper.content[CONTEXT] = TrackedValue(root, (), root.type)
    return wrapper
