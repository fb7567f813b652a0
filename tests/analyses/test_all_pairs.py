"""What is kept as bits for all steps at once says the same as a walk from each of them, and costs less."""

from __future__ import annotations

import random
from collections.abc import Iterable
from itertools import pairwise, product

import pytest

from tests.analyses.workflows import facts, step, workflow
from wflint.analyses.data.reads import Read
from wflint.analyses.facts import Facts
from wflint.analyses.flow.concurrency import Concurrency
from wflint.analyses.flow.firing import Firing
from wflint.analyses.flow.supersteps import Unexplored
from wflint.analyses.flow.wiring import always_fires
from wflint.model.contract import Certainty
from wflint.model.workflow import END, EdgeKind, Workflow

SEEDS = range(40)
NAMES = "abcdefgh"
FIELDS = "xyz"


def drawn(seed: int) -> Workflow:
    """A random workflow with loops, choices and steps that nothing leads to."""
    rng = random.Random(seed)  # noqa: S311 (the same workflows each time)
    steps = tuple(step(name, _fields(rng, ""), _fields(rng, "?")) for name in NAMES)
    lines = [f"start -> {rng.choice(NAMES)}"]
    for name in NAMES:
        targets = rng.sample(NAMES, rng.randint(0, 3))
        if len(targets) > 1 and rng.random() < 0.3:
            lines.append(f"{name} -> {' | '.join(targets)}")
        else:
            lines += [f"{name} -> {target}" for target in targets]
    return workflow(*lines, steps=steps, state="x y z")


def _fields(rng: random.Random, mark: str) -> str:
    return " ".join(field + rng.choice(["", mark]) for field in FIELDS if rng.random() < 0.4)


def walked(flow: Workflow, sources: Iterable[str], avoiding: Iterable[str] = ()) -> set[str]:
    """The steps that some way leads to from the sources, around others."""
    found: set[str] = set()
    pending = list(sources)
    while pending:
        source = pending.pop()
        for edge in flow.edges:
            if edge.source == source and edge.target not in found and edge.target not in avoiding:
                found.add(edge.target)
                pending.append(edge.target)
    return found


@pytest.mark.parametrize("seed", SEEDS)
def test_what_leads_to_what(seed: int) -> None:
    flow = drawn(seed)
    known = facts(flow).reachability
    for one in flow.steps:
        after = walked(flow, [one.id])
        assert {other.id for other in flow.steps if known.leads(one.id, other.id)} == after
        for other in flow.steps:
            first = walked(flow, known.entries, [other.id]) | set(known.entries)
            expected = one.id != other.id and one.id in first and other.id in after
            assert known.precedes(one.id, other.id) == expected


@pytest.mark.parametrize("seed", SEEDS)
def test_a_way_around(seed: int) -> None:
    flow = drawn(seed)
    known = facts(flow).reachability
    for target in NAMES:
        for avoided in (frozenset(pair) for pair in product(NAMES, NAMES)):
            assert known.way(target, avoided) == _way(flow, known.entries, target, avoided - {target})


def _way(flow: Workflow, entries: tuple[str, ...], target: str, avoiding: frozenset[str]) -> tuple[str, ...]:
    ways: dict[str, tuple[str, ...]] = {name: (name,) for name in entries}
    pending = list(entries)
    for source in pending:
        for edge in flow.edges:
            if edge.source == source and edge.target not in ways and edge.target not in avoiding:
                ways[edge.target] = (*ways[source], edge.target)
                pending.append(edge.target)
    return ways.get(target, ())


@pytest.mark.parametrize("seed", SEEDS)
def test_who_depends_on_whom(seed: int) -> None:
    flow = drawn(seed)
    known = facts(flow)
    users = {one.id: _users(known, one.id) for one in flow.steps}
    for name in NAMES:
        found: set[str] = set()
        pending = [name]
        while pending:
            fresh = users[pending.pop()] - found - {name}
            found |= fresh
            pending.extend(fresh)
        assert set(known.impact.of(name)) == found
        assert known.impact.count(name) == len(found)
        assert set(known.impact.consumers(name)) == users[name]


def _users(known: Facts, name: str) -> set[str]:
    flow = known.workflow
    one = flow.step(name)
    offered = {offer.name for offer in one.offers} if one is not None else set()
    readers = {other.id for other in flow.steps if offered & {need.name for need in other.needs}}
    return readers & walked(flow, [name]) - {name, END}


@pytest.mark.parametrize("seed", SEEDS)
def test_whose_write_arrives(seed: int) -> None:
    flow = drawn(seed)
    known = facts(flow)
    for read in known.reads.all:
        assert {one.id for one, _ in known.definitions.reaching(read)} == _arriving(known, read)


def _arriving(known: Facts, read: Read) -> set[str]:
    flow = known.workflow
    offers = [(one.id, offer) for one in flow.steps for offer in one.offers if offer.name == read.need.name]
    sure = {name for name, offer in offers if offer.certainty is Certainty.CERTAIN}
    return {
        name
        for name, _ in offers
        if name in known.reachability.reached and read.step in walked(flow, [name], sure - {name, read.step})
    }


@pytest.mark.parametrize("seed", SEEDS)
def test_where_branches_part(seed: int) -> None:
    flow = drawn(seed)
    firing = Firing.of(flow)
    for one in NAMES:
        for other in NAMES:
            assert firing.fork(one, other) == _fork(flow, one, other)
            for meeting in NAMES:
                assert firing.parting(one, other, meeting) == _parting(flow, one, other, meeting)


def _started(flow: Workflow, level: set[str]) -> set[str]:
    edges = (edge for edge in flow.edges if always_fires(edge) and edge.kind is not EdgeKind.FAN_OUT)
    return {edge.target for edge in edges if edge.source in level and edge.target != END}


def _fork(flow: Workflow, one: str, other: str) -> str | None:
    found: list[tuple[int, str]] = []
    for fork in (each.id for each in flow.steps):
        level = {fork}
        for distance in range(len(flow.steps)):
            level = _started(flow, level)
            if {one, other} <= level:
                found.append((distance, fork))
                break
    return min(found)[1] if found else None


def _parting(flow: Workflow, one: str, other: str, meeting: str) -> str | None:
    found: list[tuple[int, str]] = []
    targets = {edge.target for edge in flow.edges if always_fires(edge)}
    for fork in (each.id for each in flow.steps if each.id != meeting):
        level = {fork}
        for distance in range(len(targets)):
            following = _started(flow, level) - {meeting}
            if one in level and other in following:
                found.append((distance, fork))
                break
            level = following
    return min(found)[1] if found else None


def test_a_long_chain_takes_no_walks() -> None:
    names = [f"s{number}" for number in range(600)]
    steps = tuple(step(name, f"f{n}", f"f{n + 1}") for n, name in enumerate(names))
    flow = workflow("start -> s0", *(f"{a} -> {b}" for a, b in pairwise(names)), steps=steps)
    known = facts(flow)
    found = known.concurrency
    assert isinstance(found, Concurrency)
    assert not found.reruns
    assert known.impact.count("s0") == len(names) - 1
    assert known.reachability.precedes("s0", "s599")
    assert Firing.of(flow).walked.steps == 0


def test_many_steps_at_once_are_no_list_of_pairs() -> None:
    flow = workflow("start -> a", *(f"a -> s{number}" for number in range(2_000)))
    found = facts(flow).concurrency
    assert isinstance(found, Concurrency)
    assert not found.reruns
    assert found.are_beside("s0", "s1999")
    assert found.fork("s7", "s8") == "a"


def test_what_is_too_large_is_said() -> None:
    lines = [f"b{n} -> x{n} | y{n}" for n in range(12)]
    known = facts(workflow(*(f"start -> b{n}" for n in range(12)), *lines))
    assert isinstance(known.concurrency, Unexplored)
    assert known.cut == "its supersteps were not analysed: more than 512 combined decisions in one superstep"
    assert facts(workflow("start -> a")).cut == ""
