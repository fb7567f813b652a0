"""The edges of a chain: who follows whom, whether always, by a decision, for each of several, or after several."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from wflint.assembly.chains.actors import Actor
from wflint.assembly.chains.awaiting import Awaiting
from wflint.assembly.chains.contracts import Uses, carried, need
from wflint.assembly.chains.links import Link, common, home_of, since
from wflint.assembly.chains.runs import Run
from wflint.assembly.draft import Draft
from wflint.evaluate.answers import Answer
from wflint.evaluate.interpreter import Interpreter
from wflint.model.contract import Certainty, Parsing
from wflint.model.workflow import Choice, Edge, EdgeKind, Route

Pair = tuple[str, str]


@dataclass(slots=True)
class Chaining:
    """A chain while it is being folded: its runs with what they run, and the links between steps."""

    runs: list[tuple[Run, Actor]]
    ways: dict[Pair, list[Link]]
    uses: Uses
    home: object
    heard: Mapping[Answer, tuple[Parsing, ...]]
    awaiting: Awaiting = field(default_factory=Awaiting)

    @classmethod
    def of(
        cls,
        interp: Interpreter,
        runs: list[tuple[Run, Actor]],
        links: Iterable[Link],
        home: object,
        heard: Mapping[Answer, tuple[Parsing, ...]],
    ) -> Chaining:
        """A chain of runs in order, in the function that is their `home`."""
        return cls(runs, _ways(links, dict(runs)), Uses.of(interp), home, heard)

    def runs_of(self, step: str) -> list[Run]:
        """Every run of a step, in order."""
        return [run for run, actor in self.runs if step in actor.names]

    def leads_back(self, pair: Pair) -> bool:
        """Whether an edge leads to a step that has been run when its source first is."""
        return self.runs_of(pair[1])[0].number <= self.runs_of(pair[0])[0].number


def _ways(links: Iterable[Link], actors: dict[Run, Actor]) -> dict[Pair, list[Link]]:
    """The links by the steps that they lead from and to.

    A step that gets its own earlier answer along with that of another one merely remembers it.
    """
    ways: dict[Pair, list[Link]] = {}
    known = list(links)
    led = {link.target for link in known if actors[link.source].names != actors[link.target].names}
    for link in known:
        if actors[link.source].names == actors[link.target].names and link.target in led:
            continue
        for source in actors[link.source].names:
            for target in actors[link.target].names:
                ways.setdefault((source, target), []).append(link)
    return ways


def drawn(chaining: Chaining, draft: Draft) -> tuple[Edge, ...]:
    """Every edge; the decisions go into the draft."""
    edges = {pair: _edge(chaining, pair, links) for pair, links in chaining.ways.items()}
    edges |= {(edge.source, edge.target): edge for edge in _in_order(chaining, edges)}
    for source in draft.steps:
        _decide(chaining, draft, source, edges)
    for target in draft.steps:
        _gather(chaining, target, edges)
    return tuple(edges.values())


def _edge(chaining: Chaining, pair: Pair, links: list[Link]) -> Edge:
    """The edge that the links between the runs of two steps come to; the surest of them counts."""
    best = _best(links)
    sure = best.conditional or (not best.unsure and _always(chaining, pair, best, links))
    return Edge(
        source=pair[0],
        target=pair[1],
        kind=_kind(best, side_by_side=_are_several(chaining, best, links)),
        span=best.target.event.place.span,
        certainty=Certainty.CERTAIN if sure else Certainty.POSSIBLE,
        many=best.each and chaining.awaiting.side_by_side(best.target, best.source),
        carries=carried(pair[0], links),
    )


def _best(links: list[Link]) -> Link:
    return min(links, key=lambda link: (link.conditional, link.unsure))


def _are_several(chaining: Chaining, best: Link, links: list[Link]) -> bool:
    """Whether the target is given what several runs of the source, started side by side, have come to."""
    sources = [link.source for link in links if link.target is best.target]
    return any(not chaining.awaiting.in_turn(sources[0], other) for other in sources[1:])


def _kind(link: Link, *, side_by_side: bool) -> EdgeKind:
    if link.conditional:
        return EdgeKind.CONDITIONAL
    if link.each:
        return EdgeKind.FAN_OUT
    return EdgeKind.FAN_IN if link.gathers or side_by_side else EdgeKind.DIRECT


def _always(chaining: Chaining, pair: Pair, best: Link, links: list[Link]) -> bool:
    """Whether every run of the source leads to one of the target; the last round of a loop does not lead back."""
    if chaining.leads_back(pair) and any(ground.repeats for ground in best.grounds):
        return False
    leading = {link.source for link in links}
    return all(run in leading or run.event.again for run in chaining.runs_of(pair[0]))


def _in_order(chaining: Chaining, edges: dict[Pair, Edge]) -> Iterator[Edge]:
    """To each step that nothing leads to, what is run just before it: their order is all that is known."""
    led = {pair[1] for pair in edges if not chaining.leads_back(pair)}
    for name in dict.fromkeys(name for _, actor in chaining.runs for name in actor.names):
        first = chaining.runs_of(name)[0]
        before = [
            (run, actor)
            for run, actor in chaining.runs
            if run.number < first.number and name not in actor.names and _precedes(chaining, run, first)
        ]
        if name not in led and before:
            source = before[-1][1].names[-1]
            if (source, name) not in edges:
                span = first.event.place.span
                yield Edge(source, name, EdgeKind.DIRECT, span, Certainty.POSSIBLE)


def _precedes(chaining: Chaining, run: Run, later: Run) -> bool:
    """Whether a run is over whenever the later one begins, in one go through the function around both."""
    if not any(home_of(frame) == chaining.home for frame in common(run, later)):
        return False
    return not since(later.event.taken, run.event.taken) and chaining.awaiting.in_turn(run, later)


def _decide(chaining: Chaining, draft: Draft, source: str, edges: dict[Pair, Edge]) -> None:
    """The decision after a step, for those who are only run if its answer is as it should be."""
    leaving = [pair for pair in edges if pair[0] == source]
    tested = {pair: link for pair in leaving if (link := _tested(chaining, pair)) is not None}
    if not tested:
        return
    draft.choices.append(_choice(chaining, source, tested))
    for pair in tested:
        edges[pair] = replace(edges[pair], choice=len(draft.choices) - 1)


def _tested(chaining: Chaining, pair: Pair) -> Link | None:
    """The link whose run hangs on the answer of its own source."""
    links = chaining.ways.get(pair, [])
    best = _best(links) if links else None
    return best if best is not None and best.test is not None else None


def _choice(chaining: Chaining, source: str, tested: dict[Pair, Link]) -> Choice:
    """What code decides by an answer: it may also decide to run nobody."""
    first = next(iter(tested.values()))
    tests = [link.test for link in tested.values() if link.test is not None]
    answers = {link.source.answer for link in tested.values()}
    looked_at = [symbol for test in tests for symbol in test.sources if symbol.root in answers]
    return Choice(
        source=source,
        name="test",
        span=tests[0].place.span,
        routes=tuple(Route(pair[1], link.target.event.place.span, Certainty.POSSIBLE) for pair, link in tested.items()),
        closed=True,
        falls_through=tests[0].place.span,
        exclusive=_are_exclusive(list(tested.values())),
        within_step=True,
        needs=(need(first.source.answer.label, looked_at, tests[0].place.span, chaining.uses),),
    )


def _are_exclusive(links: list[Link]) -> bool:
    """Whether no two of the targets are run under the same conditions."""
    taken = [link.target.event.taken for link in links]
    return all(since(one, other) and since(other, one) for one in taken for other in taken if one is not other)


def _gather(chaining: Chaining, target: str, edges: dict[Pair, Edge]) -> None:
    """A step that is run once all of several others are done that do not wait for each other."""
    into = [pair for pair, edge in edges.items() if pair[1] == target and _waits(chaining, pair, edge)]
    last = [pair for pair in into if not any(_is_before(pair[0], other[0], edges) for other in into if other != pair)]
    for pair in last if len(last) > 1 else ():
        edges[pair] = replace(edges[pair], kind=EdgeKind.FAN_IN)


def _waits(chaining: Chaining, pair: Pair, edge: Edge) -> bool:
    """Whether the target always waits for the source."""
    plain = edge.kind in (EdgeKind.DIRECT, EdgeKind.FAN_IN) and edge.certainty is Certainty.CERTAIN
    known = plain and not chaining.leads_back(pair)
    return known and all(link.sure_of_source for link in chaining.ways.get(pair, ()))


def _is_before(source: str, other: str, edges: dict[Pair, Edge]) -> bool:
    """Whether one step leads to another for certain."""
    seen: set[str] = set()
    pending = [source]
    while pending:
        name = pending.pop()
        seen.add(name)
        sure = (pair[1] for pair, edge in edges.items() if pair[0] == name and edge.certainty is Certainty.CERTAIN)
        pending += [following for following in sure if following not in seen]
    return other in seen - {source}
