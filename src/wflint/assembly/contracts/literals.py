"""The values that a type lists."""

from __future__ import annotations

import ast

from wflint.source.python_parser import expression_in

Plain = str | int | bool


def listed_values(type_: str | None) -> tuple[Plain, ...]:
    """Those of `Literal[...]`; none where it is another type, or lists anything else."""
    try:
        node = expression_in(type_ or "None")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ()
    match node:
        case ast.Subscript(value=ast.Name(id="Literal"), slice=ast.Tuple(elts=items)):
            values = [item.value for item in items if isinstance(item, ast.Constant)]
            plain = tuple(value for value in values if isinstance(value, str | int))
            return plain if len(plain) == len(items) else ()
        case _:
            return ()
