"""What the names of pydantic-graph and pydantic-ai mean to the interpreter."""

from __future__ import annotations

from wflint.assembly.frontend import make
from wflint.evaluate.calls import escape
from wflint.evaluate.class_values import Class
from wflint.evaluate.library import Call, Handler, Table
from wflint.evaluate.types import bare
from wflint.evaluate.values import NONE, Arguments, Function, Object, Root, Symbol, Unknown, Value, sources_of, text_of

ROOT = "pydantic_graph"
GRAPH = f"{ROOT}.Graph"
BUILDER = f"{ROOT}.GraphBuilder"
BUILT = f"{ROOT}.BuiltGraph"
STEP = f"{ROOT}.Step"
JOIN = f"{ROOT}.Join"
DECISION = f"{BUILDER}.decision"
AGENT = "pydantic_ai.Agent"
RUNNING = ("run", "run_sync", "iter", "initialize")
ADDING = ("add", "add_edge", "add_mapping_edge")


def last_of(path: str | None) -> str:
    """The last part of a dotted path."""
    return (path or "").rpartition(".")[2]


def runs_graph(path: str) -> bool:
    """Whether a call runs a graph."""
    kind, _, method = path.rpartition(".")
    return kind in (GRAPH, BUILT) and method in RUNNING


def _run(call: Call) -> Value:
    """A graph is run."""
    assert call.receiver is not None
    call.interpreter.record(call.receiver, call.path, call.arguments, call.place)
    return Unknown("the result of a graph", call.place, sources_of(*call.arguments))


def _add(call: Call) -> Value:
    assert call.receiver is not None
    call.interpreter.record(call.receiver, call.path, call.arguments, call.place)
    return NONE


def _build(call: Call) -> Value:
    made = call.interpreter.object_of(BUILT, call.arguments, call.place)
    made.receiver = call.receiver
    return made


def _step(call: Call) -> Value:
    """`@builder.step`, with or without arguments, or `builder.step(function)`."""
    function = call.get("call", 0)
    made = call.interpreter.object_of(STEP, call.arguments, call.place)
    made.receiver = call.receiver
    if function is not None and function != NONE:
        _fill(call, made, function)
    return made


def _decorate(call: Call) -> Value:
    made = call.receiver
    function = call.get("", 0)
    if not isinstance(made, Object) or function is None or "function" in made.content:
        return Unknown("a step that is called", call.place)
    _fill(call, made, function)
    return made


def _fill(call: Call, made: Object, function: Value) -> None:
    made.content["function"] = function
    if isinstance(function, Function):
        made.name = function.name
        call.interpreter.given.add(id(function.node))


def _join(call: Call) -> Value:
    made = call.interpreter.object_of(JOIN, call.arguments, call.place)
    made.receiver = call.receiver
    return made


def _branch(call: Call) -> Value:
    """One more branch of a decision, which is a new decision."""
    made = call.interpreter.object_of(DECISION, call.arguments, call.place)
    made.receiver = call.receiver
    return made


def _ask(call: Call) -> Value:
    """An agent answers with its output type."""
    escape(call.interpreter, call.arguments, call.place)
    made = call.interpreter.object_of(f"{call.path}.answer", call.arguments, call.place)
    made.receiver = call.receiver
    made.sources = sources_of(*call.arguments)
    asked = call.receiver.arguments if isinstance(call.receiver, Object) else Arguments()
    type_ = bare(call.get("output_type") or asked.get("output_type") or asked.get("result_type"))
    if isinstance(type_, Class):
        answer = Symbol(Root("answer", type_, None, call.place), (), type_)
        made.content.update({"output": answer, "data": answer})
    return made


def _handlers() -> dict[str, Handler]:
    calls: dict[str, Handler] = dict.fromkeys((GRAPH, BUILDER, BUILT, JOIN), make)
    calls |= {f"{graph}.{method}": _run for graph in (GRAPH, BUILT) for method in RUNNING}
    calls |= {f"{BUILDER}.{method}": _add for method in ADDING}
    calls |= {f"{BUILDER}.{method}": _step for method in ("step", "stream")}
    calls |= {f"{AGENT}.{method}": _ask for method in ("run", "run_sync")}
    calls |= {
        f"{STEP}.__call__": _decorate,
        f"{BUILDER}.build": _build,
        f"{BUILDER}.join": _join,
        f"{DECISION}.branch": _branch,
    }
    return calls


def table() -> Table:
    """What the interpreter is told about pydantic-graph."""
    return Table(frozenset({ROOT, "pydantic_ai"}), _handlers(), makers=frozenset({GRAPH, BUILDER}))


def named(value: Value | None) -> str | None:
    """A text that was given, if one was."""
    return None if value is None or value == NONE else text_of(value)
