"""Reducers that the framework refuses, and those that it leaves out in silence (langgraph 1.2)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from wflint.assembly.contracts.schemas import is_inert, reducer_name
from wflint.assembly.signatures import parameters_of
from wflint.evaluate.class_values import Class, FieldDecl
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.types import UNIONS, annotation, bare, name_of
from wflint.evaluate.values import Function, Generic, Location, Value
from wflint.model.contract import Schema
from wflint.model.loss import Loss, LossKind
from wflint.model.span import Span
from wflint.model.workflow import Fault, FaultKind, Step

ARGUMENTS = 2
"""A reducer is given what was there and what is new."""


class Merged(Struct, frozen=True):
    """A field of a schema with what its `Annotated` type adds; `hidden` where that stands within a union."""

    name: str
    location: Location
    metadata: tuple[Value, ...]
    hidden: bool = False

    @property
    def span(self) -> Span:
        return self.location.span

    @property
    def is_rebound(self) -> bool:
        """Whether the name stands for a later definition by now, which is not what the class body found."""
        last = self.metadata[-1]
        if not isinstance(last, Function) or last.module is not self.location.module:
            return False
        return last.node.at[0] > self.location.at[0]


def refused_reducers(interp: Interpreter, schemas: Iterable[Value | None]) -> Iterator[Fault]:
    """Functions that take more or fewer than two arguments by position."""
    for field in merged_fields(interp, schemas):
        taken = parameters_of(field.metadata[-1]) if not field.is_rebound else None
        count = sum(each.kind in ("positional", "either") for each in taken) if taken is not None else None
        if count is not None and count != ARGUMENTS and not field.hidden:
            text = f'the reducer "{reducer_name(field.metadata[-1])}" of field "{field.name}"'
            why = f"it takes {count} arguments by position, and a reducer takes two; the graph does not build"
            yield Fault(FaultKind.REFUSED, text, field.span, detail=why)


def idle_reducers(interp: Interpreter, schemas: Iterable[Value | None]) -> Iterator[Loss]:
    """Reducers that something else follows in `Annotated`, or that stand within `Optional`."""
    for field in merged_fields(interp, schemas):
        names = [name for item in field.metadata if (name := reducer_name(item)) is not None]
        if names and (field.hidden or is_inert(field.metadata[-1])):
            yield Loss(
                LossKind.REDUCER,
                f'the reducer "{names[-1]}" of field "{field.name}"',
                field.span,
                "is left out: only the last item of an `Annotated` that is the field's whole type counts",
                "make `Annotated` the outermost type, and the reducer its last item",
            )


def stored_wrappers(steps: Iterable[Step], state: Schema) -> Iterator[Loss]:
    """Fields without a reducer that a step overwrites: what readers find there is the `Overwrite` itself."""
    for step in steps:
        for offer in step.offers:
            field = state.field(offer.name)
            if offer.replaces and field is not None and field.reducer is None and state.closed:
                yield Loss(
                    LossKind.REDUCER,
                    f'the `Overwrite` of field "{offer.name}"',
                    offer.span,
                    "is stored as it is: the field has no reducer that it would pass by",
                    "return the plain value",
                    field.span,
                    step.id,
                )


def merged_fields(interp: Interpreter, schemas: Iterable[Value | None]) -> Iterator[Merged]:
    """The fields of some schemas with what their `Annotated` types add."""
    seen: set[int] = set()
    for schema in schemas:
        cls = bare(schema)
        if not isinstance(cls, Class) or cls.location.module.stub:
            continue
        for declared in cls.declared().values():
            if id(declared) not in seen:
                seen.add(id(declared))
                yield from _field(interp, declared)


def _field(interp: Interpreter, declared: FieldDecl) -> Iterator[Merged]:
    type_ = annotation(interp, declared.annotation, declared.scope, declared.location.module)
    while isinstance(type_, Generic) and name_of(type_.base) in ("Required", "NotRequired") and type_.arguments:
        type_ = type_.arguments[0]
    hidden = isinstance(type_, Generic) and name_of(type_.base) in UNIONS
    options = type_.arguments if hidden and isinstance(type_, Generic) else (type_,)
    for option in options:
        match option:
            case Generic(base=base, arguments=(_, *metadata)) if metadata and name_of(base) == "Annotated":
                yield Merged(declared.name, declared.location, tuple(metadata), hidden)
            case _:
                pass
