"""The cases of a `match`, from libcst to the code tree."""

from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst

from wflint.source import code
from wflint.source.concrete.expressions import expression

if TYPE_CHECKING:
    from wflint.source.concrete.lowering import Lowering


def pattern_case(node: cst.MatchCase, body: tuple[code.StmtT, ...], lowering: Lowering) -> code.Case:
    """A case with its body, which is lowered already."""
    guard = None if node.guard is None else expression(node.guard, lowering)
    return code.Case(_pattern(node.pattern, lowering), guard, body)


def _pattern(node: cst.MatchPattern, lowering: Lowering) -> code.PatternT:
    match node:
        case cst.MatchValue(value=value) | cst.MatchSingleton(value=value):
            return code.ValuePattern(expression(value, lowering))
        case cst.MatchAs(pattern=inner, name=name):
            return code.CapturePattern(None if inner is None else _pattern(inner, lowering), _name(name))
        case cst.MatchOr(patterns=alternatives):
            return code.OrPattern(tuple(_pattern(each.pattern, lowering) for each in alternatives))
        case cst.MatchList(patterns=items) | cst.MatchTuple(patterns=items):
            return code.SequencePattern(tuple(_item(item, lowering) for item in items))
        case cst.MatchMapping():
            return _mapping(node, lowering)
        case cst.MatchClass():
            return _class(node, lowering)
        case _:
            raise AssertionError(node)


def _item(node: cst.MatchSequenceElement | cst.MatchStar, lowering: Lowering) -> code.PatternT:
    return code.StarPattern(_name(node.name)) if isinstance(node, cst.MatchStar) else _pattern(node.value, lowering)


def _mapping(node: cst.MatchMapping, lowering: Lowering) -> code.MappingPattern:
    entries = (code.Entry(expression(e.key, lowering), _pattern(e.pattern, lowering)) for e in node.elements)
    return code.MappingPattern(tuple(entries), _name(node.rest))


def _class(node: cst.MatchClass, lowering: Lowering) -> code.ClassPattern:
    parts = [code.Part(None, _pattern(part.value, lowering)) for part in node.patterns]
    parts += [code.Part(part.key.value, _pattern(part.pattern, lowering)) for part in node.kwds]
    return code.ClassPattern(expression(node.cls, lowering), tuple(parts))


def _name(name: cst.Name | None) -> str | None:
    return None if name is None else name.value
