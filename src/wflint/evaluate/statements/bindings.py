"""Which names a body of statements gives a value to, told without running it."""

from __future__ import annotations

from collections.abc import Iterator

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
