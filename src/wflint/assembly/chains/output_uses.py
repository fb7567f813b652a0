"""What code makes of the texts that runs give back, and what those runs were told."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from msgspec.structs import replace

from wflint.assembly.chains.runs import Run
from wflint.assembly.contracts.output_formats import expected_formats
from wflint.assembly.contracts.prompts import HINTING
from wflint.assembly.function_summary import FunctionSummary
from wflint.assembly.recording import once
from wflint.assembly.sequences import known_text
from wflint.evaluate.answers import Answer, is_answer
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.tracked import NORMALIZED
from wflint.evaluate.values import Arguments, Const, Object, Text, TrackedValue, Unknown, Value, alternatives
from wflint.evaluate.values import Mapping as Dict
from wflint.model.contract import Format, FormatExpectation
from wflint.model.patterns import pattern
from wflint.model.prompt import Prompt, PromptText
from wflint.model.span import Span
from wflint.model.workflow import EdgeKind, Workflow

TYPED_IN = ("builtins.input",)
"""What a person types, which is the subject and no instruction."""
MATERIAL = pattern(
    r"(?:\w*_)?(?:article|body|chapter|chunk|comment|contract|cv|diff|document|email|excerpt|html|invoice|letter|log|mail|"
    r"markdown|note|page|paper|paragraph|passage|post|record|report|resume|review|row|snippet|story|ticket|transcript)s?"
    r"(?:_(?:body|content|text))?",
    re.IGNORECASE,
)
"""Names of parameters whose values are worked on; by others a caller may say what is to be done, and in which form."""
CALLER = "the code that runs it"
PASSING_ON = frozenset({EdgeKind.DIRECT, EdgeKind.FAN_OUT, EdgeKind.FAN_IN, EdgeKind.MESSAGE})
"""Edges after which somebody else has the last word."""


def expectations_of(interp: Interpreter) -> Mapping[Answer, tuple[FormatExpectation, ...]]:
    """What the code around runs makes of each answer, where that is free text."""
    answers: dict[str, Answer] = {}

    def source(value: Value) -> str | None:
        answer = answer_text(value)
        if answer is None:
            return None
        answers[str(id(answer))] = answer
        return str(id(answer))

    found = expected_formats(interp.output_uses, source)
    return {answers[name]: tuple(dict.fromkeys(forms)) for name, forms in found.items()}


def hand_on(interp: Interpreter, given: Value, taker: FunctionSummary, taken: TrackedValue) -> None:
    """What a step makes of what it is handed as `taken`, where that is a text that a run gave back."""
    if answer_text(given) is None:
        return

    def swapped(value: Value) -> Value:
        respelt = isinstance(value, Unknown) and value.reason == NORMALIZED and value.depends_on == {taken}
        return given if respelt or value == taken else value

    uses = interp.output_uses
    for call in taker.calls:
        arguments = Arguments(tuple(map(swapped, call.arguments.positional)), call.arguments.keywords)
        if arguments.positional != call.arguments.positional:
            uses.calls.append(replace(call, arguments=arguments))
    for one in taker.comparisons:
        sides = swapped(one.left), swapped(one.right)
        if sides != (one.left, one.right):
            uses.comparisons.append(replace(one, left=sides[0], right=sides[1]))


def hand_on_parts(interp: Interpreter, given: Value, taker: FunctionSummary, taken: TrackedValue) -> None:
    """What a step reads of what it is handed as `taken`, where that is an answer, or a part of one."""

    def read_of(answer: TrackedValue) -> None:
        for access in taker.accesses:
            if access.symbol.root is taken.root and access.symbol.access_path:
                way = (*answer.access_path, *access.symbol.access_path)
                interp.uses.append(replace(access, symbol=TrackedValue(answer.root, way, access.symbol.type)))

    for option in alternatives(given):
        if is_answer(option) and isinstance(option, TrackedValue):
            once(interp, ("handed on", option, taken), partial(read_of, option))


def answer_text(value: Value) -> Answer | None:
    """The answer whose text a value is, as long as no type says what it is like."""
    if isinstance(value, Unknown) and value.reason == NORMALIZED and len(value.depends_on) == 1:
        (value,) = value.depends_on
    printed = isinstance(value, Text) and len(value.parts) == 1
    if isinstance(value, Text) and printed:
        (value,) = value.parts
    if not isinstance(value, TrackedValue) or not isinstance(value.root, Answer) or value.root.texts is None:
        return None
    if printed and not value.access_path and value.root.prints_text:
        return value.root if value.root.type is None else None
    way = ".".join(value.access_path) in value.root.texts if value.root.texts else not value.access_path
    return value.root if way and value.root.type is None else None


def told_to(run: Run) -> Prompt:
    """What a run is told by the call that starts it."""
    span = run.api_call.span
    texts = [text for value in run.api_call.arguments if value is not run.subject for text in _told(value, span)]
    return Prompt(tuple(dict.fromkeys(texts)), complete=not run.api_call.arguments.open)


def _told(value: Value, span: Span, name: str = "") -> Iterator[PromptText]:
    """The texts in an argument; one that is not complete for what may hold others."""
    for option in alternatives(value):
        match option:
            case Const(value=str(text)):
                yield PromptText(text, span)
            case Const():
                pass
            case Text(parts=parts):
                yield PromptText(
                    known_text(option), span, complete=all(isinstance(p, Const) or _is_subject(p) for p in parts)
                )
            case Dict(content=content):
                for key, inner in content.items():
                    yield from _told(inner, span, str(key))
            case _ if not _is_subject(option) and (not name or HINTING.search(name)):
                yield PromptText("\u2026", span, complete=False)
            case _:
                pass


def _is_subject(value: Value) -> bool:
    """Whether something is what is worked on: an answer of another run, a part of the input, what a person types."""
    match value:
        case Unknown(of=None, part=str(name)) if name:
            return MATERIAL.fullmatch(name) is not None
        case Unknown(reason=reason, depends_on=sources):
            return reason == NORMALIZED and all(map(_is_subject, sources))
        case Object(path=path):
            return path in TYPED_IN
        case TrackedValue(root=root, access_path=path) if not isinstance(root, Answer):
            return bool(path) and not any(map(HINTING.search, path))
        case _:
            return is_answer(value)


def listening(
    workflow: Workflow, own: Sequence[Run], heard: Mapping[Answer, tuple[FormatExpectation, ...]]
) -> Workflow:
    """The workflow, with what those who run it make of the last word in it; `own` are its runs by plain code."""
    expectations = [one for run in own for one in heard.get(run.answer, ()) if not _may_be_any(run.answer, one)]
    if not expectations or _is_of_some_only(own, heard):
        return workflow
    leading = {edge.source for edge in workflow.edges if edge.kind in PASSING_ON}
    last = tuple(step.id for step in workflow.steps if step.id not in leading)
    last = last or _last_in_turn(workflow) or tuple(step.id for step in workflow.steps)
    prompts = [told_to(run) for run in own]
    prompt = Prompt(tuple(text for one in prompts for text in one.texts), all(one.complete for one in prompts))
    meant = tuple(replace(expectation, reader=CALLER, authors=last) for expectation in expectations)
    return replace(workflow, prompt=workflow.prompt or prompt, expectations=(*workflow.expectations, *meant))


def _is_of_some_only(own: Sequence[Run], heard: Mapping[Answer, tuple[FormatExpectation, ...]]) -> bool:
    """Whether a workflow stands for several that one place makes otherwise each time, of which some are listened to."""
    subjects = {id(run.subject): run.subject for run in own}
    listened = {id(run.subject) for run in own if heard.get(run.answer)}
    return listened != subjects.keys() and len({made.context for made in subjects.values()}) > 1


def _last_in_turn(workflow: Workflow) -> tuple[str, ...]:
    """Who has the last word where all speak in turn, and nothing but the number of turns ends the conversation."""
    limit = workflow.limit
    if limit is None or not (limit.in_all and limit.is_exact) or len(workflow.entries) != 1 or workflow.unresolved:
        return ()
    order = [workflow.entries[0]]
    while len(order) <= len(workflow.steps):
        follows = {edge.target for edge in workflow.index.edges_from(order[-1])}
        if len(follows) != 1:
            return ()
        order.append(follows.pop())
        if order[-1] == order[0]:
            return (order[(limit.most - 1) % (len(order) - 1)],) if limit.most > 0 else ()
    return ()


def _may_be_any(answer: Answer, expectation: FormatExpectation) -> bool:
    """Whether a word is looked for in one of many messages, which may well be there for other words."""
    return expectation.format is Format.WORD and any("[]" in name for name in answer.texts or ())
