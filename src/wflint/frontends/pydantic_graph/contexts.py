"""What the code of a step asks of its context, and cannot make of what it returns (pydantic-graph 2.68)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from wflint.assembly.coded_step import parameter_type
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.types import name_of
from wflint.evaluate.values import Function, Generic, Location, last_of
from wflint.frontends.pydantic_graph.nodes import ReadNode, unmade
from wflint.model.loss import Loss, LossKind
from wflint.source.code import Attribute, Name, Parameter
from wflint.source.walking import nodes_in

PARTS: Final = {"StepContext": ("state", "deps", "inputs"), "GraphRunContext": ("state", "deps")}
"""What each class of contexts has."""


def failing_code(interp: Interpreter, name: str, read: ReadNode) -> Iterator[Loss]:
    """What a step returns and cannot make, and what it asks of its context, which has no such part."""
    yield from unmade(name, read)
    function = read.summary.function if read.summary is not None else None
    for parameter in function.node.parameters if function is not None else ():
        if function is not None:
            yield from _absent(interp, name, function, parameter)


def _absent(interp: Interpreter, name: str, function: Function, parameter: Parameter) -> Iterator[Loss]:
    type_ = parameter_type(interp, function, parameter)
    kind = last_of(name_of(type_.base if isinstance(type_, Generic) else type_))
    for node in nodes_in((function.node,)) if kind in PARTS else ():
        match node:
            case Attribute(value=Name(id=held), name=part) if held == parameter.name and not _has(kind, part):
                yield Loss(
                    LossKind.ABSENT,
                    f'step "{name}"',
                    Location(function.module, node.at).span,
                    f'reads "{part}" of its context, which has no such part: the run fails',
                    "it has " + " and ".join(f"`{each}`" for each in PARTS[kind]),
                    function.location.span,
                    name,
                )
            case _:
                pass


def _has(kind: str, part: str) -> bool:
    """Whether a context has a part, be it one that every object has."""
    return part in PARTS[kind] or part.startswith("_")
