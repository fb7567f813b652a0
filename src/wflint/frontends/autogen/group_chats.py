"""Teams without a graph: in turn, as a manager picks, or by hand-off."""

from __future__ import annotations

from difflib import get_close_matches

from msgspec.structs import replace

from wflint.assembly.contracts.effects import certainty
from wflint.assembly.function_summary import summarize
from wflint.assembly.sequences import Element, elements, followers, is_empty, is_known, is_unset
from wflint.evaluate.events import ReturnSite
from wflint.evaluate.values import Object, Sequence, Value, alternatives, text_of
from wflint.frontends.autogen.participants import Participant
from wflint.frontends.autogen.table import ASSISTANT, CUSTOM, EXECUTOR, FILTER, SOCIETY
from wflint.frontends.autogen.team_draft import MANAGER, TeamDraft
from wflint.model.contract import Certainty
from wflint.model.span import Span
from wflint.model.workflow import Aspect, Edge, EdgeKind, Fault, FaultKind, Step, StepKind, UnresolvedName

AGAIN = "loop"
"""Label of the way from the last participant back to the first."""


def fold_round_robin(flow: TeamDraft) -> None:
    """Everybody in turn, and again from the first."""
    for member in flow.members:
        for following, sure in followers(flow.members, member.element, _element):
            _lead(flow, member, following, sure)
    firsts = [member for member, _ in followers(flow.members, None, _element)]
    for last in flow.members:
        later = [member for member, _ in followers(flow.members, last.element, _element)]
        if not any(member.element.filled for member in later):
            _again(flow, last, firsts, is_last=not later)


def _element(member: Participant) -> Element:
    return member.element


def _again(flow: TeamDraft, last: Participant, firsts: list[Participant], *, is_last: bool) -> None:
    """From whoever may be the last back to whoever may be the first; `is_last` where nobody may come after."""
    back = [first for first in firsts if first.name is not None and first.name != last.name]
    if last.name is None or not back:
        return
    ways = [(first.name, flow.span) for first in back if first.name is not None]
    measured = flow.stopping.by_measure
    choice = flow.choose(last.name, "termination condition", ways, ends=True, counts=measured) if flow.ends else None
    for first in back:
        certain = certainty(first.certain and last.certain and is_last)
        edge = Edge(last.name, str(first.name), EdgeKind.DIRECT, flow.span, certain, AGAIN, choice)
        flow.draft.add_edge(edge, "participant")


def _lead(flow: TeamDraft, member: Participant, following: Participant, sure: bool) -> None:  # noqa: FBT001 - data
    if member.name == following.name:
        return  # two of one name: the framework refuses the team, and there is no way to draw
    if member.name is not None and following.name is not None:
        edge = Edge(member.name, following.name, EdgeKind.DIRECT, flow.span, certainty(sure))
        flow.draft.add_edge(edge, "participant")
    elif member.name is not None:
        flow.draft.open("a participant's name is not known statically", flow.span, Aspect.EDGES, member.name)


def fold_managed(flow: TeamDraft) -> None:
    """A model or a function picks the next speaker, who then reports back."""
    picked = [(name, flow.span) for name, _ in flow.named]
    choice = flow.choose(MANAGER, "the manager", picked, ends=flow.ends)
    for name, member in flow.named:
        sure = certainty(member.certain)
        flow.draft.add_edge(Edge(MANAGER, name, EdgeKind.CONDITIONAL, flow.span, sure, choice=choice), "participant")
        flow.draft.add_edge(Edge(name, MANAGER, EdgeKind.DIRECT, flow.span, sure), "participant")


def check_selection(flow: TeamDraft) -> None:
    """A function that picks the next speaker has to pick one of the team, or nobody."""
    for argument, role in CHOOSING.items():
        given = flow.argument(argument)
        known = given is not None and not is_unset(given)
        summary = summarize(flow.interp, given, None, flow.location) if known and given is not None else None
        for site in summary.returns if summary is not None else ():
            _check_choice(flow, role, site)


CHOOSING = {"selector_func": "selected participant", "candidate_func": "candidate"}
"""Functions that pick who speaks next, or among whom the model picks."""


def _check_choice(flow: TeamDraft, role: str, site: ReturnSite) -> None:
    location, listed = site.location or flow.location, isinstance(site.value, Sequence)
    names = [entry.value for entry in elements(site.value)] if listed else [site.value]
    if listed and isinstance(site.value, Sequence) and not site.value.content and role == CHOOSING["candidate_func"]:
        why = "the run fails where nobody is left to choose from"
        fault = Fault(
            FaultKind.REFUSED, "an empty list of candidates", location.span, detail=why, may_be=not site.certain
        )
        flow.draft.faults.append(fault)
    for name in map(text_of, names):
        if name is not None and name not in flow.draft.steps:
            sure = certainty(site.certain)
            flow.draft.unresolved_names.append(UnresolvedName(name, role, location.span, MANAGER, sure))


# --------------------------------------------------------------------------------------------------- hand-offs


def fold_swarm(flow: TeamDraft) -> None:
    """Whoever has the conversation hands it on; who is no participant is a person outside the team."""
    names = [name for name, _ in flow.named]
    for name, member in flow.named:
        targets = _targets(flow, name, member)
        known = [(target, sure) for target, sure in targets if _is_seated(flow, name, target, names, member)]
        if not known:
            if not targets and flow.stopping.by_handoff and _never_hands_over(member.value):
                flow.draft.steps[name] = replace(flow.draft.steps[name], keeps_turn=True)
            continue
        span = _handing_over(flow, member)
        choice = flow.choose(name, "hand-off", [(target, span) for target, _ in known], ends=True)
        for target, sure in known:
            edge = Edge(name, target, EdgeKind.HANDOFF, span, certainty(sure and member.certain), choice=choice)
            flow.draft.add_edge(edge, "hand-off target")
    _check_first(flow)


def _never_hands_over(agent: Value) -> bool:
    """Whether an agent is an assistant that nobody gives hand-offs to, or an empty list of them."""
    if not isinstance(agent, Object) or agent.path != ASSISTANT or agent.cls is not None or agent.arguments.open:
        return False
    given = agent.arguments.get("handoffs")
    return is_unset(given) or is_empty(given)


def _span(flow: TeamDraft, member: Participant) -> Span:
    value = member.value
    return value.site.span if isinstance(value, Object) else flow.span


def _handing_over(flow: TeamDraft, member: Participant) -> Span:
    """Where the hand-offs of a member are listed."""
    agent = _inner(member.value)
    listed = agent.arguments.get("handoffs") if isinstance(agent, Object) else None
    at = listed.location if isinstance(listed, Sequence) else None
    return at.span if at is not None else _span(flow, member)


def _inner(agent: Value) -> Value:
    """The agent that a filter of messages stands for."""
    if isinstance(agent, Object) and agent.path == FILTER:
        return agent.arguments.get("wrapped_agent", 1) or agent
    return agent


def _targets(flow: TeamDraft, name: str, member: Participant) -> list[tuple[str, bool]]:
    agent = _inner(member.value)
    if not isinstance(agent, Object) or (agent.path in (CUSTOM, None) and agent.cls is not None):
        flow.draft.open("a custom agent class may hand off to any agent", _span(flow, member), Aspect.EDGES, name)
        return []
    found = []
    for entry in elements(agent.arguments.get("handoffs")):
        target = _target(entry.value)
        if target is None:
            flow.draft.open("a hand-off target is unknown", _span(flow, member), Aspect.EDGES, name)
        else:
            found.append((target, entry.certain))
    given = agent.arguments.get("handoffs")
    if not is_unset(given) and given is not None and not found and not is_known(given):
        flow.draft.open("its hand-offs are not known statically", _span(flow, member), Aspect.EDGES, name)
    return found


def _target(value: Value) -> str | None:
    for option in alternatives(value):
        if isinstance(option, Object):
            return text_of(option.arguments.get("target"))
        return text_of(option)
    return None


def _is_seated(flow: TeamDraft, source: str, target: str, names: list[str], member: Participant) -> bool:
    """Whether there is a step to hand over to; people outside the team get one, misspelt names are noted."""
    if target in flow.draft.steps:
        return True
    expected = target in flow.stopping.people or not flow.stopping.known
    if not expected and get_close_matches(target, names, 1):
        role = "hand-off target"
        flow.draft.unresolved_names.append(
            UnresolvedName(target, role, _handing_over(flow, member), source, Certainty.CERTAIN)
        )
        return False
    if not expected and flow.stopping.past_handoffs:
        detail = f'the run fails when step "{source}" hands over to {target}, who is no participant'
        part = f"a HandoffTermination for {target}"
        flow.draft.fault(FaultKind.MISSING_PART, part, _handing_over(flow, member), flow.span, detail)
    flow.draft.steps[target] = Step(target, StepKind.HUMAN, flow.span, offers_open=True, needs_open=True)
    return True


SILENT = (EXECUTOR, SOCIETY)
"""Agents of the framework that never hand over; an assistant counts as one that may, even where it has no hand-offs."""


def _check_first(flow: TeamDraft) -> None:
    """The framework demands that the first participant can hand over."""
    first = flow.members[0] if flow.members else None
    if first is None or not first.certain or first.name is None or not isinstance(first.value, Object):
        return
    if first.value.path in SILENT and first.value.cls is None:
        detail = "the first participant of a swarm must be able to hand off"
        flow.draft.fault(FaultKind.MISSING_PART, f"handoffs of {first.name}", _span(flow, first), flow.span, detail)
