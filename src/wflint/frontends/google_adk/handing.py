"""What nodes hand to the next one, and what those take: the framework turns away what is of another kind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum

from msgspec import Struct

from wflint.assembly.agents import part
from wflint.assembly.contracts.checks import is_validating
from wflint.assembly.function_summary import FunctionSummary
from wflint.evaluate.class_values import Class
from wflint.evaluate.types import bare, show
from wflint.evaluate.values import NONE, Const, Object, Sequence, Text, Value
from wflint.evaluate.values import Mapping as Dict
from wflint.frontends.google_adk.refusals import Way
from wflint.model.span import Span
from wflint.model.workflow import Fault, FaultKind


class Kind(StrEnum):
    """A kind of value that no other kind is made of."""

    TEXT = "a text"
    DICT = "a dict"
    LIST = "a list"


DECLARED = {"str": Kind.TEXT, "dict": Kind.DICT, "list": Kind.LIST}


class DeclaredInput(Struct, frozen=True):
    """The kind of value that a node declares to take, and where."""

    kind: Kind
    span: Span


def taken(type_: Value | None, span: Span) -> DeclaredInput | None:
    """What a declared type takes; None where it may take several kinds, or is not known."""
    if isinstance(bare(type_), Class):
        cls = bare(type_)
        return DeclaredInput(Kind.DICT, span) if isinstance(cls, Class) and is_validating(cls) else None
    kind = DECLARED.get((show(type_) or "").partition("[")[0])
    return DeclaredInput(kind, span) if kind is not None else None


def returned(summary: FunctionSummary | None) -> Kind | None:
    """What code hands on, where every end of it returns the same kind; an object of a model becomes a dict."""
    kinds = {_kind(site.value) for site in summary.returns} if summary is not None and summary.complete else set()
    return kinds.pop() if len(kinds) == 1 else None


def handed_by(agent: Object) -> Kind | None:
    """What an agent hands on: its words, or the dict of the form that it answers in."""
    schema = part(agent, "output_schema")
    if schema in (None, NONE):
        return Kind.TEXT if not agent.arguments.open else None
    return Kind.DICT if isinstance(schema, Class) and is_validating(schema) else None


def _kind(value: Value) -> Kind | None:
    match value:
        case Const(value=str()) | Text():
            return Kind.TEXT
        case Dict():
            return Kind.DICT
        case Sequence():
            return Kind.LIST
        case Object(cls=Class() as cls) if is_validating(cls):
            return Kind.DICT
        case _:
            return None


def turned_away(
    ways: list[Way], hands: Mapping[str, Kind | None], takes: Mapping[str, DeclaredInput | None]
) -> Iterator[Fault]:
    """Edges along which a node is handed another kind of value than it declares."""
    for way in ways:
        given, wanted = hands.get(way.source), takes.get(way.target)
        if given is not None and wanted is not None and given is not wanted.kind:
            subject = f'{given} of "{way.source}" as the input of "{way.target}"'
            why = f"it declares to take {wanted.kind}; the run fails"
            yield Fault(FaultKind.REFUSED, subject, wanted.span, way.location.span, why)
