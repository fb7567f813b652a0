"""A workflow while it is being put together."""

from __future__ import annotations

from collections.abc import Container, Hashable, Iterable

from msgspec import Struct, field
from msgspec.structs import replace

from wflint.evaluate.values import Object
from wflint.model.conduct import ExitSignal, Pause, ReplayedValue
from wflint.model.contract import Certainty, Offer, Schema
from wflint.model.docstrings import read_docstring
from wflint.model.hidden_result import HiddenReason, HiddenResult
from wflint.model.loss import Loss
from wflint.model.span import Span
from wflint.model.workflow import (
    END,
    START,
    Aspect,
    Choice,
    Edge,
    EdgeKind,
    Exchange,
    Fault,
    FaultKind,
    Invocation,
    Join,
    Step,
    StepKind,
    Unresolved,
    UnresolvedName,
    Unused,
    Workflow,
)


class Draft(Struct):
    """Steps and edges as they come up; `finish` checks the names and freezes it.

    Edges may name steps that come later. Those that no step ever has become `unresolved_names` (with the role that the
    edge was added under) and leave the edge list. `variant` numbers the workflows of one allocation site.
    """

    name: str
    framework: str
    span: Span
    variant: int = 0
    steps: dict[str, Step] = field(default_factory=dict)
    edges: dict[tuple[str, str], Edge] = field(default_factory=dict)
    roles: dict[tuple[str, str], str] = field(default_factory=dict)
    choices: list[Choice] = field(default_factory=list)
    joins: list[Join] = field(default_factory=list)
    unresolved_names: list[UnresolvedName] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    losses: list[Loss] = field(default_factory=list)
    unused: list[Unused] = field(default_factory=list)
    unresolved: list[Unresolved] = field(default_factory=list)
    constructed_at: list[Span] = field(default_factory=list)
    replayed: tuple[ReplayedValue, ...] = ()
    pauses: tuple[Pause, ...] = ()
    exit_signals: list[ExitSignal] = field(default_factory=list)

    @classmethod
    def of(cls, made: Object, framework: str, otherwise: str) -> Draft:
        """The draft of what an object stands for: called like its variable, or like the function that makes it."""
        return cls(made.name or made.created_in or otherwise, framework, made.site.span)

    def choose(self, choice: Choice, ways: Iterable[tuple[str, str]] = ()) -> int:
        """Add a decision, which takes those of some ways that no other one takes; its number."""
        self.choices.append(choice)
        for way in ways:
            edge = self.edges.get(way)
            if edge is not None and edge.choice is None:
                self.edges[way] = replace(edge, choice=len(self.choices) - 1)
        return len(self.choices) - 1

    def wait(self, sources: Iterable[str], target: str, span: Span) -> int:
        """Add a join of ways that are there already; its number."""
        self.joins.append(Join(tuple(dict.fromkeys(sources)), target, span))
        for source in sources:
            if (source, target) in self.edges:
                self.edges[source, target] = replace(self.edges[source, target], join=len(self.joins) - 1)
        return len(self.joins) - 1

    def hide(self, step: str, others: Iterable[str], reason: HiddenReason, span: Span) -> None:
        """Say whose results a step is not shown; a participant that is only named may be no step."""
        shown = self.steps.get(step)
        if shown is not None:
            hidden = tuple(HiddenResult(other, reason, span) for other in others)
            self.steps[step] = replace(shown, hidden_results=(*shown.hidden_results, *hidden))

    def fault(self, kind: FaultKind, subject: str, span: Span, other: Span | None = None, detail: str = "") -> None:
        """Say why the framework would refuse the graph."""
        self.faults.append(Fault(kind, subject, span, other, detail))

    def add_edge(self, edge: Edge, role: str = "edge") -> None:
        """Add an edge; of several declarations of one way, the surer counts and all places are kept."""
        key = (edge.source, edge.target)
        old = self.edges.get(key)
        if old is None:
            self.edges[key] = replace(edge, evidence=(edge.span,))
            self.roles[key] = role
            return
        surer = edge if old.certainty is Certainty.POSSIBLE and edge.certainty is Certainty.CERTAIN else old
        if EdgeKind.DIRECT in (edge.kind, old.kind) and edge.kind is not old.kind:
            surer = edge if edge.kind is EdgeKind.DIRECT else old
        evidence = dict.fromkeys((*old.evidence, edge.span))
        self.edges[key] = replace(surer, evidence=tuple(evidence), message=_either(old.message, edge.message))

    def open(self, reason: str, span: Span, aspect: Aspect, *affects: str) -> None:
        """Say that something is not known."""
        item = Unresolved(reason, span, aspect, affects)
        if item not in self.unresolved:
            self.unresolved.append(item)

    def finish(
        self,
        state: Schema | None,
        inputs: Schema | None,
        outputs: Schema | None,
        invocations: tuple[Invocation, ...],
        exchange: Exchange = Exchange.STATE,
    ) -> Workflow:
        """The workflow, with its ends added where edges lead to them, everything in order of place and name."""
        for end, kind in ((START, StepKind.START), (END, StepKind.END)):
            if any(end in pair for pair in self.edges):
                self.steps.setdefault(end, Step(end, kind, self.span))
        edges = []
        for key, edge in self.edges.items():
            missing = [name for name in key if name not in self.steps]
            for name in missing:
                role = "edge source" if name == edge.source else self.roles[key]
                source = edge.source if name == edge.target else None
                target = edge.target if name == edge.source else None
                self.unresolved_names.append(UnresolvedName(name, role, edge.span, source, edge.certainty, target))
            if not missing:
                edges.append(edge)
        return Workflow(
            id=reference(self.span, self.variant),
            name=self.name,
            framework=self.framework,
            span=self.span,
            steps=tuple(_documented(step) for step in self.steps.values()),
            edges=tuple(edges),
            exchange=exchange,
            choices=tuple(self.choices),
            joins=tuple(join for join in self.joins if _whole(join, self.steps)),
            unresolved_names=tuple(dict.fromkeys(self.unresolved_names)),
            faults=tuple(dict.fromkeys(self.faults)),
            losses=tuple(dict.fromkeys(self.losses)),
            unused=tuple(dict.fromkeys(self.unused)),
            unresolved=tuple(self.unresolved),
            state=state,
            inputs=inputs,
            outputs=outputs,
            invocations=invocations,
            constructed_at=tuple(dict.fromkeys(self.constructed_at)),
            replayed=self.replayed,
            pauses=self.pauses,
            exit_signals=tuple(dict.fromkeys(self.exit_signals)),
        )

    @property
    def draft(self) -> Draft:
        """Itself: folds that are nothing more are grouped like those that hold one."""
        return self

    @property
    def lacks_steps(self) -> bool:
        """Whether there may be steps that are not known."""
        return any(item.aspect is Aspect.STEPS for item in self.unresolved)

    @property
    def shape(self) -> Hashable:
        """What tells this workflow from another one of its site: edges, and steps with their code and what it needs."""
        edges = ((*pair, edge.kind, edge.label) for pair, edge in self.edges.items())
        steps = (
            (name, step.definition, frozenset(need.name for need in step.needs), step.result)
            for name, step in self.steps.items()
        )
        opened = any(item.aspect is not Aspect.CONTRACT for item in self.unresolved)
        return frozenset(steps), frozenset(edges), opened


def _either(one: tuple[Offer, ...] | None, other: tuple[Offer, ...] | None) -> tuple[Offer, ...] | None:
    """The fields of what travels along a way that messages of two kinds take; None where one of them may have any."""
    if one is None or other is None:
        return None
    both = {offer.name for offer in one} & {offer.name for offer in other}
    every = {offer.name: offer for offer in (*other, *one)}
    return tuple(
        replace(
            offer,
            certainty=Certainty.CERTAIN if name in both and _is_sure(name, one, other) else Certainty.POSSIBLE,
            origins=tuple(sorted({origin for each in (*one, *other) if each.name == name for origin in each.origins})),
        )
        for name, offer in every.items()
    )


def _is_sure(name: str, *each: tuple[Offer, ...]) -> bool:
    return all(offer.certainty is Certainty.CERTAIN for offers in each for offer in offers if offer.name == name)


def edge_kind(*, conditional: bool = False, joined: bool = False, fans_out: bool = False) -> EdgeKind:
    """The kind of an edge: what decides about it counts before what waits for it, and that before what goes with it."""
    if conditional:
        return EdgeKind.CONDITIONAL
    if joined:
        return EdgeKind.FAN_IN
    return EdgeKind.FAN_OUT if fans_out else EdgeKind.DIRECT


def numbered(stem: str, taken: Container[str]) -> str:
    """A name that others may have as well, with a number if they do."""
    name, number = stem, 2
    while name in taken:
        name, number = f"{stem}_{number}", number + 1
    return name


def reference(span: Span, variant: int = 0) -> str:
    """The id of a workflow until all of them are known: where it is constructed, and which one of those."""
    return f"{span}#{variant}" if variant else str(span)


def _documented(step: Step) -> Step:
    """The step, its needs described as the docstring of its code has it where nothing else says what they are."""
    documented = read_docstring(step.description)
    if not documented.parameters or all(need.description for need in step.needs):
        return step
    needs = (replace(need, description=need.description or documented.about(need.name)) for need in step.needs)
    return replace(step, needs=tuple(needs))


def _whole(join: Join, steps: dict[str, Step]) -> bool:
    return join.target in steps and all(source in steps for source in join.sources)
