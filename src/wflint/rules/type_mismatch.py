"""WF109: a step uses a part of a value that the type of the value does not have."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from wflint.analyses.data.reads import Read
from wflint.analyses.data.shown import shown_to
from wflint.analyses.facts import Facts
from wflint.analyses.wording import dependents, nearest
from wflint.model.contract import Certainty, Part, Shape
from wflint.model.finding import Level, Observation, Related
from wflint.model.span import Span
from wflint.model.workflow import Edge, FieldMapping, Workflow


@dataclass(frozen=True, slots=True)
class _Source:
    """Who says what the value is: a step that makes it, or the state's declaration of it where `step` is None."""

    shape: Shape
    span: Span
    step: str | None = None


def check(workflow: Workflow, facts: Facts) -> Iterator[Observation]:
    """Every part that is used and that a value which can get there does not have."""
    for read in facts.reads.all:
        if read.need.parts and read.step in facts.reachability.reached:
            sources = list(_sources(workflow, facts, read))
            for part in read.need.parts:
                lacking = [source for source in sources if source.shape.lacks(part)]
                if lacking:
                    yield _observation(workflow, facts, read, part, lacking[0])
    for read in facts.reads.all:
        if read.step in facts.reachability.reached:
            yield from _wrong_form(workflow, read)
    for edge in workflow.edges:
        yield from (_misfit(workflow, edge, carried) for carried in edge.field_map if not carried.fits)


DICT = frozenset(dir(dict))


def _wrong_form(workflow: Workflow, read: Read) -> Iterator[Observation]:
    """A key of what is no dict, or an attribute of what is one."""
    shown, need = shown_to(workflow, read), read.need
    span = None if shown is None else need.by_attribute if shown.mapping else need.by_key
    if shown is None or span is None or shown.field(need.name) is None or need.name in DICT:
        return
    form, kind, other = ("an attribute", "a dict", "key") if shown.mapping else ("a key", "not a dict", "attribute")
    yield Observation(
        message=f'{read.reader} reads "{need.name}" as {form}, but {shown.name} is {kind}: the run fails; read the {other}',
        span=span,
        key=(read.reader, need.name, form),
        related=(Related(shown.span, f"{shown.name} is declared here"),) if shown.span is not None else (),
        step=read.step,
    )


def _misfit(workflow: Workflow, edge: Edge, carried: FieldMapping) -> Observation:
    """An output that is handed to an input of another type."""
    source, target = workflow.step(edge.source), workflow.step(edge.target)
    offers = [offer for offer in (source.offers if source is not None else ()) if offer.name == carried.offer]
    needs = [need for need in (target.needs if target is not None else ()) if need.name == carried.need]
    given, taken = (each[0].type if each else None for each in (offers, needs))
    return Observation(
        message=f'step "{edge.source}" offers "{carried.offer}" as {given}, but step "{edge.target}" takes it as '
        f'"{carried.need}" of type {taken}; connect another output or convert it',
        span=edge.span,
        key=(edge.source, edge.target, carried.offer, carried.need),
        related=(
            *(Related(offer.span, f'"{offer.name}" comes from here') for offer in offers[:1]),
            *(Related(need.span, f'"{need.name}" is taken here') for need in needs[:1]),
        ),
        step=edge.target,
        edge=(edge.source, edge.target),
    )


def _sources(workflow: Workflow, facts: Facts, read: Read) -> Iterator[_Source]:
    """The steps whose value may get to the reader and is of a declared type; else the state's own declaration."""
    found = [
        _Source(offer.shape, offer.span, step.id)
        for step, offer in facts.definitions.reaching(read)
        if offer.shape is not None
    ]
    yield from found
    field = workflow.state.field(read.need.name) if workflow.state is not None else None
    if field is not None and field.shape is not None and not found:
        yield _Source(field.shape, field.span)


def _observation(workflow: Workflow, facts: Facts, read: Read, part: Part, source: _Source) -> Observation:
    name, shape = read.need.name, source.shape
    near = nearest(part.name, shape.parts)
    of = f'the elements of "{name}"' if part.of_element else f'"{name}"'
    made = f'which step "{source.step}" creates as' if source.step is not None else "which the state declares as"
    advice = f'did you mean "{near}"?' if near else f"add it to {shape.name} or use a declared part"
    has = ", ".join(shape.parts) or "nothing"
    return Observation(
        message=f'{read.reader} uses "{part.name}" of {of}, {made} {shape.name}, but {shape.name} has no such part '
        f"(it has {has}){dependents(facts.impact, read.step)}; {advice}",
        span=part.span,
        key=(read.reader, name, part.name),
        related=(
            Related(shape.span, f"{shape.name} is declared here"),
            *((Related(source.span, f'step "{source.step}" writes "{name}" here'),) if source.step else ()),
        ),
        level=_level(part, source),
        step=read.step,
        edge=_edge(workflow, source, read),
    )


def _level(part: Part, source: _Source) -> Level:
    """A declaration alone does not prove what is stored there."""
    return Level.ERROR if source.step is not None and part.certainty is Certainty.CERTAIN else Level.WARNING


def _edge(workflow: Workflow, source: _Source, read: Read) -> tuple[str, str] | None:
    """The edge from the producer to the reader, where there is one."""
    pair = (source.step or "", read.step)
    return pair if any(edge.target == read.step for edge in workflow.index.edges_from(pair[0])) else None
