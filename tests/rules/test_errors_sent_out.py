"""WF603: the text of a failure that is sent to somebody, or kept, as if it were a result."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.twins import Twin, found
from wflint.model.finding import Level

RULE = "error-as-data"
GRAPH = """
    import logging
    import smtplib
    from email.message import EmailMessage
    from pathlib import Path
    from typing import TypedDict
    import requests
    from langchain_openai import ChatOpenAI
    from langgraph.graph import END, START, StateGraph

    llm = ChatOpenAI(model="gpt-4o")
    log = logging.getLogger(__name__)
    HOOK = "https://team.example/messages"

    class State(TypedDict, total=False):
        text: str
        digest: str
        done: bool

    def digest(state: State):
        try:
            return {"digest": llm.invoke(f"Sum up: {state['text']}").content}
        except Exception as problem:
            <0>

    def deliver(state: State):
        <1>
        return {"done": True}

    builder = StateGraph(State)
    builder.add_node("digest", digest)
    builder.add_node("deliver", deliver)
    builder.add_edge(START, "digest")
    builder.add_edge("digest", "deliver")
    builder.add_edge("deliver", END)
    graph = builder.compile()
"""
FLOW = """
    import requests
    from crewai import LLM
    from crewai.flow.flow import Flow, listen, start
    from pydantic import BaseModel

    llm = LLM(model="gpt-4o")

    class Work(BaseModel):
        text: str = ""
        reply: str = ""

    class Replying(Flow[Work]):
        @start()
        def write(self):
            try:
                self.state.reply = llm.call(f"Answer: {self.state.text}")
            except Exception as problem:
                <0>

        @listen(write)
        def post(self):
            requests.post("https://shop.example/messages", json={"text": self.state.reply}, timeout=5)
"""
AS_RESULT = 'return {"digest": f"Digest failed: {problem}"}'
MAIL = """mail = EmailMessage()
    mail.set_content(state["digest"])
    with smtplib.SMTP("mail.example") as server:
        server.send_message(mail)"""
POST = 'requests.post(HOOK, json={"text": state["digest"]}, timeout=5)'
FILE = """with open("digest.md", "w") as page:
        page.write(state["digest"])"""
PAGE = 'Path("digest.md").write_text(state["digest"])'
TWINS = (
    Twin("mail", GRAPH, ((AS_RESULT, "raise"), (MAIL, MAIL)), "Digest failed"),
    Twin("message", GRAPH, ((AS_RESULT, "raise"), (POST, POST)), "Digest failed"),
    Twin("file", GRAPH, ((AS_RESULT, "raise"), (FILE, FILE)), "Digest failed"),
    Twin("page", GRAPH, ((AS_RESULT, "raise"), (PAGE, PAGE)), "Digest failed"),
    Twin("flow", FLOW, (('self.state.reply = f"Error: {problem}"', "raise"),), "Error"),
)


@pytest.mark.parametrize("twin", TWINS, ids=lambda twin: twin.name)
def test_an_error_that_goes_out(twin: Twin, tmp_path: Path) -> None:
    said = found(twin.bad, tmp_path, RULE)
    assert [(twin.line in line, level) for line, level in said] == [(True, Level.WARNING)]
    assert found(twin.good, tmp_path, RULE) == []


GUARDED = f"""if state["digest"].startswith("Digest failed"):
        return {{"done": False}}
    {POST}"""
SILENT = (
    pytest.param(AS_RESULT, GUARDED, id="told apart by its words"),
    pytest.param('return {"digest": "Digest failed", "error": str(problem)}', POST, id="told apart by another field"),
    pytest.param(AS_RESULT, 'log.info("done: %s", state["digest"])', id="only logged"),
    pytest.param(AS_RESULT, 'print(state["digest"])', id="shown to who runs it"),
    pytest.param(AS_RESULT, POST.replace('state["digest"]', 'state["text"]'), id="another field"),
    pytest.param(AS_RESULT, POST.replace("HOOK", '"https://team.example/search"'), id="asked for"),
    pytest.param('return {"digest": state["text"][:200]}', POST, id="a way to cope"),
)


@pytest.mark.parametrize(("caught", "code"), SILENT)
def test_silence(caught: str, code: str, tmp_path: Path) -> None:
    program = Twin("", GRAPH, ((caught, ""), (code, "")), "").bad
    assert found(program, tmp_path, RULE) == []
