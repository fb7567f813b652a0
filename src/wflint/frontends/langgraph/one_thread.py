"""Threads that all callers of a server share: one name, written in the code, under which every run is kept."""

from __future__ import annotations

from collections.abc import Iterable

from wflint.assembly.chains.common_talks import serves
from wflint.evaluate.events import ApiCall
from wflint.evaluate.values import NONE, text_of
from wflint.frontends.langgraph.invocations import thread_of
from wflint.frontends.langgraph.resumed import answer_of
from wflint.frontends.langgraph.table import RUNNING
from wflint.model.code_runs import CommonTalk
from wflint.model.workflow import Workflow


def common_threads(workflow: Workflow, runs: Iterable[ApiCall]) -> tuple[CommonTalk, ...]:
    """The runs of a graph that keeps its state, each time in the same thread, although they are made for many."""
    names = (workflow.name,) if workflow.persisted else ()
    found = (
        CommonTalk(names, function.name, run.span)
        for run in runs
        if names and run.method in RUNNING and answer_of(run) is None and serves(run)
        for function in [next(each.function for each in run.stack if each.function is not None)]
        if _is_fixed(text_of(thread_of(run.get("config", 1)) or NONE), run)
    )
    return tuple(dict.fromkeys(found))


def _is_fixed(thread: str | None, run: ApiCall) -> bool:
    """Whether the code names the thread, and no parameter has that name for callers who give none."""
    functions = (frame.function for frame in run.stack if frame.function is not None)
    preset = (text_of(default) for function in functions for default in function.defaults.values())
    return thread is not None and thread not in preset
