"""WF904: values that differ once code is run again after a pause."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.twins import Twin, found
from wflint.model.finding import Level

RULE = "replay-differs"
HEAD = """
    import random
    import secrets
    import time
    import uuid
    from datetime import datetime
    from typing import TypedDict
    import requests
    from langgraph.checkpoint.memory import InMemorySaver
    from langgraph.func import entrypoint, task
    from langgraph.graph import END, START, StateGraph
    from langgraph.types import interrupt

    class State(TypedDict):
        amount: int
        reference: str
        approved: bool

"""
BUILT = """
    builder = StateGraph(State)
    builder.add_node("approve", approve)
    builder.add_edge(START, "approve")
    builder.add_edge("approve", END)
    graph = builder.compile(checkpointer=InMemorySaver())
"""
SHOWN = (
    HEAD
    + """
    def approve(state: State):
        made = <0>
        answer = interrupt({"reference": made, "amount": state["amount"]})
        return {"approved": answer == "yes", "reference": made}
"""
    + BUILT
)
SENT = (
    HEAD
    + """
    def approve(state: State):
        made = <0>
        requests.post("https://sms.example/send", json={"code": made}, timeout=5)
        answer = interrupt("the code, please")
        return {"approved": answer == made}
"""
    + BUILT
)
HELPED = (
    HEAD
    + """
    def number():
        return <0>

    def approve(state: State):
        made = number()
        answer = interrupt({"reference": made})
        return {"approved": answer == "yes", "reference": made}
"""
    + BUILT
)
FUNCTIONAL = (
    HEAD
    + """
    @task
    def mail(reference: str):
        return requests.post("https://mail.example/drafts", json={"r": reference}, timeout=5).text

    @task
    def store(reference: str):
        return reference

    @task
    def make():
        return uuid.uuid4().hex

    @entrypoint(checkpointer=InMemorySaver())
    def approve(amount: int):
        made = <0>
        mail(made).result()
        answer = interrupt("send it?")
        return store(made).result() if answer == "yes" else ""
"""
)
EVENTS = """
    import random
    import uuid
    from workflows import Context, Workflow, step
    from workflows.events import HumanResponseEvent, InputRequiredEvent, StartEvent, StopEvent

    class Asking(Workflow):
        @step
        async def approve(self, ctx: Context, ev: StartEvent) -> StopEvent:
            made = <0>
            answer = await ctx.wait_for_event(
                HumanResponseEvent, waiter_event=InputRequiredEvent(prefix=made), waiter_id="approve"
            )
            return StopEvent(result=made if answer.response == "yes" else "")
"""
KEPT = 'state["reference"]'
TWINS = (
    Twin("identifier", SHOWN, (("str(uuid.uuid4())", KEPT),), "uuid4"),
    Twin("identifier as text", SHOWN, (('f"R-{uuid.uuid4()}"', KEPT),), "uuid4"),
    Twin("time", SHOWN, (("datetime.now().isoformat()", KEPT),), "now"),
    Twin("seconds", SHOWN, (("int(time.time())", KEPT),), "time.time"),
    Twin("random choice", SHOWN, (('random.choice(["a", "b"])', KEPT),), "choice"),
    Twin("a code that is sent", SENT, (("str(random.randint(1000, 9999))", KEPT),), "randint"),
    Twin("a secret that is sent", SENT, (("secrets.token_hex(4)", KEPT),), "token_hex"),
    Twin("in a helper", HELPED, (("uuid.uuid4().hex", '"R-1"'),), "uuid4"),
    Twin("entrypoint", FUNCTIONAL, (("uuid.uuid4().hex", "make().result()"),), "made ="),
    Twin("event step", EVENTS, (("str(uuid.uuid4())", "ev.reference"),), "uuid4"),
    Twin("event step, random", EVENTS, (("str(random.random())", "ev.reference"),), "random"),
)


@pytest.mark.parametrize("twin", TWINS, ids=lambda twin: twin.name)
def test_value_that_differs(twin: Twin, tmp_path: Path) -> None:
    said = found(twin.bad, tmp_path, RULE)
    assert [(twin.line in line, level) for line, level in said] == [(True, Level.WARNING)]
    assert found(twin.good, tmp_path, RULE) == []


TIMED = (
    HEAD
    + """
    def approve(state: State):
        started = time.time()
        answer = interrupt({"amount": state["amount"]})
        print(time.time() - started)
        return {"approved": answer == "yes", "reference": str(uuid.uuid4())}
"""
    + BUILT
)
UNPAUSED = SHOWN.replace('interrupt({"reference": made, "amount": state["amount"]})', '"yes"')


@pytest.mark.parametrize("program", [TIMED, UNPAUSED.replace("<0>", "str(uuid.uuid4())")], ids=["timed", "no pause"])
def test_silence(program: str, tmp_path: Path) -> None:
    assert found(Twin("", program, (), "").bad, tmp_path, RULE) == []
