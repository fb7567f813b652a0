"""What is to be done about an edge: sentences, conditions, interventions."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from tests.analyses.workflows import at, calls, facts, step, workflow
from wflint.analyses.labels.decisions import Decision, Decisions, EdgeName, contracts_of
from wflint.analyses.labels.labelling import Labelling
from wflint.analyses.plan.planning import plans_of
from wflint.analyses.plan.response import Action, Instruction, Intervention, Place, Site, Watch
from wflint.model.contract import (
    Certainty,
    Check,
    CheckKind,
    Format,
    FormatExpectation,
    Need,
    Offer,
    Part,
    Payload,
)
from wflint.model.finding import Coordination
from wflint.model.prompt import Prompt, PromptText
from wflint.model.workflow import Choice, EdgeKind, Exchange, MappedRoute, Step, StepKind, Workflow


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


def with_step(flow: Workflow, changed: Step) -> Workflow:
    return replace(flow, steps=tuple(changed if one.id == changed.id else one for one in flow.steps))


def asking(name: str, needs: str, offers: str, prompt: str = "", *, coded: bool = True) -> Step:
    """A step whose own code asks a model; with `coded` false, an agent that the framework runs."""
    made = step(name, needs, offers)
    return replace(
        made,
        kind=StepKind.AGENT,
        definition=at(1) if coded else None,
        offers=tuple(replace(offer, from_model=True) for offer in made.offers),
        prompt=Prompt((PromptText(prompt, at(6)),)) if prompt else None,
    )


def reading(name: str, need: Need, offers: str = "") -> Step:
    return replace(step(name, "", offers), needs=(need,), definition=at(2))


PARSED = Need("x", at(8), expectations=(FormatExpectation(Format.JSON, at(9)),))
COUNTED = Need("x", at(8), expectations=(FormatExpectation(Format.NUMBER, at(9)),))
KEYED = Need("x", at(8), parts=(Part("title", at(9), by_key=True), Part("strip", at(9))))


def quiet(why: str) -> Instruction:
    return Instruction(Place.NOWHERE, "", why)


# ----------------------------------------------------------------------------------------------------- nothing to do


@pytest.mark.parametrize(
    ("flow", "why"),
    [
        pytest.param(PAIR, "plain code writes `x`, in the same form on every run", id="plain code"),
        pytest.param(
            with_step(done_by(PAIR, StepKind.AGENT, "b"), asking("a", "", "x")),
            "the prompt of `b` takes `x` in any form",
            id="text into a prompt",
        ),
        pytest.param(
            with_step(PAIR, asking("a", "", "x")),
            "what `b` does with `x` is not known to depend on its form",
            id="text into code",
        ),
        pytest.param(
            with_step(PAIR, replace(asking("a", "", "x"), offers=(Offer("x", at(4), type="Plan", from_model=True),))),
            "`b` takes `x` as declared (`Plan`)",
            id="a declared type",
        ),
        pytest.param(
            with_step(PAIR, step("b", "", "y")),
            "`b` is not seen to read anything of the workflow: the edge only says who goes next",
            id="only an order",
        ),
        pytest.param(
            with_step(with_step(PAIR, asking("a", "", "x")), reading("b", Need("x", at(8), required=False))),
            "the code of `b` copes without `x`",
            id="code with a default",
        ),
        pytest.param(
            with_step(
                with_step(PAIR, replace(asking("a", "", "x"), checks=(Check(CheckKind.ANSWER, "Plan", at(3)),))),
                reading("b", PARSED),
            ),
            "an answer that is no `Plan` is refused before it gets to `b`",
            id="a form that is enforced",
        ),
        pytest.param(
            with_step(PAIR, asking("b", "", "y", "Go on.", coded=False)),
            "`b` is a model that reads what was said before, in any form",
            id="a conversation",
        ),
        pytest.param(
            done_by(done_by(PAIR, StepKind.TOOL, "b"), StepKind.AGENT, "a"),
            "the tools themselves refuse arguments that do not fit, and the model is told",
            id="a call of tools",
        ),
        pytest.param(
            done_by(done_by(PAIR, StepKind.TOOL, "a"), StepKind.AGENT, "b"),
            "`b` is shown the answers of the tools, errors among them, and deals with both",
            id="answers of tools",
        ),
    ],
)
def test_why_there_is_nothing_to_do(flow: Workflow, why: str) -> None:
    assert told(flow, "a", "b") == quiet(why)


def test_the_ends_are_between_others() -> None:
    assert told(PAIR, "__start__", "a") == quiet(
        "what the caller passes is between the caller and the workflow: no step comes before"
    )
    assert told(PAIR, "b", "__end__") == quiet("the run ends here")


def test_what_is_not_seen_is_said() -> None:
    flow = with_step(PAIR, replace(step("b"), needs_open=True))
    assert told(flow, "a", "b").why == (
        "the source does not show all that `b` reads or writes, so there is no condition to name"
    )


# ------------------------------------------------------------------------------------------------- something to do


def test_a_form_that_nobody_asks_for_is_asked_for_in_the_prompt_of_the_writer() -> None:
    flow = with_step(with_step(PAIR, asking("a", "", "x", "Count the visitors.")), reading("b", PARSED))
    assert told(flow, "a", "b") == Instruction(
        Place.PROMPT,
        "Answer with JSON only, with no text before or after it.",
        "`b` needs that form, and no text asks `a` for it",
        "a",
    )


@pytest.mark.parametrize(
    "writer",
    [
        pytest.param(asking("a", "", "x", "Answer in JSON."), id="it is asked for already"),
        pytest.param(asking("a", "", "x"), id="the prompt is not known"),
    ],
)
def test_a_form_that_may_be_missed_all_the_same_is_a_matter_of_the_reader(writer: Step) -> None:
    flow = with_step(with_step(PAIR, writer), reading("b", PARSED))
    assert told(flow, "a", "b") == Instruction(
        Place.CODE,
        "Catch the error where `x` is parsed: `a` may answer in another form.",
        "`b` fails on any other form",
        "b",
    )


@pytest.mark.parametrize(
    ("prompt", "plan"),
    [
        (
            "Count the visitors.",
            Instruction(
                Place.PROMPT,
                "Answer with JSON only, with no text before or after it.",
                "it is parsed, and any other form fails the run",
                "a",
            ),
        ),
        (
            "Answer in JSON.",
            Instruction(
                Place.CODE,
                "Catch the error where the answer of `a` is parsed: it may have another form.",
                "it is parsed, and any other form fails the run",
                "a",
            ),
        ),
    ],
)
def test_an_answer_that_the_step_itself_parses(prompt: str, plan: Instruction) -> None:
    parsing = replace(asking("a", "", "x", prompt), expectations=(FormatExpectation(Format.JSON, at(9)),))
    assert told(with_step(PAIR, parsing), "a", "b") == plan
    held = replace(parsing, checks=(Check(CheckKind.ANSWER, "Plan", at(3)),))
    assert told(with_step(PAIR, held), "a", "b").place is Place.NOWHERE


def test_parts_that_nothing_makes_a_model_write() -> None:
    flow = with_step(with_step(PAIR, asking("a", "", "x")), reading("b", KEYED))
    assert told(flow, "a", "b") == Instruction(
        Place.CODE,
        "Read `title` of `x` with a default: nothing makes `a` write them.",
        "`b` fails where one of them is missing",
        "b",
    )


def test_a_field_that_nobody_writes_is_a_matter_of_the_wiring() -> None:
    flow = workflow("start -> a", "a -> b", steps=(step("a"), step("b", "x")), state="x")
    flow = replace(flow, invocations=calls(""))
    assert told(flow, "a", "b").text == "`x` is written by no step before it: hand it over, or remove the read."
    assert watched(flow, "a", "b").first == "`x` is written by no step before it: hand it over, or remove the read"


def test_a_worker_gets_what_its_payload_holds() -> None:
    flow = workflow("start -> a", "a -> b ...", steps=(step("a"), step("b", "x y? z")), state="x y z")
    sent = replace(
        flow,
        edges=tuple(
            replace(edge, payload=Payload(("x",), at(3))) if edge.target == "b" else edge for edge in flow.edges
        ),
    )
    assert told(sent, "a", "b").text == "`z` is not in what is sent to it: hand it over, or remove the read."


AROUND = workflow(
    "start -> a", "a -> w", "a -> b", "w -> b", "b -> end",
    steps=(step("a", "", "y"), step("w", "", "x"), replace(step("b", "x"), definition=at(2))), state="x y",
)  # fmt: skip


def test_what_is_unset_on_one_way_is_said_of_that_way_alone() -> None:
    flow = replace(AROUND, invocations=calls(""))
    assert told(flow, "a", "b") == Instruction(
        Place.CODE,
        "`x` may be unset where this edge is taken: set a value before, or read it with a default.",
        "`b` reads it without a default",
        "b",
    )
    assert told(flow, "w", "b").text == ""


def test_what_was_there_before_is_not_missing() -> None:
    steps = (step("w", "", "x"), step("a", "", "x?"), step("b", "x"))
    flow = workflow("start -> w", "w -> a", "a -> b", "b -> end", steps=steps, state="x")
    assert told(flow, "a", "b").text == ""


BLANK = Need("x", at(8), required=False, wording="Mind the {x?}.")


@pytest.mark.parametrize(
    ("prompt", "text"),
    [
        ("Mind the \u2026.", "Where nothing is given as x, say so and invent nothing."),
        ("Mind the \u2026. If there is no x, go on without.", ""),
    ],
)
def test_a_prompt_with_a_field_that_may_be_missing(prompt: str, text: str) -> None:
    target = replace(asking("b", "", "y", prompt, coded=False), needs=(BLANK,))
    maybe = step("a", "", "x?")
    flow = workflow("start -> a", "a -> b", "b -> end", steps=(maybe, target), state="x y")
    assert told(flow, "a", "b").text == text


def routed(writer: Step, *, closed: bool = False) -> Workflow:
    flow = workflow(
        "start -> a", "a -> b", "a -> c", "b -> end", "c -> end",
        steps=(writer, step("b"), step("c")), state="x",
    )  # fmt: skip
    mapping = (MappedRoute("b", "b", at(5)), MappedRoute("c", "c", at(5)))
    choice = Choice("a", "decide", at(5), needs=(Need("x", at(5)),), mapping=mapping, closed=closed)
    edges = tuple(
        replace(edge, choice=0, kind=EdgeKind.CONDITIONAL) if edge.source == "a" else edge for edge in flow.edges
    )
    return replace(flow, choices=(choice,), edges=edges)


def test_a_route_by_what_a_model_wrote_is_said_once() -> None:
    flow = routed(asking("a", "", "x"))
    assert told(flow, "a", "b") == Instruction(
        Place.CODE,
        "In `decide`, return a known label where `a` wrote none of `b` and `c`.",
        "the run stops at any other label",
        "decide",
    )
    assert told(flow, "a", "c").text == ""
    assert watched(flow, "a", "b").site is Site.ROUTER


def computed(prompt: str) -> Step:
    """A model step that writes something of its own making."""
    made = asking("a", "", "x", prompt)
    return replace(made, offers=tuple(replace(offer, from_model=False) for offer in made.offers))


def test_a_model_that_is_told_the_labels_picks_one() -> None:
    assert told(routed(computed("Answer with b or c.")), "a", "b").step == "decide"


@pytest.mark.parametrize(
    "flow",
    [
        pytest.param(routed(asking("a", "", "x"), closed=True), id="closed"),
        pytest.param(routed(step("a", "", "x")), id="plain code"),
        pytest.param(routed(computed("Greet the guest.")), id="a label that code picks"),
    ],
)
def test_a_route_that_names_somebody_is_left_alone(flow: Workflow) -> None:
    assert told(flow, "a", "b").text == ""


def test_a_plan_names_a_handful_of_fields() -> None:
    many = " ".join(f"f{number}" for number in range(9))
    flow = workflow("start -> a", "a -> b", steps=(step("a", "", many), step("b", many)), state=many)
    assert told(flow, "a", "b").why.startswith("plain code writes `f0`, `f1`, `f2`, `f3`, `f4` and 4 more,")


# ---------------------------------------------------------------------------------------------------------- to watch


def test_a_form_is_checked_where_the_model_answers() -> None:
    flow = with_step(with_step(PAIR, asking("a", "", "x")), reading("b", PARSED))
    assert watched(flow, "a", "b") == Watch(
        first="",
        condition="`x` parses as JSON",
        schema={
            "type": "object",
            "properties": {"x": {"type": "string", "contentMediaType": "application/json"}},
        },
        question=None,
        site=Site.ANSWER,
        writer="a",
        interventions=(
            Intervention(Action.RERUN, 2, Site.ANSWER),
            Intervention(Action.ADAPT, 1, Site.ANSWER),
            Intervention(Action.ASK, 1, Site.READER),
        ),
    )
    assert watched(flow, "a", "b").budget == 4


def test_where_plain_code_runs_the_steps_it_checks_them() -> None:
    flow = with_step(with_step(PAIR, asking("a", "", "x", coded=False)), reading("b", PARSED))
    found = watched(replace(flow, is_imperative=True), "a", "b")
    assert (found.site, [item.site for item in found.interventions]) == (Site.CALLER, [Site.CALLER] * 3)


def test_several_conditions_hold_together() -> None:
    both = replace(KEYED, expectations=COUNTED.expectations + PARSED.expectations)
    flow = with_step(with_step(PAIR, asking("a", "", "x")), reading("b", both))
    found = watched(flow, "a", "b")
    assert found.condition == "`x` is a number; `x` parses as JSON"
    assert list(found.schema) == ["allOf"]


def test_a_text_that_no_schema_judges() -> None:
    flow = with_step(with_step(PAIR, asking("a", "", "x", coded=False)), asking("b", "x", "y"))
    found = watched(flow, "a", "b")
    assert (found.condition, found.site) == ("`x` is not empty", Site.GUARD)
    assert found.schema == {"type": "object", "properties": {"x": {"type": "string", "minLength": 1}}}
    assert found.question == (
        "Does what `a` wrote (`x`) hold what `b` needs, complete and in a form it can use? Answer yes, or no with "
        "what is missing."
    )


def test_what_types_and_code_see_to_is_not_checked_again() -> None:
    assert watched(PAIR, "a", "b") == Watch(
        first="",
        condition="nothing is left to check: plain code writes `x`, in the same form on every run",
        schema={},
        question=None,
        site=Site.BETWEEN,
        writer="a",
        interventions=(),
    )


def test_a_person_is_asked_again() -> None:
    person = replace(step("a"), kind=StepKind.HUMAN, offers=(Offer("x", at(4), Certainty.CERTAIN, "str"),))
    found = watched(with_step(PAIR, person), "a", "b")
    assert found.condition == "`x` is not empty"
    assert found.interventions == (Intervention(Action.ASK, 1, Site.ANSWER),)


def test_a_target_whose_needs_are_not_known() -> None:
    unseen = replace(step("b"), needs_open=True, definition=at(2))
    flow = replace(with_step(with_step(PAIR, unseen), asking("a", "", "")), exchange=Exchange.MESSAGES)
    assert watched(flow, "a", "b").condition == "what `a` hands over is not empty (`b` does not show what it reads)"
    flow = with_step(PAIR, replace(step("b"), needs_open=True))
    assert watched(flow, "a", "b").interventions == ()


def test_what_comes_from_further_up_is_checked_where_it_is_made() -> None:
    flow = workflow(
        "start -> w", "w -> a", "a -> b", "b -> end",
        steps=(asking("w", "", "x"), step("a", "", "y"), reading("b", PARSED)), state="x y",
    )  # fmt: skip
    assert watched(flow, "a", "b").writer == "w"
