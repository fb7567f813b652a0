"""AutoGen's own spans: one for each message that its runtime passes on, in many traces that links hold together.

No span carries tokens, but the messages do: each reply is passed to several agents and counted once, by its id.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from wflint.traces.content import parse
from wflint.traces.draft import Draft, Flag, Kind
from wflint.traces.sources.base import Convention, Reader, Source
from wflint.traces.times import nanoseconds
from wflint.traces.usage import fill

_DEEPEST = 6


def _operation(draft: Draft, value: object) -> None:
    del value
    if draft.rank < 1:
        draft.kind = Kind.MESSAGE


def messages_given_back(draft: Draft, value: object) -> None:
    """What a team gave back: all of its messages, each once."""
    draft.result = value
    _message(draft, value)


def _message(draft: Draft, value: object) -> None:
    if isinstance(value, str) and "models_usage" in value:
        draft.inner = tuple(_replies(parse(value), draft, _DEEPEST))


def _replies(value: object, around: Draft, deepest: int) -> Iterator[Draft]:
    """The answers of models in a message, as calls of their own."""
    if deepest == 0:
        return
    if isinstance(value, list):
        for item in value:
            yield from _replies(item, around, deepest - 1)
    if not isinstance(value, Mapping):
        return
    usage, name, author = value.get("models_usage"), value.get("id"), value.get("source")
    if isinstance(usage, Mapping) and isinstance(name, str) and isinstance(author, str):
        at = nanoseconds(value.get("created_at"))
        call = Draft(trace=around.trace, span=name, name="reply", start=at, end=at, kind=Kind.MODEL, agent=author)
        call.flags = Flag.OUTPUT | Flag.INNER
        fill(call, usage)
        yield call
    for item in value.values():
        yield from _replies(item, around, deepest - 1)


READERS: Mapping[str, Reader] = {"messaging.operation": _operation, "message": _message}

SOURCES = (
    Source(
        "AutoGen",
        ("agent", "tools", "links as edges", "tokens, in the messages"),
        ("cached and reasoning tokens", "model", "the error of a failed agent"),
        ("autogen",),
    ),
)
CONVENTION = Convention(SOURCES, READERS)
