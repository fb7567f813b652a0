"""Runs of one LangGraph program: cost, ways, retries, loops, mismatches, what is missing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.traces.programs import BESIDE, LIBRARY
from tests.traces.writing import Span, edge, line, missing, model, node, recorded, step, workflows_of, write
from wflint.model.workflow import Workflow

ROOT = {"openinference.span.kind": "CHAIN", "input.value": "q", "output.value": "the reply"}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> tuple[Workflow, ...]:
    return workflows_of(tmp_path_factory.mktemp("library"), LIBRARY)


def run(trace: str, rounds: int = 1, *, complaints: str = "the reply is too long", at: float = 0.0) -> Iterator[Span]:
    """A run that goes round so many times."""
    end = at + 1 + 2 * rounds
    yield Span("library", "r", trace=trace, start=at, end=end, attributes=ROOT)
    yield Span("look_up", "l", "r", at, at + 0.9, trace, node("look_up", 1, output={"shelf": "B", "n": 2}))
    yield Span("Chat", "lm", "l", at + 0.1, at + 0.5, trace, model(100, 10))
    for number in range(rounds):
        begin, last = at + 1 + 2 * number, number == rounds - 1
        names = [f"{kind}{number}" for kind in ("a", "am", "c", "cm", "v")]
        step_ = 2 + 2 * number
        yield Span("answer", names[0], "r", begin, begin + 0.9, trace, node("answer", step_, output="ok"))
        yield Span("Chat", names[1], names[0], begin + 0.1, begin + 0.8, trace, model(200, 50, cached=100))
        said = "" if last else complaints
        about = node("check", step_ + 1, output={"complaint": said, "n": 1})
        yield Span("check", names[2], "r", begin + 1, begin + 1.8, trace, about)
        yield Span("Chat", names[3], names[2], begin + 1.1, begin + 1.5, trace, model(60, 5))
        decided = node("check", step_ + 1, output="__end__" if last else "answer")
        yield Span("verdict", names[4], names[2], begin + 1.6, begin + 1.7, trace, decided)


LOOK_UP, ANSWER, CHECK = 140.0, 100 + 10 + 200.0, 80.0


def test_a_run_costs_what_its_calls_cost(library: tuple[Workflow, ...], tmp_path: Path) -> None:
    found = recorded(write(tmp_path / "t.jsonl", line(run("t1"))), library)
    assert [(one.step, one.executions, one.et) for one in found.steps] == [
        ("answer", 1, ANSWER),
        ("check", 1, CHECK),
        ("look_up", 1, LOOK_UP),
    ]
    assert (found.et, found.calls, len(found.runs)) == (LOOK_UP + ANSWER + CHECK, 3, 1)
    assert (found.unattributed, found.missing, found.unlisted) == ((), (), ())


def test_input_and_output_are_told_apart(library: tuple[Workflow, ...], tmp_path: Path) -> None:
    found = step(recorded(write(tmp_path / "t.jsonl", line(run("t1"))), library), "answer")
    assert (found.input_tokens, found.cached_tokens, found.output_tokens) == (200, 100, 50)
    assert (found.input_et, found.et) == (110.0, 310.0)


def test_ways_are_counted_and_a_loop_is_no_retry(library: tuple[Workflow, ...], tmp_path: Path) -> None:
    found = recorded(write(tmp_path / "t.jsonl", line(run("t1", 3)), line(run("t2", at=20))), library)
    assert {(one.source, one.target): (one.executions, one.mismatches) for one in found.edges} == {
        ("__start__", "look_up"): (2, 0),
        ("look_up", "answer"): (2, 0),
        ("answer", "check"): (4, 0),
        ("check", "answer"): (2, 0),
        ("check", "__end__"): (2, 0),
    }
    answer = step(found, "answer")
    assert (answer.executions, answer.attempts, answer.retry_et, answer.loop_et) == (4, 4, 0.0, 2 * ANSWER)


def test_a_report_of_invalid_values_is_a_mismatch(library: tuple[Workflow, ...], tmp_path: Path) -> None:
    spans = run("t1", 2, complaints="shelf: missing; pages: int_parsing")
    found = recorded(write(tmp_path / "t.jsonl", line(spans)), library)
    checked = edge(found, "answer", "check")
    assert (checked.executions, checked.mismatches) == (2, 1)
    assert checked.reasons == ("the target reports that what it was given is not valid (1)",)
    assert checked.premium == ANSWER + CHECK


def test_another_attempt_is_the_same_execution(library: tuple[Workflow, ...], tmp_path: Path) -> None:
    first = Span("look_up", "f", "r", -0.5, -0.1, "t1", node("look_up", 1), error="builtins.TimeoutError")
    found = recorded(write(tmp_path / "t.jsonl", line([first, *run("t1")])), library)
    look_up = step(found, "look_up")
    assert (look_up.executions, look_up.attempts, look_up.failures) == (1, 2, 0)
    assert not found.runs[0].failed
    assert edge(found, "look_up", "answer").executions == 1


def test_a_run_that_ends_with_a_failure_failed(library: tuple[Workflow, ...], tmp_path: Path) -> None:
    root = Span("library", "r", attributes={"openinference.span.kind": "CHAIN"}, failed=True)
    failed = Span("look_up", "l", "r", 0.1, 0.2, "t1", node("look_up", 1), error="TimeoutError")
    found = recorded(write(tmp_path / "t.jsonl", line([root, failed])), library)
    assert [run_.failed for run_ in found.runs] == [True]
    assert step(found, "look_up").failures == 1
    assert missing(found) == {("tokens", None, None)}


def test_steps_of_a_source_without_tokens_have_none(library: tuple[Workflow, ...], tmp_path: Path) -> None:
    spans = [span for span in run("t1") if span.name != "Chat"]
    found = recorded(write(tmp_path / "t.jsonl", line(spans)), library)
    assert [(one.step, one.et, one.input_tokens) for one in found.steps] == [
        ("answer", None, None),
        ("check", None, None),
        ("look_up", None, None),
    ]
    assert found.et is None
    assert ("tokens", None, None) in missing(found)


def test_what_is_missing_is_named_by_run_and_step(library: tuple[Workflow, ...], tmp_path: Path) -> None:
    whole = run("t1")
    hidden = [
        Span(
            one.name,
            one.span,
            one.parent,
            one.start,
            one.end,
            one.trace,
            {**one.attributes, "input.value": "__REDACTED__"},
        )
        if one.name == "answer"
        else one
        for one in run("t2", at=20)
    ]
    rootless = [one for one in run("t3", at=40) if one.name != "library"]
    blank = [one for one in run("t4", at=60) if one.name not in ("Chat", "verdict")]
    found = recorded(write(tmp_path / "t.jsonl", *map(line, (whole, hidden, rootless, blank))), library)
    assert missing(found) == {
        ("snapshots", 1, "answer"),
        ("parents", 2, None),
        ("final assembly", 2, None),
        ("tokens", 3, "answer"),
        ("tokens", 3, "check"),
        ("tokens", 3, "look_up"),
        ("decision points", 3, "check"),
    }


def test_a_call_that_two_instrumentations_show_counts_once(library: tuple[Workflow, ...], tmp_path: Path) -> None:
    again = Span("ChatCompletion", "x", "", 0.15, 0.45, "t7", model(100, 10, name="m-1-2026-10-01"))
    client = "openinference.instrumentation.openai"
    found = recorded(write(tmp_path / "t.jsonl", line(run("t1")), line([again], client)), library)
    assert (found.et, found.calls, len(found.runs)) == (LOOK_UP + ANSWER + CHECK, 3, 1)
    assert found.notes == ("1 calls are shown by two instrumentations and counted once",)


def test_a_call_without_tokens_takes_them_from_the_client(library: tuple[Workflow, ...], tmp_path: Path) -> None:
    bare = {"openinference.span.kind": "LLM", "llm.model_name": "m-1", "output.value": "x"}
    spans = [
        Span(one.name, one.span, one.parent, one.start, one.end, one.trace, bare) if one.span == "lm" else one
        for one in run("t1")
    ]
    client = Span("ChatCompletion", "x", "", 0.15, 0.45, "t7", model(100, 10))
    path = write(tmp_path / "t.jsonl", line(spans), line([client], "openinference.instrumentation.openai"))
    assert step(recorded(path, library), "look_up").et == LOOK_UP


def test_an_outer_span_with_the_sum_of_its_calls_is_no_call(library: tuple[Workflow, ...], tmp_path: Path) -> None:
    outer = Span("agent", "o", "l", 0.05, 0.85, "t1", model(500, 99))
    inner = [Span("Chat", f"i{at}", "o", 0.1 * at, 0.1 * at + 0.05, "t1", model(100, 10)) for at in (1, 2)]
    spans = [one for one in run("t1") if one.span != "lm"]
    found = recorded(write(tmp_path / "t.jsonl", line([*spans, outer, *inner])), library)
    assert step(found, "look_up").et == 2 * LOOK_UP
    assert found.notes == ("1 spans carry the counts of calls inside them and are not counted",)


def test_of_two_nested_spans_of_one_call_the_outer_counts(library: tuple[Workflow, ...], tmp_path: Path) -> None:
    inner = Span("chat", "i", "lm", 0.2, 0.4, "t1", model(100, 10))
    found = recorded(write(tmp_path / "t.jsonl", line([*run("t1"), inner])), library)
    assert step(found, "look_up").et == LOOK_UP


def test_a_step_that_the_source_lacks_is_told(library: tuple[Workflow, ...], tmp_path: Path) -> None:
    extra = Span("translate", "x", "r", 2.9, 2.95, "t1", node("translate", 4, output="ok"))
    found = recorded(write(tmp_path / "t.jsonl", line([*run("t1"), extra])), library)
    assert [(one.source, one.target) for one in found.unlisted] == [("translate", None)]


def test_a_way_that_the_source_lacks_is_told(library: tuple[Workflow, ...], tmp_path: Path) -> None:
    skipped = [one for one in run("t1") if not one.span.startswith(("a", "c", "v"))]
    early = Span("check", "c", "r", 1.0, 1.9, "t1", node("check", 2, output={"complaint": "", "n": 1}))
    found = recorded(write(tmp_path / "t.jsonl", line([*skipped, early])), library)
    assert [(one.source, one.target, one.times) for one in found.unlisted] == [("look_up", "check", 1)]


def test_a_way_behind_a_span_that_may_be_lost_is_not_told(tmp_path: Path) -> None:
    (tmp_path / "src").mkdir()
    workflows = workflows_of(tmp_path / "src", BESIDE)
    spans = [
        Span("beside", "r", trace="t1", end=4, attributes=ROOT),
        Span("left", "l", "r", 0.1, 0.9, "t1", node("left", 1, output="ok")),
        Span("after", "n", "r", 1.1, 1.9, "t1", node("after", 2, output="ok")),
    ]
    assert recorded(write(tmp_path / "t.jsonl", line(spans)), workflows).unlisted == ()


def test_calls_of_a_client_alone_cannot_be_attributed(library: tuple[Workflow, ...], tmp_path: Path) -> None:
    calls = [Span("Chat", f"x{at}", "", at, at + 0.5, f"t{at}", model(100, 10)) for at in range(3)]
    path = write(tmp_path / "t.jsonl", line(calls, "openinference.instrumentation.openai"))
    found = recorded(path, library)
    assert found.steps == ()
    (lost,) = found.unattributed
    assert (lost.source, lost.calls, lost.input_tokens, lost.output_tokens) == ("OpenInference", 3, 300, 30)
    assert "add the instrumentation of your framework" in lost.reason


def test_a_pause_is_no_failure(library: tuple[Workflow, ...], tmp_path: Path) -> None:
    spans = [
        Span(
            "library",
            "r",
            end=4,
            attributes={"openinference.span.kind": "CHAIN"},
            error="langgraph.errors.GraphInterrupt",
        ),
        Span("look_up", "a", "r", 1, 2, attributes=node("look_up", 1), error="langgraph.errors.GraphInterrupt"),
    ]
    found = recorded(write(tmp_path / "t.jsonl", line(spans)), library)
    assert ([run.failed for run in found.runs], step(found, "look_up").failures) == ([False], 0)
