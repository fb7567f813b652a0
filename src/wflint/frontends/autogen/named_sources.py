"""Names of speakers that filters and conditions listen to, of whom the team has none."""

from __future__ import annotations

from collections.abc import Iterator

from wflint.assembly.contracts.effects import certainty
from wflint.assembly.sequences import elements, is_known, is_unset
from wflint.evaluate.values import NONE, Function, Object, Value, alternatives, last_of, text_of
from wflint.frontends.autogen.stopping import conditions_in
from wflint.frontends.autogen.table import ASSISTANT, CHAT, FILTER
from wflint.frontends.autogen.team_draft import TeamDraft
from wflint.model.contract import Certainty
from wflint.model.loss import Loss, LossKind
from wflint.model.workflow import UnresolvedName

OUTSIDE = frozenset({"user", "system"})
"""Who speaks in a team without being a member: the task is the user's."""
LISTENING = {
    "SourceMatchTermination": ("sources", 0),
    "TextMentionTermination": ("sources", 1),
    "TextMessageTermination": ("source", 0),
}
"""Conditions that listen to some speakers only: the argument that says to whom, and its position."""
HANDED = "HandoffTermination"
CALLED = "FunctionCallTermination"


def unknown_speakers(flow: TeamDraft) -> Iterator[UnresolvedName]:
    """Every such name, where all members are known by name."""
    if len(flow.named) < len(flow.members) or not is_known(flow.argument("participants", 0)) or flow.draft.unresolved:
        return
    names = {speaker for name, member in flow.named for speaker in _speakers(name, member.value)} | OUTSIDE
    conditions = list(conditions_in(flow.argument("termination_condition")))
    sure = certainty(len(conditions) == 1)
    listening = list(_listening(conditions))
    if names.isdisjoint(name for _, given in listening for name in _names(given)):  # else for teams of some of these
        for part, given in listening:
            yield from _unknown(given, names, "speaker that ends the team", part, sure)
    for part in conditions:
        kind = _kind(part)
        if kind == HANDED and (targets := _handed_to(flow)) is not None:
            yield from _unknown(part.arguments.get("target", 0), targets, "hand-off that ends the team", part, sure)
    for name, member in flow.named:
        if isinstance(member.value, Object) and member.value.path == FILTER:
            for each in _filters(member.value):
                yield from _unknown(each.arguments.get("source", 0), names, "filtered speaker", each, target=name)


def _speakers(name: str, agent: Value | None) -> Iterator[str]:
    """Under which names an agent speaks: one in a filter under its own, not under that of the filter."""
    if not isinstance(agent, Object) or agent.path != FILTER:
        yield name
        return
    for option in alternatives(agent.arguments.get("wrapped_agent", 1)):
        inner = text_of(option.arguments.get("name", 0)) if isinstance(option, Object) else None
        yield inner if inner is not None else name


def never_called(flow: TeamDraft) -> Iterator[Loss]:
    """Conditions that wait for the call of a tool that no member has."""
    for part in conditions_in(flow.argument("termination_condition")):
        name = text_of(part.arguments.get("function_name", 0)) if _kind(part) == CALLED else None
        tools = _tools_of(flow) if name is not None and is_known(flow.argument("participants", 0)) else None
        if tools is not None and name not in tools:
            why = f'waits for a call of "{name}", which no member has as a tool: it never ends the team'
            known = ", ".join(f'"{tool}"' for tool in sorted(tools))
            yield Loss(LossKind.ROUTE, f"a {CALLED}", part.site.span, why, f"the tools are {known}")


def _kind(condition: Object) -> str:
    """What a condition of the library is called."""
    own = (condition.path or "").startswith(f"{CHAT}.") and condition.cls is None
    return last_of(condition.path) if own else ""


def _listening(conditions: list[Object]) -> Iterator[tuple[Object, Value | None]]:
    """The conditions that listen to some speakers only, with what says to whom."""
    for part in conditions:
        if (argument := LISTENING.get(_kind(part))) is not None:
            yield part, part.arguments.get(*argument)


def _names(given: Value | None) -> list[str]:
    """The names in an argument, one or several."""
    listed = [entry.value for entry in elements(given)] or list(alternatives(given))
    return [name for name in map(text_of, listed) if name]


def _unknown(
    given: Value | None,
    names: set[str],
    role: str,
    at: Object,
    sure: Certainty = Certainty.CERTAIN,
    *,
    target: str | None = None,
) -> Iterator[UnresolvedName]:
    """The names in an argument that are none of `names`; not so sure beside other conditions."""
    for name in _names(given):
        if name not in names:
            yield UnresolvedName(name, role, at.site.span, certainty=sure, target=target, is_accepted=True)


def _filters(made: Object) -> Iterator[Object]:
    """The filters by speaker of an agent's configuration."""
    settings = made.arguments.get("filter", 2)
    listed = settings.arguments.get("per_source", 0) if isinstance(settings, Object) else None
    yield from (entry.value for entry in elements(listed) if isinstance(entry.value, Object))


def _tools_of(flow: TeamDraft) -> set[str] | None:
    """What the members may call, hand-offs included; None where that is not known, or nobody calls anything."""
    found: set[str] = set()
    for _, member in flow.named:
        agent = member.value
        if not isinstance(agent, Object) or agent.path != ASSISTANT or agent.cls is not None or agent.arguments.open:
            return None
        given = [agent.arguments.get(name) for name in ("tools", "handoffs")]
        names = [_called(entry.value) for value in given for entry in elements(value)]
        known = all(value is None or is_known(value) for value in given) and None not in names
        if not known or not is_unset(agent.arguments.get("workbench")):
            return None
        found |= {name for name in names if name is not None}
    return found or None


def _called(value: Value) -> str | None:
    """What a model calls a tool, or a hand-off that is given by name; None where that is not known."""
    if isinstance(value, Function):
        return value.name
    if isinstance(value, Object) and last_of(value.path) == "FunctionTool":
        given = value.arguments.get("name", 2)
        return text_of(given) if given is not None else _called(value.arguments.get("func", 0) or NONE)
    target = text_of(value)
    return f"transfer_to_{target}".lower() if target is not None else None


def _handed_to(flow: TeamDraft) -> set[str] | None:
    """To whom the members hand over, the members included; None where that is not known, or nobody does."""
    found = {name for name, _ in flow.named}
    several = False
    for _, member in flow.named:
        agent = member.value
        given = agent.arguments.get("handoffs") if isinstance(agent, Object) and agent.cls is None else None
        if not isinstance(agent, Object) or agent.cls is not None or agent.arguments.open:
            return None
        if given is not None and not is_known(given):
            return None
        for entry in elements(given):
            option = entry.value
            target = text_of(option.arguments.get("target")) if isinstance(option, Object) else text_of(option)
            if target is None:
                return None
            several = True
            found.add(target)
    return found if several else None
