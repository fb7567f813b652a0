"""What agents of Agent Framework refuse, be they part of a workflow or not (agent-framework-core 1.23)."""

from __future__ import annotations

from collections.abc import Iterator

from wflint.assembly.agents import part
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.values import Function, Object
from wflint.frontends.agent_framework.participants import AGENT
from wflint.frontends.agent_framework.table import AGENTS
from wflint.model.workflow import Fault, FaultKind


def refused_agents(interp: Interpreter) -> Iterator[Fault]:
    """Agents with two tools of one name."""
    for made in interp.objects:
        if made.location is None or made.site.module.stub:
            continue
        if made.path in AGENTS:
            yield from _tools_of_one_name(made)


def _tools_of_one_name(agent: Object) -> Iterator[Fault]:
    named = [(name, entry) for name, entry in AGENT.named(part(agent, "tools")) if entry.certain]
    names = [name for name, entry in named if isinstance(entry.value, Function)]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        subject = f'two tools "{twice}" of an agent'
        yield Fault(FaultKind.REFUSED, subject, agent.site.span, detail="the run fails; give one of them another name")
