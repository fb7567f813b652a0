"""Steps of the builder that are handed something else than their context says they take (pydantic-graph 2.68)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from wflint.assembly.coded_step import parameter_type, returned_type
from wflint.assembly.type_fit import LIST, known_kind, never_fits
from wflint.evaluate.expressions.inline_call import function_of
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.types import bare, name_of, show
from wflint.evaluate.values import Function, Generic, Object, Value
from wflint.frontends.pydantic_graph.table import STEP
from wflint.model.contract import Certainty
from wflint.model.loss import Loss, LossKind
from wflint.model.workflow import Edge

CONTEXT = "StepContext"
INPUTS = 2
"""Which of the context's type arguments is what a step takes."""


def misfits(interp: Interpreter, edges: Iterable[Edge], known: Mapping[str, Value]) -> Iterator[Loss]:
    """The edges from one step to the next along which nothing comes that the next one takes."""
    for edge in edges:
        giving, taking = (_function(known.get(name)) for name in (edge.source, edge.target))
        if giving is None or taking is None or edge.reworked or edge.choice is not None:
            continue
        given, taken = bare(returned_type(interp, giving)), _taken(interp, taking)
        if edge.fan_out:
            given = _item(given)
        if given is None or taken is None or edge.certainty is not Certainty.CERTAIN or not never_fits(given, taken):
            continue
        whole = known_kind(given) == LIST and not edge.fan_out and not never_fits(_item(given) or given, taken)
        shown = "each item of what" if edge.fan_out else "what"
        yield Loss(
            LossKind.ABSENT,
            f'step "{edge.target}"',
            edge.span,
            f'takes {show(taken)}, but {shown} "{edge.source}" returns is {show(given)}',
            "put `map()` on the edge" if whole else "convert it on the way, or connect another step",
            taking.location.span,
            edge.target,
        )


def _function(node: Value | None) -> Function | None:
    made = node.content.get("function") if isinstance(node, Object) and node.path == STEP else None
    return function_of(made) if isinstance(made, Object | Function) else None


def _taken(interp: Interpreter, function: Function) -> Value | None:
    """What the context of a step's function says that it is handed."""
    parameter = next(iter(function.node.parameters), None)
    type_ = parameter_type(interp, function, parameter)
    known = isinstance(type_, Generic) and name_of(type_.base) == CONTEXT and len(type_.arguments) > INPUTS
    return bare(type_.arguments[INPUTS]) if known and isinstance(type_, Generic) else None


def _item(type_: Value | None) -> Value | None:
    """The type of the items of a list."""
    listed = isinstance(type_, Generic) and known_kind(type_) == LIST and len(type_.arguments) == 1
    return bare(type_.arguments[0]) if listed and isinstance(type_, Generic) else None
