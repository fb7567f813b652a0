"""What to do about an edge: the sentence to write down once, or what to watch and how to step in."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from wflint.analyses.facts import Facts
from wflint.analyses.labels.coordination import Costs, labels_of
from wflint.analyses.labels.cost import TradeOff, needs_judge
from wflint.analyses.labels.edge_context import Arrival, EdgeContext, is_mid_work
from wflint.analyses.labels.effort import has_code, is_human, is_model
from wflint.analyses.labels.handover import is_coded, is_decided_by_model, works_with_tools
from wflint.analyses.labels.labelling import Labelling
from wflint.analyses.plan.concerns import Concern, ConcernKind, concerns, named
from wflint.analyses.plan.quiet import why_nothing
from wflint.analyses.plan.response import Action, Instruction, Intervention, JsonSchema, Place, Site, Watch
from wflint.model.contract import Origin
from wflint.model.finding import Coordination, EdgeLabel
from wflint.model.workflow import START, Edge, Exchange, Step, StepKind

MOST_RERUNS = 2
"""Runs of the upstream step that are worth trying again before something else is tried."""
_RERUNS = frozenset({Site.ANSWER, Site.GUARD, Site.CALLER, Site.ROUTER, Site.PICK})
"""Places where a model can be asked again."""
VARYING = frozenset({Origin.MODEL_TEXT, Origin.MODEL_FORM, Origin.PARSED_TEXT, Origin.LOOKUP, Origin.OUTSIDE})
"""Kinds of work that come to something else on every run."""
MOST_SENTENCES = 2
"""A plan is read on every run; what does not fit in two sentences is better mended in the contract."""


class EdgePlan(Struct, frozen=True):
    """What to do about one edge, and what the choice was reckoned from."""

    edge: Edge
    label: EdgeLabel
    costs: TradeOff
    response: Instruction | Watch

    @property
    def checkable(self) -> bool:
        """Whether the edge is to be watched, and a check is left that would help."""
        return isinstance(self.response, Watch) and self.response.budget > 0


def plans_of(facts: Facts, labelling: Labelling) -> tuple[EdgePlan, ...]:
    """A plan for every edge of a workflow, in declared order."""
    around = facts.edge_context
    labels, costs = labels_of(around, facts.impact, labelling), Costs.of(facts.workflow, facts.impact, labelling)
    reckoned = ((edge, label, costs.about(edge)) for edge, label in labels.items())
    return tuple(EdgePlan(edge, label, cost, _response(edge, label, around, cost)) for edge, label, cost in reckoned)


def _response(edge: Edge, label: EdgeLabel, around: EdgeContext, costs: TradeOff) -> Instruction | Watch:
    found = concerns(edge, around)
    if label.label is Coordination.DYNAMIC:
        return _watch(edge, label, around, found, costs)
    return _instruction(edge, around, found)


# --------------------------------------------------------------------------------------------------------- static


def _instruction(edge: Edge, around: EdgeContext, found: tuple[Concern, ...]) -> Instruction:
    """What to write down for one step; what another step has to be told is the next plan's, once this one is done."""
    if not found:
        return Instruction(Place.NOWHERE, "", why_nothing(edge, around))
    first = found[0]
    same = [one for one in found if (one.place, one.step) == (first.place, first.step)][:MOST_SENTENCES]
    text = " ".join(dict.fromkeys(one.text for one in same))
    return Instruction(first.place, text, "; ".join(dict.fromkeys(one.why for one in same)), first.step)


# -------------------------------------------------------------------------------------------------------- dynamic


def _watch(edge: Edge, label: EdgeLabel, around: EdgeContext, found: tuple[Concern, ...], costs: TradeOff) -> Watch:
    first = "; ".join(one.text.rstrip(".") for one in found if one.kind is ConcernKind.NEVER)
    checked = _to_check(found)
    texts = () if checked else tuple(_texts(edge, around)) or tuple(_varying(edge, around))
    writer = around.workflow.step(_writer(edge, checked, texts))
    site = _site(edge, around, writer, checked, texts)
    condition = _condition(edge, checked, texts, around)
    watched = bool(condition)
    return Watch(
        first=first,
        condition=condition or _unchecked(edge, label, around),
        schema=_schema(checked, texts, around),
        question=None if checked else _question(edge, writer, texts, around),
        site=site,
        writer=writer.id if writer is not None else edge.source,
        interventions=tuple(_interventions(site, writer, around.workflow.step(edge.target), costs)) if watched else (),
    )


def _to_check(found: tuple[Concern, ...]) -> list[Concern]:
    """What is to be looked at; a loop that only lasts too long where nothing else is."""
    checked = [one for one in found if one.condition]
    return [one for one in checked if one.kind is not ConcernKind.ROUNDS] or checked


def _texts(edge: Edge, around: EdgeContext) -> Iterator[Arrival]:
    """What the source itself hands over as a text that nobody's code vouches for and that the target needs.

    What was written further up is watched where it is handed over first.
    """
    for arrival in around.passed_on(edge):
        needed = arrival.read is None or arrival.read.need.required
        own = arrival.writer.id == edge.source and not arrival.checks
        if own and needed and _is_text(arrival, around):
            yield arrival


def _varying(edge: Edge, around: EdgeContext) -> Iterator[Arrival]:
    """What else of the source's own differs from run to run, under a name: it may be there and hold nothing.

    A conversation is never empty.
    """
    for arrival in around.passed_on(edge):
        own = arrival.writer.id == edge.source and arrival.read is not None
        can_be_empty = _filled(arrival, around) and not _is_conversation(arrival, around)
        if own and can_be_empty and VARYING & {*arrival.offer.origins}:
            yield arrival


def _filled(arrival: Arrival, around: EdgeContext) -> JsonSchema:
    """What values of the declared type have that are not empty; nothing where none can be, or may be on purpose."""
    declared = around.type_of(arrival.offer)
    if "None" in (declared or ""):
        return {}
    kinds = [part.strip().split("[")[0].lower() for part in (declared or "str").split("|")]
    return next((dict(_FILLED[kind]) for kind in kinds if kind in _FILLED), {})


_FILLED: Mapping[str, JsonSchema] = {
    "str": {"type": "string", "minLength": 1},
    "list": {"type": "array", "minItems": 1},
    "sequence": {"type": "array", "minItems": 1},
    "dict": {"type": "object", "minProperties": 1},
    "any": {"not": {"type": "null"}},
}


def _is_conversation(arrival: Arrival, around: EdgeContext) -> bool:
    declared = around.type_of(arrival.offer) or ""
    return "Message" in declared or arrival.offer.name.endswith("messages")


def _is_text(arrival: Arrival, around: EdgeContext) -> bool:
    """Whether a value is known to be what a model or a person wrote as it liked."""
    writer = arrival.writer
    free = arrival.offer.from_model or is_human(writer) or (is_model(writer) and not has_code(writer))
    declared = around.type_of(arrival.offer)
    return free and (declared is None or "str" in (part.strip() for part in declared.split("|")))


def _writer(edge: Edge, checked: Iterable[Concern], texts: Iterable[Arrival]) -> str:
    concerned = next((one.writer for one in checked if one.writer), "")
    return concerned or next((one.writer.id for one in texts), edge.source)


def _is_unseen(edge: Edge, around: EdgeContext) -> bool:
    """Whether code is sent a message that varies from run to run, and does not show what it reads of it."""
    source, target = around.workflow.step(edge.source), around.workflow.step(edge.target)
    varies = source is not None and not _only_picks(source) and (is_model(source) or is_human(source))
    sent = around.workflow.exchange is Exchange.MESSAGES
    return varies and sent and target is not None and target.needs_open and has_code(target)


def _only_picks(step: Step) -> bool:
    """Whether the framework's own selector does no more than say whose turn it is."""
    return step.kind is StepKind.ROUTER and step.definition is None


def _may_find_nothing(edge: Edge, around: EdgeContext) -> bool:
    """Whether a model tells another one what its tools have found, be it nothing."""
    source, target = around.workflow.step(edge.source), around.workflow.step(edge.target)
    if source is None or is_decided_by_model(edge, around) or edge.target in source.tools:
        return False  # where the target is such a tool, the answer comes after it
    finds = works_with_tools(source) or (source.kind is StepKind.SUBWORKFLOW and _brings_finds(edge, around))
    return finds and target is not None and is_model(target)


def _brings_finds(edge: Edge, around: EdgeContext) -> bool:
    """Whether something that was found outside is in what the source itself hands over."""
    own = [one.offer.origins for one in around.passed_on(edge) if one.writer.id == edge.source]
    return any({Origin.LOOKUP, Origin.OUTSIDE} & {*origins} for origins in own)


def _is_picked(edge: Edge, around: EdgeContext) -> bool:
    """Whether a model picks a model or a person to go on, and not only whether to go on."""
    target = around.workflow.step(edge.target)
    if target is None or not is_decided_by_model(edge, around) or is_coded(edge, around):
        return False
    takes = is_model(target) or is_human(target) or (target.kind is StepKind.SUBWORKFLOW and not has_code(target))
    return takes and (is_mid_work(edge) or len(_ways(edge, around)) > 1)


def _goes_round(edge: Edge, around: EdgeContext) -> bool:
    """Whether a model decides no more than whether there is another round."""
    return edge in around.leading_back and is_decided_by_model(edge, around) and len(_ways(edge, around)) == 1


def _ways(edge: Edge, around: EdgeContext) -> set[str]:
    """The steps among which a choice picks."""
    return {each.target for each in around.workflow.index.edges_from(edge.source) if each.choice == edge.choice}


def _condition(edge: Edge, checked: list[Concern], texts: tuple[Arrival, ...], around: EdgeContext) -> str:
    if checked:
        return "; ".join(dict.fromkeys(one.condition for one in checked))
    if texts:
        return "; ".join(f"`{name}` is not empty" for name in dict.fromkeys(one.offer.name for one in texts))
    if _is_unseen(edge, around):
        return f"what `{edge.source}` hands over is not empty (`{edge.target}` does not show what it reads)"
    if _may_find_nothing(edge, around):
        return f"the answer of `{edge.source}` says what its tools have found"
    if _is_picked(edge, around):
        return f"what is asked for is the work of `{edge.target}`, and all that it needs for it is said"
    if _goes_round(edge, around):
        return f"what is asked for is not done yet, so that another round from `{edge.target}` on is needed"
    return ""


def _unchecked(edge: Edge, label: EdgeLabel, around: EdgeContext) -> str:
    """What there is to do where the source shows nothing to check."""
    why = why_nothing(edge, around)
    if not label.mismatches:
        return f"nothing is left to check: {_made_before(edge, around) or why}"
    seen = f"{label.mismatches} of {label.executions} recorded executions did not fit"
    return f"{seen}: look at them, for the source shows no cause ({why})"


def _made_before(edge: Edge, around: EdgeContext) -> str:
    """Where to look at what differs from run to run, if that is none of the source's own work; empty otherwise."""
    passed = [one for one in around.passed_on(edge) if VARYING & {*one.offer.origins}]
    if not passed or any(one.writer.id == edge.source for one in passed):
        return ""
    first = passed[0]
    return f"`{first.offer.name}` is to be looked at where `{first.writer.id}` hands it over first"


def _schema(checked: list[Concern], texts: tuple[Arrival, ...], around: EdgeContext) -> JsonSchema:
    """The condition for programs; several concerns hold all together."""
    schemas = [one.schema for one in checked]
    if texts:
        fields: JsonSchema = {one.offer.name: _filled(one, around) for one in texts}
        schemas = [{"type": "object", "properties": fields}]
    if len(schemas) > 1:
        return {"allOf": schemas}
    return schemas[0] if schemas else {}


def _question(edge: Edge, writer: Step | None, texts: tuple[Arrival, ...], around: EdgeContext) -> str | None:
    """What to ask a model about a text that no schema can judge."""
    target = around.workflow.step(edge.target)
    if not texts and _may_find_nothing(edge, around):
        return f"Does the answer of `{edge.source}` say what was found, and not that nothing was? Answer yes, or no."
    if not texts and not _is_unseen(edge, around):
        asked = _question_of_way(edge, around)
        if asked is not None:
            return asked
    said = bool(texts) or (_is_unseen(edge, around) and writer is not None and is_model(writer))
    if not said or writer is None or not needs_judge(writer, target):
        return None
    what = f" ({named(one.offer.name for one in texts)})" if texts else ""
    return (
        f"Does what `{writer.id}` wrote{what} hold what `{edge.target}` needs, complete and in a form it can use? "
        "Answer yes, or no with what is missing."
    )


def _question_of_way(edge: Edge, around: EdgeContext) -> str | None:
    """What to ask a model about another one's decision who goes on."""
    if _is_picked(edge, around):
        return (
            f"Is what is asked for the work of `{edge.target}`, and is all said that it needs for it? "
            "Answer yes, or no with who should go on or what is missing."
        )
    if _goes_round(edge, around):
        return "Is what was asked for not done yet, so that another round is needed? Answer yes, or no."
    return None


def _site(
    edge: Edge, around: EdgeContext, writer: Step | None, checked: list[Concern], texts: tuple[Arrival, ...]
) -> Site:
    """A place that there is and that only this edge's work passes."""
    target = around.workflow.step(edge.target)
    if any(one.kind is ConcernKind.ROUNDS for one in checked):
        return Site.ROUNDS
    if not checked and not texts and not _is_unseen(edge, around):
        if _is_picked(edge, around):
            return Site.PICK
        if _goes_round(edge, around):
            return Site.ROUNDS
    if any(one.kind is ConcernKind.ROUTE for one in checked):
        return Site.ROUTER
    if around.workflow.is_imperative:
        return Site.CALLER
    unset = any(one.kind in (ConcernKind.UNSET, ConcernKind.BLANK) for one in checked)
    if writer is not None and is_model(writer) and not unset:
        return Site.ANSWER if has_code(writer) else Site.GUARD
    return Site.READER if has_code(target) else Site.BETWEEN


def _interventions(site: Site, writer: Step | None, target: Step | None, costs: TradeOff) -> Iterator[Intervention]:
    """A person is asked again, not run again; code that gives the same answer twice is not run twice."""
    if writer is not None and is_human(writer):
        yield Intervention(Action.ASK, 1, Site.ANSWER)
        return
    if site in _RERUNS and writer is not None and writer.id != START:
        worth = math.floor(costs.loss / costs.intervening) if costs.intervening > 0 else MOST_RERUNS
        yield Intervention(Action.RERUN, min(max(worth, 1), MOST_RERUNS), site)
    yield Intervention(Action.ADAPT, 1, site)
    yield Intervention(Action.ASK, 1, _asking_site(site, target))


def _asking_site(site: Site, target: Step | None) -> Site:
    """Where a run can stop for a person."""
    if site is Site.CALLER:
        return site
    return Site.READER if has_code(target) else Site.BETWEEN
