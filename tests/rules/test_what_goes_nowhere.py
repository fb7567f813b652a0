"""Messages to steps that no edge leads to, and steps that no edge has; what of both is heard by whom."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.marked import loud, marked
from wflint.config import Config
from wflint.model.finding import Persona

DESKS = """
    from agent_framework import Executor, WorkflowBuilder, WorkflowContext, handler


    class Sorter(Executor):
        @handler
        async def sort(self, mail: str, ctx: WorkflowContext[str]) -> None:
            await ctx.send_message(mail{target}){mark}


    class Desk(Executor):
        @handler
        async def answer(self, mail: str, ctx: WorkflowContext[str, str]) -> None:
            await ctx.yield_output(mail)
            {more}


    sorter, desk, office = Sorter(id="sorter"), Desk(id="desk"), Desk(id="office")
    workflow = WorkflowBuilder(start_executor=sorter).add_edge(sorter, desk).add_edge(desk, office).build()
"""
ON = "await ctx.send_message(mail)"


@pytest.mark.parametrize(
    "source",
    [
        pytest.param(DESKS.format(target=', target_id="desks"', mark="  # <- WF303", more=ON), id="no-step"),
        pytest.param(DESKS.format(target=', target_id="office"', mark="  # <- WF407", more=ON), id="no-edge"),
        pytest.param(DESKS.format(target=', target_id="desk"', mark="", more=ON), id="an-edge"),
        pytest.param(DESKS.format(target=", target_id=pick(mail)", mark="", more=ON), id="not-known"),
        pytest.param(DESKS.format(target="", mark="", more=ON), id="to-all"),
    ],
)
def test_messages_by_the_id_of_a_step(source: str, tmp_path: Path) -> None:
    assert loud(tmp_path, source) == marked(source)


SHARED = """

    def other():
        sorter, desks = Sorter(id="sorter"), Desk(id="desks")
        return WorkflowBuilder(start_executor=sorter).add_edge(sorter, desks).build()


    another = other()
"""


def test_a_name_that_another_workflow_of_the_same_code_has(tmp_path: Path) -> None:
    assert loud(tmp_path, DESKS.format(target=', target_id="desks"', mark="", more=ON) + SHARED) == []


SILENT = """
    from pathlib import Path

    from agent_framework import Executor, WorkflowBuilder, WorkflowContext, handler


    class Keep(Executor):
        @handler
        async def keep(self, mail: str, ctx: WorkflowContext[str]) -> None:{mark}
            {code}


    class Desk(Executor):
        @handler
        async def answer(self, mail: str, ctx: WorkflowContext[str, str]) -> None:
            await ctx.yield_output(mail)


    keep, desk = Keep(id="keep"), Desk(id="desk")
    workflow = WorkflowBuilder(start_executor=keep).add_edge(keep, desk).build()
"""
MARK = "  # <- WF305"


@pytest.mark.parametrize(
    ("code", "persona"),
    [
        ('Path("mails").write_text(mail)', Persona.REGULAR),
        ("await deliver(mail)", Persona.REGULAR),
        ("pass", Persona.AUDITOR),
        ('print("got", mail)', Persona.AUDITOR),
        ("self.seen.append(mail)", Persona.AUDITOR),
        ('raise NotImplementedError("later")', Persona.AUDITOR),
    ],
    ids=["writes", "asks another", "nothing", "prints", "notes", "is to come"],
)
def test_code_that_does_nothing_yet_is_for_auditors(code: str, persona: Persona, tmp_path: Path) -> None:
    source = SILENT.format(code=code, mark=MARK)
    config = Config(persona=Persona.AUDITOR)
    heard = {each: loud(tmp_path, source, config, least=each) for each in (Persona.REGULAR, Persona.AUDITOR)}
    assert heard == {each: marked(source) if each is persona else [] for each in heard}


GRAPH = """
    from pydantic_graph import GraphBuilder, StepContext
    from pydantic_graph.join import reduce_list_append, reduce_list_extend
    from spreading import spread

    g = GraphBuilder(output_type=str)


    @g.step
    async def wiki(ctx: StepContext[None, None, None]) -> {given}:
        return ["a"]


    @g.step
    async def news(ctx: StepContext[None, None, None]) -> {given}:
        return ["b"]


    notes = g.join({reducer}, initial_factory=list){join}


    @g.step{left}
    async def polish(ctx: StepContext[None, None, list[str]]) -> list[str]:
        return [text.strip() for text in ctx.inputs]


    @g.step
    async def write(ctx: StepContext[None, None, {taken}]) -> str:
        return str(ctx.inputs)


    g.add(
        g.edge_from(g.start_node).to(wiki, news),
        g.edge_from(wiki, news).to(notes),
        {edges}
        g.edge_from(write).to(g.end_node),
    )
    {more}
    graph = g.build()
"""
STRAIGHT, OVER = "g.edge_from(notes).to(write),", "g.edge_from(notes).to(polish), g.edge_from(polish).to(write),"


def graph(**parts: str) -> str:
    usual = {"given": "list[str]", "taken": "list[str]", "reducer": "reduce_list_extend", "join": "", "left": ""}
    return GRAPH.format(**usual | {"edges": OVER, "more": ""} | parts)


@pytest.mark.parametrize(
    "source",
    [
        pytest.param(graph(), id="all-is-used"),
        pytest.param(graph(edges=STRAIGHT, left="  # <- WF301"), id="a-step-without-an-edge"),
        pytest.param(graph(edges=STRAIGHT, more="spread(g, polish)"), id="handed-to-other-code"),
        pytest.param(
            graph(edges=STRAIGHT, left="  # <- WF301", reducer="reduce_list_append", join="  # <- WF504"),
            id="lists-of-lists",
        ),
        pytest.param(graph(reducer="reduce_list_append", join="  # <- WF504"), id="lists-of-lists-further-on"),
        pytest.param(graph(reducer="reduce_list_append", given="str"), id="a-list-of-texts"),
    ],
)
def test_steps_and_joins_of_a_builder(source: str, tmp_path: Path) -> None:
    assert loud(tmp_path, source) == marked(source)
