"""What a team listens for in what its participants say, and what it is told to begin with."""

from __future__ import annotations

from collections.abc import Iterator

from wflint.assembly.contracts.prompt_texts import prompt_from, prompt_texts
from wflint.evaluate.events import ApiCall
from wflint.evaluate.values import Object, Unknown
from wflint.frontends.autogen.stopping import stop_words
from wflint.frontends.autogen.table import FLOW, MAGENTIC
from wflint.model.contract import Format, FormatExpectation
from wflint.model.prompt import Prompt
from wflint.model.workflow import START, EdgeKind, StepKind, Workflow

CALLER = "user"
"""Who says the task, as far as conditions are concerned."""


def told_by(runs: list[ApiCall]) -> Prompt | None:
    """The tasks that a team is given; None where nobody is seen to give it one."""
    given = [(run.arguments.get("task", 0), run.location.span) for run in runs]
    tasks = [prompt_texts(task if task is not None else Unknown("no task"), span) for task, span in given]
    return prompt_from(*tasks) if runs else None


def parsings_of(teams: list[Object], workflow: Workflow) -> tuple[FormatExpectation, ...]:
    """The words that end the conversation of a team, and those that choose the way through its graph."""
    found = [expectation for team in teams if team.path != MAGENTIC for expectation in _ending(team, workflow)]
    if any(team.path == FLOW for team in teams):
        found += _branching(workflow)
    return tuple(dict.fromkeys(found))


def _ending(team: Object, workflow: Workflow) -> Iterator[FormatExpectation]:
    """The stop words of a team, one list for all of its condition."""
    words = stop_words(team.arguments.get("termination_condition"))
    everybody = [step.id for step in workflow.steps if step.kind not in (StepKind.ROUTER, StepKind.START)]
    heard = {name for word in words for name in (word.sources if word.sources is not None else everybody)}
    if words:
        authors = tuple(name for name in everybody if name in heard)
        texts = tuple(word.text for word in words)
        from_caller = tuple(word.text for word in words if word.sources is None or CALLER in word.sources)
        span = words[0].location.span
        yield FormatExpectation(Format.WORD, span, texts, "the termination condition", authors, from_caller)


def _branching(workflow: Workflow) -> Iterator[FormatExpectation]:
    """The words that the conditions after each participant look for, where all of them look for one."""
    for step in workflow.steps:
        ways = [edge for edge in workflow.edges if edge.source == step.id and edge.kind is EdgeKind.CONDITIONAL]
        words = tuple(dict.fromkeys(edge.label for edge in ways if edge.label))
        if words and step.id != START and all(edge.label for edge in ways):
            reader = f'the choice after step "{step.id}"'
            yield FormatExpectation(Format.WORD, ways[0].span, words, reader, (step.id,))
