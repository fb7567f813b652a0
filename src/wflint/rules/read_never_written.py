"""WF101: a field is read that nobody ever sets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from wflint.analyses.data.gaps import Gap, GapKind
from wflint.analyses.data.inputs import channels
from wflint.analyses.data.kept_values import Unset, unset
from wflint.analyses.data.reads import Read, reads_of
from wflint.analyses.data.shown import dict_read_as_object
from wflint.analyses.data.unheard import Unheard, unheard
from wflint.analyses.facts import Facts
from wflint.analyses.prose.addresses import is_in_address
from wflint.analyses.wording import dependents, misspelt, same_words, suggestion
from wflint.model.contract import Need, Schema
from wflint.model.finding import Cause, Confidence, Level, Observation, Persona, Related
from wflint.model.fix import Fix, Respell
from wflint.model.loss import LossKind
from wflint.model.span import Span
from wflint.model.workflow import Exchange, Workflow

MOST_READERS = 2
"""So many further readers are named; more of them are counted."""


def check(workflow: Workflow, facts: Facts) -> Iterator[Observation]:
    """Every read of a field that no step writes and no caller passes."""
    places: dict[tuple[str, Span], list[str]] = {}
    undeclared = [gap for gap in facts.gaps if gap.kind is GapKind.UNDECLARED]
    for gap in undeclared:
        places.setdefault(_place(gap), []).append(gap.read.reader)
    for gap in facts.gaps:
        match gap.kind:
            case GapKind.UNDECLARED if dict_read_as_object(workflow, gap.read) is not None:
                pass  # the type mismatch is told, and whatever is read like that is not there
            case GapKind.UNDECLARED if not _is_for_others(gap, workflow, facts):
                readers = places[_place(gap)]
                if gap.read.reader != readers[0]:
                    continue  # told for the first one that shares the code
                fix = _fix(gap, workflow, facts, channels(workflow).names)
                spelt = misspelt(gap.read.need.name, channels(workflow).names)
                copes = (gap.read.need.asked and spelt is None) or _has_stand_in(gap, workflow)
                otherwise = Level.NOTE if copes else Level.WARNING
                yield _observation(gap, _undeclared(gap, readers[1:], workflow, facts), _level(gap, otherwise), fix)
            case GapKind.NEVER:
                written = {offer.name for step in workflow.steps for offer in step.offers}
                fix = _fix(gap, workflow, facts, written)
                yield _observation(gap, _never(gap, workflow, facts), _never_level(gap, facts), fix)
            case GapKind.UNSET:
                yield _observation(gap, _unset(gap, facts), Level.ERROR, None)
            case GapKind.CALLER if gap.read.need.required and not gap.read.demanded_by and not _is_likely(gap, facts):
                yield _input(gap, _spelt_elsewhere(gap.read, workflow))
            case _:
                pass
    reached = facts.reachability.reached
    yield from (_not_kept(one) for one in unset(workflow) if one.step in reached)
    yield from (_nothing_there(one) for one in unheard(workflow, facts.program, facts.inputs) if one.step.id in reached)
    losses = (loss for loss in workflow.losses if loss.kind is LossKind.UNPASSED)
    yield from (loss.observation for loss in losses if loss.is_at(reached))


def _nothing_there(found: Unheard) -> Observation:
    step, need = found.step, found.need
    return Observation(
        message=f'step "{step.id}" goes by "{need.name}" alone, which is empty whenever it is asked: no step before it '
        "writes it and no call of the workflow passes it; write there what it is to work on",
        span=step.span,
        key=(step.id, need.name),
        related=(Related(need.span, f'"{need.name}" is read here'),) if need.span != step.span else (),
        level=Level.WARNING,
        step=step.id,
    )


def _has_stand_in(gap: Gap, workflow: Workflow) -> bool:
    """Whether code takes a field that there is where this one is empty, or looks the same name up elsewhere."""
    declared = channels(workflow).names if gap.schema is None else gap.schema.names
    return gap.read.need.elsewhere or any(name in declared for name in gap.read.need.stand_ins)


def _not_kept(found: Unset) -> Observation:
    key = found.asked.key or ""
    meant = suggestion(key, found.unread)
    last = f'; "{found.unread[0]}" is set, and nobody asks for it' if len(found.unread) == 1 else "; set it before"
    return Observation(
        message=f'step "{found.step}" asks the run for "{key}", which no step sets{meant or last}',
        span=found.asked.span,
        key=(found.step, key),
        level=Level.ERROR if found.asked.fails and found.asked.certain else Level.WARNING,
        step=found.step,
    )


def _is_for_others(gap: Gap, workflow: Workflow, facts: Facts) -> bool:
    """Whether code that copes without the field serves another workflow, too, which has it."""
    need = gap.read.need
    return not need.required and any(
        other.id != workflow.id and need.name in channels(other).names and _reads_there(other, need)
        for other in facts.program.workflows
    )


def _reads_there(workflow: Workflow, need: Need) -> bool:
    return any(read.need.name == need.name and read.need.span == need.span for read in reads_of(workflow))


def _observation(gap: Gap, message: str, level: Level, fix: Fix | None) -> Observation:
    return Observation(
        message=message,
        span=gap.read.need.span,
        key=(gap.read.reader, gap.read.need.name),
        related=tuple(Related(call.span, f'this call does not pass "{gap.read.need.name}"') for call in gap.calls),
        level=level,
        step=gap.read.step,
        fix=fix,
    )


def _fix(gap: Gap, workflow: Workflow, facts: Facts, known: Iterable[str]) -> Fix | None:
    """The right name, where the reader does not look at that field as well and no other one may be meant."""
    name, match = gap.read.need.name, facts.meant_by(gap)
    shown = known if gap.schema is None else gap.schema.names
    meant = misspelt(name, shown)
    beside = {read.need.name for read in reads_of(workflow) if read.reader == gap.read.reader}
    if meant is None or meant in beside or (match is not None and match.source.offer.name != meant):
        return None
    return Fix(f'read "{meant}"', (Respell(gap.read.need.span, name, meant),), safe=True)


def _place(gap: Gap) -> tuple[str, Span]:
    return gap.read.need.name, gap.read.need.span


def _undeclared(gap: Gap, others: list[str], workflow: Workflow, facts: Facts) -> str:
    if gap.schema is not None:
        return _not_shown(gap, gap.schema, workflow, facts)
    state = workflow.state.name if workflow.state is not None else "the state"
    known = channels(workflow).names
    advice = _meant(gap, facts, known) or "; declare it and set it in a step or a call"
    touched = dependents(facts.impact, gap.read.step)
    shared = f" (as {_others(others)})" if others else ""
    return f"{gap.read.claim}{shared}, which {state} does not declare, so it is never set{touched}{advice}"


def _others(readers: list[str]) -> str:
    if len(readers) > MOST_READERS:
        return f"do {len(readers)} more"
    return f"{'does' if len(readers) == 1 else 'do'} {' and '.join(readers)}"


def _not_shown(gap: Gap, shown: Schema, workflow: Workflow, facts: Facts) -> str:
    """The reader is given something that has no such field."""
    name = gap.read.need.name
    written = workflow.state is not None and workflow.state.field(name) is not None
    advice = (
        f"; declare it in {shown.name}" if written else suggestion(name, shown.names) or f"; declare it in {shown.name}"
    )
    touched = dependents(facts.impact, gap.read.step)
    return f"{gap.read.claim}, but it is given {shown.name}, which has no such field{touched}{advice}"


def _never(gap: Gap, workflow: Workflow, facts: Facts) -> str:
    written = {offer.name for step in workflow.steps for offer in step.offers}
    if gap.calls:
        reason = "no step writes it and no call of the workflow passes it"
    elif workflow.exchange is Exchange.MESSAGES:
        reason = "no step passes it on, and call arguments reach only the first steps"
    elif workflow.inputs is not None:
        reason = f"no step writes it and the input schema {workflow.inputs.name} excludes it"
    else:
        reason = "no step writes it and the enclosing workflow has no such field"
    advice = _meant(gap, facts, written) or "; write it upstream or pass it in"
    return f"{gap.read.claim}, but {reason}{dependents(facts.impact, gap.read.step)}{advice}"


def _unset(gap: Gap, facts: Facts) -> str:
    """The reader takes a part of what is None for certain."""
    nobody = f"{gap.read.claim}, but no step writes it and no call of the workflow passes it"
    touched = dependents(facts.impact, gap.read.step)
    return (
        f'{nobody}: it is None, which has no "{gap.read.need.parts[0].name}"{touched}; write it upstream or pass it in'
    )


def _is_likely(gap: Gap, facts: Facts) -> bool:
    match = facts.meant_by(gap)
    return match is not None and match.is_likely and not match.is_read_before


def _meant(gap: Gap, facts: Facts, known: Iterable[str]) -> str:
    """The output under another name that is meant, as far as names and meanings tell; or nothing."""
    match = facts.meant_by(gap)
    spelt = suggestion(gap.read.need.name, known)
    if match is None or (spelt and not match.is_likely):
        return spelt
    if match.source.told is not None:
        told = f'; step "{match.source.step}" is told to answer with "{match.source.offer.name}"'
        return f"{told}: write that to the state" if match.is_likely else spelt
    probably = "probably the same" if match.is_likely else "and nobody reads it: perhaps the same"
    return f'; step "{match.source.step}" offers "{match.source.offer.name}", {probably}'


def _level(gap: Gap, otherwise: Level) -> Level:
    return Level.ERROR if gap.read.crashes else otherwise


def _never_level(gap: Gap, facts: Facts) -> Level:
    """Somebody may yet run a nested workflow on its own, and an optional read may well be for other callers."""
    if not gap.read.need.required:
        return Level.NOTE
    proven = (
        bool(gap.calls)
        or facts.workflow.exchange is Exchange.MESSAGES
        or gap.read.need.name not in facts.inputs.accepted
    )
    return _level(gap, Level.WARNING) if proven else Level.WARNING


def _spelt_elsewhere(read: Read, workflow: Workflow) -> str | None:
    """The name that other steps have for a field of an undeclared state, where this one certainly misspells it."""
    if workflow.state is not None and workflow.state.closed:
        return None
    others = [one.need.name for one in reads_of(workflow) if one.reader != read.reader]
    meant = misspelt(read.need.name, others)
    alone = others.count(read.need.name) == 0
    return meant if meant is not None and alone and not same_words(read.need.name, meant) else None


def _input(gap: Gap, spelt: str | None) -> Observation:
    name, in_address = gap.read.need.name, is_in_address(gap.read.need)
    message = f'{gap.read.reader} reads "{name}", which no step writes: every caller must pass it'
    if spelt:
        message += f'; others read "{spelt}": did you mean that?'
    elif in_address:
        message += "; it stands in an address: if that is a pattern, write it without braces"
    return Observation(
        message=message,
        span=gap.read.need.span,
        key=(gap.read.reader, name),
        level=Level.WARNING if spelt else Level.NOTE,
        confidence=Confidence.MEDIUM,
        persona=Persona.REGULAR if spelt or in_address else Persona.AUDITOR,
        step=gap.read.step,
        fix=Fix(f'read "{spelt}"', (Respell(gap.read.need.span, name, spelt),)) if spelt else None,
        cause=Cause("two spellings", tuple(sorted((name, spelt)))) if spelt else None,
    )
