"""What agents of Agent Framework refuse, be they part of a workflow or not (agent-framework-core 1.23)."""

from __future__ import annotations

from collections.abc import Iterator

from wflint.assembly.agents import part
from wflint.assembly.sequences import elements
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.values import Function, Object
from wflint.frontends.agent_framework.participants import AGENT
from wflint.frontends.agent_framework.table import AGENTS
from wflint.model.workflow import Fault, FaultKind
from wflint.source.code import FunctionDef


def refused_agents(interp: Interpreter) -> Iterator[Fault]:
    """Agents with two tools of one name, and those with middleware that does not say what it is for."""
    for made in interp.objects:
        if made.location is None or made.site.module.stub:
            continue
        if made.path in AGENTS:
            yield from _tools_of_one_name(made)
            yield from _middleware_of_no_kind(made)


def _tools_of_one_name(agent: Object) -> Iterator[Fault]:
    named = [(name, entry) for name, entry in AGENT.named(part(agent, "tools")) if entry.certain]
    names = [name for name, entry in named if isinstance(entry.value, Function)]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        subject = f'two tools "{twice}" of an agent'
        yield Fault(FaultKind.REFUSED, subject, agent.site.span, detail="the run fails; give one of them another name")


def _middleware_of_no_kind(agent: Object) -> Iterator[Fault]:
    """Plain functions among the middleware of an agent that neither a decorator nor an annotation tells the kind of."""
    for entry in elements(part(agent, "middleware")):
        function = entry.value
        if not isinstance(function, Function) or not entry.certain or not isinstance(function.node, FunctionDef):
            continue
        if not function.node.decorators and _is_untold(function):
            text = f'middleware "{function.name}" of an agent'
            why = "its first parameter says what it is for: annotate it, as in `context: AgentContext`; the run fails"
            yield Fault(FaultKind.REFUSED, text, function.location.span, agent.site.span, why)


def _is_untold(function: Function) -> bool:
    taken = [parameter for parameter in function.node.parameters if parameter.name != "self"]
    return len(taken) < FEWEST or taken[0].annotation is None


FEWEST = 2
"""Middleware takes a context and what comes next."""
