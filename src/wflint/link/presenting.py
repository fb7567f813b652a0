"""Groups of rows and families of workflows, as the report tells of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from wflint.link.clustering import GroupMember, StepGroup
from wflint.link.columns import inner_steps, plain_name
from wflint.link.corpus import Corpus
from wflint.link.details import Details
from wflint.link.judging import ToldLikeness
from wflint.link.records import Cost, FieldSummary, StepSummary, WorkflowSummary
from wflint.link.report import ClusterStep, CopiedWorkflow, Copies, Difference, DuplicateCluster, Saving

_SHOWN = 6
"""So many names are listed where copies differ."""


def cluster(group: StepGroup, corpus: Corpus, details: Details) -> DuplicateCluster | None:
    """A group as a cluster; None where files have changed in between and too little is left."""
    members = [member for member in group.members if member.row in details.steps]
    if len({corpus.repository_of(member.row) for member in members}) < len(("one", "another")):
        return None
    steps = tuple(_step(member, group, corpus, details) for member in members)
    return DuplicateCluster(steps, _saving([details.steps[member.row].step for member in members]))


def _step(member: GroupMember, group: StepGroup, corpus: Corpus, details: Details) -> ClusterStep:
    placed = details.steps[member.row]
    return ClusterStep(
        repository=corpus.heads[corpus.repository_of(member.row)].name,
        workflow=placed.workflow.id,
        step=placed.step.id,
        location=placed.step.definition or placed.step.location,
        likeness=_likeness(member, group, corpus),
        similarity=member.similarity,
    )


def _likeness(member: GroupMember, group: StepGroup, corpus: Corpus) -> ToldLikeness:
    if corpus.text_of[member.row] != corpus.text_of[group.members[0].row]:
        return ToldLikeness.REWORDED
    return ToldLikeness.PARTLY_KNOWN if corpus.opens[member.row] else ToldLikeness.COPY


def _saving(steps: Sequence[StepSummary]) -> Saving:
    """What all cost but the dearest, which is kept."""
    costs = sorted((step.cost or Cost(0, 0, 0) for step in steps), key=lambda cost: cost.typical)[:-1]
    recorded = [cost.typical * cost.executions for cost in costs if cost.recorded and cost.executions]
    return Saving(
        definitions=len(steps) - 1,
        et=sum(cost.typical for cost in costs),
        low=sum(cost.low for cost in costs),
        high=sum(cost.high for cost in costs),
        recorded=all(cost.recorded for cost in costs),
        recorded_et=sum(recorded) if recorded else None,
    )


def copies(family: Sequence[int], corpus: Corpus, details: Details) -> Copies | None:
    """A family of workflows, compared with the first; None where too little of it is left."""
    flows = [flow for flow in family if flow in details.flows]
    if len({corpus.flow_repository(flow) for flow in flows}) < len(("one", "another")):
        return None
    nearest = _nearest(flows, corpus, details)
    found = [difference for flow in flows if (near := nearest.get(flow)) is not None for difference in near]
    return Copies(tuple(_copied(flow, corpus, details) for flow in flows), tuple(found))


def _nearest(flows: Sequence[int], corpus: Corpus, details: Details) -> dict[int, list[Difference]]:
    """The workflow of each other repository that is nearest to the first, with what it differs in."""
    first, home = details.flows[flows[0]], corpus.flow_repository(flows[0])
    found: dict[int, tuple[int, list[Difference]]] = {}
    for flow in flows[1:]:
        owner = corpus.flow_repository(flow)
        differences = list(_differences(first, details.flows[flow], _repository(flow, corpus)))
        if owner != home and (owner not in found or len(differences) < len(found[owner][1])):
            found[owner] = (flow, differences)
    return dict(found.values())


def _repository(flow: int, corpus: Corpus) -> str:
    return corpus.heads[corpus.flow_repository(flow)].name


def _copied(flow: int, corpus: Corpus, details: Details) -> CopiedWorkflow:
    found = details.flows[flow]
    count = sum(1 for _ in inner_steps(found))
    return CopiedWorkflow(_repository(flow, corpus), found.id, found.name, found.location, count)


def _differences(first: WorkflowSummary, other: WorkflowSummary, repository: str) -> Iterator[Difference]:
    mine = {plain_name(step.id): step for step in inner_steps(first)}
    theirs = {plain_name(step.id): step for step in inner_steps(other)}
    for name, step in theirs.items():
        if name not in mine:
            yield Difference("step-added", repository, other.id, step.id, "the first has no such step", step.location)
        else:
            yield from _step_differences(mine[name], step, other, repository)
    for name, step in mine.items():
        if name not in theirs:
            text = "the first has this step"
            yield Difference("step-removed", repository, other.id, step.id, text, other.location)
    yield from _edge_differences(first, other, repository, mine.keys() & theirs.keys())


def _step_differences(
    mine: StepSummary, theirs: StepSummary, other: WorkflowSummary, repository: str
) -> Iterator[Difference]:
    where = theirs.definition or theirs.location
    if mine.told is not None and theirs.told is not None and mine.told.digest != theirs.told.digest:
        yield Difference("text", repository, other.id, theirs.id, "has another prompt", where)
    if not (mine.needs_open or theirs.needs_open) and (text := _field_change(mine.needs, theirs.needs)):
        yield Difference("needs", repository, other.id, theirs.id, text, where)
    if not (mine.offers_open or theirs.offers_open) and (text := _field_change(mine.offers, theirs.offers)):
        yield Difference("offers", repository, other.id, theirs.id, text, where)
    if set(mine.tools) != set(theirs.tools) and (text := _change(set(mine.tools), set(theirs.tools))):
        yield Difference("tools", repository, other.id, theirs.id, text, where)
    if mine.model and theirs.model and mine.model != theirs.model:
        yield Difference("model", repository, other.id, theirs.id, f"{theirs.model} in place of {mine.model}", where)


def _field_change(mine: Sequence[FieldSummary], theirs: Sequence[FieldSummary]) -> str:
    return _change({field.name for field in mine}, {field.name for field in theirs})


def _change(mine: set[str], theirs: set[str]) -> str:
    return _told_change(theirs - mine, mine - theirs)


def _told_change(more: set[str], less: set[str]) -> str:
    """What is more and what is less."""
    parts = [(verb, sorted(names)) for verb, names in (("has", more), ("lacks", less)) if names]
    return "; ".join(f"{verb} {_listed(names)}" for verb, names in parts)


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(f'"{name}"' for name in names[:_SHOWN])
    return shown if len(names) <= _SHOWN else f"{shown} and {len(names) - _SHOWN} more"


def _edge_differences(
    first: WorkflowSummary, other: WorkflowSummary, repository: str, shared: set[str]
) -> Iterator[Difference]:
    """Edges between steps that both have; what comes with another step goes without saying."""
    mine, theirs = (_edges_among(flow, shared) for flow in (first, other))
    more = {text for ends, text in theirs.items() if ends not in mine}
    less = {text for ends, text in mine.items() if ends not in theirs}
    if first.complete and other.complete and (text := _told_change(more, less)):
        yield Difference("edges", repository, other.id, "", text, other.location)


def _edges_among(flow: WorkflowSummary, shared: set[str]) -> dict[tuple[str, str], str]:
    """The edges between some steps, by how their ends are called, spelling aside."""
    ends = {(plain_name(edge.source), plain_name(edge.target)): edge for edge in flow.edges}
    return {pair: f"{edge.source} -> {edge.target}" for pair, edge in ends.items() if shared.issuperset(pair)}
