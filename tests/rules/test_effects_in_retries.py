"""WF608 over the frameworks: what must not happen twice, where a step or its own code tries again."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.twins import Twin, found
from wflint.model.finding import Level

RULE = "effect-in-retry"
GRAPH = """
    import time
    import uuid
    from typing import TypedDict
    import requests
    import stripe
    import tenacity
    from langgraph.graph import END, START, StateGraph
    from langgraph.types import RetryPolicy

    class State(TypedDict):
        order: str
        receipt: str

"""
BUILT = """
    builder = StateGraph(State)
    builder.add_node("pay", pay<P>)
    builder.add_edge(START, "pay")
    builder.add_edge("pay", END)
    graph = builder.compile()
"""
POLICY = BUILT.replace("<P>", ", retry_policy=RetryPolicy(max_attempts=3)")
BARE = BUILT.replace("<P>", "")
POST = 'requests.post("https://bank.example/payments", json={"order": state["order"]}, timeout=5)'
KEYED = POST.replace("timeout=5", 'headers={"Idempotency-Key": state["order"]}, timeout=5')
ONCE = (
    GRAPH
    + """
    def pay(state: State):
        <0>
        found = requests.get("https://bank.example/receipts", timeout=5)
        return {"receipt": found.text}
"""
)
LOOP = (
    GRAPH
    + """
    def pay(state: State):
        for attempt in range(3):
            try:
                <0>
                return {"receipt": "paid"}
            except requests.RequestException:
                time.sleep(2 ** attempt)
        return {"receipt": ""}
"""
)
HELPER = (
    GRAPH
    + """
    @tenacity.retry(stop=tenacity.stop_after_attempt(3), wait=tenacity.wait_exponential())
    def send(state):
        <0>

    def pay(state: State):
        send(state)
        return {"receipt": "paid"}
"""
)
FLOW = """
    import time
    import requests
    from crewai.flow.flow import Flow, start
    from pydantic import BaseModel

    class Work(BaseModel):
        order: str = ""
        receipt: str = ""

    class Paying(Flow[Work]):
        @start()
        def pay(self):
            for attempt in range(3):
                try:
                    <0>
                    return "paid"
                except requests.Timeout:
                    time.sleep(2)
            return ""
"""
NODES = """
    from __future__ import annotations
    import time
    from dataclasses import dataclass
    import requests
    from pydantic_graph import BaseNode, End, Graph, GraphRunContext

    @dataclass
    class Work:
        order: str = ""

    @dataclass
    class Pay(BaseNode[Work, None, str]):
        async def run(self, ctx: GraphRunContext[Work]) -> End[str]:
            while True:
                try:
                    <0>
                    break
                except Exception:
                    time.sleep(2)
            return End("paid")

    graph = Graph(nodes=[Pay])
"""
EVENTS = """
    import requests
    from workflows import Workflow, step
    from workflows.events import StartEvent, StopEvent
    from workflows.retry_policy import ConstantDelayRetryPolicy

    class Paying(Workflow):
        @step(retry_policy=ConstantDelayRetryPolicy(delay=5, maximum_attempts=3))
        async def pay(self, ev: StartEvent) -> StopEvent:
            <0>
            found = requests.get("https://bank.example/receipts", timeout=5)
            return StopEvent(result=found.text)
"""

NODE = """
    import requests
    from google.adk import Context, Workflow
    from google.adk.workflow import RetryConfig, node

    def take(node_input: str, ctx: Context) -> str:
        ctx.state["order"] = node_input
        return node_input

    @node(retry_config=RetryConfig(max_attempts=4))
    def pay(node_input: str, ctx: Context) -> str:
        <0>
        found = requests.get("https://bank.example/receipts", timeout=5)
        return found.text

    root_agent = Workflow(name="paying", edges=[("START", take, pay)])
"""
EXECUTOR = """
    import asyncio
    import requests
    from agent_framework import Executor, WorkflowBuilder, WorkflowContext, handler

    class Take(Executor):
        @handler
        async def take(self, order: str, ctx: WorkflowContext[str]) -> None:
            await ctx.send_message(order)

    class Pay(Executor):
        def _once(self, order: str) -> None:
            <0>

        @handler
        async def pay(self, order: str, ctx: WorkflowContext[str, str]) -> None:
            for attempt in range(3):
                try:
                    self._once(order)
                except requests.Timeout:
                    await asyncio.sleep(2 ** attempt)
                    continue
                await ctx.yield_output("paid")
                return

    take, pay = Take(id="take"), Pay(id="pay")
    workflow = WorkflowBuilder(start_executor=take).add_edge(take, pay).build()
"""
COMPONENT = """
    import requests
    import tenacity
    from haystack import Pipeline, component

    @component
    class Take:
        @component.output_types(order=str)
        def run(self, text: str):
            return {"order": text.strip()}

    @component
    class Pay:
        @component.output_types(receipt=str)
        @tenacity.retry(stop=tenacity.stop_after_attempt(3), wait=tenacity.wait_exponential())
        def run(self, order: str):
            <0>
            return {"receipt": "paid"}

    pipe = Pipeline()
    pipe.add_component("take", Take())
    pipe.add_component("pay", Pay())
    pipe.connect("take.order", "pay.order")
"""


def _of(owner: str) -> tuple[str, str]:
    """The call without and with a key, where the order is an attribute of something."""
    return tuple(text.replace('state["order"]', f"{owner}.order") for text in (POST, KEYED))  # type: ignore[return-value]


def _with(name: str) -> tuple[str, str]:
    """The call without and with a key, where the order is a value by itself."""
    capture = POST.replace("payments", "captures")
    return tuple(text.replace('state["order"]', name) for text in (capture, KEYED))  # type: ignore[return-value]


RENEWED = POST.replace("timeout=5", 'headers={"Idempotency-Key": key}, timeout=5')
MADE_FIRST = LOOP.replace("        for attempt", "        key = str(uuid.uuid4())\n        for attempt")
CHARGE = 'stripe.Charge.create(amount=5, source=state["order"])'
MAIL = 'requests.post("https://mail.example/v1/send", json={"to": state["order"]}, timeout=5)'
SEARCH = 'requests.post("https://shop.example/search", json={"q": state["order"]}, timeout=5)'
TWINS = (
    Twin("policy", ONCE + POLICY, ((POST, KEYED),), "requests.post"),
    Twin(
        "policy, a payment library",
        ONCE + POLICY,
        ((CHARGE, CHARGE[:-1] + ', idempotency_key=state["order"])'),),
        "stripe",
    ),
    Twin("policy, a mail", ONCE + POLICY, ((MAIL, SEARCH),), "requests.post"),
    Twin(
        "policy or none",
        ONCE + BUILT.replace("<P>", "<1>"),
        ((POST, POST), (", retry_policy=RetryPolicy()", "")),
        "post",
    ),
    Twin("loop in the code", LOOP + BARE, ((POST, KEYED),), "requests.post"),
    Twin(
        "loop, a payment library", LOOP + BARE, ((CHARGE, CHARGE[:-1] + ', idempotency_key=state["order"])'),), "stripe"
    ),
    Twin(
        "policy, a function that the step calls",
        GRAPH
        + """
    def charge(order, headers=None):
        reply = requests.post("https://bank.example/payments", json={"order": order}, headers=headers, timeout=5)
        reply.raise_for_status()
        return reply.text

    def pay(state: State):
        return {"receipt": <0>}
"""
        + POLICY,
        (('charge(state["order"])', 'charge(state["order"], {"Idempotency-Key": state["order"]})'),),
        'charge(state["order"])',
    ),
    Twin(
        "policy, behind a test of what the step is given",
        ONCE.replace("        <0>", '        if not state["order"]:\n            return {"receipt": ""}\n        <0>')
        + POLICY,
        ((POST, KEYED),),
        "requests.post",
    ),
    Twin(
        "policy, where it looks first",
        ONCE.replace("        <0>", "        if <1>:\n            return {'receipt': ''}\n        <0>") + POLICY,
        ((POST, POST), ('state.get("receipt")', 'requests.get(state["order"], timeout=5).ok')),
        "requests.post",
    ),
    Twin(
        "policy, a key that the step makes",
        ONCE.replace("        <0>", "        key = <0>\n        " + RENEWED) + POLICY,
        (("uuid.uuid4().hex", 'state["order"]'),),
        "requests.post",
    ),
    Twin("decorated helper", HELPER + BARE, ((POST, KEYED),), "requests.post"),
    Twin("flow", FLOW, (_of("self.state"),), "requests.post"),
    Twin("node", NODES, (_of("ctx.state"),), "requests.post"),
    Twin("graph node", NODE, (_with("node_input"),), "requests.post"),
    Twin("executor", EXECUTOR, (_with("order"),), "requests.post"),
    Twin("component", COMPONENT, (_with("order"),), "requests.post"),
    Twin("event step", EVENTS, (_of("ev"),), "requests.post"),
)


@pytest.mark.parametrize("twin", TWINS, ids=lambda twin: twin.name)
def test_effect_in_retry(twin: Twin, tmp_path: Path) -> None:
    said = found(twin.bad, tmp_path, RULE)
    assert [(twin.line in line, level) for line, level in said] == [(True, Level.WARNING)]
    assert found(twin.good, tmp_path, RULE) == []


SILENT = (
    pytest.param(ONCE + BARE, POST, id="no retries"),
    pytest.param(LOOP + BARE, SEARCH, id="only asks"),
    pytest.param(MADE_FIRST + BARE, RENEWED, id="a key that the step makes before it tries"),
    pytest.param(
        ONCE.replace("        <0>", '        key = state["order"] + uuid.uuid4().hex\n        <0>') + POLICY,
        RENEWED,
        id="a key that may count as the same",
    ),
    pytest.param(
        (LOOP + BARE).replace("range(3)", 'state["orders"]').replace("time.sleep(2 ** attempt)", "continue"),
        POST,
        id="a loop over orders, not over attempts",
    ),
)


@pytest.mark.parametrize(("program", "call"), SILENT)
def test_silence(program: str, call: str, tmp_path: Path) -> None:
    assert found(Twin("", program, ((call, call),), "").bad, tmp_path, RULE) == []
