"""What nodes make of the texts that models and agents write: their own, and those that fill the next node's fields."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain

from msgspec.structs import replace

from wflint.assembly.chains.output_uses import answer_text, told_to
from wflint.assembly.chains.runs import Run
from wflint.assembly.contracts.output_formats import expected_formats, field_read
from wflint.assembly.contracts.prompts import free_answer
from wflint.evaluate.answers import Answer
from wflint.evaluate.class_values import Class
from wflint.evaluate.events import ApiCall
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.values import Object, TrackedValue, Value
from wflint.frontends.pydantic_graph.agents import AGENTS
from wflint.frontends.pydantic_graph.nodes import ReadNode
from wflint.frontends.pydantic_graph.table import AGENT
from wflint.model.contract import FormatExpectation
from wflint.model.prompt import Prompt
from wflint.model.workflow import Step


def with_expectations(interp: Interpreter, step: Step, node: ReadNode, nodes: Mapping[Class, ReadNode]) -> Step:
    """The step with what the node itself, and those that it leads to, make of what its models and agents answer."""
    found = dict.fromkeys(chain(_of_agents(node), _of_fields(node, nodes)))
    return replace(step, expectations=(*step.expectations, *found), prompt=_told(interp, node) or step.prompt)


def _of_agents(node: ReadNode) -> Iterator[FormatExpectation]:
    if node.summary is not None:
        forms = expected_formats(node.summary, lambda value: "" if answer_text(value) is not None else None)
        yield from forms.get("", ())


def _of_fields(node: ReadNode, nodes: Mapping[Class, ReadNode]) -> Iterator[FormatExpectation]:
    for field, value, taker in _filled(node, nodes):
        if answer_text(value) is not None or free_answer(value) is not None:
            forms = _forms(taker).get(field, ())
            yield from (replace(form, reader=f'step "{taker.step.id}"') for form in forms)


def _filled(node: ReadNode, nodes: Mapping[Class, ReadNode]) -> Iterator[tuple[str, Value, ReadNode]]:
    """The fields of the nodes that a node returns, with what they are filled with."""
    for site in node.summary.returns if node.summary is not None else ():
        made = site.value
        taker = nodes.get(made.cls) if isinstance(made, Object) and made.cls is not None else None
        if taker is not None and isinstance(made, Object) and made.cls is not None:
            for place, field in enumerate(made.cls.declared()):
                value = made.arguments.get(field, place)
                if value is not None:
                    yield field, value, taker


def _forms(taker: ReadNode) -> dict[str, tuple[FormatExpectation, ...]]:
    """What a node makes of the texts in its fields."""
    summary, own = taker.summary, taker.own
    if summary is None or own is None:
        return {}
    return expected_formats(summary, lambda value: field_read(value, own))


def _told(interp: Interpreter, node: ReadNode) -> Prompt | None:
    """What all agents are told that a node runs; None where it runs none."""
    prompts = [part for run in _runs(node) for part in (AGENTS.prompt(interp, run.subject), told_to(run))]
    texts = tuple(dict.fromkeys(text for one in prompts for text in one.texts))
    return Prompt(texts, all(one.complete for one in prompts)) if prompts else None


def _runs(node: ReadNode) -> Iterator[Run]:
    for number, api_call in enumerate(node.summary.api_calls if node.summary is not None else ()):
        match api_call:
            case ApiCall(subject=Object(path=path) as subject, result=TrackedValue(root=Answer() as answer)):
                if path == AGENT:
                    yield Run(api_call, subject, answer, frozenset(), number)
            case _:
                pass
