"""Which fields are set when a step runs, and which reads find nothing."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from tests.analyses.workflows import at, calls, facts, schema, step, with_choice, workflow
from wflint.analyses.data.assignment import StateAssignment
from wflint.model.contract import Payload
from wflint.model.workflow import Exchange, Workflow


def gaps(flow: Workflow, *others: Workflow) -> list[tuple[str, str, str]]:
    return [(gap.read.step, gap.read.need.name, gap.kind.value) for gap in facts(flow, *others).gaps]


def must(flow: Workflow, name: str) -> set[str]:
    assigned = facts(flow).assignment
    assert isinstance(assigned, StateAssignment)
    known = assigned.before[name]
    return {field for field in assigned.fields.numbers if assigned.must_assign(known, field)}


def test_branches_unite_at_a_join() -> None:
    steps = (step("a", "", "x"), step("b", "", "y"))
    assert must(workflow("start -> a", "start -> b", "a + b -> c", steps=steps), "c") == {"x", "y"}


def test_alternatives_intersect_where_they_meet() -> None:
    steps = (step("a", "", "x z"), step("b", "", "y z"))
    assert must(workflow("start -> a | b", "a -> c", "b -> c", steps=steps), "c") == {"z"}


def test_what_a_step_required_is_set_behind_it() -> None:
    assert must(workflow("start -> a", "a -> b", steps=(step("a", "x"),)), "b") == {"x"}


def test_an_edge_that_tested_a_field_assumes_it() -> None:
    flow = workflow("start -> a", "a -> b | c")
    edges = tuple(replace(edge, assumes=("x",)) if edge.target == "b" else edge for edge in flow.edges)
    assert (must(replace(flow, edges=edges), "b"), must(replace(flow, edges=edges), "c")) == ({"x"}, set())


def rag(web_search_reads: str) -> Workflow:
    steps = (
        step("retrieve", "question", "documents"),
        step("web_search", web_search_reads, "documents"),
        step("generate", "documents", "answer"),
    )
    lines = ("start -> retrieve | web_search", "retrieve -> generate | web_search", "web_search -> generate")
    return workflow(*lines, steps=steps, state="question documents answer")


def test_a_way_around_the_writer() -> None:
    flow = replace(rag("question documents"), invocations=calls("question"))
    assert gaps(flow) == [("web_search", "documents", "around")]


def test_a_default_at_the_read_is_no_gap() -> None:
    assert gaps(replace(rag("question documents?"), invocations=calls("question"))) == []


def test_without_a_visible_call_the_question_is_an_input_and_the_documents_are_not() -> None:
    assert ("web_search", "documents", "around") in gaps(rag("question documents"))
    assert {kind for _, name, kind in gaps(rag("question documents")) if name == "question"} == {"caller"}


SILENT = [
    pytest.param(
        workflow(
            "start -> write",
            "write -> review",
            "review -> write | end",
            steps=(step("write", "feedback", "essay"), step("review", "essay", "feedback")),
            state="feedback essay",
        ),
        id="a loop reads what only its later part writes: callers may pass the first value",
    ),
    pytest.param(
        workflow("start -> a", "a -> a | end", steps=(step("a", "n", "n"),), state="n"),
        id="a counter may be an input",
    ),
    pytest.param(
        workflow("start -> a", "a -> b | end", steps=(step("a", "", "x?"), step("b", "x")), state="x"),
        id="a router lies between a possible write and the read",
    ),
    pytest.param(
        workflow("start -> a | b", "a -> b", steps=(step("a", "x?", "x"), step("b", "x")), state="x"),
        id="the writer reads the field itself, so it is an input that the writer refines",
    ),
    pytest.param(
        workflow("start -> a", "a -> b", steps=(step("a", "", "y"), step("b", "x y")), state="x= y"),
        id="the schema presets the field",
    ),
    pytest.param(
        workflow("start -> w ...", "w -> end", steps=(step("w", "item", "y"),), state="y+"),
        id="a worker reads its payload",
    ),
    pytest.param(
        replace(
            workflow("start -> a", "a -> end", steps=(step("a", "x"),), state="x"), invocations=calls("", closed=False)
        ),
        id="the visible call may pass more than it shows",
    ),
    pytest.param(
        replace(workflow("start -> a", steps=(step("a", "x"),), state="y"), state=schema("y", closed=False)),
        id="the state may have more fields than it shows",
    ),
    pytest.param(
        replace(workflow("start -> a", steps=(step("a", "x"),), state="x"), exchange=Exchange.MESSAGES),
        id="messages are not followed yet",
    ),
]


@pytest.mark.parametrize("flow", SILENT)
def test_no_gap(flow: Workflow) -> None:
    assert [gap for gap in gaps(flow) if gap[2] != "caller"] == []


def test_a_step_that_may_write_anything_silences_what_follows() -> None:
    flow = workflow("start -> a", "a -> b", steps=(replace(step("a"), offers_open=True), step("b", "x y")), state="x")
    assert [gap for gap in gaps(flow) if gap[1] == "x"] == []


def test_an_undeclared_field_can_never_arrive() -> None:
    flow = workflow("start -> a", steps=(step("a", "x y?"),), state="z")
    assert gaps(flow) == [("a", "x", "undeclared"), ("a", "y", "undeclared")]


def test_an_undeclared_field_that_somebody_writes_is_the_writers_mistake() -> None:
    assert gaps(workflow("start -> a", "a -> b", steps=(step("a", "", "x"), step("b", "x")), state="z")) == []


def test_what_a_step_declares_as_its_own_input_is_declared_but_no_caller_can_pass_it() -> None:
    reader = replace(step("b", "x"), own_schema=schema("x"))
    assert gaps(workflow("start -> a", "a -> b", steps=(step("a", "", "x"), reader), state="z")) == []
    assert gaps(workflow("start -> a", "a -> b", steps=(step("a"), reader), state="z")) == [("b", "x", "never")]


def test_a_closed_input_schema_keeps_callers_out() -> None:
    flow = workflow("start -> a", steps=(step("a", "x y"),), state="x y")
    assert gaps(replace(flow, inputs=schema("y"))) == [("a", "x", "never"), ("a", "y", "caller")]


def test_visible_calls_tell_what_is_passed() -> None:
    flow = workflow("start -> a", steps=(step("a", "x"),), state="x y")
    assert gaps(replace(flow, invocations=calls("y"))) == [("a", "x", "never")]
    assert gaps(replace(flow, invocations=calls("y", "x y"))) == [("a", "x", "some-calls")]
    assert gaps(replace(flow, invocations=calls("x", "x y"))) == []


def test_the_only_writer_reads_first() -> None:
    flow = workflow("start -> a", "a -> a | end", steps=(step("a", "n", "n"),), state="n")
    assert gaps(replace(flow, invocations=calls(""))) == [("a", "n", "around")]


def test_a_possible_write_straight_before_the_read() -> None:
    flow = workflow("start -> a", "a -> b", steps=(step("a", "", "x?"), step("b", "x")), state="x")
    assert gaps(flow) == [("b", "x", "conditional")]


def test_a_router_sees_what_its_step_wrote() -> None:
    flow = with_choice(workflow("start -> a", "a -> a | end", steps=(step("a", "", "x"),), state="x y"), 0, "x y?")
    assert gaps(replace(flow, invocations=calls(""))) == [("a", "y", "never")]


def test_a_nested_workflow_inherits_the_fields_it_shares() -> None:
    outer = replace(workflow("start -> sub", state="x"), id="outer")
    inner = workflow("start -> a", "a -> b | a", steps=(step("a", "x y"),), state="x y")
    assert gaps(replace(inner, parents=("outer",)), outer) == [("a", "y", "never")]


def test_a_nested_workflow_gets_the_payload_that_is_sent_to_it() -> None:
    holder = replace(step("sub"), workflow="flow.py::flow")
    outer = replace(workflow("start -> sub ...", steps=(holder,), state="z"), id="outer")
    sent = replace(outer.edges[0], payload=Payload(("x",), at(9)))
    inner = replace(workflow("start -> a", steps=(step("a", "x y"),), state="x y"), parents=("outer",))
    assert gaps(inner, replace(outer, edges=(sent,))) == [("a", "y", "never")]
    assert gaps(inner, outer) == []


def test_a_step_that_starts_too_early_is_another_matter() -> None:
    steps = (step("a", "", "x"), step("b", "", "y"), step("d", "y", "z"))
    flow = workflow("start -> a", "a -> b", "a -> d", "b -> d", "d -> end", steps=steps, state="x y z")
    assert gaps(flow) == []
