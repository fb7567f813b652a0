"""What is said of values that code makes which is not shown, and of arguments that nobody gives."""

from __future__ import annotations

from pathlib import Path

from tests.frontends.sources import workflows
from wflint.model.contract import Origin
from wflint.model.workflow import StepKind, Workflow

SOURCE = """\
import datetime
import os
import uuid
from typing import TypedDict
from deskhelp import Plan, tidy
from langchain_core.language_models import BaseChatModel
from langgraph.graph import END, START, StateGraph
class State(TypedDict):
    topic: str
    draft: str
    stamp: str
def build(model: BaseChatModel, runner):
    async def write(state: State):
        answer = await model.ainvoke(state["topic"])
        return {"draft": answer.content}
    def run(state: State):
        output, _ = runner(state["draft"])
        return {"draft": output, "topic": runner.last(state["topic"]).text, "stamp": tidy(state["topic"])}
    def mark(state: State):
        now = datetime.datetime.now().isoformat()
        words = state["draft"].strip().split(",")
        return {"stamp": str(uuid.uuid4()) + now, "topic": words[0].lower(), "draft": os.getenv("NAME", "").upper()}
    def keep(state: State):
        return {"draft": Plan(title=state["topic"])}
    desk = StateGraph(State)
    desk.add_node("write", write)
    desk.add_node("run", run)
    desk.add_node("mark", mark)
    desk.add_node("keep", keep)
    desk.add_edge(START, "write")
    desk.add_edge("write", "run")
    desk.add_edge("run", "mark")
    desk.add_edge("mark", "keep")
    desk.add_edge("keep", END)
    return desk.compile()
def draw(graph: StateGraph):
    graph.add_node("nobody's", lambda state: {})
    return graph
"""


def _flow(folder: Path) -> Workflow:
    (flow,) = workflows(folder, SOURCE)
    return flow


def test_what_an_unknown_function_gives_is_not_plain_code(tmp_path: Path) -> None:
    found = {(step.id, offer.name): offer.origins for step in _flow(tmp_path).steps for offer in step.offers}
    assert found == {
        ("write", "draft"): (Origin.MODEL_TEXT,),
        ("run", "draft"): (Origin.UNSEEN,),
        ("run", "topic"): (Origin.UNSEEN,),
        ("run", "stamp"): (Origin.UNSEEN,),
        ("mark", "stamp"): (Origin.CODE,),
        ("mark", "topic"): (Origin.CODE,),
        ("mark", "draft"): (Origin.CODE,),
        ("keep", "draft"): (Origin.CODE,),
    }


def test_an_argument_that_nobody_gives_is_of_the_class_that_its_annotation_names(tmp_path: Path) -> None:
    kinds = {step.id: step.kind for step in _flow(tmp_path).steps if step.id in ("write", "run")}
    assert kinds == {"write": StepKind.AGENT, "run": StepKind.FUNCTION}
