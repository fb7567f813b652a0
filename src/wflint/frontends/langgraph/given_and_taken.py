"""What is wrong between a graph and those who run it: runs that are refused, and what is taken and never given."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from wflint.evaluate.events import ApiCall
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.values import Object, Value
from wflint.frontends.langgraph.additions import unfit_inputs
from wflint.frontends.langgraph.configured import unconfigured
from wflint.frontends.langgraph.forgetful import lost_threads, uncached
from wflint.frontends.langgraph.graph_draft import GraphDraft
from wflint.frontends.langgraph.plain_runs import REFUSED_RUNS, refused_questions
from wflint.frontends.langgraph.resumed import misread_answers
from wflint.frontends.langgraph.starting import refused_runs
from wflint.frontends.langgraph.streamed import misread_chunks
from wflint.model.contract import Schema
from wflint.model.loss import Loss
from wflint.model.workflow import Fault


def refused_of(
    interp: Interpreter, drafts: Sequence[GraphDraft], handles: list[Object], runs: list[ApiCall], state: Schema | None
) -> Iterator[Fault]:
    """What is wrong with the runs of a graph that no other graph holds, and with questions for its state."""
    yield from refused_runs(interp, handles, runs)
    yield from refused_questions(interp, handles, runs)
    yield from lost_threads(interp, handles, runs)
    for draft in drafts:
        yield from unfit_inputs(draft, state, runs) if state is not None else ()
        for refused in REFUSED_RUNS:
            yield from refused(draft, runs)


def lost_between(
    drafts: Sequence[GraphDraft],
    handles: list[Object],
    runs: list[ApiCall],
    state: Schema | None,
    calls: Mapping[Value, list[ApiCall]],
) -> Iterator[Loss]:
    """What steps take of answers that callers do not give, callers of chunks, and what is kept nowhere."""
    for draft in drafts:
        yield from misread_answers(draft, runs)
        yield from misread_chunks(draft, state, runs) if state is not None else ()
        yield from uncached(draft, handles, calls.get(draft.builder, ()))


def lost_without_configuration(drafts: Sequence[GraphDraft], runs: list[ApiCall]) -> Iterator[Loss]:
    """What steps take of configurations that callers do not pass to a graph which no other graph holds."""
    for draft in drafts:
        yield from unconfigured(draft, runs)
