"""What to do about an edge: the sentence to write down once, or what to watch and how to step in."""

from __future__ import annotations

import math
from collections.abc import Iterator
from enum import StrEnum

from msgspec import Struct

from wflint.analyses.facts import Facts
from wflint.analyses.labels.coordination import Costs, labels_of
from wflint.analyses.labels.cost import TradeOff, is_prompted, needs_judge
from wflint.analyses.labels.edge_context import EdgeContext
from wflint.analyses.labels.effort import is_human, is_model
from wflint.analyses.labels.labelling import Labelling
from wflint.analyses.plan.instructions import instructions, named, never_there
from wflint.analyses.plan.type_schema import JsonSchema, schema_of
from wflint.model.finding import Coordination, EdgeLabel
from wflint.model.workflow import START, Edge, Step, StepKind

MOST_RERUNS = 2
"""Runs of the upstream step that are worth trying again before something else is tried."""


class Place(StrEnum):
    """Where a static plan is written down."""

    PROMPT = "prompt"
    """In the prompt of the downstream step, which a model reads on every run."""
    CODE = "code"
    """In the code of the downstream step."""
    NOWHERE = "nowhere"
    """There is nothing to write down."""


class Action(StrEnum):
    """A way to step in when what arrives does not fit."""

    RERUN = "rerun"
    """Run the upstream step again, telling it what was wrong."""
    ADAPT = "adapt"
    """Let the downstream step go on with what there is, and mark what it had to infer."""
    ASK = "ask"
    """Stop and ask a person."""


class Instruction(Struct, frozen=True):
    """A static plan: a sentence or two, empty where there is nothing to say."""

    place: Place
    text: str


class Intervention(Struct, frozen=True):
    """One way to step in, at most `times` times a run, the next one after that."""

    action: Action
    times: int


class Watch(Struct, frozen=True):
    """A dynamic plan: what to check before the target runs, and what to do when it does not hold.

    `condition` says in words what `schema` says to programs; `question` is for a model judge, None where a schema
    check is enough. `interventions` are in the order to try; `budget` bounds them all together, per run. `first` says
    what has to be mended in the source, because no watching brings it about; empty where there is nothing.
    """

    first: str
    condition: str
    schema: JsonSchema
    question: str | None
    interventions: tuple[Intervention, ...]

    @property
    def budget(self) -> int:
        return sum(item.times for item in self.interventions)


class EdgePlan(Struct, frozen=True):
    """What to do about one edge, and what the choice was reckoned from."""

    edge: Edge
    label: EdgeLabel
    costs: TradeOff
    response: Instruction | Watch


def plans_of(facts: Facts, labelling: Labelling) -> tuple[EdgePlan, ...]:
    """A plan for every edge of a workflow, in declared order."""
    around = facts.edge_context
    labels, costs = labels_of(around, facts.impact, labelling), Costs.of(facts.workflow, facts.impact, labelling)
    reckoned = ((edge, label, costs.about(edge)) for edge, label in labels.items())
    return tuple(EdgePlan(edge, label, cost, _response(edge, label, around, cost)) for edge, label, cost in reckoned)


def _response(edge: Edge, label: EdgeLabel, around: EdgeContext, costs: TradeOff) -> Instruction | Watch:
    source, target = around.workflow.step(edge.source), around.workflow.step(edge.target)
    if label.label is Coordination.DYNAMIC:
        return _watch(edge, around, source, target, costs)
    place = Place.PROMPT if target is not None and is_prompted(target) else Place.CODE
    text = " ".join(instructions(edge, around))
    return Instruction(place if text else Place.NOWHERE, text)


def _watch(edge: Edge, around: EdgeContext, source: Step | None, target: Step | None, costs: TradeOff) -> Watch:
    schema = _schema(edge, around)
    names = _names(edge, around)
    judged = needs_judge(source, target, around.workflow)
    return Watch(
        first=_first(edge, around),
        condition=_condition(edge, names, schema, around),
        schema=schema,
        question=_question(edge, around) if judged else None,
        interventions=tuple(_interventions(source, costs)),
    )


def _names(edge: Edge, around: EdgeContext) -> tuple[str, ...]:
    """The fields to look at: what this source hands to the target, and what the target may not get at all."""
    handed = [offer.name for offer, _ in around.handed_on(edge)]
    missing = [gap.read.need.name for gap in around.gaps_on(edge)]
    named = tuple(dict.fromkeys((*handed, *missing)))
    return named or tuple(need.name for need in around.wanted_on(edge))


def _types(edge: Edge, around: EdgeContext) -> dict[str, str | None]:
    """The types of the fields to look at, as whoever declares them first has it: offer, own schema, state."""
    types = {offer.name: around.type_of(offer) for offer, _ in around.handed_on(edge)}
    target = around.workflow.step(edge.target)
    for schema in (target.own_schema if target is not None else None, around.workflow.state):
        for field in schema.fields if schema is not None else ():
            types[field.name] = types.get(field.name) or field.type
    return types


def _schema(edge: Edge, around: EdgeContext) -> JsonSchema:
    names, types = _names(edge, around), _types(edge, around)
    required = {need.name for need in around.wanted_on(edge) if need.required}
    return {
        "type": "object",
        "required": [name for name in names if name in required],
        "properties": {name: schema_of(types.get(name)) for name in names},
    }


def _first(edge: Edge, around: EdgeContext) -> str:
    """What never arrives, however often anybody runs again."""
    never = list(never_there(edge, around))
    return f"{named(never)} never gets to `{edge.target}`: hand it over, or do without it" if never else ""


def _condition(edge: Edge, names: tuple[str, ...], schema: JsonSchema, around: EdgeContext) -> str:
    """The schema in words."""
    if not names:
        return f"whatever reaches `{edge.target}` is not empty (its code does not show what it reads)"
    types, required = _types(edge, around), schema["required"]
    assert isinstance(required, list)
    return "; ".join(_about(name, types.get(name), required=name in required) for name in names)


def _about(name: str, type_name: str | None, *, required: bool) -> str:
    if required:
        return f"`{name}` is there" + (f" and is {type_name}" if type_name else "")
    return f"`{name}`, where it is there, is {type_name or 'as needed'}"


def _question(edge: Edge, around: EdgeContext) -> str:
    names = [offer.name for offer, _ in around.handed_on(edge)]
    what = f" ({named(names)})" if names else ""
    return (
        f"Does what `{edge.source}` wrote{what} hold what `{edge.target}` needs, complete and in a form it can use? "
        "Answer yes, or no with what is missing."
    )


def _interventions(source: Step | None, costs: TradeOff) -> Iterator[Intervention]:
    """A person is asked again, not run again; code that gives the same answer twice is not run twice."""
    if source is None or source.id == START or is_human(source):
        yield Intervention(Action.ASK, 1)
        return
    if is_model(source) or source.kind in (StepKind.TOOL, StepKind.SUBWORKFLOW):
        worth = math.floor(costs.loss / costs.intervening) if costs.intervening > 0 else MOST_RERUNS
        yield Intervention(Action.RERUN, min(max(worth, 1), MOST_RERUNS))
    yield Intervention(Action.ADAPT, 1)
    yield Intervention(Action.ASK, 1)
