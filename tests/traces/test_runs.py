"""Which traces are one run, and which calls in it are known to have cost what."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.traces.programs import DESKS, LIBRARY
from tests.traces.writing import LANGCHAIN, Span, line, missing, model, node, recorded, step, workflows_of, write
from wflint.model.recorded import Recording

QUARRY = """
from pydantic_ai import Agent
from pydantic_graph import GraphBuilder, StepContext, reduce_list_append

sorter = Agent("m", name="sorter", output_type=list[str])
weigher = Agent("m", name="weigher")
seller = Agent("m", name="seller")
g = GraphBuilder(input_type=str, output_type=str)


@g.step
async def sort(ctx: StepContext[None, None, str]) -> list[str]:
    return (await sorter.run(ctx.inputs)).output


@g.step
async def weigh(ctx: StepContext[None, None, str]) -> str:
    return (await weigher.run(ctx.inputs)).output


@g.step
async def offer(ctx: StepContext[None, None, list[str]]) -> str:
    return (await seller.run(" ".join(ctx.inputs))).output


join = g.join(reduce_list_append, initial_factory=list[str])
g.add(
    g.edge_from(g.start_node).to(sort),
    g.edge_from(sort).map().to(weigh),
    g.edge_from(weigh).to(join),
    g.edge_from(join).to(offer),
    g.edge_from(offer).to(g.end_node),
)
quarry = g.build()
"""
"""Each step is the work of an agent; what joins the middle ones is none."""
AGAIN = QUARRY.replace("g.edge_from(offer).to(g.end_node)", "g.edge_from(offer).to(sort)")
"""The same, coming back to its beginning."""


def _lent(spans: list[Span], session: str) -> list[Span]:
    """The same spans in a session."""
    for span in spans:
        assert isinstance(span.attributes, dict)
        span.attributes.update({"session.id": session} if session else {})
    return spans


def waiting(run: str, session: str, at: float, *, task: str) -> list[Span]:
    """A run that looks something up and waits in the next step; what it has asked before is asked again later."""
    first = Span("look_up", f"{run}1", f"{run}0", at + 1, at + 2, run, node("look_up", 1, output={"shelf": "x"}))
    stopped = Span(
        "answer", f"{run}2", f"{run}0", at + 3, at + 5, run, node("answer", 2, task=task), error="GraphInterrupt"
    )
    call = Span("ChatModel", f"{run}3", f"{run}2", at + 3, at + 4, run, model(100, 10))
    return _lent([Span("library", f"{run}0", "", at, at + 6, run), first, stopped, call], session)


def going_on(run: str, session: str, at: float, *, task: str) -> list[Span]:
    """What comes after the answer."""
    answer = Span(
        "answer", f"{run}2", f"{run}0", at + 1, at + 3, run, node("answer", 2, task=task, output={"reply": "y"})
    )
    call = Span("ChatModel", f"{run}3", f"{run}2", at + 1, at + 2, run, model(100, 10))
    last = Span("check", f"{run}4", f"{run}0", at + 4, at + 5, run, node("check", 3, output={"complaint": ""}))
    return _lent([Span("library", f"{run}0", "", at, at + 6, run), answer, call, last], session)


@pytest.mark.parametrize("sessions", [("s1", "s2"), ("", "")], ids=["by session", "by task"])
def test_a_run_that_waits_and_goes_on_is_one(sessions: tuple[str, str], tmp_path: Path) -> None:
    one, other = sessions
    spans = [
        *waiting("a", one, 0, task="answer:1"),
        *waiting("b", other, 10, task="answer:2"),
        *going_on("c", one, 20, task="answer:1"),
        *going_on("d", other, 30, task="answer:2"),
    ]
    found = recorded(write(tmp_path / "t.jsonl", line(spans)), workflows_of(tmp_path, LIBRARY))
    assert [(run.trace[-2:], run.traces, run.failed) for run in found.runs] == [("61", 2, False), ("62", 2, False)]
    answer = step(found, "answer")
    assert (answer.executions, answer.attempts, answer.failures, answer.retry_et) == (2, 2, 0, 0.0)
    assert (answer.calls, answer.et) == (4, 4 * 140.0)


def test_a_run_that_nobody_went_on_with_stays_alone(tmp_path: Path) -> None:
    spans = [*going_on("a", "s1", 0, task="answer:1"), *going_on("b", "s1", 10, task="answer:2")]
    spans += waiting("c", "s1", 20, task="answer:3")
    found = recorded(write(tmp_path / "t.jsonl", line(spans)), workflows_of(tmp_path, LIBRARY))
    assert [run.traces for run in found.runs] == [1, 1, 1]


def agent(name: str, trace: str, start: float, end: float, error: str = "") -> list[Span]:
    """An agent in a trace of its own."""
    about = {"gen_ai.operation.name": "invoke_agent", "gen_ai.agent.name": name}
    counts = {"gen_ai.usage.input_tokens": 100, "gen_ai.usage.output_tokens": 10}
    asked = {"gen_ai.operation.name": "chat", "gen_ai.request.model": "m", **counts}
    whole = Span(f"invoke_agent {name}", f"{trace}0", "", start, end, trace, about, error=error)
    return [whole, Span("chat m", f"{trace}1", f"{trace}0", start, end, trace, asked)]


def quarry(tmp_path: Path, program: str, *traces: tuple[str, float, float]) -> Recording:
    spans = [agent(name, f"t{at}", start, end) for at, (name, start, end) in enumerate(traces)]
    text = line([span for some in spans for span in some], "pydantic-ai")
    return recorded(write(tmp_path / "t.jsonl", text), workflows_of(tmp_path, program))


def test_steps_that_are_traces_of_their_own_are_runs_in_the_order_of_the_source(tmp_path: Path) -> None:
    one = ("sorter", 0, 1), ("weigher", 2, 3), ("weigher", 2, 4), ("seller", 5, 6)
    other = ("sorter", 10, 11), ("weigher", 12, 13), ("seller", 14, 15)
    found = quarry(tmp_path, QUARRY, *one, *other, ("sorter", 20, 21))
    assert [(run.traces, run.calls) for run in found.runs] == [(4, 4), (3, 3), (1, 1)]
    assert [note for note in found.notes if note.startswith("2 runs are put together")]


def test_runs_at_the_same_time_are_told_apart(tmp_path: Path) -> None:
    starts = ("sorter", 0, 2), ("sorter", 1, 3)
    found = quarry(
        tmp_path, QUARRY, *starts, ("weigher", 4, 5), ("weigher", 4.5, 6), ("seller", 7, 8), ("seller", 7, 9)
    )
    assert [run.traces for run in found.runs] == [3, 3]


def test_runs_that_come_back_to_their_beginning_are_not_guessed(tmp_path: Path) -> None:
    found = quarry(tmp_path, AGAIN, ("sorter", 0, 1), ("weigher", 2, 3), ("seller", 4, 5), ("sorter", 6, 7))
    assert [run.traces for run in found.runs] == [1, 1, 1, 1]
    assert not any("put together" in note for note in found.notes)


def _beside(name: str, end: float, **more: object) -> list[Span]:
    """A step with a call that has neither an answer nor a failure."""
    about = node(name, 1, task=f"{name}:1")
    asked = {"openinference.span.kind": "LLM", "llm.model_name": "m-1", **more}
    return [Span(name, name, "r", 1, end, "t1", about), Span("ChatModel", f"{name}c", name, 1, end, "t1", asked)]


def test_a_call_under_way_when_another_step_failed_has_unknown_tokens(tmp_path: Path) -> None:
    flows = workflows_of(tmp_path, LIBRARY)
    root = Span("library", "r", "", 0, 9, "t1", failed=True)
    broken = Span("answer", "x", "r", 1, 3, "t1", node("answer", 1), error="RateLimitError")
    found = recorded(write(tmp_path / "a.jsonl", line([root, *_beside("look_up", 4), broken])), flows)
    assert (step(found, "look_up").blank, step(found, "look_up").et) == (1, None)
    assert ("tokens", 0, "look_up") in missing(found)


def test_a_call_that_may_be_what_failed_cost_nothing(tmp_path: Path) -> None:
    flows = workflows_of(tmp_path, LIBRARY)
    root = Span("library", "r", "", 0, 9, "t1", failed=True)
    told = Span("ChatModel", "k", "r", 0.1, 0.2, "t1", model(100, 10))
    found = recorded(write(tmp_path / "b.jsonl", line([root, told, *_beside("look_up", 4)])), flows)
    assert step(found, "look_up").blank == 0
    assert ("tokens", 0, "look_up") not in missing(found)


def test_no_call_reads_nothing_and_writes_nothing(tmp_path: Path) -> None:
    none = {"llm.token_count.prompt": 0, "llm.token_count.completion": 0, "llm.token_count.total": 0}
    spans = [Span("library", "r", "", 0, 9, "t1"), *_beside("look_up", 4, **none, **{"output.value": "an answer"})]
    found = recorded(write(tmp_path / "t.jsonl", line(spans)), workflows_of(tmp_path, LIBRARY))
    assert (step(found, "look_up").blank, step(found, "look_up").input_tokens) == (1, None)


def test_a_stream_without_usage_says_what_would_add_it(tmp_path: Path) -> None:
    asked = {"llm.invocation_parameters": json.dumps({"model": "m-1", "stream": True}), "output.value": "an answer"}
    spans = [Span("library", "r", "", 0, 9, "t1"), *_beside("look_up", 4, **asked)]
    found = recorded(write(tmp_path / "t.jsonl", line(spans)), workflows_of(tmp_path, LIBRARY))
    assert any("1 of 1 model calls" in one.reason and "stream_usage" in one.reason for one in found.missing)


def test_calls_of_one_size_at_the_same_time_are_each_shown_twice(tmp_path: Path) -> None:
    """Each begins before the one before it has ended, so that most are inside of several."""
    framework, client = [Span("library", "r", "", 0, 90, "t1")], []
    for at in range(12):
        about = node("look_up", 1, task=f"look_up:{at}")
        framework.append(Span("look_up", f"n{at}", "r", 1 + at, 30 + at, "t1", about))
        framework.append(Span("ChatModel", f"m{at}", f"n{at}", 1 + at, 30 + at, "t1", model(100, 10)))
        client.append(Span("ChatCompletion", f"o{at}", "", 1.2 + at, 29.8 + at, f"o{at}", model(100, 10)))
    texts = line(framework, LANGCHAIN), line(client, "openinference.instrumentation.openai")
    found = recorded(write(tmp_path / "t.jsonl", *texts), workflows_of(tmp_path, LIBRARY))
    assert (found.calls, step(found, "look_up").calls, found.unattributed, len(found.runs)) == (12, 12, (), 1)


def test_a_step_whose_calls_may_have_no_place_costs_unknown(tmp_path: Path) -> None:
    agents = {"openinference.span.kind": "AGENT"}
    spans = [Span("front", "a", "", 0, 5, "t1", {**agents, "agent.name": "front"})]
    spans += [Span("billing", "b", "", 5, 9, "t1", {**agents, "agent.name": "billing"})]
    spans += [
        Span("ChatModel", "c", "a", 1, 2, "t1", model(100, 10)),
        Span("ChatModel", "d", "", 6, 7, "t1", model(70, 7, name="m-9")),
    ]
    found = recorded(write(tmp_path / "t.jsonl", line(spans)), workflows_of(tmp_path, DESKS))
    assert (step(found, "front").et, step(found, "billing").et) == (140.0, None)
    assert [one.calls for one in found.unattributed] == [1]


def test_calls_with_nothing_around_them_may_be_one_run(tmp_path: Path) -> None:
    call = {"gen_ai.operation.name": "chat", "gen_ai.usage.input_tokens": 100, "gen_ai.usage.output_tokens": 10}
    bare = [Span("chat m", "c", trace=f"t{at}", start=at, end=at + 1, attributes=call) for at in range(3)]
    whole = Span(
        "invoke_agent desk",
        "a",
        trace="t0",
        end=9,
        attributes={"gen_ai.operation.name": "invoke_agent", "gen_ai.agent.name": "desk"},
    )
    (note,) = recorded(write(tmp_path / "bare.jsonl", line(bare))).notes
    assert note.startswith("3 runs are calls with nothing around them")
    (note,) = recorded(write(tmp_path / "some.jsonl", line([*bare, whole]))).notes
    assert note.startswith("2 runs are calls with nothing around them")
    assert recorded(write(tmp_path / "one.jsonl", line([bare[0]]))).notes == ()
