"""Answers from outside: an executor asks for one of a type, and a response handler takes it, told by its types."""

from __future__ import annotations

from collections.abc import Iterator

from wflint.assembly.coded_step import parameter_type
from wflint.assembly.type_fit import never_fits
from wflint.evaluate.class_values import Class
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.types import show
from wflint.evaluate.values import Function, Object, Value
from wflint.frontends.agent_framework.building import Building
from wflint.frontends.agent_framework.executors import Asked, answering, code_of
from wflint.frontends.agent_framework.refusals import is_plain
from wflint.model.loss import Loss, LossKind


def unheard_answers(building: Building) -> Iterator[Loss]:
    """The questions whose answers none of the executor's response handlers takes: they are dropped."""
    for name, read in building.read.items():
        handlers = _handlers(building.values[name]) if read.asked else None
        if handlers is None:
            continue
        taken = [pair for function in handlers if (pair := _types(building.interp, function)) is not None]
        if len(taken) < len(handlers):
            continue
        for asked in read.asked:
            if all(_never_takes(asked, *pair) for pair in taken):
                yield _dropped(name, asked, handlers)


def _handlers(value: Value) -> list[Function] | None:
    """The response handlers of an executor; None where not all that it is made of is in the source."""
    if not isinstance(value, Object) or not isinstance(value.cls, Class) or not is_plain(value.cls):
        return None
    return [function for function in code_of(value) if answering(function)]


def _types(interp: Interpreter, function: Function) -> tuple[Value, Value] | None:
    """What a response handler declares of the request and the answer; None where the decorator says it otherwise."""
    parameters = [parameter for parameter in function.node.parameters if parameter.name != "self"]
    given = [parameter_type(interp, function, parameter) for parameter in parameters[:2]]
    explicit = any(isinstance(mark, Object) for mark in function.unmodelled_decorators)
    match given:
        case [Value() as request, Value() as answer] if not explicit:
            return request, answer
        case _:
            return None


def _never_takes(asked: Asked, request: Value, answer: Value) -> bool:
    about = asked.request.cls if isinstance(asked.request, Object) else None
    return (about is not None and never_fits(about, request)) or never_fits(asked.answer, answer)


def _dropped(name: str, asked: Asked, handlers: list[Function]) -> Loss:
    kind = show(asked.answer) or "it"
    about = show(asked.request.cls) if isinstance(asked.request, Object) and asked.request.cls is not None else None
    reason = f"is dropped: no response handler of the executor takes {kind}{f' for {about}' if about else ''}"
    place = handlers[0].location.span if handlers else None
    advice = f"write a `@response_handler` for {kind}, or ask for the type that the handler takes"
    return Loss(
        LossKind.ROUTE, f'the answer that step "{name}" asks for', asked.location.span, reason, advice, place, name
    )
