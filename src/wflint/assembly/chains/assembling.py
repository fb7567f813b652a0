"""Agents that plain code runs, and models that it asks, one after the other: workflows of the function around them."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from pathlib import PurePosixPath

from msgspec import Struct, field
from msgspec.structs import replace

from wflint.assembly.chains.actors import Actor, Actors, asker
from wflint.assembly.chains.call_sites import CallSites
from wflint.assembly.chains.data_dependences import DataDependence, DependenceFinder, common, home_of
from wflint.assembly.chains.draft import fold
from wflint.assembly.chains.edges import CodeWorkflowBuilder
from wflint.assembly.chains.names import names_of, way_of
from wflint.assembly.chains.questions import Question
from wflint.assembly.chains.runs import Run
from wflint.assembly.draft import numbered
from wflint.evaluate.answers import Answer
from wflint.evaluate.events import Frame
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.restoring import folding
from wflint.model.contract import FormatExpectation
from wflint.model.span import Span
from wflint.model.workflow import Workflow

FEWEST = 2
"""Steps of a chain: one agent that somebody talks to again and again makes no workflow."""


class CodeSequence(Struct):
    """Runs that hang together, each time that the function around them was gone through."""

    name: str
    span: Span
    home: Frame
    runs: dict[Run, Frame] = field(default_factory=dict)
    dependences: list[DataDependence] = field(default_factory=list)


class CodeWorkflow(Struct, frozen=True):
    """The workflow that a chain comes to, and the runs in it."""

    workflow: Workflow
    runs: tuple[Run, ...]


def code_workflows(
    interp: Interpreter, runs: Sequence[Run], actors: Actors, heard: Mapping[Answer, tuple[FormatExpectation, ...]]
) -> Iterator[CodeWorkflow]:
    """Every chain of at least two different steps, in a function that is not a workflow already."""
    known = {run: actor for run in runs if (actor := actors.of(run.subject)) is not None}
    asked = {run for run in runs if isinstance(run.subject, Question) and not actors.within_step(run)}
    linker = DependenceFinder(
        interp.control_dependences, {run.answer: run for run in runs if run in known or run in asked}
    )
    taken = {workflow.span for workflow in actors.workflows}
    sites = CallSites()
    for sequence in _sequences(_parts(linker.dependences(linker.sources.values())), known):
        if sequence.span not in taken and not _is_steps_own(interp, sequence, asked):
            location = next(iter(sequence.runs)).api_call.location
            with folding(interp, location):
                agents = _agents(sequence, known)
                named = agents | _questions(sequence, agents, sites)
                yield CodeWorkflow(_workflow(interp, sequence, named, heard), tuple(sequence.runs))


def _workflow(
    interp: Interpreter,
    sequence: CodeSequence,
    actors: dict[Run, Actor],
    heard: Mapping[Answer, tuple[FormatExpectation, ...]],
) -> Workflow:
    ordered = sorted(sequence.runs, key=lambda run: run.number)
    runs = [(run, actors[run]) for run in ordered]
    return fold(
        CodeWorkflowBuilder.of(interp, runs, sequence.dependences, home_of(sequence.home), heard),
        sequence.name,
        sequence.span,
    )


def _is_steps_own(interp: Interpreter, sequence: CodeSequence, asked: Container[Run]) -> bool:
    """Whether some step runs the code around questions: what is asked there is its work."""
    function = sequence.home.function
    watched = function is not None and id(function.node) in interp.summarized
    return watched and any(run in asked for run in sequence.runs)


def _agents(sequence: CodeSequence, known: Mapping[Run, Actor]) -> dict[Run, Actor]:
    """The agents of a chain as steps; those that are made in several places under one name are numbered."""
    named: dict[tuple[str, Span], str] = {}
    found: dict[Run, Actor] = {}
    for run in sorted((run for run in sequence.runs if run in known), key=lambda run: run.number):
        for step in known[run].steps:
            if (step.id, step.span) not in named:
                named[step.id, step.span] = numbered(step.id, set(named.values()))
        steps = tuple(replace(step, id=named[step.id, step.span]) for step in known[run].steps)
        found[run] = replace(known[run], steps=steps)
    return found


def _questions(sequence: CodeSequence, known: Mapping[Run, Actor], sites: CallSites) -> dict[Run, Actor]:
    """The questions of a chain as steps, under names of their own."""
    ways = {run: way_of(run, frame) for run, frame in sequence.runs.items() if run not in known}
    first = {way: (run, sequence.runs[run]) for run, way in reversed(ways.items())}
    taken = {name for run in sequence.runs if run in known for name in known[run].names}
    names = names_of(dict(reversed(first.items())), sites, taken)
    return {run: asker(run.subject, names[way]) for run, way in ways.items() if isinstance(run.subject, Question)}


def _sequences(parts: Iterable[list[DataDependence]], known: Mapping[Run, Actor]) -> Iterator[CodeSequence]:
    """Linked runs, gathered by the innermost function that sees all of them."""
    found: dict[object, CodeSequence] = {}
    for part in parts:
        runs = sorted(
            {run for dependence in part for run in (dependence.source, dependence.target)}, key=lambda run: run.number
        )
        around = common(*runs)
        if around and len(_different(runs, around[-1], known)) >= FEWEST:
            sequence = found.setdefault(home_of(around[-1]), _begun(around[-1], runs[0]))
            sequence.runs |= dict.fromkeys(runs, around[-1])
            sequence.dependences += part
    yield from found.values()


def _different(runs: Iterable[Run], around: Frame, known: Mapping[Run, Actor]) -> set[object]:
    """What tells the steps of runs apart: the names and places of agents, and the ways that lead to questions."""
    asked = {way_of(run, around) for run in runs if run not in known}
    return asked.union((step.id, step.span) for run in runs if run in known for step in known[run].steps)


def _parts(dependences: Iterable[DataDependence]) -> Iterator[list[DataDependence]]:
    """Links in groups that share no run; the larger of two that meet takes in the other."""
    group: dict[Run, list[DataDependence]] = {}
    for dependence in dependences:
        mine, theirs = group.setdefault(dependence.source, []), group.setdefault(dependence.target, [])
        larger, smaller = (mine, theirs) if len(mine) >= len(theirs) else (theirs, mine)
        larger.append(dependence)
        if larger is not smaller:
            larger.extend(smaller)
            group |= {run: larger for other in (dependence, *smaller) for run in (other.source, other.target)}
    yield from {id(part): part for part in group.values()}.values()


def _begun(frame: Frame, first: Run) -> CodeSequence:
    function = frame.function
    if function is None:
        return CodeSequence(PurePosixPath(frame.module.path).stem, first.api_call.span, frame)
    owner = f"{function.owner.name}." if function.owner is not None else ""
    return CodeSequence(f"{owner}{function.name}", function.location.span, frame)
