"""What the code that runs a pipeline reads of its result, and what the pipeline returns of each component."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from wflint.assembly.contracts.parts import part_read
from wflint.evaluate.events import Access, ApiCall
from wflint.evaluate.values import NONE, Const, Mapping, Sequence, TrackedValue, Value, text_of
from wflint.frontends.haystack.invocations import Call
from wflint.frontends.haystack.pipeline import End, PipelineDraft
from wflint.model.contract import Part, Shape
from wflint.model.loss import Loss, LossKind

KEEPING = "include_outputs_from"
"""The argument of a run that names components whose outputs are returned although others take them."""


def read_results(pipeline: PipelineDraft, calls: Iterable[Call]) -> None:
    """Give each step what the pipeline returns of it, with the parts of that which callers read."""
    known = [(call.api_call, names) for call in calls if (names := _kept(call.api_call)) is not None]
    for api_call, kept in known:
        reads = list(_reads(pipeline, api_call))
        for name in pipeline.components if reads else ():
            parts = tuple(part for access in reads if (part := _part(access, name)) is not None)
            if name not in kept and parts:
                step, result = pipeline.draft.steps[name], _returned(pipeline, name)
                if not result.closed:
                    parts = tuple(part for part in parts if End(name, part.name) in _taken(pipeline))
                    result = replace(result, parts=(), closed=bool(parts))  # what another takes is not returned
                pipeline.draft.steps[name] = replace(step, result=result, taken=(*step.taken, *parts))


def _kept(api_call: ApiCall) -> frozenset[str] | None:
    """The components that a run is told to return all outputs of; None where that is not known."""
    given: Value | None = api_call.get(KEEPING, 1)
    if given is None or given == NONE:
        return frozenset() if not api_call.arguments.open else None
    names = [text_of(item) for item in given.content] if isinstance(given, Sequence) and given.closed else [None]
    return frozenset(name for name in names if name is not None) if None not in names else None


def _reads(pipeline: PipelineDraft, api_call: ApiCall) -> Iterator[Access]:
    """What is done to the result of a run."""
    root = api_call.result.root if isinstance(api_call.result, TrackedValue) else None
    yield from (access for access in pipeline.interp.uses if root is not None and access.symbol.root is root)


def _part(access: Access, component: str) -> Part | None:
    path = access.symbol.access_path
    return part_read(access, 1) if path[:1] == (component,) and len(path) == 2 else None  # noqa: PLR2004


def _taken(pipeline: PipelineDraft) -> set[End]:
    """The outputs that other components take for certain."""
    return {connection.sender for connection in pipeline.connections if connection.certain}


def _returned(pipeline: PipelineDraft, name: str) -> Shape:
    """The outputs of a component that no other takes, and those that it returns without declaring them."""
    component, (_, span) = pipeline.components[name], pipeline.added[name]
    taken = _taken(pipeline)
    left = tuple(socket.name for socket in component.outputs if End(name, socket.name) not in taken)
    closed = not component.outputs_open and End(name, None) not in taken
    return Shape(f'what the pipeline returns of "{name}"', (*left, *component.undeclared), (), span, closed, keyed=True)


def not_always_there(pipeline: PipelineDraft, calls: Iterable[Call]) -> Iterator[Loss]:
    """What callers read of components that do not run where another one chooses otherwise, without looking first."""
    awaited = pipeline.awaited.ways
    for api_call in (call.api_call for call in calls if awaited):
        reads = list(_reads(pipeline, api_call))
        looks = any(access.mode in LOOKING and len(access.symbol.access_path) <= 1 for access in reads)
        told: set[str] = set()
        for access in reads if not looks and not _is_fixed(api_call.arguments) else ():
            name = next(iter(access.symbol.access_path), "")
            end = next((end for end in awaited.get(name, ()) if _may_be_left_out(pipeline, end)), None)
            if end is None or name in told or access.mode != "index" or access.guarded or not access.certain:
                continue
            told.add(name)
            yield Loss(
                LossKind.ABSENT,
                f'the result of "{name}"',
                access.location.span,
                f'is read here, but it runs only where "{end.component}" gives "{end.socket}": else the result of the '
                "run has no such key",
                "look whether it is there",
                pipeline.added[end.component][1],
                name,
                in_some=True,
            )


LOOKING = ("test", "get")
"""How code asks whether something is there."""


def _may_be_left_out(pipeline: PipelineDraft, end: End) -> bool:
    together = pipeline.components[end.component].together
    return any(end.socket in outputs for outputs in together) and any(end.socket not in one for one in together)


def _is_fixed(given: Iterable[Value]) -> bool:
    """Whether all that is passed stands in the source, so that whoever wrote it knows what will run."""
    return all(map(_stands_there, given))


def _stands_there(value: Value) -> bool:
    if isinstance(value, Mapping):
        return _is_fixed(value.content.values())
    if isinstance(value, Sequence):
        return _is_fixed(value.content)
    return isinstance(value, Const) or text_of(value) is not None
