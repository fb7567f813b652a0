"""A workflow that runs beside another one: the agent of a guardrail."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.traces.writing import Span, line, recorded, workflows_of, write

GATE = """
from agents import Agent, GuardrailFunctionOutput, Runner, input_guardrail

porter = Agent(name="porter", model="m-1")


@input_guardrail
async def may_enter(ctx, agent, text):
    said = await Runner.run(porter, text)
    return GuardrailFunctionOutput(output_info=said.final_output, tripwire_triggered="no" in said.final_output)


ledger = Agent(name="ledger", model="m-2")
desk = Agent(name="desk", model="m-1", handoffs=[ledger], input_guardrails=[may_enter])


async def main(text: str) -> str:
    return (await Runner.run(desk, text)).final_output
"""
"""A desk that hands off, and a porter who looks at what comes in."""


def openinference(name: str, kind: str) -> dict[str, object]:
    told: dict[str, object] = {"openinference.span.kind": kind}
    if kind == "AGENT":
        told |= {"agent.name": name, "graph.node.id": name}
    if kind == "LLM":
        told |= {"llm.model_name": "m", "llm.token_count.prompt": 100, "llm.token_count.completion": 10}
    return told


def langsmith(name: str, kind: str) -> dict[str, object]:
    del name
    word = {"LLM": "llm", "GUARDRAIL": "tool"}.get(kind, "chain")
    told: dict[str, object] = {"langsmith.span.kind": word, "langsmith.metadata.ls_integration": "openai-agents-sdk"}
    if kind == "LLM":
        told |= {"gen_ai.usage.input_tokens": 100, "gen_ai.usage.output_tokens": 10, "gen_ai.request.model": "m"}
    return told


SCOPES: dict[Callable[[str, str], dict[str, object]], str] = {
    openinference: "openinference.instrumentation.openai_agents",
    langsmith: "langsmith",
}


@pytest.mark.parametrize("say", SCOPES)
@pytest.mark.parametrize("steps", [("desk", "ledger"), ("desk",)], ids=["let in", "sent away"])
def test_the_agent_of_a_guardrail_is_a_step_of_its_own(
    say: Callable[[str, str], dict[str, object]], steps: tuple[str, ...], tmp_path: Path
) -> None:
    told = [
        ("Agent workflow", "CHAIN", "w", ""),
        ("desk", "AGENT", "d", "w"),
        ("Span", "CHAIN", "t", "d"),
        ("may_enter", "GUARDRAIL", "g", "t"),
        ("porter", "AGENT", "p", "g"),
        ("Span Response", "LLM", "c1", "p"),
        ("Span Response", "LLM", "c2", "t"),
    ]
    after = [("ledger", "AGENT", "l", "w"), ("Span Response", "LLM", "c3", "l")] if "ledger" in steps else []
    spans = [Span(name, span, up, 1, 5, "t1", say(name, kind)) for name, kind, span, up in told]
    spans += [Span(name, span, up, 6, 9, "t1", say(name, kind)) for name, kind, span, up in after]
    found = recorded(write(tmp_path / "t.jsonl", line(spans, SCOPES[say])), workflows_of(tmp_path, GATE))
    named = {(one.workflow.rpartition("::")[2], one.step): one.et for one in found.steps}
    assert named == {("porter", "porter"): 140.0, **{("desk", step): 140.0 for step in steps}}
    assert (found.unlisted, found.unattributed) == ((), ())
    ways = [(one.source, one.target) for one in found.edges if "__" not in one.source + one.target]
    assert ways == [("desk", "ledger")][: len(steps) - 1]
