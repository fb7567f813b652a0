"""The code tree's expressions, and what all its nodes have in common."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

TextRange = tuple[int, int]
"""Start and end offset in characters, the end exclusive."""


class Node(Struct, frozen=True, tag=True, array_like=True):
    """Root of the tree."""

    at: TextRange


class Expr(Node, frozen=True, tag=True, array_like=True):
    """Something with a value."""


class Name(Expr, frozen=True, tag=True, array_like=True):
    """A name."""

    id: str


class Constant(Expr, frozen=True, tag=True, array_like=True):
    """A literal: text, number, boolean or None. Implicitly joined strings are one constant."""

    value: str | int | float | bool | None


class JoinedStr(Expr, frozen=True, tag=True, array_like=True):
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


class Keyword(Struct, frozen=True, tag=True, array_like=True):
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


class Pair(Struct, frozen=True, tag=True, array_like=True):
    """`key: value` in a dict display; a key of None is `**value`."""

    key: ExprT | None
    value: ExprT


class DictDisplay(Expr, frozen=True, tag=True, array_like=True):
    """A written-out dict."""

    pairs: tuple[Pair, ...]


class Generator(Struct, frozen=True, tag=True, array_like=True):
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


class IfExp(Expr, frozen=True, tag=True, array_like=True):
    """`body if test else orelse`."""

    test: ExprT
    body: ExprT
    orelse: ExprT


class NamedExpr(Expr, frozen=True, tag=True, array_like=True):
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


class Parameter(Struct, frozen=True, tag=True, array_like=True):
    """A parameter; `kind` is how it binds."""

    name: str
    kind: Literal["positional", "either", "keyword", "args", "kwargs"]
    annotation: ExprT | None
    default: ExprT | None
    at: TextRange


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
    | JoinedStr
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
    | IfExp
    | NamedExpr
    | Await
    | Yield
    | Lambda
    | Opaque
)
