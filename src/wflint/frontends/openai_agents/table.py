"""What the calls of the OpenAI Agents SDK mean to the interpreter."""

from __future__ import annotations

from wflint.assembly.census.constructors import calls
from wflint.assembly.chains.runs import Running, conversation
from wflint.assembly.frontend import construct, on_object
from wflint.assembly.making import Making, cloned
from wflint.assembly.sequences import is_unset
from wflint.evaluate.library import CallModel, CallSite, LibraryModel
from wflint.evaluate.types import bare
from wflint.evaluate.values import Const, Object, Text, Unknown, Value, alternatives, last_of

EQUIPPED = "agents.SandboxAgent"
"""An agent with a shell, files and skills of its own, unless it is told otherwise."""
AGENTS = ("agents.Agent", "agents.RealtimeAgent", EQUIPPED)
AS_TOOL = "as_tool"
HANDOFFS = ("agents.handoff", "agents.realtime_handoff")
BARE_HANDOFF = "agents.Handoff"
"""A hand-off written out; it says by name which agent it leads to, and code of its own brings that agent."""
RUNNERS = ("agents.Runner", "agents.RealtimeRunner", "agents.AgentRunner")
RUNNING = ("run", "run_sync", "run_streamed")
RESULT = "agents.RunResult"
LISTS = ("handoffs", "tools")
"""Attributes of an agent that code goes on to append to."""


AGENT = Making(held=(("name", 0),), keywords=True)


def _agent(call: CallSite) -> Value:
    made = AGENT(call)
    _fill(call, made)
    return made


@on_object
def _begin(call: CallSite) -> Value:
    """The constructor of a class of the repository that inherits from an agent."""
    assert isinstance(call.receiver, Object)
    AGENT.begin(call)
    _fill(call, call.receiver)
    return call.receiver


def _fill(call: CallSite, made: Object) -> None:
    for name in LISTS:
        if is_unset(made.content.get(name)) and not call.arguments.open:
            made.content[name] = call.interpreter.list_of([])


RUN = Running(
    "final_output",
    lambda call: call.get("starting_agent", 0),
    lambda _, agent: bare(output_type(agent)),
    RESULT,
    ("final_output",),
    (),
    kept_in=lambda call, _: call.get("session"),
    turns=lambda call, _: call.get("max_turns"),
)
"""`Runner.run(agent, input)`."""


def _same_answer(call: CallSite) -> Value:
    """`result.final_output_as(Model)`: the answer, as a type that it is known to have."""
    known = call.receiver.content.get("final_output") if isinstance(call.receiver, Object) else None
    return known if known is not None else Unknown("an answer", call.location)


def _realtime(call: CallSite) -> Value:
    """`RealtimeRunner(agent)`: the run itself begins later, with the same agent."""
    agent = call.get("starting_agent", 0)
    for option in alternatives(agent):
        if isinstance(option, Object):
            call.interpreter.record_call(option, call.path, call.arguments, call.location)
    return call.interpreter.object_of(call.path, call.arguments, call.location)


def output_type(agent: Object) -> Value | None:
    """The type of an agent's answers, out of what wraps it; None for plain text."""
    given = agent.content.get("output_type")
    for option in alternatives(given):
        if isinstance(option, Object) and (option.path or "").endswith(".AgentOutputSchema"):
            return option.arguments.get("output_type", 0)
        if not isinstance(option, Const):
            return option
    return None


def _handlers() -> dict[str, CallModel]:
    calls: dict[str, CallModel] = {}
    for agent in AGENTS:
        calls |= {agent: _agent, f"{agent}.__init__": _begin}
        calls |= {f"{agent}.clone": on_object(cloned), f"{agent}.{AS_TOOL}": Making()}
    for runner in RUNNERS:
        calls[runner] = construct
        calls |= {f"{runner}.{method}": RUN for method in RUNNING}
    calls["agents.RealtimeRunner"] = _realtime
    calls[f"{RESULT}.to_input_list"] = conversation
    calls[f"{RESULT}.final_output_as"] = _same_answer
    calls |= dict.fromkeys(HANDOFFS, construct)
    calls[BARE_HANDOFF] = construct
    calls["agents.prompt_with_handoff_instructions"] = lambda call: call.get("prompt", 0) or Text(())
    return calls


LIBRARY_MODULES = frozenset({"agent", "run", "tool", "guardrail", "run_context"})
"""By these a package called `agents` is told to be the SDK itself."""


CONSTRUCTORS = calls("agents", *(last_of(path) for path in AGENTS))
"""What constructs a workflow."""


def table() -> LibraryModel:
    """What the interpreter is told about the SDK; plenty of repositories have a package `agents` of their own."""
    return LibraryModel(
        calls=_handlers(),
        constants={"agents.RECOMMENDED_PROMPT_PREFIX": Const("")},
        constructors=frozenset(AGENTS),
        shadowable_roots={"agents": LIBRARY_MODULES},
    )
