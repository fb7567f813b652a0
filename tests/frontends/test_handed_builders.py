"""Agent Framework: a builder that a library is given is built there."""

from __future__ import annotations

from pathlib import Path

from tests.frontends.fixtures import audited
from tests.frontends.sources import ways, workflows
from wflint.model.finding import Level

MADE = """
from agent_framework import Executor, WorkflowBuilder, WorkflowContext, handler
from hosting import serve


class Say(Executor):
    @handler
    async def say(self, text: str, ctx: WorkflowContext[str]) -> None:
        await ctx.send_message(text)


first, last, spare = Say(id="first"), Say(id="last"), Say(id="spare")
builder = WorkflowBuilder(start_executor=first).add_edge(first, last)
"""


def test_a_builder_that_is_handed_over_is_a_workflow(tmp_path: Path) -> None:
    (found,) = workflows(tmp_path, MADE + "serve(builder)\n")
    assert ways(found) == {("__start__", "first", "direct"), ("first", "last", "direct")}


def test_whoever_takes_it_may_add_to_it(tmp_path: Path) -> None:
    source = MADE + "builder.add_edge(spare, last)\nserve(builder)\n"
    (tmp_path / "app.py").write_text(source, encoding="utf-8")
    (found,) = [finding for finding in audited(tmp_path).findings if finding.code == "WF301"]
    assert found.level is Level.WARNING


def test_it_is_one_workflow_where_it_is_built_here_too(tmp_path: Path) -> None:
    assert len(list(workflows(tmp_path, MADE + "serve(builder)\nflow = builder.build()\n"))) == 1
