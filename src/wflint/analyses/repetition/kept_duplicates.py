"""Duplicates among some workflows, from the memory of a run over the same workflows where there is one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final

import msgspec
from msgspec import Struct

from wflint.analyses.data.shared_matcher import SharedMatcher
from wflint.analyses.repetition.comparing import Placed
from wflint.analyses.repetition.likeness import Verdict
from wflint.analyses.repetition.twins import Duplicate, Twin
from wflint.model.packing import digestible
from wflint.model.workflow import Workflow


class _Place(Struct, frozen=True, array_like=True):
    """A step: the numbers of its workflow and of itself in it."""

    workflow: int
    step: int


class _Twin(Struct, frozen=True, array_like=True):
    place: _Place
    verdict: Verdict
    agrees: bool
    is_near: bool
    may_share: bool


class _Duplicate(Struct, frozen=True, array_like=True):
    first: _Place
    twins: tuple[_Twin, ...]


_DECODER: Final = msgspec.json.Decoder(tuple[_Duplicate, ...])


def remembered(
    shared: SharedMatcher,
    workflows: Sequence[Workflow],
    circles: Sequence[object],
    found: Callable[[], Iterable[Duplicate]],
) -> tuple[Duplicate, ...]:
    """What is `found` in some workflows; `circles` say which of them belong together."""
    if shared.memory is None:
        return tuple(found())
    content = digestible(workflows, *circles)
    known = _decoded(shared.memory.recall(content))
    if known is not None:
        return tuple(_duplicate(each, workflows) for each in known)
    made = tuple(found())
    shared.memory.keep(content, msgspec.json.encode(tuple(_stored(each, workflows) for each in made)))
    return made


def _decoded(data: bytes | None) -> tuple[_Duplicate, ...] | None:
    if data is None:
        return None
    try:
        return _DECODER.decode(data)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return None


def _stored(duplicate: Duplicate, workflows: Sequence[Workflow]) -> _Duplicate:
    numbers = {workflow.id: number for number, workflow in enumerate(workflows)}

    def place(placed: Placed) -> _Place:
        return _Place(numbers[placed.workflow.id], placed.workflow.steps.index(placed.step))

    twins = (
        _Twin(place(twin.placed), twin.verdict, twin.agrees, twin.is_near, twin.may_share) for twin in duplicate.twins
    )
    return _Duplicate(place(duplicate.first), tuple(twins))


def _duplicate(stored: _Duplicate, workflows: Sequence[Workflow]) -> Duplicate:
    def placed(place: _Place) -> Placed:
        workflow = workflows[place.workflow]
        return Placed(workflow, workflow.steps[place.step])

    twins = (Twin(placed(twin.place), twin.verdict, twin.agrees, twin.is_near, twin.may_share) for twin in stored.twins)
    return Duplicate(placed(stored.first), tuple(twins))
