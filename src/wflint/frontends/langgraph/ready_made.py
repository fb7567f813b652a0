"""What models of ready-made agents (`*.pymodel`) ask about the tools, agents and middleware they are given."""

from __future__ import annotations

from collections.abc import Iterator

from wflint.evaluate.class_values import Class
from wflint.evaluate.library import CallModel, CallSite
from wflint.evaluate.values import (
    NONE,
    Bound,
    Const,
    Function,
    Mapping,
    Object,
    Sequence,
    Unknown,
    Value,
    alternatives,
    text_of,
)

TOOL_NODE = "langgraph.ToolNode"
TOOL_NODES = (TOOL_NODE, "langgraph.ToolExecutor", "langchain.ToolNode")


def tool_node(call: CallSite) -> Value:
    """`ToolNode(tools)`, and the same of something that may be one already."""
    tools = call.get("tools", 0)
    if isinstance(tools, Object) and tools.path == TOOL_NODE:
        return tools
    made = call.interpreter.object_of(TOOL_NODE, call.arguments, call.location)
    if tools is not None:
        made.content["tools"] = tools
    return made


def _is_empty(tools: Value | None) -> bool:
    """Whether there are no tools that the graph itself would run; those given as dicts are run by the provider."""
    if isinstance(tools, Sequence):
        return tools.closed and all(isinstance(tool, Mapping) for tool in tools.content)
    return tools is None or tools == NONE


def _has_tools(call: CallSite) -> Value:
    brought = any(_brings_tools(item) for item in _items(call.get("middleware", 1)))
    return Const(brought or not _is_empty(call.get("tools", 0)))


def _brings_tools(item: Value) -> bool:
    if _hook(item, "wrap_tool_call") is not None:
        return True
    own = item.content.get("tools") if isinstance(item, Object) else None
    if own is None and isinstance(item, Object) and item.cls is not None:
        own = item.cls.find("tools")
    return own is not None and not _is_empty(own)


def _returns_direct(call: CallSite) -> Value:
    return Const(any(answers_directly(tool) for tool in _items(call.get("tools", 0))))


def answers_directly(tool: Value) -> bool:
    """Whether what a tool gives ends the agent, by its decorator."""
    marks = tool.unmodelled_decorators if isinstance(tool, Function) else ()
    options = [mark.arguments.get("return_direct") for mark in marks if isinstance(mark, Object)]
    return Const(value=True) in options


def _answers_by_tool(call: CallSite) -> Value:
    """Whether a response format makes the model answer through a tool of its own."""
    wanted = call.get("response_format", 0)
    by_provider = isinstance(wanted, Object) and (wanted.path or "").endswith("ProviderStrategy")
    return Const(wanted is not None and wanted != NONE and not by_provider)


# ------------------------------------------------------------------------------------------------- middleware


def _overrides(call: CallSite) -> Value:
    item, hook = call.get("item", 0), text_of(call.get("hook", 1))
    return Const(item is not None and hook is not None and _hook(item, hook) is not None)


def _code_of(call: CallSite) -> Value:
    item, hook = call.get("item", 0), text_of(call.get("hook", 1))
    code = _hook(item, hook) if item is not None and hook is not None else None
    return code if code is not None else Unknown("the code of a middleware", call.location)


def _hook(item: Value, hook: str) -> Value | None:
    """What a middleware does at a hook: a method, sync or async, or the function that a decorator made one of."""
    if not isinstance(item, Object) or item.cls is None:
        return None
    if item.content.get("hook") == Const(hook):
        return item.content.get("code")
    found = item.cls.find(hook) or item.cls.find(f"a{hook}")
    return Bound(found, item) if isinstance(found, Function) else None


def _jumps_of(call: CallSite) -> Value:
    """Where a middleware says that it may jump, from its hook."""
    item, hook = call.get("item", 0), text_of(call.get("hook", 1))
    jumps = list(_jumps(item, hook)) if isinstance(item, Object) and hook is not None else []
    return call.interpreter.list_of([jump for jump in jumps if text_of(jump) is not None])


def _jumps(item: Object, hook: str) -> Iterator[Value]:
    yield from _items(item.content.get("jumps"))
    code = _hook(item, hook)
    function = code.function if isinstance(code, Bound) else None
    for mark in function.unmodelled_decorators if isinstance(function, Function) else ():
        if isinstance(mark, Object):
            yield from _items(mark.arguments.get("can_jump_to"))
    declared = item.cls.find(f"{hook}_jumps") if item.cls is not None else None
    yield from _items(declared)


def _distinct(call: CallSite) -> Value:
    """The first pieces of middleware of each name: a second one is refused."""
    given, names = call.get("middleware", 0), [text_of(name) for name in _items(call.get("names", 1))]
    items = _items(given)
    if given is None or len(items) != len(names) or len(set(names)) == len(names):
        return given or NONE
    first = [item for number, item in enumerate(items) if names[number] is None or names[number] not in names[:number]]
    return call.interpreter.list_of(first)


def _state_of(call: CallSite) -> Value:
    """The schema that a middleware adds to the state."""
    item = call.get("item", 0)
    return (state_schema_of(item) if item is not None else None) or NONE


def state_schema_of(item: Value) -> Value | None:
    """The schema that a middleware adds to the state of its agent; None where it adds none."""
    if not isinstance(item, Object) or item.cls is None:
        return None
    found = item.content.get("state_schema") or item.cls.find("state_schema")
    return None if found == NONE else found


def _unsure(call: CallSite) -> Value:
    """Whether there may be middleware that is not known."""
    given = call.get("middleware", 0)
    known = (
        isinstance(given, Sequence)
        and given.closed
        and all(isinstance(item, Object) and isinstance(item.cls, Class) for item in given.content)
    )
    return Const(not known)


def _items(value: Value | None) -> list[Value]:
    return list(value.content) if isinstance(value, Sequence) else []


# ------------------------------------------------------------------------------------------------- agents


def _names(call: CallSite) -> Value:
    """The names of agents, as far as they are known."""
    names = [agent_name(agent) for agent in _items(call.get("agents", 0))]
    return call.interpreter.list_of(
        [Const(name) if name is not None else Unknown("the name of an agent", call.location) for name in names]
    )


def agent_name(agent: Value) -> str | None:
    """The name that an agent was compiled under."""
    names = (text_of(option.content.get("name")) for option in alternatives(agent) if isinstance(option, Object))
    return next((name for name in names if name is not None), None)


def _handoffs(call: CallSite) -> Value:
    """Where an agent's hand-off tools lead."""
    tools = (tool for tool in _tools_of(call.get("agent", 0)) if isinstance(tool, Object))
    targets = [tool.arguments.get("agent_name") for tool in tools if (tool.path or "").endswith("create_handoff_tool")]
    return call.interpreter.list_of(
        [target if target is not None else Unknown("a hand-off", call.location) for target in targets], "tuple"
    )


def _tools_of(agent: Value | None) -> Iterator[Value]:
    for option in alternatives(agent):
        builder = option.receiver if isinstance(option, Object) else None
        if isinstance(builder, Object):
            yield from _items(builder.content.get("tools"))


QUESTIONS: dict[str, CallModel] = {
    "langgraph.tool_node": tool_node,
    "langgraph.known_empty": lambda call: Const(_is_empty(call.get("tools", 0))),
    "langgraph.has_tools": _has_tools,
    "langgraph.returns_direct": _returns_direct,
    "langgraph.answers_by_tool": _answers_by_tool,
    "langgraph.overrides": _overrides,
    "langgraph.code_of": _code_of,
    "langgraph.jumps_of": _jumps_of,
    "langgraph.distinct": _distinct,
    "langgraph.state_of": _state_of,
    "langgraph.unsure": _unsure,
    "langgraph.perhaps": lambda call: Unknown("what the library finds", call.location),
    "langgraph.names_of": _names,
    "langgraph.handoffs_of": _handoffs,
}
"""What the descriptions may ask, under the names they import from `langgraph.wflint`."""
