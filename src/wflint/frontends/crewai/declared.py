"""Flows that are written down as data: `schema: crewai.flow/v1`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec.structs import replace

from wflint.assembly.contracts.effects import certainty
from wflint.assembly.draft import Draft
from wflint.assembly.sequences import elements
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.values import Const, Location, Mapping, Object, Sequence, Value, text_of
from wflint.frontends.crewai.flows import FlowDraft, connect
from wflint.frontends.crewai.methods import Labels, ReadMethod
from wflint.frontends.crewai.parts import is_true
from wflint.frontends.crewai.triggers import Condition, Method, Trigger
from wflint.frontends.crewai.written_flows import DECLARED, DEFINITION
from wflint.model.contract import Field, Need, Offer, Schema
from wflint.model.patterns import pattern
from wflint.model.workflow import Aspect, Exchange, FaultKind, Step, StepKind, UnresolvedName, Workflow

KINDS = {"crew": StepKind.SUBWORKFLOW, "agent": StepKind.AGENT}
"""What an action is; the others are code, or stand for some."""
PLACEHOLDER = pattern(r"\$\{(?P<code>[^}]*)\}")
NAME = pattern(r"\b(?P<root>state|outputs)\.(?P<name>[A-Za-z_]\w*)")
MAYBE = pattern(r"\?|\|\||&&|\bhas\(")
"""Signs that an expression may leave a part of itself out."""
STEP_NAME = pattern(r"[A-Za-z_]\w*", re.ASCII)


def declared_flows(interp: Interpreter, framework: str) -> Iterator[Workflow]:
    """Every flow that a document describes, at the place where it stands."""
    found = {made.site: made for made in interp.objects if made.path == DECLARED}
    for made in found.values():
        definition = made.content.get(DEFINITION)
        if isinstance(definition, Mapping):
            yield _flow(interp, made, definition, framework)


def _flow(interp: Interpreter, made: Object, definition: Mapping, framework: str) -> Workflow:
    flow = FlowDraft(interp, None, Draft(made.name or "flow", framework, made.site.span))
    if definition.content.get("conversational") is not None:
        flow.draft.open("a conversational flow has built-in steps of the framework", flow.draft.span, Aspect.STEPS)
    methods = definition.content.get("methods")
    listed = {str(name): written for name, written in methods.known()} if isinstance(methods, Mapping) else {}
    for name, written in listed.items():
        place = methods.locations.get(name, made.site) if isinstance(methods, Mapping) else made.site
        if isinstance(written, Mapping):
            flow.read[name] = _method(name, written, place, frozenset(listed))
            _refuse(flow, name, written, place, frozenset(listed))
    connect(flow)
    flow.draft.steps.update(_offering(flow))
    return flow.draft.finish(_state(flow, definition, made.site), None, None, (), Exchange.STATE)


def _offering(flow: FlowDraft) -> dict[str, Step]:
    """The steps, each with its result among its offers where another one asks for it."""
    steps = {name: read.step for name, read in flow.read.items()}
    asked = {need.name for step in steps.values() for need in step.needs}
    return {
        name: replace(step, offers=(Offer(name, step.span),)) if name in asked else step for name, step in steps.items()
    }


def _refuse(flow: FlowDraft, name: str, written: Mapping, place: Location, methods: frozenset[str]) -> None:
    """Names that are none, results of methods that are not there, and crews that are given twice or not at all."""
    if not STEP_NAME.fullmatch(name):
        detail = "it has to be an identifier"
        flow.draft.fault(FaultKind.REFUSED, f'the method name "{name}"', place.span, detail=detail)
    action = written.content.get("do")
    for result, required in _named(action, "outputs").items():
        if result not in methods:
            sure = certainty(required)
            flow.draft.unresolved_names.append(UnresolvedName(result, "output", place.span, None, sure, name))
    if isinstance(action, Mapping) and text_of(action.content.get("call")) == "crew":
        given = [key for key in ("with", "from_declaration") if action.content.get(key) not in (None, Const(None))]
        if len(given) != 1 and action.closed:
            detail = "it needs either `from_declaration` or `with`"
            flow.draft.fault(FaultKind.REFUSED, f'the crew of method "{name}"', place.span, detail=detail)


# ------------------------------------------------------------------------------------------------------ methods


def _method(name: str, written: Mapping, place: Location, methods: frozenset[str]) -> ReadMethod:
    action = written.content.get("do")
    kind = text_of(action.content.get("call")) if isinstance(action, Mapping) else None
    feedback = written.content.get("human_feedback")
    emitting = isinstance(feedback, Mapping) and feedback.content.get("emit") not in (None, Const(None))
    emit = feedback.content.get("emit") if isinstance(feedback, Mapping) and emitting else written.content.get("emit")
    routes = emitting or is_true(written.content.get("router"))
    plain = StepKind.ROUTER if routes else KINDS.get(kind or "", StepKind.FUNCTION)
    step = Step(
        name,
        StepKind.HUMAN if isinstance(feedback, Mapping) else plain,
        place.span,
        description=text_of(written.content.get("description")) or "",
        needs=tuple(_needs(action, place, methods)),
        needs_open=kind not in ("expression", "each"),
        offers_open=kind in ("script", "code", "each"),
    )
    labels = Labels()
    labels.declared = tuple(text for entry in elements(emit) if (text := text_of(entry.value)) is not None) or None
    labels.closed = labels.declared is not None
    start, conditions = written.content.get("start"), list(_conditions(written.content.get("listen"), place))
    begins = is_true(start)
    if not begins:
        conditions += [Condition(each.triggers, each.together, labels_only=True) for each in _conditions(start, place)]
    return ReadMethod(Method(None, (), tuple(conditions), begins, name), step, None, labels if routes else None)


def _conditions(value: Value | None, place: Location) -> Iterator[Condition]:
    """The alternatives of a condition: a name, or `and` and `or` of others."""
    if isinstance(value, Mapping):
        both, either = value.content.get("and"), value.content.get("or")
        if isinstance(both, Sequence):
            yield Condition(tuple(_leaves(both, place)), together=True)
        plain = [entry.value for entry in elements(either) if text_of(entry.value) is not None]
        if plain:
            yield Condition(tuple(Trigger(text_of(each), place) for each in plain), together=False)
        for entry in elements(either):
            if isinstance(entry.value, Mapping):
                yield from _conditions(entry.value, place)
    elif (name := text_of(value)) is not None:
        yield Condition((Trigger(name, place),), together=False)


def _leaves(value: Value | None, place: Location) -> Iterator[Trigger]:
    if isinstance(value, Mapping):
        for _, inner in value.known():
            yield from _leaves(inner, place)
    elif isinstance(value, Sequence):
        for entry in elements(value):
            yield from _leaves(entry.value, place)
    elif (name := text_of(value)) is not None:
        yield Trigger(name, place)


# ---------------------------------------------------------------------------------------------------- contracts


def _needs(action: Value | None, place: Location, methods: frozenset[str]) -> Iterator[Need]:
    """The fields of the state, and the results of methods, that expressions name."""
    asked = _named(action, "state")
    asked |= {name: required for name, required in _named(action, "outputs").items() if name in methods}
    yield from (Need(name, place.span, required) for name, required in asked.items())


def _named(action: Value | None, root: str) -> dict[str, bool]:
    """The names under a root in the expressions of an action, each with whether the action fails without it."""
    if not isinstance(action, Mapping):
        return {}
    found: dict[str, bool] = {}
    pieces = [action.content.get(key) for key in ("expr", "in")]
    texts = [text for piece in pieces if (text := text_of(piece)) is not None]
    given = (action.content.get(key) for key in ("with", "inputs"))
    texts += [match["code"] for value in given for text in _texts(value) for match in PLACEHOLDER.finditer(text)]
    for text in texts:
        for match in NAME.finditer(text):
            if match["root"] == root:
                found[match["name"]] = found.get(match["name"], False) or not MAYBE.search(text)
    return found


def _texts(value: Value | None) -> Iterator[str]:
    """Every text in a value, however deep."""
    if isinstance(value, Mapping):
        for _, inner in value.known():
            yield from _texts(inner)
    elif isinstance(value, Sequence):
        for entry in elements(value):
            yield from _texts(entry.value)
    elif (text := text_of(value)) is not None:
        yield text


def _state(flow: FlowDraft, definition: Mapping, place: Location) -> Schema | None:
    """The fields that the state begins with, and the results that methods may ask for."""
    state = definition.content.get("state")
    fields = {"id": Field("id", place.span, "str", preset=True)}
    if isinstance(state, Mapping):
        if text_of(state.content.get("type")) not in (None, "dict"):
            return None
        default = state.content.get("default")
        known = default.known() if isinstance(default, Mapping) else ()
        fields |= {str(name): Field(str(name), place.span, preset=True) for name, _ in known}
    fields |= {name: Field(name, read.step.span) for name, read in flow.read.items() if name not in fields}
    return Schema("state", tuple(fields.values()), place.span, closed=False)
