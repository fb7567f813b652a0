"""What can go wrong on an edge that somebody can do something about, and what to do.

A concern names a place that there is: a prompt that the source shows, code of the step itself, the code that decides.
What types, the framework or the reader's own code see to already is no concern.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from enum import StrEnum

from msgspec import Struct, field

from wflint.analyses.data.gaps import Gap, GapKind
from wflint.analyses.data.reads import Read
from wflint.analyses.labels.edge_context import Arrival, EdgeContext
from wflint.analyses.labels.effort import has_code, is_free_text, is_human, is_model, is_shaped
from wflint.analyses.plan.response import JsonSchema, Place
from wflint.analyses.prose.untold import says
from wflint.matching.words import split_name, split_prose, stem
from wflint.model.contract import Certainty, CheckKind, Format, FormatExpectation, Offer, Outcome
from wflint.model.patterns import pattern
from wflint.model.prompt import TextRole
from wflint.model.workflow import END, START, Choice, Edge, Step, StepKind

MOST_NAMES = 5
"""So many fields are named in a sentence."""


_WITHOUT = pattern(r"\b(?:if|when|where|unless|optional|missing|empty|none|nothing|no|without)\b", re.IGNORECASE)
"""A sentence that may say what to do where something is not given."""


class ConcernKind(StrEnum):
    """What can go wrong."""

    NEVER = "never"
    """A field that is read never arrives."""
    UNSET = "unset"
    """A field that is read is not set on this way."""
    BLANK = "blank"
    """A prompt is filled with a field that may be missing."""
    FORM = "form"
    """Code makes something of a text that may have another form."""
    ROUTE = "route"
    """A text decides who goes next, and may name nobody."""
    ROUNDS = "rounds"
    """Only what a model says ends a loop."""


class Concern(Struct, frozen=True):
    """One thing to do: `text` for the prompt or code of `step`, which settles it once.

    `condition` and `schema` are what to check at run time instead; both empty where no watching helps. `writer` is the
    step whose output is at stake.
    """

    kind: ConcernKind
    place: Place
    step: str
    text: str
    why: str
    writer: str = ""
    condition: str = ""
    schema: JsonSchema = field(default_factory=dict)


def concerns(edge: Edge, around: EdgeContext) -> tuple[Concern, ...]:
    """Everything of the kind on an edge, the most pressing first."""
    target = around.workflow.step(edge.target)
    found: list[Concern] = [*_routes(edge, around)]
    if target is not None:
        found = [*_never(edge, around), *_unset(edge, around), *found, *_blank(edge, around, target)]
        found += _forms(edge, around, target)
    found += _answers(edge, around)
    found += _rounds(edge, around)
    return tuple({(one.step, one.text, one.condition): one for one in found}.values())


def named(names: Iterable[str]) -> str:
    """Fields as a plan names them: `a`, `b` and `c`; beyond a handful, a count stands for the rest."""
    every = list(dict.fromkeys(names))
    quoted = [f"`{name}`" for name in every[:MOST_NAMES]]
    if len(every) > MOST_NAMES:
        quoted.append(f"{len(every) - MOST_NAMES} more")
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} and {quoted[-1]}"


def has_prompt(step: Step) -> bool:
    """Whether the source shows a text that the step's model is told to work by."""
    texts = step.prompt.texts if step.prompt is not None else ()
    return any(text.role is TextRole.INSTRUCTION for text in texts)


# ------------------------------------------------------------------------------------------------- what never arrives


def _never(edge: Edge, around: EdgeContext) -> Iterator[Concern]:
    kinds = (GapKind.UNDECLARED, GapKind.NEVER)
    names = [gap.read.need.name for gap in around.gaps_on(edge) if gap.kind in kinds and gap.read.crashes]
    if edge.payload is not None and edge.payload.closed:
        lacking = (need for need in around.sent_on(edge) if need.required and need.name not in edge.payload.keys)
        names += [need.name for need in lacking]
    if names:
        writes = "is not in what is sent to it" if edge.payload is not None else "is written by no step before it"
        text = f"{named(names)} {writes}: hand it over, or remove the read."
        why = f"`{edge.target}` fails without it on every run; watching brings nothing about"
        yield Concern(ConcernKind.NEVER, Place.CODE, edge.target, text, why)


# ----------------------------------------------------------------------------------------------- what is unset at times


def _unset(edge: Edge, around: EdgeContext) -> Iterator[Concern]:
    gaps = [gap for gap in around.gaps_on(edge) if gap.read.crashes and _lies_on(gap, edge)]
    names = list(dict.fromkeys(gap.read.need.name for gap in gaps))
    if not names:
        return
    where = "where this edge is taken" if edge.source != START else "by every caller"
    target = around.workflow.step(edge.target)
    way = "read it with a default" if has_code(target) else "make its placeholder optional"
    text = f"{named(names)} may be unset {where}: set a value before, or {way}."
    schema: JsonSchema = {"type": "object", "required": names}
    why = f"`{edge.target}` reads it without a default"
    condition = "; ".join(f"`{name}` is set" for name in names)
    writers = [source.step for gap in gaps for source in gap.writers]
    writer = edge.source if edge.source in writers or not writers else writers[0]
    yield Concern(ConcernKind.UNSET, Place.CODE, edge.target, text, why, writer, condition, schema)


def _lies_on(gap: Gap, edge: Edge) -> bool:
    """Whether the edge is part of the way on which the field is unset."""
    match gap.kind:
        case GapKind.AROUND:
            return (edge.source, edge.target) in zip(gap.way, gap.way[1:], strict=False)
        case GapKind.CONDITIONAL:
            return any(source.step == edge.source for source in gap.writers)
        case GapKind.SOME_CALLS:
            return edge.source == START
        case _:
            return False


def _blank(edge: Edge, around: EdgeContext, target: Step) -> Iterator[Concern]:
    """A field that the source may leave out, in a prompt that the framework fills with nothing then.

    Code that fills its own prompt has its own defaults.
    """
    if not (is_model(target) and has_prompt(target)) or has_code(target):
        return
    for offer, read in around.handed_on(edge):
        maybe = offer.certainty is Certainty.POSSIBLE and not around.is_backed(edge, offer)
        if maybe and not read.crashes and read.need.wording and not _is_foreseen(target, read):
            words = " ".join(split_name(offer.name))
            text = f"Where nothing is given as {words}, say so and invent nothing."
            why = f"`{edge.source}` writes `{offer.name}` only at times, and the prompt is filled with it"
            condition, schema = f"`{offer.name}` is set", _required(offer.name)
            yield Concern(ConcernKind.BLANK, Place.PROMPT, target.id, text, why, edge.source, condition, schema)


def _is_foreseen(step: Step, read: Read) -> bool:
    """Whether the prompt says already what to do without the field."""
    words = {stem(word) for word in split_name(read.need.name)}
    texts = step.prompt.texts if step.prompt is not None else ()
    saying = (one for text in texts for one in text.sentences if _WITHOUT.search(one))
    return any(words <= {stem(word) for word in split_prose(one)} for one in saying)


def _required(name: str) -> JsonSchema:
    return {"type": "object", "required": [name]}


# ---------------------------------------------------------------------------------------------- what has another form


def _forms(edge: Edge, around: EdgeContext, target: Step) -> Iterator[Concern]:
    for arrival in around.arriving_on(edge):
        read = arrival.read
        if read is None or _is_held(arrival, edge, around):
            continue
        for expectation in read.need.expectations:
            yield from _form(expectation, arrival, target)
        parts = [part.name for part in read.need.parts if part.by_key and part.certainty is Certainty.CERTAIN]
        if parts and not is_shaped(around.type_of(arrival.offer)) and not read.need.expectations:
            yield _parts(parts, arrival, target)


def _answers(edge: Edge, around: EdgeContext) -> Iterator[Concern]:
    """What the code of a step, or the code that runs it, makes of its answer before it goes on; said once."""
    source = around.workflow.step(edge.source)
    leaving = around.workflow.index.edges_from(edge.source)
    if source is None or edge is not leaving[0] or any(check.enforced for check in source.checks):
        return
    where = source.id if has_code(source) else around.workflow.name
    for expectation in source.expectations:
        form, told, schema = _FORMS[expectation.format]
        if expectation.format is Format.WORD:
            continue  # code that looks for a word copes with texts that lack it
        condition, why = f"the answer of `{source.id}` {form}", "it is parsed, and any other form fails the run"
        if _never_told(source, expectation):
            yield Concern(ConcernKind.FORM, Place.PROMPT, source.id, told, why, source.id, condition, schema)
        else:
            text = f"Catch the error where the answer of `{source.id}` is parsed: it may have another form."
            yield Concern(ConcernKind.FORM, Place.CODE, where, text, why, source.id, condition, schema)


def _is_held(arrival: Arrival, edge: Edge, around: EdgeContext) -> bool:
    """Whether the form is the same on every run: code makes it, or somebody refuses any other."""
    writer = arrival.writer
    varies = _is_free(arrival.offer, writer, around) or is_human(writer) or writer.kind is StepKind.TOOL
    answers = [check for check in (*arrival.checks, *edge.checks) if check.kind is not CheckKind.CODE]
    shaped = arrival.offer.shape is not None or bool(arrival.offer.check)
    return not varies or shaped or any(check.enforced for check in answers) or around.validated(edge) is not None


def _form(expectation: FormatExpectation, arrival: Arrival, target: Step) -> Iterator[Concern]:
    name, writer = arrival.offer.name, arrival.writer
    form, told, schema = _FORMS[expectation.format]
    if expectation.format is Format.WORD:
        return  # code that looks for a word copes with texts that lack it
    condition = f"`{name}` {form}"
    properties: JsonSchema = {"type": "object", "properties": {name: schema}}
    if _never_told(writer, expectation):
        why = f"`{target.id}` needs that form, and no text asks `{writer.id}` for it"
        yield Concern(ConcernKind.FORM, Place.PROMPT, writer.id, told, why, writer.id, condition, properties)
    else:
        text = f"Catch the error where `{name}` is parsed: `{writer.id}` may answer in another form."
        why = f"`{target.id}` fails on any other form"
        yield Concern(ConcernKind.FORM, Place.CODE, target.id, text, why, writer.id, condition, properties)


_FORMS: dict[Format, tuple[str, str, JsonSchema]] = {
    Format.JSON: (
        "parses as JSON",
        "Answer with JSON only, with no text before or after it.",
        {"type": "string", "contentMediaType": "application/json"},
    ),
    Format.NUMBER: ("is a number", "Answer with one number and nothing else.", {"type": "string", "format": "number"}),
    Format.WORD: ("holds the word", "", {}),
}


def _never_told(writer: Step, expectation: FormatExpectation) -> bool:
    """Whether all that the writer's model is told is shown, and says nothing of the form."""
    prompt = writer.prompt
    if prompt is None or not prompt.whole or not has_prompt(writer):
        return False
    return not any(says(text.text, expectation) for text in prompt.texts)


def _parts(parts: list[str], arrival: Arrival, target: Step) -> Concern:
    name = arrival.offer.name
    have = f"`{name}` has {named(parts)}"
    schema: JsonSchema = {
        "type": "object",
        "properties": {name: {"type": "object", "required": list(dict.fromkeys(parts))}},
    }
    text = f"Read {named(parts)} of `{name}` with a default: nothing makes `{arrival.writer.id}` write them."
    why = f"`{target.id}` fails where one of them is missing"
    return Concern(ConcernKind.FORM, Place.CODE, target.id, text, why, arrival.writer.id, have, schema)


# ----------------------------------------------------------------------------------------------- who goes next by text


def _routes(edge: Edge, around: EdgeContext) -> Iterator[Concern]:
    """A decision that hands on what a model wrote as the name of the next step."""
    choice = around.workflow.choices[edge.choice] if edge.choice is not None else None
    if choice is None or not choice.mapping or choice.mapping_open or choice.closed or choice.routes:
        return
    if edge != next(other for other in around.workflow.edges if other.choice == edge.choice):
        return  # one decision, said once
    labels = [mapped.label for mapped in choice.mapping]
    writers = _deciding(choice, labels, around)
    if not writers:
        return
    fails = "fails" if choice.on_unmapped_label is Outcome.FAILS else "stops"
    text = f"In `{choice.name}`, return a known label where `{writers[0].id}` wrote none of {named(labels)}."
    why = f"the run {fails} at any other label"
    yield Concern(
        ConcernKind.ROUTE, Place.CODE, choice.name, text, why, writers[0].id,
        f"the label is one of {named(labels)}", {"enum": labels},
    )  # fmt: skip


def _rounds(edge: Edge, around: EdgeContext) -> Iterator[Concern]:
    """A loop that ends when a model says so, however many rounds that takes; said where it begins again."""
    if edge in around.leading_back and edge in around.uncounted:
        text = f"Bound the rounds of the loop that leads from `{edge.source}` back to `{edge.target}`."
        why = "only what a model says ends it, and no limit is set"
        condition = f"the loop has gone from `{edge.source}` back to `{edge.target}` no more often than you allow"
        yield Concern(ConcernKind.ROUNDS, Place.CODE, around.workflow.name, text, why, edge.source, condition)


def _deciding(choice: Choice, labels: list[str], around: EdgeContext) -> tuple[Step, ...]:
    """The model steps that freely write all that a decision looks at: their words, or one of labels they are told."""
    found: list[Step] = []
    for need in choice.needs:
        written = around.definitions.reaching(Read(choice.source, need, choice))
        free = all(
            offer.from_model or (_is_free(offer, writer, around) and _knows(writer, labels))
            for writer, offer in written
        )
        if not written or not free:
            return ()
        found += [writer for writer, _ in written]
    return tuple(found)


def _knows(step: Step, labels: list[str]) -> bool:
    """Whether the step's model is told several of the labels, so that it is the one who picks."""
    texts = " ".join(text.text for text in step.prompt.texts) if step.prompt is not None else ""
    known = [label for label in labels if label != END and re.search(rf"(?<!\w){re.escape(label)}(?!\w)", texts)]
    return len(known) > 1


def _is_free(offer: Offer, writer: Step, around: EdgeContext) -> bool:
    """Whether a model's text gets into the field as it is, in any form."""
    asked = offer.check is not None or bool(writer.checks)
    made = bool(offer.derived_from) or offer.shape is not None
    return offer.from_model or (is_model(writer) and not asked and not made and is_free_text(around.type_of(offer)))
