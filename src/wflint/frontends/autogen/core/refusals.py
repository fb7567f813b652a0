"""What AutoGen Core refuses when classes of agents are defined, and when agents are registered (autogen-core 0.7)."""

from __future__ import annotations

from collections.abc import Iterator

from wflint.assembly.signatures import parameters_of, required
from wflint.evaluate.class_values import Class
from wflint.evaluate.values import Object, Unknown, last_of
from wflint.frontends.autogen.core.agents import Agent, MessageHandler
from wflint.frontends.autogen.core.messages import MessageType, shown
from wflint.frontends.autogen.core.rows import FACTORY
from wflint.frontends.autogen.core.running import Running
from wflint.frontends.autogen.core.subscriptions import Subscription
from wflint.model.span import Span
from wflint.model.workflow import Fault, FaultKind
from wflint.source.code import FunctionDef, Node, Return
from wflint.source.walking import nodes_in

PLAIN = frozenset({"str", "int", "float", "bool", "dict", "list", "bytes", "tuple", "set"})
"""Types of Python's own, which no runtime passes on."""


def refused(running: Running) -> Iterator[Fault]:
    """Handlers that the decorator refuses, classes of messages, and what is subscribed or registered twice."""
    for name, agent in running.agents.items():
        if agent.cls is None:
            continue  # a function takes what it likes
        yield from _factory(running.registered[name])
        for handler in agent.handlers:
            yield from _signature(handler)
        if running.registered[name].arguments.get(FACTORY) is None:
            yield from _unserializable(agent)
    yield from _subscribed_twice(running.subscriptions)


def _signature(handler: MessageHandler) -> Iterator[Fault]:
    node, what = handler.function.node, f'the handler "{handler.function.name}"'
    span = handler.function.location.span
    if not any(each.name == "message" and each.annotation is not None for each in node.parameters):
        yield _refused(what, span, "its parameter has to be called `message`, with an annotation")
    elif isinstance(node, FunctionDef) and node.returns is None:
        yield _refused(what, span, "annotate what it returns, `None` if that is nothing")
    elif isinstance(node, FunctionDef) and not node.is_async and not any(map(_gives, nodes_in(node.body))):
        yield _refused(what, span, "it is async: a message that gets to it fails")


def _gives(node: Node) -> bool:
    """Whether code hands something back, which may be awaited."""
    return isinstance(node, Return) and node.value is not None


def _factory(made: Object) -> Iterator[Fault]:
    """A function that makes an agent and asks for what it is not given."""
    given = made.arguments.get(FACTORY) or made.arguments.get("factory", 2)
    taken = required(parameters_of(given) or ()) if given is not None else []
    if given is not None and len(taken) not in (0, RUNTIME_AND_ID) and made.location is not None:
        why = "it takes nothing, or a runtime and an id"
        yield _refused("the function that makes an agent", made.location.span, why)


RUNTIME_AND_ID = 2
"""So many arguments some functions that make agents are given."""


def _unserializable(agent: Agent) -> Iterator[Fault]:
    """Classes of messages that runtimes cannot pass on."""
    for handler in agent.handlers:
        for kind in handler.takes.types:
            if _is_plain(kind):
                why = "a message is a dataclass or a pydantic model"
                yield _refused(f"{shown(kind)} as a message", handler.function.location.span, why)


def _is_plain(kind: MessageType) -> bool:
    """Whether a class is known to be neither a dataclass nor a model."""
    if not isinstance(kind, Class):
        return kind in PLAIN
    lineage = list(kind.lineage())
    if any(isinstance(base, Unknown) for each in lineage for base in each.bases) or kind.keywords:
        return False
    marked = any(each.node.decorators for each in lineage)
    return not marked and all(last_of(path) in ("object", "ABC", "Exception") for path in kind.libraries())


def _subscribed_twice(subscriptions: list[Subscription]) -> Iterator[Fault]:
    seen: dict[tuple[object, ...], Span] = {}
    for each in subscriptions:
        if each.topic is None or each.agent is None or not each.certain:
            continue
        first = seen.setdefault((each.topic, each.agent, each.is_prefix, each.origin), each.span)
        if first != each.span:
            what = f'the subscription of agent "{each.agent}" to topic "{each.topic}"'
            yield _refused(what, each.span, "it is there already", first)


def _refused(subject: str, span: Span, why: str, other: Span | None = None) -> Fault:
    return Fault(FaultKind.REFUSED, subject, span, other, why)
