"""Agents that plain code runs one after the other: a workflow too, of the function that sees all of the runs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from wflint.assembly.actors import Actor, Actors
from wflint.assembly.chain_draft import fold
from wflint.assembly.chain_edges import Chaining
from wflint.assembly.links import Link, Linker, common, home_of
from wflint.assembly.runs import Run
from wflint.evaluate.answers import Answer
from wflint.evaluate.events import Frame
from wflint.evaluate.interpreter import Interpreter
from wflint.model.contract import Parsing
from wflint.model.span import Span
from wflint.model.workflow import Workflow

FEWEST = 2
"""Steps of a chain: one agent that somebody talks to again and again makes no workflow."""


@dataclass(slots=True)
class Chain:
    """Runs that hang together, each time that the function around them was gone through."""

    name: str
    span: Span
    home: object
    runs: list[Run] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Chained:
    """The workflow that a chain comes to, and the runs in it."""

    workflow: Workflow
    runs: tuple[Run, ...]


def chains(
    interp: Interpreter, runs: Sequence[Run], actors: Actors, heard: Mapping[Answer, tuple[Parsing, ...]]
) -> Iterator[Chained]:
    """Every chain of at least two different steps, in a function that is not a workflow already."""
    known = {run: actor for run in runs if (actor := actors.of(run.subject)) is not None}
    linker = Linker(interp.grounds, {run.answer: run for run in known})
    taken = {workflow.span for workflow in actors.workflows}
    links = [part for part in _parts(linker.links(known)) if len(_names(part, known)) >= FEWEST]
    for chain in _chains(links):
        if chain.span not in taken:
            yield Chained(_workflow(interp, chain, known, heard), tuple(chain.runs))


def _workflow(
    interp: Interpreter, chain: Chain, actors: dict[Run, Actor], heard: Mapping[Answer, tuple[Parsing, ...]]
) -> Workflow:
    chain.runs.sort(key=lambda run: run.number)
    runs = [(run, actors[run]) for run in chain.runs]
    return fold(Chaining.of(interp, runs, chain.links, chain.home, heard), chain.name, chain.span)


def _names(part: Iterable[Link], actors: dict[Run, Actor]) -> set[str]:
    """The steps that links lead from and to."""
    runs = {run for link in part for run in (link.source, link.target)}
    return {name for run in runs for name in actors[run].names}


def _chains(parts: Iterable[list[Link]]) -> Iterator[Chain]:
    """Linked runs, gathered by the innermost function that sees all of them."""
    found: dict[object, Chain] = {}
    for part in parts:
        runs = sorted({run for link in part for run in (link.source, link.target)}, key=lambda run: run.number)
        around = common(*runs)
        if around:
            chain = found.setdefault(home_of(around[-1]), _begun(around[-1], runs[0]))
            chain.runs += runs
            chain.links += part
    yield from found.values()


def _parts(links: Iterable[Link]) -> Iterator[list[Link]]:
    """Links in groups that share no run."""
    group: dict[Run, list[Link]] = {}
    for link in links:
        mine, theirs = group.setdefault(link.source, []), group.setdefault(link.target, [])
        mine.append(link)
        if mine is not theirs:
            mine.extend(theirs)
            group.update({run: mine for other in mine for run in (other.source, other.target)})
    seen: set[int] = set()
    for part in group.values():
        if id(part) not in seen:
            seen.add(id(part))
            yield part


def _begun(frame: Frame, first: Run) -> Chain:
    function = frame.function
    if function is None:
        return Chain(PurePosixPath(frame.module.path).stem, first.event.place.span, home_of(frame))
    owner = f"{function.owner.name}." if function.owner is not None else ""
    return Chain(f"{owner}{function.name}", function.place.span, home_of(frame))
