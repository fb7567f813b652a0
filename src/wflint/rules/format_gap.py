"""WF112: code expects a form of what a model writes, and nobody tells the model."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from wflint.analyses.facts import Facts
from wflint.analyses.prose.foretold import Foretold, foretold
from wflint.analyses.prose.overheard import Overheard
from wflint.analyses.prose.untold import Untold
from wflint.analyses.wording import listed, step_named
from wflint.model.contract import Format, FormatExpectation
from wflint.model.finding import Observation, Related
from wflint.model.prompt import Prompt, UnaskedKey
from wflint.model.workflow import Step, Workflow

SHOWN = 3
"""So many authors are shown."""


def check(workflow: Workflow, facts: Facts) -> Iterator[Observation]:
    """Every form that is expected and that no text asks for."""
    for found in facts.untold:
        yield _observation(found)
    for step in workflow.steps:
        if step.id in facts.reachability.reached:
            yield from (_unasked(step, key) for key in step.unasked_keys)
    for early in foretold(workflow):
        yield _foretold(early)
    for heard in facts.overheard:
        yield _overheard(heard)


def _overheard(heard: Overheard) -> Observation:
    """A word of the models that counts as its opposite."""
    found = heard.found
    where = f' in "{found.subject}"' if found.subject else ""
    return Observation(
        message=f'{found.reader} looks for "{heard.word}"{where}, and its model may also say "{heard.longer}", which '
        f'holds it: both count as "{heard.word}"; compare the whole word, or have the model say another one',
        span=found.expectation.span,
        key=(found.reader, heard.word, heard.longer),
        related=(Related(heard.text.span, "the model is told both here"),),
        step=found.authors[0].id,
    )


def _unasked(step: Step, key: UnaskedKey) -> Observation:
    """A key of an answer that the prompt calls something else."""
    return Observation(
        message=f'{step_named(step.id)} reads "{key.name}" of the JSON that its model answers, but the prompt asks for '
        f"{listed(key.shown)} and never names it; ask for it, or read what is asked for",
        span=key.span,
        key=(step_named(step.id), Format.JSON.value, key.name),
        step=step.id,
    )


def _foretold(early: Foretold) -> Observation:
    """The word that the models are to say, said by the caller."""
    reader = early.expectation.reader
    return Observation(
        message=f'the input of the run contains "{early.word}", which {reader} looks for: the run ends before any '
        "step; leave the word to the prompts of the steps, or let only them be listened to",
        span=early.text.span,
        key=(reader, early.word),
        related=(Related(early.expectation.span, f"{reader} is here"),),
    )


def _observation(found: Untold) -> Observation:
    expectation, authors = found.expectation, found.authors
    return Observation(
        message=f"{found.reader} {_wants(found)}, but {_told(found)}; {_advice(expectation)}",
        span=expectation.span,
        key=(found.reader, expectation.format.value, *expectation.words),
        related=tuple(Related(step.span, f'the whole prompt of "{step.id}" is here') for step in authors[:SHOWN]),
        step=authors[0].id,
    )


def _wants(found: Untold) -> str:
    text = f'"{found.subject}"' if found.subject else "the answer"
    match found.expectation.format:
        case Format.JSON:
            return f"parses {text} as JSON"
        case Format.NUMBER:
            return f"converts {text} to a number"
        case Format.WORD if found.expectation.authors:
            return f"waits for {listed(found.expectation.words)}"
        case Format.WORD:
            return f"looks for {listed(found.expectation.words)} in {text}"
    assert_never(found.expectation.format)


def _told(found: Untold) -> str:
    if not found.told:
        return f"{_untold(found)} told to {_way(found.expectation)}"
    author = next(step for step in found.authors if step.prompt and found.told in _sentences(step.prompt))
    named = "its model" if step_named(author.id) == found.reader else step_named(author.id)
    return f'{named} is told: "{found.told}"'


def _sentences(prompt: Prompt) -> tuple[str, ...]:
    return tuple(sentence for text in prompt.texts for sentence in text.sentences)


def _untold(found: Untold) -> str:
    match found.authors:
        case (author,) if step_named(author.id) == found.reader:
            return "its model is never"
        case (author,):
            return f"{step_named(author.id)} is never"
        case authors:
            return f"none of the steps {listed(step.id for step in authors)} is"


def _way(expectation: FormatExpectation) -> str:
    match expectation.format:
        case Format.JSON:
            return "answer in JSON"
        case Format.NUMBER:
            return "answer with a number"
        case Format.WORD:
            return "say it" if len(expectation.words) == 1 else "say any of them"
    assert_never(expectation.format)


def _advice(expectation: FormatExpectation) -> str:
    match expectation.format:
        case Format.JSON | Format.NUMBER:
            return "ask for it in the prompt or use structured output"
        case Format.WORD:
            return "say in the prompt when to write it, or test for something else"
    assert_never(expectation.format)
