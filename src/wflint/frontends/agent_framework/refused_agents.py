"""What agents of Agent Framework refuse, be they part of a workflow or not (agent-framework-core 1.23)."""

from __future__ import annotations

from collections.abc import Iterator

from wflint.assembly.agents import part
from wflint.evaluate.class_values import Class
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.values import Function, Object, last_of
from wflint.frontends.agent_framework.participants import AGENT, is_executor
from wflint.frontends.agent_framework.table import AGENTS
from wflint.model.workflow import Fault, FaultKind
from wflint.source.code import Attribute, Call, Name
from wflint.source.walking import body_of, nodes_in

BASE = "Executor"
PREPARING = "__init__"


def refused_agents(interp: Interpreter) -> Iterator[Fault]:
    """Agents with two tools of one name, and executors whose constructor leaves out that of their base."""
    for made in interp.objects:
        if made.location is None or made.site.module.stub:
            continue
        if made.path in AGENTS:
            yield from _tools_of_one_name(made)
        elif made.cls is not None and is_executor(made):
            yield from _not_set_up(made, made.cls)


def _tools_of_one_name(agent: Object) -> Iterator[Fault]:
    named = [(name, entry) for name, entry in AGENT.named(part(agent, "tools")) if entry.certain]
    names = [name for name, entry in named if isinstance(entry.value, Function)]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        subject = f'two tools "{twice}" of an agent'
        yield Fault(FaultKind.REFUSED, subject, agent.site.span, detail="the run fails; give one of them another name")


def _not_set_up(made: Object, cls: Class) -> Iterator[Fault]:
    """An object of a class whose own constructor calls no other one: it has no id."""
    own = cls.content.get(PREPARING)
    libraries = {last_of(base) for base in cls.libraries()}
    if not isinstance(own, Function) or libraries != {BASE} or len(list(cls.lineage())) > 1:
        return
    calls = [node.func for node in nodes_in(body_of(own.node)) if isinstance(node, Call)]
    prepares = any(isinstance(each, Attribute) and each.name == PREPARING for each in calls)
    if not prepares and not any(isinstance(each, Name) and each.id == "super" for each in calls):
        why = "its `__init__` does not call `super().__init__(id=...)`, so it has no id: it fails"
        yield Fault(FaultKind.REFUSED, f'executor "{cls.name}"', made.site.span, own.location.span, why)
