"""Platforms that keep runs in records of their own: each one's record of the same two steps, and of what went wrong."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

import pytest

from tests.traces.programs import COPY, DESKS, LIBRARY
from tests.traces.writing import Span, edge, line, reading, recorded, step, workflows_of, write

Record = Mapping[str, object]
DAY = "2026-01-01T00:00:"


def lines(records: Iterable[object]) -> str:
    return "".join(json.dumps(record) + "\n" for record in records)


def _place(name: str, at: int) -> dict[str, object]:
    return {"langgraph_node": name, "langgraph_step": at, "langgraph_checkpoint_ns": f"{name}:{at}"}


def opik(name: str, parent: str, at: int, **more: object) -> dict[str, object]:
    """A span as Opik's client sends it; a node does not name the trace that it is right inside of."""
    times = {"start_time": f"{DAY}{at:02}Z", "end_time": f"{DAY}{at + 1:02}Z"}
    found = {
        "id": name,
        "project_name": "p",
        "trace_id": "r",
        "name": name,
        "type": "general",
        "source": "sdk",
        **times,
    }
    return {**found, **({"parent_span_id": parent} if parent else {}), **more}


def opik_lines(error: object = None) -> Iterator[object]:
    usage: dict[str, object] = {
        "prompt_tokens": 100,
        "completion_tokens": 20,
        "total_tokens": 120,
        "original_usage.prompt_tokens": 100,
        "original_usage.completion_tokens": 20,
        "original_usage.prompt_tokens_details.cached_tokens": 50,
        "original_usage.completion_tokens_details.reasoning_tokens": 8,
    }
    whole = {"id": "r", "project_name": "p", "name": "library", "source": "sdk", "start_time": f"{DAY}00Z"}
    yield {"traces": [whole]}
    yield {"traces": [{**whole, "end_time": f"{DAY}09Z", **({"error_info": error} if error else {})}]}
    begun = opik("look_up", "", 1, metadata=_place("look_up", 1))
    asked = opik("c1", "look_up", 1, type="llm", model="m-1", usage=usage, metadata=_place("look_up", 1))
    failed = {"error_info": error} if error else {}
    yield {"spans": [{name: begun[name] for name in begun if name != "end_time"}, asked]}
    yield {"spans": [begun, opik("answer", "", 3, metadata=_place("answer", 2), output={"reply": "x"}, **failed)]}


def weave(name: str, parent: str | None, at: int, **more: object) -> dict[str, object]:
    """A call of Weave's, as its client sends one that has ended."""
    times = {"started_at": f"{DAY}{at:02}Z", "ended_at": f"{DAY}{at + 1:02}Z"}
    about = {"op_name": f"weave:///me/p/op/langchain.Chain.{name}:abc", "display_name": f"langchain.Chain.{name}"}
    return {"project_id": "me/p", "id": name, "trace_id": "r", "parent_id": parent, **about, **times, **more}


def weave_lines(error: object = None) -> Iterator[object]:
    usage: dict[str, object] = {"prompt_tokens": 100, "completion_tokens": 20, "total_tokens": 120}
    usage |= {"prompt_tokens_details": {"cached_tokens": 50}, "completion_tokens_details": {"reasoning_tokens": 8}}
    leaked = {"attributes": {"weave": {"kind": "llm"}}}
    node = {"output": {"extra": {"metadata": _place("look_up", 1)}, "outputs": {"shelf": "x"}}, **leaked}
    inner = {"op_name": "weave:///me/p/op/openai.chat.completions.create:abc", "display_name": None, **leaked}
    outer = {"op_name": "weave:///me/p/op/langchain.Llm.ChatOpenAI:abc", "inputs": {"model": "m-1"}, **leaked}
    sums = {"summary": {"usage": {"m-1": usage}}}
    last = {
        "extra": {"metadata": _place("answer", 2)},
        "outputs": {"reply": "x"},
        **({"error": error} if error else {}),
    }
    yield {"batch": [weave("library", None, 0, ended_at=f"{DAY}09Z", exception="it broke" if error else None, **sums)]}
    call = weave("look_up", "library", 1, **node, **sums)
    start = {name: value for name, value in call.items() if name not in ("output", "ended_at", "summary")}
    end = {name: value for name, value in call.items() if name not in ("op_name", "started_at", "inputs")}
    yield {"batch": [{"mode": "start", "req": {"start": start}}]}
    yield {"batch": [weave("c0", "c1", 1, **inner, output={"usage": usage})]}
    yield {"batch": [weave("c1", "look_up", 1, **outer, output={"outputs": {"llm_output": {"token_usage": usage}}})]}
    yield {"batch": [{"mode": "end", "req": {"end": end}}, weave("answer", "library", 3, output=last)]}


def braintrust(name: str, parent: str, at: int, kind: str = "task", **more: object) -> dict[str, object]:
    """A row of Braintrust's."""
    metrics = {"start": 1_767_225_600.5 + at, "end": 1_767_225_601.5 + at}
    attributes = {"name": name, "type": kind}
    about = {"span_id": name, "root_span_id": "r", "span_parents": [parent] if parent else None}
    return {"id": f"row {name}", **about, "span_attributes": attributes, "metrics": metrics, **more}


def braintrust_lines(error: object = None) -> Iterator[object]:
    counts = {"prompt_tokens": 100, "completion_tokens": 20, "tokens": 120}
    counts |= {"prompt_cached_tokens": 50, "completion_reasoning_tokens": 8}
    call = braintrust("c1", "look_up", 1, "llm", metadata={"model": "m-1"})
    yield {"rows": [braintrust("r", "", 0, error=error)]}
    yield {"rows": [braintrust("look_up", "r", 1, metadata={"metadata": _place("look_up", 1)}), call]}
    merged = {"_is_merge": True, "span_id": "c1", "root_span_id": "r", "span_parents": ["look_up"], "metrics": counts}
    yield {"rows": [merged]}
    answer = braintrust("answer", "r", 3, metadata={"metadata": _place("answer", 2)}, output={"reply": "x"})
    yield {"rows": [{**answer, "error": error}]}


PLATFORMS: dict[str, Callable[[object], Iterator[object]]] = {
    "Opik": opik_lines,
    "Weave": weave_lines,
    "Braintrust": braintrust_lines,
}


@pytest.mark.parametrize("name", PLATFORMS)
def test_steps_tokens_and_runs_are_read(name: str, tmp_path: Path) -> None:
    path = write(tmp_path / "t.jsonl", lines(PLATFORMS[name](None)))
    found = recorded(path, workflows_of(tmp_path, LIBRARY))
    look_up = step(found, "look_up")
    told = look_up.input_tokens, look_up.cached_tokens, look_up.output_tokens, look_up.reasoning_tokens
    assert (told, look_up.et, look_up.calls, look_up.executions) == ((100, 50, 20, 8), 50 + 5 + 80.0, 1, 1)
    assert (step(found, "answer").executions, edge(found, "look_up", "answer").executions) == (1, 1)
    assert [run.failed for run in found.runs] == [False]
    assert [source.format for source in found.sources] == [name]
    assert not reading(path).notices


@pytest.mark.parametrize("name", PLATFORMS)
def test_what_went_wrong_is_read(name: str, tmp_path: Path) -> None:
    error = {"exception_type": "Trouble", "message": "it broke"} if name == "Opik" else "it broke"
    path = write(tmp_path / "t.jsonl", lines(PLATFORMS[name](error)))
    found = recorded(path, workflows_of(tmp_path, LIBRARY))
    assert (step(found, "look_up").failures, step(found, "answer").failures) == (0, 1)
    assert [run.failed for run in found.runs] == [True]


@pytest.mark.parametrize("name", PLATFORMS)
def test_a_record_that_is_cut_off_is_named_and_the_rest_is_read(name: str, tmp_path: Path) -> None:
    whole = list(PLATFORMS[name](None))
    path = write(tmp_path / "t.jsonl", lines(whole[:-1]), json.dumps(whole[-1])[:80], "\n", lines(whole[-1:]))
    assert step(recorded(path, workflows_of(tmp_path, LIBRARY)), "look_up").et == 135.0
    assert [notice.line for notice in reading(path).notices] == [len(whole)]


@pytest.mark.parametrize("name", PLATFORMS)
def test_records_that_are_there_twice_count_once(name: str, tmp_path: Path) -> None:
    path = write(tmp_path / "t.jsonl", lines(PLATFORMS[name](None)) * 2)
    found = recorded(path, workflows_of(tmp_path, LIBRARY))
    assert (found.calls, found.et) == (1, 135.0)


def _agents(name: str) -> Iterator[object]:
    """A front desk that hands over to billing, as each platform keeps what the OpenAI Agents SDK says."""
    agent = {"handoffs": [], "tools": [], "output_type": "str"}
    hand_off = {"from_agent": "front", "to_agent": "billing"}
    match name:
        case "Opik":
            yield {"spans": [opik("front", "", 1, metadata=agent), opik("h", "front", 2, metadata=hand_off)]}
            yield {"spans": [opik("billing", "", 3, metadata=agent)]}
        case "Weave":
            does = "weave:///me/p/op/openai_agent_"
            named = {"op_name": f"{does}agent:a", "output": {"output": None, "metrics": {}, "metadata": agent}}
            gone = {"op_name": f"{does}handoff:a", "output": {"output": None, "metrics": {}, "metadata": hand_off}}
            yield {"batch": [weave("front", None, 1, **named, display_name="front")]}
            yield {"batch": [weave("h", "front", 2, **gone, display_name="Handoff")]}
            yield {"batch": [weave("billing", None, 3, **named, display_name="billing")]}
        case _:
            yield {"rows": [braintrust("front", "", 1, metadata=agent), braintrust("h", "front", 2, metadata=hand_off)]}
            yield {"rows": [braintrust("billing", "", 3, metadata=agent)]}


@pytest.mark.parametrize("name", PLATFORMS)
def test_agents_and_hand_offs_of_the_openai_agents_sdk_are_told_apart(name: str, tmp_path: Path) -> None:
    found = recorded(write(tmp_path / "t.jsonl", lines(_agents(name))), workflows_of(tmp_path, DESKS))
    assert {one.step: one.executions for one in found.steps} == {"front": 1, "billing": 1}
    assert edge(found, "front", "billing").executions == 1


def test_litellm_logs_calls_without_steps(tmp_path: Path) -> None:
    usage: dict[str, object] = {
        "prompt_tokens": 100,
        "completion_tokens": 20,
        "prompt_tokens_details": {"cached_tokens": 50},
    }
    call: dict[str, object] = {
        "id": "x",
        "litellm_call_id": "1",
        "trace_id": "t",
        "call_type": "acompletion",
        "status": "success",
    }
    call |= {"prompt_tokens": 100, "completion_tokens": 20, "total_tokens": 120, "model": "m-1"}
    call |= {"startTime": 1_767_225_600.5, "endTime": 1_767_225_601.5, "response": {"usage": usage}}
    nothing = {"prompt_tokens": 0, "completion_tokens": 0, "total_tokens": 0, "response": {}}
    failed = {**call, **nothing, "litellm_call_id": "2", "status": "failure", "error_str": "overloaded"}
    other = {**call, "litellm_call_id": "3", "call_type": "aembedding"}
    found = recorded(write(tmp_path / "t.jsonl", lines([call, failed, other])), workflows_of(tmp_path, LIBRARY))
    assert (found.calls, found.et) == (2, 50 + 5 + 80.0)
    (lost,) = found.unattributed
    assert (lost.source, lost.calls, "framework" in lost.reason) == ("LiteLLM", 2, True)


def _request(name: str, path: str, **more: object) -> dict[str, object]:
    """A request as Helicone's interface gives it back."""
    about = {"Helicone-Session-Id": "r", "Helicone-Session-Path": path} if path else {}
    counts = {"prompt_tokens": 100, "completion_tokens": 20, "total_tokens": 120, "prompt_cache_read_tokens": 50}
    times = {"request_created_at": f"{DAY}01Z", "response_created_at": f"{DAY}02Z"}
    body = {"request_model": "m-1", "request_body": {"messages": []}, "response_body": {"choices": []}}
    return {"request_id": name, "response_status": 200, "request_properties": about, **times, **body, **counts, **more}


def test_requests_of_helicone_are_steps_where_sessions_have_paths(tmp_path: Path) -> None:
    usage = {"usage": {"prompt_tokens": 10, "completion_tokens": 1}}
    failed = {"response_status": 500, "response_body": {"error": {"message": "overloaded"}}}
    nothing = dict.fromkeys(("prompt_tokens", "completion_tokens", "total_tokens", "prompt_cache_read_tokens"))
    rows = [
        _request("1", "/library/look_up"),
        _request("2", "/library/answer", response_body=usage),
        _request("3", "/library/answer", **failed, **nothing),
        _request("4", ""),
    ]
    found = recorded(write(tmp_path / "t.jsonl", lines(rows)), workflows_of(tmp_path, LIBRARY))
    assert [(one.step, one.calls, one.et) for one in found.steps] == [("answer", 2, 14.0), ("look_up", 1, 135.0)]
    assert [(run.calls, run.failed) for run in found.runs] == [(3, True), (1, False)]
    (lost,) = found.unattributed
    assert (lost.source, lost.calls, "Helicone-Session-Path" in lost.reason) == ("Helicone", 1, True)


def test_agentops_shows_a_call_beside_the_agent_that_made_it(tmp_path: Path) -> None:
    agent = {"agentops.span.kind": "agent", "agent.name": "front"}
    blank = {"agentops.span.kind": "llm", "gen_ai.response.model": "m-1"}
    counts = {"gen_ai.response.model": "m-1", "gen_ai.usage.prompt_tokens": 100, "gen_ai.usage.completion_tokens": 20}
    asks_for = {"agentops.span.kind": "AgentOpsSpanKindValues.TOOL", "tool.name": "look"}
    inside = [Span("front", "a", "", 0, 5, "t1", agent), Span("generation", "g", "a", 1, 3, "t1", blank)]
    client = Span("openai.chat.completion", "c", "", 1.5, 2.5, "t2", counts)
    asked = Span("tool_call.look", "k", "c", 2.5, 2.5, "t2", asks_for)
    texts = line(inside, "openai-agents"), line([client], "openai"), line([asked], "agentops.instrumentation")
    found = recorded(write(tmp_path / "t.jsonl", *texts), workflows_of(tmp_path, DESKS))
    assert (step(found, "front").calls, step(found, "front").et, found.et) == (1, 180.0, 180.0)
    assert len(found.runs) == 1


def test_mlflow_says_whose_agents_it_shows(tmp_path: Path) -> None:
    """Two answers of one agent of pydantic-ai without a tool between them: the first one was refused."""
    mine = {"mlflow.message.format": '"pydantic_ai"'}
    agent = {"mlflow.spanType": '"AGENT"', "name": '"collector"', **mine}
    counts = json.dumps({"input_tokens": 100, "output_tokens": 10, "total_tokens": 110})
    asked = {"mlflow.spanType": '"LLM"', "mlflow.chat.tokenUsage": counts, **mine}
    spans = [
        Span("Agent.run", "a", "", 0, 9, "t1", agent),
        Span("Model.request", "c", "a", 1, 2, "t1", asked),
        Span("Model.request", "d", "a", 3, 4, "t1", asked),
        Span("Agent.run", "b", "", 10, 12, "t2", {**agent, "name": '"author"'}),
        Span("Model.request", "e", "b", 10, 11, "t2", asked),
    ]
    found = recorded(write(tmp_path / "t.jsonl", line(spans, "mlflow.trace")), workflows_of(tmp_path, COPY))
    assert (step(found, "collector").et, step(found, "collector").retry_et) == (280.0, 140.0)
    taken = edge(found, "collector", "author")
    assert (taken.executions, taken.mismatches, [run.traces for run in found.runs]) == (1, 1, [2])


TEAM = """
from google.adk.agents import LlmAgent, SequentialAgent

plan = LlmAgent(name="plan", model="m-1", output_key="plan")
text = LlmAgent(name="text", model="m-1", instruction="Write {plan}.")
root_agent = SequentialAgent(name="chain", sub_agents=[plan, text])
"""


def test_braintrust_shows_agents_of_adk_and_tools_inside_of_the_call_that_asks_for_them(tmp_path: Path) -> None:
    """Its spans of calls are tasks; tokens are in the answer, and a provider's client may show the call again."""

    def answer(read: int, written: int) -> dict[str, object]:
        usage = {"prompt_token_count": read, "candidates_token_count": written, "total_token_count": read + written}
        return {"metadata": {"flow_class": "AutoFlow", "model": "m-1"}, "output": {"usage_metadata": usage}}

    counts = {"prompt_tokens": 100, "completion_tokens": 10, "tokens": 110}
    inner = braintrust("generate", "llm_call", 1, "llm", metadata={"model": "m-1"})
    rows = [
        braintrust("r", "", 0),
        {**braintrust("a", "r", 1, metadata={"agent_name": "plan"}), "span_attributes": {"name": "agent_run [plan]"}},
        braintrust("llm_call", "a", 1) | answer(100, 10),
        {**inner, "metrics": {**inner["metrics"], **counts}},  # type: ignore[dict-item]
        braintrust("tool [look]", "llm_call", 1, "tool"),
        {**braintrust("c", "a", 2), **answer(200, 20), "span_attributes": {"name": "llm_call [response_generation]"}},
    ]
    found = recorded(write(tmp_path / "t.jsonl", lines([{"rows": rows}])), workflows_of(tmp_path, TEAM))
    plan = step(found, "plan")
    assert (plan.calls, plan.input_tokens, plan.output_tokens, plan.et) == (2, 300, 30, 420.0)
