"""What an agent or node object is made of."""

from __future__ import annotations

from collections.abc import Iterator

from wflint.assembly.agents import part, wrapped_in
from wflint.assembly.sequences import Element, elements, is_known, unknown_in
from wflint.evaluate.class_values import Class
from wflint.evaluate.values import (
    NONE,
    Bound,
    ExternalName,
    Function,
    Object,
    Partial,
    Value,
    alternatives,
    last_of,
    text_of,
)
from wflint.frontends.google_adk.table import AGENT_TOOL, AGENTS, FUNCTION_NODE, FUNCTION_TOOLS, MADE, AgentKind


def kind_of(value: Value) -> AgentKind | None:
    """What kind of agent this is, None if it is no agent."""
    return AGENTS.get(value.path or "") if isinstance(value, Object) else None


def agents_in(value: Value | None) -> Iterator[tuple[Object, bool]]:
    """The agents in a list, each with whether it is there for certain."""
    for entry in elements(value):
        if isinstance(entry.value, Object) and kind_of(entry.value) is not None:
            yield entry.value, entry.certain


def children(agent: Object) -> Iterator[tuple[Object, bool]]:
    """The sub-agents."""
    yield from agents_in(part(agent, "sub_agents"))


def called(agent: Object) -> Iterator[tuple[Object, bool]]:
    """The agents that are tools."""
    for entry in elements(part(agent, "tools")):
        if isinstance(entry.value, Object) and entry.value.path == AGENT_TOOL:
            for inner in alternatives(entry.value.arguments.get("agent", 0) or NONE):
                if isinstance(inner, Object) and kind_of(inner) is not None:
                    yield inner, entry.certain


def is_made(made: Object) -> bool:
    """Whether the source makes the object; one that stands at its class is only there so that methods can be run."""
    return made.cls is None or made.location != made.cls.location


def is_tree(agent: Object) -> bool:
    """Whether an agent holds or calls others, known or not."""
    given = part(agent, "sub_agents") is not None and hidden(agent)
    return given or any(True for _ in (*children(agent), *called(agent)))


def hidden(agent: Object) -> bool:
    """Whether there may be sub-agents that the source does not show."""
    given = part(agent, "sub_agents")
    unnamed = agent.arguments.open and given is None
    strangers = any(kind_of(entry.value) is None and entry.value != NONE for entry in elements(given))
    return unnamed or strangers or not is_known(given) or unknown_in(given)


def tools(agent: Object) -> Iterator[Element]:
    """What the model may call, agents included."""
    yield from elements(part(agent, "tools"))


def name_of(value: Value) -> str | None:
    """The name that the framework uses for an agent, a node or a tool; None where it is not known."""
    match value:
        case Function(name=name):
            return name
        case Bound(function=function) | Partial(function=function):
            return name_of(function)
        case ExternalName(path=path):
            return last_of(path)
        case Object() if (given := part(value, "name")) is not None:
            return text_of(given)
        case Object() if (inner := wrapped(value)) is not None:
            return name_of(inner)
        case Object(cls=Class() as cls) if kind_of(value) is None:
            return cls.name
        case Object(path=str(path)) if kind_of(value) is None:
            inner = wrapped_in(value)
            return last_of(path) if inner is None else name_of(inner)
        case _:
            return None


def wrapped(value: Object) -> Value | None:
    """What a node or tool is made around."""
    match value.path:
        case path if path == MADE:
            return value.content.get("wrapped")
        case path if path == FUNCTION_NODE or path in FUNCTION_TOOLS:
            return value.arguments.get("func", 0)
        case path if path == AGENT_TOOL:
            return value.arguments.get("agent", 0)
        case _:
            return None


def tool_names(agent: Object) -> tuple[str, ...]:
    """The names of the tools, as far as they are known."""
    return tuple(name for entry in tools(agent) if (name := name_of(entry.value)) is not None)
