"""Routes behind wider ones, work that is cut off, values from before a wait, and names that are not there."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.twins import Twin, found

ROUTES = """
    from haystack import Pipeline, component
    from haystack.components.routers import ConditionalRouter

    @component
    class Desk:
        @component.output_types(note=str)
        def run(self, claim: str):
            return {"note": claim}

    routes = [
        {"condition": "<0>", "output": "{{ claim }}", "output_name": "desk", "output_type": str},
        {"condition": "<1>", "output": "{{ claim }}", "output_name": "board", "output_type": str},
    ]
    p = Pipeline()
    p.add_component("amount", ConditionalRouter(routes))
    p.add_component("desk", Desk())
    p.add_component("board", Desk())
    p.connect("amount.desk", "desk.claim")
    p.connect("amount.board", "board.claim")
"""


def _routes(first: str, second: str) -> str:
    return Twin("", ROUTES, ((first, first), (second, second)), "").bad


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("{{ cents >= 50 }}", "{{ cents >= 500 }}"),
        ("{{ kind in ['a', 'b'] }}", "{{ kind == 'b' }}"),
        ("{{ True }}", "{{ cents > 5 }}"),
        ("{{ cents > 5 or cents < 2 }}", "{{ cents > 5 and cents < 9 }}"),
    ],
)
def test_a_route_behind_a_wider_one(first: str, second: str, tmp_path: Path) -> None:
    (said,) = found(_routes(first, second), tmp_path, "route-dropped")
    assert '"board"' in said[0]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("{{ cents >= 500 }}", "{{ cents >= 50 }}"),
        ("{{ cents >= 50 and cents < 500 }}", "{{ cents >= 500 }}"),
        ("{{ kind == 'b' }}", "{{ kind in ['a', 'b'] }}"),
        ("{{ kind == 'b' }}", "{{ kind != 'b' }}"),
        ("{{ cents >= 50 }}", "{{ cents >= 500 and urgent }}"),
        ("{{ cents >= limit }}", "{{ cents >= 500 }}"),
        ("{{ claim|length > 5 }}", "{{ claim|length > 50 }}"),
    ],
)
def test_a_route_that_something_is_left_for_or_that_asks_for_more(first: str, second: str, tmp_path: Path) -> None:
    assert found(_routes(first, second), tmp_path, "route-dropped") == []


DECISION = """
    from typing import Any, Literal
    from pydantic_graph import GraphBuilder, StepContext, TypeExpression

    g = GraphBuilder(output_type=str)

    @g.step
    async def rate(ctx: StepContext[None, None, None]) -> Literal["urgent", "normal"]:
        return "urgent"

    @g.step
    async def call(ctx: StepContext[None, None, Any]) -> str:
        return "called"

    @g.step
    async def queue(ctx: StepContext[None, None, Any]) -> str:
        return "queued"

    g.add(
        g.edge_from(g.start_node).to(rate),
        g.edge_from(rate).to(
            g.decision()
            .branch(g.match(TypeExpression[<0>]).to(queue))
            .branch(g.match(TypeExpression[<1>]).to(call))
        ),
        g.edge_from(call, queue).to(g.end_node),
    )
    graph = g.build()
"""
BOTH, ONE = 'Literal["urgent", "normal"]', 'Literal["urgent"]'


@pytest.mark.parametrize(("first", "second", "said"), [(BOTH, ONE, 1), (ONE, BOTH, 0), (ONE, 'Literal["normal"]', 0)])
def test_a_branch_for_words_that_an_earlier_one_takes(first: str, second: str, said: int, tmp_path: Path) -> None:
    program = Twin("", DECISION, ((first, first), (second, second)), "").bad
    assert len(found(program, tmp_path, "route-dropped")) == said


FIRST = """
    from dataclasses import dataclass, field
    from pydantic_graph import GraphBuilder, ReduceFirstValue, StepContext, reduce_list_append

    @dataclass
    class Case:
        text: str
        remarks: list[str] = field(default_factory=list)
        price: int = 0

    g = GraphBuilder(state_type=Case, output_type=str)

    @g.step
    async def law(ctx: StepContext[Case, None, None]) -> str:
        <0>
        return "law"

    @g.step
    async def money(ctx: StepContext[Case, None, None]) -> str:
        <1>
        return "money"

    @g.step
    async def report(ctx: StepContext[Case, None, str]) -> str:
        return <2>

    done = g.join(<3>)
    g.add(
        g.edge_from(g.start_node).to(law, money),
        g.edge_from(law, money).to(done),
        g.edge_from(done).to(report),
        g.edge_from(report).to(g.end_node),
    )
    graph = g.build()
"""
RACE, ALL = 'ReduceFirstValue[str](), initial=""', "reduce_list_append, initial_factory=list[str]"
LAW, MONEY = 'ctx.state.remarks.append("void")', 'ctx.state.remarks.append("fair")'
READ = '"; ".join(ctx.state.remarks)'


@pytest.mark.parametrize(
    ("law", "money", "read", "join", "said"),
    [
        (LAW, MONEY, READ, RACE, 1),
        ("ctx.state.price = 3", "pass", "str(ctx.state.price)", RACE, 1),
        (LAW, MONEY, READ, ALL, 0),
        (LAW, MONEY, "ctx.inputs", RACE, 0),
        ("ctx.state.price = 3", "ctx.state.price = 4", "str(ctx.state.price)", RACE, 0),
    ],
    ids=["both add", "one sets", "a join of all", "nobody reads it", "a race for one value"],
)
def test_what_cancelled_steps_write(law: str, money: str, read: str, join: str, said: int, tmp_path: Path) -> None:
    program = Twin("", FIRST, tuple((each, each) for each in (law, money, read, join)), "").bad
    assert len(found(program, tmp_path, "branch-cancelled")) == said


KEPT = """
    import asyncio
    from agent_framework import Executor, WorkflowBuilder, WorkflowContext, handler
    from typing_extensions import Never

    KEY = "remarks"

    class Begin(Executor):
        @handler
        async def begin(self, text: str, ctx: WorkflowContext[str]) -> None:
            ctx.set_state(KEY, [])
            await ctx.send_message(text)

    class Look(Executor):
        @handler
        async def look(self, text: str, ctx: WorkflowContext[str]) -> None:
            <0>
            await ctx.send_message(self.id)

    class End(Executor):
        @handler
        async def end(self, sides: list[str], ctx: WorkflowContext[Never, str]) -> None:
            await ctx.yield_output("; ".join(ctx.get_state(KEY)))

    begin, law, money, end = Begin(id="begin"), Look(id="law"), Look(id="money"), End(id="end")
    builder = WorkflowBuilder(start_executor=begin)
    <1>
    flow = builder.build()
"""
BESIDE = "builder.add_fan_out_edges(begin, [law, money]).add_fan_in_edges([law, money], end)"
STALE = "old = ctx.get_state(KEY); found = await find(text); new = [*old, found]; ctx.set_state(KEY, new)"
AT_ONCE = "old = ctx.get_state(KEY); ctx.set_state(KEY, [*old, await find(text)])"
FRESH = "found = await find(text); old = ctx.get_state(KEY); ctx.set_state(KEY, [*old, found])"


@pytest.mark.parametrize(
    ("code", "edges", "said"),
    [
        (STALE, BESIDE, 1),
        (AT_ONCE, BESIDE, 1),
        (FRESH, BESIDE, 0),
        (STALE, "builder.add_chain([begin, law, end])", 0),
    ],
    ids=["through names", "in the call", "read after the wait", "alone"],
)
def test_a_kept_value_from_before_the_step_waited(code: str, edges: str, said: int, tmp_path: Path) -> None:
    program = Twin("", KEPT, ((code, code), (edges, edges)), "").bad
    found_at = [line for line, _ in found(program, tmp_path, "concurrent-write") if "ctx.set_state" in line]
    assert len(found_at) == said


LINE = """
    from llama_index.core.workflow import Context, Event, StartEvent, StopEvent, Workflow, step

    class Found(Event):
        titles: list

    class Library(Workflow):
        @step
        async def look_up(self, ctx: Context, ev: StartEvent) -> Found | StopEvent | None:
            titles = SHELF.get(ev.subject)
            if not titles:
                <0>
            return Found(titles=titles)

        @step
        async def answer(self, ev: Found) -> StopEvent:
            return StopEvent(result=ev.titles)

        <1>

    async def main():
        return await Library(timeout=10).run(subject="tea")
"""
BESIDES = "@step\n    async def other(self, ev: StartEvent) -> StopEvent:\n        return StopEvent(result=1)"


@pytest.mark.parametrize(
    ("nothing", "other", "said"),
    [
        ("return None", "", 1),
        ('return StopEvent(result="nothing")', "", 0),
        ("ctx.send_event(Found(titles=[])); return None", "", 0),
        ("later(ctx); return None", "", 0),
        ("return None", BESIDES, 0),
    ],
    ids=["silent", "an end", "it sends", "somebody may send", "another step is at work"],
)
def test_a_step_that_makes_nothing_while_nothing_else_runs(nothing: str, other: str, said: int, tmp_path: Path) -> None:
    program = Twin("", LINE, ((nothing, nothing), (other, other)), "").bad
    assert len(found(program, tmp_path, "step-sends-nothing")) == said


EXITS = """
    from typing import Annotated
    from haystack.components.agents import Agent
    from haystack.components.generators.chat import OpenAIChatGenerator
    from haystack.tools import tool

    @tool(name="book_expense")
    def book(text: Annotated[str, "what"]) -> str:
        "Books an expense."
        return "booked"

    agent = Agent(chat_generator=OpenAIChatGenerator(model="gpt-4o"), tools=<0>, exit_conditions=<1>)
    print(agent.run(messages=[]))
"""


@pytest.mark.parametrize(
    ("tools", "exits", "said"),
    [
        ("[book]", '["book"]', 1),
        ("[book]", '["text", "book_expense"]', 0),
        ("[book, *more()]", '["book"]', 0),
        ("toolset", '["book"]', 0),
    ],
)
def test_an_agent_that_stops_after_a_tool_it_does_not_have(tools: str, exits: str, said: int, tmp_path: Path) -> None:
    program = Twin("", EXITS, ((tools, tools), (exits, exits)), "").bad
    assert len(found(program, tmp_path, "unknown-step")) == said


NESTED = """
    from haystack import Pipeline, SuperComponent
    from haystack.components.builders import PromptBuilder
    from haystack.components.generators.chat import OpenAIChatGenerator

    inner = Pipeline()
    inner.add_component("prompt", PromptBuilder("Answer {{ question }}", required_variables="*"))
    inner.add_component("llm", OpenAIChatGenerator(model="gpt-4o"))
    inner.connect("prompt.prompt", "llm.messages")
    whole = SuperComponent(
        pipeline=inner, input_mapping={"q": ["<0>"]}, output_mapping={"llm.replies": "replies"}
    )
    print(whole.run(q="why"))
"""


@pytest.mark.parametrize(
    ("path", "said"),
    [("prompt.query", 1), ("prompt.question", 0), ("prompt.template_variables", 0), ("llm.unheard_of", 0)],
)
def test_a_socket_that_a_nested_pipeline_maps(path: str, said: int, tmp_path: Path) -> None:
    assert len(found(Twin("", NESTED, ((path, path),), "").bad, tmp_path, "invalid-graph")) == said


RECORDS = """
    from dataclasses import dataclass
    from haystack import Pipeline, component
    from haystack.components.builders import PromptBuilder

    @dataclass
    class Claim:
        text: str
        source: str

        @property
        def short(self) -> str:
            return self.text[:20]

    @component
    class Split:
        @component.output_types(claims=list[<0>])
        def run(self, article: str):
            return {"claims": [Claim(part, "article") for part in article.split(".")]}

    p = Pipeline()
    p.add_component("split", Split())
    p.add_component("ask", PromptBuilder("{% for c in claims %}{{ c.<1> }}{% endfor %}", required_variables=["claims"]))
    p.connect("split.claims", "ask.claims")
    p.run({"split": {"article": "Cats bark."}})
"""


@pytest.mark.parametrize(
    ("type_", "part", "said"),
    [("Claim", "statement", 1), ("Claim", "text", 0), ("Claim", "short", 0), ("Elsewhere", "statement", 0)],
)
def test_a_part_that_a_template_asks_of_records_of_the_source(type_: str, part: str, said: int, tmp_path: Path) -> None:
    program = Twin("", RECORDS, ((type_, type_), (part, part)), "").bad
    assert len(found(program, tmp_path, "template-unresolved")) == said


MAPPED = """
    import asyncio
    from pydantic_ai import Agent
    from pydantic_graph import GraphBuilder, StepContext, reduce_list_append

    gate = asyncio.Semaphore(8)
    labeller = Agent("openai:gpt-4o-mini", instructions="<1>")

    @labeller.tool_plain
    def find_word(word: str) -> str:
        return word

    g = GraphBuilder(output_type=list[str])

    @g.step
    async def rows(ctx: StepContext[None, None, None]) -> list[str]:
        return read_rows()

    @g.step
    async def label(ctx: StepContext[None, None, str]) -> str:
        <0>

    labels = g.join(reduce_list_append, initial_factory=list[str])
    g.add(
        g.edge_from(g.start_node).to(rows),
        g.edge_from(rows).map().to(label),
        g.edge_from(label).to(labels),
        g.edge_from(labels).to(g.end_node),
    )

    async def main():
        return await g.build().run()
"""
PLAIN = "return (await labeller.run(ctx.inputs)).output"
GATED = "async with gate: return (await labeller.run(ctx.inputs)).output"


@pytest.mark.parametrize(("code", "said"), [(PLAIN, 1), (GATED, 0)])
def test_a_map_that_nothing_bounds(code: str, said: int, tmp_path: Path) -> None:
    program = Twin("", MAPPED, ((code, code), ("Label it.", "")), "").bad
    assert len(found(program, tmp_path, "unbounded-fanout")) == said


@pytest.mark.parametrize(("told", "said"), [("Call `look_word_up` first.", 1), ("Call `find_word` first.", 0)])
def test_a_tool_that_the_agent_of_a_node_is_told_to_use(told: str, said: int, tmp_path: Path) -> None:
    program = Twin("", MAPPED, ((GATED, ""), (told, "")), "").bad
    assert len(found(program, tmp_path, "prompt-names-missing-part")) == said


CLINIC = """
    from google.adk.agents import LlmAgent
    from pydantic import BaseModel

    class Intake(BaseModel):
        complaint: str

    dentist = LlmAgent(name="dentist", model="gemini-2.5-pro", description="Teeth.", instruction="Teeth.")
    doctor = LlmAgent(name="doctor", model="gemini-2.5-pro", description="The rest.", instruction="All else.")
    root_agent = LlmAgent(
        name="intake",
        model="gemini-2.5-pro",
        instruction="If it is about teeth, transfer to the dentist. <0>",
        output_schema=Intake,
        output_key="intake",
        sub_agents=[dentist, doctor],
    )
"""


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ("If it is about anything else, transfer to the doctor.", 1),
        ("Otherwise, hand over to the doctor.", 1),
        ("If it is about the eyes, transfer to the doctor.", 0),
        ("If it is anything else, do not transfer to anybody: give the record.", 0),
        ("Otherwise give the record of the call.", 0),
    ],
)
def test_an_answer_that_is_handed_over_in_every_case(told: str, said: int, tmp_path: Path) -> None:
    assert len(found(Twin("", CLINIC, ((told, ""),), "").bad, tmp_path, "output-before-handoff")) == said


CRAWLER = """
    import asyncio
    from llama_index.core.workflow import Context, Event, StartEvent, StopEvent, Workflow, step

    class Page(Event):
        url: str

    class Done(Event):
        pass

    class Crawler(Workflow):
        @step
        async def begin(self, ctx: Context, ev: StartEvent) -> Page | None:
            await ctx.store.set("pages", 0)
            for url in ("a", "b", "c"):
                ctx.send_event(Page(url=url))

        @step
        async def count(self, ctx: Context, ev: Page) -> Done:
            <0>
            return Done()

        @step
        async def finish(self, ctx: Context, ev: Done) -> StopEvent | None:
            if ctx.collect_events(ev, [Done] * 3) is None:
                return None
            return StopEvent(result=await ctx.store.get("pages"))
"""
WAITED = (
    "pages = await ctx.store.get('pages'); await asyncio.sleep(1); more = pages + 1; await ctx.store.set('pages', more)"
)
READ_LATE = "await asyncio.sleep(1); pages = await ctx.store.get('pages'); await ctx.store.set('pages', pages + 1)"


@pytest.mark.parametrize(("code", "said"), [(WAITED, 1), (READ_LATE, 0)])
def test_copies_of_a_step_that_set_what_they_read_before_they_waited(code: str, said: int, tmp_path: Path) -> None:
    assert len(found(Twin("", CRAWLER, ((code, ""),), "").bad, tmp_path, "concurrent-write")) == said
