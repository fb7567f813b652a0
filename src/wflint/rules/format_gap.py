"""WF112: code expects a form of what a model writes, and nobody tells the model."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from wflint.analyses.facts import Facts
from wflint.analyses.prose.untold import Untold
from wflint.analyses.wording import listed, step_named
from wflint.model.contract import Form, Parsing
from wflint.model.finding import Observation, Related
from wflint.model.workflow import Workflow

SHOWN = 3
"""So many authors are shown."""


def check(workflow: Workflow, facts: Facts) -> Iterator[Observation]:
    """Every form that is expected and that no text asks for."""
    del workflow
    for found in facts.untold:
        yield _observation(found)


def _observation(found: Untold) -> Observation:
    parsing, authors = found.parsing, found.authors
    return Observation(
        message=f"{found.reader} {_wants(found)}, but {_untold(found)} told to {_way(parsing)}; {_advice(parsing)}",
        span=parsing.span,
        key=(found.reader, parsing.form.value, *parsing.words),
        related=tuple(Related(step.span, f'the whole prompt of "{step.id}" is here') for step in authors[:SHOWN]),
        step=authors[0].id,
    )


def _wants(found: Untold) -> str:
    text = f'"{found.subject}"' if found.subject else "the answer"
    match found.parsing.form:
        case Form.JSON:
            return f"parses {text} as JSON"
        case Form.NUMBER:
            return f"converts {text} to a number"
        case Form.WORD if found.parsing.authors:
            return f"waits for {listed(found.parsing.words)}"
        case Form.WORD:
            return f"looks for {listed(found.parsing.words)} in {text}"
    assert_never(found.parsing.form)


def _untold(found: Untold) -> str:
    match found.authors:
        case (author,) if step_named(author.id) == found.reader:
            return "its model is never"
        case (author,):
            return f"{step_named(author.id)} is never"
        case authors:
            return f"none of the steps {listed(step.id for step in authors)} is"


def _way(parsing: Parsing) -> str:
    match parsing.form:
        case Form.JSON:
            return "answer in JSON"
        case Form.NUMBER:
            return "answer with a number"
        case Form.WORD:
            return "say it" if len(parsing.words) == 1 else "say any of them"
    assert_never(parsing.form)


def _advice(parsing: Parsing) -> str:
    match parsing.form:
        case Form.JSON | Form.NUMBER:
            return "ask for it in the prompt or use structured output"
        case Form.WORD:
            return "say in the prompt when to write it, or test for something else"
    assert_never(parsing.form)
