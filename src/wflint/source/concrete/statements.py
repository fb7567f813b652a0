"""Statements, from libcst to the code tree."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

import libcst as cst

from wflint.source.code import (
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
    ExprT,
    For,
    FunctionDef,
    GlobalOrNonlocal,
    If,
    Match,
    Name,
    Opaque,
    Raise,
    Return,
    StmtT,
    Try,
    While,
    With,
    WithItem,
)
from wflint.source.concrete import operators
from wflint.source.concrete.expressions import arguments, expression
from wflint.source.concrete.imports import import_from, plain_import
from wflint.source.concrete.lowering import Lower, Lowering, row
from wflint.source.concrete.parameters import parameters
from wflint.source.concrete.patterns import pattern_case
from wflint.source.docstring import docstring


def statements(nodes: Iterable[cst.CSTNode], lowering: Lowering) -> tuple[StmtT, ...]:
    """The statements of a module, a line or a suite; `pass` leaves nothing."""
    lowered: list[StmtT] = []
    for node in nodes:
        if isinstance(node, cst.SimpleStatementLine):
            lowered.extend(_statement(small, lowering) for small in node.body if not isinstance(small, cst.Pass))
        elif not isinstance(node, cst.Pass):
            lowered.append(_statement(node, lowering))
    return tuple(lowered)


def _statement(node: cst.CSTNode, lowering: Lowering) -> StmtT:
    lower = _STATEMENTS.get(type(node))
    if lower is None:
        at = lowering.at(node)
        return ExprStmt(at, Opaque(at, type(node).__name__))
    return lower(node, lowering)


def _suite(node: cst.BaseSuite, lowering: Lowering) -> tuple[StmtT, ...]:
    return statements(node.body, lowering)


def _optional(node: cst.BaseExpression | None, lowering: Lowering) -> ExprT | None:
    return None if node is None else expression(node, lowering)


def _otherwise(node: cst.Else | cst.Finally | None, lowering: Lowering) -> tuple[StmtT, ...]:
    return () if node is None else _suite(node.body, lowering)


# ------------------------------------------------------------------------------------------- within a line


def _evaluate(node: cst.Expr, lowering: Lowering) -> ExprStmt:
    return ExprStmt(lowering.at(node), expression(node.value, lowering))


def _assign(node: cst.Assign, lowering: Lowering) -> Assign:
    targets = tuple(expression(target.target, lowering) for target in node.targets)
    return Assign(lowering.at(node), targets, expression(node.value, lowering))


def _declare(node: cst.AnnAssign, lowering: Lowering) -> AnnAssign:
    target = expression(node.target, lowering)
    annotation = expression(node.annotation.annotation, lowering)
    return AnnAssign(lowering.at(node), target, annotation, _optional(node.value, lowering))


def _augment(node: cst.AugAssign, lowering: Lowering) -> AugAssign:
    target = expression(node.target, lowering)
    return AugAssign(
        lowering.at(node), target, operators.AUGMENTED[type(node.operator)], expression(node.value, lowering)
    )


def _type_alias(node: cst.TypeAlias, lowering: Lowering) -> Assign:
    target = Name(lowering.at(node.name), node.name.value)
    return Assign(lowering.at(node), (target,), expression(node.value, lowering))


def _return(node: cst.Return, lowering: Lowering) -> Return:
    return Return(lowering.at(node), _optional(node.value, lowering))


def _raise(node: cst.Raise, lowering: Lowering) -> Raise:
    return Raise(lowering.at(node), _optional(node.exc, lowering))


def _break(node: cst.Break, lowering: Lowering) -> BreakOrContinue:
    return BreakOrContinue(lowering.at(node), "break")


def _continue(node: cst.Continue, lowering: Lowering) -> BreakOrContinue:
    return BreakOrContinue(lowering.at(node), "continue")


def _delete(node: cst.Del, lowering: Lowering) -> Delete:
    target = expression(node.target, lowering)
    targets = target.items if isinstance(target, Display) else (target,)
    return Delete(lowering.at(node), targets)


def _global(node: cst.Global, lowering: Lowering) -> GlobalOrNonlocal:
    return GlobalOrNonlocal(lowering.at(node), "global", tuple(item.name.value for item in node.names))


def _nonlocal(node: cst.Nonlocal, lowering: Lowering) -> GlobalOrNonlocal:
    return GlobalOrNonlocal(lowering.at(node), "nonlocal", tuple(item.name.value for item in node.names))


def _assert(node: cst.Assert, lowering: Lowering) -> Assert:
    return Assert(lowering.at(node), expression(node.test, lowering))


# ----------------------------------------------------------------------------------------------- with suites


def _if(node: cst.If, lowering: Lowering) -> If:
    test = expression(node.test, lowering)
    body = _suite(node.body, lowering)
    if isinstance(node.orelse, cst.If):
        return If(lowering.at(node), test, body, (_if(node.orelse, lowering),))
    return If(lowering.at(node), test, body, _otherwise(node.orelse, lowering))


def _for(node: cst.For, lowering: Lowering) -> For:
    target = expression(node.target, lowering)
    iterable = expression(node.iter, lowering)
    body = _suite(node.body, lowering)
    return For(lowering.at(node), target, iterable, body, _otherwise(node.orelse, lowering))


def _while(node: cst.While, lowering: Lowering) -> While:
    test = expression(node.test, lowering)
    body = _suite(node.body, lowering)
    return While(lowering.at(node), test, body, _otherwise(node.orelse, lowering))


def _try(node: cst.Try | cst.TryStar, lowering: Lowering) -> Try:
    body = _suite(node.body, lowering)
    handlers = tuple(_handler(handler, lowering) for handler in node.handlers)
    orelse = _otherwise(node.orelse, lowering)
    return Try(lowering.at(node), body, handlers, orelse, _otherwise(node.finalbody, lowering))


def _handler(node: cst.ExceptHandler | cst.ExceptStarHandler, lowering: Lowering) -> ExceptHandler:
    kind = _optional(node.type, lowering)
    name = node.name.name.value if node.name is not None and isinstance(node.name.name, cst.Name) else None
    return ExceptHandler(kind, name, _suite(node.body, lowering), lowering.at(node))


def _with(node: cst.With, lowering: Lowering) -> With:
    items = tuple(
        WithItem(
            expression(item.item, lowering), None if item.asname is None else expression(item.asname.name, lowering)
        )
        for item in node.items
    )
    return With(lowering.at(node), items, _suite(node.body, lowering))


def _match(node: cst.Match, lowering: Lowering) -> Match:
    subject = expression(node.subject, lowering)
    cases = tuple(pattern_case(case, _suite(case.body, lowering), lowering) for case in node.cases)
    return Match(lowering.at(node), subject, cases)


def _function(node: cst.FunctionDef, lowering: Lowering) -> FunctionDef:
    decorators = tuple(expression(decorator.decorator, lowering) for decorator in node.decorators)
    bound = parameters(node.params, lowering, expression)
    returns = None if node.returns is None else expression(node.returns.annotation, lowering)
    outer, lowering.yields = lowering.yields, False
    body = _suite(node.body, lowering)
    yields, lowering.yields = lowering.yields, outer
    return FunctionDef(
        lowering.header(node, node.body),
        node.name.value,
        lowering.at(node.name),
        bound,
        returns,
        decorators,
        body,
        docstring(body),
        is_async=node.asynchronous is not None,
        yields=yields,
    )


def _class(node: cst.ClassDef, lowering: Lowering) -> ClassDef:
    decorators = tuple(expression(decorator.decorator, lowering) for decorator in node.decorators)
    bases, positional_keywords = arguments(node.bases, lowering)
    _, keywords = arguments(node.keywords, lowering)
    body = _suite(node.body, lowering)
    return ClassDef(
        lowering.header(node, node.body),
        node.name.value,
        lowering.at(node.name),
        bases,
        positional_keywords + keywords,
        decorators,
        body,
        docstring(body),
    )


_STATEMENTS: Final[Mapping[type[cst.CSTNode], Lower[StmtT]]] = dict(
    (
        row(cst.Expr, _evaluate),
        row(cst.Assign, _assign),
        row(cst.AnnAssign, _declare),
        row(cst.AugAssign, _augment),
        row(cst.TypeAlias, _type_alias),
        row(cst.Return, _return),
        row(cst.Raise, _raise),
        row(cst.Break, _break),
        row(cst.Continue, _continue),
        row(cst.Del, _delete),
        row(cst.Global, _global),
        row(cst.Nonlocal, _nonlocal),
        row(cst.Assert, _assert),
        row(cst.Import, plain_import),
        row(cst.ImportFrom, import_from),
        row(cst.LazyImport, plain_import),
        row(cst.LazyImportFrom, import_from),
        row(cst.If, _if),
        row(cst.For, _for),
        row(cst.While, _while),
        row(cst.Try, _try),
        row(cst.TryStar, _try),
        row(cst.With, _with),
        row(cst.Match, _match),
        row(cst.FunctionDef, _function),
        row(cst.ClassDef, _class),
    )
)
