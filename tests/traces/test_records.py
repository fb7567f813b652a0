"""Sources that write no OpenTelemetry: what is read of their records."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.traces.programs import COPY, DESKS, LIBRARY
from tests.traces.writing import Span, edge, line, missing, recorded, step, workflows_of, write
from wflint.model.workflow import Workflow


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> tuple[Workflow, ...]:
    return workflows_of(tmp_path_factory.mktemp("library"), LIBRARY)


def lines(records: Iterable[object]) -> str:
    return "".join(json.dumps(record) + "\n" for record in records)


def _span(name: str, parent: str | None, at: int, data: dict[str, object], error: object = None) -> dict[str, object]:
    return {
        "object": "trace.span",
        "id": name,
        "trace_id": "trace_1",
        "parent_id": parent,
        "started_at": f"2026-01-01T00:00:{at:02}+00:00",
        "ended_at": f"2026-01-01T00:00:{at + 1:02}+00:00",
        "span_data": data,
        "error": error,
    }


def _usage(given: int, written: int, cached: int) -> dict[str, object]:
    return {"input_tokens": given, "output_tokens": written, "input_tokens_details": {"cached_tokens": cached}}


def test_openai_agents_hand_off_and_fail(tmp_path: Path) -> None:
    flows = workflows_of(tmp_path, DESKS)
    records = [
        {"object": "trace", "id": "trace_1", "workflow_name": "desks"},
        _span("f", None, 0, {"type": "agent", "name": "front"}),
        _span("fr", "f", 0, {"type": "response", "usage": _usage(100, 10, 40)}),
        _span("h", "f", 1, {"type": "handoff", "from_agent": "front", "to_agent": "billing"}),
        _span("b", None, 2, {"type": "agent", "name": "billing"}),
        _span("t", "b", 2, {"type": "custom", "name": "turn"}, {"message": "Invalid JSON provided", "data": {}}),
        _span("br", "t", 2, {"type": "generation", "model": "m-2", "usage": _usage(200, 20, 0), "output": "x"}),
    ]
    found = recorded(write(tmp_path / "runs.jsonl", lines(records)), flows)
    assert (step(found, "front").et, step(found, "billing").et) == (60 + 4 + 40.0, 200 + 80.0)
    taken = edge(found, "front", "billing")
    assert (taken.executions, taken.mismatches) == (1, 1)
    assert [run.failed for run in found.runs] == [True]


def test_the_exporter_puts_several_records_under_data(tmp_path: Path) -> None:
    records = {"data": [_span("f", None, 0, {"type": "response", "usage": _usage(100, 10, 0)})]}
    assert recorded(write(tmp_path / "runs.json", json.dumps(records))).et == 140.0


def _run(name: str, parent: str | None, kind: str, at: int, **more: object) -> dict[str, object]:
    return {
        "id": name,
        "trace_id": "r",
        "parent_run_id": parent,
        "name": name,
        "run_type": kind,
        "start_time": f"2026-01-01 00:00:{at:02}",
        "end_time": f"2026-01-01 00:00:{at + 1:02}",
        "inputs": {"q": 1},
        "outputs": {"x": 1},
        **more,
    }


def _metadata(node: str, step_: int) -> dict[str, object]:
    about = {"langgraph_node": node, "langgraph_step": step_, "langgraph_checkpoint_ns": f"{node}:1"}
    return {"extra": {"metadata": about}}


ANSWER = {
    "generations": [
        [{"message": {"kwargs": {"usage_metadata": {"input_tokens": 100, "output_tokens": 10, "total_tokens": 110}}}}]
    ]
}


def test_langsmith_runs(library: tuple[Workflow, ...], tmp_path: Path) -> None:
    records = [
        _run("r", None, "chain", 0),
        _run("look_up", "r", "chain", 1, **_metadata("look_up", 1), error="TimeoutError('slow')", status="error"),
        {**_run("again", "r", "chain", 3, **_metadata("look_up", 1)), "name": "look_up"},
        _run("m", "again", "llm", 3, **_metadata("look_up", 1), outputs=ANSWER),
    ]
    found = recorded(write(tmp_path / "runs.jsonl", lines(records)), library)
    look_up = step(found, "look_up")
    assert (look_up.executions, look_up.attempts, look_up.et) == (1, 2, 140.0)


def test_rows_of_a_bulk_export_of_langsmith(library: tuple[Workflow, ...], tmp_path: Path) -> None:
    """What has parts is a text of JSON in them."""
    counts: dict[str, object] = {"prompt_tokens": 100, "completion_tokens": 10, "total_tokens": 110}
    details = {"prompt_token_details": json.dumps({"cache_read": 50})}
    rows = [
        _run("look_up", None, "chain", 1, **_metadata("look_up", 1)),
        _run("m", "look_up", "llm", 2, **_metadata("look_up", 1), **counts, **details),
    ]
    for row in rows:
        row |= {name: json.dumps(row[name]) for name in ("inputs", "outputs", "extra")}
    look_up = step(recorded(write(tmp_path / "rows.jsonl", lines(rows)), library), "look_up")
    assert (look_up.calls, look_up.cached_tokens, look_up.et) == (1, 50, 95.0)


def test_langsmith_parts(library: tuple[Workflow, ...], tmp_path: Path) -> None:
    whole = _run("m", None, "llm", 1, **_metadata("look_up", 1))
    body = {key: value for key, value in whole.items() if key not in ("inputs", "outputs", "extra")}
    parts = [
        {"part": "post.m", "body": body},
        {"part": "post.m.extra", "body": whole["extra"]},
        {"part": "patch.m.outputs", "body": ANSWER},
    ]
    assert step(recorded(write(tmp_path / "parts.jsonl", lines(parts)), library), "look_up").et == 140.0


def _task(name: str, at: int, result: object = None) -> dict[str, object]:
    payload: dict[str, object] = {"id": name, "name": name}
    payload |= {"input": {"q": 1}, "triggers": []} if result is None else {"error": None, "result": result}
    kind = "task" if result is None else "task_result"
    return {"type": kind, "step": at, "timestamp": f"2026-01-01T00:00:{at:02}", "payload": payload}


def _checkpoint(source: str, *following: str) -> dict[str, object]:
    return {"type": "checkpoint", "step": 0, "payload": {"metadata": {"source": source}, "next": following}}


def test_a_debug_stream_has_ways_and_no_tokens(library: tuple[Workflow, ...], tmp_path: Path) -> None:
    records = [
        _checkpoint("input", "__start__"),
        *(_task("look_up", 1), _task("look_up", 1, {"shelf": "B"}), _checkpoint("loop", "answer")),
        *(_task("answer", 2), _task("answer", 2, {"reply": "x"}), _checkpoint("loop", "check")),
        *(_task("check", 3), _task("check", 3, {"complaint": "shelf: missing"}), _checkpoint("loop")),
    ]
    found = recorded(write(tmp_path / "debug.jsonl", lines(records)), library)
    assert [(one.step, one.executions, one.et) for one in found.steps] == [
        ("answer", 1, None),
        ("check", 1, None),
        ("look_up", 1, None),
    ]
    assert edge(found, "answer", "check").mismatches == 1
    assert missing(found) == {("tokens", None, None)}


def test_events_that_never_end_have_failed(library: tuple[Workflow, ...], tmp_path: Path) -> None:
    about = _metadata("look_up", 1)["extra"]
    assert isinstance(about, dict)
    message = {"usage_metadata": {"input_tokens": 100, "output_tokens": 10}, "response_metadata": {}}
    common = {"metadata": about["metadata"], "parent_ids": ["r"], "name": "look_up", "tags": []}
    records = [
        {"event": "on_chain_start", "run_id": "r", "name": "desk", "metadata": {}, "parent_ids": [], "data": {}},
        {"event": "on_chain_start", "run_id": "a", "data": {"input": 1}, **common},
        {"event": "on_chain_start", "run_id": "b", "data": {"input": 1}, **common},
        {
            "event": "on_chat_model_end",
            "run_id": "m",
            "data": {"output": message},
            **(common | {"parent_ids": ["r", "b"]}),
        },
        {"event": "on_chain_end", "run_id": "b", "data": {"output": {"shelf": "B"}}, **common},
        {
            "event": "on_chain_end",
            "run_id": "r",
            "name": "desk",
            "metadata": {},
            "parent_ids": [],
            "data": {"output": 1},
        },
    ]
    look_up = step(recorded(write(tmp_path / "events.jsonl", lines(records)), library), "look_up")
    assert (look_up.et, look_up.calls) == (140.0, 1)


def test_spans_of_the_console_and_of_mlflow(library: tuple[Workflow, ...], tmp_path: Path) -> None:
    place = json.dumps({"langgraph_node": "look_up", "langgraph_step": 1, "langgraph_checkpoint_ns": "look_up:1"})
    usage = json.dumps({"input_tokens": 100, "output_tokens": 10, "total_tokens": 110})
    node = {"mlflow.spanType": '"CHAIN"', "metadata": place, "mlflow.spanInputs": "{}", "mlflow.spanOutputs": '"B"'}
    call = {"mlflow.spanType": '"CHAT_MODEL"', "metadata": place, "mlflow.chat.tokenUsage": usage}
    common = {"trace_id": "AAA=", "start_time_unix_nano": 1_000, "end_time_unix_nano": 2_000}
    mlflow = {
        "info": {},
        "data": {
            "spans": [
                {**common, "span_id": "n=", "parent_span_id": None, "name": "look_up", "attributes": node},
                {**common, "span_id": "m=", "parent_span_id": "n=", "name": "Chat", "attributes": call},
            ]
        },
    }
    console = {
        "name": "Chat",
        "context": {"trace_id": "0xbb", "span_id": "0xcc"},
        "parent_id": None,
        "start_time": "2026-01-01T00:00:00Z",
        "end_time": "2026-01-01T00:00:01Z",
        "status": {"status_code": "OK"},
        "attributes": call,
    }
    path = write(tmp_path / "spans.txt", json.dumps(mlflow) + "\n", json.dumps(console, indent=4) + "\n")
    look_up = step(recorded(path, library), "look_up")
    assert (look_up.executions, look_up.calls, look_up.et) == (1, 2, 280.0)


def test_mlflow_names_the_agent_in_an_attribute_and_keeps_the_details_of_tokens_in_the_answer(tmp_path: Path) -> None:
    (tmp_path / "src").mkdir()
    usage = {"prompt_tokens": 100, "completion_tokens": 10, "prompt_tokens_details": {"cached_tokens": 40}}
    agent = {"mlflow.spanType": '"AGENT"', "name": '"collector"', "mlflow.spanOutputs": '{"output": "x"}'}
    call = {
        "mlflow.spanType": '"LLM"',
        "mlflow.spanOutputs": json.dumps({"text": "x", "raw": {"usage": usage}}),
        "mlflow.chat.tokenUsage": json.dumps({"input_tokens": 100, "output_tokens": 10, "total_tokens": 110}),
    }
    common = {"trace_id": "AAA=", "start_time_unix_nano": 1_000, "end_time_unix_nano": 2_000}
    spans = [
        {**common, "span_id": "n=", "parent_span_id": None, "name": "Agent.run", "attributes": agent},
        {**common, "span_id": "m=", "parent_span_id": "n=", "name": "Model.request", "attributes": call},
    ]
    path = write(tmp_path / "traces.json", json.dumps([{"info": {}, "data": {"spans": spans}}]))
    collector = step(recorded(path, workflows_of(tmp_path / "src", COPY)), "collector")
    assert (collector.calls, collector.cached_tokens, collector.et) == (1, 40, 60 + 4 + 40)


def test_replies_in_what_a_team_of_autogen_gave_back_are_calls(tmp_path: Path) -> None:
    (tmp_path / "src").mkdir()
    said = [
        {"id": "1", "source": "user", "models_usage": None},
        {"id": "2", "source": "collector", "models_usage": {"prompt_tokens": 100, "completion_tokens": 10}},
    ]
    team = {"openinference.span.kind": "CHAIN", "output.value": json.dumps({"messages": said})}
    work = {"openinference.span.kind": "AGENT", "graph.node.id": "collector"}
    spans = [
        Span("Team.run_stream", "r", end=4, attributes=team),
        Span("collector.on_messages_stream", "c", "r", 1, 2, attributes=work),
    ]
    text = line(spans, "openinference.instrumentation.autogen_agentchat")
    collector = step(recorded(write(tmp_path / "t.jsonl", text), workflows_of(tmp_path / "src", COPY)), "collector")
    assert (collector.calls, collector.et) == (1, 140.0)


def test_a_reply_in_a_message_and_the_span_of_its_call_are_one(tmp_path: Path) -> None:
    (tmp_path / "src").mkdir()
    usage = {"prompt_tokens": 100, "completion_tokens": 10}
    said = [
        {"id": str(number), "source": "collector", "models_usage": usage, "created_at": f"2023-11-14T22:13:{at}+00:00"}
        for number, at in enumerate(("22.010", "24.010"))
    ]
    team = {"openinference.span.kind": "CHAIN", "output.value": json.dumps({"messages": said})}
    work = {"openinference.span.kind": "AGENT", "graph.node.id": "collector"}
    counts = {"llm.token_count.prompt": 100, "llm.token_count.completion": 10}
    spans = [
        Span("Team.run_stream", "r", end=6, attributes=team),
        Span("collector.on_messages_stream", "c", "r", 1, 5, attributes=work),
        Span("Client.create", "m", "c", 1, 2, attributes={"openinference.span.kind": "LLM", **counts}),
        Span("Client.create", "n", "c", 3, 4, attributes={"openinference.span.kind": "LLM", **counts}),
    ]
    text = line(spans, "openinference.instrumentation.autogen_agentchat")
    found = recorded(write(tmp_path / "t.jsonl", text), workflows_of(tmp_path / "src", COPY))
    assert (found.calls, step(found, "collector").et) == (2, 280.0)


def test_a_streamed_call_and_the_reply_that_tells_of_it_are_one(tmp_path: Path) -> None:
    """Replies that came later belong to calls of their own, and are not taken for this one's."""
    (tmp_path / "src").mkdir()
    nothing, usage = ({"prompt_tokens": given, "completion_tokens": given // 10} for given in (0, 100))
    replies = (("a", nothing, "22.010"), ("b", usage, "22.910"))
    said = [
        {"id": one, "source": "collector", "models_usage": told, "created_at": f"2023-11-14T22:13:{at}+00:00"}
        for one, told, at in replies
    ]
    team = {"openinference.span.kind": "CHAIN", "output.value": json.dumps({"messages": said})}
    work = {"openinference.span.kind": "AGENT", "graph.node.id": "collector"}
    counts = {"llm.token_count.prompt": 100, "llm.token_count.completion": 10}
    spans = [
        Span("Team.run_stream", "r", end=6, attributes=team),
        Span("collector.on_messages_stream", "c", "r", 1, 5, attributes=work),
        Span(
            "Client.create_stream", "m", "c", 1, 2, attributes={"openinference.span.kind": "LLM", "output.value": "x"}
        ),
        Span("Client.create", "n", "c", 2.1, 2.9, attributes={"openinference.span.kind": "LLM", **counts}),
    ]
    text = line(spans, "openinference.instrumentation.autogen_agentchat")
    found = recorded(write(tmp_path / "t.jsonl", text), workflows_of(tmp_path / "src", COPY))
    collector = step(found, "collector")
    assert (found.calls, collector.calls, collector.blank, collector.et) == (2, 2, 1, 140.0)


def test_langsmith_names_agents_of_the_openai_agents_sdk_as_chains(tmp_path: Path) -> None:
    (tmp_path / "src").mkdir()
    about = {"metadata": {"ls_integration": "openai-agents-sdk"}}
    usage = {"usage_metadata": {"input_tokens": 100, "output_tokens": 10, "total_tokens": 110}}
    times = {"trace_id": "t", "start_time": "2026-01-01T00:00:00", "end_time": "2026-01-01T00:00:01"}
    runs = [
        {"id": "r", "name": "evening show", "run_type": "chain", "extra": about, **times},
        {"id": "a", "name": "collector", "run_type": "chain", "parent_run_id": "r", "extra": about, **times},
        {"id": "b", "name": "Span", "run_type": "chain", "parent_run_id": "a", "extra": about, **times},
        {"id": "c", "name": "Generation", "run_type": "llm", "parent_run_id": "b", "outputs": usage, **times},
    ]
    path = write(tmp_path / "t.jsonl", *(json.dumps(run) + "\n" for run in runs))
    found = recorded(path, workflows_of(tmp_path / "src", COPY))
    collector = step(found, "collector")
    assert (collector.calls, collector.inferred, collector.et) == (1, 0, 140.0)
    assert "evening show" not in {one.step for one in found.steps}
