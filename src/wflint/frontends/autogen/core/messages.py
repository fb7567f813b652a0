"""Messages: of which class they are, and to whom they go."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from wflint.assembly.contracts.in_loops import stands_in_loop
from wflint.assembly.contracts.started_together import started_together
from wflint.assembly.function_summary import FunctionSummary
from wflint.evaluate.class_values import Class
from wflint.evaluate.events import ApiCall, LibraryCall
from wflint.evaluate.types import UNIONS, bare, name_of
from wflint.evaluate.values import (
    NONE,
    Const,
    ExternalAttribute,
    ExternalName,
    Generic,
    Location,
    Object,
    TrackedValue,
    Value,
    alternatives,
    last_of,
    text_of,
)
from wflint.frontends.autogen.core.rows import ADDRESS, PUBLISH, REGISTERED, SEND, TOPICS, type_of

MessageType = Class | str
"""A class of messages: of the source, or of a library by its bare name. Runtimes compare just these, not ancestors."""
ANY = "Any"
DEFAULT_TOPIC = "default"


class Kinds(Struct, frozen=True):
    """The classes that messages may be of; `open` where there may be others."""

    types: tuple[MessageType, ...] = ()
    open: bool = False


def kinds_in(type_: Value | None) -> Kinds:
    """The classes that an annotation names."""
    if type_ is None:
        return Kinds(open=True)
    if isinstance(type_, Generic) and name_of(type_.base) in UNIONS:
        each = [kinds_in(argument) for argument in type_.arguments if argument != NONE]
        return Kinds(tuple(kind for one in each for kind in one.types), any(one.open for one in each))
    match bare(type_):
        case Class() as cls:
            return Kinds((cls,))
        case ExternalName(path=path):
            return Kinds((last_of(path),))
        case _:
            return Kinds(open=True)


def kinds_of(value: Value | None) -> Kinds:
    """The classes that a message may be of."""
    found: list[MessageType] = []
    known = value is not None
    for option in alternatives(value):
        match option:
            case Object(cls=Class() as cls):
                found.append(cls)
            case Object(path=str(path)) if option.constructed:
                found.append(last_of(path))
            case Const(value=plain):
                found.append(type(plain).__name__)
            case TrackedValue(type=type_) if type_ is not None:
                inner = kinds_in(type_)
                found += inner.types
                known = known and not inner.open
            case _:
                known = False
    return Kinds(tuple(dict.fromkeys(found)), open=not known)


def shown(kind: MessageType) -> str:
    """What people call a class of messages."""
    return kind.name if isinstance(kind, Class) else kind


class Address(Struct, frozen=True):
    """Whom a message is for: the agents of a `type`, or all that are subscribed to a topic of that type.

    `type` is None where the source does not tell. `returned` is true for a topic that is the one by which the message
    came that is being handled.
    """

    type: str | None
    is_topic: bool
    returned: bool = False


class Sent(Struct, frozen=True):
    """A message that code sends; `is_repeated` where one run of the code may send several.

    `is_at_once` is true where it sends one for each item of a list, and waits for none before the next.
    """

    kinds: Kinds
    addresses: tuple[Address, ...]
    location: Location
    certain: bool
    value: Value
    is_repeated: bool = False
    is_asked: bool = False
    is_at_once: bool = False

    @property
    def is_settled(self) -> bool:
        """Whether its class and its address are one each, and known."""
        return len(self.addresses) == 1 and len(self.kinds.types) == 1 and not self.kinds.open


def sent_by(summary: FunctionSummary) -> Iterator[Sent]:
    """The messages that a handler sends."""
    for call in summary.calls:
        one = sent_in(call, certain=call.certain, is_repeated=stands_in_loop(summary, call))
        if one is not None:
            yield replace(one, is_at_once=started_together(summary, call) is not None)


def sent_in(call: LibraryCall | ApiCall, *, certain: bool, is_repeated: bool = False) -> Sent | None:
    """The message of one call; None where the call sends none."""
    message = call.get("message", 0)
    if message is None or call.method not in (PUBLISH, SEND):
        return None
    is_topic = call.method == PUBLISH
    given = call.get("topic_id" if is_topic else "recipient", 1)
    addresses = tuple(_address(option, is_topic=is_topic) for option in alternatives(given))
    none = Address(None, is_topic)
    return Sent(
        kinds_of(message), addresses or (none,), call.location, certain, message, is_repeated, is_asked=not is_topic
    )


def _address(value: Value, *, is_topic: bool) -> Address:
    match value:
        case Object(path=path) if is_topic and path in TOPICS:
            given = value.content.get("type")
            default = DEFAULT_TOPIC if path == TOPICS[1] and not value.arguments.open else None
            return Address(type_of(given) if given is not None else default, is_topic)
        case Object(path=path) if not is_topic and path in (ADDRESS, REGISTERED):
            return Address(type_of(value.content.get("type")), is_topic)
        case ExternalAttribute(name="topic_id") | TrackedValue(access_path=("topic_id",)):
            return Address(None, is_topic, returned=True)
        case _:
            return Address(text_of(value) if not is_topic else None, is_topic)
