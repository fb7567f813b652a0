"""Texts of failures that go on to the next run where the answer of one was to go."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from wflint.assembly.chains.contracts import need_name
from wflint.assembly.chains.edges import CodeWorkflowBuilder
from wflint.assembly.chains.runs import Run
from wflint.assembly.contracts.retry_schemes import levels_around
from wflint.evaluate.answers import Answer
from wflint.evaluate.dependencies import depends_on, is_of_exception
from wflint.evaluate.python.joining import ONE_OF_SEVERAL
from wflint.evaluate.values import Location, Mapping, Text, Union, Unknown, Value
from wflint.evaluate.values import Sequence as Listed
from wflint.model.conduct import ErrorText
from wflint.model.span import Span
from wflint.source import code
from wflint.source.walking import around, holds

DEEPEST: Final = 4
"""How deep in what a run is told a text is looked for."""


def error_answers(builder: CodeWorkflowBuilder) -> Iterator[tuple[str, ErrorText]]:
    """Each step of which a later run is told either the answer or what an exception says, with the place of that.

    Where code looks at the answer to decide about that run, it may tell the two apart.
    """
    by_answer = {run.answer: (run, actor) for run, actor in builder.runs}
    tested = {(each.source, each.target) for ways in builder.ways.values() for each in ways if each.test is not None}
    for run, _ in builder.runs:
        for value in (part for given in run.api_call.arguments for part in _parts(given, DEEPEST)):
            if _is_either(value):
                roots = {symbol.root for symbol in depends_on(value)}
                for answer in (root for root in roots if isinstance(root, Answer) and root in by_answer):
                    source, actor = by_answer[answer]
                    handled = _handled(source) if source is not run and (source, run) not in tested else None
                    if handled is not None:
                        yield from ((name, ErrorText(need_name(name, answer), handled)) for name in actor.names)


def _is_either(value: Value) -> bool:
    """Whether a value is one text or another, and one of them comes of an exception."""
    joined = isinstance(value, Union) or (isinstance(value, Unknown) and value.reason == ONE_OF_SEVERAL)
    return joined and is_of_exception(value)


def _parts(value: Value, depth: int) -> Iterator[Value]:
    match value:
        case Text(parts=parts) if depth:
            for part in parts:
                yield from _parts(part, depth - 1)
        case Listed(content=items) if depth:
            for item in items:
                yield from _parts(item, depth - 1)
        case Mapping(content=content) if depth:
            for item in content.values():
                yield from _parts(item, depth - 1)
        case _:
            yield value


def _handled(run: Run) -> Span | None:
    """The innermost handler around a run; None where its failure is nobody's answer."""
    for function, place in reversed(levels_around(run.api_call)):
        body = function.node.body if isinstance(function.node, code.FunctionDef) else ()
        tried = [node for node in around(body, place.at) if isinstance(node, code.Try) and _tries(node, place)]
        if tried and place.module is function.module:
            return Location(place.module, tried[-1].handlers[-1].at).span
    return None


def _tries(node: code.Try, place: Location) -> bool:
    return bool(node.handlers) and any(holds(statement.at, place.at) for statement in node.body)
