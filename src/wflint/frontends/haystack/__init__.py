"""Haystack: pipelines of components that are connected socket by socket."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property

from wflint.assembly.draft import Draft
from wflint.evaluate.events import Event
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.library import Table
from wflint.evaluate.restoring import folding
from wflint.evaluate.values import Object, Place
from wflint.frontends.haystack.invocations import Call, calls_of
from wflint.frontends.haystack.pipeline import PipelineDraft, fold, unfed
from wflint.frontends.haystack.table import PIPELINES, RUNNING, last_of, table
from wflint.model.workflow import Exchange, Step, Workflow


class Haystack:
    """The front end of Haystack."""

    name = "haystack"
    modules = ("haystack",)
    asked_alone = ()
    brings_others = False

    @cached_property
    def table(self) -> Table:
        return table()

    def assemble(self, interpreter: Interpreter) -> Iterator[Workflow]:
        """Every pipeline with components, each place once."""
        events: dict[int, list[Event]] = {}
        for event in interpreter.events:
            events.setdefault(id(event.subject), []).append(event)
        sites: dict[Place, list[Object]] = {}
        for made in interpreter.objects:
            if made.path in PIPELINES and made.place is not None and events.get(id(made)):
                sites.setdefault(made.place, []).append(made)
        for place, instances in sites.items():
            with folding(interpreter, place):
                chosen = _best(instances, events)
                runs = [event for made in instances for event in events.get(id(made), []) if _is_run(event)]
                workflow = _workflow(interpreter, chosen, events[id(chosen)], runs, self.name)
                if workflow is not None:
                    yield workflow

    def agents(self, interpreter: Interpreter, made: Object) -> tuple[Step, ...]:
        """None: everything that it runs is a workflow."""
        del interpreter, made
        return ()


def _best(instances: list[Object], events: dict[int, list[Event]]) -> Object:
    """Of the pipelines made at one place, one that the repository's own code makes, with most done to it."""
    return max(instances, key=lambda made: (not made.synthetic, len(events.get(id(made), []))))


def _is_run(event: Event) -> bool:
    return last_of(event.path) in RUNNING


def _workflow(
    interp: Interpreter, made: Object, events: list[Event], runs: list[Event], framework: str
) -> Workflow | None:
    assert made.place is not None
    draft = Draft(made.name or made.maker or "pipeline", framework, made.place.span)
    pipeline = PipelineDraft(interp, draft)
    fold(pipeline, events)
    if not draft.steps:
        return None
    calls = calls_of(runs, frozenset(pipeline.components))
    _check_calls(pipeline, calls)
    invocations = tuple(dict.fromkeys(call.invocation() for call in calls))
    workflow = draft.finish(None, None, None, invocations, Exchange.MESSAGES)
    return replace(workflow, exported=not invocations)


def _check_calls(pipeline: PipelineDraft, calls: tuple[Call, ...]) -> None:
    """What no visible run could do without; silent where connections or components are not all known."""
    if not calls or pipeline.draft.unresolved or not all(call.closed for call in calls):
        return
    lacking = [set(unfed(pipeline, call.passed)) for call in calls]
    common = set.intersection(*lacking)
    pipeline.draft.faults += sorted(common, key=lambda fault: (fault.span, fault.subject))
