"""Templates that steps fill, through sources: WF001 by each engine's grammar, and where it keeps quiet."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest
from msgspec.structs import replace

from tests.rules.marked import loud, marked
from wflint.audit import audit
from wflint.config import Config
from wflint.model.finding import Level
from wflint.request import CacheChoice, Request

GRAPH = """
    import json
    from string import Template
    from typing import TypedDict

    import jinja2
    from langchain_core.messages import HumanMessage, SystemMessage
    from langchain_core.output_parsers import StrOutputParser
    from langchain_core.prompts import (
        ChatPromptTemplate, HumanMessagePromptTemplate, MessagesPlaceholder, PromptTemplate,
    )
    from langchain_core.runnables import RunnablePassthrough
    from langchain_openai import ChatOpenAI
    from langgraph.graph import END, START, StateGraph

    model = ChatOpenAI(model="gpt-5.2")


    class State(TypedDict):
        dish: str
        guests: int
        recipe: str


    {top}


    def cook(state: State):
        {body}


    builder = StateGraph(State)
    builder.add_node("cook", cook)
    builder.add_edge(START, "cook")
    builder.add_edge("cook", END)
    graph = builder.compile()
"""


def _graph(top: str, body: str) -> str:
    return GRAPH.format(top=top.replace("\n", "\n    "), body=body.replace("\n", "\n        "))


CHAT = 'prompt = ChatPromptTemplate.from_messages([("system", "Cook for {guests}."), ("human", "{dish}")])\n'
TEXT = 'prompt = PromptTemplate.from_template("Cook {dish} for {guests}.")\n'
ONE = 'return {"recipe": (prompt | model).invoke({"dish": state["dish"]}).content}'
MISSING = [
    pytest.param(_graph(CHAT, f"{ONE}  # <- WF001"), id="chat"),
    pytest.param(_graph(TEXT, f"{ONE}  # <- WF001"), id="text"),
    pytest.param(
        _graph(CHAT + "chain = prompt | model | StrOutputParser()", 'return {"recipe": chain.invoke(state)}'),
        id="the-whole-state",
    ),
    pytest.param(
        _graph(
            'prompt = PromptTemplate.from_template("Cook {dish} in {city}.")\nchain = prompt | model',
            'return {"recipe": chain.invoke(state).content}  # <- WF001',
        ),
        id="the-whole-state-lacks-it",
    ),
    pytest.param(
        _graph(
            CHAT,
            'text = prompt.format_messages(dish="soup")  # <- WF001\nreturn {"recipe": model.invoke(text).content}',
        ),
        id="by-name",
    ),
    pytest.param(
        _graph(
            'prompt = ChatPromptTemplate.from_messages([MessagesPlaceholder("history"), ("human", "{dish}")])',
            f"{ONE}  # <- WF001",
        ),
        id="messages",
    ),
    pytest.param(
        _graph(
            "prompt = ChatPromptTemplate.from_messages(\n"
            '    [HumanMessagePromptTemplate.from_template("{dish} for {guests}")]\n)',
            f"{ONE}  # <- WF001",
        ),
        id="message-templates",
    ),
    pytest.param(
        _graph(
            "prompt = ChatPromptTemplate.from_template('Cook {dish}. Answer like {\"steps\": []}')",
            f"{ONE}  # <- WF001",
        ),
        id="literal-braces",
    ),
    pytest.param(
        _graph(
            TEXT,
            "chain = ({'dish': RunnablePassthrough()} | prompt | model).with_retry()\n"
            'return {"recipe": chain.invoke("soup").content}  # <- WF001',
        ),
        id="after-a-dict",
    ),
    pytest.param(
        _graph(
            CHAT, 'chain = prompt.partial(dish="soup") | model\nreturn {"recipe": chain.invoke({}).content}  # <- WF001'
        ),
        id="partial-of-another",
    ),
    pytest.param(
        _graph('ASK = "Cook {dish} for {guests}."', 'return {"recipe": ASK.format(dish=state["dish"])}  # <- WF001'),
        id="str-format",
    ),
    pytest.param(
        _graph('ASK = "Cook {} for {}."', 'return {"recipe": ASK.format(state["dish"])}  # <- WF001'), id="by-position"
    ),
    pytest.param(
        _graph(
            "ASK = 'Cook {dish}. Answer like {\"steps\": []}.'", 'return {"recipe": ASK.format(dish="x")}  # <- WF001'
        ),
        id="json-in-a-format",
    ),
    pytest.param(
        _graph('ASK = "Cook {dish}. A brace: }"', 'return {"recipe": ASK.format(dish="x")}  # <- WF001'),
        id="lone-brace",
    ),
    pytest.param(
        _graph(
            'ASK = Template("Cook $dish for ${guests}.")', 'return {"recipe": ASK.substitute(dish="x")}  # <- WF001'
        ),
        id="dollars",
    ),
    pytest.param(
        _graph(
            'ASK = jinja2.Template("Cook {{ dish }} for {{ guests }}.")',
            'return {"recipe": ASK.render(dish="x")}  # <- WF001',
        ),
        id="jinja",
    ),
    pytest.param(
        _graph(
            'prompt = PromptTemplate.from_template("Cook {{ dish }} for {{ guests }}.", template_format="jinja2")',
            f"{ONE}  # <- WF001",
        ),
        id="jinja-by-setting",
    ),
    pytest.param(
        """
        from llama_index.core import PromptTemplate
        from llama_index.core.workflow import StartEvent, StopEvent, Workflow, step
        from llama_index.llms.openai import OpenAI

        ASK = PromptTemplate("Cook {dish} for {guests}.")


        class Kitchen(Workflow):
            llm = OpenAI(model="gpt-5.2")

            @step
            async def cook(self, ev: StartEvent) -> StopEvent:
                return StopEvent(result=await self.llm.acomplete(ASK.format(dish=ev.dish)))  # <- WF001
        """,
        id="llamaindex",
    ),
    pytest.param(
        """
        from crewai import LLM
        from crewai.flow.flow import Flow, listen, start

        ASK = "Cook {dish} for {guests}."


        class Kitchen(Flow):
            @start()
            def choose(self):
                return "soup"

            @listen(choose)
            def cook(self, dish):
                return LLM(model="gpt-5.2").call(ASK.format(dish=dish))  # <- WF001
        """,
        id="crewai",
    ),
    pytest.param(
        """
        from agent_framework import Executor, WorkflowBuilder, WorkflowContext, handler

        ASK = "Cook {dish} for {guests}."


        class Cook(Executor):
            @handler
            async def cook(self, dish: str, ctx: WorkflowContext[str, str]) -> None:
                await ctx.yield_output(ASK.format(dish=dish))  # <- WF001


        workflow = WorkflowBuilder(start_executor=Cook(id="cook")).build()
        """,
        id="agent-framework",
    ),
    pytest.param(
        """
        from dataclasses import dataclass

        from pydantic_graph import BaseNode, End, Graph, GraphRunContext

        ASK = "Cook {dish} for {guests}."


        @dataclass
        class Cook(BaseNode[None, None, str]):
            dish: str

            async def run(self, ctx: GraphRunContext) -> End[str]:
                return End(ASK.format(dish=self.dish))  # <- WF001


        graph = Graph(nodes=[Cook])
        """,
        id="pydantic-graph",
    ),
    pytest.param(
        """
        from haystack import Pipeline, component

        ASK = "Cook {dish} for {guests}."


        @component
        class Cook:
            @component.output_types(text=str)
            def run(self, dish: str):
                return {"text": ASK.format(dish=dish)}  # <- WF001


        pipeline = Pipeline()
        pipeline.add_component("cook", Cook())
        result = pipeline.run({"cook": {"dish": "soup"}})
        """,
        id="haystack",
    ),
]
PLAIN = [
    pytest.param(
        _graph("", 'dish = state["dish"]\nreturn {"recipe": model.invoke("Cook {dish}.").content}  # <- WF001'),
        id="no-f",
    ),
    pytest.param(
        _graph(
            "",
            'dish = state["dish"]\nasked = [SystemMessage("You cook."), HumanMessage(content="Cook {dish}.")]\n'
            'return {"recipe": model.invoke(asked).content}  # <- WF001',
        ),
        id="no-f-in-a-message",
    ),
    pytest.param(
        _graph("", 'dish = state["dish"]\nreturn {"recipe": model.invoke(f"Cook {dish}. Say {{dish}}.").content}'),
        id="braces-in-an-f-string",
    ),
    pytest.param(
        _graph("", 'dish = state["dish"]\nreturn {"recipe": model.invoke("Cook " + dish + ". Say {name}.").content}'),
        id="no-variable",
    ),
    pytest.param(
        _graph("", 'dish = state["dish"]\nreturn {"recipe": model.invoke("Cook {dish}.".format(dish=dish)).content}'),
        id="filled",
    ),
]
SUPPLIED = [
    pytest.param(_graph(CHAT, ONE.replace('["dish"]}', '["dish"], "guests": 4}')), id="all"),
    pytest.param(_graph(CHAT, ONE.replace('{"dish": state["dish"]}', '{**state, "dish": "x"}')), id="spread"),
    pytest.param(_graph(CHAT, ONE.replace("prompt |", "prompt.partial(guests=4) |")), id="partial"),
    pytest.param(
        _graph('prompt = PromptTemplate(template="{dish} {guests}", partial_variables={"guests": 4})', ONE),
        id="settled",
    ),
    pytest.param(
        _graph("prompt = PromptTemplate.from_template('Cook {dish}. Like {{\"steps\": []}}')", ONE), id="braces-twice"
    ),
    pytest.param(
        _graph(
            'prompt = ChatPromptTemplate.from_messages([SystemMessage("A {brace}."), ("human", "{dish}"),\n'
            '    ("placeholder", "{history}"), MessagesPlaceholder("more", optional=True)])',
            ONE,
        ),
        id="optional-and-no-template",
    ),
    pytest.param(
        _graph('prompt = PromptTemplate.from_template(open("prompt.txt").read())', ONE), id="a-text-that-is-not-known"
    ),
    pytest.param(
        _graph(
            'prompt = PromptTemplate.from_template("Cook {dish}")', 'return {"recipe": (prompt | model).invoke("soup")}'
        ),
        id="the-value-alone",
    ),
    pytest.param(
        _graph(
            TEXT,
            "chain = RunnablePassthrough.assign(guests=len) | prompt | model\nreturn {'recipe': chain.invoke(state)}",
        ),
        id="something-before-it",
    ),
    pytest.param(
        _graph('ASK = "{dish}"', 'values = dict(state)\nreturn {"recipe": ASK.format(**values)}'), id="format-spread"
    ),
    pytest.param(
        _graph(
            'ASK = "{dish} {city}"',
            'try:\n    text = ASK.format(dish="x")\nexcept KeyError:\n    text = "soup"\nreturn {"recipe": text}',
        ),
        id="handled",
    ),
    pytest.param(
        _graph('ASK = "{dish} {city}"', 'return {"recipe": ASK.replace("{city}", "Bonn").format(dish="x")}'),
        id="replaced",
    ),
    pytest.param(
        _graph(
            'ASK = jinja2.Template("{{ dish }}{% if guests %} for {{ guests }}{% endif %} {{ city | default(1) }}")',
            'return {"recipe": ASK.render(dish="x")}',
        ),
        id="jinja-optional",
    ),
    pytest.param(_graph('ASK = Template("$dish $$5")', 'return {"recipe": ASK.substitute(dish="x")}'), id="dollars"),
    pytest.param(
        _graph('ASK = Template("$dish $city")', 'return {"recipe": ASK.safe_substitute(dish="x")}'), id="safe"
    ),
    pytest.param(
        _graph('ASK = "{dish:>10} {guests!r} {0}"', 'return {"recipe": ASK.format(1, dish="x", guests=4)}'), id="shaped"
    ),
    pytest.param(
        """
        from llama_index.core import PromptTemplate
        from llama_index.core.workflow import StartEvent, StopEvent, Workflow, step
        from llama_index.llms.openai import OpenAI

        ASK = PromptTemplate("Show {dish} so: <Card text={text} />. Or `{other}`. {{not}} this.\\n```\\n{third}\\n```")


        class Kitchen(Workflow):
            llm = OpenAI(model="gpt-5.2")

            @step
            async def cook(self, ev: StartEvent) -> StopEvent:
                return StopEvent(result=await self.llm.acomplete(ASK.format(dish=ev.dish)))
        """,
        id="samples-of-code",
    ),
    pytest.param(
        _graph(
            'prompt = ChatPromptTemplate.from_messages([("human", [{"type": "text", "text": "{dish}"}])])',
            ONE,
        ),
        id="parts",
    ),
]


@pytest.mark.parametrize("source", [*MISSING, *PLAIN, *SUPPLIED])
def test_exactly_what_is_marked(source: str, tmp_path: Path) -> None:
    assert [one for one in loud(tmp_path, source) if one[1] == "WF001"] == marked(source)


@pytest.mark.parametrize(
    ("top", "body", "expected"),
    [
        (
            'prompt = PromptTemplate.from_template("{{ dish }} {{ guests }}", template_format="jinja2")',
            'return {"recipe": (prompt | model).invoke({"dish": "x"})}',
            Level.ERROR,
        ),
        ('ASK = jinja2.Template("{{ dish }} {{ guests }}")', 'return {"recipe": ASK.render(dish="x")}', Level.WARNING),
        ('ASK = "{dish} {guests}"', 'return {"recipe": ASK.format(dish="x")}', Level.ERROR),
    ],
)
def test_an_error_only_where_it_raises(top: str, body: str, expected: Level, tmp_path: Path) -> None:
    (tmp_path / "app.py").write_text(dedent(_graph(top, body)), encoding="utf-8")
    request = Request.of(tmp_path, overrides=Config())
    found = audit(replace(request, cache=CacheChoice(is_off=True))).findings
    assert [one.level for one in found if one.code == "WF001"] == [expected]
