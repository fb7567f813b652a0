"""What the rules about fields say, word for word, and where they keep quiet."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from tests.analyses.workflows import at, calls, schema, step, with_choice, workflow
from tests.rules.checks import said
from wflint.model.conduct import BadReturn, Mutation
from wflint.model.contract import Certainty, Payload
from wflint.model.workflow import Edge, EdgeKind, Step, Workflow
from wflint.rules import (
    path_dependent_read,
    read_never_written,
    send_payload_missing_key,
    step_returns_non_update,
    subgraph_field_not_shared,
    undeclared_output,
    update_not_returned,
)

MAIL = workflow("start -> load", steps=(step("load", "mailbox", "emails", line=7),), state="mailbox emails")


def test_read_that_no_call_feeds() -> None:
    assert said(read_never_written.check, replace(MAIL, invocations=calls("emails"))) == [
        (
            7,
            "error",
            (
                'step "load" reads "mailbox", but no step writes it and no call of the workflow passes it; '
                "write it upstream or pass it in"
            ),
        ),
    ]


def test_read_of_an_input_is_for_auditors() -> None:
    assert said(read_never_written.check, MAIL) == [
        (7, "note", 'step "load" reads "mailbox", which no step writes: every caller must pass it'),
    ]


def test_optional_read_of_a_misspelt_field() -> None:
    flow = with_choice(workflow("start -> a", "a -> a | end", state="plan_revision_count"), 0, "revisions_count?")
    assert said(read_never_written.check, flow) == [
        (
            1,
            "warning",
            (
                'router "decide" after step "a" reads "revisions_count", which State does not declare, so it '
                'is never set; did you mean "plan_revision_count"?'
            ),
        ),
    ]


def test_optional_read_of_a_declared_field_that_a_call_leaves_out_is_a_note() -> None:
    flow = workflow("start -> a", steps=(step("a", "tone?"),), state="tone")
    assert [level for _, level, _ in said(read_never_written.check, replace(flow, invocations=calls("")))] == ["note"]


def test_a_conditional_read_may_not_happen() -> None:
    doubtful = replace(MAIL.steps[1], needs=(replace(MAIL.steps[1].needs[0], certainty=Certainty.POSSIBLE),))
    flow = replace(MAIL, steps=(MAIL.steps[0], doubtful), invocations=calls("emails"))
    assert [level for _, level, _ in said(read_never_written.check, flow)] == ["warning"]


def test_undeclared_output() -> None:
    flow = workflow("start -> a", "a -> b", steps=(step("a", "", "sumary", 3), step("b", "sumary")), state="summary")
    assert said(undeclared_output.check, flow) == [
        (
            3,
            "error",
            (
                'step "a" writes "sumary", which State does not declare, so it is dropped; step "b" reads it in '
                'vain; did you mean "summary"?'
            ),
        ),
    ]


NESTED = replace(step("a", "", "x"), workflow="inner")
DECLARED = [
    pytest.param(workflow("start -> a", steps=(step("a", "", "x"),)), id="no state is known"),
    pytest.param(
        replace(workflow("start -> a", steps=(step("a", "", "x"),)), state=schema("y", closed=False)),
        id="an open state",
    ),
    pytest.param(
        workflow("start -> a", steps=(replace(step("a", "", "x"), own_schema=schema("x")),), state="y"),
        id="a step declares it as its own input",
    ),
    pytest.param(workflow("start -> a", steps=(NESTED,), state="y"), id="a nested workflow hands it back"),
]


@pytest.mark.parametrize("flow", DECLARED)
def test_declared_or_not_known(flow: Workflow) -> None:
    assert said(undeclared_output.check, flow) == []


def test_undeclared_output_that_nobody_misses() -> None:
    flow = workflow("start -> a", steps=(step("a", "", "exit_code"),), state="summary")
    assert [level for _, level, _ in said(undeclared_output.check, flow)] == ["warning"]


def test_an_output_that_may_be_something_else() -> None:
    unseen = replace(step("a", "", "exit_code?"), offers_open=True)
    assert said(undeclared_output.check, workflow("start -> a", steps=(unseen,), state="summary")) == []


def test_path_dependent_read() -> None:
    steps = (step("retrieve", "", "docs"), step("search", "docs", "docs", 8), step("answer", "docs", "text"))
    flow = workflow(
        "start -> retrieve | search", "retrieve -> search", "search -> answer", steps=steps, state="docs text"
    )
    assert said(path_dependent_read.check, flow) == [
        (
            8,
            "page",
            (
                'step "search" reads "docs", but it is not set on the path START -> "search", which bypasses '
                '"retrieve" ("answer" depends on it, 2 of 3 steps); set it earlier or read a default'
            ),
        ),
    ]


def test_path_dependence_on_the_caller_is_a_note() -> None:
    flow = workflow("start -> a", steps=(step("a", "x"),), state="x")
    assert said(path_dependent_read.check, replace(flow, invocations=calls("", "x"))) == [
        (
            1,
            "note",
            'step "a" reads "x", but some calls of the workflow do not pass it; set it earlier or read a default',
        ),
    ]


def worker(payload: Payload | None, *reads: Step) -> Workflow:
    edge = Edge("plan", "work", EdgeKind.FAN_OUT, at(4), payload=payload)
    flow = workflow("start -> plan", steps=(step("plan"), *reads))
    return replace(flow, edges=(*flow.edges, edge))


def test_payload_without_a_key() -> None:
    assert said(send_payload_missing_key.check, worker(Payload(("topic",), at(5)), step("work", "topic style"))) == [
        (
            5,
            "error",
            (
                'the payload for step "work" passes only "topic", but the step reads "style": a fan-out worker sees '
                'only its payload, not the shared state; add "style" to the payload'
            ),
        ),
    ]


@pytest.mark.parametrize(
    "flow",
    [
        pytest.param(worker(Payload(("topic",), at(5), closed=False), step("work", "style")), id="a spread payload"),
        pytest.param(worker(None, step("work", "style")), id="an unknown payload"),
        pytest.param(worker(Payload((), at(5)), step("work", "style?")), id="a default in the worker"),
    ],
)
def test_payload_that_will_do(flow: Workflow) -> None:
    assert said(send_payload_missing_key.check, flow) == []


def test_a_default_of_the_worker_is_not_filled_in() -> None:
    flow = worker(Payload((), at(5)), replace(step("work", "style"), own_schema=schema("style=")))
    ((line, _, message),) = said(send_payload_missing_key.check, flow)
    assert (line, 'reads "style"' in message) == (5, True)


def nested(outer_state: str, inner_state: str, writes: str) -> tuple[Workflow, Workflow]:
    holder = replace(step("sub", line=6), workflow="inner")
    inner = workflow("start -> a", steps=(step("a", "", writes),), state=inner_state)
    return workflow("start -> sub", steps=(holder,), state=outer_state), replace(inner, id="inner")


def test_nested_workflow_that_shares_nothing() -> None:
    assert said(subgraph_field_not_shared.check, *nested("topic", "subject notes", "notes")) == [
        (
            6,
            "page",
            (
                'the nested workflow of step "sub" shares no field with State, so nothing is exchanged; '
                "declare the field in both states, or call the nested workflow inside a step that maps the "
                "fields"
            ),
        ),
    ]


def test_nested_workflow_that_hands_nothing_back() -> None:
    assert [
        level for _, level, _ in said(subgraph_field_not_shared.check, *nested("topic", "topic notes", "notes"))
    ] == ["page"]


def test_nested_workflow_with_private_fields() -> None:
    assert said(subgraph_field_not_shared.check, *nested("topic notes", "topic notes scratch", "notes scratch")) == []


def test_bad_return() -> None:
    returning = replace(step("a"), bad_returns=(BadReturn("a string", at(9), Certainty.CERTAIN),))
    assert said(step_returns_non_update.check, workflow("start -> a", steps=(returning,))) == []
    flow = workflow("start -> a", steps=(returning,), state="x")
    assert said(step_returns_non_update.check, flow) == [
        (
            9,
            "error",
            ('step "a" returns a string, not a state update: the run fails; return the changed fields by name'),
        ),
    ]


MUTATING = replace(step("a", "", "y"), mutations=(Mutation("x", at(4)),))


def lost(changed: Step) -> list[tuple[int, str, str]]:
    return said(
        update_not_returned.check, workflow("start -> a", "a -> b", steps=(changed, step("b", "x")), state="x y")
    )


def test_a_change_that_steps_share_is_told_once() -> None:
    shared = Mutation("x", at(4))
    steps = [replace(step(name, "", "y"), mutations=(shared,)) for name in ("a", "b")]
    flow = workflow("start -> a", "a -> b", "b -> c", steps=(*steps, step("c", "x")), state="x y")
    assert said(update_not_returned.check, flow) == [
        (
            4,
            "page",
            (
                'steps "a" and "b" mutate "x" in place but do not return it, so the change is lost; return "x" with '
                "its new value"
            ),
        ),
    ]


def test_mutation_that_nobody_sees() -> None:
    assert said(update_not_returned.check, workflow("start -> a", "a -> b", steps=(MUTATING,), state="x y")) == []


def test_mutation_that_is_lost() -> None:
    assert lost(MUTATING) == [
        (
            4,
            "page",
            (
                'step "a" mutates "x" in place but does not return it, so the change is lost; return "x" with its '
                "new value"
            ),
        ),
    ]


def test_nested_mutation_is_a_note() -> None:
    nesting = replace(MUTATING, mutations=(Mutation("x", at(4), nested=True),))
    assert [level for _, level, _ in lost(nesting)] == ["note"]


def test_mutation_of_what_is_returned_anyway() -> None:
    assert lost(replace(MUTATING, forwards_state=True)) == []
    assert lost(replace(MUTATING, offers_open=True)) == []
    assert lost(replace(MUTATING, mutations=(Mutation("y", at(4)),))) == []
