"""Edges of the builder that fail when they are taken, or never are (pydantic-graph 2.68)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from operator import itemgetter

from msgspec import Struct

from wflint.assembly.coded_step import returned_type
from wflint.evaluate.expressions.inline_call import function_of
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.types import bare, name_of, show
from wflint.evaluate.values import NONE, Object, RepeatedElement, Value, last_of
from wflint.evaluate.values import Sequence as Row
from wflint.frontends.pydantic_graph.nodes import ReadNode
from wflint.frontends.pydantic_graph.table import STEP
from wflint.model.contract import Certainty
from wflint.model.fault import Fault, FaultKind
from wflint.model.grouping import grouped
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


class MappingEdge(Struct, frozen=True):
    """An edge that maps what its source gives, and where that is written."""

    source: str
    target: str
    span: Span


def empty_maps(
    maps: Sequence[MappingEdge], edges: Collection[tuple[str, str]], joins: set[str], read: Mapping[str, ReadNode]
) -> Iterator[Loss]:
    """Joins behind a map that do not run where its list is empty."""
    leaving = grouped((edge for edge in edges if edge[0] not in joins), itemgetter(0)) if maps else {}
    for mapped in maps:
        found, pending = {mapped.target}, [mapped.target]
        while pending:
            more = {target for _, target in leaving.get(pending.pop(), ())} - found
            found |= more
            pending += more
        source = read.get(mapped.source)
        behind = sorted(found & joins)
        if behind and not (source is not None and _is_never_empty(source)):
            yield Loss(
                LossKind.JOIN,
                f'join "{behind[0]}"',
                mapped.span,
                "never runs where the list that is mapped is empty: a run that ends behind it fails",
                "pass `downstream_join_id` to the map",
                step=behind[0],
                certainty=Certainty.POSSIBLE,
            )


def _is_never_empty(read: ReadNode) -> bool:
    """Whether a step returns lists only that are written out with something in them."""
    values = [site.value for site in read.summary.returns] if read.summary is not None else []
    filled = [
        each
        for each in values
        if isinstance(each, Row) and any(not isinstance(i, RepeatedElement) for i in each.content)
    ]
    return bool(values) and len(filled) == len(values)
