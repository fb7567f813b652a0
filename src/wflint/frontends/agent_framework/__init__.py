"""Microsoft Agent Framework: `WorkflowBuilder` and the ready-made orchestrations."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property

from wflint.assembly.draft import Draft
from wflint.assembly.groups import counted, variants
from wflint.assembly.unmodelled import open_unmodelled
from wflint.evaluate.events import ApiCall
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.library import LibraryModel
from wflint.evaluate.restoring import folding
from wflint.evaluate.values import Location, Object
from wflint.frontends.agent_framework.building import Building
from wflint.frontends.agent_framework.graph import fold_graph
from wflint.frontends.agent_framework.orchestrations import fold_orchestration
from wflint.frontends.agent_framework.participants import identity, participant
from wflint.frontends.agent_framework.table import (
    AGENTS,
    CONSTRUCTORS,
    RUNNING,
    WORKFLOW,
    BuilderKind,
    kind_of,
    last,
    table,
)
from wflint.model.workflow import Exchange, Invocation, Step, StepKind, Workflow


class AgentFramework:
    """The front end of Microsoft's Agent Framework."""

    name = "agent-framework"
    modules = ("agent_framework", "agent_framework_orchestrations")
    constructors = CONSTRUCTORS
    asked_alone = ()
    brings_others = False
    lists_alone = False

    @cached_property
    def table(self) -> LibraryModel:
        return table()

    def assemble(self, interpreter: Interpreter) -> Iterator[Workflow]:
        """What every `.build()` makes; of several runs that make one workflow, the one with most to see."""
        runs = _runs(interpreter)
        for location, builds in _sites(interpreter).items():
            with folding(interpreter, location):
                drafts = [(api_call, self._folded(interpreter, api_call, before)) for api_call, before in builds]
                groups = variants(counted(drafts, _builder), _builder, lambda item: item[1].shape)
                for number, group in enumerate(groups):
                    best = max((draft for _, draft in group), key=lambda draft: (len(draft.steps), len(draft.edges)))
                    best.variant = number
                    workflow = best.finish(None, None, None, (), Exchange.MESSAGES)
                    if any(step.kind not in (StepKind.START, StepKind.END) for step in workflow.steps):
                        whole = [api_call for api_call, _ in (drafts if len(groups) == 1 else group)]
                        made = [api_call.result for api_call in whole]
                        called = tuple(run for workflow_, run in runs if any(workflow_ is each for each in made))
                        yield replace(workflow, invocations=called)

    def agents(self, interpreter: Interpreter, made: Object) -> tuple[Step, ...]:
        """An agent that is run without a workflow."""
        name = identity(made) if made.path in AGENTS else None
        if name is None or made.location is None:
            return ()
        return (participant(interpreter, made, name, made.location).step,)

    def _folded(self, interp: Interpreter, build: ApiCall, before: list[ApiCall]) -> Draft:
        builder, made = build.subject, build.result
        assert isinstance(builder, Object)
        assert isinstance(made, Object)
        draft = Draft(made.name or made.created_in or "workflow", self.name, build.location.span)
        if builder.location is not None:
            draft.constructed_at.append(builder.location.span)
        open_unmodelled(draft, before, interp.library_model)
        building = Building(interp, builder, draft)
        kind = kind_of(builder)
        if kind is BuilderKind.GRAPH:
            fold_graph(building, before)
        elif kind is not None:
            fold_orchestration(building, kind, before)
        return draft


def _sites(interp: Interpreter) -> dict[Location, list[tuple[ApiCall, list[ApiCall]]]]:
    """The builds by place, each with the calls on its builder before it."""
    calls: dict[int, list[ApiCall]] = {}
    sites: dict[Location, list[tuple[ApiCall, list[ApiCall]]]] = {}
    for api_call in list(interp.api_calls):
        builder = api_call.subject
        if not isinstance(builder, Object) or kind_of(builder) is None:
            continue
        if last(api_call.path) == "build":
            sites.setdefault(api_call.location, []).append((api_call, list(calls.get(id(builder), ()))))
        else:
            calls.setdefault(id(builder), []).append(api_call)
    return sites


def _builder(item: tuple[ApiCall, Draft]) -> Object:
    builder = item[0].subject
    assert isinstance(builder, Object)
    return builder


def _runs(interp: Interpreter) -> list[tuple[Object, Invocation]]:
    """Every visible start of a workflow; the message that it is given has no fields to speak of."""
    return [
        (api_call.subject, Invocation((), api_call.location.span, closed=False))
        for api_call in interp.api_calls
        if isinstance(api_call.subject, Object) and api_call.subject.path == WORKFLOW and last(api_call.path) in RUNNING
    ]
