"""Statements, from Python's tree to the code tree."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from wflint.model.patterns import pattern
from wflint.source.code import (
    Alias,
    AnnAssign,
    Assert,
    Assign,
    AugAssign,
    BreakOrContinue,
    ClassDef,
    Delete,
    Display,
    ExceptHandler,
    ExprStmt,
    For,
    FunctionDef,
    GlobalOrNonlocal,
    If,
    Import,
    ImportFrom,
    Match,
    Raise,
    Return,
    StmtT,
    TextRange,
    Try,
    While,
    With,
    WithItem,
)
from wflint.source.docstring import docstring
from wflint.source.tree import operators
from wflint.source.tree.expressions import arguments, expression, keywords, optional
from wflint.source.tree.lowering import Doubt, TreeLower, TreeLowering, row
from wflint.source.tree.parameters import parameters
from wflint.source.tree.patterns import pattern_case

_TO_COLON: Final = pattern(r"(?:[^:#]|#[^\n]*+)*+:")
_WITH_SUITES: Final = (ast.stmt, ast.excepthandler, ast.match_case)
_TO_NAME: Final = pattern(r"(?:async[ \t\f\\\r\n]+)?(?:def|class)[ \t\f\\\r\n]+(?P<name>\w+)")


def statements(nodes: Iterable[ast.stmt], lowering: TreeLowering) -> tuple[StmtT, ...]:
    """The statements of a module or a suite; `pass` leaves nothing."""
    return tuple([_statement(node, lowering) for node in nodes if not isinstance(node, ast.Pass)])


def _statement(node: ast.stmt, lowering: TreeLowering) -> StmtT:
    lower = _STATEMENTS.get(type(node))
    if lower is None:
        raise Doubt(type(node).__name__)
    return lower(node, lowering)


# ------------------------------------------------------------------------------------------- within a line


def _evaluate(node: ast.Expr, lowering: TreeLowering) -> ExprStmt:
    return ExprStmt(lowering.at(node), expression(node.value, lowering))


def _assign(node: ast.Assign, lowering: TreeLowering) -> Assign:
    targets = tuple([expression(target, lowering) for target in node.targets])
    return Assign(lowering.at(node), targets, expression(node.value, lowering))


def _declare(node: ast.AnnAssign, lowering: TreeLowering) -> AnnAssign:
    target = expression(node.target, lowering)
    annotation = expression(node.annotation, lowering)
    return AnnAssign(lowering.at(node), target, annotation, optional(node.value, lowering))


def _augment(node: ast.AugAssign, lowering: TreeLowering) -> AugAssign:
    target = expression(node.target, lowering)
    return AugAssign(lowering.at(node), target, operators.BINARY[type(node.op)], expression(node.value, lowering))


def _return(node: ast.Return, lowering: TreeLowering) -> Return:
    return Return(lowering.at(node), optional(node.value, lowering))


def _raise(node: ast.Raise, lowering: TreeLowering) -> Raise:
    return Raise(lowering.at(node), optional(node.exc, lowering))


def _break(node: ast.Break, lowering: TreeLowering) -> BreakOrContinue:
    return BreakOrContinue(lowering.at(node), "break")


def _continue(node: ast.Continue, lowering: TreeLowering) -> BreakOrContinue:
    return BreakOrContinue(lowering.at(node), "continue")


def _delete(node: ast.Delete, lowering: TreeLowering) -> Delete:
    targets = tuple([expression(target, lowering) for target in node.targets])
    match targets:
        case [Display(items=items)]:
            return Delete(lowering.at(node), items)
        case _:
            return Delete(lowering.at(node), targets)


def _global(node: ast.Global, lowering: TreeLowering) -> GlobalOrNonlocal:
    return GlobalOrNonlocal(lowering.at(node), "global", tuple(node.names))


def _nonlocal(node: ast.Nonlocal, lowering: TreeLowering) -> GlobalOrNonlocal:
    return GlobalOrNonlocal(lowering.at(node), "nonlocal", tuple(node.names))


def _assert(node: ast.Assert, lowering: TreeLowering) -> Assert:
    return Assert(lowering.at(node), expression(node.test, lowering))


def _import(node: ast.Import, lowering: TreeLowering) -> Import:
    return Import(lowering.at(node), _aliases(node.names))


def _import_from(node: ast.ImportFrom, lowering: TreeLowering) -> ImportFrom:
    return ImportFrom(lowering.at(node), node.module or "", node.level, _aliases(node.names))


def _aliases(nodes: Sequence[ast.alias]) -> tuple[Alias, ...]:
    return tuple([Alias(node.name, node.asname) for node in nodes])


# ----------------------------------------------------------------------------------------------- with suites


def _whole(node: ast.stmt | ast.excepthandler, lowering: TreeLowering) -> TextRange:
    """The stretch of a statement with its suites; a semicolon behind the last statement in them is no part of it."""
    start, end = lowering.at(node)
    if lowering.text[end - 1] != ";":
        return start, end
    return start, lowering.at(_innermost(node))[1]


def _innermost(node: ast.stmt | ast.excepthandler) -> ast.stmt:
    """The last statement in the suites of a statement, and in those of that one."""
    last: ast.AST = node
    while inner := [each for each in ast.iter_child_nodes(last) if isinstance(each, _WITH_SUITES)]:
        last = inner[-1]
    assert isinstance(last, ast.stmt)
    return last


def _if(node: ast.If, lowering: TreeLowering) -> If:
    test = expression(node.test, lowering)
    body = statements(node.body, lowering)
    return If(_whole(node, lowering), test, body, statements(node.orelse, lowering))


def _for(node: ast.For | ast.AsyncFor, lowering: TreeLowering) -> For:
    target = expression(node.target, lowering)
    iterable = expression(node.iter, lowering)
    body = statements(node.body, lowering)
    return For(_whole(node, lowering), target, iterable, body, statements(node.orelse, lowering))


def _while(node: ast.While, lowering: TreeLowering) -> While:
    test = expression(node.test, lowering)
    body = statements(node.body, lowering)
    return While(_whole(node, lowering), test, body, statements(node.orelse, lowering))


def _try(node: ast.Try | ast.TryStar, lowering: TreeLowering) -> Try:
    body = statements(node.body, lowering)
    handlers = tuple([_handler(handler, lowering) for handler in node.handlers])
    orelse = statements(node.orelse, lowering)
    return Try(_whole(node, lowering), body, handlers, orelse, statements(node.finalbody, lowering))


def _handler(node: ast.ExceptHandler, lowering: TreeLowering) -> ExceptHandler:
    kind = optional(node.type, lowering)
    return ExceptHandler(kind, node.name, statements(node.body, lowering), _whole(node, lowering))


def _with(node: ast.With | ast.AsyncWith, lowering: TreeLowering) -> With:
    items = tuple(
        [
            WithItem(expression(item.context_expr, lowering), optional(item.optional_vars, lowering))
            for item in node.items
        ]
    )
    return With(_whole(node, lowering), items, statements(node.body, lowering))


def _match(node: ast.Match, lowering: TreeLowering) -> Match:
    subject = expression(node.subject, lowering)
    cases = tuple([pattern_case(case, statements(case.body, lowering), lowering) for case in node.cases])
    return Match(_whole(node, lowering), subject, cases)


def _function(node: ast.FunctionDef | ast.AsyncFunctionDef, lowering: TreeLowering) -> FunctionDef:
    decorators = tuple([expression(decorator, lowering) for decorator in node.decorator_list])
    bound = parameters(node.args, lowering, expression)
    returns = optional(node.returns, lowering)
    outer, lowering.yields = lowering.yields, False
    body = statements(node.body, lowering)
    yields, lowering.yields = lowering.yields, outer
    start = lowering.at(node)[0]
    name_at = _name_at(start, lowering)
    return FunctionDef(
        (start, _header_end(node, name_at[1], _in_signature(node), lowering)),
        node.name,
        name_at,
        bound,
        returns,
        decorators,
        body,
        docstring(body),
        is_async=isinstance(node, ast.AsyncFunctionDef),
        yields=yields,
    )


def _class(node: ast.ClassDef, lowering: TreeLowering) -> ClassDef:
    decorators = tuple([expression(decorator, lowering) for decorator in node.decorator_list])
    bases = arguments(node.bases, lowering)
    named = keywords(node.keywords, lowering)
    body = statements(node.body, lowering)
    start = lowering.at(node)[0]
    name_at = _name_at(start, lowering)
    inside = (*node.bases, *(keyword.value for keyword in node.keywords))
    return ClassDef(
        (start, _header_end(node, name_at[1], inside, lowering)),
        node.name,
        name_at,
        bases,
        named,
        decorators,
        body,
        docstring(body),
    )


def _name_at(start: int, lowering: TreeLowering) -> TextRange:
    found = _TO_NAME.match(lowering.text, start)
    if found is None:
        raise Doubt("a definition whose name is not found")
    return found.span("name")


def _in_signature(node: ast.FunctionDef | ast.AsyncFunctionDef) -> Iterator[ast.expr | ast.arg]:
    bound = node.args
    yield from (*bound.posonlyargs, *bound.args, *bound.kwonlyargs)
    yield from bound.defaults
    optional_parts: tuple[ast.expr | ast.arg | None, ...] = (
        bound.vararg,
        bound.kwarg,
        node.returns,
        *bound.kw_defaults,
    )
    yield from (each for each in optional_parts if each is not None)


def _header_end(
    node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef,
    place: int,
    inside: Iterable[ast.expr | ast.arg],
    lowering: TreeLowering,
) -> int:
    """The end of the colon before the body: the first one behind everything that may hold another."""
    if getattr(node, "type_params", ()):
        raise Doubt("type parameters")
    for each in inside:
        place = max(place, lowering.at(each)[1])
    found = _TO_COLON.match(lowering.text, place)
    assert found is not None
    return found.end()


_STATEMENTS: Final[Mapping[type[ast.AST], TreeLower[StmtT]]] = dict(
    (
        row(ast.Expr, _evaluate),
        row(ast.Assign, _assign),
        row(ast.AnnAssign, _declare),
        row(ast.AugAssign, _augment),
        row(ast.Return, _return),
        row(ast.Raise, _raise),
        row(ast.Break, _break),
        row(ast.Continue, _continue),
        row(ast.Delete, _delete),
        row(ast.Global, _global),
        row(ast.Nonlocal, _nonlocal),
        row(ast.Assert, _assert),
        row(ast.Import, _import),
        row(ast.ImportFrom, _import_from),
        row(ast.If, _if),
        row(ast.For, _for),
        row(ast.AsyncFor, _for),
        row(ast.While, _while),
        row(ast.Try, _try),
        row(ast.TryStar, _try),
        row(ast.With, _with),
        row(ast.AsyncWith, _with),
        row(ast.Match, _match),
        row(ast.FunctionDef, _function),
        row(ast.AsyncFunctionDef, _function),
        row(ast.ClassDef, _class),
    )
)
