"""What ADK's calls mean to the interpreter."""

from __future__ import annotations

from enum import StrEnum

from wflint.assembly.census.constructors import calls
from wflint.assembly.chains.runs import Running
from wflint.assembly.frontend import construct, copied_field, on_object
from wflint.evaluate.class_values import Class
from wflint.evaluate.dependencies import depends_on
from wflint.evaluate.library import CallModel, CallSite, LibraryModel
from wflint.evaluate.recording import escape
from wflint.evaluate.values import NONE, Arguments, Const, Function, Mapping, Object, Unknown, Value
from wflint.frontends.google_adk.written import BEGINNING, from_config


class AgentKind(StrEnum):
    """What an agent does with its children."""

    MODEL = "model"
    """A language model that may hand over to them."""
    SEQUENTIAL = "sequential"
    """One after the other."""
    PARALLEL = "parallel"
    """All at the same time."""
    LOOP = "loop"
    """One after the other, round after round."""
    CUSTOM = "custom"
    """Whatever its code says."""
    REMOTE = "remote"
    """It lives elsewhere."""


AGENTS: dict[str, AgentKind] = {
    "google.LlmAgent": AgentKind.MODEL,
    "google.Agent": AgentKind.MODEL,
    "google.SequentialAgent": AgentKind.SEQUENTIAL,
    "google.ParallelAgent": AgentKind.PARALLEL,
    "google.LoopAgent": AgentKind.LOOP,
    "google.BaseAgent": AgentKind.CUSTOM,
    "google.RemoteA2aAgent": AgentKind.REMOTE,
    "google.LangGraphAgent": AgentKind.REMOTE,
}
AGENT_TOOL = "google.AgentTool"
WORKFLOWS = ("google.Workflow", "google.WorkflowAgent")
JOIN = "google.JoinNode"
NODE = "google.node"
MADE = "google.node.made"
FUNCTION_NODE = "google.FunctionNode"
FUNCTION_TOOLS = ("google.FunctionTool", "google.LongRunningFunctionTool")
RUN_NODE = "*.run_node"
NODE_CLASSES = ("google.Node", "google.BaseNode")
EDGE = "google.Edge"
EVENT = "google.Event"
ACTIONS = "google.EventActions"
REQUEST = "google.RequestInput"
SERVICE = "google.InMemorySessionService"
"""Sessions that begin empty whenever the program begins; those of other services may hold what earlier runs left."""
RUNNERS = ("google.Runner", "google.InMemoryRunner")
CREATE = (".create_session", ".create_session_sync")
APPEND = ".append_event"
RUN = (".run", ".run_async", ".run_debug", ".run_live")
EXIT_LOOP = "exit_loop"
DEFAULT_ROUTE = "__DEFAULT__"
FROM_CONFIG = "google.from_config"


def _made(call: CallSite) -> Value:
    """A model class: its arguments are its attributes."""
    made = construct(call)
    assert isinstance(made, Object)
    made.content.update((name, copied_field(call.interpreter, value)) for name, value in call.arguments.keywords)
    return made


def _begun(call: CallSite) -> Value:
    """`super().__init__(...)` of a class of the source."""
    if isinstance(call.receiver, Object):
        for name, value in call.arguments.keywords:
            call.receiver.content.setdefault(name, value)
    return NONE


@on_object
def _copied(call: CallSite) -> Value:
    """`agent.clone(update={...})`: an agent of its own, without a parent."""
    assert isinstance(call.receiver, Object)
    made = call.interpreter.object_of(call.receiver.path, call.receiver.arguments, call.location, call.receiver.cls)
    made.content.update(call.receiver.content)
    update = call.get("update", 0)
    if isinstance(update, Mapping):
        made.content.update(update.known())
    return made


def _settled(call: CallSite) -> Value:
    """An event: what its arguments can be is settled where it is made."""
    keywords = tuple((name, call.interpreter.resolved(value)) for name, value in call.arguments.keywords)
    arguments = Arguments(call.arguments.positional, keywords, call.arguments.open)
    made = call.interpreter.object_of(call.path, arguments, call.location)
    call.interpreter.record_call(made, call.path, arguments, call.location, made)
    return made


def _node(call: CallSite) -> Value:
    """`@node`, `@node(name=...)` or `node(something, name=...)`."""
    made = call.interpreter.object_of(MADE, call.arguments, call.location)
    made.content.update(call.arguments.keywords)
    wrapped = call.get("node_like", 0)
    if wrapped is not None:
        made.content["wrapped"] = wrapped
    return made


@on_object
def _wrap(call: CallSite) -> Value:
    """The second half of `@node(name=...)`."""
    wrapper = call.receiver
    assert isinstance(wrapper, Object)
    wrapped = call.get("", 0)
    if isinstance(wrapped, Function | Class) and "wrapped" not in wrapper.content:
        made = call.interpreter.object_of(MADE, wrapper.arguments, call.location)
        made.content.update(wrapper.content)
        made.content["wrapped"] = wrapped
        return made
    return Unknown("the result of a node", call.location)


def _runner(call: CallSite) -> Value:
    """A runner, with the sessions it keeps; those that it is not given are its own."""
    made = _made(call)
    assert isinstance(made, Object)
    if call.path.endswith(".InMemoryRunner"):
        made.content["session_service"] = call.interpreter.object_of(SERVICE, Arguments(), call.location)
    return made


@on_object
def _used(call: CallSite) -> Value:
    """A method that is called on a runner or on its sessions."""
    assert call.receiver is not None
    call.interpreter.record_call(call.receiver, call.path, call.arguments, call.location)
    return Unknown("what a session service gives", call.location)


def _run(call: CallSite) -> Value:
    """The runner is used, and what it was made with is run."""
    _used(call)
    return ANSWERED(call)


def _run_node(call: CallSite) -> Value:
    """`ctx.run_node(...)`, whatever the context is made of."""
    escape(call.interpreter, call.arguments, call.location)
    return Unknown("the output of a node", call.location, depends_on(*call.arguments))


def _agent(call: CallSite) -> Value | None:
    made = call.receiver.content if isinstance(call.receiver, Object) else {}
    app = made.get("app")
    return made.get("agent") or (app.content.get("root_agent") if isinstance(app, Object) else None)


def _inside(call: CallSite) -> Value | None:
    """The agent that a tool is made around."""
    return call.receiver.arguments.get("agent", 0) if isinstance(call.receiver, Object) else None


ANSWERED = Running("result", _agent)


def _running() -> dict[str, CallModel]:
    calls: dict[str, CallModel] = dict.fromkeys(RUNNERS, _runner)
    calls |= {f"{runner}{method}": _run for runner in RUNNERS for method in RUN}
    calls[f"{AGENT_TOOL}.run_async"] = Running("result", _inside)
    return calls | {SERVICE: construct} | {f"{SERVICE}{method}": _used for method in (*CREATE, APPEND)}


CONSTRUCTORS = calls("google.adk", *(path.rpartition(".")[2] for path in (*AGENTS, *WORKFLOWS)))
"""What constructs a workflow."""


def table() -> LibraryModel:
    """The table of ADK."""
    calls: dict[str, CallModel] = {}
    for path in (*AGENTS, *WORKFLOWS, *NODE_CLASSES, JOIN, FUNCTION_NODE, AGENT_TOOL, EDGE, *FUNCTION_TOOLS):
        calls |= {path: _made, f"{path}.__init__": _begun, f"{path}.clone": _copied, f"{path}.model_copy": _copied}
    calls |= _running() | {FROM_CONFIG: from_config}
    calls |= {EVENT: _settled, ACTIONS: _settled, REQUEST: _settled, NODE: _node, f"{MADE}.__call__": _wrap}
    calls |= {RUN_NODE: _run_node}
    return LibraryModel(
        roots=frozenset({"google"}),
        calls=calls,
        constants={"google.START": Const(BEGINNING), "google.DEFAULT_ROUTE": Const(DEFAULT_ROUTE)},
        homes={"google": "google.adk"},
        constructors=frozenset({*AGENTS, *WORKFLOWS, AGENT_TOOL, FROM_CONFIG}),
    )
