"""Reads that find nothing: fields that never arrive, and fields that are not set on every way to their reader."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct, field

from wflint.analyses.data.assignment import Assigned, StateAssignment
from wflint.analyses.data.fields import FieldSet
from wflint.analyses.data.inputs import Inputs
from wflint.analyses.data.reads import Read, Reads
from wflint.analyses.data.shown import demanded, is_outside, shown_to
from wflint.analyses.flow.concurrency import Concurrency
from wflint.analyses.flow.reachability import Reachability
from wflint.analyses.prose.statements import Statement
from wflint.model.contract import Certainty, Field, Offer, Schema
from wflint.model.workflow import START, EdgeKind, Invocation, Workflow


class GapKind(StrEnum):
    """Why a read finds nothing."""

    UNDECLARED = "undeclared"
    """The state has no such field, so nobody can set it."""
    NEVER = "never"
    """No step writes it, and no caller can or does pass it."""
    CALLER = "caller"
    """No step writes it and no call is visible: callers have to pass it."""
    SOME_CALLS = "some-calls"
    """Only some of the visible calls pass it."""
    AROUND = "around"
    """A way to the reader leads around every step that writes it."""
    CONDITIONAL = "conditional"
    """The step that writes it on the way does so only under a condition."""
    UNSET = "unset"
    """It is None by default, no step and no call sets it, and the reader takes a part of what it holds."""
    EMPTY = "empty"
    """It is None or an empty text by default, and no step and no call sets it."""
    SERVED = "served"
    """No gap: no step writes it, but a default or a call sets it before the first step."""


class Source(Struct, frozen=True):
    """A step with its offer of the field in question.

    `told` is given where the offer is only what the step's model is told to answer with: nobody writes it to a field.
    """

    step: str
    offer: Offer
    told: Statement | None = None


class Gap(Struct, frozen=True):
    """A read that finds nothing, with who writes the field, a way around them, and the calls that do not pass it.

    `schema` is what the reader is shown, where that lacks the field.
    """

    kind: GapKind
    read: Read
    writers: tuple[Source, ...] = ()
    way: tuple[str, ...] = ()
    calls: tuple[Invocation, ...] = ()
    schema: Schema | None = None


class GapFinder(Struct, frozen=True):
    """The question, with all that is needed to answer it."""

    workflow: Workflow
    inputs: Inputs
    reachability: Reachability
    assigned: StateAssignment | None
    reads: Reads
    channels: FieldSet
    concurrency: Concurrency | None
    sources: dict[str, tuple[Source, ...]] = field(default_factory=dict)
    """Who writes a field, where somebody has asked."""
    made: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """The steps that make a field from scratch, where somebody has asked."""

    def gaps(self) -> tuple[Gap, ...]:
        """Every gap, in order of place."""
        unseen = [step.id for step in self.workflow.steps if step.offers_open]
        behind = self.reachability.beyond(unseen).union(unseen)
        if unseen and any(edge.kind is EdgeKind.HANDOFF for edge in self.workflow.edges):
            behind |= self.reachability.reached  # the next run begins with whoever was handed to last
        reads = (*self.reads.all, *demanded(self.workflow))
        found = (self._gap(read, behind) for read in reads if read.step in self.reachability.reached)
        return tuple(gap for gap in found if gap is not None)

    def lost(self) -> tuple[Gap, ...]:
        """Where messages are exchanged: every certain read of what nobody offers and no caller can pass.

        What a caller passes gets to the steps that the start leads to, and to inputs that connections leave free.
        """
        begun = {edge.target for edge in self.workflow.edges if edge.source == START}
        connected = {edge.target for edge in self.workflow.edges if edge.field_map}
        if self.workflow.inputs_fill_prompts:
            return self._unfilled()
        outside = tuple(
            Gap(GapKind.UNDECLARED, read, schema=shown_to(self.workflow, read))
            for read in self.reads.all
            if read.crashes and is_outside(self.workflow, read)
        )
        unpassed = tuple(
            Gap(GapKind.NEVER, read, calls=self.inputs.calls)
            for read in self.reads.all
            if read.step in begun and self._is_unpassed(read) and not is_outside(self.workflow, read)
        )
        unoffered = tuple(
            Gap(GapKind.NEVER, read)
            for read in self.reads.all
            if begun
            and read.crashes
            and not read.need.whole
            and read.step in self.reachability.reached - connected
            and (read.choice is not None or read.step not in begun)
            and not self._may_be_handed(read)
            and not is_outside(self.workflow, read)
        )
        return (*outside, *unpassed, *unoffered)

    def _is_unpassed(self, read: Read) -> bool:
        """Whether code of a first step reads of the message that begins a run what none of the calls puts in."""
        calls = () if self.inputs.guessed else self.inputs.calls
        need = read.need
        by_name = need.by_key is not None or need.by_attribute is not None
        needed = read.crashes and by_name and not need.whole and read.choice is None
        named = all(call.closed and call.keys for call in calls)
        known = self.inputs.possible | self.inputs.inherited
        return bool(calls) and needed and named and need.name not in known and not self._may_be_handed(read)

    def _may_be_handed(self, read: Read) -> bool:
        """Whether a step that leads to the reader may offer what is read; nobody else's messages get there.

        Who decides after a step is shown what that step itself sends.
        """
        edges = self.workflow.index.edges_into(read.step)
        names = [edge.source for edge in edges] if read.choice is None else [read.step]
        senders = (self.workflow.step(name) for name in names)
        offering = {step.id for step, _ in self.workflow.index.writers(read.need.name)}
        return any(step.offers_open or step.id in offering for step in senders if step is not None)

    def _unfilled(self) -> tuple[Gap, ...]:
        """The places in texts that no call fills; where a call passes nothing at all, texts stay as they are."""
        offered = {offer.name for step in self.workflow.steps for offer in step.offers}
        calls = () if self.inputs.guessed else tuple(call for call in self.inputs.calls if call.keys)
        return tuple(
            Gap(GapKind.NEVER, read, calls=calls)
            for read in self.reads.all
            if calls and read.crashes and read.need.name not in offered and read.need.name not in self.inputs.possible
        )

    def _gap(self, read: Read, behind: frozenset[str]) -> Gap | None:
        """The gap at a read; `behind` are the steps that find what a step writes which may write more than is shown."""
        name = read.need.name
        if name in self.channels and is_outside(self.workflow, read):
            return Gap(GapKind.UNDECLARED, read, schema=shown_to(self.workflow, read))
        writers = self._writers(name)
        if self._begins_as_none(read, behind):
            way = self._way_around(read, writers)
            if not writers:
                return Gap(GapKind.UNSET, read, calls=self.inputs.calls)
            if way:
                return Gap(GapKind.AROUND, read, writers, way, self.inputs.calls)
        if not writers and read.crashes and read.choice is None and self._begins_empty(read, behind):
            return Gap(GapKind.EMPTY, read, calls=self.inputs.calls)
        if self._preset(read) or self._is_open(read):
            return None
        if name not in self.channels:
            return None if writers else Gap(GapKind.UNDECLARED, read)
        if writers:
            return self._uncertain(read, writers)
        return None if read.step in behind else self._absent(read)

    def _writers(self, name: str) -> tuple[Source, ...]:
        if name not in self.sources:
            self.sources[name] = tuple(Source(step.id, offer) for step, offer in self.workflow.index.writers(name))
        return self.sources[name]

    def _begins_as_none(self, read: Read, behind: frozenset[str]) -> bool:
        """Whether a field of whose value a reader takes a part is None when any visible run begins."""
        field = self._field(read)
        parts = any(part.certainty is Certainty.CERTAIN and not part.path for part in read.need.parts)
        return field is not None and field.unset and parts and self._begins_empty(read, behind)

    def _field(self, read: Read) -> Field | None:
        return self.workflow.state.field(read.need.name) if self.workflow.state is not None else None

    def _begins_empty(self, read: Read, behind: frozenset[str]) -> bool:
        """Whether a field holds its empty default when any visible run begins, and nobody asks whether it does."""
        name, field = read.need.name, self._field(read)
        calls = () if self.inputs.guessed else self.inputs.calls
        return (
            field is not None
            and field.empty
            and not (read.need.asked or read.step in behind or name in self.inputs.inherited)
            and not any(step.needs_open for step in self.workflow.steps)  # who is handed the state may change it
            and bool(calls)
            and all(name in call.unset or name not in call.keys for call in calls)
        )

    def _way_around(self, read: Read, writers: tuple[Source, ...]) -> tuple[str, ...]:
        """A way to a reader past all who write what it takes a part of, none where anything else speaks for them.

        Whoever looks whether it is there may choose the way by that; what runs side by side, or has run before, may
        have written it.
        """
        flow, name = self.workflow, read.need.name
        deciding = {choice.source for choice in flow.choices}
        needs = [(need, step.id in deciding) for step in flow.steps for need in step.needs]
        looked = any(need.name == name and (decides or need.asked or not need.required) for need, decides in needs)
        chosen = any(need.name == name for choice in flow.choices for need in choice.needs)
        several = bool(flow.joins) or any(edge.fan_out for edge in flow.edges) or self.concurrency is None
        if looked or chosen or several or flow.persisted or read.choice is not None:
            return ()
        writing = frozenset(source.step for source in writers) - {read.step}
        way = self.reachability.way(read.step, writing)
        beside = any(self._are_together(source, step) for source in writing for step in way)
        return () if beside or not writing.isdisjoint(way) else way

    def _are_together(self, one: str, other: str) -> bool:
        return self.concurrency is None or self.concurrency.are_together(one, other)

    def _preset(self, read: Read) -> bool:
        step = self.workflow.step(read.step)
        own = step.own_schema.field(read.need.name) if step is not None and step.own_schema is not None else None
        return read.need.name in self.inputs.given or (own is not None and own.preset)

    def _is_open(self, read: Read) -> bool:
        """Whether a step declares an input of which not all fields are known, and reads one that is not among them."""
        step = self.workflow.step(read.step)
        own = step.own_schema if step is not None and read.choice is None else None
        return own is not None and not own.closed and own.field(read.need.name) is None

    def _absent(self, read: Read) -> Gap | None:
        """Nobody in the workflow writes the field."""
        name = read.need.name
        lacking = tuple(call for call in self.inputs.calls if name not in call.keys)
        if name in self.inputs.inherited:
            return None
        if name not in self.inputs.accepted:
            return Gap(GapKind.NEVER, read)
        if not self.inputs.calls:
            return Gap(GapKind.CALLER if self.inputs.unknown else GapKind.NEVER, read)
        if self.inputs.guessed:
            return None
        return Gap(GapKind.SOME_CALLS if name in self.inputs.possible else GapKind.NEVER, read, calls=lacking)

    def _uncertain(self, read: Read, writers: tuple[Source, ...]) -> Gap | None:
        """Somebody writes the field, but perhaps not on every way to the reader."""
        if self.assigned is None or not read.need.required or self._is_early(read.step):
            return None
        if any(source.offer.by_tool for source in writers):
            return None  # the model is told when to call its tools, in words
        known = (self.assigned.before if read.choice is None else self.assigned.after).get(read.step)
        name = read.need.name
        if (
            known is None
            or self.assigned.must_assign(known, name)
            or name in self.inputs.inherited
            or self._assumed_input(read)
        ):
            return None
        lacking = tuple(call for call in self.inputs.calls if name not in call.keys)
        avoiding = frozenset(source.step for source in writers) - {read.step}
        way = self.reachability.way(read.step, avoiding)
        return Gap(self._kind(read, self.assigned, known), read, writers, way, lacking)

    def _kind(self, read: Read, assigned: StateAssignment, known: Assigned) -> GapKind:
        if assigned.may_assign(known, read.need.name):
            return GapKind.CONDITIONAL
        return GapKind.SOME_CALLS if read.need.name in self.inputs.possible else GapKind.AROUND

    def _assumed_input(self, read: Read) -> bool:
        """Callers are taken to pass a field unless a step that can run before the reader makes it from scratch.

        One that a schema of the inputs alone declares is there to be passed.
        """
        if not self.inputs.guessed or read.need.name not in self.inputs.accepted:
            return False
        if self.workflow.inputs is not None and self.workflow.inputs.field(read.need.name) is not None:
            return True
        name = read.need.name
        if name not in self.made:
            self.made[name] = tuple(source.step for source in self._writers(name) if self._from_scratch(source))
        return not any(self._runs_before(step, read) or self._are_beside(step, read.step) for step in self.made[name])

    def _are_beside(self, one: str, other: str) -> bool:
        return self.concurrency is not None and self.concurrency.are_beside(one, other)

    def _is_early(self, step: str) -> bool:
        """Whether a step is started before all of its inputs are there; that is what has to be said about it then."""
        return self.concurrency is not None and step in self.concurrency.rerun_steps

    def _from_scratch(self, source: Source) -> bool:
        step = self.workflow.step(source.step)
        read = {need.name for need in step.needs} if step is not None else set()
        return source.offer.name not in read and source.offer.name not in source.offer.derived_from

    def _runs_before(self, writer: str, read: Read) -> bool:
        if writer == read.step:
            return read.choice is not None
        return self.reachability.precedes(writer, read.step)
