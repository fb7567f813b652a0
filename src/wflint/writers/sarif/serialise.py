"""sarif-om objects as JSON values.

The object model knows the name of each property, but no writer that keeps what GitHub reads: a `level` of "warning"
is the format's default and yet must be there, since a rule may say otherwise.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol, cast

Json = str | int | float | bool | list["Json"] | dict[str, "Json"] | None
"""What `json` writes."""

SPOKEN_DEFAULTS = frozenset({"level"})
"""Properties that are written even where they have their default value."""


class _Field(Protocol):
    """What attrs tells about an attribute of a class."""

    name: str
    default: object
    metadata: Mapping[str, str]


def plain(value: object) -> Json:
    """`value` with every object of the model as a dict of its set properties, in the order of the schema's classes."""
    match value:
        case None | str() | int() | float():
            return value
        case list() | tuple():
            return [plain(item) for item in value]
        case dict():
            return {str(key): plain(item) for key, item in value.items()}
        case _:
            return _plain_object(value)


def _plain_object(value: object) -> dict[str, Json]:
    written: dict[str, Json] = {}
    for field in _fields(value):
        item = getattr(value, field.name)
        if item is None or (item == _default(field) and field.name not in SPOKEN_DEFAULTS):
            continue
        written[field.metadata["schema_property_name"]] = plain(item)
    return written


def _fields(value: object) -> tuple[_Field, ...]:
    try:
        return cast("tuple[_Field, ...]", value.__attrs_attrs__)  # type: ignore[attr-defined]
    except AttributeError:
        raise TypeError(f"{type(value).__name__} has no place in SARIF") from None


def _default(field: _Field) -> object:
    """What the attribute is when nobody sets it, also where each object gets a value of its own."""
    factory = getattr(field.default, "factory", None)
    return factory() if callable(factory) else field.default
