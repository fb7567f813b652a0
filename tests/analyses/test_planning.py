"""What is to be done about an edge: sentences, conditions, interventions."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from tests.analyses.workflows import at, calls, facts, step, workflow
from wflint.analyses.labels.decisions import Decision, Decisions, EdgeName, contracts_of
from wflint.analyses.labels.labelling import Labelling
from wflint.analyses.plan.planning import Action, Instruction, Intervention, Place, Watch, plans_of
from wflint.model.contract import Need, Payload
from wflint.model.finding import Coordination
from wflint.model.workflow import StepKind, Workflow


def done_by(flow: Workflow, kind: StepKind, *names: str) -> Workflow:
    return replace(flow, steps=tuple(replace(one, kind=kind) if one.id in names else one for one in flow.steps))


def response(flow: Workflow, source: str, target: str, labelling: Labelling | None = None) -> Instruction | Watch:
    plans = plans_of(facts(flow), labelling or Labelling())
    return next(plan.response for plan in plans if (plan.edge.source, plan.edge.target) == (source, target))


def told(flow: Workflow, source: str, target: str) -> Instruction:
    found = response(flow, source, target, deciding(flow, source, target, Coordination.STATIC))
    assert isinstance(found, Instruction)
    return found


def watched(flow: Workflow, source: str, target: str) -> Watch:
    found = response(flow, source, target, deciding(flow, source, target, Coordination.DYNAMIC))
    assert isinstance(found, Watch)
    return found


def deciding(flow: Workflow, source: str, target: str, verdict: Coordination) -> Labelling:
    contracts = contracts_of(flow, source, target)
    return Labelling(decisions=Decisions((Decision(EdgeName(flow.id, source, target), verdict, "Ada", "", contracts),)))


PAIR = workflow("start -> a", "a -> b", "b -> end", steps=(step("a", "", "x"), step("b", "x", "y")), state="x y")
MAYBE = workflow("start -> a", "a -> b", "b -> end", steps=(step("a", "", "x? z?"), step("b", "x? z?")), state="x z")


@pytest.mark.parametrize(
    ("flow", "expected"),
    [
        pytest.param(PAIR, Instruction(Place.NOWHERE, ""), id="plain code, exact fields"),
        pytest.param(
            done_by(MAYBE, StepKind.AGENT, "b"),
            Instruction(
                Place.PROMPT,
                "`x` and `z` may be missing from what `a` hands over; if so, infer it and mark it as inferred.",
            ),
            id="a model may do without",
        ),
        pytest.param(
            MAYBE,
            Instruction(
                Place.CODE,
                "`x` and `z` may be missing from what `a` hands over; if so, use a default and record that it was "
                "missing.",
            ),
            id="code may do without",
        ),
        pytest.param(
            done_by(PAIR, StepKind.AGENT, "a"),
            Instruction(
                Place.CODE,
                "`x` is free text by a model (step `a`): work with what is there, and mark as inferred whatever has to "
                "be added.",
            ),
            id="free text",
        ),
        pytest.param(
            done_by(PAIR, StepKind.TOOL, "a"),
            Instruction(
                Place.CODE,
                "A tool answers with `x`: it may be an error message; then say so and do without.",
            ),
            id="a tool",
        ),
        pytest.param(
            done_by(PAIR, StepKind.HUMAN, "a"),
            Instruction(
                Place.CODE,
                "A person answers with `x`: it may be empty or beside the question; then go by the rest.",
            ),
            id="a person",
        ),
    ],
)
def test_what_to_write_down(flow: Workflow, expected: Instruction) -> None:
    assert told(flow, "a", "b") == expected


def test_parts_that_are_relied_on() -> None:
    reader = replace(step("b"), needs=(Need("x", at(2), attributes=("title", "text")),))
    flow = replace(PAIR, steps=tuple(reader if one.id == "b" else one for one in PAIR.steps))
    assert told(flow, "a", "b").text == (
        "Nobody declares the shape of `x`: check that `title` and `text` is there first."
    )
    assert told(done_by(flow, StepKind.AGENT, "a"), "a", "b").text == (
        "`x` is a model's (step `a`): if it does not hold `title` and `text`, say what is missing."
    )


def test_a_field_that_nobody_writes() -> None:
    flow = workflow("start -> a", "a -> b", steps=(step("a"), step("b", "x")), state="x")
    flow = replace(flow, invocations=calls(""))
    assert told(flow, "a", "b").text == "`x` never arrives: do not rely on it, and say so where it would matter."
    assert watched(flow, "a", "b").first == "`x` never gets to `b`: hand it over, or do without it"


def test_what_to_watch_after_a_model() -> None:
    typed = replace(PAIR.steps[1], offers=tuple(replace(one, type="str") for one in PAIR.steps[1].offers))
    flow = done_by(
        replace(PAIR, steps=tuple(typed if one.id == "a" else one for one in PAIR.steps)), StepKind.AGENT, "a"
    )
    assert watched(flow, "a", "b") == Watch(
        first="",
        condition="`x` is there and is str",
        schema={"type": "object", "required": ["x"], "properties": {"x": {"type": "string"}}},
        question=(
            "Does what `a` wrote (`x`) hold what `b` needs, complete and in a form it can use? Answer yes, or no with "
            "what is missing."
        ),
        interventions=(Intervention(Action.RERUN, 2), Intervention(Action.ADAPT, 1), Intervention(Action.ASK, 1)),
    )
    assert watched(flow, "a", "b").budget == 4


def test_code_is_not_run_again_and_not_judged() -> None:
    assert watched(PAIR, "a", "b") == Watch(
        first="",
        condition="`x` is there",
        schema={"type": "object", "required": ["x"], "properties": {"x": {}}},
        question=None,
        interventions=(Intervention(Action.ADAPT, 1), Intervention(Action.ASK, 1)),
    )


@pytest.mark.parametrize("flow", [done_by(PAIR, StepKind.HUMAN, "a")])
def test_a_person_is_asked_again(flow: Workflow) -> None:
    assert watched(flow, "a", "b").interventions == (Intervention(Action.ASK, 1),)


def test_a_target_whose_needs_are_not_known() -> None:
    flow = workflow("start -> a", "a -> b")
    assert watched(flow, "a", "b").condition == (
        "whatever reaches `b` is not empty (its code does not show what it reads)"
    )


def test_a_worker_gets_what_its_payload_holds() -> None:
    flow = workflow("start -> a", "a -> b ...", steps=(step("a"), step("b", "x y? z")), state="x y z")
    sent = replace(
        flow,
        edges=tuple(
            replace(edge, payload=Payload(("x",), at(3))) if edge.target == "b" else edge for edge in flow.edges
        ),
    )
    assert told(sent, "a", "b").text == "`z` never arrives: do not rely on it, and say so where it would matter."
    assert watched(sent, "a", "b").schema == {
        "type": "object",
        "required": ["x", "z"],
        "properties": {"x": {}, "y": {}, "z": {}},
    }
    assert watched(sent, "a", "b").condition == "`x` is there; `y`, where it is there, is as needed; `z` is there"


def test_a_plan_names_a_handful_of_fields() -> None:
    many = " ".join(f"f{number}?" for number in range(9))
    flow = workflow("start -> a", "a -> b", steps=(step("a", "", many), step("b", many)), state=many.replace("?", ""))
    assert told(flow, "a", "b").text.startswith("`f0`, `f1`, `f2`, `f3`, `f4` and 4 more may be missing")


def test_what_was_there_before_is_not_missing() -> None:
    steps = (step("w", "", "x"), step("a", "", "x?"), step("b", "x"))
    flow = workflow("start -> w", "w -> a", "a -> b", steps=steps, state="x")
    assert told(flow, "a", "b").text == ""


RELAYED = workflow(
    "start -> w", "w -> a", "a -> b", "b -> end",
    steps=(step("w", "", "x"), step("a", "", "y"), step("b", "x y")), state="x y",
)  # fmt: skip


def test_what_comes_from_further_up_is_whose_it_is() -> None:
    assert told(done_by(RELAYED, StepKind.AGENT, "w"), "a", "b").text == (
        "`x` is free text by a model (step `w`): work with what is there, and mark as inferred whatever has to be "
        "added."
    )
    assert told(done_by(RELAYED, StepKind.HUMAN, "w"), "a", "b").text == (
        "A person answers with `x`: it may be empty or beside the question; then go by the rest."
    )


def test_what_the_source_writes_comes_first() -> None:
    text = told(done_by(RELAYED, StepKind.AGENT, "w", "a"), "a", "b").text
    assert text.index("`y` is free text by a model (step `a`)") < text.index("`x` is free text by a model (step `w`)")


def test_what_is_written_anew_on_the_way_is_not_from_further_up() -> None:
    flow = workflow(
        "start -> w", "w -> a", "a -> b", "b -> end",
        steps=(step("w", "", "x"), step("a", "", "x"), step("b", "x")), state="x",
    )  # fmt: skip
    assert told(done_by(flow, StepKind.AGENT, "w"), "a", "b").text == ""


def test_whoever_may_leave_something_out_is_named() -> None:
    flow = workflow(
        "start -> w", "w -> a", "a -> b", "b -> end",
        steps=(step("w", "", "x?"), step("a", "", "y"), step("b", "x y")), state="x y",
    )  # fmt: skip
    flow = replace(flow, invocations=calls(""))
    assert told(flow, "a", "b").text.startswith("`x` may be missing from what `w` hands over; if so,")


def test_a_model_is_asked_about_what_it_wrote() -> None:
    flow = workflow(
        "start -> w", "w -> a", "a -> b", "b -> end",
        steps=(step("w", "", "x"), step("a"), step("b", "x")), state="x",
    )  # fmt: skip
    question = watched(done_by(flow, StepKind.AGENT, "a"), "a", "b").question
    assert question is not None
    assert question.startswith("Does what `a` wrote hold what `b` needs")
