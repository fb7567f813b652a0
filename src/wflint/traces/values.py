"""Values of OTLP/JSON attributes, decoded when somebody asks for them."""

from __future__ import annotations

import msgspec
from msgspec import Raw, Struct

from wflint.traces.content import LARGEST, look_at_answer, look_at_text
from wflint.traces.draft import MODEL, Draft

NONE = Raw(b"")
_PRESENT = "(not read: too long)"
_TELLING = 100
"""An answer of more bytes is no word that stands for hidden content."""


class _Value(Struct, gc=False):
    stringValue: str | None = None  # noqa: N815 (the wire's names)
    intValue: str | int | None = None  # noqa: N815
    boolValue: bool | None = None  # noqa: N815
    doubleValue: float | str | None = None  # noqa: N815
    arrayValue: Raw = NONE  # noqa: N815
    kvlistValue: Raw = NONE  # noqa: N815


_VALUE = msgspec.json.Decoder(_Value)


def value_of(raw: Raw) -> object:
    """The value of an attribute as Python has it; what is too long to look at only stands for itself."""
    if len(raw) > LARGEST:
        return _PRESENT
    try:
        value = _VALUE.decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
    if value.stringValue is not None:
        return value.stringValue
    if value.intValue is not None:
        return value.intValue
    if value.boolValue is not None:
        return value.boolValue
    if value.doubleValue is not None:
        return value.doubleValue
    return plain(decoded(bytes(raw)))


def take_result(draft: Draft) -> None:
    """Look into a result; of a model's answer it is enough to know that there is one."""
    raw = draft.returned
    draft.returned = None
    if raw is None or draft.result is not None:
        return
    if draft.kind == MODEL and len(raw) > _TELLING:
        look_at_answer(draft)
        return
    value = value_of(raw)
    if not isinstance(value, str) or not look_at_text(draft, value):
        draft.result = value


def plain(wrapped: object) -> object:
    """A value of any kind, lists and mappings included."""
    if not isinstance(wrapped, dict):
        return wrapped
    for kind, value in wrapped.items():
        match kind:
            case "arrayValue" if isinstance(value, dict):
                return [plain(item) for item in value.get("values", ()) or ()]
            case "kvlistValue" if isinstance(value, dict):
                pairs = value.get("values", ()) or ()
                return {item.get("key"): plain(item.get("value")) for item in pairs if isinstance(item, dict)}
            case _:
                return value
    return None


def decoded(raw: bytes) -> object:
    """What bytes of JSON stand for, None where they are none."""
    try:
        return msgspec.json.decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
