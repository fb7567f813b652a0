"""A chain of runs, folded into steps and edges."""

from __future__ import annotations

from dataclasses import replace

from wflint.assembly.chains.contracts import needs_of, offer_of
from wflint.assembly.chains.edges import Chaining, drawn
from wflint.assembly.chains.heard import CALLER, told_to
from wflint.assembly.chains.runs import Run
from wflint.assembly.draft import Draft
from wflint.model.prose import Briefing
from wflint.model.span import Span
from wflint.model.workflow import Exchange, Step, Workflow


def fold(chaining: Chaining, called: str, span: Span) -> Workflow:
    """The workflow of a chain."""
    first, *_ = chaining.runs
    draft = Draft(called, first[1].framework, span)
    for run, actor in chaining.runs:
        for step in actor.steps:
            draft.steps.setdefault(step.id, replace(step, offers=(offer_of(step, run),), offers_open=False))
            draft.steps[step.id] = _heard(draft.steps[step.id], run, chaining)
    edges = drawn(chaining, draft)
    for name, step in draft.steps.items():
        given = {source: links for (source, target), links in chaining.ways.items() if target == name}
        draft.steps[name] = replace(step, needs=needs_of(given, chaining.uses))
    for edge in edges:
        draft.add_edge(edge)
    led = {pair[1] for pair in draft.edges if not chaining.leads_back(pair)}
    entries = tuple(step for step in draft.steps if step not in led)
    return replace(draft.finish(None, None, None, (), Exchange.MESSAGES), entries=entries, in_code=True)


def _heard(step: Step, run: Run, chaining: Chaining) -> Step:
    """The step with what a run of it is told beside, and what the code around makes of the answer."""
    if step.told is None:
        return step
    told = told_to(run)
    known = tuple(dict.fromkeys((*step.told.texts, *told.texts)))
    heard = (replace(parsing, reader=CALLER) for parsing in chaining.heard.get(run.answer, ()))
    parsings = tuple(dict.fromkeys((*step.parsings, *heard)))
    return replace(step, told=Briefing(known, step.told.complete and told.complete), parsings=parsings)
