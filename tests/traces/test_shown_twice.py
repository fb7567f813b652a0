"""Two instrumentations of one framework: steps, runs and failures are counted once, as calls are."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.traces.programs import LIBRARY
from tests.traces.writing import LANGCHAIN, Span, line, model, node, recorded, step, workflows_of, write
from wflint.model.recorded import Recording
from wflint.model.workflow import Workflow

OPENLLMETRY = "opentelemetry.instrumentation.langchain"


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> tuple[Workflow, ...]:
    return workflows_of(tmp_path_factory.mktemp("library"), LIBRARY)


def _task(name: str, step: int) -> dict[str, object]:
    """What OpenLLMetry writes on the span of a LangGraph node."""
    place = "traceloop.association.properties.langgraph_"
    about = {f"{place}node": name, f"{place}step": step, f"{place}checkpoint_ns": f"{name}:{name}-{step}"}
    return {"gen_ai.task.name": name, "gen_ai.operation.name": "execute_task", **about}


def _chat(read: int, written: int) -> dict[str, object]:
    counts = {"gen_ai.usage.input_tokens": read, "gen_ai.usage.output_tokens": written}
    return {"gen_ai.operation.name": "chat", "gen_ai.request.model": "m-1", **counts}


def first(trace: str, at: float = 0.0) -> list[Span]:
    """A run with a retry, as OpenInference shows it."""
    return [
        Span("library", f"{trace}r", "", at, at + 9, trace),
        Span("look_up", f"{trace}a", f"{trace}r", at + 1, at + 2, trace, node("look_up", 1), error="ValueError"),
        Span(
            "m", f"{trace}e", f"{trace}a", at + 1.1, at + 1.9, trace, {"openinference.span.kind": "LLM"}, "ValueError"
        ),
        Span("look_up", f"{trace}b", f"{trace}r", at + 3, at + 4, trace, node("look_up", 1)),
        Span("m", f"{trace}c", f"{trace}b", at + 3.1, at + 3.9, trace, model(100, 10)),
        Span("answer", f"{trace}d", f"{trace}r", at + 5, at + 6, trace, node("answer", 2, output={"reply": "x"})),
    ]


def again(trace: str, at: float = 0.0) -> list[Span]:
    """The same run, as OpenLLMetry shows it: a little later, in a tree of its own."""
    at += 0.01
    chat = {"gen_ai.operation.name": "chat", "gen_ai.request.model": "m-1"}
    return [
        Span("library.workflow", f"{trace}r", "", at, at + 9, trace, {"gen_ai.operation.name": "invoke_agent"}),
        Span(
            "execute_task look_up", f"{trace}a", f"{trace}r", at + 1, at + 2, trace, _task("look_up", 1), "ValueError"
        ),
        Span("m.chat", f"{trace}e", f"{trace}a", at + 1.1, at + 1.9, trace, chat, "ValueError"),
        Span("execute_task look_up", f"{trace}b", f"{trace}r", at + 3, at + 4, trace, _task("look_up", 1)),
        Span("m.chat", f"{trace}c", f"{trace}b", at + 3.1, at + 3.8, trace, _chat(100, 10)),
        Span("execute_task answer", f"{trace}d", f"{trace}r", at + 5, at + 6, trace, _task("answer", 2)),
    ]


def _is_one_run(found: Recording) -> None:
    look_up = step(found, "look_up")
    assert (look_up.executions, look_up.attempts, look_up.failures) == (1, 2, 0)
    assert (look_up.calls, look_up.input_tokens, look_up.et) == (2, 100, 140.0)
    assert (step(found, "answer").executions, len(found.runs), found.runs[0].failed) == (1, 1, False)
    assert "3 executions of steps are shown by two instrumentations and counted once" in found.notes


def test_trees_in_traces_of_their_own(library: tuple[Workflow, ...], tmp_path: Path) -> None:
    path = write(tmp_path / "t.jsonl", line(first("t1"), LANGCHAIN), line(again("t2"), OPENLLMETRY))
    _is_one_run(recorded(path, library))


def test_trees_side_by_side_in_one_trace(library: tuple[Workflow, ...], tmp_path: Path) -> None:
    beside = [
        Span(
            one.name,
            f"x{one.span}",
            one.parent and f"x{one.parent}",
            one.start,
            one.end,
            "t1",
            one.attributes,
            one.error,
        )
        for one in again("t1")
    ]
    path = write(tmp_path / "t.jsonl", line(first("t1"), LANGCHAIN), line(beside, OPENLLMETRY))
    _is_one_run(recorded(path, library))


def test_another_run_under_another_instrumentation_stays_one(library: tuple[Workflow, ...], tmp_path: Path) -> None:
    path = write(tmp_path / "t.jsonl", line(first("t1"), LANGCHAIN), line(again("t2", 60), OPENLLMETRY))
    found = recorded(path, library)
    look_up = step(found, "look_up")
    assert (look_up.executions, look_up.attempts, look_up.calls, look_up.et) == (2, 4, 4, 280.0)
    assert len(found.runs) == 2


def test_runs_at_the_same_time_are_paired_one_by_one(library: tuple[Workflow, ...], tmp_path: Path) -> None:
    ours = [*first("t1"), *first("t3", 0.3)]
    path = write(tmp_path / "t.jsonl", line(ours, LANGCHAIN), line([*again("t2"), *again("t4", 0.3)], OPENLLMETRY))
    found = recorded(path, library)
    look_up = step(found, "look_up")
    assert (look_up.executions, look_up.attempts, look_up.calls, look_up.et) == (2, 4, 4, 280.0)
    assert len(found.runs) == 2
