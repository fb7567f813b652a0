"""Which names a body of statements gives a value to, and which values, told without running it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from wflint.source import code


def binds(body: tuple[code.StmtT, ...], name: str, apart_from: str) -> bool:
    """Whether the statements may bind `name` otherwise than by importing it from `apart_from`.

    A star import may bind anything.
    """
    return any(bound in (name, "*") for statement in body for bound in _bound(statement, apart_from))


def bound_names(body: tuple[code.StmtT, ...]) -> tuple[str, ...]:
    """The names that the statements may bind, in their order."""
    return tuple(dict.fromkeys(bound for statement in body for bound in _bound(statement, "") if bound != "*"))


def _bound(statement: code.StmtT, apart_from: str) -> Iterator[str]:
    match statement:
        case code.FunctionDef(name=name) | code.ClassDef(name=name):
            yield name
        case code.ImportFrom(module=module, level=0) if module == apart_from:
            pass
        case code.ImportFrom(names=names):
            yield from (alias.alias or alias.name for alias in names)
        case code.Import(names=names):
            yield from (alias.alias or alias.name.partition(".")[0] for alias in names)
        case code.Assign(targets=targets):
            yield from (name for target in targets for name in target_names(target))
        case code.AnnAssign(target=target) | code.AugAssign(target=target):
            yield from target_names(target)
        case code.For(target=target, body=body, orelse=orelse):
            yield from target_names(target)
            yield from (name for inner in (*body, *orelse) for name in _bound(inner, apart_from))
        case code.If(body=body, orelse=orelse) | code.While(body=body, orelse=orelse):
            yield from (name for inner in (*body, *orelse) for name in _bound(inner, apart_from))
        case code.Match(cases=cases):
            yield from (name for each in cases for inner in each.body for name in _bound(inner, apart_from))
        case code.Try(body=body, handlers=handlers, orelse=orelse, final=final):
            caught = (inner for handler in handlers for inner in handler.body)
            yield from (name for inner in (*body, *caught, *orelse, *final) for name in _bound(inner, apart_from))
        case code.With(body=body):
            yield from (name for inner in body for name in _bound(inner, apart_from))
        case _:
            pass


def target_names(target: code.ExprT) -> Iterator[str]:
    """The names that a target gives a value to, `a` and `b` of `a, *b`."""
    match target:
        case code.Name(id=name):
            yield name
        case code.Display(items=items):
            yield from (name for item in items for name in target_names(item))
        case code.Starred(value=value):
            yield from target_names(value)
        case _:
            pass


def values_by_name(nodes: Iterable[code.Node]) -> dict[str, list[code.ExprT | None]]:
    """What each name is set to in some code, one for each time.

    None stands for what is no expression by itself: a part of what is unpacked, an item of a loop, what a name holds
    and something more, what a context gives.
    """
    found: dict[str, list[code.ExprT | None]] = {}
    for node in nodes:
        for name, value in _set_by(node):
            found.setdefault(name, []).append(value)
    return found


def names_of(nodes: Iterable[code.Node], wanted: Callable[[code.ExprT], bool]) -> frozenset[str]:
    """The names that are set once in some code, to a wanted value."""
    given = values_by_name(nodes).items()
    return frozenset(name for name, values in given if [each is not None and wanted(each) for each in values] == [True])


def _set_by(node: code.Node) -> Iterator[tuple[str, code.ExprT | None]]:
    match node:
        case code.Assign(targets=targets, value=value):
            for target in targets:
                whole = value if isinstance(target, code.Name) else None
                yield from ((name, whole) for name in target_names(target))
        case code.AnnAssign(target=code.Name(id=name), value=value) if value is not None:
            yield name, value
        case code.AugAssign(target=target) | code.For(target=target):
            yield from ((name, None) for name in target_names(target))
        case code.NamedExpr(name=name, value=value):
            yield name, value
        case code.With(items=items):
            given = (item.target for item in items if item.target is not None)
            yield from ((name, None) for target in given for name in target_names(target))
        case _:
            pass
