"""The cases of a `match`, from libcst to the code tree."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from wflint.source.code import Case, ExprT, StmtT
from wflint.source.lower_expr import expression
from wflint.source.lowering import Lowering


def pattern_case(node: cst.MatchCase, body: tuple[StmtT, ...], lowering: Lowering) -> Case:
    """A case with its body, which is lowered already."""
    guard = None if node.guard is None else expression(node.guard, lowering)
    return Case(
        _values(node.pattern, lowering) or (),
        tuple(_binds(node.pattern)),
        catches_all=guard is None and _catches_all(node.pattern),
        guard=guard,
        body=body,
    )


def _values(pattern: cst.MatchPattern, lowering: Lowering) -> tuple[ExprT, ...] | None:
    """The values that the subject may equal, or None where the pattern asks for something else, too."""
    match pattern:
        case cst.MatchValue(value=value) | cst.MatchSingleton(value=value):
            return (expression(value, lowering),)
        case cst.MatchAs(pattern=cst.MatchPattern() as inner):
            return _values(inner, lowering)
        case cst.MatchOr(patterns=alternatives):
            found = [_values(alternative.pattern, lowering) for alternative in alternatives]
            known = [values for values in found if values is not None]
            return tuple(value for values in known for value in values) if len(known) == len(found) else None
        case _:
            return None


def _catches_all(pattern: cst.MatchPattern) -> bool:
    match pattern:
        case cst.MatchAs(pattern=None):
            return True
        case cst.MatchAs(pattern=cst.MatchPattern() as inner):
            return _catches_all(inner)
        case cst.MatchOr(patterns=alternatives):
            return any(_catches_all(alternative.pattern) for alternative in alternatives)
        case _:
            return False


def _binds(pattern: cst.CSTNode) -> Iterator[str]:
    """The names that a pattern binds, in order, those of an `or` once."""
    match pattern:
        case cst.MatchMapping(elements=elements, rest=rest):
            for element in elements:
                yield from _binds(element.pattern)
            yield from _bound(rest)
        case cst.MatchClass(patterns=patterns, kwds=keywords):
            for part in patterns:
                yield from _binds(part.value)
            for keyword in keywords:
                yield from _binds(keyword.pattern)
        case cst.MatchList(patterns=parts) | cst.MatchTuple(patterns=parts):
            for item in parts:
                yield from _binds(item)
        case _:
            yield from _bound_here(pattern)


def _bound_here(pattern: cst.CSTNode) -> Iterator[str]:
    match pattern:
        case cst.MatchAs(pattern=inner, name=name):
            if inner is not None:
                yield from _binds(inner)
            yield from _bound(name)
        case cst.MatchStar(name=name):
            yield from _bound(name)
        case cst.MatchSequenceElement(value=value):
            yield from _binds(value)
        case cst.MatchOr(patterns=[first, *_]):
            yield from _binds(first.pattern)
        case _:
            return


def _bound(name: cst.Name | None) -> Iterator[str]:
    if name is not None:
        yield name.value
