"""Loops of plain code around runs: those that end only when a model has said the word, and those whose prompts grow."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from wflint.assembly.chains.actors import Actors
from wflint.assembly.chains.common_talks import common_talks
from wflint.assembly.chains.runs import Run
from wflint.assembly.chains.shared_talks import shared_talks
from wflint.assembly.contracts.growth import extended, local_name, told_whole
from wflint.assembly.contracts.retry_schemes import levels_around, retry_schemes
from wflint.assembly.contracts.started_together import run_together
from wflint.assembly.contracts.stuck_attributes import stuck_attributes
from wflint.assembly.contracts.stuck_tests import compared_attributes, stuck_tests
from wflint.assembly.contracts.verdicts import ends_by_verdict, recurs_by_verdict
from wflint.evaluate.events import ApiCall
from wflint.evaluate.modules import Module
from wflint.evaluate.values import Function, Location, Object
from wflint.model.code_runs import StuckLoop, SwellingLoop, VerdictLoop
from wflint.model.conduct import StartedTogether, Told
from wflint.model.span import Span
from wflint.model.workflow import Step, Workflow
from wflint.source import code
from wflint.source.code import TextRange
from wflint.source.walking import around, holds

FEWEST = 2
"""Steps of a loop that a word ends: one that says itself when it is done is an agent, which its tools keep going."""


class CodeLoop(Struct):
    """A loop, with what is run in it and where."""

    loop: code.While | code.For
    module: Module
    function: code.FunctionDef
    steps: dict[str, None] = field(default_factory=dict)
    places: dict[TextRange, str] = field(default_factory=dict)

    @property
    def location(self) -> Location:
        """Where it says how long it goes on."""
        loop = self.loop
        return Location(self.module, loop.test.at if isinstance(loop, code.While) else loop.iterable.at)


def loops_of(runs: Iterable[tuple[Run, tuple[str, ...]]]) -> tuple[CodeLoop, ...]:
    """The loops around some runs, each of which goes by some names."""
    found: dict[tuple[str, TextRange], CodeLoop] = {}
    for run, names in runs:
        for module, function, loop, place in _loops(run.api_call):
            known = found.setdefault((module.path, loop.at), CodeLoop(loop, module, function))
            known.steps |= dict.fromkeys(names)
            known.places.setdefault(place, next(iter(names), ""))
    return tuple(found.values())


def whole(workflow: Workflow) -> tuple[Span, str]:
    """What tells a workflow apart before it has an id."""
    return workflow.span, workflow.name


def runs_by_workflow(runs: Iterable[Run], actors: Actors) -> Mapping[tuple[Span, str], list[Run]]:
    """The runs of whole workflows by plain code."""
    found: dict[tuple[Span, str], list[Run]] = defaultdict(list)
    for run in runs:
        workflow = actors.workflow_of(run.subject)
        if workflow is not None:
            found[whole(workflow)].append(run)
    return found


def looped(workflow: Workflow, runs: Sequence[Run]) -> Workflow:
    """The workflow, with the loops around its runs that tell it more and more, and what starts many at once."""
    loops = loops_of((run, (workflow.name,)) for run in runs)
    return replace(
        workflow,
        swelling_loops=swelling_loops(loops),
        stuck_loops=stuck_loops(loops),
        shared_talks=shared_talks((run, (workflow.name,)) for run in runs),
        common_talks=(*workflow.common_talks, *common_talks((run, (workflow.name,)) for run in runs)),
        started_together=_started_together(workflow, runs),
    )


def _started_together(workflow: Workflow, runs: Iterable[Run]) -> tuple[StartedTogether, ...]:
    """The places outside the workflow's own code that start its runs for all items of a list at once."""
    found = dict.fromkeys(one for run in runs if (one := run_together(run.api_call)) is not None)
    inside = workflow.span
    return tuple(one for one in found if one.span.path != inside.path or not inside.covers(one.span.line))


def started_together(runs: Iterable[Run]) -> tuple[StartedTogether, ...]:
    """The place that starts all of the runs that plain code is made of, for all items of a list at once."""
    found = {run_together(run.api_call) for run in runs}
    return tuple(one for one in found if one is not None and len(found) == 1)


def retried(step: Step, run: Run) -> Step:
    """The step with what in the functions around makes the run again where it fails; a script has none."""
    found = dict.fromkeys((*step.conduct.retry_schemes, *retry_schemes(levels_around(run.api_call))))
    return replace(step, conduct=replace(step.conduct, retry_schemes=tuple(found)))


def verdict_loops(loops: Iterable[CodeLoop]) -> tuple[VerdictLoop, ...]:
    """Those that run several steps and end only when a model has said the word."""
    several = (one for one in loops if len(one.steps) >= FEWEST and isinstance(one.loop, code.While))
    return tuple(
        VerdictLoop(tuple(one.steps), one.location.span)
        for one in several
        if isinstance(one.loop, code.While) and ends_by_verdict(one.loop, one.places)
    )


def verdict_recursions(runs: Iterable[tuple[Run, tuple[str, ...]]]) -> tuple[VerdictLoop, ...]:
    """The functions around several steps that call themselves until a model has said the word."""
    functions: dict[tuple[str, TextRange], tuple[Function, dict[str, None], set[TextRange]]] = {}
    for run, names in runs:
        for function, place in levels_around(run.api_call):
            if isinstance(function.node, code.FunctionDef) and place.module is function.module:
                _, steps, places = functions.setdefault((place.module.path, function.node.at), (function, {}, set()))
                steps |= dict.fromkeys(names)
                places.add(place.at)
    several = (one for one in functions.values() if len(one[1]) >= FEWEST)
    return tuple(
        VerdictLoop(tuple(steps), Location(function.module, again).span, function.name)
        for function, steps, places in several
        if isinstance(function.node, code.FunctionDef)
        and (again := recurs_by_verdict(function.node, places)) is not None
    )


def stuck_loops(loops: Iterable[CodeLoop]) -> tuple[StuckLoop, ...]:
    """Those that a count bounds which nothing changes."""
    found = ((one, _stuck(one, one.loop)) for one in loops if isinstance(one.loop, code.While))
    return tuple(
        StuckLoop(tuple(one.steps), name, Location(one.module, at).span, one.location.span)
        for one, stuck in found
        for name, at in stuck
    )


def _stuck(one: CodeLoop, loop: code.While) -> Iterator[tuple[str, TextRange]]:
    yield from stuck_tests(one.function, loop)
    kept = stuck_attributes(one.function, one.module, compared_attributes(loop))
    yield from ((f"{owner}.{name}", at) for owner, name, at in kept)


def swelling_loops(loops: Iterable[CodeLoop]) -> tuple[SwellingLoop, ...]:
    """Those that tell a step all that each round adds to a name."""
    found: dict[SwellingLoop, None] = {}
    for one in loops:
        longer = extended(one.loop.body, local_name)
        for name, at in told_whole(one.loop.body, one.places, local_name) if longer else ():
            if name in longer:
                told = Told(name, Location(one.module, at).span)
                found[SwellingLoop(one.places[at], told, one.location.span)] = None
    return tuple(found)


def is_looped(api_call: ApiCall) -> bool:
    """Whether a loop in the code around may make a call several times."""
    return any(_loops(api_call))


def begins_afresh(api_call: ApiCall) -> bool:
    """Whether the function that makes a call makes what it is about, too, in the same round of its loops."""
    made, callers = api_call.subject, tuple(frame.caller for frame in api_call.stack if frame.caller is not None)
    if not isinstance(made, Object) or not callers or made.context[: len(callers)] != callers:
        return False
    place = made.context[len(callers)] if len(made.context) > len(callers) else made.site
    function = next((frame.function for frame in reversed(api_call.stack) if frame.function is not None), None)
    body = function.node.body if function is not None and isinstance(function.node, code.FunctionDef) else ()
    nodes = around(body, api_call.location.at)
    loops = (node for node in nodes if isinstance(node, code.While | code.For | code.Comprehension))
    return bool(body) and all(holds(loop.at, place.at) for loop in loops)


def _loops(api_call: ApiCall) -> Iterator[tuple[Module, code.FunctionDef, code.While | code.For, TextRange]]:
    """The loops around a run, each with the function that it is in and the place that leads to the run."""
    for function, place in levels_around(api_call):
        if isinstance(function.node, code.FunctionDef) and place.module is function.module:
            for node in around(function.node.body, place.at):
                if isinstance(node, code.While | code.For) and _holds(node, place.at):
                    yield place.module, function.node, node, place.at


def _holds(loop: code.While | code.For, place: TextRange) -> bool:
    return any(holds(one.at, place) for one in loop.body)
