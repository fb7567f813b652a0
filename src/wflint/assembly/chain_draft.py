"""A chain of runs, folded into steps and edges."""

from __future__ import annotations

from dataclasses import replace

from wflint.assembly.chain_contracts import needs_of, offer_of
from wflint.assembly.chain_edges import Chaining, drawn
from wflint.assembly.draft import Draft
from wflint.model.span import Span
from wflint.model.workflow import Exchange, Workflow


def fold(chaining: Chaining, called: str, span: Span) -> Workflow:
    """The workflow of a chain."""
    first, *_ = chaining.runs
    draft = Draft(called, first[1].framework, span)
    for run, actor in chaining.runs:
        for step in actor.steps:
            draft.steps.setdefault(step.id, replace(step, offers=(offer_of(step, run),), offers_open=False))
    edges = drawn(chaining, draft)
    for name, step in draft.steps.items():
        given = {source: links for (source, target), links in chaining.ways.items() if target == name}
        draft.steps[name] = replace(step, needs=needs_of(given, chaining.uses))
    for edge in edges:
        draft.add_edge(edge)
    led = {pair[1] for pair in draft.edges if not chaining.leads_back(pair)}
    entries = tuple(step for step in draft.steps if step not in led)
    return replace(draft.finish(None, None, None, (), Exchange.MESSAGES), entries=entries, in_code=True)
