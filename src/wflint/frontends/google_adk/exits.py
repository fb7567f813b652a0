"""Signals that end a loop of agents: what else they end, and what they leave running."""

from __future__ import annotations

from collections.abc import Iterator

from wflint.assembly.agents import part
from wflint.evaluate.expressions.inline_call import function_of
from wflint.evaluate.values import NONE, Const, Function, Object, Value
from wflint.frontends.google_adk.parts import children, kind_of, name_of, tools, wrapped
from wflint.frontends.google_adk.table import EXIT_LOOP, AgentKind
from wflint.model.conduct import ExitSignal
from wflint.model.loss import Loss, LossKind
from wflint.model.span import Span
from wflint.source import code
from wflint.source.code import TextRange
from wflint.source.walking import nodes_in

DEEPEST = 12
ESCALATE = "escalate"
SILENT = "skip_summarization"
"""The action that ends the turn of the agent as well: its model is not asked about the tool's result."""


def exit_signals(loop: Object) -> Iterator[ExitSignal]:
    """The signals in a loop that end it, and those of a loop right below it, which are seen by both."""
    for agent, within in _agents(loop, (), DEEPEST):
        name = name_of(agent)
        if name is not None and len(within) == 1 and not _runs_once(loop) and (place := _escalates(agent)) is not None:
            outer, inner = (name_of(one) or "a loop" for one in (loop, within[0]))
            yield ExitSignal(name, ESCALATE, place, inner, also_ends=outer, other=loop.site.span)
        for entry in tools(agent) if name is not None and len(within) < 2 else ():  # noqa: PLR2004
            signal = _signal(entry.value)
            if signal is None or name is None or not entry.certain:
                continue
            tool, ends_turn, span = signal
            place = span or agent.site.span
            if within and not _runs_once(loop):
                outer, inner = (name_of(one) or "a loop" for one in (loop, within[0]))
                yield ExitSignal(name, tool, place, inner, also_ends=outer, other=loop.site.span)
            elif not within and not ends_turn:
                key = part(agent, "output_key")
                overwrites = key.value if isinstance(key, Const) and isinstance(key.value, str) else ""
                yield ExitSignal(name, tool, place, name_of(loop) or "a loop", asked_again=True, overwrites=overwrites)


def never_after(loop: Object) -> Iterator[Loss]:
    """The agents of a loop that stand behind one which ends it each time that it runs."""
    ending: tuple[Object, Span] | None = None
    for child, sure in children(loop):
        if ending is not None and sure:
            agent, place = ending
            yield Loss(
                LossKind.ROUTE,
                f'agent "{name_of(child)}" of loop "{name_of(loop) or "loop"}"',
                child.site.span,
                f'never runs: "{name_of(agent)}" before it ends the loop each time, in the middle of the round',
                "put it before, or end the loop on a condition",
                place,
            )
            return
        found = _always_escalates(child) if sure and ending is None else None
        ending = (child, found) if found is not None else ending


def _always_escalates(agent: Object) -> Span | None:
    """Where the code of an agent's own class yields an event that ends the loop, whatever it finds."""
    run = agent.cls.find(RUN) if agent.cls is not None else None
    if not isinstance(run, Function) or not isinstance(run.node, code.FunctionDef) or part(agent, BEFORE) is not None:
        return None
    for statement in run.node.body:
        match statement:
            case code.ExprStmt(value=code.Yield(value=code.Call() as event)) if (found := _ending(event)) is not None:
                return run.module.span(found)
            case code.ExprStmt() | code.Assign() | code.AnnAssign() | code.AugAssign():
                continue
            case _:
                return None
    return None


def _ending(event: code.Call) -> TextRange | None:
    """The actions of an event that certainly end the loop."""
    calls = (node for node in nodes_in((event,)) if isinstance(node, code.Call))
    said = ((call, keyword.value) for call in calls for keyword in call.keywords if keyword.name == ESCALATE)
    return next((call.at for call, value in said if isinstance(value, code.Constant) and value.value is True), None)


BEFORE = "before_agent_callback"
"""Code that may answer in the agent's place."""


def _agents(agent: Object, within: tuple[Object, ...], depth: int) -> Iterator[tuple[Object, tuple[Object, ...]]]:
    """The agents below, each with the loops between."""
    for child, sure in children(agent) if depth else ():
        if sure:
            inner = (*within, child) if kind_of(child) is AgentKind.LOOP else within
            yield child, inner
            yield from _agents(child, inner, depth - 1)


def _runs_once(loop: Object) -> bool:
    return part(loop, "max_iterations") == Const(1)


def _signal(tool: Value) -> tuple[str, bool, Span | None] | None:
    """The name of a tool that certainly ends the loop, whether it ends the turn as well, and where it says so."""
    inner = wrapped(tool) if isinstance(tool, Object) else tool
    function = function_of(inner) if inner is not None and inner != NONE else None
    if not isinstance(function, Function):
        made_by_library = (name_of(tool) or "").endswith(EXIT_LOOP)
        return (EXIT_LOOP, True, None) if made_by_library else None
    return _in_code(function)


def _escalates(agent: Object) -> Span | None:
    """Where the code of an agent's own class yields an event that ends the loop around it, be it on some runs only."""
    run = agent.cls.find(RUN) if agent.cls is not None else None
    if not isinstance(run, Function) or not isinstance(run.node, code.FunctionDef):
        return None
    calls = (node for node in nodes_in(run.node.body) if isinstance(node, code.Call))
    said = ((call, keyword.value) for call in calls for keyword in call.keywords if keyword.name == ESCALATE)
    found = (call for call, value in said if not (isinstance(value, code.Constant) and not value.value))
    return next((run.module.span(call.at) for call in found), None)


RUN = "_run_async_impl"
"""The method in which a class of agents says what it does."""


def _in_code(function: Function) -> tuple[str, bool, Span | None] | None:
    if not isinstance(function.node, code.FunctionDef):
        return None
    nodes = [node for node in nodes_in(function.node.body) if isinstance(node, code.Assign)]
    set_ = {target.name: node for node in nodes for target in node.targets if isinstance(target, code.Attribute)}
    said = set_.get(ESCALATE)
    if said is None or not (isinstance(said.value, code.Constant) and said.value.value is True):
        return None
    return function.name, SILENT in set_, function.module.span(said.at)
