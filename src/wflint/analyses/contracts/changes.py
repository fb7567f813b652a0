"""What a change of contracts means to each consumer.

A field can only break somebody who needs it. Whoever reads a field is judged by whether it still arrives, in the form
that the reader uses; what nobody needs may come and go.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum

from msgspec import Struct

from wflint.analyses.contracts.supply import Arrival, ConsumerName, Supply, supplies
from wflint.analyses.facts import Facts
from wflint.analyses.wording import listed, step_named
from wflint.model.contract import Part
from wflint.model.patterns import pattern
from wflint.model.span import Span
from wflint.model.workflow import Aspect, Workflow


class Verdict(StrEnum):
    """What a change does, the worst first."""

    BREAKING = "breaking"
    """Somebody no longer gets what they cannot do without."""
    RISKY = "risky"
    """Somebody gets it in another form, or not on every way."""
    SAFE = "safe"
    """Nobody is worse off."""

    @property
    def rank(self) -> int:
        """0 for the worst."""
        return list(Verdict).index(self)


class Change(Struct, frozen=True):
    """A change of a contract; `span` is a place in the newer version where there is one.

    `consumer` is who is concerned and `field` what about, both empty where a whole workflow is.
    """

    verdict: Verdict
    workflow: str
    text: str
    span: Span | None
    consumer: str = ""
    field: str = ""


def changes(before: Iterable[Facts], after: Iterable[Facts]) -> tuple[Change, ...]:
    """All changes between the workflows of two versions, the worst first, then by workflow."""
    old = {facts.workflow.id: facts for facts in before}
    new = {facts.workflow.id: facts for facts in after}
    pairs = _paired([facts.workflow for facts in old.values()], [facts.workflow for facts in new.values()])
    found = [change for one, other in pairs for change in _between(old[one], new[other])]
    found += _gone(old, {one for one, _ in pairs})
    found += _come(new, {other for _, other in pairs})
    return tuple(sorted(found, key=lambda change: (change.verdict.rank, change.workflow, change.consumer, change.text)))


def _paired(before: list[Workflow], after: list[Workflow]) -> tuple[tuple[str, str], ...]:
    """Ids of one workflow in both: the same, or else those that alone have a name in a framework, as moved ones do."""
    same = {flow.id for flow in before} & {flow.id for flow in after}
    pairs = [(name, name) for name in sorted(same)]
    names: dict[tuple[str, str], tuple[list[str], list[str]]] = {}
    for side, flows in enumerate((before, after)):
        for flow in flows:
            if flow.id not in same:
                names.setdefault((flow.name, flow.framework), ([], []))[side].append(flow.id)
    return (*pairs, *((old[0], new[0]) for old, new in names.values() if len(old) == len(new) == 1))


def _gone(before: Mapping[str, Facts], known: set[str]) -> Iterator[Change]:
    for name, facts in before.items():
        if name not in known:
            is_used = facts.workflow.externally_callable or bool(facts.workflow.invocations)
            yield Change(Verdict.RISKY if is_used else Verdict.SAFE, name, "the workflow is gone", None)


def _come(after: Mapping[str, Facts], known: set[str]) -> Iterator[Change]:
    for name, facts in after.items():
        if name not in known:
            yield Change(Verdict.SAFE, name, "the workflow is new", facts.workflow.span)


def _between(before: Facts, after: Facts) -> Iterator[Change]:
    old, new = supplies(before), supplies(after)
    judged: set[str] = set()
    for name, supply in new.items():
        change = _judged(name, old.get(name), supply, before, after)
        if change is not None:
            judged.add(name.field)
            yield change
    needed = {name.field for name in new} | judged
    yield from _unneeded(before.workflow, after.workflow, needed)
    yield from _relieved(after.workflow, old, new)


def _judged(name: ConsumerName, old: Supply | None, new: Supply, before: Facts, after: Facts) -> Change | None:
    """What has become of a consumer's supply; None where that is as it was."""
    workflow = after.workflow
    found = _arrived(name, old, new, before.workflow, workflow)
    if found is None and old is not None:
        found = _formed(name, old, new)
    if found is None:
        return None
    verdict, text = found
    if verdict is Verdict.BREAKING and _is_open(workflow):
        verdict, text = Verdict.RISKY, f"{text} (the workflow is only partly known)"
    return Change(verdict, workflow.id, text, new.span, name.reader, name.field)


def _is_open(workflow: Workflow) -> bool:
    return any(item.aspect in (Aspect.STEPS, Aspect.EDGES) for item in workflow.unresolved)


def _arrived(
    name: ConsumerName, old: Supply | None, new: Supply, before: Workflow, after: Workflow
) -> tuple[Verdict, str] | None:
    """A change of whether the field gets there."""
    claim = f'{name.reader} {"needs" if new.is_required else "uses"} "{name.field}"'
    if old is None:
        return _begun(claim, new)
    if new.arrival == old.arrival:
        if new.is_required and not old.is_required and new.arrival is not Arrival.ALWAYS:
            return _worst(new), f"{claim}, which it did without before and {_STATES[new.arrival]}"
        return None
    if new.arrival < old.arrival:
        return Verdict.SAFE, f"{claim}, which now arrives"
    lost = [step for step in old.producers if step not in new.producers]
    gone = f", and {listed(lost)} no longer {'offers' if len(lost) == 1 else 'offer'} it" if lost else ""
    return _worst(new), f"{claim}, which {_STATES[new.arrival]}{gone}{_instead(lost, name.field, before, after)}"


_STATES: Mapping[Arrival, str] = {
    Arrival.ALWAYS: "arrives",
    Arrival.UNSEEN: "nothing in sight writes any more",
    Arrival.SOMETIMES: "is no longer set on every path",
    Arrival.BY_CALLER: "no step writes any more, so that every caller must pass it",
    Arrival.NEVER: "nobody writes any more",
}


def _begun(claim: str, new: Supply) -> tuple[Verdict, str] | None:
    """A consumer that was not there before."""
    match new.arrival:
        case Arrival.NEVER:
            return _worst(new), f"{claim}, which nobody writes"
        case Arrival.BY_CALLER:
            verdict = Verdict.RISKY if new.is_required else Verdict.SAFE
            return verdict, f"{claim}, which no step writes: every caller must pass it"
        case Arrival.SOMETIMES:
            return _worst(new), f"{claim}, which is not set on every path"
        case Arrival.ALWAYS:
            return Verdict.SAFE, f"{claim}, which arrives"
        case Arrival.UNSEEN:
            return None


def _worst(new: Supply) -> Verdict:
    match new.arrival:
        case Arrival.NEVER | Arrival.BY_CALLER:
            return Verdict.BREAKING if new.is_required else Verdict.RISKY
        case Arrival.SOMETIMES | Arrival.UNSEEN:
            return Verdict.RISKY if new.is_required else Verdict.SAFE
        case Arrival.ALWAYS:
            return Verdict.SAFE


def _instead(lost: list[str], field: str, before: Workflow, after: Workflow) -> str:
    """What the one who offered the field offers now, where that can only be one."""
    steps = [(before.step(name), after.step(name)) for name in lost]
    fresh = {
        offer.name
        for old, new in steps
        if old is not None and new is not None
        for offer in new.offers
        if offer.name not in {each.name for each in old.offers}
    }
    return f'; it offers "{fresh.pop()}" now' if len(fresh) == 1 and field not in fresh else ""


def _formed(name: ConsumerName, old: Supply, new: Supply) -> tuple[Verdict, str] | None:
    """A change of the form in which the field gets there."""
    missing = [part for part in new.parts if _lacks(new, part) and not _lacks(old, part)]
    if missing:
        used = listed(dict.fromkeys(part.name for part in missing))
        has = listed(dict.fromkeys(part for shape in new.shapes for part in shape.parts) or ("nothing",))
        return Verdict.BREAKING, f'{name.reader} uses {used} of "{name.field}", which now only has {has}'
    if _kinds(old) != _kinds(new) and old.types:
        return Verdict.RISKY, f'{name.reader} gets "{name.field}" as {_types(new)}, no longer as {_types(old)}'
    if old.is_checked and not new.is_checked and new.producers:
        return Verdict.RISKY, f'{name.reader} gets "{name.field}", whose form nobody checks any more'
    return None


def _lacks(supply: Supply, part: Part) -> bool:
    return any(shape.lacks(part) for shape in supply.shapes)


_GENERICS = pattern(r"\b(Dict|List|Set|FrozenSet|Tuple|Type)\b")
_OPTIONAL = pattern(r"\bOptional\[(.*)\]")
_ANYTHING = pattern(r"\[(?:str, )?Any\]")


def _kinds(supply: Supply) -> frozenset[str]:
    """The types, however they are spelt: `Dict[str, Any]` is `dict`."""
    plain = (_GENERICS.sub(lambda found: found.group().lower(), each) for each in supply.types)
    return frozenset(_ANYTHING.sub("", _OPTIONAL.sub(r"\1 | None", each)) for each in plain)


def _types(supply: Supply) -> str:
    return " or ".join(supply.types) or "a value of no declared type"


def _unneeded(before: Workflow, after: Workflow, needed: set[str]) -> Iterator[Change]:
    """Offers that come and go without anybody who needs them."""
    for step in after.steps:
        old = before.step(step.id)
        offered = {offer.name for offer in step.offers}
        known = {offer.name for offer in old.offers} if old is not None else set()
        for name in sorted(offered - known) if old is not None else ():
            yield Change(Verdict.SAFE, after.id, f'{step_named(step.id)} also offers "{name}"', step.span, field=name)
        for name in sorted(known - offered - needed):
            text = f'{step_named(step.id)} no longer offers "{name}", which nothing needs'
            yield Change(Verdict.SAFE, after.id, text, step.span, field=name)


def _relieved(
    after: Workflow, old: Mapping[ConsumerName, Supply], new: Mapping[ConsumerName, Supply]
) -> Iterator[Change]:
    """Needs that are gone."""
    for name in old:
        if name not in new:
            text = f'{name.reader} no longer needs "{name.field}"'
            yield Change(Verdict.SAFE, after.id, text, None, name.reader, name.field)
