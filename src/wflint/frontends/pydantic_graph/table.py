"""What the names of pydantic-graph and pydantic-ai mean to the interpreter."""

from __future__ import annotations

from wflint.assembly.census.constructors import calls
from wflint.assembly.chains.runs import Running
from wflint.assembly.frontend import construct, on_object, pure
from wflint.assembly.making import Making, followed
from wflint.evaluate.library import CallModel, CallSite, LibraryModel
from wflint.evaluate.types import bare, name_of
from wflint.evaluate.values import NONE, Arguments, Const, Function, Object, Sequence, Unknown, Value, text_of

ROOT = "pydantic_graph"
GRAPH = f"{ROOT}.Graph"
BUILDER = f"{ROOT}.GraphBuilder"
BUILT = f"{ROOT}.BuiltGraph"
STEP = f"{ROOT}.Step"
JOIN = f"{ROOT}.Join"
DECISION = f"{BUILDER}.decision"
AGENT = "pydantic_ai.Agent"
TOOL = "pydantic_ai.Agent.registration"
"""What a decorator with arguments gives that makes a function a tool."""
TOLD_MORE = "told more"
"""Where an agent keeps that functions tell it more than it was made with."""
TELLING = "telling"
"""Where an agent keeps the functions that tell it more."""
VALIDATORS = "validators"
"""Where an agent keeps the validators of its answers."""
RUNNING = ("run", "run_sync", "iter", "initialize")
ASKING = ("run", "run_sync", "run_stream", "run_stream_sync")
ADDING = ("add", "add_edge", "add_mapping_edge")
PARTS = ("edge_from", "decision", "match", "match_node", "node")
"""Methods of a builder that make something to add to it."""
STEPS = ("step", "stream")
"""Methods of a builder that make a step of a function."""


@on_object
def _unfamiliar(call: CallSite) -> Value:
    """A method of a newer version: it may add what it makes, or leave that to others."""
    made = pure(call)
    assert call.receiver is not None
    call.interpreter.record_call(call.receiver, call.path, call.arguments, call.location, made)
    return made


def _step(call: CallSite) -> Value:
    """`@builder.step`, with or without arguments, or `builder.step(function)`."""
    function = call.get("call", 0)
    made = Making(STEP, followed=True)(call)
    if function is not None and function != NONE:
        _fill(call, made, function)
    return made


def _decorate(call: CallSite) -> Value:
    made = call.receiver
    function = call.get("", 0)
    if not isinstance(made, Object) or function is None or "function" in made.content:
        return Unknown("a step that is called", call.location)
    _fill(call, made, function)
    return made


def _fill(call: CallSite, made: Object, function: Value) -> None:
    made.content["function"] = function
    if isinstance(function, Function):
        made.name = function.name
        call.interpreter.escaped_functions.add(id(function.node))


ASK = Running(
    "output",
    type=lambda call, agent: _form(answer_type(agent, call.arguments)),
    result=f"{AGENT}.answer",
    parts=("output", "data"),
    texts=(),
)
"""An agent answers with its output type, or that of the run."""


def _form(type_: Value | None) -> Value | None:
    """The type of an answer that is more than a text."""
    found = bare(type_)
    return None if name_of(found) == "str" else found


def answer_type(agent: Value | None, asked: Arguments) -> Value | None:
    """The type of an agent's answer: as asked for this time, else as the agent was made."""
    made = agent.arguments if isinstance(agent, Object) else Arguments()
    return asked.get("output_type") or made.get("output_type") or made.get("result_type")


def _validated(call: CallSite) -> Value:
    """`@agent.output_validator`: the function stays what it is, and the agent remembers it."""
    function = call.get("func", 0) or Unknown("a validator", call.location)
    if isinstance(call.receiver, Object):
        _add(call, call.receiver, VALIDATORS, function)
    return function


def _told(call: CallSite) -> Value:
    """`@agent.instructions`: the function stays what it is, and the agent remembers that it tells it more."""
    function = call.get("func", 0)
    if isinstance(call.receiver, Object):
        call.receiver.content[TOLD_MORE] = Const(value=True)
        _add(call, call.receiver, TELLING, function)
    return function or Making(TOOL)(call)


def _add(call: CallSite, agent: Object, name: str, function: Value | None) -> None:
    """Note a function that an agent has for something; of one that is not seen it is known that there is one."""
    held = agent.content.get(name)
    known = held.content if isinstance(held, Sequence) else ()
    agent.content[name] = call.interpreter.list_of([*known, function or Unknown(name, call.location)])


def _tool(call: CallSite) -> Value:
    """`@agent.tool`, with or without arguments: the function stays what it is, and the agent has one tool more."""
    function = call.get("func", 0)
    if function is None or function == NONE:
        return Making(TOOL)(call)
    agent = (
        call.receiver.receiver if isinstance(call.receiver, Object) and call.receiver.path == TOOL else call.receiver
    )
    if isinstance(agent, Object):
        given = agent.content.get("tools") or agent.arguments.get("tools")
        known = given.content if isinstance(given, Sequence) else ()
        agent.content["tools"] = call.interpreter.list_of([*known, function])
    return function


def _handlers() -> dict[str, CallModel]:
    calls: dict[str, CallModel] = dict.fromkeys((GRAPH, BUILDER, BUILT, JOIN), construct)
    calls |= {f"{graph}.{method}": Running("result") for graph in (GRAPH, BUILT) for method in RUNNING}
    calls |= {f"{BUILDER}.{method}": followed() for method in ADDING}
    calls |= {f"{BUILDER}.{method}": pure for method in PARTS}
    calls |= {f"{BUILDER}.{method}": _step for method in STEPS}
    calls |= dict.fromkeys((f"{AGENT}.output_validator", f"{AGENT}.result_validator"), _validated)
    calls |= dict.fromkeys((f"{AGENT}.system_prompt", f"{AGENT}.instructions"), _told)
    calls |= dict.fromkeys((f"{AGENT}.tool", f"{AGENT}.tool_plain", f"{TOOL}.__call__"), _tool)
    calls |= {AGENT: construct, **{f"{AGENT}.{method}": ASK for method in ASKING}}
    calls |= {
        f"{STEP}.__call__": _decorate,
        f"{BUILDER}.build": Making(BUILT),
        f"{BUILDER}.*": _unfamiliar,
        f"{BUILDER}.join": Making(JOIN),
        f"{DECISION}.branch": Making(DECISION),
    }
    return calls


CONSTRUCTORS = calls(ROOT, "Graph", "GraphBuilder")
"""What constructs a workflow."""


def table() -> LibraryModel:
    """What the interpreter is told about pydantic-graph."""
    return LibraryModel(frozenset({ROOT, "pydantic_ai"}), _handlers(), constructors=frozenset({GRAPH, BUILDER, AGENT}))


def named(value: Value | None) -> str | None:
    """A text that was given, if one was."""
    return None if value is None or value == NONE else text_of(value)
