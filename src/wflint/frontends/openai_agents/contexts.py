"""What the functions of an agent are handed: the run's context, and what a hand-off says."""

from __future__ import annotations

from collections.abc import Iterator

from wflint.assembly.contracts.run_contexts import Wrapper, contexts_taken
from wflint.assembly.contracts.typed_inputs import message
from wflint.assembly.function_summary import summarize
from wflint.assembly.sequences import elements
from wflint.evaluate.expressions.inline_call import function_of
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.values import NONE, Bound, Function, Object, alternatives
from wflint.frontends.openai_agents.table import HANDOFFS
from wflint.model.contract import TypedInput

WRAPPER = Wrapper(frozenset({"RunContextWrapper", "ToolContext"}), "agents.RunContextWrapper")


def contexts_of(interp: Interpreter, agent: Object) -> tuple[TypedInput, ...]:
    """What each function takes of the context, by the class that it declares it to be."""
    return tuple(contexts_taken(interp, _functions(agent), WRAPPER))


def handed_over(interp: Interpreter, agent: Object) -> Iterator[TypedInput]:
    """What the callbacks of hand-offs take of what the model says when it hands over: the SDK makes the form of it."""
    for entry in elements(agent.content.get("handoffs")):
        value = entry.value
        if not isinstance(value, Object) or value.path not in HANDOFFS:
            continue
        called, form = value.arguments.get("on_handoff") or NONE, value.arguments.get("input_type")
        function = function_of(called)
        own = isinstance(called, Bound)
        taken = function.node.parameters[1 + own : 2 + own] if function is not None else ()
        if function is not None and form is not None and taken:
            summary = summarize(interp, called, form, function.location, taking=taken[0].name)
            if summary is not None and summary.complete:
                yield message(interp, summary)


def _functions(agent: Object) -> Iterator[Function]:
    tools = agent.content.get("tools")
    given = (*alternatives(agent.content.get("instructions")), *(entry.value for entry in elements(tools)))
    for value in given:
        function = function_of(value)
        if function is not None:
            yield function
