"""A chain of runs, folded into steps and edges."""

from __future__ import annotations

from msgspec.structs import replace

from wflint.assembly.chains.code_loops import (
    loops_of,
    started_together,
    stuck_loops,
    swelling_loops,
    verdict_loops,
    verdict_recursions,
)
from wflint.assembly.chains.common_talks import common_talks
from wflint.assembly.chains.contracts import needs_of, offer_of, surrounded
from wflint.assembly.chains.edges import CodeWorkflowBuilder, drawn
from wflint.assembly.chains.error_answers import error_answers
from wflint.assembly.chains.fixed_runs import fixed_runs
from wflint.assembly.chains.output_uses import CALLER, told_to
from wflint.assembly.chains.runs import Run
from wflint.assembly.chains.shared_talks import shared_talks
from wflint.assembly.draft import Draft
from wflint.model.prompt import Prompt
from wflint.model.span import Span
from wflint.model.workflow import Exchange, Step, Workflow


def fold(builder: CodeWorkflowBuilder, called: str, span: Span) -> Workflow:
    """The workflow of a chain."""
    first, *_ = builder.runs
    draft = Draft(called, first[1].framework, span)
    for run, actor in builder.runs:
        for step in actor.steps:
            offers = (offer_of(step, run, builder.uses),)
            draft.steps.setdefault(step.id, replace(step, offers=offers, offers_open=False))
            heard, alone = _heard(draft.steps[step.id], run, builder), len(actor.steps) == 1
            draft.steps[step.id] = surrounded(heard, run, builder.uses, alone=alone)
    for name, error in dict.fromkeys(error_answers(builder)):
        conduct = draft.steps[name].conduct
        errors = (*conduct.error_texts, error)
        draft.steps[name] = replace(draft.steps[name], conduct=replace(conduct, error_texts=errors))
    edges = drawn(builder, draft)
    for name, step in draft.steps.items():
        given = {source: dependences for (source, target), dependences in builder.ways.items() if target == name}
        draft.steps[name] = replace(step, needs=needs_of(given, builder.uses))
    for edge in edges:
        draft.add_edge(edge)
    led = {pair[1] for pair in draft.edges if not builder.leads_back(pair)}
    entries = tuple(step for step in draft.steps if step not in led)
    named = [(run, actor.names) for run, actor in builder.runs]
    loops = loops_of(named)
    return replace(
        draft.finish(None, None, None, (), Exchange.MESSAGES),
        entries=entries,
        is_imperative=True,
        verdict_loops=(*verdict_loops(loops), *verdict_recursions(named)),
        stuck_loops=stuck_loops(loops),
        shared_talks=shared_talks((run, actor.names) for run, actor in builder.runs),
        common_talks=common_talks((run, actor.names) for run, actor in builder.runs),
        swelling_loops=swelling_loops(loops),
        fixed_runs=fixed_runs(loops),
        started_together=started_together(run for run, _ in builder.runs),
    )


def _heard(step: Step, run: Run, builder: CodeWorkflowBuilder) -> Step:
    """The step with what a run of it is told beside, and what the code around makes of the answer."""
    if step.prompt is None:
        return step
    prompt = told_to(run)
    known = tuple(dict.fromkeys((*step.prompt.texts, *prompt.texts)))
    heard = (replace(expectation, reader=CALLER) for expectation in builder.heard.get(run.answer, ()))
    expectations = tuple(dict.fromkeys((*step.expectations, *heard)))
    return replace(step, prompt=Prompt(known, step.prompt.complete and prompt.complete), expectations=expectations)
