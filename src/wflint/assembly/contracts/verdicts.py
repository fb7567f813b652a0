"""Code that decides by nothing but what a model said: tests on names that hold answers, and on nothing that counts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final

from msgspec import Struct

from wflint.model.patterns import pattern
from wflint.source import code
from wflint.source.code import TextRange
from wflint.source.walking import called_name, children, holds, nodes_in

OUTSIDE: Final = pattern(
    r"(?i)(?:.*_)?(?:input|prompt|ask|confirm|recv|receive|read_?line|listen|poll|sleep|next|wait|time_?out|"
    r"deadline|fail_after|move_on_after|cancelled|is_set|time|monotonic|now)(?:_.*)?"
)
"""Names of calls that wait for somebody outside, or that look at the time."""


class _Exit(Struct, frozen=True):
    """A way out of code: the tests on the way there, each with how it comes out; None where that is not known."""

    tests: tuple[tuple[code.ExprT, bool] | None, ...]


class _Names(Struct, frozen=True):
    """What code sets: names that hold what a model said, and others; models are asked at `places`."""

    told: frozenset[str]
    others: frozenset[str]
    places: tuple[TextRange, ...] = ()

    @classmethod
    def of(cls, body: Sequence[code.StmtT], asking: Iterable[TextRange], given: Iterable[str] = ()) -> _Names:
        """The names that statements set, where models are asked at some places; `given` hold answers already."""
        places, bound = tuple(asking), list(_bindings(body))
        counted = {name for name, value in bound if value is None or name in _chains(value)}
        told: set[str] = set()
        more = {name for name, value in bound if value is not None and _asks(value, places)} | set(given)
        while more - told:
            told |= more
            more = {name for name, value in bound if value is not None and _rests(value, told)}
        return cls(frozenset(told - counted), frozenset({name for name, _ in bound} - told | counted), places)

    def decide(self, test: code.ExprT, *, holds: bool = True) -> bool:
        """Whether a test comes out so by what a model said alone."""
        match test:
            case code.Unary(operator="not", operand=operand):
                return self.decide(operand, holds=not holds)
            case code.Boolean(operator=operator, left=left, right=right):
                both = self.decide(left, holds=holds), self.decide(right, holds=holds)
                return all(both) if (operator == "or") is holds else any(both) and not self.is_mixed(test)
            case code.NamedExpr(value=value):
                return self.decide(value, holds=holds)
            case _:
                return (_rests(test, self.told) or _asks(test, self.places)) and not self.is_mixed(test)

    def is_mixed(self, test: code.ExprT) -> bool:
        """Whether a test looks at what something else sets as well, or at the world."""
        whole = tuple(f"{chain}." for chain in _handed_over(test))
        return (
            _rests(test, self.others)
            or any(name.startswith(whole) for name in self.others)
            or any(OUTSIDE.fullmatch(called_name(n)) for n in _calls((test,)))
        )


def heeds_only_model(body: Sequence[code.StmtT], asking: Iterable[TextRange]) -> bool:
    """Whether each test that decides how a function ends, or what it calls, looks only at what a model said in it."""
    names, tests = _Names.of(body, asking), _leading_tests(body)
    return bool(tests) and all(names.decide(test) and names.decide(test, holds=False) for test in tests)


def heeded_fields(body: Sequence[code.StmtT], asking: Iterable[TextRange], fields: FieldOf) -> tuple[str, ...]:
    """The fields of its input at which those tests look beside, where they look at nothing else; `fields` names each.

    Methods of texts and plain functions of Python's own may be called in them: others may count how often they are.
    """
    parts = [node for node in nodes_in(body) if isinstance(node, code.Attribute | code.Subscript)]
    read = {chain: name for node in parts if (name := fields(node)) and (chain := _dotted(node))}
    names, tests = _Names.of(body, asking, read), _leading_tests(body)
    if not tests or not read or not all(names.decide(test) and names.decide(test, holds=False) for test in tests):
        return ()
    places = tuple(asking)
    bound: dict[str, list[code.ExprT]] = {}
    for name, value in _bindings(body):
        if value is not None and not _asks(value, places):
            bound.setdefault(name, []).append(value)
    seen: set[str] = set()
    pending, plain = [*tests], True
    while pending:
        looked = pending.pop()
        plain = plain and all(_is_plain(call, names.told) for call in _calls((looked,)))
        for part in {part for chain in _chains(looked) for part in _prefixes(chain)} - seen:
            seen.add(part)
            pending += bound.get(part, ())
    return tuple(sorted({read[chain] for chain in read.keys() & seen})) if plain else ()


FieldOf = Callable[[code.ExprT], str | None]
"""Which field of its input an expression of a step's code reads, if it reads one."""
PURE: Final = frozenset({"len", "str", "int", "float", "bool", "any", "all", "isinstance", "min", "max", "sum", "set"})
MODULES: Final = frozenset({"re", "json", "math"})
"""Modules of Python's own that remember nothing."""


def _is_plain(call: code.Call, told: frozenset[str]) -> bool:
    """Whether a call is of a function that gives the same for the same: of Python's own, or a method of a value."""
    match call.func:
        case code.Name(id=name):
            return name in PURE
        case code.Attribute(value=code.Name(id=owner)) if owner in MODULES:
            return True
        case code.Attribute(value=owner):
            return isinstance(owner, code.Call | code.Constant) or _rests(owner, told)
        case _:
            return False


def _leading_tests(body: Sequence[code.StmtT]) -> list[code.ExprT]:
    """The tests that decide how a function ends, or what it calls; none where loops and patterns decide as well."""
    statements = [node for node in nodes_in(body) if isinstance(node, code.Stmt)]
    tests = [node.test for node in statements if isinstance(node, code.If) and _leads_on((*node.body, *node.orelse))]
    returned = nodes_in([node.value for node in statements if isinstance(node, code.Return)])
    tests += [node.test for node in returned if isinstance(node, code.IfExp)]
    looped = any(isinstance(node, code.Match | code.While | code.For) and _leads_on(node) for node in statements)
    return [] if looped else tests


def ends_by_verdict(loop: code.While, asking: Iterable[TextRange]) -> bool:
    """Whether each way out of a loop is taken when a model has said the word, and at no other time."""
    places = tuple(asking)
    names, exits = _Names.of(loop.body, places), list(_exits(loop.body, ()))
    if not isinstance(loop.test, code.Constant):
        exits.append(_Exit(((loop.test, False),)))
    return bool(exits) and not _waits(loop.body, places) and all(_by_verdict(names, one) for one in exits)


def recurs_by_verdict(function: code.FunctionDef, asking: Iterable[TextRange]) -> TextRange | None:
    """Where a function calls itself again until a model has said the word, and nothing that it is given ends that."""
    places, body = tuple(asking), function.body
    again = next((node.at for node in nodes_in(body) if _calls_again(node, function)), None)
    if again is None or _waits(body, places):
        return None
    given = frozenset(parameter.name for parameter in function.parameters)
    names = _Names.of(body, places)
    names = _Names(names.told - given, names.others | given, places)
    exits = list(_returns(body, (), function, is_whole=True))
    return again if exits and all(_by_verdict(names, one) for one in exits) else None


def _calls_again(node: code.Node, function: code.FunctionDef) -> bool:
    match node:
        case (
            code.Call(func=code.Name(id=name))
            | code.Call(func=code.Attribute(value=code.Name(id="self" | "cls"), name=name))
        ):
            return name == function.name
        case _:
            return False


def _returns(
    body: Sequence[code.StmtT],
    tests: tuple[tuple[code.ExprT, bool] | None, ...],
    function: code.FunctionDef,
    *,
    is_whole: bool = False,
) -> Iterator[_Exit]:
    """The ways out of a function on which it does not call itself."""
    for statement in body:
        match statement:
            case code.If(test=test, body=inner, orelse=orelse):
                yield from _returns(inner, (*tests, (test, True)), function)
                yield from _returns(orelse, (*tests, (test, False)), function)
                if _always_leaves(orelse):
                    tests = (*tests, (test, True))
                if _always_leaves(inner):
                    tests = (*tests, (test, False))
                if _always_leaves(inner) and _always_leaves(orelse):
                    return
            case _ if any(_calls_again(node, function) for node in nodes_in((statement,))):
                return
            case code.Return() | code.Raise():
                yield _Exit(tests)
                return
            case code.FunctionDef() | code.ClassDef():
                pass
            case _:
                yield from (_Exit((*tests, None)) for node in nodes_in((statement,)) if _goes_out(node))
    if is_whole:
        yield _Exit(tests)


def _always_leaves(body: Sequence[code.StmtT]) -> bool:
    return bool(body) and _goes_out(body[-1])


def _waits(body: Sequence[code.StmtT], places: tuple[TextRange, ...]) -> bool:
    """Whether code waits for somebody other than models: a person, a queue, a clock."""
    queues = (node.value for node in nodes_in(body) if isinstance(node, code.Await))
    taken = any(isinstance(value, code.Call) and called_name(value) == "get" for value in queues)
    others = (call for call in _calls(body) if not _asks(call, places))
    return taken or any(OUTSIDE.fullmatch(called_name(call)) for call in others)


def _by_verdict(names: _Names, one: _Exit) -> bool:
    known = [test for test in one.tests if test is not None]
    if len(known) < len(one.tests) or not known:
        return False
    decided = [names.decide(test, holds=holds) for test, holds in known]
    return any(decided) and all(ok or not names.is_mixed(test) for ok, (test, _) in zip(decided, known, strict=True))


def _exits(body: Sequence[code.StmtT], tests: tuple[tuple[code.ExprT, bool] | None, ...]) -> Iterator[_Exit]:
    """The ways out of a loop's body."""
    for statement in body:
        match statement:
            case code.Return() | code.Raise() | code.BreakOrContinue(kind="break"):
                yield _Exit(tests)
            case code.If(test=test, body=inner, orelse=orelse):
                yield from _exits(inner, (*tests, (test, True)))
                yield from _exits(orelse, (*tests, (test, False)))
                if inner and isinstance(inner[-1], code.BreakOrContinue) and inner[-1].kind == "continue":
                    tests = (*tests, (test, False))
            case code.With(body=inner):
                yield from _exits(inner, tests)
            case code.Try(body=inner, handlers=handlers, orelse=orelse, final=final):
                yield from _exits((*inner, *orelse, *final), tests)
                for handler in handlers:
                    yield from _exits(handler.body, (*tests, None))
            case code.FunctionDef() | code.ClassDef():
                pass
            case _:
                yield from (_Exit((*tests, None)) for node in nodes_in((statement,)) if _goes_out(node))


def _goes_out(node: code.Node) -> bool:
    return isinstance(node, code.Return | code.Raise)


def _leads_on(inner: object) -> bool:
    """Whether code ends a function, or calls something whose result it does not keep: an event that it sends."""
    return any(
        _goes_out(node) or (isinstance(node, code.ExprStmt) and any(_calls((node,)))) for node in nodes_in((inner,))
    )


def _bindings(body: Sequence[code.StmtT]) -> Iterator[tuple[str, code.ExprT | None]]:
    """Each name or attribute that is set, with what it is set to; None where it counts, or goes over something."""
    for node in nodes_in(body):
        match node:
            case code.Assign(targets=targets, value=value):
                yield from ((name, value) for target in targets for name in _targets(target))
            case code.AnnAssign(target=target, value=value) if value is not None:
                yield from ((name, value) for name in _targets(target))
            case code.NamedExpr(name=name, value=value):
                yield name, value
            case code.AugAssign(target=target) | code.For(target=target):
                yield from ((name, None) for name in _targets(target))
            case _:
                pass


def _targets(target: code.ExprT) -> Iterator[str]:
    match target:
        case code.Name() | code.Attribute() | code.Subscript(index=code.Constant(value=str())):
            yield from _chains(target)
        case code.Display(items=items):
            for item in items:
                yield from _targets(item)
        case code.Subscript(value=value) | code.Starred(value=value):
            yield from _targets(value)
        case _:
            pass


def _asks(value: code.ExprT, places: tuple[TextRange, ...]) -> bool:
    return any(holds(value.at, place) for place in places)


def _rests(value: code.ExprT, names: Iterable[str]) -> bool:
    """Whether an expression reads one of some names, or a part of what one of them holds."""
    known = set(names)
    return any(part in known for chain in _chains(value) for part in _prefixes(chain))


def _handed_over(value: code.ExprT) -> Iterator[str]:
    """The names in an expression whose every part may be looked at: what is read, and what a method is called on."""
    yield from _chains(value)
    for call in _calls((value,)):
        if isinstance(call.func, code.Attribute):
            yield from _chains(call.func.value)


def _prefixes(chain: str) -> Iterator[str]:
    parts = chain.split(".")
    return (".".join(parts[:length]) for length in range(1, len(parts) + 1))


def _chains(value: Struct) -> frozenset[str]:
    """The names in an expression, each with the attributes and written keys that are read of it."""
    dotted = _dotted(value)
    if dotted:
        return frozenset({dotted})
    return frozenset(chain for child in children(value) for chain in _chains(child))


def _dotted(value: Struct) -> str:
    match value:
        case code.Name(id=name):
            return name
        case code.Attribute(value=inner, name=name) | code.Subscript(value=inner, index=code.Constant(value=str(name))):
            owner = _dotted(inner)
            return f"{owner}.{name}" if owner else ""
        case _:
            return ""


def _calls(roots: Iterable[object]) -> Iterator[code.Call]:
    return (node for node in nodes_in(roots) if isinstance(node, code.Call))
