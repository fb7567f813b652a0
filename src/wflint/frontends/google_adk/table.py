"""What ADK's calls mean to the interpreter."""

from __future__ import annotations

from enum import StrEnum

from msgspec.structs import replace

from wflint.assembly.census.constructors import calls
from wflint.assembly.chains.runs import Running
from wflint.assembly.frontend import construct, on_object
from wflint.assembly.making import Decorating, Making, cloned, followed, settled
from wflint.evaluate.dependencies import depends_on
from wflint.evaluate.library import CallModel, CallSite, LibraryModel
from wflint.evaluate.recording import escape
from wflint.evaluate.values import Arguments, Const, Mapping, Object, Unknown, Value, last_of
from wflint.frontends.google_adk.parameters import PARAMETERS
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
APP = "google.App"
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


MODEL = Making(copied=True)
"""A model class: its arguments are its attributes."""
NODES = Decorating(MADE, "node_like", "wrapped")
"""`@node`, `@node(name=...)` or `node(something, name=...)`."""
USED = followed("what a session service gives")
"""A method that is called on a runner or on its sessions."""


@on_object
def _copied(call: CallSite) -> Value:
    """`agent.clone(update={...})`: an agent of its own, without a parent; it refuses fields that its class lacks."""
    update = call.get("update", 0)
    changes = tuple((str(name), value) for name, value in update.known()) if isinstance(update, Mapping) else ()
    made = cloned(replace(call, arguments=Arguments(keywords=changes)))
    taken = PARAMETERS.get(made.path or "") if made.cls is None else None
    strange = tuple(change for change in changes if taken is not None and change[0] not in taken.keywords)
    made.arguments = replace(made.arguments, keywords=(*made.arguments.keywords, *strange))
    return made


def _settled(call: CallSite) -> Value:
    """An event: what its arguments can be is settled where it is made."""
    made = settled(call)
    call.interpreter.record_call(made, call.path, made.arguments, call.location, made)
    return made


def _runner(call: CallSite) -> Value:
    """A runner, with the sessions it keeps; those that it is not given are its own."""
    made = MODEL(call)
    if call.path.endswith(".InMemoryRunner"):
        made.content["session_service"] = call.interpreter.object_of(SERVICE, Arguments(), call.location)
    return made


def _run(call: CallSite) -> Value:
    """The runner is used, and what it was made with is run."""
    USED(call)
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


def _session(call: CallSite, _agent: Object) -> Value | None:
    """The id of the session that a run goes on in, where it is the same one whoever asks.

    What keeps its sessions in memory and is made while its function runs, keeps them for this one call: then the
    service itself.
    """
    ids = [call.get("user_id"), call.get("session_id")]
    if not all(isinstance(one, Const) for one in ids):
        return None
    service = call.receiver.content.get("session_service") if isinstance(call.receiver, Object) else None
    return service if isinstance(service, Object) and _is_of_this_call(service, call) else ids[1]


def _is_of_this_call(service: Object, call: CallSite) -> bool:
    """Whether sessions are kept in memory, and that was made since the outermost function on the stack began."""
    outermost = next((frame for frame in call.interpreter.frames if frame.function is not None), None)
    kept_in_memory = service.path == SERVICE
    return kept_in_memory and outermost is not None and service.allocated_at >= outermost.started_at


ANSWERED = Running("result", _agent, kept_in=_session)


def _running() -> dict[str, CallModel]:
    calls: dict[str, CallModel] = dict.fromkeys(RUNNERS, _runner)
    calls |= {f"{runner}{method}": _run for runner in RUNNERS for method in RUN}
    calls[f"{AGENT_TOOL}.run_async"] = Running("result", _inside)
    return calls | {APP: MODEL, SERVICE: construct} | {f"{SERVICE}{method}": USED for method in (*CREATE, APPEND)}


CONSTRUCTORS = calls("google.adk", *(last_of(path) for path in (*AGENTS, *WORKFLOWS)))
"""What constructs a workflow."""


def table() -> LibraryModel:
    """The table of ADK."""
    calls: dict[str, CallModel] = {}
    for path in (*AGENTS, *WORKFLOWS, *NODE_CLASSES, JOIN, FUNCTION_NODE, AGENT_TOOL, EDGE, *FUNCTION_TOOLS):
        calls |= {path: MODEL, f"{path}.__init__": MODEL.begin}
        calls |= {f"{path}.clone": _copied, f"{path}.model_copy": _copied}
    calls |= _running() | {FROM_CONFIG: from_config}
    calls |= {EVENT: _settled, ACTIONS: _settled, REQUEST: _settled, **NODES.rows(NODE), RUN_NODE: _run_node}
    return LibraryModel(
        roots=frozenset({"google"}),
        calls=calls,
        constants={"google.START": Const(BEGINNING), "google.DEFAULT_ROUTE": Const(DEFAULT_ROUTE)},
        homes={"google": "google.adk"},
        constructors=frozenset({*AGENTS, *WORKFLOWS, AGENT_TOOL, FROM_CONFIG}),
    )
