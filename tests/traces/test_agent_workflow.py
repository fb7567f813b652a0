"""LlamaIndex runs all agents of a workflow in one step: who is at work stands in what the step is given."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.traces.writing import Span, line, missing, model, recorded, step, workflows_of, write

WINDOW = """
from llama_index.core.agent.workflow import AgentWorkflow, FunctionAgent


def rate(land: str) -> str:
    return "2"


teller = FunctionAgent(name="teller", description="Greets.", can_handoff_to=["trader"])
trader = FunctionAgent(name="trader", description="Trades.", tools=[rate], can_handoff_to=["teller"])
window = AgentWorkflow(agents=[teller, trader], root_agent="teller")
"""
"""Two agents that may hand over to each other; one has a tool."""

CHAIN, LLM = {"openinference.span.kind": "CHAIN"}, {"openinference.span.kind": "LLM", "llm.model_name": "m-1"}


def openinference(name: str, at: float) -> list[Span]:
    """What an agent says once, and that the words are made ready before."""
    given = json.dumps({"ctx": "<Context>", "ev": f"AgentSetup(input=[2 items], current_agent_name='{name}')"})
    span = f"{name[:2]}{at:.0f}"
    return [
        Span("AgentWorkflow.run_agent_step", span, "r", at, at + 1, "t1", {**CHAIN, "input.value": given}),
        Span("House._prepare_chat_with_tools", f"{span}p", span, at + 0.1, at + 0.2, "t1", LLM),
        Span("House.achat", f"{span}c", span, at + 0.3, at + 0.9, "t1", model(100, 10)),
    ]


def mlflow(name: str, at: float) -> list[Span]:
    """The same as MLflow writes it."""
    given = json.dumps({"ev": {"input": [], "current_agent_name": name}})
    told = {"mlflow.spanType": '"CHAT_MODEL"', "mlflow.chat.tokenUsage": '{"input_tokens": 100, "output_tokens": 10}'}
    span = f"{name[:2]}{at:.0f}"
    ready = {"mlflow.spanType": '"LLM"'}
    working = {"mlflow.spanType": '"CHAIN"', "mlflow.spanInputs": given}
    return [
        Span("AgentWorkflow.run_agent_step", span, "r", at, at + 1, "t1", working),
        Span("House._prepare_chat_with_tools", f"{span}p", span, at + 0.1, at + 0.2, "t1", ready),
        Span("House.achat", f"{span}c", span, at + 0.3, at + 0.9, "t1", {**told, "mlflow.llm.model": '"m-1"'}),
    ]


@pytest.mark.parametrize(
    ("say", "scope"),
    [(openinference, "openinference.instrumentation.llama_index"), (mlflow, "mlflow")],
    ids=["OpenInference", "MLflow"],
)
def test_each_agent_pays_for_its_own_words_and_a_tool_round_is_no_loop(
    say: Callable[[str, float], list[Span]], scope: str, tmp_path: Path
) -> None:
    spans = [Span("AgentWorkflow.run", "r", "", 0, 30, "t1", {"output.value": "2"})]
    for name, at in (("teller", 1), ("trader", 3), ("trader", 5)):
        spans.extend(say(name, at))
    found = recorded(write(tmp_path / "t.jsonl", line(spans, scope)), workflows_of(tmp_path, WINDOW))
    assert {(one.step, one.et, one.calls, one.loop_et, one.inferred) for one in found.steps} == {
        ("teller", 140.0, 1, 0.0, 0),
        ("trader", 280.0, 2, 0.0, 0),
    }
    assert not [part for part, *_ in missing(found) if part == "tokens"]


def test_who_comes_back_after_another_one_loops(tmp_path: Path) -> None:
    spans = [Span("AgentWorkflow.run", "r", "", 0, 30, "t1", {"output.value": "2"})]
    for name, at in (("teller", 1), ("trader", 3), ("teller", 5)):
        spans.extend(openinference(name, at))
    text = line(spans, "openinference.instrumentation.llama_index")
    found = recorded(write(tmp_path / "t.jsonl", text), workflows_of(tmp_path, WINDOW))
    assert step(found, "teller").loop_et == 140.0
