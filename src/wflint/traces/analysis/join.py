"""Which step of the source each span belongs to.

Names decide on few identities, not on many spans. A trace is about the workflows whose names it uses most, with those
around, inside and beside them; a step of the same name elsewhere is another one.
"""

from __future__ import annotations

from collections import Counter

import numpy as np
from msgspec import Struct, field

from wflint.model.workflow import END, START
from wflint.traces.analysis.calls import Calls
from wflint.traces.analysis.source_index import SourceIndex, StepRef
from wflint.traces.analysis.spans import Indices, Mask, Spans
from wflint.traces.draft import Kind
from wflint.traces.table import Identity

NOWHERE = ""
"""The workflow of steps that a trace names and the source does not have."""
_PASSIVE = (Kind.TOOL, Kind.DECISION, Kind.CHECK, Kind.MESSAGE, Kind.BUILD)


class Join(Struct):
    """Steps by number; `own` is the step that a row names itself, `at` the nearest one around it (-1: none).

    `inferred` marks rows that no name but a model's joins to a step.
    """

    refs: list[StepRef]
    own: Indices
    at: Indices
    inferred: Mask


class _Numbers(Struct):
    refs: list[StepRef] = field(default_factory=list)
    known: dict[StepRef, int] = field(default_factory=dict)

    def of(self, ref: StepRef | None) -> int:
        if ref is None:
            return -1
        if ref not in self.known:
            self.known[ref] = len(self.refs)
            self.refs.append(ref)
        return self.known[ref]


class _Subjects(Struct, frozen=True):
    """What a trace is about: a workflow with those around and inside it, and others that run beside them.

    Those are written in one file with it, or have all of their steps in the trace: an agent of a guardrail is one.
    """

    family: tuple[str, ...]
    beside: tuple[str, ...] = ()


def join(spans: Spans, calls: Calls, index: SourceIndex) -> Join:
    """Find the step of each row."""
    numbers = _Numbers()
    vocabularies, of_trace = _vocabularies(spans)
    own = np.full(len(spans.rows), -1)
    by_model = np.full(len(spans.rows), -1)
    for set_, vocabulary in enumerate(vocabularies):
        about = _subjects(spans, vocabulary, index)
        rows = np.flatnonzero(of_trace == set_) if len(vocabularies) > 1 else np.arange(len(spans.rows))
        local = np.full(len(spans.identities), -1)
        modelled = np.full(len(spans.identities), -1)
        for at in vocabulary:
            identity = spans.identities[at]
            local[at] = numbers.of(_step_of(identity, index, about))
            modelled[at] = numbers.of(index.by_model(identity.model, about.family))
        own[rows] = local[spans.rows["identity"][rows]]
        by_model[rows] = modelled[spans.rows["identity"][rows]]
    own = _without_containers(spans, own, numbers.refs)
    own = _without_workers(spans, own, numbers.refs)
    own = _with_runners(spans, own, numbers.refs, index)
    nearest = spans.nearest(own >= 0)
    steps = np.where(nearest >= 0, own[nearest], -1)
    inferred = (steps < 0) & (by_model >= 0) & calls.all
    return Join(numbers.refs, own, np.where(inferred, by_model, steps), inferred)


def _without_containers(spans: Spans, own: Indices, refs: list[StepRef]) -> Indices:
    """Names that the source lacks and that hold steps of the source stand for workflows, not for steps."""
    foreign = np.array([ref.workflow == NOWHERE for ref in refs] or [False])
    unknown = (own >= 0) & foreign[own]
    known = (own >= 0) & ~foreign[own]
    if not known.any() or not unknown.any():
        return own
    around = spans.nearest(unknown)[known]
    held = np.unique(own[around[around >= 0]])
    return np.where(np.isin(own, held) & unknown, -1, own)


def _with_runners(spans: Spans, own: Indices, refs: list[StepRef], index: SourceIndex) -> Indices:
    """What is inside of a ready-made workflow belongs to the step that runs it, which is the nearest one around it."""
    for workflow in {ref.workflow for ref in refs}:
        runners = set(index.runners_of_ready_made(workflow))
        if not runners.intersection(refs):
            continue
        inner = np.isin(own, [at for at, ref in enumerate(refs) if ref.workflow == workflow])
        around = spans.around(np.isin(own, [at for at, ref in enumerate(refs) if ref in runners]))
        own = np.where(inner & (around >= 0), own[around], own)
    return own


def _without_workers(spans: Spans, own: Indices, refs: list[StepRef]) -> Indices:
    """What does a step's work belongs to the step, whatever name of its own the source lacks.

    That is a call inside of anything that has a name, and an agent right inside of a step of the source.
    """
    foreign = np.array([ref.workflow == NOWHERE for ref in refs] or [False])
    unknown = (own >= 0) & foreign[own]
    calls = unknown & spans.is_kind(Kind.MODEL)
    inside = spans.around((own >= 0) & ~calls) >= 0
    step = spans.around((own >= 0) & ~unknown)
    agents = spans.is_kind(Kind.AGENT) & (step >= 0) & spans.is_kind(Kind.STEP)[step]
    return np.where((calls & inside) | (unknown & agents), -1, own)


def _step_of(identity: Identity, index: SourceIndex, about: _Subjects) -> StepRef | None:
    """The step of the source, else the one that the trace alone has a name for."""
    if identity.kind in _PASSIVE and not identity.path:
        return None
    found = index.find(identity, about.family) or index.find(identity, about.beside)
    if found is not None:
        return found
    named = identity.step or (identity.agent if identity.kind in (Kind.AGENT, Kind.MODEL) else "")
    if identity.path:
        named = identity.path.partition("|")[0]
    return StepRef(NOWHERE, named) if named and not _is_whole(identity, named, index, about) else None


def _is_whole(identity: Identity, named: str, index: SourceIndex, about: _Subjects) -> bool:
    """Whether a name stands for a whole workflow, whose steps are inside."""
    if identity.workflow == named:
        return True
    flows = (*about.family, *about.beside)
    return any(named in (index.workflows[flow].name, flow.rpartition("::")[2]) for flow in flows)


def _vocabularies(spans: Spans) -> tuple[list[tuple[int, ...]], Indices]:
    """The sets of identities that traces have, and the number of the set of each row's trace."""
    pairs = np.unique(np.stack([spans.rows["trace"], spans.rows["identity"]], axis=1), axis=0)
    cuts = np.flatnonzero(np.diff(pairs[:, 0])) + 1
    known: dict[tuple[int, ...], int] = {}
    numbers = np.zeros(len(spans.table.traces.texts), np.int64)
    for group in np.split(pairs, cuts) if len(pairs) else ():
        vocabulary = tuple(int(at) for at in group[:, 1])
        numbers[group[0, 0]] = known.setdefault(vocabulary, len(known))
    return list(known), numbers[spans.rows["trace"]]


def _subjects(spans: Spans, vocabulary: tuple[int, ...], index: SourceIndex) -> _Subjects:
    """The workflows that a trace is about, the one with the most names in it first."""
    names = [spans.identities[at] for at in vocabulary]
    hits: Counter[str] = Counter()
    whole = set()
    for workflow in index.workflows.values():
        found = {ref for identity in names if (ref := index.find(identity, (workflow.id,))) is not None}
        called = any(identity.workflow in (workflow.name, workflow.id.rpartition("::")[2]) for identity in names)
        hits[workflow.id] = 2 * len(found) + called
        if found.issuperset(StepRef(workflow.id, step.id) for step in workflow.steps if step.id not in (START, END)):
            whole.add(workflow.id)
    ranked = [name for name, count in hits.most_common() if count]
    if not ranked:
        families = {index.family(name) for name in index.workflows}
        return _Subjects(tuple(sorted(index.workflows)) if len(families) == 1 else ())
    family = index.family(ranked[0])
    files = {name.partition("::")[0] for name in family}
    return _Subjects(
        (*(name for name in ranked if name in family), *sorted(family - set(ranked))),
        tuple(one for one in ranked if one not in family and (one in whole or one.partition("::")[0] in files)),
    )
