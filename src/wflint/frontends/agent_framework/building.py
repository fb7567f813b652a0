"""One builder on its way to a workflow: its participants by id, and the ways between them."""

from __future__ import annotations

from msgspec import Struct, field

from wflint.assembly.contracts.effects import certainty
from wflint.assembly.draft import Draft
from wflint.assembly.sequences import Element, is_known
from wflint.evaluate.events import ApiCall
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.values import Function, Location, Object, Value, alternatives, text_of
from wflint.frontends.agent_framework.executors import code_of
from wflint.frontends.agent_framework.participants import Participant, identity, listed, participant
from wflint.model.contract import Certainty
from wflint.model.workflow import Aspect, Edge, EdgeKind, Fault, FaultKind, Join


class SeatedParticipant(Struct, frozen=True):
    """A participant by id, as a list has it."""

    name: str
    element: Element


class Building(Struct):
    """The state of the fold; `registered` are participants under the names that the builder knows their makers by."""

    interp: Interpreter
    builder: Object
    draft: Draft
    read: dict[str, Participant] = field(default_factory=dict)
    values: dict[str, Value] = field(default_factory=dict)
    registered: dict[str, Value] = field(default_factory=dict)

    def take(self, value: Value | None, location: Location) -> list[str]:
        """The ids that a value stands for, their steps added; what cannot be told is noted as open."""
        names: list[str] = []
        for option in alternatives(value):
            name = self._one(option, location)
            if name is None and isinstance(option, Function) and not option.unmodelled_decorators:
                why = "decorate it with `@executor`"
                self.draft.faults.append(
                    Fault(FaultKind.REFUSED, f'function "{option.name}" as a step', location.span, None, why)
                )
            if name is None:
                self.draft.open("a participant's name is not known statically", location.span, Aspect.STEPS)
            else:
                names.append(name)
        return list(dict.fromkeys(names))

    def _one(self, value: Value, location: Location) -> str | None:
        given = text_of(value)
        if given is not None:
            if given not in self.registered:
                return given
            value = self.registered[given]
        name = identity(value)
        if name is not None:
            self._add(name, value, location)
        return name

    def _add(self, name: str, value: Value, location: Location) -> None:
        if name not in self.read:
            self.read[name] = participant(self.interp, value, name, location)
            self.values[name] = value
            self.draft.steps[name] = self.read[name].step
            return
        old = self.values[name]
        if _certainly_two(old, value) and not any(fault.subject == name for fault in self.draft.faults):
            other = self.draft.steps[name].span
            self.draft.fault(FaultKind.DUPLICATE_STEP, name, location.span, other)

    def take_all(self, value: Value | None, location: Location, *affects: str) -> list[str]:
        """The ids in a list, in order."""
        return list(dict.fromkeys(seated.name for seated in self.seated(value, location, *affects)))

    def seated(self, value: Value | None, location: Location, *affects: str) -> list[SeatedParticipant]:
        """The participants of a list, in order, with their seats."""
        if value is not None and not is_known(value):
            self.draft.open("the participants are not known statically", location.span, Aspect.STEPS, *affects)
        return [SeatedParticipant(name, entry) for entry in listed(value) for name in self.take(entry.value, location)]

    def code(self, name: str) -> tuple[Function, ...]:
        """The functions of a participant that take its messages; none where its code is not in the source."""
        made = self.values.get(name)
        return code_of(made) if isinstance(made, Object) else ()

    def connect(
        self, source: str, target: str, api_call: ApiCall, kind: EdgeKind, label: str | None = None
    ) -> tuple[str, str]:
        """Add an edge."""
        self._lead(Edge(source, target, kind, api_call.span, certainty(api_call.certain), label))
        return source, target

    def follow(self, source: str, target: str, api_call: ApiCall, *, sure: bool) -> None:
        """Add the edge from one in a row to one that comes after it; `sure` where that is always the next."""
        certain = certainty(api_call.certain and sure)
        self._lead(Edge(source, target, EdgeKind.DIRECT, api_call.span, certain))

    def join(self, sources: list[str], target: str, api_call: ApiCall) -> None:
        """Add the edges of a step that waits for all of its sources."""
        number = len(self.draft.joins)
        for source in sources:
            edge = Edge(source, target, EdgeKind.FAN_IN, api_call.span, certainty(api_call.certain), join=number)
            self._lead(edge)
        if sources:
            self.draft.joins.append(Join(tuple(sources), target, api_call.span))

    def _lead(self, edge: Edge) -> None:
        """Add an edge; the framework takes each pair of steps once, whatever the call."""
        old = self.draft.edges.get((edge.source, edge.target))
        if old is not None and old.certainty is edge.certainty is Certainty.CERTAIN and edge.span != old.span:
            subject = f'a second edge from "{edge.source}" to "{edge.target}"'
            self.draft.fault(FaultKind.REFUSED, subject, edge.span, old.span)
        self.draft.add_edge(edge, "edge target")


def _certainly_two(old: Value, new: Value) -> bool:
    """Whether two objects of one id are two for sure: made at different places by calls that were all seen.

    So are two that one call of a function makes, whoever calls it.
    """
    if not isinstance(old, Object) or not isinstance(new, Object):
        return False
    together = old.context == new.context and old.created_in == new.created_in
    seen = together or not (old.speculative or new.speculative)
    return seen and old is not new and old.location != new.location
