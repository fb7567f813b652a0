"""What a step is handed as one value: the type that its code declares, and the parts of it that the code uses."""

from __future__ import annotations

from wflint.assembly.contracts.effects import part_read
from wflint.assembly.contracts.shapes import shape_of
from wflint.assembly.function_summary import FunctionSummary
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.values import InputSource, Value
from wflint.model.contract import Part, TypedInput


def typed_input(interp: Interpreter, summary: FunctionSummary) -> TypedInput:
    """The input of the code, as it is."""
    return TypedInput(shape_of(summary.input_type, interp), parts_used(summary, summary.root))


def typed_input_as(interp: Interpreter, summary: FunctionSummary, kind: str, type_: Value | None) -> TypedInput:
    """A value of a type that the code is handed in a context, tracked as an input of its own kind."""
    roots = dict.fromkeys(access.symbol.root for access in summary.accesses if access.symbol.root.kind == kind)
    return TypedInput(shape_of(type_, interp), tuple(part for root in roots for part in parts_used(summary, root)))


def parts_used(summary: FunctionSummary, root: InputSource) -> tuple[Part, ...]:
    """The parts of a tracked value that the code cannot do without."""
    found = (part_read(access, 0) for access in summary.accesses if access.symbol.root is root)
    return tuple(part for part in found if part is not None)
