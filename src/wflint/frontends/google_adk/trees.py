"""A tree of agents, flattened: who runs after whom, who hands over to whom, who calls whom."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from msgspec import Struct, field
from msgspec.structs import replace

from wflint.assembly.agents import hidden_tools, part
from wflint.assembly.argument_locator import ArgumentLocator
from wflint.assembly.contracts.effects import certainty
from wflint.assembly.draft import Draft, numbered
from wflint.assembly.sequences import Item, alternative_lists
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.values import Location, Object
from wflint.frontends.google_adk.agents import agent_step, forgets, functions_of_tools, runs_of_tools
from wflint.frontends.google_adk.bounds import may_stop, no_rounds, rounds_of
from wflint.frontends.google_adk.dynamic import LABEL, DynamicRun, with_runs
from wflint.frontends.google_adk.exits import exit_signals, never_after
from wflint.frontends.google_adk.lost_edits import lost_edits
from wflint.frontends.google_adk.nodes import read_node
from wflint.frontends.google_adk.parts import called, children, hidden, kind_of, name_of, tools
from wflint.frontends.google_adk.refusals import refused_agent
from wflint.frontends.google_adk.standing_in import standing_in
from wflint.frontends.google_adk.table import AgentKind
from wflint.frontends.google_adk.transfers import Kin, turns_to
from wflint.model.hidden_result import HiddenReason
from wflint.model.span import Span
from wflint.model.workflow import START, Aspect, Choice, Edge, EdgeKind, Join, Step

DEEPEST = 40
IN_PERSON = (AgentKind.SEQUENTIAL, AgentKind.PARALLEL, AgentKind.LOOP)
"""Agents that run what they hold without looking for its name."""


class Exit(Struct, frozen=True):
    """A step after which a part of the tree is done; `choice` decides whether it is, in a loop.

    Not `certain` where what is done last depends on how the tree is built.
    """

    step: str
    choice: int | None = None
    certain: bool = True


class Ends(Struct, frozen=True):
    """Where control gets into a part of the tree and where it leaves it.

    The entries are not `certain` where which of them there are depends on how the tree is built.
    """

    entries: tuple[str, ...] = ()
    exits: tuple[Exit, ...] = ()
    certain: bool = True


def _entered(agent: Object, ends: Ends) -> str | None:
    """What starts all of its entries at once; None where there is one, or where nobody knows which."""
    return name_of(agent) if ends.certain and len(ends.entries) > 1 else None


def either(ways: list[Ends]) -> Ends:
    """Parts of a tree of which there is one; nobody knows which."""
    if len(ways) == 1:
        return ways[0]
    return Ends(
        tuple(dict.fromkeys(entry for ends in ways for entry in ends.entries)),
        tuple(dict.fromkeys(exit_ for ends in ways for exit_ in _unsure(ends.exits))),
        certain=False,
    )


def _unsure(exits: tuple[Exit, ...]) -> tuple[Exit, ...]:
    return tuple(replace(exit_, certain=False) for exit_ in exits)


class Tree(Struct):
    """One tree on its way to a workflow; `path` are the agents above, so that a tree that holds itself ends.

    `runs` are the steps that the code of each step runs, and whether it always does. `forgetful` are the agents that
    are not shown the conversation. `max_iterations` is how often the loops around what is looked at run it, None where
    that is not known. `ids` are the steps of agents that run in turn or side by side, by their names and places: the
    framework runs several of one name all the same. `parents` are the agents that others are sub-agents of, `begun` the
    steps that each way out of a decision begins with.
    """

    interp: Interpreter
    locator: ArgumentLocator
    draft: Draft
    path: list[Object] = field(default_factory=list)
    runs: dict[str, dict[str, bool]] = field(default_factory=dict)
    forgetful: dict[str, Span] = field(default_factory=dict)
    max_iterations: int | None = 1
    ids: dict[tuple[str, Span], str] = field(default_factory=dict)
    parents: dict[Object, Object] = field(default_factory=dict)
    kin: Kin = field(default_factory=Kin)
    begun: dict[int, list[tuple[str, ...]]] = field(default_factory=dict)

    def grow(self, root: Object) -> None:
        """Add the root and everything below it."""
        ends = self._visit(root)
        kind = EdgeKind.FAN_OUT if len(ends.entries) > 1 and ends.certain else EdgeKind.DIRECT
        for entry in ends.entries:
            self.draft.add_edge(Edge(START, entry, kind, root.site.span, certainty(ends.certain)))
        self._decide()
        self.draft.steps = with_runs(self.draft.steps, self.runs)
        for name, span in self.forgetful.items():
            self._forget(name, span)

    def _decide(self) -> None:
        """A decision takes one of its ways, and all steps that the way begins with: those of a parallel agent."""
        for number, ways in self.begun.items():
            if any(len(way) > 1 for way in ways):
                choice = self.draft.choices[number]
                self.draft.choices[number] = replace(choice, exclusive=False, together=tuple(dict.fromkeys(ways)))

    def _forget(self, name: str, span: Span) -> None:
        """An agent without the conversation is shown the answer just before it, and of the others nothing."""
        last = {source for source, target in self.draft.edges if target == name}
        earlier = dict.fromkeys(last)
        while more := [source for source, target in self.draft.edges if target in earlier and source not in earlier]:
            earlier.update(dict.fromkeys(more))
        unseen = [other for other in earlier if other not in last and other not in (name, START)]
        self.draft.hide(name, unseen, HiddenReason.FORGOTTEN, span)

    def _visit(self, agent: Object) -> Ends:
        if agent in self.path or len(self.path) >= DEEPEST:
            return Ends()
        self.draft.constructed_at.append(agent.site.span)
        self.draft.faults += refused_agent(agent)
        self.path.append(agent)
        ends = self._ends(agent)
        self.path.pop()
        return ends

    def _ends(self, agent: Object) -> Ends:
        match kind_of(agent):
            case AgentKind.SEQUENTIAL:
                return self._chain(agent)
            case AgentKind.PARALLEL:
                return self._side_by_side(agent)
            case AgentKind.LOOP:
                return self._round(agent)
            case _:
                return self._alone(agent)

    def _children(self, agent: Object) -> Iterator[tuple[Object, bool]]:
        self._look_for_hidden(agent)
        for child, sure in children(agent):
            self._adopt(agent, child, sure=sure)
            yield child, sure

    def _look_for_hidden(self, agent: Object) -> None:
        if hidden(agent):
            name = name_of(agent)
            affected = (name,) if name in self.draft.steps and name is not None else ()
            location = self.locator.argument(agent, "sub_agents")
            self.draft.open("a sub-agent is not known statically", location.span, Aspect.STEPS, *affected)

    def _adopt(self, agent: Object, child: Object, *, sure: bool) -> None:
        """An agent takes a child, which is a step of its own even where another one has its name."""
        name = name_of(child)
        self.parents[child] = agent
        if name is not None and sure and kind_of(agent) in IN_PERSON:
            self.ids.setdefault((name, child.site.span), numbered(name, frozenset(self.ids.values())))

    # ------------------------------------------------------------------------------------ agents that hold others

    def _chain(self, agent: Object) -> Ends:
        self._look_for_hidden(agent)
        ways = [self._row(agent, row) for row in alternative_lists(part(agent, "sub_agents"))]
        return either([ends for ends in ways if ends.entries] or [Ends()])

    def _row(self, agent: Object, row: tuple[Item, ...]) -> Ends:
        """Children one after the other; a place that is not always filled may be passed over."""
        done, begun = Ends(), False
        for slot in row:
            ways = [ends for ends in self._alternatives(agent, slot) if ends.entries]
            if not ways:
                continue
            here, filled = either(ways), slot.filled and len(ways) == len(slot.values)
            self._connect(done.exits, here, agent.site, sure=filled)
            entries = done.entries if begun else (*done.entries, *here.entries)
            certain = done.certain if begun else here.certain and filled and not done.entries
            exits = here.exits if filled else (*_unsure(done.exits), *_unsure(here.exits))
            done, begun = Ends(entries, exits, certain), begun or filled
        return done

    def _alternatives(self, agent: Object, slot: Item) -> Iterator[Ends]:
        for value in slot.values:
            if isinstance(value, Object) and kind_of(value) is not None:
                self._adopt(agent, value, sure=slot.filled and len(slot.values) == 1)
                yield self._visit(value)

    def _side_by_side(self, agent: Object) -> Ends:
        every: list[Ends] = []
        held: list[list[str]] = []
        for child, _ in self._children(agent):
            known = set(self.draft.steps)
            every.append(self._visit(child))
            held.append([name for name in self.draft.steps if name not in known])
        self._keep_apart(agent, held)
        return Ends(
            tuple(dict.fromkeys(entry for ends in every for entry in ends.entries)),
            tuple(dict.fromkeys(exit_ for ends in every for exit_ in ends.exits)),
        )

    def _keep_apart(self, agent: Object, branches: list[list[str]]) -> None:
        """What runs side by side is shown nothing of the other branches."""
        span = agent.site.span
        for branch in branches:
            others = [name for other in branches if other is not branch for name in other]
            for name in branch:
                self.draft.hide(name, others, HiddenReason.CONCURRENT, span)

    def _round(self, agent: Object) -> Ends:
        allowed = rounds_of(agent)
        if allowed == 0:
            self.draft.losses.append(no_rounds(agent))
            if self.path[:-1]:
                return Ends()
        with self._rounds(allowed):
            once = self._chain(agent)
        self.draft.exit_signals += exit_signals(agent)
        self.draft.losses += never_after(agent)
        exits = self._deciding(agent, once.exits) if may_stop(agent) else once.exits
        for exit_ in exits:
            self._begin(exit_, once)
            for entry in once.entries:
                certain = certainty(exit_.certain and once.certain)
                self._edge(Edge(exit_.step, entry, EdgeKind.DIRECT, agent.site.span, certain, label="loop"), exit_)
        return Ends(once.entries, exits, once.certain)

    @contextmanager
    def _rounds(self, allowed: int | None) -> Iterator[None]:
        """What is looked at within runs so many times for each time that what is around it runs."""
        outside = self.max_iterations
        self.max_iterations = None if outside is None or allowed is None else outside * allowed
        yield
        self.max_iterations = outside

    def _bounded(self, step: Step, *, alone: bool) -> Step:
        """A step of a loop that counts its rounds, where nothing else starts it."""
        return replace(step, most_runs=self.max_iterations if alone else None)

    def _deciding(self, agent: Object, exits: tuple[Exit, ...]) -> tuple[Exit, ...]:
        """The exits of a loop, each with the decision whether there is another round."""
        decided = []
        for exit_ in exits:
            number = exit_.choice
            if number is None:
                choice = Choice(exit_.step, name_of(agent) or "loop", agent.site.span, closed=True, is_goto=True)
                number = self.draft.choose(choice)
            decided.append(replace(exit_, choice=number))
        return tuple(decided)

    def _connect(self, exits: tuple[Exit, ...], into: Ends, location: Location, *, sure: bool) -> None:
        together = all(exit_.certain for exit_ in exits) and len(exits) > 1
        joins = together and all(exit_.choice is None for exit_ in exits)
        splits = into.certain and len(into.entries) > 1
        for exit_ in exits:
            self._begin(exit_, into)
        for entry in into.entries:
            join = len(self.draft.joins) if joins else None
            kind = EdgeKind.FAN_IN if together else EdgeKind.FAN_OUT if splits else EdgeKind.DIRECT
            for exit_ in exits:
                certain = certainty(sure and into.certain and exit_.certain)
                self._edge(Edge(exit_.step, entry, kind, location.span, certain, join=join), exit_)
            if joins:
                self.draft.joins.append(Join(tuple(exit_.step for exit_ in exits), entry, location.span))

    def _begin(self, exit_: Exit, into: Ends) -> None:
        """Note where the decision at an exit may lead to."""
        if exit_.choice is not None:
            ways = [into.entries] if into.certain else [(entry,) for entry in into.entries]
            self.begun.setdefault(exit_.choice, []).extend(ways)

    def _edge(self, edge: Edge, exit_: Exit) -> None:
        self.draft.add_edge(replace(edge, choice=exit_.choice))

    # ------------------------------------------------------------------------------------ agents that are steps

    def _alone(self, agent: Object) -> Ends:
        name = name_of(agent)
        if name is None:
            self.draft.open("an agent's name is not known statically", agent.site.span, Aspect.STEPS)
            return Ends()
        name = self.ids.get((name, agent.site.span), name)
        first = name not in self.draft.steps
        if first:
            step = agent_step(self.interp, self.locator, agent, name, agent.site)
            self.draft.steps[name] = replace(step, turns_to=turns_to(agent, self.parents.get(agent), self.kin))
            self.draft.losses += standing_in(self.interp, agent, name)
            self.draft.losses += hidden_tools((name_of(entry.value), entry) for entry in tools(agent))
            for function in functions_of_tools(agent):
                self.draft.losses += lost_edits(function, name)
            if forgets(agent):
                self.forgetful[name] = self.locator.argument(agent, "include_contents").span
        alone = first and not any(True for _ in children(agent))
        self.draft.steps[name] = self._bounded(self.draft.steps[name], alone=alone)
        with self._rounds(None):
            self._lead(agent, name)
        return Ends((name,), (Exit(name),))

    def _lead(self, agent: Object, name: str) -> None:
        """Whom an agent hands over to and whom it calls, as often as its model likes."""
        for child, sure in self._children(agent):
            span, ends = self.locator.argument(agent, "sub_agents").span, self._visit(child)
            for entry in ends.entries:
                around = name_of(child) if name_of(child) != entry else None  # the model knows that name only
                edge = Edge(name, entry, EdgeKind.HANDOFF, span, certainty(sure), label=around)
                self.draft.add_edge(replace(edge, enters=_entered(child, ends)))
        for tool, sure in called(agent):
            span, ends = self.locator.argument(agent, "tools").span, self._visit(tool)
            for entry in ends.entries:
                edge = Edge(name, entry, EdgeKind.CONDITIONAL, span, certainty(sure), label="tool", calls=True)
                self.draft.add_edge(replace(edge, enters=_entered(tool, ends)))
        self._follow_runs(name, runs_of_tools(self.interp, agent), "tool")

    def _follow_runs(self, name: str, runs: Iterable[DynamicRun], label: str) -> None:
        """The nodes that code of a step runs itself, and those that these run."""
        for run in runs:
            for inner in self._run(run):
                held = self.runs.setdefault(name, {})
                held[inner] = held.get(inner, False) or run.certain
                self.draft.add_edge(Edge(name, inner, EdgeKind.CONDITIONAL, run.location.span, label=label))

    def _run(self, run: DynamicRun) -> tuple[str, ...]:
        if isinstance(run.node, Object) and kind_of(run.node) is not None:
            return self._visit(run.node).entries
        name = name_of(run.node)
        if name is None:
            self.draft.open("a node's name is not known statically", run.location.span, Aspect.STEPS)
            return ()
        if name not in self.draft.steps:
            location = run.node.location if isinstance(run.node, Object) else None
            read = read_node(self.interp, self.locator, run.node, name, location or run.location)
            self.draft.steps[name] = read.step
            self._follow_runs(name, read.runs, LABEL)
        return (name,)
