"""WF703 and WF704 over the frameworks: what bounds a loop, and whether it ever does."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.twins import Twin, found
from wflint.model.finding import Level

GRAPH = """
    from typing import TypedDict
    from langchain_openai import ChatOpenAI
    from langgraph.graph import END, START, StateGraph
    from langgraph.types import Command

    llm = ChatOpenAI(model="gpt-4o")

    class State(TypedDict, total=False):
        topic: str
        text: str
        verdict: str
        rounds: int
        max_rounds: int
        draft_attempt: int

    def write(state: State):
        text = llm.invoke(f"Write about {state['topic']}").content
        return <0>

    def judge(state: State):
        return {"verdict": llm.invoke(f"Say good or bad: {state['text']}").content}

"""
ROUTED = (
    GRAPH
    + """
    def decide(state: State):
        if <1>:
            return END
        return END if "good" in state["verdict"] else "write"

    builder = StateGraph(State)
    builder.add_node("write", write)
    builder.add_node("judge", judge)
    builder.add_edge(START, "write")
    builder.add_edge("write", "judge")
    builder.add_conditional_edges("judge", decide, ["write", END])
    graph = builder.compile()
"""
)
JUMPING = (
    GRAPH
    + """
    def decide(state: State) -> Command:
        if state["rounds"] >= 4:
            return Command(goto=END)
        return Command(goto="write")

    builder = StateGraph(State)
    builder.add_node("write", write)
    builder.add_node("decide", decide)
    builder.add_edge(START, "write")
    builder.add_edge("write", "decide")
    graph = builder.compile()
"""
)
CLASS = """
    from pydantic import BaseModel
    from langchain_openai import ChatOpenAI
    from langgraph.graph import END, START, StateGraph

    llm = ChatOpenAI(model="gpt-4o")

    class State(BaseModel):
        topic: str = ""
        text: str = ""
        retry_count: int = 0

    def write(state: State):
        text = llm.invoke(f"Write about {state.topic}").content
        return <0>

    def decide(state: State):
        return "write" if state.retry_count < 3 and "good" not in state.text else END

    builder = StateGraph(State)
    builder.add_node("write", write)
    builder.add_edge(START, "write")
    builder.add_conditional_edges("write", decide, ["write", END])
    graph = builder.compile()
"""
FLOW = """
    from crewai import LLM
    from crewai.flow.flow import Flow, listen, or_, router, start
    from pydantic import BaseModel

    llm = LLM(model="gpt-4o")

    class Work(BaseModel):
        text: str = ""
        attempts: int = 0

    class Writing(Flow[Work]):
        @start("again")
        def write(self):
            self.state.text = llm.call("Write about cats")
            <0>

        @router(write)
        def decide(self):
            if self.state.attempts >= 3:
                return "stop"
            return "done" if "good" in self.state.text else "again"

        @listen("stop")
        def give_up(self):
            return "given up"

        @listen("done")
        def finish(self):
            return self.state.text
"""
NODES = """
    from __future__ import annotations
    from dataclasses import dataclass
    from pydantic_ai import Agent
    from pydantic_graph import BaseNode, End, Graph, GraphRunContext

    agent = Agent("openai:gpt-4o")

    @dataclass
    class Work:
        text: str = ""
        attempts: int = 0

    @dataclass
    class Write(BaseNode[Work]):
        async def run(self, ctx: GraphRunContext[Work]) -> Judge:
            ctx.state.text = (await agent.run("Write about cats")).output
            <0>
            return Judge()

    @dataclass
    class Judge(BaseNode[Work, None, str]):
        async def run(self, ctx: GraphRunContext[Work]) -> Write | End[str]:
            if ctx.state.attempts >= 3:
                return End(ctx.state.text)
            return Write()

    graph = Graph(nodes=[Write, Judge])
"""
UP = '{"text": text, "rounds": state["rounds"] + 1}'
PLAIN = '{"text": text}'
ROUNDS = 'state["rounds"] >= 5'
NEVER = (
    Twin("router", ROUTED, ((PLAIN, UP), (ROUNDS, ROUNDS)), "rounds"),
    Twin(
        "router with a default",
        ROUTED,
        ((PLAIN, '{"text": text, "rounds": state.get("rounds", 0) + 1}'), ('state.get("rounds", 0) >= 5',) * 2),
        "rounds",
    ),
    Twin("handed on as it is", ROUTED, (('{"text": text, "rounds": state["rounds"]}', UP), (ROUNDS, ROUNDS)), "rounds"),
    Twin(
        "handed on with a default",
        ROUTED,
        (('{"text": text, "rounds": state.get("rounds", 0)}', UP), ('state.get("rounds", 0) >= 5',) * 2),
        "rounds",
    ),
    Twin("two fields", ROUTED, ((PLAIN, UP), ('state["rounds"] >= state["max_rounds"]',) * 2), "rounds"),
    Twin("sides swapped", ROUTED, ((PLAIN, UP), ('5 <= state["rounds"]',) * 2), "rounds"),
    Twin(
        "another counter is written",
        ROUTED,
        ((UP, '{"text": text, "draft_attempt": state["draft_attempt"] + 1}'), ('state["draft_attempt"] > 2',) * 2),
        "draft_attempt",
    ),
    Twin("goto", JUMPING, ((PLAIN, UP),), "rounds"),
    Twin(
        "attributes",
        CLASS,
        (('{"text": text}', '{"text": text, "retry_count": state.retry_count + 1}'),),
        "retry_count",
    ),
    Twin("flow", FLOW, (("pass", "self.state.attempts += 1"),), "attempts"),
    Twin("flow, set from itself", FLOW, (("pass", "self.state.attempts = self.state.attempts + 1"),), "attempts"),
    Twin(
        "flow whose router waits for any of two",
        FLOW.replace('@start("again")', "@start()")
        .replace("@router(write)", "@router(or_(write, mend))")
        .replace(
            "        @router(or_",
            """        @listen("again")
        def mend(self):
            self.state.text = llm.call(f"Mend this: {self.state.text}")
            <0>

        @router(or_""",
        )
        .replace("            <0>\n\n        @listen", "\n        @listen", 1),
        (("pass", "self.state.attempts += 1"),),
        "attempts",
    ),
    Twin("nodes", NODES, (("pass", "ctx.state.attempts += 1"),), "attempts"),
)


@pytest.mark.parametrize("twin", NEVER, ids=lambda twin: twin.name)
def test_count_that_never_advances(twin: Twin, tmp_path: Path) -> None:
    said = found(twin.bad, tmp_path, "budget-never-advances")
    assert [(twin.line in line, level) for line, level in said] == [(True, Level.ERROR)]
    assert found(twin.good, tmp_path, "budget-never-advances") == []


LIMITED = (
    ROUTED
    + """
    graph.invoke({"topic": "cats", "rounds": 0}, {"recursion_limit": <2>})
"""
)
INCONSISTENT = (
    Twin("router", LIMITED, ((UP, UP), (ROUNDS, ROUNDS), ("8", "30")), "invoke"),
    Twin(
        "a field that is counted up, tested on the way round",
        LIMITED.replace("rounds", "parts").replace(
            "return END\n        return END if", "return 'write'\n        return END if"
        ),
        (
            ('{"text": text, "parts": state["parts"] + 1}',) * 2,
            ('state["parts"] < 9', 'state["parts"] < 3'),
            ("12", "12"),
        ),
        "invoke",
    ),
    Twin(
        "fewer rounds", LIMITED, ((UP, UP), ('state["rounds"] >= 20', 'state["rounds"] >= 3'), ("25", "25")), "invoke"
    ),
)


@pytest.mark.parametrize("twin", INCONSISTENT, ids=lambda twin: twin.name)
def test_limit_below_the_rounds(twin: Twin, tmp_path: Path) -> None:
    said = found(twin.bad, tmp_path, "budget-inconsistent")
    assert [(twin.line in line, level) for line, level in said] == [(True, Level.WARNING)]
    assert found(twin.good, tmp_path, "budget-inconsistent") == []


SILENT = (
    pytest.param(PLAIN, 'state["score"] >= 5', id="no count by its name"),
    pytest.param(PLAIN, 'state["max_rounds"] > 2', id="a bound, not a count"),
    pytest.param("dict(text=text, **helper(state))", ROUNDS, id="writes that are not known"),
    pytest.param('{"text": text, "rounds": state["rounds"] or 7}', ROUNDS, id="another number may be written"),
    pytest.param(PLAIN, 'state["remaining_steps"] < 2', id="what the framework counts down"),
)


@pytest.mark.parametrize(("update", "test"), SILENT)
def test_silence(update: str, test: str, tmp_path: Path) -> None:
    program = Twin("", ROUTED, ((update, ""), (test, "")), "").bad
    assert found(program, tmp_path, "budget-never-advances") == []


def test_a_count_that_a_reducer_adds_to(tmp_path: Path) -> None:
    program = Twin("", ROUTED, (('{"text": text, "rounds": state["rounds"]}', ""), (ROUNDS, "")), "").bad
    summed = program.replace("    rounds: int", "    rounds: Annotated[int, operator.add]")
    head = "import operator\nfrom typing import Annotated\n"
    assert len(found(head + program, tmp_path, "budget-never-advances")) == 1
    assert found(head + summed, tmp_path, "budget-never-advances") == []


def test_a_count_that_is_raised_in_the_state_and_then_returned(tmp_path: Path) -> None:
    raised = '{"text": text, "rounds": state["rounds"]}'
    program = Twin("", ROUTED, ((raised, ""), (ROUNDS, "")), "").bad
    program = program.replace('    return {"text"', '    state["rounds"] += 1\n    return {"text"')
    assert found(program, tmp_path, "budget-never-advances") == []


def test_a_value_that_is_worked_out_before_the_loop_is_data(tmp_path: Path) -> None:
    before = """def count(state: State):
        return {"rounds": len(state["topic"])}

    builder.add_node("count", count)
    builder.add_edge(START, "count")
    builder.add_edge("count", "write")
    """
    routed = ROUTED.replace('builder.add_edge(START, "write")\n', before)
    program = Twin("", routed, ((PLAIN, ""), (ROUNDS, "")), "")
    assert '"count", count' in program.bad
    assert found(program.bad, tmp_path, "budget-never-advances") == []


def test_a_field_that_the_state_lacks_is_reported_as_that(tmp_path: Path) -> None:
    program = Twin("", ROUTED, ((PLAIN, ""), ('state["tries"] >= 3', "")), "").bad
    assert found(program, tmp_path, "budget-never-advances") == []
    assert [level for _, level in found(program, tmp_path, "read-never-written")] != []
