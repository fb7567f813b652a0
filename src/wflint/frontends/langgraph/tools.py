"""Steps that run tools: which tools those are, and where tools send control themselves."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from msgspec.structs import replace

from wflint.assembly.agents import hidden_tools, part, renamed, wrapped_in
from wflint.assembly.function_summary import summarize
from wflint.assembly.routes import Routes, Target
from wflint.assembly.sequences import elements, possibly_incomplete
from wflint.evaluate.events import ReturnSite
from wflint.evaluate.expressions.calls import path_of
from wflint.evaluate.expressions.inline_call import function_of
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.values import Function, Location, Mapping, Object, Sequence, Value, last_of, text_of
from wflint.frontends.langgraph.naming import node_name
from wflint.frontends.langgraph.ready_made import TOOL_NODE
from wflint.frontends.langgraph.routing import gotos_of, is_parent, may_be_parent
from wflint.frontends.langgraph.table import COMMAND
from wflint.model.contract import Certainty, Need, Offer, Origin
from wflint.model.fault import Fault, FaultKind
from wflint.model.loss import Loss
from wflint.model.workflow import Step, StepKind
from wflint.source.code import Name
from wflint.source.walking import nodes_in

MOST_READ = 24
"""Tools of one step whose code is read."""
SAYING: Final = frozenset({"AIMessage", "HumanMessage", "SystemMessage"})
"""Messages that answer no call of a tool."""


def tool_step(step: Step, node: Object) -> Step:
    """A `ToolNode`: it answers the calls in the last message."""
    messages = _messages(node)
    tools = _tools(node)
    names = [_name(tool) for tool in tools]
    return replace(
        step,
        kind=StepKind.TOOL,
        definition=node.location.span if node.location else None,
        offers=(Offer(messages, step.span, Certainty.CERTAIN, "list", origins=(Origin.OUTSIDE,)),),
        needs=(Need(messages, step.span),),
        offers_open=True,
        tools=tuple(name for name in names if name and name != "?"),
        tools_open=possibly_incomplete(node.content.get("tools")) or not all(map(_is_named, tools)),
    )


def hidden(node: Value) -> Iterator[Loss]:
    """The tools of a `ToolNode` that others of the same name hide."""
    held = node.content.get("tools") if isinstance(node, Object) and node.path == TOOL_NODE else None
    yield from hidden_tools((_name(entry.value), entry) for entry in elements(held))


def unanswered(interp: Interpreter, node: Value, location: Location) -> Iterator[Fault]:
    """The commands of tools that change the state and leave out the answer to the call, which the run fails for."""
    held = node if isinstance(node, Object) and node.path == TOOL_NODE else None
    for tool in _tools(held)[:MOST_READ] if held is not None else ():
        function = function_of(tool)
        summary = summarize(interp, tool, None, location) if function and _names_command(function) else None
        sites = summary.returns if summary is not None and summary.complete else ()
        for site in sites:
            if _is_unanswered(site, _messages(node)):
                at = (site.location or location).span
                text = f'the `Command` of tool "{_name(tool)}" without an answer to its call'
                why = f'its `update` has a `ToolMessage` in "{_messages(node)}"; the run fails'
                yield Fault(FaultKind.REFUSED, text, at, detail=why, may_be=not site.certain or len(sites) > 1)


def _is_unanswered(site: ReturnSite, messages: str) -> bool:
    """Whether a tool surely gives back a command for its own graph, by itself, whose update answers nothing."""
    command = site.value
    if not isinstance(command, Object) or command.path != COMMAND or is_parent(command) or may_be_parent(command):
        return False
    update = command.arguments.get("update")
    if not isinstance(update, Mapping) or not update.closed:
        return False
    said = update.content.get(messages)
    items = said.content if isinstance(said, Sequence) and said.closed else None
    return said is None or (
        items is not None and all(isinstance(item, Object) and last_of(item.path) in SAYING for item in items)
    )


def _messages(node: Value) -> str:
    """The field that a `ToolNode` reads the calls from and writes the answers to."""
    return (text_of(node.arguments.get("messages_key")) if isinstance(node, Object) else None) or "messages"


def _name(tool: Value) -> str | None:
    """What a tool is called; None where it is given a name that is not known."""
    if isinstance(tool, Object) and (given := part(tool, "name")) is not None:
        return text_of(given)
    marks = tool.unmodelled_decorators if isinstance(tool, Function) else ()
    inner = wrapped_in(tool) if isinstance(tool, Object) else None
    return renamed(marks) or node_name(tool) or (_name(inner) if inner else path_of(tool).rpartition(".")[2])


def _is_named(tool: Value) -> bool:
    """Whether the model knows a tool by the name that is shown; instances of a library's classes have their own."""
    if isinstance(tool, Object) and (given := part(tool, "name")) is not None:
        return text_of(given) is not None
    return not isinstance(tool, Object) or wrapped_in(tool) is not None


def _names_command(function: Function) -> bool:
    return any(isinstance(node, Name) and node.id == "Command" for node in nodes_in((function.node,)))


def tool_routes(interp: Interpreter, node: Object, location: Location) -> tuple[Routes, list[Target]]:
    """Where tools send control with a `Command`: within the graph, and in the graph around it."""
    routes, above = Routes(), list[Target]()
    for tool in _tools(node)[:MOST_READ]:
        above += _handoff(tool)
        function = function_of(tool)
        summary = summarize(interp, tool, None, location) if function and _names_command(function) else None
        if summary is not None:
            own, outer = gotos_of(interp, summary)
            routes.targets += own.targets
            routes.unknown += own.unknown
            above += outer
    return routes, above


def _handoff(tool: Value) -> list[Target]:
    """A ready-made hand-off tool."""
    if not isinstance(tool, Object) or not (tool.path or "").endswith("create_handoff_tool"):
        return []
    name = text_of(tool.arguments.get("agent_name"))
    return [Target(name, tool.site, certain=False)] if name is not None else []


def _tools(node: Object) -> list[Value]:
    held = node.content.get("tools")
    return list(held.content) if isinstance(held, Sequence) else []
