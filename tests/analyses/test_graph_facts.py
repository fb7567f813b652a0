"""Reachability, loops, concurrency and impact of small workflows."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from tests.analyses.workflows import facts, step, workflow
from wflint.analyses.flow.concurrency import Concurrency
from wflint.model.contract import Certainty
from wflint.model.workflow import END, START, Aspect, EdgeKind, Unresolved, Workflow


def concurrency(flow: Workflow) -> Concurrency:
    found = facts(flow).concurrency
    assert isinstance(found, Concurrency)
    return found


def pairs(flow: Workflow) -> list[tuple[str, str, str | None]]:
    found = concurrency(flow)
    beside = [found.pair(step.id, other) for step in flow.steps for other in found.later_beside(step.id)]
    return [(pair.first, pair.second, pair.fork) for pair in (*beside, *found.workers)]


def reruns(flow: Workflow) -> list[tuple[str, str, str, str]]:
    return [(one.step, one.fork, one.early.source, one.late.source) for one in concurrency(flow).reruns]


def test_unreachable_steps_are_gathered_under_their_head() -> None:
    flow = workflow("start -> a", "a -> end", "x -> y", "y -> z", "p -> q", "q -> p")
    regions = facts(flow).reachability.unreachable()
    assert [(region.head, region.followers) for region in regions] == [("x", ("y", "z")), ("p", ("q",))]


def test_a_way_around() -> None:
    known = facts(workflow("start -> a | b", "a -> c", "b -> c")).reachability
    assert known.way("c", frozenset({"a"})) == ("__start__", "b", "c")
    assert known.way("c", frozenset({"a", "b"})) == ()


def test_precedes_means_before_the_first_run() -> None:
    known = facts(workflow("start -> a", "a -> b", "b -> a | end")).reachability
    assert (known.precedes("a", "b"), known.precedes("b", "a")) == (True, False)


ENDLESS = [
    pytest.param(workflow("start -> a", "a -> b", "b -> a"), ("a", "b"), id="a cycle of plain edges"),
    pytest.param(workflow("start -> a", "a -> b", "b -> a", "b -> end"), ("a", "b"), id="an edge out beside it"),
    pytest.param(workflow("start -> a", "a -> b | c", "b -> a", "c -> a"), ("a", "b", "c"), id="a choice of ways back"),
    pytest.param(workflow("start -> a", "a -> a"), ("a",), id="a step that leads to itself"),
]


@pytest.mark.parametrize(("flow", "steps"), ENDLESS)
def test_endless(flow: Workflow, steps: tuple[str, ...]) -> None:
    assert [loop.steps for loop in facts(flow).loops if loop.endless] == [steps]


def opened(flow: Workflow, *affects: str) -> Workflow:
    return replace(flow, unresolved=(Unresolved("computed", flow.span, Aspect.EDGES, affects),))


def paused(flow: Workflow) -> Workflow:
    return replace(flow, steps=tuple(replace(one, interrupts=one.id == "a") for one in flow.steps))


def possible(flow: Workflow) -> Workflow:
    return replace(flow, edges=(*flow.edges[:-1], replace(flow.edges[-1], certainty=Certainty.POSSIBLE)))


RING = workflow("start -> a", "a -> b", "b -> a")
ENDING = [
    pytest.param(workflow("start -> a", "a -> b", "b -> a | end"), id="a router chooses the end"),
    pytest.param(opened(RING, "b"), id="a step of it has unknown targets"),
    pytest.param(opened(RING), id="there may be more edges anywhere"),
    pytest.param(paused(RING), id="a person is asked in every round"),
    pytest.param(possible(RING), id="the way back is added under a condition"),
    pytest.param(workflow("start -> a", "a -> b", "b + x -> a"), id="the way back waits for a step outside"),
]


@pytest.mark.parametrize("flow", ENDING)
def test_not_endless(flow: Workflow) -> None:
    assert [loop.steps for loop in facts(flow).loops if loop.endless] == []


def test_an_open_step_elsewhere_does_not_end_a_loop() -> None:
    assert [loop.steps for loop in facts(opened(RING, "other")).loops if loop.endless] == [("a", "b")]


def test_pairs_know_whether_they_are_certain() -> None:
    flow = workflow("start -> a", "a -> b", "a -> c", "b -> d | e", "c -> f")
    assert pairs(flow) == [("b", "c", "a"), ("d", "f", None), ("e", "f", None)]


def test_a_worker_runs_beside_its_copies() -> None:
    assert pairs(workflow("start -> a", "a -> w ...", "w -> b")) == [("w", "w", "a")]


@pytest.mark.parametrize(
    ("line", "many", "workers"),
    [
        pytest.param("a -> w & end", True, ["w"], id="a list of copies"),
        pytest.param("a -> w | end", False, [], id="one copy or none"),
        pytest.param("a -> w & v", False, [], id="one copy to each"),
    ],
)
def test_a_choice_of_copies(line: str, *, many: bool, workers: list[str]) -> None:
    flow = workflow("start -> a", line)
    edges = tuple(
        edge if edge.source == START or edge.target == END else replace(edge, kind=EdgeKind.FAN_OUT, fan_out=many)
        for edge in flow.edges
    )
    found = concurrency(replace(flow, edges=edges)).workers
    assert [pair.first for pair in found] == workers


def test_exclusive_branches_never_meet() -> None:
    assert pairs(workflow("start -> a", "a -> b | c", "b -> d", "c -> d")) == []


def test_reruns() -> None:
    flow = workflow(
        "start -> research",
        "research -> analyse",
        "analyse -> outline",
        "research -> check",
        "outline -> draft",
        "check -> draft",
        steps=(step("draft", "", "text"),),
    )
    assert reruns(flow) == [("draft", "research", "check", "outline")]


def test_a_rerun_names_branches_that_meet_in_time() -> None:
    lines = ("start -> a", "a -> s", "a -> m1", "m1 -> m2", "a -> l1", "l1 -> l2", "l2 -> l3")
    flow = workflow(*lines, "l3 -> d", "m2 -> d", "s -> d", steps=(step("d", "", "x"),))
    found = concurrency(flow).reruns
    assert [(one.step, one.early.source, one.behind, one.late.source) for one in found] == [("d", "s", "m2", "m2")]


def deferred(flow: Workflow, name: str) -> Workflow:
    return replace(flow, steps=tuple(replace(one, deferred=one.id == name) for one in flow.steps))


WRITER = (step("d", "", "x"),)
UNEQUAL = workflow("start -> a", "a -> b", "b -> d", "a -> d", steps=WRITER)
ONCE = [
    pytest.param(deferred(UNEQUAL, "d"), id="the meeting point is deferred"),
    pytest.param(workflow("start -> a", "a -> b", "a -> c", "b -> d", "c -> d", steps=WRITER), id="equal branches"),
    pytest.param(workflow("start -> a", "a -> b | d", "b -> d", steps=WRITER), id="exclusive branches"),
    pytest.param(workflow("start -> a", "a -> b & d", "b -> d", steps=WRITER), id="a router may start both"),
    pytest.param(workflow("start -> a", "a -> b", "a -> c", "b -> c | d", "c -> d", steps=WRITER), id="a later choice"),
    pytest.param(workflow("start -> a", "a -> b", "b -> log", "a -> log", "log -> end"), id="a step that only logs"),
    pytest.param(workflow("start -> a", "a -> b", "b -> c", "a + c -> d", steps=WRITER), id="a proper join"),
]


@pytest.mark.parametrize("flow", ONCE)
def test_no_rerun(flow: Workflow) -> None:
    assert [one for one in reruns(flow) if one[0] != "c"] == []


def test_stuck_joins() -> None:
    assert concurrency(workflow("start -> a", "a -> b | c", "b + c -> d")).stuck == (0,)
    assert concurrency(workflow("start -> a", "a -> b & c", "b + c -> d")).stuck == ()


def test_impact_follows_fields() -> None:
    steps = (step("a", "", "x"), step("b", "x", "y"), step("c", "y"), step("d", "z"))
    known = facts(workflow("start -> a", "a -> b", "b -> c", "c -> d", steps=steps)).impact
    assert (tuple(known.of("a")), tuple(known.of("c")), known.share("a")) == (("b", "c"), (), 0.75)
