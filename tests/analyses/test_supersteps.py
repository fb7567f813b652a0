"""The token game against a second, random player, and its bounds."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.analyses.workflows import facts, workflow
from wflint.analyses.flow.supersteps import Exploration, Unexplored, explore
from wflint.model.workflow import END, START, EdgeKind, Workflow


def played(flow: Workflow) -> Exploration:
    explored = explore(flow)
    assert isinstance(explored, Exploration)
    return explored


def shown(flow: Workflow) -> list[list[str]]:
    """Every superstep as its steps, in the order of discovery."""
    return [sorted(superstep.steps) for superstep in played(flow).supersteps]


def test_branches_of_unequal_length_meet_twice() -> None:
    flow = workflow("start -> a", "a -> b", "b -> d", "a -> d", "d -> end")
    assert shown(flow) == [[START], ["a"], ["b", "d"], ["d"], []]


def test_a_join_waits_for_the_longer_branch() -> None:
    flow = workflow("start -> a", "start -> b", "b -> c", "a + c -> d", "d -> end")
    assert shown(flow) == [[START], ["a", "b"], ["c"], ["d"], []]


def test_a_choice_takes_one_way_at_a_time() -> None:
    flow = workflow("start -> a", "a -> b | c")
    assert sorted(shown(flow)) == [[], [START], ["a"], ["b"], ["c"]]


def test_an_inclusive_choice_may_take_both_ways() -> None:
    assert ["b", "c"] in shown(workflow("start -> a", "a -> b & c"))


def test_a_conversation_that_is_given_away_goes_one_way() -> None:
    both = workflow("start -> a", "a -> b | end", "a -> c")
    assert ["b", "c"] in shown(both)
    handed = replace(
        both, edges=tuple(replace(one, kind=EdgeKind.HANDOFF) if one.target == "c" else one for one in both.edges)
    )
    assert ["b", "c"] not in shown(handed)
    assert ["c"] in shown(handed)


def test_copies_of_a_worker_may_decide_differently() -> None:
    assert ["b", "c"] in shown(workflow("start -> w ...", "w -> b | c"))


def test_a_deferred_step_waits_until_nothing_else_runs() -> None:
    flow = workflow("start -> a", "start -> z", "a -> b", "b -> end")
    steps = tuple(replace(step, deferred=step.id == "z") for step in flow.steps)
    assert shown(replace(flow, steps=steps)) == [[START], ["a"], ["b"], ["z"], []]


def test_a_join_over_exclusive_branches_is_not_fired() -> None:
    assert played(workflow("start -> a", "a -> b | c", "b + c -> d")).fired == frozenset()


def test_a_join_remembers_through_a_loop() -> None:
    flow = workflow("start -> a", "a -> b | c", "b -> a", "c -> a", "b + c -> d")
    assert played(flow).fired == {0}


def test_the_game_is_given_up_at_a_bound() -> None:
    branches = [f"start -> b{n}" for n in range(12)]
    choices = [f"b{n} -> x{n} | y{n}" for n in range(12)]
    explored = explore(workflow(*branches, *choices))
    assert isinstance(explored, Unexplored)
    assert "512" in explored.reason


def test_facts_stay_unknown_where_the_game_was_given_up() -> None:
    branches = [f"start -> b{n}" for n in range(12)]
    flow = workflow(*branches, *(f"b{n} -> x{n} | y{n}" for n in range(12)))
    assert isinstance(facts(flow).concurrency, Unexplored)
    assert isinstance(facts(flow).assignment, Unexplored)


NAMES = ["a", "b", "c", "d", "e"]
LINES = st.one_of(
    st.builds("{} -> {}".format, st.sampled_from(["start", *NAMES]), st.sampled_from([*NAMES, "end"])),
    st.builds("{} -> {} | {}".format, *[st.sampled_from(NAMES)] * 3),
    st.builds("{} + {} -> {}".format, *[st.sampled_from(NAMES)] * 3),
)


Board = tuple[frozenset[str], frozenset[tuple[int, str]]]


def brute_force(flow: Workflow, depth: int) -> set[frozenset[str]]:
    """Every set of steps within so many supersteps, by the rules as one would explain them at a blackboard."""
    boards: set[Board] = {(frozenset({START}), frozenset())}
    seen: set[frozenset[str]] = set()
    for _ in range(depth):
        seen |= {active for active, _ in boards}
        boards = {following for board in boards for following in next_boards(flow, board)}
    return seen


def next_boards(flow: Workflow, board: Board) -> set[Board]:
    active, arrived = board
    plain = {edge.target for edge in flow.edges if edge.source in active and edge.choice is None and edge.join is None}
    options = [
        [edge.target for edge in flow.edges if edge.choice == index]
        for index, choice in enumerate(flow.choices)
        if choice.source in active
    ]
    seen = arrived | {(n, name) for n, join in enumerate(flow.joins) for name in join.sources if name in active}
    full = [n for n, join in enumerate(flow.joins) if all((n, name) in seen for name in join.sources)]
    left = frozenset(pair for pair in seen if pair[0] not in full)
    joined = {flow.joins[n].target for n in full}
    return {(frozenset((plain | joined | set(chosen)) - {END}), left) for chosen in product(*options)}


def within(explored: Exploration, depth: int) -> set[frozenset[str]]:
    """The supersteps that so many moves lead to."""
    reached = {0}
    for _ in range(depth - 1):
        reached |= {transition.target for transition in explored.transitions if transition.source in reached}
    return {explored.supersteps[index].steps for index in reached}


@pytest.mark.slow
@given(st.lists(LINES, min_size=1, max_size=9), st.integers(min_value=1, max_value=7))
def test_the_game_agrees_with_brute_force(lines: list[str], depth: int) -> None:
    flow = workflow("start -> a", *lines)
    assert within(played(flow), depth) == brute_force(flow, depth)
