"""Edge labels: the threshold, the features, and that both agree with the label."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.analyses.workflows import facts, step, workflow
from wflint.analyses.cost import DEFAULT_COSTS, CostModel
from wflint.analyses.features import WEIGHTS, Feature
from wflint.model.finding import Coordination, EdgeLabel
from wflint.model.workflow import Workflow


def label(flow: Workflow, source: str, target: str) -> EdgeLabel:
    labels = facts(flow).labels
    return next(labels[edge] for edge in flow.edges if (edge.source, edge.target) == (source, target))


def features(flow: Workflow, source: str, target: str) -> set[str]:
    return {reason.feature for reason in label(flow, source, target).reasons}


def test_every_feature_has_a_weight() -> None:
    assert set(WEIGHTS) == set(Feature)


@pytest.mark.parametrize("dependents", range(12))
def test_costs_meet_at_the_threshold(dependents: int) -> None:
    threshold = DEFAULT_COSTS.threshold(dependents)
    if 0 < threshold < 1:
        static, dynamic = DEFAULT_COSTS.static(threshold, dependents), DEFAULT_COSTS.dynamic(threshold, dependents)
        assert static == pytest.approx(dynamic)


def test_the_more_depends_on_it_the_lower_the_threshold() -> None:
    thresholds = [DEFAULT_COSTS.threshold(dependents) for dependents in range(10)]
    assert thresholds == sorted(thresholds, reverse=True)
    assert thresholds[0] == 1.0


def test_watching_for_nothing_pays_for_every_edge() -> None:
    assert CostModel(watching=0, setup=0, planning=100, intervening=0).threshold(3) == 0.0


def test_every_edge_gets_one_label() -> None:
    flow = workflow("start -> a", "a -> b | c", "b -> end", "c -> end")
    assert set(facts(flow).labels) == set(flow.edges)


STEPS = (step("a", "", "x"), step("b", "x", "y"), step("c", "y", "z"), step("d", "z", "w"), step("e", "w"))
CHAIN = workflow("start -> a", "a -> b", "b -> c", "c -> d", "d -> e", steps=STEPS, state="x y z w")


def test_plain_code_with_exact_fields_is_static() -> None:
    found = label(CHAIN, "a", "b")
    assert (found.label, features(CHAIN, "a", "b")) == (
        Coordination.STATIC,
        {"base", "exact-match", "plain-code", "untyped"},
    )
    assert found.p_mismatch < found.threshold


def test_a_person_who_may_not_answer_is_dynamic() -> None:
    asking = replace(step("a", "", "x?"), interrupts=True)
    flow = replace(CHAIN, steps=tuple(asking if one.id == "a" else one for one in CHAIN.steps))
    found = label(flow, "a", "b")
    assert found.label is Coordination.DYNAMIC
    assert features(flow, "a", "b") == {"base", "human", "path-dependent", "possible-offer", "untyped", *unsure(found)}


def unsure(found: EdgeLabel) -> set[str]:
    return {"insufficient-evidence"} if found.confidence < 0.8 else set()


def test_the_end_needs_nothing() -> None:
    flow = workflow("start -> a", "a -> end")
    assert "nothing-needed" in features(flow, "a", "__end__")
