"""The edges of a chain: who follows whom, whether always, by a decision, for each of several, or after several."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

from msgspec import Struct, field
from msgspec.structs import replace

from wflint.assembly.chains.actors import Actor
from wflint.assembly.chains.contracts import Uses, carried, need
from wflint.assembly.chains.data_dependences import DataDependence, common, home_of, since
from wflint.assembly.chains.happens_before import HappensBefore, call_in
from wflint.assembly.chains.runs import Run
from wflint.assembly.contracts.origins import of_answer
from wflint.assembly.contracts.started_together import shared_contexts
from wflint.assembly.draft import Draft
from wflint.evaluate.answers import Answer
from wflint.evaluate.events import Frame
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.values import Const
from wflint.model.contract import Certainty, FormatExpectation, Offer
from wflint.model.patterns import pattern
from wflint.model.workflow import Choice, Edge, EdgeKind, Route
from wflint.source.code import Attribute, FunctionDef, Name
from wflint.source.walking import nodes_in

Pair = tuple[str, str]
FEWEST = 2
"""Steps that another one may wait for, all of them."""


class CodeWorkflowBuilder(Struct):
    """A chain while it is being folded: its runs with what they run, and the links between steps."""

    runs: list[tuple[Run, Actor]]
    ways: dict[Pair, list[DataDependence]]
    uses: Uses
    home: object
    heard: Mapping[Answer, tuple[FormatExpectation, ...]]
    by_step: Mapping[str, list[Run]]
    happens_before: HappensBefore = field(default_factory=HappensBefore)

    @classmethod
    def of(
        cls,
        interp: Interpreter,
        runs: list[tuple[Run, Actor]],
        dependences: Iterable[DataDependence],
        home: object,
        heard: Mapping[Answer, tuple[FormatExpectation, ...]],
    ) -> CodeWorkflowBuilder:
        """A chain of runs in order, in the function that is their `home`."""
        by_step: dict[str, list[Run]] = defaultdict(list)
        for run, actor in runs:
            for name in actor.names:
                by_step[name].append(run)
        return cls(runs, _ways(dependences, dict(runs)), Uses.of(interp), home, heard, by_step)

    def runs_of(self, step: str) -> list[Run]:
        """Every run of a step, in order."""
        return self.by_step[step]

    def leads_back(self, pair: Pair) -> bool:
        """Whether an edge leads to a step that has been run when its source first is."""
        return self.runs_of(pair[1])[0].number <= self.runs_of(pair[0])[0].number


def _ways(dependences: Iterable[DataDependence], actors: dict[Run, Actor]) -> dict[Pair, list[DataDependence]]:
    """The links by the steps that they lead from and to.

    A step that gets its own earlier answer along with that of another one merely remembers it.
    """
    ways: dict[Pair, list[DataDependence]] = {}
    known = list(dependences)
    led = {
        dependence.target for dependence in known if actors[dependence.source].names != actors[dependence.target].names
    }
    for dependence in known:
        if actors[dependence.source].names == actors[dependence.target].names and dependence.target in led:
            continue
        for source in actors[dependence.source].names:
            for target in actors[dependence.target].names:
                ways.setdefault((source, target), []).append(dependence)
    return ways


class Successors(Struct, frozen=True):
    """The other steps that each leads to for certain; `direct` has those that it leads to at once."""

    direct: Mapping[str, list[str]]
    known: dict[str, set[str]] = field(default_factory=dict)

    def of(self, source: str) -> set[str]:
        """Whatever follows a step, which is looked for once."""
        if source not in self.known:
            seen = {source}
            pending = [source]
            while pending:
                following = [name for name in self.direct.get(pending.pop(), ()) if name not in seen]
                seen.update(following)
                pending += following
            self.known[source] = seen - {source}
        return self.known[source]


def drawn(builder: CodeWorkflowBuilder, draft: Draft) -> tuple[Edge, ...]:
    """Every edge; the decisions go into the draft."""
    edges = {pair: _edge(builder, pair, dependences) for pair, dependences in builder.ways.items()}
    edges |= {(edge.source, edge.target): edge for edge in _in_order(builder, edges)}
    leaving, entering = _by_step(edges, 0), _by_step(edges, 1)
    for source in draft.steps:
        _decide(builder, draft, source, leaving[source], edges)
    sure = Successors(
        {source: [pair[1] for pair in pairs if _is_certain(edges[pair])] for source, pairs in leaving.items()}
    )
    for target in draft.steps:
        _gather(builder, entering[target], edges, sure)
    return tuple(edges.values())


def _by_step(edges: Iterable[Pair], end: int) -> Mapping[str, list[Pair]]:
    """The edges by the step that they leave (0) or enter (1)."""
    found: dict[str, list[Pair]] = defaultdict(list)
    for pair in edges:
        found[pair[end]].append(pair)
    return found


def _is_certain(edge: Edge) -> bool:
    return edge.certainty is Certainty.CERTAIN


def _edge(builder: CodeWorkflowBuilder, pair: Pair, dependences: list[DataDependence]) -> Edge:
    """The edge that the links between the runs of two steps come to; the surest of them counts."""
    best = _best(dependences)
    sure = best.conditional or (not best.unsure and _always(builder, pair, best, dependences))
    field_map = carried(pair[0], dependences)
    return Edge(
        source=pair[0],
        target=pair[1],
        kind=_kind(best, side_by_side=_are_several(builder, best, dependences)),
        span=best.target.api_call.span,
        certainty=Certainty.CERTAIN if sure else Certainty.POSSIBLE,
        fan_out=best.each and builder.happens_before.concurrent(best.target, best.source),
        field_map=field_map,
        limited=any(_is_admitted(frame, best.target) for frame in best.target.api_call.stack),
        message=None if field_map else _beside(best.source, best.target),
    )


def _beside(one: Run, other: Run) -> tuple[Offer, ...]:
    """What gets from one run to a later one beside its result: the talk, where both keep it in one place."""
    talk = Offer("conversation", one.api_call.span, Certainty.POSSIBLE, origins=of_answer(formed=False))
    return (talk,) if _share(one, other) else ()


def _share(one: Run, other: Run) -> bool:
    """Whether two runs may keep what is said in one place: a session, or whatever else both are given."""
    given = {id(value) for value in one.api_call.arguments if not isinstance(value, Const)}
    kept = one.answer.kept_in is not None and other.answer.kept_in is not None
    return kept or any(id(value) in given for value in other.api_call.arguments)


ADMITTING = pattern(r"(?i).*(?:sem|limit|throttl|slot|gate|bucket|lock|pool).*")
"""Names of contexts that let so many in at a time."""


def _is_admitted(frame: Frame, run: Run) -> bool:
    """Whether a function lets a run begin only once it has entered a semaphore or something like it."""
    if frame.function is None or not isinstance(frame.function.node, FunctionDef):
        return False
    place = call_in(frame, run)
    contexts = tuple(shared_contexts(frame.function.node.body, place.at))
    named = [node for node in nodes_in(contexts) if isinstance(node, Name | Attribute)]
    here = frame.function.module is place.module
    return here and any(ADMITTING.fullmatch(n.id if isinstance(n, Name) else n.name) for n in named)


def _best(dependences: list[DataDependence]) -> DataDependence:
    return min(dependences, key=lambda dependence: (dependence.conditional, dependence.unsure))


def _are_several(builder: CodeWorkflowBuilder, best: DataDependence, dependences: list[DataDependence]) -> bool:
    """Whether the target is given what several runs of the source, started side by side, have come to."""
    sources = [dependence.source for dependence in dependences if dependence.target is best.target]
    return any(not builder.happens_before.ordered(sources[0], other) for other in sources[1:])


def _kind(dependence: DataDependence, *, side_by_side: bool) -> EdgeKind:
    if dependence.conditional:
        return EdgeKind.CONDITIONAL
    if dependence.each:
        return EdgeKind.FAN_OUT
    return EdgeKind.FAN_IN if dependence.gathers or side_by_side else EdgeKind.DIRECT


def _always(builder: CodeWorkflowBuilder, pair: Pair, best: DataDependence, dependences: list[DataDependence]) -> bool:
    """Whether every run of the source leads to one of the target; the last round of a loop does not lead back."""
    if builder.leads_back(pair) and any(dependence.repeats for dependence in best.dependences):
        return False
    leading = {dependence.source for dependence in dependences}
    return all(run in leading or run.api_call.in_reiterated_loop for run in builder.runs_of(pair[0]))


def _in_order(builder: CodeWorkflowBuilder, edges: dict[Pair, Edge]) -> Iterator[Edge]:
    """To each step that nothing leads to, what is run just before it: their order is all that is known."""
    led = {pair[1] for pair in edges if not builder.leads_back(pair)}
    for name in dict.fromkeys(name for _, actor in builder.runs for name in actor.names):
        if name in led:
            continue
        first = builder.runs_of(name)[0]
        before = (
            (run, actor)
            for run, actor in reversed(builder.runs)
            if run.number < first.number and name not in actor.names and _precedes(builder, run, first)
        )
        for run, actor in islice(before, 1):
            source = actor.names[-1]
            if (source, name) not in edges:
                span = first.api_call.span
                yield Edge(source, name, EdgeKind.DIRECT, span, Certainty.POSSIBLE, message=_beside(run, first))


def _precedes(builder: CodeWorkflowBuilder, run: Run, later: Run) -> bool:
    """Whether a run is over whenever the later one begins, in one go through the function around both."""
    if not any(home_of(frame) == builder.home for frame in common(run, later)):
        return False
    return not since(later.api_call.path_condition, run.api_call.path_condition) and builder.happens_before.ordered(
        run, later
    )


def _decide(
    builder: CodeWorkflowBuilder, draft: Draft, source: str, leaving: list[Pair], edges: dict[Pair, Edge]
) -> None:
    """The decision after a step, for those who are only run if its answer is as it should be."""
    tested = {pair: dependence for pair in leaving if (dependence := _tested(builder, pair)) is not None}
    if not tested:
        return
    draft.choices.append(_choice(builder, source, tested))
    for pair in tested:
        edges[pair] = replace(edges[pair], choice=len(draft.choices) - 1)


def _tested(builder: CodeWorkflowBuilder, pair: Pair) -> DataDependence | None:
    """The link whose run hangs on the answer of its own source."""
    dependences = builder.ways.get(pair, [])
    best = _best(dependences) if dependences else None
    return best if best is not None and best.test is not None else None


def _choice(builder: CodeWorkflowBuilder, source: str, tested: dict[Pair, DataDependence]) -> Choice:
    """What code decides by an answer: it may also decide to run nobody."""
    first = next(iter(tested.values()))
    tests = [dependence.test for dependence in tested.values() if dependence.test is not None]
    answers = {dependence.source.answer for dependence in tested.values()}
    looked_at = [symbol for test in tests for symbol in test.depends_on if symbol.root in answers]
    return Choice(
        source=source,
        name="test",
        span=tests[0].location.span,
        routes=tuple(
            Route(pair[1], dependence.target.api_call.span, Certainty.POSSIBLE) for pair, dependence in tested.items()
        ),
        closed=True,
        may_return_none_at=tests[0].location.span,
        exclusive=_are_exclusive(list(tested.values())),
        is_goto=True,
        needs=(need(first.source.answer.label, looked_at, tests[0].location.span, builder.uses),),
    )


def _are_exclusive(dependences: list[DataDependence]) -> bool:
    """Whether no two of the targets are run under the same conditions."""
    taken = [dependence.target.api_call.path_condition for dependence in dependences]
    return all(since(one, other) and since(other, one) for one in taken for other in taken if one is not other)


def _gather(builder: CodeWorkflowBuilder, entering: list[Pair], edges: dict[Pair, Edge], sure: Successors) -> None:
    """A step that is run once all of several others are done that do not wait for each other."""
    into = [pair for pair in entering if _waits(builder, pair, edges[pair])]
    if len(into) < FEWEST:
        return
    last = [pair for pair in into if not any(other[0] in sure.of(pair[0]) for other in into)]
    for pair in last if len(last) > 1 else ():
        edges[pair] = replace(edges[pair], kind=EdgeKind.FAN_IN)


def _waits(builder: CodeWorkflowBuilder, pair: Pair, edge: Edge) -> bool:
    """Whether the target always waits for the source."""
    plain = edge.kind in (EdgeKind.DIRECT, EdgeKind.FAN_IN) and edge.certainty is Certainty.CERTAIN
    known = plain and not builder.leads_back(pair)
    return known and all(dependence.sure_of_source for dependence in builder.ways.get(pair, ()))
