"""What a node without a name is called."""

from __future__ import annotations

from wflint.evaluate.class_values import Class
from wflint.evaluate.values import Bound, Function, Object, Partial, Value, last_of, text_of
from wflint.frontends.langgraph.ready_made import TOOL_NODES
from wflint.frontends.langgraph.table import COMPILED, SAME


def node_name(value: Value) -> str | None:
    """The name that the framework infers for a node without one."""
    match value:
        case Function(name=name):
            return name
        case Bound(function=function) | Partial(function=function):
            return node_name(function)
        case Class(name=name):
            return name
        case Object() if (given := text_of(value.content.get("name"))) is not None:
            return given
        case Object(path=path) if path == COMPILED:
            return "LangGraph"
        case Object() if (wrapped := wrapped_function(value)) is not None:
            return node_name(wrapped)
        case Object(path=path) if path in TOOL_NODES:
            return "tools"
        case Object(cls=Class() as cls):
            return cls.name
        case _:
            return None


def wrapped_function(value: Value) -> Value | None:
    """The function inside `RunnableLambda(function)`, also where it was configured since; None for anything else."""
    while isinstance(value, Object) and last_of(value.path) in SAME and value.receiver is not None:
        value = value.receiver
    if isinstance(value, Object) and (value.path or "").endswith(".RunnableLambda"):
        return value.arguments.get("func", 0) or value.arguments.get("afunc", 1)
    return None
