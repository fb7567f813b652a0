"""What code keeps for the run through its context, and asks it for."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from wflint.assembly.contracts.compared_counts import comparison_of
from wflint.assembly.contracts.fixed_numbers import fixed_number
from wflint.assembly.contracts.stale_writes import stale_writes
from wflint.assembly.function_summary import FunctionSummary
from wflint.evaluate.events import LibraryCall
from wflint.evaluate.values import NONE, Location, text_of
from wflint.model.conduct import StaleWrite
from wflint.model.kept_value import KeptValue
from wflint.source.code import FunctionDef


def kept_values(summary: FunctionSummary, setting: tuple[str, ...], asking: tuple[str, ...]) -> Iterator[KeptValue]:
    """Every such call by the names of its methods, the key before all other arguments."""
    for call in summary.calls:
        is_set = call.method in setting
        if is_set or call.method in asking:
            key = text_of(call.get("key", 0) or NONE)
            copes = not is_set and call.get("default", 1) not in (None, NONE)
            yield with_count(summary, call, KeptValue(key, call.span, is_set, call.certain, copes))


def stale_kept(summary: FunctionSummary, setting: tuple[str, ...], asking: tuple[str, ...]) -> Iterator[StaleWrite]:
    """What the step's own code sets to what it made of the value that it asked for before it waited."""
    node, module = summary.function.node, summary.function.module
    if not isinstance(node, FunctionDef):
        return
    own = (each for each in summary.calls if each.location.module is module)
    keyed = {
        each.location.at: text_of(each.get("key", 0) or NONE) for each in own if each.method in (*setting, *asking)
    }
    for key, read, at in stale_writes(node.body, lambda value: keyed.get(value.at), setting):
        yield StaleWrite(key, Location(module, at).span, Location(module, read).span)


def with_count(summary: FunctionSummary, call: LibraryCall, value: KeptValue) -> KeptValue:
    """The same, with what the code does with it as a count: what it sets, or what it compares it with."""
    if value.is_set:
        given = call.get("value", 1)
        return replace(value, fixed=fixed_number([given]) if given is not None else None)
    node, module = summary.function.node, summary.function.module
    own = isinstance(node, FunctionDef) and call.location.module is module
    at = comparison_of(node.body, call.location.at) if isinstance(node, FunctionDef) and own else None
    return replace(value, compared=Location(module, at).span if at is not None else None)
