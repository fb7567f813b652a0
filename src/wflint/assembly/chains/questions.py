"""Questions: calls by which plain code asks a language model, without an agent around it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from msgspec import Struct

from wflint.evaluate.answers import ANSWER, Answer
from wflint.evaluate.class_values import Class
from wflint.evaluate.dependencies import depends_on
from wflint.evaluate.library import PIPE, CallSite
from wflint.evaluate.values import (
    Arguments,
    ExternalAttribute,
    Mapping,
    Object,
    RepeatedElement,
    Sequence,
    TrackedValue,
    Unknown,
    Value,
    alternatives,
    text_of,
)

SETTINGS = frozenset(
    {
        "config", "metadata", "options", "thread", "thread_id", "session", "session_id", "conversation_id", "store",
        "previous_response_id", "additional_properties", "llm_kwargs", "extra_create_args", "cancellation_token",
        "tools", "available_functions", "callbacks", "model", "stop", "temperature", "max_tokens",
    }
)  # fmt: skip
"""Arguments that say how a model answers, or in which conversation, and not what about."""


class Question(Object, eq=False):
    """What is run where a model is asked: the question itself, since one model is asked many things.

    What it is given stands in the event of the call.
    """

    framework: str = ""


class Reply(Answer, frozen=True, eq=False):
    """What a model has answered, with the model itself."""

    model: Value | None = None


def untyped(_call: CallSite) -> Value | None:
    """Nothing is declared about the answer."""
    return None


class Asking(Struct, frozen=True):
    """A row of a front end's table: a method that asks a model. `type` says in which form it answers."""

    framework: str
    type: Callable[[CallSite], Value | None] = untyped
    label: str = "answer"

    def __call__(self, call: CallSite) -> Value:
        """The call, as the interpreter makes it: recorded as a run of its own."""
        from wflint.evaluate.recording import escape

        interp, type_ = call.interpreter, self.type(call)
        declared = isinstance(type_, Class)
        given = depends_on(*_news(call))
        escape(interp, call.arguments, call.location)
        role = ANSWER if declared else "result"
        root = Reply(
            role,
            type_,
            location=call.location,
            label=self.label,
            depends_on=given,
            path_condition=interp.path_condition,
            model=_asked(call),
        )
        answer = TrackedValue(root, (), type_)
        question = Question(interp.heap.tick(), call.path, None, Arguments(), call.location, framework=self.framework)
        question.receiver, question.path_condition = call.receiver, interp.path_condition
        interp.record_call(question, call.path, call.arguments, call.location, answer)
        if declared:
            return answer
        made = interp.object_of(call.path, call.arguments, call.location)
        made.receiver = call.receiver
        made.depends_on = frozenset({answer})
        return made


def _news(call: CallSite) -> Iterator[Value]:
    """What the question is about, besides what the model itself has answered before: that is a conversation."""
    told = (value for name, value in call.arguments.keywords if name not in SETTINGS)
    for argument in (*call.arguments.positional, *told):
        for option in alternatives(argument):
            yield from _besides(option, call)


def _besides(value: Value, call: CallSite) -> Iterator[Value]:
    match value:
        case Sequence(content=items):
            yield from (item for item in items if not _is_own(item, call))
        case Mapping(content=content):
            for inner in content.values():
                yield from _besides(inner, call)
        case _:
            yield value


def _is_own(item: Value, call: CallSite) -> bool:
    """Whether a message is what the same model has said, as it came or as what a model has said."""
    match item:
        case Object(path=str(path)) if path.endswith(".AIMessage"):
            return True
        case Mapping(content={"role": role}):
            return text_of(role) == "assistant"
        case RepeatedElement(value=inner):
            return _is_own(inner, call)
        case Object(path=str(path)) if path.rpartition(".")[2][:1].isupper():
            return False
        case Object() | ExternalAttribute() | TrackedValue() | Unknown():
            said = {symbol.root for symbol in depends_on(item)}
            return bool(said) and all(isinstance(root, Reply) and root.model is _asked(call) for root in said)
        case _:
            return False


def _asked(call: CallSite) -> Value | None:
    """The model that is asked, below `bind_tools` and the like; a pipeline is what it is."""
    value = call.receiver
    while isinstance(value, Object) and value.path != PIPE and isinstance(value.receiver, Object):
        value = value.receiver
    return value
