"""The cases of a `match`, from Python's tree to the code tree."""

from __future__ import annotations

import ast

from wflint.source import code
from wflint.source.tree.expressions import expression, optional
from wflint.source.tree.lowering import TreeLowering


def pattern_case(node: ast.match_case, body: tuple[code.StmtT, ...], lowering: TreeLowering) -> code.Case:
    """A case with its body, which is lowered already."""
    return code.Case(_pattern(node.pattern, lowering), optional(node.guard, lowering), body)


def _pattern(node: ast.pattern, lowering: TreeLowering) -> code.PatternT:
    match node:
        case ast.MatchValue(value=value):
            return code.ValuePattern(expression(value, lowering))
        case ast.MatchSingleton(value=value):
            return code.ValuePattern(code.Constant(lowering.at(node), value))
        case ast.MatchAs(pattern=inner, name=name):
            return code.CapturePattern(None if inner is None else _pattern(inner, lowering), name)
        case ast.MatchOr(patterns=alternatives):
            return code.OrPattern(tuple([_pattern(each, lowering) for each in alternatives]))
        case ast.MatchSequence(patterns=items):
            return code.SequencePattern(tuple([_pattern(each, lowering) for each in items]))
        case ast.MatchStar(name=name):
            return code.StarPattern(name)
        case ast.MatchMapping():
            return _mapping(node, lowering)
        case ast.MatchClass():
            return _class(node, lowering)
        case _:
            raise AssertionError(node)


def _mapping(node: ast.MatchMapping, lowering: TreeLowering) -> code.MappingPattern:
    pairs = zip(node.keys, node.patterns, strict=True)
    entries = [code.Entry(expression(key, lowering), _pattern(pattern, lowering)) for key, pattern in pairs]
    return code.MappingPattern(tuple(entries), node.rest)


def _class(node: ast.MatchClass, lowering: TreeLowering) -> code.ClassPattern:
    parts = [code.Part(None, _pattern(pattern, lowering)) for pattern in node.patterns]
    named = zip(node.kwd_attrs, node.kwd_patterns, strict=True)
    parts += [code.Part(name, _pattern(pattern, lowering)) for name, pattern in named]
    return code.ClassPattern(expression(node.cls, lowering), tuple(parts))
