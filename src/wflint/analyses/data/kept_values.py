"""Values that are kept for the run: those that are asked for and never set, and those that are set at one time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from wflint.analyses.flow.concurrency import Concurrency
from wflint.analyses.flow.loops import Loop
from wflint.analyses.flow.reachability import Reachability
from wflint.analyses.wording import nearest
from wflint.model.kept_value import KeptValue
from wflint.model.workflow import Aspect, Step, StepKind, Workflow


class Unset(Struct, frozen=True):
    """A step that asks for a value that no step sets; `unread` are the keys that are set and that nobody asks for."""

    step: str
    asked: KeptValue
    unread: tuple[str, ...]


class StuckValue(Struct, frozen=True):
    """A count that bounds a loop, as a step of it asks for it, although no step of it sets it to anything new."""

    loop: Loop
    step: str
    asked: KeptValue


class SetTogether(Struct, frozen=True):
    """Steps that run at the same time and set one value, which somebody asks for, each with the place."""

    key: str
    writers: tuple[tuple[str, KeptValue], ...]


class AskedEarly(Struct, frozen=True):
    """A step that asks for a value while the steps that set it are still at work; one of those, and its place."""

    step: str
    asked: KeptValue
    writer: str
    is_set: KeptValue


class AskedAround(Struct, frozen=True):
    """A step that asks for a value that is not set on some way to it; the steps that set it, and the way.

    `is_set` is where the first of the writers sets it.
    """

    step: str
    asked: KeptValue
    writers: tuple[str, ...]
    is_set: KeptValue
    way: tuple[str, ...]


def unset(workflow: Workflow) -> Iterator[Unset]:
    """Every such question, the first one for each step and key, where all that is set is seen."""
    used = _used(workflow)
    keys = {value.key for _, value in used if value.is_set}
    if None in keys or workflow.open_to(Aspect.STEPS):
        return
    asked = {value.key for _, value in used if not value.is_set}
    unread = tuple(sorted(key for key in keys - asked if key is not None))
    seen: set[tuple[str, str]] = set()
    for step, value in used:
        if value.key is None or value.is_set or value.key in keys or (step.id, value.key) in seen:
            continue
        if value.copes and (None in asked or len(unread) != 1 or nearest(value.key, unread) is None):
            continue  # a default says that it may not be there, unless what is set goes by another name
        if not keys and not value.fails:
            continue  # it may be there from elsewhere
        seen.add((step.id, value.key))
        yield Unset(step.id, value, unread if None not in asked else ())


def stuck(workflow: Workflow, loops: Sequence[Loop]) -> Iterator[StuckValue]:
    """Every count that a step of a loop asks for and compares with a bound, and that no step of it raises."""
    used = _used(workflow)
    if any(value.is_set and value.key is None for _, value in used) or workflow.open_to(Aspect.STEPS):
        return
    for loop in loops:
        inside = [(step, value) for step, value in used if step.id in loop.steps and value.key is not None]
        raised = {value.key for _, value in inside if value.is_set and value.fixed is None}
        for step, value in inside:
            if value.compared is not None and value.key not in raised:
                yield StuckValue(loop, step.id, value)


def set_together(workflow: Workflow, concurrency: Concurrency) -> Iterator[SetTogether]:
    """Every key that steps set which always start together; one that asks first may add to what is there."""
    used = _used(workflow)
    asked = {value.key for _, value in used if not value.is_set}
    asking = {(step.id, value.key) for step, value in used if not value.is_set}
    for key in sorted({value.key for _, value in used if value.key is not None and value.is_set} & asked, key=str):
        sure = ((step.id, value) for step, value in used if value.key == key and value.is_set and value.certain)
        writers = {name: value for name, value in sure if (name, key) not in asking}
        for name, value in writers.items():
            beside = [
                other for other in writers if other != name and _start_together(workflow, concurrency, name, other)
            ]
            if beside and key is not None:
                yield SetTogether(key, ((name, value), *((other, writers[other]) for other in beside)))
                break


def asked_early(workflow: Workflow, concurrency: Concurrency, reachability: Reachability) -> Iterator[AskedEarly]:
    """Every question without a default for what only steps set that start together with the one that asks."""
    used = _used(workflow)
    if any(value.is_set and value.key is None for _, value in used) or workflow.open_to(Aspect.STEPS):
        return
    setting: dict[str | None, dict[str, KeptValue]] = {}
    for step, value in used:
        if value.is_set:
            setting.setdefault(value.key, {}).setdefault(step.id, value)
    for step, value in used:
        writers = {} if value.is_set or value.copes else setting.get(value.key, {})
        if not writers or step.id in writers or any(reachability.precedes(name, step.id) for name in writers):
            continue
        if all(_start_together(workflow, concurrency, step.id, name) for name in writers):
            name, is_set = next(iter(writers.items()))
            yield AskedEarly(step.id, value, name, is_set)


def asked_around(workflow: Workflow, concurrency: Concurrency, reachability: Reachability) -> Iterator[AskedAround]:
    """Every question that fails where nothing is set, of a step to which a way leads around all that set it.

    A step beside the way may have set it in time, a join waits for more than one way, and a person at the beginning
    answers what some step has asked: nothing is said there.
    """
    used = _used(workflow)
    if any(value.is_set and value.key is None for _, value in used) or workflow.open_to(Aspect.STEPS):
        return
    seen: set[tuple[str, str]] = set()
    for step, value in used:
        if value.is_set or value.key is None or not value.fails or not value.certain or (step.id, value.key) in seen:
            continue
        writers = {name.id: put for name, put in used if put.is_set and put.key == value.key}
        if step.id in writers or not any(reachability.precedes(name, step.id) for name in writers):
            continue
        way = reachability.way(step.id, frozenset(writers))
        inner = [name for name in way if name in workflow.index.steps]
        answered = any(workflow.index.steps[name].kind is StepKind.HUMAN for name in inner[:1])
        joined = any(edge.join is not None for name in inner for edge in workflow.index.edges_into(name))
        beside = any(concurrency.are_together(name, writer) for name in inner for writer in writers)
        if way and not (answered or joined or beside):
            seen.add((step.id, value.key))
            yield AskedAround(step.id, value, tuple(writers), next(iter(writers.values())), way)


def _start_together(workflow: Workflow, concurrency: Concurrency, one: str, other: str) -> bool:
    """Whether two steps run at the same time, and nobody decides which of them does."""
    starting = [
        {edge.source for edge in workflow.index.edges_into(name) if edge.choice is None and edge.join is None}
        for name in (one, other)
    ]
    together = concurrency.are_together(one, other)
    return together and (concurrency.fork(one, other) is not None or not starting[0].isdisjoint(starting[1]))


def _used(workflow: Workflow) -> list[tuple[Step, KeptValue]]:
    return [(step, value) for step in workflow.steps for value in step.kept_values]
