"""What steps hand on: lacking (WF105), under other keys (WF109), in vain (WF110), twice (WF202), never (WF506)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.twins import Twin, found

EVENTS = """
    from llama_index.core.workflow import Event, StartEvent, StopEvent, Workflow, step
    from llama_index.llms.openai import OpenAI

    class Passage(Event):
        question: str
        text: str
        origin: str<2>

    class Checked(Event):
        question: str
        text: str

    class Library(Workflow):
        def __init__(self, index, **kwargs):
            super().__init__(**kwargs)
            self.retriever = index.as_retriever(similarity_top_k=4)
            self.llm = OpenAI(model="gpt-4o", timeout=30, max_retries=3)

        @step
        async def look(self, ev: StartEvent) -> Passage:
            nodes = await self.retriever.aretrieve(ev.question)
            text = nodes[0].text
            return Passage(question=ev.question, text=text<0>)

        @step
        async def check(self, ev: Passage) -> Checked:
            answer = await self.llm.acomplete(f"Is this well written?\\n{ev.text}")
            return Checked(question=<3>, text=str(answer) + ev.text)

        @step
        async def answer(self, ev: Checked) -> StopEvent:
            <1>
            return StopEvent(result=str(await self.llm.acomplete(f"{ev.question} {text}")))
"""
GIVEN, AGAIN = ', origin="index"', "text = (await self.retriever.aretrieve(ev.question))[0].text"
LACKING = Twin("lacking", EVENTS, (("", GIVEN), ("text = ev.text",) * 2, ("",) * 2, ("ev.question",) * 2), "Passage(q")
PRESET = Twin(
    "preset", EVENTS, (("", ""), ("text = ev.text",) * 2, ("", ' = "index"'), ("ev.question",) * 2), "Passage(q"
)
RETRIEVED = Twin(
    "retrieved again",
    EVENTS,
    ((GIVEN,) * 2, (AGAIN, "text = ev.text"), ("",) * 2, ("ev.question",) * 2),
    "text = (await",
)
CHANGED = Twin(
    "another question",
    EVENTS,
    ((GIVEN,) * 2, (AGAIN,) * 2, ("",) * 2, ("ev.question", 'ev.question + "?"')),
    "text = (await",
)
EXECUTORS = """
    from dataclasses import dataclass

    from agent_framework import WorkflowBuilder, WorkflowContext, executor

    @dataclass
    class Amount:
        value: float
        currency: str
        note: str = ""

    @executor(id="read")
    async def read(text: str, ctx: WorkflowContext[<0>]) -> None:
        await ctx.send_message(<1>)

    @executor(id="book")
    async def book(amount: <0>, ctx: WorkflowContext[None, str]) -> None:
        await ctx.yield_output(f"{<2>}")

    workflow = WorkflowBuilder(start_executor=read).add_edge(read, book).build()
"""
MESSAGE = Twin(
    "message",
    EXECUTORS,
    (("Amount",) * 2, ("Amount(3.0, note=text)", 'Amount(3.0, "EUR", note=text)'), ("amount.value",) * 2),
    "send_message",
)
KEYS = Twin(
    "keys",
    EXECUTORS,
    (("dict",) * 2, ('{"value": 3.0, "unit": text}',) * 2, ('amount["currency"]', 'amount["unit"]')),
    'amount["currency"]',
)
PIPELINE = """
    from haystack import Pipeline
    from haystack.components.builders import PromptBuilder
    from haystack.components.embedders import OpenAITextEmbedder
    from haystack.components.generators.chat import OpenAIChatGenerator
    from haystack.components.retrievers.in_memory import InMemoryEmbeddingRetriever

    TEXT = "Answer from the letters.<0> {% for d in letters %}{{ d.content }}{% endfor %} {{ question }}"

    def ask(letters, photos, question):
        p = Pipeline()
        p.add_component("first", OpenAITextEmbedder(model="text-embedding-3-large"))
        p.add_component("second", OpenAITextEmbedder(model=<1>))
        p.add_component("letters", InMemoryEmbeddingRetriever(document_store=letters))
        p.add_component("photos", InMemoryEmbeddingRetriever(document_store=photos))
        p.add_component("prompt", PromptBuilder(TEXT, variables=["letters", "photos", "question"]))
        p.add_component("llm", OpenAIChatGenerator(model="gpt-4o"))
        p.connect("first.embedding", "letters.query_embedding")
        p.connect("second.embedding", "photos.query_embedding")
        p.connect("letters.documents", "prompt.letters")
        p.connect("photos.documents", "prompt.photos")
        p.connect("prompt.prompt", "llm.messages")
        return p.run(
            {"first": {"text": question}, "second": {"text": <2>}, "prompt": {"question": question}}
        )
"""
LARGE, SMALL = '"text-embedding-3-large"', '"text-embedding-3-small"'
SEEN = " Look at {{ photos }}."
EMBEDDED = Twin("embedded", PIPELINE, ((SEEN,) * 2, (LARGE, SMALL), ("question",) * 2), '"second", OpenAI')
OTHER_TEXT = Twin("other text", PIPELINE, ((SEEN,) * 2, (LARGE,) * 2, ("question", "question.upper()")), '"second", Op')
UNREAD = Twin("unread", PIPELINE, (("", SEEN), (SMALL,) * 2, ("question",) * 2), "prompt.photos")


PARTS = """
    from haystack import Pipeline, component

    @component
    class Split:
        @component.output_types(address=dict)
        def run(self, line: str):
            street, _, village = line.partition(",")
            return {"address": {"street": street, "village": village}<1>}

    @component
    class Route:
        @component.output_types(route=str)
        def run(self, address: dict):
            return {"route": f"{address['street']} in {address['<0>']}"}

    p = Pipeline()
    p.add_component("split", Split())
    p.add_component("route", Route())
    p.connect("split.address", "route.address")
"""
DICT = Twin("dict", PARTS, (("town", "village"), ("",) * 2), "address['town']")
CART = """
    from google.adk.agents import LlmAgent
    from google.adk.tools import AgentTool, ToolContext

    def add(article: str, tool_context: ToolContext) -> dict:
        cart = list(tool_context.state.get("cart", []))
        if article in cart:
            return {"status": "known"}
        cart.append(article)
        <0>
        return {"articles": <1>}

    packer = LlmAgent(name="packer", instruction="Say how to pack it.", description="Packs.")
    root_agent = LlmAgent(name="seller", instruction="Sell.", tools=[add, AgentTool(packer)])
"""
LOST = Twin("lost", CART, (("pass", 'tool_context.state["cart"] = cart'), ("len(cart)",) * 2), "cart.append")
SCRATCH = Twin("scratch", CART, (("pass",) * 2, ("len(cart)", "cart")), "cart.append")


@pytest.mark.parametrize(
    ("twin", "rule"),
    [
        (LACKING, "send-payload-missing-key"),
        (PRESET, "send-payload-missing-key"),
        (MESSAGE, "send-payload-missing-key"),
        (KEYS, "type-mismatch"),
        (DICT, "type-mismatch"),
        (LOST, "update-not-returned"),
        (SCRATCH, "update-not-returned"),
        (UNREAD, "output-never-read"),
        (RETRIEVED, "repeated-model-call"),
        (CHANGED, "repeated-model-call"),
        (EMBEDDED, "repeated-model-call"),
        (OTHER_TEXT, "repeated-model-call"),
    ],
    ids=lambda each: each.name if isinstance(each, Twin) else "",
)
def test_a_twin(twin: Twin, rule: str, tmp_path: Path) -> None:
    said = found(twin.bad, tmp_path, rule)
    assert [twin.line in line for line, _ in said] == [True]
    assert found(twin.good, tmp_path, rule) == []


def test_a_class_of_a_notebook_that_a_later_cell_defines_anew(tmp_path: Path) -> None:
    later = LACKING.bad + "\n\nclass Passage(Event):\n    question: str\n    page: int\n"
    assert found(later, tmp_path, "send-payload-missing-key") == []
