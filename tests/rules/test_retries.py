"""WF601, WF602, WF603, WF604 and WF605: what is done about failures, delays and crowds."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.twins import Twin, found
from wflint.model.finding import Level

HEAD = """
    import asyncio
    import time
    from typing import TypedDict
    import backoff
    import requests
    import tenacity
    from langchain_openai import ChatOpenAI
    from langgraph.graph import END, START, StateGraph
    from openai import OpenAI

    llm = ChatOpenAI(model="gpt-4o")
    client = OpenAI()

    class State(TypedDict):
        question: str
        answer: str

"""
BUILT = """
    builder = StateGraph(State)
    builder.add_node("answer", answer)
    builder.add_edge(START, "answer")
    builder.add_edge("answer", END)
    graph = builder.compile()
"""
ASK = 'return {"answer": llm.invoke(state["question"]).content}'
WHILE = (
    HEAD
    + f"""
    def answer(state: State):
        <0>:
            try:
                {ASK}
            except <1>:
                <2>
        return {{"answer": ""}}
"""
    + BUILT
)
LATER = (
    HEAD
    + """
    def answer(state: State):
        while True:
            try:
                found = requests.get("https://a.example", timeout=5)
                break
            except requests.RequestException as problem:
                <0>
        return {"answer": found.text}
"""
    + BUILT
)
DECORATED = (
    HEAD
    + """
    @<0>
    def ask(question):
        return llm.invoke(question).content

    def answer(state: State):
        return {"answer": ask(state["question"])}
"""
    + BUILT
)
PLAIN = """
    import asyncio
    from agents import Agent, Runner

    writer = Agent(name="writer", instructions="Write a text.")
    editor = Agent(name="editor", instructions="Edit the text.")

    async def ask(agent, text):
        <0>:
            try:
                return await Runner.run(agent, text)
            except Exception:
                await asyncio.sleep(1)

    async def main(topic: str):
        draft = await ask(writer, topic)
        return (await ask(editor, draft.final_output)).final_output
"""
FLOW = """
    import time
    import requests
    from crewai.flow.flow import Flow, start

    class Fetching(Flow):
        @start()
        def fetch(self):
            <0>:
                try:
                    return requests.get("https://a.example", timeout=5).text
                except Exception:
                    time.sleep(5)
"""
FOR_EVER, BOUNDED = "while True", "for attempt in range(5)"
BOUND_DECORATOR = "tenacity.retry(stop=tenacity.stop_after_attempt(4), wait=tenacity.wait_exponential())"
ENDLESS = (
    Twin("loop, same pause", WHILE, ((FOR_EVER, BOUNDED), ("Exception",) * 2, ("time.sleep(5)",) * 2), "while"),
    Twin(
        "loop, no pause",
        WHILE,
        ((FOR_EVER, BOUNDED), ("Exception",) * 2, ("continue", "time.sleep(2 ** attempt)")),
        "while",
    ),
    Twin(
        "loop, named failure", WHILE, ((FOR_EVER, BOUNDED), ("RateLimitError",) * 2, ("time.sleep(60)",) * 2), "while"
    ),
    Twin("loop, left by break", LATER, (("time.sleep(1)", "raise ValueError from problem"),), "while"),
    Twin("decorator", DECORATED, (("tenacity.retry", BOUND_DECORATOR),), "def ask"),
    Twin(
        "decorator with a fixed pause",
        DECORATED,
        (("tenacity.retry(wait=tenacity.wait_fixed(3))", BOUND_DECORATOR),),
        "def ask",
    ),
    Twin(
        "decorator that says that it never stops",
        DECORATED,
        (("tenacity.retry(stop=tenacity.stop_never, wait=tenacity.wait_fixed(3))", BOUND_DECORATOR),),
        "def ask",
    ),
    Twin("plain code", PLAIN, ((FOR_EVER, BOUNDED),), "while"),
    Twin("flow", FLOW, ((FOR_EVER, BOUNDED),), "while"),
)


@pytest.mark.parametrize("twin", ENDLESS, ids=lambda twin: twin.name)
def test_retries_without_end(twin: Twin, tmp_path: Path) -> None:
    said = found(twin.bad, tmp_path, "retry-without-backoff")
    assert [(twin.line in line, level) for line, level in said] == [(True, Level.WARNING)]
    assert found(twin.good, tmp_path, "retry-without-backoff") == []


@pytest.mark.parametrize(
    ("places", "program"),
    [
        pytest.param(
            ((FOR_EVER,), ("ValueError",), ("print('a number, please')",)), WHILE, id="an answer that does not fit"
        ),
        pytest.param(((FOR_EVER,), ("Exception",), ("raise",)), WHILE, id="raised again"),
        pytest.param(
            (("for one in state['questions']",), ("Exception",), ("continue",)), WHILE, id="one of many left out"
        ),
        pytest.param(
            (("backoff.on_exception(backoff.expo, Exception, max_tries=5)",),), DECORATED, id="bounded decorator"
        ),
    ],
)
def test_no_retry_without_end(places: tuple[tuple[str, ...], ...], program: str, tmp_path: Path) -> None:
    filled = Twin("", program, tuple((one[0], one[0]) for one in places), "").bad
    assert found(filled, tmp_path, "retry-without-backoff") == []


SERVING = (
    HEAD
    + f"""
    def answer(state: State):
        while True:
            line = read()
            if line == "bye":
                break
            try:
                {ASK}
            except Exception:
                time.sleep(1)
"""
    + BUILT
)
CHATTING = """
    import asyncio
    from agents import Agent, Runner

    host = Agent(name="host", instructions="Answer guests.")

    async def main():
        while True:
            try:
                line = input("You: ")
                if line == "bye":
                    break
                result = await Runner.run(host, line)
                print(result.final_output)
            except Exception as problem:
                print(problem)

    asyncio.run(main())
"""


@pytest.mark.parametrize("program", [SERVING, CHATTING], ids=["asked before the try", "asked within it"])
def test_a_loop_that_serves_is_no_retry(program: str, tmp_path: Path) -> None:
    assert found(Twin("", program, (), "").bad, tmp_path, "retry-without-backoff") == []


# ------------------------------------------------------------------------------------------- errors as results

CAUGHT = """
    from typing import TypedDict
    from langchain_openai import ChatOpenAI
    from langgraph.graph import END, START, StateGraph

    llm = ChatOpenAI(model="gpt-4o")

    class State(TypedDict):
        topic: str
        facts: str
        article: str
        error: str

    def research(state: State):
        <0>

    def write(state: State):
        return {"article": llm.invoke(f"Write an article from {state['facts']}").content}

    builder = StateGraph(State)
    builder.add_node("research", research)
    builder.add_node("write", write)
    builder.add_edge(START, "research")
    builder.add_edge("research", "write")
    builder.add_edge("write", END)
    graph = builder.compile()
"""


def _tried(handler: str, normal: str = '"facts": found') -> str:
    lines = (
        "try:",
        "    found = llm.invoke(state['topic']).content",
        "except Exception as problem:",
        f"    {handler}",
        f"return {{{normal}}}",
    )
    return "\n    ".join(lines)


FLOWING = """
    from crewai import LLM
    from crewai.flow.flow import Flow, listen, start
    from pydantic import BaseModel

    llm = LLM(model="gpt-4o")

    class Work(BaseModel):
        facts: str = ""
        article: str = ""

    class Writing(Flow[Work]):
        @start()
        def research(self):
            try:
                self.state.facts = llm.call("Find facts")
            except Exception as problem:
                <0>

        @listen(research)
        def write(self):
            self.state.article = llm.call(f"Write an article from {self.state.facts}")
"""
AS_DATA = (
    Twin("returned", CAUGHT, ((_tried('return {"facts": f"Error: {problem}"}'), _tried("raise")),), "Error"),
    Twin(
        "as it is",
        CAUGHT,
        ((_tried('return {"facts": str(problem)}'), _tried('return {"facts": ""}')),),
        "str(problem)",
    ),
    Twin("in a variable", CAUGHT, ((_tried('found = f"Error: {problem}"'), _tried('found = ""')),), "return"),
    Twin("fixed text", CAUGHT, ((_tried('return {"facts": "Failed to find facts"}'), _tried("raise")),), "Failed"),
    Twin(
        "told apart",
        CAUGHT,
        ((_tried('return {"facts": str(problem)}'), _tried('return {"facts": str(problem), "error": "yes"}')),),
        "str(problem)",
    ),
    Twin("flow", FLOWING, (('self.state.facts = f"Error: {problem}"', "raise"),), "Error"),
)


@pytest.mark.parametrize("twin", AS_DATA, ids=lambda twin: twin.name)
def test_error_as_data(twin: Twin, tmp_path: Path) -> None:
    said = found(twin.bad, tmp_path, "error-as-data")
    assert [(twin.line in line, level) for line, level in said] == [(True, Level.WARNING)]
    assert found(twin.good, tmp_path, "error-as-data") == []


def test_code_that_looks_for_the_error_is_enough(tmp_path: Path) -> None:
    head = "    def write(state: State):\n"
    look = '        if state["facts"].startswith("Error"):\n            return {"article": ""}\n'
    program = CAUGHT.replace(head, head + look)
    filled = Twin("", program, ((_tried('return {"facts": f"Error: {problem}"}'), ""),), "").bad
    assert found(filled, tmp_path, "error-as-data") == []


# ---------------------------------------------------------------------------- clients that retry, limits, crowds

CALLING = (
    HEAD
    + """
    <0>

    def answer(state: State):
        <1>
"""
    + BUILT
)
INVOKED = 'return {"answer": model.invoke("a").content}'
CREATED = 'return {"answer": ai.responses.create(model="gpt-4o").output_text}'
CAREFUL = f"try:\n        {INVOKED}\n    except Exception:\n        return {{'answer': ''}}"
ONCE = "model = ChatOpenAI(max_retries=0)"
CLIENTS = (
    Twin("model", CALLING, ((ONCE, "model = ChatOpenAI()"), (INVOKED, INVOKED)), ONCE),
    Twin("wrapped model", CALLING, ((ONCE, f"{ONCE}.with_retry()"), (INVOKED, INVOKED)), ONCE),
    Twin("client", CALLING, (("ai = OpenAI(max_retries=0)", "ai = OpenAI()"), (CREATED, CREATED)), "max_retries=0"),
    Twin("handled", CALLING, ((ONCE, ONCE), (INVOKED, CAREFUL)), ONCE),
)


@pytest.mark.parametrize("twin", CLIENTS, ids=lambda twin: twin.name)
def test_retries_switched_off(twin: Twin, tmp_path: Path) -> None:
    said = found(twin.bad, tmp_path, "no-retry")
    assert [(twin.line in line, level) for line, level in said] == [(True, Level.WARNING)]
    assert found(twin.good, tmp_path, "no-retry") == []


GET = 'return {"answer": requests.get("https://a.example"<2>).text}'
LIMITS = (
    ("ai = OpenAI(timeout=None)", 'return {"answer": ai.responses.create(model="gpt-4o").output_text}', Level.WARNING),
    ("model = ChatOpenAI(timeout=None)", 'return {"answer": model.invoke("a").content}', Level.NOTE),
)


@pytest.mark.parametrize(("client", "code", "level"), LIMITS, ids=["client with a limit", "client without"])
def test_time_limit_switched_off(client: str, code: str, level: Level, tmp_path: Path) -> None:
    bad, good = ((made, code) for made in (client, client.replace("None", "30")))
    said = found(Twin("", CALLING, tuple((one, one) for one in bad), "").bad, tmp_path, "no-timeout")
    assert [(client in line, found_level) for line, found_level in said] == [(True, level)]
    assert found(Twin("", CALLING, tuple((one, one) for one in good), "").bad, tmp_path, "no-timeout") == []


BESIDE = """
    import requests
    from typing import TypedDict
    from langgraph.graph import END, START, StateGraph

    class State(TypedDict):
        prices: str
        news: str

    def prices(state: State):
        return {"prices": requests.get("https://prices.example"<0>).text}

    def news(state: State):
        return {"news": requests.get("https://news.example", timeout=9).text}

    def report(state: State):
        return {}

    builder = StateGraph(State)
    builder.add_node("prices", prices)
    builder.add_node("news", news)
    builder.add_node("report", report)
    builder.add_edge(START, "prices")
    builder.add_edge(START, "news")
    builder.add_edge(["prices", "news"], "report")
    builder.add_edge("report", END)
    graph = builder.compile()
"""


def test_request_without_a_limit_that_others_wait_beside(tmp_path: Path) -> None:
    twin = Twin("", BESIDE, (("", ", timeout=5"),), "")
    assert [level for _, level in found(twin.bad, tmp_path, "no-timeout")] == [Level.WARNING]
    assert found(twin.good, tmp_path, "no-timeout") == []
    alone = BESIDE.replace('builder.add_edge(["prices", "news"], "report")', 'builder.add_edge("prices", "report")')
    serial = alone.replace('builder.add_edge(START, "news")', 'builder.add_edge("report", "news")')
    assert (
        found(Twin("", serial.replace('("report", END)', '("news", END)'), (("", ""),), "").bad, tmp_path, "no-timeout")
        == []
    )


CROWD = """
    import asyncio
    from agents import Agent, Runner, trace
    from pydantic import BaseModel

    class Plan(BaseModel):
        queries: list[str]

    planner = Agent(name="planner", instructions="Plan searches.", output_type=Plan)
    searcher = Agent(name="searcher", instructions="Search.")
    writer = Agent(name="writer", instructions="Write.")
    semaphore = asyncio.Semaphore(5)

    async def search(query):
        <0>
            return (await Runner.run(searcher, query)).final_output

    async def main(topic: str):
        plan = await Runner.run(planner, topic)
        results = await asyncio.gather(*[search(query) for query in plan.final_output.queries])
        return (await Runner.run(writer, str(results))).final_output
"""


def test_crowd_in_plain_code(tmp_path: Path) -> None:
    twin = Twin("", CROWD, (('with trace("search"):', "async with semaphore:"),), "")
    assert [level for _, level in found(twin.bad, tmp_path, "unbounded-fanout")] == [Level.NOTE]
    assert found(twin.good, tmp_path, "unbounded-fanout") == []


SEARCH = """
    import operator
    from typing import Annotated, TypedDict

    import requests
    from langgraph.graph import END, START, StateGraph
    from langgraph.types import Send

    class State(TypedDict):
        queries: list[str]
        found: Annotated[list, operator.add]
        answer: str

    def fan(state: State):
        return [Send("search", {"query": query}) for query in state["queries"]]

    def search(state):
        data = requests.get("https://example.org", params={"q": state["query"]}<0>).json()
        return {"found": [item.get("title") for item in data.get("items", [])]}

    def write(state: State):
        return {"answer": " ".join(state["found"])}

    g = StateGraph(State)
    g.add_node("search", search)
    g.add_node("write", write)
    g.add_conditional_edges(START, fan, ["search"])
    g.add_edge("search", "write")
    g.add_edge("write", END)
    graph = g.compile()
"""


def test_what_is_asked_of_an_answer_is_no_request(tmp_path: Path) -> None:
    twin = Twin("", SEARCH, (("", ", timeout=9"),), "")
    ((line, _),) = found(twin.bad, tmp_path, "no-timeout")
    assert "requests.get" in line
    assert found(twin.good, tmp_path, "no-timeout") == []
