"""Tools that a model is given, and whether any code of the source runs what the model asks for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from wflint.assembly.contracts.models import PIPE, asks
from wflint.assembly.function_summary import FunctionSummary
from wflint.assembly.recording import once
from wflint.evaluate.class_values import Class
from wflint.evaluate.events import LibraryCall
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.modules import Module
from wflint.evaluate.values import Bound, Function, Object, Value, alternatives, last_of, text_of
from wflint.evaluate.values import Sequence as Listed
from wflint.model.conduct import IdleTools
from wflint.model.span import Span
from wflint.source.code import Attribute, Call, Constant, ExprT, If, IfExp, Name, StmtT, While
from wflint.source.walking import body_of, nodes_in

BINDING: Final = "bind_tools"
ASKING: Final = frozenset({"chat_with_tools", "achat_with_tools", "stream_chat_with_tools", "astream_chat_with_tools"})
"""Methods of models that are given tools and run none."""
SAME: Final = frozenset({"with_retry", "with_config", "with_fallbacks", "bind", "with_types"})
CHOSEN: Final = ("tool_choice", "tool_required")
"""Settings by which a model is made to answer in the form of a tool."""
RUNNING: Final = frozenset(
    {
        "tool_calls", "function_call", "tool_call", "additional_kwargs", "tool_call_chunks", "content_blocks",
        "get_tool_calls_from_response", "ToolMessage", "ToolNode", "ToolExecutor", "ToolInvocation", "AgentExecutor",
        "create_tool_calling_agent", "PydanticToolsParser", "JsonOutputToolsParser", "JsonOutputKeyToolsParser",
        "call_tool", "acall_tool", "ToolInvoker", "create_react_agent", "create_agent", "tools_condition",
    }
)  # fmt: skip
"""Names that code has to use that runs the tools a model asks for."""


def idle_tools(summary: FunctionSummary, interp: Interpreter) -> IdleTools | None:
    """The tools that the step's models are given, where nothing in the source runs what they ask for."""
    for call in summary.calls:
        given = _given(call) if asks(call) or call.method in ASKING else None
        found = given_tools(given, call.span, interp) if given is not None else None
        if found is not None:
            return found
    return None


def given_tools(given: Value, span: Span, interp: Interpreter) -> IdleTools | None:
    """Tools that are all known, where nothing in the source runs what a model asks for."""
    names = _names(given)
    runs = any(_runs_tools(interp, module) for module in interp.linker.modules.values()) if names else True
    return None if runs else IdleTools(names, span)


def bound_names(call: LibraryCall) -> tuple[str, ...]:
    """The names of the tools that a model was given before it is asked; none where some are not known."""
    given = _given(call) if asks(call) and call.method not in ASKING else None
    return _names(given) if given is not None else ()


def runs_tools_itself(summary: FunctionSummary) -> bool:
    """Whether a step's own code does more about the tools that a model asks for than test for them."""
    functions = (summary.function, *(call.function for call in summary.source_calls))
    return any(_does_more(body_of(each.node)) for each in functions)


def _given(call: LibraryCall) -> Value | None:
    """The tools of a call of a model, where nothing but running them makes sense of its answer."""
    if call.method in ASKING:
        return None if any(call.get(name) is not None for name in CHOSEN) else call.get("tools", 0)
    model = bound_model(call)
    chosen = model is None or any(model.arguments.get(name) is not None for name in CHOSEN)
    return model.arguments.get("tools", 0) if model is not None and not chosen else None


def bound_model(call: LibraryCall) -> Object | None:
    """The model with tools that a call asks, as it was given them."""
    model = call.receiver
    if isinstance(model, Object) and model.path == PIPE:
        model = model.arguments.positional[-1] if model.arguments.positional else None
    while isinstance(model, Object) and last_of(model.path) in SAME and model.receiver is not None:
        model = model.receiver
    bound = isinstance(model, Object) and last_of(model.path) == BINDING and not model.arguments.open
    return model if isinstance(model, Object) and bound else None


def _names(given: Value) -> tuple[str, ...]:
    """The names of tools, all of which are functions or tools of a library; none where one is something else."""
    found: list[str] = []
    for option in alternatives(given):
        if not isinstance(option, Listed) or not option.closed:
            return ()
        for item in option.content:
            name = _name(item)
            if name is None:
                return ()
            found.append(name)
    return tuple(dict.fromkeys(found))


def _name(tool: Value) -> str | None:
    match tool:
        case Function(name=name) | Bound(function=Function(name=name)):
            return name
        case Object(cls=Class() as cls) if any(last_of(path).endswith("Tool") for path in cls.libraries()):
            return cls.name
        case Object(path=str(path)) if last_of(path) in (
            "tool",
            "from_function",
            "from_defaults",
            "Tool",
            "FunctionTool",
        ):
            inner = tool.arguments.get("func", 0) or tool.arguments.get("fn", 0)
            return text_of(tool.arguments.get("name")) or (inner.name if isinstance(inner, Function) else None)
        case _:
            return None


# ---------------------------------------------------------------------------------------------- who runs them


def _runs_tools(interp: Interpreter, module: Module) -> bool:
    """Whether the code of a module does more about the tools that a model asks for than test for them."""
    return once(interp, ("runs tools", module), lambda: module.lowered is not None and _does_more(module.lowered.body))


def _does_more(body: Sequence[StmtT] | Sequence[ExprT]) -> bool:
    nodes = list(nodes_in(body))
    tests = [node.test for node in nodes if isinstance(node, If | IfExp | While)]
    tested = {id(node) for test in tests for node in _plain(test)}
    return any(_is_mentioned(node) and id(node) not in tested for node in nodes)


def _plain(test: object) -> Iterator[object]:
    """The nodes of a test, but for those inside calls that may do anything."""
    for node in nodes_in([test]):
        if isinstance(node, Call) and not (
            isinstance(node.func, Name) and node.func.id in ("getattr", "hasattr", "len", "bool")
        ):
            return
        yield node


def _is_mentioned(node: object) -> bool:
    match node:
        case Attribute(name=name) | Name(id=name):
            return name in RUNNING
        case Constant(value=str(text)):
            return text in RUNNING
        case _:
            return False
