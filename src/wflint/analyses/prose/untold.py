"""Forms that code expects of what models write, while nobody tells the models."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import assert_never

from msgspec import Struct
from msgspec.structs import replace

from wflint.analyses.data.reaching_definitions import Definitions
from wflint.analyses.data.reads import Reads
from wflint.analyses.prose.told_otherwise import told_otherwise
from wflint.analyses.wording import step_named
from wflint.matching.words import split_prose, stem
from wflint.model.contract import CheckKind, Format, FormatExpectation, Origin
from wflint.model.patterns import pattern
from wflint.model.prompt import Prompt
from wflint.model.workflow import Aspect, Step, StepKind, Workflow

_SAYS_JSON = pattern(r"json|schema|[{\[]\s*[\"'\[{]|dictionary|key[- ]value|```", re.IGNORECASE)
_SAYS_NUMBER = pattern(
    r"\d|number|score|integer|float|digit|rat(?:e|ing)\b|rank|percent|count|scale|how (?:many|much|long|old)|index|"
    r"amount|decimal|quantity|numeric|grade|estimate|probability|confidence|year|price|total|sum\b",
    re.IGNORECASE,
)
_ASKS_NUMBER = pattern(
    r"\d+(?!\s*(?:[\w-]+\s+){0,2}?(?:sentence|paragraph|bullet|word|line))|number|integer|float|digit|decimal|numeric|"
    r"\b(?:only|just)\b|nothing (?:else|more)",
    re.IGNORECASE,
)
"""What asks for a number and no words around it, where others are asked for."""


FREE = (Origin.MODEL_TEXT,)
"""What writes a text in whatever form it likes."""


class Untold(Struct, frozen=True):
    """A parsing of a text by a reader, and the model steps that write the text and are told nothing of its form.

    `subject` is the field that the text is in, empty where it is in none. `told` is the sentence that tells a model to
    answer in another form, empty where none is known to. `certain` is true where the models are told nothing beside
    what their prompts say.
    """

    expectation: FormatExpectation
    reader: str
    authors: tuple[Step, ...]
    subject: str = ""
    told: str = ""
    certain: bool = True


def untold(workflow: Workflow, reads: Reads, definitions: Definitions) -> tuple[Untold, ...]:
    """Every parsing of which it is known that nobody is told; those who are not known may be.

    Where somebody is told to answer in another form, it does not matter what else there is to be told.
    """
    if workflow.open_to(Aspect.STEPS):
        return ()
    found = (
        *_of_conversations(workflow),
        *_of_steps(workflow),
        *_of_messages(workflow),
        *_unnamed(_of_fields(reads, definitions)),
    )
    return tuple(judged for one in found if (judged := _judged(one)) is not None)


def readings(workflow: Workflow, reads: Reads, definitions: Definitions) -> Iterator[Untold]:
    """Every place that makes something of what models say, with those models, whatever they are told."""
    for expectation in workflow.expectations:
        steps = [workflow.step(name) for name in expectation.authors]
        authors = tuple(step for step in steps if step is not None and step.kind is StepKind.AGENT)
        if authors:
            yield Untold(expectation, expectation.reader, authors)
    yield from _of_steps(workflow)
    yield from _of_messages(workflow)
    yield from _of_fields(reads, definitions)


def _judged(one: Untold) -> Untold | None:
    prompts = [step.prompt for step in one.authors]
    told = [told_otherwise(prompt, one.expectation) if prompt is not None else "" for prompt in prompts]
    decided = any(told) if one.expectation.format is Format.WORD else all(told)
    if decided and not any(_asks(prompt, one.expectation) for prompt in prompts):
        return replace(one, told=next(filter(None, told)))
    return one if one.certain and _is_untold(one.expectation, prompts) else None


def _asks(prompt: Prompt | None, expectation: FormatExpectation) -> bool:
    """Whether a prompt that also asks for another form may ask for this one; a number may be a matter of its prose."""
    if expectation.format is not Format.NUMBER or prompt is None:
        return _speaks(prompt, expectation)
    return any(_ASKS_NUMBER.search(text.text) for text in prompt.texts)


def _speaks(prompt: Prompt | None, expectation: FormatExpectation) -> bool:
    return prompt is None or any(says(text.text, expectation) for text in prompt.texts)


def _of_conversations(workflow: Workflow) -> Iterator[Untold]:
    """What the workflow makes of what its steps say; people, code and other workflows say what they like."""
    for expectation in workflow.expectations:
        steps = [workflow.step(name) for name in expectation.authors]
        authors = tuple(step for step in steps if step is not None and step.kind is StepKind.AGENT)
        if authors and len(authors) == len(steps) and not _speaks(workflow.prompt or Prompt(), expectation):
            beside = _is_untold(expectation, [workflow.prompt], beside=True)
            yield Untold(expectation, expectation.reader, authors, certain=beside or _know_others(expectation, authors))


def _know_others(expectation: FormatExpectation, authors: tuple[Step, ...]) -> bool:
    """Whether the prompts name what the other ways of a choice wait for: then they name all that is to be said."""
    texts = [text.text for step in authors for text in (step.prompt.texts if step.prompt is not None else ())]
    return any(_mentions(text, word) for text in texts for word in expectation.others)


def _of_steps(workflow: Workflow) -> Iterator[Untold]:
    """What steps make of what their own models answer."""
    for step in workflow.steps:
        yield from (
            Untold(expectation, expectation.reader or step_named(step.id), (step,)) for expectation in step.expectations
        )


def _of_messages(workflow: Workflow) -> Iterator[Untold]:
    """What steps make of the answer that the step before hands over, where that is a model's in whatever form.

    What that is told beside its prompt is not seen here.
    """
    if workflow.open_to(Aspect.EDGES):
        return
    for step in workflow.steps:
        sources = [workflow.step(edge.source) for edge in workflow.index.edges_into(step.id)]
        authors = tuple(one for one in sources if one is not None and one.kind is StepKind.AGENT and not _formed(one))
        for expectation in (form for one in step.typed_inputs if one.sent for form in one.expectations):
            if authors and len(authors) == len(sources):
                yield Untold(expectation, step_named(step.id), authors, certain=False)


def _formed(step: Step) -> bool:
    return any(check.kind is CheckKind.ANSWER for check in step.checks)


def _of_fields(reads: Reads, definitions: Definitions) -> Iterator[Untold]:
    """What steps and decisions make of fields that only models write."""
    for read in reads.all:
        writers = definitions.reaching(read) if read.need.expectations else ()
        if writers and all(offer.from_model or offer.origins == FREE for _, offer in writers):
            authors, certain = tuple(step for step, _ in writers), all(offer.from_model for _, offer in writers)
            for expectation in read.need.expectations:
                yield Untold(expectation, read.reader, authors, read.need.name, certain=certain)


def _unnamed(readings_: Iterator[Untold]) -> Iterator[Untold]:
    """The readings of fields that no prompt names a word for.

    Where a prompt names a word that somebody looks for, another one beside it may stand for what code writes there.
    """
    found = list(readings_)
    named = {
        one.subject for one in found if _is_word(one) and any(_speaks(a.prompt, one.expectation) for a in one.authors)
    }
    yield from (one for one in found if one.certain or not _is_word(one) or one.subject not in named)


def _is_word(one: Untold) -> bool:
    return one.expectation.format is Format.WORD


def _is_untold(expectation: FormatExpectation, prompts: list[Prompt | None], *, beside: bool = False) -> bool:
    """Whether everything that is told is known, and nothing of it speaks of the form.

    What is told `beside` what the models are told anyhow may be nothing at all.
    """
    known = [one for one in prompts if one is not None and (one.known if beside else one.whole)]
    texts = [text.text for prompt in known for text in prompt.texts]
    return bool(known) and len(known) == len(prompts) and not any(says(text, expectation) for text in texts)


def says(text: str, expectation: FormatExpectation) -> bool:
    """Whether a text speaks of the form at all, in whatever words."""
    match expectation.format:
        case Format.JSON:
            return _SAYS_JSON.search(text) is not None
        case Format.NUMBER:
            return _SAYS_NUMBER.search(text) is not None
        case Format.WORD:
            return any(_mentions(text, word) for word in expectation.words)
    assert_never(expectation.format)


def _mentions(text: str, word: str) -> bool:
    if word.strip().lower() in text.lower():
        return True
    wanted = {stem(part) for part in split_prose(word)}
    return bool(wanted) and wanted <= {stem(part) for part in split_prose(text)}
