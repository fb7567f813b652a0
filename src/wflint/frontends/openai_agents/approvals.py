"""Tools that wait for an approval, in runs whose callers never look whether one is asked for (openai-agents 0.24)."""

from __future__ import annotations

from collections.abc import Iterator

from wflint.assembly.recording import once
from wflint.assembly.sequences import elements
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.modules import Module
from wflint.evaluate.values import Const, Function, Object, last_of
from wflint.model.conduct import Unapproved
from wflint.model.span import Span
from wflint.source import code
from wflint.source.walking import nodes_in

APPROVAL = "needs_approval"
ASKING = frozenset({"interruptions", "to_state"})
"""What those read of a result who look whether something waits for an approval."""
ANSWER = "final_output"


def unapproved_tools(interp: Interpreter, agent: Object) -> Iterator[Unapproved]:
    """The tools of an agent that always wait, where its answer is taken and no code looks for what waits."""
    waiting = list(_waiting(agent))
    runs = [call for call in interp.api_calls if call.subject is agent] if waiting else []
    read = [_read(interp, module) for module in interp.linker.modules.values() if module.loaded] if runs else []
    if runs and not any(names & ASKING for names in read) and ANSWER in _read(interp, runs[0].location.module):
        yield from (Unapproved(name, span, runs[0].span) for name, span in waiting)


def _waiting(agent: Object) -> Iterator[tuple[str, Span]]:
    for entry in elements(agent.content.get("tools")):
        match entry.value:
            case Function(unmodelled_decorators=marks) as tool if entry.certain:
                asked = [m.arguments.get(APPROVAL) for m in marks if isinstance(m, Object) and _makes_tools(m)]
                if Const(value=True) in asked:
                    yield tool.name, tool.location.span
            case _:
                pass


def _makes_tools(mark: Object) -> bool:
    return last_of(mark.path) == "function_tool"


def _read(interp: Interpreter, module: Module) -> frozenset[str]:
    """The attributes that the code of a file names; it is looked through once for all agents."""
    return once(interp, (_read, module.path), lambda: frozenset(_attributes(module)))


def _attributes(module: Module) -> Iterator[str]:
    return (node.name for node in nodes_in(module.body) if isinstance(node, code.Attribute))
