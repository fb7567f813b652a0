"""The code tree's statements."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from wflint.source.code.entered import ENTERED
from wflint.source.code.expressions import ExprT, Keyword, Node, Parameter, TextRange
from wflint.source.code.patterns import PatternT


class Stmt(Node, frozen=True, tag=True, array_like=True):
    """Something that happens."""


class ExprStmt(Stmt, frozen=True, tag=True, array_like=True):
    """An expression on a line of its own."""

    value: ExprT


class Assign(Stmt, frozen=True, tag=True, array_like=True):
    """`target = target = value`; targets are names, attributes, subscripts, starred names or displays of them."""

    targets: tuple[ExprT, ...]
    value: ExprT


class AugAssign(Stmt, frozen=True, tag=True, array_like=True):
    """`target operator= value`, the operator without the equals sign."""

    target: ExprT
    operator: str
    value: ExprT


class AnnAssign(Stmt, frozen=True, tag=True, array_like=True):
    """`target: annotation = value`."""

    target: ExprT
    annotation: ExprT
    value: ExprT | None


class Return(Stmt, frozen=True, tag=True, array_like=True):
    """`return value`."""

    value: ExprT | None


class Raise(Stmt, frozen=True, tag=True, array_like=True):
    """`raise value`."""

    value: ExprT | None


class If(Stmt, frozen=True, tag=True, array_like=True):
    """`if test: body else: orelse`; an `elif` is an `If` alone in `orelse`."""

    test: ExprT
    body: tuple[StmtT, ...]
    orelse: tuple[StmtT, ...]


class For(Stmt, frozen=True, tag=True, array_like=True):
    """`for target in iterable: body else: orelse`, async or not."""

    target: ExprT
    iterable: ExprT
    body: tuple[StmtT, ...]
    orelse: tuple[StmtT, ...]


class While(Stmt, frozen=True, tag=True, array_like=True):
    """`while test: body else: orelse`."""

    test: ExprT
    body: tuple[StmtT, ...]
    orelse: tuple[StmtT, ...]


class ExceptHandler(Struct, frozen=True, tag=True, array_like=True):
    """`except kind as name: body`, with a star or without."""

    kind: ExprT | None
    name: str | None
    body: tuple[StmtT, ...]
    at: TextRange


class Try(Stmt, frozen=True, tag=True, array_like=True):
    """`try: body except ... else: orelse finally: final`."""

    body: tuple[StmtT, ...]
    handlers: tuple[ExceptHandler, ...]
    orelse: tuple[StmtT, ...]
    final: tuple[StmtT, ...]


class WithItem(Struct, frozen=True, tag=True, array_like=True):
    """`context as target` of a `with`."""

    context: ExprT
    target: ExprT | None


class With(Stmt, frozen=True, tag=True, array_like=True):
    """`with items: body`, async or not."""

    items: tuple[WithItem, ...]
    body: tuple[StmtT, ...]


class FunctionDef(Stmt, frozen=True, tag=True, array_like=True):
    """A function; `at` covers the header (`def` to the colon), `name_at` the name, `doc` the docstring.

    `yields` is true where the body (nested functions left out) has a `yield`. `inner` is the body for those who only
    look at its outside, at the names in it perhaps: it is asked for as `body` by whoever goes by what it does.
    """

    name: str
    name_at: TextRange
    parameters: tuple[Parameter, ...]
    returns: ExprT | None
    decorators: tuple[ExprT, ...]
    inner: tuple[StmtT, ...]
    doc: str | None
    is_async: bool
    yields: bool

    @property
    def body(self) -> tuple[StmtT, ...]:
        """What it does, which is noted as looked into."""
        ENTERED.add(self)
        return self.inner


class ClassDef(Stmt, frozen=True, tag=True, array_like=True):
    """A class; `at` covers the header (`class` to the colon), `name_at` the name, `doc` the docstring."""

    name: str
    name_at: TextRange
    bases: tuple[ExprT, ...]
    keywords: tuple[Keyword, ...]
    decorators: tuple[ExprT, ...]
    body: tuple[StmtT, ...]
    doc: str | None


class Alias(Struct, frozen=True, tag=True, array_like=True):
    """`name as alias` of an import; the name is dotted in a plain import."""

    name: str
    alias: str | None


class Import(Stmt, frozen=True, tag=True, array_like=True):
    """`import a.b as c, d`."""

    names: tuple[Alias, ...]


class ImportFrom(Stmt, frozen=True, tag=True, array_like=True):
    """`from ..module import names`; `level` counts the dots, a name `*` is a star import."""

    module: str
    level: int
    names: tuple[Alias, ...]


class Case(Struct, frozen=True, tag=True, array_like=True):
    """`case pattern if guard: body`."""

    pattern: PatternT
    guard: ExprT | None
    body: tuple[StmtT, ...]


class Match(Stmt, frozen=True, tag=True, array_like=True):
    """`match subject: cases`."""

    subject: ExprT
    cases: tuple[Case, ...]


class BreakOrContinue(Stmt, frozen=True, tag=True, array_like=True):
    """`break` or `continue`."""

    kind: Literal["break", "continue"]


class Delete(Stmt, frozen=True, tag=True, array_like=True):
    """`del targets`."""

    targets: tuple[ExprT, ...]


class GlobalOrNonlocal(Stmt, frozen=True, tag=True, array_like=True):
    """`global names` or `nonlocal names`."""

    kind: Literal["global", "nonlocal"]
    names: tuple[str, ...]


class Assert(Stmt, frozen=True, tag=True, array_like=True):
    """`assert test`."""

    test: ExprT


StmtT = (
    ExprStmt
    | Assign
    | AugAssign
    | AnnAssign
    | Return
    | Raise
    | If
    | For
    | While
    | Try
    | With
    | FunctionDef
    | ClassDef
    | Import
    | ImportFrom
    | Match
    | BreakOrContinue
    | Delete
    | GlobalOrNonlocal
    | Assert
)
