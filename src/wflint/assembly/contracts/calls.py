"""The calls in a step's code that cost something: of models, and of what looks things up."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from hashlib import blake2b

from msgspec import Struct, field
from msgspec.structs import replace

from wflint.assembly.contracts.calls_alike import same_each_round
from wflint.assembly.contracts.effects import certainty
from wflint.assembly.contracts.lookups import is_library, looks_up, owner_of
from wflint.assembly.contracts.models import PIPE, asks
from wflint.assembly.function_summary import FunctionSummary
from wflint.evaluate.events import LibraryCall
from wflint.evaluate.expressions.calls import path_of
from wflint.evaluate.value_numbering import CanonicalCall
from wflint.evaluate.values import Const, Function, InputSource, Location, Object, Value, alternatives
from wflint.model.conduct import Called, CallKind
from wflint.model.span import Span

CHANGING = frozenset(
    {
        "add_documents", "aadd_documents", "add_texts", "aadd_texts", "upsert", "aupsert", "from_documents",
        "from_texts", "insert", "insert_many", "insert_one", "ingest", "index", "delete", "put", "aput", "commit",
        "save", "write",
    }
)  # fmt: skip
"""Methods that change what is looked up."""
KEPT = ("cache", "cached", "memoize", "cache_data", "cache_resource")
"""Decorators of libraries that make a function give what it has given before."""
WRITING = frozenset({"set", "nested", "delete"})
"""Uses of the step's input that change it."""
DEEPEST = 6


class _Stage(Struct, frozen=True):
    """A call on the way to one that costs something, or that one itself."""

    callee: str
    location: Location
    canonical: CanonicalCall


_Way = tuple[Location, ...]


class _Found(Struct):
    """What is known of a call: how it was made when it was first made, and what it costs.

    It is `settled` where it is made with the same each time, and an answer to the same is the same.
    """

    stage: _Stage
    first: LibraryCall
    within: int | None
    kinds: set[CallKind] = field(default_factory=set)
    settled: bool = True
    certain: bool = False


def calls_of(summary: FunctionSummary | None) -> tuple[Called, ...]:
    """The calls that cost something, those of the source's functions that lead to them included, in order."""
    if summary is None or not summary.complete:
        return ()
    found: dict[_Way, _Found] = {}
    locations: dict[_Way, int] = {}
    for call in summary.calls:
        kind = kind_of(call)
        if kind is not None and not any(is_kept(entered.function) for entered in call.within):
            _add(call, kind, found, locations)
    changed = {
        access.symbol.access_path[0]
        for access in summary.accesses
        if access.symbol.access_path and access.mode in WRITING
    }
    made = [_called(one, summary.root, changed) for one in found.values()]
    ways = list(found.values())
    return tuple(
        replace(one, repeats=_repeated(number, made, ways), loop=_loop(one, way.first, summary))
        for number, (one, way) in enumerate(zip(made, ways, strict=True))
    )


def _loop(made: Called, call: LibraryCall, summary: FunctionSummary) -> Span | None:
    asks_the_same = made.kind is CallKind.MODEL and made.identity is not None
    return same_each_round(summary, call) if asks_the_same else None


def _add(call: LibraryCall, kind: CallKind, found: dict[_Way, _Found], locations: dict[_Way, int]) -> None:
    way: _Way = ()
    outer: int | None = None
    for stage in _stages(call):
        way = (*way, stage.location)
        locations.setdefault(way, len(locations))
        one = found.setdefault(way, _Found(stage, call, outer))
        one.kinds.add(kind)
        one.settled = one.settled and not _varies(call) and one.stage.canonical.text == stage.canonical.text
        one.certain = one.certain or call.certain
        outer = locations[way]


def _stages(call: LibraryCall) -> Iterator[_Stage]:
    for entered in call.within:
        yield _Stage(entered.function.name, entered.location, entered.canonical)
    yield _Stage(_name(call), call.location, call.canonical)


def _called(one: _Found, root: InputSource, changed: Container[str]) -> Called:
    stage = one.stage
    own = all(symbol.root is root and symbol.access_path[0] not in changed for symbol in stage.canonical.symbols)
    known = stage.canonical.precise and one.settled and own
    return Called(
        callee=stage.callee,
        kind=next(kind for kind in CallKind if kind in one.kinds),
        span=stage.location.span,
        certainty=certainty(one.certain),
        identity=blake2b(stage.canonical.text.encode("utf-8", "replace"), digest_size=8).hexdigest() if known else None,
        fields=tuple(dict.fromkeys(symbol.access_path[0] for symbol in stage.canonical.symbols)),
        within=one.within,
    )


def _repeated(number: int, made: Sequence[Called], found: Sequence[_Found]) -> Span | None:
    """An earlier call that is the same and stands under the same conditions; what a handler tries again does not."""
    this, here = made[number], found[number].first
    for earlier, before in zip(made[:number], found, strict=False):
        same = this.identity is not None and this.identity == earlier.identity and this.span != earlier.span
        if same and before.first.path_condition == here.path_condition and this.within == earlier.within:
            return earlier.span
    return None


# ------------------------------------------------------------------------------------------ what a call is for


def kind_of(call: LibraryCall) -> CallKind | None:
    """What a library call is made for, as far as that costs something or changes what others find."""
    last = call.method
    if asks(call):
        return CallKind.MODEL
    owner = owner_of(call.path, call.receiver)
    if looks_up(owner, last):
        return CallKind.LOOKUP
    return CallKind.CHANGE if last in CHANGING and is_library(owner) else None


def _varies(call: LibraryCall) -> bool:
    """Whether the answer is drawn anew on purpose: the temperature is above zero, or not known."""
    given = [call.get("temperature"), *(_temperature(call.receiver) if call.receiver is not None else ())]
    return any(value is not None and not (isinstance(value, Const) and value.value in (0, None)) for value in given)


def _temperature(value: Value, depth: int = DEEPEST) -> Iterator[Value]:
    for option in alternatives(value):
        if not isinstance(option, Object) or not depth:
            continue
        given = option.arguments.get("temperature")
        if given is not None:
            yield given
        pieces = option.arguments.positional if option.path == PIPE else ()
        for piece in (*pieces, *([option.receiver] if option.receiver is not None else [])):
            yield from _temperature(piece, depth - 1)


def _name(call: LibraryCall) -> str:
    """`llm.invoke`, as far as the source gives what is called a name."""
    last = call.method
    named = call.receiver.name if isinstance(call.receiver, Object) else None
    return f"{named}.{last}" if named else last


def is_kept(function: Function) -> bool:
    """Whether a decorator makes the function give again what it has given before."""
    marks = (path_of(mark).rpartition(".")[2] for mark in function.unmodelled_decorators)
    return function.memo is not None or any(mark in KEPT for mark in marks)
