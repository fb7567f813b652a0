"""Microsoft Agent Framework: `WorkflowBuilder` and the ready-made orchestrations."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property

from wflint.assembly.draft import Draft
from wflint.assembly.unfamiliar import open_unfamiliar
from wflint.evaluate.events import Event
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.library import Table
from wflint.evaluate.restoring import folding
from wflint.evaluate.values import Object, Place
from wflint.frontends.agent_framework.building import Building
from wflint.frontends.agent_framework.graph import fold_graph
from wflint.frontends.agent_framework.orchestrations import fold_orchestration
from wflint.frontends.agent_framework.participants import identity, participant
from wflint.frontends.agent_framework.table import AGENTS, RUNNING, WORKFLOW, BuilderKind, kind_of, last, table
from wflint.model.workflow import Exchange, Invocation, Step, StepKind, Workflow

MOST_INSTANCES = 6


class AgentFramework:
    """The front end of Microsoft's Agent Framework."""

    name = "agent-framework"
    modules = ("agent_framework", "agent_framework_orchestrations")
    asked_alone = ()
    brings_others = False

    @cached_property
    def table(self) -> Table:
        return table()

    def assemble(self, interpreter: Interpreter) -> Iterator[Workflow]:
        """What every `.build()` makes, once per place; of several runs of one place, the one with most to see."""
        runs = _runs(interpreter)
        for place, builds in _sites(interpreter).items():
            with folding(interpreter, place):
                found = [self._folded(interpreter, event, before) for event, before in builds[:MOST_INSTANCES]]
                best = max(found, key=lambda workflow: (len(workflow.steps), len(workflow.edges)))
                if any(step.kind not in (StepKind.START, StepKind.END) for step in best.steps):
                    made = [event.result for event, _ in builds]
                    called = tuple(run for workflow, run in runs if any(workflow is each for each in made))
                    yield replace(best, invocations=called)

    def agents(self, interpreter: Interpreter, made: Object) -> tuple[Step, ...]:
        """An agent that is run without a workflow."""
        name = identity(made) if made.path in AGENTS else None
        if name is None or made.place is None:
            return ()
        return (participant(interpreter, made, name, made.place).step,)

    def _folded(self, interp: Interpreter, build: Event, before: list[Event]) -> Workflow:
        builder, made = build.subject, build.result
        assert isinstance(builder, Object)
        assert isinstance(made, Object)
        draft = Draft(made.name or made.maker or "workflow", self.name, build.place.span)
        open_unfamiliar(draft, before, interp.table)
        building = Building(interp, builder, draft)
        kind = kind_of(builder)
        if kind is BuilderKind.GRAPH:
            fold_graph(building, before)
        elif kind is not None:
            fold_orchestration(building, kind, before)
        return draft.finish(None, None, None, (), Exchange.MESSAGES)


def _sites(interp: Interpreter) -> dict[Place, list[tuple[Event, list[Event]]]]:
    """The builds by place, each with the calls on its builder before it; guesses only where no real call came by."""
    calls: dict[int, list[Event]] = {}
    sites: dict[Place, list[tuple[Event, list[Event]]]] = {}
    for event in list(interp.events):
        builder = event.subject
        if not isinstance(builder, Object) or kind_of(builder) is None:
            continue
        if last(event.path) == "build":
            sites.setdefault(event.place, []).append((event, list(calls.get(id(builder), ()))))
        else:
            calls.setdefault(id(builder), []).append(event)
    return {place: [item for item in builds if not _guessed(item[0])] or builds for place, builds in sites.items()}


def _guessed(build: Event) -> bool:
    return isinstance(build.subject, Object) and build.subject.synthetic


def _runs(interp: Interpreter) -> list[tuple[Object, Invocation]]:
    """Every visible start of a workflow; the message that it is given has no fields to speak of."""
    return [
        (event.subject, Invocation((), event.place.span, closed=False))
        for event in interp.events
        if isinstance(event.subject, Object) and event.subject.path == WORKFLOW and last(event.path) in RUNNING
    ]
