"""Definite assignment over the token game: which fields are set, for certain, when a step runs."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import reduce

from wflint.analyses.data.fields import EVERYTHING, NOTHING, FieldSet
from wflint.analyses.data.inputs import Inputs
from wflint.analyses.flow.supersteps import Exploration, Run, Superstep, Transition
from wflint.model.contract import Certainty, Need
from wflint.model.workflow import Exchange, Step, Workflow


@dataclass(frozen=True, slots=True)
class Assigned:
    """What is set in a superstep, on whatever way it was reached.

    `must_assign` is set; `may_assign` was at least written by a step that ran, though perhaps under a condition inside
    it. A decision turns the second into the first: who decides may well have looked at what was written.
    """

    must_assign: FieldSet
    may_assign: FieldSet

    def meet(self, other: Assigned) -> Assigned:
        """What holds on either way."""
        return Assigned(self.must_assign & other.must_assign, self.may_assign & other.may_assign)


@dataclass(frozen=True, slots=True)
class StateAssignment:
    """Assignment of a shared state: for each step that reads it, what is set whenever it runs.

    `before` holds for the step's own code, `after` for the decisions that follow it.
    """

    before: Mapping[str, Assigned]
    after: Mapping[str, Assigned]


@dataclass(frozen=True, slots=True)
class MessageAssignment:
    """Assignment where steps hand messages on. Nothing is derived yet; rules stay silent."""


@dataclass(frozen=True, slots=True)
class _Effect:
    """What a step adds when it runs: fields it writes for certain, fields it may write, fields its reads prove set."""

    certain: FieldSet = NOTHING
    possible: FieldSet = NOTHING
    proven: FieldSet = NOTHING


NO_EFFECT = _Effect()


@dataclass(frozen=True, slots=True)
class _Effects:
    """What runs add, by run, and what the decisions after a step prove set, by step."""

    runs: Mapping[Run, _Effect]
    decisions: Mapping[str, FieldSet]

    def finish(self, assigned: Assigned, run: Run) -> Assigned:
        """What is set once a run is over, before anybody decides what follows."""
        effect = self.runs.get(run, NO_EFFECT)
        must = assigned.must_assign | effect.certain | effect.proven
        return Assigned(must, assigned.may_assign | must | effect.possible)

    def fire(self, assigned: Assigned, superstep: Superstep, transition: Transition) -> Assigned:
        """What is set after a transition."""
        for run in superstep.active:
            assigned = self.finish(assigned, run)
        proven = (self.decisions.get(step, NOTHING) for step in superstep.steps)
        found = reduce(FieldSet.__or__, proven, FieldSet(transition.assumed))
        may_assign = assigned.may_assign | found
        return Assigned(may_assign if transition.decided else assigned.must_assign | found, may_assign)


def assignment(workflow: Workflow, explored: Exploration, inputs: Inputs) -> StateAssignment | MessageAssignment:
    """What is set when each step runs, to a fixed point over the transitions."""
    match workflow.exchange:
        case Exchange.MESSAGES:
            return MessageAssignment()
        case Exchange.STATE:
            return _of_state(workflow, explored, inputs)


def _of_state(workflow: Workflow, explored: Exploration, inputs: Inputs) -> StateAssignment:
    effects = _effects(workflow)
    held = _fixed_point(explored, effects, Assigned(inputs.given, inputs.given))
    before: dict[str, Assigned] = {}
    after: dict[str, Assigned] = {}
    for superstep, assigned in zip(explored.supersteps, held, strict=True):
        for run in superstep.active:
            finished = effects.finish(assigned, run)
            after[run.step] = finished.meet(after.get(run.step, finished))
            if not run.own_input:
                before[run.step] = assigned.meet(before.get(run.step, assigned))
    return StateAssignment(before, after)


def _fixed_point(explored: Exploration, effects: _Effects, start: Assigned) -> list[Assigned]:
    leaving: dict[int, list[Transition]] = defaultdict(list)
    for transition in explored.transitions:
        leaving[transition.source].append(transition)
    held = [Assigned(EVERYTHING, EVERYTHING) for _ in explored.supersteps]
    held[0] = start
    pending = deque([0])
    visited = {0}
    while pending:
        index = pending.popleft()
        for transition in leaving[index]:
            arriving = effects.fire(held[index], explored.supersteps[index], transition)
            merged = arriving.meet(held[transition.target])
            if merged != held[transition.target] or transition.target not in visited:
                visited.add(transition.target)
                held[transition.target] = merged
                pending.append(transition.target)
    return held


def _effects(workflow: Workflow) -> _Effects:
    """A worker's reads are of its payload and prove nothing about the state."""
    runs = {Run(step.id): _effect(step, step.needs) for step in workflow.steps}
    workers = {Run(step.id, own_input=True): _effect(step, ()) for step in workflow.steps}
    decisions: dict[str, FieldSet] = {}
    for choice in workflow.choices:
        decisions[choice.source] = decisions.get(choice.source, NOTHING) | _proven(choice.needs)
    return _Effects(runs | workers, decisions)


def _effect(step: Step, needs: Iterable[Need]) -> _Effect:
    if step.offers_open:
        return _Effect(EVERYTHING, EVERYTHING, NOTHING)
    certain = (offer.name for offer in step.offers if offer.certainty is Certainty.CERTAIN)
    return _Effect(FieldSet.of(certain), FieldSet.of(offer.name for offer in step.offers), _proven(needs))


def _proven(needs: Iterable[Need]) -> FieldSet:
    """Whoever reads a field and goes on has found it there."""
    return FieldSet.of(need.name for need in needs if need.required and need.certainty is Certainty.CERTAIN)
