"""Calls that code starts for all items of a list at the same time: within a step, or around whole runs."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from typing import Final

from wflint.assembly.contracts.growth import fields_of
from wflint.assembly.contracts.retry_schemes import Level, levels_around, levels_of
from wflint.assembly.function_summary import FunctionSummary
from wflint.evaluate.events import ApiCall, LibraryCall
from wflint.evaluate.expressions.calls import path_of
from wflint.evaluate.values import Function, Location, Object
from wflint.model.conduct import StartedTogether
from wflint.model.patterns import pattern
from wflint.source import code
from wflint.source.code import TextRange
from wflint.source.walking import around, called_name, holds, nodes_in

WATCHING: Final = pattern(r"(?i)(?:\w+_)?(?:trace|span|log|logger|timer|progress|status|task_?group)(?:_\w+)?")
"""Names of contexts that only watch, or wait for what was started in them."""
GATHERING: Final = frozenset({"gather"})
"""Calls that wait for all that they are given; it runs at the same time."""
STARTING: Final = frozenset({"create_task", "ensure_future", "start_soon"})
"""Calls that start what they are given and wait for nothing."""
FEW: Final = pattern(r"(?i).*(?:batch|chunk|group|window|top|first|slice|sample).*")
"""Names of lists that are a part of a longer one."""
LIMITED: Final = pattern(r"(?i).*(?:limit|concurren|per_second|throttl|pool).*")
"""Names of arguments and decorators by which so many requests are let out at a time."""


def started_together(summary: FunctionSummary, call: LibraryCall) -> StartedTogether | None:
    """Where a call is made for each item of a field at once; None where anything may let in only a few of them."""
    if call.certain or _is_limited(call):
        return None
    levels = levels_of(summary.function, call)
    gathered = list(_gathered(levels[0]))
    if not gathered or any(_waits(level) for level in levels):
        return None
    names = fields_of(_body(levels[0]), summary.parameter)
    found = ((at, names(items)) for at, items in gathered)
    module = levels[0][1].module
    return next((StartedTogether(Location(module, at).span, field) for at, field in found if field is not None), None)


def is_admitted(summary: FunctionSummary, call: LibraryCall) -> bool:
    """Whether something around a call in the step's own code may let in only a few of many at a time."""
    return _is_limited(call) or any(_waits(level) for level in levels_of(summary.function, call))


def run_together(api_call: ApiCall) -> StartedTogether | None:
    """The same of a run by plain code; None where the items are known one by one, so that somebody wrote them down."""
    levels = levels_around(api_call)
    for number, level in enumerate(levels):
        if _may_not_be(api_call, level[0]) and not any(map(_waits, levels[number:])):
            for at, items in _gathered(level):
                name = next(filter(None, map(_named, nodes_in((items,)))), None)
                if name is not None and not name.isupper():
                    return StartedTogether(Location(level[1].module, at).span, name)
    return None


def _may_not_be(api_call: ApiCall, function: Function) -> bool:
    """Whether a run of a function may make the call not at all, or do so for many items; what it runs may be new."""
    if not api_call.certain:
        return True
    frame = next((one for one in api_call.stack if one.function is function), None)
    return frame is not None and len(api_call.path_condition) > len(frame.path_condition)


def _is_limited(call: LibraryCall) -> bool:
    made = call.receiver
    return isinstance(made, Object) and any(LIMITED.fullmatch(name) for name, _ in made.arguments.keywords)


def _waits(level: Level) -> bool:
    """Whether a function may make the call wait: a context around it, a lock that is acquired, a decorator."""
    function, place = level
    nodes = list(nodes_in(_body(level)))
    within = any(map(_admits, shared_contexts(_body(level), place.at)))
    acquired = any(isinstance(node, code.Call) and called_name(node) == "acquire" for node in nodes)
    admitted = any(LIMITED.fullmatch(path_of(mark)) for mark in function.unmodelled_decorators)
    return acquired or admitted or (within and function.module is place.module)


def _admits(context: code.WithItem) -> bool:
    """Whether a context may make others wait, as all may but those that watch what goes on."""
    return not any(WATCHING.fullmatch(_named(node) or "") for node in nodes_in((context,)))


def shared_contexts(body: Sequence[code.StmtT], place: TextRange) -> Iterator[code.WithItem]:
    """The contexts that code enters around a place, without the locks that nobody else can have."""
    items = [item for node in around(body, place) if isinstance(node, code.With) for item in node.items]
    named = any(isinstance(item.context, code.Name) for item in items)
    own = frozenset(_made_here(list(nodes_in(body)))) if named else frozenset()
    yield from (item for item in items if not _is_made_for_this(item.context, own))


def _is_made_for_this(context: code.ExprT, own: Container[str]) -> bool:
    """Whether a lock is made by the very call that enters it, so that each call has one of its own."""
    if isinstance(context, code.Name):
        return context.id in own
    return isinstance(context, code.Call) and called_name(context) in LOCKS


LOCKS: Final = frozenset({"Semaphore", "BoundedSemaphore", "Lock", "CapacityLimiter"})


def _made_here(nodes: Sequence[code.Node]) -> Iterator[str]:
    """The names that a function's own code sets to new locks."""
    for node in nodes:
        match node:
            case code.Assign(targets=(code.Name(id=name),), value=code.Call() as made) if called_name(made) in LOCKS:
                yield name
            case _:
                pass


def _gathered(level: Level) -> Iterator[tuple[TextRange, code.ExprT]]:
    """The calls that run at once what is made around a place for each of some items, with what the items are of."""
    body, place = _body(level), level[1].at
    for node in nodes_in(body):
        if isinstance(node, code.Call) and called_name(node) in GATHERING:
            for given in (each.value for each in node.args if isinstance(each, code.Starred)):
                each = _assigned(body, given.id) if isinstance(given, code.Name) else given
                if isinstance(each, code.Comprehension) and holds(each.at, place) and _is_long(each.generators):
                    yield node.at, each.generators[0].iterable
    yield from _started(body, place)


def _assigned(body: Sequence[code.StmtT], name: str) -> code.ExprT | None:
    """What a name is set to last."""
    assigned = ((node.value, node.targets) for node in nodes_in(body) if isinstance(node, code.Assign))
    named = [value for value, targets in assigned for one in targets if isinstance(one, code.Name) and one.id == name]
    return named[-1] if named else None


def _started(body: Sequence[code.StmtT], place: TextRange) -> Iterator[tuple[TextRange, code.ExprT]]:
    """The calls that start something for each item, and those that go through the items wait for nothing."""
    for node in around(body, place):
        match node:
            case code.Comprehension(element=element, generators=generators):
                rounds, inner = generators, (element,)
            case code.For(body=inner, target=target, iterable=iterable):
                rounds = (code.Generator(target, iterable, ()),)
            case _:
                continue
        if not _is_long(rounds) or any(isinstance(n, code.Await) for n in nodes_in(inner)):
            continue
        starts = (n for n in nodes_in(inner) if isinstance(n, code.Call) and called_name(n) in STARTING)
        yield from ((start.at, rounds[0].iterable) for start in starts if holds(start.at, place))


def _body(level: Level) -> Sequence[code.StmtT]:
    node = level[0].node
    return node.body if isinstance(node, code.FunctionDef) else ()


def _is_long(generators: Sequence[code.Generator]) -> bool:
    """Whether what a comprehension goes over may be long: no part of a list, nothing that is written out."""
    parts = (node for one in generators for node in nodes_in((one.iterable,)))
    names = filter(None, map(_named, parts))
    return not any(_is_short(one.iterable) for one in generators) and not any(FEW.fullmatch(name) for name in names)


def _is_short(iterable: code.ExprT) -> bool:
    match iterable:
        case code.Display() | code.DictDisplay() | code.Constant() | code.Subscript(index=code.Slice()):
            return True
        case code.Call(func=code.Name(), args=args):
            return any(map(_is_short, args))
        case code.Call(args=args):  # a method may look for all that is like a constant
            return any(_is_short(each) for each in args if not isinstance(each, code.Constant))
        case _:
            return False


def _named(node: code.Node) -> str | None:
    match node:
        case code.Name(id=name) | code.Attribute(name=name):
            return name
        case _:
            return None
