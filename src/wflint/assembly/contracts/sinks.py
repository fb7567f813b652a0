"""Whether a step's code shows or stores what its model answers, so that it is of use although no step reads it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from wflint.assembly.contracts.models import asks
from wflint.assembly.function_summary import FunctionSummary
from wflint.evaluate.answers import Answer
from wflint.evaluate.values import (
    ExternalAttribute,
    Location,
    Mapping,
    Object,
    RepeatedElement,
    Sequence,
    Text,
    TrackedValue,
    Union,
    Unknown,
    Value,
)

SINKS: Final = frozenset(
    {
        "print", "write", "write_text", "write_bytes", "writelines", "dump", "save", "to_csv", "to_json", "send",
        "send_message", "send_text", "post", "put", "upload", "publish", "emit", "insert", "insert_one", "insert_many",
        "add", "add_texts", "add_documents", "upsert", "commit", "execute", "set", "append_row", "display", "markdown",
        "debug", "info", "warning", "error", "log", "success",
    }
)  # fmt: skip
"""Methods and functions of libraries by which something gets out of a step."""
WRITING: Final = frozenset({"set", "nested"})
"""Uses of the input that change it."""
DEEPEST: Final = 6


def reaches_sink(summary: FunctionSummary | None) -> bool:
    """Whether an answer, or something made of one, goes into a call that shows or stores it."""
    if summary is None:
        return False
    asked = frozenset(call.location for call in summary.calls if asks(call))
    outlets = (call for call in summary.calls if call.method in SINKS and call.location not in asked)
    return _is_in((argument for call in outlets for argument in call.arguments), summary)


def hands_on(summary: FunctionSummary | None) -> bool:
    """Whether an answer is returned, where a framework gives what is returned to whoever comes next."""
    return summary is not None and _is_in((site.value for site in summary.returns), summary)


def _is_in(values: Iterable[Value], summary: FunctionSummary) -> bool:
    """Whether one of some values has an answer in it that the code was given."""
    asked = frozenset(call.location for call in summary.calls if asks(call))
    sets = frozenset(access.symbol for access in summary.accesses if access.mode in WRITING)
    return any(_holds(value, asked, sets, DEEPEST) for value in values)


def _holds(value: Value, asked: frozenset[Location], sets: frozenset[TrackedValue], depth: int) -> bool:
    """Whether a value is, or has in it, an answer of a model that was asked at one of these places.

    So may a field of the input that the code has set before.
    """
    if not depth:
        return False
    match value:
        case TrackedValue(root=root):
            return value in sets or isinstance(root, Answer)
        case Object(location=location) if location in asked:
            return True
        case _:
            return any(_holds(part, asked, sets, depth - 1) for part in _parts(value))


def _parts(value: Value) -> list[Value]:
    match value:
        case Text(parts=parts) | Union(options=parts):
            return [*parts]
        case ExternalAttribute(receiver=inner) | RepeatedElement(value=inner):
            return [inner]
        case Object(receiver=receiver, arguments=arguments):
            return [*arguments, *([receiver] if receiver is not None else [])]
        case Sequence(content=items):
            return [*items]
        case Mapping(content=entries):
            return [*entries.values()]
        case Unknown(depends_on=sources):
            return [*sources]
        case _:
            return []
