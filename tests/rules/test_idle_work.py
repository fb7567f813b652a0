"""Work that leads nowhere, through sources: WF305, WF306, WF308, WF505, and where they keep quiet."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.rules.marked import loud, marked
from wflint.audit import audit
from wflint.config import Config
from wflint.model.finding import Persona
from wflint.request import CacheChoice, Request

TOOLS = """
    from langchain_core.messages import ToolMessage
    from langchain_core.tools import tool
    from langchain_openai import ChatOpenAI
    from langgraph.graph import END, START, MessagesState, StateGraph
    from langgraph.prebuilt import ToolNode, tools_condition
    from pydantic import BaseModel

    model = ChatOpenAI(model="gpt-5.2")


    @tool
    def tides(harbour: str) -> str:
        "The tides of today."
        return "high water at noon"


    class Harbour(BaseModel):
        name: str


    {top}


    def answer(state: MessagesState):
        {body}


    builder = StateGraph(MessagesState)
    builder.add_node("answer", answer)
    builder.add_edge(START, "answer")
    {edges}
    graph = builder.compile()
"""
LAST = 'builder.add_edge("answer", END)'
INVOKED = 'return {"messages": [helper.invoke(state["messages"])]}'
BOUND = "helper = model.bind_tools([tides])"


def _tools(top: str = BOUND, body: str = INVOKED, edges: str = LAST) -> str:
    return TOOLS.format(
        top=top.replace("\n", "\n    "), body=body.replace("\n", "\n        "), edges=edges.replace("\n", "\n    ")
    )


IDLE = [
    pytest.param(_tools(body=f"{INVOKED}  # <- WF306"), id="bound"),
    pytest.param(
        _tools(top="", body='return {"messages": [model.bind_tools([tides]).invoke(state["messages"])]}  # <- WF306'),
        id="bound-in-the-step",
    ),
    pytest.param(
        _tools(
            top=f"{BOUND}\n\n\ndef after(state):\n    return END if state['messages'][-1].tool_calls else 'answer'",
            body=f"{INVOKED}  # <- WF306",
            edges='builder.add_conditional_edges("answer", after, ["answer", END])',
        ),
        id="only-tested",
    ),
    pytest.param(
        _tools(
            edges='builder.add_node("tools", ToolNode([tides]))\n'
            'builder.add_conditional_edges("answer", tools_condition)\nbuilder.add_edge("tools", "answer")'
        ),
        id="a-step-for-tools",
    ),
    pytest.param(
        _tools(
            body='said = helper.invoke(state["messages"])\n'
            'done = [ToolMessage(tides.invoke(one), tool_call_id=one["id"]) for one in said.tool_calls]\n'
            'return {"messages": [said, *done]}'
        ),
        id="runs-them-itself",
    ),
    pytest.param(_tools(top='helper = model.bind_tools([tides], tool_choice="tides")'), id="made-to-answer-so"),
    pytest.param(_tools(top="helper = model.bind_tools([Harbour])"), id="a-form"),
    pytest.param(_tools(top='helper = model.bind_tools([{"type": "web_search"}])'), id="run-by-the-provider"),
    pytest.param(
        _tools(
            top="def make(tools):\n    return model.bind_tools(tools)", body=INVOKED.replace("helper", "make(load())")
        ),
        id="not-known",
    ),
    pytest.param(
        """
        from llama_index.core.tools import FunctionTool
        from llama_index.core.workflow import StartEvent, StopEvent, Workflow, step
        from llama_index.llms.openai import OpenAI


        def tides(harbour: str) -> str:
            return "high water at noon"


        class Desk(Workflow):
            llm = OpenAI(model="gpt-5.2")
            tools = [FunctionTool.from_defaults(tides)]

            @step
            async def answer(self, ev: StartEvent) -> StopEvent:
                said = await self.llm.achat_with_tools(self.tools, user_msg=ev.question)  # <- WF306
                return StopEvent(result=said.message.content)
        """,
        id="llamaindex",
    ),
    pytest.param(
        """
        from llama_index.core.tools import FunctionTool
        from llama_index.core.workflow import StartEvent, StopEvent, Workflow, step
        from llama_index.llms.openai import OpenAI


        def tides(harbour: str) -> str:
            return "high water at noon"


        class Desk(Workflow):
            llm = OpenAI(model="gpt-5.2")
            tools = [FunctionTool.from_defaults(tides)]

            @step
            async def answer(self, ev: StartEvent) -> StopEvent:
                said = await self.llm.achat_with_tools(self.tools, user_msg=ev.question)
                calls = self.llm.get_tool_calls_from_response(said)
                return StopEvent(result=[tides(**one.tool_kwargs) for one in calls])
        """,
        id="llamaindex-runs-them",
    ),
    pytest.param(
        """
        from haystack import Pipeline
        from haystack.components.generators.chat import OpenAIChatGenerator
        from haystack.tools import tool


        @tool
        def tides(harbour: str) -> str:
            "The tides of today."
            return "high water at noon"


        pipeline = Pipeline()
        pipeline.add_component("llm", OpenAIChatGenerator(model="gpt-5.2", tools=[tides]))  # <- WF306
        """,
        id="haystack",
    ),
    pytest.param(
        """
        from haystack import Pipeline
        from haystack.components.generators.chat import OpenAIChatGenerator
        from haystack.components.tools import ToolInvoker
        from haystack.tools import tool


        @tool
        def tides(harbour: str) -> str:
            "The tides of today."
            return "high water at noon"


        pipeline = Pipeline()
        pipeline.add_component("llm", OpenAIChatGenerator(model="gpt-5.2", tools=[tides]))
        pipeline.add_component("run", ToolInvoker(tools=[tides]))
        pipeline.connect("llm.replies", "run.messages")
        """,
        id="haystack-invoker",
    ),
]

EXECUTORS = """
    from agent_framework import Executor, WorkflowBuilder, WorkflowContext, handler


    class Clean(Executor):
        @handler
        {head}
            {body}


    class Count(Executor):
        @handler
        async def count(self, text: str, ctx: WorkflowContext[int, int]) -> None:
            await ctx.yield_output(len(text))


    async def forward(text, ctx):
        await ctx.send_message(text)


    clean = Clean(id="clean")
    workflow = WorkflowBuilder(start_executor=clean).add_edge(clean, Count(id="count")).build()
"""
HEAD = "async def clean(self, text: str, ctx: WorkflowContext[str]) -> None:"


def _executors(body: str, head: str = HEAD) -> str:
    return EXECUTORS.format(head=head, body=body.replace("\n", "\n            "))


EVENTS = """
    from llama_index.core.workflow import Context, Event, StartEvent, StopEvent, Workflow, step


    class Found(Event):
        text: str


    class Lost(Event):
        text: str


    class Search(Workflow):
        @step
        {head}
            {body}

        @step
        async def tell(self, ev: Found) -> StopEvent:
            return StopEvent(result=ev.text)

        @step
        async def give_up(self, ev: Lost) -> StopEvent:
            return StopEvent(result=ev.text)
"""
LOOK = "async def look(self, ctx: Context, ev: StartEvent) -> Found | Lost:"


def _events(body: str, head: str = LOOK) -> str:
    return EVENTS.format(head=head, body=body.replace("\n", "\n            "))


MUTE = [
    pytest.param(_executors("self.last = text.strip()", f"{HEAD}  # <- WF305"), id="nothing"),
    pytest.param(_executors("await ctx.yield_output(text)", f"{HEAD}  # <- WF305"), id="only-an-output"),
    pytest.param(_executors("if text:\n    await ctx.send_message(text)"), id="sometimes"),
    pytest.param(_executors("await forward(text, ctx)"), id="by-a-helper"),
    pytest.param(_executors("await self.deliver(ctx)"), id="who-knows"),
    pytest.param(_events("return Found(text=ev.query)", f"{LOOK}  # <- WF305"), id="an-event-never-made"),
    pytest.param(_events('return Found(text="x") if ev.query else Lost(text="")'), id="both-events"),
    pytest.param(_events('ctx.send_event(Lost(text=""))\nreturn Found(text=ev.query)'), id="one-sent"),
    pytest.param(_events("return self.pick(ev)"), id="an-event-that-is-not-known"),
    pytest.param(_events("send(ctx)\nreturn Found(text=ev.query)"), id="sent-elsewhere-perhaps"),
]

TALK = """
    from typing import Annotated, TypedDict

    from langchain_core.messages import AnyMessage, HumanMessage, SystemMessage
    from langchain_openai import ChatOpenAI
    from langgraph.graph import END, START, StateGraph
    from langgraph.graph.message import add_messages

    model = ChatOpenAI(model="gpt-5.2")


    class State(TypedDict):
        {field}
        report: str


    def plan(state: State):
        return {{"messages": [model.invoke(state["messages"])]}}


    def {second}(state: State):
        {body}


    def report(state: State):
        return {{"report": model.invoke(state["messages"]).content}}


    builder = StateGraph(State)
    builder.add_sequence([plan, {second}, report])
    builder.add_edge(START, "plan")
    builder.add_edge("report", END)
    graph = builder.compile()
"""
NEW = 'return {"messages": [model.invoke(state["messages"])]}'


def _talk(field: str, body: str = NEW, second: str = "act") -> str:
    return TALK.format(field=field, second=second, body=body.replace("\n", "\n        "))


OVERWRITTEN = [
    pytest.param(_talk("messages: list[AnyMessage]  # <- WF505"), id="a-list-of-messages"),
    pytest.param(
        _talk("messages: list  # <- WF505", 'said = model.invoke(state["messages"])\nreturn {"messages": [said]}'),
        id="a-list",
    ),
    pytest.param(_talk("messages: Annotated[list, add_messages]"), id="with-a-reducer"),
    pytest.param(
        _talk("messages: list", 'return {"messages": [*state["messages"], model.invoke(state["messages"])]}'),
        id="put-after",
    ),
    pytest.param(
        _talk("messages: list", 'return {"messages": state["messages"] + [model.invoke(state["messages"])]}'),
        id="added",
    ),
    pytest.param(
        _talk("messages: list", 'state["messages"].append(model.invoke(state["messages"]))\nreturn state'),
        id="in-place",
    ),
    pytest.param(_talk("messages: list", second="summarise"), id="on-purpose"),
    pytest.param(_talk("messages: list", 'return {"messages": []}'), id="emptied"),
    pytest.param(_talk("messages: list", 'return {"report": "x"}'), id="one-writer"),
]


@pytest.mark.parametrize(
    ("source", "code"),
    [
        pytest.param(*one.values, code, id=f"{code}-{one.id}")
        for cases, code in ((IDLE, "WF306"), (MUTE, "WF305"), (OVERWRITTEN, "WF505"))
        for one in cases
    ],
)
def test_exactly_what_is_marked(source: str, code: str, tmp_path: Path) -> None:
    least = Persona.AUDITOR if code == "WF305" else Persona.REGULAR
    config = Config(persona=least, given=frozenset({"persona"}))
    assert [one for one in loud(tmp_path, source, config, least) if one[1] == code] == marked(source)


ENDS = 'router "after" after step "draft" always leads to the end; a plain edge does the same'
ROUTER = """
from typing import TypedDict

from langgraph.graph import END, START, StateGraph


class State(TypedDict):
    text: str


def draft(state: State):
    return {"text": state["text"].strip()}


def after(state: State):
    """


@pytest.mark.parametrize(
    ("body", "attached", "expected"),
    [
        ('return "a" if state["text"] else "b"', 'after, {"a": END, "b": END}', [ENDS]),
        ("return END", "after, [END]", [ENDS]),
        ('return "a" if state["text"] else "b"', 'after, {"a": END, "b": "draft"}', []),
        ('return "a" if state["text"] else "c"', 'after, {"a": END}', []),
        ('return state["text"]', 'after, {"a": END}', []),
        ('return END if state["text"] else None', "after, [END]", []),
        ('return "a"', 'after, {"a": "nobody"}', []),
        ('return END if state["text"] else "nobody"', "after", []),
    ],
)  # fmt: skip
def test_routers_with_one_way(body: str, attached: str, expected: list[str], tmp_path: Path) -> None:
    built = f"""{body}


builder = StateGraph(State)
builder.add_node("draft", draft)
builder.add_edge(START, "draft")
builder.add_conditional_edges("draft", {attached})
graph = builder.compile()
"""
    (tmp_path / "app.py").write_text(ROUTER + built, encoding="utf-8")
    request = Request.of(tmp_path)
    found = audit(replace(request, cache=CacheChoice(is_off=True))).findings
    assert [one.message for one in found if one.code == "WF308"] == expected
