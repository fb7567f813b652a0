"""WF702 where plain code, or a step's own code, decides about one more round."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.twins import Twin, found
from wflint.model.finding import Level

AGENTS = """
    import asyncio
    import time
    from agents import Agent, Runner
    from pydantic import BaseModel

    class Opinion(BaseModel):
        fine: bool
        wishes: str

    cook = Agent(name="cook", instructions="Write a recipe.")
    guest = Agent(name="guest", instructions="Taste the recipe.", output_type=Opinion)

"""
FLAG = (
    AGENTS
    + """
    async def dine(wish):
        content, wishes, rounds = False, "", 0
        while <0>:
            recipe = (await Runner.run(cook, wish + wishes)).final_output
            opinion = (await Runner.run(guest, recipe)).final_output
            content, wishes = opinion.fine, opinion.wishes
            rounds += 1
        return recipe
"""
)
BREAKING = (
    AGENTS
    + """
    async def dine(wish):
        rounds = 0
        until = time.monotonic() + 60
        tasted = []
        while True:
            recipe = (await Runner.run(cook, wish)).final_output
            opinion = (await Runner.run(guest, recipe)).final_output
            tasted.append(recipe)
            <0>
            rounds += 1
            wish = wish + opinion.wishes
        return recipe
"""
)
SENDING_BACK = """
    from dataclasses import dataclass
    from pydantic_ai import Agent
    from pydantic_graph import BaseNode, End, Graph, GraphRunContext

    painter = Agent("openai:gpt-4o", instructions="Describe a picture.")
    critic = Agent("openai:gpt-4o", instructions="Say FINE or what to change.")

    @dataclass
    class Studio:
        remarks: str = ""
        tries: int = 0

    @dataclass
    class Paint(BaseNode[Studio]):
        async def run(self, ctx: GraphRunContext[Studio]) -> "Look":
            return Look((await painter.run(ctx.state.remarks)).output)

    @dataclass
    class Look(BaseNode[Studio, None, str]):
        picture: str
        async def run(self, ctx: GraphRunContext[Studio]) -> Paint | End[str]:
            ctx.state.tries += 1
            said = (await critic.run(self.picture)).output
            if <0>:
                return End(self.picture)
            ctx.state.remarks = said
            return Paint()

    graph = Graph(nodes=[Paint, Look])
"""
EVENTS = """
    from llama_index.core.workflow import Event, StartEvent, StopEvent, Workflow, step
    from llama_index.llms.openai import OpenAI

    class Sketch(Event):
        text: str

    class Again(Event):
        why: str

    class Studio(Workflow):
        llm = OpenAI(model="gpt-4o")

        @step
        async def draw(self, ev: StartEvent | Again) -> Sketch:
            return Sketch(text=str(await self.llm.acomplete("Draw a boat in words.")))

        @step
        async def look(self, ev: Sketch) -> Again | StopEvent:
            said = str(await self.llm.acomplete("Say FINE or what is wrong: " + ev.text))
            if "FINE" in said:
                return StopEvent(result=ev.text)
            return Again(why=said)

    async def main():
        await Studio(<0>).run()
"""
FLOW = """
    from crewai import LLM
    from crewai.flow.flow import Flow, listen, or_, router, start

    critic = LLM(model="gpt-4o-mini")

    class Poster(Flow):
        @start()
        def draft(self):
            self.state["text"], self.state["rounds"] = critic.call("Write a poster."), 0

        @listen("again")
        def rewrite(self):
            self.state["text"] = critic.call(f"Better: {self.state['text']}")
            self.state["rounds"] += 1

        @router(or_(draft, rewrite))
        def review(self):
            self.state["remarks"] = critic.call(f"Say GOOD or why not: {self.state['text']}")
            return "print" if <0> else "again"

        @listen("print")
        def publish(self):
            print(self.state["text"])

    Poster().kickoff()
"""
HANDED = """
    from agents import Agent, Runner

    north = Agent(name="north", instructions="Answer, or hand over to south.")
    south = Agent(name="south", instructions="Answer, or hand over to north.", handoffs=[north])
    north.handoffs = [south]

    def ask(question, turns):
        return Runner.run_sync(north, question, max_turns=<0>)
"""
LEAVING = "if opinion.fine: break"
TWINS = (
    Twin("a flag", FLAG, (("not content", "not content and rounds < 4"),), "while not content"),
    Twin("a break", BREAKING, ((LEAVING, "if opinion.fine or rounds > 3: break"),), "while True:"),
    Twin("the time", BREAKING, ((LEAVING, "if opinion.fine or time.monotonic() > until: break"),), "while True:"),
    Twin("what is kept", BREAKING, ((LEAVING, "if opinion.fine or len(tasted) > 5: break"),), "while True:"),
    Twin(
        "a failure",
        BREAKING,
        ((LEAVING, "if rounds > 3: raise RuntimeError('never content')\n        if opinion.fine: break"),),
        "while True:",
    ),
    Twin(
        "what a method looks at",
        BREAKING.replace("rounds = 0", "kept = Kept()").replace("rounds += 1", "kept.rounds += 1"),
        ((LEAVING, "if enough(kept, opinion): break"),),
        "while True:",
    ),
    Twin("a person", BREAKING, ((LEAVING, "if input('enough?') == 'y': break"),), "while True:"),
)
QUIET = (
    Twin("a node", SENDING_BACK, (('"FINE" in said', '"FINE" in said or ctx.state.tries > 3'),), "class Look"),
    Twin(
        "a flow",
        FLOW,
        (("'GOOD' in self.state['remarks']", "'GOOD' in self.state['remarks'] or self.state['rounds'] > 3"),),
        "class Poster",
    ),
    Twin("a step", EVENTS, (("timeout=None", "timeout=60"),), "async def look"),
    Twin("a step's default", EVENTS, (("timeout=None", ""),), "async def look"),
)


@pytest.mark.parametrize("twin", TWINS, ids=lambda twin: twin.name)
def test_code_that_only_a_word_ends(twin: Twin, tmp_path: Path) -> None:
    (one,) = found(twin.bad, tmp_path, "loop-without-budget")
    assert one[0].startswith(twin.line)
    assert one[1] is Level.WARNING
    assert found(twin.good, tmp_path, "loop-without-budget") == []


@pytest.mark.parametrize("twin", QUIET, ids=lambda twin: twin.name)
def test_a_step_whose_own_model_sends_back(twin: Twin, tmp_path: Path) -> None:
    (one,) = found(twin.bad, tmp_path, "loop-without-budget")
    assert one[1] is Level.NOTE
    assert found(twin.good, tmp_path, "loop-without-budget") == []


def test_agents_that_hand_over_to_each_other_without_a_limit(tmp_path: Path) -> None:
    twin = Twin("turns", HANDED, (("None", "turns"),), "")
    (one,) = found(twin.bad, tmp_path, "loop-without-budget")
    assert one[0].startswith("north.handoffs")
    assert one[1] is Level.WARNING
    assert found(twin.good, tmp_path, "loop-without-budget") == []


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(
            "reply = (await Runner.run(cook, wish)).final_output\n            if 'DONE' in reply: return reply",
            id="one agent",
        ),
        pytest.param(
            "wish = await queue.get()\n            recipe = (await Runner.run(cook, wish)).final_output\n"
            "            if (await Runner.run(guest, recipe)).final_output.fine: break",
            id="a queue",
        ),
    ],
)
def test_loops_that_are_no_rounds(body: str, tmp_path: Path) -> None:
    program = (
        AGENTS
        + f"""
    async def serve(queue, wish):
        while True:
            {body}
"""
    )
    assert found(Twin("", program, (), "").bad, tmp_path, "loop-without-budget") == []
