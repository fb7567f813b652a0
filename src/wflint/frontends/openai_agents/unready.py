"""What is not ready in runs of the SDK: answers of streams that nobody has read, servers that nobody has connected."""

from __future__ import annotations

from collections.abc import Iterator

from wflint.assembly.contracts.held_results import HeldResult, held_result
from wflint.assembly.recording import once
from wflint.assembly.sequences import elements
from wflint.evaluate.events import ApiCall
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.values import Object, last_of
from wflint.frontends.openai_agents.steps import names_of
from wflint.frontends.openai_agents.table import AGENTS
from wflint.model.patterns import pattern
from wflint.model.workflow import Fault, FaultKind
from wflint.source import code
from wflint.source.walking import called_name, nodes_in

STREAMED = "agents.Runner.run_streamed"
EVENTS = "stream_events"
ANSWERS = ("final_output", "final_output_as")
SERVER = pattern(r"MCPServer(?:Stdio|Sse|StreamableHttp)\w*")
CONNECTING = frozenset({"connect", "MCPServerManager", "connect_all"})
"""Names that code uses which connects servers."""
ENTERING = frozenset({"enter_context", "enter_async_context"})


def answers_too_early(called: ApiCall) -> Iterator[Fault]:
    """Answers of a streamed run that code takes before it goes through the events: there is none until then."""
    held = held_result(called) if called.path == STREAMED else None
    read = _read_before(held) if held is not None else None
    if read is not None:
        text = f"`{read.name}` of a streamed run, read before its events are,"
        why = f"it is None until the run is done: go through `{EVENTS}()` first"
        yield Fault(FaultKind.IDLE, text, called.location.module.span(read.at), called.span, why, may_be=True)


def _read_before(held: HeldResult) -> code.Attribute | None:
    """The first answer that is read although the code goes through the events further down, and nobody else does."""
    reads = [node for name in ANSWERS for node in held.parts(name)]
    gone_through = [node.at for node in held.parts(EVENTS)]
    if not reads or not gone_through or _hands_on(held):
        return None
    first = min(reads, key=lambda node: node.at)
    inside = any(isinstance(node, code.FunctionDef | code.Lambda) for node in held.nodes)
    return first if first.at < min(gone_through) and not inside else None


def _hands_on(held: HeldResult) -> bool:
    """Whether somebody else is given the stream, who may go through it."""
    given = (
        each
        for node in held.nodes
        if isinstance(node, code.Call)
        for each in (*node.args, *(keyword.value for keyword in node.keywords))
    )
    return any(map(held.holds, given))


def unconnected_servers(interp: Interpreter, called: ApiCall) -> Iterator[Fault]:
    """Servers of tools of an agent that is run, which no code of the source connects."""
    agent = called.subject
    if not isinstance(agent, Object) or agent.path not in AGENTS:
        return
    for entry in elements(agent.content.get("mcp_servers")):
        server = entry.value
        known = isinstance(server, Object) and server.cls is None and SERVER.fullmatch(last_of(server.path)) is not None
        if not isinstance(server, Object) or not known or not entry.certain or server.location is None:
            continue
        if not _is_connected(interp, server):
            text = f'a run of agent "{next(iter(names_of(agent)), "agent")}", whose MCP server is not connected'
            why = "open it first: `async with ... as server:`, or `await server.connect()`"
            yield Fault(FaultKind.FAILING, text, called.span, server.site.span, why)


def _is_connected(interp: Interpreter, server: Object) -> bool:
    """Whether code anywhere connects servers, or enters what may be this one."""
    made_by = {server.created_in, last_of(server.path)}
    entered = once(interp, ("entered", len(interp.linker.modules)), lambda: frozenset(_entered(interp)))
    return any(name in entered for name in (*made_by, "")) or any(each is server for each in interp.escaped_objects)


def _entered(interp: Interpreter) -> Iterator[str]:
    """What the code of all modules enters: the names of calls, and nothing for what may be anything."""
    for module in interp.linker.modules.values():
        for node in nodes_in(module.lowered.body if module.lowered is not None else ()):
            match node:
                case code.Attribute(name=name) | code.Name(id=name) if name in CONNECTING:
                    yield ""
                case code.With(items=items):
                    yield from (_name(item.context) for item in items)
                case code.Call(args=(context, *_)) if called_name(node) in ENTERING:
                    yield _name(context)
                case _:
                    pass


def _name(context: code.ExprT) -> str:
    return called_name(context) if isinstance(context, code.Call) else ""
