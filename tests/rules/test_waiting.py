"""Steps that wait for an answer, through sources: WF507, WF508, and where they keep quiet."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.marked import loud, marked

GRAPH = """
    from typing import TypedDict

    import requests
    from langchain_openai import ChatOpenAI
    from langgraph.checkpoint.memory import InMemorySaver
    from langgraph.graph import END, START, StateGraph
    from langgraph.types import interrupt

    model = ChatOpenAI(model="gpt-5.2")


    class State(TypedDict):
        claim: str
        letter: str


    def send_letter(text):
        print(text)

    {helpers}
    def ask(state: State):
        {body}


    builder = StateGraph(State)
    builder.add_node("ask", ask)
    builder.add_edge(START, "ask")
    builder.add_edge("ask", END)
    {compile}
"""
KEPT = "graph = builder.compile(checkpointer=InMemorySaver())"
WAITS = 'return {"letter": interrupt(state["claim"])}'


def _graph(body: str, compiled: str = KEPT, helpers: str = "") -> str:
    lines = body.replace("\n", "\n        ")
    return GRAPH.format(body=lines, compile=compiled.replace("\n", "\n    "), helpers=helpers.replace("\n", "\n    "))


RESUMED = [
    pytest.param(_graph(WAITS, "graph = builder.compile()  # <- WF507"), id="nothing-keeps-the-run"),
    pytest.param(_graph(WAITS, "graph = builder.compile(checkpointer=None)  # <- WF507"), id="none"),
    pytest.param(_graph(WAITS, "graph = builder.compile(checkpointer=False)  # <- WF507"), id="switched-off"),
    pytest.param(
        _graph('return {"letter": "x"}', 'graph = builder.compile(interrupt_before=["ask"])  # <- WF507'), id="halts"
    ),
    pytest.param(
        _graph(
            "return {}",
            "inner = builder.compile()\nouter = StateGraph(State)\nouter.add_node('inner', inner)\n"
            "outer.add_edge(START, 'inner')\nouter.add_edge('inner', END)\ngraph = outer.compile()",
        ),
        id="nobody-waits",
    ),
    pytest.param(
        _graph(
            WAITS,
            "inner = builder.compile()\nouter = StateGraph(State)\nouter.add_node('inner', inner)\n"
            "outer.add_edge(START, 'inner')\nouter.add_edge('inner', END)\ngraph = outer.compile()  # <- WF507",
        ),
        id="waits-within",
    ),
    pytest.param(
        _graph(
            WAITS,
            "inner = builder.compile()\nouter = StateGraph(State)\nouter.add_node('inner', inner)\n"
            "outer.add_edge(START, 'inner')\nouter.add_edge('inner', END)\n"
            "graph = outer.compile(checkpointer=InMemorySaver())",
        ),
        id="kept-by-the-graph-around-it",
    ),
    pytest.param(_graph(WAITS), id="kept"),
    pytest.param(
        _graph(WAITS, "def make(saver=None):\n    return builder.compile(checkpointer=saver)"), id="asked-for"
    ),
    pytest.param(
        _graph(WAITS, "plain = builder.compile()\ngraph = builder.compile(checkpointer=InMemorySaver())"),
        id="one-of-two",
    ),
    pytest.param(_graph(WAITS, ""), id="never-compiled"),
    pytest.param(
        """
        from langgraph.func import entrypoint, task
        from langgraph.types import interrupt


        @task
        def draft(topic: str) -> str:
            return topic.title()


        @task
        def approve(text: str) -> str:
            return interrupt(text)


        @entrypoint()  # <- WF507
        def write(topic: str) -> str:
            return approve(draft(topic).result()).result()
        """,
        id="an-entrypoint",
    ),
    pytest.param(
        """
        from langgraph.checkpoint.memory import InMemorySaver
        from langgraph.func import entrypoint, task
        from langgraph.types import interrupt


        @task
        def approve(text: str) -> str:
            return interrupt(text)


        @entrypoint(checkpointer=InMemorySaver())
        def write(topic: str) -> str:
            return approve(topic).result()
        """,
        id="an-entrypoint-that-is-kept",
    ),
]
AGAIN = [
    pytest.param(
        _graph('text = model.invoke(state["claim"]).content  # <- WF508\nreturn {"letter": interrupt(text)}'),
        id="a-model",
    ),
    pytest.param(
        _graph('send_letter(state["claim"])  # <- WF508\nreturn {"letter": interrupt(state["claim"])}'), id="a-function"
    ),
    pytest.param(
        _graph(
            'requests.post("https://mail.example/send", json=state)  # <- WF508\n'
            'answer = interrupt("sent?")\nreturn {"letter": answer}'
        ),
        id="a-request",
    ),
    pytest.param(
        _graph(
            'text = write(state["claim"])  # <- WF508\nreturn {"letter": interrupt(text)}',
            helpers="def write(claim):\n    return model.invoke(claim).content\n\n",
        ),
        id="within-a-helper",
    ),
    pytest.param(
        _graph(
            'text = model.invoke(state["claim"]).content  # <- WF508\n'
            'if len(text) > 80:\n    text = interrupt(text)\nreturn {"letter": text}'
        ),
        id="waits-only-sometimes",
    ),
    pytest.param(
        _graph('answer = interrupt(state["claim"])\nsend_letter(answer)\nreturn {"letter": answer}'),
        id="after-the-wait",
    ),
    pytest.param(
        _graph(
            'text = state["letter"]\nif not text:\n    text = model.invoke(state["claim"]).content\n'
            'return {"letter": interrupt(text)}'
        ),
        id="looks-whether-it-has-been-done",
    ),
    pytest.param(
        _graph(
            'if state["letter"]:\n    return {"letter": model.invoke(state["letter"]).content}\n'
            'return {"letter": interrupt(state["claim"])}'
        ),
        id="either-or",
    ),
    pytest.param(
        _graph('found = requests.get("https://claims.example/1", timeout=5).text\nreturn {"letter": interrupt(found)}'),
        id="looks-something-up",
    ),
    pytest.param(
        _graph(
            'requests.post("https://mail.example/send", headers={"Idempotency-Key": state["claim"]})\n'
            'return {"letter": interrupt("sent?")}'
        ),
        id="with-a-key",
    ),
    pytest.param(
        _graph(
            'text = cached(state["claim"])\nreturn {"letter": interrupt(text)}',
            helpers="from functools import lru_cache\n\n\n@lru_cache\ndef cached(claim):\n"
            "    return model.invoke(claim).content\n\n",
        ),
        id="kept-in-a-cache",
    ),
    pytest.param(
        """
        from llama_index.core.workflow import (
            Context, HumanResponseEvent, InputRequiredEvent, StartEvent, StopEvent, Workflow, step,
        )
        from llama_index.llms.openai import OpenAI


        class Letters(Workflow):
            llm = OpenAI(model="gpt-5.2")

            @step
            async def write(self, ctx: Context, ev: StartEvent) -> StopEvent:
                text = await self.llm.acomplete(f"Write about {ev.topic}.")  # <- WF508
                answer = await ctx.wait_for_event(HumanResponseEvent, waiter_event=InputRequiredEvent(prefix=str(text)))
                return StopEvent(result=answer.response)
        """,
        id="waits-for-an-event",
    ),
    pytest.param(
        """
        from llama_index.core.workflow import (
            Context, Event, HumanResponseEvent, InputRequiredEvent, StartEvent, StopEvent, Workflow, step,
        )
        from llama_index.llms.openai import OpenAI


        class Written(Event):
            text: str


        class Letters(Workflow):
            llm = OpenAI(model="gpt-5.2")

            @step
            async def write(self, ev: StartEvent) -> Written:
                return Written(text=str(await self.llm.acomplete(f"Write about {ev.topic}.")))

            @step
            async def approve(self, ctx: Context, ev: Written) -> StopEvent:
                answer = await ctx.wait_for_event(HumanResponseEvent, waiter_event=InputRequiredEvent(prefix=ev.text))
                return StopEvent(result=answer.response)
        """,
        id="waits-in-a-step-of-its-own",
    ),
    pytest.param(
        """
        from langgraph.checkpoint.memory import InMemorySaver
        from langgraph.func import entrypoint, task
        from langgraph.types import interrupt
        from langchain_openai import ChatOpenAI

        model = ChatOpenAI(model="gpt-5.2")


        @task
        def draft(topic: str) -> str:
            return model.invoke(topic).content


        @task
        def approve(topic: str) -> str:
            text = model.invoke(topic).content  # <- WF508
            return interrupt(text)


        @entrypoint(checkpointer=InMemorySaver())
        def write(topic: str) -> str:
            return approve(draft(topic).result()).result()
        """,
        id="within-a-task",
    ),
]


@pytest.mark.parametrize("source", [*RESUMED, *AGAIN])
def test_exactly_what_is_marked(source: str, tmp_path: Path) -> None:
    assert loud(tmp_path, source) == marked(source)


def test_a_server_keeps_the_runs_of_its_graphs(tmp_path: Path) -> None:
    source = _graph(WAITS, "graph = builder.compile()")
    assert loud(tmp_path, source, langgraph__json='{"graphs": {"claims": "./app.py:graph"}}') == []
