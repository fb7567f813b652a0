"""WF501: steps that run at the same time write one field that nothing merges."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from msgspec import Struct

from wflint.analyses.data.kept_values import SetTogether, set_together
from wflint.analyses.facts import Facts
from wflint.analyses.flow.concurrency import Concurrency, Pair
from wflint.analyses.flow.strays import behind
from wflint.analyses.flow.supersteps import Unexplored
from wflint.analyses.wording import listed, step_named
from wflint.model.code_runs import CommonTalk, SharedTalk
from wflint.model.conduct import StaleWrite
from wflint.model.contract import Certainty, Offer, Outcome
from wflint.model.finding import Cause, Level, Observation, Related
from wflint.model.fix import AppendLists, Fix
from wflint.model.span import Span
from wflint.model.workflow import Exchange, Step, Workflow


class _Write(Struct, frozen=True):
    """A step's write of a field, or of the whole state, in which case the span is the step's."""

    step: Step
    field: str
    span: Span
    certain: bool


class _Clash(Struct, frozen=True):
    """Two writes of one field in one superstep."""

    pair: Pair
    first: _Write
    second: _Write

    @property
    def certain(self) -> bool:
        """Whether no decision, in the graph or in the steps, can keep the two apart."""
        return self.pair.fork is not None and self.first.certain and self.second.certain


class _Clashes(Struct, frozen=True):
    """The clashes of two steps that are worth a word: where some are certain, the merely possible ones are not."""

    pair: Pair
    worst: tuple[_Clash, ...]
    cause: Cause | None

    @classmethod
    def of(cls, pair: Pair, clashes: list[_Clash], cause: Cause | None) -> _Clashes:
        certain = any(each.certain for each in clashes)
        worst = (each for each in clashes if each.certain == certain)
        return cls(pair, tuple(sorted(worst, key=lambda each: each.first.field)), cause)

    @property
    def fields(self) -> tuple[str, ...]:
        return tuple(each.first.field for each in self.worst)

    @property
    def reason(self) -> object:
        """Equal for the pairs of several steps that start together and write the same: they are one finding."""
        pair = self.pair
        alone = (pair.first, pair.second) if pair.first == pair.second or pair.edge is not None else None
        return alone, pair.fork, self.fields, self.worst[0].certain, self.cause


COLLECTIONS = ("dict", "Dict", "list", "List", "Mapping", "set", "Set")
Writes = Mapping[str, Mapping[str, _Write]]
"""What each step writes, by field."""


def check(workflow: Workflow, facts: Facts) -> Iterator[Observation]:
    """Every pair of steps with the fields that both write, where the state says of none how writes are merged."""
    yield from map(_told_apart, workflow.shared_talks)
    yield from map(_in_common, workflow.common_talks)
    found = facts.concurrency
    if isinstance(found, Unexplored):
        return
    yield from map(_kept, set_together(workflow, found))
    if not workflow.rebuilds_state:
        yield from _lost_updates(workflow, found)
    if workflow.state is None or workflow.exchange is not Exchange.STATE:
        return
    unmerged = frozenset(field.name for field in workflow.state.fields if field.reducer is None)
    clash = workflow.state.on_concurrent_write
    writes = {step.id: _writes(step, unmerged) for step in workflow.steps}
    together: dict[object, list[_Clashes]] = {}
    for pair in _pairs(workflow, found, writes):
        clashes = list(_clashes(workflow, pair, writes, clash))
        if clashes:
            stray = behind(facts.strays, facts.reachability, pair.first, pair.second) if pair.fork is None else None
            each = _Clashes.of(pair, clashes, stray.cause if stray is not None else None)
            together.setdefault(each.reason, []).append(each)
    for group in together.values():
        yield _observation(workflow, group, clash)
    yield from _replaced(workflow, found)
    yield from _forgotten(workflow, found)


def _lost_updates(workflow: Workflow, found: Concurrency) -> Iterator[Observation]:
    """Values of a shared object that others change while a step waits, and that the step then sets from what was."""
    copies = {worker.first for worker in found.workers} | {edge.target for edge in workflow.edges if edge.fan_out}
    told: set[Span] = set()
    for step in workflow.steps:
        for stale in (each for each in step.conduct.stale_writes if each.span not in told):
            writing = (other.id for other, _ in workflow.index.writers(stale.field))
            keeping = (other.id for other in workflow.steps if other.id != step.id and _keeps(other, stale.field))
            beside = [name for name in dict.fromkeys((*writing, *keeping)) if found.are_together(step.id, name)]
            if step.id in copies or beside:
                told.add(stale.span)  # several steps of one class are one place to mend
                yield _lost_update(step, stale, beside)


def _keeps(step: Step, key: str) -> bool:
    """Whether a step sets a value of the run."""
    return any(value.is_set and value.key == key for value in step.kept_values)


def _lost_update(step: Step, stale: StaleWrite, beside: list[str]) -> Observation:
    others = "another copy of it changes"
    if beside:
        others = f"steps {listed(beside)} change" if len(beside) > 1 else f"step {listed(beside)} changes"
    return Observation(
        message=f'step "{step.id}" sets "{stale.field}" to what it made of the value from before it waited: what '
        f"{others} meanwhile is lost; read the value after the `await`, or let a join add up",
        span=stale.span,
        key=(step.id, stale.field, "stale"),
        related=(Related(stale.read, "the old value is read here"),) if stale.read != stale.span else (),
        level=Level.WARNING,
        step=step.id,
    )


def _kept(found: SetTogether) -> Observation:
    (first, value), *others = found.writers
    names = [name for name, _ in found.writers]
    return Observation(
        message=f'steps {listed(names)} set "{found.key}" for the run at the same time: the last write wins; '
        "set a key for each of them",
        span=value.span,
        key=(*names, found.key),
        related=tuple(Related(each.span, f'"{name}" sets "{found.key}" here') for name, each in others),
        step=first,
        level=Level.WARNING,
    )


def _in_common(found: CommonTalk) -> Observation:
    names = listed(found.steps)
    return Observation(
        message=f'"{found.function}" runs {names} for one caller after the other and keeps what all of them say in one '
        "place, made once: each is told what the others said; make one for each caller",
        span=found.span,
        key=(*found.steps, found.function),
        related=(Related(found.made, "it is made here"),) if found.made is not None else (),
        level=Level.WARNING,
        step=found.steps[-1],
    )


def _told_apart(found: SharedTalk) -> Observation:
    return Observation(
        message=f"runs of {listed(found.steps)} go on at the same time and keep what is said in one place: each may be "
        "told what the others said; give each a place of its own",
        span=found.span,
        key=(*found.steps, "conversation"),
        related=(Related(found.made, "it is made here"), Related(found.gathering, "the runs are started here")),
        step=found.steps[0],
        level=Level.WARNING,
    )


def _forgotten(workflow: Workflow, found: Concurrency) -> Iterator[Observation]:
    """Collections to which each copy of a step adds its own part, and whose reducer keeps the last part only."""
    kept = {field.name: field for field in workflow.state.fields if field.keeps_last} if workflow.state else {}
    for worker in found.workers if kept else ():
        step = workflow.step(worker.first)
        for offer in step.offers if step is not None else ():
            field = kept.get(offer.name)
            readers = [other.id for other in workflow.steps if any(need.name == offer.name for need in other.needs)]
            if step is not None and field is not None and readers and (field.type or "").startswith(COLLECTIONS):
                yield Observation(
                    message=f'copies of step "{step.id}" write "{field.name}" at the same time, and its reducer '
                    f'"{field.reducer}" keeps one of them: {step_named(readers[0])} never sees what the others found; '
                    "merge old and new",
                    span=field.span,
                    key=(step.id, field.name, "kept"),
                    related=(Related(offer.span, f'"{step.id}" writes it here'),),
                    step=step.id,
                    level=Level.WARNING,
                )


def _replaced(workflow: Workflow, found: Concurrency) -> Iterator[Observation]:
    """Fields that have a reducer, and that one of two steps replaces while the other writes them, too."""
    merged = {field.name for field in workflow.state.fields if field.reducer} if workflow.state is not None else set()
    offers = {step.id: {o.name: o for o in step.offers if o.name in merged} for step in workflow.steps}
    writes = {step.id: {name: _write(step, o) for name, o in offers[step.id].items()} for step in workflow.steps}
    replacing = any(offer.replaces for each in offers.values() for offer in each.values())
    for pair in _pairs(workflow, found, writes) if replacing else ():
        for field in sorted(offers[pair.first].keys() & offers[pair.second].keys()):
            first, second = offers[pair.first][field], offers[pair.second][field]
            if first.replaces or second.replaces:
                yield _replacement(pair, (first, second), certain=pair.fork is not None)


def _replacement(pair: Pair, offers: tuple[Offer, Offer], *, certain: bool) -> Observation:
    first, second = offers
    both = first.replaces and second.replaces
    sure = certain and all(offer.certainty is Certainty.CERTAIN for offer in offers)
    lost = pair.second if first.replaces else pair.first
    outcome = (
        "both replace it, which only one of them may: the run fails; let one write it"
        if both
        else f'what "{lost}" adds is dropped, whichever comes first; let one follow the other'
    )
    return Observation(
        message=f"{_who(pair, [pair.first, pair.second], [first.name])}, and {outcome}",
        span=first.span,
        key=(pair.first, pair.second, first.name),
        related=(Related(second.span, f'"{pair.second}" writes "{second.name}" here'),) if first != second else (),
        level=Level.ERROR if both and sure else Level.WARNING,
        step=pair.first,
    )


def _pairs(workflow: Workflow, found: Concurrency, writes: Writes) -> Iterator[Pair]:
    """The pairs of steps that run at the same time and write one field, in declared order; then copies of a step."""
    writers: dict[str, set[str]] = defaultdict(set)
    for name, each in writes.items():
        for field in each:
            writers[field].add(name)
    shared = {field: found.bits(names) for field, names in writers.items() if len(names) > 1}
    for step in workflow.steps:
        others = 0
        for field in writes[step.id].keys() & shared.keys():
            others |= shared[field]
        yield from (found.pair(step.id, other) for other in found.later_beside(step.id, others))
    yield from found.workers


def _clashes(workflow: Workflow, pair: Pair, writes: Writes, clash: Outcome) -> Iterator[_Clash]:
    first, second = workflow.step(pair.first), workflow.step(pair.second)
    if first is None or second is None:
        return
    others = writes[second.id]
    for field, write in writes[first.id].items():
        if field in others and (clash is Outcome.FAILS or not (_adds(first, field) or _adds(second, field))):
            yield _Clash(pair, write, others[field])


def _adds(step: Step, field: str) -> bool:
    """Whether a step may add to what it finds in the field, in place of overwriting it."""
    derived = any(offer.name == field and field in offer.derived_from for offer in step.offers)
    return derived or step.needs_open or any(need.name == field for need in step.needs)


def _writes(step: Step, unmerged: frozenset[str]) -> dict[str, _Write]:
    """A step that returns the whole state writes every field, though only those that are set by then."""
    own = {offer.name: _write(step, offer) for offer in step.offers if offer.name in unmerged}
    if step.forwards_state:
        place = step.definition or step.span
        return {name: own.get(name, _Write(step, name, place, certain=False)) for name in sorted(unmerged)}
    return {name: own[name] for name in sorted(own)}


def _write(step: Step, offer: Offer) -> _Write:
    return _Write(step, offer.name, offer.span, offer.certainty is Certainty.CERTAIN)


def _observation(workflow: Workflow, group: list[_Clashes], clash: Outcome) -> Observation:
    pair, worst, cause = group[0].pair, group[0].worst[0], group[0].cause
    fields, certain = list(group[0].fields), worst.certain
    writes = {each.step.id: each for clashes in group for each in (clashes.worst[0].first, clashes.worst[0].second)}
    others = [each for each in writes.values() if each != worst.first]
    return Observation(
        message=f"{_who(pair, list(writes), fields)}{_outcome(fields, clash)}",
        span=worst.first.span,
        key=(*(writes if len(writes) > 1 else (pair.first, pair.second)), *fields),
        related=(
            *(Related(each.span, f'"{each.step.id}" writes "{each.field}" here') for each in others),
            *((Related(pair.edge.span, "the copies are sent here"),) if pair.edge is not None else ()),
        ),
        level=Level.ERROR if certain and clash is Outcome.FAILS else Level.WARNING,
        step=pair.first,
        edge=(pair.edge.source, pair.edge.target) if pair.edge is not None else None,
        fix=_fix(workflow, fields) if cause is None else None,
        cause=cause,
    )


def _fix(workflow: Workflow, names: list[str]) -> Fix | None:
    """A reducer for lists, where all of the fields are lists that steps make anew: what they hold would be doubled."""
    fields = [field for field in (workflow.state.fields if workflow.state is not None else ()) if field.name in names]
    if not workflow.idioms.annotated_reducers or any(step.forwards_state for step in workflow.steps):
        return None
    offers = [offer for step in workflow.steps for offer in step.offers if offer.name in names]
    doubled = any(offer.repeats or offer.name in offer.derived_from for offer in offers)
    if doubled or not all((field.type or "").lower().startswith("list") for field in fields):
        return None
    return Fix(f"add a reducer to {listed(names)}", tuple(AppendLists(field.span) for field in fields))


def _who(pair: Pair, steps: list[str], fields: list[str]) -> str:
    named = listed(fields)
    if pair.first == pair.second:
        return f'concurrent copies of step "{pair.first}" write {named}'
    since = f" after {step_named(pair.fork)}" if pair.fork is not None else ""
    return f"steps {listed(steps)} write {named} concurrently{since}"


def _outcome(fields: list[str], clash: Outcome) -> str:
    has = f"{listed(fields)} has no" if len(fields) == 1 else "none of them has a"
    if clash is Outcome.FAILS:
        return f", but {has} reducer: the run fails; add a reducer or write separate fields"
    return ", and no reducer merges the values: the last write wins; write separate fields"
