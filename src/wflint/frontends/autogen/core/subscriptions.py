"""Subscriptions: which agent types get what is published to a topic."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from wflint.assembly.sequences import elements, is_known
from wflint.evaluate.class_values import Class
from wflint.evaluate.expressions.calls import path_of
from wflint.evaluate.values import Const, Location, Object, Value, last_of, text_of
from wflint.frontends.autogen.core.messages import DEFAULT_TOPIC
from wflint.frontends.autogen.core.rows import CORE, SUBSCRIBED, SUBSCRIPTIONS, type_of
from wflint.model.span import Span

BY_TYPE, BY_DEFAULT, BY_PREFIX = SUBSCRIPTIONS


class Subscription(Struct, frozen=True):
    """The agents of a type get what is published to a topic, or to topics that begin so; None where not known.

    `certain` is true where it is always made, `origin` is the outermost call on the way there.
    """

    topic: str | None
    agent: str | None
    span: Span
    is_prefix: bool = False
    certain: bool = True
    origin: tuple[Location, ...] = ()

    def takes(self, topic: str) -> bool:
        """Whether something that is published to a topic gets to the agent."""
        if self.topic is None:
            return False
        return topic.startswith(self.topic) if self.is_prefix else topic == self.topic


def of_registration(made: Object, name: str, cls: Class | None) -> Iterator[Subscription]:
    """The subscriptions that come with a registration."""
    yield from (replace(each, origin=made.context[:1]) for each in _of_registration(made, name, cls))


def _of_registration(made: Object, name: str, cls: Class | None) -> Iterator[Subscription]:
    """The subscriptions that come with a registration; those of its class are left out for an agent made already."""
    span, skipped = made.site.span, made.arguments.get("skip_class_subscriptions")
    is_instance = isinstance(made.receiver, Object)
    if is_instance:
        yield Subscription(_key(made.arguments.get("agent_id", 1)), name, span)
    by_class = skipped == Const(value=False) if is_instance else skipped != Const(value=True)
    if by_class and cls is not None:
        yield from of_class(cls, name)
    if made.arguments.get("skip_direct_message_subscription") != Const(value=True):
        yield Subscription(f"{name}:", name, span, is_prefix=True)
    listed = made.content.get("subscriptions")
    for entry in elements(listed):
        yield of_value(entry.value, span, name)
    if listed is not None and not is_known(listed):
        yield Subscription(None, name, span)


def _key(value: Value | None) -> str | None:
    return text_of(value.content.get("key")) if isinstance(value, Object) else None


def of_class(cls: Class, name: str) -> Iterator[Subscription]:
    """What the decorators of a class say; those of the classes above it do not count."""
    for mark in cls.unmodelled_decorators:
        path = path_of(mark)
        if not path.startswith(f"{CORE}.") or last_of(path) not in SUBSCRIBED:
            continue
        given = mark.arguments.get("topic_type", 0) if isinstance(mark, Object) else None
        topic = DEFAULT_TOPIC if last_of(path) == "default_subscription" else text_of(given)
        yield Subscription(topic, name, cls.location.span)


def of_value(value: Value | None, span: Span, name: str | None = None) -> Subscription:
    """A subscription that code makes; `name` is the agent type that it is made for, if it is made for one."""
    if not isinstance(value, Object) or value.path not in SUBSCRIPTIONS:
        return Subscription(None, name, span)
    is_prefix = value.path == BY_PREFIX
    given = value.arguments.get("topic_type_prefix" if is_prefix else "topic_type", 0)
    topic = DEFAULT_TOPIC if given is None and value.path == BY_DEFAULT else text_of(given)
    agent = value.arguments.get("agent_type", 1)
    return Subscription(topic, type_of(agent) if agent is not None else name, span, is_prefix)
