"""What the rules about steps, edges, choices and loops say, word for word, and where they keep quiet."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from tests.analyses.workflows import at, step, workflow
from tests.rules.checks import said
from wflint.model.contract import Certainty, Outcome
from wflint.model.workflow import (
    END,
    Aspect,
    Choice,
    EdgeKind,
    Fault,
    FaultKind,
    MappedRoute,
    Route,
    Unresolved,
    UnresolvedName,
    Unused,
    Workflow,
)
from wflint.rules import (
    dead_end_step,
    dead_route,
    edge_beside_choice,
    invalid_graph,
    loop_without_exit,
    not_understood,
    open_router,
    route_not_mapped,
    router_may_return_none,
    unknown_step,
    unreachable_step,
)


def test_unreachable_step_with_what_follows_it() -> None:
    flow = workflow("start -> a", "a -> end", "review -> publish", steps=(step("review", line=5),))
    assert said(unreachable_step.check, flow) == [
        (
            5,
            "page",
            (
                'step "review" is unreachable: no edge leads to it, which also cuts off "publish"; add an '
                "edge or remove the step"
            ),
        ),
    ]


def test_a_graph_without_entry_is_not_full_of_unreachable_steps() -> None:
    assert said(unreachable_step.check, workflow("a -> b", steps=(step("start"),))) == []


def test_dead_end() -> None:
    flow = workflow("start -> a", "a -> b | end", steps=(step("b", line=4),))
    assert said(dead_end_step.check, flow) == [
        (
            4,
            "page",
            (
                'step "b" has no outgoing edge, while "a" has one to the end; add an edge from "b" to the '
                "next step or to the end"
            ),
        ),
    ]


def test_dead_ends_are_a_style_where_nobody_names_the_end() -> None:
    assert said(dead_end_step.check, workflow("start -> a", "a -> b | c")) == []


def dangling(certainty: Certainty = Certainty.CERTAIN) -> Workflow:
    flow = workflow("start -> check", "check -> execute_query | end")
    return replace(flow, unresolved_names=(UnresolvedName("execute_qery", "route", at(8), "check", certainty),))


def hiding_steps(flow: Workflow) -> Workflow:
    return replace(flow, unresolved=(Unresolved("a computed name", at(3), Aspect.STEPS),))


def test_unknown_step() -> None:
    assert said(unknown_step.check, dangling()) == [
        (
            8,
            "error",
            ('route "execute_qery" after step "check" is not a step of this workflow; did you mean "execute_query"?'),
        ),
    ]


def test_unknown_step_where_it_is_less_sure() -> None:
    assert [level for _, level, _ in said(unknown_step.check, dangling(Certainty.POSSIBLE))] == ["warning"]
    assert [level for _, level, _ in said(unknown_step.check, hiding_steps(dangling()))] == ["note"]


def test_unknown_step_where_no_step_is_known() -> None:
    flow = replace(workflow(), unresolved_names=(UnresolvedName("router", "edge target", at(8), "__start__"),))
    assert said(unknown_step.check, flow) == [
        (8, "error", 'edge target "router" after the start is not a step of this workflow; no step is known')
    ]


def test_a_name_that_a_step_waits_for_is_the_reason_why_it_is_not_reached() -> None:
    flow = workflow("start -> gather", "gather -> end", steps=(step("tell", line=5),))
    waiting = replace(flow, unresolved_names=(UnresolvedName("gathered", "trigger", at(5), target="tell"),))
    assert said(unreachable_step.check, waiting) == []
    assert said(unknown_step.check, waiting) == [
        (5, "error", 'trigger "gathered" before step "tell" is not a step of this workflow; did you mean "gather"?')
    ]
    elsewhere = replace(flow, unresolved_names=(UnresolvedName("gathered", "trigger", at(5), target="other"),))
    assert [line for line, _, _ in said(unreachable_step.check, elsewhere)] == [5]


def test_what_is_made_and_never_used() -> None:
    flow = replace(workflow("start -> a"), unused=(Unused("clerk", "agent", at(7), "nobody calls it"),))
    assert said(unreachable_step.check, flow) == [
        (7, "page", 'agent "clerk" is unused: nobody calls it; use it or remove it')
    ]


@pytest.mark.parametrize("within", [True, False])
def test_a_loop_goes_on_where_its_only_choice_is_to_go_on(within: bool) -> None:  # noqa: FBT001 - a parameter
    flow = workflow("start -> a", "a -> b | b", "b -> a")
    choice = Choice("a", "a", at(12), routes=(Route("b", at(30)),), closed=True, is_goto=within)
    assert [line for line, _, _ in said(loop_without_exit.check, replace(flow, choices=(choice,)))] != []
    silent = replace(choice, may_return_none_at=at(31))
    assert said(loop_without_exit.check, replace(flow, choices=(silent,))) == []


def test_a_missing_end_is_told_where_no_loop_explains_it() -> None:
    fault = Fault(FaultKind.NO_EXIT, "flow", at(6))
    assert [line for line, _, _ in said(invalid_graph.check, replace(workflow("start -> a"), faults=(fault,)))] == [6]
    assert said(invalid_graph.check, replace(workflow("start -> a", "a -> b", "b -> a"), faults=(fault,))) == []


@pytest.mark.parametrize("kind", FaultKind)
def test_every_fault_has_a_text(kind: FaultKind) -> None:
    flow = replace(workflow("start -> a"), faults=(Fault(kind, "research", at(6)),))
    ((line, _, message),) = said(invalid_graph.check, flow)
    assert (line, "research" in message) == (6, True)


def test_a_builder_may_get_its_entry_elsewhere() -> None:
    flow = replace(workflow("a -> b"), faults=(Fault(FaultKind.NO_ENTRY, "flow", at(6)),), compiled=False)
    assert said(invalid_graph.check, flow) == []


def routed(mapping: tuple[str, ...] | None, *returned: str, closed: bool = True) -> Workflow:
    """A step with a router that returns labels, and a path map whose labels are their own targets."""
    mapped = None if mapping is None else tuple(MappedRoute(label, label, at(20)) for label in mapping)
    routes = tuple(Route(label.rstrip("?"), at(30), _certainty(label)) for label in returned)
    choice = Choice("a", "decide", at(12), routes=routes, closed=closed, mapping=mapped)
    return replace(workflow("start -> a", "a -> b | c"), choices=(choice,))


def _certainty(label: str) -> Certainty:
    return Certainty.POSSIBLE if label.endswith("?") else Certainty.CERTAIN


def test_route_not_mapped() -> None:
    assert said(route_not_mapped.check, routed(("b",), "b", END, "x?", closed=False)) == [
        (
            12,
            "error",
            (
                'router "decide" after step "a" can return the end, but its path map has only "b": the run '
                "stops there; add the end to the path map"
            ),
        ),
        (
            12,
            "warning",
            (
                'router "decide" after step "a" can return "x", but its path map has only "b": the run '
                'stops there; add "x" to the path map'
            ),
        ),
    ]


def test_a_label_under_a_condition_is_as_bad_where_all_are_known() -> None:
    assert [level for _, level, _ in said(route_not_mapped.check, routed(("b",), "b", "x?"))] == ["error"]


def test_a_router_after_two_steps_may_return_its_part_at_each() -> None:
    flow = routed(("b",), "b", "c")
    first = replace(flow.choices[0], decider=at(30))
    second = replace(first, source="b", mapping=(MappedRoute("c", "c", at(21)),))
    assert said(route_not_mapped.check, replace(flow, choices=(first, second))) == []


def test_a_label_that_is_sent_is_no_dead_route() -> None:
    flow = routed(("b", "c"), "b")
    edges = tuple(replace(edge, kind=EdgeKind.FAN_OUT) if edge.target == "c" else edge for edge in flow.edges)
    assert said(dead_route.check, replace(flow, edges=edges)) == []


def test_a_misspelt_name_explains_the_unreachable_step() -> None:
    flow = replace(workflow("start -> check", "run -> end"), unresolved_names=dangling().unresolved_names)
    assert said(unreachable_step.check, flow) == []


def test_routes_without_a_map_or_within_it() -> None:
    assert said(route_not_mapped.check, routed(None, "b", "x")) == []
    assert said(route_not_mapped.check, routed(("b", "c"), "b", "c")) == []


def test_dead_route() -> None:
    assert said(dead_route.check, routed(("b", "stuck"), "b", "stack")) == [
        (
            20,
            "page",
            (
                'router "decide" after step "a" never returns "stuck", only "b" and "stack", so the route '
                'to step "stuck" is dead; did you mean "stack"?'
            ),
        ),
    ]


def test_routes_that_may_be_returned() -> None:
    assert said(dead_route.check, routed(("b", "c"), "b", closed=False)) == []
    assert said(dead_route.check, routed(("b", "c"))) == []


def test_router_may_return_none() -> None:
    flow = routed(None, "b")
    falling = replace(flow, choices=(replace(flow.choices[0], may_return_none_at=at(33)),))
    assert said(router_may_return_none.check, falling) == [
        (
            33,
            "page",
            (
                'router "decide" after step "a" returns None on some path: the run stops there; return a '
                "label for the remaining case"
            ),
        ),
    ]
    failing = replace(flow, choices=(replace(falling.choices[0], on_unmapped_label=Outcome.FAILS),))
    assert "the run fails" in said(router_may_return_none.check, failing)[0][2]
    jumping = replace(flow, choices=(replace(falling.choices[0], is_goto=True),))
    assert said(router_may_return_none.check, jumping) == []


def test_edge_beside_choice() -> None:
    flow = workflow("start -> grade", "grade -> publish", "grade -> publish | extract")
    assert said(edge_beside_choice.check, flow) == [
        (
            11,
            "page",
            (
                'the edge from step "grade" to step "publish" always fires in addition to the router "decide", so '
                "choosing it has no effect; remove the edge, or leave it to the router"
            ),
        ),
    ]


def test_edge_that_swallowed_the_one_of_the_choice() -> None:
    flow = workflow("start -> grade", "grade -> publish", "grade -> extract | redo")
    choice = replace(flow.choices[0], mapping=(MappedRoute("publish", "publish", at(20)),))
    assert [level for _, level, _ in said(edge_beside_choice.check, replace(flow, choices=(choice,)))] == ["page"]


def test_edge_beside_a_choice_of_others_is_a_note() -> None:
    flow = workflow("start -> a", "a -> log", "a -> b | c")
    assert [level for _, level, _ in said(edge_beside_choice.check, flow)] == ["note"]


def test_edge_beside_a_choice_of_the_same_step_alone_is_a_note() -> None:
    flow = workflow("start -> a", "a -> b", "a -> b | b")
    alone = replace(flow, choices=(replace(flow.choices[0], closed=True),))
    assert [(level, "leads to the same step" in told) for _, level, told in said(edge_beside_choice.check, alone)] == [
        ("note", True)
    ]
    opened = replace(flow, choices=(replace(flow.choices[0], closed=False),))
    assert [level for _, level, _ in said(edge_beside_choice.check, opened)] == ["page"]


def test_edge_to_the_end_beside_a_choice_is_harmless() -> None:
    assert said(edge_beside_choice.check, workflow("start -> a", "a -> end", "a -> b | c")) == []


def test_what_is_not_known_is_said_once() -> None:
    router = Unresolved("the label comes from a model", at(7), Aspect.EDGES, ("plan",))
    names = Unresolved("the name is computed", at(8), Aspect.STEPS)
    flow = replace(workflow("start -> plan"), unresolved=(router, names))
    assert said(open_router.check, flow) == [
        (
            7,
            "page",
            (
                'the targets of step "plan" could not be resolved: the label comes from a model; declare '
                "them (path map or return annotation)"
            ),
        ),
    ]
    assert said(not_understood.check, flow) == [
        (
            8,
            "page",
            (
                "could not resolve: the name is computed; more steps may exist: unknown and unreachable "
                "steps are shown only with `--persona auditor`"
            ),
        ),
    ]
