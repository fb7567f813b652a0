"""Platforms that show a span for each part of a chain, and what they make of answers in pieces."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.traces.programs import LIBRARY
from tests.traces.writing import Span, line, recorded, step, workflows_of, write
from wflint.model.workflow import Workflow


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> tuple[Workflow, ...]:
    return workflows_of(tmp_path_factory.mktemp("library"), LIBRARY)


def langwatch() -> list[Span]:
    """Parts of a chain are called as nodes are; tokens are a record of its own beside two counts."""

    def part(name: str, span: str, parent: str, at: float, error: str = "") -> Span:
        return Span(name, span, parent, at, at + 1, attributes={"langwatch.span.type": "chain"}, error=error)

    tokens = {"langwatch.metrics": json.dumps({"prompt_tokens": 100, "completion_tokens": 10})}
    call = {"langwatch.span.type": "llm", "gen_ai.usage.prompt_tokens": 100, "gen_ai.usage.completion_tokens": 10}
    return [
        Span("desk", "r", "", 0, 9, attributes={"langwatch.span.type": "chain"}),
        part("look_up", "a", "r", 1, "ValueError"),
        part("look_up", "b", "r", 3),
        part("RunnableSequence", "s", "b", 3.1),
        Span("llm", "c", "s", 3.2, 3.9, attributes={**call, **tokens}),
    ]


def laminar() -> list[Span]:
    """Parts of a chain are tasks by name; what each one is stands beside the operation."""

    def part(name: str, span: str, parent: str, at: float, error: str = "") -> Span:
        return Span(
            f"execute_task {name}", span, parent, at, at + 1, attributes={"lmnr.span.type": "DEFAULT"}, error=error
        )

    call = {"lmnr.span.type": "LLM", "gen_ai.usage.input_tokens": 100, "gen_ai.usage.output_tokens": 10}
    return [
        Span("desk.workflow", "r", "", 0, 9, attributes={"lmnr.span.type": "DEFAULT"}),
        part("look_up", "a", "r", 1, "ValueError"),
        part("look_up", "b", "r", 3),
        Span("openai.chat", "c", "b", 3.2, 3.9, attributes=call),
    ]


@pytest.mark.parametrize(("scope", "spans"), [("langwatch", langwatch()), ("lmnr.tracer", laminar())])
def test_parts_of_a_chain_are_steps_where_the_source_has_them(
    scope: str, spans: list[Span], library: tuple[Workflow, ...], tmp_path: Path
) -> None:
    found = recorded(write(tmp_path / "t.jsonl", line(spans, scope)), library)
    look_up = step(found, "look_up")
    assert (look_up.executions, look_up.attempts, look_up.failures, look_up.et) == (1, 2, 0, 140.0)
    assert [one.step for one in found.steps] == ["look_up"]
    assert found.unlisted == ()


def test_what_was_under_way_does_not_stand_between_a_failure_and_its_retry(
    library: tuple[Workflow, ...], tmp_path: Path
) -> None:
    """What begins after the failure makes the second `look_up` a round of its own."""

    def executions(begin: float) -> tuple[int | None, int | None]:
        attributes = {"langwatch.span.type": "chain"}
        spans = [*langwatch(), Span("answer", "w", "r", begin, 2.9, attributes=attributes)]
        found = step(recorded(write(tmp_path / "t.jsonl", line(spans, "langwatch")), library), "look_up")
        return found.executions, found.attempts

    assert executions(1.5) == (1, 2)
    assert executions(2.5) == (2, 2)


@pytest.mark.parametrize(("stream", "said", "output", "et"), [
    (True, "We sailed.", 5, None),
    (True, "We sailed.", 9, 7 + 36.0),
    (False, "We sailed.", 5, 7 + 20.0),
])  # fmt: skip
def test_tokens_that_openlit_makes_of_the_length_of_an_answer_are_unknown(
    stream: object,
    said: str,
    output: int,
    et: float | None,
    tmp_path: Path,
) -> None:
    attributes = {
        "gen_ai.operation.name": "chat",
        "gen_ai.request.model": "m",
        "gen_ai.request.stream": stream,
        "gen_ai.usage.input_tokens": 7,
        "gen_ai.usage.output_tokens": output,
        "gen_ai.output.messages": json.dumps([{"role": "assistant", "parts": [{"type": "text", "content": said}]}]),
    }
    spans = [Span("chat m", "c", "", attributes=attributes)]
    found = recorded(write(tmp_path / "t.jsonl", line(spans, "openlit.instrumentation.openai")))
    assert (found.calls, found.et) == (1, et)
