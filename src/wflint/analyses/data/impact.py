"""How much of a workflow hangs on a step: who uses what it offers, directly and through what they make of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from wflint.analyses.flow.reachability import Reachability
from wflint.model.workflow import END, START, Workflow


@dataclass(frozen=True, slots=True)
class Impact:
    """The steps that depend on each step's output, in declared order; `total` counts all steps of the workflow.

    `consumers` are those of them that read, or are chosen by, what the step itself offers.
    """

    dependents: Mapping[str, tuple[str, ...]]
    total: int
    consumers: Mapping[str, tuple[str, ...]]

    def of(self, step: str) -> tuple[str, ...]:
        """The steps that depend on `step`."""
        return self.dependents.get(step, ())

    def share(self, step: str) -> float:
        """The share of the workflow that a fault in `step` touches, the step itself included; 0..1."""
        return (1 + len(self.of(step))) / self.total if self.total else 0.0


def impact(workflow: Workflow, reachability: Reachability) -> Impact:
    """Who depends on whom, by the fields they offer and need along the ways of the graph."""
    users = {step.id: _users(workflow, reachability, step.id) for step in workflow.steps}
    names = [step.id for step in workflow.steps if step.id not in (START, END)]
    reached = {name: _closure(users, name) for name in names}
    dependents = {name: tuple(other for other in names if other in found) for name, found in reached.items()}
    consumers = {name: tuple(other for other in names if other in users[name]) for name in names}
    return Impact(dependents, len(names), consumers)


def _users(workflow: Workflow, reachability: Reachability, name: str) -> frozenset[str]:
    """The steps after `name` that read, or decide by, something it offers."""
    step = workflow.step(name)
    offered = {offer.name for offer in step.offers} if step is not None else set()
    after = reachability.beyond([name])
    readers = {other.id for other in workflow.steps if any(need.name in offered for need in other.needs)}
    routed = {
        edge.target
        for edge in workflow.edges
        if edge.choice is not None and any(need.name in offered for need in workflow.choices[edge.choice].needs)
    }
    return frozenset((readers | routed) & after - {name, END})


def _closure(users: Mapping[str, frozenset[str]], name: str) -> frozenset[str]:
    found: set[str] = set()
    pending = [name]
    while pending:
        fresh = users.get(pending.pop(), frozenset()) - found - {name}
        found |= fresh
        pending.extend(fresh)
    return frozenset(found)
