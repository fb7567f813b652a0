"""Whose value a reader finds: the steps whose write of a field can still be there when it is read."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterator, Mapping

from msgspec import Struct

from wflint.analyses.data.reads import Read
from wflint.analyses.flow.reachability import Reachability
from wflint.model.contract import Certainty, Offer
from wflint.model.workflow import Edge, Exchange, Step, Workflow


class Definitions(Struct, frozen=True):
    """Which writes get to each step, for all of them at once: one bit a write, in declared order.

    `sure` are the steps whose write of a field overwrites every other one, by field.
    """

    workflow: Workflow
    reachability: Reachability
    numbers: Mapping[tuple[str, str], int]
    sure: Mapping[str, frozenset[str]]
    arriving: Mapping[str, int]

    def reaching(self, read: Read) -> tuple[tuple[Step, Offer], ...]:
        """The steps whose write of the field can get to the reader without being overwritten, with the write.

        A message gets no further than its edge; who decides after a step sees what that step itself has written.
        """
        if self.workflow.exchange is Exchange.MESSAGES:
            return tuple(self._sent(read))
        writers = self.workflow.index.writers(read.need.name)
        return tuple((step, offer) for step, offer in writers if self._arrives(step, read))

    def _arrives(self, step: Step, read: Read) -> bool:
        if step.id not in self.reachability.reached:
            return False
        if read.choice is not None and (step.id == read.step or read.step in self.sure.get(read.need.name, ())):
            return step.id == read.step
        return bool(self.arriving.get(read.step, 0) >> self.numbers[step.id, read.need.name] & 1)

    def _sent(self, read: Read) -> Iterator[tuple[Step, Offer]]:
        if read.choice is not None:
            own = self.workflow.step(read.step)
            yield from ((own, offer) for offer in self._offers(own) if own is not None and offer.name == read.need.name)
            return
        ways: dict[str, list[Edge]] = defaultdict(list)
        for edge in self.workflow.index.edges_into(read.step):
            ways[edge.source].append(edge)
        for name in sorted(ways, key=self.workflow.index.order):
            step = self.workflow.step(name)
            for offer in self._offers(step):
                if step is not None and any(serves(edge, offer, read.need.name) for edge in ways[name]):
                    yield step, offer

    def _offers(self, step: Step | None) -> tuple[Offer, ...]:
        return step.offers if step is not None and step.id in self.reachability.reached else ()


def serves(edge: Edge, offer: Offer, need: str) -> bool:
    """Whether an edge brings an offer of its source as what its target needs."""
    if edge.field_map:
        return any(carried.offer == offer.name and carried.need == need for carried in edge.field_map)
    return offer.name == need


def definitions(workflow: Workflow, reachability: Reachability) -> Definitions:
    """The writes of a workflow's steps, to a fixed point over its edges."""
    numbers: dict[tuple[str, str], int] = {}
    sure: dict[str, set[str]] = defaultdict(set)
    made: dict[str, int] = defaultdict(int)
    fields: dict[str, int] = defaultdict(int)
    for step in workflow.steps if workflow.exchange is Exchange.STATE else ():
        for offer in step.offers:
            bit = 1 << numbers.setdefault((step.id, offer.name), len(numbers))
            made[step.id] |= bit
            fields[offer.name] |= bit
            if offer.certainty is Certainty.CERTAIN and not step.offers_open:
                sure[offer.name].add(step.id)
    lost: dict[str, int] = defaultdict(int)
    for name, steps in sure.items():
        for step_id in steps:
            lost[step_id] |= fields[name]
    arriving = _fixed_point(reachability, made, lost) if numbers else {}
    overwriting = {name: frozenset(steps) for name, steps in sure.items()}
    return Definitions(workflow, reachability, numbers, overwriting, arriving)


def _fixed_point(reachability: Reachability, made: Mapping[str, int], lost: Mapping[str, int]) -> Mapping[str, int]:
    """What gets to each step, where each passes on what gets there, without what it overwrites, and what it writes."""
    arriving: dict[str, int] = {}
    pending = deque(sorted(reachability.closure.position, key=reachability.closure.position.__getitem__))
    waiting = set(pending)
    while pending:
        name = pending.popleft()
        waiting.remove(name)
        leaving = arriving.get(name, 0) & ~lost.get(name, 0) | made.get(name, 0)
        for target in reachability.successors.get(name, ()):
            old = arriving.get(target, 0)
            if leaving & ~old:
                arriving[target] = old | leaving
                if target not in waiting:
                    waiting.add(target)
                    pending.append(target)
    return arriving
