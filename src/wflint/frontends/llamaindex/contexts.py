"""What a step may not do with its context, and what it does again when it is tried again (workflows 2.26)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from wflint.assembly.contracts.side_effects import may_fail
from wflint.evaluate.events import LibraryCall
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.values import Location, Object, Value
from wflint.frontends.llamaindex.releases import STORED
from wflint.frontends.llamaindex.steps import FlowStep
from wflint.frontends.llamaindex.stores import EDITING, contexts_of, is_store_of
from wflint.model.conduct import SideEffect
from wflint.model.span import Span
from wflint.model.workflow import Fault, FaultKind
from wflint.source import code
from wflint.source.walking import nodes_in

OUTSIDE: Final = frozenset({"stream_events", "running_steps"})
"""Methods of a context for those who run the workflow."""
KEPT: Final = frozenset({"set", "get"})
"""Methods of the store, which the context itself had before 2.0."""
WRITERS: Final = frozenset({"set", "set_state", "clear", EDITING})
SEND: Final = "send_event"


def refused_contexts(interp: Interpreter, step: FlowStep) -> Iterator[Fault]:
    """Calls of a context that only those who run the workflow may make, and writes within an edit of the state."""
    contexts, told = contexts_of(interp, step), False
    for call in step.summary.calls if step.summary is not None and step.summary.complete else ():
        if call.method in OUTSIDE and _is_context(call.receiver, contexts):
            text = f'`{call.method}` of the context in step "{step.name}"'
            yield _refused(text, call.span, "it is for those who run the workflow")
        is_kept = call.method in KEPT and isinstance(call.receiver, Object) and _is_context(call.receiver, contexts)
        if is_kept and not told:
            told = True  # the first one speaks for all of the step
            fault = _refused(f'`{call.method}` of the context in step "{step.name}"', call.span, "its `store` has that")
            yield from STORED.fault(interp, fault)
        if call.method == "run" and _is_flow(call.receiver) and _is_context(call.get("ctx"), contexts):
            text = f'the context of step "{step.name}" for another run'
            yield _refused(text, call.span, "the inner workflow has a context of its own")
    for edit, writer in _nested_writes(step.function.node):
        where = step.function.module.span(writer.at)
        text = f'a write to the store within an edit of the state in step "{step.name}"'
        why = "set attributes of what `edit_state` gives instead"
        yield _refused(text, where, why, step.function.module.span(edit.at))


def _is_context(value: Value | None, contexts: set[Location]) -> bool:
    return value is not None and is_store_of(value, contexts)


def _is_flow(value: Value | None) -> bool:
    """Whether something is a workflow whose class the source has."""
    return (
        isinstance(value, Object)
        and value.cls is not None
        and any(path.endswith(".Workflow") for path in value.cls.libraries())
    )


def _nested_writes(node: code.Node) -> Iterator[tuple[code.With, code.Call]]:
    """Calls that write to a store, within a block that edits the state of the same one."""
    for each in nodes_in((node,)):
        edited = [_store(item.context) for item in each.items] if isinstance(each, code.With) else []
        stores = {store for store, method in filter(None, edited) if method == EDITING}
        if isinstance(each, code.With) and stores:
            for call in (inner for inner in nodes_in(each.body) if isinstance(inner, code.Call)):
                found = _store(call)
                if found is not None and found[0] in stores and found[1] in WRITERS:
                    yield each, call


def _store(call: code.ExprT) -> tuple[str, str] | None:
    """The name of the context whose store is called, and the method."""
    match call:
        case code.Call(func=code.Attribute(value=code.Attribute(value=code.Name(id=name), name="store"), name=method)):
            return name, method
        case _:
            return None


def sent_again(step: FlowStep) -> tuple[SideEffect, ...]:
    """Events that a step sends before it may fail: they are sent again when it is tried again."""
    calls = step.summary.calls if step.summary is not None and step.summary.complete and step.retries else ()
    found = (_sent(step, call, calls[number + 1 :]) for number, call in enumerate(calls) if call.method == SEND)
    return tuple(effect for effect in found if effect is not None)


def _sent(step: FlowStep, call: LibraryCall, later: Iterable[LibraryCall]) -> SideEffect | None:
    failing = next((other.span for other in later if may_fail(other)), None)
    module = step.function.module
    raised = (each for each in nodes_in((step.function.node,)) if isinstance(each, code.Raise))
    after = failing or next((module.span(each.at) for each in raised if each.at[0] > call.location.at[0]), None)
    return SideEffect(SEND, call.span, likely=True, followed=after) if after is not None else None


def _refused(subject: str, span: Span, why: str, other: Span | None = None) -> Fault:
    return Fault(FaultKind.REFUSED, subject, span, other, f"the run fails: {why}")
