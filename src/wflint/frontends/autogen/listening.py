"""What a team listens for in what its participants say, and what it is told to begin with."""

from __future__ import annotations

from collections.abc import Iterator

from wflint.assembly.contracts.prompt_texts import prompt_from, prompt_texts
from wflint.evaluate.events import ApiCall
from wflint.evaluate.values import Unknown
from wflint.frontends.autogen.stopping import stop_words
from wflint.frontends.autogen.table import MAGENTIC
from wflint.frontends.autogen.team_draft import TeamDraft
from wflint.model.contract import Format, FormatExpectation
from wflint.model.prompt import Prompt
from wflint.model.workflow import StepKind, Workflow

CALLER = "user"
"""Who says the task, as far as conditions are concerned."""


def told_by(runs: list[ApiCall]) -> Prompt | None:
    """The tasks that a team is given; None where nobody is seen to give it one."""
    given = [(run.arguments.get("task", 0), run.location.span) for run in runs]
    tasks = [prompt_texts(task if task is not None else Unknown("no task"), span) for task, span in given]
    return prompt_from(*tasks) if runs else None


def parsings_of(flows: list[TeamDraft], workflow: Workflow) -> tuple[FormatExpectation, ...]:
    """The words that end the conversation of a team, and those that choose the way through its graph."""
    found = [expectation for flow in flows if flow.team.path != MAGENTIC for expectation in _ending(flow, workflow)]
    found += [expectation for flow in flows for expectation in _branching(flow)]
    return tuple(dict.fromkeys(found))


def _ending(flow: TeamDraft, workflow: Workflow) -> Iterator[FormatExpectation]:
    """The stop words of a team, one list for all of its condition."""
    words = stop_words(flow.interp, flow.team.arguments.get("termination_condition"))
    everybody = [step.id for step in workflow.steps if step.kind not in (StepKind.ROUTER, StepKind.START)]
    heard = {name for word in words for name in (word.sources if word.sources is not None else everybody)}
    if words:
        authors = tuple(name for name in everybody if name in heard)
        texts = tuple(word.text for word in words)
        alone = [word for word in words if word.is_alone]
        from_caller = tuple(word.text for word in alone if word.sources is None or CALLER in word.sources)
        span = words[0].location.span
        reader = "the termination condition"
        yield FormatExpectation(Format.WORD, span, texts, reader, authors, from_caller, anywhere=texts)


def _branching(flow: TeamDraft) -> Iterator[FormatExpectation]:
    """The words that each way after a participant waits for."""
    for source, heard, span in flow.branching:
        others = [word for other, each, _ in flow.branching if other == source for word in each.words]
        reader = f'the choice after step "{source}"'
        kept = tuple(dict.fromkeys(word for word in others if word not in heard.words))
        yield FormatExpectation(Format.WORD, span, heard.words, reader, (source,), others=kept, anywhere=heard.anywhere)
