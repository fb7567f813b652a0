"""Arguments that are added to calls."""

from __future__ import annotations

import ast

from wflint.model.fix import AddArgument, Edit
from wflint.source.fixing.sequences import append
from wflint.source.fixing.syntax import Range, Syntax


def add_argument(syntax: Syntax, change: AddArgument) -> tuple[Edit, ...] | None:
    """The argument after all others, unless it may be there already."""
    call = syntax.at(change.span, ast.Call)
    if call is None or len(call.args) > change.position or any(isinstance(arg, ast.Starred) for arg in call.args):
        return None
    if change.method and (not isinstance(call.func, ast.Attribute) or call.func.attr != change.method):
        return None
    if any(keyword.arg in {None, change.keyword} for keyword in call.keywords):
        return None
    end = syntax.range_of(call).end - 1
    item = f"{change.keyword}={change.value}"
    given = [*(syntax.range_of(each) for each in call.args), *(_keyword(syntax, each) for each in call.keywords)]
    last = max(given, key=lambda each: each.end, default=None)
    if last is None:
        inside = syntax.text[syntax.range_of(call.func).end : end]
        return (syntax.edit(end, end, item),) if inside.strip() == "(" else None
    return append(syntax, last, end, item)


def _keyword(syntax: Syntax, argument: ast.keyword) -> Range:
    value = syntax.range_of(argument.value)
    line = syntax.starts[argument.lineno - 1]
    before = syntax.text[line : value.start].encode("utf-8")[: argument.col_offset]
    return Range(line + len(before.decode("utf-8", "ignore")), value.end)
