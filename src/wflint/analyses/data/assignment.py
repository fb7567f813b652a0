"""Definite assignment over the token game: which fields are set, for certain, when a step runs."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Mapping
from typing import Final

from msgspec import Struct, field

from wflint.analyses.data.fields import FieldSet
from wflint.analyses.data.inputs import Inputs
from wflint.analyses.flow.supersteps import Exploration, Run, Superstep, Transition
from wflint.model.contract import Certainty, Need
from wflint.model.workflow import START, Exchange, Step, Workflow


class Assigned(Struct, frozen=True):
    """What is set in a superstep, on whatever way it was reached: one bit a field, all of them where nothing is known.

    `must_assign` is set; `may_assign` was at least written by a step that ran, though perhaps under a condition inside
    it. A decision turns the second into the first: who decides may well have looked at what was written.
    """

    must_assign: int
    may_assign: int

    def meet(self, other: Assigned) -> Assigned:
        """What holds on either way."""
        return Assigned(self.must_assign & other.must_assign, self.may_assign & other.may_assign)


class StateAssignment(Struct, frozen=True):
    """Assignment of a shared state: for each step that reads it, what is set whenever it runs.

    `before` holds for the step's own code, `after` for the decisions that follow it.
    """

    before: Mapping[str, Assigned]
    after: Mapping[str, Assigned]
    fields: FieldBits

    def must_assign(self, known: Assigned, name: str) -> bool:
        """Whether a field is set."""
        return bool(known.must_assign & self.fields.bit(name))

    def may_assign(self, known: Assigned, name: str) -> bool:
        """Whether a step that ran may have set a field."""
        return bool(known.may_assign & self.fields.bit(name))


class MessageAssignment(Struct, frozen=True):
    """Assignment where steps hand messages on. Nothing is derived yet; rules stay silent."""


class FieldBits(Struct):
    """A bit for each field that anybody writes, reads or tests; fields that come up later get theirs then."""

    numbers: dict[str, int] = field(default_factory=dict)

    def bit(self, name: str) -> int:
        """The bit of a field."""
        return 1 << self.numbers.setdefault(name, len(self.numbers))

    def bits(self, names: Iterable[str]) -> int:
        """The bits of several fields."""
        found = 0
        for name in names:
            found |= self.bit(name)
        return found

    def of(self, fields: FieldSet) -> int:
        """The bits of a set of fields."""
        return _ALL if fields.everything else self.bits(fields.names)


_ALL: Final = -1
"""Every field there may be: all bits."""


class _Effect(Struct, frozen=True):
    """What a step adds when it runs: fields it writes for certain, fields it may write, fields its reads prove set."""

    certain: int = 0
    possible: int = 0
    proven: int = 0


NO_EFFECT = _Effect()


class _Effects(Struct, frozen=True):
    """What runs add, by run, and what the decisions after a step prove set, by step.

    `lasting` are the fields that outlive the superstep after the one that set them.
    """

    runs: Mapping[Run, _Effect]
    decisions: Mapping[str, int]
    fields: FieldBits
    lasting: int = _ALL

    def finish(self, assigned: Assigned, run: Run) -> Assigned:
        """What is set once a run is over, before anybody decides what follows."""
        effect = self.runs.get(run, NO_EFFECT)
        must = assigned.must_assign & self.lasting | effect.certain | effect.proven & self.lasting
        return Assigned(must, assigned.may_assign & self.lasting | must | effect.possible)

    def finished(self, assigned: Assigned, superstep: Superstep) -> Assigned:
        """What is set once all runs of a superstep are over, before anybody decides."""
        lasting = _ALL if START in superstep.steps else self.lasting
        certain = possible = 0
        for effect in map(self.runs.get, superstep.active):
            if effect is not None:
                certain |= effect.certain | effect.proven & lasting
                possible |= effect.possible
        must = assigned.must_assign & lasting | certain
        return Assigned(must, assigned.may_assign & lasting | must | possible)

    def decided(self, superstep: Superstep) -> int:
        """What the decisions after a superstep prove set."""
        found = 0
        for step in superstep.steps if self.decisions else ():
            found |= self.decisions.get(step, 0)
        return found

    def fire(self, finished: Assigned, proven: int, transition: Transition) -> Assigned:
        """What is set after a transition."""
        found = proven | self.fields.bits(transition.assumed)
        may_assign = finished.may_assign | found
        return Assigned(may_assign if transition.decided else finished.must_assign | found, may_assign)


def assignment(workflow: Workflow, explored: Exploration, inputs: Inputs) -> StateAssignment | MessageAssignment:
    """What is set when each step runs, to a fixed point over the transitions."""
    match workflow.exchange:
        case Exchange.MESSAGES:
            return MessageAssignment()
        case Exchange.STATE:
            return _of_state(workflow, explored, inputs)


def _of_state(workflow: Workflow, explored: Exploration, inputs: Inputs) -> StateAssignment:
    effects = _effects(workflow)
    given = effects.fields.of(inputs.given)
    held = _fixed_point(explored, effects, Assigned(given, given))
    before: dict[Run, Assigned] = {}
    for superstep, assigned in zip(explored.supersteps, held, strict=True):
        for run in superstep.active:
            met = before.get(run)
            before[run] = assigned if met is None else met.meet(assigned)
    after: dict[str, Assigned] = {}
    for run, assigned in before.items():
        finished = effects.finish(assigned, run)
        after[run.step] = finished.meet(after.get(run.step, finished))
    own = {run.step: assigned for run, assigned in before.items() if not run.own_input}
    return StateAssignment(own, after, effects.fields)


def _fixed_point(explored: Exploration, effects: _Effects, start: Assigned) -> list[Assigned]:
    leaving: dict[int, list[Transition]] = defaultdict(list)
    for transition in explored.transitions:
        leaving[transition.source].append(transition)
    held = [Assigned(_ALL, _ALL) for _ in explored.supersteps]
    held[0] = start
    pending = deque([0])
    visited = {0}
    while pending:
        index = pending.popleft()
        superstep = explored.supersteps[index]
        finished, proven = effects.finished(held[index], superstep), effects.decided(superstep)
        for transition in leaving[index]:
            arriving = effects.fire(finished, proven, transition)
            merged = arriving.meet(held[transition.target])
            if merged != held[transition.target] or transition.target not in visited:
                visited.add(transition.target)
                held[transition.target] = merged
                pending.append(transition.target)
    return held


def _effects(workflow: Workflow) -> _Effects:
    """A worker's reads are of its payload and prove nothing about the state."""
    fields = FieldBits()
    runs = {Run(step.id): _effect(step, step.needs, fields) for step in workflow.steps}
    workers = {Run(step.id, own_input=True): _effect(step, (), fields) for step in workflow.steps}
    decisions: dict[str, int] = {}
    for choice in workflow.choices:
        decisions[choice.source] = decisions.get(choice.source, 0) | _proven(choice.needs, fields)
    kept = workflow.state.fields if workflow.state is not None else ()
    fleeting = fields.bits(each.name for each in kept if each.fleeting)
    return _Effects(runs | workers, decisions, fields, ~fleeting)


def _effect(step: Step, needs: Iterable[Need], fields: FieldBits) -> _Effect:
    if step.offers_open:
        return _Effect(_ALL, _ALL)
    certain = (offer.name for offer in step.offers if offer.certainty is Certainty.CERTAIN)
    return _Effect(fields.bits(certain), fields.bits(offer.name for offer in step.offers), _proven(needs, fields))


def _proven(needs: Iterable[Need], fields: FieldBits) -> int:
    """Whoever reads a field and goes on has found it there."""
    return fields.bits(need.name for need in needs if need.required and need.certainty is Certainty.CERTAIN)
