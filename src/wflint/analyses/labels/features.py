"""What speaks for and against an edge: named features of the source, with weights in one table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from wflint.analyses.data.gaps import Gap, GapKind
from wflint.analyses.labels.edge_context import Arrival, EdgeContext, is_mid_work
from wflint.analyses.labels.effort import has_code, is_free_text, is_human, is_model, is_shaped
from wflint.analyses.labels.handover import decided_by, handovers, is_code, is_coded, is_decided_by_model
from wflint.analyses.labels.material import material_of
from wflint.analyses.labels.weights import OPPOSITES, WEIGHTS, Feature
from wflint.model.contract import Certainty, CheckKind, Need, Offer, Origin, Payload, TypedInput
from wflint.model.finding import Reason
from wflint.model.workflow import END, START, Edge, EdgeKind, Exchange, Step, StepKind

MANY_SOURCES = 3
"""From so many sources on, a fan-in is long."""
ONE_AT_A_TIME = frozenset({EdgeKind.CONDITIONAL, EdgeKind.HANDOFF})
"""Edges of which the others into a target say nothing: when one is taken, they are not."""


SAID: Final[Mapping[Origin, tuple[Feature, str]]] = {
    Origin.MODEL_TEXT: (Feature.MODEL_OUTPUT, "model-generated text"),
    Origin.MODEL_FORM: (Feature.MODEL_OUTPUT, "a model's answer"),
    Origin.PARSED_TEXT: (Feature.PARSED_TEXT, "what code takes out of model-generated text"),
    Origin.LOOKUP: (Feature.OUTSIDE, "what a search or a retrieval finds"),
    Origin.OUTSIDE: (Feature.OUTSIDE, "what comes from outside: a tool, a service, a file"),
    Origin.PERSON: (Feature.HUMAN, "human-written text"),
}
"""What is said of each kind of work but plain code."""
UNTYPED: Final = frozenset({None, "Any", "object"})
"""Types that say nothing."""
UNJUDGED = frozenset({Feature.CALLERS_CONTRACT, Feature.CONTROL_ONLY})
"""Features of edges that there is nothing to judge about: they are static, and no figure counts them."""


def score(edge: Edge, around: EdgeContext) -> float:
    """The log-odds of a mismatch, as the weights have them."""
    return sum(reason.weight for reason in reasons(edge, around))


def is_judged(found: tuple[Reason, ...]) -> bool:
    """Whether an edge with these reasons hands over something that may fail to fit."""
    return not any(reason.feature in UNJUDGED for reason in found)


def reasons(edge: Edge, around: EdgeContext) -> tuple[Reason, ...]:
    """Every feature of the edge, each once and none beside its opposite, with its weight, the heaviest first."""
    found: dict[Feature, str] = {}
    for feature, text in _features(edge, around):
        found.setdefault(feature, text)
    held = {feature: text for feature, text in found.items() if not OPPOSITES.get(feature, frozenset()) & found.keys()}
    weighed = [Reason(feature.value, text, WEIGHTS[feature]) for feature, text in held.items()]
    return tuple(sorted(weighed, key=lambda reason: (-abs(reason.weight), reason.feature)))


def _features(edge: Edge, around: EdgeContext) -> Iterator[tuple[Feature, str]]:
    source, target = around.workflow.step(edge.source), around.workflow.step(edge.target)
    yield Feature.BASE, "every edge may fail"
    if edge.source == START and not _is_broken_by_caller(edge, around):
        yield Feature.CALLERS_CONTRACT, "what the target reads comes from whoever starts the run"
        return
    if not _hands_over(edge, around, target):
        yield Feature.CONTROL_ONLY, _nothing(edge, around)
        yield from _of_loops(edge, around)
        return
    yield from _of_need(edge, around, target)
    if source is None or target is None:
        return
    passed = around.passed_on(edge)
    writers = tuple({one.writer.id: one.writer for one in passed}.values()) or _unnamed(edge, around, source, target)
    if edge.calls and source not in writers:
        writers = (*writers, source)
    if not writers and around.reads_into(edge.target):
        yield Feature.CALLER_INPUT, "the target reads input from the caller"
    origins = {writer.id: _origins(edge, writer, passed) for writer in writers}
    kinds = set().union(*origins.values())
    yield from _of_writers(writers, origins, source)
    if _is_plain(writers, kinds):
        others = _others_work(passed, around)
        if others:
            yield Feature.MADE_OF, others
        else:
            yield Feature.PLAIN_CODE, "plain code writes what the target reads"
        if all(is_code(step) for step in (*writers, target)):
            yield Feature.CODE_TO_CODE, "code goes on with what code wrote"
    yield from handovers(edge, around, writers, origins.get(source.id, set()))
    yield from _of_handed(edge, around, passed, kinds)
    yield from _of_checks(edge, around, writers, kinds)
    yield from _of_place(edge, around)


def _is_broken_by_caller(edge: Edge, around: EdgeContext) -> bool:
    """Whether a caller that can be seen leaves out what the target requires."""
    missing = (GapKind.SOME_CALLS, GapKind.NEVER, GapKind.UNDECLARED)
    return any(gap.kind in missing and gap.read.need.required for gap in around.gaps_on(edge))


def _hands_over(edge: Edge, around: EdgeContext, target: Step | None) -> bool:
    """Whether the target is given anything along the edge that it may take in: fields, a message, what was said."""
    if target is None or target.id == END or _is_empty(edge):
        return False
    if edge.calls:
        return True
    reads = around.reads_into(edge.target) or target.needs or target.needs_open or edge.payload is not None
    return bool(reads) or any(map(_is_given, target.typed_inputs)) or hears(target, around)


def _is_empty(edge: Edge) -> bool:
    """Whether it is known that nothing of the source's own travels along the edge."""
    return edge.message == () and edge.payload is None


def _nothing(edge: Edge, around: EdgeContext) -> str:
    """That nothing is handed over, as far as it is known."""
    if edge.target == END:
        return "the workflow ends here: none of its steps reads on"
    if _is_empty(edge) and around.workflow.is_imperative:
        return f'code is not seen to hand anything of "{edge.source}" on to "{edge.target}"'
    return "the edge hands nothing over"


def _is_given(one: TypedInput) -> bool:
    """Whether the step before hands over something with parts, or a value that is taken as it comes."""
    return one.sent and bool(one.whole or one.parts or (one.shape is not None and one.shape.parts))


def hears(step: Step, around: EdgeContext) -> bool:
    """Whether the step's model is told what was said before it, whatever its own words ask for."""
    return (step.hears and is_model(step)) or _converses(step, around)


def _unnamed(edge: Edge, around: EdgeContext, source: Step, target: Step) -> tuple[Step, ...]:
    """The source itself, where it may hand something on that nobody names: a message, a payload, an unseen read."""
    exchanged = around.workflow.exchange is Exchange.MESSAGES or target.hears
    unseen = (
        target.needs_open
        or edge.payload is not None
        or exchanged
        or edge.calls
        or any(map(_is_given, target.typed_inputs))
    )
    return (source,) if source.id != START and unseen and target.id != END else ()


def _of_need(edge: Edge, around: EdgeContext, target: Step | None) -> Iterator[tuple[Feature, str]]:
    """What the target asks for, and whether it is there."""
    if target is None:
        return
    reads = around.reads_into(edge.target)
    gaps = around.gaps_on(edge)
    yield from _of_gaps(gaps)
    if edge.payload is not None:
        yield from _of_payload(edge.payload, around.sent_on(edge))
    soft = around.soft_on(edge)
    if soft:
        need, source = soft[0].gap.read.need, soft[0].source
        yield Feature.SOFT_MATCH_ONLY, f'"{need.name}" is offered only as "{source.offer.name}", by "{source.step}"'
    here = [gap for gap in gaps if gap.kind is not GapKind.CALLER or edge.source == START]
    known = reads and not target.needs_open and (edge.kind is not EdgeKind.HANDOFF or _brings_all(edge, around))
    if known and not here and not soft and not _conditional(edge, around):
        condition = _if_passed(edge, around)
        yield Feature.EXACT_MATCH, f"every field the target reads is always set{condition}"
    if target.needs_open and _shows_code(target):
        yield Feature.OPEN_CONTRACT, "the code of the target may read more than is seen"


def _brings_all(edge: Edge, around: EdgeContext) -> bool:
    """Whether the source itself is sure to write all that the target reads, whoever hands over to whom before."""
    sure = {one.offer.name for one in around.arriving_on(edge) if one.offer.certainty is Certainty.CERTAIN}
    return all(read.need.name in sure for read in around.reads_into(edge.target))


def _if_passed(edge: Edge, around: EdgeContext) -> str:
    """What a match hangs on that no step of the workflow can see to."""
    names = around.from_caller(edge)
    return f', if the caller passes "{names[0]}"' if names else ""


def _of_payload(payload: Payload, needs: tuple[Need, ...]) -> Iterator[tuple[Feature, str]]:
    """Whether the payload of a fan-out holds what its worker requires."""
    required = [need.name for need in needs if need.required]
    lacking = [name for name in required if name not in payload.keys]
    if required and not lacking:
        yield Feature.EXACT_MATCH, "the payload has every field the target reads"
    elif lacking and payload.closed:
        yield Feature.MISSING_FIELD, f'"{lacking[0]}" is not in the payload'


def _of_gaps(gaps: Iterable[Gap]) -> Iterator[tuple[Feature, str]]:
    for gap in gaps:
        name = gap.read.need.name
        match gap.kind:
            case GapKind.UNDECLARED | GapKind.NEVER if gap.read.need.required:
                yield Feature.MISSING_FIELD, f'"{name}" never arrives'
            case GapKind.AROUND | GapKind.CONDITIONAL | GapKind.SOME_CALLS:
                yield Feature.PATH_DEPENDENT, f'"{name}" is not set on every path'
            case _:
                pass


def _shows_code(step: Step) -> bool:
    """Whether there is code of the team's to speak of, and not tools that the framework calls."""
    return has_code(step) and step.kind is not StepKind.TOOL


def _converses(step: Step, around: EdgeContext) -> bool:
    """Whether a model reads and writes a conversation, which is all there is to its contract."""
    return is_model(step) and around.workflow.exchange is Exchange.MESSAGES


def _of_writers(
    writers: tuple[Step, ...], origins: Mapping[str, set[Origin]], source: Step
) -> Iterator[tuple[Feature, str]]:
    """What kind of work made what is handed on, by its writer, and what else is known of it."""
    for writer in writers:
        found = origins[writer.id]
        verb = "produces" if writer is source else "forwards"
        from_whom = "" if writer is source else f' from "{writer.id}"'
        for kind in sorted(found & set(SAID)):
            feature, what = SAID[kind]
            yield feature, f"the source {verb} {what}{from_whom}"
        if writer.offers_open and _shows_code(writer):
            yield Feature.OPEN_CONTRACT, f'the code of "{writer.id}" may write more than is seen'
    if writers and all(writer.retries for writer in writers):
        yield Feature.RETRIES, "its producer is retried on failure"


def _origins(edge: Edge, writer: Step, passed: tuple[Arrival, ...]) -> set[Origin]:
    """What kind of work made what a step hands on: what is known of the values, else what the step is.

    A model that hands the conversation over, or asks a tool, gives no answer in the form that its own answers have.
    """
    named = [one.offer for one in passed if one.writer is writer]
    if edge.calls and writer.id == edge.source:
        return {Origin.MODEL_TEXT, *(origin for offer in named for origin in offer.origins)}
    if not named and is_mid_work(edge) and is_model(writer):
        return {Origin.MODEL_TEXT}
    handed = named or (edge.message if edge.message is not None and writer.id == edge.source else writer.offers)
    found = {origin for offer in handed for origin in offer.origins}
    if is_human(writer):
        told = writer.definition is None or not found  # code that asks somebody may hand on something else
        return found - {Origin.CODE} | ({Origin.PERSON} if told else set())
    if found:
        return found
    if is_model(writer):
        return {Origin.MODEL_FORM if any(one.kind is CheckKind.ANSWER for one in writer.checks) else Origin.MODEL_TEXT}
    return {Origin.OUTSIDE} if writer.kind is StepKind.TOOL else {Origin.CODE} if is_code(writer) else set()


def _is_plain(writers: tuple[Step, ...], kinds: set[Origin]) -> bool:
    """Whether plain code writes all that is handed on."""
    return kinds == {Origin.CODE} and not any(writer.offers_open for writer in writers)


def _others_work(passed: tuple[Arrival, ...], around: EdgeContext) -> str:
    """What code has made what is handed on of, where that is not code's work; empty where it is."""
    for one in passed:
        for writer, origins in material_of(one.writer, one.offer, around):
            kind = next((kind for kind in sorted(origins) if kind in SAID), None)
            if kind is not None:
                return f'code makes "{one.offer.name}" of {SAID[kind][1]}, from "{writer.id}"'
    return ""


def _of_handed(
    edge: Edge, around: EdgeContext, passed: tuple[Arrival, ...], kinds: set[Origin]
) -> Iterator[tuple[Feature, str]]:
    """How firmly what is handed on is described."""
    named = [(one.offer, one.read) for one in passed if one.read is not None]
    untyped = [one for one in passed if one.read is not None and around.type_of(one.offer) in UNTYPED]
    target = around.workflow.step(edge.target)
    if untyped:
        by_team = [one.offer.name for one in untyped if has_code(one.writer)]  # a framework's parts have their own
        if by_team and target is not None and not is_model(target):
            yield Feature.NO_DECLARED_SCHEMA, f'"{by_team[0]}" has no declared type'
    elif named and kinds <= {Origin.CODE} and _is_message(edge, around):
        yield Feature.TYPED_EVENT, "the value is a message of a declared type"
    elif named:
        yield Feature.TYPED, "every field passed on has a declared type"
    if Origin.MODEL_TEXT in kinds and target is not None and any(one.expectations for one in target.typed_inputs):
        yield Feature.FREE_TEXT_PARSED, "the target relies on the form of the text that it is handed"
    for offer in _conditional(edge, around):
        yield Feature.POSSIBLE_OFFER, f'"{offer.name}" is written only conditionally'
    for offer, read in named:
        yield from _of_form(offer, read.need, around)


def _of_form(offer: Offer, need: Need, around: EdgeContext) -> Iterator[tuple[Feature, str]]:
    """The keys that the target reads of a dict whose form nobody declares.

    Attributes are those of whatever class the value has, so that a library's answer has its own for certain.
    """
    keys = [part.name for part in need.parts if part.by_key and part.certainty is Certainty.CERTAIN]
    if keys and offer.shape is None and is_free_text(around.type_of(offer)):
        yield Feature.FREE_TEXT_PARSED, f'the target relies on the key "{keys[0]}" of "{offer.name}"'


def _conditional(edge: Edge, around: EdgeContext) -> tuple[Offer, ...]:
    """What is handed on that the source writes on some runs only, with nothing else there on the others."""
    named = (one.offer for one in around.passed_on(edge) if one.read is not None)
    return tuple(one for one in named if one.certainty is Certainty.POSSIBLE and not around.is_backed(edge, one))


def _is_message(edge: Edge, around: EdgeContext) -> bool:
    """Whether a framework delivers what is handed on by its form; a text is a message of no form."""
    if around.workflow.exchange is not Exchange.MESSAGES:
        return False
    shaped = all(is_shaped(around.type_of(one.offer)) for one in around.passed_on(edge))
    return shaped or bool(around.checks_on(edge, CheckKind.MESSAGE))


def _of_checks(
    edge: Edge, around: EdgeContext, writers: tuple[Step, ...], kinds: set[Origin]
) -> Iterator[tuple[Feature, str]]:
    """Who looks at what is handed on before the target works with it."""
    answers = around.checks_on(edge, CheckKind.ANSWER)
    guards = around.checks_on(edge, CheckKind.CODE)
    if answers and kinds != {Origin.CODE} and any(is_model(writer) for writer in writers):
        yield Feature.STRUCTURED_OUTPUT, f'the model answers in the structure of "{answers[0].name}"'
        if all(check.enforced for check in answers):
            yield Feature.ENFORCED_FORM, f'an answer that violates "{answers[0].name}" is rejected'
    elif Origin.MODEL_FORM in kinds and not kinds & {Origin.MODEL_TEXT, Origin.PARSED_TEXT}:
        yield Feature.STRUCTURED_OUTPUT, "the model answers in a declared structure"
    if guards:
        yield Feature.GUARDRAIL, f'"{guards[0].name}" checks the value'
    declared = around.validated(edge)
    if declared is not None:
        yield Feature.VALIDATED_INPUT, f"the input of the target is validated against {declared}"
    again = [check for check in (*answers, *guards, *around.checks_on(edge, CheckKind.MESSAGE)) if check.retries]
    if again:
        yield Feature.RETRY_ON_VALIDATION, f'a value that fails "{again[0].name}" is regenerated'


def _of_place(edge: Edge, around: EdgeContext) -> Iterator[tuple[Feature, str]]:
    """Where in the graph the edge lies."""
    needed = {read.need.name for read in around.reads_into(edge.target)}
    tested = next((name for name in edge.assumes if name in needed), None)
    if tested is not None:
        yield Feature.VALIDATOR, f'the router before the edge tests for "{tested}"'
    if edge.source in around.workflow.open_sources:
        yield Feature.OPEN_ROUTER, "the targets of the source are not fully known"
    yield from _of_loops(edge, around)
    if is_decided_by_model(edge, around):
        yield Feature.MODEL_DECIDES, decided_by(edge, around)
        if is_coded(edge, around):
            yield Feature.CODED_ROUTE, "code picks the way by what the model answered"
    sources = around.sources_into(edge.target)
    if len(sources) >= MANY_SOURCES and edge.target != END and edge.kind not in ONE_AT_A_TIME:
        yield Feature.LONG_FAN_IN, f"{len(sources)} steps lead into the target"


def _of_loops(edge: Edge, around: EdgeContext) -> Iterator[tuple[Feature, str]]:
    """The loop that the edge lies on, if any, and what ends it; a round that can end is judged where it ends."""
    if edge in around.unending:
        yield Feature.ENDLESS_LOOP, "the edge lies on a loop that nothing is seen to end"
    elif edge not in around.leading_back:
        return
    elif edge in around.uncounted:
        yield (
            Feature.UNCOUNTED_LOOP,
            "the edge leads back into a loop that an answer ends, however many rounds that takes",
        )
    else:
        yield Feature.CYCLE, "the edge leads back into a loop, so that what it carries changes from round to round"
