"""What is looked up in a workflow again and again, gathered once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wflint.model.contract import Offer
    from wflint.model.workflow import Edge, Step


@dataclass(frozen=True, slots=True)
class WorkflowIndex:
    """The steps of a workflow by name, its edges by their ends, its writes by field; each in declared order."""

    steps: Mapping[str, Step]
    places: Mapping[str, int]
    entering: Mapping[str, tuple[Edge, ...]]
    leaving: Mapping[str, tuple[Edge, ...]]
    writers: Mapping[str, tuple[tuple[Step, Offer], ...]]

    def order(self, name: str) -> int:
        """The place of a step in declared order; names of no step come last."""
        return self.places.get(name, len(self.places))

    @classmethod
    def of(cls, steps: Iterable[Step], edges: Iterable[Edge]) -> WorkflowIndex:
        """The index of a workflow's parts."""
        named: dict[str, Step] = {}
        entering: dict[str, list[Edge]] = defaultdict(list)
        leaving: dict[str, list[Edge]] = defaultdict(list)
        writers: dict[str, list[tuple[Step, Offer]]] = defaultdict(list)
        for step in steps:
            named.setdefault(step.id, step)
            for offer in step.offers:
                writers[offer.name].append((step, offer))
        for edge in edges:
            entering[edge.target].append(edge)
            leaving[edge.source].append(edge)
        return cls(
            named,
            {name: place for place, name in enumerate(named)},
            {name: tuple(found) for name, found in entering.items()},
            {name: tuple(found) for name, found in leaving.items()},
            {name: tuple(found) for name, found in writers.items()},
        )
