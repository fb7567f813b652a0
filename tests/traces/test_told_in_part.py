"""What a source tells only in part: how often, for how much, or who; what is not told is unknown."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.traces.programs import DESKS, LIBRARY
from tests.traces.test_event_records import TEAM
from tests.traces.test_runs import QUARRY, agent
from tests.traces.writing import Span, edge, line, missing, model, node, recorded, step, workflows_of, write
from wflint.model.recorded import Recording
from wflint.model.workflow import Workflow

WARD = """
from workflows import Context, Workflow, step
from workflows.events import Event, StartEvent, StopEvent


class Blood(Event):
    text: str


class Image(Event):
    text: str


class Ward(Workflow):
    @step
    async def triage(self, ev: StartEvent) -> Blood:
        return Blood(text=ev.patient)

    @step
    async def look(self, ev: StartEvent) -> Image:
        return Image(text=ev.patient)

    @step
    async def board(self, ctx: Context, ev: Blood | Image) -> StopEvent | None:
        found = ctx.collect_events(ev, [Blood, Image])
        return None if found is None else StopEvent(result=found[0].text)
"""
"""Two steps whose events a third one waits for."""


@pytest.fixture(scope="module")
def ward(tmp_path_factory: pytest.TempPathFactory) -> tuple[Workflow, ...]:
    return workflows_of(tmp_path_factory.mktemp("ward"), WARD)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> tuple[Workflow, ...]:
    return workflows_of(tmp_path_factory.mktemp("library"), LIBRARY)


def _read(path: Path, spans: Iterable[Span], scope: str, flows: Iterable[Workflow] = ()) -> Recording:
    return recorded(write(path / "t.jsonl", line(spans, scope)), flows)


def _records(path: Path, records: Iterable[object], flows: Iterable[Workflow] = ()) -> Recording:
    return recorded(write(path / "records.jsonl", "".join(json.dumps(one) + "\n" for one in records)), flows)


def _adk(name: str, span: str, parent: str, at: tuple[float, float], counts: tuple[int, int]) -> Span:
    """An agent of Google ADK under OpenInference: it is called a model, and has the counts of its last call."""
    about = {**model(*counts), "gen_ai.operation.name": "generate_content", "gen_ai.agent.name": name}
    return Span(f"invoke_agent {name}", span, parent, *at, attributes=about)


def test_agents_that_tools_of_an_agent_ask_have_calls_of_their_own(tmp_path: Path) -> None:
    tool = {"openinference.span.kind": "TOOL"}
    spans = [
        _adk("clerk", "c", "", (0, 9), (260, 33)),
        Span("execute_tool lawyer", "t1", "c", 1, 5, attributes=tool),
        _adk("lawyer", "l", "t1", (1, 5), (125, 9)),
        Span("execute_tool look_up", "t2", "l", 2, 3, attributes=tool),
        Span("execute_tool banker", "t3", "c", 6, 8, attributes=tool),
        _adk("banker", "b", "t3", (6, 8), (70, 5)),
    ]
    found = _read(tmp_path, spans, "openinference.instrumentation.google_adk")
    assert {one.step: (one.calls, one.blank, one.et) for one in found.steps} == {
        "clerk": (1, 1, None),
        "lawyer": (1, 1, None),
        "banker": (1, 0, 90.0),
    }


def test_a_call_that_holds_what_went_on_beside_it_keeps_its_counts(tmp_path: Path) -> None:
    counts = {"gen_ai.usage.input_tokens": 9000, "gen_ai.usage.output_tokens": 1500}
    spans = [
        Span("chat", "c", "", 0, 2, attributes={"gen_ai.operation.name": "chat", **counts}),
        Span("invoke_agent", "a", "c", 1, 9, attributes={"gen_ai.operation.name": "invoke_agent"}),
        Span("execute_tool", "t", "a", 3, 4, attributes={"gen_ai.operation.name": "execute_tool"}),
    ]
    assert _read(tmp_path, spans, "auto.ai.langgraph").et == 15_000.0


def test_a_prompt_is_given_to_a_model_whatever_comes_back(tmp_path: Path) -> None:
    task = {"traceloop.span.kind": "task"}
    asked = {**task, "traceloop.entity.input": json.dumps({"prompt": "Say it."})}
    answered = {**asked, "traceloop.entity.output": json.dumps({"raw": {"usage": {"prompt_tokens": 10}}})}
    spans = [
        Span("Ward.task", "w", "", 0, 9, attributes=task),
        Span("LLM.task", "a", "w", 1, 2, attributes=answered),
        Span("LLM.task", "b", "w", 3, 4, attributes=asked),
    ]
    found = _read(tmp_path, spans, "opentelemetry.instrumentation.llamaindex")
    assert (found.calls, found.et) == (2, 10.0)
    assert "tokens" in {part for part, _, _ in missing(found)}


def test_the_tokens_of_a_call_that_was_given_up_are_unknown(library: tuple[Workflow, ...], tmp_path: Path) -> None:
    asked = {"openinference.span.kind": "LLM", "input.value": "q"}

    def cost(error: str) -> float | None:
        spans = [
            Span("library", "r", "", 0, 9, attributes={"openinference.span.kind": "CHAIN"}),
            Span("look_up", "a", "r", 0, 2, attributes=node("look_up", 1, output={"shelf": "s"})),
            Span("llm", "c", "a", 0, 1, attributes=model(100, 10)),
            Span("llm", "d", "a", 1, 2, attributes=asked, error=error),
        ]
        found = _read(tmp_path, spans, "openinference.instrumentation.langchain", library)
        return float(step(found, "look_up").blank)

    assert (cost("CancelledError"), cost("ConnectionError")) == (1.0, 0.0)


def test_parts_of_a_node_do_not_say_how_often_it_ran(library: tuple[Workflow, ...], tmp_path: Path) -> None:
    def part(name: str, span: str, at: float) -> Span:
        about = {"gen_ai.operation.name": "invoke_agent", "gen_ai.agent.name": name}
        return Span(name, span, "r", at, at + 1, attributes={**about, "metadata.langgraph_node": "check"})

    asked = {"gen_ai.operation.name": "chat", "gen_ai.usage.input_tokens": 100, "gen_ai.usage.output_tokens": 10}
    whole = {"gen_ai.operation.name": "invoke_agent", "gen_ai.agent.name": "library"}
    spans = [
        Span("library", "r", "", 0, 9, attributes=whole),
        part("RunnableSequence", "a", 1),
        Span("chat", "c", "a", 1, 2, attributes=asked),
        part("verdict", "b", 3),
    ]
    check = step(_read(tmp_path, spans, "AzureAIOpenTelemetryTracer", library), "check")
    assert (check.calls, check.et, check.executions) == (1, 140.0, None)


def test_an_agent_that_goes_on_after_a_tool_has_not_handed_over_yet(tmp_path: Path) -> None:
    def turn(name: str, span: str, at: float) -> Span:
        return Span(name, span, "", at, at + 1, attributes={"openinference.span.kind": "AGENT", "agent.name": name})

    spans = [turn("front", "a", 0), turn("front", "b", 2), turn("billing", "c", 4)]
    found = _read(tmp_path, spans, "openinference.instrumentation.openai_agents", workflows_of(tmp_path, DESKS))
    assert edge(found, "front", "billing").executions == 1


def test_an_agent_that_asks_another_one_is_the_step_that_runs_it(tmp_path: Path) -> None:
    helper = (
        'helper = Agent("m", name="helper")\n\n\n@weigher.tool_plain\n'
        "async def ask(text: str) -> str:\n    return (await helper.run(text)).output\n\n\ng = "
    )
    program = QUARRY.replace("g = ", helper, 1)
    inner = Span("invoke_agent helper", "hh", "t10", 2.2, 2.4, "t1", agent("helper", "h", 0, 1)[0].attributes)
    spans = [*agent("sorter", "t0", 0, 1), *agent("weigher", "t1", 2, 3), inner, *agent("seller", "t2", 5, 6)]
    found = _read(tmp_path, spans, "pydantic-ai", workflows_of(tmp_path, program))
    assert [(run.traces, run.calls) for run in found.runs] == [(3, 3)]
    assert step(found, "sort").et == 140.0


def _autogen(kind: str, name: str, **more: object) -> dict[str, object]:
    return {"type": kind, "agent_id": f"{name}_t/t", **more}


def test_an_answer_of_autogen_that_never_ended_is_a_call(tmp_path: Path) -> None:
    receiver = {"type": "Message", "delivery_stage": "DeliveryStage.SEND"}
    failed = {"type": "MessageHandlerException", "handling_agent": "warden_t/t"}
    records = [
        {**receiver, "sender": None, "receiver": "Manager_t/t", "payload": "{}"},
        {**receiver, "sender": "Manager_t/t", "receiver": "pilot_t/t", "payload": "{}"},
        _autogen("LLMStreamStart", "pilot", messages=["x"]),
        {**receiver, "sender": "Manager_t/t", "receiver": "warden_t/t", "payload": "{}"},
        _autogen("LLMCall", "warden", messages=["x"], response={"usage": {"prompt_tokens": 1, "completion_tokens": 1}}),
        {**failed, "exception": "Unhandled message in agent container: <class 'GroupChatError'>"},
    ]
    (tmp_path / ".git").mkdir()
    found = _records(tmp_path, records, workflows_of(tmp_path, TEAM))
    assert (step(found, "pilot").calls, step(found, "pilot").et) == (1, None)
    assert step(found, "warden").failures == 0


def test_an_event_of_adk_without_an_invocation_belongs_to_the_one_under_way(tmp_path: Path) -> None:
    def event(author: str, at: int, invocation: str) -> dict[str, object]:
        usage = {"promptTokenCount": 10, "candidatesTokenCount": 1, "totalTokenCount": 11}
        content = {"role": "model", "parts": [{"text": "x"}]}
        about = {"id": f"{author}{at}", "author": author, "timestamp": 1_700_000_000 + at, "actions": {}}
        return {**about, "invocationId": invocation, "content": content, "usageMetadata": usage}

    found = _records(tmp_path, [event("pilot", 1, "e-1"), event("stamp", 2, ""), event("pilot", 9, "e-2")])
    assert [run.calls for run in found.runs] == [2, 1]


def test_steps_of_llamaindex_are_steps_in_weave(ward: tuple[Workflow, ...], tmp_path: Path) -> None:
    def call(name: str, span: str, parent: str, at: int, output: object = None, **usage: int) -> dict[str, object]:
        times = {"started_at": f"2026-01-01T00:00:{at:02}Z", "ended_at": f"2026-01-01T00:00:{at + 1:02}Z"}
        about = {"id": span, "trace_id": "t", "parent_id": parent, "op_name": f"weave:///e/p/op/llama_index.{name}:1"}
        told = {"inputs": {"ev": "x"}, "output": output, "summary": {"usage": {"m": usage}}}
        return {**about, **times, "project_id": "p", **told}

    lost = call("span.Model.acomplete", "f", "c", 4)
    lost["exception"] = json.dumps({"type": "asyncio.CancelledError", "message": ""})
    records = [
        call("span.Ward.run", "r", "", 0, "fine"),
        call("span.Ward.triage", "a", "r", 1, "x"),
        call("span.Model.acomplete", "b", "a", 1, "y"),
        call("event.LLMCompletion", "d", "b", 1, "y", prompt_tokens=10, completion_tokens=1),
        call("span.Ward.board", "w", "r", 2),
        call("span.Ward.board", "c", "r", 4, "z"),
        lost,
    ]
    found = _records(tmp_path, records, ward)
    triage, board = step(found, "triage"), step(found, "board")
    assert (triage.calls, triage.et, triage.executions) == (1, 14.0, 1)
    assert (board.executions, board.blank) == (1, 1)
    assert ("snapshots", 0, "board") not in missing(found)


def test_how_often_a_step_was_ready_is_unknown_where_waiting_looks_alike(
    ward: tuple[Workflow, ...], tmp_path: Path
) -> None:
    given = {"llamaindex.step.input_summary": "{'ev': 1}"}
    spans = [
        Span("Ward.run", "r", "", 0, 9),
        Span("Ward.triage", "a", "r", 0, 1, attributes=given),
        Span("Ward.board", "b", "r", 1, 2, attributes=given),
        Span("Ward.board", "c", "r", 2, 3, attributes=given),
    ]
    found = _read(tmp_path, spans, "llamaindex.opentelemetry.tracer", ward)
    assert (step(found, "triage").executions, step(found, "board").executions) == (1, None)


def test_what_an_agent_of_haystack_asks_is_a_call_in_opik(tmp_path: Path) -> None:
    def span(name: str, at: int, parent: str | None, **metadata: str) -> dict[str, object]:
        times = {"start_time": f"2026-01-01T00:00:{at:02}Z", "end_time": f"2026-01-01T00:00:{at + 1:02}Z"}
        about = {"id": f"{name}{at}", "project_name": "p", "trace_id": "t", "parent_span_id": parent, "name": name}
        return {**about, **times, "type": "general", "metadata": metadata, "input": {"a": 1}, "output": {"b": 1}}

    asked = "haystack.agent.step.llm"
    found = _records(tmp_path, [span("buyer", 0, None), span(asked, 1, "buyer0", operation=asked)])
    assert (found.calls, found.et) == (1, None)
