"""The run's context, as the functions of an agent are handed it: its instructions and its tools."""

from __future__ import annotations

from collections.abc import Iterator

from wflint.assembly.contracts.run_contexts import Wrapper, contexts_taken
from wflint.assembly.sequences import elements
from wflint.evaluate.expressions.inline_call import function_of
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.values import Function, Object, alternatives
from wflint.model.contract import TypedInput

WRAPPER = Wrapper(frozenset({"RunContextWrapper", "ToolContext"}), "agents.RunContextWrapper")


def contexts_of(interp: Interpreter, agent: Object) -> tuple[TypedInput, ...]:
    """What each function takes of the context, by the class that it declares it to be."""
    return tuple(contexts_taken(interp, _functions(agent), WRAPPER))


def _functions(agent: Object) -> Iterator[Function]:
    tools = agent.content.get("tools")
    given = (*alternatives(agent.content.get("instructions")), *(entry.value for entry in elements(tools)))
    for value in given:
        function = function_of(value)
        if function is not None:
            yield function
