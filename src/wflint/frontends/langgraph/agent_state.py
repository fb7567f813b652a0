"""The state, the input and the output of LangChain's agent: all that its own schema and its middleware declare."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from wflint.assembly.contracts.schemas import schema_of, union_of
from wflint.assembly.sequences import elements
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.types import bare
from wflint.evaluate.values import Const, ExternalName, Object, Value, last_of
from wflint.frontends.langgraph.ready_made import state_schema_of
from wflint.frontends.langgraph.reducers import merged_fields
from wflint.model.contract import Schema

KEPT_BACK: Final = {
    "OmitFromInput": ("input",),
    "OmitFromOutput": ("output",),
    "PrivateStateAttr": ("input", "output"),
}
"""What a mark in `Annotated` leaves a field out of."""


class AgentSchemas(Struct, frozen=True):
    """The fields that an agent keeps, those that a caller may give, and those that it hands out."""

    state: Schema
    input: Schema
    output: Schema


def agent_schemas(interp: Interpreter, builder: Object, base: Value | None) -> AgentSchemas | None:
    """Those of an agent with middleware, whose own schema is `base` and wins; None where none adds to it."""
    items = [entry.value for entry in elements(builder.content.get("middleware"))]
    added = [schema for item in items if (schema := state_schema_of(item)) is not None]
    values = [value for value in (base, *reversed(added)) if bare(value) is not None]
    schemas = [known for value in values if (known := schema_of(interp, value, builder.site)) is not None]
    if not added or not schemas:
        return None
    whole = union_of(schemas, schemas[0].name)
    if whole is None:
        return None
    whole = replace(whole, closed=whole.closed and len(schemas) == len(values))
    left_out = {(field.name, side) for field in merged_fields(interp, values) for side in _sides(field.metadata)}
    return AgentSchemas(whole, _without(whole, left_out, "input"), _without(whole, left_out, "output"))


def _sides(metadata: tuple[Value, ...]) -> Iterator[str]:
    """What the marks of a field leave it out of."""
    for mark in metadata:
        if isinstance(mark, ExternalName):
            yield from KEPT_BACK.get(last_of(mark.path), ())
        elif isinstance(mark, Object) and last_of(mark.path) == "OmitFromSchema":
            given = {side: mark.arguments.get(side, number) for number, side in enumerate(("input", "output"))}
            yield from (side for side, value in given.items() if value != Const(value=False))


def _without(whole: Schema, left_out: set[tuple[str, str]], side: str) -> Schema:
    return replace(whole, fields=tuple(field for field in whole.fields if (field.name, side) not in left_out))
