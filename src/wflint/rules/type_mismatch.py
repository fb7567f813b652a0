"""WF109: a step uses a part of a value that the type of the value does not have."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from wflint.analyses.data.reads import Read
from wflint.analyses.data.shown import dict_read_as_object, shown_to
from wflint.analyses.facts import Facts
from wflint.analyses.wording import dependents, listed, nearest
from wflint.model.contract import Certainty, Offer, Part, Shape, TypedInput
from wflint.model.finding import Level, Observation, Related
from wflint.model.loss import LossKind
from wflint.model.span import Span
from wflint.model.workflow import Edge, EdgeKind, Exchange, FieldMapping, Step, Workflow


class _Source(Struct, frozen=True):
    """Who says what the value is: a step that makes it, or the state's declaration of it where `step` is None."""

    shape: Shape
    span: Span
    step: str | None = None


def check(workflow: Workflow, facts: Facts) -> Iterator[Observation]:
    """Every part that is used and that a value which can get there does not have."""
    told: set[Span] = set()
    for read in facts.reads.all:
        if read.need.parts and read.step in facts.reachability.reached:
            sources = list(_sources(workflow, facts, read))
            for part in read.need.parts:
                if _may_be_added(workflow, read, part):
                    continue
                lacking = [source for source in sources if source.shape.lacks(part)]
                if lacking and not (len(lacking) < len(sources) and _is_merged(workflow, read, part)):
                    told.add(part.span)
                    yield _observation(workflow, facts, read, part, lacking[0])
    yield from _wrong_forms(workflow, facts)
    for step in workflow.steps:
        yield from (found for found in _untaken(step) if found.span not in told)
    for edge in workflow.edges:
        yield from (_misfit(workflow, edge, carried) for carried in edge.field_map if not carried.fits)
        yield from _misread(workflow, edge)
    yield from (loss.observation for loss in workflow.losses if loss.kind in (LossKind.EARLY, LossKind.ABSENT))
    yield from _left_out(workflow)


def _left_out(workflow: Workflow) -> Iterator[Observation]:
    """Fields of the state that a caller takes from the result, and that the declared output keeps back."""
    outputs, state = workflow.outputs, workflow.state
    if outputs is None or state is None or not outputs.closed or workflow.exchange is not Exchange.STATE:
        return
    for call in workflow.invocations:
        for name in sorted({*call.takes} & state.names - outputs.names):
            yield Observation(
                message=f'the caller takes "{name}" from the result, but the output of the workflow, {outputs.name}, '
                f"keeps it back; declare it there, or leave it alone",
                span=call.span,
                key=("result", name),
                related=(Related(outputs.span, f"{outputs.name} is declared here"),)
                if outputs.span is not None
                else (),
                level=Level.WARNING,  # it may ask with a default
            )


def _is_change(read: Read, offer: Offer) -> bool:
    """Whether a step only changes something inside of what others have written."""
    return offer.shape is None and read.need.name in offer.derived_from


def _wrong_forms(workflow: Workflow, facts: Facts) -> Iterator[Observation]:
    """The first read of each reader that takes what it is shown for something else: the others fail alike."""
    told: set[str] = set()
    for read in facts.reads.all:
        if read.step in facts.reachability.reached and read.reader not in told:
            for observation in _wrong_form(workflow, read):
                told.add(read.reader)
                yield observation


def _wrong_form(workflow: Workflow, read: Read) -> Iterator[Observation]:
    """A key of what is no dict, or an attribute of what is one."""
    held, need = dict_read_as_object(workflow, read), read.need
    shown = held or shown_to(workflow, read)
    span = need.by_attribute if held is not None else need.by_key
    if shown is None or span is None or (held is None and (shown.mapping or shown.field(need.name) is None)):
        return
    form, kind, other = ("an attribute", "a dict", "key") if held is not None else ("a key", "not a dict", "attribute")
    advice = f"; read the {other}" if shown.field(need.name) is not None else ""
    yield Observation(
        message=f'{read.reader} reads "{need.name}" as {form}, but {shown.name} is {kind}: the run fails{advice}',
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
    written = facts.definitions.reaching(read)
    reworked = _is_reworked(workflow, read) or any(_is_change(read, offer) for _, offer in written)
    found = [
        _Source(offer.shape, offer.span, step.id)
        for step, offer in written
        if offer.shape is not None and not (offer.shape.keyed and reworked)
    ]
    yield from found
    field = workflow.state.field(read.need.name) if workflow.state is not None else None
    if field is not None and field.shape is not None and not found and not _may_set_otherwise(workflow, read):
        yield _Source(field.shape, field.span)


def _may_be_added(workflow: Workflow, read: Read, part: Part) -> bool:
    """Whether some step changes something in what has the part, or in what that is in."""
    way = ".".join((read.need.name, *part.path, *(["[]"] if part.of_element else []))) + "."
    return any(way.startswith(f"{changed}.") for step in workflow.steps for changed in step.conduct.reworked)


def _may_set_otherwise(workflow: Workflow, read: Read) -> bool:
    """Whether the reader itself sets the field, to what it may know better than the declaration does."""
    step = workflow.step(read.step)
    offers = step.offers if step is not None else ()
    return any(offer.name == read.need.name and offer.shape is None and not _is_change(read, offer) for offer in offers)


def _is_reworked(workflow: Workflow, read: Read) -> bool:
    """Whether a reducer may make something else of what is written, such as messages of dicts."""
    field = workflow.state.field(read.need.name) if workflow.state is not None else None
    return field is not None and field.reducer not in (None, *PLAIN_REDUCERS)


PLAIN_REDUCERS = frozenset({"add", "or_"})
"""Reducers that keep what is written as it is."""


def _is_merged(workflow: Workflow, read: Read, part: Part) -> bool:
    """Whether a reducer may put together what each source has only some of."""
    field = workflow.state.field(read.need.name) if workflow.state is not None else None
    return field is not None and field.reducer is not None and not part.of_element


def _untaken(step: Step) -> Iterator[Observation]:
    """What is read of a step's result, or of what it is handed, although that has no such part."""
    taken = TypedInput(RESULT, step.result, step.taken)
    for each in (taken, *step.typed_inputs):
        shape = each.shape
        if shape is not None:
            missing = {(*part.path, part.name): part for part in reversed(each.parts) if shape.lacks(part)}
            yield from (_missing(step, shape, part, each) for part in missing.values())


def _missing(step: Step, shape: Shape, part: Part, whole: TypedInput) -> Observation:
    of = _whole(whole.name, part)
    who = (
        f'the result of step "{step.id}" is used and' if whole.name == RESULT else f'step "{step.id}" is given {of} and'
    )
    held = shape.within(part.path) or shape
    return Observation(
        message=f'{who} "{part.name}" is read of it, but {_lack(shape, part)}',
        span=part.span,
        key=(step.id, whole.name, *part.path, part.name),
        related=(Related(held.span, "its parts are declared here"),),
        level=_level_of(part, whole, held),
        step=step.id,
    )


def _level_of(part: Part, whole: TypedInput, held: Shape) -> Level:
    """What a caller gives may be another thing than is declared, where code finds all its parts as keys."""
    if whole.name != RESULT and not whole.sent and _is_found_as_key(part, held):
        return Level.NOTE
    return Level.ERROR if part.certainty is Certainty.CERTAIN else Level.WARNING


def _is_found_as_key(part: Part, held: Shape) -> bool:
    """Whether what is declared as an attribute is read as a key."""
    return part.by_key and not held.keyed and part.name in held.parts


RESULT = "result"
"""What a step's own result is called among what is read."""


def _whole(name: str, part: Part) -> str:
    """What a part is read of, as findings name it."""
    path = ".".join((name, *part.path))
    return f'the elements of "{path}"' if part.of_element else f'"{path}"'


def _misread(workflow: Workflow, edge: Edge) -> Iterator[Observation]:
    """What a step reads of the value that it is handed although the step before returns another one."""
    source, target = workflow.step(edge.source), workflow.step(edge.target)
    given = edge.passed_on if edge.reworked or source is None else source.result
    if source is None or target is None or given is None or edge.fan_out or edge.kind is EdgeKind.FAN_IN:
        return
    maker = f'the edge from "{source.id}" hands on' if edge.reworked else f'step "{source.id}" returns'
    sent = (each for each in target.typed_inputs if each.sent and not each.converted)
    for declared, part in ((each.shape, part) for each in sent for part in each.parts):
        if given.lacks(part) and not (declared is not None and declared.lacks(part)):
            yield Observation(
                message=f'step "{target.id}" reads "{part.name}" of what {maker}, but {_lack(given, part)}',
                span=part.span,
                key=(edge.source, edge.target, part.name),
                related=(Related(given.span, f"{maker} this"),),
                level=Level.WARNING,
                step=edge.target,
                edge=(edge.source, edge.target),
            )


def _lack(shape: Shape, part: Part) -> str:
    """What is not there, with what is."""
    held = shape.within(part.path) or shape
    if _is_found_as_key(part, held):
        return f'"{part.name}" is an attribute of {held.name}, not a key'
    if held.keyed and not part.by_key and part.name in held.parts:
        return f'"{part.name}" is a key of {held.name}, which is a dict, and no attribute'
    has = f"it has {listed(held.parts)}" if held.parts else "it has nothing"
    kind = "key" if part.by_key else "part"
    return f'{held.name} has no {kind} "{part.name}" ({has})'


def _observation(workflow: Workflow, facts: Facts, read: Read, part: Part, source: _Source) -> Observation:
    name, shape = read.need.name, source.shape
    held = shape.within(part.path) or shape
    near = nearest(part.name, held.parts)
    of = _whole(name, part)
    made = f'which step "{source.step}" creates as' if source.step is not None else "which the state declares as"
    missing = "write it or read another key" if held.keyed else f"add it to {held.name} or use a declared part"
    advice = f'did you mean "{near}"?' if near else missing
    return Observation(
        message=f'{read.reader} uses "{part.name}" of {of}, {made} {shape.name}, but {_lack(shape, part)}'
        f"{dependents(facts.impact, read.step)}; {advice}",
        span=part.span,
        key=(read.reader, name, part.name),
        related=(
            Related(held.span, f"{held.name} is declared here" if not held.keyed else "its keys are here"),
            *((Related(source.span, f'step "{source.step}" writes "{name}" here'),) if source.step else ()),
        ),
        level=_level(part, source, held),
        step=read.step,
        edge=_edge(workflow, source, read),
    )


def _level(part: Part, source: _Source, held: Shape) -> Level:
    """A declaration alone does not prove what is stored there, least of all where code finds its parts as keys."""
    if source.step is None and _is_found_as_key(part, held):
        return Level.NOTE
    return Level.ERROR if source.step is not None and part.certainty is Certainty.CERTAIN else Level.WARNING


def _edge(workflow: Workflow, source: _Source, read: Read) -> tuple[str, str] | None:
    """The edge from the producer to the reader, where there is one."""
    pair = (source.step or "", read.step)
    return pair if any(edge.target == read.step for edge in workflow.index.edges_from(pair[0])) else None
