"""What the rules about parts, idle outputs, likely names and repeated work say, and where they keep quiet."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from tests.analyses.workflows import at, calls, schema, step, workflow
from tests.rules.checks import heard, said
from wflint.model.contract import Certainty, Field, Part, Schema, Shape
from wflint.model.workflow import Exchange, Invocation, Step, StepKind, Workflow
from wflint.rules import output_never_read, read_never_written, soft_gap, type_mismatch

PLAN = Shape("Plan", ("steps", "reason"), ("model_dump",), at(3))


def planner(shape: Shape | None = PLAN, writes: str = "plan") -> Step:
    made = step("plan", "", writes, line=7)
    return replace(made, offers=tuple(replace(offer, shape=shape) for offer in made.offers))


def worker(*names: str, certainty: Certainty = Certainty.CERTAIN, of_element: bool = False) -> Step:
    read = step("work", "plan", line=8)
    parts = tuple(Part(name, at(9), certainty, of_element) for name in names)
    return replace(read, needs=(replace(read.needs[0], parts=parts),))


def planned(*steps: Step) -> Workflow:
    return workflow("start -> plan", "plan -> work", "work -> end", steps=steps, state="plan")


def test_part_that_the_model_lacks() -> None:
    assert said(type_mismatch.check, planned(planner(), worker("tasks"))) == [
        (
            9,
            "error",
            (
                'step "work" uses "tasks" of "plan", which step "plan" creates as Plan, but Plan has no part '
                '"tasks" (it has "steps" and "reason"); add it to Plan or use a declared part'
            ),
        ),
    ]


def test_part_under_a_condition_is_a_warning() -> None:
    flow = planned(planner(), worker("step", certainty=Certainty.POSSIBLE))
    assert [
        (level, message.endswith('; did you mean "steps"?')) for _, level, message in said(type_mismatch.check, flow)
    ] == [("warning", True)]


def test_declaration_of_the_state_alone_is_a_warning() -> None:
    declared = Schema("State", (Field("plan", at(1), shape=PLAN),), at(1))
    flow = replace(planned(planner(None), worker("tasks")), state=declared)
    assert [level for _, level, _ in said(type_mismatch.check, flow)] == ["warning"]


@pytest.mark.parametrize(
    "flow",
    [
        pytest.param(planned(planner(), worker("steps", "model_dump")), id="a part and a method"),
        pytest.param(planned(planner(None), worker("tasks")), id="nobody declares it"),
        pytest.param(planned(planner(replace(PLAN, closed=False)), worker("tasks")), id="an open model"),
        pytest.param(planned(planner(), worker("tasks", of_element=True)), id="a part of elements"),
        pytest.param(
            workflow(
                "start -> plan", "plan -> refine", "refine -> work",
                steps=(planner(), step("refine", "", "plan"), worker("tasks")), state="plan",
            ),
            id="overwritten on the way",
        ),
    ],
)  # fmt: skip
def test_parts_that_nobody_should_hear_of(flow: Workflow) -> None:
    assert said(type_mismatch.check, flow) == []


def asking(made: Step) -> Step:
    return replace(made, kind=StepKind.AGENT)


IDLE = workflow(
    "start -> list", "list -> write", "write -> end",
    steps=(asking(step("list", "", "entities", line=4)), step("write", "", "spec")), state="entities spec",
)  # fmt: skip


def test_output_that_nobody_reads() -> None:
    assert said(output_never_read.check, IDLE) == [
        (
            4,
            "note",
            (
                'step "list" calls a model for "entities", but no step or router reads it, so the model '
                "call is wasted (about 1,600 effective tokens a run) unless a caller uses it; read it in "
                '"write" or remove the step'
            ),
        ),
    ]


def called(*calls: Invocation, exported: bool = False) -> Workflow:
    return replace(IDLE, invocations=calls, externally_callable=exported)


def taking(*fields: str, shown: bool = True, path: str = "app.py") -> Invocation:
    return Invocation((), replace(at(30), path=path), takes=fields, takes_all_shown=shown)


@pytest.mark.parametrize(
    ("flow", "level"),
    [
        pytest.param(called(taking("spec")), "warning", id="no caller uses it"),
        pytest.param(called(taking("spec"), taking(path="tests/test_app.py")), "warning", id="nor does a test"),
        pytest.param(called(taking("spec"), taking(shown=False)), "note", id="one call may take it"),
        pytest.param(called(taking("spec"), exported=True), "note", id="others may call it"),
        pytest.param(called(taking("spec", path="tests/test_app.py")), "note", id="only a test calls it"),
        pytest.param(called(taking("entities", shown=False)), None, id="a caller takes it"),
    ],
)
def test_output_and_its_callers(flow: Workflow, level: str | None) -> None:
    assert [found for _, found, _ in said(output_never_read.check, flow)] == ([level] if level else [])


def test_output_that_the_output_schema_drops_is_a_warning() -> None:
    flow = replace(IDLE, outputs=schema("spec", name="Output"))
    assert [level for _, level, _ in said(output_never_read.check, flow)] == ["warning"]


@pytest.mark.parametrize(
    "flow",
    [
        pytest.param(replace(IDLE, state=schema("entities+ spec")), id="a list with a reducer"),
        pytest.param(replace(IDLE, parents=("outer",)), id="a step of another workflow"),
        pytest.param(replace(IDLE, steps=tuple(replace(s, needs_open=True) for s in IDLE.steps)), id="open readers"),
        pytest.param(replace(IDLE, steps=tuple(replace(s, offers_open=True) for s in IDLE.steps)), id="open writers"),
        pytest.param(
            replace(IDLE, steps=tuple(replace(s, kind=StepKind.FUNCTION) for s in IDLE.steps)), id="plain code"
        ),
    ],
)
def test_outputs_that_somebody_may_read(flow: Workflow) -> None:
    assert heard(output_never_read.check, flow) == []


@pytest.mark.parametrize(
    "flow",
    [
        pytest.param(
            replace(IDLE, steps=tuple(replace(s, kind=StepKind.FUNCTION) for s in IDLE.steps)), id="plain code"
        ),
        pytest.param(
            replace(
                IDLE,
                steps=tuple(
                    step("write", "facts", "spec")
                    if s.id == "write"
                    else (asking(step("list", "", "entities facts", line=4)) if s.id == "list" else s)
                    for s in IDLE.steps
                ),
                state=schema("entities facts spec"),
            ),
            id="another field of the step is read",
        ),
    ],
)
def test_single_fields_are_for_the_pedantic(flow: Workflow) -> None:
    assert heard(output_never_read.check, flow) == []
    assert said(output_never_read.check, flow) == [
        (
            4,
            "note",
            (
                'step "list" writes "entities", which no step and no router reads; unless a caller takes it from the '
                "result, read it or remove it"
            ),
        )
    ]


@pytest.mark.parametrize(
    "flow",
    [
        pytest.param(called(taking("entities")), id="a caller takes it"),
        pytest.param(replace(IDLE, state=schema("entities+ spec")), id="a list with a reducer"),
        pytest.param(replace(IDLE, parents=("outer",)), id="a step of another workflow"),
        pytest.param(replace(IDLE, steps=tuple(replace(s, needs_open=True) for s in IDLE.steps)), id="open readers"),
        pytest.param(
            replace(IDLE, steps=tuple(replace(s, kind=StepKind.FUNCTION, reaches_sink=True) for s in IDLE.steps)),
            id="the step shows it itself",
        ),
    ],
)
def test_single_fields_that_somebody_may_read(flow: Workflow) -> None:
    assert said(output_never_read.check, flow) == []


NEWS = workflow(
    "start -> note", "note -> write", "write -> end",
    steps=(step("note", "article", "notes", line=4), step("write", "research_notes", "post", line=5)),
    state="article notes research_notes post",
)  # fmt: skip


def test_likely_name() -> None:
    ((line, level, message),) = said(soft_gap.check, NEWS)
    assert (line, level) == (5, "warning")
    assert message.startswith(
        'step "write" reads "research_notes", which no step writes, while "notes", written by step "note", is never '
        "read"
    )


def test_one_rule_speaks_about_a_need() -> None:
    assert [message for _, _, message in said(read_never_written.check, NEWS) if "research_notes" in message] == []
    undeclared = replace(NEWS, state=schema("article notes post"))
    assert said(soft_gap.check, undeclared) == []
    assert len(said(read_never_written.check, undeclared)) == len(["article", "research_notes"])


@pytest.mark.parametrize(
    "flow",
    [
        pytest.param(replace(NEWS, inputs=schema("article research_notes", name="Input")), id="an input"),
        pytest.param(
            replace(
                NEWS, steps=tuple(step("write", "research_notes notes") if s.id == "write" else s for s in NEWS.steps)
            ),
            id="the output is read",
        ),
        pytest.param(
            replace(
                NEWS, steps=tuple(step("note", "research_notes", "notes") if s.id == "note" else s for s in NEWS.steps)
            ),
            id="read before anybody writes",
        ),
    ],
)
def test_names_that_are_none_of_our_business(flow: Workflow) -> None:
    assert heard(soft_gap.check, flow) == []


def told(flow: Workflow) -> str:
    """What the pedantic hear of it, and nobody else."""
    assert heard(soft_gap.check, flow) == []
    ((_, level, message),) = said(soft_gap.check, flow)
    assert level == "note"
    return message


def test_a_field_that_keeps_its_default_beside_an_idle_output() -> None:
    declared = schema("article notes research_notes post")
    fields = tuple(replace(field, preset=field.name == "research_notes") for field in declared.fields)
    assert told(replace(NEWS, state=replace(declared, fields=fields))).startswith(
        'step "write" reads "research_notes", which no step writes: it keeps what it begins with, while "notes", '
        'written by step "note", is never read: probably the same ('
    )


def test_a_field_that_a_call_passes_beside_an_idle_output() -> None:
    assert told(replace(NEWS, invocations=calls("article research_notes"))).startswith(
        'step "write" reads "research_notes", which no step writes: it keeps what it begins with, '
    )


def test_a_step_that_may_write_more_is_said_to_be_unseen() -> None:
    open_ = replace(NEWS, steps=tuple(replace(s, offers_open=s.id == "note") for s in NEWS.steps))
    assert 'reads "research_notes", which no step is seen to write, while' in told(open_)


@pytest.mark.parametrize(
    "flow",
    [
        pytest.param(replace(NEWS, exchange=Exchange.MESSAGES), id="messages"),
        pytest.param(replace(NEWS, inputs_fill_prompts=True), id="inputs of prompts"),
        pytest.param(
            replace(
                NEWS,
                steps=tuple(step("write", "opening_hours", "post") if s.id == "write" else s for s in NEWS.steps),
                state=schema("article notes opening_hours post"),
            ),
            id="nothing near",
        ),
        pytest.param(replace(NEWS, state=schema("article notes research_notes+ post")), id="a list with a reducer"),
    ],
)
def test_fields_with_a_value_that_nothing_is_said_of(flow: Workflow) -> None:
    assert said(soft_gap.check, replace(flow, invocations=calls("article research_notes opening_hours"))) == []


def test_a_loop_reads_what_the_round_before_wrote() -> None:
    flow = workflow(
        "start -> write", "write -> judge", "judge -> write", "write -> end",
        steps=(step("write", "feedback?", "post"), step("judge", "post", "critique")), state="feedback critique post",
    )  # fmt: skip
    assert told(replace(flow, invocations=calls("feedback"))).startswith(
        'step "write" reads "feedback", which no step writes: it keeps what it begins with, while "critique", '
    )
