"""Edge labels: the threshold, the features, and that both agree with the label."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from tests.analyses.workflows import at, facts, step, workflow
from wflint.analyses.labels.coordination import is_believed, labels_of, qualifications
from wflint.analyses.labels.cost import TradeOff, needs_judge, trade_off
from wflint.analyses.labels.decisions import Decision, Decisions, EdgeName, contracts_of
from wflint.analyses.labels.effort import effort_of
from wflint.analyses.labels.labelling import Evidence, Labelling
from wflint.analyses.labels.weights import WEIGHTS, Feature
from wflint.config import LabelSettings
from wflint.model.contract import Need, Part
from wflint.model.finding import Coordination, EdgeLabel
from wflint.model.workflow import Edge, Exchange, StepKind, Workflow


def label(flow: Workflow, source: str, target: str) -> EdgeLabel:
    labels = facts(flow).labels
    return next(labels[edge] for edge in flow.edges if (edge.source, edge.target) == (source, target))


def features(flow: Workflow, source: str, target: str) -> set[str]:
    return {reason.feature for reason in label(flow, source, target).reasons}


def test_every_feature_has_a_weight() -> None:
    assert set(WEIGHTS) == set(Feature)


STEPS = (step("a", "", "x"), step("b", "x", "y"), step("c", "y", "z"), step("d", "z", "w"), step("e", "w"))
CHAIN = workflow("start -> a", "a -> b", "b -> c", "c -> d", "d -> e", steps=STEPS, state="x y z w")


def costs(flow: Workflow, source: str, target: str, dependents: tuple[str, ...] = ()) -> TradeOff:
    again = sum(effort_of(step, flow) for step in flow.steps if step.id in (target, *dependents))
    return trade_off(edge_of(flow, source, target), flow, again, LabelSettings())


def edge_of(flow: Workflow, source: str, target: str) -> Edge:
    return next(edge for edge in flow.edges if (edge.source, edge.target) == (source, target))


def agents(flow: Workflow, *names: str) -> Workflow:
    """The workflow, these steps being done by a model."""
    return replace(
        flow,
        steps=tuple(replace(one, kind=StepKind.AGENT, model="m") if one.id in names else one for one in flow.steps),
    )


MODELS = agents(CHAIN, "a", "b", "c", "d", "e")
CODE = replace(CHAIN, steps=tuple(replace(one, definition=one.span) for one in CHAIN.steps))
"""The steps are functions of the project, which could declare what they hand on."""


@pytest.mark.parametrize("dependents", [(), ("c",), ("c", "d"), ("c", "d", "e")])
def test_costs_meet_at_the_threshold(dependents: tuple[str, ...]) -> None:
    found = costs(MODELS, "a", "b", dependents)
    assert 0 < found.threshold <= 1
    if found.threshold < 1:
        assert found.static(found.threshold) == pytest.approx(found.dynamic(found.threshold))


def test_the_more_depends_on_it_the_lower_the_threshold() -> None:
    thresholds = [costs(MODELS, "a", "b", ("c", "d", "e")[:number]).threshold for number in range(4)]
    assert thresholds == sorted(thresholds, reverse=True)
    assert thresholds[0] > thresholds[-1]


def test_a_mismatch_that_costs_nothing_extra_is_never_worth_watching() -> None:
    cheap = replace(costs(CHAIN, "a", "b"), loss=0.0, adapting=0.0)
    assert cheap.threshold == 1.0


def test_watching_for_nothing_pays_for_every_edge() -> None:
    assert replace(costs(CHAIN, "a", "b"), setup=0.0, watching=0.0, intervening=0.0).threshold == 0.0


def test_what_a_model_writes_freely_needs_a_judge_and_a_plan_for_a_model_is_read_on_every_run() -> None:
    judged, checked = costs(MODELS, "a", "b"), costs(CHAIN, "a", "b")
    assert (judged.watching, judged.handled_dynamic, judged.plan_tokens) == (150 + 300 + 4 * 20, 0.9, 60)
    assert (checked.watching, checked.handled_dynamic, checked.plan_tokens) == (0, 0.6, 0)


def test_the_inputs_of_the_rule_are_shown() -> None:
    shown = {reason.feature: reason.text for reason in label(MODELS, "a", "b").reasons}
    assert shown["expected-cost"] == (
        "watching pays from a chance of 5%, held between 10% and 50%; effective tokens a run: a plan 80 + 19,900 p, "
        "watching 730 + 5,520 p; estimated from N = 200 runs, C_plan = 4,000, t_plan = 60, A = 300, L = 39,200, "
        "C_setup = 40,000, W = 530, V = 1,600, h_s = 0.5, h_d = 0.9"
    )


def test_every_edge_gets_one_label() -> None:
    flow = workflow("start -> a", "a -> b | c", "b -> end", "c -> end")
    assert set(facts(flow).labels) == set(flow.edges)


def test_plain_code_with_exact_fields_is_static() -> None:
    found = label(CODE, "a", "b")
    assert (found.label, features(CODE, "a", "b")) == (
        Coordination.STATIC,
        {"base", "exact-match", "plain-code", "code-to-code", "no-declared-schema", "pending", "expected-cost"},
    )
    assert found.p_mismatch < found.threshold


def test_the_end_needs_nothing() -> None:
    flow = workflow("start -> a", "a -> end")
    assert "control-only" in features(flow, "a", "__end__")
    assert "callers-contract" in features(flow, "__start__", "a")


def typed(flow: Workflow, type_name: str) -> Workflow:
    """The workflow, everything that is offered being of a type."""
    return replace(
        flow,
        steps=tuple(
            replace(one, offers=tuple(replace(offer, type=type_name) for offer in one.offers)) for one in flow.steps
        ),
    )


@pytest.mark.parametrize(
    ("flow", "expected"),
    [
        pytest.param(CODE, {"plain-code", "no-declared-schema"}, id="code"),
        pytest.param(CHAIN, {"plain-code"}, id="the code of a framework"),
        pytest.param(typed(CHAIN, "str"), {"plain-code", "typed"}, id="typed code"),
        pytest.param(typed(MODELS, "str"), {"model-output", "typed"}, id="free text"),
        pytest.param(typed(MODELS, "list"), {"model-output", "typed"}, id="a bare container has no structure"),
        pytest.param(typed(MODELS, "list[AnyMessage]"), {"model-output", "typed"}, id="nor has a conversation"),
        pytest.param(typed(MODELS, "Grade"), {"model-output", "typed"}, id="a declared type alone"),
        pytest.param(
            replace(typed(CHAIN, "Grade"), exchange=Exchange.MESSAGES), {"plain-code", "typed-event"}, id="typed event"
        ),
    ],
)
def test_what_is_handed_on(flow: Workflow, expected: set[str]) -> None:
    about_handing = {
        "plain-code",
        "model-output",
        "structured-output",
        "typed",
        "typed-event",
        "no-declared-schema",
        "free-text-parsed",
    }
    assert features(flow, "a", "b") & about_handing == expected


def test_free_text_of_which_parts_are_read() -> None:
    reader = replace(step("b"), needs=(Need("x", at(2), parts=(Part("title", at(2), by_key=True),)),))
    flow = typed(replace(CHAIN, steps=tuple(reader if one.id == "b" else one for one in CHAIN.steps)), "str")
    assert "free-text-parsed" in features(flow, "a", "b")


def test_a_choice_that_tests_the_field_validates() -> None:
    flow = workflow("start -> a", "a -> b | end", steps=STEPS[:2], state="x y")
    tested = replace(flow, edges=tuple(replace(edge, assumes=("x",)) for edge in flow.edges))
    assert "validator" in features(tested, "a", "b")
    assert "validator" not in features(flow, "a", "b")


def test_a_gap_is_not_the_fault_of_an_edge_from_a_step_that_fills_it() -> None:
    steps = (step("a"), step("w", "", "x"), step("b", "x"))
    flow = workflow("start -> a", "a -> w | b", "w -> b", steps=steps, state="x")
    caller = replace(flow, invocations=(), inputs=workflow("start -> q", state="").state)
    assert "path-dependent" in features(caller, "a", "b")
    assert "path-dependent" not in features(caller, "w", "b")


def decided(flow: Workflow, verdict: Coordination, contracts: str) -> EdgeLabel:
    name = EdgeName(flow.id, "a", "b")
    decision = Decision(name, verdict, "Ada", "seen in the logs", contracts)
    return labelled(flow, Labelling(decisions=Decisions((decision,))))


def labelled(flow: Workflow, labelling: Labelling) -> EdgeLabel:
    known = facts(flow)
    return labels_of(known.edge_context, known.impact, labelling)[edge_of(flow, "a", "b")]


def test_a_person_has_the_last_word() -> None:
    found = decided(CHAIN, Coordination.DYNAMIC, contracts_of(CHAIN, "a", "b"))
    assert (found.label, found.confidence) == (Coordination.DYNAMIC, 1.0)
    assert qualifications(found) == ("reviewed by Ada: seen in the logs",)
    assert not is_believed(found)


def test_but_only_about_the_contracts_they_saw() -> None:
    found = decided(CHAIN, Coordination.DYNAMIC, "0123456789abcdef")
    assert found.label is Coordination.STATIC
    assert qualifications(found)[0] == (
        "reviewed as needs-dynamic by Ada: seen in the logs, but the contracts have changed since: review it again"
    )


def test_the_fingerprint_of_two_contracts() -> None:
    before = contracts_of(CHAIN, "a", "b")
    shuffled = replace(CHAIN, steps=tuple(reversed(CHAIN.steps)), span=at(77))
    assert contracts_of(shuffled, "a", "b") == before
    assert contracts_of(typed(CHAIN, "int"), "a", "b") != before
    assert contracts_of(CHAIN, "b", "c") != before


def test_runs_outweigh_the_prior() -> None:
    name = EdgeName(MODELS.id, "a", "b")
    prior = labelled(MODELS, Labelling())
    bad = labelled(MODELS, Labelling(evidence={name: Evidence(50, 45)}))
    good = labelled(MODELS, Labelling(evidence={name: Evidence(50, 0)}))
    assert good.p_mismatch < prior.p_mismatch < bad.p_mismatch
    assert (bad.label, bad.executions, bad.mismatches) == (Coordination.DYNAMIC, 50, 45)
    assert is_believed(bad)
    assert qualifications(bad) == ("45 of 50 recorded executions did not fit",)
    assert "pending" not in {reason.feature for reason in bad.reasons}
    assert "pending" in {reason.feature for reason in prior.reasons}


def test_nobody_is_warned_before_there_are_runs() -> None:
    name = EdgeName(MODELS.id, "a", "b")
    sure = LabelSettings(prior_bias=20.0)
    assert not is_believed(labelled(MODELS, Labelling(sure)))
    assert not is_believed(labelled(MODELS, Labelling(sure, evidence={name: Evidence(4, 4)})))
    assert is_believed(labelled(MODELS, Labelling(sure, evidence={name: Evidence(5, 5)})))
    assert not is_believed(labelled(MODELS, Labelling(sure, evidence={name: Evidence(40, 2)})))


def test_scale_and_bias_move_every_edge() -> None:
    base = labelled(CHAIN, Labelling()).p_mismatch
    assert labelled(CHAIN, Labelling(LabelSettings(prior_bias=2.0))).p_mismatch > base
    assert labelled(CHAIN, Labelling(LabelSettings(prior_scale=0.0))).p_mismatch == 0.5


def test_who_has_to_read_to_tell() -> None:
    assert needs_judge(MODELS.step("a"), MODELS.step("b"))
    assert not needs_judge(CHAIN.step("a"), CHAIN.step("b"))
    shaped = typed(MODELS, "Grade")
    assert needs_judge(shaped.step("a"), shaped.step("b"))
    assert not needs_judge(MODELS.step("__start__"), MODELS.step("a"))
