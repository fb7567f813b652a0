"""Whether a loop of agents can ever stop: a bound, or a child that may say so."""

from __future__ import annotations

from collections.abc import Iterator

from wflint.assembly.agents import part
from wflint.evaluate.expressions.inline_call import function_of
from wflint.evaluate.values import Const, ExternalName, Function, Object, Value
from wflint.frontends.google_adk.parts import children, hidden, kind_of, name_of, tools, wrapped
from wflint.frontends.google_adk.session import context_parameter
from wflint.frontends.google_adk.table import AGENT_TOOL, EXIT_LOOP, AgentKind
from wflint.model.loss import Loss, LossKind
from wflint.source import code
from wflint.source.walking import nodes_in

ACTIONS = "actions"
"""Where a context takes what a tool wants done, to end the loop among it."""
DEEPEST = 12
CALLBACKS = (
    "before_agent_callback", "after_agent_callback", "before_model_callback", "after_model_callback",
    "before_tool_callback", "after_tool_callback",
)  # fmt: skip


def rounds_of(loop: Object) -> int | None:
    """How many rounds a loop runs at most, as its constructor says; it checks the number before each of them."""
    given = part(loop, "max_iterations")
    known = isinstance(given, Const) and not isinstance(given.value, bool) and not loop.arguments.open
    return max(given.value, 0) if isinstance(given, Const) and known and isinstance(given.value, int) else None


def no_rounds(loop: Object) -> Loss:
    """A loop that runs nothing, and says nothing."""
    return Loss(
        LossKind.ROUTE,
        f'what loop "{name_of(loop) or "loop"}" holds',
        loop.site.span,
        "never runs: its `max_iterations` lets it go round no time",
        "leave the number out, or let it be 1 or more",
    )


def may_stop(loop: Object) -> bool:
    """Whether the loop has a bound or something in it may end it; true where that is not known."""
    if part(loop, "max_iterations") is not None or loop.arguments.open or hidden(loop):
        return True
    return any(_may_escalate(child) for child in _below(loop, DEEPEST)) or _has_callbacks(loop)


def _below(agent: Object, depth: int) -> Iterator[Object]:
    """The agents below that run in the same run: one that is a tool has a run of its own, whose signals stay there."""
    for child, _ in children(agent) if depth else ():
        yield child
        yield from _below(child, depth - 1)


def _may_escalate(agent: Object) -> bool:
    if kind_of(agent) in (AgentKind.CUSTOM, AgentKind.REMOTE) or hidden(agent) or agent.arguments.open:
        return True
    return _has_callbacks(agent) or any(_tool_may(entry.value) for entry in tools(agent))


def _has_callbacks(agent: Object) -> bool:
    return any(part(agent, name) is not None for name in CALLBACKS)


def _tool_may(tool: Value) -> bool:
    """A function can only end the loop through the actions of the context that it is handed."""
    if isinstance(tool, ExternalName):
        return tool.path.endswith(EXIT_LOOP)
    if isinstance(tool, Object) and tool.path == AGENT_TOOL:
        return False
    inner = wrapped(tool) if isinstance(tool, Object) else tool
    function = function_of(inner) if inner is not None else None
    return not isinstance(function, Function) or _may_act(function, context_parameter(function))


def _may_act(function: Function, context: str | None) -> bool:
    """Whether code may get at the actions of its context: it names them, or hands the context on."""
    if not isinstance(function.node, code.FunctionDef):
        return context is not None
    nodes = list(nodes_in(function.node.body))
    asked = {id(node.value): node.name for node in nodes if isinstance(node, code.Attribute)}
    held = [asked.get(id(node), ACTIONS) for node in nodes if isinstance(node, code.Name) and node.id == context]
    return any(name.startswith(("_", ACTIONS)) for name in held)
