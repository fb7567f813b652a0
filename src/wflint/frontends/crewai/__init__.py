"""CrewAI: crews of tasks, `@CrewBase` projects with their YAML, and flows."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from wflint.assembly.argument_locator import ArgumentLocator
from wflint.assembly.frontend import FrontEnd
from wflint.assembly.groups import by_site, counted, variants
from wflint.assembly.recording import once
from wflint.assembly.result_uses import CallerUses, StateAttribute, UsedFields
from wflint.evaluate.class_values import Class
from wflint.evaluate.events import ApiCall
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.restoring import folding
from wflint.evaluate.values import Location, Object
from wflint.frontends.crewai import crews, flows
from wflint.frontends.crewai.agents import agent_steps
from wflint.frontends.crewai.crews import CrewDraft
from wflint.frontends.crewai.declared import declared_flows
from wflint.frontends.crewai.demands import DEMANDS, INHERITED, RESULTS
from wflint.frontends.crewai.hooks import gives_inputs
from wflint.frontends.crewai.invocations import flow_invocations, invocations_of
from wflint.frontends.crewai.parameters import PARAMETERS
from wflint.frontends.crewai.project import PROJECT, methods
from wflint.frontends.crewai.refused_inputs import refused_inputs
from wflint.frontends.crewai.releases import CHANGED, PACKAGE
from wflint.frontends.crewai.table import CONSTRUCTORS, CREW, RUNNING, table
from wflint.frontends.crewai.tasks import key_of
from wflint.frontends.crewai.written import CREWS
from wflint.frontends.crewai.written_flows import FLOWS
from wflint.model.span import Span
from wflint.model.workflow import Invocation, Workflow


def _workflows(interp: Interpreter, framework: str) -> Iterator[Workflow]:
    """Every flow, then every crew: the code of flows is only run here, and may be what runs the crews."""
    drafts = list(_flow_drafts(interp, framework))
    found, caller_uses = _Crews(interp, framework), CallerUses()
    for draft in drafts:
        if draft.cls is not None:
            with folding(interp, draft.cls.location):
                yield flows.finish(draft, partial(_flow_runs, interp, caller_uses, draft.cls))
    yield from declared_flows(interp, framework)
    yield from found.workflows()


def _flow_drafts(interp: Interpreter, framework: str) -> Iterator[flows.FlowDraft]:
    for cls in list(interp.classes):
        with folding(interp, cls.location):
            draft = flows.fold(interp, cls, framework) if flows.is_flow(interp, cls) else None
            if draft is not None:
                yield draft


def _flow_runs(
    interp: Interpreter, caller_uses: CallerUses, cls: Class, fields: frozenset[str]
) -> tuple[Invocation, ...]:
    """The runs of a flow whose state has some fields."""
    api_calls = [e for e in interp.api_calls if isinstance(e.subject, Object) and e.subject.cls is cls]
    state_attribute = StateAttribute("state", fields, frozenset(RUNNING) | {"plot"})
    return flow_invocations(
        api_calls,
        lambda location: UsedFields() if flows.is_kept(cls) else caller_uses.uses_of_state(location, state_attribute),
        closed=not once(interp, gives_inputs, lambda: gives_inputs(interp)),
        kept=flows.is_kept(cls),
    )


class _Crews:
    """The crews of a run, grouped by the place that makes them; `spans` are where each is shown."""

    def __init__(self, interp: Interpreter, framework: str) -> None:
        self.interp = interp
        self.framework = framework
        self.source = ArgumentLocator.of(interp)
        self.sites = by_site(made for made in interp.objects if made.path == CREW)
        self.spans = self._spans()

    def _spans(self) -> dict[object, Span]:
        """A project's first crew is shown at its class, every other one where it is made."""
        spans: dict[object, Span] = {}
        taken: set[object] = set()
        for location, made in self.sites.items():
            project = made[0].content.get(PROJECT)
            if isinstance(project, Class) and project not in taken:
                taken.add(project)
                spans[location] = project.location.span
            else:
                spans[location] = location.span
        return spans

    def workflows(self) -> Iterator[Workflow]:
        """A workflow for each place, and for each way in which its callers fill it."""
        found: list[tuple[list[Object], CrewDraft]] = []
        for location, made in self.sites.items():
            with folding(self.interp, location):
                found += self._variants(location, made)
        elsewhere = frozenset(key_of(task.made) for _, draft in found for task in draft.tasks)
        for made, draft in found:
            if draft.draft.steps or draft.draft.unresolved:
                with folding(self.interp, draft.crew.site):
                    runs = self._runs(made)
                    yield crews.finish(draft, elsewhere, runs, self._invocations(runs, draft))

    def _variants(self, location: Location, made: list[Object]) -> Iterator[tuple[list[Object], CrewDraft]]:
        """The crews that a place makes, those alike together, with the one about which most is known."""
        drafts = [crews.fold(self.interp, self.source, crew, self.framework, self.spans[location]) for crew in made]
        groups = variants(counted(drafts, _crew), _crew, lambda draft: draft.draft.shape)
        for number, group in enumerate(groups):
            best = min(group, key=lambda draft: (draft.draft.lacks_steps, -len(draft.tasks)))
            best.draft.variant = number
            crew_objects = [draft.crew for draft in group]
            yield made if len(groups) == 1 else crew_objects, best

    def _runs(self, made: list[Object]) -> list[ApiCall]:
        known = set(map(id, made))
        return [api_call for api_call in self.interp.api_calls if id(api_call.subject) in known]

    def _invocations(self, runs: list[ApiCall], draft: CrewDraft) -> tuple[Invocation, ...]:
        project = draft.crew.content.get(PROJECT)
        hooked = isinstance(project, Class) and any(True for _ in methods(project, "before_kickoff"))
        hooks = draft.crew.content.get("before_kickoff_callbacks") is not None
        return invocations_of(runs, closed=not (hooked or hooks))


def _crew(draft: CrewDraft) -> Object:
    return draft.crew


CREWAI = FrontEnd(
    "crewai",
    modules=("crewai",),
    constructors=CONSTRUCTORS,
    package=PACKAGE,
    changed=CHANGED,
    demands=DEMANDS,
    results=RESULTS,
    inherited=INHERITED,
    refused=refused_inputs,
    parameters=PARAMETERS,
    library=table,
    workflows=_workflows,
    agents=lambda _, made: agent_steps(made),
    documents=(CREWS, FLOWS),
)
