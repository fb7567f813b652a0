"""What the code that runs a pipeline reads of its result, and what the pipeline returns of each component."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from wflint.assembly.contracts.parts import part_read
from wflint.evaluate.events import Access, ApiCall
from wflint.evaluate.values import NONE, Sequence, TrackedValue, Value, text_of
from wflint.frontends.haystack.invocations import Call
from wflint.frontends.haystack.pipeline import End, PipelineDraft
from wflint.model.contract import Part, Shape

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
