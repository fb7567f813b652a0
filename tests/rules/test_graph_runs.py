"""Rules about what happens when a graph runs, on bare graphs: writes, joins, loops."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from tests.analyses.workflows import step, workflow
from tests.rules.checks import said
from wflint.model.contract import Outcome
from wflint.model.workflow import (
    Workflow,
)
from wflint.rules import (
    concurrent_write,
    join_never_fires,
    join_runs_twice,
    loop_without_exit,
)

FORK = ("start -> plan", "plan -> web", "plan -> papers", "web + papers -> write")
WRITERS = (step("web", "", "notes", 4), step("papers", "", "notes", 5))


def test_concurrent_write() -> None:
    assert said(concurrent_write.check, workflow(*FORK, steps=WRITERS, state="notes")) == [
        (
            4,
            "error",
            (
                'steps "web" and "papers" write "notes" concurrently after step "plan", but "notes" has no '
                "reducer: the run fails; add a reducer or write separate fields"
            ),
        ),
    ]


def test_concurrent_write_where_one_of_them_is_lost() -> None:
    flow = workflow(*FORK, steps=WRITERS, state="notes")
    assert flow.state is not None
    shared = replace(flow, state=replace(flow.state, on_concurrent_write=Outcome.LOST))
    assert said(concurrent_write.check, shared) == [
        (
            4,
            "warning",
            (
                'steps "web" and "papers" write "notes" concurrently after step "plan", and no reducer '
                "merges the values: the last write wins; write separate fields"
            ),
        ),
    ]
    adding = (step("web", "notes", "notes", 4), WRITERS[1])
    assert said(concurrent_write.check, replace(shared, steps=(*adding, *shared.steps[2:]))) == []


def test_concurrent_write_that_may_not_happen() -> None:
    doubtful = (step("web", "", "notes?", 4), WRITERS[1])
    assert [level for _, level, _ in said(concurrent_write.check, workflow(*FORK, steps=doubtful, state="notes"))] == [
        "warning"
    ]
    inclusive = workflow("start -> plan", "plan -> web & papers", steps=WRITERS, state="notes")
    assert [level for _, level, _ in said(concurrent_write.check, inclusive)] == ["warning"]


def test_copies_of_a_worker_write_one_field() -> None:
    flow = workflow("start -> plan", "plan -> web ...", steps=WRITERS, state="notes")
    assert said(concurrent_write.check, flow) == [
        (
            4,
            "error",
            (
                'concurrent copies of step "web" write "notes", but "notes" has no reducer: the run fails; '
                "add a reducer or write separate fields"
            ),
        ),
    ]


def test_steps_that_return_the_whole_state_write_every_field() -> None:
    forwarding = tuple(replace(step(name), forwards_state=True) for name in ("web", "papers"))
    ((_, level, message),) = said(concurrent_write.check, workflow(*FORK, steps=forwarding, state="a b log+"))
    assert (level, '"a" and "b"' in message, "log" in message) == ("warning", True, False)


@pytest.mark.parametrize(
    "flow",
    [
        pytest.param(workflow(*FORK, steps=WRITERS, state="notes+"), id="a reducer merges the writes"),
        pytest.param(workflow(*FORK, steps=WRITERS), id="no state is known"),
        pytest.param(workflow("start -> web | papers", steps=WRITERS, state="notes"), id="a router takes one of them"),
        pytest.param(workflow("start -> web", "web -> papers", steps=WRITERS, state="notes"), id="one after the other"),
        pytest.param(workflow(*FORK, steps=(WRITERS[0], step("papers", "", "x")), state="notes x"), id="other fields"),
    ],
)
def test_writes_that_do_not_clash(flow: Workflow) -> None:
    assert said(concurrent_write.check, flow) == []


def test_join_runs_twice() -> None:
    flow = workflow("start -> a", "a -> b", "a -> d", "b -> d", steps=(step("d", "", "x"),))
    assert said(join_runs_twice.check, flow) == [
        (
            13,
            "page",
            (
                'step "d" runs twice: step "a" starts it while "b" still runs, and step "b" starts it '
                'again; both branches start at step "a"; join them with one edge, or defer "d"'
            ),
        ),
    ]


def test_join_never_fires() -> None:
    flow = workflow("start -> a", "a -> b | c", "b + c -> d")
    assert said(join_never_fires.check, flow) == [
        (
            12,
            "page",
            (
                'step "d" waits for "b" and "c", but a router starts only some of them, so the join never '
                "completes; use separate edges, or start all of them"
            ),
        ),
    ]


def test_join_with_a_source_that_never_runs() -> None:
    ((_, _, message),) = said(join_never_fires.check, workflow("start -> a", "a + x -> d"))
    assert '"x" never runs' in message


def test_loop_without_exit() -> None:
    flow = workflow("start -> search", "search -> research", "research -> search")
    assert said(loop_without_exit.check, flow) == [
        (
            12,
            "page",
            (
                '"search" and "research" form an endless loop: no edge leaves it; add a conditional edge '
                'after "research"'
            ),
        ),
    ]


def test_loop_that_an_edge_out_does_not_end() -> None:
    flow = workflow("start -> a", "a -> b", "b -> a", "b -> end")
    ((line, _, message),) = said(loop_without_exit.check, flow)
    assert (line, 'the edge from "b" to "a" always fires' in message) == (12, True)


def test_loop_of_steps_that_decide_themselves() -> None:
    flow = workflow("start -> alice", "alice -> bob | carol", "bob -> alice | carol", "carol -> alice | bob")
    jumping = tuple(replace(choice, is_goto=True) for choice in flow.choices)
    assert len(said(loop_without_exit.check, flow)) == 1
    assert said(loop_without_exit.check, replace(flow, choices=jumping)) == []


def test_loop_that_nobody_reaches() -> None:
    assert said(loop_without_exit.check, workflow("start -> a", "x -> y", "y -> x")) == []
