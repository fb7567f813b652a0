"""What the calls of AutoGen Core mean to the interpreter."""

from __future__ import annotations

from pathlib import Path

from msgspec.structs import replace

from wflint.assembly.census.constructors import Constructor, Form, calls
from wflint.assembly.frontend import construct, on_object
from wflint.assembly.making import Making, followed
from wflint.evaluate.library import CallModel, CallSite
from wflint.evaluate.values import NONE, Arguments, Const, ExternalName, Object, Value, alternatives, last_of, text_of

CORE = "autogen_core"
SINGLE = f"{CORE}.SingleThreadedAgentRuntime"
REMOTE = "autogen_ext.GrpcWorkerAgentRuntime"
"""A runtime that shares its messages with those of other processes."""
RUNTIMES = (SINGLE, REMOTE)
CLOSURE, TOOLS = f"{CORE}.ClosureAgent", f"{CORE}.ToolAgent"
AGENTS = (f"{CORE}.BaseAgent", f"{CORE}.RoutedAgent", CLOSURE, TOOLS)
PUBLISH, SEND = "publish_message", "send_message"
SUBSCRIBING = "add_subscription"
REGISTERED = f"{CORE}.AgentType"
"""What a registration gives: the type, by which messages are sent."""
FACTORY = "agent_factory"
"""The argument by which a runtime is given a factory without its class."""
ADDRESS = f"{CORE}.AgentId"
TOPICS = (f"{CORE}.TopicId", f"{CORE}.DefaultTopicId")
SUBSCRIPTIONS = tuple(
    f"{CORE}.{name}" for name in ("TypeSubscription", "DefaultSubscription", "TypePrefixSubscription")
)


HANDLING = ("message_handler", "event", "rpc")
SUBSCRIBED = ("default_subscription", "type_subscription")
MARKS: dict[str, Value] = {f"{CORE}.{name}": ExternalName(f"{CORE}.{name}") for name in (*HANDLING, *SUBSCRIBED)}
"""Decorators, which stay with what they decorate; who imports everything has them, too."""


def type_of(value: Value | None) -> str | None:
    """The agent type or topic type that a value is, or is the name of; None where that is not known."""
    if isinstance(value, Object) and value.path in (REGISTERED, ADDRESS):
        return text_of(value.content.get("type"))
    return text_of(value)


def _registered(call: CallSite, name: str, agent: Value | None) -> Object:
    """A registration, made where the source has it; `name` is the argument that says under which type."""
    made = call.interpreter.object_of(REGISTERED, call.arguments, call.location)
    made.receiver = call.receiver
    type_ = call.get(name, 1)
    made.content["type"] = type_ if type_ is not None else NONE
    if agent is not None:
        made.content["agent"] = agent
        for option in alternatives(agent):
            if isinstance(option, Object) and name == "type":
                given = Arguments((), (("type", made.content["type"]),))
                option.content["id"] = ID(replace(call, path=ADDRESS, receiver=None, arguments=given))
    return made


def _register(call: CallSite) -> Value:
    """`Agent.register(runtime, "type", factory)`: the runtime calls the factory when the first message comes."""
    factory = call.get("factory", 2)
    agent = call.interpreter.call(factory, Arguments(), call.location) if factory is not None else None
    return _registered(call, "type", agent)


def _register_factory(call: CallSite) -> Value:
    """`runtime.register_factory("type", factory)`: the same, without the subscriptions of the class."""
    factory = call.get(FACTORY, 1)
    given = {"runtime": call.receiver, "type": call.get("type", 0), FACTORY: factory}
    given |= dict.fromkeys(("skip_class_subscriptions", "skip_direct_message_subscription"), Const(value=True))
    named = tuple((name, value) for name, value in given.items() if value is not None)
    arguments = Arguments((), named, open=call.arguments.open)
    agent = call.interpreter.call(factory, Arguments(), call.location) if factory is not None else None
    return _registered(replace(call, receiver=call.get("expected_class"), arguments=arguments), "type", agent)


def _register_instance(call: CallSite) -> Value:
    """`agent.register_instance(runtime, AgentId("type", "key"))`: the agent itself, made already."""
    return _registered(call, "agent_id", call.receiver)


def _register_closure(call: CallSite) -> Value:
    """`ClosureAgent.register_closure(runtime, "type", closure, subscriptions=...)`: a function in place of an agent."""
    made = _registered(call, "type", None)
    subscriptions = call.get("subscriptions")
    if subscriptions is not None and subscriptions != NONE:
        made.content["subscriptions"] = call.interpreter.call(subscriptions, Arguments(), call.location)
    return made


ID = Making(ADDRESS, held=(("type", 0), ("key", 1)))


def core_calls() -> dict[str, CallModel]:
    """The rows of agents, runtimes, and of what says where messages go."""
    rows: dict[str, CallModel] = {ADDRESS: ID, REGISTERED: Making(held=(("type", 0),))}
    rows |= dict.fromkeys(TOPICS, Making(held=(("type", 0), ("source", 1))))
    rows |= dict.fromkeys(SUBSCRIPTIONS, construct)
    for runtime in RUNTIMES:
        rows |= {runtime: construct}
        rows |= {f"{runtime}.{method}": followed() for method in (PUBLISH, SUBSCRIBING)}
        rows[f"{runtime}.{SEND}"] = followed("the answer to a message")
        rows[f"{runtime}.register_factory"] = on_object(_register_factory)
    for agent in AGENTS:
        rows |= {agent: construct, f"{agent}.register": _register, f"{agent}.register_instance": _register_instance}
    rows[f"{CLOSURE}.register_closure"] = _register_closure
    return rows


def core_stub() -> str:
    """What runs tools for an agent, as Python that is read and never run."""
    return Path(__file__).with_name("tools.pymodel").read_text(encoding="utf-8")


CORE_CONSTRUCTORS = (
    *(Constructor(CORE, last_of(agent), Form.SUBCLASS) for agent in AGENTS),
    *calls(CORE, *(f"{last_of(agent)}.register" for agent in AGENTS), "ClosureAgent.register_closure"),
)
"""What constructs a part of a workflow: classes of agents, and registrations with a runtime."""
