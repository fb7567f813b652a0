"""When steps run, on small workflows by hand."""

from __future__ import annotations

from itertools import pairwise

from msgspec.structs import replace

from tests.analyses.workflows import calls, facts, step, workflow
from wflint.analyses.execution.execution_plan import ExecutionPlan, Stage, Together, Wait
from wflint.analyses.execution.executions import Bound, Executions
from wflint.analyses.execution.hierarchy import Place, Split, hierarchy_of
from wflint.analyses.execution.step_cost import StepCost
from wflint.model.limits import RunLimit
from wflint.model.program import Program
from wflint.model.recorded import RecordedStep, Recording
from wflint.model.workflow import Step, StepKind, Workflow


def agent(name: str, reads: str, writes: str) -> Step:
    return replace(step(name, reads, writes), kind=StepKind.AGENT)


def plan(flow: Workflow, *others: Workflow) -> ExecutionPlan:
    return facts(flow, *others).execution


def once(*names: str) -> tuple[Executions, ...]:
    return tuple(Executions(name, 1, Bound.ONCE) for name in names)


def test_stages_joins_and_the_critical_path() -> None:
    dear = agent("dear", "topic", "notes")
    flow = workflow("start -> a", "a -> dear", "a -> cheap", "dear + cheap -> z", "z -> end", steps=(dear,))
    found = plan(flow)
    assert found.stages == (
        Stage(("a",), Together.ALONE),
        Stage(("dear", "cheap"), Together.PARALLEL),
        Stage(("z",), Together.ALONE),
    )
    assert found.critical_path == ("a", "dear", "z")
    assert found.cost == found.once == StepCost(57, 1900, 7600)
    assert found.worst == 7600
    assert found.waits == (Wait("z", ("dear", "cheap"), "dear", 1900.0),)
    assert found.executions == once("a", "dear", "cheap", "z")


def test_alternatives_are_no_parallel_steps() -> None:
    assert plan(workflow("start -> a", "a -> b | c", "b -> end", "c -> end")).stages[1] == Stage(
        ("b", "c"), Together.ALTERNATIVE
    )


def test_a_loop_begins_where_the_run_gets_first() -> None:
    lines = ("start -> a", "a -> b", "a -> c", "b -> d", "c -> d", "d -> e", "e -> b | end")
    for order in (lines, (*lines[:1], *lines[2:3], *lines[1:2], *lines[3:]), tuple(reversed(lines))):
        found = plan(workflow(*order))
        assert [set(stage.steps) for stage in found.stages] == [{"a"}, {"b", "c"}, {"d"}, {"e"}]
        assert found.stages[1].together is Together.PARALLEL
        assert (found.critical_path[0], found.critical_path[-2:]) == ("a", ("d", "e"))


def test_cycles_within_cycles_come_apart() -> None:
    lines = ("start -> a", "a -> b", "b -> c", "c -> b", "c -> d", "d -> c | a | e", "e -> e | end")
    assert [stage.steps for stage in plan(workflow(*lines)).stages] == [("a",), ("b",), ("c",), ("d",), ("e",)]


def test_a_loop_counts_by_the_limit_of_its_callers() -> None:
    flow = workflow("start -> a", "a -> b", "b -> a | c", "c -> end")
    endless = Bound.NO_LIMIT
    assert plan(flow).executions == (Executions("a", None, endless), Executions("b", None, endless), *once("c"))
    limited = replace(flow, invocations=tuple(replace(call, recursion_limit=7) for call in calls("", "")))
    assert plan(limited).executions[:2] == (Executions("a", 7, Bound.LIMIT), Executions("b", 7, Bound.LIMIT))
    half = replace(flow, invocations=(*limited.invocations, *calls("")))
    assert plan(half).executions == plan(flow).executions
    assert [stage.steps for stage in plan(flow).stages] == [("a",), ("b",), ("c",)]


def test_the_framework_limits_a_loop_where_no_caller_does() -> None:
    flow = replace(workflow("start -> a", "a -> b", "b -> a | c", "c -> end"), limit=RunLimit(25, "recursion_limit"))
    assert plan(flow).executions[:2] == (Executions("a", 25, Bound.DEFAULT), Executions("b", 25, Bound.DEFAULT))
    limited = replace(flow, invocations=tuple(replace(call, recursion_limit=7) for call in calls("", "")))
    assert plan(limited).executions[:2] == (Executions("a", 7, Bound.LIMIT), Executions("b", 7, Bound.LIMIT))
    higher = replace(flow, invocations=(replace(limited.invocations[0], recursion_limit=70), *calls("")))
    assert plan(higher).executions[0] == Executions("a", 70, Bound.DEFAULT)


def test_a_limit_of_model_calls_bounds_no_other_steps() -> None:
    steps, limit = (agent("a", "", ""),), RunLimit(500, "calls", models_only=True)
    flow = replace(workflow("start -> a", "a -> b", "b -> a | c", "c -> end", steps=steps), limit=limit)
    assert plan(flow).executions[:2] == (Executions("a", 500, Bound.DEFAULT), Executions("b", None, Bound.NO_LIMIT))


def test_what_each_round_starts_is_in_the_loop() -> None:
    found = plan(workflow("start -> a", "a -> b", "a -> log", "b -> a | c", "log -> end", "c -> end")).executions
    assert {one.step: one.most for one in found} == {"a": None, "b": None, "log": None, "c": 1}


def test_workers_run_once_for_each_item() -> None:
    found = plan(workflow("start -> a", "a -> w ...", "w -> z", "z -> end")).executions
    assert found == (*once("a"), Executions("w", None, Bound.ITEMS), *once("z"))


def test_steps_that_need_nothing_of_each_other() -> None:
    lines = ("start -> a", "a -> b", "b -> c", "c -> end")
    first, second = agent("a", "topic", "notes"), agent("b", "topic", "title")
    last = agent("c", "notes title", "text")
    found = plan(workflow(*lines, steps=(first, second, last))).independent
    assert [(one.first, one.second, one.saved.typical) for one in found] == [("a", "b", 1900)]
    for other in (
        replace(second, needs_open=True),
        replace(second, hears=True),
        agent("b", "notes", "title"),
        agent("b", "topic", "notes"),
        replace(second, interrupts=True),
        replace(second, kind=StepKind.FUNCTION),
    ):
        assert plan(workflow(*lines, steps=(first, other, last))).independent == ()


def test_recorded_costs_go_before_estimates() -> None:
    flow = workflow("start -> a", "a -> end", steps=(agent("a", "topic", "notes"),))
    known = facts(flow)
    ran = RecordedStep(flow.id, "a", 4, 4, None, None, None, None, 400.0, None)
    known.recording = Recording(steps=(ran,))
    assert known.execution.cost == StepCost(100.0, 100.0, 100.0, is_recorded=True)


def inner(name: str, *runs: str) -> Workflow:
    steps = tuple(replace(step(f"run {one}"), kind=StepKind.SUBWORKFLOW, workflow=one) for one in runs)
    lines = [f"start -> run {one}" for one in runs] or ["start -> work"]
    made = workflow(*lines, steps=(*steps, agent("work", "topic", "notes")))
    return replace(made, id=name, name=name)


def test_workflows_within_workflows() -> None:
    flows = (inner("deep"), inner("mid", "deep"), inner("top", "mid", "deep"), inner("ring", "ring"))
    assert hierarchy_of(Program(flows)) == (
        Place("ring", 0, ()),
        Place("top", 0, ("mid", "deep")),
        Place("mid", 1, ("deep",)),
        Place("deep", 2, ()),
    )
    assert plan(flows[1], flows[0]).costs["run deep"] == StepCost(57, 1900, 7600)
    assert plan(flows[3]).costs["run ring"] == StepCost()


def test_a_long_workflow_is_split_where_least_crosses() -> None:
    names = [f"s{number}" for number in range(44)]
    lines = ["start -> s0", *(f"{one} -> {other}" for one, other in pairwise(names))]
    lines += [f"s{number} -> s{number + 2}" for number in range(42) if number not in (18, 19)]
    load = facts(workflow(*lines)).load
    assert load.split == Split(("s19",), ("s20",), 1)
    assert (load.window, load.window_share) == (None, None)
    assert facts(workflow(*(f"s{number} -> s{number + 1}" for number in range(30)))).load.split is None


def test_a_long_chain_is_planned() -> None:
    lines = [f"s{number} -> s{number + 1}" for number in range(1500)]
    assert len(plan(workflow("start -> s0", *lines)).stages) == 1501


def test_many_cycles_within_each_other_are_planned() -> None:
    lines = [f"s{number} -> s{number + 1} | s0" for number in range(300)]
    assert len(plan(workflow("start -> s0", *lines)).stages) == 301
