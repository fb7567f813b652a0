"""WF112 and WF001: answers and templates where pydantic-graph builders and LlamaIndex models take them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.twins import Twin, found
from wflint.model.finding import Level

BUILT = """
    from __future__ import annotations
    import json
    from dataclasses import dataclass
    from pydantic_ai import Agent
    from pydantic_graph import BaseNode, End, GraphBuilder, GraphRunContext, StepContext

    judge = Agent("openai:gpt-5", instructions=<0>)

    @dataclass
    class Essay:
        text: str
        mark: int = 0

    @dataclass
    class Grade(BaseNode[Essay, None, int]):
        async def run(self, ctx: GraphRunContext[Essay]) -> End[int]:
            answer = await judge.run(ctx.state.text)
            return End(json.loads(answer.output)["mark"])

    g = GraphBuilder(state_type=Essay, output_type=int)

    @g.step
    async def begin(ctx: StepContext[Essay, None, None]) -> Grade:
        return Grade()

    g.add(g.node(Grade), g.edge_from(g.start_node).to(begin))
    graph = g.build()
"""
PLAIN = """
    import json
    from dataclasses import dataclass
    from pydantic_ai import Agent
    from pydantic_graph import GraphBuilder, StepContext

    judge = Agent("openai:gpt-5", instructions=<0>)
    g = GraphBuilder(input_type=str, output_type=int)

    @g.step
    async def grade(ctx: StepContext[None, None, str]) -> int:
        answer = await judge.run(ctx.inputs)
        return json.loads(answer.output)["mark"]

    g.add(g.edge_from(g.start_node).to(grade), g.edge_from(grade).to(g.end_node))
    graph = g.build()
"""
PROSE = '"Say in a paragraph what you think of the essay."'
JSON = '"Mark the essay. Answer in JSON with one key, mark."'


@pytest.mark.parametrize("program", [BUILT, PLAIN], ids=["node class", "step"])
def test_a_form_that_an_agent_is_not_told(program: str, tmp_path: Path) -> None:
    twin = Twin("", program, ((PROSE, JSON),), "json.loads")
    said = found(twin.bad, tmp_path, "format-gap")
    assert [(twin.line in line, level) for line, level in said] == [(True, Level.WARNING)]
    assert found(twin.good, tmp_path, "format-gap") == []


COOKING = """
    from llama_index.core import PromptTemplate
    from pydantic import BaseModel
    from workflows import Workflow, step
    from workflows.events import StartEvent, StopEvent

    ASK = PromptTemplate("Cook {dish} for {guests}.")

    class Menu(BaseModel):
        courses: list[str]

    class Kitchen(Workflow):
        def __init__(self, llm, **kwargs):
            super().__init__(**kwargs)
            self.llm = llm

        @step
        async def cook(self, ev: StartEvent) -> StopEvent:
            return StopEvent(result=await self.llm.<0>)
"""
HANDED = (
    Twin("told", COOKING, (("apredict(ASK, dish=ev.dish)", "apredict(ASK, dish=ev.dish, guests=2)"),), "cook"),
    Twin(
        "told the form, too",
        COOKING,
        (("astructured_predict(Menu, ASK, dish=ev.dish)", "astructured_predict(Menu, prompt=ASK, dish=1, guests=2)"),),
        "cook",
    ),
    Twin("spread", COOKING, (("apredict(ASK, guests=ev.guests)", "apredict(ASK, **ev.parts)"),), "cook"),
    Twin(
        "filled before",
        COOKING,
        (("apredict(ASK)", "apredict(ASK.partial_format(guests=2, dish=ev.dish))"),),
        "cook",
    ),
)


@pytest.mark.parametrize("twin", HANDED, ids=lambda twin: twin.name)
def test_a_template_that_a_model_fills(twin: Twin, tmp_path: Path) -> None:
    assert [level for _, level in found(twin.bad, tmp_path, "template-unresolved")] == [Level.WARNING]
    assert found(twin.good, tmp_path, "template-unresolved") == []
