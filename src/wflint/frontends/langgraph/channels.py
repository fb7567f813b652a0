"""Fields that say themselves how they are kept: channels in `Annotated` (langgraph 1.2)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.values import Const, ExternalName, Object, Value, last_of
from wflint.frontends.langgraph.reducers import merged_fields
from wflint.model.contract import Field, Schema

MODULE: Final = "langgraph.channels."


class Channel(Struct, frozen=True):
    """A row: whether a field takes `several` values of one superstep, and is `fleeting`, there for the next one only.

    `begins` is true where it is there from the start, empty. `guard` is the argument that says that one value at a time
    is taken, `keeping` the one that keeps what there was.
    """

    several: bool = False
    begins: bool = False
    fleeting: bool = False
    guard: str | None = None
    keeping: str | None = None


CHANNELS: Final = {
    "AnyValue": Channel(several=True, fleeting=True),
    "Topic": Channel(several=True, fleeting=True, keeping="accumulate"),
    "EphemeralValue": Channel(fleeting=True, guard="guard"),
    "UntrackedValue": Channel(guard="guard"),
    "BinaryOperatorAggregate": Channel(several=True, begins=True),
    "DeltaChannel": Channel(several=True, begins=True),
    "NamedBarrierValue": Channel(several=True),
}


MANAGED: Final = frozenset({"RemainingSteps", "IsLastStep"})
"""Types of values that the framework fills in itself."""
MANAGERS: Final = frozenset({"RemainingStepsManager", "IsLastStepManager"})
"""What does so, where a type is written out."""


def channelled(interp: Interpreter, schemas: Iterable[Value | None], state: Schema) -> Schema:
    """A state whose fields are kept as the channels in their types say."""
    found = {field.name: field.metadata[-1] for field in merged_fields(interp, schemas) if not field.hidden}
    fields = (_kept(field, found[field.name]) if field.name in found else field for field in state.fields)
    return replace(state, fields=tuple(replace(f, preset=True) if is_managed(f) else f for f in fields))


def is_managed(field: Field) -> bool:
    """Whether the framework fills a field in, before each step."""
    return field.type in MANAGED


def _kept(field: Field, given: Value) -> Field:
    path = given.path if isinstance(given, Object | ExternalName) else None
    if path is not None and last_of(path) in MANAGERS:
        return replace(field, preset=True)
    row = CHANNELS.get(last_of(path)) if path is not None and path.startswith(MODULE) else None
    if path is None or row is None:
        return field
    open_to_all = row.several or _says(given, row.guard, at=1, word=False)
    fleeting = row.fleeting and not _says(given, row.keeping, at=1, word=True)
    return replace(field, reducer=last_of(path) if open_to_all else None, preset=row.begins, fleeting=fleeting)


def _says(given: Value, name: str | None, *, at: int, word: bool) -> bool:
    """Whether an argument of a channel says one thing, or something that is not known."""
    value = given.arguments.get(name, at) if name is not None and isinstance(given, Object) else None
    return value is not None and (not isinstance(value, Const) or value.value is word)
