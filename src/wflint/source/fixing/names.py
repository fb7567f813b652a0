"""Names that are respelt, and reads that get a default."""

from __future__ import annotations

import ast
from typing import Final

from wflint.model.fix import Edit, ReadDefault, Respell
from wflint.model.patterns import pattern
from wflint.source.fixing.syntax import Syntax

_LITERAL: Final = pattern(r"(?s)([rRuU]?)('''|\"\"\"|'|\")(.*)\2")


def respell(syntax: Syntax, change: Respell) -> tuple[Edit, ...] | None:
    """The one literal, or attribute, that says the name."""
    found = [
        edit
        for edit in (
            *(_literal(syntax, node, change) for node in syntax.within(change.span, ast.Constant)),
            *(_attribute(syntax, node, change) for node in syntax.within(change.span, ast.Attribute)),
        )
        if edit is not None
    ]
    return tuple(found) if len(found) == 1 else None


def _literal(syntax: Syntax, node: ast.Constant, change: Respell) -> Edit | None:
    if node.value != change.old:
        return None
    written = _LITERAL.fullmatch(syntax.said(node))
    if written is None or written[3] != change.old:
        return None
    start = syntax.range_of(node).start + written.start(3)
    return syntax.edit(start, start + len(change.old), change.new)


def _attribute(syntax: Syntax, node: ast.Attribute, change: Respell) -> Edit | None:
    end = syntax.range_of(node).end
    start = end - len(change.old)
    if node.attr != change.old or syntax.text[start:end] != change.old or not change.new.isidentifier():
        return None
    return syntax.edit(start, end, change.new)


def read_default(syntax: Syntax, change: ReadDefault) -> tuple[Edit, ...] | None:
    """The brackets become a call."""
    node = syntax.at(change.span, ast.Subscript)
    if node is None or not isinstance(node.ctx, ast.Load) or not isinstance(node.slice, ast.Constant):
        return None
    if change.default[:1] in {"[", "{"} and _is_changed(syntax, node):
        return None
    value, key, whole = syntax.range_of(node.value), syntax.range_of(node.slice), syntax.range_of(node)
    if syntax.text[value.end : key.start].strip() != "[" or syntax.text[key.end : whole.end].strip() != "]":
        return None
    return (
        syntax.edit(value.end, key.start, ".get("),
        syntax.edit(key.end, whole.end, f", {change.default})" if change.default else ")"),
    )


def _is_changed(syntax: Syntax, node: ast.Subscript) -> bool:
    """Whether something may be put into what is read: into a default it would be put in vain."""
    for around in ast.walk(syntax.tree):
        match around:
            case ast.Attribute(value=value) | ast.Subscript(value=value, ctx=ast.Store() | ast.Del()) if value is node:
                return True
            case ast.AugAssign(target=ast.Subscript(value=value)) if value is node:
                return True
            case _:
                pass
    return False
