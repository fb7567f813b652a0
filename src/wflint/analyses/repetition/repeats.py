"""Calls that give what a call before has given: in one step, in two steps of a run, in each round of a loop."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations

from msgspec import Struct

from wflint.analyses.data.impact import Impact
from wflint.analyses.flow.concurrency import Concurrency
from wflint.analyses.flow.loops import Loop
from wflint.analyses.flow.reachability import Reachability
from wflint.analyses.flow.wiring import always_fires
from wflint.analyses.repetition.intentional_repeats import is_intentional
from wflint.analyses.repetition.same_input import hand_on, keep_until, steps_between, writers_of
from wflint.model.conduct import Called, CallKind
from wflint.model.contract import Certainty
from wflint.model.span import Span
from wflint.model.workflow import Exchange, Step, Workflow


class Repeat(Struct, frozen=True):
    """A call of `step` that gives what `earlier`, a call of `first`, has given."""

    first: Step
    step: Step
    earlier: Called
    call: Called


class Repeats(Struct, frozen=True):
    """Pairs of steps with the calls that both make; `side_by_side` where neither comes before the other."""

    first: Step
    step: Step
    calls: tuple[Repeat, ...]
    side_by_side: bool


class Round(Struct, frozen=True):
    """A call that each round of a loop makes anew, although nothing in the loop changes what goes into it."""

    step: Step
    call: Called
    loop: Loop


class Setting(Struct, frozen=True):
    """What is known of a workflow's shape."""

    workflow: Workflow
    reachability: Reachability
    loops: tuple[Loop, ...]
    impact: Impact
    concurrency: Concurrency | None


def within_steps(workflow: Workflow) -> Iterator[tuple[Step, Called]]:
    """Calls that repeat an earlier one of the same step."""
    for step in workflow.steps:
        changes = any(call.kind is CallKind.CHANGE for call in step.calls)
        for call in step.calls:
            outer = step.calls[call.within] if call.within is not None else None
            if call.repeats is not None and not changes and (outer is None or outer.repeats is None):
                yield step, call


def within_rounds(workflow: Workflow) -> Iterator[tuple[Step, Called, Span]]:
    """Calls of a model that each round of a loop in a step's code makes with the same, with what the loop goes over."""
    for step in workflow.steps:
        for call in step.calls if not any(call.kind is CallKind.CHANGE for call in step.calls) else ():
            if call.loop is not None:
                yield step, call, call.loop


def across_steps(setting: Setting) -> Iterator[Repeats]:
    """Pairs of steps of one run that make the same calls, in declared order."""
    known = [step for step in setting.workflow.steps if any(_is_comparable(step, call) for call in step.calls)]
    for one, other in combinations(known, 2):
        shared = _shared(one, other)
        if not shared:
            continue
        order = _order(setting, one, other)
        if order is None:
            continue
        first, second = order
        calls = shared if first is one else tuple(Repeat(r.step, r.first, r.call, r.earlier) for r in shared)
        lasting = tuple(repeat for repeat in calls if _is_the_same(setting, repeat))
        if lasting and not is_intentional(setting.workflow, one, other, setting.impact):
            yield Repeats(first, second, lasting, side_by_side=not setting.reachability.leads(first.id, second.id))


def in_loops(setting: Setting) -> Iterator[Round]:
    """Calls that give the same in each round of a loop, in declared order; a call is told with its smallest loop."""
    told: set[tuple[str, int]] = set()
    for loop in sorted(setting.loops, key=lambda loop: len(loop.steps)):
        inside = [step for step in setting.workflow.steps if step.id in loop.steps]
        if setting.workflow.exchange is not Exchange.STATE or not _is_plain(setting, inside):
            continue
        for step in inside:
            for number, call in enumerate(step.calls):
                if (step.id, number) not in told and _is_invariant(setting, inside, step, call):
                    told.add((step.id, number))
                    yield Round(step, call, loop)


def _is_plain(setting: Setting, inside: list[Step]) -> bool:
    """Whether the loop is more than waiting for something: a model works in it, nobody is asked, no index changes."""
    works = any(call.kind is CallKind.MODEL for step in inside for call in step.calls)
    waits = any(step.interrupts for step in inside)
    names = {step.id for step in inside}
    handed = any(edge.target in names and (edge.payload is not None or edge.fan_out) for edge in setting.workflow.edges)
    return works and not waits and not handed and not _changes_anything(inside)


def _is_invariant(setting: Setting, inside: list[Step], step: Step, call: Called) -> bool:
    """Whether each round gives the call the same, and the step is not in the loop for trying this call again."""
    written = {step.id for step in inside}.intersection(writers_of(setting.workflow, frozenset(call.fields)))
    if call.within is not None or written or not _is_comparable(step, call):
        return False
    return call.kind is CallKind.LOOKUP or any(_works_on(setting, inside, other) for other in step.calls)


def _works_on(setting: Setting, inside: list[Step], call: Called) -> bool:
    """Whether a call is of a model that is asked something new in each round."""
    makers = set(writers_of(setting.workflow, frozenset(call.fields))) if call.fields else set()
    return call.kind is CallKind.MODEL and not makers.isdisjoint(step.id for step in inside)


def _is_comparable(step: Step, call: Called) -> bool:
    """Whether a call is made on every run of the step, with fields that the step is known to read."""
    read = {need.name for need in step.needs}
    known = call.identity is not None and call.kind is not CallKind.CHANGE and bool(call.fields)
    return known and call.certainty is Certainty.CERTAIN and read.issuperset(call.fields)


def _shared(one: Step, other: Step) -> tuple[Repeat, ...]:
    """The calls that both make; of those that a shared helper makes, the helper itself."""
    found: list[Repeat] = []
    covered: set[int] = set()
    for number, call in enumerate(one.calls):
        if call.within in covered:
            covered.add(number)
            continue
        twin = next(
            (twin for twin in other.calls if twin.identity == call.identity and _is_comparable(other, twin)), None
        )
        if twin is not None and _is_comparable(one, call):
            covered.add(number)
            found.append(Repeat(one, other, call, twin))
    return tuple(found)


def _order(setting: Setting, one: Step, other: Step) -> tuple[Step, Step] | None:
    """The two in the order in which every run of the one comes to the other; None where a run may have only one."""
    follows = [_surely_after(setting.workflow, step) for step in (one, other)]
    if other.id in follows[0]:
        return one, other
    if one.id in follows[1]:
        return other, one
    found = setting.concurrency
    together = found is not None and found.are_together(one.id, other.id) and found.fork(one.id, other.id) is not None
    return (one, other) if together else None


def _surely_after(workflow: Workflow, step: Step) -> frozenset[str]:
    """The steps that follow a step whatever anybody decides."""
    found: set[str] = set()
    pending = [step.id]
    while pending:
        source = pending.pop()
        for edge in workflow.index.edges_from(source):
            sure = always_fires(edge) or edge.join is not None
            if sure and edge.target not in found:
                found.add(edge.target)
                pending.append(edge.target)
    return frozenset(found)


def _is_the_same(setting: Setting, repeat: Repeat) -> bool:
    """Whether nothing changes what goes into the calls, or what is looked up, between the two steps."""
    workflow, reachability = setting.workflow, setting.reachability
    first, second = repeat.first.id, repeat.step.id
    fields = frozenset(repeat.call.fields)
    if workflow.exchange is Exchange.MESSAGES:
        on_the_way = steps_between(reachability, workflow, first, second)
        return hand_on(workflow, on_the_way, fields) and not _changes_anything(on_the_way)
    if setting.concurrency is None or not keep_until(workflow, reachability, first, second, fields):
        return False
    meanwhile = setting.concurrency.meanwhile((first, second))
    around = reachability.beyond([first]) | {first, second}
    between = [step for step in workflow.steps if step.id in around]
    return meanwhile.isdisjoint(writers_of(workflow, fields)) and not _changes_anything(between)


def _changes_anything(steps: Iterable[Step]) -> bool:
    return any(call.kind is CallKind.CHANGE for step in steps for call in step.calls)
