"""What Langfuse gives back: names in either case, and what another instrumentation has written beside its own view."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.traces.programs import LIBRARY
from tests.traces.writing import recorded, step, workflows_of
from wflint.model.workflow import Workflow

DAY = "2026-01-01 00:00:"


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> tuple[Workflow, ...]:
    return workflows_of(tmp_path_factory.mktemp("library"), LIBRARY)


def row(name: str, parent: str | None, at: int, kind: str, **more: object) -> dict[str, object]:
    """A row of an export to a bucket: metadata in texts, the model as it was given."""
    about = {
        "id": name,
        "trace_id": "t",
        "project_id": "p",
        "parent_observation_id": parent,
        "type": kind,
        "name": name,
    }
    times = {"start_time": f"{DAY}{at:02}.000", "end_time": f"{DAY}{at + 1:02}.000"}
    return {**about, **times, "level": "DEFAULT", "status_message": None, "usage_details": {}, **more}


def node(name: str, at: int) -> dict[str, str]:
    return {"langgraph_node": name, "langgraph_step": str(at), "langgraph_checkpoint_ns": f"{name}:{at}"}


def rows() -> list[dict[str, object]]:
    usage = {"input": 50, "input_cached_tokens": 50, "output": 12, "output_reasoning_tokens": 8, "total": 120}
    call = {"model": None, "provided_model_name": "m-1", "usage_details": usage}
    return [
        row("library", None, 0, "CHAIN"),
        row("look_up", "library", 1, "CHAIN", metadata=node("look_up", 1)),
        row("ask", "look_up", 1, "GENERATION", metadata=node("look_up", 1), **call),
        row(
            "answer", "library", 3, "CHAIN", metadata=node("answer", 2), level="ERROR", status_message="ValueError: no"
        ),
    ]


def camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(map(str.capitalize, rest))


def as_is(one: Mapping[str, object]) -> Mapping[str, object]:
    return one


def as_interface(one: Mapping[str, object]) -> Mapping[str, object]:
    return {camel(name): value for name, value in one.items()}


@pytest.mark.parametrize("written", [as_is, as_interface])
def test_rows_of_exports_and_of_the_interface_say_the_same(
    written: Callable[[Mapping[str, object]], Mapping[str, object]], library: tuple[Workflow, ...], tmp_path: Path
) -> None:
    path = tmp_path / "observations.jsonl"
    path.write_text("".join(json.dumps(written(one)) + "\n" for one in rows()), encoding="utf-8")
    found = recorded(path, library)
    look_up = step(found, "look_up")
    assert [one.format for one in found.sources] == ["Langfuse export"]
    assert (look_up.executions, look_up.calls, look_up.models) == (1, 1, ("m-1",))
    assert (look_up.input_tokens, look_up.cached_tokens, look_up.output_tokens, look_up.reasoning_tokens) == (
        100,
        50,
        20,
        8,
    )
    assert step(found, "answer").failures == 1


def test_parts_that_are_inside_of_the_first_two_are_not_added(library: tuple[Workflow, ...], tmp_path: Path) -> None:
    inside = {"input": 100, "input_cached_tokens": 50, "output": 20, "output_reasoning_tokens": 8, "total": 120}
    ours = [{**one, "usage_details": inside} if one["type"] == "GENERATION" else one for one in rows()]
    path = tmp_path / "observations.jsonl"
    path.write_text("".join(json.dumps(one) + "\n" for one in ours), encoding="utf-8")
    look_up = step(recorded(path, library), "look_up")
    assert (look_up.input_tokens, look_up.cached_tokens, look_up.output_tokens) == (100, 50, 20)


AGENTS = """
from agents import Agent, Runner

ledger = Agent(name="ledger", model="m-2")
desk = Agent(name="desk", model="m-1", handoffs=[ledger])


async def main(text: str) -> str:
    return (await Runner.run(desk, text)).final_output
"""


@pytest.mark.parametrize("kept", [lambda told: told, json.dumps])
def test_what_another_instrumentation_wrote_is_read_as_it_wrote_it(
    kept: Callable[[object], object], tmp_path: Path
) -> None:
    """Its attributes stand in the metadata, as a mapping or, in exports, as a text; counts of nothing are zeros."""
    flows = workflows_of(tmp_path, AGENTS)
    scope = {"name": "openinference.instrumentation.openai_agents", "version": "2.6.0"}
    counts = {"llm.token_count.prompt": 100, "llm.token_count.completion": 10, "llm.model_name": "m-1"}
    counts |= {"llm.token_count.prompt_details.cache_read": 40}
    none = {"unit": "TOKENS", "input": 0, "output": 0, "total": 0}

    def of(name: str, parent: str | None, at: int, kind: str, **attributes: object) -> dict[str, object]:
        told = {"attributes": attributes, "scope": scope}
        metadata = {part: kept(value) for part, value in told.items()}
        return row(name, parent, at, kind, metadata=metadata, usage=none)

    agent = {"openinference.span.kind": "AGENT"}
    spans = [
        of("workflow", None, 0, "AGENT", **agent),
        of("desk", "workflow", 1, "AGENT", **agent, **{"agent.name": "desk"}),
        of("response", "desk", 1, "GENERATION", **counts, **{"openinference.span.kind": "LLM"}),
    ]
    path = tmp_path / "observations.jsonl"
    path.write_text("".join(json.dumps(one) + "\n" for one in spans), encoding="utf-8")
    found = recorded(path, flows)
    desk = step(found, "desk")
    assert [one.format for one in found.sources] == ["OpenInference OpenAI Agents"]
    assert (desk.calls, desk.input_tokens, desk.cached_tokens, desk.output_tokens) == (1, 100, 40, 10)
