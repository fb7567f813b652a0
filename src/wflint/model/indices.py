"""What is looked up in a workflow again and again, gathered once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from wflint.model.contract import Offer
    from wflint.model.workflow import Edge, Step


class WorkflowIndex(Struct, frozen=True):
    """The steps of a workflow by name, its edges by their ends, its writes by field; each in declared order."""

    steps: Mapping[str, Step]
    places: Mapping[str, int]
    incoming: Mapping[str, tuple[Edge, ...]]
    outgoing: Mapping[str, tuple[Edge, ...]]
    written: Mapping[str, tuple[tuple[Step, Offer], ...]]

    def order(self, name: str) -> int:
        """The place of a step in declared order; names of no step come last."""
        return self.places.get(name, len(self.places))

    def edges_into(self, name: str) -> tuple[Edge, ...]:
        """The edges that lead into a step."""
        return self.incoming.get(name, ())

    def edges_from(self, name: str) -> tuple[Edge, ...]:
        """The edges that lead out of a step."""
        return self.outgoing.get(name, ())

    def writers(self, name: str) -> tuple[tuple[Step, Offer], ...]:
        """The steps that offer a field, with the offer."""
        return self.written.get(name, ())

    @classmethod
    def of(cls, steps: Iterable[Step], edges: Iterable[Edge]) -> WorkflowIndex:
        """The index of a workflow's parts."""
        named: dict[str, Step] = {}
        incoming: dict[str, list[Edge]] = defaultdict(list)
        outgoing: dict[str, list[Edge]] = defaultdict(list)
        written: dict[str, list[tuple[Step, Offer]]] = defaultdict(list)
        for step in steps:
            named.setdefault(step.id, step)
            for offer in step.offers:
                written[offer.name].append((step, offer))
        for edge in edges:
            incoming[edge.target].append(edge)
            outgoing[edge.source].append(edge)
        return cls(
            named,
            {name: place for place, name in enumerate(named)},
            {name: tuple(found) for name, found in incoming.items()},
            {name: tuple(found) for name, found in outgoing.items()},
            {name: tuple(found) for name, found in written.items()},
        )
