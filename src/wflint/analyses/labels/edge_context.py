"""What is known about a workflow when one of its edges is judged."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from operator import itemgetter
from typing import TypeVar

from msgspec import Struct, field

from wflint.analyses.data.gaps import Gap, GapKind
from wflint.analyses.data.reaching_definitions import Definitions
from wflint.analyses.data.reads import Read, Reads
from wflint.analyses.data.soft_matches import SoftMatch
from wflint.analyses.flow.back_edges import back_edges
from wflint.analyses.flow.loops import Loop
from wflint.analyses.flow.open_ended import OpenEnded
from wflint.analyses.labels.effort import type_of
from wflint.model.contract import Certainty, Check, CheckKind, Need, Offer, Origin
from wflint.model.workflow import END, START, Edge, EdgeKind, Exchange, Step, Workflow

T = TypeVar("T")


class Arrival(Struct, frozen=True):
    """An offer that gets to a reader along an edge, with its writer; `read` is None where a message is taken whole."""

    writer: Step
    offer: Offer
    read: Read | None

    @property
    def checks(self) -> tuple[Check, ...]:
        """What it has to pass before it leaves its writer."""
        return (*self.writer.checks, *((self.offer.check,) if self.offer.check is not None else ()))


class EdgeContext(Struct, frozen=True):
    """A workflow with what the labels of its edges are told from."""

    workflow: Workflow
    reads: Reads
    definitions: Definitions
    gaps: Mapping[str, tuple[Gap, ...]]
    soft: Mapping[str, tuple[SoftMatch, ...]]
    looping: frozenset[Edge]
    leading_back: frozenset[Edge]
    unending: frozenset[Edge]
    uncounted: frozenset[Edge]
    arrivals: dict[Edge, tuple[Arrival, ...]] = field(default_factory=dict)
    """What `arriving_on` has found already."""
    reached: dict[Read, tuple[tuple[Step, Offer], ...]] = field(default_factory=dict)
    """What `reaching` has found already."""
    material: dict[tuple[str, str], tuple[tuple[Step, frozenset[Origin]], ...]] = field(default_factory=dict)
    """Who had a part in an offer that code makes of the work of others, by its step and name."""

    @classmethod
    def of(
        cls,
        workflow: Workflow,
        reads: Reads,
        definitions: Definitions,
        gaps: tuple[Gap, ...],
        loops: tuple[Loop, ...],
        open_ended: tuple[OpenEnded, ...],
        soft: Iterable[SoftMatch] = (),
    ) -> EdgeContext:
        """The context of every edge of the workflow."""
        looping = frozenset(edge for loop in loops for edge in loop.edges)
        leading_back = back_edges(workflow, loops)
        unending = frozenset(edge for loop in loops if loop.endless for edge in loop.edges)
        uncounted = frozenset(edge for found in open_ended for edge in found.loop.edges)
        missing: dict[str, list[Gap]] = defaultdict(list)
        for gap in gaps:
            if gap.read.choice is None:
                missing[gap.read.step].append(gap)
        likely: dict[str, list[SoftMatch]] = defaultdict(list)
        for match in soft:
            if match.gap.kind is GapKind.CALLER and match.gap.read.choice is None and match.gap.read.need.required:
                likely[match.gap.read.step].append(match)
        return cls(
            workflow,
            reads,
            definitions,
            _frozen(missing),
            _frozen(likely),
            looping,
            leading_back,
            unending,
            uncounted,
        )

    def reads_into(self, step: str) -> tuple[Read, ...]:
        """What the step's own code reads of the shared state."""
        return self.reads.into(step)

    def gaps_on(self, edge: Edge) -> tuple[Gap, ...]:
        """The reads of the target that find nothing, without those that the source itself is sure to supply."""
        supplied = {offer.name for offer in self._offers(edge) if offer.certainty is Certainty.CERTAIN}
        return tuple(gap for gap in self.gaps.get(edge.target, ()) if gap.read.need.name not in supplied)

    def from_caller(self, edge: Edge) -> tuple[str, ...]:
        """What the target requires and only callers can have passed."""
        gaps = (gap for gap in self.gaps_on(edge) if gap.kind is GapKind.CALLER and gap.read.need.required)
        return tuple(dict.fromkeys(gap.read.need.name for gap in gaps))

    def soft_on(self, edge: Edge) -> tuple[SoftMatch, ...]:
        """What the target requires and probably gets under another name only, unless the caller passes it."""
        return self.soft.get(edge.target, ())

    def handed_on(self, edge: Edge) -> tuple[tuple[Offer, Read], ...]:
        """What the source writes and the target reads, as the edge connects it where it does so one by one."""
        reading: dict[str, list[tuple[int, Read]]] = defaultdict(list)
        for place, read in enumerate(self.reads_into(edge.target)):
            reading[read.need.name].append((place, read))
        needs: dict[str, set[str]] = defaultdict(set)
        for one in edge.field_map:
            needs[one.offer].add(one.need)
        return tuple(
            (offer, read)
            for offer in self._offers(edge)
            for _, read in sorted(
                (
                    found
                    for name in (needs[offer.name] if edge.field_map else (offer.name,))
                    for found in reading.get(name, ())
                ),
                key=itemgetter(0),
            )
        )

    def arriving_on(self, edge: Edge) -> tuple[Arrival, ...]:
        """What the target reads and gets along the edge: what the source writes, and what was written before it.

        In a shared state, what an earlier step wrote comes through every step after it that leaves it alone. What the
        target itself wrote the last time is between it and itself.
        """
        if edge not in self.arrivals:
            self.arrivals[edge] = self._arriving(edge)
        return self.arrivals[edge]

    def _arriving(self, edge: Edge) -> tuple[Arrival, ...]:
        source = self.workflow.step(edge.source)
        own = tuple(Arrival(source, offer, read) for offer, read in self.handed_on(edge) if source is not None)
        if self.workflow.exchange is Exchange.MESSAGES or edge.payload is not None or edge.source == START:
            return own
        sure = {one.offer.name for one in own if one.offer.certainty is Certainty.CERTAIN}
        through = tuple(
            Arrival(writer, offer, read)
            for read in self.reads_into(edge.target)
            if read.need.name not in sure
            for writer, offer in self.reaching(Read(edge.source, read.need))
            if writer.id not in (edge.source, edge.target)
        )
        return own + through

    def reaching(self, read: Read) -> tuple[tuple[Step, Offer], ...]:
        """The writes of a field that can get to a reader."""
        if read not in self.reached:
            self.reached[read] = self.definitions.reaching(read)
        return self.reached[read]

    def passed_on(self, edge: Edge) -> tuple[Arrival, ...]:
        """What travels along the edge: what is read by name, or all of a message whose reader takes it as it comes."""
        found = self.arriving_on(edge)
        source, target = self.workflow.step(edge.source), self.workflow.step(edge.target)
        whole = target is not None and target.needs_open and self._answers(edge)
        if found or not whole or source is None:
            return found
        return tuple(Arrival(source, offer, None) for offer in self._offers(edge))

    def checks_on(self, edge: Edge, kind: CheckKind) -> tuple[Check, ...]:
        """The checks of a kind that all that travels along the edge has to pass; none where some of it need not."""
        on_the_way = tuple(check for check in edge.checks if check.kind is kind)
        source = self.workflow.step(edge.source)
        passed = [one.checks for one in self.passed_on(edge)]
        if not passed and source is not None and self._answers(edge):
            passed = [source.checks]
        each = [tuple(check for check in checks if check.kind is kind) for checks in passed]
        return on_the_way or (tuple(check for found in each for check in found) if all(each) else ())

    def sent_on(self, edge: Edge) -> tuple[Need, ...]:
        """What the target reads of a payload that takes the place of the state; none where there is no payload."""
        target = self.workflow.step(edge.target)
        return target.needs if target is not None and edge.payload is not None else ()

    def validated(self, edge: Edge) -> str | None:
        """The declaration that what the target reads is checked against when it runs, None where nobody checks."""
        target = self.workflow.step(edge.target)
        if target is None or target.id == END or edge.payload is not None:
            return None
        schema = target.own_schema or self.workflow.state
        if schema is None or not schema.validates or not self.reads_into(edge.target):
            return None
        return schema.name if all(read.need.name in schema.names for read in self.reads_into(edge.target)) else None

    def type_of(self, offer: Offer) -> str | None:
        """The type of what is offered, as the offer or else the state declares it."""
        return type_of(offer.name, offer.type, self.workflow)

    def is_backed(self, edge: Edge, offer: Offer) -> bool:
        """Whether readers find a value even where this one is not written: one to begin with, or one from before."""
        field = self.workflow.state.field(offer.name) if self.workflow.state is not None else None
        before = (one.offer for one in self.arriving_on(edge) if one.offer is not offer)
        earlier = any(other.name == offer.name and other.certainty is Certainty.CERTAIN for other in before)
        return earlier or (field is not None and field.preset)

    def sources_into(self, step: str) -> frozenset[str]:
        """The steps that lead into a step."""
        return frozenset(edge.source for edge in self.workflow.index.edges_into(step))

    def _answers(self, edge: Edge) -> bool:
        """Whether what the source comes to is the message that travels along the edge."""
        return self.workflow.exchange is Exchange.MESSAGES and not is_mid_work(edge)

    def _offers(self, edge: Edge) -> tuple[Offer, ...]:
        source = self.workflow.step(edge.source)
        if edge.message is not None:
            return edge.message
        return source.offers if source is not None and source.id != START else ()


def is_mid_work(edge: Edge) -> bool:
    """Whether a model has not given its answer yet: it hands the conversation over, or asks a tool."""
    return edge.kind is EdgeKind.HANDOFF or edge.calls


def _frozen(found: Mapping[str, list[T]]) -> Mapping[str, tuple[T, ...]]:
    return {name: tuple(each) for name, each in found.items()}
