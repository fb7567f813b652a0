"""The code tree: what lowering keeps of a Python file.

Small, immutable, free of libcst and of paths, and its own wire format: msgspec writes and reads it as tagged arrays,
so a summary goes to the cache and back without a second definition. Every node carries `at`, the stretch of text it
came from, as two character offsets into the decoded text; `Summary.lines` turns them into lines and columns.
What lowering does not keep becomes `Opaque`.
"""

from __future__ import annotations

from typing import Literal

import msgspec

At = tuple[int, int]
"""Start and end offset in characters, the end exclusive."""


class Node(msgspec.Struct, frozen=True, tag=True, array_like=True):
    """Root of the tree."""

    at: At


# ------------------------------------------------------------------------------------------------ expressions


class Expr(Node, frozen=True, tag=True, array_like=True):
    """Something with a value."""


class Name(Expr, frozen=True, tag=True, array_like=True):
    """A name."""

    id: str


class Constant(Expr, frozen=True, tag=True, array_like=True):
    """A literal: text, number, boolean or None. Implicitly joined strings are one constant."""

    value: str | int | float | bool | None


class Joined(Expr, frozen=True, tag=True, array_like=True):
    """An f-string: pieces of text (`Constant`) and the expressions between them."""

    parts: tuple[ExprT, ...]


class Attribute(Expr, frozen=True, tag=True, array_like=True):
    """`value.name`."""

    value: ExprT
    name: str


class Subscript(Expr, frozen=True, tag=True, array_like=True):
    """`value[index]`; several indices are one tuple `Display`."""

    value: ExprT
    index: ExprT


class Slice(Expr, frozen=True, tag=True, array_like=True):
    """`lower:upper:step` inside a subscript."""

    lower: ExprT | None
    upper: ExprT | None
    step: ExprT | None


class Starred(Expr, frozen=True, tag=True, array_like=True):
    """`*value` in a call, a display or a target."""

    value: ExprT


class Keyword(msgspec.Struct, frozen=True, tag=True, array_like=True):
    """`name=value` in a call; a name of None is `**value`."""

    name: str | None
    value: ExprT


class Call(Expr, frozen=True, tag=True, array_like=True):
    """`func(args, keywords)`."""

    func: ExprT
    args: tuple[ExprT, ...]
    keywords: tuple[Keyword, ...]


class Display(Expr, frozen=True, tag=True, array_like=True):
    """A written-out list, tuple or set."""

    kind: Literal["list", "tuple", "set"]
    items: tuple[ExprT, ...]


class Pair(msgspec.Struct, frozen=True, tag=True, array_like=True):
    """`key: value` in a dict display; a key of None is `**value`."""

    key: ExprT | None
    value: ExprT


class DictDisplay(Expr, frozen=True, tag=True, array_like=True):
    """A written-out dict."""

    pairs: tuple[Pair, ...]


class Generator(msgspec.Struct, frozen=True, tag=True, array_like=True):
    """`for target in iterable if conditions` of a comprehension."""

    target: ExprT
    iterable: ExprT
    conditions: tuple[ExprT, ...]


class Comprehension(Expr, frozen=True, tag=True, array_like=True):
    """A list, set, dict or generator comprehension; `key` only in a dict's."""

    kind: Literal["list", "set", "dict", "generator"]
    key: ExprT | None
    element: ExprT
    generators: tuple[Generator, ...]


class Binary(Expr, frozen=True, tag=True, array_like=True):
    """`left operator right`, the operator as written (`+`, `|`, `//`, ...)."""

    operator: str
    left: ExprT
    right: ExprT


class Unary(Expr, frozen=True, tag=True, array_like=True):
    """`not x`, `-x`, `+x`, `~x`."""

    operator: str
    operand: ExprT


class Boolean(Expr, frozen=True, tag=True, array_like=True):
    """`left and right` or `left or right`."""

    operator: Literal["and", "or"]
    left: ExprT
    right: ExprT


class Compare(Expr, frozen=True, tag=True, array_like=True):
    """`left op right op right ...`; operators as written, `not in` and `is not` with one space."""

    left: ExprT
    operators: tuple[str, ...]
    rights: tuple[ExprT, ...]


class Conditional(Expr, frozen=True, tag=True, array_like=True):
    """`body if test else orelse`."""

    test: ExprT
    body: ExprT
    orelse: ExprT


class Walrus(Expr, frozen=True, tag=True, array_like=True):
    """`name := value`."""

    name: str
    value: ExprT


class Await(Expr, frozen=True, tag=True, array_like=True):
    """`await value`."""

    value: ExprT


class Yield(Expr, frozen=True, tag=True, array_like=True):
    """`yield value` or `yield from value`."""

    value: ExprT | None
    delegates: bool


class Parameter(msgspec.Struct, frozen=True, tag=True, array_like=True):
    """A parameter; `kind` is how it binds."""

    name: str
    kind: Literal["positional", "either", "keyword", "args", "kwargs"]
    annotation: ExprT | None
    default: ExprT | None
    at: At


class Lambda(Expr, frozen=True, tag=True, array_like=True):
    """`lambda parameters: body`."""

    parameters: tuple[Parameter, ...]
    body: ExprT


class Opaque(Expr, frozen=True, tag=True, array_like=True):
    """Something that lowering does not keep; `reason` says what it was."""

    reason: str


ExprT = (
    Name
    | Constant
    | Joined
    | Attribute
    | Subscript
    | Slice
    | Starred
    | Call
    | Display
    | DictDisplay
    | Comprehension
    | Binary
    | Unary
    | Boolean
    | Compare
    | Conditional
    | Walrus
    | Await
    | Yield
    | Lambda
    | Opaque
)

# ------------------------------------------------------------------------------------------------ statements


class Stmt(Node, frozen=True, tag=True, array_like=True):
    """Something that happens."""


class Evaluate(Stmt, frozen=True, tag=True, array_like=True):
    """An expression on a line of its own."""

    value: ExprT


class Assign(Stmt, frozen=True, tag=True, array_like=True):
    """`target = target = value`; targets are names, attributes, subscripts, starred names or displays of them."""

    targets: tuple[ExprT, ...]
    value: ExprT


class Augment(Stmt, frozen=True, tag=True, array_like=True):
    """`target operator= value`, the operator without the equals sign."""

    target: ExprT
    operator: str
    value: ExprT


class Declare(Stmt, frozen=True, tag=True, array_like=True):
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


class Handler(msgspec.Struct, frozen=True, tag=True, array_like=True):
    """`except kind as name: body`, with a star or without."""

    kind: ExprT | None
    name: str | None
    body: tuple[StmtT, ...]
    at: At


class Try(Stmt, frozen=True, tag=True, array_like=True):
    """`try: body except ... else: orelse finally: final`."""

    body: tuple[StmtT, ...]
    handlers: tuple[Handler, ...]
    orelse: tuple[StmtT, ...]
    final: tuple[StmtT, ...]


class WithItem(msgspec.Struct, frozen=True, tag=True, array_like=True):
    """`context as target` of a `with`."""

    context: ExprT
    target: ExprT | None


class With(Stmt, frozen=True, tag=True, array_like=True):
    """`with items: body`, async or not."""

    items: tuple[WithItem, ...]
    body: tuple[StmtT, ...]


class FunctionDef(Stmt, frozen=True, tag=True, array_like=True):
    """A function; `at` covers the header (`def` to the colon), `name_at` the name, `doc` the docstring.

    `yields` is true where the body (nested functions left out) has a `yield`.
    """

    name: str
    name_at: At
    parameters: tuple[Parameter, ...]
    returns: ExprT | None
    decorators: tuple[ExprT, ...]
    body: tuple[StmtT, ...]
    doc: str | None
    is_async: bool
    yields: bool


class ClassDef(Stmt, frozen=True, tag=True, array_like=True):
    """A class; `at` covers the header (`class` to the colon), `name_at` the name, `doc` the docstring."""

    name: str
    name_at: At
    bases: tuple[ExprT, ...]
    keywords: tuple[Keyword, ...]
    decorators: tuple[ExprT, ...]
    body: tuple[StmtT, ...]
    doc: str | None


class Alias(msgspec.Struct, frozen=True, tag=True, array_like=True):
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


class Case(msgspec.Struct, frozen=True, tag=True, array_like=True):
    """`case pattern if guard: body`.

    `values` are the expressions that the subject may equal (literals, dotted names, alternatives of them), `binds`
    the names the pattern binds, `catches_all` true for `_` or a bare name without a guard. A pattern of another form
    (classes, mappings, sequences) has neither values nor catches_all.
    """

    values: tuple[ExprT, ...]
    binds: tuple[str, ...]
    catches_all: bool
    guard: ExprT | None
    body: tuple[StmtT, ...]


class Match(Stmt, frozen=True, tag=True, array_like=True):
    """`match subject: cases`."""

    subject: ExprT
    cases: tuple[Case, ...]


class Jump(Stmt, frozen=True, tag=True, array_like=True):
    """`break` or `continue`."""

    kind: Literal["break", "continue"]


class Delete(Stmt, frozen=True, tag=True, array_like=True):
    """`del targets`."""

    targets: tuple[ExprT, ...]


class Scope(Stmt, frozen=True, tag=True, array_like=True):
    """`global names` or `nonlocal names`."""

    kind: Literal["global", "nonlocal"]
    names: tuple[str, ...]


class Assert(Stmt, frozen=True, tag=True, array_like=True):
    """`assert test`."""

    test: ExprT


StmtT = (
    Evaluate
    | Assign
    | Augment
    | Declare
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
    | Jump
    | Delete
    | Scope
    | Assert
)


class Ignore(msgspec.Struct, frozen=True, tag=True, array_like=True):
    """A `# wflint: ignore[codes] reason` comment.

    `line` is the comment's own line, from 1. `alone` is true where nothing else stands on that line; `file_wide`
    where it stands alone above the first statement. No codes means all of them.
    """

    at: At
    line: int
    codes: tuple[str, ...]
    reason: str
    alone: bool
    file_wide: bool


class Misread(msgspec.Struct, frozen=True, tag=True, array_like=True):
    """A comment that speaks to wflint and cannot be understood; `order` is what it says after `wflint:`."""

    at: At
    order: str


class Unread(msgspec.Struct, frozen=True, tag=True, array_like=True):
    """A part of a source that could not be read while the rest could: why, and the line and column of the module."""

    reason: str
    line: int
    column: int


class Summary(msgspec.Struct, frozen=True, tag=True, array_like=True):
    """A file, lowered. A pure function of its bytes.

    `lines` are the offsets at which lines begin; `doc` is the module's docstring.
    """

    body: tuple[StmtT, ...]
    lines: tuple[int, ...]
    ignores: tuple[Ignore, ...]
    doc: str | None
    misread: tuple[Misread, ...] = ()
    unread: tuple[Unread, ...] = ()

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset, both from 1."""
        from bisect import bisect_right

        line = bisect_right(self.lines, offset)
        return line, offset - self.lines[line - 1] + 1
