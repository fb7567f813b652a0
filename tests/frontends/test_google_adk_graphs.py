"""Graphs of nodes of Google ADK: routes, parameters, joins, and what the framework refuses."""

from __future__ import annotations

from pathlib import Path

from tests.frontends.sources import ways, workflows
from wflint.model.workflow import FaultKind

GRAPHS = "from google.adk import Event, Workflow\nfrom google.adk.workflow import Edge, JoinNode, START, node\n"


def test_routes_of_a_node_are_what_its_events_carry(tmp_path: Path) -> None:
    source = f"""{GRAPHS}
def decide(node_input: str):
    yield Event(output=1, route="left" if node_input else "right")
def left(): ...
def right(): ...
root = Workflow(name="root", edges=[(START, decide), (decide, {{"left": left, "right": right}})])
"""
    choice = workflows(tmp_path, source)[0].choices[0]
    assert choice.closed
    assert {route.label for route in choice.routes} == {"left", "right"}
    assert {(mapped.label, mapped.target) for mapped in choice.mapping or ()} == {("left", "left"), ("right", "right")}


def test_a_route_that_no_edge_waits_for_counts_only_beside_one_waited_for_in_vain(tmp_path: Path) -> None:
    source = f"""{GRAPHS}
def ends():
    return Event(route="again") if open("x") else Event(route="enough")
def slips():
    return Event(route="agian")
one = Workflow(name="one", edges=[(START, ends), (ends, {{"again": ends}})])
two = Workflow(name="two", edges=[(START, slips), (slips, {{"again": slips}})])
"""
    one, two = workflows(tmp_path, source)
    assert [route.label for route in one.choices[0].routes] == ["again"]
    assert [route.label for route in two.choices[0].routes] == ["agian"]


def test_parameters_come_from_the_state(tmp_path: Path) -> None:
    source = f"""{GRAPHS}
def work(ctx, node_input: dict, city: str, limit: int = 3):
    ctx.state["done"] = city
    return Event(state={{"weather": limit}})
root = Workflow(name="root", edges=[(START, work)])
"""
    step = workflows(tmp_path, source)[0].step("work")
    assert step is not None
    assert {(need.name, need.required, need.type) for need in step.needs} == {
        ("city", True, "str"),
        ("limit", False, "int"),
    }
    assert {offer.name for offer in step.offers} == {"done", "weather"}


def test_graphs_that_the_framework_refuses_have_faults(tmp_path: Path) -> None:
    source = f"""{GRAPHS}
def a(): ...
def b(): ...
one = Workflow(name="one", edges=[(a, b)])
two = Workflow(name="two", edges=[(START, a), (node(a, name="x"), node(b, name="x")), (b, START)])
"""
    one, two = workflows(tmp_path, source)
    assert [fault.kind for fault in one.faults] == [FaultKind.NO_ENTRY]
    assert [fault.kind for fault in two.faults] == [FaultKind.DUPLICATE_STEP, FaultKind.EDGE_INTO_START]


def test_a_join_waits_for_everything_that_always_leads_to_it(tmp_path: Path) -> None:
    source = f"""{GRAPHS}
def a(): ...
def b(): ...
def c(): ...
join = JoinNode(name="join")
root = Workflow(name="root", edges=[(START, (a, b), join), Edge(from_node=join, to_node=c)])
"""
    flow = workflows(tmp_path, source)[0]
    assert [(join.sources, join.target) for join in flow.joins] == [(("a", "b"), "join")]
    assert ("a", "join", "fan-in") in ways(flow)
    assert ("join", "c", "direct") in ways(flow)
