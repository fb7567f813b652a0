"""What decorators and runs refuse in single steps (llama-index-workflows 2.26)."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from wflint.assembly.coded_step import parameter_type, returned_type
from wflint.assembly.contracts.schemas import schema_of
from wflint.assembly.sequences import elements, is_known, is_unset
from wflint.evaluate.class_values import Class
from wflint.evaluate.events import LibraryCall
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.types import bare, name_of
from wflint.evaluate.values import Const, Generic, Mapping, alternatives, text_of
from wflint.frontends.llamaindex.contexts import refused_contexts
from wflint.frontends.llamaindex.events import FAILED, event_of
from wflint.frontends.llamaindex.releases import ONE_STATE
from wflint.frontends.llamaindex.steps import FlowStep, argument
from wflint.model.span import Span
from wflint.model.workflow import Fault, FaultKind
from wflint.source.code import FunctionDef

YIELDING = frozenset({"AsyncIterator", "AsyncGenerator", "AsyncIterable", "Iterator", "Generator"})
PLAIN = {str: "a text", int: "a number", float: "a number", bool: "a truth value"}


def refused_signatures(interp: Interpreter, steps: list[FlowStep]) -> Iterator[Fault]:
    """Steps whose decorator refuses them, and those that return what is no event."""
    yield from _states(interp, steps)
    for step in steps:
        yield from _decorated(step)
        yield from _parameters(step)
        yield from _context(interp, step)
        yield from _yielding(interp, step)
        yield from _no_event(step)
        yield from refused_contexts(interp, step)
        if step.outside and argument(step, "workflow") is None and step.function.scope.parent is None:
            why = "outside of a class it needs `@step(workflow=...)`"
            yield _refused(f'step "{step.name}"', step.span, why)


def _decorated(step: FlowStep) -> Iterator[Fault]:
    node = step.function.node
    if isinstance(node, FunctionDef) and node.returns is None and len(step.function.unmodelled_decorators) == 1:
        yield _refused(f'step "{step.name}", which has no return annotation', step.span)
    workers = argument(step, "num_workers")
    if isinstance(workers, Const) and isinstance(workers.value, int) and workers.value < 1:
        yield _refused(f'step "{step.name}", which has no workers', step.span)
    if step.catches:
        recoveries = argument(step, "max_recoveries")
        if isinstance(recoveries, Const) and isinstance(recoveries.value, int) and recoveries.value < 1:
            yield _refused(f'step "{step.name}", which never recovers', step.span, "`max_recoveries` is 1 or more")
        if not step.accepts.open and [event.name for event in step.accepts.events] != [FAILED]:
            yield _refused(f'step "{step.name}" as a handler of failures', step.span, f"it has to take a {FAILED}")


def _context(interp: Interpreter, step: FlowStep) -> Iterator[Fault]:
    """A class of the state that cannot be made of nothing, and parameters of which none may be an event."""
    types = [
        parameter_type(interp, step.function, each) for each in step.function.node.parameters if each.name != "self"
    ]
    for type_ in map(bare, types):
        held = type_.arguments[0] if isinstance(type_, Generic) and name_of(type_.base) == "Context" else None
        inner = bare(held)
        schema = schema_of(interp, inner, step.function.location) if isinstance(inner, Class) else None
        lacking = [entry for entry in schema.fields if not entry.preset] if schema is not None else []
        if schema is not None and schema.closed and schema.validates and lacking:
            why = f'it is made of nothing, and needs "{lacking[0].name}"; give the field a default'
            yield _refused(f"the state {schema.name} of a workflow", step.span, why, lacking[0].span)
    if step.taken_in and len(step.function.unmodelled_decorators) == 1:
        own = [each for each in step.function.node.parameters if each.name != "self"]
        for parameter, type_ in zip(own, types, strict=True):
            if parameter.kind == "either" and parameter.default is None and name_of(type_) in NO_EVENTS:
                why = f'nobody hands it "{parameter.name}": the run fails'
                yield _refused(f'step "{step.name}", which takes more than events', step.span, why)
    plain = [name_of(bare(type_)) in NO_EVENTS for type_ in types]
    if not step.taken_in and all(plain) and len(step.function.unmodelled_decorators) == 1:
        yield _refused(f'step "{step.name}", which takes no event', step.span, "annotate a parameter with one")


def _states(interp: Interpreter, steps: list[FlowStep]) -> Iterator[Fault]:
    """Two classes of the state of which none is made from the other."""
    held = [
        (bare(type_.arguments[0]), step)
        for step in steps
        for parameter in step.function.node.parameters
        if isinstance(type_ := bare(parameter_type(interp, step.function, parameter)), Generic)
        and name_of(type_.base) == "Context"
    ]
    classes = {cls: step for cls, step in reversed(held) if isinstance(cls, Class)}
    for cls, step in classes.items():
        other = next((each for each in classes if cls not in each.lineage() and each not in cls.lineage()), None)
        if other is not None:
            text = f"{cls.name} and {other.name} as states of one workflow"
            fault = _refused(text, step.span, "one of them has to be made from the other: the run fails")
            yield from ONE_STATE.fault(interp, fault)
            return


NO_EVENTS = frozenset({"str", "int", "float", "bool", "dict", "bytes"})
"""Types of parameters that are certainly no events."""


def _parameters(step: FlowStep) -> Iterator[Fault]:
    """Several parameters that take events: each is one event then."""
    if len(step.taken_in) < 2 or step.catches:  # noqa: PLR2004 (one parameter may be anything)
        return
    if any(named.several for named in step.taken_in):
        why = "a list of events is the only one that a step takes"
        yield _refused(f'step "{step.name}", which takes a list and other events', step.span, why)
    elif any(len(named.events) > 1 for named in step.taken_in):
        why = "each of several parameters is one class of events"
        yield _refused(f'step "{step.name}", which waits for one event or another', step.span, why)


def _yielding(interp: Interpreter, step: FlowStep) -> Iterator[Fault]:
    """Steps that yield events."""
    node = step.function.node
    type_ = bare(returned_type(interp, step.function))
    named = isinstance(type_, Generic) and name_of(type_.base) in YIELDING and name_of(type_.base).startswith("Async")
    if isinstance(node, FunctionDef) and len(step.function.unmodelled_decorators) == 1 and (node.yields or named):
        why = "return a list, or send events through the context"
        yield _refused(f'step "{step.name}", which yields events', step.span, why)


def _no_event(step: FlowStep) -> Iterator[Fault]:
    """Plain values that a step returns, and one event where only lists are declared."""
    if len(step.function.unmodelled_decorators) != 1:
        return
    for site in step.summary.returns if step.summary is not None else ():
        value = site.value
        where = (site.location or step.function.location).span
        plain = isinstance(value, Const) and type(value.value) in PLAIN
        if (plain or isinstance(value, Mapping)) and site.certain:
            what = PLAIN[type(value.value)] if isinstance(value, Const) else "a dict"
            yield _refused(f'step "{step.name}", which returns {what}', where, "the run fails: it has to be an event")
    for given in step.given if step.returns.several and not step.returns.open else ():
        if not given.sent and not given.listed and given.event in step.returns.only_listed:
            why = f"the run fails: its annotation has {given.event.name} in a list only"
            yield _refused(f'step "{step.name}", which returns one event', given.location.span, why)


def refused_addresses(steps: list[FlowStep]) -> Iterator[Fault]:
    """Events that are sent to a step which is not there, or does not take them."""
    names = {step.name: step for step in steps}
    for step in steps:
        for call in step.summary.calls if step.summary is not None else ():
            if call.method == "send_event":
                yield from _addressed(call, names)


def _addressed(call: LibraryCall, names: dict[str, FlowStep]) -> Iterator[Fault]:
    """What an event that is sent to one of several steps, depending on something, may be sent to in vain."""
    events = [event_of(value) for value in alternatives(call.get("message", 0))]
    given = alternatives(call.get("step", 1))
    for name in dict.fromkeys(map(text_of, given)) if None not in events else ():
        target = names.get(name) if name is not None else None
        lost = [event for event in events if event is not None and target is not None and not target.takes(event)]
        if name is not None and (target is None or (lost and len(lost) == len(events) and not target.accepts.open)):
            shown = lost[0].name if lost else "an event"
            why = "that step does not take it" if lost else "there is no step of that name"
            fault = _refused(f'{shown} sent to step "{name}"', call.span, f"{why}; the run fails")
            yield replace(fault, may_be=len(given) > 1 or not call.certain)


def refused_handlers(steps: list[FlowStep]) -> Iterator[Fault]:
    """Handlers of failures that claim what is not there, or what another one has."""
    names = {step.name for step in steps}
    handlers = {step.name: argument(step, "for_steps") for step in steps if step.catches}
    spans = {step.name: step.span for step in steps}
    for_all = [name for name, given in handlers.items() if is_unset(given)]
    for second in for_all[1:]:
        why = f'"{for_all[0]}" handles them already'
        yield _refused(f'"{second}" as a handler of all failures', spans[second], why, spans[for_all[0]])
    owners: dict[str, str] = {}
    for handler, given in handlers.items():
        listed = [text_of(entry.value) for entry in elements(given)] if given is not None and is_known(given) else []
        for name in (each for each in listed if each is not None):
            if name not in names:
                yield _refused(f'"{handler}" as a handler of "{name}"', spans[handler], "there is no step of that name")
            elif name in handlers:
                yield _refused(f'"{handler}" as a handler of "{name}"', spans[handler], "that is a handler itself")
            elif owners.setdefault(name, handler) != handler:
                why = f'"{owners[name]}" handles it already'
                yield _refused(f'"{handler}" as a handler of "{name}"', spans[handler], why, spans[owners[name]])


def _refused(subject: str, span: Span, why: str = "", other: Span | None = None) -> Fault:
    return Fault(FaultKind.REFUSED, subject, span, other, why)
