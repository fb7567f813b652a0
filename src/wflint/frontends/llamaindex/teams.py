"""Teams of agents that hand over to each other: `AgentWorkflow`."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from wflint.assembly.agents import AgentRow, more_tools
from wflint.assembly.contracts.effects import certainty
from wflint.assembly.contracts.models import model_name
from wflint.assembly.draft import Draft
from wflint.assembly.sequences import Element, elements, is_known, is_unset, known_text
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.values import ExternalAttribute, Mapping, Object, Sequence, Value, text_of
from wflint.model.loss import Loss, LossKind
from wflint.model.span import Span
from wflint.model.workflow import (
    Aspect,
    Choice,
    Edge,
    EdgeKind,
    Exchange,
    Fault,
    FaultKind,
    Step,
    StepKind,
    UnresolvedName,
    Workflow,
)

AGENT = AgentRow(told=("system_prompt",), about=("description",), bare=False)
UNNAMED = "Agent"
"""What the framework calls an agent without a name."""


class TeamDraft(Struct, frozen=True):
    """A team on its way to a workflow; `root` is the agent that is asked first."""

    draft: Draft
    root: str | None

    def finish(self) -> Workflow | None:
        """The workflow of the team; None where none of its agents is known."""
        if not self.draft.steps:
            return None
        workflow = self.draft.finish(None, None, None, (), Exchange.MESSAGES)
        return replace(workflow, entries=(self.root,) if self.root is not None else ())


def fold_team(interp: Interpreter, team: Object, framework: str) -> TeamDraft:
    """The agents of a team and who hands over to whom."""
    span, draft = team.site.span, Draft.of(team, framework, "workflow")
    listed = team.arguments.get("agents", 0)
    agents: dict[str, Object] = {}
    if not is_known(listed) or team.arguments.open:
        draft.open("the agents are only partly known", span, Aspect.STEPS)
    for entry in elements(listed):
        name = _name(entry.value)
        if name is None or not isinstance(entry.value, Object):
            draft.open("an agent's name is not known statically", span, Aspect.STEPS)
        else:
            draft.losses += _replaced(name, agents.get(name), entry)
            agents[name] = entry.value
            draft.steps[name] = _step(interp, name, entry.value)
    draft.faults += _refused_members(agents, alone=len(agents) == 1 and is_known(listed))
    for name, agent in agents.items():
        _handoffs(draft, name, agent, list(agents))
    return TeamDraft(draft, _root(draft, team, list(agents), span))


def _refused_members(agents: dict[str, Object], *, alone: bool) -> Iterator[Fault]:
    """Members that bring a state of their own, and those of several that nobody has named or described."""
    for name, agent in agents.items():
        if agent.cls is not None or agent.arguments.open:
            continue
        state = agent.arguments.get("initial_state")
        if isinstance(state, Mapping) and state.content:
            yield _refused_member(
                name, agent, "the state that a team begins with is the team's: give it `initial_state`"
            )
        lacking = next((part for part in ("name", "description") if agent.arguments.get(part) is None), None)
        if lacking is not None and not alone:
            yield _refused_member(name, agent, f"of several agents, each has a {lacking}")


def _refused_member(name: str, agent: Object, why: str) -> Fault:
    return Fault(FaultKind.REFUSED, f'agent "{name}" in a team', agent.site.span, detail=why)


def _replaced(name: str, first: Object | None, entry: Element) -> Iterator[Loss]:
    """An agent whose place a later one of the same name takes."""
    if first is not None and first is not entry.value and entry.certain and isinstance(entry.value, Object):
        yield Loss(
            LossKind.ROUTE,
            f'the agent "{name}"',
            first.site.span,
            "never runs: a later one of the same name takes its place",
            "give them different names",
            entry.value.site.span,
        )


def agent_steps(interp: Interpreter, agent: Object) -> tuple[Step, ...]:
    """An agent by itself, called what the framework or else its variable calls it.

    One that may be given more than is seen, its name among it, is called after its variable as well.
    """
    named = agent.arguments.get("name") is not None
    name = text_of(agent.arguments.get("name")) if named else agent.name
    return () if named and name is None else (_step(interp, name or UNNAMED, agent),)


def _name(agent: Value) -> str | None:
    if not isinstance(agent, Object) or agent.arguments.open:
        return None
    given = agent.arguments.get("name")
    return UNNAMED if given is None else text_of(given)


def _text(value: Value) -> str | None:
    """A name that is given as a text, or as `agent.name`."""
    if isinstance(value, ExternalAttribute) and value.name == "name":
        return _name(value.receiver)
    return text_of(value)


def _step(interp: Interpreter, name: str, agent: Object) -> Step:
    place = agent.site.span
    retrieved = agent.arguments.get("tool_retriever") is not None
    return Step(
        name,
        StepKind.AGENT,
        place,
        definition=place,
        offers_open=True,
        needs_open=True,
        tools=AGENT.tools(agent.arguments.get("tools")),
        conduct=AGENT.conduct(agent.arguments.get("tools")),
        tools_open=more_tools(agent.arguments.get("tools")) or retrieved,
        model=model_name(agent.arguments.get("llm")),
        description=known_text(agent.arguments.get("description")) or AGENT.description(agent),
        prompt=AGENT.prompt(interp, agent),
    )


def _handoffs(draft: Draft, name: str, agent: Object, names: list[str]) -> None:
    """The agents that an agent may hand over to, if it does: those it lists, or all others."""
    place, choice = agent.site.span, len(draft.choices)
    draft.choices.append(Choice(name, name, place, place, is_goto=True))
    listed = agent.arguments.get("can_handoff_to")
    if is_unset(listed):
        for other in names:
            if other != name:
                draft.add_edge(Edge(name, other, EdgeKind.HANDOFF, place, choice=choice))
        return
    if not is_known(listed):
        draft.open("the hand-offs are only partly known", place, Aspect.EDGES, name)
    for entry in elements(listed):
        target = _text(entry.value)
        if target is None:
            draft.open("a hand-off target is unknown", place, Aspect.EDGES, name)
        else:
            sure = certainty(entry.certain and target in names)  # one that is not there is left out without a word
            edge = Edge(name, target, EdgeKind.HANDOFF, _place(listed, place), sure, choice=choice)
            draft.add_edge(edge, "hand-off target")


def _place(listed: Value | None, otherwise: Span) -> Span:
    """Where a list stands."""
    return listed.location.span if isinstance(listed, Sequence) and listed.location is not None else otherwise


def _root(draft: Draft, team: Object, names: list[str], span: Span) -> str | None:
    """The agent that a run begins with."""
    given = team.arguments.get("root_agent")
    if is_unset(given):
        if len(names) > 1 and not draft.unresolved:
            part = "root_agent"
            draft.fault(FaultKind.MISSING_PART, part, span, None, "a team of several agents starts with it")
        return names[0] if len(names) == 1 else None
    root = _text(given) if given is not None else None
    if root is not None and root not in names:
        draft.unresolved_names.append(UnresolvedName(root, "root agent", span))
    return root
