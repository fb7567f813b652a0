"""What a person has decided about an edge, and whether the code is still the one they saw."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator

from msgspec import Struct

from wflint.analyses.labels.effort import type_of
from wflint.model.finding import Coordination
from wflint.model.workflow import Step, Workflow

_DIGITS = 16
"""Of a hash of two small contracts; collisions do not matter, a person compares."""


class EdgeName(Struct, frozen=True):
    """An edge as people name it: all edges between two steps are one to them."""

    workflow: str
    source: str
    target: str

    def __str__(self) -> str:
        return f"{self.workflow}::{self.source}->{self.target}"


class Decision(Struct, frozen=True):
    """A person's word on an edge; `contracts` is the fingerprint of the two contracts they saw."""

    edge: EdgeName
    verdict: Coordination
    by: str
    reason: str
    contracts: str

    def __str__(self) -> str:
        return f"{self.by}: {self.reason}" if self.reason else self.by


class Decisions(Struct, frozen=True):
    """Every decision of a repository; at most one an edge."""

    every: tuple[Decision, ...] = ()

    def about(self, edge: EdgeName) -> Decision | None:
        """The decision about the edge, None where nobody decided."""
        return next((decision for decision in self.every if decision.edge == edge), None)

    def orphans(self, workflows: Iterable[Workflow]) -> tuple[Decision, ...]:
        """Decisions about edges that there are not."""
        known = {EdgeName(workflow.id, edge.source, edge.target) for workflow in workflows for edge in workflow.edges}
        return tuple(decision for decision in self.every if decision.edge not in known)


def contracts_of(workflow: Workflow, source: str, target: str) -> str:
    """A fingerprint of what the source offers and the target needs; lines, order and prose are not part of it."""
    lines = [*_offers(workflow, workflow.step(source)), *_needs(workflow, workflow.step(target))]
    return hashlib.sha256("\n".join(lines).encode("utf-8", "surrogatepass")).hexdigest()[:_DIGITS]


def _offers(workflow: Workflow, step: Step | None) -> Iterator[str]:
    if step is None:
        return
    yield f"offers {step.kind} open={step.offers_open}"
    for offer in sorted(step.offers, key=lambda offer: (offer.name, offer.certainty, offer.type or "")):
        yield f"{offer.name}: {type_of(offer.name, offer.type, workflow)} {offer.certainty}"


def _needs(workflow: Workflow, step: Step | None) -> Iterator[str]:
    if step is None:
        return
    yield f"needs {step.kind} open={step.needs_open}"
    for need in sorted(step.needs, key=lambda need: (need.name, need.required, need.type or "", need.attributes)):
        parts = ",".join(sorted(need.attributes))
        yield f"{need.name}: {type_of(need.name, need.type, workflow)} required={need.required} parts={parts}"
