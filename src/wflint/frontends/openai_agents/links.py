"""Which agent leads to which, and the groups they make."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from wflint.assembly.contracts.checks import form
from wflint.assembly.sequences import elements
from wflint.evaluate.values import NONE, Const, Location, Object, Sequence, Unknown, Value
from wflint.frontends.openai_agents.table import AGENTS, AS_TOOL, BARE_HANDOFF, HANDOFFS
from wflint.model.contract import Check
from wflint.model.workflow import EdgeKind

OFF = Const(value=False)


class Link(Struct, frozen=True):
    """A hand-off, or an agent that is given to another as a tool; `location` is where the code says so.

    `tool_name` is what the source says the model calls it by, `optional` is true where something decides at run time
    whether it is there. `input_type` is the form that what a hand-off says has to
    have. (Guardrails and the answer's type are about the answer that ends a run, which no hand-off carries.)
    """

    source: Object
    target: Object
    kind: EdgeKind
    location: Location
    certain: bool
    input_type: Value | None = None
    tool_name: Value | None = None
    optional: bool = False

    @property
    def checks(self) -> tuple[Check, ...]:
        """What a hand-off has to pass; what does not fit ends the run."""
        return () if self.input_type is None else (form(self.input_type, self.location),)


class Riddle(Struct, frozen=True):
    """Something among the hand-offs or tools of an agent of which it cannot be told whether it is an agent."""

    agent: Object
    reason: str


def is_agent(value: Value) -> bool:
    """Whether a value is an agent of the SDK, or a hand-off that stands for one."""
    return isinstance(value, Object) and value.path in (*AGENTS, BARE_HANDOFF)


def links_of(agent: Object) -> Iterator[Link | Riddle]:
    """Where an agent leads."""
    yield from _handoffs(agent)
    yield from _tools(agent)


def _handoffs(agent: Object) -> Iterator[Link | Riddle]:
    listed = agent.content.get("handoffs")
    if listed is not None and not isinstance(listed, Sequence) and not list(elements(listed)):
        yield Riddle(agent, "its hand-offs are not known statically")
    for entry in elements(listed):
        target = _receiver(entry.value)
        if target is not None:
            location = _place(entry.value, listed, agent)
            name = _named(entry.value, "tool_name_override")
            form_, optional = _input_type(entry.value), _is_optional(entry.value)
            yield Link(agent, target, EdgeKind.HANDOFF, location, entry.certain, form_, name, optional)
        elif not _is_off(entry.value):
            yield Riddle(agent, "a hand-off target is unknown")


def _tools(agent: Object) -> Iterator[Link | Riddle]:
    listed = agent.content.get("tools")
    for entry in elements(listed):
        tool = entry.value
        if not isinstance(tool, Object) or not (tool.path or "").endswith(f".{AS_TOOL}"):
            continue
        if isinstance(tool.receiver, Object) and is_agent(tool.receiver):
            if _is_off(tool):
                continue
            place, name, optional = _place(tool, listed, agent), _named(tool, "tool_name", 0), _is_optional(tool)
            yield Link(agent, tool.receiver, EdgeKind.CONDITIONAL, place, entry.certain, None, name, optional)
        elif (tool.path or "").startswith(("?", "agents.")):
            yield Riddle(agent, "an agent used as a tool is unknown")


def _receiver(value: Value) -> Object | None:
    """The agent that a hand-off leads to."""
    if not isinstance(value, Object) or _is_off(value):
        return None
    if value.path in HANDOFFS:
        given = value.arguments.get("agent", 0)
        return given if isinstance(given, Object) and is_agent(given) else None
    return value if is_agent(value) else None


def _input_type(value: Value) -> Value | None:
    given = value.arguments.get("input_type") if isinstance(value, Object) and value.path in HANDOFFS else None
    return None if given == NONE else given


def _named(value: Value, argument: str, position: int | None = None) -> Value | None:
    """The name that a hand-off or tool is given; something unknown where there may be one that is not shown."""
    if not isinstance(value, Object) or is_agent(value):
        return None
    if value.path == BARE_HANDOFF or value.arguments.open:
        return Unknown("a name")
    given = value.arguments.get(argument, position)
    return None if given == NONE else given


def _is_off(value: Value) -> bool:
    return isinstance(value, Object) and value.arguments.get("is_enabled") == OFF


def _is_optional(value: Value) -> bool:
    if not isinstance(value, Object) or is_agent(value):
        return False
    given = value.arguments.get("is_enabled")
    return value.arguments.open or given not in (None, Const(value=True))


def _place(item: Value, listed: Value | None, agent: Object) -> Location:
    """Where a hand-off is written: its own call, the list it stands in, or the agent that has it."""
    if isinstance(item, Object) and not is_agent(item):
        return item.site
    return (listed.location if isinstance(listed, Sequence) else None) or agent.site


def groups(agents: Iterable[Object], links: Iterable[Link]) -> Iterator[list[Object]]:
    """The agents that hang together, in order of their making; one that modules merely share does not join them."""
    ordered = list(agents)
    linked = [link for link in links if link.source is not link.target]
    targets = {id(link.target) for link in linked}
    for part in _parts(ordered, linked):
        heads = [agent for agent in part if id(agent) not in targets]
        modules = dict.fromkeys(agent.site.module for agent in heads)
        if len(modules) <= 1:
            yield part
        for module in modules if len(modules) > 1 else ():
            own = [agent for agent in heads if agent.site.module is module]
            below = _below(own, linked)
            yield [agent for agent in part if id(agent) in below]


def _parts(agents: list[Object], links: list[Link]) -> Iterator[list[Object]]:
    near: dict[int, list[Object]] = {id(agent): [] for agent in agents}
    for link in links:
        near.setdefault(id(link.source), []).append(link.target)
        near.setdefault(id(link.target), []).append(link.source)
    order = {id(agent): place for place, agent in enumerate(agents)}
    seen: set[int] = set()
    for agent in agents:
        if id(agent) not in seen:
            part = _spread([agent], near)
            seen |= part
            yield [agents[place] for place in sorted(order[other] for other in part if other in order)]


def _below(heads: list[Object], links: list[Link]) -> set[int]:
    ahead: dict[int, list[Object]] = {}
    for link in links:
        ahead.setdefault(id(link.source), []).append(link.target)
    return _spread(heads, ahead)


def _spread(first: list[Object], near: dict[int, list[Object]]) -> set[int]:
    found: set[int] = set()
    pending = list(first)
    while pending:
        agent = pending.pop()
        if id(agent) not in found:
            found.add(id(agent))
            pending += near.get(id(agent), [])
    return found
