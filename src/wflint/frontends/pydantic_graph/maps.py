"""Edges of the builder that fail when they are taken, or never are (pydantic-graph 2.68)."""

from __future__ import annotations

from collections.abc import Iterator

from wflint.assembly.coded_step import returned_type
from wflint.evaluate.expressions.inline_call import function_of
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.types import bare, name_of, show
from wflint.evaluate.values import NONE, Object, Value, last_of
from wflint.frontends.pydantic_graph.table import STEP
from wflint.model.fault import Fault, FaultKind
from wflint.model.loss import Loss, LossKind
from wflint.model.span import Span

SINGLE = frozenset({"int", "float", "bool", "complex"})
"""Types of single values, which have no items."""


def unmappable(interp: Interpreter, path: Object, sources: tuple[Value, ...]) -> Iterator[Fault]:
    """Maps of what steps give that is no collection, as their annotations say."""
    if not _is_plain_map(path):
        return
    for source in sources:
        code = source.content.get("function") if isinstance(source, Object) and source.path == STEP else None
        function = function_of(code) if code is not None else None
        type_ = bare(returned_type(interp, function)) if function is not None else None
        if function is not None and type_ is not None and (type_ == NONE or name_of(type_) in SINGLE):
            why = f"it gives {show(type_) or 'None'}, which has no items; the run fails"
            yield Fault(FaultKind.REFUSED, f'a map of what step "{function.name}" gives', path.site.span, detail=why)


def _is_plain_map(path: Object) -> bool:
    """Whether a path maps just what it begins with."""
    methods: list[str] = []
    part: Value | None = path
    while isinstance(part, Object):
        methods.append(last_of(part.path))
        part = part.receiver
    return "map" in methods and "transform" not in methods


def beyond_the_end(span: Span) -> Loss:
    """An edge out of the end of a graph."""
    return Loss(LossKind.ROUTE, "the edge out of the end", span, "is never taken: the run is over", "take it out")
