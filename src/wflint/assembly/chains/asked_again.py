"""Runs of one agent that different functions make one after the other, told the very same: the answer was there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence

from msgspec.structs import replace

from wflint.assembly.chains.actors import Actors
from wflint.assembly.chains.runs import KEPT, Run
from wflint.evaluate.events import Frame
from wflint.evaluate.values import Const, Location, Value
from wflint.model.loss import Loss, LossKind
from wflint.model.workflow import Workflow


def with_repeated_runs(workflows: Iterable[Workflow], runs: Sequence[Run], actors: Actors) -> Iterator[Workflow]:
    """The workflows, each with the runs of its steps, or of itself, that are made again; each is told once."""
    found: dict[str, list[Loss]] = defaultdict(list)
    for name, loss in asked_again((run, _names(run, actors)) for run in runs):
        found[name].append(loss)
    for workflow in workflows:
        names = [name for name in found if name == workflow.name or workflow.step(name) is not None]
        losses = [loss for name in names for loss in found.pop(name)]
        yield replace(workflow, losses=(*workflow.losses, *losses)) if losses else workflow


def _names(run: Run, actors: Actors) -> tuple[str, ...]:
    actor, whole = actors.of(run.subject), actors.workflow_of(run.subject)
    return (whole.name,) if whole is not None else actor.names if actor is not None else ()


def asked_again(runs: Iterable[tuple[Run, tuple[str, ...]]]) -> Iterator[tuple[str, Loss]]:
    """The second of each two such runs; one function that runs an agent twice samples its answers, or tries again."""
    alike: dict[Hashable, list[tuple[Run, str]]] = defaultdict(list)
    for run, names in runs:
        if len(names) == 1 and _is_plain(run) and any(not isinstance(one, Const) for one in _told(run)):
            given = run.api_call.arguments
            told = (*map(_same, given.positional), *((name, _same(value)) for name, value in given.keywords))
            frame = run.api_call.stack[:1]
            key = (id(run.subject), *map(id, frame), run.api_call.path_condition, told)
            alike[key].append((run, names[0]))
    for (first, name), *others in alike.values():
        parted = (_parting(first, other) for other, _ in others)
        places = next((each for each in parted if each is not None), None)
        if places is not None:
            reason, advice = "is run again with the same input as before", "hand the first answer on"
            yield name, Loss(LossKind.REPEAT, f'"{name}"', places[1].span, reason, advice, places[0].span)


def _is_plain(run: Run) -> bool:
    """Whether a run depends on nothing but what it is told, and is made once."""
    call = run.api_call
    remembers = any(name in KEPT for name, _ in call.arguments.keywords)
    return bool(call.stack) and not (remembers or call.in_reiterated_loop or call.arguments.open)


def _told(run: Run) -> Iterator[Value]:
    """What a run is given beside the agent itself."""
    yield from (value for value in run.api_call.arguments if value is not run.subject)


def _same(value: Value) -> Hashable:
    """What tells values apart: a constant is itself wherever it is written, everything else is one thing."""
    return (value.value, "") if isinstance(value, Const) else id(value)


def _parting(first: Run, other: Run) -> tuple[Location, Location] | None:
    """Where the two functions that lead to the runs do so; None where one function does."""
    one, two = first.api_call.stack, other.api_call.stack
    parted = next((n for n, pair in enumerate(zip(one, two, strict=False)) if pair[0] is not pair[1]), None)
    if parted is None:
        parted = min(len(one), len(two))
        return (_lead(first, one, parted), _lead(other, two, parted)) if len(one) != len(two) else None
    if one[parted].function is two[parted].function:
        return None
    return _lead(first, one, parted + 1), _lead(other, two, parted + 1)


def _lead(run: Run, stack: tuple[Frame, ...], position: int) -> Location:
    """Where the function at a position of the stack calls what leads to the run."""
    caller = stack[position].caller if position < len(stack) else None
    return caller or run.api_call.location
