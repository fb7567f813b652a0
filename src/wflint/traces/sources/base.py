"""What an adapter is: a source of traces with what it writes and what it leaves out, and readers of its attributes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache

from msgspec import Struct, field

from wflint.traces.content import look_at_input, parse
from wflint.traces.draft import UNKNOWN, Draft, Flag, Kind
from wflint.traces.usage import count, is_bad

_DIGITS = 25
_UNSAID = ("", "null", "None")
Reader = Callable[[Draft, object], None]
"""Puts the value of one attribute into the draft."""


EventReader = Callable[[Draft, Mapping[str, object]], None]
"""Puts what an event of a span says, with its attributes, into the draft."""


class Source(Struct, frozen=True):
    """A program that writes traces.

    `scopes` are beginnings of the instrumentation scopes under which it writes. `advice` says what to install or add
    where calls carry no step, `counts_advice` where they carry no tokens, `overstated` why its tokens are too many.
    `answer_retries` is true where two model calls of one agent without a tool between them mean that the first answer
    was refused. `attempts` is false where a repeated attempt leaves no span. `waits` is true where a step that is not
    ready yet runs and leaves an empty span, `tells_ready` is false where such a span looks like any other. `misplaces`
    is true where what goes on at the same time may be put inside of each other, so that a call inside of a call is a
    call. `readers` are for attributes in which it writes more than others do.
    """

    name: str
    has: tuple[str, ...]
    lacks: tuple[str, ...]
    scopes: tuple[str, ...] = ()
    advice: str = ""
    counts_advice: str = ""
    overstated: str = ""
    answer_retries: bool = False
    attempts: bool = True
    waits: bool = False
    tells_ready: bool = True
    misplaces: bool = False
    readers: Mapping[str, Reader] = field(default_factory=dict)


class Convention(Struct, frozen=True):
    """Names of attributes and of events on spans with their readers, and the sources that write them."""

    sources: tuple[Source, ...]
    readers: Mapping[str, Reader] = field(default_factory=dict)
    events: Mapping[str, EventReader] = field(default_factory=dict)


def put(name: str) -> Reader:
    """A reader that keeps a text under a field of the draft; the first one to come stays."""

    def read(draft: Draft, value: object) -> None:
        if isinstance(value, str) and value and not getattr(draft, name):
            setattr(draft, name, value)

    return read


def replace(name: str) -> Reader:
    """A reader that keeps a text, whatever was there before."""

    def read(draft: Draft, value: object) -> None:
        if isinstance(value, str) and value:
            setattr(draft, name, value)

    return read


def number(name: str) -> Reader:
    """A reader that keeps a count under a field of the draft."""

    def read(draft: Draft, value: object) -> None:
        counted = count(value)
        setattr(draft, name, counted)
        if counted == UNKNOWN and (is_bad(_as_number(value)) or (isinstance(value, str) and value not in _UNSAID)):
            draft.flags |= Flag.BAD_COUNT

    return read


def _as_number(value: object) -> object:
    """What a text of digits stands for; OTLP writes integers as texts."""
    return int(value) if isinstance(value, str) and value.lstrip("-").isdigit() and len(value) < _DIGITS else value


def kinds(known: Mapping[str, Kind], rank: int) -> Reader:
    """A reader that takes the kind of the span from a word; of two words, the one of the higher rank holds."""

    @lru_cache(256)
    def meant(word: str) -> Kind | None:
        return known.get(word.strip('"').lower())

    def read(draft: Draft, value: object) -> None:
        found = meant(value) if isinstance(value, str) else None
        if found is not None and rank >= draft.rank:
            draft.kind, draft.rank = found, rank

    return read


def unquoted(reader: Reader) -> Reader:
    """The same for values that are written as JSON inside a text."""

    def read(draft: Draft, value: object) -> None:
        reader(draft, parse(value) if isinstance(value, str) else value)

    return read


def any_input(draft: Draft, value: object) -> None:
    """There is an input."""
    look_at_input(draft, value)


def any_output(draft: Draft, value: object) -> None:
    """What it gave back."""
    if value is not None:
        draft.result = value


def parameters(draft: Draft, value: object) -> None:
    """What a model was called with, which may ask for the answer in pieces."""
    if isinstance(value, str) and '"stream"' not in value:
        return
    told = parse(value) if isinstance(value, str) else value
    if isinstance(told, Mapping) and told.get("stream") is True:
        draft.flags |= Flag.STREAMED


def node(draft: Draft, value: object) -> None:
    """The node of a LangGraph graph; its place among graphs within graphs says more."""
    if isinstance(value, str) and value and not draft.path:
        draft.path = value


def place(draft: Draft, value: object) -> None:
    """A LangGraph namespace: `outer:id|inner:id`."""
    if isinstance(value, str) and value:
        draft.task = value
        draft.path = path_of(value)


def path_of(namespace: str) -> str:
    """The names in a LangGraph namespace, outermost first."""
    outer, _, inner = namespace.partition(":")
    return "|".join(part.partition(":")[0] for part in namespace.split("|")) if "|" in inner else outer


def superstep(draft: Draft, value: object) -> None:
    """The number of the LangGraph superstep, within its namespace."""
    draft.iteration = count(value)


LANGGRAPH: Mapping[str, Reader] = {
    "langgraph_node": node,
    "langgraph_checkpoint_ns": place,
    "langgraph_step": superstep,
    "thread_id": put("session"),
    "ls_model_name": put("model"),
}
"""What LangGraph says about a step; every tracer writes it under a prefix of its own."""


def under(prefix: str, readers: Mapping[str, Reader]) -> dict[str, Reader]:
    """The readers under a prefix."""
    return {prefix + name: reader for name, reader in readers.items()}
