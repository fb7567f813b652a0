"""What the calls of AutoGen mean to the interpreter."""

from __future__ import annotations

from functools import partial

from msgspec.structs import replace

from wflint.assembly.agents import part
from wflint.assembly.census.constructors import calls
from wflint.assembly.chains.questions import Asking
from wflint.assembly.chains.runs import Running
from wflint.assembly.frontend import construct, fluent, unmodelled
from wflint.assembly.making import Making
from wflint.evaluate.expressions.comparing import truth_of
from wflint.evaluate.library import CallModel, CallSite, LibraryModel, ModelApi
from wflint.evaluate.values import (
    NONE,
    Arguments,
    Const,
    Object,
    RepeatedElement,
    Sequence,
    Unknown,
    Value,
    alternatives,
)
from wflint.frontends.autogen.core.rows import AGENTS as CORE_AGENTS
from wflint.frontends.autogen.core.rows import (
    CORE,
    CORE_CONSTRUCTORS,
    MARKS,
    REGISTERED,
    RUNTIMES,
    core_calls,
    core_stub,
)
from wflint.model.patterns import pattern

CHAT = "autogen_agentchat"
EXTENSIONS = "autogen_ext"

ROUND_ROBIN = f"{CHAT}.RoundRobinGroupChat"
SELECTOR = f"{CHAT}.SelectorGroupChat"
MAGENTIC = f"{CHAT}.MagenticOneGroupChat"
SWARM = f"{CHAT}.Swarm"
FLOW = f"{CHAT}.GraphFlow"
MAGENTIC_ONE = f"{EXTENSIONS}.MagenticOne"
"""Not a class of teams of its own: it becomes the managed team that it is."""
TEAMS = (ROUND_ROBIN, SELECTOR, MAGENTIC, SWARM, FLOW)

ASSISTANT = f"{CHAT}.AssistantAgent"
USER = f"{CHAT}.UserProxyAgent"
CUSTOM = f"{CHAT}.BaseChatAgent"
EXECUTOR = f"{CHAT}.CodeExecutorAgent"
FILTER = f"{CHAT}.MessageFilterAgent"
SOCIETY = f"{CHAT}.SocietyOfMindAgent"
FILES = f"{EXTENSIONS}.FileSurfer"
WEB = f"{EXTENSIONS}.MultimodalWebSurfer"
CODER = f"{EXTENSIONS}.MagenticOneCoderAgent"
AGENTS = (
    ASSISTANT, USER, CUSTOM, EXECUTOR, FILTER, SOCIETY, FILES, WEB, CODER,
    *(f"{EXTENSIONS}.{name}" for name in ("VideoSurfer", "OpenAIAgent", "OpenAIAssistantAgent", "AzureAIAgent")),
)  # fmt: skip

BUILDER = f"{CHAT}.DiGraphBuilder"
BUILT = f"{BUILDER}.build"
BUILDING = ("add_edge", "add_conditional_edges", "set_entry_point")
GRAPH = f"{CHAT}.DiGraph"
NODE = f"{CHAT}.DiGraphNode"
EDGE = f"{CHAT}.DiGraphEdge"
HANDOFF = f"{CHAT}.Handoff"
RUNNING = ("run", "run_stream")
LAST_MESSAGE = "messages.[].content"
"""Where the result of a run has what its participants said."""
ANSWER_AT = "messages.[-1].content"
"""Where it has what was said last."""
ANSWERED = "chat_message.content"
"""Where what an agent gives back when it is called by hand holds its text."""
CLIENTS = pattern(r"autogen_(?:ext|core)\.models\.(?:\w+\.)*\w*ChatCompletionClient")
"""Clients of models, which code may ask without an agent."""


AGENT = Making(held=(("name", 0),))
"""Agents tell their names, and teams and graphs are told of them by name."""


def _builder(call: CallSite) -> Value:
    made = call.interpreter.object_of(call.path, call.arguments, call.location)
    made.content["participants"] = call.interpreter.list_of([])
    return made


def _add_node(call: CallSite) -> Value:
    agent, builder = call.get("agent", 0), call.receiver
    known = builder.content.get("participants") if isinstance(builder, Object) else None
    if isinstance(known, Sequence) and agent is not None and agent not in known.content:
        call.interpreter.heap.snapshot_before_write(known)
        known.content.append(agent)
    return fluent(call)


def _participants(call: CallSite) -> Value:
    known = call.receiver.content.get("participants") if isinstance(call.receiver, Object) else None
    if isinstance(known, Sequence):
        return call.interpreter.list_of(list(known.content))
    return Unknown("the participants of a graph", call.location)


OWN_AGENTS = ((FILES, "FileSurfer"), (WEB, "WebSurfer"), (CODER, "Coder"), (EXECUTOR, "ComputerTerminal"))
"""Whom `MagenticOne` makes for itself."""


def _magentic_one(call: CallSite) -> Value:
    """`MagenticOne(client, hil_mode=...)`: a managed team of agents that it makes, and of a person if that is said."""
    model = (("model_client", call.get("client", 0) or NONE),)
    members: list[Value] = [_own(call, path, name, () if path == EXECUTOR else model) for path, name in OWN_AGENTS]
    attended = truth_of(call.get("hil_mode", 1) or NONE)
    if attended:
        members.append(_own(call, USER, "User", ()))
    elif attended is None:
        members.append(RepeatedElement(Unknown("a person who may take part", call.location)))
    seated = call.interpreter.list_of(members)
    return call.interpreter.object_of(MAGENTIC, Arguments((seated,), model, open=call.arguments.open), call.location)


def _own(call: CallSite, path: str, name: str, more: tuple[tuple[str, Value], ...]) -> Object:
    return AGENT(replace(call, path=path, receiver=None, arguments=Arguments((), (("name", Const(name)), *more))))


def _context_of(_call: CallSite, agent: Object) -> Value | None:
    return part(agent, "model_context")


def _form_of(_call: CallSite, agent: Object) -> Value | None:
    return part(agent, "output_content_type")


_SPOKEN = Running("result", texts=(LAST_MESSAGE,), kept_in=_context_of)
_REPLIED = Running("result", texts=(ANSWERED,), kept_in=_context_of)
_STREAMED = Running("result", kept_in=_context_of)
_FORMED = Running("result", type=_form_of, result=f"{CHAT}.TaskResult", parts=(ANSWER_AT,), kept_in=_context_of)
_FORMED_REPLY = Running("result", type=_form_of, result=f"{CHAT}.Response", parts=(ANSWERED,), kept_in=_context_of)
_AGENT_RUNS = {
    "run": (_SPOKEN, _FORMED),
    "run_stream": (_SPOKEN, _STREAMED),
    "on_messages": (_REPLIED, _FORMED_REPLY),
    "on_messages_stream": (_REPLIED, _STREAMED),
}
"""What a run of an agent comes to that writes what it likes, and of one that answers with a model."""


def _ran(spoken: Running, formed: Running, call: CallSite) -> Value:
    """A run of one agent, which writes what it likes unless it answers with a model."""
    agents = [agent for agent in alternatives(call.receiver) if isinstance(agent, Object)]
    has_form = any(_form_of(call, agent) is not None for agent in agents)
    return (formed if has_form else spoken)(call)


def _handlers() -> dict[str, CallModel]:
    calls: dict[str, CallModel] = {}
    for agent in AGENTS:
        calls |= {agent: AGENT, f"{agent}.__init__": AGENT.begin}
        calls |= {f"{agent}.{method}": partial(_ran, *rows) for method, rows in _AGENT_RUNS.items()}
    for team in TEAMS:
        calls[team] = construct
        calls |= {f"{team}.{method}": Running("result", texts=(LAST_MESSAGE,)) for method in RUNNING}
    calls |= dict.fromkeys((f"{BUILDER}.{name}" for name in BUILDING), fluent)
    calls |= dict.fromkeys((GRAPH, NODE, EDGE, HANDOFF), construct)
    calls |= {
        BUILDER: _builder,
        f"{BUILDER}.add_node": _add_node,
        f"{BUILDER}.get_participants": _participants,
        f"{BUILDER}.*": unmodelled,
        BUILT: Making(),
        MAGENTIC_ONE: _magentic_one,
    }
    return calls | core_calls()


CONSTRUCTORS = (
    *calls(CHAT, "RoundRobinGroupChat", "SelectorGroupChat", "MagenticOneGroupChat", "Swarm", "GraphFlow"),
    *calls(EXTENSIONS, "MagenticOne"),
    *CORE_CONSTRUCTORS,
)
"""What constructs a workflow."""


def table() -> LibraryModel:
    """What the interpreter is told about AutoGen."""
    return LibraryModel(
        roots=frozenset({CHAT, EXTENSIONS, CORE}),
        calls=_handlers(),
        constants=MARKS,
        stubs={CORE: core_stub()},
        constructors=frozenset({*TEAMS, MAGENTIC_ONE, *RUNTIMES, REGISTERED, *CORE_AGENTS}),
        agents=frozenset(AGENTS),
        models=(ModelApi(CLIENTS, dict.fromkeys(("create", "create_stream"), Asking("autogen"))),),
    )
