"""Haystack's own spans: components by name, tokens inside of what they give back."""

from __future__ import annotations

import json
from pathlib import Path

from tests.traces.writing import Span, line, missing, recorded, step, workflows_of, write

DESK = """
from haystack import Pipeline
from haystack.components.agents import Agent
from haystack.components.builders import ChatPromptBuilder
from haystack.components.generators.chat import OpenAIChatGenerator

desk = Pipeline()
desk.add_component("prompt", ChatPromptBuilder(template="{{question}}"))
desk.add_component("reply", OpenAIChatGenerator())
desk.add_component("helper", Agent(chat_generator=OpenAIChatGenerator()))
desk.connect("prompt.prompt", "reply.messages")
desk.connect("reply.replies", "helper.messages")
"""
TRACER = "the desk's own tracer"


def replies(read: int, written: int, cached: int = 0) -> str:
    usage = {"prompt_tokens": read, "completion_tokens": written, "prompt_tokens_details": {"cached_tokens": cached}}
    return json.dumps({"replies": [{"role": "assistant", "meta": {"model": "m-1", "usage": usage}}]})


def component(name: str, span: str, at: float, output: str = "") -> Span:
    told = {"haystack.component.name": name, "haystack.component.input": "{}"}
    given = {"haystack.component.output": output} if output else {}
    return Span("haystack.component.run", span, "r", at, at + 0.9, "t1", {**told, **given})


def whole() -> Span:
    about = {"haystack.pipeline.max_runs_per_component": 4, "haystack.pipeline.output_data": '{"a": "done"}'}
    return Span("haystack.pipeline.run", "r", end=9, trace="t1", attributes=about)


def test_the_tokens_of_a_component_are_in_its_replies(tmp_path: Path) -> None:
    flows = workflows_of(tmp_path, DESK)
    prompt = component("prompt", "p", 0.1, '{"prompt": []}')
    spans = [whole(), prompt, component("reply", "m", 1.1, replies(100, 10, 40))]
    found = recorded(write(tmp_path / "t.jsonl", line(spans, TRACER)), flows)
    reply = step(found, "reply")
    assert (reply.et, reply.calls, reply.models, reply.executions) == (60 + 4 + 40, 1, ("m-1",), 1)
    assert step(found, "prompt").et == 0.0
    assert [one.format for one in found.sources] == ["Haystack"]


def test_an_agent_counts_its_own_calls_and_not_its_messages_again(tmp_path: Path) -> None:
    flows = workflows_of(tmp_path, DESK)
    said = {"messages": json.loads(replies(100, 10))["replies"]}
    call = {"haystack.agent.step.llm.input": "{}", "haystack.agent.step.llm.output": replies(100, 10)}
    spans = [
        whole(),
        component("helper", "h", 1.1, json.dumps(said)),
        Span("haystack.agent.run", "a", "h", 1.2, 1.8, "t1", {"haystack.agent.max_steps": 9}),
        Span("haystack.agent.step", "s", "a", 1.2, 1.7, "t1", {"haystack.agent.step": 0}),
        Span("haystack.agent.step.llm", "c", "s", 1.3, 1.6, "t1", call),
    ]
    found = recorded(write(tmp_path / "t.jsonl", line(spans, TRACER)), flows)
    assert (step(found, "helper").et, step(found, "helper").calls) == (140.0, 1)


def test_without_content_it_says_what_would_add_the_tokens(tmp_path: Path) -> None:
    flows = workflows_of(tmp_path, DESK)
    spans = [whole(), component("prompt", "p", 0.1), component("reply", "m", 1.1)]
    found = recorded(write(tmp_path / "t.jsonl", line(spans, TRACER)), flows)
    assert step(found, "reply").et is None
    assert any("HAYSTACK_CONTENT_TRACING_ENABLED" in one.reason for one in found.missing)
    assert ("tokens", None, None) in missing(found)


def test_langfuse_leaves_out_cached_tokens_and_this_is_said(tmp_path: Path) -> None:
    flows = workflows_of(tmp_path, DESK)
    told = {
        "langfuse.observation.type": "generation",
        "langfuse.observation.metadata.haystack.component.name": '"reply"',
        "langfuse.observation.usage_details": json.dumps({"input_tokens": 100, "output_tokens": 10}),
    }
    spans = [Span("Haystack", "r", end=9, trace="t1"), Span("reply", "m", "r", 1.1, 1.9, "t1", told)]
    found = recorded(write(tmp_path / "t.jsonl", line(spans, "langfuse-sdk")), flows)
    reply = step(found, "reply")
    assert (reply.calls, reply.input_tokens, reply.cached_tokens, reply.executions) == (1, 100, None, 1)
    assert any("no cached tokens are written" in one.reason for one in found.missing)


ROUTED = """
from haystack import Pipeline, component
from haystack.components.builders import PromptBuilder


@component
class Check:
    @component.output_types(good=str, bad=str)
    def run(self, text: str):
        return {"good": text} if text else {"bad": "nothing"}


@component
class Write:
    @component.output_types(text=str)
    def run(self, note: str):
        return {"text": note}


@component
class Send:
    @component.output_types(done=str)
    def run(self, text: str):
        return {"done": text}


desk = Pipeline()
desk.add_component("check", Check())
desk.add_component("write", Write())
desk.add_component("send", Send())
desk.connect("check.bad", "write.note")
desk.connect("check.good", "send.text")
desk.connect("write.text", "send.text")
"""


def test_the_ways_that_were_taken_are_those_whose_parts_were_given_back(tmp_path: Path) -> None:
    flows = workflows_of(tmp_path, ROUTED)
    spans = [
        whole(),
        component("check", "c", 0.1, '{"bad": "nothing"}'),
        component("write", "w", 1.1, '{"text": "x"}'),
        component("send", "s", 2.1, '{"done": "x"}'),
    ]
    found = recorded(write(tmp_path / "t.jsonl", line(spans, TRACER)), flows)
    taken = {(one.source, one.target) for one in found.edges}
    assert {("check", "write"), ("write", "send")} <= taken
    assert ("check", "send") not in taken
    assert "decision points" not in {part for part, _, _ in missing(found)}


def test_a_generator_that_failed_has_run(tmp_path: Path) -> None:
    told = {"haystack.component.name": "llm", "mlflow.spanType": "LLM", "haystack.component.input": "{}"}
    path = write(tmp_path / "t.jsonl", line([Span("OpenAIChatGenerator", "a", "", 0, 1, "t1", told, "TimeoutError")]))
    generator = step(recorded(path), "llm")
    assert (generator.executions, generator.failures) == (1, 1)
