"""Frameworks whose own spans have rules of their own."""

from __future__ import annotations

import json
from pathlib import Path

from tests.traces.programs import COPY
from tests.traces.writing import Span, edge, line, missing, recorded, step, workflows_of, write

PYDANTIC = "pydantic-ai"


def agent(name: str, span: str, at: float, error: str = "") -> Span:
    given = {"gen_ai.operation.name": "invoke_agent", "gen_ai.agent.name": name, "pydantic_ai.all_messages": "[1]"}
    sums = {"gen_ai.usage.input_tokens": 900, "gen_ai.usage.output_tokens": 90}
    told = {} if error else {"final_result": "done"}
    return Span(name, span, "r", at, at + 3, "t1", {**given, **sums, **told}, error=error)


def chat(name: str, span: str, parent: str, at: float) -> Span:
    given = {"gen_ai.operation.name": "chat", "gen_ai.agent.name": name, "gen_ai.request.model": "m"}
    counts = {"gen_ai.usage.input_tokens": 100, "gen_ai.usage.output_tokens": 10, "gen_ai.output.messages": "[1]"}
    return Span("chat m", span, parent, at, at + 0.4, "t1", {**given, **counts})


def tool(span: str, parent: str, at: float) -> Span:
    about = {"gen_ai.operation.name": "execute_tool", "gen_ai.tool.name": "scales"}
    return Span("execute_tool scales", span, parent, at, at + 0.1, "t1", about)


def test_an_answer_that_is_asked_for_again_is_a_mismatch_and_a_tool_round_is_none(tmp_path: Path) -> None:
    flows = workflows_of(tmp_path, COPY)
    spans = [
        agent("collector", "c", 0),
        chat("collector", "c1", "c", 0.1),
        tool("c2", "c", 0.6),
        chat("collector", "c3", "c", 0.8),
        chat("collector", "c4", "c", 1.5),
        agent("author", "a", 4),
        chat("author", "a1", "a", 4.1),
        chat("author", "a2", "a", 4.8),
    ]
    found = recorded(write(tmp_path / "t.jsonl", line(spans, PYDANTIC)), flows)
    assert (step(found, "collector").et, step(found, "collector").retry_et) == (3 * 140.0, 140.0)
    taken = edge(found, "collector", "author")
    assert (taken.executions, taken.mismatches) == (1, 1)


def test_an_answer_that_never_fits_counts_on_the_edge_that_was_not_taken(tmp_path: Path) -> None:
    flows = workflows_of(tmp_path, COPY)
    failed = agent("collector", "c", 0, error="pydantic_ai.exceptions.UnexpectedModelBehavior")
    found = recorded(write(tmp_path / "t.jsonl", line([failed, chat("collector", "c1", "c", 0.1)], PYDANTIC)), flows)
    taken = edge(found, "collector", "author")
    assert (taken.executions, taken.mismatches, taken.reasons) == (
        1,
        1,
        ("the answer never had the declared form (1)",),
    )


def test_links_are_ways_and_a_definition_is_compared(tmp_path: Path) -> None:
    source = """
from agent_framework import Executor, WorkflowBuilder, WorkflowContext, handler


class First(Executor):
    @handler
    async def go(self, text: str, ctx: WorkflowContext[str]) -> None:
        await ctx.send_message(text)


class Second(Executor):
    @handler
    async def go(self, text: str, ctx: WorkflowContext[str]) -> None:
        await ctx.yield_output(text)


first, second = First(id="first"), Second(id="second")
flow = WorkflowBuilder(start_executor=first).add_edge(first, second).build()
"""
    flows = workflows_of(tmp_path, source)
    edges = [{"source_id": "first", "target_id": "second"}, {"source_id": "second", "target_id": "first"}]
    whole = {"name": "flow", "executors": {"first": {}, "second": {}, "third": {}}, "edge_groups": [{"edges": edges}]}
    spans = [
        Span("workflow.build", "b", trace="t0", attributes={"workflow.definition": json.dumps(whole)}),
        Span("workflow.run", "r", "", 0, 9, "t1", {"workflow.name": "flow"}),
        Span("executor.process first", "e1", "r", 1, 2, "t1", {"executor.id": "first"}),
        Span("message.send", "s", "e1", 1.5, 1.6, "t1", {"message.type": "str"}),
        Span("executor.process second", "e2", "r", 3, 4, "t1", {"executor.id": "second"}, links=("s",)),
    ]
    found = recorded(write(tmp_path / "t.jsonl", line(spans, "agent_framework")), flows)
    assert len(found.runs) == 1
    assert edge(found, "first", "second").executions == 1
    assert {(one.source, one.target) for one in found.unlisted} == {("third", None), ("second", "first")}


def test_messages_carry_tokens_and_count_once(tmp_path: Path) -> None:
    reply = {"id": "m1", "source": "scout", "models_usage": {"prompt_tokens": 100, "completion_tokens": 10}}
    passed = {
        "messaging.operation": "process",
        "message": json.dumps({"message": {**reply, "created_at": "2026-01-01"}}),
    }
    about = {"gen_ai.operation.name": "invoke_agent", "gen_ai.agent.name": "scout"}
    spans = [
        Span("invoke_agent scout", "a", "", 0, 1, "t1", about),
        Span("autogen process judge", "p", "", 2, 3, "t2", passed, links=("a",)),
        Span("autogen process clerk", "q", "", 2, 3, "t3", passed, links=("a",)),
    ]
    found = recorded(write(tmp_path / "t.jsonl", line(spans, "autogen-core")))
    assert (found.et, found.calls, len(found.runs)) == (140.0, 1, 1)
    assert step(found, "scout").et == 140.0


def test_a_step_that_waits_is_no_execution(tmp_path: Path) -> None:
    chain = {"openinference.span.kind": "CHAIN", "input.value": '{"ev": 1}'}
    source = """
from workflows import Workflow, step
from workflows.events import Event, StartEvent, StopEvent


class Part(Event):
    text: str


class Desk(Workflow):
    @step
    async def split(self, ev: StartEvent) -> Part | None:
        return Part(text="x")

    @step
    async def join(self, ev: Part) -> StopEvent:
        return StopEvent(result=ev.text)
"""
    flows = workflows_of(tmp_path, source)
    spans = [
        Span("Desk.run", "r", "", 0, 9, "t1", {**chain, "output.value": "x"}),
        Span("Desk.split", "s", "r", 1, 2, "t1", {**chain, "output.value": "Part(text='x')"}),
        Span("Desk.join", "j1", "r", 3, 4, "t1", chain),
        Span("Desk.join", "j2", "r", 5, 6, "t1", {**chain, "output.value": "StopEvent()"}),
    ]
    found = recorded(write(tmp_path / "t.jsonl", line(spans, "openinference.instrumentation.llama_index")), flows)
    assert [(one.step, one.executions) for one in found.steps] == [("join", 1), ("split", 1)]
    assert ("tokens", None, None) in missing(found)


def test_an_event_that_a_step_failed_on_and_gets_again_is_another_attempt(tmp_path: Path) -> None:
    """Beside it the step runs for other events, and the context that stands before the event is another one."""

    def given(event: str, context: int) -> dict[str, object]:
        return {
            "openinference.span.kind": "CHAIN",
            "input.value": json.dumps({"ctx": f"<Context object at 0x{context}>", "ev": f"StartEvent({event})"}),
        }

    spans = [
        Span("Kitchen.run", "r", "", 0, 9, "t1", {"openinference.span.kind": "CHAIN", "output.value": "x"}),
        Span("Kitchen.cook", "a", "r", 1, 2, "t1", given("soup", 1), error="TimeoutError"),
        Span("Kitchen.cook", "b", "r", 1, 3, "t1", {**given("cake", 2), "output.value": "Dish()"}),
        Span("Kitchen.cook", "c", "r", 4, 5, "t1", {**given("soup", 3), "output.value": "Dish()"}),
    ]
    text = line(spans, "openinference.instrumentation.llama_index")
    cook = step(recorded(write(tmp_path / "t.jsonl", text), workflows_of(tmp_path, MENU)), "cook")
    assert (cook.executions, cook.attempts, cook.failures) == (2, 3, 0)


def test_a_completion_that_looks_like_a_task_is_a_call(tmp_path: Path) -> None:
    """OpenLLMetry says of LlamaIndex's chats that they are calls, and not of its completions."""
    usage = {"prompt_tokens": 100, "completion_tokens": 10, "total_tokens": 110}
    answer = json.dumps({"text": "soup", "additional_kwargs": {}, "raw": {"model": "m-1", "usage": usage}})
    task = {"traceloop.span.kind": "task", "traceloop.entity.name": "OpenAILike.task"}
    spans = [
        Span("Kitchen.workflow", "r", "", 0, 9, "t1", {"traceloop.span.kind": "workflow"}),
        Span("Kitchen.task", "s", "r", 1, 8, "t1", {**task, "traceloop.entity.output": '{"text": "a dish"}'}),
        Span("OpenAILike.task", "c", "s", 2, 5, "t1", {**task, "traceloop.entity.output": answer}),
        Span("OpenAILike.task", "d", "c", 3, 4, "t1", {**task, "traceloop.entity.output": answer}),
    ]
    found = recorded(write(tmp_path / "t.jsonl", line(spans, "opentelemetry.instrumentation.llamaindex")))
    assert (found.calls, found.et) == (1, 140.0)


MENU = """
from workflows import Workflow, step
from workflows.events import Event, StartEvent, StopEvent


class Dish(Event):
    text: str


class Kitchen(Workflow):
    @step
    async def cook(self, ev: StartEvent) -> Dish:
        return Dish(text="soup")

    @step
    async def serve(self, ev: Dish) -> StopEvent:
        return StopEvent(result=ev.text)
"""


def test_what_happened_to_a_model_is_an_event_on_the_span(tmp_path: Path) -> None:
    counts = {
        "response.raw.model": "m-1",
        "response.raw.usage.prompt_tokens": 100,
        "response.raw.usage.completion_tokens": 30,
        "response.raw.usage.prompt_tokens_details.cached_tokens": 60,
        "response.raw.usage.completion_tokens_details.reasoning_tokens": 20,
        "response.additional_kwargs.prompt_tokens": 100,
    }
    asked = {"LLMChatStartEvent": {"model_dict.model_name": "m"}}
    inside = {"llamaindex.step.input_summary": "StartEvent(guest='Ann')"}
    spans = [
        Span("Kitchen.run", "r", "", 0, 9, "t1"),
        Span("Kitchen.cook", "c", "r", 1, 3, "t1", inside),
        Span("Model.achat", "a", "c", 1.1, 2.9, "t1", inside, events={**asked, "LLMChatEndEvent": counts}),
        Span("Model.chat", "b", "a", 1.2, 2.8, "t1", inside, events={**asked, "LLMChatEndEvent": counts}),
        Span("Kitchen.serve", "s", "r", 4, 6, "t1", {"llamaindex.step.input_summary": "Dish(text='soup')"}),
        Span("Model.complete", "d", "s", 4.1, 5, "t1", events={"LLMCompletionStartEvent": {"model_dict.model": "m"}}),
    ]
    found = recorded(
        write(tmp_path / "t.jsonl", line(spans, "llamaindex.opentelemetry.tracer")), workflows_of(tmp_path, MENU)
    )
    cook = step(found, "cook")
    assert (cook.calls, cook.cached_tokens, cook.reasoning_tokens, cook.models) == (1, 60, 20, ("m-1",))
    assert cook.et == 40 + 6 + 120
    assert (step(found, "serve").et, step(found, "serve").blank) == (None, 1)
    assert [one.format for one in found.sources] == ["LlamaIndex"]


def test_a_call_inside_of_a_step_belongs_to_it_whatever_node_it_names(tmp_path: Path) -> None:
    call = {"gen_ai.operation.name": "chat", "gen_ai.usage.input_tokens": 100, "gen_ai.usage.output_tokens": 10}
    agent_span = {"graph.node.id": "agent_7", "gen_ai.operation.name": "invoke_agent", "gen_ai.agent.name": "scout"}
    spans = [
        Span("executor.process scout", "e", "", 0, 3, "t1", {"executor.id": "scout", "graph.node.id": "executor_1"}),
        Span("invoke_agent scout", "a", "e", 0.1, 2.9, "t1", agent_span),
        Span("chat m", "c", "a", 0.2, 1, "t1", {**call, "graph.node.id": "llm_99", "openinference.span.kind": "LLM"}),
    ]
    found = recorded(write(tmp_path / "t.jsonl", line(spans, "agent_framework")))
    assert [(one.step, one.et) for one in found.steps] == [("scout", 140.0)]


def test_a_span_around_tools_is_no_call(tmp_path: Path) -> None:
    last = {"gen_ai.operation.name": "generate_content", "gen_ai.usage.input_tokens": 90, "gen_ai.agent.name": "desk"}
    other = {**last, "gen_ai.agent.name": "till", "gen_ai.usage.output_tokens": 5}
    spans = [
        Span("invoke_agent desk", "a", "", 0, 3, "t1", {**last, "gen_ai.usage.output_tokens": 9}),
        Span("execute_tool rooms", "b", "a", 1, 2, "t1", {"gen_ai.operation.name": "execute_tool"}),
        Span("invoke_agent till", "c", "", 4, 5, "t1", other),
    ]
    found = recorded(write(tmp_path / "t.jsonl", line(spans, "gcp.vertex.agent")))
    assert [(one.step, one.et, one.blank) for one in found.steps] == [("desk", None, 1), ("till", 110.0, 0)]
    (said,) = [one.reason for one in found.missing if one.run is None]
    assert said.startswith("1 of 2 model calls have no token counts: spans around tools carry the counts of one call")


def test_a_call_without_tokens_that_two_instrumentations_show_is_one(tmp_path: Path) -> None:
    outer = {"openinference.span.kind": "LLM", "llm.model_name": "m-1", "agent.name": "desk"}
    inner = {"openinference.span.kind": "LLM", "llm.model_name": "m-1-2026"}
    path = write(
        tmp_path / "t.jsonl",
        line([Span("ChatModel", "a", "", 0, 2, "t1", outer)]),
        line([Span("ChatCompletion", "b", "", 0.5, 1.5, "t2", inner)], "openinference.instrumentation.openai"),
    )
    found = recorded(path)
    assert (found.calls, found.et, len(found.runs)) == (1, None, 1)


def test_what_the_inner_span_of_a_call_tells_more_is_taken(tmp_path: Path) -> None:
    outer = {"openinference.span.kind": "LLM", "agent.name": "desk"}
    counts = {"llm.token_count.prompt": 100, "llm.token_count.completion": 10}
    inner = {"openinference.span.kind": "LLM", "llm.token_count.prompt_details.cache_read": 50, **counts}
    spans = [
        Span("generation", "a", "", 0, 2, "t1", {**outer, **counts}),
        Span("chat", "b", "a", 0.5, 1.5, "t1", inner),
    ]
    found = recorded(write(tmp_path / "t.jsonl", line(spans, "openinference.instrumentation.openai_agents")))
    assert (found.calls, found.et) == (1, 50 + 5 + 40)
    assert step(found, "desk").cached_tokens == 50


def test_a_file_of_things_that_were_only_built_has_no_run(tmp_path: Path) -> None:
    made = {"gen_ai.operation.name": "create_agent", "gen_ai.agent.name": "scout"}
    found = recorded(
        write(tmp_path / "t.jsonl", line([Span("create_agent scout", "b", attributes=made)], "autogen-core"))
    )
    assert (found.runs, found.calls, found.et) == ((), 0, None)


def test_what_a_ready_made_workflow_brings_is_not_missing_in_the_source(tmp_path: Path) -> None:
    source = """
from agent_framework import Agent
from agent_framework.openai import OpenAIChatClient
from agent_framework_orchestrations import SequentialBuilder

poet = Agent(OpenAIChatClient(model="m"), "Write.", name="poet")
critic = Agent(OpenAIChatClient(model="m"), "Read.", name="critic")
song = SequentialBuilder(participants=[poet, critic]).build()
"""
    executors = {"first": {"id": "first", "type": "_Begin"}, "poet": {"id": "poet", "type": "AgentExecutor"}}
    whole = {"name": "Sequential", "executors": executors, "edge_groups": []}
    spans = [
        Span("workflow.build", "b", trace="t0", attributes={"workflow.definition": json.dumps(whole)}),
        Span("workflow.run", "r", "", 0, 9, "t1", {"workflow.name": "Sequential"}),
        Span("executor.process first", "e", "r", 1, 2, "t1", {"executor.id": "first", "executor.type": "_Begin"}),
        Span("executor.process poet", "p", "r", 3, 4, "t1", {"executor.id": "poet", "executor.type": "AgentExecutor"}),
    ]
    found = recorded(write(tmp_path / "t.jsonl", line(spans, "agent_framework")), workflows_of(tmp_path, source))
    assert [one.step for one in found.steps] == ["poet"]
    assert found.unlisted == ()


def test_an_answer_without_the_declared_form_was_paid_for_and_nobody_knows_how_much(tmp_path: Path) -> None:
    call = {"gen_ai.operation.name": "chat", "gen_ai.request.model": "m-1", "gen_ai.agent.name": "judge"}
    counts = {"gen_ai.usage.input_tokens": 100, "gen_ai.usage.output_tokens": 10}
    for error, known in (("pydantic_core.ValidationError", False), ("openai.InternalServerError", True)):
        spans = [Span("chat", "a", "", 0, 1, "t1", {**call, **counts}), Span("chat", "b", "", 2, 3, "t1", call, error)]
        found = recorded(write(tmp_path / "t.jsonl", line(spans, "openlit.instrumentation.openai")))
        assert (found.calls, found.et) == (2, 140.0)
        assert [one.part for one in found.missing if "1 of 2 model calls have no token counts" in one.reason] == (
            [] if known else ["tokens"]
        )


def test_runs_that_link_to_what_built_them_are_runs_of_their_own_and_a_node_after_its_failure_is_tried_again(
    tmp_path: Path,
) -> None:
    node = {"gen_ai.operation.name": "invoke_agent", "gen_ai.agent.name": "dig"}
    whole = {"gen_ai.operation.name": "invoke_workflow", "gen_ai.workflow.name": "garden"}
    nodes = {"gen_ai.graph.nodes": '["dig", "plant"]', "gen_ai.graph.edges": '["__start__->dig", "dig->plant"]'}
    built = {"gen_ai.operation.name": "create_agent", "gen_ai.agent.name": "default", **nodes}
    spans = [
        Span("create_agent", "m", "", 0, 1, "t0", built),
        Span("invoke_workflow", "a", "", 2, 9, "t1", whole, links=("m",)),
        Span("invoke_agent dig", "b", "a", 3, 4, "t1", node, "builtins.TimeoutError"),
        Span("invoke_agent dig", "c", "a", 5, 6, "t1", node),
        Span("invoke_workflow", "d", "", 12, 19, "t2", whole, links=("m",)),
        Span("invoke_agent dig", "e", "d", 13, 14, "t2", node),
    ]
    found = recorded(write(tmp_path / "t.jsonl", line(spans, "openlit.instrumentation.langgraph")))
    dig = step(found, "dig")
    assert (len(found.runs), dig.executions, dig.attempts) == (2, 2, 3)
    assert [source.format for source in found.sources] == ["OpenLIT"]


def test_spans_of_clients_and_servers_are_no_instrumentation_of_models(tmp_path: Path) -> None:
    path = write(tmp_path / "t.jsonl", line([Span("POST", "a")], "opentelemetry.instrumentation.httpx"))
    (source,) = recorded(path).sources
    assert source.format == "OpenTelemetry"


def test_an_exception_without_a_type_of_its_own_is_told_by_its_message(tmp_path: Path) -> None:
    call = {"langsmith.span.kind": "llm", "gen_ai.request.model": "m-1"}
    told = {"exception": {"exception.type": "Exception", "exception.message": "2 validation errors for Verdict\ngood"}}
    failed = Span("ChatOpenAI", "a", "", 0, 1, "t1", call, failed=True, events=told)
    found = recorded(write(tmp_path / "t.jsonl", line([failed], "langsmith")))
    assert [one.reason for one in found.missing if one.run is None] == ["1 of 1 model calls have no token counts"]
